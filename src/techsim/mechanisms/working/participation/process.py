"""W1, supply, in the month: after school-year events, before separations."""

from __future__ import annotations

import numpy as np

from techsim.data.labour import REASONS
from techsim.mechanisms.working.kernels import workers_of_sectors
from techsim.mechanisms.working.participation.kernels import note_luck, take_part
from techsim.mechanisms.working.participation.state import Luck
from techsim.mechanisms.world import World
from techsim.population.clock import MONTHS
from techsim.population.parts import Tally, tallied
from techsim.population.people import People

MINIMUM_AGE = 15
"""Youngest age of the labour force (ILO)."""

SPARE = 16
"""Of so many rows in which luck is kept, one is spare at first: the population grows."""


def process(world: World) -> None:
    """Let people enter, leave or retire from the labour force."""
    people, labour, tables, p = world.people, world.labour, world.tables.labour, world.parameters
    pension_age = world.tables.demography.pension_age_at(world.month)
    rates, cyclical = tables.participation_at(world.year), p["participation.cyclical"] * mean_pressure(world)
    luck = labour.luck
    keep_luck(luck, people, world.seed, p["retirement.spread"])

    def decide(part: slice, staff: Tally, separated: Tally) -> None:
        take_part(
            seed=world.seed,
            month=world.month,
            ids=people.id[part],
            birth_month=people.birth_month[part],
            sex=people.sex[part],
            level=people.level[part],
            stage=people.stage[part],
            programme=people.programme[part],
            bbl=labour.fixed.bbl,
            rates=rates,
            cyclical=cyclical,
            retirement_age=tables.retirement_age_at(world.year, pension_age) + p["retirement.delay"],
            spread=p["retirement.spread"],
            minimum=MINIMUM_AGE,
            occupation=people.occupation[part],
            job_level=people.job_level[part],
            job_region=people.job_region[part],
            employer=people.employer[part],
            luck_part=luck.part[part],
            luck_retire=luck.retire[part],
            reason_education=REASONS.index("to_education"),
            reason_left=REASONS.index("left_labour_force"),
            reason_retired=REASONS.index("retirement"),
            labour=people.labour[part],
            since=people.since[part],
            staff=staff,
            separated=separated,
        )

    tallied(world.threads, people.size, (labour.staff, labour.ledger.separated), decide)
    if world.recorder.wants("retirements"):
        retired = labour.ledger.separated[REASONS.index("retirement")].sum(axis=0)
        world.recorder.slot("retirements", world.month)[...] += retired


def keep_luck(luck: Luck, people: People, seed: int, spread: float) -> None:
    """Bring what is kept of people's luck up to date: draw for those only who are stored where others were."""
    rows = people.others_since(luck.seen, luck.size)
    if rows is None or people.size > luck.part.size:
        room = people.size + people.size // SPARE
        luck.part, luck.retire = np.empty(room, dtype=np.uint8), np.empty(room, dtype=np.int16)
        rows = np.arange(people.size)
    note_luck(seed, people.id, rows, spread * MONTHS, luck.part, luck.retire)
    luck.size, luck.seen = people.size, people.moves


def mean_pressure(world: World) -> float:
    """Pressure on employers, averaged over staff; share of potential output."""
    pressure = world.labour.pressure
    workers, everybody = workers_of_sectors(world.labour.staff, pressure.size)
    return float((pressure * workers).sum() / everybody)

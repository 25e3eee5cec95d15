"""W1, supply, in the month: after school-year events, before separations."""

from __future__ import annotations

import numpy as np

from techsim.data.labour import REASONS
from techsim.mechanisms.working.participation.kernels import take_part
from techsim.mechanisms.world import World
from techsim.population.parts import Tally, tallied

MINIMUM_AGE = 15
"""Youngest age of the labour force (ILO)."""


def process(world: World) -> None:
    """Let people enter, leave or retire from the labour force."""
    people, labour, tables, p = world.people, world.labour, world.tables.labour, world.parameters
    education, dims = world.tables.education, world.tables.dimensions
    pension_age = world.tables.demography.pension_age_at(world.month)
    rates, cyclical = tables.participation_at(world.year), p["participation.cyclical"] * mean_pressure(world)

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
            bbl=education.programme_pathway == dims.pathway.index("bbl"),
            rates=rates,
            cyclical=cyclical,
            retirement_age=tables.retirement_age_at(world.year, pension_age) + p["retirement.delay"],
            spread=p["retirement.spread"],
            minimum=MINIMUM_AGE,
            occupation=people.occupation[part],
            job_level=people.job_level[part],
            job_region=people.job_region[part],
            employer=people.employer[part],
            reason_education=REASONS.index("to_education"),
            reason_left=REASONS.index("left_labour_force"),
            reason_retired=REASONS.index("retirement"),
            labour=people.labour[part],
            since=people.since[part],
            staff=staff,
            separated=separated,
        )

    tallied(world.threads, people.size, (labour.staff, labour.ledger.separated), decide)
    retired = labour.ledger.separated[REASONS.index("retirement")].sum(axis=0)
    world.recorder.slot("retirements", world.month)[...] += retired


def mean_pressure(world: World) -> float:
    """Pressure on employers, averaged over staff; share of potential output."""
    staff = world.labour.staff
    by_sector = world.tables.dimensions.by_sector(staff.reshape(staff.shape[0], -1).sum(axis=1))
    weights = np.maximum(by_sector, 1).astype(np.float64)
    return float((world.labour.pressure * weights).sum() / weights.sum())

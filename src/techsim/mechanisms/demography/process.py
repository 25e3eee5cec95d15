"""D1 in the month: the first process. The stock of January, then deaths and emigration, births, immigration."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from techsim.data.demography import AGES
from techsim.mechanisms.demography.kernels import BOUND, FREE, GOES, count_ages, count_people, live_a_month
from techsim.mechanisms.demography.labour_migration.process import follow, leaving, split
from techsim.mechanisms.demography.moving.process import places_of_birth
from techsim.mechanisms.demography.moving.state import Moving
from techsim.mechanisms.demography.newcomers import Arrivals, Counts, Floats, immigrants, newborn, place, whole_people
from techsim.mechanisms.tallies import tally
from techsim.mechanisms.world import World
from techsim.population.parts import Tally, tallied
from techsim.population.randomness import Purpose
from techsim.results.coordinates import AGE_GROUP, AGE_GROUP_YEARS, FLOW

Made = dict[str, Any]
"""People who come, by array name."""
JANUARY = 1


def process(world: World) -> None:
    """Let a month pass: people(t) = people(t - 1) - deaths - emigrants + births + immigrants, exactly."""
    if world.calendar_month == JANUARY:
        count_residents(world)
    if world.moving is not None:
        follow(world, world.moving)
    _remove(world)
    world.people.add(_newborn(world), *_immigrants(world))


@lru_cache
def age_groups() -> npt.NDArray[np.int64]:
    """Age group of each single year of age, not to be changed; int64 (AGES,)."""
    return np.minimum(np.arange(AGES) // AGE_GROUP_YEARS, len(AGE_GROUP) - 1)


def count_residents(world: World) -> None:
    """Residents at the beginning of the month by sex, age group and region; age as the month before left it."""
    people, slot = world.people, world.recorder.slot("population", world.month)
    count_ages(world.month - 1, people.birth_month, people.sex, people.region, age_groups(), slot)


def _remove(world: World) -> None:
    people, tables, p = world.people, world.tables.demography, world.parameters
    migration = world.recorder.slot("migration", world.month)
    emigrate = tables.emigration_chances(world.month, p["demography.emigration_outlook"])
    if world.international is not None:
        students = world.tables.international
        factor = students.emigration(p["international.usual_odds"], p["international.dropout_stay"])
        emigrate = emigrate * factor[students.at(world.month)]
    if world.moving is not None:
        emigrate = emigrate * leaving(world, world.moving)
    gone: dict[int, Counts] = {}
    death = tables.death_chances(world.month, p["demography.mortality_improvement"])
    plan, groups = plans(world), age_groups()

    def live(part: slice, deaths: Tally, emigrants: Tally) -> None:
        rows = np.empty(part.stop - part.start, dtype=np.int64)
        found = live_a_month(
            seed=world.seed,
            month=world.month,
            ids=people.id[part],
            birth_month=people.birth_month[part],
            sex=people.sex[part],
            background=people.background[part],
            region=people.region[part],
            death=death,
            emigrate=emigrate,
            age_group=groups,
            plan=plan[part],
            stage=people.stage[part],
            gone=rows,
            deaths=deaths,
            emigrants=emigrants,
        )
        gone[part.start] = part.start + rows[:found]

    tallies = (world.recorder.slot("deaths", world.month), migration[FLOW.index("emigration")])
    tallied(world.threads, people.size, tallies, live)
    people.remove(np.concatenate([gone[start] for start in sorted(gone)]))


def plans(world: World) -> npt.NDArray[np.int8]:
    """FREE, BOUND or GOES: international students don't emigrate before they have decided to (L7); int8 (n,)."""
    plan = np.full(world.people.size, FREE, dtype=np.int8)
    state = world.international
    if state is not None:
        plan[state.rows] = np.where(state.departs <= world.month, GOES, BOUND)
    return plan


def _newborn(world: World) -> Made:
    tables, outlook = world.tables.demography, world.parameters["demography.births_outlook"]
    before, after = (tables.births_before(month, outlook) for month in (world.month, world.month + 1))
    state, dims, seed = world.moving, world.tables.dimensions, world.seed
    if state is None:
        numbers = whole_people(before=before, after=after, scale=world.scale)
        made = newborn(numbers, seed, world.month, dims)
    else:  # children are born where people of the ages of parents live (W5)
        earlier, later = (cells.sum(axis=2, keepdims=True) for cells in (before, after))
        made = newborn(whole_people(earlier, later, world.scale), seed, world.month, dims)
        place(made, places_of_birth(state, after - before), seed, Purpose.MOVE)
    count_people(made["sex"], made["background"], made["region"], world.recorder.slot("births", world.month))
    return made


def _immigrants(world: World) -> tuple[Made, ...]:
    tables, outlook = world.tables.demography, world.parameters["demography.immigration_outlook"]
    until, ages = tables.immigrants_before, tables.immigrant_ages
    if world.international is not None:  # who comes to study is added by L7, and is one of the table's immigrants
        students = world.tables.international
        until, ages = students.others_before, students.others_ages[students.at(world.month)]
    before, after = until(world.month, outlook), until(world.month + 1, outlook)
    if world.moving is None:
        return (_arrive(world, whole_people(before, after, world.scale), Arrivals(ages)),)
    return _apart(world, world.moving, after - before, ages)


def _apart(world: World, state: Moving, monthly: Floats, ages: Floats) -> tuple[Made, Made]:
    """Immigrants who come for work apart from all others (L7), each within a person of what has come so far."""
    parts = split(world, state, monthly, ages)
    before, state.others = state.others, state.others + parts.others
    numbers = whole_people(before[..., None], state.others[..., None], world.scale)
    others = _arrive(world, numbers, Arrivals(parts.other_ages, places=parts.other_places))
    so_far, state.workers = state.workers, state.workers + parts.workers
    workers = whole_people(so_far[..., None], state.workers[..., None], world.scale)
    purpose = Purpose.LABOUR_MIGRATION
    made = _arrive(world, workers, Arrivals(parts.worker_ages, parts.education, parts.places, purpose, numbers.size))
    tally(world.recorder.slot("labour_immigrants", world.month), (made["level"], made["region"]))
    return others, made


def _arrive(world: World, numbers: Counts, arrivals: Arrivals) -> Made:
    made = immigrants(numbers, world.seed, world.month, world.tables.dimensions, world.tables.demography, arrivals)
    booked = world.recorder.slot("migration", world.month)[FLOW.index("immigration")]
    count_people(made["sex"], made["background"], made["region"], booked)
    return made

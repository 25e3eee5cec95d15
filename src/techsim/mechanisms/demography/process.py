"""D1 in the month: the first process. The stock of January, then deaths and emigration, births, immigration."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from techsim.data.demography import AGES
from techsim.mechanisms.demography.course import Course, course_of
from techsim.mechanisms.demography.kernels import BOUND, FREE, GOES, count_ages, count_people, live_a_month
from techsim.mechanisms.demography.labour_migration.process import Response, follow, leaving, responses
from techsim.mechanisms.demography.moving.process import places_of_birth
from techsim.mechanisms.demography.moving.state import Moving
from techsim.mechanisms.demography.newcomers import Arrivals, Births, Counts, immigrants, newborn, whole_people
from techsim.mechanisms.tallies import tally
from techsim.mechanisms.world import World
from techsim.population.clock import year_of
from techsim.population.parts import Tally, tallied
from techsim.population.randomness import Purpose
from techsim.results.coordinates import AGE_GROUP, AGE_GROUP_YEARS, FLOW

JANUARY = 1


def process(world: World) -> None:
    """Let a month pass: people(t) = people(t - 1) - deaths - emigrants + births + immigrants, exactly."""
    if world.calendar_month == JANUARY and world.recorder.wants("population"):
        count_residents(world)
    if world.moving is not None:
        follow(world, world.moving)
    if world.course is None:
        world.course = course_of(world)
    gone = _leave(world, world.course)
    births, arrivals = _births(world, world.course), _arrivals(world, world.course)
    coming: list[Births | Arrivals] = [births, *arrivals]
    born, *arrived = world.people.make_room(gone, *(int(group.numbers.sum()) for group in coming))
    _bear(world, births, born)
    for group, rows in zip(arrivals, arrived, strict=True):
        _arrive(world, group, rows)


@lru_cache
def age_groups() -> npt.NDArray[np.int64]:
    """Age group of each single year of age, not to be changed; int64 (AGES,)."""
    return np.minimum(np.arange(AGES) // AGE_GROUP_YEARS, len(AGE_GROUP) - 1)


def count_residents(world: World) -> None:
    """Residents at the beginning of the month by sex, age group and region; age as the month before left it."""
    people, slot = world.people, world.recorder.slot("population", world.month)
    count_ages(world.month - 1, people.birth_month, people.sex, people.region, age_groups(), slot)


def _leave(world: World, course: Course) -> Counts:
    """Rows of those who die or emigrate, ascending."""
    people, at = world.people, world.month - world.first
    migration = world.recorder.slot("migration", world.month)
    death, emigrate = course.death[at], course.emigrate[world.year - year_of(world.first)]
    if world.moving is not None:
        emigrate = leaving(world, world.moving, emigrate)
    gone: dict[int, Counts] = {}
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
    return np.concatenate([gone[start] for start in sorted(gone)])


def plans(world: World) -> npt.NDArray[np.int8]:
    """FREE, BOUND or GOES: international students don't emigrate before they have decided to (L7); int8 (n,)."""
    plan = np.full(world.people.size, FREE, dtype=np.int8)
    state = world.international
    if state is not None:
        plan[state.rows] = BOUND
        plan[state.rows[state.departs <= world.month]] = GOES
    return plan


def _births(world: World, course: Course) -> Births:
    at, state = world.month - world.first, world.moving
    if state is None:
        return Births(course.born[at])
    return Births(course.born[at], places_of_birth(state, course.births[at]))


def _arrivals(world: World, course: Course) -> tuple[Arrivals, ...]:
    state, year = world.moving, world.year - year_of(world.first)
    numbers, ages = course.others[world.month - world.first], course.other_ages[year]
    if state is None:
        return (Arrivals(numbers, ages),)
    response = responses(world, state)
    return Arrivals(numbers, ages, places=response.places), _workers(world, state, course, response, numbers.size)


def _workers(world: World, state: Moving, course: Course, response: Response, first_cell: int) -> Arrivals:
    """Immigrants who come for work, apart from all others (L7), within a person of what has come so far."""
    so_far, year = state.workers, world.year - year_of(world.first)
    state.workers = so_far + course.workers[world.month - world.first] * response.workers
    numbers = whole_people(so_far[..., None], state.workers[..., None], world.scale)
    ages, purpose = course.worker_ages[year], Purpose.LABOUR_MIGRATION
    return Arrivals(numbers, ages, response.education, response.worker_places, purpose, first_cell)


def _bear(world: World, births: Births, rows: slice) -> None:
    people = world.people
    newborn(people, rows, births, world.seed, world.month, world.tables.dimensions)
    booked = world.recorder.slot("births", world.month)
    count_people(people.sex[rows], people.background[rows], people.region[rows], booked)


def _arrive(world: World, arrivals: Arrivals, rows: slice) -> None:
    people, record = world.people, world.recorder
    immigrants(people, rows, arrivals, world.seed, world.month, world.tables.dimensions, world.tables.demography)
    booked = record.slot("migration", world.month)[FLOW.index("immigration")]
    count_people(people.sex[rows], people.background[rows], people.region[rows], booked)
    if arrivals.purpose is Purpose.LABOUR_MIGRATION and record.wants("labour_immigrants"):
        tally(record.slot("labour_immigrants", world.month), (people.level[rows], people.region[rows]))

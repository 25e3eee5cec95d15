"""D1 in the month: the first process. The stock of January, then deaths and emigration, births, immigration."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.data.demography import AGES
from techsim.mechanisms.demography.kernels import BOUND, FREE, GOES, live_a_month
from techsim.mechanisms.demography.newcomers import immigrants, newborn, whole_people
from techsim.mechanisms.world import World
from techsim.population.parts import Tally, tallied
from techsim.results.coordinates import AGE_GROUP, AGE_GROUP_YEARS, FLOW

JANUARY = 1


def process(world: World) -> None:
    """Let a month pass: people(t) = people(t - 1) - deaths - emigrants + births + immigrants, exactly."""
    if world.calendar_month == JANUARY:
        count_residents(world)
    _remove(world)
    _add_births(world)
    _add_immigrants(world)


def age_groups() -> npt.NDArray[np.int64]:
    """Age group of each single year of age; int64 (AGES,)."""
    return np.minimum(np.arange(AGES) // AGE_GROUP_YEARS, len(AGE_GROUP) - 1)


def count_residents(world: World) -> None:
    """Residents at the beginning of the month by sex, age group and region; age as the month before left it."""
    people = world.people
    age = np.minimum((world.month - 1 - people.birth_month.astype(np.int64)) // 12, AGES - 1)
    slot = world.recorder.slot("population", world.month)
    flat = np.ravel_multi_index((people.sex, age_groups()[age], people.region), slot.shape)
    slot += np.bincount(flat, minlength=slot.size).reshape(slot.shape)


def _remove(world: World) -> None:
    people, tables, p = world.people, world.tables.demography, world.parameters
    migration = world.recorder.slot("migration", world.month)
    emigrate = tables.emigration_chances(world.month, p["demography.emigration_outlook"])
    if world.international is not None:
        emigrate = emigrate * world.tables.international.emigration[world.tables.international.at(world.month)]
    stays = np.empty(people.size, dtype=np.bool_)
    death = tables.death_chances(world.month, p["demography.mortality_improvement"])
    plan = plans(world)

    def live(part: slice, deaths: Tally, emigrants: Tally) -> None:
        live_a_month(
            seed=world.seed,
            month=world.month,
            ids=people.id[part],
            birth_month=people.birth_month[part],
            sex=people.sex[part],
            background=people.background[part],
            region=people.region[part],
            death=death,
            emigrate=emigrate,
            age_group=age_groups(),
            plan=plan[part],
            stage=people.stage[part],
            stays=stays[part],
            deaths=deaths,
            emigrants=emigrants,
        )

    tallies = (world.recorder.slot("deaths", world.month), migration[FLOW.index("emigration")])
    tallied(world.threads, people.size, tallies, live)
    people.keep(stays)


def plans(world: World) -> npt.NDArray[np.int8]:
    """FREE, BOUND or GOES: international students don't emigrate before they have decided to (L7); int8 (n,)."""
    plan = np.full(world.people.size, FREE, dtype=np.int8)
    state = world.international
    if state is not None:
        plan[state.rows] = np.where(state.departs <= world.month, GOES, BOUND)
    return plan


def _add_births(world: World) -> None:
    tables, outlook = world.tables.demography, world.parameters["demography.births_outlook"]
    numbers = whole_people(
        before=tables.births_before(world.month, outlook),
        after=tables.births_before(world.month + 1, outlook),
        scale=world.scale,
    )
    world.people.add(newborn(numbers, world.seed, world.month, world.tables.dimensions))
    world.recorder.slot("births", world.month)[...] += numbers


def _add_immigrants(world: World) -> None:
    tables, outlook = world.tables.demography, world.parameters["demography.immigration_outlook"]
    until, ages = tables.immigrants_before, tables.immigrant_ages
    if world.international is not None:  # who comes to study is added by L7, and is one of the table's immigrants
        students = world.tables.international
        until, ages = students.others_before, students.others_ages[students.at(world.month)]
    numbers = whole_people(until(world.month, outlook), until(world.month + 1, outlook), world.scale)
    world.people.add(immigrants(numbers, world.seed, world.month, world.tables.dimensions, tables, ages))
    world.recorder.slot("migration", world.month)[FLOW.index("immigration")] += numbers

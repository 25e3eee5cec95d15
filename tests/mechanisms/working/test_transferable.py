"""Transferable skill (W4): against the equation in plain Python, its start, and what employers make of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from techsim.mechanisms.working.currency import process as currency
from techsim.mechanisms.working.currency.process import schooled
from techsim.mechanisms.working.matching.kernels import score_of
from techsim.mechanisms.world import World
from techsim.population.states import NEVER, Labour, Stage

Build = Callable[..., World]


def expected(world: World, row: int) -> float:
    """T of a person after the month, in 255ths, before rounding."""
    people, p = world.people, world.parameters
    skill = int(people.transferable[row]) / 255
    if people.stage[row] != Stage.OUT:
        return 255 * skill
    if people.left_education[row] == world.month or (people.left_education[row] == NEVER and skill == 0):
        return 255 * max(skill, p["transferable.school"] + p["transferable.level"] * int(people.level[row]))
    if (world.month - int(people.birth_month[row])) % 12:
        return 255 * skill
    if people.labour[row] == Labour.EMPLOYED:
        return 255 * (skill + p["transferable.gain"] * (1 - skill))
    months = min(world.month - int(people.since[row]), 12)
    return 255 * skill * (1 - p["transferable.fade"]) ** (months / 12)


def test_a_month_is_that_of_the_equation(make_world: Build) -> None:
    world = make_world()
    people, rng = world.people, np.random.default_rng(4)
    people.transferable[:] = rng.integers(0, 256, people.size)
    out = np.flatnonzero(people.stage == Stage.OUT)
    people.left_education[out[:80]] = world.month
    people.transferable[out[:40]] = 0
    before = people.transferable.copy()
    wanted = [expected(world, row) for row in range(people.size)]
    currency.process(world)
    np.testing.assert_allclose(people.transferable, wanted, atol=0.5001)
    assert (people.transferable > before).sum() > 50
    assert (people.transferable < before).sum() > 5


def test_work_builds_it_and_years_without_work_cost_it(make_world: Build) -> None:
    world = make_world()
    people = world.people
    out = people.stage == Stage.OUT
    people.transferable[out] = 128
    works, idle = out & (people.labour == Labour.EMPLOYED), out & (people.labour == Labour.UNEMPLOYED)
    people.since[idle] = world.month - 60
    for _ in range(12):
        currency.process(world)
        world.month += 1
    assert people.transferable[works].min() > 128 > people.transferable[idle].max()


def test_who_arrives_from_abroad_brings_what_schooling_gives(make_world: Build) -> None:
    world = make_world()
    people = world.people
    out = np.flatnonzero(people.stage == Stage.OUT)[:60]
    people.left_education[out], people.transferable[out] = NEVER, 0
    child = np.flatnonzero(people.stage < Stage.MBO)
    currency.process(world)
    np.testing.assert_allclose(
        people.transferable[out], 255 * schooled(world.parameters, 6)[people.level[out]], atol=0.5
    )
    assert not people.transferable[child].any()


def test_the_start_population_has_worked_for_it(make_world: Build) -> None:
    world = make_world()
    currency.begin(world.people, world.tables, world.parameters, world.month)
    people = world.people
    age = (world.month - people.birth_month.astype(int)) // 12
    works = (people.stage == Stage.OUT) & (people.labour == Labour.EMPLOYED)
    young, old = (people.transferable[works & (age >= a) & (age < b)].mean() for a, b in ((20, 26), (50, 60)))
    assert old > young + 30
    assert not people.transferable[people.stage < Stage.MBO].any()


def test_schools_give_more_at_higher_levels(make_world: Build) -> None:
    p = make_world().parameters
    assert (np.diff(schooled(p, 6)) > 0).all()
    assert schooled({**p, "transferable.level": 0.2}, 6)[-1] == 1.0


def test_employers_rank_it() -> None:
    weights = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5])
    low, high = (score_of(0.5, False, 0.0, 3.0, skill, weights, 0.2) for skill in (0.2, 0.8))
    assert high - low == pytest.approx(0.3)

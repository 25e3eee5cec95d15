"""What must hold of matching in any market: nobody in two jobs, no vacancy filled twice, and what vacancies do."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechanisms.labour_world import copy_of, world_of
from techsim.data.inputs import Tables
from techsim.mechanisms.working.identities import ledger_residuals
from techsim.mechanisms.working.matching import process as matching
from techsim.mechanisms.working.matching.deciding.kernels import decides, first_call, pick
from techsim.mechanisms.working.matching.hiring.kernels import find_best
from techsim.mechanisms.world import World
from techsim.population.people import People
from techsim.population.randomness import Purpose, uniform_of, word
from techsim.population.states import Flag, Labour

Build = Callable[..., World]
SEEDS = 300
CELL = ("employer", "occupation", "job_level", "job_region")
FALSE_ALARM = 4.8
"""Standard errors: one false alarm in 1.3 million for one person, in some 1,000 for all the seekers of a test."""


def matched(world: World, vacancies: np.ndarray, seed: int = 1) -> np.ndarray:
    """A round of matching with these vacancies; who was without work and has a job now, bool (n,)."""
    world.seed = seed
    world.labour.open_vacancies[:] = vacancies
    world.labour.vacancy_ages[:] = 0
    world.labour.vacancy_ages[0] = vacancies
    world.labour.begin_month()
    idle = world.people.labour == Labour.UNEMPLOYED
    matching.process(world)
    return idle & (world.people.labour == Labour.EMPLOYED)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**31), st.integers(0, 4), st.floats(0.05, 1.0), st.floats(0.05, 1.0))
def test_one_job_a_person_one_worker_a_vacancy(
    template: People, tables: Tables, seed: int, most: int, interview: float, decision: float
) -> None:
    world = world_of(copy_of(template), tables, 0.0, matching__interview=interview, matching__decision=decision)
    posted = np.random.default_rng(seed).integers(0, most + 1, world.labour.staff.shape)
    matched(world, posted, seed)
    ledger = world.labour.ledger
    assert (ledger.filled <= posted).all()
    assert ledger.filled.sum() == ledger.hired.sum()
    world.labour.vacancy_ages[0] -= ledger.filled
    residuals = ledger_residuals(world.labour, world.people, tables.dimensions)
    assert not any(residuals.values()), residuals


def chances(make_world: Build, vacancies: np.ndarray) -> np.ndarray:
    """Share of the seeds in which each of the unemployed finds a job within a month; (n,)."""
    hired = np.zeros(make_world().people.size)
    for seed in range(SEEDS):
        hired += matched(make_world(matching__interview=0.9, matching__directed=0.0), vacancies, seed)
    return hired / SEEDS


@pytest.fixture(scope="module")
def few(template: People, tables: Tables) -> np.ndarray:
    """Vacancies in one cell in forty: fewer than those who look for work."""
    shape = world_of(copy_of(template), tables).labour.staff.shape
    return (np.arange(np.prod(shape)).reshape(shape) % 40 == 0).astype(np.int64)


def test_more_vacancies_lower_nobodys_chance(make_world: Build, few: np.ndarray) -> None:
    """Twice as many everywhere: fewer applicants for each, so that each seeker's chance is as high or higher."""
    before, after = chances(make_world, few), chances(make_world, 2 * few)
    error = np.sqrt((before * (1 - before) + after * (1 - after)) / SEEDS)
    assert ((after - before) >= -FALSE_ALARM * np.maximum(error, 1 / SEEDS)).all()
    assert after.sum() > 1.2 * before.sum()


def test_vacancies_in_one_group_help_those_of_its_field(make_world: Build, few: np.ndarray) -> None:
    """And harm none of the others: who can't have these jobs has less competition elsewhere."""
    dims = make_world().tables.dimensions
    metal = dims.occupation.index("technical_metal")
    more = few.copy()
    more[:, metal, dims.level.index("mbo4") :] += 1
    before, after = chances(make_world, few), chances(make_world, more)
    field = make_world().people.field
    idle = make_world().people.labour == Labour.UNEMPLOYED
    assert after.sum() > before.sum()
    assert after[field == metal].sum() > 1.2 * before[field == metal].sum()
    for other in range(dims.size("field")):
        mine = idle & (field == other)
        error = np.sqrt((before[mine] * (1 - before[mine]) + after[mine] * (1 - after[mine])).sum() / SEEDS)
        assert after[mine].sum() - before[mine].sum() >= -4 * error, dims.field[other]


@pytest.mark.parametrize("share", [0.05, 0.25, 0.6, 1.0])
def test_decisions_are_evenly_spread(share: float) -> None:
    """Over vacancies of a cell, over cells, and over rounds, a share ``share`` decides."""
    for cases in (
        [(7, number, 99) for number in range(400)],
        [(cell, 0, 99) for cell in range(400)],
        [(7, 0, turn) for turn in range(25_000, 35_000)],
    ):
        found = np.mean([decides(*case, share) for case in cases])
        assert found == pytest.approx(share, abs=0.02)


def test_one_vacancy_more_moves_few(make_world: Build) -> None:
    """A vacancy more draws its own applicants, and hands on the posts of those it takes: all others go where they went.

    Were choices or decisions numbered through, it would move most of those who are hired.
    """
    moved, hired, filled = [], [], []
    for seed in range(40):
        one, other = make_world(matching__interview=0.9), make_world(matching__interview=0.9)
        posted = np.random.default_rng(seed).integers(0, 2, one.labour.staff.shape)
        more = posted.copy()
        more[np.unravel_index(np.random.default_rng(seed + 99).integers(more.size), more.shape)] += 1
        matched(one, posted, seed)
        matched(other, more, seed)
        cells = [np.stack([getattr(w.people, n) for n in ("labour", *CELL)]) for w in (one, other)]
        moved.append((cells[0] != cells[1]).any(axis=0).sum())
        hired.append(one.labour.ledger.hired.sum())
        filled.append(other.labour.ledger.filled.sum() - one.labour.ledger.filled.sum())
    assert np.mean(hired) > 20
    assert 0.0 < np.mean(moved) < 2.0, moved
    assert -0.1 < np.mean(filled) <= 1.0, filled


def luck(person: int) -> np.uint64:
    return np.uint64(word(3, int(Purpose.APPLY), np.uint64(person), 7, 1))


def test_first_call_draws_in_proportion() -> None:
    """Chances of the exponential race are w / sum w; those beyond the size and those of no weight get none."""
    weight, bound = np.array([1.0, 0.0, 3.0, 0.5, 9.0]), np.empty(5)
    draws = 40_000
    found = np.bincount([first_call(luck(i), 7, weight, 4, bound) for i in range(draws)], minlength=5) / draws
    expected = np.array([1.0, 0.0, 3.0, 0.5, 0.0]) / 4.5
    assert (found[expected == 0] == 0).all()
    np.testing.assert_allclose(found, expected, atol=4.5 * np.sqrt(0.25 / draws))


@pytest.mark.parametrize("items", [1, 2, 8, 40])
def test_first_call_is_the_shortest_of_all_times(items: int) -> None:
    """Bounds instead of logarithms change no choice, however alike or unlike the weights."""
    bound, random = np.empty(items), np.random.default_rng(items)
    for i in range(2000):
        weight = np.exp(random.normal(0.0, 3.0 * (i % 2), items)) * (random.random(items) < 0.8)
        times = [-math.log(uniform_of(luck(i), 7 + c)) / w if w > 0.0 else math.inf for c, w in enumerate(weight)]
        assert first_call(luck(i), 7, weight, items, bound) == int(np.argmin(times))


def test_vacancies_of_a_place_are_picked_evenly() -> None:
    cell_of, number_of = np.array([3, 3, 243, 483]), np.array([0, 1, 0, 0])
    draws = 40_000
    picked = [pick(luck(i), 1, 4, cell_of, number_of) for i in range(draws)]
    np.testing.assert_allclose(np.bincount(picked, minlength=4) / draws, [0, 1 / 3, 1 / 3, 1 / 3], atol=0.011)


def test_workers_on_short_time_are_locked_in(make_world: Build) -> None:
    changed = []
    for search in (0.0, 1.0):
        world = make_world(short_time__search=search, matching__interview=0.9)
        works = np.flatnonzero(world.people.labour == Labour.EMPLOYED)
        world.people.flags[works] |= np.uint8(Flag.SHORT_TIME)
        world.labour.open_vacancies += 1
        world.labour.begin_month()
        before = world.people.since[works].copy()
        matching.process(world)
        changed.append(int((world.people.since[works] != before).sum()))
    assert changed[0] == 0 < changed[1]


@given(st.lists(st.tuples(st.integers(-1, 8), st.integers(0, 3)), max_size=30))
def test_each_vacancy_takes_the_highest_score_and_of_equals_the_lowest_id(applied: list[tuple[int, int]]) -> None:
    vacancy, score = (np.array([a[k] for a in applied], dtype=np.int64) for k in range(2))
    ids = np.arange(len(applied), dtype=np.uint64)[::-1] + np.uint64(7)
    best = np.full(9, -1, dtype=np.int64)
    find_best(np.arange(len(applied)), ids, vacancy, score.astype(np.float64), best)
    for number in range(9):
        there = [k for k in range(len(applied)) if vacancy[k] == number]
        expected = min(there, key=lambda k: (-score[k], int(ids[k])), default=-1)
        assert best[number] == expected

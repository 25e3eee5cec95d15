"""What must hold of matching in any market: nobody in two jobs, no vacancy filled twice, and what vacancies do."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechanisms.labour_world import copy_of, world_of
from techsim.data.inputs import Tables
from techsim.mechanisms.working.identities import ledger_residuals
from techsim.mechanisms.working.matching import process as matching
from techsim.mechanisms.working.matching.deciding.kernels import (
    call_groups,
    call_places,
    decides,
    find_deciding,
    list_drawing,
    pick,
)
from techsim.mechanisms.working.matching.hiring.kernels import find_best
from techsim.mechanisms.working.matching.kernels import applies, first_group, left_after, sum_worth, weigh_groups
from techsim.mechanisms.working.matching.searching.kernels import find_seekers
from techsim.mechanisms.world import World
from techsim.population.draws import BLOCK, LARGEST, NEAR
from techsim.population.people import People
from techsim.population.randomness import Purpose, mixed_at, stride_of, uniform, uniform_of, word
from techsim.population.states import Flag, Labour, Stage

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


def test_who_has_no_field_applies_as_of_the_general_one(make_world: Build, few: np.ndarray) -> None:
    general = make_world().tables.dimensions.general
    found = []
    for field in (general, -1):
        world = make_world()
        world.people.field[world.people.labour == Labour.UNEMPLOYED] = field
        found.append(matched(world, few))
    assert found[0].any()
    assert np.array_equal(*found)


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


def strides(item: int, many: int) -> np.ndarray:
    """What is added to a seeker's word for ``many`` items from ``item`` on; uint64."""
    return np.array([stride_of(item + c) for c in range(many)], dtype=np.uint64)


def called(lucks: np.ndarray, strides: np.ndarray, begin: np.ndarray, levels: int, weight: np.ndarray) -> np.ndarray:
    """Which place of the only group each seeker is drawn to, of those of so many levels; int64 (k,)."""
    many = lucks.size
    chosen, none = np.empty(many, dtype=np.int64), np.zeros(many, dtype=np.int64)
    upto, bound = np.full((many, 1), levels), np.empty(strides.size)
    call_places(lucks, none, upto, np.arange(many) % len(weight), begin, strides, weight, bound, chosen)
    return chosen


def test_calls_draw_in_proportion() -> None:
    """Chances of the exponential race are w / sum w; those beyond the levels and those of no weight get none."""
    weight, draws = np.array([[1.0, 0.0, 3.0, 0.5, 9.0]]), 40_000
    lucks = np.array([luck(i) for i in range(draws)], dtype=np.uint64)
    where = called(lucks, strides(7, 5), np.array([[0, 4, 5]]), 1, weight)
    found, expected = np.bincount(where, minlength=5) / draws, np.array([1.0, 0.0, 3.0, 0.5, 0.0]) / 4.5
    assert (found[expected == 0] == 0).all()
    np.testing.assert_allclose(found, expected, atol=4.5 * np.sqrt(0.25 / draws))


@pytest.mark.parametrize("items", [1, 2, 8, 40])
def test_the_first_call_is_that_of_the_shortest_time(items: int) -> None:
    """Bounds instead of logarithms change no choice, however alike or unlike the weights."""
    random, many = np.random.default_rng(items), 2000
    lucks = np.array([luck(i) for i in range(many)], dtype=np.uint64)
    utility, expected = np.empty((items, many)), np.empty(many, dtype=np.int64)
    sums, upto = np.zeros((many, 2, items)), np.ones(items, dtype=np.int64)
    for i in range(many):
        utility[:, i] = random.normal(0.0, 3.0 * (i % 2), items)
        sums[i, 1] = random.random(items) < 0.8
        weight = np.exp(utility[:, i]) * sums[i, 1]
        times = [-math.log(uniform_of(luck(i), 7 + c)) / w if w > 0.0 else math.inf for c, w in enumerate(weight)]
        expected[i] = np.argmin(times)
    weights = np.exp(utility).T * sums[:, 1]
    some = weights.any(axis=1)
    placed = called(lucks, strides(7, items), np.array([[0, items]]), 1, weights)
    assert (placed[some] == expected[some]).all()
    nearly, least, second = weights.T * (1.0 + NEAR * random.uniform(-1.0, 1.0, (items, many))), *np.empty((2, many))
    chosen = np.empty(many, dtype=np.int64)
    call_groups(lucks, strides(7, items), nearly, least, second, chosen)
    plain = some & (chosen >= 0)
    assert (chosen[plain] == expected[plain]).all()
    exact = [first_group(luck(i), strides(7, items), utility, i, upto, sums, i) for i in np.flatnonzero(some)]
    assert exact == expected[some].tolist()
    assert some.sum() > 1500
    assert plain.sum() > 0.5 * some.sum()
    assert items < 8 or not plain[some].all()


def test_calls_that_are_nearly_at_once_are_told_apart_by_logarithms() -> None:
    """Of draws so near to one that the series leaves nothing out, what is off in the weights decides."""
    items, random = strides(0, 2), np.random.default_rng(8)
    words = random.integers(0, 2**64, 4_000_000, dtype=np.uint64)
    draws = np.array([1.0 - mixed_unit(words + item) for item in items])
    lucks = words[(draws < 0.012).all(axis=0)]
    assert lucks.size > 300
    times = np.array([[-math.log(uniform_of(word, item)) for word in lucks] for item in range(2)])
    plain = wrong = 0
    for apart in (1e-10, 1e-9, 1e-8, 1e-7):
        weights = times * (1.0 + apart * random.uniform(-1.0, 1.0, times.shape))  # both call at nearly the same time
        expected = np.argmin(times / weights, axis=0)
        nearly = weights * (1.0 + NEAR * random.choice([-1.0, 1.0], weights.shape))
        least, second, chosen = *np.empty((2, lucks.size)), np.empty(lucks.size, dtype=np.int64)
        call_groups(lucks, items, nearly, least, second, chosen)
        sure = chosen >= 0
        plain += int(sure.sum())
        wrong += int((chosen[sure] != expected[sure]).sum())
    assert wrong == 0
    assert plain > 100


def mixed_unit(x: np.ndarray) -> np.ndarray:
    """:func:`uniform_at` of many, in plain numpy."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(((x ^ (x >> np.uint64(31))) >> np.uint64(12)) * 2.0**-52)


def test_who_is_in_doubt_applies_by_exponentials() -> None:
    """Draws at the very edge, and sums that are off by what they may be: the exact ones decide."""
    random, groups = np.random.default_rng(4), 6
    upto = np.ones(groups, dtype=np.int64)
    for _ in range(200):
        utility = random.normal(0.0, 3.0, (groups, 1))
        open_of = random.integers(1, 30, (1, 2, groups)).astype(np.float64)
        total_of = np.floor(open_of * random.random(open_of.shape)) + 1.0
        among, total = (sum_worth(utility, 0, upto, sums, 0) for sums in (open_of, total_of))
        for edge in (-1e-12, 1e-12, -1e-6, 1e-6):
            draw, off = 0.3 * total / among * (1.0 + edge), 1.0 + NEAR * random.choice([-1.0, 1.0], 2)
            found = applies(draw, 0.3, among * off[0], total * off[1], utility, 0, upto, open_of, total_of, 0)
            assert found == (edge < 0.0)


def test_utility_stays_within_what_exponentials_can_hold() -> None:
    """At the bounds of the parameters it would not."""
    pull = np.array([1020.0, -1020.0, 3.0])
    fields, lasts, zero, one = np.zeros(3, dtype=np.int64), np.full(3, -1), np.zeros(3), np.ones(3)
    suits, utility, nearly = np.empty((3, 1, 3))
    weigh_groups(
        fields, lasts, pull, zero, zero, one, zero, zero, np.ones((1, 1)), np.array([True]), suits, utility, nearly
    )
    assert utility[0].tolist() == [LARGEST, -LARGEST, 3.0]
    np.testing.assert_allclose(nearly[0], np.exp(utility[0]), rtol=NEAR)


def test_worth_is_summed_over_the_levels_considered() -> None:
    utility, sums = np.array([[9.0, 0.5], [9.0, -1.0]]), np.arange(12.0).reshape(2, 3, 2)
    expected = math.exp(0.5) * sums[1, 2, 0] + math.exp(-1.0) * sums[1, 0, 1]
    assert sum_worth(utility, 1, np.array([2, 0]), sums, 1) == expected


def test_vacancies_of_a_place_are_picked_evenly() -> None:
    _, cell_of, items = find_deciding(np.array([[2], [1]]), 5, 1.0)
    assert cell_of.tolist() == [0, 0, 1]
    draws = 40_000
    picked = [pick(luck(i), items, 0, 3) for i in range(draws)]
    np.testing.assert_allclose(np.bincount(picked, minlength=3) / draws, np.full(3, 1 / 3), atol=0.011)
    for i in range(50):
        assert picked[i] == int(np.argmax([mixed_at(np.uint64((int(luck(i)) + int(item)) % 2**64)) for item in items]))


def test_vacancies_that_decide_are_listed_by_place() -> None:
    """As one by one in plain Python, and the places that have some of them by group and level."""
    groups, levels, regions, turn, share = 3, 2, 2, 17, 0.3
    posted = np.random.default_rng(2).integers(0, 3, (4, groups * levels * regions))
    expected = [
        (c, e * posted.shape[1] + c)
        for c in range(posted.shape[1])
        for e in range(posted.shape[0])
        for v in range(posted[e, c])
        if decides(e * posted.shape[1] + c, v, turn, share)
    ]
    first, cell_of, _ = find_deciding(posted, turn, share)
    assert cell_of.tolist() == [cell for _, cell in expected]
    assert [c for c in range(first.size - 1) for _ in range(first[c], first[c + 1])] == [c for c, _ in expected]
    places, items, begin = list_drawing(first, groups, levels, regions)
    assert places.tolist() == sorted({c for c, _ in expected})
    assert items.tolist() == [stride_of(groups + c) for c in places]
    for g, lv in np.ndindex(groups, levels):
        mine = places[begin[g, lv] : begin[g, lv + 1]]
        assert mine.tolist() == [c for c in places.tolist() if c // regions == g * levels + lv]


@pytest.mark.parametrize("first", [0, 700])
@pytest.mark.parametrize("base", [0.0, 0.3])
def test_who_is_or_was_retrained_searches_by_chances_of_their_own(first: int, base: float) -> None:
    """As one by one in plain Python, in whole blocks of people and in some where few work, or nobody."""
    size, random = 3 * BLOCK + 100, np.random.default_rng(first)
    ids = np.arange(1, size + 1, dtype=np.uint64)
    states = np.array([Labour.EMPLOYED, Labour.UNEMPLOYED, Labour.OUTSIDE], dtype=np.int8)
    labour = random.choice(states, size, p=[0.7, 0.2, 0.1])
    labour[BLOCK : 2 * BLOCK][np.arange(BLOCK) % 9 > 0] = Labour.OUTSIDE
    labour[2 * BLOCK : 3 * BLOCK] = Labour.OUTSIDE
    stage = random.choice(np.array([Stage.OUT, Stage.MBO], dtype=np.int8), size, p=[0.9, 0.1])
    work, nothing = random.integers(0, 2, size, dtype=np.int8), np.zeros(size, dtype=np.int8)
    chosen = np.sort(random.permutation(first + size + 300)[:1200]) - 100
    trainees, retrained = chosen[::2], chosen[1::2]
    who = np.empty(size, dtype=np.int64)
    found = find_seekers(
        seed=3,
        month=7,
        first=first,
        ids=ids,
        stage=stage,
        labour=labour,
        flags=nothing.astype(np.uint8),
        since=nothing.astype(np.int16),
        level=nothing,
        field=nothing,
        occupation=work,
        job_level=nothing,
        related=np.ones((1, 2), dtype=np.bool_),
        technical=np.array([False, True]),
        trainees=trainees,
        retrained=retrained,
        base=base,
        short_tenure=24.0,
        short_ratio=1.5,
        mismatch_ratio=2.0,
        short_time_ratio=0.5,
        of_trainees=0.4,
        of_retrained=0.6,
        who=who,
    )

    def drawn(purpose: Purpose, i: int, k: int) -> float:
        return uniform(3, int(purpose), ids[i], 7, k)

    def searches(i: int) -> bool:
        if labour[i] == Labour.UNEMPLOYED:
            return first + i not in trainees or drawn(Purpose.RETRAINING, i, 4) < 0.4
        eager = first + i in retrained and work[i] == 0 and drawn(Purpose.RETRAINING, i, 5) < 0.6
        return labour[i] == Labour.EMPLOYED and (eager or drawn(Purpose.SEARCH, i, 0) < 1.5 * base)

    expected = [first + i for i in range(size) if stage[i] == Stage.OUT and searches(i)]
    assert who[:found].tolist() == expected


def test_what_is_left_after_months_is_an_exponential() -> None:
    assert left_after(40, 6.0).tolist() == [math.exp(-(m / 12.0) / 6.0) for m in range(40)]


def test_success_is_that_of_the_applications_for_a_group(make_world: Build, few: np.ndarray) -> None:
    """Where every group has one vacancy only, those for which anybody applies have one application that succeeds."""
    world, before = make_world(matching__interview=1.0, matching__decision=1.0), make_world().labour.success
    world.labour.success = before.copy()
    one = np.zeros_like(few)
    one[3, :, 0, 2] = 1
    pace = 1.0 / world.parameters["matching.directed_months"]
    rounds = []
    apply = matching.apply

    def noted(*asked: Any) -> tuple[np.ndarray, np.ndarray]:
        vacancy, score = apply(*asked)
        cells = asked[5].cell_of[vacancy[vacancy >= 0]]
        rounds.append(np.bincount(np.unravel_index(cells, few.shape)[1], minlength=few.shape[1]))
        return vacancy, score

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "apply", noted)
        matched(world, one)
    answered, hired = sum(rounds), world.labour.ledger.filled.sum(axis=(0, 2, 3))
    assert answered.max() > 5
    np.testing.assert_allclose(world.labour.success, before + pace * ((hired + 1) / (answered + 1) - before))


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
    best = find_best(ids, vacancy, score.astype(np.float64), 9)
    there = [[k for k in range(len(applied)) if vacancy[k] == number] for number in range(9)]
    assert best.tolist() == [min(some, key=lambda k: (-score[k], int(ids[k]))) for some in there if some]

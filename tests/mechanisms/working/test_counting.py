"""Counts of working equal their plain-Python references: jobs, labour force, vacancies by age, the first of a cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import working as reference
from techsim.mechanisms.working.kernels import (
    by_group_and_region,
    by_type_and_region,
    first_of_each,
    list_workers,
    mean_beyond,
    normal_below,
    workers_of_sectors,
)
from techsim.mechanisms.working.ledger.process import process as record
from techsim.mechanisms.working.short_time.kernels import highest_normals
from techsim.mechanisms.working.short_time.spells import (
    cells_of,
    end_spells,
    first_to_go,
    forget_movers,
    on_short_time,
    owed_months,
    workers_by_employer,
)
from techsim.mechanisms.working.short_time.state import ShortTime
from techsim.mechanisms.working.state import count_labour_force, count_staff
from techsim.mechanisms.working.vacancies.ages import AGES, grow_older
from techsim.mechanisms.working.vacancies.kernels import count_market
from techsim.mechanisms.world import World
from techsim.population.draws import BLOCK, SMALLEST, normals, uniforms
from techsim.population.people import FIELDS, People
from techsim.population.states import NONE, Flag, Labour, Stage

Build = Callable[..., World]
SOME = st.integers(0, 4)
CELL = ("employer", "occupation", "job_level", "job_region")


def test_jobs_and_the_labour_force_are_counted_as_by_hand(make_world: Build) -> None:
    world = make_world()
    columns = {name: getattr(world.people, name).tolist() for name in FIELDS}
    people = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    staff = count_staff(world.people, world.tables.dimensions)
    assert {tuple(map(int, at)): int(staff[tuple(at)]) for at in np.argwhere(staff)} == reference.jobs_by_cell(people)
    np.testing.assert_array_equal(count_staff(world.people, world.tables.dimensions, threads=2), staff)
    force = count_labour_force(world.people, staff.shape[-1])
    assert dict(enumerate(force.tolist())) == reference.labour_force_by_region(people)


@pytest.mark.parametrize("threads", [1, 2])
def test_stocks_of_the_month_are_counted_as_by_hand(
    make_world: Build, monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    monkeypatch.setattr("techsim.population.parts.WORTH_IT", 100)
    world = make_world()
    world.threads, dims = threads, world.tables.dimensions
    idle = np.flatnonzero(world.people.labour == Labour.UNEMPLOYED)
    world.people.since[idle] = world.month - np.arange(idle.size) % 20
    world.people.field[idle[:5]] = NONE
    columns = {name: getattr(world.people, name).tolist() for name in FIELDS}
    people = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    record(world)
    expected = reference.stocks(
        people, world.month, dims.occupation_technical, dims.employer_sector, dims.size("field")
    )
    assert set(expected["unemployed_by_duration"]) >= {(0, 2), (1, 2), (2, 2)}
    for name, counts in expected.items():
        found = world.recorder.slot(name, world.month)
        assert {tuple(map(int, at)): int(found[tuple(at)]) for at in np.argwhere(found)} == counts, name


@pytest.mark.parametrize("name", ["employer", "occupation", "job_level", "job_region"])
@pytest.mark.parametrize("value", [-1, 100])
def test_a_worker_without_a_cell_is_an_error(make_world: Build, name: str, value: int) -> None:
    world = make_world()
    getattr(world.people, name)[np.flatnonzero(world.people.labour == Labour.EMPLOYED)[3]] = value
    with pytest.raises(IndexError, match="has no cell"):
        count_staff(world.people, world.tables.dimensions)


@settings(deadline=None)  # the first call compiles
@given(st.lists(st.tuples(st.lists(SOME, min_size=AGES, max_size=AGES), SOME, SOME, SOME), min_size=1, max_size=4))
def test_vacancies_age_as_by_hand(cells: list[tuple[list[int], int, int, int]]) -> None:
    ages = np.array([cell[0] for cell in cells], dtype=np.int32).T
    opened = np.array([cell[1] for cell in cells])
    filled = np.minimum([cell[2] for cell in cells], ages.sum(axis=0) + opened)
    withdrawn = np.minimum([cell[3] for cell in cells], ages.sum(axis=0) + opened - filled)
    groups = (1, -1, 1, 1)
    older = ages.copy()
    still_open, by_age = grow_older(
        older.reshape(AGES, *groups), opened.reshape(groups), filled.reshape(groups), withdrawn.reshape(groups)
    )
    np.testing.assert_array_equal(still_open[..., 0], older)
    for c, (before, *_) in enumerate(cells):
        expected = reference.month_older(before, int(opened[c]), int(filled[c]), int(withdrawn[c]))
        assert (older[:, c].tolist(), by_age[:, c].tolist()) == expected


def test_vacancies_by_age_are_those_of_their_group_and_level() -> None:
    shape = (3, 2, 4, 5)
    rng = np.random.default_rng(1)
    ages, opened = rng.integers(0, 4, (AGES, *shape), dtype=np.int32), rng.integers(0, 4, shape)
    nothing = np.zeros(shape, dtype=np.int64)
    older = ages.copy()
    still_open, filled = grow_older(older, opened, nothing, nothing)
    np.testing.assert_array_equal(still_open, older.sum(axis=(1, 4)))
    everything = ages.sum(axis=0) + opened
    older = ages.copy()
    still_open, filled = grow_older(older, opened, everything, nothing)
    assert not older.any()
    assert not still_open.any()
    np.testing.assert_array_equal(filled.sum(axis=0), everything.sum(axis=(0, 2, 3)))


@settings(deadline=None)  # the first call compiles
@given(
    st.lists(st.tuples(SOME, st.sampled_from([-1.5, 0.0, 0.25, 2.0]), st.integers(0, 2**63)), max_size=40, unique=True),
    st.lists(st.integers(-1, 5), min_size=5, max_size=5),
)
def test_the_first_of_each_cell_are_those_of_a_sort(people: list[tuple[int, float, int]], many: list[int]) -> None:
    cell, rank, ids = (np.array(column, dtype=kind) for column, kind in zip(
        zip(*people, strict=True) if people else ((), (), ()), (np.int64, np.float64, np.uint64), strict=True
    ))  # fmt: skip
    found = first_of_each(cell, rank, ids, np.array(many)).tolist()
    order = sorted(range(len(people)), key=lambda k: people[k])
    expected = [[k for k in order if people[k][0] == c][: max(many[c], 0)] for c in range(5)]
    assert [people[k] for k in found] == [people[k] for mine in expected for k in mine]


def test_no_draw_is_higher_than_its_bound() -> None:
    """Whom the bound passes over is not drawn for: it must hold, and lie close enough to be of use."""
    ids, steps = np.arange(200_000, dtype=np.uint64), 1024
    u, z = uniforms(5, 41, ids, 7, 0), normals(5, 41, ids, 7, 0)
    bound = highest_normals(steps)[(u * steps).astype(np.int64)]
    assert (z <= bound).all()
    assert np.quantile(bound - np.abs(z), 0.01) < 0.01
    assert highest_normals(steps)[0] >= np.sqrt(-2.0 * np.log(SMALLEST))


@pytest.mark.parametrize("size", [0, 5, 8, 1003])
def test_who_is_on_short_time_is_whose_flag_says_so(size: int) -> None:
    flags = np.random.default_rng(size).integers(0, 256, size).astype(np.uint8)
    flags[size // 2 :] &= np.uint8(0xFF ^ int(Flag.SHORT_TIME))
    flags[-1:] |= np.uint8(Flag.SHORT_TIME)
    people = People(0)
    people.flags = flags
    expected = [i for i, flag in enumerate(flags.tolist()) if flag & int(Flag.SHORT_TIME)]
    assert on_short_time(people).tolist() == expected


@pytest.mark.parametrize("size", [0, 1, 500, BLOCK])
def test_who_works_in_a_block_is_listed(size: int) -> None:
    rng = np.random.default_rng(size)
    labour, stage = rng.integers(0, 4, size).astype(np.int8), rng.integers(5, 8, size).astype(np.int8)
    rows = np.zeros(BLOCK, dtype=np.uint16)
    found = list_workers(labour, stage, np.zeros(BLOCK, dtype=np.bool_), rows)
    expected = [i for i in range(size) if labour[i] == Labour.EMPLOYED and stage[i] == Stage.OUT]
    assert rows[:found].tolist() == expected


def spells_of_some(size: int) -> tuple[People, ShortTime]:
    """People with some in a spell, and with spells of others that ended, some of them twice, and some who are gone."""
    rng, people, state = np.random.default_rng(4), People(size), ShortTime(employers=2, regions=1)
    people.add({
        "id": rng.permutation(size).astype(np.uint64),
        "labour": rng.integers(1, 3, size),
        "stage": rng.integers(6, 8, size),
        "since": rng.integers(5, 8, size),
        "short_time": np.full(size, 3),
        "flags": np.where(rng.uniform(size=size) < 0.3, int(Flag.SHORT_TIME), int(Flag.TEMPORARY)),
    })  # fmt: skip
    state.rows = on_short_time(people)
    had = np.flatnonzero((people.flags & np.uint8(Flag.SHORT_TIME)) == 0)[::3]
    for rows, month, released in ((had, 4, False), (had[::2], 5, True), (had[1::4], 6, True)):
        end_spells(people, state, rows, month, remember=True, released=released)
    state.ended.locate(people)
    state.ended.row[::50] = -1
    return people, state


@pytest.mark.parametrize("released", [False, True])
def test_who_goes_first_is_in_a_spell_or_was_released_from_one(released: bool) -> None:
    people, state = spells_of_some(3000)
    state.ended.released &= released
    soon = set(state.ended.row[state.ended.released].tolist()) - {-1}
    expected = [
        i for i in range(people.size)
        if people.labour[i] == Labour.EMPLOYED and people.stage[i] == Stage.OUT
        and (people.flags[i] & Flag.SHORT_TIME or i in soon)
    ]  # fmt: skip
    assert first_to_go(people, state).tolist() == expected
    assert any(i in soon for i in expected) == released


def test_ended_spells_of_movers_are_forgotten_and_owed_once() -> None:
    people, state = spells_of_some(3000)
    ended, month = state.ended, 7
    spells = list(zip(ended.id.tolist(), ended.row.tolist(), ended.months.tolist(), strict=True))
    paid: dict[int, int] = {}
    for i in range(people.size):
        if people.labour[i] == Labour.UNEMPLOYED and people.flags[i] & Flag.SHORT_TIME:
            paid[i] = month - int(people.short_time[i])
    for _, i, months in spells:
        if i >= 0 and people.labour[i] == Labour.UNEMPLOYED and people.since[i] == month:
            paid.setdefault(i, months)
    rows, months = owed_months(people, state, month)
    assert dict(zip(rows.tolist(), months.tolist(), strict=True)) == paid
    assert len(rows) == len(paid) > (people.flags[rows] & np.uint8(Flag.SHORT_TIME) != 0).sum() > 0
    kept = [pid for pid, i, _ in spells if i < 0 or people.since[i] != month]
    forget_movers(people, ended, month)
    assert ended.id.tolist() == kept
    assert len(kept) < len(spells)


def test_where_people_of_ended_spells_are_stored_is_found_again() -> None:
    people, state = spells_of_some(3000)
    ended = state.ended
    expected = set(np.flatnonzero(ended.row < 0).tolist())
    people.remove(np.arange(0, people.size, 7))
    ended.locate(people)
    stored = {pid: i for i, pid in enumerate(people.id.tolist())}
    found = [stored.get(pid, -1) for pid in ended.id.tolist()]
    assert [row for k, row in enumerate(ended.row.tolist()) if k not in expected] == [
        row for k, row in enumerate(found) if k not in expected
    ]
    assert -1 in found
    people.arrange()
    ended.locate(people)
    stored = {pid: i for i, pid in enumerate(people.id.tolist())}
    assert ended.row.tolist() == [stored.get(pid, -1) for pid in ended.id.tolist()]


def test_sums_and_shares_below_are_those_of_libraries() -> None:
    counts = np.random.default_rng(2).integers(0, 9, (4, 3, 2, 5))
    np.testing.assert_array_equal(by_group_and_region(counts), counts.sum(axis=(0, 2)))
    np.testing.assert_array_equal(by_type_and_region(counts), counts.sum(axis=(1, 2)))
    z = np.linspace(-6, 6, 25)
    np.testing.assert_allclose(normal_below(z), [NormalDist().cdf(x) for x in z.tolist()], rtol=1e-6)
    d = 0.1 * z
    by_hand = [m * NormalDist().cdf(m / 0.1) + 0.01 * NormalDist(m, 0.1).pdf(0.0) for m in d.tolist()]
    np.testing.assert_allclose(mean_beyond(d, z, np.exp(-0.5 * z * z), 0.1), np.maximum(by_hand, 0.0), atol=1e-12)


def test_workers_are_counted_by_employer_and_by_cell() -> None:
    rng, people, shape = np.random.default_rng(6), People(0), (3, 2, 4, 5)
    where = {name: rng.integers(0, size, 500) for name, size in zip(CELL, shape, strict=True)}
    for name, codes in where.items():
        setattr(people, name, codes.astype(np.int8))
    who = np.flatnonzero(rng.uniform(size=500) < 0.4)
    cells, by_employer = cells_of(people, who, shape), workers_by_employer(people, who, shape)
    expected = Counter(tuple(int(where[name][i]) for name in CELL) for i in who)
    assert {cell: int(cells[cell]) for cell in np.ndindex(shape) if cells[cell]} == expected
    np.testing.assert_array_equal(by_employer, cells.sum(axis=(1, 2)))
    people.job_level[who[3]] = -1
    with pytest.raises(IndexError):
        cells_of(people, who, shape)


def test_workers_of_sectors_are_counted_as_by_hand() -> None:
    staff = np.random.default_rng(9).integers(0, 9, (6, 3, 2, 5))
    staff[2:4] = 0
    workers, everybody = workers_of_sectors(staff, 3)  # two types of employers each
    expected = [max(sum(staff[e].ravel().tolist()) + sum(staff[e + 1].ravel().tolist()), 1) for e in (0, 2, 4)]
    assert workers.tolist() == expected
    assert everybody == sum(expected)


def test_the_market_is_seen_as_by_hand() -> None:
    rng, shape = np.random.default_rng(8), (4, 3, 2, 5)
    vacancies, staff = (rng.integers(0, 9, shape) for _ in range(2))
    unemployed = rng.integers(0, 9, (4, 2, 5))  # of a field more than there are groups
    (vacant, trained), (vacant_of, workers_of), idle = count_market(vacancies, staff, unemployed)
    open_in, looking, of_type, works, everybody = (Counter[object]() for _ in range(5))
    for e, g, lv, r in np.ndindex(shape):
        open_in[g, r] += int(vacancies[e, g, lv, r])
        of_type[e] += int(vacancies[e, g, lv, r])
        works[e] += int(staff[e, g, lv, r])
    for f, lv, r in np.ndindex(unemployed.shape):
        looking[f, r] += int(unemployed[f, lv, r])
        everybody["all"] += int(unemployed[f, lv, r])
    for found, expected in ((vacant, open_in), (trained, looking)):
        assert found.shape == (3, 6)
        for g in range(3):
            in_regions = [expected[g, r] for r in range(5)]
            assert found[g].tolist() == [*in_regions, sum(in_regions)]
    assert dict(enumerate(vacant_of.tolist())) == of_type
    assert dict(enumerate(workers_of.tolist())) == works
    assert idle == everybody["all"]

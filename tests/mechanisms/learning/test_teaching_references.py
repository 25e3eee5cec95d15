"""Kernels of teachers (L2) and hybrid teachers (L3) against plain Python, on random people."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

from mechanisms.school_world import as_dicts, crowd
from mechanisms.teaching_world import MONTH, SEEDS, SHAPE, drawn, workers
from reference import teaching as plain
from techsim.data.inputs import Tables
from techsim.mechanisms.learning.hybrid.kernels import find_interested, match_hybrids, permission
from techsim.mechanisms.learning.kernels import HUNDRED, sum_lent
from techsim.mechanisms.learning.state import Roster
from techsim.mechanisms.learning.teachers.capacity import SEGMENT_OF, next_turnover, places_of, quality_of, stretch_of
from techsim.mechanisms.learning.teachers.kernels import (
    appoint,
    fill_share_vacant,
    find_candidates,
    leave_for_industry,
    leaving_chance,
    leaving_chances,
)
from techsim.mechanisms.learning.teachers.places import best_in_cells
from techsim.mechanisms.learning.teachers.programmes import offered_share
from techsim.mechanisms.learning.teachers.start import learners
from techsim.population.clock import month_index
from techsim.population.rosters import find_rows, stands_on


@pytest.mark.parametrize("chance", [1.0, 0.4])
@pytest.mark.parametrize("seed", SEEDS)
def test_candidates(tables: Tables, seed: int, chance: float) -> None:
    people = workers(tables, seed)
    taken = np.random.default_rng(seed).random(people.size) < 0.2
    technical, first = tables.dimensions.field_technical, month_index(2008, 1)
    who, kind = np.empty(people.size, dtype=np.int64), np.empty(people.size, dtype=np.int8)
    names = ("birth_month", "stage", "labour", "occupation", "level", "field", "left_education")
    found = find_candidates(
        seed=seed, first=first, ids=people.id,
        **{n: getattr(people, n) for n in names}, posted=np.flatnonzero(taken), education=5,
        lowest=3, shares=np.array([0.5, 0.2]), technical=technical, month=MONTH, chance=chance, who=who, kind=kind,
    )  # fmt: skip
    rules = {"education": 5, "lowest": 3, "chance": chance, "technical": technical, "first": first}
    rules |= {"start_share": 0.5, "share": 0.2}
    rows = [row | {"taken": bool(t)} for row, t in zip(as_dicts(people), taken, strict=True)]
    expected = plain.candidates(rows, rules, MONTH, drawn(seed))
    assert dict(zip(people.id[who[:found]].tolist(), kind[:found].tolist(), strict=True)) == expected
    assert len(set(expected.values())) == 2


@pytest.mark.parametrize("seed", SEEDS)
def test_hours_by_cell(seed: int) -> None:
    rng, count = np.random.default_rng(seed), 400
    segment, kind, region = (rng.integers(0, n, count, dtype=np.int8) for n in SHAPE)
    employer, occupation = rng.permuted(segment), rng.permuted(kind)
    hours, ready = rng.integers(1, 101, count), rng.integers(0, 3, count)
    whole, lent = np.zeros(SHAPE, dtype=np.int64), np.zeros((*SHAPE, 5))
    rows = rng.permutation(count)
    by_region = np.zeros(lent.shape[-1])
    sum_lent(
        segment, kind, rows, hours, ready, 1, 0.3, employer, occupation, region, region, whole, lent, by_region
    )  # fmt: skip
    expected, expected_lent = np.zeros_like(whole), np.zeros_like(lent)
    for j in range(count):
        if ready[j] <= 1:
            i = rows[j]
            expected[segment[j], kind[j], region[i]] += hours[j]
            expected_lent[employer[i], occupation[i], region[i], region[i]] += hours[j]
    assert (whole == expected).all()
    assert (lent == 0.3 * expected_lent).all()
    assert (by_region == lent.sum(axis=(0, 1, 2))).all()
    assert (ready > 1).any()


@pytest.mark.parametrize("every", [True, False])
@pytest.mark.parametrize("seed", SEEDS)
def test_interest_in_teaching(tables: Tables, seed: int, every: bool) -> None:
    people = workers(tables, seed, 4000)
    taken = np.random.default_rng(seed).random(people.size) < 0.2
    technical = tables.dimensions.field_technical
    who, kind = np.empty(people.size, dtype=np.int64), np.empty(people.size, dtype=np.int8)
    names = ("birth_month", "stage", "labour", "occupation", "level", "field")
    found = find_interested(
        seed=seed, month=MONTH, asked=np.arange(people.size) if every else people.born_in(MONTH), ids=people.id,
        **{n: getattr(people, n) for n in names}, posted=np.flatnonzero(taken),
        education=5, lowest=4, interest=0.6, technical_interest=0.5, age_effect=0.4, technical=technical,
        who=who, kind=kind,
    )  # fmt: skip
    rules = {
        "education": 5,
        "lowest": 4,
        "interest": np.where(technical, 0.3, 0.6).tolist(),
        "age_effect": 0.4,
        "technical": technical,
    }
    rows = [row | {"taken": bool(t)} for row, t in zip(as_dicts(people), taken, strict=True)]
    expected = plain.interested(rows, rules, MONTH, every, drawn(seed))
    assert dict(zip(people.id[who[:found]].tolist(), kind[:found].tolist(), strict=True)) == expected
    assert len(expected) > 5


def queue(rng: np.random.Generator, count: int) -> list[dict[str, Any]]:
    """People who might get a post."""
    return [
        {
            "kind": int(rng.integers(2)),
            "region": int(rng.integers(5)),
            "level": int(rng.integers(2, 6)),
            "has_degree": bool(rng.random() < 0.5),
            "draw": float(rng.random()),
            "pick": float(rng.random()),
            "hours": int(rng.integers(20, 101)),
        }
        for _ in range(count)
    ]


def columns(people: list[dict[str, Any]]) -> dict[str, np.ndarray]:
    kinds = {"kind": np.int8, "region": np.int8, "level": np.int8, "hours": np.int64}
    return {name: np.array([p[name] for p in people], dtype=kinds.get(name)) for name in people[0]}


@pytest.mark.parametrize("half", [True, False], ids=["regular", "hybrid"])
@pytest.mark.parametrize("seed", SEEDS)
def test_posts_are_given_by_room(seed: int, half: bool) -> None:
    rng = np.random.default_rng(seed)
    people = queue(rng, 300)
    room = rng.integers(-50, 400, SHAPE) if half else rng.integers(-1, 5, SHAPE)
    min_level, pull = rng.integers(3, 6, SHAPE[:2]), rng.integers(1, 5, SHAPE[:2])
    degree, chances = rng.random(SHAPE[:2]) < 0.5, np.sort(rng.random((2, 5)), axis=0)[::-1].copy()
    segment, left = np.full(len(people), -1, dtype=np.int8), room.astype(np.int64)
    given = columns(people)
    whole, technical = np.zeros(SHAPE, dtype=np.int64), np.zeros(5, dtype=np.int64)
    side, entrants = np.empty(len(people), dtype=np.bool_), np.zeros(5)
    rules: dict[str, Any] = {"half": half, "min_level": min_level, "degree": set(), "chances": np.ones((2, 5))}
    if half:
        pairs = set(product(range(5), range(2)))
        rules |= {"degree": {pair for pair in pairs if degree[pair]}, "chances": chances, "pull": pull}
        appoint(
            order=np.arange(len(people)), min_level=min_level, degree=degree, pull=pull / HUNDRED, chances=chances,
            room=left, segment=segment, side=side, side_entrants=entrants, whole=whole, technical=technical, **given,
        )  # fmt: skip
        lacking = [s >= 0 and bool(degree[s, p["kind"]]) and not p["has_degree"]
                   for s, p in zip(segment.tolist(), people, strict=True)]  # fmt: skip
        assert side.tolist() == lacking
        assert entrants.tolist() == np.bincount(given["region"], side, minlength=5).tolist()
        assert side.any()
        np.testing.assert_array_equal(whole, room - left)
        np.testing.assert_array_equal(
            technical, np.bincount(given["region"][(segment >= 0) & (given["kind"] == 1)], minlength=5)
        )
    else:
        rules["pull"] = np.ones(SHAPE[:2], dtype=np.int64)
        names = ("kind", "region", "level", "pick")
        asks, pdg, months = np.arange(5) < 3, np.linspace(5.6, 12.4, 5), np.empty(len(people), dtype=np.int64)
        match_hybrids(
            order=np.arange(len(people)), min_level=min_level, room=left, asks_certificate=asks, pdg_months=pdg,
            segment=segment, certified=side, months=months, count=entrants, **{name: given[name] for name in names},
        )  # fmt: skip
        assert side.tolist() == [0 <= s < 3 for s in segment.tolist()]
        assert months.tolist() == [round(float(pdg[r])) * c for r, c in zip(given["region"], side, strict=True)]
        assert entrants.tolist() == np.bincount(given["region"], side, minlength=5).tolist()
    cells = {cell: int(room[cell]) for cell in np.ndindex(*SHAPE)}
    expected, remains = plain.posts_given(people, cells, rules, 5)
    assert segment.tolist() == expected
    assert {cell: int(left[cell]) for cell in np.ndindex(*SHAPE)} == remains
    assert {-1, 0, 4} <= set(expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_teachers_take_vacancies_outside_and_the_books_close(seed: int) -> None:
    rng, shape, count = np.random.default_rng(seed), (3, 8, 6, 5), 200
    names = {"occupation": 5, "job_level": 6, "job_region": 5, "employer": 3}
    jobs = {n: np.full(count, 5, np.int8) if n == "occupation" else rng.integers(0, k, count).astype(np.int8)
            for n, k in names.items()}  # fmt: skip
    ids, field = rng.permutation(count).astype(np.uint64), rng.integers(0, 9, count).astype(np.int8)
    since, order, rows = np.zeros(count, dtype=np.int16), rng.permutation(count)[:150], rng.permutation(count)
    segment, kind = (rng.integers(0, n, count, dtype=np.int8) for n in SHAPE[:2])
    exits, stays = np.zeros((*SHAPE[:2], 3), dtype=np.int64), np.ones(count, dtype=np.bool_)
    staff = np.zeros(shape, dtype=np.int64)
    np.add.at(staff, (jobs["employer"], jobs["occupation"], jobs["job_level"], jobs["job_region"]), 1)
    vacancies, before = (rng.random(shape) < 0.1).astype(np.int64), staff.copy()
    separated, hires, filled = np.zeros((2, *shape), dtype=np.int64), np.zeros_like(staff), np.zeros_like(staff)
    pick = drawn(seed)
    queue = [
        {"id": int(ids[i]), "field": int(field[i]), "pick": pick(plain.TEACHER, int(ids[i]), MONTH, 6)}
        | {n: int(jobs[n][i]) for n in ("job_level", "job_region")}
        for i in rows[order]
    ]
    cells = {c: int(vacancies[c]) for c in np.ndindex(*shape)}
    moved, remains = plain.moves_to_industry(queue, cells, [0, 1, 2, 3], 3)
    leave_for_industry(
        seed=seed, month=MONTH, order=order, rows=rows, segment=segment, kind=kind, ids=ids, field=field,
        groups=np.arange(4), **jobs, since=since,
        row_changed=1, open_vacancies=vacancies, staff=staff, hires=hires, filled=filled, separated=separated,
        reason=1, exits=exits, stays=stays,
    )  # fmt: skip
    went = rows[~stays]
    expected = np.zeros_like(exits)
    np.add.at(expected, (segment[~stays], kind[~stays], 1), 1)
    assert np.array_equal(exits, expected)
    assert {int(ids[i]): (int(jobs["employer"][i]), int(jobs["occupation"][i])) for i in went} == moved
    assert {c: int(vacancies[c]) for c in np.ndindex(*shape)} == remains
    assert np.array_equal(staff, before + hires - separated.sum(axis=0))
    assert np.array_equal(hires, filled)
    assert 5 < len(moved) < 150
    assert (since[went] == MONTH).all()


@pytest.mark.parametrize("staying", [True, False])
@pytest.mark.parametrize("seed", SEEDS)
def test_learners_are_counted(tables: Tables, seed: int, staying: bool) -> None:
    people, dims = crowd(tables, 1200, seed, MONTH), tables.dimensions
    technical = dims.field_technical[tables.education.programme_field].tolist()
    upper = [track in ("havo", "vwo") for track in dims.track]
    expected = plain.learners(as_dicts(people), upper, technical, staying)
    counted = learners(people, tables, staying)
    assert {c: int(counted[c]) for c in np.ndindex(*counted.shape) if counted[c]} == expected


def test_chances_by_hand() -> None:
    rules = {"leave": 0.01, "pay": 2.0, "tightness": 0.5, "large": 0.3, "sme": -1.0, "paid": 0.0}
    rules |= {"pressure": 15.0, "scarcity": 8.0}
    for pay, grant, tightness in product((0.9, 1.1), (0.0, 0.1), (0.01, 0.5, 2.0)):
        expected = plain.leaving({**rules, "pay": 2.0}, pay, 1.0, grant, tightness)
        assert leaving_chance(0.01, np.log(pay) - grant, 2.0, tightness, 0.5) == pytest.approx(expected)
        chances = np.empty((2, 1))
        leaving_chances(0.01, np.log([pay, 1.0]), np.array([grant]), 2.0, np.array([tightness]), 0.5, chances)
        assert chances[0, 0] == pytest.approx(expected) != chances[1, 0]
    for large, pressure, rate in product((True, False), (-0.05, 0.05), (0.0, 0.04)):
        base = rules["large"] if large else rules["sme"]
        expected = plain.permission(large, pressure, rate, 0.0, rules)
        assert permission(base, 15.0, pressure, 8.0, rate) == pytest.approx(expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_selection_takes_the_best_of_each_cell(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ids = rng.permutation(400).astype(np.uint64)
    cell, score, places = rng.integers(0, 6, 400), rng.integers(0, 9, 400) / 4, np.array([0, 5, 1000, 40, 60, 1])
    inside = best_in_cells(cell=cell, score=score, ids=ids, places=places)
    rows = zip(ids.tolist(), cell.tolist(), score.tolist(), strict=True)
    people = [{"id": i, "cell": c, "score": s} for i, c, s in rows]
    assert set(ids[inside].tolist()) == plain.admitted(people, dict(enumerate(places.tolist())))
    order = rng.permutation(400)
    again = best_in_cells(cell=cell[order], score=score[order], ids=ids[order], places=places)
    assert np.array_equal(again, inside[order])


def test_capacity_by_hand() -> None:
    """A large cell: twice the students, or half the teachers, per teacher; quality falls, places end."""
    students, norm, wanted = np.full(SHAPE, 3e6), np.full(SHAPE, 10.0), np.full(SHAPE, 2e5)
    stretch = stretch_of(students=students, norm=norm, available=0.75 * wanted, wanted=wanted)
    np.testing.assert_allclose(stretch, 2.0)
    np.testing.assert_allclose(quality_of(stretch, 0.5), 2.0**-0.5)
    assert (quality_of(stretch / 4, 0.5) == 1.0).all()
    kinds: dict[str, Any] = {"norm": norm, "available": wanted, "wanted": wanted, "students": students / 3}
    places = places_of(limit=np.full(5, 0.7), turnover=np.full(5, 0.25), years=2.0, **kinds)
    assert places[:3].tolist() == [[450_000] * 5] * 3  # a quarter of 1 mln, and half of the 0.4 mln that are free
    assert places[3:].tolist() == [[2_250_000, 0, 0, 0, 0]] * 2  # hbo and wo: of the whole country
    assert not places_of(limit=np.full(5, 0.2), turnover=np.full(5, 0.25), years=2.0, **kinds).any()
    assert SEGMENT_OF.tolist() == [2, 2, 2, 2, 3, 4, 4]


def test_places_at_the_limit_keep_the_students_there_are() -> None:
    """Who is let in each year ends as the number that teachers allow, without large and small years taking turns."""
    norm, wanted, years = np.full(SHAPE, 10.0), np.full(SHAPE, 2e5), 4
    allowed = 1.5 * 10.0 * 2e5 * 5
    cohorts, turnover, intake = [0.25 * allowed / 1.5] * years, np.full(5, np.nan), []
    for _ in range(80):
        students, staying = np.zeros(SHAPE), np.zeros(SHAPE, dtype=np.int64)
        students[:, 1, 0], staying[:, 1, 0] = sum(cohorts), int(sum(cohorts[1:]))
        turnover = next_turnover(before=turnover, students=students, staying=staying, years=5.0)
        places = places_of(
            norm=norm,
            available=wanted,
            wanted=wanted,
            limit=np.full(5, 1.5),
            turnover=turnover,
            students=students,
            years=2.0,
        )
        cohorts = [*cohorts[1:], float(places[4, 0])]
        intake.append(cohorts[-1])
    assert sum(cohorts) == pytest.approx(allowed, rel=0.01)
    steps = np.diff(intake) / np.array(intake[1:])
    assert np.abs(steps[years:]).max() < 0.2


def test_programmes_close_where_few_come_or_teachers_lack() -> None:
    """Half the programmes are on offer where the usual group is the smallest one; more pupils or teachers open more."""
    group = np.array([[8.0, 4.0, 16.0, 64.0, 0.0]])
    kinds: dict[str, Any] = {"smallest": 8.0, "spread": 0.7}
    share = offered_share(group=group, filled=np.ones(5), **kinds)[0]
    assert share[0] == pytest.approx(0.5)
    assert share[1] + share[2] == pytest.approx(1.0)  # as far below as above, in logs
    assert share[3] > 0.99
    assert share[4] < 1e-9
    fewer = offered_share(group=group, filled=np.full(5, 0.5), **kinds)[0]
    np.testing.assert_allclose(fewer, offered_share(group=group / 2, filled=np.ones(5), **kinds)[0])


def test_vacant_posts_that_ask_for_a_degree() -> None:
    room, wanted = np.zeros(SHAPE, dtype=np.int64), np.full(SHAPE, 2.0)
    degree = np.zeros(SHAPE[:2], dtype=np.bool_)
    degree[:3] = True
    room[0, 1, 0], room[1, 1, 0] = 300, -100  # three of six posts; who is there too many fills no other segment's post
    room[3, 1, 1], room[0, 0, 2] = 500, 500  # no degree asked; not technical
    share = np.empty(5)
    fill_share_vacant(room, wanted, degree, share)
    assert share.tolist() == [0.5, 0.0, 0.0, 0.0, 0.0]


@pytest.mark.parametrize("seed", SEEDS)
def test_who_stands_on_a_roster(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ids, roster = rng.integers(0, 60, 80).astype(np.uint64), np.unique(rng.integers(0, 60, 20).astype(np.uint64))
    assert np.array_equal(stands_on(ids, roster), np.isin(ids, roster))
    assert not stands_on(ids, roster[:0]).any()


def test_small_cells_hear_the_country() -> None:
    """An empty cell of half a teacher is not a region without teachers; one of thousands is."""
    wanted = np.array([[[0.5, 5000.0]]])
    available = np.array([[[0.0, 0.0]]]) + np.array([0.0, 5000.0])
    stretch = stretch_of(students=wanted, norm=np.ones_like(wanted), available=available, wanted=wanted)
    assert 1.0 < stretch[0, 0, 0] < 1.1


def test_people_are_found_again() -> None:
    rng = np.random.default_rng(1)
    ids = rng.choice(10**12, 5000, replace=False).astype(np.uint64)
    missing = np.sort(np.append(rng.choice(ids, 40, replace=False), np.uint64(10**13)))
    rows = np.empty(41, dtype=np.int64)
    find_rows(ids=ids, missing=missing, rows=rows)
    assert rows[-1] == -1
    assert np.array_equal(ids[rows[:-1]], missing[:-1])


def test_a_roster_keeps_its_order_and_its_hours() -> None:
    def add(ids: list[int], segments: list[int], hours: int, months: list[int]) -> None:
        codes, whole = np.zeros(len(ids), dtype=np.int8), np.zeros(len(ids), dtype=np.int64)
        columns = (np.array(ids, dtype=np.uint64), 10 * np.array(ids), np.array(segments, dtype=np.int8))
        roster.add(*columns, codes + 1, whole + hours, 3, np.array(months, dtype=np.int64))

    roster = Roster.empty()
    add([5, 9], [0, 0], 80, [0, 0])
    add([7, 1, 2], [0, -1, 0], 50, [7, 0, 7])  # in any order
    assert roster.rows.tolist() == [20, 50, 70, 90]
    assert roster.ready.tolist() == [10, 3, 10, 3]
    assert roster.ids.tolist() == [2, 5, 7, 9]
    region = np.array([0, 1, 1, 1], dtype=np.int8)
    hours = roster.hours_by_cell(region, SHAPE, 9)
    assert hours[0, 1].tolist() == [0.0, 1.6, 0.0, 0.0, 0.0]
    assert roster.hours_by_cell(region, SHAPE, 10).sum() * HUNDRED == roster.hours.sum()
    roster.keep(roster.ids > 5)
    assert roster.ids.tolist() == [7, 9]
    add([], [], 0, [])
    assert roster.size == 2

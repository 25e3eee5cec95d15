"""Who leaves, keeps and gets a teacher's post, and what room there is (L2, L3): kernels against plain Python."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

from mechanisms.school_world import as_dicts
from mechanisms.teaching_world import MONTH, SEEDS, SHAPE, drawn, workers
from reference import teaching as plain
from techsim.data.inputs import Tables
from techsim.mechanisms.learning.hybrid.kernels import Terms, find_applicants, find_room, find_staying, permitted
from techsim.mechanisms.learning.kernels import HUNDRED
from techsim.mechanisms.learning.state import Roster
from techsim.mechanisms.learning.teachers.capacity import filled_share
from techsim.mechanisms.learning.teachers.kernels import (
    appoint,
    check_posts,
    draw_hours,
    fill_share_vacant,
    find_eligible,
    find_free_posts,
    find_looking,
    leaving_chances,
    see_industry,
)
from techsim.population.people import People
from techsim.population.randomness import uniform
from techsim.population.states import Labour, Stage


def a_roster(people: People, rng: np.random.Generator, count: int) -> Roster:
    """Some of the people on a roster, a tenth of whom are not here any more."""
    rows = rng.permutation(people.size)[:count]
    rows = rows[np.argsort(people.id[rows])]
    segment, kind = (rng.integers(0, n, count, dtype=np.int8) for n in SHAPE[:2])
    hours, since = rng.integers(1, 101, count), MONTH - rng.integers(0, 4, count)
    ready = MONTH + rng.integers(-3, 3, count)
    roster = Roster(people.id[rows], rows, segment, kind, hours, since, ready)
    roster.rows[rng.random(count) < 0.1] = -1
    return roster


def works(row: int, person: dict[str, Any]) -> bool:
    return row >= 0 and person["labour"] == Labour.EMPLOYED and person["stage"] == Stage.OUT


@pytest.mark.parametrize("seed", SEEDS)
def test_who_still_has_a_job_in_education(tables: Tables, seed: int) -> None:
    people, rng = workers(tables, seed), np.random.default_rng(seed)
    people.labour[rng.random(people.size) < 0.1] = Labour.RETIRED
    roster = a_roster(people, rng, 600)
    stays, exits = np.empty(600, dtype=np.bool_), np.zeros((*SHAPE[:2], 3), dtype=np.int64)
    check_posts(
        roster.rows, people.labour, people.stage, people.occupation, 5, roster.segment, roster.kind,
        np.array([2, 0, 1]), exits, stays,
    )  # fmt: skip
    crowd_now, expected = as_dicts(people), np.zeros_like(exits)
    for j, row in enumerate(roster.rows.tolist()):
        person = crowd_now[row]
        assert stays[j] == (works(row, person) and person["occupation"] == 5)
        if not stays[j]:
            why = {Labour.EMPLOYED: 2, Labour.RETIRED: 0}.get(person["labour"], 1) if row >= 0 else 1
            expected[roster.segment[j], roster.kind[j], why] += 1
    np.testing.assert_array_equal(exits, expected)
    assert 20 < stays.sum() < 500
    assert (exits.sum(axis=(0, 1)) > 10).all()


TERMS = Terms(
    base=np.array([0.3, -1.0]), sector_of=np.array([0, 1]), pressure_weight=15.0, pressure=np.array([0.05, -0.05]),
    scarcity_weight=8.0, vacancy_rate=np.array([0.0, 0.04]), paid=np.exp(np.linspace(0.0, 0.4, 5)),
)  # fmt: skip


def chance_of_permission(employer: int, region: int) -> float:
    rules = {"large": 0.3, "sme": -1.0, "paid": 1.0, "pressure": 15.0, "scarcity": 8.0}
    pressure, rate = float(TERMS.pressure[employer]), float(TERMS.vacancy_rate[employer])
    return plain.permission(employer == 0, pressure, rate, 0.1 * region, rules)


def test_permission_by_hand() -> None:
    for e, r in product(range(2), range(5)):
        assert permitted(e, r, TERMS) == pytest.approx(chance_of_permission(e, r), rel=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_who_goes_on_as_a_hybrid_teacher(tables: Tables, seed: int) -> None:
    people, rng = workers(tables, seed), np.random.default_rng(seed)
    people.employer[:], people.job_region[:] = rng.integers(0, 2, people.size), rng.integers(0, 5, people.size)
    people.since[:] = MONTH - rng.integers(1, 4, people.size)
    roster, stays, draw = a_roster(people, rng, 600), np.empty(600, dtype=np.bool_), drawn(seed)
    crowd_now = as_dicts(people)
    find_staying(
        seed, MONTH, roster.ids, roster.rows, roster.since, roster.ready, people.labour, people.stage,
        people.occupation, people.employer, people.job_region, people.since, 5, 0.1, 0.3, TERMS, stays,
    )  # fmt: skip
    asked, refused = 0, 0
    for j, row in enumerate(roster.rows.tolist()):
        person, pid = crowd_now[row], int(roster.ids[j])
        goes_on = draw(plain.HYBRID, pid, MONTH, 5) >= 0.1 + (0.3 if roster.ready[j] > MONTH else 0.0)
        expected = works(row, person) and person["occupation"] != 5 and goes_on
        if expected and person["since"] == MONTH - 1 and roster.since[j] < MONTH - 1:
            chance = chance_of_permission(person["employer"], person["job_region"])
            expected = draw(plain.HYBRID, pid, MONTH, 7) < chance
            asked, refused = asked + 1, refused + (not expected)
        assert stays[j] == expected
    assert 10 < refused < asked < 300


@pytest.mark.parametrize("seed", SEEDS)
def test_who_applies_and_is_let(tables: Tables, seed: int) -> None:
    people, rng, draw = workers(tables, seed), np.random.default_rng(seed), drawn(seed)
    people.employer[:], people.job_region[:] = rng.integers(0, 2, people.size), rng.integers(0, 5, people.size)
    who, kind = rng.permutation(people.size)[:300], rng.integers(0, 2, 300, dtype=np.int8)
    asked = list(zip(who.tolist(), kind.tolist(), strict=True))
    some = find_applicants(
        seed, MONTH, who, kind, people.id, people.level, people.employer, people.job_region, 0.6, 0.2, TERMS
    )
    crowd_now, expected = as_dicts(people), []
    for row, k in asked:
        person, pid = crowd_now[row], int(people.id[row])
        chance = chance_of_permission(person["employer"], person["job_region"])
        if draw(plain.HYBRID, pid, MONTH, 2) < 0.6 and draw(plain.HYBRID, pid, MONTH, 3) < chance:
            expected.append((row, k))
    assert list(zip(some.who.tolist(), some.kind.tolist(), strict=True)) == expected
    assert 20 < len(expected) < 180
    ids = people.id[some.who]
    np.testing.assert_array_equal(some.ids, ids)
    np.testing.assert_array_equal(some.level, people.level[some.who])
    np.testing.assert_array_equal(some.region, people.job_region[some.who])
    assert some.turn.tolist() == [draw(plain.HYBRID, int(i), MONTH, 4) for i in ids]
    assert some.pick.tolist() == [draw(plain.HYBRID, int(i), MONTH, 6) for i in ids]
    assert some.hours.tolist() == [round(20 * (0.6 + 0.8 * draw(plain.HYBRID, int(i), 0, 1))) for i in ids]


def test_what_industry_pays_by_hand() -> None:
    rng, groups = np.random.default_rng(1), np.array([1, 3])
    staff, wages, tightness = rng.integers(0, 9, (3, 4, 2, 5)), rng.uniform(0.5, 2.0, (4, 2)), rng.random((4, 5))
    staff[:, groups, 1] = 0
    pay, mean = np.empty((2, 2)), np.empty(5)
    see_industry(groups, staff, wages, 2, tightness, pay, mean)
    workers_of = staff[:, groups, 0].sum(axis=(0, 2))
    np.testing.assert_allclose(pay[0], [(workers_of * wages[groups, 0]).sum() / workers_of.sum(), wages[2, 1]])
    np.testing.assert_array_equal(pay[1], wages[2])
    np.testing.assert_allclose(mean, tightness[groups].mean(axis=0))


@pytest.mark.parametrize("seed", SEEDS)
def test_who_looks_outside(tables: Tables, seed: int) -> None:
    people, rng, draw = workers(tables, seed), np.random.default_rng(seed), drawn(seed)
    people.job_level[:], people.job_region[:] = rng.integers(0, 6, people.size), rng.integers(0, 5, people.size)
    roster, chance = a_roster(people, rng, 600), np.empty((6, 5))
    terms = (0.5, rng.random(6), rng.random(5), 2.0, rng.random(5), 0.5)
    leaving_chances(*terms, chance)
    stays = roster.rows >= 0
    found = find_looking(
        seed, MONTH, stays, roster.kind, roster.ids, roster.rows, people.job_level, people.job_region, *terms,
    )  # fmt: skip
    expected = [
        j for j, row in enumerate(roster.rows.tolist())
        if row >= 0 and roster.kind[j] == 1 and draw(plain.TEACHER, int(roster.ids[j]), MONTH, 5)
        < chance[people.job_level[row], people.job_region[row]]
    ]  # fmt: skip
    expected.sort(key=lambda j: draw(plain.TEACHER, int(roster.ids[j]), MONTH, 5))
    assert found.tolist() == expected
    assert 40 < found.size < 250


@pytest.mark.parametrize("seed", SEEDS)
def test_free_posts(tables: Tables, seed: int) -> None:
    people, rng = workers(tables, seed), np.random.default_rng(seed)
    people.job_region[:] = rng.integers(0, 5, people.size)
    roster = a_roster(people, rng, 600)
    roster.keep(roster.rows >= 0)
    region = people.job_region[roster.rows]
    share, wanted = rng.random(SHAPE), rng.uniform(0.0, 20.0, SHAPE)
    whole, room, technical = (np.zeros(shape, dtype=np.int64) for shape in (SHAPE, SHAPE, SHAPE[2:]))
    degree, vacant, expected = rng.random(SHAPE[:2]) < 0.5, np.empty(5), np.empty(5)
    some = find_free_posts(
        roster.segment, roster.kind, roster.rows, roster.hours, roster.ready, people.job_region, MONTH, share, wanted,
        degree, whole, room, technical, vacant,
    )  # fmt: skip
    hours = roster.hours_by_cell(region, SHAPE, MONTH)
    np.testing.assert_array_equal(whole / HUNDRED, hours)
    np.testing.assert_array_equal(room, np.rint(HUNDRED * ((1.0 - share) * wanted - hours)))
    np.testing.assert_array_equal(technical, np.bincount(region[roster.kind == 1], minlength=5))
    fill_share_vacant(room, wanted, degree, expected)
    np.testing.assert_array_equal(vacant, expected)
    assert some
    assert (room < 0).any()


@pytest.mark.parametrize("seed", SEEDS)
def test_only_those_whom_a_segment_might_take_queue(tables: Tables, seed: int) -> None:
    """The others would get nothing: posts are given as if all had queued."""
    people, rng, draw = workers(tables, seed), np.random.default_rng(seed), drawn(seed)
    people.job_region[:], people.field[:] = rng.integers(0, 5, people.size), rng.integers(0, 8, people.size)
    who, kind = rng.permutation(people.size)[:400], rng.integers(0, 2, 400, dtype=np.int8)
    room, min_level = rng.integers(-200, 150, SHAPE), rng.integers(3, 6, SHAPE[:2])
    degree, chances = rng.random(SHAPE[:2]) < 0.5, np.array([[0.6] * 5, [0.2] * 5])
    some = find_eligible(
        seed, MONTH, who, kind, people.id, people.level, people.job_region, people.field, 5, 0.7, min_level, degree,
        chances, room,
    )  # fmt: skip
    ids = people.id[who]
    every = {
        "ids": ids, "kind": kind, "level": people.level[who], "region": people.job_region[who],
        "has_degree": people.field[who] == 5, "hours": draw_hours(seed, ids, 0.7),
    } | {name: np.array([draw(plain.TEACHER, int(i), MONTH, k) for i in ids])
         for name, k in {"draw": 3, "pick": 9, "turn": 4}.items()}  # fmt: skip
    place = {row: j for j, row in enumerate(who.tolist())}
    at = np.array([place[row] for row in some.who.tolist()])
    for name, values in every.items():
        np.testing.assert_array_equal(getattr(some, name), values[at])
    rules = {"min_level": min_level, "degree": degree, "pull": np.ones(SHAPE[:2]), "chances": chances}
    given = []
    for queue in (every, {name: getattr(some, name) for name in every}):
        segment, side = (np.empty(queue["turn"].size, dtype=kind) for kind in (np.int8, np.bool_))
        asked = {name: values for name, values in queue.items() if name != "ids"}
        books = {"whole": np.zeros(SHAPE, dtype=np.int64), "technical": np.zeros(5, dtype=np.int64)}
        books["side_entrants"] = np.zeros(5)
        order = np.argsort(asked.pop("turn"))
        appoint(order=order, room=room.copy(), segment=segment, side=side, **asked, **rules, **books)
        given.append(segment)
    np.testing.assert_array_equal(given[0][at], given[1])
    assert (given[0] >= 0).sum() == (given[1] >= 0).sum() > 5
    assert at.size < 200


def test_hours_are_spread_around_the_mean() -> None:
    hours = draw_hours(1, np.arange(2000, dtype=np.uint64), 0.7)
    draws = [uniform(1, plain.TEACHER, np.uint64(pid), 0, 1) for pid in range(2000)]
    assert hours.tolist() == [min(round(100 * (0.7 + 0.2 * (2 * u - 1))), 100) for u in draws]
    assert draw_hours(1, np.arange(2000, dtype=np.uint64), 0.9).max() == 100


@pytest.mark.parametrize("seed", SEEDS)
def test_room_for_hybrid_teachers(tables: Tables, seed: int) -> None:
    people, rng = workers(tables, seed), np.random.default_rng(seed)
    people.job_region[:] = rng.integers(0, 5, people.size)
    roster = a_roster(people, rng, 600)
    roster.keep(roster.rows >= 0)
    usual, wanted, fte = 0.3 * rng.random(SHAPE), rng.uniform(0.0, 60.0, SHAPE), rng.uniform(0.0, 30.0, SHAPE)
    extra, matching, thresholds, turn = 0.2 * rng.random(5), rng.random(5), rng.random(SHAPE), 7.3
    reach, lowest, group_of_level = rng.random((2, 5)), np.array([-1, -1, 1, 3, 4]), np.array([0, 0, 0, 1, 1, 1])
    regular, room = (1.0 - usual) * wanted, np.empty(SHAPE, dtype=np.int64)
    some = find_room(
        roster.segment, roster.kind, roster.rows, roster.hours, people.job_region, usual, extra, wanted, regular, fte,
        regular.sum(axis=2), fte.sum(axis=2), 0.4, matching, 0.5, reach, lowest, group_of_level, 0.25,
        thresholds, turn, room,
    )  # fmt: skip
    held = roster.hours_by_cell(people.job_region[roster.rows], SHAPE, MONTH + 99)
    given = (usual + extra) * wanted + 0.4 * regular * np.maximum(1.0 - filled_share(fte, regular), 0.0)
    reached = np.array([np.zeros(5), np.zeros(5), reach[0], reach[1], reach[1]])
    found = np.minimum(matching * (1.0 + 0.5 * reached), 1.0)
    assert {True, False} == set((found < 1.0).ravel().tolist())
    free = found[:, None, :] * np.maximum(given - held, 0.0)
    np.testing.assert_array_equal(room, np.floor(free / 0.25 + (thresholds + turn) % 1.0))
    assert some
    assert (room == 0).any()

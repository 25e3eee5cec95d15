"""Apprenticeship and internship places (L4): equal to the reference, conserved, and in the right direction."""

from __future__ import annotations

import math
from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest

from mechanisms.labour_world import FIRST, copy_of, world_of
from reference import places as reference
from reference.philox import uniform
from techsim.data.inputs import Tables
from techsim.mechanisms.working.apprentices import process as apprentices
from techsim.mechanisms.working.participation.outlook import retiring
from techsim.mechanisms.working.places import bridging, internships, process
from techsim.mechanisms.working.places.offer import expected_cover, followed, hiring_need
from techsim.mechanisms.world import World
from techsim.population.clock import month_index
from techsim.population.draws import normals
from techsim.population.people import People
from techsim.population.randomness import Purpose
from techsim.population.states import Labour, Stage

Build = Callable[..., World]
SEPTEMBER = month_index(2008, 9)


def learners(world: World, pathway: str, count: int) -> np.ndarray:
    """Rows of ``count`` young people, by id, made mbo students of a pathway in all fields, and enrolled this month."""
    people, tables = world.people, world.tables
    rows = np.argsort(people.id)[:count]
    programmes = np.flatnonzero(tables.education.programme_pathway == tables.dimensions.pathway.index(pathway))
    people.stage[rows] = Stage.MBO
    people.programme[rows] = programmes[np.arange(count) % programmes.size]
    people.enrolled[rows] = world.month
    if pathway == "bol":
        people.labour[rows] = Labour.OUTSIDE
    return rows


def training_world(template: People, tables: Tables, gap: float = 0.02, **parameters: float) -> World:
    """A world with 400 apprentices at the start, all of them in a job."""
    people = copy_of(template)
    world = world_of(people, tables, gap, **parameters)
    learners(world, "bbl", 400)
    apprentices.process(world)
    process.begin(world)
    return world


def subsidised(world: World, euro: float) -> World:
    world.hooks["places.subsidy"] = np.full(5, euro)
    return world


def test_offers_are_those_of_the_reference(template: People, tables: Tables) -> None:
    world = subsidised(training_world(template, tables), 2_000.0)
    rng = np.random.default_rng(3)
    state, p = world.labour.places, dict(world.parameters)
    state.level = rng.uniform(0.3, 1.5, state.level.shape)
    state.need = rng.uniform(0.02, 0.2, state.need.shape)
    state.reserves = rng.uniform(-0.08, 0.03, state.reserves.shape)
    share_of_members = rng.uniform(0, 1, (len(state.level), 5))
    world.partnerships = SimpleNamespace(member_share=share_of_members)  # type: ignore[assignment]
    worth, slump = process.worth(world), process.slump_by_employer(world)
    before = state.level.copy()
    offered = process.offers(world, process.support(world))
    for e, g, r in np.ndindex(*before.shape):
        members = share_of_members[e, r]
        share = reference.willing(worth[e], 2_000.0, state.cost[g], slump[e], members, p)
        usual = reference.willing(worth[e], p["places.usual_subsidy"], state.cost[g], 0.0, 0.0, p)
        need = state.need[e, g] / max(state.usual_need[e, g], 0.01)
        assert offered.willing[e, g, r] == pytest.approx(share)
        assert offered.level[e, g, r] == pytest.approx(
            reference.next_level(before[e, g, r], need, 1.0, share, usual, p)
        )
    one = process.offers(world, process.support(world), kind=3, region=2)
    np.testing.assert_allclose(one.level, offered.level[3, :, 2])
    np.testing.assert_allclose(one.willing, offered.willing[3, :, 2])
    assert (offered.level < before).any()
    assert (offered.level > before).any()


def test_hiring_need_by_hand() -> None:
    need = hiring_need(retiring=np.array([[10, 0]]), desired=np.array([[110.0, 50.0]]), staff=np.array([[100, 100]]))
    np.testing.assert_allclose(need, [[0.2, 0.01]])


def test_who_retires_within_the_training_is_counted(template: People, tables: Tables) -> None:
    near, far = (
        int(training_world(template, tables, places__horizon=years).labour.places.retiring.sum())
        for years in (1.0, 6.0)
    )
    assert 0 < near < far


def test_who_retires_within_some_years_by_their_own_draw(template: People, tables: Tables) -> None:
    world = training_world(template, tables)
    people, shape = world.people, world.labour.staff.shape[:2]
    pension = tables.demography.pension_age_at(world.month)
    mean = tables.labour.retirement_age_at(world.year, pension) + world.parameters["retirement.delay"]
    draws = normals(world.seed, int(Purpose.RETIREMENT), people.id, 0, 0)
    age = (world.month - people.birth_month.astype(np.int64)) / 12.0
    works, last = people.labour == int(Labour.EMPLOYED), mean + world.parameters["retirement.spread"] * draws
    found = retiring(world, [4.0, 11.5])
    for years, count in zip([4.0, 11.5], found, strict=True):
        expected = np.zeros(shape, dtype=np.int64)
        for i in np.flatnonzero(works & (age >= last - years)):
            expected[people.employer[i], people.occupation[i]] += 1
        np.testing.assert_array_equal(count, expected)
    assert 0 < found[0].sum() < found[1].sum()


def test_offered_places_are_those_in_place_and_those_free(template: People, tables: Tables) -> None:
    world = subsidised(training_world(template, tables), 2_700.0)
    process.offer_places(world)
    in_place = apprentices.apprentices_in_place(world)
    assert in_place.sum() == 400
    assert (world.labour.places_free >= 0).all()
    total = (in_place + world.labour.places_free).sum(axis=0)
    np.testing.assert_array_equal(world.labour.places_offered.sum(axis=0), total)
    by_sector = world.recorder.slot("places_by_sector", world.month)
    np.testing.assert_array_equal(by_sector.reshape(-1, by_sector.shape[-1]), world.labour.places_offered)
    by_group = world.recorder.slot("apprenticeship_places", world.month)[..., 0]
    np.testing.assert_array_equal(by_group, in_place + world.labour.places_free)


DIRECTIONS = {
    "subsidy": lambda world, x: subsidised(world, 2_000.0 * x),
    "partners": lambda world, x: setattr(world, "partnerships", SimpleNamespace(member_share=np.full((18, 5), x / 2))),
    "need": lambda world, x: setattr(world.labour.places, "need", world.labour.places.usual_need * (0.5 + x)),
    "output": lambda world, x: setattr(world.labour.places, "reserves", np.full(18, -0.08 + 0.04 * x)),
    "experience": lambda world, x: setattr(world.labour.places, "level", np.full((18, 8, 5), 0.3 + 0.4 * x)),
}


@pytest.mark.parametrize("what", sorted(DIRECTIONS))
def test_more_never_lowers_what_is_offered(template: People, tables: Tables, what: str) -> None:
    levels = []
    for x in (0.0, 1.0, 2.0):
        world = training_world(template, tables)
        DIRECTIONS[what](world, x)
        levels.append(process.offers(world, process.support(world)).level)
    assert (levels[0] <= levels[1]).all()
    assert (levels[1] <= levels[2]).all()
    assert levels[0].sum() < levels[2].sum()


def test_small_firms_depend_more_on_the_subsidy_and_all_do_in_a_slump(template: People, tables: Tables) -> None:
    def lost(reserves: float) -> np.ndarray:
        shares = []
        for euro in (2_200.0, 0.0):
            world = subsidised(training_world(template, tables), euro)
            world.labour.places.reserves[:] = reserves
            shares.append(process.offers(world, process.support(world)).willing.mean(axis=(1, 2)))
        return 1 - shares[1] / shares[0]

    usual, slump = lost(0.0), lost(-0.04)
    assert (slump > usual).all()
    assert (usual[0::2] > usual[1::2]).all()


def test_ranks_in_a_cell_are_by_draw_then_by_id() -> None:
    cell, draw = np.array([1, 0, 1, 1, 0]), np.array([0.5, 0.75, 0.25, 0.5, 0.125])
    ids = np.array([9, 3, 4, 2, 8], dtype=np.uint64)
    assert internships.ranks_by_id(cell, draw, ids).tolist() == [2, 1, 0, 1, 0]
    draw[3] = 0.75
    assert internships.ranks_by_id(cell, draw, ids).tolist() == [1, 1, 0, 2, 0]
    assert not internships.ranks_by_id(cell[:0], draw[:0], ids[:0]).size


def test_internships_are_those_of_the_reference(template: People, tables: Tables) -> None:
    world = world_of(copy_of(template), tables)
    rows = learners(world, "bol", 1500)
    process.begin(world)
    world.labour.places.internship_ratio *= 0.8
    world.month = SEPTEMBER
    people, field = world.people, tables.education.programme_field
    offered = internships.places_for_internships(world)
    seekers = [
        (
            int(people.id[i]), int(field[people.programme[i]]), int(people.region[i]),
            uniform(world.seed, int(Purpose.INTERNSHIP), int(people.id[i]), world.month, 0),
        )
        for i in rows
    ]  # fmt: skip
    expected = reference.internships(seekers, {cell: int(n) for cell, n in np.ndenumerate(offered)})
    internships.process(world)
    assert world.labour.places.without_internship.tolist() == sorted(expected)
    assert 20 < len(expected) < 1000
    slot = world.recorder.slot("internship_places", world.month).sum(axis=(0, 1))
    assert slot.tolist() == [offered.sum(), 1500 - len(expected), len(expected)]
    assert slot[1] <= slot[0]


def test_closures_and_slumps_take_internships_away(template: People, tables: Tables) -> None:
    def offered(month: int, pressure: float) -> int:
        world = world_of(copy_of(template), tables, months=200)
        learners(world, "bol", 1500)
        process.begin(world)
        world.month = month
        world.labour.pressure[:] = pressure
        return int(internships.places_for_internships(world).sum())

    usual = offered(SEPTEMBER, 0.0)
    assert offered(month_index(2020, 9), 0.0) < offered(month_index(2021, 9), 0.0) < usual
    assert offered(SEPTEMBER, -0.05) < usual


def test_internships_follow_the_students() -> None:
    ratio, staff = np.full((2, 2), 0.1), np.full((2, 2), 100.0)
    after = followed(ratio=ratio, demand=np.array([40.0, 0.0]), staff=staff, spare=0.25, speed=0.5)
    # the first group wants 50 and has 20: half-way is 35; the second halves
    np.testing.assert_allclose((after * staff).sum(axis=1), [35.0, 10.0])


def opened(world: World, share: np.ndarray, cap: float = 0.0, months: float = 24.0, anyway: float = 0.0) -> None:
    world.hooks |= {
        "bridging.open": share,
        "bridging.amount": np.full(5, 4_000.0),
        "bridging.months": np.full(5, months),
        "bridging.anyway": np.full(5, anyway),
        "bridging.max_places": np.array(cap),
    }
    world.labour.places.promise = process.promise(world)


@pytest.mark.parametrize(("cap", "anyway"), [(0.0, 0.0), (5_000.0, 0.0), (0.0, 0.4), (5_000.0, 0.3)])
def test_the_scheme_takes_on_those_of_the_reference(
    template: People, tables: Tables, cap: float, anyway: float
) -> None:
    world = world_of(copy_of(template), tables)
    world.month = SEPTEMBER
    rows = learners(world, "bbl", 300)
    apprentices.process(world)
    share = np.array([0.5, 1.0, 0.0, 0.8, 0.3])
    before = np.array([40, 30, 20, 50, 10])
    world.labour.places.intake = before
    opened(world, share, cap, anyway=anyway)
    people = world.people
    new = [
        (int(people.id[i]), int(people.job_region[i]),
         uniform(world.seed, int(Purpose.PLACES), int(people.id[i]), world.month, 0))
        for i in rows
    ]  # fmt: skip
    passed_over = [math.floor(anyway * s * n) for s, n in zip(share.tolist(), before.tolist(), strict=True)]
    expected = reference.bridged(new, share.tolist(), passed_over, int(cap / world.scale) if cap else None)
    bridging.process(world)
    assert world.labour.places.bridged_id.tolist() == sorted(expected)
    assert world.labour.places.bridged.sum() == len(expected) > 40
    assert world.recorder.slot("bridging_places", world.month).sum() == len(expected)
    assert world.recorder.slot("apprenticeship_intake", world.month).sum() == 300


def test_the_scheme_pays_for_its_months_and_no_longer_than_the_training(template: People, tables: Tables) -> None:
    world = world_of(copy_of(template), tables)
    world.month = SEPTEMBER
    rows = learners(world, "bbl", 200)
    apprentices.process(world)
    opened(world, np.ones(5), months=6.0)
    paid = []
    for k in range(8):
        if k == 3:
            world.hooks["bridging.open"] = np.zeros(5)  # the slump is over: what was promised is paid
            world.people.stage[rows[:50]] = Stage.OUT
            world.people.programme[rows[:50]] = -1
        bridging.process(world)
        paid.append(int(world.labour.places.bridged.sum()))
        world.month += 1
    assert paid == [200, 200, 200, 150, 150, 150, 0, 0]
    assert world.labour.places.bridged_id.size == 0


def test_support_is_subsidy_and_what_the_scheme_is_expected_to_pay(template: People, tables: Tables) -> None:
    world = subsidised(training_world(template, tables), 1_000.0)
    np.testing.assert_array_equal(process.support(world), np.full(5, 1_000.0))
    world.labour.places.intake = np.array([50, 20, 10, 20, 0])
    opened(world, np.full(5, 0.5), cap=2_500.0)
    np.testing.assert_allclose(process.support(world), 1_000.0 + 0.25 * 0.5 * 4_000.0)
    opened(world, np.full(5, 0.5), cap=2_500.0, anyway=0.5)
    np.testing.assert_allclose(process.support(world), 1_000.0 + 0.5 * 0.5 * 0.5 * 4_000.0)
    assert expected_cover(cap=0.0, intake=10.0) == 1.0
    assert FIRST < SEPTEMBER

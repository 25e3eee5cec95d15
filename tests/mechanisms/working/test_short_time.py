"""Short-time work (W3): against its reference, its identities each month, what moves it, and who is in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from mechanisms.labour_world import copy_of, world_of
from reference import short_time as reference
from techsim.data.inputs import Tables
from techsim.mechanisms.working import identities
from techsim.mechanisms.working.demand import process as demand
from techsim.mechanisms.working.employers import Cut, monthly_dither
from techsim.mechanisms.working.kernels import shed_of_employer
from techsim.mechanisms.working.month import run_month
from techsim.mechanisms.working.separations.process import (
    dismiss,
    firms_surplus,
    lay_off_staff,
    leave_jobs,
    left_at_firms,
    left_of_spells,
    planned_shed_of_spells,
    tolerance,
)
from techsim.mechanisms.working.short_time import process as short_time
from techsim.mechanisms.working.short_time.choice import to_enter, to_recall
from techsim.mechanisms.working.short_time.spells import cells_of, end_spells, first_to_go, on_short_time, owed_months
from techsim.mechanisms.working.short_time.state import Ended
from techsim.mechanisms.working.surplus import left_to_shed, surplus_of_deep, surplus_share, surplus_to_dismiss
from techsim.mechanisms.world import World
from techsim.population.people import FIELDS, People
from techsim.population.randomness import normal
from techsim.population.states import Flag, Labour, Stage
from techsim.results.coordinates import ENDING

Build = Callable[..., World]
SLUMP = np.concatenate([np.full(3, 0.02), np.full(33, -0.06)])
TERMS = {
    "short_time.replacement": 0.7,
    "short_time.employer_contribution": 0.1,
    "short_time.max_months": 6.0,
    "short_time.training_share": 0.25,
    "short_time.clawback": 0.5,
}
EAGER = {"short_time__intercept": 3.0, "short_time__entry_speed": 0.8}


def opened(world: World, share: float = 1.0, **terms: float | np.ndarray) -> World:
    """The world with a scheme; terms by region, or the same in all."""
    hooks = TERMS | {f"short_time.{name}": value for name, value in ({"open": share} | terms).items()}
    regions = world.tables.dimensions.size("region")
    world.hooks |= {name: np.array(np.broadcast_to(value, regions), dtype=np.float64) for name, value in hooks.items()}
    return world


def months(world: World, count: int) -> World:
    for _ in range(count):
        run_month(world)
        wrong = {
            k: v
            for k, v in identities.ledger_residuals(world.labour, world.people, world.tables.dimensions).items()
            if v
        }
        assert not wrong, (world.month, wrong)
        world.month += 1
    return world


def stock(world: World) -> np.ndarray:
    return world.recorder.arrays["short_time_workers"].sum(axis=(1, 2))


def to_decision(world: World, count: int) -> None:
    """Run ``count`` months, then the next one up to short-time work."""
    months(world, count)
    demand.process(world)
    leave_jobs(world)


def as_dicts(people: People) -> list[reference.Person]:
    columns = {name: getattr(people, name).tolist() for name in FIELDS}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


@pytest.mark.parametrize(("fall", "tolerance", "spread"), [(0.03, 0.02, 0.03), (-0.05, 0.0, 0.04), (0.2, 0.1, 0.01)])
def test_surplus_of_firms_in_trouble_is_the_integral(fall: float, tolerance: float, spread: float) -> None:
    found = surplus_share(fall=np.array([fall]), tolerance=np.array([tolerance]), spread=spread)
    assert found[0] == pytest.approx(reference.surplus_share(fall, tolerance, spread), rel=1e-5, abs=1e-9)
    alike = surplus_share(fall=np.array([fall]), tolerance=np.array([tolerance]), spread=0.0)
    assert alike[0] == pytest.approx(max(fall - tolerance, 0.0))


@pytest.mark.parametrize("deep", [0.01, 0.03, 0.06], ids="deep={}".format)
@pytest.mark.parametrize("tolerance", [0.0, 0.03, 0.1], ids="tolerance={}".format)
@pytest.mark.parametrize("fall", [-0.02, 0.05])
def test_surplus_of_deep_firms_is_the_integral(fall: float, tolerance: float, deep: float) -> None:
    """Also where employers keep more than the fall from which they may cut hours: never more than there is."""
    spread, falls, tolerances = 0.03, np.array([fall]), np.array([tolerance])
    found = surplus_of_deep(fall=falls, tolerance=tolerances, deep=deep, spread=spread)
    assert found[0] == pytest.approx(reference.surplus_share(fall, tolerance, spread, deep=deep), rel=3e-3, abs=1e-8)
    assert found[0] <= surplus_share(fall=falls, tolerance=tolerances, spread=spread)[0] + 1e-15
    alike = surplus_of_deep(fall=falls, tolerance=tolerances, deep=deep, spread=0.0)
    assert alike[0] == pytest.approx(max(fall - tolerance, 0.0) if fall > deep else 0.0)


def test_employers_take_part_as_the_reference_says(make_world: Build) -> None:
    world = opened(make_world(gap=SLUMP), replacement=np.linspace(0.3, 0.9, 5), training_share=np.linspace(1.0, 0.0, 5))
    world.hooks["short_time.max_months"][:] = [3.0, 9.0, 12.0, 15.0, 60.0]
    terms = short_time.terms_of(world)
    dims, staff = world.tables.dimensions, world.labour.staff
    rules = {
        name.removeprefix("short_time."): v for name, v in world.parameters.items() if name.startswith("short_time")
    }
    for (kind, region), found in np.ndenumerate(short_time.takes_part(world, terms)):
        offered = {
            name: getattr(terms, name)[region] for name in ("replacement", "contribution", "training", "clawback")
        }
        offered["longest"] = terms.max_months[region]
        technical = staff[kind, dims.occupation_technical].sum() / max(staff[kind].sum(), 1)
        large = dims.firm_size[dims.employer_size[kind]] == "large"
        usual = world.tables.short_time.organisation[dims.employer_sector[kind]]
        assert found == pytest.approx(reference.takes_part(rules, offered, technical, large, usual))


def test_who_is_put_on_short_time_is_the_reference(make_world: Build) -> None:
    world = opened(make_world(gap=SLUMP, **EAGER))
    to_decision(world, 9)
    people, state = world.people, world.labour.short_time
    before = set(people.id[on_short_time(people)].tolist())
    terms, seen = short_time.terms_of(world), {}
    start = as_dicts(people)
    original = short_time.to_enter

    def watched(**arguments):
        seen["ended"] = before - set(people.id[on_short_time(people)].tolist())
        seen["entering"] = original(**arguments)
        return seen["entering"]

    short_time.to_enter = watched
    try:
        short_time.process(world)
    finally:
        short_time.to_enter = original
    for person in start:
        if person["id"] in seen["ended"]:
            person["flags"] &= 0xFF ^ int(Flag.SHORT_TIME)
    rules = {name: world.parameters[f"short_time.{name}"] for name in ("skilled_first", "noise")}
    entering = {(int(e), int(r)): int(n) for (e, r), n in np.ndenumerate(seen["entering"]) if n > 0}
    chosen = reference.begin(
        start, entering, world.month, int(terms.max_months[0]), rules,
        lambda purpose, who, month, k: normal(world.seed, purpose, np.uint64(who), month, k),
    )  # fmt: skip
    after = set(people.id[on_short_time(people)].tolist())
    assert after - (before - seen["ended"]) == chosen
    assert len(chosen) > 20
    assert state.entered.sum() == len(chosen)


def test_training_raises_currency_as_the_reference_says(make_world: Build) -> None:
    world = opened(make_world(gap=SLUMP, **EAGER), training_share=0.5)
    to_decision(world, 8)
    short_time.process(world)
    before = world.people.currency.copy()
    short_time.settle(world)
    who = on_short_time(world.people)
    dims, people = world.tables.dimensions, world.people
    learns = dims.occupation_technical[people.occupation] | (
        (people.field >= 0) & dims.field_technical[np.maximum(people.field, 0)]
    )
    u, gain = world.parameters["short_time.hours_share"], world.parameters["short_time.training_gain"]
    expected = [
        reference.trained(c, 0.5, u, gain) if trains else c
        for c, trains in zip(before[who].tolist(), learns[who].tolist(), strict=True)
    ]
    assert who.size > 20
    assert people.currency[who].tolist() == expected
    others = np.setdiff1d(np.arange(people.size), who)
    np.testing.assert_array_equal(people.currency[others], before[others])


def test_training_raises_currency_at_recall(template: People, tables: Tables) -> None:
    """The same spells with and without training: those recalled come back with more of the frontier."""
    found = []
    for share in (0.0, 0.5):
        # training costs employers nothing here, so that the same workers are put on short time
        rules = EAGER | {"short_time__training_burden": 0.0, "currency__weight": 0.0, "currency__gain": 0.004}
        # Who is trained on short time takes fewer other courses, and is paid more, which moves others.
        rules |= {"training__gain": 0.0, "wages__skill": 0.0}
        world = opened(world_of(copy_of(template), tables, SLUMP, **rules), training_share=share)
        months(world, 20)
        technical = tables.dimensions.occupation_technical[np.maximum(world.people.occupation, 0)]
        back = (world.people.short_time > 0) & ((world.people.flags & int(Flag.SHORT_TIME)) == 0) & technical
        back &= world.people.labour == Labour.EMPLOYED
        found.append({int(i): int(c) for i, c in zip(world.people.id[back], world.people.currency[back], strict=True)})
    without, trained = found
    both = without.keys() & trained.keys()
    assert all(trained[i] >= without[i] for i in both)
    behind = [i for i in both if without[i] < 0.97 * 65535]  # those at the frontier have nothing to learn
    assert len(behind) > 20
    assert np.mean([trained[i] - without[i] for i in behind]) / 65535 > 0.003
    assert sum(trained[i] > without[i] for i in behind) > 0.9 * len(behind)


def test_books_of_spells_close(make_world: Build) -> None:
    """Entries less endings are the stock; every way of ending is met; hours cut are u times workers in every month."""
    world = opened(make_world(gap=SLUMP, **EAGER, short_time__recovery_months=4.0))
    months(world, 24)
    world.hooks["short_time.open"] = np.zeros_like(world.hooks["short_time.open"])
    months(world, 1)
    entries = world.recorder.arrays["short_time_entries"].sum(axis=(1, 2))
    ended = world.recorder.arrays["short_time_ended"].sum(axis=(1, 2))
    np.testing.assert_array_equal(np.cumsum(entries - ended), np.concatenate([stock(world)]))
    ways = world.recorder.arrays["short_time_ended"].sum(axis=(0, 2))
    assert {name for name, count in zip(ENDING, ways, strict=True) if count} >= {
        "recalled", "maximum", "scheme_ended", "left",
    }  # fmt: skip
    assert stock(world)[24] == 0
    assert not world.labour.hours_cut.any()


def test_people_who_leave_the_job_leave_their_spell(make_world: Build) -> None:
    world = opened(make_world(gap=SLUMP, **EAGER))
    months(world, 10)
    people = world.people
    who = on_short_time(people)
    assert who.size > 20
    people.labour[who[:5]] = Labour.RETIRED
    people.since[who[5:10]] = world.month
    people.stage[who[10:12]] = Stage.MBO
    short_time._sweep(world, who)
    assert np.intersect1d(on_short_time(people), who[:12]).size == 0
    assert np.array_equal(on_short_time(people), who[12:])


def test_the_money_is_worker_months_times_amounts(make_world: Build) -> None:
    world = opened(make_world(gap=SLUMP, **EAGER))
    hourly = np.full_like(world.tables.short_time.hourly_wage, 20.0)
    world.tables = replace(world.tables, short_time=replace(world.tables.short_time, hourly_wage=hourly))
    wages = np.zeros(4)
    for _ in range(15):
        run_month(world)
        state = world.labour.short_time
        wages += [state.paid[name].sum() for name in state.paid]
        index = world.labour.wages[world.people.occupation[on_short_time(world.people)], :][:, :1]
        assert index.size == state.workers.sum()
        world.month += 1
    p = world.parameters
    u, month = p["short_time.hours_share"], p["short_time.month_hours"]
    worker_months = world.scale * stock(world).sum()
    entries = world.scale * world.recorder.arrays["short_time_entries"].sum()
    prices = (1.0 + p["short_time.wage_growth"]) ** (world.year - short_time.WAGES_OF)
    assert wages[0] == pytest.approx(worker_months * u * month * 20.0 * prices, rel=0.05)
    assert wages[1] == pytest.approx(entries)
    assert wages[2] == pytest.approx(worker_months * u * month * 0.25)


def test_terms_are_those_of_the_region_of_the_job(make_world: Build) -> None:
    """Longest spells and training differ by region: so do spells that reach the longest, and hours of training."""
    longest, share = np.array([3.0, 9.0, 9.0, 9.0, 9.0]), np.array([0.5, 0.0, 0.25, 0.25, 0.25])
    world = opened(make_world(gap=SLUMP, **EAGER), max_months=longest, training_share=share)
    people, p = world.people, world.parameters
    seen = np.zeros(5, dtype=np.int64)
    for _ in range(20):
        months(world, 1)
        who = on_short_time(people)
        length = world.month - people.short_time[who].astype(np.int64)
        np.maximum.at(seen, people.job_region[who], length)
        workers = np.bincount(people.job_region[who], minlength=5)
        hours = share * workers * p["short_time.hours_share"] * p["short_time.month_hours"] * world.scale
        np.testing.assert_allclose(world.labour.short_time.paid["short_time_training_hours"], hours)
    assert seen[0] == 3
    assert seen[2:].min() > 3


def test_letting_go_after_a_spell_is_owed(make_world: Build) -> None:
    """Two workers whose spells ended a month ago, and one in a spell, are let go: their months are counted once."""
    world = opened(make_world(gap=SLUMP, **EAGER))
    months(world, 9)
    people, state = world.people, world.labour.short_time
    who = on_short_time(people)
    ended, running = who[:2], who[2]
    people.short_time[ended], people.short_time[running] = world.month - 4, world.month - 3
    state.ended = Ended()
    end_spells(people, state, ended, world.month, remember=True)
    for i in (*ended, running):
        people.labour[i], people.since[i] = Labour.UNEMPLOYED, world.month
    found, paid = owed_months(people, state, world.month)
    assert dict(zip(found.tolist(), paid.tolist(), strict=True)) == {
        int(ended[0]): 4,
        int(ended[1]): 4,
        int(running): 3,
    }


def test_who_is_let_go_and_finds_a_job_at_once_is_owed_too(make_world: Build) -> None:
    """What is owed is settled before matching: a new job in the same month changes nothing."""
    world = opened(make_world(gap=SLUMP, **EAGER))
    to_decision(world, 9)
    short_time.process(world)
    people, state = world.people, world.labour.short_time
    who = on_short_time(people)[:6]
    people.short_time[who] = world.month - 3
    people.labour[who], people.since[who] = Labour.UNEMPLOYED, world.month
    wage = short_time.month_wages(world)[people.occupation[who], people.job_level[who]]
    region, before = people.job_region[who].copy(), state.saved.copy()
    short_time.book_let_go(world)
    assert on_short_time(people).size == state.workers.sum()
    assert np.intersect1d(on_short_time(people), who).size == 0
    people.labour[who], people.job_region[who] = Labour.EMPLOYED, 0
    short_time.settle(world)
    owed = np.bincount(region, weights=3 * state.hours_share * wage, minlength=5)
    np.testing.assert_allclose(state.paid["short_time_repaid_wages"], world.scale * owed)
    assert (before > 0).any()
    ways = world.recorder.slot("short_time_ended", world.month).sum(axis=1)
    assert ways[ENDING.index("dismissed")] == 6


def test_what_short_time_work_put_off_falls_on_its_workers(make_world: Build) -> None:
    """Of what firms shed, S + U is shed among those in a spell or just off it, the rest as before."""
    world = opened(make_world(gap=SLUMP, **EAGER), max_months=4.0)
    to_decision(world, 14)
    short_time.process(world)
    people, state = world.people, world.labour.short_time
    spells = first_to_go(people, state)
    # all who are on short time, and those whose spell ended at its longest, not those recalled
    assert set(on_short_time(people).tolist()) <= set(spells.tolist())
    off = spells[(people.flags[spells] & int(Flag.SHORT_TIME)) == 0]
    assert np.isin(people.id[off], state.ended.id[state.ended.released]).all()
    assert off.size > 0
    cells = cells_of(people, spells, world.labour.staff.shape)
    due = left_of_spells(world, cells)
    assert (due <= state.saved + state.released).all()
    assert (due <= cells.sum(axis=(1, 2))).all()
    both = left_at_firms(world, cells, tolerance(world)) + due
    whole = left_to_shed(
        surplus=firms_surplus(world, tolerance(world)),
        beyond=state.beyond, covered=state.covered, saved=state.saved, released=state.released,
    )  # fmt: skip
    np.testing.assert_allclose(both, whole)
    planned = planned_shed_of_spells(world, cells)
    assert (planned <= cells).all()
    nobody = np.zeros_like(planned)
    dismiss(world, Cut(nobody, nobody), nobody, planned)
    gone = np.flatnonzero((people.labour == Labour.UNEMPLOYED) & np.isin(np.arange(people.size), spells))
    np.testing.assert_array_equal(cells_of(people, gone, planned.shape), planned)


def test_spells_of_those_let_go_are_met_and_paid_back(make_world: Build) -> None:
    world = opened(make_world(gap=SLUMP, **EAGER), max_months=6.0)
    owed = 0.0
    for _ in range(30):
        months(world, 1)
        owed += world.labour.short_time.paid["short_time_repaid_wages"].sum()
    ways = dict(zip(ENDING, world.recorder.arrays["short_time_ended"].sum(axis=(0, 2)), strict=True))
    assert ways["dismissed"] > 0
    assert owed > 0.0


def test_nothing_is_covered_when_nobody_is_left(make_world: Build) -> None:
    """The scheme closes while its last workers leave by themselves: no job counts as kept from then on."""
    world = opened(make_world(gap=SLUMP, **EAGER))
    months(world, 12)
    state = world.labour.short_time
    assert state.covered.any()
    world.hooks["short_time.open"][:] = 0.0
    people = world.people
    people.flags[on_short_time(people)] ^= np.uint8(Flag.SHORT_TIME)
    state.workers[...], state.released[...] = 0, 0.0
    state.ended = Ended()
    assert not state.active
    short_time.process(world)
    for left in (state.covered, state.beyond, state.saved):
        assert not left.any()


def test_staff_released_from_spells_of_a_closed_scheme_is_let_go_over_time(make_world: Build) -> None:
    world = opened(make_world(gap=SLUMP, **EAGER), max_months=4.0)
    months(world, 14)
    state = world.labour.short_time
    world.hooks["short_time.open"][:] = 0.0
    months(world, 2)
    assert not state.workers.any()
    before = state.released.copy()
    assert before.any()
    months(world, 1)
    assert (state.released[before > 0] < before[before > 0]).all()
    assert not state.rows.size
    assert not world.labour.hours_cut.any()
    assert not world.recorder.slot("short_time_workers", world.month - 1).any()


def test_closed_is_as_if_it_did_not_exist(make_world: Build) -> None:
    nothing, closed = make_world(gap=SLUMP), opened(make_world(gap=SLUMP), share=0.0)
    for world in (nothing, closed):
        months(world, 18)
    for name in FIELDS:
        assert getattr(nothing.people, name).tobytes() == getattr(closed.people, name).tobytes(), name
    ours, theirs = nothing.recorder.arrays, closed.recorder.arrays
    assert all(ours[name].tobytes() == theirs[name].tobytes() for name in ours)


def test_storage_order_cannot_matter(template: People, tables: Tables) -> None:
    order = np.random.default_rng(5).permutation(template.size)
    worlds = [opened(world_of(copy_of(template, o), tables, SLUMP, **EAGER)) for o in (None, order)]
    for world in worlds:
        months(world, 18)
    first, second = (
        dict(zip(w.people.id.tolist(), zip(*(getattr(w.people, f).tolist() for f in FIELDS), strict=True), strict=True))
        for w in worlds
    )
    assert first == second
    assert stock(worlds[0]).sum() > 100


@pytest.mark.parametrize(
    ("low", "high", "sign"),
    [
        ({"gap": SLUMP / 2}, {"gap": SLUMP}, 1),
        ({"employer_contribution": 0.0}, {"employer_contribution": 0.6}, -1),
        ({"training_share": 0.0}, {"training_share": 0.8}, -1),
        ({"clawback": 0.0}, {"clawback": 1.0}, -1),
        ({"replacement": 0.4}, {"replacement": 0.9}, 1),
        ({"max_months": 3.0}, {"max_months": 15.0}, 1),
        ({"share": 0.3}, {"share": 1.0}, 1),
    ],
    ids=lambda v: ",".join(v) if isinstance(v, dict) else str(v),
)
def test_direction_of_take_up(make_world: Build, low: dict, high: dict, sign: int) -> None:
    sums = []
    for case in (low, high):
        terms = {name: value for name, value in case.items() if name != "gap"}
        # no clawback or contribution hides what the replacement rate does; longer spells draw employers if keeping pays
        base = {"employer_contribution": 0.0, "clawback": 0.0} if {"replacement", "max_months"} & terms.keys() else {}
        base |= {"training_share": 0.0} if "max_months" in terms else {}
        world = opened(make_world(gap=case.get("gap", SLUMP), short_time__entry_speed=0.8), **(base | terms))
        sums.append(stock(months(world, 24)).sum())
    assert (sums[1] - sums[0]) * sign > 0, sums


def test_fewer_are_let_go_while_it_runs_and_more_when_it_ends(make_world: Build) -> None:
    """The stock of jobs kept cannot exceed what lies beyond the tolerance; what is released is let go later."""
    surplus, covered = np.array([[10.0]]), np.array([[0.5]])
    zero = np.zeros((1, 1))
    beyond = 0.8 * surplus
    without = left_to_shed(surplus=surplus, beyond=beyond, covered=zero, saved=zero, released=zero)
    begun = left_to_shed(surplus=surplus, beyond=beyond, covered=covered, saved=zero, released=zero)
    full = left_to_shed(surplus=surplus, beyond=beyond, covered=covered, saved=covered * beyond, released=zero)
    over = left_to_shed(surplus=surplus, beyond=beyond, covered=zero, saved=zero, released=covered * beyond)
    assert begun < full == without < over


def test_the_shed_of_one_employer_is_that_of_all() -> None:
    rng = np.random.default_rng(3)
    staff = rng.integers(0, 40, (3, 2, 4, 5))
    left, dither = rng.uniform(0, 30, (3, 5)), rng.uniform(0, 1, staff.shape)
    together = surplus_to_dismiss(left=left, staff=staff, speed=0.3, dither=dither)
    for e, r in np.ndindex(3, 5):
        alone = shed_of_employer(left[e, r], staff[e, :, :, r], 0.3, dither[e, :, :, r])
        np.testing.assert_array_equal(alone, together[e, :, :, r])
    assert (together <= staff).all()
    assert together.sum() > 0


def test_firms_in_trouble_let_permanent_staff_go(make_world: Build) -> None:
    world = make_world(gap=SLUMP)
    to_decision(world, 6)
    temporary = (world.people.flags & int(Flag.TEMPORARY)) != 0
    works = world.people.labour == Labour.EMPLOYED
    lay_off_staff(world)
    gone = works & (world.people.labour == Labour.UNEMPLOYED)
    assert (gone & ~temporary).sum() > 0
    calm = make_world(gap=SLUMP, separations__trouble_speed=0.0)
    to_decision(calm, 6)
    lay_off_staff(calm)
    assert firms_surplus(calm, np.zeros(calm.tables.dimensions.employers)).sum() > 0
    layoffs = [w.labour.ledger.separated[2].sum() for w in (calm, world)]
    assert layoffs[0] < layoffs[1]


def test_entries_and_recalls_are_whole_and_bounded(make_world: Build) -> None:
    rng = np.random.default_rng(4)
    workers, wanted = rng.integers(0, 9, (6, 5)), rng.uniform(0, 12, (6, 5)) * rng.integers(0, 2, (6, 5))
    dither = monthly_dither(rng.uniform(0, 1, (6, 5)), 7)
    recalled = to_recall(workers=workers, wanted=wanted, months=8.0, dither=dither)
    assert (recalled >= np.maximum(np.floor(workers - wanted), 0)).all()
    assert (recalled <= workers).all()
    entering = to_enter(workers=workers, wanted=wanted, speed=0.5, dither=dither)
    assert (entering[wanted <= workers] == 0).all()
    assert (entering <= np.ceil(np.maximum(wanted - workers, 0))).all()

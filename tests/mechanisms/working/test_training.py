"""Lifelong learning and retraining (W4, W2): against the reference, books that close, directions."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from labour_world import DEFAULTS, adults, copy_of, world_of

from reference import training as reference
from techsim.data.inputs import Tables
from techsim.data.training import PAYERS, RETRAINERS
from techsim.mechanisms.working.currency import process as currency
from techsim.mechanisms.working.currency.kernels import by_byte, shortfall
from techsim.mechanisms.working.month import run_month
from techsim.mechanisms.working.retraining import process as retraining
from techsim.mechanisms.working.retraining.state import RETRAINER
from techsim.mechanisms.working.training import process as training
from techsim.mechanisms.working.training.kernels import fill_below, fill_chances
from techsim.mechanisms.world import World
from techsim.population.people import People
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import COURSES_FROM, Labour
from techsim.results.coordinates import SHORTFALL

COUNT = 6_000


@pytest.fixture(scope="module")
def people(tables: Tables) -> People:
    return adults(tables, COUNT)


def learning(people: People, tables: Tables, hooks: dict[str, Any] | None = None, **parameters: float) -> World:
    """A world in its second month, after one month of learning and retraining."""
    world = world_of(copy_of(people), tables, **parameters)
    world.month += 1
    world.hooks = {} if hooks is None else hooks
    world.labour.training.vacancies[:], world.labour.training.moves[:] = 0.025, 0.2
    training.process(world)
    retraining.process(world)
    return world


def stap(budget: float, amount: float = 1000.0) -> dict[str, Any]:
    return {
        "training.stap_open": np.ones(5), "training.stap_amount": np.full(5, amount),
        "training.stap_budget": np.full(5, budget),
    }  # fmt: skip


def slim(budget: float) -> dict[str, Any]:
    return {
        "training.slim_open": np.ones(5),
        "training.slim_rate": np.full(5, 0.7),
        "training.slim_budget": np.full(5, budget),
    }


def taken(world: World, name: str = "training_participants") -> np.ndarray:
    return world.recorder.arrays[name][0].sum(axis=(0, 1))


def test_decisions_against_the_reference(people: People, tables: Tables) -> None:
    world = world_of(copy_of(people), tables, training__pay_years=8.0)
    world.month += 1
    training._observe(world)
    p, dims = world.parameters, tables.dimensions
    weights = ("inclination", "memories", "fit", "returns", "age", "not_working", "horizon", "hours", "time_work")
    rules = {name: p[f"training.{name}"] for name in (*weights, "time_care", "pay_years", "cost", "gain")} | {
        "rho": p["wages.skill"], "rho_t": p["wages.transferable"], "course": p["transferable.course"],
        "bad": tables.training.memories, "offer_by_group": tables.training.offer_by_group,
        "offer_by_level": tables.training.offer_by_level, "pension": tables.demography.pension_age_at(world.month),
        "technical": dims.occupation_technical, "technical_field": dims.field_technical,
        "willing": training.willingness(world, training.scarcity(world), training.month_wages(world), 0.0, 0.0),
        "fund": tables.training.fund[dims.employer_sector], "more_needed": p["training.more_needed"],
        "own_cost": p["training.cost"] * p["training.price"] / training.month_wages(world),
        "more": p["training.more"] + p["training.more_scarce"] * training.scarcity(world),
    }  # fmt: skip
    expected = {}
    names = ("birth_month", "stage", "labour", "level", "field", "occupation", "job_level", "employer", "currency")
    names += ("transferable",)
    for i in range(people.size):
        person = {name: int(getattr(world.people, name)[i]) for name in names}
        ident = world.people.id[i]
        found = reference.decision(
            person, world.month, rules, lambda k, ident=ident: uniform(1, int(Purpose.LLO), ident, world.month, k)
        )
        if found is not None:
            expected[int(ident)] = found
    who, payer, wants, _, courses = training._decide(world, world.people.born_in(world.month))
    got = zip(world.people.id[who].tolist(), wants.tolist(), payer.tolist(), courses.tolist(), strict=True)
    assert {i: (w, a, c) for i, w, a, c in got} == expected
    assert {p for _, p, _ in expected.values()} == {-1, 0, 1, 2}


def test_chances_of_many_are_those_of_each() -> None:
    odds = np.concatenate([np.random.default_rng(6).normal(0.0, 3.0, 50), [0.0, -1e4, 1e4]])
    chances = np.full(odds.size + 1, 9.0)
    fill_chances(odds, chances)
    np.testing.assert_allclose(chances[:-1], [1.0 / (1.0 + math.exp(min(-each, 500.0))) for each in odds], rtol=1e-14)
    assert chances[-1] == 9.0
    assert chances[50] == 0.5


@pytest.mark.parametrize("off", [0.0, 1e-12, 0.3])
def test_draws_are_below_chances_as_these_are_exactly(off: float) -> None:
    """Also draws that lie so close that chances which are nearly so cannot tell."""
    odds = np.random.default_rng(6).normal(0.0, 3.0, 400)
    exact, chances, below = np.empty(odds.size), np.empty(odds.size), np.empty(odds.size, dtype=np.bool_)
    fill_chances(odds, exact)
    draws = exact + off * np.where(np.arange(odds.size) % 2, 1.0, -1.0)
    fill_below(odds, draws, chances, below)
    assert below.tolist() == (draws < exact).tolist()
    assert below.any() == (off > 0.0)


def test_codes_without_a_mark_are_told_by_any_byte() -> None:
    marks = np.array([True, False, True])
    table = by_byte(marks)
    assert np.flatnonzero(table).tolist() == [0, 2]
    assert not table[np.int8(-1).view(np.uint8)]


def test_storage_order_does_not_matter(people: People, tables: Tables) -> None:
    hooks = {**stap(3e6), **slim(2e6), "retraining.places": np.full(5, 50_000.0)}
    order = np.random.default_rng(2).permutation(people.size)
    one, other = learning(people, tables, hooks), learning(copy_of(people, order), tables, hooks)
    for name in ("training_participants", "courses", "course_money", "in_training", "retraining"):
        np.testing.assert_array_equal(one.recorder.arrays[name], other.recorder.arrays[name])
    np.testing.assert_array_equal(one.people.currency[order], other.people.currency)
    np.testing.assert_array_equal(np.sort(one.labour.retraining.id), np.sort(other.labour.retraining.id))


def test_books_of_courses_close(people: People, tables: Tables) -> None:
    """Every course costs its price, whoever pays; participants have one to three; no purse is overdrawn."""
    world = learning(people, tables, {**stap(12 * 1e6), **slim(12 * 1e6)})
    courses, money = taken(world, "courses"), world.recorder.arrays["course_money"][0].sum(axis=0)
    assert money.sum() == pytest.approx(courses.sum() * world.scale * DEFAULTS["training.price"])
    assert taken(world).sum() <= courses.sum() <= 3 * taken(world).sum()
    assert taken(world).sum() <= world.recorder.arrays["training_asked"][0].sum()
    for payer in ("stap", "slim"):
        paid = world.labour.training.paid[f"{payer}_euro"].sum()
        assert 0.0 < paid == pytest.approx(money[PAYERS.index(payer)])
        assert paid <= 1e6
    assert (world.people.flags[world.labour.training.asked] >> COURSES_FROM > 0).sum() == taken(world).sum()


def test_enrolment_against_the_reference(people: People, tables: Tables) -> None:
    world = world_of(copy_of(people), tables)
    who, dims, rng = np.arange(0, people.size, 3), tables.dimensions, np.random.default_rng(5)
    private = rng.integers(-1, 3, who.size).astype(np.int8)
    number = np.where(private >= 0, rng.integers(1, 4, who.size), 0).astype(np.int8)
    public = rng.choice([-1, PAYERS.index("stap"), PAYERS.index("slim")], who.size, p=(0.6, 0.2, 0.2))
    world.people.flags[:] &= np.uint8((1 << COURSES_FROM) - 1)
    expected = [np.zeros((6, 2), dtype=int), *(np.zeros((6, 2, len(PAYERS)), dtype=int) for _ in range(2))]
    bought, names = np.zeros((6, len(PAYERS)), dtype=int), ("level", "labour", "occupation")
    technical, follows = dims.occupation_technical.tolist(), []
    for i, mine, granted, count in zip(who, private.tolist(), public.tolist(), number.tolist(), strict=True):
        person = {name: int(getattr(people, name)[i]) for name in names}
        cell, courses, first, paid = reference.enrolled(person, mine, granted, count, technical)
        expected[0][cell] += 1
        follows.append(courses)
        if first >= 0:
            expected[1][(*cell, first)] += 1
        for payer, number_paid in paid.items():
            expected[2][(*cell, payer)] += number_paid
            bought[cell[0], payer] += number_paid if payer == mine else 0
    tallies = [np.zeros_like(wanted) for wanted in expected]
    tallies.append(training._enrol(world, who, private, public, number, *tallies))
    for got, wanted in zip(tallies, [*expected, bought], strict=True):
        np.testing.assert_array_equal(got, wanted)
    np.testing.assert_array_equal(world.people.flags[who] >> COURSES_FROM, follows)


def test_public_money_displaces_private_money_and_adds_some(people: People, tables: Tables) -> None:
    without, world = learning(people, tables), learning(people, tables, stap(1e9))
    users, more = taken(world)[PAYERS.index("stap")], taken(world).sum() - taken(without).sum()
    assert 0 < more < users
    private = slice(0, PAYERS.index("stap"))
    assert taken(world, "courses")[private].sum() < taken(without, "courses")[private].sum()
    closed = learning(people, tables, stap(0.0))
    np.testing.assert_array_equal(taken(closed), taken(without))


def test_slim_adds_workers_of_small_employers(people: People, tables: Tables) -> None:
    without, world = learning(people, tables), learning(people, tables, slim(1e9))
    assert taken(world).sum() > taken(without).sum()
    assert taken(world)[PAYERS.index("slim")] > taken(world).sum() - taken(without).sum()


@pytest.mark.parametrize(
    ("name", "low", "high", "sign"),
    [
        ("training__inclination", 0.0, 2.0, 1), ("training__returns", 0.0, 20.0, 1), ("training__age", 0.0, 5.0, -1),
        ("training__pay_years", 0.0, 10.0, 1), ("wages__skill", 0.0, 2.0, 1), ("wages__transferable", 0.0, 2.0, 1),
        ("training__employer", -1.0, 3.0, 1), ("training__poaching", 0.0, 30.0, -1), ("training__cost", 0.0, 50.0, -1),
        ("training__employer_cost", 0.0, 20.0, -1), ("training__price", 300.0, 3000.0, -1),
        ("training__memories", 0.0, 5.0, -1), ("training__fit", 0.0, 5.0, 1), ("training__hours", 1.0, 300.0, -1),
        ("training__time_work", 0.0, 5.0, -1), ("training__time_care", 0.0, 5.0, -1),
        ("training__production", 0.0, 10.0, -1),
    ],
)  # fmt: skip
def test_what_raises_participation(
    people: People, tables: Tables, name: str, low: float, high: float, sign: int
) -> None:
    few, many = (taken(learning(people, tables, **{name: value})).sum() for value in (low, high))
    assert sign * (many - few) > 0


def test_willingness_by_hand(people: People, tables: Tables) -> None:
    world = world_of(copy_of(people), tables)
    world.labour.training.vacancies[:], world.labour.training.moves[:] = 0.05, 0.2
    world.labour.pressure[:] = -0.03
    p, dims = world.parameters, tables.dimensions
    e, g, at = 3, 1, 4
    odds = p["training.employer"] + tables.training.overview[dims.employer_size[e]] - 0.2 * p["training.poaching"]
    odds += -0.03 * p["training.money"] + p["training.make_or_buy"] * np.log(0.05 / p["training.usual_vacancies"])
    odds -= p["training.employer_cost"] * p["training.price"] / training.month_wages(world)[g, at]
    months = p["training.hours"] / p["short_time.month_hours"]
    odds -= p["training.production"] * months * 0.05 / p["training.usual_vacancies"]
    willing = training.willingness(world, training.scarcity(world), training.month_wages(world), 0.0, 0.0)
    assert willing[e, g, at] == pytest.approx(1 / (1 + np.exp(-odds)))


def test_who_remembers_school_badly_or_has_little_time_learns_less(people: People, tables: Tables) -> None:
    """Memories bear on low levels, fit on groups with few courses, care on the years of care, and on no one else."""
    month = world_of(copy_of(people), tables).month + 1
    age = (month - people.birth_month.astype(int)) // 12
    care = (age >= 30) & (age < 45)

    def wish(**parameters: float) -> np.ndarray:
        world = world_of(copy_of(people), tables, **parameters)
        world.month += 1
        training._observe(world)
        who, _, wants, _, _ = training._decide(world, world.people.born_in(world.month))
        found = np.zeros(people.size, dtype=bool)
        found[who] = wants
        return found

    with_care, without = wish(training__time_care=5.0), wish(training__time_care=0.0)
    assert with_care[care].sum() < without[care].sum()
    np.testing.assert_array_equal(with_care[~care], without[~care])
    bad, good = wish(training__memories=3.0), wish(training__memories=0.0)
    lost = good & ~bad
    assert lost[people.level == 0].sum() / good[people.level == 0].sum() > 2 * lost[people.level == 4].sum() / max(
        good[people.level == 4].sum(), 1
    )


def test_a_year_of_courses_against_the_reference(people: People, tables: Tables) -> None:
    """Through fourteen months of decisions and courses, person by person: what courses leave, where they end."""
    world = world_of(copy_of(people), tables, training__further_months=1.0)
    p, dims, who = world.parameters, tables.dimensions, world.people
    rules = {name: p[f"training.{name}"] for name in ("gain", "further_months")} | {
        "months": tables.training.months, "course": p["transferable.course"],
        "technical": dims.occupation_technical, "technical_field": dims.field_technical,
    }  # fmt: skip
    names = ("birth_month", "labour", "level", "field", "occupation", "currency", "transferable")
    training.process(world)
    ended, gained = 0, 0
    for _ in range(13):
        world.month += 1
        courses = (who.flags >> COURSES_FROM).astype(int)
        before = [{n: int(getattr(who, n)[i]) for n in names} for i in range(who.size)]
        training.process(world)
        # Whoever was born in this month has decided anew; the others follow what they followed.
        due = (world.month - who.birth_month.astype(int)) % 12 == 0
        courses[due] = (who.flags[due] >> COURSES_FROM).astype(int)
        after = [
            reference.attended(person | {"courses": int(n)}, world.month, rules)
            for person, n in zip(before, courses, strict=True)
        ]
        for name in ("currency", "transferable"):
            np.testing.assert_allclose(getattr(who, name), [person[name] for person in after], atol=1)
        np.testing.assert_array_equal(who.flags >> COURSES_FROM, [person["courses"] for person in after])
        slot = world.recorder.slot("in_training", world.month)
        assert slot.sum() == sum(person["follows"] for person in after)
        ended += int((courses > 0).sum() - (who.flags >> COURSES_FROM > 0).sum())
        gained += sum(a["transferable"] > b["transferable"] for a, b in zip(after, before, strict=True))
    assert ended > 1000
    assert gained > 500


def test_courses_build_transferable_skill_through_months_of_a_run(people: People, tables: Tables) -> None:
    """Thirteen months of the labour market: who learnt has more of it than in the same run where courses teach none."""
    skill = []
    for course in (0.0, 0.08):
        world = world_of(copy_of(people), tables, transferable__course=course, transferable__usual_courses=0.0)
        for _ in range(13):
            run_month(world)
            world.month += 1
        skill.append(dict(zip(world.people.id.tolist(), world.people.transferable.astype(int).tolist(), strict=True)))
    more = np.array([skill[1][i] - skill[0][i] for i in skill[0]])
    age = dict(zip(people.id.tolist(), ((world.month - people.birth_month.astype(int)) // 12).tolist(), strict=True))
    asked = np.array([26 <= age[i] < 64 for i in skill[0]])
    assert more[asked].mean() > 1.0
    # Many older workers have nearly all there is, and some courses of the year have not ended.
    assert (more[asked] > 0).mean() > 0.2


def test_slim_stays_in_its_region(people: People, tables: Tables) -> None:
    """Neither the subsidy nor its money reaches jobs elsewhere; each region's purse is its share of jobs."""
    without = learning(people, tables, training__culture=10.0)
    hooks = slim(1e9)
    for name in hooks:
        hooks[name] = np.where(np.arange(5) == 1, hooks[name], 0.0)
    world = learning(people, tables, hooks, training__culture=10.0)
    paid = world.labour.training.paid["slim_euro"]
    assert paid[1] > 0.0
    assert paid.sum() == paid[1]
    changed = (world.people.flags != without.people.flags) & (people.labour == Labour.EMPLOYED)
    assert changed.any()
    assert (people.job_region[changed] == 1).all()
    jobs = world.labour.staff.sum(axis=(0, 1, 2))
    assert world.labour.training.purse["slim_euro"][1] + paid[1] == pytest.approx(1e9 / 12 * jobs[1] / jobs.sum())


def test_the_pension_age_of_the_month_counts(people: People, tables: Tables) -> None:
    """Where it is later, older people learn more and no one under its horizon is touched."""
    world = world_of(copy_of(people), tables)
    world.month += 1
    training._observe(world)
    who, _, now, _, _ = training._decide(world, world.people.born_in(world.month))
    later = replace(tables.demography, pension_months=tables.demography.pension_months + 60.0)
    world.tables = replace(tables, demography=later)
    _, _, then, _, _ = training._decide(world, world.people.born_in(world.month))
    age = (world.month - people.birth_month[who].astype(int)) // 12
    old = age > 65 - DEFAULTS["training.horizon"]
    assert then[old].sum() > now[old].sum()
    np.testing.assert_array_equal(then[~old], now[~old])


def test_courses_bring_skills_up_to_date(people: People, tables: Tables) -> None:
    without, world = (learning(people, tables, training__gain=gain).people.currency.astype(int) for gain in (0.0, 0.5))
    assert (world >= without).all()
    assert (world > without).mean() > 0.005


def test_retraining_begins_completes_and_gives_a_trade(people: People, tables: Tables) -> None:
    world = world_of(
        copy_of(people), tables, retraining__places=5.0, retraining__months=2.0, retraining__unemployed=1.0
    )
    technical = tables.dimensions.field_technical
    before = dict(zip(people.id.tolist(), people.field.tolist(), strict=True))
    for _ in range(8):
        run_month(world)
        world.month += 1
    by_retrainer = world.recorder.arrays["retraining"][0]
    inside = np.bincount(world.labour.retraining.programmes[RETRAINER], minlength=len(RETRAINERS))
    np.testing.assert_array_equal(by_retrainer[0], by_retrainer[1] + by_retrainer[2] + inside)
    assert (by_retrainer[0] > 0).all()
    euro = world.recorder.arrays["retraining_money"][0]
    np.testing.assert_allclose(euro, world.scale * by_retrainer[0] * tables.training.retrainer_euro)
    began, completed, dropped = by_retrainer.sum(axis=1)
    assert began == completed + dropped + world.labour.retraining.id.size
    assert completed > dropped > 0
    done = world.labour.retraining.retrained
    assert done.size == completed
    rows = np.flatnonzero(np.isin(world.people.id, done))
    assert technical[world.people.field[rows]].all()
    assert not any(technical[before[int(i)]] for i in done)
    moved = sum(before[int(i)] != f for i, f in zip(world.people.id, world.people.field, strict=True))
    assert moved == completed


def test_funds_take_workers_of_their_sectors_and_uwv_the_unemployed(people: People, tables: Tables) -> None:
    world = world_of(
        copy_of(people), tables, retraining__places=5.0, retraining__unemployed=1.0, retraining__workers=0.5
    )
    funded = tables.training.fund[tables.dimensions.employer_sector] > 0.0
    for _ in range(3):
        before = world.labour.retraining.id.copy()
        labour = dict(zip(world.people.id.tolist(), world.people.labour.tolist(), strict=True))
        employer = dict(zip(world.people.id.tolist(), world.people.employer.tolist(), strict=True))
        training.process(world)
        retraining.process(world)
        state = world.labour.retraining
        new = ~np.isin(state.id, before)
        for pid, retrainer in zip(state.id[new].tolist(), state.programmes[RETRAINER, new].tolist(), strict=True):
            name = RETRAINERS[retrainer]
            assert name != "uwv" or labour[pid] == Labour.UNEMPLOYED
            assert name != "fund" or (labour[pid] == Labour.EMPLOYED and funded[employer[pid]])
        world.month += 1
    assert set(world.labour.retraining.programmes[RETRAINER].tolist()) == {0, 1, 2}


def test_what_technicians_lack_by_hand(people: People, tables: Tables) -> None:
    # level of the job 3.1 above, 2.0 above with and without skills, below with skills; 2.3 and 0.5 are asked
    lacks = [shortfall(3.1, 0.0, 1.0, 2.3, 0.5), shortfall(2.0, 0.0, 0.4, 2.3, 0.5), shortfall(2.0, 0.0, 0.6, 2.3, 0.5)]
    assert [SHORTFALL[i] for i in lacks] == ["level", "skills", "none"]
    worlds = [world_of(copy_of(people), tables, currency__asked=asked) for asked in (0.2, 0.99)]
    few, many = (_short(world) for world in worlds)
    technicians = people.labour == Labour.EMPLOYED
    technicians &= tables.dimensions.occupation_technical[np.maximum(people.occupation, 0)]
    assert few.sum() == many.sum() == technicians.sum()
    assert few[:, 0].sum() > many[:, 0].sum()
    np.testing.assert_array_equal(few[:, 1], many[:, 1])


def _short(world: World) -> np.ndarray:
    currency.process(world)
    return world.recorder.arrays["technicians_by_shortfall"][0]


def test_hires_that_cross_are_booked_by_education(people: People, tables: Tables) -> None:
    world, dims = world_of(copy_of(people), tables), tables.dimensions
    technical, other = dims.occupation.index("technical_metal"), dims.occupation.index("business")
    rows = np.arange(6)
    world.people.occupation[rows] = [technical, technical, other, other, -1, other]
    fields = ("metal", "ict", "metal", "general", "metal", "metal")
    world.people.field[rows] = [dims.field.index(name) for name in fields]
    world.labour.retraining.retrained = np.sort(world.people.id[[5]])
    entered = np.array([other, technical, technical, technical, technical, technical])
    at_some_level = np.arange(rows.size)
    cells = np.ravel_multi_index((at_some_level, entered, at_some_level, 0), world.labour.staff.shape)
    retraining.book_moves(world, rows, cells)
    into, out = world.recorder.arrays["side_entry"][0].tolist()
    assert (into, out) == ([1, 1, 1], [1, 0, 0])


def test_places_follow_scarcity() -> None:
    vacancies, added = np.array([10.0, 30.0]), np.array([[24.0, 24.0], [0.0, 0.0]])
    # 5 % and 1 % of the vacancies a year, and a quarter and three quarters of what levers add
    expected = [[6.5 / 12, 19.5 / 12], [0.1 / 12, 0.3 / 12]]
    np.testing.assert_allclose(retraining.places(vacancies, np.array([[0.05], [0.01]]), added), expected)


def test_pay_of_a_course_counts_only_where_skill_is_paid(people: People, tables: Tables) -> None:
    unpaid = [
        taken(learning(people, tables, wages__skill=0.0, wages__transferable=0.0, training__pay_years=years))
        for years in (0.0, 10.0)
    ]
    np.testing.assert_array_equal(*unpaid)

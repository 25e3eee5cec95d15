"""Retraining (W2): who would, who completes, what they do with their trade, and by whom levers have it done."""

from __future__ import annotations

import math

import numpy as np
import pytest
from labour_world import adults, copy_of, world_of

from reference import training as reference
from techsim.data.inputs import Tables
from techsim.data.training import RETRAINERS
from techsim.mechanisms.working.currency import process as currency
from techsim.mechanisms.working.matching import process as matching
from techsim.mechanisms.working.month import run_month
from techsim.mechanisms.working.retraining import choice, trained
from techsim.mechanisms.working.retraining import process as retraining
from techsim.mechanisms.working.retraining.kernels import INTEREST, interest
from techsim.mechanisms.working.wages import process as wages
from techsim.mechanisms.world import World
from techsim.population.people import People
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import NEVER, Labour
from techsim.results.coordinates import WORK_OF_RETRAINED

EVERYWHERE = np.ones(5, dtype=np.bool_)
NO_WEIGHTS = (0.0, 0.0, 0.0, 0.0)


@pytest.fixture(scope="module")
def people(tables: Tables) -> People:
    return adults(tables, 6_000)


def test_interest_by_hand() -> None:
    base = math.log(0.25)  # of a chance of 0.2
    assert interest(base, 1.0, 3.0, 20.0, True, NO_WEIGHTS) == pytest.approx(0.2)
    odds = base + 1.0 * 0.1 + 0.5 * 0.4 + 0.3 * math.log(14 / 7) - 0.9
    found = interest(base, 0.1, 0.4, 13.0, True, (1.0, 0.5, 0.3, 0.9))
    assert found == pytest.approx(1.0 / (1.0 + math.exp(-odds)))


@pytest.mark.parametrize(
    ("weight", "change"),
    [
        ("interest_pay", lambda w: w.hooks.update({"pay.technical": np.full(5, 0.5)})),
        ("interest_vacancies", lambda w: w.labour.training.vacancies.__imul__(4.0)),
        ("interest_duration", lambda w: w.people.since.__isub__(60)),
    ],
)
def test_what_raises_interest(people: People, tables: Tables, weight: str, change: object) -> None:
    def many(value: float, changed: bool) -> int:
        world = world_of(copy_of(people), tables, retraining__workers=0.1, **{f"retraining__{weight}": value})
        world.labour.training.vacancies[:] = 0.02
        if changed:
            change(world)  # type: ignore[operator]
        return choice.interested(world, np.flatnonzero(people.labour == Labour.UNEMPLOYED), EVERYWHERE).size

    assert many(2.0, True) > many(2.0, False)
    assert many(0.0, True) == many(0.0, False)


def test_pay_in_one_region_draws_only_those_who_live_there(people: People, tables: Tables) -> None:
    world = world_of(copy_of(people), tables, retraining__workers=0.2, retraining__interest_pay=4.0)
    before = choice.interested(world, np.arange(people.size), EVERYWHERE)
    world.hooks["pay.technical"] = np.array([0.5, 0.0, 0.0, 0.0, 0.0])
    after = choice.interested(world, np.arange(people.size), EVERYWHERE)
    assert np.isin(before, after)[people.region[before] != 0].all()
    more = np.setdiff1d(after, before)
    assert more.size > 20
    assert (people.region[more] == 0).all()


def test_interest_counts_the_skill_that_each_would_be_paid_for(people: People, tables: Tables) -> None:
    """Person by person: technical pay by what retraining leaves over the pay of the job by what is known."""
    world = world_of(
        copy_of(people), tables, wages__skill=0.5, retraining__interest_pay=2.0, retraining__unemployed=0.3,
        retraining__workers=0.3,
    )  # fmt: skip
    currency.process(world)
    wages.process(world)
    labour, dims, p, rng = world.labour, tables.dimensions, world.parameters, np.random.default_rng(3)
    labour.wage_curve = rng.uniform(0.9, 1.1, labour.wages.shape)
    labour.training.vacancies[:] = rng.uniform(0.01, 0.05, dims.size("occupation"))
    world.people.since[::3] -= 30
    world.hooks["pay.technical"] = np.array([0.5, 0.0, 0.2, 0.0, 0.0])
    staff, technical = labour.staff.sum(axis=(0, 3)), dims.occupation_technical
    offer = np.log(tables.short_time.hourly_wage * labour.wage_curve * p["short_time.month_hours"])
    offer -= np.log(labour.skill_pay.base)
    scarce = np.log(labour.training.vacancies / p["training.usual_vacancies"])
    rules = {name: p[f"retraining.interest_{name}"] for name in ("pay", "vacancies", "duration")} | {
        "technical": technical, "technical_field": dims.field_technical, "offer": offer,
        "mean_technical": np.average(offer[technical], axis=0, weights=staff[technical]),
        "mean_other": np.average(offer[~technical], axis=0, weights=staff[~technical]),
        "scarce": np.average(scarce[technical], weights=staff.sum(axis=1)[technical] + 1),
        "more": np.log1p(world.hooks["pay.technical"]), "rho": 0.5, "least": p["retraining.currency"],
        "workers": p["retraining.workers"], "unemployed": p["retraining.unemployed"],
        "women": p["matching.women_technical"], "female": dims.sex.index("female"),
    }  # fmt: skip
    names = ("birth_month", "sex", "region", "labour", "since", "level", "field", "occupation", "job_level", "currency")
    asked, expected = np.arange(0, people.size, 2), []
    for i in asked:
        person = {name: int(getattr(world.people, name)[i]) for name in names}
        chance = reference.interest(person, world.month, rules)
        drawn = uniform(world.seed, int(Purpose.RETRAINING), world.people.id[i], world.month, INTEREST)
        if chance is not None and drawn < chance:
            expected.append(int(i))
    assert choice.interested(world, asked, EVERYWHERE).tolist() == expected
    assert len(expected) > 100


def test_asking_only_where_there_are_places_chooses_the_same(people: People, tables: Tables) -> None:
    """Who lives where no retrainer has a place begins nothing: nobody else would be chosen if all were asked."""
    world = world_of(copy_of(people), tables, retraining__workers=0.2)
    state = world.labour.retraining
    world.labour.training.asked = np.arange(people.size)
    state.carry[:] = 0.9
    state.carry[2, 1], state.carry[1, 3] = 6.5, 3.0
    who, retrainer = retraining._chosen(world)
    every = retraining._ranked(world, retraining.interested(world, np.arange(people.size), EVERYWHERE))
    np.testing.assert_array_equal((who, retrainer), retraining._taken(world, every))
    assert np.bincount(people.region[who]).tolist() == [0, 6, 0, 3]
    state.carry[:] = 0.9
    assert not retraining._chosen(world)[0].size


def test_drop_out_by_ability_and_by_a_job_found(people: People, tables: Tables) -> None:
    world = world_of(copy_of(people), tables, retraining__dropout=0.3)
    rows = np.flatnonzero(world.people.labour == Labour.EMPLOYED)
    world.people.ability[:] = np.random.default_rng(1).normal(size=people.size)
    began, uwv = np.full(rows.size, world.month - 6), np.zeros(rows.size, dtype=np.int64)
    world.people.since[rows] = world.month - 24
    stays = choice.completing(world, rows, uwv, began)
    world.people.since[rows] = world.month - 2
    moved = choice.completing(world, rows, uwv, began)
    assert (stays >= moved).all()
    assert moved.mean() < stays.mean() - 0.1
    able = world.people.ability[rows] > np.median(world.people.ability[rows])
    assert stays[able].mean() > stays[~able].mean() + 0.05


def _retrained(world: World, rows: np.ndarray, months_ago: int, retrainer: int = 0) -> None:
    now = world.month
    world.month -= months_ago
    trained.remember(world, rows, np.full(rows.size, retrainer))
    world.labour.retraining.followed.add(world.people.id[rows], rows)
    world.month = now


def test_years_count_from_completion(people: People, tables: Tables) -> None:
    world = world_of(copy_of(people), tables)
    world.people.left_education[:4] = [NEVER, world.month - 200, world.month - 2, world.month - 200]
    _retrained(world, np.arange(3), 5)
    traits = matching.traits_of(world, np.arange(4))
    assert traits.trained.tolist() == [world.month - 5, world.month - 5, world.month - 2, world.month - 200]
    assert traits.chose.tolist() == [True, True, False, False]


def test_trainees_search_less_and_workers_with_a_trade_more(people: People, tables: Tables) -> None:
    world = world_of(copy_of(people), tables, retraining__search_inside=0.0, retraining__search_after=1.0)
    idle = np.flatnonzero(world.people.labour == Labour.UNEMPLOYED)
    technical = tables.dimensions.occupation_technical[np.maximum(world.people.occupation, 0)]
    works = np.flatnonzero((world.people.labour == Labour.EMPLOYED) & ~technical)[:50]
    before = matching.seekers(world)
    assert np.isin(idle, before).all()
    world.labour.retraining.id = world.people.id[idle[::2]]
    world.labour.retraining.followed.add(world.people.id[idle[::2]], idle[::2])
    _retrained(world, works, 3)
    after = matching.seekers(world)
    assert not np.isin(idle[::2], after).any()
    assert np.isin(works, after).all()
    np.testing.assert_array_equal(np.setdiff1d(after, works), np.setdiff1d(before, np.append(idle[::2], works)))
    _retrained(world, works, 12)
    world.labour.retraining.id = np.zeros(0, dtype=np.uint64)
    np.testing.assert_array_equal(matching.seekers(world), before)


def _a_year_on(people: People, tables: Tables, **parameters: float) -> np.ndarray:
    world = world_of(
        copy_of(people), tables,
        retraining__places=20.0, retraining__months=1.0, retraining__unemployed=1.0, retraining__workers=0.5,
        **parameters,
    )  # fmt: skip
    for month in range(30):
        if month == 6:
            world.parameters["retraining.places"] = 0.0
        run_month(world)
        world.month += 1
    return np.asarray(world.recorder.arrays["retrained_a_year_on"].sum(axis=(0, 1)))


def test_more_work_in_technology_a_year_on_who_hold_to_the_trade(people: People, tables: Tables) -> None:
    """More than if they held to it no more than of old; how many is for whole runs (test_lifelong_learning)."""
    work = _a_year_on(people, tables)
    weak = _a_year_on(people, tables, retraining__specificity=0.0, retraining__search_after=0.0)
    at = WORK_OF_RETRAINED.index("technical")
    assert min(work.sum(), weak.sum()) > 50
    assert weak[at] / weak.sum() < work[at] / work.sum() - 0.05


def test_work_a_year_on_by_hand(people: People, tables: Tables) -> None:
    world, dims = world_of(copy_of(people), tables), tables.dimensions
    metal, other = dims.occupation.index("technical_metal"), dims.occupation.index("business")
    world.people.labour[:4] = [Labour.EMPLOYED, Labour.EMPLOYED, Labour.UNEMPLOYED, Labour.EMPLOYED]
    world.people.occupation[:4] = [metal, other, metal, metal]
    _retrained(world, np.arange(3), 12, RETRAINERS.index("fund"))
    _retrained(world, np.arange(3, 4), 11)
    trained.record_work(world)
    expected = np.zeros((len(RETRAINERS), len(WORK_OF_RETRAINED)))
    expected[RETRAINERS.index("fund")] = 1
    np.testing.assert_array_equal(world.recorder.arrays["retrained_a_year_on"][0], expected)


def test_a_month_in_which_nobody_is_due_is_recorded_too(people: People, tables: Tables) -> None:
    """A year with months that were not asked for would be dropped as one that the run cut short."""
    world = world_of(copy_of(people), tables)
    trained.record_work(world)
    world.month += 1
    _retrained(world, np.arange(3), 12)
    trained.record_work(world)
    world.month += 12 - world.calendar_month + 1
    trained.record_work(world)
    assert world.recorder.recorded["retrained_a_year_on"][:2].all()
    assert len(world.recorder._asked["retrained_a_year_on"][0]) == 2


@pytest.mark.parametrize("name", RETRAINERS)
def test_levers_choose_by_whom(people: People, tables: Tables, name: str) -> None:
    world = world_of(copy_of(people), tables, retraining__places=0.0, retraining__workers=0.5)
    world.hooks = {f"retraining.{name}": np.full(5, 1e6)}
    world.labour.retraining.carry[:] = 0.0
    world.labour.training.asked = np.arange(people.size)
    world.labour.training.vacancies[:] = 0.02
    retraining.process(world)
    began = world.recorder.arrays["retraining"][0, retraining.BEGAN]
    assert began[RETRAINERS.index(name)] > 0
    assert began.sum() == began[RETRAINERS.index(name)]
    paid = world.labour.retraining.paid
    assert 1e6 / world.scale * paid[f"retraining_use_{name}"].sum() == pytest.approx(began.sum())
    assert not any(paid[f"retraining_use_{other}"].any() for other in RETRAINERS if other != name)

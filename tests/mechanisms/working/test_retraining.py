"""Retraining (W2): who would, who completes, what they do with their trade, and by whom levers have it done."""

from __future__ import annotations

import math

import numpy as np
import pytest
from labour_world import adults, copy_of, world_of

from techsim.data.inputs import Tables
from techsim.data.training import RETRAINERS
from techsim.mechanisms.working.currency import process as currency
from techsim.mechanisms.working.matching import process as matching
from techsim.mechanisms.working.month import run_month
from techsim.mechanisms.working.retraining import choice, trained
from techsim.mechanisms.working.retraining import process as retraining
from techsim.mechanisms.working.wages import process as wages
from techsim.mechanisms.world import World
from techsim.population.people import People
from techsim.population.states import NEVER, Labour
from techsim.results.coordinates import WORK_OF_RETRAINED

NO_WEIGHTS = (0.0, 0.0, 0.0, 0.0)


@pytest.fixture(scope="module")
def people(tables: Tables) -> People:
    return adults(tables, 6_000)


def test_interest_by_hand() -> None:
    one = np.ones(1)
    assert choice.interest(0.2 * one, one, 3.0, 20 * one, one, NO_WEIGHTS)[0] == pytest.approx(0.2)
    # logit 0.2 = log(1/4); + 1 x 0.1 + 0.5 x 0.4 + 0.3 x log(14 / 7) - 0.9
    odds = math.log(0.25) + 0.1 + 0.2 + 0.3 * math.log(2.0) - 0.9
    found = choice.interest(0.2 * one, 0.1 * one, 0.4, 13 * one, one, (1.0, 0.5, 0.3, 0.9))
    assert found[0] == pytest.approx(1.0 / (1.0 + math.exp(-odds)))


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
        return choice.interested(world, np.flatnonzero(people.labour == Labour.UNEMPLOYED)).size

    assert many(2.0, True) > many(2.0, False)
    assert many(0.0, True) == many(0.0, False)


def test_pay_in_one_region_draws_only_those_who_live_there(people: People, tables: Tables) -> None:
    world = world_of(copy_of(people), tables)
    who = np.flatnonzero((people.labour == Labour.UNEMPLOYED) | (people.labour == Labour.EMPLOYED))
    before = choice.gain_of_pay(world, who)
    world.hooks["pay.technical"] = np.array([0.5, 0.0, 0.0, 0.0, 0.0])
    more = choice.gain_of_pay(world, who) - before
    group = people.occupation[who]
    technical = (group >= 0) & tables.dimensions.occupation_technical[np.maximum(group, 0)]
    gains = (people.region[who] == 0) & ~technical
    assert gains.any()
    np.testing.assert_allclose(more, np.where(gains, math.log(1.5), 0.0), atol=1e-12)


def test_gain_of_pay_counts_the_skill_that_each_would_be_paid_for(people: People, tables: Tables) -> None:
    """Of men and women at work: technical pay by what retraining leaves over the pay of the job by what is known."""
    world = world_of(copy_of(people), tables, wages__skill=0.5)
    currency.process(world)
    wages.process(world)
    labour, dims = world.labour, tables.dimensions
    labour.wage_curve = np.random.default_rng(3).uniform(0.9, 1.1, labour.wages.shape)
    who = np.flatnonzero(world.people.labour == Labour.EMPLOYED)
    found = choice.gain_of_pay(world, who)
    state, staff = labour.skill_pay, labour.staff.sum(axis=(0, 3))
    technical = np.flatnonzero(dims.occupation_technical)

    def offer(g: int, lv: int) -> float:
        return math.log(tables.short_time.hourly_wage[g, lv] * labour.wage_curve[g, lv] / state.base[g, lv])

    for k in range(0, who.size, 7):
        i = who[k]
        g, job, lv = (int(getattr(world.people, n)[i]) for n in ("occupation", "job_level", "level"))
        known = int(world.people.currency[i]) / 65535
        there = sum(staff[h, lv] * offer(h, lv) for h in technical) / sum(staff[h, lv] for h in technical)
        there += 0.5 * max(known, world.parameters["retraining.currency"])
        here = offer(g, job) + (0.5 * known if g in technical else 0.0)
        assert found[k] == pytest.approx(there - here, abs=1e-7)


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
    world.month = now


def test_years_count_from_completion(people: People, tables: Tables) -> None:
    world = world_of(copy_of(people), tables)
    world.people.left_education[:4] = [NEVER, world.month - 200, world.month - 2, world.month - 200]
    _retrained(world, np.arange(3), 5)
    since, specific, chose = trained.trade_of(world, np.arange(4), world.people.id[:4])
    assert since.tolist() == [world.month - 5, world.month - 5, world.month - 2, world.month - 200]
    assert chose.tolist() == [True, True, False, False]
    usual = tables.labour.specificity[world.people.level[:4]]
    np.testing.assert_array_equal(specific[2:], usual[2:])
    np.testing.assert_array_equal(specific[:2], np.maximum(usual[:2], world.parameters["retraining.specificity"]))


def test_trainees_search_less_and_workers_with_a_trade_more(people: People, tables: Tables) -> None:
    world = world_of(copy_of(people), tables, retraining__search_inside=0.0, retraining__search_after=1.0)
    idle = np.flatnonzero(world.people.labour == Labour.UNEMPLOYED)
    technical = tables.dimensions.occupation_technical[np.maximum(world.people.occupation, 0)]
    works = np.flatnonzero((world.people.labour == Labour.EMPLOYED) & ~technical)[:50]
    before = matching.seekers(world)
    assert np.isin(idle, before).all()
    world.labour.retraining.id = world.people.id[idle[::2]]
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

"""Pay by skill (W2): what skill is worth against plain Python, that means add up, that nothing moves without it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from reference import wages as reference
from techsim.mechanisms.working.currency import process as currency
from techsim.mechanisms.working.month import run_month
from techsim.mechanisms.working.state import count_staff
from techsim.mechanisms.working.wages import process as wages
from techsim.mechanisms.working.wages.kernels import WORTH, compare_worth
from techsim.mechanisms.working.wages.skill import base_mean, count_worth, log_offer, log_pay
from techsim.mechanisms.world import World
from techsim.population.people import FIELDS
from techsim.population.states import Labour
from techsim.results.coordinates import SHORTFALL

Build = Callable[..., World]
Cell = tuple[int, int]


def as_dicts(world: World) -> list[dict[str, Any]]:
    columns = {name: getattr(world.people, name).tolist() for name in FIELDS}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def rules_of(world: World) -> dict[str, Any]:
    p, tables = world.parameters, world.tables
    return {
        "rho": p["wages.skill"], "rho_t": p["wages.transferable"], "ladder": tables.labour.ladder.tolist(),
        "technical": tables.dimensions.occupation_technical.tolist(), "asked": p["currency.asked"],
        "level_gap": p["currency.level_gap"],
    }  # fmt: skip


@pytest.mark.parametrize("rho", [0.0, 0.2, 1.0])
def test_what_skill_is_worth_follows_the_equation(make_world: Build, rho: float) -> None:
    world = make_world(wages__skill=rho, wages__transferable=0.3)
    world.people.currency[::3] = np.random.default_rng(8).integers(0, 65536, world.people.currency[::3].size)
    found = count_worth(world)
    expected = reference.worth_by_cell(as_dicts(world), rules_of(world))
    assert len(expected) > 20
    for g, lv in np.ndindex(found.shape):
        assert found[g, lv] / WORTH == pytest.approx(sum(expected.get((g, lv), [])), rel=1e-8)
    if rho == 0.0:
        world.parameters |= {"wages.transferable": 0.0}
        np.testing.assert_array_equal(count_worth(world), world.labour.staff.sum(axis=(0, 3)) * int(WORTH))


def test_the_mean_of_pay_is_the_wage_of_the_cell(make_world: Build) -> None:
    """Workers' pay adds up to the wage bill, in every month after the base year, whatever moved skills and people."""
    world = make_world(gap=-0.03, months=20, wages__skill=0.8, wages__transferable=0.5)
    for month in range(20):
        currency.process(world)
        people = world.people
        world.labour.staff = count_staff(people, world.tables.dimensions)
        rows = np.flatnonzero(people.labour == Labour.EMPLOYED)
        cell = np.ravel_multi_index((people.occupation[rows], people.job_level[rows]), world.labour.wages.shape)
        wages.process(world)
        if month >= 12:
            bill = np.bincount(cell, np.exp(log_pay(world, rows)), world.labour.wages.size)
            count = np.bincount(cell, minlength=bill.size)
            there = count > 0
            np.testing.assert_allclose(bill[there], (count * world.labour.wages.ravel())[there], rtol=1e-8)
            assert (~there).any() == (month % 3 == 1)
            np.testing.assert_array_equal(world.labour.wages.ravel()[~there], world.labour.wage_curve.ravel()[~there])
            assert not np.allclose(world.labour.wages, world.labour.wage_curve)
        else:
            assert (world.labour.wages == 1.0).all()
        move_some(world, month)
        world.month += 1


def move_some(world: World, month: int) -> None:
    """Some workers lose skill and some change jobs."""
    people, rng = world.people, np.random.default_rng(month)
    rows = np.flatnonzero(people.labour == Labour.EMPLOYED)
    some = rng.choice(rows, 300, replace=False)
    people.currency[some[:150]] //= 2
    people.transferable[some[50:200]] = 255
    people.occupation[some], people.job_level[some] = people.occupation[some[::-1]], people.job_level[some[::-1]]
    group, level = people.occupation[rows], people.job_level[rows]
    if month % 3 == 0:
        people.job_level[rows[(group == 1) & (level == 2)]] = 3  # nobody is left there
    else:
        people.job_level[rows[(group == 1) & (level == 3)][:20]] = 2


def test_without_worth_of_skill_pay_is_the_wage_curve_bit_by_bit(make_world: Build) -> None:
    world = make_world(gap=-0.04, wages__skill=0.0, wages__transferable=0.0)
    for _ in range(18):
        run_month(world)
        np.testing.assert_array_equal(world.labour.wages, world.labour.wage_curve)
        np.testing.assert_array_equal(world.labour.skill_pay.base, 1.0)
        np.testing.assert_array_equal(log_offer(world), np.log(world.labour.wages))
        world.month += 1
    assert (world.labour.wages != 1.0).all()


def test_the_wage_curve_does_not_hear_of_skill(make_world: Build) -> None:
    """With nobody who looks at pay, a run in which skill is paid has the wage curve of one in which it is not."""
    found = []
    blind = {"matching__wage_pull": 0.0, "training__cost": 0.0, "training__employer_cost": 0.0}
    for rho in (0.0, 1.5):
        world = make_world(gap=-0.03, months=24, wages__skill=rho, retraining__interest_pay=0.0, **blind)
        for _ in range(24):
            run_month(world)
            world.month += 1
        found.append(world.labour)
    np.testing.assert_array_equal(found[0].wage_curve, found[1].wage_curve)
    technical = world.tables.dimensions.occupation_technical
    workers = found[0].staff.sum(axis=(0, 3))
    assert (found[0].wages != found[1].wages)[technical[:, None] & (workers > 0)].all()
    np.testing.assert_array_equal(found[0].wages[~technical], found[1].wages[~technical])


def mean_technical(world: World) -> float:
    """Pay in technical occupations beside the wage curve, weighted with workers."""
    of = world.tables.dimensions.occupation_technical
    weight = world.labour.staff.sum(axis=(0, 3))[of]
    return float(np.average((world.labour.wages / world.labour.wage_curve)[of], weights=weight))


def after(make_world: Build, months: int = 30, renewal: float = 1.0, **parameters: float) -> float:
    """Technical pay after some months with content that is renewed so many times as fast."""
    world = make_world(months=months, **parameters)
    renewed = renewal * world.tables.curriculum.renewal
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(currency, "frontier_speed", lambda world: renewed)
        for _ in range(months):
            run_month(world)
            world.month += 1
    return mean_technical(world)


def test_technicians_are_paid_less_as_content_is_renewed_faster_and_more_after_training(make_world: Build) -> None:
    usual = after(make_world)
    assert after(make_world, renewal=3.0) < usual - 0.005
    assert after(make_world, training__gain=0.8) > usual + 0.001
    unpaid = [after(make_world, renewal=speed, wages__skill=0.0) for speed in (1.0, 3.0)]
    assert abs(unpaid[0] - unpaid[1]) < 0.001, "renewal has no other way into pay than skill"


def test_an_empty_cell_pays_as_its_group_does() -> None:
    worth = (np.array([[3.0, 0.0], [0.0, 0.0], [4.0, 6.0]]) * WORTH).astype(np.int64)
    workers = np.array([[2, 0], [0, 0], [4, 4]])
    np.testing.assert_allclose(base_mean(worth, workers), [[1.5, 1.5], [1.3, 1.3], [1.0, 1.5]])


def test_worth_of_a_cell_against_the_base_year() -> None:
    worth = (np.array([[3.0, 0.0], [9.0, 6.0]]) * WORTH).astype(np.int64)
    mean, against = compare_worth(worth, np.array([[2, 0], [6, 4]]), np.array([[1.2, 1.2], [1.5, 2.0]]))
    np.testing.assert_allclose(mean, [[1.5, 1.0], [1.5, 1.5]])
    np.testing.assert_allclose(against, [[1.25, 1.0], [1.0, 0.75]])


def test_pay_of_technicians_by_what_they_lack(make_world: Build) -> None:
    world = make_world(months=24, currency__asked=0.8)
    for _ in range(24):
        run_month(world)
        world.month += 1
    world.month -= 1
    wages.process(world)
    state, curve = world.labour.skill_pay, world.labour.wage_curve
    base = {
        (int(g), int(lv)): float(state.base_worth[g, lv]) / WORTH / float(state.base_workers[g, lv])
        for g, lv in np.argwhere(state.base_workers > 0)
    }
    curves = {(int(g), int(lv)): float(curve[g, lv]) for g, lv in np.ndindex(curve.shape)}
    expected = reference.pay_by_lack(as_dicts(world), curves, base, rules_of(world))
    found = world.recorder.slot("pay_of_technicians", world.month)
    assert {lack for _, lack in expected} == set(SHORTFALL)
    for level, lack in np.ndindex(found.shape):
        wanted = expected.get((level, SHORTFALL[lack]))
        assert found[level, lack] == pytest.approx(math.nan if wanted is None else wanted, rel=1e-6, nan_ok=True)
    lacking, not_lacking = SHORTFALL.index("skills"), SHORTFALL.index("none")
    both = ~np.isnan(found[:, lacking]) & ~np.isnan(found[:, not_lacking])
    assert (found[both, lacking] < found[both, not_lacking]).all()


def test_technicians_of_the_start_population_know_what_their_years_of_work_taught(make_world: Build) -> None:
    """From what school taught, or from nothing without technical education, month by month at the table's renewal."""
    world = make_world()
    people, p, dims = world.people, world.parameters, world.tables.dimensions
    works = (people.labour == Labour.EMPLOYED) & dims.occupation_technical[np.maximum(people.occupation, 0)]
    kinds = set()
    for i in np.flatnonzero(works)[::9]:
        educated = bool(dims.field_technical[people.field[i]])
        known = p["currency.at_graduation"] if educated else 0.0
        kept = math.exp(-world.tables.curriculum.renewal[people.occupation[i]] / 12)
        for _ in range(int(people.since[i]), world.month):
            known = kept * (known + p["currency.gain"] * (1.0 - known))
        assert people.currency[i] / 65535 == pytest.approx(known, abs=1e-4)
        kinds.add(educated)
    assert kinds == {False, True}

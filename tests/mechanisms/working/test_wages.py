"""Wages (W2): the wage curve against its reference, downward rigidity, rest points, and that they are recorded."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model.runs import Case, record
from reference import wages as reference
from techsim.mechanisms.working.month import run_month
from techsim.mechanisms.working.wages.curve import next_wages, unemployment_by_cell, wages_seen
from techsim.mechanisms.working.wages.kernels import count_unemployed
from techsim.mechanisms.world import World
from techsim.population.people import FIELDS
from techsim.population.states import NONE, Labour
from techsim.results.dataset import in_persons

Build = Callable[..., World]
CELLS = (3, 2)
RATE = st.floats(1e-4, 0.9)
FORCE = st.floats(0.0, 1.0)
RATES = arrays(np.float64, CELLS, elements=RATE)
STAFF = arrays(np.int64, CELLS, elements=st.integers(0, 5000))
RULES = st.fixed_dictionaries(
    {"elasticity": st.floats(0.0, 1.0), "pace": st.floats(1 / 120, 1.0), "downward": st.floats(0.0, 1.0)}
)


def cells_of(values: np.ndarray) -> reference.Cells:
    return {(int(g), int(lv)): float(values[g, lv]) for g, lv in np.ndindex(values.shape)}


def gap(slump: float, months: int) -> np.ndarray:
    return np.concatenate([np.full(12, 0.02), np.full(months - 12, slump)])


@pytest.mark.parametrize("slump", [-0.05, 0.05])
def test_the_wage_curve_follows_the_reference_month_by_month(make_world: Build, slump: float) -> None:
    months = 30
    world = make_world(gap=gap(slump, months), months=months)
    p, seen, found = world.parameters, [], np.empty((months, *world.labour.wages.shape))
    world.people.occupation[: world.people.size : 3] = np.where(
        world.people.labour[::3] == Labour.UNEMPLOYED, NONE, world.people.occupation[::3]
    )
    for _ in range(months):
        run_month(world)
        columns = {name: getattr(world.people, name).tolist() for name in FIELDS}
        people = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        staff = cells_of(world.labour.staff.sum(axis=(0, 3)))
        seen.append(reference.rates(reference.unemployed(people, staff), staff, p["wages.pooling"]))
        found[world.month - world.first] = world.labour.wage_curve
        world.month += 1
    rules = {
        "e": p["wages.elasticity"],
        "m": p["wages.outlook_months"],
        "c": p["wages.agreement_months"],
        "delta": p["wages.downward"],
    }
    expected = reference.path(seen, rules)
    for month in range(months):
        for cell, value in expected[month].items():
            assert found[month][cell] == pytest.approx(value, rel=1e-9), (month, cell)
    assert (found[:12] == 1.0).all()
    assert (found[-1] != 1.0).all()


@given(wages=arrays(np.float64, CELLS, elements=st.floats(0.5, 2.0)), staff=STAFF)
def test_what_choosers_see_follows_the_reference(wages: np.ndarray, staff: np.ndarray) -> None:
    staff = staff + 1
    technical = np.array([True, False, True])
    found = wages_seen(wages=wages, staff=staff, technical=technical)
    expected = reference.seen_by_choosers(cells_of(wages), cells_of(staff), technical.tolist())
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-9)


@given(staff=STAFF)
def test_base_year_wages_say_nothing_to_choosers(staff: np.ndarray) -> None:
    seen = wages_seen(wages=np.ones(CELLS), staff=staff, technical=np.array([True, False, False]))
    assert (seen == 0.0).all()


@given(paths=st.lists(st.tuples(RATES, RATES), min_size=1, max_size=40), normal=RATES, rules=RULES)
def test_tighter_never_lowers_wages(
    paths: list[tuple[np.ndarray, np.ndarray]], normal: np.ndarray, rules: dict[str, float]
) -> None:
    """A path on which unemployment is lower or equal in each month and cell pays at least as much, all along."""
    tight, loose = np.ones(CELLS), np.ones(CELLS)
    for a, b in paths:
        tight = next_wages(wages=tight, unemployment=np.minimum(a, b), normal=normal, **rules)
        loose = next_wages(wages=loose, unemployment=np.maximum(a, b), normal=normal, **rules)
        assert (tight >= loose * (1.0 - 1e-12)).all()
        assert np.isfinite(tight).all()
        assert (loose > 0.0).all()


@given(normal=RATES, rules=RULES, size=st.floats(0.01, 3.0), months=st.integers(1, 120))
def test_a_slump_takes_less_than_the_mirror_boom_gives(
    normal: np.ndarray, rules: dict[str, float], size: float, months: int
) -> None:
    slump, boom = np.ones(CELLS), np.ones(CELLS)
    for _ in range(months):
        slump = next_wages(wages=slump, unemployment=normal * np.exp(size), normal=normal, **rules)
        boom = next_wages(wages=boom, unemployment=normal * np.exp(-size), normal=normal, **rules)
    fall, rise = -np.log(slump), np.log(boom)
    assert (fall <= rise + 1e-12).all()
    assert (fall >= -1e-12).all()
    assert (rise <= rules["elasticity"] * size + 1e-12).all()
    if rules["downward"] < 0.9 and rules["pace"] < 0.9 and months == 1 and rules["elasticity"] > 0.01:
        assert (fall < rise).all()
    if rules["downward"] == 0.0:
        assert (slump == 1.0).all()


@given(normal=RATES, rules=RULES, apart=st.floats(-2.0, 2.0))
def test_constant_unemployment_stays_put(normal: np.ndarray, rules: dict[str, float], apart: float) -> None:
    """At the base year's unemployment wages are one for ever, exactly; on the wage curve elsewhere they stay too."""
    still = next_wages(wages=np.ones(CELLS), unemployment=normal, normal=normal, **rules)
    assert (still == 1.0).all()
    curve = np.full(CELLS, np.exp(-rules["elasticity"] * apart))
    there = next_wages(wages=curve, unemployment=normal * np.exp(apart), normal=normal, **rules)
    np.testing.assert_allclose(there, curve, rtol=1e-12)


@given(unemployed=STAFF, staff=STAFF, pooling=st.floats(1.0, 1e5))
def test_small_cells_are_drawn_towards_their_group(unemployed: np.ndarray, staff: np.ndarray, pooling: float) -> None:
    """As the reference has it, and within (0, 1) whatever the cells hold: nothing too, or nobody at work."""
    rate = unemployment_by_cell(unemployed=unemployed.astype(float), staff=staff, pooling=pooling)
    expected = reference.rates(cells_of(unemployed), cells_of(staff), pooling)
    np.testing.assert_allclose(rate.ravel(), list(expected.values()), rtol=1e-9)
    assert ((rate > 0.0) & (rate < 1.0)).all()


def test_an_empty_cell_has_the_rate_of_its_group() -> None:
    staff, idle = np.array([[100, 0], [0, 0]]), np.array([[10.0, 0.0], [0.0, 0.0]])
    rate = unemployment_by_cell(unemployed=idle, staff=staff, pooling=50.0)
    overall = 10.5 / 111.0
    group = (10.0 + 50.0 * overall) / 160.0
    assert rate[0, 1] == pytest.approx(group)
    assert rate[1] == pytest.approx(overall)
    assert min(group, 10 / 110) < rate[0, 0] < max(group, 10 / 110)


@given(unemployed=STAFF, staff=STAFF, more=st.integers(1, 500), pooling=st.floats(1.0, 1e4))
def test_more_unemployed_in_a_cell_raise_its_rate(
    unemployed: np.ndarray, staff: np.ndarray, more: int, pooling: float
) -> None:
    worse = unemployed.astype(float)
    worse[1, 0] += more
    low = unemployment_by_cell(unemployed=unemployed.astype(float), staff=staff, pooling=pooling)
    high = unemployment_by_cell(unemployed=worse, staff=staff, pooling=pooling)
    assert high[1, 0] >= low[1, 0]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(-1, 2), st.integers(0, 1), st.integers(-1, 5), st.integers(0, 1), st.integers(0, 3)),
        max_size=60,
    )
)
def test_each_unemployed_person_counts_once(people: list[tuple[int, int, int, int, int]]) -> None:
    columns = np.array(people, dtype=np.int8).reshape(-1, 5).T.copy()
    staff = np.array([[5, 0], [7, 0], [1, 0]])
    names = ("occupation", "job_level", "field", "level", "labour")
    found = count_unemployed(**dict(zip(names, columns, strict=True)), staff=staff)
    everyone = [dict(zip(names, row, strict=True)) for row in people]
    expected = reference.unemployed(everyone, cells_of(staff))
    assert found.sum() == pytest.approx(sum(person["labour"] == Labour.UNEMPLOYED for person in everyone))
    np.testing.assert_allclose(found.ravel(), list(expected.values()), atol=1e-6)


def test_wages_are_recorded_as_an_index(make_world: Build) -> None:
    """One in the base year whatever the scale; finite and positive; one value a month, group and level."""
    months = 36
    world = make_world(gap=gap(-0.05, months), months=months)
    for _ in range(months):
        run_month(world)
        np.testing.assert_array_equal(world.recorder.slot("wages", world.month), world.labour.wages)
        world.month += 1
    written = in_persons(world.recorder, 100.0)["wages"]
    dims = world.tables.dimensions
    assert written.shape == (months, dims.size("occupation"), dims.size("level"))
    assert (written[:12] == 1.0).all()
    assert np.isfinite(written).all()
    assert (written > 0.0).all()
    assert written[-1].mean() < 1.0


def test_with_weight_zero_wages_change_nothing_else() -> None:
    """A run in which wages move but nobody looks is, in all else, the run in which they stay (K2)."""
    runs = [
        record(
            Case(
                parameters=(
                    ("prospects.wage_weight", 0.0),
                    ("matching.wage_pull", 0.0),
                    ("teachers.leave_pay", 0.0),
                    ("training.cost", 0.0),
                    ("training.employer_cost", 0.0),
                    ("retraining.interest_pay", 0.0),
                    ("wages.elasticity", e),
                ),
                end="2011-12",
                scale=2000,
            )
        )
        for e in (0.0, 0.5)
    ]
    assert not np.array_equal(runs[0].arrays["wages"], runs[1].arrays["wages"])
    first, second = (run.arrays for run in runs)
    others = [name for name in first if name not in ("wages", "pay_of_technicians")]
    assert [n for n in others if not np.array_equal(first[n], second[n], equal_nan=True)] == []


def test_with_a_weight_wages_change_choices() -> None:
    runs = [
        record(Case(parameters=(("prospects.wage_weight", w), ("wages.elasticity", 0.5)), end="2013-12", scale=1000))
        for w in (0.0, 50.0)
    ]
    assert (runs[0].arrays["profile_choices"] != runs[1].arrays["profile_choices"]).any()

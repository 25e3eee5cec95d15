"""Levers on hooks: from the base, never in place, in any order; no volume, no trace."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_levers import HOOKS, REGIONS, Fields, sample

from techsim.levers.applying import ActiveLever, activate, apply, spending
from techsim.levers.base import When
from techsim.levers.hooks import LeverError
from techsim.population.clock import parse
from techsim.scenario import LeverSetting

FIRST, LAST = parse("2008-01"), parse("2030-12")
LAWS = {"sum": "add", "product": "multiply", "highest": "max"}


def active(name: str, hook: str, **fields: object) -> ActiveLever:
    lever = sample(name, hook, LAWS[hook])
    return activate([LeverSetting(name, Fields(**fields))], {name: lever}, REGIONS, FIRST, LAST)[0]


def base() -> dict[str, np.ndarray]:
    return {
        "sum": np.array([0.1, 0.2, 0.3, 0.4, 0.9]),
        "product": np.array(1.5),
        "highest": np.array([0.0, 0.2, 0.5, 0.7, 1.0]),
    }


def bits(values: dict[str, np.ndarray]) -> dict[str, bytes]:
    return {name: value.tobytes() for name, value in values.items()}


def test_each_law_by_hand() -> None:
    levers = [
        active("a", "sum", volume=0.25), active("b", "sum", volume=-0.125), active("c", "product", volume=0.5),
        active("d", "product", volume=0.2), active("e", "highest", volume=0.6), active("f", "highest", volume=0.3),
    ]  # fmt: skip
    effective = apply(levers, base(), FIRST, 0.0, HOOKS)
    np.testing.assert_allclose(effective["sum"], [0.225, 0.325, 0.425, 0.525, 1.0])
    np.testing.assert_allclose(effective["product"], 1.5 * 0.5 * 0.8)
    np.testing.assert_allclose(effective["highest"], [0.6, 0.6, 0.6, 0.7, 1.0])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(LAWS)),
            st.floats(-10, 10),
            st.floats(0, 1),
            st.sets(st.sampled_from(REGIONS), min_size=1),
        ),
        min_size=2,
        max_size=5,
    ),
    st.randoms(use_true_random=False),
)
def test_order_cannot_matter(changes: list[tuple[str, float, float, set[str]]], random) -> None:
    levers = [
        active(f"lever_{i}", hook, volume=volume, coverage=coverage, regions=tuple(regions))
        for i, (hook, volume, coverage, regions) in enumerate(changes)
    ]
    expected = bits(apply(levers, base(), FIRST, 0.0, HOOKS))
    orders = list(itertools.permutations(levers))
    for order in random.sample(orders, min(12, len(orders))):
        assert bits(apply(order, base(), FIRST, 0.0, HOOKS)) == expected


def test_order_would_matter_if_they_were_taken_as_they_come() -> None:
    """So the property above can fail: sums of floats do depend on their order."""
    volumes = (0.1, 0.2, 0.3)
    levers = [active(f"l{i}", "sum", volume=v) for i, v in enumerate(volumes)]
    found = {sum(order) for order in itertools.permutations(volumes)}
    assert len(found) > 1
    assert (
        len(
            {apply(o, {"sum": np.zeros(5)}, FIRST, 0.0, HOOKS)["sum"].tobytes() for o in itertools.permutations(levers)}
        )
        == 1
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=5, max_size=5), st.floats(0, 10))
def test_no_volume_no_trace(shares: list[float], factor: float) -> None:
    start = {"sum": np.array(shares), "product": np.array(factor), "highest": np.array(shares)}
    levers = [active("a", "sum", volume=0.0), active("b", "product", volume=0.0), active("c", "highest", volume=0.0)]
    assert bits(apply(levers, start, FIRST, 0.0, HOOKS)) == bits(start)
    none = [
        active("a", "sum", coverage=0.0),
        active("b", "product", start="2020-01"),
        active("c", "highest", coverage=0.0),
    ]
    assert bits(apply(none, start, FIRST, 0.0, HOOKS)) == bits(start)


def test_the_base_is_left_alone_and_shares_nothing() -> None:
    start, before = base(), bits(base())
    for levers in ([], [active("a", "sum", volume=0.5)]):
        effective = apply(levers, start, FIRST, 0.0, HOOKS)
        for value in effective.values():
            np.add(value, 1.0, out=value)
        assert bits(start) == before


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(LAWS)), st.floats(-10, 10)), max_size=6))
def test_effective_values_keep_their_bounds_and_shapes(changes: list[tuple[str, float]]) -> None:
    levers = [active(f"l{i}", hook, volume=volume) for i, (hook, volume) in enumerate(changes)]
    effective = apply(levers, base(), FIRST, 0.0, HOOKS)
    for name, value in effective.items():
        assert value.shape == base()[name].shape
        assert value.dtype == np.float64
        assert (value >= HOOKS[name].low).all()
        assert (value <= HOOKS[name].high).all()


@pytest.mark.parametrize(
    ("month", "expected"),
    [("2009-12", 0.0), ("2010-01", 0.25), ("2010-02", 0.5), ("2010-04", 1.0), ("2012-12", 1.0), ("2013-01", 0.0)],
)
def test_dates_and_phase_in(month: str, expected: float) -> None:
    lever = active("a", "sum", start="2010-01", end="2012-12", phase_in=4)
    np.testing.assert_array_equal(lever.strength(parse(month), 0.0), np.full(5, expected))


def test_without_dates_a_lever_runs_with_the_period() -> None:
    lever = active("a", "sum", phase_in=2)
    strength = [float(lever.strength(m, 0.0)[0]) for m in (FIRST - 1, FIRST, FIRST + 1, LAST, LAST + 1)]
    assert strength == [0.0, 0.5, 1.0, 1.0, 0.0]


def test_regions_and_coverage() -> None:
    lever = active("a", "sum", regions=("East", "South-East"), coverage=0.4)
    np.testing.assert_array_equal(lever.strength(FIRST, 0.0), [0.0, 0.4, 0.0, 0.0, 0.4])


@pytest.mark.parametrize(
    ("gap", "acts"), [(-0.02, True), (-0.0100001, True), (-0.01, False), (0.0, False), (math.nan, False)]
)
def test_the_trigger_is_asked_each_month(gap: float, acts: bool) -> None:
    lever = active("a", "sum", when=When(output_gap_below=-0.01))
    assert bool(lever.strength(FIRST, gap).any()) is acts


def test_spending_follows_the_strength() -> None:
    counts = {"vo_pupils": np.array([10.0, 20.0, 30.0, 40.0, 50.0])}
    levers = [
        active("b", "sum", regions=("North", "East"), coverage=0.5, unit_cost=2.0),
        active("a", "product", when=When(output_gap_below=0.0)),
    ]
    assert [(s.lever, s.item, s.euro) for s in spending(levers, FIRST, -0.1, counts)] == [
        ("a", "all", 150.0),
        ("b", "all", 30.0),
    ]
    assert [s.euro for s in spending(levers, FIRST, 0.1, counts)] == [0.0, 30.0]
    assert [s.euro for s in spending(levers, LAST + 1, -0.1, counts)] == [0.0, 0.0]


@pytest.mark.parametrize(("hook", "law"), [("sum", "multiply"), ("product", "add"), ("highest", "add")])
def test_another_law_on_a_hook_is_an_error(hook: str, law: str) -> None:
    lever = sample("odd", hook, law)
    levers = activate([LeverSetting("odd", Fields())], {"odd": lever}, REGIONS, FIRST, LAST)
    with pytest.raises(LeverError, match=f"lever odd: hook {hook} combines by {LAWS[hook]}, not by {law}"):
        apply([active("even", hook), *levers], base(), FIRST, 0.0, HOOKS)


def test_faults_of_a_lever_or_the_base_are_errors() -> None:
    with pytest.raises(LeverError, match=r"hook sum: base .* outside \[0, 1\]"):
        apply([], {"sum": np.array([0.5, 1.5])}, FIRST, 0.0, HOOKS)
    with pytest.raises(LeverError, match="hook sum: base"):
        apply([], {"sum": np.array([math.nan])}, FIRST, 0.0, HOOKS)
    with pytest.raises(LeverError, match="takes finite values of shape"):
        apply([active("a", "sum")], {"sum": np.zeros(4)}, FIRST, 0.0, HOOKS)
    with pytest.raises(LeverError, match="nobody holds"):
        apply([active("a", "sum")], {"highest": np.zeros(5)}, FIRST, 0.0, HOOKS)
    with pytest.raises(LeverError, match="unknown region 'West'"):
        active("a", "sum", regions=("West",))

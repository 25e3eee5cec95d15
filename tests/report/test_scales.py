"""Axes and labels."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techsim.report import numbers
from techsim.report.scales import Scale, spaced, ticks, year_ticks


@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e9))
def test_ticks_span_what_is_drawn(low: float, size: float) -> None:
    high = low + size
    if high - low < 1e-9 * max(abs(low), abs(high)):
        return
    marks = ticks(low, high)
    step = marks[1] - marks[0]
    assert marks[0] <= low + step * 1e-6
    assert marks[-1] >= high - step * 1e-6
    assert 2 <= len(marks) <= 8
    assert math.isclose((marks[-1] - marks[0]) / step, len(marks) - 1, rel_tol=1e-6)


@pytest.mark.parametrize("bounds", [(math.nan, 1.0), (0.0, math.inf), (3.0, 3.0), (0.0, 0.0)])
def test_ticks_of_hopeless_bounds_are_still_an_axis(bounds: tuple[float, float]) -> None:
    marks = ticks(*bounds)
    assert len(marks) >= 2
    assert marks[-1] > marks[0]


def test_years_are_labelled_at_round_steps() -> None:
    assert year_ticks(2008, 2030, 6) == [2010, 2015, 2020, 2025, 2030]
    assert year_ticks(2008, 2012, 6) == [2008, 2009, 2010, 2011, 2012]


@given(st.lists(st.floats(0, 100), max_size=6))
def test_labels_stand_apart_in_their_order(places: list[float]) -> None:
    moved = spaced(places, 10, 0, 100)
    order = sorted(range(len(places)), key=lambda i: places[i])
    for a, b in itertools.pairwise(order):
        assert moved[b] - moved[a] >= 10 - 1e-6


def test_a_scale_is_a_straight_line() -> None:
    assert Scale(0, 10, 100, 0)(2.5) == 75


@given(st.floats(-5.0, 5.0), st.floats(0.1, 10.0), st.sampled_from((1.0, 1e3, 1e4, 1e6, 1e8, 1e10)))
def test_no_label_of_an_axis_hides_where_its_mark_is(low: float, size: float, power: float) -> None:
    sizes = {"k": 1e3, "M": 1e6, "n": 1e9}
    for mark in ticks(low * size * power, (low + 1.0) * size * power):
        label = numbers.tick(mark, "persons").replace(numbers.MINUS, "-").replace("bn", "n")
        assert float(label.rstrip("kMn")) * sizes.get(label[-1], 1.0) == pytest.approx(mark, rel=2e-3, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (numbers.rounded(1_396_000), "1.40\u202fmillion"),
        (numbers.rounded(687_240_000), "687\u202fmillion"),
        (numbers.rounded(999_600_000), "1.00\u202fbillion"),
        (numbers.rounded(9_996_000), "10.0\u202fmillion"),
        (numbers.compact(2_500_000_000), "2.5bn"),
        (numbers.rounded(39_654), "39\u202f700"),
        (numbers.rounded(-840), "\u2212840"),
        (numbers.compact(1_340_000), "1.34M"),
        (numbers.compact(4_900), "4.9k"),
        (numbers.compact(-250), "\u2212250"),
        (numbers.volume(-0.4), "\u22120.4"),
        (numbers.volume(12_000.0), f"12{numbers.THIN}000"),
        (numbers.percent(0.264), "26.4\u202f%"),
        (numbers.percent(-0.0001), "0.0\u202f%"),
        (numbers.percent(math.nan), "\u2013"),
        (numbers.interval(0.2, 0.31, "share"), "20.0\u201331.0\u202f%"),
        (numbers.difference(-5_000, 100_000, "persons", "relative"), "\u22125\u202f%"),
        (numbers.difference(0.03, 0.3, "share", "points"), "+3.0 points"),
        (numbers.tick(0.025, "share"), "2.5\u202f%"),
        (numbers.tick(0.0025, "share"), "0.25\u202f%"),
        (numbers.tick(-1_250, "persons"), "\u22121.25k"),
        (numbers.tick(12_500, "persons"), "12.5k"),
        (numbers.tick(2.5e9, "euro"), "2.5bn"),
        (numbers.tick(0.25, "persons"), "0.25"),
        (numbers.tick(0.0, "persons"), "0"),
        (numbers.tick(3.0, "months"), "3"),
    ],
)
def test_numbers_read_well(text: str, expected: str) -> None:
    assert text == expected

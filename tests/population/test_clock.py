"""Months as integers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techsim.population import clock


@given(st.integers(0, 3000))
def test_label_and_parse_are_inverse(index: int) -> None:
    assert clock.parse(clock.label(index)) == index
    assert clock.month_index(clock.year_of(index), clock.month_of(index)) == index


@pytest.mark.parametrize(
    ("text", "school_year"), [("2008-01", 2007), ("2008-07", 2007), ("2008-08", 2008), ("2008-12", 2008)]
)
def test_school_year_begins_in_august(text: str, school_year: int) -> None:
    assert clock.school_year_of(clock.parse(text)) == school_year


def test_month_zero_is_january_1900() -> None:
    assert clock.label(0) == "1900-01"
    assert clock.month_index(1900, 1) == 0


@pytest.mark.parametrize(
    "text", ["2008", "2008-13", "2008-00", "2008-1", "08-01", "2008-01-01", "20x8-01", "", "2008-ab"]
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        clock.parse(text)

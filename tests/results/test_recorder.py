"""The recorder alone: what is kept of what is wanted, and what becomes of the rest."""

from __future__ import annotations

import numpy as np
import pytest

from results.small_results import FIRST, INDICATORS, LABELS, LAST
from techsim.results.coordinates import sizes
from techsim.results.recorder import Recorder


def some(*wanted: str) -> Recorder:
    return Recorder(INDICATORS, sizes(LABELS), FIRST, LAST, wanted)


def test_what_nobody_wants_can_be_written_to_and_is_not_kept() -> None:
    few, every = some("births"), Recorder(INDICATORS, sizes(LABELS), FIRST, LAST)
    for name in every.arrays:
        slot, same = few.slot(name, FIRST + 3), every.slot(name, FIRST + 3)
        assert (slot.shape, slot.dtype) == (same.shape, same.dtype), name
        slot[...] = 7
    assert list(few.arrays) == ["births"]
    assert few.arrays["births"][0].tolist() == [7, 7]
    assert few.recorded["births"].tolist() == [True, False]
    assert few.slot_of_year("entrants", 2008) is not None
    assert few.slot_of_year("entrants", 2020) is None


def test_it_says_what_is_wanted() -> None:
    assert some("births").wants("births")
    assert not some("births").wants("hires")
    assert all(Recorder(INDICATORS, sizes(LABELS), FIRST, LAST).wants(one.name) for one in INDICATORS)


@pytest.mark.parametrize("period", ["month", "year", "school_year"])
def test_each_month_has_its_entry(period: str) -> None:
    every = Recorder(INDICATORS, sizes(LABELS), FIRST, LAST)
    name = {"month": "hires", "year": "births", "school_year": "graduates"}[period]
    for month in range(FIRST, LAST + 1):
        every.slot(name, month)[...] += 1
    found = every.arrays[name].reshape(len(every.arrays[name]), -1)[:, 0]
    # From January 2008 to December 2009: the school years begin in August.
    assert found.tolist() == {"month": [1] * 24, "year": [12, 12], "school_year": [7, 12, 5]}[period]
    assert every.partial(name).tolist() == {
        "month": [False] * 24, "year": [False, False], "school_year": [True, False, True]
    }[period]  # fmt: skip


def test_a_run_that_goes_on_takes_over_what_it_wants() -> None:
    every, few = Recorder(INDICATORS, sizes(LABELS), FIRST, LAST), some("births", "hires")
    for name in every.arrays:
        every.slot(name, FIRST)[...] = 3
    few.continue_from(every, {}, {})
    assert list(few.arrays) == ["hires", "births"]
    for name, values in few.arrays.items():
        np.testing.assert_array_equal(values, every.arrays[name])
        np.testing.assert_array_equal(few.recorded[name], every.recorded[name])
    every.slot("births", FIRST + 1)
    few.slot("births", FIRST + 2)
    assert few.partial("births").tolist() == [False, False]
    with pytest.raises(ValueError, match="did not record apprenticeship_places, "):
        every.continue_from(few, {}, {})

"""The evaluation of a training lever on a pair of results, by hand."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from techsim.results.training import evaluate

PAYERS = ["employer", "fund", "own", "stap", "slim"]


def results(people: list[list[int]], draws: int = 1) -> xr.Dataset:
    """Two levels, by payer; each has one course of 900 euro."""
    counts = np.zeros((1, 2, 2, 5))
    counts[0, :, 1] = people
    dims = ("year", "level", "technical_occupation", "payer")
    data = {
        "training_participants": (dims, counts),
        "courses": (dims, 2 * counts),
        "course_money": (("year", "level", "payer"), 900 * counts.sum(axis=2)),
    }
    coords = {"year": [2026], "level": ["mbo2", "wo"], "payer": PAYERS}
    return xr.Dataset(data, coords=coords).expand_dims(draw=np.arange(draws))


def test_by_hand() -> None:
    without = results([[50, 10, 10, 0, 0], [80, 0, 20, 0, 0]])
    found = evaluate(results([[45, 10, 5, 20, 0], [60, 0, 5, 40, 0]]), without).isel(draw=0)
    assert found.users.values.tolist() == [20, 40]
    assert found.participants_more.values.tolist() == [10, 5]
    assert found.courses_more.values.tolist() == [20, 10]
    assert found.deadweight.values.tolist() == [0.5, 0.875]
    assert found.money_displaced.values.tolist() == [9_000, 31_500]
    np.testing.assert_allclose(found.displaced_per_euro, [0.5, 0.875])


def test_what_is_no_pair_or_was_not_used_is_refused() -> None:
    none = results([[1, 0, 0, 0, 0]] * 2)
    with pytest.raises(ValueError, match="nobody used the lever slim"):
        evaluate(none, none, "slim")
    with pytest.raises(ValueError, match="differ in draw"):
        evaluate(none, results([[1, 0, 0, 0, 0]] * 2, draws=2))

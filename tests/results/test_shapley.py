"""Shapley values against their meaning: the mean over all orders of what a change adds when it comes."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest

from techsim.results.shapley import shapley


def over_orders(values: list[float], count: int) -> list[Fraction]:
    found = [Fraction(0)] * count
    orders = list(permutations(range(count)))
    for order in orders:
        inside = 0
        for i in order:
            found[i] += Fraction(values[inside | 1 << i]) - Fraction(values[inside])
            inside |= 1 << i
    return [value / len(orders) for value in found]


@pytest.mark.parametrize("count", [1, 2, 4])
def test_they_are_means_over_orders_and_sum_to_the_whole_exactly(count: int) -> None:
    for seed in range(10):
        values = [float(value) for value in np.random.default_rng(seed).normal(0.0, 1e3, 2**count)]
        found = shapley(values)
        assert found == over_orders(values, count)
        assert sum(found) == Fraction(values[-1]) - Fraction(values[0])


def test_what_changes_nothing_is_worth_nothing_and_what_adds_alone_keeps_it() -> None:
    adds = [3.0, 0.0, -1.5]
    values = [7.0 + sum(adds[i] for i in range(3) if inside >> i & 1) for inside in range(8)]
    assert shapley(values) == adds


def test_two_that_need_each_other_share_what_they_bring() -> None:
    assert shapley([0.0, 0.0, 0.0, 1.0]) == [Fraction(1, 2), Fraction(1, 2)]


def test_worlds_must_be_complete() -> None:
    with pytest.raises(ValueError, match="3 worlds"):
        shapley([1.0, 2.0, 3.0])

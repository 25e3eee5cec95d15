"""Ranks within groups and categories equal their plain-Python references."""

from __future__ import annotations

import numpy as np
import pytest

from techsim.population.kernels import count_reached, rank_within


@pytest.mark.parametrize("size", [0, 1, 500])
def test_people_are_ranked_in_their_order_as_by_hand(size: int) -> None:
    rng = np.random.default_rng(size)
    order, group = rng.permutation(size), rng.integers(0, 4, size)
    sizes, rank = np.zeros(5, dtype=np.int64), np.full(size, -1)
    rank_within(order, group, sizes, rank)
    groups = group.tolist()
    before = {i: [groups[j] for j in order.tolist()[:place]] for place, i in enumerate(order.tolist())}
    assert rank.tolist() == [before[i].count(g) for i, g in enumerate(groups)]
    assert sizes.tolist() == [groups.count(g) for g in range(5)]


@pytest.mark.parametrize(("size", "steps"), [(0, 3), (400, 0), (400, 1), (400, 6)])
def test_limits_reached_are_counted_as_by_hand(size: int, steps: int) -> None:
    rng = np.random.default_rng(size + steps)
    value, group = rng.integers(0, 5, size) / 4.0, rng.integers(0, 3, size)
    limits, reached = rng.integers(0, 5, (3, steps)) / 4.0, np.full(size, -1)
    count_reached(value, group, limits, reached)
    people = zip(value.tolist(), group.tolist(), strict=True)
    assert reached.tolist() == [sum(v >= limit for limit in limits[g].tolist()) for v, g in people]

"""Kernels of roundings: ranks within groups, and the categories to which they lead."""

from __future__ import annotations

import numpy as np

from techsim.population.compiled import kernel


@kernel
def rank_within(order, group, sizes, rank):
    """Count people within their groups, in an order.

    Parameters
    ----------
    order : int64 (n,), everybody once
    group : int64 (n,), position in ``sizes``
    sizes : int64 (groups,), zeros; filled with the people of each group
    rank : int64 (n,), filled
    """
    for i in order:
        rank[i] = sizes[group[i]]
        sizes[group[i]] += 1


@kernel
def count_reached(value, group, limits, reached):
    """Count the limits of their group that people reach.

    Parameters
    ----------
    value : float64 (n,)
    group : int64 (n,), row of ``limits``
    limits : float64 (groups, k)
    reached : int64 (n,), filled
    """
    for i in range(value.size):
        count = np.int64(0)
        for k in range(limits.shape[1]):
            count += value[i] >= limits[group[i], k]
        reached[i] = count

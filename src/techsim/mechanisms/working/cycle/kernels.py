"""W3, the stochastic cycle, on arrays."""

from __future__ import annotations

import math

import numpy as np

from techsim.population.compiled import kernel
from techsim.population.randomness import Purpose, normal

_P_CYCLE = int(Purpose.CYCLE)


@kernel
def root_of(damping_months):
    """r = exp(-1 / tau), within (0, 1) for any number of months above zero."""
    return math.exp(-1.0 / damping_months)


@kernel
def shock_size(root, deviation):
    """sigma, the standard deviation of a month's shock that makes D that of the process in the long run."""
    square = root * root
    return deviation * math.sqrt((1.0 - square) ** 3 / (1.0 + square))


@kernel
def next_deviation(last, before, root, shock):
    """d_t = 2 r d_(t-1) - r^2 d_(t-2) + shock."""
    return 2.0 * root * last - root * root * before + shock


@kernel
def strayed(path, first, start, seed, damping_months, deviation, low, high):
    """The path with a stochastic deviation from ``start`` on.

    Parameters
    ----------
    path : float64 (months,) [share of potential output]
    first : int
        Month index of its first value.
    start : int
        Month index of the first shock; the process is at rest before it. It may lie before ``first``: a part of the
        path then strays as it does in the whole.
    seed : int [0, 2**32)
        The draw's seed. The shock of a month is its normal draw with person 0, the month, k 0.
    damping_months : float > 0 [months]
    deviation : float [share of potential output]
    low, high : float [share of potential output]
        Bounds of the gap from ``start`` on; the deviation itself goes on beyond them.

    Returns
    -------
    float64 (months,) [share of potential output]
        A new array; before ``start`` the path, bit for bit.
    """
    gap = path.copy()
    root = root_of(damping_months)
    size = shock_size(root, deviation)
    last = 0.0
    before = 0.0
    for month in range(start, first + path.size):
        now = next_deviation(last, before, root, size * normal(seed, _P_CYCLE, np.uint64(0), month, 0))
        if month >= first:
            gap[month - first] = min(max(path[month - first] + now, low), high)
        before = last
        last = now
    return gap

"""Working on arrays: people counted by the cell of their job and by where they live; what an employer does in a cell.

The rules of a cell are ufuncs: they take arrays of any shape, and an agent's few cells in a quarter of numpy's time.
"""

from __future__ import annotations

import math

import numba
import numpy as np

from techsim.population.states import Labour

_EMPLOYED, _UNEMPLOYED = int(Labour.EMPLOYED), int(Labour.UNEMPLOYED)
_THREE, _FOUR = "int64(float64, float64, float64)", "int64(float64, float64, float64, float64)"
"""One signature each: whole numbers are cast, and nothing is compiled at the first call."""


@numba.njit(cache=True, nogil=True)
def count_jobs(labour, employer, occupation, job_level, job_region, staff):
    """Count the employed by cell.

    Parameters
    ----------
    labour, employer, occupation, job_level, job_region : int8 (n,)
    staff : int64 (E, G, L, R), added to

    Returns
    -------
    int
        How many of them have no cell, as part of it is unset.
    """
    kinds, groups, levels, regions = staff.shape
    lost = 0
    for i in range(labour.size):
        if labour[i] != _EMPLOYED:
            continue
        e, g, lv, r = employer[i], occupation[i], job_level[i], job_region[i]
        if 0 <= e < kinds and 0 <= g < groups and 0 <= lv < levels and 0 <= r < regions:
            staff[e, g, lv, r] += 1
        else:
            lost += 1
    return lost


@numba.njit(cache=True, nogil=True)
def count_active(labour, region, force):
    """Count the labour force, employed and unemployed, by region of residence.

    Parameters
    ----------
    labour, region : int8 (n,)
    force : int64 (R,), added to
    """
    for i in range(labour.size):
        if labour[i] in (_EMPLOYED, _UNEMPLOYED):
            force[region[i]] += 1


@numba.vectorize([_THREE], cache=True)
def vacancies_wanted(desired, staff, rounding):
    """V* = floor(max(D - N, 0) + r), zero where nobody is wanted (W1); int64."""
    if desired <= 0.0:
        return 0
    return np.int64(math.floor(max(desired - staff, 0.0) + rounding))


@numba.vectorize([_FOUR], cache=True)
def step_towards(target, now, speed, dither):
    """min(floor(k max(T - X, 0) + r), T - X): whole steps up from X to T in a month, never beyond (W1); int64."""
    missing = max(target - now, 0.0)
    return np.int64(min(math.floor(speed * missing + dither), missing))


@numba.vectorize([_FOUR], cache=True)
def dismissed(kept, hours, speed, dither):
    """floor(k max(N - K, 0) + r), N staff in full hours worked, never more than there are (W3); int64."""
    excess = hours - kept
    if excess <= 0.0:
        return 0
    return min(np.int64(math.floor(speed * excess + dither)), np.int64(math.ceil(hours)))


@numba.vectorize([_THREE], cache=True)
def shed(share, staff, dither):
    """min(floor(a N + r), N): staff shed at a share a of it, zero where the share is (W3); int64."""
    if share * staff <= 0.0:
        return 0
    return np.int64(min(math.floor(share * staff + dither), staff))

"""Working on arrays: people counted by the cell of their job, and by where they live."""

from __future__ import annotations

import numba

from techsim.population.states import Labour

_EMPLOYED, _UNEMPLOYED = int(Labour.EMPLOYED), int(Labour.UNEMPLOYED)


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

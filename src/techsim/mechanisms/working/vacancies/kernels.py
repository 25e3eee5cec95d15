"""Vacancies on arrays: they grow older, and the oldest go first."""

from __future__ import annotations

import numba
import numpy as np


@numba.njit(cache=True, nogil=True)
def let_age(ages, opened, filled, withdrawn, regions, older, open_by_age, filled_by_age):
    """One month of every cell: A_0 = opened, A_a = A_(a-1) of last month; the filled leave, then the withdrawn.

    Parameters
    ----------
    ages : int64 (AGES, E x G x L x R)
        At the end of last month; the last class is open-ended.
    opened, filled, withdrawn : int64 (E x G x L x R,)
    regions : int, R
    older : int64 (AGES, E x G x L x R), written
        Open at the end of the month.
    open_by_age : int64 (AGES, G, L), filled_by_age : int64 (AGES, G), added to
    """
    last = ages.shape[0] - 1
    oldest = np.zeros(opened.size, dtype=np.int64)
    older[0, :] = opened
    for a in range(1, last + 1):
        for c in range(opened.size):
            older[a, c] = ages[a - 1, c] + (ages[last, c] if a == last else 0)
            oldest[c] = a if older[a, c] > 0 else oldest[c]
    _, groups, levels = open_by_age.shape
    for c in range(opened.size):
        a, left = oldest[c], filled[c]
        while left > 0 and a >= 0:
            gone = min(left, older[a, c])
            filled_by_age[a, (c // (regions * levels)) % groups] += gone
            older[a, c] -= gone
            left -= gone
            a -= 1
        a, left = oldest[c], withdrawn[c]
        while left > 0 and a >= 0:
            gone = min(left, older[a, c])
            older[a, c] -= gone
            left -= gone
            a -= 1
    # Over types of employer first, row by row as they are stored, then over regions.
    places = groups * levels * regions
    of_age = np.empty(places, dtype=np.int64)
    for a in range(last + 1):
        of_age[:] = 0
        for start in range(0, opened.size, places):
            of_age += older[a, start : start + places]
        for place in range(groups * levels):
            for r in range(regions):
                open_by_age[a, place // levels, place % levels] += of_age[place * regions + r]

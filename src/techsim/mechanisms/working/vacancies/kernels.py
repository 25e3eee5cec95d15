"""Vacancies on arrays: they grow older, and the oldest go first."""

from __future__ import annotations

import numba


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
    older[0, :] = opened
    for a in range(1, last):
        older[a, :] = ages[a - 1, :]
    older[last, :] = ages[last - 1, :] + ages[last, :]
    _, groups, levels = open_by_age.shape
    for c in range(opened.size):
        lv, g = (c // regions) % levels, (c // (regions * levels)) % groups
        left = filled[c]
        a = last
        while left > 0 and a >= 0:
            gone = min(left, older[a, c])
            filled_by_age[a, g] += gone
            older[a, c] -= gone
            left -= gone
            a -= 1
        left = withdrawn[c]
        a = last
        while left > 0 and a >= 0:
            gone = min(left, older[a, c])
            older[a, c] -= gone
            left -= gone
            a -= 1
        for a in range(last + 1):
            open_by_age[a, g, lv] += older[a, c]

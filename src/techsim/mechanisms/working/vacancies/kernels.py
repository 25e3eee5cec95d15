"""Vacancies on arrays: they grow older, and the oldest go first."""

from __future__ import annotations

import numba


@numba.njit(cache=True, nogil=True)
def let_age(ages, opened, filled, withdrawn, older, filled_by_age):
    """One month of every cell: A_0 = opened, A_a = A_(a-1) of last month; the filled leave, then the withdrawn.

    Parameters
    ----------
    ages : int64 (AGES, cells)
        At the end of last month; the last class is open-ended.
    opened, filled, withdrawn : int64 (cells,)
    older : int64 (AGES, cells), written
        Open at the end of the month.
    filled_by_age : int64 (AGES, cells), written where some were filled; zero before
    """
    last = ages.shape[0] - 1
    older[0, :] = opened
    for a in range(1, last):
        older[a, :] = ages[a - 1, :]
    older[last, :] = ages[last - 1, :] + ages[last, :]
    for c in range(opened.size):
        left = filled[c]
        a = last
        while left > 0 and a >= 0:
            gone = min(left, older[a, c])
            filled_by_age[a, c] = gone
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

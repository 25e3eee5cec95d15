"""Who was born in a month of the year: much is asked of people once a year, in the month of their birth."""

from __future__ import annotations

import numba
import numpy as np

from techsim.population.clock import MONTHS
from techsim.population.storing import OFFSET

_OFFSET, _MONTHS = np.uint16(OFFSET), np.uint16(MONTHS)


@numba.njit(cache=True, nogil=True)
def mark_born(birth_month, turn, marks):  # type: ignore[no-untyped-def]
    """Who was born in month ``turn``, 0..11, of a year; birth_month : int16 (n,), marks : bool (n,), written."""
    month = np.uint16(turn)
    for i in range(birth_month.size):
        birth = np.uint16(np.uint16(birth_month[i]) + _OFFSET)
        # Unsigned division by a constant is of the vector unit, the remainder is not.
        marks[i] = np.uint16(birth - np.uint16(birth // _MONTHS * _MONTHS)) == month

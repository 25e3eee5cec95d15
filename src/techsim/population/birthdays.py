"""Who was born in a month of the year: much is asked of people once a year, in the month of their birth."""

from __future__ import annotations

import numpy as np

from techsim.population.clock import MONTHS
from techsim.population.compiled import kernel
from techsim.population.draws import BLOCK, list_few
from techsim.population.storing import OFFSET

_OFFSET, _MONTHS = np.uint16(OFFSET), np.uint16(MONTHS)


# Kernels are compiled for whatever they are handed, which no annotation would say: hence "no-untyped-def".
@kernel
def find_born(birth_month, turn, rows):  # type: ignore[no-untyped-def]
    """Rows of who was born in month ``turn``, 0..11, of a year, ascending; returns how many.

    birth_month : int16 (n,); rows : int64 (n,), written. People are stored by age: most blocks of 64 hold none of them.
    """
    month, found = np.uint16(turn), 0
    marks, places = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64)
    for first in range(0, birth_month.size, BLOCK):
        births = birth_month[first : first + BLOCK]
        for k in range(births.size):
            birth = np.uint16(np.uint16(births[k]) + _OFFSET)
            # Unsigned division by a constant is of the vector unit, the remainder is not.
            marks[k] = np.uint16(birth - np.uint16(birth // _MONTHS * _MONTHS)) == month
        for k in places[: list_few(marks, births.size, places)]:
            rows[found] = first + k
            found += 1
    return found

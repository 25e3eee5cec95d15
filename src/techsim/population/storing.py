"""Where people are stored: kernels that put the arrays of :class:`~techsim.population.people.People` in order."""

from __future__ import annotations

import numba
import numpy as np

from techsim.population.clock import MONTHS

OFFSET = MONTHS << 10
"""Months, whole years of them, that make any month of birth positive if added."""
_KEYS = 1 << 16


# Kernels are compiled for whatever they are handed, which no annotation would say: hence "no-untyped-def".
@numba.njit(cache=True, nogil=True)
def order_by_age(ids, birth_month, order):  # type: ignore[no-untyped-def]
    """Rows in which people stand by age, those with even ids first, then those with odd ones; stable, by counting.

    Parameters
    ----------
    ids : uint64 (n,); birth_month : int16 (n,)
    order : uint32 (n,), written
    """
    keys, until = np.empty(ids.size, dtype=np.uint16), np.zeros(_KEYS + 1, dtype=np.uint32)
    for i in range(ids.size):
        parity = np.uint16(ids[i] & np.uint64(1)) << np.uint16(15)
        keys[i] = np.uint16(parity | np.uint16(birth_month[i] + OFFSET))
        until[np.uint32(keys[i]) + np.uint32(1)] += np.uint32(1)
    for key in range(_KEYS):
        until[key + 1] += until[key]
    for i in range(ids.size):
        order[until[keys[i]]] = i
        until[keys[i]] += np.uint32(1)


@numba.njit(cache=True, nogil=True)
def rearrange(block, order, spare):  # type: ignore[no-untyped-def]
    """Store the first n of each array of ``block`` (arrays, at least n) in ``order`` uint32 (n,).

    spare : (at least n,), of the same type, overwritten
    """
    for row in range(block.shape[0]):
        array = block[row]
        for i in range(order.size):
            spare[i] = array[order[i]]
        for i in range(order.size):
            array[i] = spare[i]


@numba.njit(cache=True, nogil=True)
def fill_gaps(block, gaps, movers, left, unset):  # type: ignore[no-untyped-def]
    """Store in each array of ``block`` (arrays, capacity) those at ``movers`` int64 (k,) at ``gaps`` int64 (k,), and
    leave the slots ``left``, a slice, as ``unset`` (arrays,)."""
    for row in range(block.shape[0]):
        array = block[row]
        for k in range(gaps.size):
            array[gaps[k]] = array[movers[k]]
        array[left] = unset[row]

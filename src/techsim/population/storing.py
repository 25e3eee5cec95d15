"""Where people are stored: kernels that put the arrays of :class:`~techsim.population.people.People` in order."""

from __future__ import annotations

import numpy as np

from techsim.population.clock import MONTHS
from techsim.population.compiled import kernel

OFFSET = MONTHS << 10
"""Months, whole years of them, that make any month of birth positive if added."""
_KEYS = 1 << 16


# Kernels are compiled for whatever they are handed, which no annotation would say: hence "no-untyped-def".
@kernel
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


@kernel
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


@kernel
def _fill_gaps(block, gaps, movers, left, size, unset):  # type: ignore[no-untyped-def]
    for row in range(block.shape[0]):
        array = block[row]
        for k in range(gaps.size):
            array[gaps[k]] = array[movers[k]]
        array[left:size] = unset[row]


@kernel
def close_gaps(blocks, unset, size, gone):  # type: ignore[no-untyped-def]
    """Store the last of those who stay where somebody is gone, in each of four blocks; how many slots that fills.

    Parameters
    ----------
    blocks : tuple of four arrays (arrays, capacity); changed, the slots beyond those who stay left as ``unset``
    unset : tuple of four arrays (arrays,), of the types of the blocks
    size : int, people before; gone : int64 (k,), rows of who is gone, ascending
    """
    left = size - gone.size
    inside = np.searchsorted(gone, left)
    movers, found, g = np.empty(inside, dtype=np.int64), 0, inside
    for row in range(left, size):
        if g < gone.size and gone[g] == row:
            g += 1
        else:
            movers[found] = row
            found += 1
    gaps = gone[:inside]
    _fill_gaps(blocks[0], gaps, movers, left, size, unset[0])
    _fill_gaps(blocks[1], gaps, movers, left, size, unset[1])
    _fill_gaps(blocks[2], gaps, movers, left, size, unset[2])
    _fill_gaps(blocks[3], gaps, movers, left, size, unset[3])
    return inside

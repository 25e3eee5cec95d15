"""Lists of few people by id: where they are stored now, and who stands on one."""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.uint64]
_GOLDEN, _SHIFT, _MARKS = np.uint64(0x9E3779B97F4A7C15), np.uint64(48), 65536


@numba.njit(cache=True, nogil=True)
def _mark(pid):  # type: ignore[no-untyped-def]
    """Place of an id in a table of _MARKS, by Fibonacci hashing; int."""
    return np.int64((pid * _GOLDEN) >> _SHIFT)


@numba.njit(cache=True, nogil=True)
def find_rows(ids, missing, rows):  # type: ignore[no-untyped-def]
    """Rows of the people ``missing`` uint64 (k,), ascending, among ``ids`` uint64 (n,); rows : int64 (k,), written, -1
    where nobody is found."""
    rows[:] = -1
    if missing.size == 0:
        return
    # A coarse mark by hash spares nearly everybody the search.
    marked = np.zeros(_MARKS, dtype=np.bool_)
    for k in range(missing.size):
        marked[_mark(missing[k])] = True
    for i in range(ids.size):
        if marked[_mark(ids[i])]:
            at = np.searchsorted(missing, ids[i])
            if at < missing.size and missing[at] == ids[i]:
                rows[at] = i


@numba.njit(cache=True, nogil=True)
def find_places(ids, roster, places):  # type: ignore[no-untyped-def]
    """Where each of ``ids`` uint64 (n,) stands on ``roster`` uint64 (m,), ascending; places : int64 (n,), written, -1
    for who is not on it."""
    places[:] = -1
    if roster.size == 0:
        return
    marked = np.zeros(_MARKS, dtype=np.bool_)
    for k in range(roster.size):
        marked[_mark(roster[k])] = True
    for i in range(ids.size):
        if marked[_mark(ids[i])]:
            at = np.searchsorted(roster, ids[i])
            if at < roster.size and roster[at] == ids[i]:
                places[i] = at


def stands_on(ids: Ids, roster: Ids) -> npt.NDArray[np.bool_]:
    """Who of ``ids`` (n,) stands on ``roster`` (m,), ascending; many times as fast as ``np.isin`` for a few."""
    places = np.empty(ids.size, dtype=np.int64)
    find_places(ids, roster, places)
    return np.asarray(places >= 0)

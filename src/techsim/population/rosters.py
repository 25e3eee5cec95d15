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
def _marks_of(few):  # type: ignore[no-untyped-def]
    """The marks of ``few`` uint64 (k,), bool (_MARKS,): they spare nearly everybody else the search."""
    marked = np.zeros(_MARKS, dtype=np.bool_)
    for pid in few:
        marked[_mark(pid)] = True
    return marked


@numba.njit(cache=True, nogil=True)
def _place(pid, few, marked):  # type: ignore[no-untyped-def]
    """Where ``pid`` stands among ``few`` uint64 (k,), ascending, of which ``marked`` are the marks; int, -1 nowhere."""
    if not marked[_mark(pid)]:
        return -1
    at = np.searchsorted(few, pid)
    return at if at < few.size and few[at] == pid else -1


@numba.njit(cache=True, nogil=True)
def find_rows(ids, missing, rows):  # type: ignore[no-untyped-def]
    """Rows of the people ``missing`` uint64 (k,), ascending, among ``ids`` uint64 (n,); rows : int64 (k,), written, -1
    where nobody is found."""
    rows[:] = -1
    if missing.size == 0:
        return
    marked = _marks_of(missing)
    for i in range(ids.size):
        at = _place(ids[i], missing, marked)
        if at >= 0:
            rows[at] = i


@numba.njit(cache=True, nogil=True)
def find_places(ids, roster, places):  # type: ignore[no-untyped-def]
    """Where each of ``ids`` uint64 (n,) stands on ``roster`` uint64 (m,), ascending; places : int64 (n,), written, -1
    for who is not on it."""
    places[:] = -1
    if roster.size == 0:
        return
    marked = _marks_of(roster)
    for i in range(ids.size):
        places[i] = _place(ids[i], roster, marked)


def stands_on(ids: Ids, roster: Ids) -> npt.NDArray[np.bool_]:
    """Who of ``ids`` (n,) stands on ``roster`` (m,), ascending; many times as fast as ``np.isin`` for a few."""
    places = np.empty(ids.size, dtype=np.int64)
    find_places(ids, roster, places)
    return np.asarray(places >= 0)

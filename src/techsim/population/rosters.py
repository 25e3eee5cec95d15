"""Lists of few people by id: where they are stored now, and who stands on one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from techsim.population.compiled import kernel
from techsim.population.people import People

Ids = npt.NDArray[np.uint64]
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_LEAST, _MOST, _APART = 12, 17, 64
"""Bits of a place in a table of marks, and marks there are to one on it: for few people it fits the first cache."""
UNSEEN = -1
"""``moves`` of a roster whose rows are not known."""


class Listed(Protocol):
    """People by id, ascending, and where they were last stored, (m,), when the people had been moved ``seen`` times."""

    ids: Ids
    rows: npt.NDArray[np.int64]
    seen: int


# Kernels are compiled for whatever they are handed, which no annotation would say: hence "no-untyped-def".
@kernel
def _marks_of(few):  # type: ignore[no-untyped-def]
    """Marks of ``few`` uint64 (k,) by Fibonacci hashing, bool (2^b,), and 64 - b, by which a hash is shifted.

    They spare nearly everybody else the search.
    """
    bits = _LEAST
    while bits < _MOST and (few.size * _APART) >> bits:
        bits += 1
    marked, shift = np.zeros(1 << bits, dtype=np.bool_), np.uint64(64 - bits)
    for pid in few:
        marked[(pid * _GOLDEN) >> shift] = True
    return marked, shift


@kernel
def _place(pid, few):  # type: ignore[no-untyped-def]
    """Where ``pid`` stands among ``few`` uint64 (k,), ascending; int, -1 nowhere."""
    low, high = np.uint64(0), np.uint64(few.size)
    while low < high:
        middle = (low + high) >> np.uint64(1)
        if few[middle] < pid:
            low = middle + np.uint64(1)
        else:
            high = middle
    return np.int64(low) if low < np.uint64(few.size) and few[low] == pid else -1


@kernel
def find_rows(ids, missing, rows):  # type: ignore[no-untyped-def]
    """Rows of the people ``missing`` uint64 (k,), ascending, among ``ids`` uint64 (n,); rows : int64 (k,), written, -1
    where nobody is found."""
    rows[:] = -1
    if missing.size == 0:
        return
    marked, shift = _marks_of(missing)
    for i in range(ids.size):
        if marked[(ids[i] * _GOLDEN) >> shift]:
            at = _place(ids[i], missing)
            if at >= 0:
                rows[at] = i


@kernel
def find_places(ids, roster, places):  # type: ignore[no-untyped-def]
    """Where each of ``ids`` uint64 (n,) stands on ``roster`` uint64 (m,), ascending; places : int64 (n,), written, -1
    for who is not on it."""
    places[:] = -1
    if roster.size == 0:
        return
    marked, shift = _marks_of(roster)
    for i in range(ids.size):
        if marked[(ids[i] * _GOLDEN) >> shift]:
            places[i] = _place(ids[i], roster)


@kernel
def find_again(ids, roster, rows, among, everybody):  # type: ignore[no-untyped-def]
    """Rows of the people of a roster, who are where they were, or else in one of some rows, or in any.

    Parameters
    ----------
    ids : uint64 (n,); roster : uint64 (m,), ascending
    rows : int64 (m,), where they were, written, -1 where nobody is found
    among : int64 (k,), rows to look in; not read where ``everybody``, a bool, is true
    """
    moved, count = np.empty(roster.size, dtype=np.int64), 0
    for place in range(roster.size):
        row = rows[place]
        if not (0 <= row < ids.size and ids[row] == roster[place]):
            moved[count] = place
            count += 1
    if count == 0:
        return
    missing, found = roster[moved[:count]], np.empty(count, dtype=np.int64)
    find_rows(ids if everybody else ids[among], missing, found)
    for k in range(count):
        rows[moved[k]] = found[k] if everybody or found[k] < 0 else among[found[k]]


def locate(roster: Listed, people: People) -> None:
    """Find where the people of a roster are stored now; row -1 for those who have died or moved abroad.

    Most are where they were; the others are looked for among those who have been stored elsewhere since.
    """
    among = people.moved_since(roster.seen)
    roster.seen = people.moves
    find_again(people.id, roster.ids, roster.rows, roster.rows if among is None else among, among is None)


@dataclass
class Followed:
    """Few people, by id, whose rows are asked for again and again; arrays as of :class:`Listed`."""

    ids: Ids = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))
    rows: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    seen: int = UNSEEN

    def add(self, ids: Ids, rows: npt.NDArray[np.int64]) -> None:
        """Follow more people too, ``ids`` (k,), who are stored in ``rows`` (k,) now; some may be followed already."""
        new = self.ids.searchsorted(ids, side="right") == self.ids.searchsorted(ids)
        if not new.all():
            ids, rows = ids[new], rows[new]
        every = np.concatenate((self.ids, ids))
        order = every.argsort(kind="stable")  # quick where most are in order
        self.ids, self.rows = every[order], np.concatenate((self.rows, rows))[order]

    def only(self, ids: Ids, people: People) -> None:
        """Follow ``ids`` (k,), ascending, from now on and nobody else; and find where they are stored."""
        places = np.empty(ids.size, dtype=np.int64)
        find_places(ids, self.ids, places)
        if (places < 0).any():
            self.seen = UNSEEN
        self.rows = np.where(places < 0, -1, np.append(self.rows, -1)[places])
        self.ids = ids
        locate(self, people)

    def rows_of(self, ids: Ids) -> npt.NDArray[np.int64]:
        """Where ``ids`` (k,), all of whom are followed, were stored when last looked for, -1 for none; (k,)."""
        return np.asarray(self.rows[self.ids.searchsorted(ids)])


def stands_on(ids: Ids, roster: Ids) -> npt.NDArray[np.bool_]:
    """Who of ``ids`` (n,) stands on ``roster`` (m,), ascending; many times as fast as ``np.isin`` for a few."""
    places = np.empty(ids.size, dtype=np.int64)
    find_places(ids, roster, places)
    return np.asarray(places >= 0)

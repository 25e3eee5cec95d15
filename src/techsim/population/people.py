"""The people: a struct of arrays with compact types, changed only by kernels and by this class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from techsim.population.birthdays import find_born
from techsim.population.clock import MONTHS
from techsim.population.states import NEVER, NONE, Diploma, Labour, Stage
from techsim.population.storing import close_gaps, order_by_age, rearrange

COHORT_BASE, NO_COHORT = 2000, -128
"""School year from which cohorts are counted, so that one fits a byte; the value of who has none."""
FIELDS: dict[str, tuple[type[np.generic], float]] = {
    # name: (dtype, value of a newborn's or an unset slot)
    "id": (np.uint64, 0),
    "birth_month": (np.int16, 0),
    "sex": (np.int8, 0),
    "background": (np.int8, 0),
    "region": (np.int8, 0),
    "stage": (np.int8, int(Stage.CHILD)),
    "track": (np.int8, NONE),
    "grade": (np.int8, 0),
    "programme": (np.int8, NONE),
    "enrolled": (np.int16, NEVER),
    "profile": (np.int8, 0),
    "flags": (np.uint8, 0),
    "ability": (np.float32, 0.0),
    "affinity": (np.float32, 0.0),
    "diploma": (np.int8, int(Diploma.NONE)),
    "level": (np.int8, 0),
    "field": (np.int8, NONE),
    "left_education": (np.int16, NEVER),
    "labour": (np.int8, int(Labour.OUTSIDE)),
    "occupation": (np.int8, NONE),
    "job_level": (np.int8, NONE),
    "job_region": (np.int8, NONE),
    "employer": (np.int8, NONE),
    "since": (np.int16, NEVER),
    "short_time": (np.int16, NEVER),
    "currency": (np.uint16, 0),
    "transferable": (np.uint8, 0),
    "cohort": (np.int8, NO_COHORT),
    "node": (np.int8, 0),
}
"""Array name: dtype and the value of an unset slot.

id : origin, cohort and rank (see :func:`person_id`). birth_month, enrolled, left_education, since : month
index. region : region of residence. track : vo track, kept for life. grade : year of the stage,
from 1. programme : row of the programme table while in mbo, hbo or wo. ability, affinity : latent, standard
deviations. diploma : highest. level : labour-market level of the highest diploma (index of ``level``). field : field of
the highest diploma (index of
``field``; general is the last). occupation, job_level, job_region, employer : of the current job, or of the last one
while without. since : start of the current job or labour state. short_time : month in which the present or last spell
of short-time work began. currency : technical skill currency, in :data:`CURRENCY_UNIT` of the frontier. ``flags`` holds
whether the job is temporary, and whether its hours are cut by short-time work now.
transferable : transferable skill, in 255ths. cohort : school year in which vo was entered, less ``COHORT_BASE``. node
: last node of the cohort flow diagram.
"""

_WIDTHS: dict[int, tuple[str, ...]] = {
    width: tuple(name for name, (dtype, _) in FIELDS.items() if np.dtype(dtype).itemsize == width)
    for width in sorted({np.dtype(dtype).itemsize for dtype, _ in FIELDS.values()})
}
"""Names of the arrays whose values take so many bytes: they stand in one block, so that people are moved in all."""
_UNSET = {
    width: np.array([np.array(FIELDS[name][1], dtype=FIELDS[name][0]).view(f"u{width}") for name in names])
    for width, names in _WIDTHS.items()
}
"""Values of unset slots by width, the bytes of each as an unsigned number."""
_ALL_UNSET = tuple(_UNSET.values())
_NOBODY = np.zeros(0, dtype=np.int64)
JOB = ("labour", "employer", "occupation", "job_level", "job_region")
"""Arrays that say who works, and where."""
_GROWTH = 1.25
ORIGIN_BITS, _COHORT_BITS, _CELL_BITS = 62, 46, 32
"""Bits of an id below the origin, the cohort and the cell."""
CURRENCY_UNIT = 1.0 / 65535.0
"""Skill currency of one unit of ``People.currency``: the whole range of uint16 is the frontier."""


def person_id(
    origin: int | npt.NDArray[np.int64],
    cohort: int | npt.NDArray[np.int64],
    cell: int | npt.NDArray[np.int64],
    rank: npt.NDArray[np.int64],
) -> npt.NDArray[np.uint64]:
    """Ids that do not depend on allocation order.

    Parameters
    ----------
    origin : int
        :class:`~techsim.population.states.Origin`, below 4.
    cohort : int
        Month index of birth (start population and births) or of arrival; below 2**16.
    cell : int
        Sex x background x region x ... cell in which the person was made; below 2**14.
    rank : int array (n,)
        Number within (origin, cohort, cell); below 2**32.

    Returns
    -------
    uint64 array (n,)
    """
    parts = ((origin, ORIGIN_BITS), (cohort, _COHORT_BITS), (cell, _CELL_BITS), (rank, 0))
    origins, cohorts, cells, ranks = (np.asarray(part, dtype=np.uint64) << np.uint64(bits) for part, bits in parts)
    return np.asarray(origins | cohorts | cells | ranks, dtype=np.uint64)


def first_id(origin: int, cohort: int, cell: int) -> np.uint64:
    """Id of the first person of a cell: :func:`person_id` of rank 0."""
    return np.uint64((origin << ORIGIN_BITS) | (cohort << _COHORT_BITS) | (cell << _CELL_BITS))


class People:
    """Arrays of length ``size``, views on storage that grows; one entry per living resident.

    Attribute access gives the live view: ``people.sex`` is an int8 array (size,). Views go stale when people are
    added or removed: fetch them anew in each process. ``moves`` is how often people were stored elsewhere so far.
    """

    id: npt.NDArray[np.uint64]
    birth_month: npt.NDArray[np.int16]
    sex: npt.NDArray[np.int8]
    background: npt.NDArray[np.int8]
    region: npt.NDArray[np.int8]
    stage: npt.NDArray[np.int8]
    track: npt.NDArray[np.int8]
    grade: npt.NDArray[np.int8]
    programme: npt.NDArray[np.int8]
    enrolled: npt.NDArray[np.int16]
    profile: npt.NDArray[np.int8]
    flags: npt.NDArray[np.uint8]
    ability: npt.NDArray[np.float32]
    affinity: npt.NDArray[np.float32]
    diploma: npt.NDArray[np.int8]
    level: npt.NDArray[np.int8]
    field: npt.NDArray[np.int8]
    left_education: npt.NDArray[np.int16]
    labour: npt.NDArray[np.int8]
    occupation: npt.NDArray[np.int8]
    job_level: npt.NDArray[np.int8]
    job_region: npt.NDArray[np.int8]
    employer: npt.NDArray[np.int8]
    since: npt.NDArray[np.int16]
    short_time: npt.NDArray[np.int16]
    currency: npt.NDArray[np.uint16]
    transferable: npt.NDArray[np.uint8]
    cohort: npt.NDArray[np.int8]
    node: npt.NDArray[np.int8]

    def __init__(self, capacity: int = 1024) -> None:
        self._size = 0
        self.moves = 0
        self._gaps: npt.NDArray[np.int64] | None = None
        self._kept = 0
        self._left: dict[str, npt.NDArray[np.generic]] | None = None
        self._born = ((-1, 0, 0), np.zeros(0, dtype=np.int64))
        self._hold({width: np.repeat(unset[:, None], capacity, axis=1) for width, unset in _UNSET.items()})

    def __deepcopy__(self, memo: dict[int, object]) -> People:
        """A copy that shares nothing; its attributes are views on its own storage."""
        other = People.__new__(People)
        other._size = self._size
        other.moves, other._gaps, other._kept, other._born = self.moves, self._gaps, self._kept, self._born
        other._left = self._left
        other._hold({width: block.copy() for width, block in self._blocks.items()})
        return other

    @property
    def size(self) -> int:
        """Number of people."""
        return self._size

    @property
    def bytes_per_person(self) -> int:
        """Bytes that one person takes in the arrays."""
        return sum(np.dtype(dtype).itemsize for dtype, _ in FIELDS.values())

    def _hold(self, blocks: dict[int, npt.NDArray[np.unsignedinteger]]) -> None:
        """Store people in ``blocks`` by width, (arrays, capacity) each."""
        self._blocks = blocks
        self._store: dict[str, npt.NDArray[np.generic]] = {
            name: blocks[width][row].view(FIELDS[name][0])
            for width, names in _WIDTHS.items()
            for row, name in enumerate(names)
        }
        self._refresh()

    def _refresh(self) -> None:
        everyone = slice(self._size)
        self.__dict__.update({name: array[everyone] for name, array in self._store.items()})

    def add(self, *groups: dict[str, npt.ArrayLike]) -> None:
        """Append people, a group after the other.

        Parameters
        ----------
        groups : dict of arrays (n,)
            Values by array name; ``id`` is required, the rest falls back to the unset value.

        Raises
        ------
        ValueError
            If a name is unknown or ``id`` is missing.
        """
        self.replace(_NOBODY, *groups)

    def _grow(self, least: int) -> None:
        held = len(self._store["id"])
        more = max(least, int(held * _GROWTH)) - held
        added = {width: np.repeat(unset[:, None], more, axis=1) for width, unset in _UNSET.items()}
        self._hold({width: np.concatenate([block, added[width]], axis=1) for width, block in self._blocks.items()})

    def arrange(self) -> None:
        """Store people by age, in two runs of like work: those with even ids, then those with odd ones.

        Kernels ask most things of people of some ages only: where neighbours are of one age, the processor guesses
        right what comes next. No result depends on where a person is stored.
        """
        order = np.empty(self._size, dtype=np.uint32)
        order_by_age(self.id, self.birth_month, order)
        spare = np.empty(self._size, dtype=np.uint64)
        for block in self._blocks.values():
            rearrange(block, order, spare.view(block.dtype))
        self.moves, self._gaps, self._left = self.moves + 1, None, None

    def moved_since(self, moves: int) -> npt.NDArray[np.int64] | None:
        """Rows in which others are stored than when there had been so many ``moves``, int64 (m,), people added at the
        end left out; None where it may be all of them.

        It is known of the latest removal only: who keeps rows from month to month needs no more.
        """
        if moves == self.moves:
            return np.zeros(0, dtype=np.int64)
        return self._gaps if moves == self.moves - 1 else None

    def others_since(self, moves: int, size: int) -> npt.NDArray[np.int64] | None:
        """Rows in which others are stored than when there had been so many ``moves`` and there were ``size`` people,
        int64 (m,), those of people added since among them; None where it may be all of them.

        For who keeps something of everybody, row by row.
        """
        gaps = self.moved_since(moves)
        if gaps is None:
            return None
        kept = size if moves == self.moves else min(size, self._kept)
        return np.concatenate((gaps, np.arange(kept, self._size)))

    def jobs_left_since(self, moves: int) -> Mapping[str, npt.NDArray[Any]] | None:
        """What those removed since there had been so many ``moves`` had for a job, arrays (m,) by name of ``JOB``; None
        where it is not known, as it is of the latest removal only."""
        return self._left if moves == self.moves - 1 else None

    def born_in(self, month: int) -> npt.NDArray[np.int64]:
        """Rows of those born in the month of the year of ``month``, ascending; int64 (m,).

        Much is asked of people once a year, in the month of their birth, by several kernels.
        """
        turn = month % MONTHS
        if self._born[0] != (turn, self.moves, self._size):
            rows = np.empty(self._size, dtype=np.int64)
            found = find_born(self.birth_month, turn, rows)
            self._born = (turn, self.moves, self._size), rows[:found].copy()
        return self._born[1]

    def remove(self, gone: npt.NDArray[np.int64]) -> None:
        """Remove the people in the rows ``gone`` (k,), ascending; the last of those who stay fill the gaps.

        Order is no matter: no result depends on where a person is stored, and moving a few is far cheaper than all.
        """
        self.replace(gone)

    def replace(self, gone: npt.NDArray[np.int64], *groups: dict[str, npt.ArrayLike]) -> None:
        """:meth:`remove` those in the rows ``gone`` (k,), then :meth:`add` ``groups``."""
        for columns in groups:
            if "id" not in columns or not columns.keys() <= FIELDS.keys():
                raise ValueError(f"people need an id and known arrays; got {sorted(columns)}")
        rows = self.make_room(gone, *(len(np.asarray(columns["id"])) for columns in groups))
        for columns, new in zip(groups, rows, strict=True):
            for name, values in columns.items():
                self._store[name][new] = values

    def make_room(self, gone: npt.NDArray[np.int64], *counts: int) -> list[slice]:
        """:meth:`remove` those in the rows ``gone`` (k,), then append groups of so many unset people; the rows of each,
        for who writes them, ids above all."""
        if gone.size:
            self._left = {name: self._store[name].take(gone) for name in JOB}
            inside = close_gaps(tuple(self._blocks.values()), _ALL_UNSET, self._size, gone)
            self._size = self._kept = self._size - gone.size
            self.moves, self._gaps = self.moves + 1, gone[:inside]
        rows = []
        for count in counts:
            rows.append(slice(self._size, self._size + count))
            self._size += count
        if self._size > len(self._store["id"]):
            self._grow(self._size)
        self._refresh()  # those added are unset, as every slot is where nobody is stored
        return rows

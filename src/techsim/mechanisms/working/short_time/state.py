"""What short-time work holds from month to month, by type of employer and region; imports nothing of working."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from techsim.population.people import People
from techsim.population.rosters import UNSEEN, find_rows

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

PAID = ("short_time_wages", "short_time_entries", "short_time_training_hours", "short_time_repaid_wages")
"""What the month's take-up is paid by (``levers.base.COUNTS``)."""


def _nothing() -> Counts:
    return np.zeros(0, dtype=np.int64)


@dataclass
class Ended:
    """Spells that ended within the months of the clawback, in the order in which they did; arrays (m,).

    id : uint64, whose. row : int64, where that person is stored, -1 nowhere, when people had been moved ``seen`` times.
    month : int64, in which it ended. months : int64, after how many. released : bool, whether staff was still too many.
    """

    id: npt.NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))
    row: Counts = field(default_factory=_nothing)
    month: Counts = field(default_factory=_nothing)
    months: Counts = field(default_factory=_nothing)
    released: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    seen: int = UNSEEN

    def add(self, people: People, rows: Counts, month: int, months: Counts, *, released: bool) -> None:
        """Note spells that end in ``month``, of the people in ``rows`` (k,), after ``months`` (k,)."""
        self.id, self.row = np.concatenate((self.id, people.id[rows])), np.concatenate((self.row, rows))
        self.month = np.concatenate((self.month, np.full(rows.size, month)))
        self.months = np.concatenate((self.months, months))
        self.released = np.concatenate((self.released, np.full(rows.size, released)))

    def keep(self, keep: npt.NDArray[np.bool_]) -> None:
        """Forget all but those to ``keep`` (m,)."""
        if not keep.all():
            self.id, self.row, self.month = self.id[keep], self.row[keep], self.month[keep]
            self.months, self.released = self.months[keep], self.released[keep]

    def locate(self, people: People) -> None:
        """Find where those people are stored now: most are where they were, the others where others were."""
        among = people.moved_since(self.seen)
        self.seen = people.moves
        if not self.id.size:
            return
        lost = np.flatnonzero(people.id[np.minimum(self.row, people.size - 1)] != self.id)
        if lost.size:
            ids, which = np.unique(self.id[lost], return_inverse=True)
            found = np.empty(ids.size, dtype=np.int64)
            find_rows(people.id if among is None else people.id[among], ids, found)
            self.row[lost] = (found if among is None else np.append(among, -1)[found])[which]


@dataclass
class ShortTime:
    """State of short-time work; all zero while the scheme is closed and nothing is left of it.

    employers, regions : numbers of types of employers and of regions. workers : int64 (E, R), on short time at the end
    of the month. hours_share : u, hours cut of each. covered : (E, R), share of firms' surplus on short time. beyond :
    (E, R), A_0, of it beyond what firms keep anyway. saved : (E, R), S, jobs kept so far, of workers on short time.
    released : (E, R), U, staff whose spell ended while it was still too many. ended : spells that ended of late. rows :
    int64 (m,), ascending, where those are stored who were on short time when employers had put all on it whom they
    would this month. entered : int64 (R,), spells begun this month. repaid : (R,), euro of wages in the spells of those
    let go this month, simulated persons. paid : by name of :data:`PAID`, (R,), this month, in residents or euro.
    """

    employers: int
    regions: int
    hours_share: float = 0.0
    workers: Counts = field(init=False)
    covered: Floats = field(init=False)
    beyond: Floats = field(init=False)
    saved: Floats = field(init=False)
    released: Floats = field(init=False)
    ended: Ended = field(init=False, default_factory=Ended)
    rows: Counts = field(init=False, default_factory=_nothing)
    entered: Counts = field(init=False)
    repaid: Floats = field(init=False)
    paid: dict[str, Floats] = field(init=False)

    def __post_init__(self) -> None:
        shape = (self.employers, self.regions)
        self.workers = np.zeros(shape, dtype=np.int64)
        self.covered, self.beyond, self.saved, self.released = (np.zeros(shape) for _ in range(4))
        self.entered = np.zeros(self.regions, dtype=np.int64)
        self.repaid = np.zeros(self.regions)
        self.paid = {name: np.zeros(self.regions) for name in PAID}

    @property
    def remembered(self) -> bool:
        """Whether anybody is in a spell this month, or has a spell that ended of late."""
        return bool(self.rows.size or self.ended.id.size)

    @property
    def active(self) -> bool:
        """Whether anything is left to do once the scheme is closed."""
        return bool(self.ended.id.size or self.workers.any() or self.released.any())

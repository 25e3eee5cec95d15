"""What schools hold of teachers from month to month (L2, L3): rosters of people, posts, capacity and quality.

Arrays by segment, kind and region are ``[S, K, R]``: segments and kinds of :mod:`techsim.data.teaching`. Hours are in
hundredths of a full-time teacher where they belong to persons, so that sums of them are whole numbers and do not hang
on who comes first.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.learning.kernels import HUNDRED, close_ranks, merge
from techsim.population.rosters import UNSEEN

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int8]
Ids = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]
PAID = (
    "technical_teachers",
    "side_entrants",
    "technical_capacity",
    "hybrid_starters",
    "hybrid_hours",
    "hybrid_posts",
)
"""What levers on teachers are paid by (``levers.base.COUNTS``)."""
COLUMNS = ("ids", "rows", "segment", "kind", "hours", "since", "ready")


@dataclass
class Roster:
    """People with a teaching post, in order of id; one entry each, all arrays (m,).

    ids : uint64. rows : int64, where they were last stored. segment, kind : int8. hours : int64, hundredths of a
    full-time teacher. since : int64, month in which it began. ready : int64, month from which they teach; until then
    they train for the certificate (pdg). seen : moves of the people when ``rows`` were last looked up.
    """

    ids: Ids
    rows: Counts
    segment: Codes
    kind: Codes
    hours: Counts
    since: Counts
    ready: Counts
    seen: int = UNSEEN

    @classmethod
    def empty(cls) -> Roster:
        """Nobody."""
        whole = [np.zeros(0, dtype=np.int64) for _ in range(4)]
        codes = [np.zeros(0, dtype=np.int8) for _ in range(2)]
        return cls(np.zeros(0, dtype=np.uint64), whole[0], codes[0], codes[1], whole[1], whole[2], whole[3])

    @property
    def size(self) -> int:
        """Number of people."""
        return int(self.ids.size)

    def keep(self, mask: Mask) -> None:
        """Take those off whose entry in ``mask`` (m,) is False."""
        size = close_ranks(self._columns(), mask)
        if size < self.size:
            for name in COLUMNS:
                setattr(self, name, getattr(self, name)[:size])

    def add(
        self, ids: Ids, rows: Counts, segment: Codes, kind: Codes, hours: Counts, since: int, months: Counts
    ) -> None:
        """Put those of some people, all (k,), who have a segment and none of whom stands here, on the roster.

        They teach after ``months``. Quick where few come, or in the order of their ids.
        """
        every = merge(self._columns(), (ids, rows, segment, kind, hours), since, months)
        self.ids, self.rows, self.segment, self.kind, self.hours, self.since, self.ready = every

    def _columns(self) -> tuple[Ids, Counts, Codes, Codes, Counts, Counts, Counts]:
        return (self.ids, self.rows, self.segment, self.kind, self.hours, self.since, self.ready)

    def hours_by_cell(self, region: Codes, shape: tuple[int, int, int], month: int) -> Floats:
        """Full-time teachers who teach in ``month``, by segment, kind and ``region`` (m,); [S, K, R]."""
        whole, teach = np.zeros(shape, dtype=np.int64), self.ready <= month
        np.add.at(whole, (self.segment[teach], self.kind[teach], region[teach]), self.hours[teach])
        return whole / HUNDRED


@dataclass
class Teaching:
    """State of teachers; hours in simulated full-time teachers.

    regular, hybrid : rosters. norm : students per full-time teacher at the start. students : those of the last count;
    funded : students that budgets have followed. wanted : posts, those of hybrid teachers included; hybrid_share : the
    share of them that is theirs. fte, hybrid_fte : hours taught. stretch : students per teacher against the norm.
    quality : 0..1, against the start, by which skill at graduation may be multiplied. All [S, K, R]. hours_lent : hours
    of production lost to teaching, in full-time workers, by cell [E, G, L, R]; usual_lent : those of the start, to
    which firms are used. paid : by name of :data:`PAID`, (R,), in residents. turnover : share of technical students who
    leave in a year, by segment (S,), smoothed; not a number before the first September. applicants, offered_start :
    (fields, R), who chooses technical mbo, smoothed, in residents, and the share of programmes that the first September
    had on offer; none before it.
    """

    regular: Roster
    hybrid: Roster
    norm: Floats
    students: Floats
    hybrid_share: Floats
    hours_lent: Floats
    usual_lent: Floats
    fte: Floats
    hybrid_fte: Floats
    funded: Floats = field(init=False)
    wanted: Floats = field(init=False)
    stretch: Floats = field(init=False)
    quality: Floats = field(init=False)
    paid: dict[str, Floats] = field(init=False)
    turnover: Floats = field(init=False)
    applicants: Floats | None = field(init=False, default=None)
    offered_start: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.funded = self.students.copy()
        self.wanted = self.students / self.norm
        self.stretch, self.quality = np.ones_like(self.norm), np.ones_like(self.norm)
        self.paid = {name: np.zeros(self.norm.shape[2]) for name in PAID}
        self.turnover = np.full(self.norm.shape[0], np.nan)

"""Who lives away from home, and what is known of the regions (W5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.uint64]
Codes = npt.NDArray[np.int8]
Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass
class Moving:
    """State of moves between regions, births by where parents live, and labour migration.

    ids : uint64 (m,), in ascending order, and home : int8 (m,), region that they left before they were thirty: those
    who may return. residents : int64 (regions,), of last January; residents_at_start : the same of the first month.
    parents : int64 (backgrounds, regions), residents of the ages of parents, last January. raising : float64 (2,
    regions), of residents of the ages of those with children at home, shares of hbo or wo, and of who works in the
    region. workers : float64 (sexes, backgrounds), immigrants so far who came for work, in residents; others : all
    others but students. usual_tightness : log of vacancies per unemployed person to which migrants are used, None
    before the labour market has been seen;
    usual_levels : (levels,), the same of vacancies per worker by level. tightness, levels : both as they are now.
    """

    ids: Ids
    home: Codes
    residents: Counts
    residents_at_start: Counts
    parents: Counts
    raising: Floats
    workers: Floats
    others: Floats
    usual_tightness: float | None = None
    usual_levels: Floats | None = None
    tightness: float = 0.0
    levels: Floats | None = None

    def home_of(self, ids: Ids, region: Codes) -> Codes:
        """Home of each: the region that was left, or the one lived in (``region``); int8 (n,)."""
        at, found = self._find(ids)
        out = region.copy()
        out[found] = self.home[at[found]]
        return out

    def settle(self, ids: Ids) -> None:
        """Take off those who have returned, grown roots elsewhere, died or left the country."""
        at, found = self._find(ids)
        self.ids, self.home = np.delete(self.ids, at[found]), np.delete(self.home, at[found])

    def leave_home(self, ids: Ids, home: Codes) -> None:
        """Put people on who have left home; who stands here already keeps the first home."""
        new = np.flatnonzero(~self._find(ids)[1])
        new = new[np.argsort(ids[new])]
        at = np.searchsorted(self.ids, ids[new])
        self.ids, self.home = np.insert(self.ids, at, ids[new]), np.insert(self.home, at, home[new])

    def _find(self, ids: Ids) -> tuple[Counts, Mask]:
        """Where each stands on the roster, and whether; int64 (n,) and bool (n,)."""
        if not self.ids.size:
            return np.zeros(ids.size, dtype=np.int64), np.zeros(ids.size, dtype=np.bool_)
        at = np.minimum(np.searchsorted(self.ids, ids), self.ids.size - 1)
        return at, np.asarray(self.ids[at] == ids)

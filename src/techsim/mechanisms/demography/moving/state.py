"""Who lives away from home, and what is known of the regions (W5)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.demography.moving.kernels import renew_roster
from techsim.mechanisms.demography.moving.utilities import Attraction, Weights
from techsim.population.rosters import find_places

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
    region. workers : float64 (sexes, backgrounds), immigrants so far who came for work, in residents. jobs : int64
    (regions,), staff as last month left it. usual_tightness : log of vacancies per unemployed person to which migrants
    are used, None before the labour market has been seen; usual_levels : (levels,), the same of vacancies per worker by
    level. tightness, levels : both as they are now. weights : what does not change in a run; city : (regions,), of it
    the pull of the city on newcomers. attraction : of the regions, settled : (backgrounds, regions), shares of the
    regions in the parents of a background, both until next January; all None until asked for. events : int64 (k,), rows
    of who left education or enrolled in the month ``events_of``, ascending; they hold in that month only.
    """

    ids: Ids
    home: Codes
    residents: Counts
    residents_at_start: Counts
    parents: Counts
    raising: Floats
    workers: Floats
    jobs: Counts
    usual_tightness: float | None = None
    usual_levels: Floats | None = None
    tightness: float = 0.0
    levels: Floats | None = None
    weights: Weights | None = None
    city: Floats | None = None
    settled: Floats | None = None
    attraction: Attraction | None = None
    events: Counts = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    events_of: int | None = None

    def shares_of_parents(self) -> Floats | None:
        """Shares of the regions in the parents of each background, not to be changed; None if one has none here."""
        if self.settled is None:
            every = self.parents.sum(axis=1, keepdims=True)
            if every.all():
                self.settled = np.asarray(self.parents / every)
        return self.settled

    def home_of(self, ids: Ids, region: Codes) -> Codes:
        """Home of each: the region that was left, or the one lived in (``region``); int8 (n,)."""
        places = self.places_of(ids)
        return np.asarray(np.where(places >= 0, np.append(self.home, np.int8(0))[places], region))

    def places_of(self, ids: Ids) -> Counts:
        """Where each of ``ids`` stands on the roster, -1 for who does not; int64 (n,)."""
        places = np.empty(ids.size, dtype=np.int64)
        find_places(ids, self.ids, places)
        return places

    def settle(self, ids: Ids) -> None:
        """Take off those who have returned, grown roots elsewhere, died or left the country."""
        places = self.places_of(ids)
        gone = np.zeros(self.ids.size, dtype=np.bool_)
        gone[places[places >= 0]] = True
        self.renew(gone, ids[:0], self.home[:0])

    def leave_home(self, ids: Ids, home: Codes) -> None:
        """Put people on who have left home; who stands here already keeps the first home."""
        self.renew(np.zeros(self.ids.size, dtype=np.bool_), ids, home)

    def renew(self, gone: Mask, ids: Ids, home: Codes) -> None:
        """:meth:`settle` who stands where ``gone`` (m,) is true, while ``ids`` :meth:`leave_home`."""
        size, order = self.ids.size + ids.size, ids.argsort()
        out_ids, out_home = np.empty(size, dtype=np.uint64), np.empty(size, dtype=np.int8)
        held = renew_roster(self.ids, self.home, gone, ids[order], home[order], out_ids, out_home)
        self.ids, self.home = out_ids[:held], out_home[:held]

"""What partnerships hold from month to month (L5)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from techsim.data.partnerships import SCHEMES
from techsim.mechanisms.learning.partnerships.kernels import list_started

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

HISTORY, LEVERS = slice(0, len(SCHEMES)), len(SCHEMES)
"""Payers of seed money: the schemes of history (``SCHEMES``), then the scenario's levers."""
PAYERS = len(SCHEMES) + 1
COLUMNS = ("ident", "region", "group", "started", "fading")


def _none() -> Counts:
    return np.zeros(0, dtype=np.int64)


@dataclass
class Roster:
    """The partnerships that there are, int64 (n,) each, in order of ``ident``.

    ident : number that hangs on month, region, level group, payer and rank only. region, group : indices. started :
    month index. fading : month in which it failed to go on, NEVER for the others.
    """

    ident: Counts = field(default_factory=_none)
    region: Counts = field(default_factory=_none)
    group: Counts = field(default_factory=_none)
    started: Counts = field(default_factory=_none)
    fading: Counts = field(default_factory=_none)

    @property
    def size(self) -> int:
        """Number of partnerships."""
        return int(self.ident.size)

    def add(self, month: int, started: Counts) -> None:
        """Add partnerships of a month after those that there are, ``started`` : int64 (payers, groups, regions)."""
        for n, values in zip(COLUMNS, list_started(month, started), strict=True):
            setattr(self, n, np.concatenate((getattr(self, n), values)))

    def keep(self, stays: npt.NDArray[np.bool_]) -> None:
        """Leave out those that have ended; ``stays`` : bool (n,)."""
        if stays.all():
            return
        for n in COLUMNS:
            setattr(self, n, getattr(self, n)[stays])

    def count(self, shape: tuple[int, int]) -> Floats:
        """Number by level group and region."""
        cell = np.ravel_multi_index((self.group, self.region), shape)
        return np.asarray(np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape), dtype=np.float64)


@dataclass
class Partnerships:
    """State of partnerships; level groups g, regions R, types of employers E.

    students : (g, R), technical students on the last 1 October [residents]. start_outlook, outlook : vacancy rate of
    technical occupation groups at the start, and smoothed. plans : (g, R), plans that wait. money : (payers, g, R),
    partnerships that unspent seed money can start. commitment : (E,), and regional : (R,), share of firms. started :
    int64 (payers, g, R), this month. firms : (g, R), firms in partnerships. reach : (g, R), share of technical students
    reached. member_share : (E, R), share of firms that are members, in the months that ask for it. technical_staff :
    (E, R), workers of technical sectors this month. shares : (g, R), regions' shares of the students of a level group,
    None until asked for.
    """

    students: Floats
    start_outlook: float
    outlook: float
    plans: Floats
    money: Floats
    commitment: Floats
    regional: Floats
    started: Counts
    firms: Floats
    reach: Floats
    member_share: Floats
    technical_staff: Counts
    roster: Roster = field(default_factory=Roster)
    shares: Floats | None = None

    @property
    def mean_reach(self) -> Floats:
        """Reach over all technical students of a region; (R,)."""
        total = np.maximum(self.students.sum(axis=0), 1.0)
        return np.asarray((self.reach * self.students).sum(axis=0) / total)

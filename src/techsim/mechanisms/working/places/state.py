"""What employers who train hold from month to month, and who waits for a place; imports nothing of working."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Ids = npt.NDArray[np.uint64]


def nobody() -> Ids:
    """An empty roster of person ids."""
    return np.zeros(0, dtype=np.uint64)


@dataclass(frozen=True)
class Promise:
    """What the bridging scheme promised in August for September's new places.

    open : (R,), share of employers whom it reaches. months : (R,), for which it pays. anyway : (R,), new places of
    the September before, in simulated persons, times the share that counts as there anyway. max_places : float, new
    places at most, simulated persons; zero sets no limit.
    """

    open: Floats
    months: Floats
    anyway: Floats
    max_places: float


@dataclass
class Places:
    """State of L4. E types of employers, G occupation groups, R regions; rosters are person ids, ascending.

    ratio : (G, R), apprenticeship places per worker at mbo levels at normal hiring. internship_ratio : (G, R), the
    same of internships. cost : (G,), net cost of a place before subsidy, euro a year. shares : (E, G, R), the types'
    shares of what is offered in a group and region. level : (E, G, R), places that employers offer relative to normal,
    in the last August. need, usual_need : (E, G), hiring need over the training, smoothed and at the start, share of
    staff. retiring : (E, G), workers who retire within the training, counted in August. reserves : (E,), pressure of
    output as it stands in firms' cash, smoothed. willing : (E, G, R), share of employers to whom a place is worth its
    cost, in the last August. apprentices : (R,), bbl students with a job this month, by region of the job. intake :
    (R,), new bbl places taken in the last September. waiting, waiting_adults : school leavers and adults who wait
    for next September. without_internship : bol students without one this school year. promise : of the bridging
    scheme, in August. bridged_id, bridged_last : places of the bridging scheme: whose, and to which month it pays.
    bridged : (R,), places that it pays for this month.
    """

    employers: int
    groups: int
    regions: int
    begun: bool = False
    retiring: Counts | None = None
    promise: Promise | None = None
    intake: Counts | None = None
    ratio: Floats = field(init=False)
    internship_ratio: Floats = field(init=False)
    cost: Floats = field(init=False)
    level: Floats = field(init=False)
    need: Floats = field(init=False)
    usual_need: Floats = field(init=False)
    reserves: Floats = field(init=False)
    willing: Floats = field(init=False)
    shares: Floats = field(init=False)
    apprentices: Counts = field(init=False)
    waiting: Ids = field(default_factory=nobody)
    waiting_adults: Ids = field(default_factory=nobody)
    without_internship: Ids = field(default_factory=nobody)
    bridged_id: Ids = field(default_factory=nobody)
    bridged_last: Counts = field(init=False)
    bridged: Counts = field(init=False)

    def __post_init__(self) -> None:
        e, g, r = self.employers, self.groups, self.regions
        self.ratio, self.internship_ratio = np.zeros((g, r)), np.zeros((g, r))
        self.cost, self.reserves = np.zeros(g), np.zeros(e)
        self.need, self.usual_need = np.zeros((e, g)), np.zeros((e, g))
        self.level, self.willing = np.ones((e, g, r)), np.ones((e, g, r))
        self.shares = np.zeros((e, g, r))
        self.apprentices = np.zeros(r, dtype=np.int64)
        self.bridged_last, self.bridged = np.zeros(0, dtype=np.int64), np.zeros(r, dtype=np.int64)

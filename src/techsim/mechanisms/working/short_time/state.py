"""What short-time work holds from month to month, by type of employer and region; imports nothing of working."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

PAID = ("short_time_wages", "short_time_entries", "short_time_training_hours", "short_time_repaid_wages")
"""What the month's take-up is paid by (``levers.base.COUNTS``)."""


@dataclass
class ShortTime:
    """State of short-time work; all zero while the scheme is closed and nothing is left of it.

    employers, regions : numbers of types of employers and of regions. workers : int64 (E, R), on short time at the end
    of the month. hours_share : u, hours cut of each. covered : (E, R), share of firms' surplus on short time. beyond :
    (E, R), A_0, of it beyond what firms keep anyway. saved : (E, R), S, jobs kept so far, of workers on short time.
    released : (E, R), U, staff whose spell ended while it was still too many. ended_id : uint64 (m,), ended_month,
    ended_months : int64 (m,), ended_released : bool (m,), spells that ended within the months of the clawback: who,
    when, after how many months, whether staff was still too many. entered : int64 (R,), spells begun this month.
    repaid : (R,), euro of wages in the spells of those let go this month, simulated persons. paid : by name of
    :data:`PAID`, (R,), this month, in residents or euro.
    """

    employers: int
    regions: int
    hours_share: float = 0.0
    workers: Counts = field(init=False)
    covered: Floats = field(init=False)
    beyond: Floats = field(init=False)
    saved: Floats = field(init=False)
    released: Floats = field(init=False)
    ended_released: npt.NDArray[np.bool_] = field(init=False)
    entered: Counts = field(init=False)
    repaid: Floats = field(init=False)
    ended_id: npt.NDArray[np.uint64] = field(init=False)
    ended_month: Counts = field(init=False)
    ended_months: Counts = field(init=False)
    paid: dict[str, Floats] = field(init=False)

    def __post_init__(self) -> None:
        shape = (self.employers, self.regions)
        self.workers = np.zeros(shape, dtype=np.int64)
        self.covered, self.beyond, self.saved, self.released = (np.zeros(shape) for _ in range(4))
        self.entered = np.zeros(self.regions, dtype=np.int64)
        self.repaid = np.zeros(self.regions)
        self.ended_id = np.zeros(0, dtype=np.uint64)
        self.ended_month, self.ended_months = (np.zeros(0, dtype=np.int64) for _ in range(2))
        self.ended_released = np.zeros(0, dtype=np.bool_)
        self.paid = {name: np.zeros(self.regions) for name in PAID}

    @property
    def active(self) -> bool:
        """Whether anything is left to do once the scheme is closed."""
        return bool(self.workers.any() or self.released.any() or self.ended_id.size)

"""What retraining holds from month to month: few people, as a roster; imports nothing of working."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from techsim.data.training import RETRAINERS
from techsim.population.rosters import Followed
from techsim.population.rounding import GOLDEN

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

GROUP, ENDS, RETRAINER, SINCE = range(4)
"""Rows of ``Retraining.programmes``."""
PAID = ("retraining_use", *(f"retraining_use_{name}" for name in RETRAINERS))
"""What levers pay for (``levers.base.COUNTS``)."""


@dataclass(frozen=True)
class Rules:
    """What follows from parameters and tables alone, the same all through a run.

    bases : (2,), log odds of interest, of unemployed and of workers. dropout : (retrainers,), log odds of not
    completing. months : int64 (retrainers,), how long a programme runs. currency : skill that it leaves at least, as
    people hold it. takers : which retrainers take each kind of people, the first one first: the unemployed, workers,
    and workers whose sector has a fund. kind : int64 (E,), which of these the workers of a type of employer are.
    """

    bases: Floats
    dropout: Floats
    months: Counts
    currency: np.uint16
    takers: tuple[list[int], ...]
    kind: Counts


@dataclass
class Retraining:
    """State of retraining.

    regions : number of regions. carry : (retrainers, R), fractions of places kept, evenly spread at the start.
    id : uint64 (m,), who is in a programme; programmes : int64 (4, m), for which group, until which month, of whom,
    since when. retrained : uint64 (k,), ascending, who has completed one, completed, completed_with : int64 (k,), when
    and with whom. followed : those in a programme and those who completed one within a year, others only until January,
    looked for in the month ``asked_in``. paid : by name of :data:`PAID`, (R,), who began this month per place of
    levers a year. rules : None until asked for.
    """

    regions: int
    carry: Floats = field(init=False)
    id: npt.NDArray[np.uint64] = field(init=False)
    programmes: Counts = field(init=False)
    retrained: npt.NDArray[np.uint64] = field(init=False)
    completed: Counts = field(init=False)
    completed_with: Counts = field(init=False)
    asked_in: int | None = field(init=False, default=None)
    followed: Followed = field(init=False, default_factory=Followed)
    paid: dict[str, Floats] = field(init=False)
    rules: Rules | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        cells = np.arange(1, len(RETRAINERS) * self.regions + 1).reshape(len(RETRAINERS), self.regions)
        self.carry = np.asarray(cells * GOLDEN % 1.0, dtype=np.float64)
        self.paid = {name: np.zeros(self.regions) for name in PAID}
        self.id, self.retrained = (np.zeros(0, dtype=np.uint64) for _ in range(2))
        self.programmes = np.zeros((4, 0), dtype=np.int64)
        self.completed, self.completed_with = (np.zeros(0, dtype=np.int64) for _ in range(2))

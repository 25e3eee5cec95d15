"""What lifelong learning holds from month to month; imports nothing of working."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

PAID = ("stap_euro", "slim_euro")
"""What levers pay for (``levers.base.COUNTS``)."""


@dataclass
class Training:
    """State of lifelong learning.

    groups, regions : numbers of occupation groups and regions. vacancies, moves : (G,), open vacancies per worker, and
    workers who quit or changed jobs in a year per worker, smoothed. purse : by name of
    :data:`PAID`, (R,), euro left of STAP and SLIM (residents').
    asked : int64 (m,), rows of the people who decided this month, until people move. paid : by name of :data:`PAID`,
    (R,), euro this month, residents'.
    """

    groups: int
    regions: int
    vacancies: Floats = field(init=False)
    moves: Floats = field(init=False)
    purse: dict[str, Floats] = field(init=False)
    asked: Counts = field(init=False)
    paid: dict[str, Floats] = field(init=False)

    def __post_init__(self) -> None:
        self.vacancies, self.moves = np.zeros(self.groups), np.zeros(self.groups)
        self.purse = {name: np.zeros(self.regions) for name in PAID}
        self.asked = np.zeros(0, dtype=np.int64)
        self.paid = {name: np.zeros(self.regions) for name in PAID}

"""What retraining holds from month to month: few people, as a roster; imports nothing of working."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from techsim.data.training import RETRAINERS
from techsim.population.rounding import GOLDEN

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


@dataclass
class Retraining:
    """State of retraining.

    regions : number of regions. carry : (retrainers, R), fractions of places kept,
    evenly spread at the start. id : uint64 (m,), group, ends,
    retrainer : int64 (m,), and completes : bool (m,), who is in a programme, for which group, until which month, of
    whom, with success or without. retrained
    : uint64 (k,), ascending, who has completed one. use : (R,), who began this month per place of levers a year.
    """

    regions: int
    carry: Floats = field(init=False)
    id: npt.NDArray[np.uint64] = field(init=False)
    group: Counts = field(init=False)
    ends: Counts = field(init=False)
    retrainer: Counts = field(init=False)
    completes: npt.NDArray[np.bool_] = field(init=False)
    retrained: npt.NDArray[np.uint64] = field(init=False)
    use: Floats = field(init=False)

    def __post_init__(self) -> None:
        cells = np.arange(1, len(RETRAINERS) * self.regions + 1).reshape(len(RETRAINERS), self.regions)
        self.carry, self.use = np.asarray(cells * GOLDEN % 1.0, dtype=np.float64), np.zeros(self.regions)
        self.id, self.retrained = (np.zeros(0, dtype=np.uint64) for _ in range(2))
        self.group, self.ends, self.retrainer = (np.zeros(0, dtype=np.int64) for _ in range(3))
        self.completes = np.zeros(0, dtype=np.bool_)

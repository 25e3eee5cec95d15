"""What pay by skill holds from month to month; imports nothing of working."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


@dataclass
class SkillPay:
    """What the skill of workers is worth, by occupation group and job level (G, L).

    shape : (G, L). base_worth, base_workers : int64, sum of exp(q) over the workers of the months of the run's first
    year, in whole units (``kernels.WORTH``), and how many they were. mean, base : float64, mean of exp(q) over the
    workers of this month, one in cells without any, and over those of the first year.
    """

    shape: tuple[int, int]
    base_worth: Counts = field(init=False)
    base_workers: Counts = field(init=False)
    mean: Floats = field(init=False)
    base: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.base_worth, self.base_workers = (np.zeros(self.shape, dtype=np.int64) for _ in range(2))
        self.mean, self.base = np.ones(self.shape), np.ones(self.shape)

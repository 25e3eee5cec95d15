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

    shape : (G, L). worth : int64, sum of exp(q) over the workers of a cell as the month's moves begin, in whole units
    (``currency.kernels.WORTH``), so that it knows no order. workers : int64, how many they are. base_worth,
    base_workers : the same, summed over the months of the run's first year.
    """

    shape: tuple[int, int]
    worth: Counts = field(init=False)
    workers: Counts = field(init=False)
    base_worth: Counts = field(init=False)
    base_workers: Counts = field(init=False)

    def __post_init__(self) -> None:
        for name in ("worth", "workers", "base_worth", "base_workers"):
            setattr(self, name, np.zeros(self.shape, dtype=np.int64))

"""What is kept of two draws of a life, of everybody and row by row; imports nothing of working."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from techsim.population.rosters import UNSEEN


@dataclass
class Luck:
    """What people draw once in a life for taking part and for retiring, as closely as it takes to tell of most that
    nothing changes for them this month.

    part : uint8 (at least n,), the uniform draw in whole 256ths. retire : int16 (at least n,), by how many months a
    person retires after the mean age, or somewhat less. size, seen : how many people there were, and how often they
    had been moved, when this was noted.
    """

    part: npt.NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, dtype=np.uint8))
    retire: npt.NDArray[np.int16] = field(default_factory=lambda: np.zeros(0, dtype=np.int16))
    size: int = 0
    seen: int = UNSEEN

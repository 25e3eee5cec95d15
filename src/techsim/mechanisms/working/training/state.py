"""What lifelong learning holds from month to month; imports nothing of working."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

PAID = ("stap_euro", "slim_euro")
"""What levers pay for (``levers.base.COUNTS``)."""


@dataclass(frozen=True)
class Rules:
    """What follows from tables and parameters alone, the same all through a run.

    attitude : (G, L), a, what hangs on group and level only. raises, weights : as ``decide`` asks for them. overview,
    fund : (E,), log odds that a type of employer pays, and the share for whom an O&O fund does where it does not.
    credit : (4,), as ``attend`` asks for it.
    """

    attitude: Floats
    raises: tuple[float, ...]
    weights: tuple[float, ...]
    overview: Floats
    fund: Floats
    credit: Floats


@dataclass
class Training:
    """State of lifelong learning.

    groups, regions : numbers of occupation groups and regions. rates : (2, G), open vacancies per worker, and workers
    who quit or changed jobs in a year per worker, smoothed. purse : by name of :data:`PAID`, (R,), euro left of STAP
    and SLIM (residents').
    asked : int64 (m,), rows of the people who decided this month, until people move. paid : by name of :data:`PAID`,
    (R,), euro this month, residents'. rules : None until asked for.
    """

    groups: int
    regions: int
    rates: Floats = field(init=False)
    purse: dict[str, Floats] = field(init=False)
    asked: Counts = field(init=False)
    paid: dict[str, Floats] = field(init=False)
    rules: Rules | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.rates = np.zeros((2, self.groups))
        self.purse = {name: np.zeros(self.regions) for name in PAID}
        self.asked = np.zeros(0, dtype=np.int64)
        self.paid = {name: np.zeros(self.regions) for name in PAID}

    @property
    def vacancies(self) -> Floats:
        """Open vacancies per worker, smoothed; (G,)."""
        return np.asarray(self.rates[0])

    @property
    def moves(self) -> Floats:
        """Workers who quit or changed jobs in a year per worker, smoothed; (G,)."""
        return np.asarray(self.rates[1])

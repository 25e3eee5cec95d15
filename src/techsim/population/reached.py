"""Whom programmes of levers have reached: a roster by person id, as a person has no room for it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

AT_CHOICE = ("guidance", "role_models", "coaching")
"""Programmes of levers that reach some pupils and not others when they choose a profile (K2)."""
PROGRAMMES = (*AT_CHOICE, "wt_support")
"""Those, and W&T with a lever's support in primary school, which reaches pupils years before (K1); by their bit."""


@dataclass
class Reached:
    """Pupils whom programmes of levers have reached, when they chose or before, ordered by id.

    ids : uint64 (m,). by : uint8 (m,), a bit for each of ``PROGRAMMES``.
    """

    ids: npt.NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))
    by: npt.NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, dtype=np.uint8))

    def add(self, ids: npt.NDArray[np.uint64], by: npt.NDArray[np.uint8]) -> None:
        """Those of a month; who chooses again, in a higher track, or had W&T at ten, may be there already."""
        if not ids.size:
            return
        every = np.union1d(self.ids, ids)
        bits = np.zeros(every.size, dtype=np.uint8)
        bits[np.searchsorted(every, self.ids)] = self.by
        bits[np.searchsorted(every, ids)] |= by
        self.ids, self.by = every, bits

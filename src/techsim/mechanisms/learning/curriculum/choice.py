"""How fast schools renew what they teach (L6): pure functions on few numbers, no numba."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.learning.curriculum.kernels import FASTEST, MONTHS_A_YEAR, SLOWEST

Floats = npt.NDArray[np.float64]


def currency_taught(lag: Floats) -> Floats:
    """c = exp(-(F - V)) (L6), within (0, 1]; lag : F - V, (fields, levels, regions), zero at least."""
    return np.asarray(np.exp(-lag))


def lag_at_rest(pace: float) -> float:
    """1 / rho - 1 / 12 (L6): where a month's move of the frontier is what a month renews [years]."""
    return 1.0 / pace - 1.0 / MONTHS_A_YEAR


def renewal_at_rest(speed: Floats, weights: Floats, mean: float) -> float:
    """The rho at which the weighted mean of exp(-delta (1 / rho - 1 / 12)) is ``mean``, within its bounds (L6).

    Share of the lag a year; the lag at rest is 1 / rho - 1 / 12 years, since schools follow monthly.

    Parameters
    ----------
    speed, weights : (fields,), delta [log a year] and students
    mean : currency, within [0, 1]
    """
    low, high = SLOWEST, FASTEST
    share = weights / max(float(weights.sum()), 1e-9)
    for _ in range(60):
        middle = (low * high) ** 0.5
        if float((share * np.exp(-speed * lag_at_rest(middle))).sum()) < mean:
            low = middle
        else:
            high = middle
    return float((low * high) ** 0.5)

"""How fast schools renew what they teach (L6): pure functions on arrays; no numba, numbers are few."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

MONTHS_A_YEAR = 12
SLOWEST, FASTEST = 0.01, 12.0
"""Bounds of renewal [share of the lag a year]: a century, and a month."""


def renewal(
    *, usual: float, equipment: Floats, elasticity: float, contact: Floats, per_contact: float, reach: Floats,
    per_reach: float,
) -> Floats:  # fmt: skip
    """rho = rho_0 (1 + i)^e + k h + g R (L6) [share of the lag a year]; (levels, regions).

    Parameters
    ----------
    usual : rho_0
    equipment : (regions,), i, investment beyond the usual as a share of it
    elasticity : e
    contact, reach : (levels, regions), h and R
    per_contact, per_reach : k and g
    """
    found = usual * (1.0 + equipment) ** elasticity + per_contact * contact + per_reach * reach
    return np.asarray(np.minimum(np.maximum(found, SLOWEST), FASTEST))


def follow(vintage: Floats, frontier: Floats, pace: Floats) -> Floats:
    """V' = V + (rho / 12) (F - V) (L6); (fields, levels, regions), at most F."""
    behind = frontier[:, None, None] - vintage
    return np.asarray(vintage + np.minimum(pace / MONTHS_A_YEAR, 1.0) * behind)


def currency_taught(frontier: Floats, vintage: Floats) -> Floats:
    """c = exp(-(F - V)) (L6), within (0, 1]; (fields, levels, regions)."""
    return np.asarray(np.exp(-np.maximum(frontier[:, None, None] - vintage, 0.0)))


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

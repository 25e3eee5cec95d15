"""Money over years: discounting, and cost per unit of effect."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

DISCOUNT = 0.0225
"""Discount rate a year: Werkgroep discontovoet 2020 (the standard rate for public investments); from memory, to be
verified."""


def factors(years: npt.NDArray[np.int64], base_year: int, rate: float) -> Floats:
    """(1 + r)^-(year - base year), by year; what is spent before the base year counts for more than its face value."""
    return np.asarray((1.0 + rate) ** -(years - float(base_year)), dtype=np.float64)


def first_year_of_difference(years: npt.NDArray[np.int64], spending: Floats) -> int:
    """The first year in which any scenario spends otherwise than the first one; the first year if none does.

    Parameters
    ----------
    spending : float64 (scenario, draw, year, ...)
    """
    apart = spending != spending[:1]
    years_apart = np.flatnonzero(apart.any(axis=tuple(i for i in range(apart.ndim) if i != 2)))
    return int(years[years_apart[0]]) if years_apart.size else int(years[0])


def cost_per_unit(cost: Floats, effect: Floats) -> tuple[float, float, float]:
    """Mean cost over mean effect, and the 5 % and 95 % over draws of cost over effect.

    A draw without an effect (or with one the wrong way) has an infinite cost per unit; the mean is NaN if the mean
    effect is not positive or nothing is spent. Of no cost at all there is no cost per unit.

    Parameters
    ----------
    cost, effect : float64 (draw,)
    """
    if not (np.isfinite(cost).all() and np.isfinite(effect).all()) or not cost.any():
        return np.nan, np.nan, np.nan
    works = effect > 0.0
    ratio = np.where(works, cost / np.where(works, effect, 1.0), np.inf)
    # method "lower" and "higher": between a number and infinity there is nothing to interpolate
    low = float(np.quantile(ratio, 0.05, method="lower"))
    high = float(np.quantile(ratio, 0.95, method="higher"))
    mean = float(cost.mean() / effect.mean()) if effect.mean() > 0.0 else np.nan
    return mean, low, high

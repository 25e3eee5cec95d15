"""Money over years: discounting, and cost per unit of effect."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

DISCOUNT = 0.0225
"""Discount rate a year: Werkgroep discontovoet 2020 (the standard rate for public investments); from memory, to be
verified."""
DECIDED = 2026
"""Year of decision, from which on public money that is spent later counts for less."""


def factors(years: npt.NDArray[np.int64], base_year: int, rate: float) -> Floats:
    """(1 + r)^-(year - base year), by year; what is spent before the base year counts for more than its face value."""
    return np.asarray((1.0 + rate) ** -(years - float(base_year)), dtype=np.float64)


def discount_year(first: int, last: int) -> int:
    """The year to which money is discounted: that of ``DECIDED``, or the period's first where it lies outside.

    It follows from the period alone, so that a cost is the same whatever an alternative is compared with.

    Parameters
    ----------
    first, last : int
        Calendar years of the period's first and last month.
    """
    return DECIDED if first <= DECIDED <= last else first


def cost_per_unit(cost: Floats, effect: Floats) -> tuple[float, float, float]:
    """Mean cost over mean effect, and the 5 % and 95 % over draws of cost over effect.

    A draw without an effect (or with one the wrong way) has an infinite cost per unit; the mean is NaN if the mean
    effect is not positive. Where nothing is spent, or less on average, there is no cost per unit.

    Parameters
    ----------
    cost, effect : float64 (draw,)
    """
    if not (np.isfinite(cost).all() and np.isfinite(effect).all()) or cost.mean() <= 0.0:
        return np.nan, np.nan, np.nan
    works = effect > 0.0
    ratio = np.where(works, cost / np.where(works, effect, 1.0), np.inf)
    # method "lower" and "higher": between a number and infinity there is nothing to interpolate
    low = float(np.quantile(ratio, 0.05, method="lower"))
    high = float(np.quantile(ratio, 0.95, method="higher"))
    mean = float(cost.mean() / effect.mean()) if effect.mean() > 0.0 else np.nan
    return mean, low, high

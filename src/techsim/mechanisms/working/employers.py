"""What an employer decides each month (W1, W3): staff wanted, vacancies, layoffs, offers to apprentices.

Pure functions on arrays of any leading shape: on one employer's slice (one sector and size class in one region, ``[G,
L]``) and on all employers at once (``[E, G, L, R]``), with the same result; a test compares the two. The rules of a
single cell are kernels (:mod:`~techsim.mechanisms.working.kernels`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.working.demand.kernels import fill_desired
from techsim.mechanisms.working.kernels import cut_cells, plan_cells, wanted_in_cells

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

STEP = 2.0**0.5 - 1.0
"""Irrational step of the monthly thresholds, other than that of the cells."""


@dataclass(frozen=True)
class EmployerPlan:
    """One employer's month: arrays (occupation groups, job levels) of its type and region.

    open, withdraw : vacancies to open and to take back.
    """

    open: Counts
    withdraw: Counts


@dataclass(frozen=True)
class Cut:
    """Workers whom an employer may let go this month, by cell.

    flexible : as many if they are temporary. limit : as many in all, whatever their contract.
    """

    flexible: Counts
    limit: Counts


def smooth_pressure(pressure: Floats, boom_weight: float) -> Floats:
    """f(x) = x below zero, b x above: capacity limits how far hiring follows a boom."""
    bent: Floats = np.where(pressure > 0.0, boom_weight * pressure, pressure)
    return bent


def structural_trend(
    *, sectors: Floats, groups: Floats, levels: Floats, outside: npt.NDArray[np.bool_], technical_outside: float
) -> Floats:
    """Log change a year of a cell's share: of its sector (S,), its group (G,), its level (L,), and o of technical work
    outside technical sectors, bool (S, G); (S, G, L)."""
    by_group = sectors[:, None] + groups + outside * technical_outside
    trend: Floats = by_group[:, :, None] + levels
    return trend


def desired_staff(
    *,
    labour_force_trend: Floats,
    local_jobs: Floats,
    base_share: Floats,
    sector: Counts,
    growth: Floats,
    pressure: Floats,
    sensitivity: Floats,
    response: float,
    slack: float,
) -> Floats:
    """D = N_r (1 - u) a_r b_sglr g_sgl (1 + e c_s x_s), never below zero.

    Parameters
    ----------
    labour_force_trend, local_jobs : (R,)
        N [persons] and a [relative to the country].
    base_share : (E, G, L, R)
        b, shares of the region's jobs at the start.
    sector : int64 (E,)
        Sector of each type of employer.
    growth : (S, G, L)
        g, change of shares by structural trends, relative to the start.
    pressure, sensitivity : (S,)
        x [share of potential output] and c.
    response, slack : float
        e and u.

    Returns
    -------
    float64 (E, G, L, R), persons
    """
    cycle = np.maximum(1.0 + response * sensitivity * pressure, 0.0)
    jobs = labour_force_trend * (1.0 - slack) * local_jobs
    desired = np.empty(base_share.shape)
    fill_desired(base_share, sector, growth, jobs, cycle, desired)
    return desired


def monthly_dither(rounding: Floats, month: int) -> Floats:
    """Thresholds within [0, 1) that pass evenly over the interval as months go by, so that fractions add up."""
    return turned(rounding, month * STEP)


def turned(thresholds: Floats, turn: float) -> Floats:
    """Thresholds within [0, 1) that have moved on by ``turn``."""
    moved = thresholds + turn
    return np.asarray(moved - np.floor(moved))  # as exact as the remainder of a division, in a fifth of the time


def wanted_vacancies(*, desired: Floats, staff: Counts | Floats, rounding: Floats) -> Counts:
    """V*: jobs without a worker, ``staff`` less the hours that it teaches (L3); the cell's fixed threshold makes a
    fraction whole."""
    wanted: Counts = wanted_in_cells(desired, staff, rounding)
    return wanted


def usually_hoarded(*, base: float, large: float, is_large: npt.NDArray[np.bool_]) -> Floats:
    """h_0 + h_l 1[large]: share of staff above what is wanted that a type of employer keeps in any case; (E,)."""
    return np.asarray(base + large * is_large, dtype=np.float64)


def hoarded(*, usually: Floats, scarcity: float, remembered: Floats) -> Floats:
    """h = h_0 + h_l 1[large] + b v: share of staff above what is wanted that a type of employer keeps; (E,).

    The first two are those of :func:`usually_hoarded`. v is the vacancy rate that it remembers: who was hard to find is
    kept longer.
    """
    return np.asarray(usually + scarcity * remembered, dtype=np.float64)


def staff_kept(*, desired: Floats, tolerance: Floats, rounding: Floats) -> Floats:
    """K = max(D (1 + h), floor(D + r)): staff that an employer keeps; r makes a fraction whole, as in V*."""
    return np.asarray(np.maximum(desired * (1.0 + tolerance), np.floor(desired + rounding)))


def staff_to_cut(*, kept: Floats, hours: Floats, flex_speed: float, layoff_speed: float, dither: Floats) -> Cut:
    """How many to let go this month, of temporary workers and in all.

    Parameters
    ----------
    kept, hours, dither : (G, L) or (E, G, L, R)
        ``kept`` as :func:`staff_kept`; ``hours`` is staff less the hours cut by short-time work, in full-time workers.
    flex_speed, layoff_speed : float
        Share of the excess shed in a month.
    """
    return Cut(*cut_cells(kept, hours, flex_speed, layoff_speed, dither))


def plan_employer(
    *,
    desired: Floats,
    staff: Counts | Floats,
    open_now: Counts,
    rounding: Floats,
    dither: Floats,
    opening_speed: float,
    withdrawal_speed: float,
) -> EmployerPlan:
    """The month's plan of one employer (or of all), given the staff that it wants.

    Parameters
    ----------
    desired, staff, open_now, rounding, dither : (G, L) or (E, G, L, R)
        ``rounding`` is the fixed threshold of a cell, ``dither`` this month's (:func:`monthly_dither`).
    opening_speed, withdrawal_speed : float
        Share of a gap closed in a month.
    """
    return EmployerPlan(*plan_cells(desired, staff, open_now, rounding, dither, opening_speed, withdrawal_speed))


def shortage_of_staff(*, desired: Floats, staff: Counts) -> Floats:
    """(D - N) / N: staff wanted beyond that there is, as a share of it; any shape."""
    return np.asarray((desired - staff) / np.maximum(staff, 1))


def chance_of_offer(*, shortage: Floats, base: float, slope: float) -> Floats:
    """o = 1 / (1 + exp(-(a + b s))): whether an employer offers to keep an apprentice who finishes (L4).

    Parameters
    ----------
    shortage : (E, G)
        s, over levels and regions: firms of a kind face the same market.
    base, slope : float
        a [log odds], b [log odds per unit of shortage].
    """
    chance: Floats = 1.0 / (1.0 + np.exp(-(base + slope * shortage)))
    return chance

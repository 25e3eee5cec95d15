"""W2, wages, on arrays: unemployment by cell, the wage curve with downward rigidity, what choosers see.

Pure functions in plain numpy for fifty cells a month. Cells are occupation groups x job levels, (G, L); counts are in
simulated persons.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.working.wages.kernels import TINY

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


def unemployment_by_cell(*, unemployed: Floats, staff: Counts, pooling: float) -> Floats:
    """u_gl: shares of the labour force, drawn towards the group, and the group's towards all, where few are.

    Parameters
    ----------
    unemployed, staff : (G, L) [persons]
    pooling : float
        k, above 0 [persons].

    Returns
    -------
    float64 (G, L), within (0, 1)
    """
    force = unemployed + staff
    overall = (unemployed.sum() + 0.5) / (force.sum() + 1.0)
    group = (unemployed.sum(axis=1) + pooling * overall) / (force.sum(axis=1) + pooling)
    cell: Floats = (unemployed + pooling * group[:, None]) / (force + pooling)
    return cell


def next_wages(
    *, wages: Floats, unemployment: Floats, normal: Floats, elasticity: float, pace: float, downward: float
) -> Floats:
    """w(t): a step towards the wage curve, shorter if it leads down.

    Parameters
    ----------
    wages : (G, L)
        w(t-1) [index, base year = 1], above 0.
    unemployment, normal : (G, L)
        s(t) and s(0) [share], above 0.
    elasticity, pace, downward : float
        e, 1 / c within (0, 1], delta within [0, 1].

    Returns
    -------
    float64 (G, L), above 0; rises with ``wages`` and falls with ``unemployment``
    """
    before = np.log(wages)
    away = -elasticity * np.log(unemployment / normal) - before
    moved: Floats = np.exp(before + pace * (np.maximum(away, 0.0) + downward * np.minimum(away, 0.0)))
    return moved


def wages_seen(*, wages: Floats, staff: Counts, technical: Bools) -> Floats:
    """Log wage of each group, its kind's plain mean moved to the log of the kind's mean wage.

    Parameters
    ----------
    wages, staff : (G, L)
        Index; persons.
    technical : bool (G,)

    Returns
    -------
    float64 (G,), log index
    """
    weight = staff + TINY
    paid = (weight * wages).sum(axis=1)
    workers = weight.sum(axis=1)
    seen: Floats = np.log(paid / workers)
    kind = technical.astype(np.int64)
    mean = np.bincount(kind, weights=seen) / np.bincount(kind)
    wage = np.bincount(kind, weights=paid) / np.bincount(kind, weights=workers)
    return seen + (np.log(wage) - mean)[kind]

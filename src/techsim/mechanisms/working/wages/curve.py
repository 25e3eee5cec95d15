"""W2, wages, on arrays: unemployment by cell, the wage curve with downward rigidity, what choosers see.

Pure functions in plain numpy for fifty cells a month, after one count of the unemployed. Cells are occupation groups x
job levels, (G, L); counts are in simulated persons.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.working.wages.kernels import add_unemployed

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int8]
Bools = npt.NDArray[np.bool_]

TINY = 1e-9
"""Workers added to a weight, so that cells without workers have one."""


def count_unemployed(
    *, labour: Codes, occupation: Codes, job_level: Codes, field: Codes, level: Codes, staff: Counts
) -> Floats:
    """The unemployed by cell: of their last job, else of their education.

    Parameters
    ----------
    labour, occupation, job_level, field, level : int8 (n,)
        Of everybody. Group and level of the last job, negative without one; field of education (one that is no
        occupation group is spread over all groups) and level of education.
    staff : int64 (G, L)

    Returns
    -------
    float64 (G, L), persons; sums to the number of the unemployed
    """
    placed, others = np.zeros(staff.shape, dtype=np.int64), np.zeros(staff.shape[1], dtype=np.int64)
    add_unemployed(labour, occupation, job_level, field, level, placed, others)
    weight = staff + TINY
    unemployed: Floats = placed + others * weight / weight.sum(axis=0)
    return unemployed


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

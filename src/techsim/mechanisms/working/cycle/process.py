"""W3, the stochastic cycle: once, when a run begins, since no one in the model moves the output gap."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.working.cycle.kernels import strayed

Floats = npt.NDArray[np.float64]


def gap_by_month(
    *,
    path: Floats,
    first: int,
    start: int | None,
    seed: int,
    parameters: Mapping[str, float],
    low: float,
    high: float,
) -> Floats:
    """The output gap that a run meets.

    Parameters
    ----------
    path : float64 (months,) [share of potential output]
        The scenario's path, with its table.
    first, start : int
        Month indices of the path's first value and of the first shock; None for a cycle without a process.
    seed : int
        The draw's seed.
    parameters : mapping of str to float
        Every parameter by name.
    low, high : float [share of potential output]
        Bounds of the gap where it is stochastic.

    Returns
    -------
    float64 (months,) [share of potential output]
    """
    damping_months, deviation = parameters["cycle.damping_months"], parameters["cycle.deviation"]
    if start is None:
        return path
    gap: Floats = strayed(
        path=path,
        first=first,
        start=start,
        seed=seed,
        damping_months=damping_months,
        deviation=deviation,
        low=low,
        high=high,
    )
    return gap

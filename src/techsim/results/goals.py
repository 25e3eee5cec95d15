"""Where a curve of an indicator against a lever's volume meets a target."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def meets(values: Floats, target: float, way: int) -> npt.NDArray[np.bool_]:
    """Whether values lie at the target or beyond it: above with ``way`` 1, below with -1."""
    return np.asarray(way * (values - target) >= 0.0)


def crossing(volumes: Floats, values: Floats, target: float, way: int) -> float:
    """The smallest volume at which the curve meets the target; NaN if it nowhere does.

    Between neighbours i and i + 1 the curve is straight: with y_i short of the target Y and y_(i+1) not,
    v = v_i + (v_(i+1) - v_i) (Y - y_i) / (y_(i+1) - y_i).

    Parameters
    ----------
    volumes : float64 (n,)
        Growing.
    values : float64 (n,)
    """
    met = np.flatnonzero(meets(values, target, way))
    if met.size == 0:
        return float("nan")
    k = int(met[0])
    if k == 0:
        return float(volumes[0])
    part = (target - values[k - 1]) / (values[k] - values[k - 1])
    return float(volumes[k - 1] + (volumes[k] - volumes[k - 1]) * part)


def bracket(volumes: Floats, values: Floats, target: float, way: int) -> tuple[float, float] | None:
    """The neighbours between which the curve first meets the target; None if it does at the first, or nowhere."""
    met = np.flatnonzero(meets(values, target, way))
    if met.size == 0 or met[0] == 0:
        return None
    return float(volumes[met[0] - 1]), float(volumes[met[0]])


def quantile(found: Floats, share: float) -> float | None:
    """A quantile over draws of the volume that each needs; those that never get there (NaN) need more than any.

    Returns
    -------
    float or None
        None if the quantile lies among those that never get there.
    """
    filled = np.where(np.isnan(found), np.inf, found)
    # "higher": between a number and never there is nothing to interpolate
    value = float(np.quantile(filled, share, method="lower" if share < 0.5 else "higher"))
    return value if np.isfinite(value) else None

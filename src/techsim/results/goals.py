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


def outwards(amounts: Floats, sign: int) -> npt.NDArray[np.int64]:
    """Places of the amounts on one side of none (``sign`` 1: above, -1: below), none first and the farthest last."""
    order = np.argsort(np.abs(amounts), kind="stable")
    return np.asarray(order[sign * amounts[order] >= 0.0], dtype=np.int64)


def side(amounts: Floats, values: Floats, target: float, way: int) -> int:
    """On which side of none the target is met nearest to it, 1 or -1; where on neither, which comes closest to it.

    Parameters
    ----------
    amounts, values : float64 (n,)
        None, 0, is among the amounts; those below it are of a lever that takes away.
    """
    sides = {sign: outwards(amounts, sign) for sign in (1, -1)}
    far = {sign: crossing(np.abs(amounts[at]), values[at], target, way) for sign, at in sides.items()}
    if not all(np.isnan(x) for x in far.values()):
        return min((sign for sign in far if not np.isnan(far[sign])), key=lambda sign: far[sign])
    return max(sides, key=lambda sign: float((way * values[sides[sign]]).max()))


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

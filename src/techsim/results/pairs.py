"""Results of two runs that are to be a pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import xarray as xr


def require_pair(one: xr.Dataset, other: xr.Dataset, axes: tuple[str, ...]) -> None:
    """ValueError if two results differ in the labels of any of ``axes``."""
    for axis in axes:
        if not np.array_equal(one[axis].values, other[axis].values):
            raise ValueError(f"the results are no pair: they differ in {axis}")

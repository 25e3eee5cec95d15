"""The arithmetic behind the start population: single years of age from age groups, and cells from margins."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from techsim.data.reader import TableError
from techsim.data.smoothing import smoothest

Floats = npt.NDArray[np.float64]

_ROUNDS = 200
_CLOSE = 1e-10


def single_years(shape: Floats, starts: Sequence[int], totals: Floats) -> Floats:
    """People by single year of age: a given shape times a factor that is as smooth as the group totals allow.

    The factor, what migration made of the birth cohorts, has no steps at the borders of groups.

    Parameters
    ----------
    shape : float64 (ages,)
        What the ages would be without migration: births times survival.
    starts : sequence of int (groups,)
        First age of each group; the first is 0.
    totals : float64 (groups,) [persons]

    Returns
    -------
    float64 (ages,) [persons]

    Raises
    ------
    TableError
        If the totals force a negative number of people at some age.
    """
    ages = shape.size
    constraints = np.zeros((len(starts), ages))
    for group, (first, end) in enumerate(zip(starts, [*starts[1:], ages], strict=True)):
        constraints[group, first:end] = shape[first:end] / totals[group]
    factor = smoothest(constraints, np.ones(len(starts)))
    if (factor <= 0).any():
        raise TableError(f"table start_age_groups: no people would be left at age {int(np.argmin(factor))}")
    return np.asarray(shape * factor)


def fit_cells(age_sex: Floats, background: Floats, region: Floats, tilt: Floats) -> Floats:
    """Cells that keep four margins: iterative proportional fitting (Deming and Stephan, 1940).

    The fourth is how many of each age live in a region: ``tilt``, fitted first to the totals of ages and regions. A
    region is then as old as its ratios say; as a start of the fitting alone, where natives live would be older still.
    Where all four cannot hold, this one yields.

    Parameters
    ----------
    age_sex : float64 (ages, sexes) [persons]
    background : float64 (ages, backgrounds) [share]
        Shares by age; where they and ``region`` disagree on totals the former win.
    region : float64 (backgrounds, regions) [share]
        Where the people of a background live.
    tilt : float64 (regions, ages) [ratio]
        Share of an age in a region against its share in the country, but for what keeps the totals of both.

    Returns
    -------
    float64 (ages, sexes, backgrounds, regions) [persons]
    """
    by_background = age_sex[:, :, None] * background[:, None, :]
    target = by_background.sum(axis=(0, 1))[:, None] * region
    by_age, by_region = age_sex.sum(axis=1), target.sum(axis=0)
    of_age = by_age[:, None] * by_region * tilt.T
    for _ in range(_ROUNDS):
        of_age *= (by_age / of_age.sum(axis=1))[:, None]
        of_age *= by_region / of_age.sum(axis=0)
    cells = by_background[:, :, :, None] * region[None, None] * tilt.T[:, None, None, :]
    for of_regions in (True, False):
        for _ in range(_ROUNDS):
            if of_regions:
                cells *= (of_age / np.maximum(cells.sum(axis=(1, 2)), 1e-300))[:, None, None, :]
            cells *= (by_background / np.maximum(cells.sum(axis=3), 1e-300))[..., None]
            ratio = target / cells.sum(axis=(0, 1))
            cells *= ratio[None, None]
            if np.abs(ratio - 1.0).max() < _CLOSE:
                break
    return np.asarray(cells)

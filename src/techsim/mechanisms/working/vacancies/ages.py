"""How long vacancies have been open: each month they grow older, new ones enter, the longest open go first."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.working.vacancies.kernels import let_age

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Ages = npt.NDArray[np.int32]

AGES = 25
"""Classes of months open: 0 to 23, and 24 or more."""
START_MONTHS_OPEN = 2.7
"""Mean months open at the start (open over new vacancies in 2008, public_figures P0773 ff. and P0787 ff.)."""
START_STEP = 2.0**0.5 - 1.0
"""Irrational step of the thresholds that spread ages over cells, other than that of the vacancies themselves."""
DURATION_FROM = (0, 1, 3, 6)
"""First age of each class of the results (``results.coordinates.DURATION``)."""


def start_ages(vacancies: Counts) -> Ages:
    """Ages of the vacancies of the start, exponential by a threshold of their cell; int32 (AGES, E, G, L, R)."""
    threshold = (np.arange(1, vacancies.size + 1) * START_STEP % 1.0).reshape(vacancies.shape)
    months = np.minimum(-START_MONTHS_OPEN * np.log(np.maximum(threshold, 1e-9)), AGES - 1).astype(np.int64)
    return np.asarray((np.arange(AGES)[:, None, None, None, None] == months) * vacancies, dtype=np.int32)


def grow_older(ages: Ages, opened: Counts, filled: Counts, withdrawn: Counts) -> tuple[Counts, Counts]:
    """One month (:func:`~techsim.mechanisms.working.vacancies.kernels.let_age`).

    Parameters
    ----------
    ages : int32 (AGES, E, G, L, R)
        At the end of last month; changed to those at the end of this, which sum to before + opened - filled -
        withdrawn.
    opened, filled, withdrawn : int64 (E, G, L, R)

    Returns
    -------
    (AGES, G, L), (AGES, G)
        Open at the end of the month by group and level; the filled by age and group.
    """
    _, groups, levels, regions = opened.shape
    open_by_age, filled_by_age = (np.zeros((len(ages), *cells), np.int64) for cells in ((groups, levels), (groups,)))
    let_age(
        ages=ages.reshape(ages.shape[0], -1),
        opened=opened.ravel(),
        filled=filled.ravel(),
        withdrawn=withdrawn.ravel(),
        regions=regions,
        open_by_age=open_by_age,
        filled_by_age=filled_by_age,
    )
    return open_by_age, filled_by_age


def classes(ages: Counts) -> Counts:
    """Ages as the classes of the results, the last axis: (..., classes) from (AGES, ...)."""
    return np.moveaxis(np.add.reduceat(ages, DURATION_FROM, axis=0), 0, -1)


def mean_months(by_age: Counts) -> Floats:
    """Mean age over the first axis of (AGES, groups); NaN where there is none."""
    count = by_age.sum(axis=0)
    mean = np.full(count.shape, np.nan)
    np.divide(np.arange(AGES) @ by_age, count, out=mean, where=count > 0)
    return mean

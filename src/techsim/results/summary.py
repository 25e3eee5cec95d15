"""The tidy summary: per indicator, year and group the mean and the quantiles over draws."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from techsim.data.dimensions import DIMENSIONS
from techsim.population.clock import MONTHS
from techsim.results.coordinates import FIXED

if TYPE_CHECKING:
    import xarray as xr

Floats = npt.NDArray[np.float64]

ALL = "all"
"""Value of a group column in a row that adds up over that group."""
STATISTICS = ("mean", "p05", "p50", "p95")
QUANTILES = (0.05, 0.5, 0.95)
SPLITS = ("technical", "technical_occupation", "earlier_technical", "pathway", "placement", "place", "flow", "item")
"""Groups that split a count in two or a few, by which a reader asks of every other group: how many are technical?"""
PAIRS = (("level", "sex"), ("track", "sex"), ("from_stage", "to_stage"), ("origin", "destination"), ("reason", "level"))
"""Other pairs of groups that stand in the summary; ``results.nc`` has every cell of all."""
DIGITS = 7
"""Significant digits of a number; of a larger one all digits before the point."""


def yearly(variable: xr.DataArray) -> tuple[list[int], Floats]:
    """A variable by year: stocks and shares of months as the year's mean, flows as its sum.

    Parameters
    ----------
    variable : DataArray (draw, time | year | cohort, *groups)
        With the attribute ``kind``.

    Returns
    -------
    (years, values)
        values : float64 (draw, years, *groups). A year with months outside the run has no sum: a flow is NaN there.
    """
    values = variable.values
    axis = str(variable.dims[1])
    if axis != "time":
        return [int(year) for year in variable[axis].values], values.astype(np.float64)
    years, starts, counts = months_of(variable["time"].values)
    return years.tolist(), by_year(values, variable.attrs["kind"], starts, counts)


def months_of(time: npt.NDArray[np.datetime64]) -> tuple[npt.NDArray[np.int64], ...]:
    """The calendar years of ascending months, the first month of each among them, and how many; int64 (years,) each."""
    return runs(time.astype("datetime64[Y]").astype(np.int64) + 1970)


def by_year(values: Floats, kind: str, starts: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]) -> Floats:
    """Months as years, as :func:`yearly`; ``starts`` and ``counts`` as of :func:`months_of`.

    Parameters
    ----------
    values : (draw, month, *groups)

    Returns
    -------
    float64 (draw, years, *groups)
    """
    if kind == "share":
        known = np.add.reduceat(~np.isnan(values), starts, axis=1, dtype=np.int64)
        sums = np.add.reduceat(np.nan_to_num(values), starts, axis=1)
        return np.where(known > 0, sums / np.maximum(known, 1), np.nan)
    reduced = np.add.reduceat(values, starts, axis=1, dtype=np.float64)
    shape = (1, len(counts)) + (1,) * (values.ndim - 2)
    if kind == "stock":
        return np.asarray(reduced / counts.reshape(shape))
    if kind == "flow":
        return np.where((counts == MONTHS).reshape(shape), reduced, np.nan)
    return np.asarray(reduced)


def runs(sorted_values: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], ...]:
    """Values, first positions and lengths of the runs of equal values in ascending ones; int64 (k,) each."""
    starts = np.flatnonzero(np.diff(sorted_values, prepend=sorted_values[:1] - 1))
    return sorted_values[starts], starts, np.diff(starts, append=len(sorted_values))


def columns(data: xr.Dataset) -> list[str]:
    """Group columns of the summary of a Dataset, in the order of the dimensions' declaration."""
    present = {str(dim) for name in data.data_vars for dim in data[name].dims[2:]}
    known = [name for name in dict.fromkeys((*DIMENSIONS, *FIXED)) if name in present]
    return known + sorted(present - set(known))


def rows(data: xr.Dataset) -> Iterator[tuple[Any, ...]]:
    """Rows of the summary: indicator, year, one value per group column, mean, p05, p50, p95.

    Counts and money are given in total, by each group, and by the pairs of groups that hold one of ``SPLITS`` or stand
    in ``PAIRS``; a group that a row adds up over reads ``all``, one that the indicator does not have is empty. Shares
    do not add up: they are given as they are. What is unknown in every draw has no row, nor has a group that counts
    nothing in every year and draw.
    """
    groups = columns(data)
    for name in sorted(str(name) for name in data.data_vars):
        variable = data[name]
        years, values = yearly(variable)
        dims = [str(dim) for dim in variable.dims[2:]]
        for kept in _margins(variable.attrs["kind"], dims):
            over = tuple(i + 2 for i in range(len(dims)) if i not in kept)
            yield from _rows_of(name, years, variable, dims, kept, values.sum(axis=over), groups)


def _margins(kind: str, dims: Sequence[str]) -> list[tuple[int, ...]]:
    """Which groups stay, per set of rows: positions among the indicator's groups."""
    everything = range(len(dims))
    if kind == "share":
        return [tuple(everything)]
    return [(), *((i,) for i in everything), *(pair for pair in combinations(everything, 2) if _asked(dims, pair))]


def _asked(dims: Sequence[str], pair: tuple[int, int]) -> bool:
    first, second = (dims[i] for i in pair)
    return first in SPLITS or second in SPLITS or (first, second) in PAIRS or (second, first) in PAIRS


def _rows_of(
    name: str,
    years: Sequence[int],
    variable: xr.DataArray,
    dims: Sequence[str],
    kept: tuple[int, ...],
    values: Floats,
    groups: Sequence[str],
) -> Iterator[tuple[Any, ...]]:
    statistics, kind = _statistics(values), variable.attrs["kind"]
    blank = {group: (ALL if group in dims else "") for group in groups}
    labels = [[str(label) for label in variable[dims[i]].values] for i in kept]
    names = [dims[i] for i in kept]
    for cell in np.ndindex(*values.shape[2:]):
        by_year = statistics[(slice(None), slice(None), *cell)].T
        if names and kind != "share" and not np.nan_to_num(by_year).any():
            continue
        fixed = tuple((blank | {group: labels[i][cell[i]] for i, group in enumerate(names)}).values())
        for year, numbers in zip(years, by_year.tolist(), strict=True):
            if not math.isnan(numbers[0]):
                yield (name, year, *fixed, *numbers)


def _statistics(values: Floats) -> Floats:
    """Mean and quantiles over the draws in which a value is known; (4, years, *groups)."""
    if values.shape[0] == 1:
        return np.repeat(values, len(STATISTICS), axis=0)
    unknown = np.isnan(values)
    if not unknown.any():
        return np.concatenate([values.mean(axis=0)[None], np.quantile(values, QUANTILES, axis=0)])
    result = np.full((len(STATISTICS), *values.shape[1:]), np.nan)
    some = ~unknown.all(axis=0)
    known = values[:, some]
    result[0, some] = np.nanmean(known, axis=0)
    result[1:, some] = quantiles(known, QUANTILES)
    return result


def quantiles(values: Floats, shares: Sequence[float]) -> Floats:
    """Quantiles over the draws in which a value is known; (shares, ...) of values (draws, ...), each known somewhere.

    As ``numpy.nanquantile`` gives them, which takes every value by itself, known in all draws or not.
    """
    found = np.asarray(np.quantile(values, shares, axis=0))
    gaps = np.isnan(values).any(axis=0)
    if gaps.any():
        found[:, gaps] = np.nanquantile(values[:, gaps], shares, axis=0)
    return found


def write(data: xr.Dataset, path: Path) -> None:
    """Write ``summary.csv``: UTF-8, comma, line feeds on every system."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("indicator", "year", *columns(data), *STATISTICS))
        one_draw, text = data.sizes.get("draw", 1) == 1, len(STATISTICS)
        if one_draw:  # mean and quantiles are one number
            writer.writerows((*row[:-text], *(_short(row[-1]),) * text) for row in rows(data))
        else:
            writer.writerows((*row[:-text], *map(_short, row[-text:])) for row in rows(data))


def _short(number: float) -> str:
    """A number to ``DIGITS`` significant digits, larger ones to the unit; in powers of ten only below 0.0001."""
    return str(round(number)) if abs(number) >= 10.0 ** (DIGITS - 1) else format(number, f".{DIGITS}g")

"""From the recorders of draws to the Dataset that is written: persons instead of simulated persons, named axes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from techsim.declarations import Indicator
from techsim.population.clock import EPOCH_YEAR, MONTHS, SCHOOL_YEAR_START, month_index, school_year_of, year_of
from techsim.results.recorder import Recorder

if TYPE_CHECKING:
    import xarray as xr

    from techsim.results.coordinates import Label

Values = npt.NDArray[Any]

AXIS = {"month": "time", "year": "year", "school_year": "year", "cohort": "cohort"}
"""Dimension of the Dataset along which an indicator of a period is kept."""
AXIS_NAMES = {
    "draw": "number of the draw",
    "time": "first day of the month",
    "year": "calendar year, or school year by the year in which it starts",
    "cohort": "school year in which people entered secondary education",
}


@dataclass(frozen=True)
class DrawRecord:
    """One finished draw. ``arrays`` are in persons (or euro, or shares) as :func:`in_persons` returns them."""

    draw: int
    seed: int
    parameters: Mapping[str, float]
    arrays: Mapping[str, Values]
    timings: Mapping[str, float]


def in_persons(recorder: Recorder, scale: float, indicators: Iterable[Indicator] | None = None) -> dict[str, Values]:
    """The recorder's arrays as the results give them.

    Parameters
    ----------
    recorder : Recorder
    scale : float
        Residents per simulated person.
    indicators : iterable of Indicator, optional
        Those asked for; all if left out.

    Returns
    -------
    dict of arrays (period, *groups)
        Counts: int32 (int64 if a value needs it), float64 if ``scale`` is no whole number. A year of a yearly
        indicator that nothing was recorded for is unknown, as is that of a flow which the run cut short: NaN, and the
        array float64. Money and shares: float64.
    """
    result: dict[str, Values] = {}
    for indicator in recorder.indicators.values() if indicators is None else indicators:
        name = indicator.name
        values: Values = recorder.arrays[name]
        if indicator.kind in ("stock", "flow"):
            values = _scaled(values, scale)
        if indicator.kind != "money" and AXIS[indicator.period] == "year":
            known = recorder.recorded[name] | recorder.arrays[name].any(axis=tuple(range(1, values.ndim)))
            known &= ~recorder.partial(name)
            if not known.all():
                values = values.astype(np.float64)
                values[~known] = np.nan
        result[name] = values
    return result


def _scaled(counts: Values, scale: float) -> Values:
    if scale != int(scale):
        return counts * scale
    most = 0 if counts.size == 0 else int(scale) * max(-int(counts.min()), int(counts.max()))
    if most > np.iinfo(np.int32).max:
        return counts * int(scale)
    return np.multiply(counts, int(scale), dtype=np.int32, casting="unsafe")  # all fit, so that nothing is lost


def build(
    indicators: Iterable[Indicator],
    records: Sequence[DrawRecord],
    labels: Mapping[str, Sequence[Label]],
    first: int,
    last: int,
    attributes: Mapping[str, str | int | float],
    labelled: Collection[str] | None = None,
) -> xr.Dataset:
    """All draws as one Dataset.

    Parameters
    ----------
    indicators : iterable of Indicator
    records : sequence of DrawRecord
        In any order; the Dataset is ordered by draw.
    labels : mapping of group dimension to its labels
        See :func:`techsim.results.coordinates.coordinates`.
    first, last : int
        First and last month index of the run.
    attributes : mapping
        Attributes of the Dataset.
    labelled : collection of str, optional
        Groups whose labels are wanted, of what is worked on and not kept: xarray brings every coordinate along through
        everything. All if left out, with what there is to know of draws and years.

    Returns
    -------
    xarray.Dataset
        Dims ``draw``, ``time``, ``year``, ``cohort`` and the groups. ``year`` spans the calendar years and the school
        years of the run; an indicator is NaN in the years that it does not cover.

    Raises
    ------
    ValueError
        If an array's shape does not fit the labels.
    """
    import xarray as xr

    records = sorted(records, key=lambda record: record.draw)
    indicators = sorted(indicators, key=lambda indicator: indicator.name)
    years = np.arange(school_year_of(first), year_of(last) + 1)
    axes: dict[str, Values] = {
        "draw": np.array([record.draw for record in records], dtype=np.int32),
        "time": months(first, last),
        "year": years.astype(np.int32),
        "cohort": np.arange(school_year_of(first), school_year_of(last) + 1, dtype=np.int32),
    }
    coordinates: dict[str, Any] = {name: (name, v, {"long_name": AXIS_NAMES[name]}) for name, v in axes.items()}
    for name in sorted({group for indicator in indicators for group in indicator.groups}):
        if labelled is None or name in labelled:
            coordinates[name] = (name, np.array(labels[name]), {"long_name": name.replace("_", " ")})
    if labelled is None:
        seeds = np.array([record.seed for record in records], dtype=np.int64)
        coordinates["seed"] = ("draw", seeds, {"long_name": "seed of the draw"})
        for name, words, start in (
            ("months_simulated", "months of the calendar year", 1),
            ("school_year_months_simulated", "months of the school year", SCHOOL_YEAR_START),
        ):
            covered = [_covered(int(year), start, first, last) for year in years]
            coordinates[name] = ("year", np.array(covered, dtype=np.int32), {"long_name": f"{words} within the run"})
    variables = {}
    for indicator in indicators:
        axis = AXIS[indicator.period]
        shape = _length(indicator.period, first, last), *(len(labels[group]) for group in indicator.groups)
        values = [record.arrays[indicator.name] for record in records]
        for array in values:
            if array.shape != shape:
                raise ValueError(f"indicator {indicator.name}: shape {array.shape} does not fit its labels {shape}")
        stacked = np.stack(values)
        if axis == "year":
            stacked = _on_years(stacked, year_of(first) if indicator.period == "year" else int(years[0]), years)
        variables[indicator.name] = (("draw", axis, *indicator.groups), stacked, describe(indicator))
    return xr.Dataset(variables, coords=coordinates, attrs=dict(attributes))


def describe(indicator: Indicator) -> dict[str, str]:
    """Attributes of an indicator's variable."""
    return {
        "units": indicator.unit,
        "long_name": indicator.long_name,
        "mechanism": indicator.mechanism,
        "kind": indicator.kind,
        "period": indicator.period,
    }


def months(first: int, last: int) -> npt.NDArray[np.datetime64]:
    """First days of the months ``first..last``; datetime64[ns] (months,)."""
    epoch = np.datetime64(f"{EPOCH_YEAR:04d}-01", "M")
    return (epoch + np.arange(first, last + 1)).astype("datetime64[ns]")


def _length(period: str, first: int, last: int) -> int:
    if period == "month":
        return last - first + 1
    count = year_of if period == "year" else school_year_of
    return count(last) - count(first) + 1


def _covered(year: int, start: int, first: int, last: int) -> int:
    """Months of the twelve from calendar month ``start`` of ``year`` that lie within ``first..last``."""
    begin = month_index(year, start)
    return max(0, min(last, begin + MONTHS - 1) - max(first, begin) + 1)


def _on_years(values: Values, start: int, years: Values) -> Values:
    """``values`` (draw, its years from ``start``, ...) on the axis ``years``, NaN in years beside its own."""
    if values.shape[1] == len(years):
        return values
    spread = np.full((values.shape[0], len(years), *values.shape[2:]), np.nan)
    at = start - int(years[0])
    spread[:, at : at + values.shape[1]] = values
    return spread

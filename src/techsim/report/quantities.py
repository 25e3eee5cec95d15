"""The results as the report asks for them: quantities along years and quarters, over draws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from techsim.data.evidence import Groups
from techsim.report.catalogue import QUANTITIES
from techsim.results.summary import quantiles, runs, yearly

if TYPE_CHECKING:
    import xarray as xr

Floats = npt.NDArray[np.float64]
Selection = Mapping[str, tuple[str, ...]]
LOW, HIGH = 0.05, 0.95
"""The interval over draws that is shown."""
AXES = ("draw", "time", "year", "cohort")
SAME_TIME = 1e-6
"""Years within which two points in time are one."""


@dataclass(frozen=True)
class Series:
    """A quantity along years or months: mean over draws and the 5 to 95 % interval.

    ``x`` is the year (a school year by its start), with decimals for months and quarters. With one draw ``low`` and
    ``high`` equal ``mean``. Entries that are unknown in every draw are left out.
    """

    x: Floats
    mean: Floats
    low: Floats
    high: Floats

    def __len__(self) -> int:
        return len(self.x)

    def at(self, year: float) -> tuple[float, float, float] | None:
        """Mean, low and high at a year; None if it is not there."""
        hits = np.flatnonzero(np.abs(self.x - year) < SAME_TIME)
        if hits.size == 0:
            return None
        i = int(hits[0])
        return float(self.mean[i]), float(self.low[i]), float(self.high[i])


def spread(x: Floats, values: Floats) -> Series:
    """The series of ``values`` (draws, len(x)); a draw in which an entry is unknown does not count there."""
    known = ~np.isnan(values).all(axis=0)
    x, values = x[known], values[:, known]
    if values.shape[0] == 1 or values.shape[1] == 0:
        line = values[0] if values.shape[0] else np.empty(0)
        return Series(x, line, line, line)
    low, high = quantiles(values, (LOW, HIGH))
    return Series(x, np.nanmean(values, axis=0), low, high)


class Results:
    """The results of a run as the report asks for them; sums over big variables, and what is worked out, are kept.

    Parameters
    ----------
    data : Dataset
        As ``results.nc`` holds it; any variable may be missing.
    """

    def __init__(self, data: xr.Dataset) -> None:
        self.data = data
        self.draws = int(data.sizes.get("draw", 1))
        self._years: dict[str, xr.DataArray] = {}
        self._worked_out: dict[tuple[Any, ...], xr.DataArray] = {}

    def has(self, *variables: str) -> bool:
        """Whether the variables are there and not empty."""
        return all(name in self.data and self.data.variables[name].size > 0 for name in variables)

    def knows(self, quantity: str) -> bool:
        """Whether a quantity can be worked out."""
        return self.has(*QUANTITIES[quantity].needs)

    def labels(self, dimension: str) -> list[str]:
        """The labels of a dimension; empty if the results do not have it."""
        return [str(label) for label in self.data.variables[dimension].values] if dimension in self.data.coords else []

    def by_year(self, quantity: str, groups: Selection | Groups = ()) -> Series:
        """A quantity by year: of monthly stocks the mean over the year; of months outside the run nothing.

        Raises
        ------
        KeyError
            If the results lack a variable, a dimension or a label that is asked for.
        """
        values = self._computed(quantity, "year", groups)
        return spread(values["year"].values.astype(np.float64), _plain(values, "year"))

    def by_quarter(self, quantity: str, groups: Selection | Groups = (), together: int = 1) -> Series:
        """A monthly quantity by quarter, x in years (2008.0 is the first quarter of 2008).

        With ``together`` = 4 each value is one of four quarters in a row, whose middle is x: free of the seasons, and
        for a calendar year equal to that of :meth:`by_year`.
        """
        values = self._computed(quantity, "time", groups, together)
        return spread(values["time"].values.astype(np.float64), _plain(values, "time"))

    def drawn(self, quantity: str, year: int, quarter: int, groups: Selection | Groups = ()) -> Floats:
        """A quantity in one year or quarter, by draw; empty if the results do not cover it."""
        axis = "time" if quarter else "year"
        if quarter and any("time" not in self.data.variables[name].dims for name in QUANTITIES[quantity].needs):
            return np.empty(0)
        values = self._computed(quantity, axis, groups)
        wanted = year + (quarter - 1) / 4 if quarter else year
        hits = np.flatnonzero(np.abs(values[axis].values.astype(np.float64) - wanted) < SAME_TIME)
        if hits.size == 0:
            return np.empty(0)
        found = _plain(values, axis)[:, hits[0]]
        return found[~np.isnan(found)]

    def _computed(self, quantity: str, axis: str, groups: Selection | Groups, together: int = 1) -> xr.DataArray:
        """A quantity along ``axis``: ``year``, or ``time`` for quarters, each the mean of ``together`` of them."""
        key = (quantity, axis, tuple(sorted(dict(groups).items())), together)
        if key not in self._worked_out:
            spec, along = QUANTITIES[quantity], self._yearly if axis == "year" else self._quarterly
            narrowed = self._narrow({name: along(name) for name in spec.needs}, groups)
            self._worked_out[key] = spec.compute(_moving_mean(narrowed, together) if together > 1 else narrowed)
        return self._worked_out[key]

    def monthly(self, variable: str) -> Series:
        """A variable of months without groups, as it is; x in years."""
        values = self.data[variable]
        return spread(decimal_years(values["time"].values), _plain(values, "time"))

    def _narrow(self, variables: Mapping[str, xr.DataArray], groups: Selection | Groups) -> xr.Dataset:
        import xarray as xr

        chosen = dict(groups)
        narrowed = {}
        for name, values in variables.items():
            where: dict[str, list[int]] = {}
            for dimension, labels in chosen.items():
                if dimension not in values.dims:
                    raise KeyError(f"{name} has no dimension {dimension}")
                # By position: xarray takes a list of truth values for a mask.
                there = [str(label).lower() for label in values[dimension].values]
                absent = [label for label in labels if label.lower() not in there]
                if absent:
                    raise KeyError(f"{name} has no {dimension} {', '.join(absent)}")
                where[dimension] = [there.index(label.lower()) for label in labels]
            narrowed[name] = values.isel(where) if where else values
        if len(narrowed) == 1:  # there is nothing to align, which takes longer than all the rest
            return values.isel(where).to_dataset(name=name) if where else values.to_dataset(name=name)
        return xr.Dataset(narrowed)

    def _yearly(self, name: str) -> xr.DataArray:
        if name not in self._years:
            import xarray as xr

            variable = self.data[name]
            if "time" not in variable.dims:
                self._years[name] = variable
            else:
                if "kind" not in variable.attrs:
                    variable = variable.assign_attrs(kind="stock")
                years, values = yearly(variable)
                coords = {d: variable[d] for d in variable.dims if d not in ("time",) and d in variable.coords}
                dims = ["year" if d == "time" else d for d in variable.dims]
                self._years[name] = xr.DataArray(values, dims=dims, coords={**coords, "year": years})
        return self._years[name]

    def _quarterly(self, name: str) -> xr.DataArray:
        key = f"{name} by quarter"
        if key not in self._years:
            import xarray as xr

            variable = self.data[name]
            if "sector" in variable.dims:
                variable = variable.sum("sector")
            months = variable["time"].values.astype("datetime64[M]").astype(np.int64)
            quarters, starts, counts = runs(months // 3)
            sums = np.add.reduceat(variable.values, starts, axis=1, dtype=np.float64)
            shape = (1, len(quarters)) + (1,) * (sums.ndim - 2)
            coords = {d: variable[d] for d in variable.dims if d != "time" and d in variable.coords}
            means = xr.DataArray(
                sums / counts.reshape(shape), dims=variable.dims, coords={**coords, "time": 1970 + quarters / 4}
            )
            self._years[key] = means
        return self._years[key]


def decimal_years(times: npt.NDArray[Any]) -> Floats:
    """First days of months as years with decimals; datetime64 to float64, same shape."""
    months = times.astype("datetime64[M]").astype(np.int64)
    return np.asarray(1970 + months / 12, dtype=np.float64)


def full_years(data: xr.Dataset) -> list[int]:
    """Calendar years of which the run holds every month, ascending."""
    if "time" not in data.coords:
        return []
    years, _, counts = runs(data["time"].values.astype("datetime64[Y]").astype(np.int64) + 1970)
    return [int(y) for y, n in zip(years, counts, strict=True) if n == 12]


def _moving_mean(data: xr.Dataset, together: int) -> xr.Dataset:
    """Means of quarters in a row, at the middle of each. By slices: xarray's rolling costs a report's third."""
    count = max(data.sizes["time"] - together + 1, 0)
    parts = [data.isel(time=slice(k, k + count)).drop_vars("time") for k in range(together)]
    mean = sum(parts[1:], parts[0]) / together
    return mean.assign_coords(time=data["time"].values[:count] + (together - 1) / 8)


def _plain(values: xr.DataArray, axis: str) -> Floats:
    extra: Iterable[Any] = [d for d in values.dims if d not in ("draw", axis)]
    if list(extra):
        raise ValueError(f"{values.name}: dimensions {list(extra)} are left")
    return values.transpose("draw", axis).values.astype(np.float64)


def slumps(results: Results, depth: float = -0.01) -> tuple[tuple[float, float], ...]:
    """Spans of years in which output lies more than 1 % below its trend, half a year or longer."""
    if not results.has("output_gap") or results.data["output_gap"].ndim != 2:
        return ()
    s = results.monthly("output_gap")
    if not len(s):
        return ()
    found: list[tuple[float, float]] = []
    start: float | None = None
    for x, gap in zip([*s.x, s.x[-1] + 1 / 12], [*s.mean, 0.0], strict=True):
        if gap < depth and start is None:
            start = float(x)
        elif gap >= depth and start is not None:
            if x - start >= 0.5 - 1e-9:
                found.append((start, float(x)))
            start = None
    return tuple(found)

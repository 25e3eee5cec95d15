"""What a run says about its labour market: the matching function and the Beveridge curve that come out of it (W2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from techsim.results.derived import total

if TYPE_CHECKING:
    import xarray as xr

Floats = npt.NDArray[np.float64]
LAGS = 12
"""Months over which errors of a monthly regression may go together."""


@dataclass(frozen=True)
class Fit:
    """A line through points: coefficients by name, their covariance in the same order, share of variance explained."""

    names: tuple[str, ...]
    values: Floats
    covariance: Floats
    explained: float
    points: int

    def __getitem__(self, name: str) -> float:
        """A coefficient."""
        return float(self.values[self.names.index(name)])

    def error(self, *names: str) -> float:
        """Standard error of a coefficient, or of the sum of several."""
        pick = np.array([name in names for name in self.names], dtype=np.float64)
        return float(np.sqrt(pick @ self.covariance @ pick))

    def sum(self, *names: str) -> float:
        """The sum of coefficients."""
        return float(np.sum([self[name] for name in names]))


def regress(y: Floats, columns: Mapping[str, Floats], seasons: npt.NDArray[np.int64], lags: int = LAGS) -> Fit:
    """Least squares with a constant per season; errors that hold if months in a row go together.

    Parameters
    ----------
    y : float64 (T,)
        What is explained, in order of time.
    columns : mapping of float64 (T,)
        What explains it.
    seasons : int64 (T,)
        Calendar month of each entry, say; each gets its own constant.
    lags : int
        Newey and West (1987): autocovariances of up to so many entries count, with weights that fall with the lag.
    """
    dummies = (seasons[:, None] == np.unique(seasons)[None, :]).astype(np.float64)
    x = np.column_stack([*columns.values(), dummies])
    found = np.linalg.lstsq(x, y, rcond=None)[0]
    left = y - x @ found
    scores = x * left[:, None]
    meat = scores.T @ scores
    for lag in range(1, min(lags, len(y) - 1) + 1):
        crossed = scores[lag:].T @ scores[:-lag]
        meat += (1 - lag / (lags + 1)) * (crossed + crossed.T)
    bread = np.linalg.inv(x.T @ x)
    k = len(columns)
    spread = float(((y - y.mean()) ** 2).sum())
    explained = 1 - float(left @ left) / spread if spread else float("nan")
    return Fit(tuple(columns), found[:k], (bread @ meat @ bread)[:k, :k], explained, len(y))


@dataclass(frozen=True)
class Months:
    """A run by month, mean over draws: float64 (T,) each, and the calendar month 1 to 12, int64 (T,).

    ``unemployed`` [persons] and ``vacancies`` are those at the start of the month, ``hires`` [persons] the vacancies
    filled in it, ``hires_from_work`` those of them that went to workers who changed jobs.
    """

    month: npt.NDArray[np.int64]
    year: npt.NDArray[np.int64]
    unemployed: Floats
    vacancies: Floats
    hires: Floats
    hires_from_work: Floats

    def between(self, first: int, last: int) -> Months:
        """The months of some years, both included."""
        keep = (self.year >= first) & (self.year <= last)
        return Months(*(getattr(self, name)[keep] for name in self.__dataclass_fields__))


def months(data: xr.Dataset) -> Months:
    """A run by month; the first month has no stocks at its start and is left out."""

    def mean(values: xr.DataArray) -> Floats:
        return np.asarray(values.mean("draw").values, dtype=np.float64)

    stamps = data["time"].values.astype("datetime64[M]").astype(np.int64)
    moved = data["separations_by_reason"].sel(reason="job_change").sum(["occupation", "level"])
    return Months(
        month=stamps[1:] % 12 + 1,
        year=stamps[1:] // 12 + 1970,
        unemployed=mean(total(data, "unemployed"))[:-1],
        vacancies=mean(total(data, "vacancies"))[:-1],
        hires=mean(total(data, "hires_from_vacancies"))[1:],
        hires_from_work=mean(moved)[1:],
    )


def together(parts: list[Months]) -> Months:
    """Months of several runs, one after the other."""
    names = Months.__dataclass_fields__
    return Months(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def matching_function(found: Months, without_work: bool = False) -> Fit:
    """Log hires on log unemployed and log vacancies, a constant per calendar month.

    With ``without_work`` only hires of people who had no job are counted: the usual left-hand side of studies on flows
    out of unemployment.
    """
    hires = found.hires - found.hires_from_work if without_work else found.hires
    columns = {"unemployed": np.log(found.unemployed), "vacancies": np.log(found.vacancies)}
    return regress(np.log(hires), columns, found.month)


def beveridge(data: xr.Dataset) -> dict[int, tuple[float, float]]:
    """By full calendar year: unemployment [share of the labour force] and open vacancies, means over draws."""
    idle = total(data, "unemployed").mean("draw")
    rate = idle / (idle + total(data, "employed").mean("draw"))
    posts = total(data, "vacancies").mean("draw")
    years = data["time"].values.astype("datetime64[Y]").astype(np.int64) + 1970
    return {
        int(year): (float(rate.values[years == year].mean()), float(posts.values[years == year].mean()))
        for year, count in zip(*np.unique(years, return_counts=True), strict=True)
        if count == 12
    }


def unemployment(data: xr.Dataset, fields: list[str], year: int) -> Floats:
    """Unemployment of people trained in some fields, mean of a calendar year [share of their labour force]; (draw,)."""
    idle, busy = (total(data, name, "field").sel(field=fields).sum("field") for name in ("unemployed", "employed"))
    return np.asarray((idle / (idle + busy)).sel(time=str(year)).mean("time").values, dtype=np.float64)


def leaving_share(data: xr.Dataset, name: str, years: list[int], placements: tuple[str, ...]) -> Floats:
    """Share of the leavers of some school years with one of ``placements``, of all levels together; (draw,).

    ``name`` is ``school_leavers_working`` or ``school_leavers_five_years_on``.
    """
    working = total(data, name, "placement").sel(year=years).sum("year")
    share = working.sel(placement=list(placements)).sum("placement") / working.sum("placement")
    return np.asarray(share.values, dtype=np.float64)


def technical_wage(data: xr.Dataset, technical: bool = True) -> xr.DataArray:
    """Mean pay of technical occupation groups, or of the others [index, base year = 1]; (draw, time or year).

    Groups count by their workers, job levels by the workers of that level of education in that kind of work: the
    results do not hold workers by group and job level together.
    """
    names = [str(label) for label in data["occupation"].values if str(label).startswith("technical_") == technical]
    by_group = total(data, "employed_by_occupation", "occupation").sel(occupation=names)
    by_level = total(data, "employed", "level", "technical_occupation").sel(technical_occupation=technical, drop=True)
    wages = data["wages"].sel(occupation=names)
    weights = (by_group / by_group.sum("occupation")) * (by_level / by_level.sum("level"))
    mean: xr.DataArray = (wages * weights).sum(["occupation", "level"], skipna=False)
    return mean


def jobs(data: xr.Dataset, sector: str, year: int) -> float:
    """Jobs of a sector, mean of a calendar year and of the draws [persons]."""
    chosen = data["employed"].sel(sector=sector, time=str(year))
    return float(chosen.sum(["field", "level", "region", "technical_occupation"]).mean())


def openings(data: xr.Dataset, sector: str, years: tuple[int, ...]) -> float:
    """Open vacancies of a sector, mean of some calendar years and of the draws."""
    chosen = data["vacancies"].sel(sector=sector, time=slice(str(years[0]), str(years[-1])))
    return float(chosen.sum(["occupation", "level", "region"]).mean())

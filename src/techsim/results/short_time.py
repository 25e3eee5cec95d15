"""What short-time work did (W3): take-up, jobs kept, deadweight and cost, from paired results with and without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from techsim.results.pairs import require_pair

if TYPE_CHECKING:
    import xarray as xr

INDUSTRY = "manufacturing"
MONTHS_AFTER = 12
"""Months after the last spell that count: jobs that end anyway when the scheme is over do so in them."""


def evaluate(
    with_scheme: xr.Dataset,
    without: xr.Dataset,
    hours_share: float | xr.DataArray,
    months_after: int = MONTHS_AFTER,
) -> xr.Dataset:
    """Take-up, jobs kept, deadweight and cost of short-time work, by draw.

    Jobs claimed are the hours cut of all spells begun, as full jobs. A job is kept if it was not let go: layoffs
    without the scheme less layoffs with it, from the first spell to ``months_after`` the last, so that jobs that end
    anyway do not count. The rest of the claims is deadweight: hours of staff who would have been kept in any case.

    Parameters
    ----------
    with_scheme, without : Dataset
        Results of the same draws and months that differ in the scheme only.
    hours_share : float or DataArray (draw,)
        Hours cut of a worker on short time: the run's parameter ``short_time.hours_share`` (its manifest has it, under
        ``parameters``; where draws differ, by draw).
    months_after : int
        Months counted after the last spell.

    Returns
    -------
    Dataset (draw,)
        ``workers`` [persons] who had a spell, ``spells``, ``worker_months``, ``industry_share`` of the workers,
        ``jobs_claimed`` [full jobs], ``jobs_kept`` [jobs], ``deadweight`` [share of jobs claimed], ``employed_years``
        [person-years of employment more than without], ``cost`` [euro, not discounted], ``cost_per_job`` [euro per job
        kept].

    Raises
    ------
    ValueError
        If draws or months differ, nobody was on short time, or the run ends before ``months_after``.
    """
    import numpy as np
    import xarray as xr

    require_pair(with_scheme, without, ("draw", "time", "year"))
    per_month = with_scheme["short_time_workers"].sum(["sector", "region"])
    busy = np.flatnonzero((per_month > 0).any("draw").values)
    if busy.size == 0:
        raise ValueError("nobody was on short-time work")
    window = slice(int(busy[0]), int(busy[-1]) + 1 + months_after)
    missing = window.stop - per_month.sizes["time"]
    if missing > 0:
        raise ValueError(
            f"the run ends {missing} months too early: {months_after} months after the last spell of short-time work "
            f"({np.datetime_as_string(per_month['time'].values[busy[-1]], unit='M')}) are counted; "
            "run on, or give a smaller months_after"
        )
    entries = with_scheme["short_time_entries"].sum("time")
    workers = entries.sel(spell="first").sum("sector")
    spells = entries.sum(["sector", "spell"])
    claimed = hours_share * spells
    kept = (_layoffs(without) - _layoffs(with_scheme)).isel(time=window).sum("time")
    employed = (_employed(with_scheme) - _employed(without)).isel(time=window).sum("time") / 12.0
    cost = _cost(with_scheme) - _cost(without)
    return xr.Dataset(
        {
            "workers": workers,
            "spells": spells,
            "worker_months": per_month.sum("time"),
            "industry_share": entries.sel(spell="first", sector=INDUSTRY) / workers.where(workers > 0),
            "jobs_claimed": claimed,
            "jobs_kept": kept,
            "deadweight": 1.0 - kept / claimed.where(claimed > 0),
            "employed_years": employed,
            "cost": cost,
            "cost_per_job": cost / kept.where(kept > 0),
        }
    ).drop_vars(["sector", "spell"], errors="ignore")


def is_short_time(lever: str) -> bool:
    """Whether a lever is a scheme of short-time work."""
    return lever.startswith("deeltijd_ww")


def _cost(data: xr.Dataset) -> xr.DataArray:
    """Public money of the schemes of short-time work, by draw; other levers have their own books."""
    schemes = [name for name in data["lever"].values if is_short_time(str(name))]
    cost: xr.DataArray = data["spending"].sel(lever=schemes).sum(["year", "lever", "item"])
    return cost


def _layoffs(data: xr.Dataset) -> xr.DataArray:
    """Layoffs by draw and month."""
    layoffs: xr.DataArray = data["separations_by_reason"].sel(reason="layoff", drop=True).sum(["occupation", "level"])
    return layoffs


def _employed(data: xr.Dataset) -> xr.DataArray:
    """People at work by draw and month."""
    employed = data["employed"]
    return employed.sum([dim for dim in employed.dims if dim not in ("draw", "time")])

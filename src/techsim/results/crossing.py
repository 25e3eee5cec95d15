"""Indicators of who comes into technical work and who will leave it, derived from recorded counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from techsim.results import derived

if TYPE_CHECKING:
    import xarray as xr


def retiring(data: xr.Dataset, *soon: str) -> xr.DataArray:
    """Share of the technicians of December whose retirement is ``soon``."""
    counts = derived.total(data, "workers_by_retirement", "retires", "occupation")
    technicians = counts.sel(occupation=derived.technical_occupations(data)).sum("occupation", skipna=False)
    return derived.ratio(
        technicians.sel(retires=list(soon)).sum("retires", skipna=False), technicians.sum("retires", skipna=False)
    )


def retrained_in_technical_work(data: xr.Dataset) -> xr.DataArray:
    """Share of those who completed retraining a year ago that have technical work."""
    counts = derived.total(data, "retrained_a_year_on", "work_of_retrained")
    return derived.ratio(
        counts.sel(work_of_retrained="technical", drop=True), counts.sum("work_of_retrained", skipna=False)
    )

"""What a bridging scheme did (L4): places paid for, places more, deadweight, graduates, cost; from paired results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from techsim.results.pairs import require_pair

if TYPE_CHECKING:
    import xarray as xr

MBO = ("mbo1", "mbo2", "mbo3", "mbo4")
YEARS_AFTER = 5
"""School years after the last intake into the scheme whose graduates count."""


def evaluate(with_scheme: xr.Dataset, without: xr.Dataset, years_after: int = YEARS_AFTER) -> xr.Dataset:
    """Places paid for, places more, deadweight, technical graduates more and cost of the bridging scheme, by draw.

    Places more are new bbl places with the scheme less those without it, in the school years in which it took places
    on: what the scheme paid for beyond them would have been there anyway. Graduates of mbo, in all pathways, are
    compared from the first of these years to ``years_after`` the last: who gets a place in bbl instead of a seat in bol
    is no graduate more.

    Parameters
    ----------
    with_scheme, without : Dataset
        Results of the same draws and years that differ in the scheme only.
    years_after : int
        School years counted after the last with new places in the scheme.

    Returns
    -------
    Dataset (draw,)
        ``places_paid``, ``places_more`` [places], ``deadweight`` [share of places paid], ``graduates_more`` and
        ``technical_graduates_more`` [diplomas of mbo], ``cost`` [euro], ``cost_per_place``, ``cost_per_graduate``
        [euro per place more, per technical graduate more; missing where there are none more].

    Raises
    ------
    ValueError
        If draws or years differ, no place was in the scheme, or the run ends before ``years_after``.
    """
    import numpy as np
    import xarray as xr

    year = _year_axis(with_scheme["bridging_places"])
    require_pair(with_scheme, without, ("draw", year))
    paid = with_scheme["bridging_places"].sum("region")
    busy = np.flatnonzero((paid > 0).any("draw").values)
    if busy.size == 0:
        raise ValueError("no place was in a bridging scheme")
    open_years = slice(int(busy[0]), int(busy[-1]) + 1)
    counted = slice(open_years.start, open_years.stop + years_after)
    missing = counted.stop - paid.sizes[year]
    if missing > 0:
        raise ValueError(
            f"the run ends {missing} school years too early: {years_after} after the last places of the scheme are "
            "counted; run on, or give a smaller years_after"
        )
    more = _more(with_scheme, without, "apprenticeship_intake").sum(["region", "technical"])
    diplomas = graduates_more(with_scheme, without, counted)
    technical = diplomas.sel(technical=True, drop=True)
    places, extra = paid.sum(year), more.isel({year: open_years}).sum(year)
    cost = _cost(with_scheme) - _cost(without)
    return xr.Dataset(
        {
            "places_paid": places,
            "places_more": extra,
            "deadweight": 1.0 - extra / places.where(places > 0),
            "graduates_more": diplomas.sum("technical"),
            "technical_graduates_more": technical,
            "cost": cost,
            "cost_per_place": cost / extra.where(extra > 0),
            "cost_per_graduate": cost / technical.where(technical > 0),
        }
    )


def fewer_places(with_subsidy: xr.Dataset, without: xr.Dataset) -> xr.DataArray:
    """Share of employers, by places, to whom a place is worth its cost but not without a subsidy; by draw and year.

    Parameters
    ----------
    with_subsidy, without : Dataset
        Results of the same draws that differ in the subsidy only.
    """
    weights = with_subsidy["places_by_sector"].sum("region")
    before, after = ((d["places_willing"] * weights).sum(["sector", "firm_size"]) for d in (with_subsidy, without))
    lost: xr.DataArray = 1.0 - after / before.where(before > 0)
    return lost


def graduates_more(with_scheme: xr.Dataset, without: xr.Dataset, counted: slice) -> xr.DataArray:
    """Diplomas of mbo more than without the scheme, by draw and ``technical``, in the school years ``counted``."""
    year = _year_axis(with_scheme["graduates"])
    one, other = (
        data["graduates"].sel(level=list(MBO)).isel({year: counted}).sum([year, "level", "pathway", "sex", "region"])
        for data in (with_scheme, without)
    )
    more: xr.DataArray = one.astype(float) - other
    return more


def _more(one: xr.Dataset, other: xr.Dataset, name: str) -> xr.DataArray:
    difference: xr.DataArray = one[name].astype(float) - other[name]
    return difference


def _cost(data: xr.Dataset) -> xr.DataArray:
    """Public money of all levers, euro by draw: other schemes' costs move too as a scheme adds apprentices."""
    cost: xr.DataArray = data["spending"].sum([dim for dim in data["spending"].dims if dim != "draw"])
    return cost


def _year_axis(values: xr.DataArray) -> str:
    """Name of the axis of years."""
    return next(str(dim) for dim in values.dims if dim not in ("draw", "region"))

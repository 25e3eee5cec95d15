"""Arrays with named axes do as xarray does, and what is compared is the same by either."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import xarray as xr

from techsim.results import derived
from techsim.results.compared import COMPARED, reduce, variable
from techsim.results.named import named
from techsim.results.summary import yearly

YEARS, MONTHS = [2019, 2020, 2021], 27
GROUPS = {
    "level": ["mbo4", "hbo"],
    "sex": ["female", "male"],
    "region": ["east", "west", "south"],
    "occupation": ["technical_building", "health", "technical_ict"],
    "field": ["building", "health", "ict"],
    "sector": ["industry", "care"],
    "technical": [False, True],
    "technical_occupation": [False, True],
    "placement": ["own_field", "other_field", "below_level", "other_field_below_level"],
}
VARIABLES = {
    "employed": ("time", "field", "level", "region", "sector", "technical_occupation"),
    "unemployed": ("time", "field", "level", "region"),
    "employed_by_occupation": ("time", "occupation", "sex"),
    "vacancies": ("time", "occupation", "level", "region", "sector"),
    "hires_from_vacancies": ("time", "occupation", "level", "region", "sector"),
    "wages": ("time", "occupation", "level"),
    "graduates": ("year", "level", "sex", "region", "technical"),
    "school_leavers_working": ("year", "level", "sex", "region", "placement"),
}


def results(whole: bool) -> xr.Dataset:
    """Two draws of a run that ends in the middle of a year; of two variables a year is unknown."""
    rng = np.random.default_rng(3)
    months = np.arange("2019-01", "2021-04", dtype="datetime64[M]").astype("datetime64[ns]")
    labels = {"draw": [0, 1], "time": months, "year": YEARS, **GROUPS}
    found = {}
    for name, dims in VARIABLES.items():
        shape = [len(labels[dim]) for dim in ("draw", *dims)]
        counts = rng.integers(0, 4, shape).astype(np.int32)
        values = rng.random(shape) if name == "wages" else counts if whole else counts * 0.1
        if dims[0] == "year":
            values = values.astype(np.float64)
            values[:, 1] = np.nan
        found[name] = (("draw", *dims), values)
    return xr.Dataset(found, coords=labels)


def test_sums_and_labels_are_those_of_xarray() -> None:
    data = results(whole=True)
    arrays: Any = named(data)
    one, other = data["graduates"], arrays["graduates"]
    for mine, theirs in (
        (other.sel(technical=True, drop=True), one.sel(technical=True, drop=True)),
        (other.sel(region=["south", "east"]), one.sel(region=["south", "east"])),
        (other.sel(region=["south", "east"]).sel(region="east"), one.sel(region="east")),
        (other.sum("sex", skipna=False), one.sum("sex", skipna=False)),
        (other.sum(["sex", "level"], skipna=False), one.sum(["sex", "level"], skipna=False)),
        (derived.total(arrays, "employed", "level"), derived.total(data, "employed", "level")),
        (other.copy(data=2 * other.values), 2 * one),
    ):
        assert mine.dims == theirs.dims
        np.testing.assert_array_equal(mine.values, theirs.values)
    with pytest.raises(ValueError, match="north"):
        other.sel(region="north")


@pytest.mark.parametrize("whole", [True, False])
def test_what_is_compared_is_that_of_the_months_themselves(whole: bool) -> None:
    data = results(whole)
    found = reduce(data)
    assert len(found) >= 30
    for spec in COMPARED:
        for group in ("", *spec.by):
            if variable(spec, group) not in found:
                continue
            values = spec.compute(data, *((group,) if group else ()))
            axis = next(dim for dim in ("time", "year") if dim in values.dims)
            years, expected = yearly(values.transpose("draw", axis, ...).assign_attrs(kind=spec.kind))
            dims, numbers = found[variable(spec, group)]
            assert dims == ("draw", "year", *((group,) if group else ()))
            np.testing.assert_array_equal(numbers[:, [YEARS.index(year) for year in years]], expected)

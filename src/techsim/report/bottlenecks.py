"""What binds in learning (L2, L3, L5), worked out from results that are narrowed to the groups chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from techsim.results import derived

if TYPE_CHECKING:
    import xarray as xr

SINCE = 2013
"""Year from which the fall of second-degree teachers is counted (figures teachers_second_degree)."""


def _by(data: xr.Dataset, measure: str, *kept: str) -> xr.DataArray:
    return derived.total(data, "teachers", "measure", *kept).sel(measure=measure, drop=True)


def teachers(data: xr.Dataset) -> xr.DataArray:
    """Full-time teachers of the segments chosen, regular and hybrid."""
    return _by(data, "fte")


def posts_filled(data: xr.Dataset) -> xr.DataArray:
    """Posts that are filled, of those funded, of the segments chosen."""
    there = teachers(data)
    return derived.ratio(there, there + _by(data, "shortage"))


def second_degree_left(data: xr.Dataset) -> xr.DataArray:
    """Technical second-degree teachers (regular) against 2013; unknown where the results lack that year."""
    there = _by(data, "fte", "kind", "segment", "technical")
    regular = there.sel(kind="regular", segment="vo_second", technical=True, drop=True)
    if SINCE not in regular["year"]:
        return regular.where(False)
    return derived.ratio(regular, regular.sel(year=SINCE, drop=True))


def students_per_teacher_wo(data: xr.Dataset) -> xr.DataArray:
    """Students of technical wo per regular teacher: permanent staff, as the figure has it."""
    students = derived.total(data, "students", "level", "technical").sel(level="wo", technical=True, drop=True)
    there = _by(data, "fte", "kind", "segment", "technical")
    return derived.ratio(students, there.sel(kind="regular", segment="wo", technical=True, drop=True))

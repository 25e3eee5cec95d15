"""Indicators that follow from recorded ones: shares, rates and totals, each stated once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import xarray as xr

TECHNICAL_OCCUPATION = "technical_"
"""Names of technical occupation groups begin so."""
MBO = ("mbo1", "mbo2", "mbo3", "mbo4")
N_TRACKS = ("havo", "vwo")
OTHER_FIELD = ("other_field", "other_field_below_level")
BELOW_LEVEL = ("below_level", "other_field_below_level")


Compute = Callable[["xr.Dataset"], "xr.DataArray"]


@dataclass(frozen=True)
class Derived:
    """An indicator worked out from the variables ``needs``, the first of which gives its period."""

    name: str
    long_name: str
    unit: str
    mechanism: str
    kind: Literal["stock", "flow", "share"]
    needs: tuple[str, ...]
    compute: Compute


def total(data: xr.Dataset, name: str, *keep: str) -> xr.DataArray:
    """A variable summed over all groups but ``keep``; unknown years stay unknown."""
    variable = data[name]
    over = [dim for dim in variable.dims if dim not in ("draw", "time", "year", "cohort", *keep)]
    if variable.dtype.kind == "i" and len(over) > 1 and over != list(variable.dims[-len(over) :]):
        # Whole numbers may be added in any order. All at once is fastest over the last axes, and slow over others.
        variable, over = variable.sum(over[:1]), over[1:]
    summed: xr.DataArray = variable.sum(over, skipna=False)
    return summed


def ratio(part: xr.DataArray, whole: xr.DataArray) -> xr.DataArray:
    """``part / whole``, NaN where the whole is nothing."""
    if part.dims != whole.dims:
        apart: xr.DataArray = part / whole.where(whole > 0)
        return apart
    import numpy as np

    # Both are of one Dataset: without xarray's alignment a report is drawn in two thirds of the time.
    unknown = np.full(whole.shape, np.nan)
    quotient = whole.copy(data=np.divide(part.values, whole.values, out=unknown, where=whole.values > 0))
    quotient.attrs = {}
    return quotient


def technical_share(data: xr.Dataset, name: str, *by: str) -> xr.DataArray:
    """Share of the technical in a variable with dimension ``technical``, by the groups ``by``."""
    counts = total(data, name, "technical", *by)
    return ratio(counts.sel(technical=True, drop=True), counts.sum("technical", skipna=False))


def technical_occupations(data: xr.Dataset) -> list[str]:
    """Labels of the technical occupation groups."""
    return [str(label) for label in data["occupation"].values if str(label).startswith(TECHNICAL_OCCUPATION)]


def technical_fields(data: xr.Dataset) -> list[str]:
    """Labels of the fields that train for technical occupation groups."""
    trained = {label.removeprefix(TECHNICAL_OCCUPATION) for label in technical_occupations(data)}
    return [str(label) for label in data["field"].values if str(label) in trained]


def placement_share(
    data: xr.Dataset, placements: tuple[str, ...], *by: str, of: str = "school_leavers_working"
) -> xr.DataArray:
    """Share of the working school leavers that have one of ``placements``."""
    leavers = total(data, of, "placement", *by)
    return ratio(
        leavers.sel(placement=list(placements)).sum("placement", skipna=False), leavers.sum("placement", skipna=False)
    )


def unemployment(data: xr.Dataset, *by: str) -> xr.DataArray:
    """Unemployed over the labour force, by the groups ``by``."""
    without = total(data, "unemployed", *by)
    return ratio(without, without + total(data, "employed", *by))


def technicians(data: xr.Dataset, *by: str) -> xr.DataArray:
    """Employed in technical occupations, by the groups ``by``."""
    return total(data, "employed", "technical_occupation", *by).sel(technical_occupation=True, drop=True)


def technical_vacancies(data: xr.Dataset, *by: str) -> xr.DataArray:
    """Open vacancies in technical occupation groups, by the groups ``by``."""
    vacancies = total(data, "vacancies", "occupation", *by)
    chosen: xr.DataArray = vacancies.sel(occupation=technical_occupations(data)).sum("occupation", skipna=False)
    return chosen


def used(data: xr.Dataset, *by: str) -> xr.DataArray:
    """Share of the employed with a technical education that work in technical occupations."""
    trained = total(data, "employed", "field", "technical_occupation", *by).sel(field=technical_fields(data))
    trained = trained.sum("field", skipna=False)
    return ratio(trained.sel(technical_occupation=True, drop=True), trained.sum("technical_occupation", skipna=False))


def mbo_technical_entrants(data: xr.Dataset) -> xr.DataArray:
    """Share of technical fields among entrants of mbo, by sex."""
    counts = total(data, "entrants", "level", "technical", "sex").sel(level=list(MBO)).sum("level", skipna=False)
    return ratio(counts.sel(technical=True, drop=True), counts.sum("technical", skipna=False))


def n_pupils(data: xr.Dataset) -> xr.DataArray:
    """Pupils of havo-4 and vwo-4 with an N profile."""
    chosen = total(data, "profile_choices", "technical", "track").sel(technical=True, drop=True)
    pupils: xr.DataArray = chosen.sel(track=list(N_TRACKS)).sum("track", skipna=False)
    return pupils


def mbo_students(data: xr.Dataset) -> xr.DataArray:
    """Students of mbo by pathway; of ``none`` there are none."""
    by_level = total(data, "students", "level", "pathway").sel(level=list(MBO))
    students: xr.DataArray = by_level.sum("level", skipna=False)
    return students


def filled_places(data: xr.Dataset) -> xr.DataArray:
    """Share of the apprenticeship places offered that are filled, by region."""
    places = total(data, "apprenticeship_places", "place", "region")
    return ratio(places.sel(place="filled", drop=True), places.sel(place="offered", drop=True))


def continuing(data: xr.Dataset) -> xr.DataArray:
    """Share of those with a technical earlier choice that go on in a technical field, by origin."""
    chosen = total(data, "field_switches", "origin", "earlier_technical", "technical")
    chosen = chosen.sel(earlier_technical=True, drop=True)
    return ratio(chosen.sel(technical=True, drop=True), chosen.sum("technical", skipna=False))


def _share(name: str, mechanism: str, needs: str, long_name: str, compute: Compute, unit: str = "share") -> Derived:
    return Derived(name, long_name, unit, mechanism, "share", tuple(needs.split()), compute)


def _count(name: str, mechanism: str, needs: str, long_name: str, compute: Compute, unit: str = "persons") -> Derived:
    return Derived(name, long_name, unit, mechanism, "stock", tuple(needs.split()), compute)


CHOOSING = (
    _share(
        "n_profile_share",
        "K2",
        "profile_choices",
        "share that chose an N profile or technical sector",
        lambda d: technical_share(d, "profile_choices", "track", "sex"),
    ),
    _share(
        "n_profile_share_track",
        "K2",
        "profile_choices",
        "share that chose an N profile or technical sector, by track",
        lambda d: technical_share(d, "profile_choices", "track"),
    ),
    _share(
        "n_profile_share_background",
        "K2",
        "profile_choices",
        "share that chose an N profile, by background",
        lambda d: technical_share(d, "profile_choices", "track", "background"),
    ),
    _count("n_profile_pupils", "K2", "profile_choices", "pupils of havo-4 and vwo-4 with an N profile", n_pupils),
    _share(
        "technical_continuation_share",
        "K3",
        "field_switches",
        "share of technical choices followed by another",
        continuing,
    ),
    _share(
        "technical_graduate_share",
        "K5",
        "graduates",
        "share of graduates of mbo, hbo and wo that are technical",
        lambda d: technical_share(d, "graduates"),
    ),
    _share(
        "technical_graduate_share_region",
        "K5",
        "graduates",
        "share of graduates that are technical, by region",
        lambda d: technical_share(d, "graduates", "region"),
    ),
    _share(
        "technical_graduate_share_level",
        "K5",
        "graduates",
        "share of graduates that are technical, by level",
        lambda d: technical_share(d, "graduates", "level"),
    ),
)

LEARNING = (
    _share(
        "technical_entrant_share",
        "L1",
        "entrants",
        "share of entrants in technical fields, by level and sex",
        lambda d: technical_share(d, "entrants", "level", "sex"),
    ),
    _share(
        "technical_entrant_share_level",
        "L1",
        "entrants",
        "share of entrants in technical fields, by level",
        lambda d: technical_share(d, "entrants", "level"),
    ),
    _share(
        "technical_entrant_share_mbo",
        "L1",
        "entrants",
        "share of mbo entrants in technical fields, by sex",
        mbo_technical_entrants,
    ),
    _count("students_level", "L1", "students", "students by level", lambda d: total(d, "students", "level")),
    _count("mbo_students", "L1", "students", "students in mbo by pathway", mbo_students),
    _share(
        "technical_student_share",
        "L1",
        "students",
        "share of students in technical fields, by level",
        lambda d: technical_share(d, "students", "level"),
    ),
    _share(
        "apprenticeship_filled_share",
        "L4",
        "apprenticeship_places",
        "share of apprenticeship places that are filled",
        filled_places,
    ),
)

WORKING = (
    _share(
        "leakage",
        "W2",
        "school_leavers_working",
        "share of technical school leavers working outside their field",
        lambda d: placement_share(d, OTHER_FIELD, "level"),
    ),
    _share(
        "leakage_total",
        "W2",
        "school_leavers_working",
        "share of technical school leavers outside their field, all",
        lambda d: placement_share(d, OTHER_FIELD),
    ),
    _share(
        "underuse",
        "W2",
        "school_leavers_working",
        "share of technical school leavers working below their level",
        lambda d: placement_share(d, BELOW_LEVEL, "level"),
    ),
    _share(
        "underuse_total",
        "W2",
        "school_leavers_working",
        "share of technical school leavers below their level, all",
        lambda d: placement_share(d, BELOW_LEVEL),
    ),
    _share(
        "technical_education_used",
        "W2",
        "employed vacancies",
        "share of the technically educated in technical work",
        lambda d: used(d, "level"),
    ),
    _share("unemployment_rate", "W3", "unemployed employed", "unemployed over the labour force", unemployment),
    _share(
        "unemployment_rate_level",
        "W3",
        "unemployed employed",
        "unemployed over the labour force, by level",
        lambda d: unemployment(d, "level"),
    ),
    _share(
        "unemployment_rate_field",
        "W3",
        "unemployed employed",
        "unemployed over the labour force, by field",
        lambda d: unemployment(d, "field"),
    ),
    _share(
        "unemployment_rate_region",
        "W5",
        "unemployed employed",
        "unemployed over the labour force, by region",
        lambda d: unemployment(d, "region"),
    ),
    _count("technicians", "W1", "employed", "people employed in technical occupations", technicians),
    _count(
        "technicians_level",
        "W1",
        "employed",
        "people employed in technical occupations, by level of education",
        lambda d: technicians(d, "level"),
    ),
    _count("vacancies_total", "W1", "vacancies", "open vacancies", lambda d: total(d, "vacancies"), "vacancies"),
    _count(
        "technical_vacancies",
        "W1",
        "vacancies",
        "open vacancies in technical occupations",
        technical_vacancies,
        unit="vacancies",
    ),
    _count(
        "technical_vacancies_region",
        "W5",
        "vacancies",
        "open vacancies in technical occupations, by region",
        lambda d: technical_vacancies(d, "region"),
        unit="vacancies",
    ),
    _share(
        "tightness",
        "W1",
        "vacancies unemployed",
        "open vacancies per unemployed person",
        lambda d: ratio(total(d, "vacancies"), total(d, "unemployed")),
        unit="vacancies per person",
    ),
)

DERIVED = (*CHOOSING, *LEARNING, *WORKING)
"""All derived indicators. To add one: a row above."""


def derive(data: xr.Dataset) -> xr.Dataset:
    """The Dataset with every derived indicator whose variables it holds; recorded variables are never replaced."""
    added = {}
    for derived in DERIVED:
        if derived.name in data or not all(need in data for need in derived.needs):
            continue
        values = derived.compute(data)
        first = next(dim for dim in ("time", "year", "cohort") if dim in values.dims)
        values = values.transpose("draw", first, ...).drop_vars([c for c in values.coords if c not in values.dims])
        values.attrs = {
            "units": derived.unit,
            "long_name": derived.long_name,
            "mechanism": derived.mechanism,
            "kind": derived.kind,
            "period": data[derived.needs[0]].attrs["period"],
            "derived_from": ", ".join(derived.needs),
        }
        added[derived.name] = values
    return data.assign(added)

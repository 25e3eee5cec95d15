"""What a comparison looks at: the indicators, their groups, and which of them are counted up over years.

Each is a small reduction of the results of one run, made draw by draw, so that a comparison of many draws need not hold
all their results at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from techsim.results import derived, labour_market
from techsim.results.summary import Floats, by_year, months_of

if TYPE_CHECKING:
    import xarray as xr

Kind = Literal["stock", "flow", "share"]
Compute = Callable[..., "xr.DataArray"]
BY_BACKGROUND = {"employed": "employed_by_background", "graduates": "graduates_by_background"}
"""Variables that hold what others count by migration background, which those do not tell apart."""
CUMULATIVE = "cumulative"
"""Ending of the names of flows counted up from the first year."""


@dataclass(frozen=True)
class Compared:
    """An indicator of the comparison.

    Parameters
    ----------
    name, long_name, unit : str
    kind : str
        ``stock``, ``flow`` or ``share``, as an indicator's; months become years accordingly.
    needs : tuple of str
        Variables of the results; without them it is left out. By a group that none of them has it is left out as well,
        unless it is in ``BY_BACKGROUND`` (results of earlier versions lack those).
    by : tuple of str
        Groups by which it is given as well, one at a time.
    compute : callable
        Results and the groups to keep (none, or one) to a DataArray (draw, time or year, group).
    better : int
        1 if more is what policy for technical talent wants, -1 if less is, 0 if neither.
    headline : bool
        Stands in the report's charts.
    counted : bool
        Is counted up over the years as well: additional persons by a year, or of a stock person-years.
    ends : bool
        Of a school year's end: what is known by December of a year is of the school year that began the year before.
    begins : bool
        Of a school year's beginning: what is known by December of a year is of the school year that began in it.
    """

    name: str
    long_name: str
    unit: str
    kind: Kind
    needs: tuple[str, ...]
    by: tuple[str, ...]
    compute: Compute
    better: int = 1
    headline: bool = False
    counted: bool = False
    ends: bool = False
    begins: bool = False

    @property
    def school(self) -> bool:
        """Whether its years are school years, named by the year in which they begin, and not calendar years."""
        return self.ends or self.begins


def _held(name: str, by: Collection[str]) -> str:
    """The variable that counts what ``name`` does by the groups."""
    return BY_BACKGROUND.get(name, name) if "background" in by else name


def _technical(name: str, technical: bool = True) -> Compute:
    """The technical part of a variable, or the rest."""
    return lambda data, *by: derived.total(data, _held(name, by), "technical", *by).sel(technical=technical, drop=True)


def _in_technical_groups(name: str) -> Compute:
    """A variable of occupation groups, summed over the technical ones."""

    def compute(data: xr.Dataset, *by: str) -> xr.DataArray:
        counts = derived.total(data, name, "occupation", *by)
        summed: xr.DataArray = counts.sel(occupation=derived.technical_occupations(data)).sum(
            "occupation", skipna=False
        )
        return summed

    return compute


def _technicians(data: xr.Dataset, *by: str) -> xr.DataArray:
    """By sex and by background from other variables than by the other groups."""
    if "sex" in by:
        return _in_technical_groups("employed_by_occupation")(data, *by)
    counts = derived.total(data, _held("employed", by), "technical_occupation", *by)
    return counts.sel(technical_occupation=True, drop=True)


def _placed(placements: tuple[str, ...]) -> Compute:
    def compute(data: xr.Dataset, *by: str) -> xr.DataArray:
        counts = derived.total(data, "school_leavers_working", "placement", *by)
        summed: xr.DataArray = counts.sel(placement=list(placements)).sum("placement", skipna=False)
        return summed

    return compute


def _filled_places(data: xr.Dataset, *by: str) -> xr.DataArray:
    return derived.total(data, "apprenticeship_places", "place", *by).sel(place="filled", drop=True)


def _total(name: str) -> Compute:
    return lambda data, *by: derived.total(data, name, *by)


_WHO = ("level", "sex", "background", "region")
"""Who people are: groups of leavers and graduates."""
COMPARED: tuple[Compared, ...] = (
    Compared("technicians", "people in technical occupations", "persons", "stock",
             ("employed", "employed_by_occupation"), (*_WHO, "sector"), _technicians,
             headline=True, counted=True),
    Compared("technical_graduates", "technical graduates of mbo, hbo and wo", "persons", "flow", ("graduates",),
             (*_WHO, "pathway"), _technical("graduates"), headline=True,
             counted=True, ends=True),
    Compared("technical_graduate_share", "technical share of graduates", "share", "share", ("graduates",), _WHO,
             lambda d, *by: derived.technical_share(d, _held("graduates", by), *by), headline=True, ends=True),
    Compared("technical_entrants", "entrants in technical mbo, hbo and wo", "persons", "flow", ("entrants",),
             ("level", "sex", "region"), _technical("entrants"), headline=True, begins=True),
    Compared("technical_profiles", "pupils who chose an N profile or technical sector", "persons", "flow",
             ("profile_choices",), ("track", "sex", "background", "region"), _technical("profile_choices"),
             headline=True, begins=True),
    Compared("vacancies_filled", "technical vacancies filled", "vacancies", "flow", ("hires_from_vacancies",),
             ("level", "region"), _in_technical_groups("hires_from_vacancies"), headline=True, counted=True),
    Compared("technical_vacancies", "open technical vacancies", "vacancies", "stock", ("vacancies",),
             ("level", "region", "sector"), _in_technical_groups("vacancies"), better=-1, headline=True),
    Compared("group_vacancies", "open vacancies, by occupation group", "vacancies", "stock", ("vacancies",),
             ("occupation",), _total("vacancies"), better=0),
    Compared("leaked", "technical school leavers working in another field", "persons", "flow",
             ("school_leavers_working",), _WHO, _placed(derived.OTHER_FIELD), better=-1, counted=True,
             ends=True),
    Compared("leakage", "leakage: share of technical school leavers in another field", "share", "share",
             ("school_leavers_working",), _WHO,
             lambda d, *by: derived.placement_share(d, derived.OTHER_FIELD, *by), better=-1, headline=True,
             ends=True),
    Compared("underuse", "under-use: share of technical school leavers below their level", "share", "share",
             ("school_leavers_working",), _WHO,
             lambda d, *by: derived.placement_share(d, derived.BELOW_LEVEL, *by), better=-1, headline=True,
             ends=True),
    Compared("unemployment_rate", "unemployment", "share", "share", ("unemployed", "employed"),
             ("level", "region", "field"), derived.unemployment, better=-1, headline=True),
    Compared("employed", "people at work", "persons", "stock", ("employed",), ("level", "region", "sector"),
             _total("employed"), headline=True, counted=True),
    Compared("workers", "people at work, by occupation group", "persons", "stock", ("employed_by_occupation",),
             ("occupation",), _total("employed_by_occupation"), better=0),
    Compared("other_graduates", "graduates of other fields", "persons", "flow", ("graduates",),
             ("level", "sex", "region"), _technical("graduates", False), better=0, counted=True, ends=True),
    Compared("places_filled", "apprenticeship places filled", "places", "stock", ("apprenticeship_places",),
             ("region", "sector"), _filled_places),
    Compared("short_time_workers", "workers on short-time work", "persons", "stock", ("short_time_workers",),
             ("sector", "region"), _total("short_time_workers"), better=0),
    Compared("technical_wage", "pay in technical occupations", "index", "share",
             ("employed_by_occupation", "employed", "wages"), (), lambda d: labour_market.technical_wage(d, True),
             better=0),
)  # fmt: skip
"""All indicators of the comparison. To add one: a row above."""

NEEDED = frozenset({name for spec in COMPARED for name in spec.needs} | set(BY_BACKGROUND.values()))
"""Variables of the results that :func:`reduce` looks at."""
RARE = {"employed": "field", "vacancies": "level", "hires_from_vacancies": "level"}
"""Of the variables with most cells a group that few of the indicators ask for: the others start from sums over it."""
LABELS = frozenset({"technical", "technical_occupation", "occupation", "placement", "place"})
"""Groups of which indicators take some by their labels. Labels of the others would be brought along through every sum,
for a third of the time."""
BY_NAME = {spec.name: spec for spec in COMPARED}


def variable(spec: Compared, group: str = "", counted: bool = False) -> str:
    """Name of an indicator's variable, in total or by a group, by year or counted up over the years."""
    name = f"{spec.name}_{CUMULATIVE}" if counted else spec.name
    return f"{name}_by_{group}" if group else name


def base_of(name: str) -> str:
    """Name of what a variable holds in total, by a group or counted up: :func:`variable` turned back."""
    return name.partition("_by_")[0].removesuffix(f"_{CUMULATIVE}")


def spec_of(name: str) -> Compared:
    """The indicator that a variable is of; KeyError if it is of none."""
    return BY_NAME[base_of(name)]


def _holding(data: xr.Dataset, spec: Compared, group: str) -> list[str]:
    """The variables of the results that an indicator by a group is taken from, as far as they are there."""
    return [held for held in (_held(need, (group,)) for need in spec.needs) if held in data]


def _sums_over_rare(data: xr.Dataset) -> dict[str, xr.DataArray]:
    """Counts summed over their group of ``RARE``; whole numbers only, which may be added in any order."""
    large = {name: data[name] for name in RARE if name in data}
    return {
        name: counts.sum(RARE[name])
        for name, counts in large.items()
        if RARE[name] in counts.dims and counts.dtype.kind == "i"
    }


def reduce(data: xr.Dataset, only: Collection[str] | None = None) -> dict[str, tuple[tuple[str, ...], Floats]]:
    """The indicators of the comparison from the results of runs, by year.

    Parameters
    ----------
    data : Dataset
        Results as ``techsim run`` makes them; years are those of its dimension ``year``.
    only : collection of str, optional
        Names (:func:`variable`) of those that are asked for; all.

    Returns
    -------
    dict of name to (dims, values)
        float64 (draw, year[, group]); NaN in years that are unknown.
    """
    found: dict[str, tuple[tuple[str, ...], Floats]] = {}
    all_years = data["year"].values
    of_months, starts, counts = months_of(data["time"].values)
    at = {"time": np.searchsorted(all_years, of_months), "year": np.arange(len(all_years))}
    data = data.drop_vars([name for name in data.coords if name not in LABELS])
    sums = _sums_over_rare(data)
    smaller = {
        asked: data.assign({name: counts for name, counts in sums.items() if RARE[name] != asked})
        for asked in ("", *RARE.values())
    }
    for spec in COMPARED:
        if not all(need in data for need in spec.needs):
            continue
        for group in ("", *spec.by):
            if only is not None and variable(spec, group) not in only:
                continue
            if group and not any(group in data.variables[held].dims for held in _holding(data, spec, group)):
                continue
            held = smaller.get(group, smaller[""])
            values = spec.compute(held, *((group,) if group else ())).variable
            axis = next(dim for dim in ("time", "year") if dim in values.dims)
            values = values.transpose("draw", axis, ...)
            plain = by_year(values.values, spec.kind, starts, counts) if axis == "time" else values.values
            spread = np.full((plain.shape[0], len(all_years), *plain.shape[2:]), np.nan)
            spread[:, at[axis]] = plain
            found[variable(spec, group)] = (("draw", "year", *(str(d) for d in values.dims[2:])), spread)
    return found

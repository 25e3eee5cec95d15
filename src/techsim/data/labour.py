"""The labour market as tables: who works where at the start, who takes part, how sectors swing and shrink or grow.

What the start population needs: :attr:`Labour.occupation_shares`, :attr:`Labour.job_levels`,
:attr:`Labour.sector_shares`, :attr:`Labour.commuting`, :meth:`Labour.participation_at`,
:attr:`Labour.start_unemployment` and :meth:`Labour.retirement_age_at`. Participation and retirement are thresholds on
draws made once in a life: a person out of education and aged 15 or over is

* retired if ``age >= retirement_age_at(year, pension_age) + spread * normal(seed, RETIREMENT, id, 0, 0)``, with
  parameter ``retirement.spread``,
* else in the labour force if ``uniform(seed, PARTICIPATION, id, 0, 0) < participation_at(year)[sex, age, level]``,

so that a start population drawn by the same rule stays put in the first month.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from techsim.data.dimensions import Dimensions
from techsim.data.reader import Sum, Table, TableError, dense, name, number, read, yearly

Floats = npt.NDArray[np.float64]

EDUCATION = ("low", "middle", "high")
"""Groups of education levels in which participation is given."""
AGES = 111
"""Single years of age, 0..110, of the tables by age."""
FIRST_YEAR, LAST_YEAR = 2000, 2060
REASONS = (
    "contract_end",
    "quit",
    "layoff",
    "job_change",
    "apprenticeship_end",
    "to_education",
    "left_labour_force",
    "retirement",
    "death_or_emigration",
)
"""Why a job ends; the last four are replacement demand: the worker leaves work, not only the job."""
TRANSITIONS = ("energy_transition", "digitalisation")
"""What scenarios can let grow beyond the trends (W1): parameters ``demand.*`` of these names."""


@dataclass(frozen=True)
class Labour:
    """Dense arrays; index orders are those of :class:`Dimensions`.

    occupation_shares : (levels, fields, sexes, occupations), occupation of workers by education, summing to one.
    job_levels : (levels, levels), job level of workers by education level. sector_shares : (occupations, sectors).
    employer_shares : (occupations, employers), the same by type of employer (table ``employer_sizes``). commuting :
    (regions, regions), region of the job by region of residence. clusters : (regions, sectors), how much more of a
    region's work a sector takes than of the country's (table ``region_sectors``). apprentice_at_level : (levels,),
    share of bbl places in jobs at the level of the programme, the rest are one below. ladder : (levels,), height of a
    job level, in units of how much a step down is felt; specificity : (levels,), how much what a level teaches ties to
    its field. fit : (fields, occupations), how well a field prepares, 0..1; related : bool (fields, occupations), own
    or related field. cycle_sensitivity, lag, trend : (sectors,), elasticity of output to the output gap, months over
    which staff follows, log change of the share a year. occupation_trend : (occupations,), level_trend : (levels,), log
    change a year; region_trend : (regions,), the same of jobs per member of the labour force. transitions : by name,
    weights of (sectors,), (occupations,) and (levels,). participation : (years from FIRST_YEAR, sexes, AGES, levels).
    start_unemployment : (AGES, levels), share of the labour force. retirement_gap : (years,), mean retirement age less
    pension age.
    """

    occupation_shares: Floats
    job_levels: Floats
    sector_shares: Floats
    employer_shares: Floats
    commuting: Floats
    clusters: Floats
    apprentice_at_level: Floats
    ladder: Floats
    specificity: Floats
    fit: Floats
    related: npt.NDArray[np.bool_]
    cycle_sensitivity: Floats
    lag: Floats
    trend: Floats
    occupation_trend: Floats
    level_trend: Floats
    region_trend: Floats
    transitions: Mapping[str, tuple[Floats, Floats, Floats]]
    participation: Floats
    start_unemployment: Floats
    retirement_gap: Floats

    def participation_at(self, year: int) -> Floats:
        """Share in the labour force of those out of education and not retired; (sexes, AGES, levels)."""
        rates: Floats = self.participation[_at(year)]
        return rates

    def retirement_age_at(self, year: int, pension_age: float) -> float:
        """Mean age of retirement in years, given the pension age of the moment."""
        return pension_age + float(self.retirement_gap[_at(year)])


def _at(year: int) -> int:
    return min(max(year, FIRST_YEAR), LAST_YEAR) - FIRST_YEAR


def load_labour(dims: Dimensions, folder: Path | None = None) -> Labour:
    """Read and check the labour tables; TableError names what is wrong."""
    fit, related = _relatedness(dims, folder)
    groups = _education_groups(dims, folder)
    sectors = _shares("sector_shares", {"occupation": dims.occupation, "sector": dims.sector}, folder)
    sizes = _shares("employer_sizes", {"sector": dims.sector, "firm_size": dims.firm_size}, folder)
    return Labour(
        occupation_shares=_shares(
            "occupation_shares",
            {"level": dims.level, "field": dims.field, "sex": dims.sex, "occupation": dims.occupation},
            folder,
        ),
        job_levels=_shares("job_levels", {"level": dims.level, "job_level": dims.level}, folder),
        sector_shares=sectors,
        employer_shares=np.asarray((sectors[:, :, None] * sizes).reshape(len(dims.occupation), dims.employers)),
        commuting=_shares("commuting", {"region": dims.region, "job_region": dims.region}, folder),
        clusters=_clusters(dims, folder),
        apprentice_at_level=_apprentice_levels(dims, folder),
        ladder=_ladder(dims, "height", folder),
        specificity=_ladder(dims, "specificity", folder),
        fit=fit,
        related=related,
        cycle_sensitivity=_sectors(dims, "cycle_sensitivity", folder),
        lag=_sectors(dims, "lag", folder),
        trend=_sectors(dims, "trend", folder),
        occupation_trend=_trends(dims, "occupation", folder),
        level_trend=_trends(dims, "level", folder),
        region_trend=_trends(dims, "region", folder),
        transitions=_transitions(dims, folder),
        participation=_participation(dims, groups, folder),
        start_unemployment=_start_unemployment(groups, folder),
        retirement_gap=_retirement(folder),
    )


def _shares(table_name: str, axes: dict[str, tuple[str, ...]], folder: Path | None) -> Floats:
    """A table of shares that sum to one over its last key column."""
    keys = tuple(axes)
    table = Table(
        table_name,
        keys,
        (*(name(key, labels) for key, labels in axes.items()), number("share", 0, 1)),
        (Sum("share", keys[:-1]),),
    )
    return dense(table, read(table, folder), "share", axes)


def _clusters(dims: Dimensions, folder: Path | None) -> Floats:
    axes = {"region": dims.region, "sector": dims.sector}
    columns = (*(name(key, labels) for key, labels in axes.items()), number("quotient", 0.01, 100))
    table = Table("region_sectors", tuple(axes), columns)
    return dense(table, read(table, folder), "quotient", axes)


def _relatedness(dims: Dimensions, folder: Path | None) -> tuple[Floats, npt.NDArray[np.bool_]]:
    axes = {"field": dims.field, "occupation": dims.occupation}
    table = Table(
        "relatedness",
        tuple(axes),
        (
            name("field", dims.field),
            name("occupation", dims.occupation),
            number("fit", 0, 1),
            number("related", 0, 1),
        ),
    )
    rows = read(table, folder)
    fit, related = (dense(table, rows, column, axes) for column in ("fit", "related"))
    own = np.arange(len(dims.occupation))
    if not ((fit[own, own] == 1).all() and (related[own, own] == 1).all()):
        raise TableError("table relatedness: each field needs fit 1 and related 1 in its own occupation")
    return fit, related > 0


def _apprentice_levels(dims: Dimensions, folder: Path | None) -> Floats:
    table = Table("apprentice_levels", ("level",), (name("level", dims.level), number("share", 0, 1)))
    return dense(table, read(table, folder), "share", {"level": dims.level})


def _ladder(dims: Dimensions, column: str, folder: Path | None) -> Floats:
    columns = (name("level", dims.level), number("height", 0, 100), number("specificity", 0, 100))
    table = Table("level_ladder", ("level",), columns)
    values = dense(table, read(table, folder), column, {"level": dims.level})
    if column == "height" and not (np.diff(values) > 0).all():
        raise TableError("table level_ladder, column height: each level stands above the one before")
    return values


def _sectors(dims: Dimensions, column: str, folder: Path | None) -> Floats:
    table = Table(
        "sectors",
        ("sector",),
        (
            name("sector", dims.sector),
            number("cycle_sensitivity", 0, 10),
            number("lag", 1, 60),
            number("trend", -0.2, 0.2),
        ),
    )
    return dense(table, read(table, folder), column, {"sector": dims.sector})


def _trends(dims: Dimensions, dimension: str, folder: Path | None) -> Floats:
    table = Table(
        "demand_trends",
        ("dimension", "label"),
        (name("dimension", ("occupation", "level", "region")), name("label"), number("trend", -0.2, 0.2)),
    )
    rows = read(table, folder)
    unknown = set(rows["label"]) - {*dims.occupation, *dims.level, *dims.region}
    if unknown:
        raise TableError(f"table demand_trends, column label: {sorted(unknown)[0]!r} is no occupation, level or region")
    mine = {column: values[rows["dimension"] == dimension] for column, values in rows.items()}
    return dense(table, mine, "trend", {"label": dims.labels(dimension)})


def _transitions(dims: Dimensions, folder: Path | None) -> dict[str, tuple[Floats, Floats, Floats]]:
    """Weights of sectors, groups and levels; those without a row are not touched: zero."""
    parts = ("sector", "occupation", "level")
    table = Table(
        "transitions",
        ("transition", "dimension", "label"),
        (name("transition", TRANSITIONS), name("dimension", parts), name("label"), number("weight", -5, 5)),
    )
    rows = read(table, folder)
    keys = list(zip(rows["transition"], rows["dimension"], rows["label"], strict=True))
    unknown = [label for _, part, label in keys if label not in dims.labels(part)]
    if unknown:
        raise TableError(f"table transitions, column label: {unknown[0]!r} is none of its dimension")
    weight = dict(zip(keys, rows["weight"], strict=True))

    def of(transition: str, part: str) -> Floats:
        return np.array([float(weight.get((transition, part, label), 0.0)) for label in dims.labels(part)])

    return {t: (of(t, "sector"), of(t, "occupation"), of(t, "level")) for t in TRANSITIONS}


def _education_groups(dims: Dimensions, folder: Path | None) -> npt.NDArray[np.int64]:
    table = Table("education_groups", ("level",), (name("level", dims.level), name("education", EDUCATION)))
    rows = read(table, folder)
    found = dict(zip(rows["level"], rows["education"], strict=True))
    missing = [level for level in dims.level if level not in found]
    if missing:
        raise TableError(f"table education_groups, column level: no row for {missing[0]}")
    return np.array([EDUCATION.index(found[level]) for level in dims.level])


def _between_bands(starts: Floats, rates: Floats) -> Floats:
    """Rates by single year of age, linear between the middles of the bands, so that no birthday is a cliff; (AGES,)."""
    ages = np.arange(AGES, dtype=np.float64)
    middles = np.append((starts[:-1] + starts[1:] - 1) / 2, starts[-1])
    return np.where(ages >= starts[0], np.interp(ages, middles, rates), 0.0)


def _steps(starts: Floats) -> npt.NDArray[np.int64]:
    """Position of the band that each single year of age lies in; -1 below the first."""
    return np.searchsorted(starts, np.arange(AGES), side="right").astype(np.int64) - 1


def _participation(dims: Dimensions, groups: npt.NDArray[np.int64], folder: Path | None) -> Floats:
    table = Table(
        "participation",
        ("sex", "age_from", "education", "year"),
        (
            name("sex", dims.sex),
            number("age_from", 0, AGES - 1),
            name("education", EDUCATION),
            number("year", 1900, 2100),
            number("rate", 0, 1),
        ),
    )
    rows = read(table, folder)
    starts, years = np.unique(rows["age_from"]), np.unique(rows["year"])
    axes = {"sex": dims.sex, "age_from": list(starts), "education": EDUCATION, "year": list(years)}
    given = dense(table, rows, "rate", axes)
    paths = np.apply_along_axis(lambda path: yearly(years, path, FIRST_YEAR, LAST_YEAR), -1, given)
    by_age = np.apply_along_axis(lambda rates: _between_bands(starts, rates), 1, paths)
    return np.ascontiguousarray(np.moveaxis(by_age[:, :, groups], -1, 0))


def _start_unemployment(groups: npt.NDArray[np.int64], folder: Path | None) -> Floats:
    table = Table(
        "start_unemployment",
        ("age_from", "education"),
        (number("age_from", 0, AGES - 1), name("education", EDUCATION), number("rate", 0, 1)),
    )
    rows = read(table, folder)
    starts = np.unique(rows["age_from"])
    given = dense(table, rows, "rate", {"age_from": list(starts), "education": EDUCATION})
    band = _steps(starts)
    by_age = np.where((band >= 0)[:, None], given[np.maximum(band, 0)], 0.0)
    rates: Floats = np.ascontiguousarray(by_age[:, groups])
    return rates


def _retirement(folder: Path | None) -> Floats:
    table = Table(
        "retirement", ("year",), (number("year", 1900, 2100), number("mean_age", 40, 90), number("gap", -20, 20))
    )
    rows = read(table, folder)
    return yearly(rows["year"], rows["gap"], FIRST_YEAR, LAST_YEAR)

"""The population as tables: who lives here at the start, births, deaths, migration, the pension age.

Yearly numbers of births and immigrants are spread evenly over the months of the year. Deaths and emigration are
chances by age, sex and background, since who dies or leaves must not depend on who else is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from techsim.data.dimensions import Dimensions
from techsim.data.education import COLUMNS
from techsim.data.reader import Column, Sum, Table, TableError, dense, name, number, read, yearly
from techsim.data.start_population import fit_cells, single_years
from techsim.population.clock import MONTHS, month_index, year_of

Floats = npt.NDArray[np.float64]

START_YEAR = 2008
START_MONTHS = (month_index(START_YEAR, 1),)
"""Months for which the tables hold a population: a run starts in one of them."""
LAST_YEAR = 2060
AGES = 105
"""Single years of age; the last one is open-ended."""
EVIDENCE_END = month_index(2024, 1)
"""First month after the last year whose births and migration are known; the outlook parameters act from here on."""
PAST_IMPROVEMENT = 0.015
"""Yearly fall of mortality while evidence lasts (assumption; table ``mortality_years`` corrects each year)."""
EDUCATION = ("basic", "vmbo", "mbo2", "mbo3", "mbo4", "havo", "vwo", "hbo", "wo")
"""Highest education in ascending order; vmbo includes mbo 1, wo bachelors and masters."""
_PUPILS = slice(12, 18)
_PARENTS = slice(20, 40)


@dataclass(frozen=True)
class Demography:
    """Dense arrays; index orders are those of :class:`Dimensions`.

    start : (AGES, sexes, backgrounds, regions) persons on 1 January of START_YEAR. births, immigrants : (months from
    START_YEAR-01, sexes, backgrounds, regions) persons a month. hazard_65, hazard_85, hazard_floor, infant : (sexes,)
    deaths a year per person in START_YEAR; mortality_ratio : (years from START_YEAR,). emigration_rate : (AGES,
    backgrounds) a year; emigration_ratio : (years,). immigrant_ages : (AGES,) share by single year of age.
    immigrant_education : (backgrounds, EDUCATION) shares of those of 18 and over. education_fields : (EDUCATION,
    sexes, fields) field of the highest education of adults. start_education : (AGES, sexes, EDUCATION) of those out
    of education at the start. student_ages : (COLUMNS, pathways, AGES) shares of a column's students by age at the
    start. migrants : (years, 2) immigrants and emigrants as the table has them. pension_months : (years,) pension
    age in months. residents : people of the start by scale and month, as they were last worked out from these tables.
    """

    start: Floats
    births: Floats
    immigrants: Floats
    hazard_65: Floats
    hazard_85: Floats
    hazard_floor: Floats
    infant: Floats
    mortality_ratio: Floats
    emigration_rate: Floats
    emigration_ratio: Floats
    immigrant_ages: Floats
    immigrant_education: Floats
    education_fields: Floats
    start_education: Floats
    student_ages: Floats
    migrants: Floats
    pension_months: Floats
    residents: dict[tuple[float, int], dict[str, Any]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def births_before(self, month: int, outlook: float) -> Floats:
        """Births from the start to the beginning of a month; (sexes, backgrounds, regions).

        ``outlook`` is a ratio for the months after the evidence.
        """
        return until(self._births_sum, month, outlook)

    def immigrants_before(self, month: int, outlook: float) -> Floats:
        """Immigrants from the start to the beginning of a month, as :meth:`births_before`."""
        return until(self._immigrants_sum, month, outlook)

    @cached_property
    def _births_sum(self) -> Floats:
        return cumulated(self.births)

    @cached_property
    def _immigrants_sum(self) -> Floats:
        return cumulated(self.immigrants)

    def pension_age_at(self, month: int) -> float:
        """Pension age (AOW) of the month, in years."""
        return float(self.pension_months[_year(month)]) / MONTHS

    def pupil_background_shares(self) -> Floats:
        """Shares of the backgrounds among the twelve- to seventeen-year-olds at the start; (backgrounds,)."""
        people = self.start[_PUPILS].sum(axis=(0, 1, 3))
        return np.asarray(people / people.sum())

    def death_chances(self, month: int, improvement: float) -> Floats:
        """Chance of dying within the month; (AGES, sexes).

        mu(x, t) = rho_t (floor + exp(a + b x) q(t)), Gompertz through the hazards at 65 and 85, taken at the middle of
        the year of age; the first year of life has its own hazard. q falls by PAST_IMPROVEMENT a year while evidence
        lasts and by ``improvement`` after it.
        """
        past = (min(month, EVIDENCE_END) - START_MONTHS[0]) / MONTHS
        later = max(month - EVIDENCE_END, 0) / MONTHS
        fallen = (1.0 - PAST_IMPROVEMENT) ** past * (1.0 - improvement) ** later
        hazard = self.hazard_floor + self._gompertz * fallen
        hazard[0] = self.infant
        return np.asarray(-np.expm1(-hazard * self.mortality_ratio[_year(month)] / MONTHS))

    @cached_property
    def _gompertz(self) -> Floats:
        slope = np.log(self.hazard_85 / self.hazard_65) / 20.0
        age = np.arange(AGES)[:, None] + 0.5
        return np.asarray(self.hazard_65 * np.exp(slope * (age - 65.0)))

    def emigration_chances(self, month: int, outlook: float) -> Floats:
        """Chance of emigrating within the month; (AGES, backgrounds). ``outlook`` is a ratio after the evidence."""
        ratio = self.emigration_ratio[_year(month)] * (outlook if month >= EVIDENCE_END else 1.0)
        return np.asarray(-np.expm1(-self.emigration_rate * ratio / MONTHS))


def _year(month: int) -> int:
    return min(max(year_of(month), START_YEAR), LAST_YEAR) - START_YEAR


def cumulated(monthly: Floats) -> Floats:
    """Numbers from the start to the beginning of each month, from those of the months; (months + 1, ...)."""
    return np.concatenate([np.zeros((1, *monthly.shape[1:])), np.cumsum(monthly, axis=0)])


def until(sums: Floats, month: int, outlook: float) -> Floats:
    """:func:`cumulated` numbers until a month, those after the evidence times ``outlook``; (...)."""
    at = min(month, START_MONTHS[0] + len(sums) - 1) - START_MONTHS[0]
    known = min(at, EVIDENCE_END - START_MONTHS[0])
    return np.asarray(sums[known] + outlook * (sums[at] - sums[known]))


def load_demography(dimensions: Dimensions, folder: Path | None = None) -> Demography:
    """Read and check the demographic tables; TableError names table, row and column of the first fault."""
    mortality = _mortality(dimensions, folder)
    births = _births(folder)
    start = _start(dimensions, mortality, births, folder)
    parents = start[_PARENTS].sum(axis=(0, 1))
    parents_region = parents / parents.sum(axis=1, keepdims=True)
    migrants = _migrants(folder)
    return Demography(
        start=start,
        births=_monthly(
            births[START_YEAR - _FIRST_BIRTHS :],
            sex=np.array([_BOYS if s == "male" else 1.0 - _BOYS for s in dimensions.sex]),
            background=_by_year("birth_backgrounds", dimensions, folder),
            region=parents_region,
        ),
        immigrants=_monthly(
            migrants[:, 0],
            sex=_shares("immigrant_sexes", {"sex": dimensions.sex}, folder),
            background=_by_year("immigrant_backgrounds", dimensions, folder),
            region=parents_region,
        ),
        hazard_65=mortality["hazard_65"],
        hazard_85=mortality["hazard_85"],
        hazard_floor=mortality["floor"],
        infant=mortality["infant"],
        mortality_ratio=_ratios("mortality_years", folder),
        emigration_rate=_emigration_rate(dimensions, folder),
        emigration_ratio=_ratios("emigration_years", folder),
        immigrant_ages=_immigrant_ages(folder),
        immigrant_education=_shares(
            "immigrant_education", {"background": dimensions.background, "education": EDUCATION}, folder
        ),
        education_fields=_shares(
            "education_fields", {"education": EDUCATION, "sex": dimensions.sex, "field": dimensions.field}, folder
        ),
        start_education=_start_education(dimensions, folder),
        student_ages=_student_ages(dimensions, folder),
        migrants=migrants,
        pension_months=_pension(folder),
    )


_BOYS = 0.512
"""Share of boys among births (CBS: 105 boys to 100 girls, a biological constant)."""
_FIRST_BIRTHS = START_YEAR - AGES


def _monthly(yearly_numbers: Floats, sex: Floats, background: Floats, region: Floats) -> Floats:
    """Numbers a month by cell from yearly ones; (months, sexes, backgrounds, regions)."""
    cells = np.einsum("y,s,yb,br->ysbr", yearly_numbers / MONTHS, sex, background, region)
    return np.repeat(cells, MONTHS, axis=0)


def _shares(table_name: str, axes: dict[str, tuple[str, ...]], folder: Path | None) -> Floats:
    """A table of shares that sum to one over its last key column."""
    keys = tuple(axes)
    columns = (*(name(key, labels) for key, labels in axes.items()), number("share", 0, 1))
    table = Table(table_name, keys, columns, (Sum("share", keys[:-1]),))
    return dense(table, read(table, folder), "share", axes)


def _by_year(table_name: str, dims: Dimensions, folder: Path | None) -> Floats:
    """Shares of the backgrounds by year, linear between the years given; (years from START_YEAR, backgrounds)."""
    columns = (number("year", 1900, 2200), name("background", dims.background), number("share", 0, 1))
    table = Table(table_name, ("year", "background"), columns, (Sum("share", ("year",)),))
    rows = read(table, folder)
    out = []
    for label in dims.background:
        mine = rows["background"] == label
        if not mine.any():
            raise TableError(f"table {table_name}, column background: no row for {label}")
        out.append(yearly(rows["year"][mine], rows["share"][mine], START_YEAR, LAST_YEAR))
    return np.stack(out, axis=1)


def _series(table_name: str, column: Column, folder: Path | None, first: int = START_YEAR) -> Floats:
    """A column by year, linear between the years given; (years from ``first``,)."""
    table = Table(table_name, ("year",), (number("year", 1800, 2200), column))
    rows = read(table, folder)
    return yearly(rows["year"], rows[column.name], first, LAST_YEAR)


def _ratios(table_name: str, folder: Path | None) -> Floats:
    return _series(table_name, number("ratio", 0.2, 5.0), folder)


def _births(folder: Path | None) -> Floats:
    return _series("births", number("births", 1, 1e6), folder, first=_FIRST_BIRTHS)


def _mortality(dims: Dimensions, folder: Path | None) -> dict[str, Floats]:
    columns = ("hazard_65", "hazard_85", "floor", "infant")
    table = Table("mortality", ("sex",), (name("sex", dims.sex), *(number(c, 0, 1) for c in columns)))
    rows = read(table, folder)
    return {column: dense(table, rows, column, {"sex": dims.sex}) for column in columns}


def _migrants(folder: Path | None) -> Floats:
    table = Table(
        "migration",
        ("year",),
        (number("year", START_YEAR, 2200), number("immigrants", 0, 1e7), number("emigrants", 0, 1e7)),
    )
    rows = read(table, folder)
    columns = ("immigrants", "emigrants")
    return np.stack([yearly(rows["year"], rows[c], START_YEAR, LAST_YEAR) for c in columns], axis=1)


def _of_ages(table: Table, starts: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """The age group of each single year of age, from the groups' first ages; int (AGES,)."""
    if starts[0] != 0 or (np.diff(starts) <= 0).any():
        raise TableError(f"table {table.name}, column age_from: must count up from 0")
    return np.searchsorted(starts, np.arange(AGES), side="right") - 1


def _groups(
    table: Table, rows: dict[str, npt.NDArray[np.object_]], value: str, axis: str, labels: Sequence[str]
) -> Floats:
    """A value by age group and label, spread over single years of age; (AGES, labels)."""
    starts = np.unique(rows["age_from"].astype(np.float64))
    values = dense(table, rows, value, {"age_from": list(starts), axis: labels})
    return np.asarray(values[_of_ages(table, starts)])


def _emigration_rate(dims: Dimensions, folder: Path | None) -> Floats:
    columns = (number("age_from", 0, AGES), name("background", dims.background), number("rate", 0, 1))
    table = Table("emigration_rates", ("age_from", "background"), columns)
    return _groups(table, read(table, folder), "rate", "background", dims.background)


def _immigrant_ages(folder: Path | None) -> Floats:
    columns = (number("age_from", 0, AGES - 1), number("age_to", 0, AGES - 1), number("share", 0, 1))
    table = Table("immigrant_ages", ("age_from",), columns, (Sum("share"),))
    rows = read(table, folder)
    out = np.zeros(AGES)
    for first, last, share in zip(rows["age_from"], rows["age_to"], rows["share"], strict=True):
        ages = slice(int(first), int(last) + 1)
        out[ages] += share / len(out[ages])
    return out


def _start_education(dims: Dimensions, folder: Path | None) -> Floats:
    keys = ("age_from", "sex", "education")
    columns = (number("age_from", 0, AGES), name("sex", dims.sex), name("education", EDUCATION), number("share", 0, 1))
    table = Table("start_education", keys, columns, (Sum("share", keys[:-1]),))
    rows = read(table, folder)
    starts = np.unique(rows["age_from"])
    shares = dense(table, rows, "share", {"age_from": list(starts), "sex": dims.sex, "education": EDUCATION})
    return np.asarray(shares[np.maximum(np.searchsorted(starts, np.arange(AGES), side="right") - 1, 0)])


def _student_ages(dims: Dimensions, folder: Path | None) -> Floats:
    keys = ("column", "pathway", "age")
    columns = (
        name("column", COLUMNS),
        name("pathway", dims.pathway),
        number("age", 0, AGES - 1),
        number("share", 0, 1),
    )
    table = Table("student_ages", keys, columns, (Sum("share", keys[:-1], tolerance=1e-4),))
    axes = {"column": COLUMNS, "pathway": dims.pathway, "age": list(range(AGES))}
    return dense(table, read(table, folder), "share", axes, missing=0.0)


def _pension(folder: Path | None) -> Floats:
    columns = (number("year", 1957, 2200), number("years", 60, 80), number("months", 0, 11))
    table = Table("pension_age", ("year",), columns)
    rows = read(table, folder)
    order = np.argsort(rows["year"])
    at = np.searchsorted(rows["year"][order], np.arange(START_YEAR, LAST_YEAR + 1), side="right") - 1
    if (at < 0).any():
        raise TableError(f"table pension_age, column year: must begin by {START_YEAR}")
    return np.asarray((MONTHS * rows["years"] + rows["months"])[order][at])


def _start(dims: Dimensions, mortality: dict[str, Floats], births: Floats, folder: Path | None) -> Floats:
    """People on 1 January of START_YEAR; (AGES, sexes, backgrounds, regions)."""
    ages = (number("age_from", 0, AGES - 1), number("age_to", 0, AGES - 1))
    table = Table("start_age_groups", ("age_from", "sex"), (*ages, name("sex", dims.sex), number("persons", 1)))
    rows = read(table, folder)
    starts = np.unique(rows["age_from"])
    totals = dense(table, rows, "persons", {"age_from": list(starts), "sex": dims.sex})
    if starts[0] != 0 or not np.array_equal(np.unique(rows["age_to"]) + 1, np.append(starts[1:], AGES)):
        raise TableError(f"table start_age_groups, column age_to: groups must cover ages 0 to {AGES - 1} without gaps")
    by_age = []
    for sex in range(len(dims.sex)):
        shape = births[START_YEAR - 1 - _FIRST_BIRTHS - np.arange(AGES)] * _survival(mortality, sex)
        by_age.append(single_years(shape, [int(s) for s in starts], totals[:, sex]))
    backgrounds = Table(
        "start_backgrounds",
        ("age_from", "background"),
        (number("age_from", 0, AGES), name("background", dims.background), number("share", 0, 1)),
        (Sum("share", ("age_from",)),),
    )
    tilt = Table(
        "region_ages",
        ("age_from", "region"),
        (number("age_from", 0, AGES), name("region", dims.region), number("ratio", 0.2, 5)),
    )
    return fit_cells(
        age_sex=np.stack(by_age, axis=1),
        background=_groups(backgrounds, read(backgrounds, folder), "share", "background", dims.background),
        region=_shares("start_regions", {"background": dims.background, "region": dims.region}, folder),
        tilt=_groups(tilt, read(tilt, folder), "ratio", "region", dims.region).T,
    )


def _survival(mortality: dict[str, Floats], sex: int) -> Floats:
    """Share of a birth cohort alive at each age on 1 January of START_YEAR; (AGES,)."""
    slope = np.log(mortality["hazard_85"][sex] / mortality["hazard_65"][sex]) / 20.0
    age, lived = np.arange(AGES)[:, None], np.arange(AGES)[None, :]
    then = (1.0 - PAST_IMPROVEMENT) ** (lived - age)
    hazard = mortality["floor"][sex] + mortality["hazard_65"][sex] * np.exp(slope * (lived + 0.5 - 65.0)) * then
    return np.asarray(np.exp(-np.where(lived < age, hazard, 0.0).sum(axis=1)))

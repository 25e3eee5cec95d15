"""International students as tables (L7): who comes, who is here at the start, who stays; and what is left of migration.

The tables of migration (D1) count students from abroad among all others. Here they are taken out: immigrants who are no
students, and a factor on the chances of emigrating, so that both together give what those tables hold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from techsim.data.demography import AGES, LAST_YEAR, START_YEAR, Demography, cumulated, until
from techsim.data.dimensions import Dimensions
from techsim.data.education import COLUMNS, DESTINATIONS, DIPLOMAS, LEVELS_OF_CHOICE, Education
from techsim.data.reader import Column, Sum, Table, TableError, dense, name, number, read, yearly
from techsim.population.clock import MONTHS, year_of

Floats = npt.NDArray[np.float64]

INTO = ("hbo", "wo_bachelor", "wo_master")
"""Columns of education that students from abroad come into."""
CYCLES = ("bachelor", "master")
"""What language of instruction is settled for: hbo and wo bachelors, and wo masters."""
KINDS = (0, 1)
LONGEST = 12
"""Years of study followed."""
WINDOW = 1
"""Leavers of the tables and all other emigrants are held against each other over so many years of age on each side."""
NEAREST, FARTHEST = 0.05, 2.0
"""Bounds of the factor on the chances of emigrating of everybody else."""


@dataclass(frozen=True)
class International:
    """Dense arrays; index orders are those of INTO and of :class:`Dimensions`; years count from START_YEAR.

    entrants : (years, INTO, fields, sexes, backgrounds, regions), persons who come in September. students : (INTO,
    kinds of field, backgrounds), persons on 1 January of START_YEAR. stay : (INTO, kinds of field), chance to stay
    after a diploma. needed : (years, INTO, kinds of field, regions), first-year places taught in English that those who
    came needed. english : (INTO,), share of entrants who need one. ages : (INTO, AGES), shares of entrants.
    others : (months from START_YEAR-01, sexes, backgrounds,
    regions), immigrants a month who are no students; others_ages : (years, AGES), their shares by age.
    factor : of usual and dropout odds to (years, AGES, backgrounds), on the chances of emigrating of others.
    """

    entrants: Floats
    students: Floats
    stay: Floats
    needed: Floats
    english: Floats
    ages: Floats
    others: Floats
    others_ages: Floats
    factor: Callable[[float, float], Floats]
    _factors: dict[tuple[float, float], Floats] = field(default_factory=dict, compare=False, repr=False)

    def emigration(self, usual: float, dropout: float) -> Floats:
        """Factor on the chances of emigrating of those who are no students; (years, AGES, backgrounds).

        usual : odds to stay of a usual year against the boom of the first months. dropout : odds of drop-outs against
        graduates.
        """
        if (usual, dropout) not in self._factors:
            self._factors[usual, dropout] = self.factor(usual, dropout)
        return self._factors[usual, dropout]

    def others_before(self, month: int, outlook: float) -> Floats:
        """Immigrants who are no students from the start to the beginning of a month; (sexes, backgrounds, regions)."""
        return until(self._others_sum, month, outlook)

    @cached_property
    def _others_sum(self) -> Floats:
        return cumulated(self.others)

    @cached_property
    def cycle(self) -> npt.NDArray[np.int64]:
        """Code of CYCLES of each column of INTO."""
        return np.array([CYCLES.index("master" if c == "wo_master" else "bachelor") for c in INTO], dtype=np.int64)

    def at(self, month: int) -> int:
        """Index of the year of a month."""
        return min(max(year_of(month), START_YEAR), LAST_YEAR) - START_YEAR


def load_international(
    dims: Dimensions, education: Education, demography: Demography, folder: Path | None = None
) -> International:
    """Read and check the tables; TableError names what is wrong."""
    columns = _columns(folder)
    entrants, technical = _entrants(folder)
    kinds = np.stack([1.0 - technical, technical], axis=2)
    women = np.stack([columns["other_women"], columns["technical_women"]], axis=1)
    sexes = np.stack([women if label == "female" else 1.0 - women for label in dims.sex], axis=2)
    western = columns["western"]
    of = {"native": np.zeros_like(western), "western": western}
    backgrounds = np.stack([of.get(label, 1.0 - western) for label in dims.background], axis=1)
    axes = {"column": INTO, "technical": KINDS}
    stay = Table("international_stay", tuple(axes), (_into(), number("technical", 0, 1), number("stay", 0, 0.99)))
    stays = dense(stay, read(stay, folder), "stay", axes)
    ages = _ages(folder)
    regions = _regions(dims, folder)
    # Year, column, kind, field, sex, background, region; within a kind fields have the shares of the level (L1).
    coming = np.einsum(
        "yc,yck,cksf,cks,cb,ckr->ycfsbr",
        entrants, kinds, _fields(dims, education), sexes, backgrounds, regions,
        optimize=True,
    )  # fmt: skip
    students = columns["students"][:, None, None] * kinds[0][:, :, None] * backgrounds[:, None, :]
    by_cell = np.repeat(coming.sum(axis=(1, 2)) / MONTHS, MONTHS, axis=0)
    return International(
        entrants=coming,
        students=students,
        stay=stays,
        needed=_needed(folder)[..., None] * regions,
        english=columns["english"],
        ages=ages,
        others=np.maximum(demography.immigrants - by_cell, 0.0),
        others_ages=_others_ages(demography, entrants, ages),
        factor=partial(_factor, demography, (education, entrants, kinds, backgrounds, students, stays, ages)),
    )


def _into() -> Column:
    return name("column", INTO)


def _columns(folder: Path | None) -> dict[str, Floats]:
    """A row per column of education; each value (INTO,)."""
    shares = ("technical_women", "other_women", "western", "english")
    columns = (_into(), number("students", 0, 1e6), *(number(s, 0, 1) for s in shares))
    table = Table("international_columns", ("column",), columns)
    rows = read(table, folder)
    return {c: dense(table, rows, c, {"column": INTO}) for c in ("students", *shares)}


def _entrants(folder: Path | None) -> tuple[Floats, Floats]:
    """Entrants and the technical share of them, linear between the years given; (years, INTO) each."""
    columns = (number("year", START_YEAR, LAST_YEAR), _into(), number("entrants", 0, 1e6), number("technical", 0, 1))
    table = Table("international_entrants", ("year", "column"), columns)
    rows = read(table, folder)
    out = []
    for value in ("entrants", "technical"):
        mine = []
        for label in INTO:
            at = rows["column"] == label
            if not at.any():
                raise TableError(f"table {table.name}, column column: no row for {label}")
            mine.append(yearly(rows["year"][at], rows[value][at], START_YEAR, LAST_YEAR))
        out.append(np.stack(mine, axis=1))
    return out[0], out[1]


def _needed(folder: Path | None) -> Floats:
    """Places taught in English that entrants needed, linear between the years given; (years, INTO, kinds)."""
    columns = (number("year", START_YEAR, LAST_YEAR), _into(), number("technical", 0, 1), number("needed", 0, 1e6))
    table = Table("international_places", ("year", "column", "technical"), columns)
    rows = read(table, folder)
    out = np.zeros((LAST_YEAR - START_YEAR + 1, len(INTO), len(KINDS)))
    for c, label in enumerate(INTO):
        for kind in KINDS:
            at = (rows["column"] == label) & (rows["technical"] == kind)
            if not at.any():
                raise TableError(f"table {table.name}, column column: no row for {label} with technical {kind}")
            out[:, c, kind] = yearly(rows["year"][at], rows["needed"][at], START_YEAR, LAST_YEAR)
    return out


def _fields(dims: Dimensions, education: Education) -> Floats:
    """Shares of the fields within each kind; (INTO, kinds, sexes, fields)."""
    row = [LEVELS_OF_CHOICE.index("wo" if c.startswith("wo") else c) for c in INTO]
    technical = dims.field_technical[:-1]
    shares = education.field_shares[row]
    kinds = np.stack([shares * ~technical, shares * technical], axis=1)
    return np.asarray(kinds / kinds.sum(axis=3, keepdims=True))


def _regions(dims: Dimensions, folder: Path | None) -> Floats:
    keys = ("column", "technical", "region")
    columns = (_into(), number("technical", 0, 1), name("region", dims.region), number("share", 0, 1))
    table = Table("international_regions", keys, columns, (Sum("share", keys[:-1]),))
    axes = {"column": INTO, "technical": KINDS, "region": dims.region}
    return dense(table, read(table, folder), "share", axes)


def _ages(folder: Path | None) -> Floats:
    columns = (_into(), number("age", 16, 40), number("share", 0, 1))
    table = Table("international_ages", ("column", "age"), columns, (Sum("share", ("column",)),))
    axes = {"column": INTO, "age": list(range(AGES))}
    return dense(table, read(table, folder), "share", axes, missing=0.0)


def _others_ages(demography: Demography, entrants: Floats, ages: Floats) -> Floats:
    """Shares by age of the immigrants who are no students, so that all together have the table's; (years, AGES)."""
    left = np.maximum(demography.migrants[:, :1] * demography.immigrant_ages - entrants @ ages, 0.0)
    return np.asarray(left / left.sum(axis=1, keepdims=True))


def _factor(demography: Demography, expected: tuple[Any, ...], usual: float, dropout: float) -> Floats:
    return _emigration(demography, _leavers(*expected, usual=usual, dropout=dropout))


def _leavers(
    education: Education,
    entrants: Floats,
    kinds: Floats,
    backgrounds: Floats,
    students: Floats,
    stay: Floats,
    ages: Floats,
    *,
    usual: float,
    dropout: float,
) -> tuple[Floats, Floats]:
    """Students, and leavers of the year, as the tables have it; (years, AGES, backgrounds) each.

    Entrants go through the years of study with the drop-out and diplomas of L1, after which some go on to wo_master; of
    those who leave with a diploma 1 - s go, s at the ``usual`` odds, of drop-outs more (``dropout``).
    """
    lost, finished = _ends(education)
    goes_on = np.array([education.onward[DIPLOMAS.index(c), DESTINATIONS.index("wo_master")] for c in INTO])
    goes_on[-1] = 0.0
    onward = finished * goes_on[:, None, None]
    odds = usual * (stay / (1.0 - stay))[:, :, None]
    gone = lost / (1.0 + dropout * odds) + (finished - onward) / (1.0 + odds)
    # Column, kind, completed years, background, age.
    here = np.zeros((len(INTO), len(KINDS), LONGEST, backgrounds.shape[1], AGES))
    left = np.ones(lost.shape)
    left[:, :, 1:] = np.cumprod(1.0 - lost - finished, axis=2)[:, :, :-1]
    left /= left.sum(axis=2, keepdims=True)
    for d in range(LONGEST):
        here[:, :, d] = (students * left[:, :, d, None])[..., None] * _older(ages, d)[:, None, None, :]
    stocks, leavers = [], []
    for n, k in zip(entrants, kinds, strict=True):
        stocks.append(here.sum(axis=(0, 1, 2)).T)
        leavers.append(np.einsum("ckdba,ckd->ab", here, gone))
        further = _older(np.einsum("ckdba,ckd->kba", here, onward), 1)
        here[:, :, 1:] = _older(here * (1.0 - lost - finished)[..., None, None], 1)[:, :, :-1]
        new = n[:, None, None] * k[:, :, None] * backgrounds[:, None, :]
        here[:, :, 0] = new[..., None] * ages[:, None, None, :]
        here[-1, :, 0] += further
    return np.array(stocks), np.array(leavers)


def _ends(education: Education) -> tuple[Floats, Floats]:
    """Shares who drop out, and who get a diploma, in each year of study; (INTO, kinds, LONGEST) each."""
    lost, finished = (np.zeros((len(INTO), len(KINDS), LONGEST)) for _ in range(2))
    for c, column in enumerate(COLUMNS.index(label) for label in INTO):
        years = int(np.median(education.programme_years[education.programme_column == column]))
        lost[c] = education.dropout_later[column]
        lost[c, :, 0] = education.dropout_first[column]
        finished[c, :, years - 1 :] = (1.0 - lost[c, :, years - 1 :]) * education.passed[column]
    return lost, finished


def _older(by_age: Floats, years: int) -> Floats:
    """Everybody some years older; (..., AGES)."""
    out = np.zeros_like(by_age)
    out[..., years:] = by_age[..., : AGES - years]
    return out


def _emigration(demography: Demography, expected: tuple[Floats, Floats]) -> Floats:
    """Factor on everybody else's chance of emigrating; (years, AGES, backgrounds).

    phi = 1 - (L - e S) / E, summed over the ages within WINDOW years: leavers L come on top, students S at chances e
    are no longer among the emigrants E. E are residents of the start times chances; those of foreign background have
    grown as emigrants (table ``migration``) over their ratio (table ``emigration_years``) say.
    """
    students, leavers = expected
    rate = demography.emigration_rate * demography.emigration_ratio[:, None, None]
    residents = demography.start.sum(axis=(1, 3))
    weights = residents * demography.emigration_rate
    native = float(weights[:, 0].sum())
    exposed = demography.migrants[:, 1] / demography.emigration_ratio
    growth = np.maximum((exposed - native) / (exposed[0] - native), 0.1)
    growth = np.stack([np.ones_like(growth), *[growth] * (weights.shape[1] - 1)], axis=1)
    emigrants = residents * rate * growth[:, None, :]
    factor = 1.0 - _around(leavers - rate * students) / np.maximum(_around(emigrants), 1e-9)
    return np.asarray(np.clip(factor, NEAREST, FARTHEST))


def _around(by_age: Floats) -> Floats:
    """Sums over the ages within WINDOW years; (years, AGES, backgrounds)."""
    padded = np.pad(by_age, ((0, 0), (WINDOW, WINDOW), (0, 0)))
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, 2 * WINDOW + 1, axis=1).sum(axis=-1))

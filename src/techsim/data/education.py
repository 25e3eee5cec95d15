"""The education columns as tables: programmes, vo grades, onward flows, shares at the start, exposure paths.

Shares of choices are those of the start year: the choice kernels turn them into intercepts once, and later years
follow from what pupils face.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from techsim.data.dimensions import Dimensions
from techsim.data.reader import Sum, Table, TableError, dense, name, number, read, yearly
from techsim.population.states import Diploma, Stage

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]

COLUMNS = ("mbo1", "mbo2", "mbo3", "mbo4", "hbo", "wo_bachelor", "wo_master")
"""Columns of tertiary education, in ascending order."""
DESTINATIONS = ("mbo1", "mbo2", "mbo3", "mbo4", "havo", "vwo", "hbo", "wo_bachelor", "wo_master", "out")
"""Where a diploma can lead; the first nine are education."""
DIPLOMAS = tuple(diploma.name.lower() for diploma in Diploma)
ORIGINS = ("none", "vmbo_bb", "vmbo_kb", "vmbo_gl", "vmbo_tl", "havo", "vwo", "mbo", "hbo", "wo")
"""From where a field of study is chosen."""
EARLIER = ("other", "technical")
"""Earlier choice: profile in vo, field of the last diploma after it."""
SERIES = ("wt_schools", "guidance_reach", "technologieroute_coverage", "wt_pabo")
STAGES = {"mbo": Stage.MBO, "hbo": Stage.HBO, "wo_bachelor": Stage.WO_BACHELOR, "wo_master": Stage.WO_MASTER}
LEVELS_OF_CHOICE = ("mbo1", "mbo2", "mbo3", "mbo4", "hbo", "wo")
FIRST_YEAR, LAST_YEAR = 2000, 2060


@dataclass(frozen=True)
class Education:
    """Dense arrays; index orders are those of the tuples above and of :class:`Dimensions`.

    programme_* : int8 (programmes,). programme_of : int8 (columns, pathways, fields), the programme or -1.
    vo_final, vo_repeat, vo_down, vo_leave, vo_passed : (tracks, grades + 1), grade counted from 1.
    track_shares : float (years from FIRST_YEAR, tracks). profile_shares, wiskunde_b_shares : (tracks, sexes).
    onward : (diplomas, destinations). followup_shares : (origins, sexes, earlier). field_shares : (levels, sexes,
    fields that train for an occupation), each kind summing to one. kind_shift : (levels,), utility of a technical field
    by what is on
    offer at the level. bbl_shares : (mbo levels, kind, young or adult). bbl_leavers : (mbo levels, kind), of those who
    have left mbo young.
    passed, dropout_first, dropout_later, switch_first : (columns,) chances a year. exposure : (series, years).
    start_students : (columns, pathways, sexes, kind), persons.
    """

    programmes: tuple[str, ...]
    programme_stage: Codes
    programme_column: Codes
    programme_level: Codes
    programme_pathway: Codes
    programme_field: Codes
    programme_years: Codes
    programme_of: Codes
    vo_final: npt.NDArray[np.bool_]
    vo_repeat: Floats
    vo_down: Floats
    vo_leave: Floats
    vo_passed: Floats
    track_shares: Floats
    profile_shares: Floats
    wiskunde_b_shares: Floats
    onward: Floats
    followup_shares: Floats
    field_shares: Floats
    kind_shift: Floats
    bbl_shares: Floats
    bbl_leavers: Floats
    passed: Floats
    dropout_first: Floats
    dropout_later: Floats
    switch_first: Floats
    exposure: Floats
    start_students: Floats

    @cached_property
    def vo_last_grade(self) -> Codes:
        """Final grade of each track; int8 (tracks,)."""
        return np.asarray(self.vo_final.argmax(axis=1), dtype=np.int8)

    def exposure_at(self, series: str, year: int) -> float:
        """Value of an exposure series in a year (held at its last value after the table ends)."""
        at = min(max(year, FIRST_YEAR), LAST_YEAR) - FIRST_YEAR
        return float(self.exposure[SERIES.index(series), at])

    def track_shares_at(self, year: int) -> Floats:
        """Shares of a cohort placed in each track in a year; (tracks,)."""
        shares: Floats = self.track_shares[min(max(year, FIRST_YEAR), LAST_YEAR) - FIRST_YEAR]
        return shares


def load_education(dims: Dimensions, folder: Path | None = None) -> Education:
    """Read and check the education tables; TableError names what is wrong."""
    fields = dims.field[:-1]
    return Education(
        **_programmes(dims, fields, folder),
        **_vo(dims, folder),
        **_shares(dims, fields, folder),
        **_tertiary(folder),
        exposure=_exposure(folder),
        start_students=_start(dims, folder),
    )


def _programmes(dims: Dimensions, fields: tuple[str, ...], folder: Path | None) -> dict[str, Any]:
    table = Table(
        "programmes",
        ("programme",),
        (
            name("programme"),
            name("stage", tuple(STAGES)),
            name("level", dims.level),
            name("pathway", dims.pathway),
            name("field", fields),
            number("years", 1, 6),
        ),
    )
    rows = read(table, folder)
    count = len(rows["programme"])
    if count > np.iinfo(np.int8).max:
        raise TableError(f"table programmes: {count} programmes, at most 127")
    column = [lv if st == "mbo" else st for st, lv in zip(rows["stage"], rows["level"], strict=True)]
    codes = {
        "programme_stage": [int(STAGES[s]) for s in rows["stage"]],
        "programme_column": [COLUMNS.index(c) for c in column],
        "programme_level": [dims.level.index(v) for v in rows["level"]],
        "programme_pathway": [dims.pathway.index(v) for v in rows["pathway"]],
        "programme_field": [fields.index(v) for v in rows["field"]],
        "programme_years": [int(v) for v in rows["years"]],
    }
    arrays = {key: np.array(value, dtype=np.int8) for key, value in codes.items()}
    lookup = np.full((len(COLUMNS), len(dims.pathway), len(fields)), -1, dtype=np.int8)
    lookup[arrays["programme_column"], arrays["programme_pathway"], arrays["programme_field"]] = np.arange(count)
    return {"programmes": tuple(rows["programme"]), "programme_of": lookup, **arrays}


def _vo(dims: Dimensions, folder: Path | None) -> dict[str, Any]:
    chances = ("repeat", "down", "leave", "passed")
    table = Table(
        "vo_grades",
        ("track", "grade"),
        (name("track", dims.track), number("grade", 1, 6), number("final", 0, 1), *(number(c, 0, 1) for c in chances)),
    )
    rows = read(table, folder)
    grades = list(range(int(rows["grade"].max()) + 1))
    axes = {"track": dims.track, "grade": grades}
    arrays = {f"vo_{c}": dense(table, rows, c, axes, missing=0.0) for c in chances}
    final = dense(table, rows, "final", axes, missing=0.0) > 0
    if not (final.sum(axis=1) == 1).all():
        raise TableError("table vo_grades, column final: each track has exactly one final grade")
    return {"vo_final": final, **arrays}


def _shares(dims: Dimensions, fields: tuple[str, ...], folder: Path | None) -> dict[str, Any]:
    share = number("share", 0, 1)
    tracks = Table(
        "track_shares",
        ("year", "track"),
        (number("year", 1990, 2100), name("track", dims.track), share),
        (Sum("share", ("year",)),),
    )
    rows = read(tracks, folder)
    track_shares = np.column_stack(
        [
            yearly(rows["year"][rows["track"] == t], rows["share"][rows["track"] == t], FIRST_YEAR, LAST_YEAR)
            for t in dims.track
        ]
    )
    by_track = (name("track", dims.track), name("sex", dims.sex), share)
    at = {"track": dims.track, "sex": dims.sex}
    profile = Table("profile_shares", ("track", "sex"), by_track)
    wiskunde = Table("wiskunde_b_shares", ("track", "sex"), by_track)
    onward = Table(
        "onward",
        ("diploma", "destination"),
        (name("diploma", DIPLOMAS), name("destination", DESTINATIONS), share),
        (Sum("share", ("diploma",)),),
    )
    followup = Table(
        "followup_shares",
        ("origin", "sex", "earlier"),
        (name("origin", ORIGINS), name("sex", dims.sex), name("earlier", EARLIER), share),
    )
    field = Table(
        "field_shares",
        ("level", "sex", "field"),
        (name("level", LEVELS_OF_CHOICE), name("sex", dims.sex), name("field", fields), share),
        (Sum("share", ("level", "sex"), total=2.0),),
    )
    kinds = Table("kind_shifts", ("level",), (name("level", LEVELS_OF_CHOICE), number("shift", -3, 3)))
    bbl = Table(
        "bbl_shares",
        ("level", "kind"),
        (
            name("level", dims.level[:4]),
            name("kind", EARLIER),
            *(number(c, 0, 1) for c in ("young", "adult", "leavers")),
        ),
    )
    bbl_rows = read(bbl, folder)
    bbl_axes = {"level": dims.level[:4], "kind": EARLIER}
    return {
        "track_shares": track_shares,
        "profile_shares": dense(profile, read(profile, folder), "share", at, missing=0.0),
        "wiskunde_b_shares": dense(wiskunde, read(wiskunde, folder), "share", at, missing=0.0),
        "onward": dense(onward, read(onward, folder), "share", {"diploma": DIPLOMAS, "destination": DESTINATIONS}),
        "followup_shares": dense(
            followup, read(followup, folder), "share", {"origin": ORIGINS, "sex": dims.sex, "earlier": EARLIER}
        ),
        "field_shares": dense(
            field, read(field, folder), "share", {"level": LEVELS_OF_CHOICE, "sex": dims.sex, "field": fields}
        ),
        "kind_shift": dense(kinds, read(kinds, folder), "shift", {"level": LEVELS_OF_CHOICE}),
        "bbl_shares": np.stack([dense(bbl, bbl_rows, c, bbl_axes) for c in ("young", "adult")], axis=-1),
        "bbl_leavers": dense(bbl, bbl_rows, "leavers", bbl_axes),
    }


def _tertiary(folder: Path | None) -> dict[str, Any]:
    columns = ("passed", "dropout_first_year", "dropout_later", "switch_first_year")
    table = Table("tertiary", ("column",), (name("column", COLUMNS), *(number(c, 0, 1) for c in columns)))
    rows = read(table, folder)
    names = ("passed", "dropout_first", "dropout_later", "switch_first")
    return {key: dense(table, rows, column, {"column": COLUMNS}) for key, column in zip(names, columns, strict=True)}


def _exposure(folder: Path | None) -> Floats:
    table = Table(
        "exposure",
        ("series", "year"),
        (name("series", SERIES), number("year", 1990, 2100), number("value", 0, 1)),
    )
    rows = read(table, folder)
    paths = []
    for series in SERIES:
        mine = rows["series"] == series
        paths.append(yearly(rows["year"][mine], rows["value"][mine], FIRST_YEAR, LAST_YEAR))
    return np.stack(paths)


def _start(dims: Dimensions, folder: Path | None) -> Floats:
    table = Table(
        "start_students",
        ("column", "pathway", "sex", "kind"),
        (
            name("column", COLUMNS),
            name("pathway", dims.pathway),
            name("sex", dims.sex),
            name("kind", EARLIER),
            number("students", 0),
        ),
    )
    axes = {"column": COLUMNS, "pathway": dims.pathway, "sex": dims.sex, "kind": EARLIER}
    return dense(table, read(table, folder), "students", axes, missing=0.0)

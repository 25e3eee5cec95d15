"""Students of mbo, hbo and wo at the start, and the education of those who have left it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.data.demography import AGES, EDUCATION, Demography
from techsim.data.dimensions import Dimensions
from techsim.data.education import COLUMNS, LEVELS_OF_CHOICE, Education
from techsim.population.attainment import attained
from techsim.population.draws import normals, uniforms
from techsim.population.people import People
from techsim.population.randomness import Purpose
from techsim.population.rounding import controlled, ranks, reached, stratified
from techsim.population.states import NONE, Diploma, Flag, Profile, Stage

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int64]

MOST = {16: 0.97, 17: 0.95, 18: 0.90, 19: 0.85}
"""Largest share of an age, outside vo, that may study at the start (assumption)."""
MOST_LATER = 0.75
ENTRY_AGE = {"hbo": 17, "wo_bachelor": 17, "wo_master": 20}
"""Youngest age at which a column is entered; mbo at 16."""
MBO_ENTRY_AGE = 16
LONGEST_STUDY = 9
DIPLOMAS_OF = {
    "mbo1": ((Diploma.NONE, "vmbo_bb", 1.0),),
    "mbo2": ((Diploma.VMBO_KB, "vmbo_kb", 0.25), (Diploma.VMBO_BB, "vmbo_bb", 0.75)),
    "mbo3": ((Diploma.VMBO_TL, "vmbo_tl", 0.2), (Diploma.VMBO_KB, "vmbo_kb", 0.65), (Diploma.MBO2, "vmbo_bb", 0.15)),
    "mbo4": ((Diploma.VMBO_TL, "vmbo_tl", 0.6), (Diploma.VMBO_GL, "vmbo_gl", 0.15), (Diploma.VMBO_KB, "vmbo_kb", 0.25)),
    "hbo": ((Diploma.VWO, "vwo", 0.1), (Diploma.HAVO, "havo", 0.55), (Diploma.MBO4, "vmbo_tl", 0.35)),
    "wo_bachelor": ((Diploma.VWO, "vwo", 1.0),),
    "wo_master": ((Diploma.WO_BACHELOR, "vwo", 1.0),),
}
"""Diploma and vo track with which students came, highest standing first, with shares (assumption; P0283 ff.)."""
TRACK_OF = {
    "mbo2": "vmbo_bb",
    "mbo3": "vmbo_kb",
    "mbo4": "vmbo_tl",
    "havo": "havo",
    "hbo": "havo",
    "vwo": "vwo",
    "wo": "vwo",
}
"""Track of those who have left education; vmbo_kb or vmbo_bb for the rest."""
LEAVING_AGE = {
    "basic": 17,
    "vmbo": 17,
    "mbo2": 19,
    "mbo3": 20.5,
    "mbo4": 21.5,
    "havo": 19,
    "vwo": 19.5,
    "hbo": 24,
    "wo": 25.5,
}
"""Typical age at which an education is left (assumption), with a spread of about a year and a half."""
YOUNGEST_LEAVER = 15.0
_LEAVING_SCALE = 0.8
_SEPTEMBER = 8


class Categories:
    """What a person out of vo may be at the start, from the highest standing to the lowest.

    A category is ("student", column, pathway) or ("out", education). ``codes`` lists them in that order.
    """

    def __init__(self, dims: Dimensions) -> None:
        bol, bbl, none = (dims.pathway.index(p) for p in ("bol", "bbl", "none"))
        ladder: list[tuple[str, int, int]] = []
        for column in reversed(COLUMNS):
            pathways = (bol, bbl) if column.startswith("mbo") else (none,)
            ladder += [("student", COLUMNS.index(column), pathway) for pathway in pathways]
            after = {"wo_bachelor": ("wo",), "hbo": ("hbo", "vwo", "havo"), "mbo1": ("vmbo", "basic")}
            left = after.get(column, (column,) if column in EDUCATION else ())
            ladder += [("out", EDUCATION.index(education), 0) for education in left]
        self.codes = tuple(ladder)
        self.student = np.array([kind == "student" for kind, _, _ in ladder])
        self.first = np.array([a for _, a, _ in ladder])
        self.second = np.array([b for _, _, b in ladder])


def student_ages(totals: Floats, profile: Floats, available: Floats) -> Floats:
    """Students by age and column such that no age has more students than may study.

    Parameters
    ----------
    totals : float64 (columns, pathways, sexes)
    profile : float64 (columns, pathways, ages)
        Shares by age, before the limit.
    available : float64 (ages, sexes)
        People outside vo.

    Returns
    -------
    float64 (columns, pathways, sexes, ages), adding up to ``totals`` where room allows
    """
    most = np.full(AGES, MOST_LATER)
    for age, share in MOST.items():
        most[age] = share
    room = (most[:, None] * available).T
    out = totals[..., None] * profile[:, :, None, :]
    for _ in range(60):
        load = out.sum(axis=(0, 1))
        out *= np.minimum(1.0, room / np.maximum(load, 1e-12))
        free = load < 0.999 * room
        spread = profile[:, :, None, :] * free[None, None]
        weight = spread.sum(axis=3, keepdims=True)
        missing = totals[..., None] - out.sum(axis=3, keepdims=True)
        out += np.where(weight > 0, missing * spread / np.maximum(weight, 1e-12), 0.0)
    load = out.sum(axis=(0, 1))
    return np.asarray(out * np.minimum(1.0, available.T / np.maximum(load, 1e-12)))


def allot(
    people: People, dims: Dimensions, education: Education, tables: Demography, scale: float, month: int, order: Floats
) -> tuple[Rows, Rows, Categories]:
    """Give everyone who has left vo a category; rows (m,), index of the category (m,), the categories.

    Age x sex hold exactly, columns of education within about one person; within age and sex those with the higher
    standing get the higher category.
    """
    categories = Categories(dims)
    who = np.flatnonzero(people.stage == int(Stage.OUT))
    age = ages(people, month)[who]
    sexes = len(dims.sex)
    group = age * sexes + people.sex[who]
    available = np.bincount(group, minlength=AGES * sexes).reshape(AGES, sexes).astype(np.float64)
    students = student_ages(education.start_students.sum(axis=3) / scale, tables.student_ages, available)
    rest = available - students.sum(axis=(0, 1)).T
    wanted = np.empty((AGES * sexes, len(categories.codes)))
    for at, (kind, first, second) in enumerate(categories.codes):
        mine = students[first, second].T if kind == "student" else rest * tables.start_education[:, :, first]
        wanted[:, at] = mine.ravel()
    numbers = np.empty(wanted.shape, dtype=np.int64)
    for sex in range(sexes):
        numbers[sex::sexes] = controlled(np.maximum(wanted[sex::sexes], 0.0))
    rank, _ = ranks(group, -order[who])
    bounds = np.cumsum(numbers, axis=1)[:, :-1]
    return who, reached(rank.astype(np.float64), group, bounds.astype(np.float64)), categories


def ages(people: People, month: int) -> Rows:
    """Completed years of age at the beginning of the month, AGES - 1 at most; int64 (n,)."""
    return np.asarray(np.minimum((month - 1 - people.birth_month.astype(np.int64)) // 12, AGES - 1))


def enrol(
    people: People, rows: Rows, column: Rows, pathway: Rows, month: int, seed: int,
    dims: Dimensions, education: Education, order: Floats, liking: Floats,
) -> None:  # fmt: skip
    """Enrol students: kind and field of the programme, year of study, the diploma and track with which they came."""
    sexes, pathways = len(dims.sex), len(dims.pathway)
    sex = people.sex[rows].astype(np.int64)
    group = (column * pathways + pathway) * sexes + sex
    start = education.start_students
    technical_share = start[..., 1] / np.maximum(start.sum(axis=3), 1e-12)
    rank, size = ranks(group, -liking[rows])
    technical = rank + 0.5 <= technical_share.ravel()[group] * size
    field = draw_fields(rows, group * 2 + technical, _field_shares(education, dims), people, seed)
    programme = education.programme_of[column, pathway, field]
    people.programme[rows] = programme
    people.stage[rows] = education.programme_stage[programme]
    people.grade[rows] = 1
    people.profile[rows] = np.where(technical, Profile.TECHNICAL, Profile.OTHER)
    _diplomas(people, rows, column, dims, education, order)
    master = column == COLUMNS.index("wo_master")
    people.field[rows[master]] = field[master]
    university = column >= COLUMNS.index("wo_bachelor")
    people.flags[rows[university & technical]] |= np.uint8(Flag.WISKUNDE_B)
    _years_of_study(people, rows, programme, month, seed, education)


def draw_fields(rows: Rows, group: Rows, shares: Floats, people: People, seed: int) -> Rows:
    """Fields of study such that each group's shares hold; int64 (n,). shares : (groups, fields)."""
    return stratified(group, uniforms(seed, int(Purpose.START), people.id[rows], 0, 1), shares)


def _field_shares(education: Education, dims: Dimensions) -> Floats:
    """Shares of the fields within kind by column, pathway, sex, kind; (groups, fields)."""
    row = [LEVELS_OF_CHOICE.index("wo" if c.startswith("wo") else c) for c in COLUMNS]
    shares = education.field_shares[row]
    technical = dims.field_technical[:-1]
    kinds = np.stack([shares * ~technical, shares * technical], axis=2)
    kinds = kinds / np.maximum(kinds.sum(axis=3, keepdims=True), 1e-12)
    spread = np.repeat(kinds[:, None], len(dims.pathway), axis=1)
    return spread.reshape(-1, shares.shape[2])


def _diplomas(people: People, rows: Rows, column: Rows, dims: Dimensions, education: Education, order: Floats) -> None:
    """Diploma, level, field and track with which students came."""
    for name, came in DIPLOMAS_OF.items():
        mine = rows[column == COLUMNS.index(name)]
        group = np.zeros(mine.size, dtype=np.int64)
        pick = stratified(group, -order[mine], np.array([[share for _, _, share in came]]))
        people.diploma[mine] = np.array([diploma for diploma, _, _ in came], dtype=np.int8)[pick]
        people.track[mine] = np.array([dims.track.index(t) for _, t, _ in came], dtype=np.int8)[pick]
    levels = {
        Diploma.MBO2: "mbo2",
        Diploma.MBO4: "mbo4",
        Diploma.HAVO: "mbo4",
        Diploma.VWO: "mbo4",
        Diploma.WO_BACHELOR: "wo",
    }
    level_of = np.zeros(len(Diploma), dtype=np.int8)
    for diploma, label in levels.items():
        level_of[diploma] = dims.level.index(label)
    people.level[rows] = level_of[people.diploma[rows]]
    people.field[rows] = dims.general
    after_mbo = rows[np.isin(people.diploma[rows], (Diploma.MBO2, Diploma.MBO4))]
    people.field[after_mbo] = education.programme_field[people.programme[after_mbo]]


def _years_of_study(
    people: People, rows: Rows, programme: npt.NDArray[np.int8], month: int, seed: int, education: Education
) -> None:
    """Month of enrolment: the years of study that drop-out and delay leave behind, the older the longer."""
    longest = int(education.programme_years.max())
    column = education.programme_column[programme].astype(np.int64)
    group = column * (longest + 1) + education.programme_years[programme]
    shares = np.zeros((len(COLUMNS) * (longest + 1), LONGEST_STUDY))
    for code in np.unique(group):
        shares[code] = _survival(education, int(code) // (longest + 1), int(code) % (longest + 1))
    age = ages(people, month)[rows]
    key = np.minimum(age, 26) + 1.5 * normals(seed, int(Purpose.START), people.id[rows], 0, 2)
    years = stratified(group, key, shares)
    entry = np.array([ENTRY_AGE.get(c, MBO_ENTRY_AGE) for c in COLUMNS])
    years = np.clip(years, 0, np.maximum(age - entry[column], 0))
    people.enrolled[rows] = _last_september(month) - 12 * years


def _survival(education: Education, column: int, years: int) -> Floats:
    """Shares of a column's students by completed years of study; (LONGEST_STUDY,)."""
    out = np.ones(LONGEST_STUDY)
    for done in range(1, LONGEST_STUDY):
        lost = education.dropout_first[column] if done == 1 else education.dropout_later[column]
        finished = education.passed[column] if done >= years else 0.0
        out[done] = out[done - 1] * (1.0 - lost) * (1.0 - finished)
    return np.asarray(out / out.sum())


def _last_september(month: int) -> int:
    return month - (month - _SEPTEMBER) % 12


def settle(
    people: People, rows: Rows, level: Rows, month: int, seed: int, dims: Dimensions, tables: Demography, liking: Floats
) -> None:
    """Those who have left education: diploma, level, field, track, and the month in which they left.

    ``level`` : int64 (n,), index of EDUCATION.
    """
    sexes = len(dims.sex)
    sex = people.sex[rows].astype(np.int64)
    group = level * sexes + sex
    shares = tables.education_fields.reshape(-1, len(dims.field))
    technical = dims.field_technical
    rank, size = ranks(group, -liking[rows])
    chooses = rank + 0.5 <= shares[:, technical].sum(axis=1)[group] * size
    kinds = np.stack([shares * ~technical, shares * technical], axis=1).reshape(-1, len(dims.field))
    kinds = kinds / np.maximum(kinds.sum(axis=1, keepdims=True), 1e-12)
    people.field[rows] = draw_fields(rows, group * 2 + chooses, kinds, people, seed)
    people.profile[rows] = np.where(chooses, Profile.TECHNICAL, Profile.OTHER)
    people.diploma[rows], people.level[rows] = attained(level, dims)
    tracks = [dims.track.index(TRACK_OF.get(e, "vmbo_kb" if e == "vmbo" else "vmbo_bb")) for e in EDUCATION]
    people.track[rows] = np.array(tracks, dtype=np.int8)[level]
    people.programme[rows] = NONE
    _leaving(people, rows, level, month, seed)


def _leaving(people: People, rows: Rows, level: Rows, month: int, seed: int) -> None:
    """Month of leaving education: the September that ends the school year of a logistic age of leaving in the past."""
    latest = _last_september(month)
    typical = np.array([LEAVING_AGE[e] for e in EDUCATION])[level]
    born = people.birth_month[rows].astype(np.int64)
    past = 1.0 / (1.0 + np.exp(-((latest - born) / 12.0 - typical) / _LEAVING_SCALE))
    u = uniforms(seed, int(Purpose.START), people.id[rows], 0, 3) * past
    age = np.maximum(typical + _LEAVING_SCALE * np.log(u / (1.0 - u)), YOUNGEST_LEAVER)
    left = born + np.ceil(12.0 * age).astype(np.int64)
    people.left_education[rows] = np.minimum(left + (_SEPTEMBER - left) % 12, latest)

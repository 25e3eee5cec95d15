"""Labour states and jobs at the start, by the same thresholds that the labour market uses from month to month."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.data.dimensions import Dimensions
from techsim.data.education import Education
from techsim.data.labour import Labour as LabourTables
from techsim.population.clock import MONTHS, year_of
from techsim.population.clusters import gather
from techsim.population.draws import normals, uniforms
from techsim.population.people import People
from techsim.population.randomness import Purpose
from techsim.population.rounding import chosen, stratified
from techsim.population.start_rules import StartRules
from techsim.population.states import Diploma, Flag, Labour, Stage

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int8]

MINIMUM_AGE = 15
"""Youngest age of the labour force (ILO)."""
TEMPORARY_MONTHS = 24
"""Tenure below which jobs of the start may be temporary: what parameter ``start.temporary_share`` is a share of."""


def place_in_work(
    people: People,
    dims: Dimensions,
    education: Education,
    tables: LabourTables,
    pension_age: float,
    month: int,
    seed: int,
    rules: StartRules,
) -> None:
    """Labour state, job and its duration of everyone.

    Retired and taking part follow from the draws of a lifetime (purposes RETIREMENT and PARTICIPATION), so that the
    first month moves nobody; unemployed are the table's shares; jobs follow the shares of occupations by level, field
    and sex, of job levels, employers and regions, each held within about a person; where a sector's
    firms are decides who of the same education holds which job (:mod:`~techsim.population.clusters`). bbl students work
    in the occupation of their field, at the level of the programme or one below.
    """
    age_months = month - people.birth_month.astype(np.int64)
    out = (people.stage == int(Stage.OUT)) & (age_months >= 12 * MINIMUM_AGE)
    year = year_of(month)
    age = np.minimum(age_months // 12, tables.participation.shape[2] - 1)
    delay = rules.retirement_spread * normals(seed, int(Purpose.RETIREMENT), people.id, 0, 0)
    retires = out & (age_months / 12.0 >= tables.retirement_age_at(year, pension_age) + delay)
    rate = tables.participation_at(year)[people.sex, age, people.level]
    active = out & ~retires & (uniforms(seed, int(Purpose.PARTICIPATION), people.id, 0, 0) < rate)
    jobless = np.zeros(people.size, dtype=np.bool_)
    rows = np.flatnonzero(active)
    rates, group = np.unique(tables.start_unemployment, return_inverse=True)
    group = group.reshape(tables.start_unemployment.shape)[age[rows], people.level[rows]]
    jobless[rows] = chosen(rates[group], _luck(people, rows, seed, 0), group)
    apprentices = _is_apprentice(people, education, dims)
    works = (active & ~jobless) | apprentices
    people.labour[...] = Labour.OUTSIDE
    people.labour[retires] = Labour.RETIRED
    people.labour[jobless] = Labour.UNEMPLOYED
    people.labour[works] = Labour.EMPLOYED
    _give_jobs(people, np.flatnonzero(active), dims, tables, seed)
    _give_apprenticeships(people, np.flatnonzero(apprentices), dims, education, tables, seed)
    kept = np.flatnonzero(kept_apprentices(people, education, dims, month, seed, rules.kept))
    _give_jobs_of_training(people, kept, people.field[kept], people.level[kept].astype(np.int64), dims, tables, seed)
    trained = np.union1d(np.flatnonzero(apprentices), kept)
    gather(people, np.flatnonzero(active), trained, dims, tables.clusters, seed)
    _durations(people, age_months, month, seed, rules)
    people.since[apprentices] = people.enrolled[apprentices]
    short = (people.labour == int(Labour.EMPLOYED)) & (month - people.since.astype(np.int64) < TEMPORARY_MONTHS)
    people.flags[apprentices] |= np.uint8(Flag.TEMPORARY)
    people.flags[short & (uniforms(seed, int(Purpose.START_JOB), people.id, 0, 6) < rules.temporary_share)] |= np.uint8(
        Flag.TEMPORARY
    )


def _is_apprentice(people: People, education: Education, dims: Dimensions) -> npt.NDArray[np.bool_]:
    enrolled = people.programme >= 0
    out = np.zeros(people.size, dtype=np.bool_)
    out[enrolled] = education.programme_pathway[people.programme[enrolled]] == dims.pathway.index("bbl")
    return out


def _give_jobs(people: People, rows: Rows, dims: Dimensions, tables: LabourTables, seed: int) -> None:
    """Occupation, job level, employer and region of workers, and of the last job of the unemployed."""
    levels, fields, sexes = len(dims.level), len(dims.field), len(dims.sex)
    level, sex, field = (a[rows].astype(np.int64) for a in (people.level, people.sex, people.field))
    shape = (levels, fields, sexes)
    group = np.ravel_multi_index((level, field, sex), shape)
    shares = tables.occupation_shares.reshape(levels * fields * sexes, -1)
    people.occupation[rows] = stratified(group, _luck(people, rows, seed, 1), shares)
    people.job_level[rows] = stratified(level, _luck(people, rows, seed, 2), tables.job_levels)
    _give_places(people, rows, dims, tables, seed)


def _give_places(people: People, rows: Rows, dims: Dimensions, tables: LabourTables, seed: int) -> None:
    occupation = people.occupation[rows].astype(np.int64)
    people.employer[rows] = stratified(occupation, _luck(people, rows, seed, 3), tables.employer_shares)
    home = people.region[rows].astype(np.int64)
    people.job_region[rows] = stratified(home, _luck(people, rows, seed, 4), tables.commuting)


def _give_apprenticeships(
    people: People, rows: Rows, dims: Dimensions, education: Education, tables: LabourTables, seed: int
) -> None:
    programme = people.programme[rows]
    level = education.programme_level[programme].astype(np.int64)
    _give_jobs_of_training(people, rows, education.programme_field[programme], level, dims, tables, seed)


def kept_apprentices(
    people: People, education: Education, dims: Dimensions, month: int, seed: int, kept: float
) -> npt.NDArray[np.bool_]:
    """Workers who left mbo last year as bbl graduates and stayed with their employer; bool (n,).

    As many as there are bbl graduates among young leavers (table ``bbl_shares``), times the share that is ``kept``.
    """
    technical = np.append(dims.field_technical, False)
    fresh = (people.labour == int(Labour.EMPLOYED)) & (people.stage == int(Stage.OUT))
    fresh &= (people.left_education >= month - MONTHS) & (people.level < len(education.bbl_shares))
    fresh &= (people.field >= 0) & (people.field < dims.general) & (people.diploma >= Diploma.MBO1)
    rows = np.flatnonzero(fresh)
    kind = technical[people.field[rows]].astype(np.int64)
    share = kept * education.bbl_leavers[people.level[rows], kind]
    fresh[rows] = _luck(people, rows, seed, 7) < share
    return np.asarray(fresh)


def _give_jobs_of_training(
    people: People, rows: Rows, field: Codes, level: Rows, dims: Dimensions, tables: LabourTables, seed: int
) -> None:
    """Jobs in the occupation of a training, at its level or one below, where people live."""
    people.occupation[rows] = field
    luck = uniforms_by_level(seed, people.id[rows], level)
    people.job_level[rows] = level - ((level > 0) & (luck >= tables.apprentice_at_level[level]))
    _give_places(people, rows, dims, tables, seed)
    people.job_region[rows] = people.region[rows]


def uniforms_by_level(seed: int, ids: npt.NDArray[np.uint64], level: Rows) -> Floats:
    """The draw of a lifetime that says whether someone learns at the level of the programme or below; (n,)."""
    out = np.empty(ids.size)
    for at in np.unique(level):
        mine = level == at
        out[mine] = uniforms(seed, int(Purpose.PROMOTION_AT_WORK), ids[mine], 0, int(at))
    return out


def _luck(people: People, rows: Rows, seed: int, k: int) -> Floats:
    return np.asarray(uniforms(seed, int(Purpose.START_JOB), people.id[rows], 0, k))


def _durations(people: People, age_months: Rows, month: int, seed: int, rules: StartRules) -> None:
    """Start of the job or labour state: exponential durations, no longer than since leaving education or turning 15."""
    u = uniforms(seed, int(Purpose.START_JOB), people.id, 0, 5)
    mean = np.where(people.labour == int(Labour.UNEMPLOYED), rules.search, rules.tenure)
    months = np.floor(-mean * np.log(u)).astype(np.int64) + 1
    longest = np.minimum(age_months - 12 * MINIMUM_AGE, month - people.left_education.astype(np.int64))
    people.since[...] = month - np.clip(months, 1, np.maximum(longest, 1))

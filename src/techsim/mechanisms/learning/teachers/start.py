"""Teachers at the start (L2, L3): drawn from the people with a job in education, and from those who work elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from techsim.data.inputs import Tables
from techsim.data.teaching import SEGMENTS
from techsim.mechanisms.learning.hybrid.kernels import draw_hybrid_hours, find_interested
from techsim.mechanisms.learning.kernels import HUNDRED, sum_lent
from techsim.mechanisms.learning.state import Codes, Counts, Floats, Ids, Roster, Teaching
from techsim.mechanisms.learning.teachers.capacity import filled_share, upper_tracks
from techsim.mechanisms.learning.teachers.kernels import count_learners, draw_hours, find_candidates
from techsim.mechanisms.working.state import shape_of
from techsim.population.draws import uniforms
from techsim.population.people import People
from techsim.population.randomness import Purpose

EDUCATION = "education"
NOBODY: Counts = np.zeros(0, dtype=np.int64)
"""Rows of nobody."""
FIFTY = 600
"""Months of age from which a teacher counts as older."""
SCARCE_FIRST = ("wo", "vo_first", "hbo", "mbo", "vo_second")
"""Order in which segments choose among those who could teach in several."""


def create_teaching(
    people: People, tables: Tables, parameters: Mapping[str, float], seed: int, first: int, scale: float
) -> Teaching:
    """Rosters, norms and students of the first month, such that the posts that are filled are those that are funded."""
    students = learners(people, tables, staying=False).astype(np.float64)
    target = tables.teaching.fte[..., None] * students / np.maximum(students.sum(axis=2, keepdims=True), 1.0) / scale
    regular = _regular(people, tables, parameters, seed, first, target)
    shape = (students.shape[0], students.shape[1], students.shape[2])
    fte = regular.hours_by_cell(people.job_region[regular.rows], shape, first)
    hybrid = _hybrid(people, tables, parameters, seed, first, fte * tables.teaching.hybrid_share[..., None])
    hybrid_fte, lent, _ = hours_of_hybrids(people, hybrid, tables, parameters["hybrid.lost_share"], first)
    all_fte = fte + hybrid_fte
    proportional: Floats = students * (all_fte.sum(axis=2) / np.maximum(students.sum(axis=2), 1.0))[..., None]
    posts = np.maximum(proportional * filled_share(all_fte, proportional), 1e-9)
    mean = hybrid_fte.sum(axis=2) / np.maximum(all_fte.sum(axis=2), 1e-9)
    return Teaching(
        regular=regular,
        hybrid=hybrid,
        norm=np.maximum(students, 1.0) / posts,
        students=students,
        hybrid_share=np.repeat(mean[..., None], shape[2], axis=2),
        hours_lent=lent,
        usual_lent=lent.copy(),
        fte=fte,
        hybrid_fte=hybrid_fte,
    )


def learners(people: People, tables: Tables, staying: bool) -> Counts:
    """Pupils and students by segment, kind and region; without those who have just got a diploma if ``staying``."""
    dims, education = tables.dimensions, tables.education
    count = np.zeros((len(SEGMENTS), 2, dims.size("region")), dtype=np.int64)
    count_learners(
        stage=people.stage,
        track=people.track,
        grade=people.grade,
        profile=people.profile,
        programme=people.programme,
        region=people.region,
        flags=people.flags,
        upper=upper_tracks(dims),
        technical_of=dims.field_technical[education.programme_field],
        staying=staying,
        count=count,
    )
    return count


def candidates(
    people: People,
    tables: Tables,
    parameters: Mapping[str, float],
    seed: int,
    first: int,
    posted: Counts,
    month: int = 0,
    chance: float = 1.0,
) -> tuple[Counts, Codes]:
    """Rows and kinds of people with a job in education, but no post as those in the rows ``posted``, who would take one
    this month with ``chance``; int64 (m,), int8 (m,)."""
    dims = tables.dimensions
    who, kind = np.empty(people.size, dtype=np.int64), np.empty(people.size, dtype=np.int8)
    found = find_candidates(
        seed=seed,
        first=first,
        ids=people.id,
        birth_month=people.birth_month,
        stage=people.stage,
        labour=people.labour,
        occupation=people.occupation,
        level=people.level,
        field=people.field,
        left_education=people.left_education,
        posted=posted,
        education=dims.occupation.index(EDUCATION),
        lowest=tables.teaching.lowest_level,
        shares=np.array([parameters["teachers.exact_start"], parameters["teachers.exact_share"]]),
        technical=dims.field_technical,
        month=month,
        chance=chance,
        who=who,
        kind=kind,
    )
    return who[:found], kind[:found]


def _regular(
    people: People, tables: Tables, parameters: Mapping[str, float], seed: int, first: int, target: Floats
) -> Roster:
    """Who holds a post in the first month: ranked by a draw, those of 50 and over and those with the degree first."""
    posts, education = tables.teaching, tables.dimensions.occupation.index(EDUCATION)
    who, kind = candidates(people, tables, parameters, seed, first, NOBODY)
    ids, region = people.id[who], people.job_region[who]
    hours = draw_hours(seed, ids, parameters["teachers.hours"])
    draw = uniforms(seed, int(Purpose.TEACHER), ids, 0, 2)
    older = first - people.birth_month[who].astype(np.int64) >= FIFTY
    has_degree = people.field[who] == education
    free = np.ones(who.size, dtype=np.bool_)
    segment = np.full(who.size, -1, dtype=np.int8)
    for name in SCARCE_FIRST:
        s = SEGMENTS.index(name)
        for k, r in np.ndindex(target.shape[1:]):
            fits = free & (kind == k) & (region == r) & (people.level[who] >= posts.min_level[s, k])
            weight = np.where(older, posts.older[s, k], 1.0)
            if posts.degree[s, k]:
                weight = weight * np.where(has_degree, 1.0, parameters["teachers.unqualified_start"])
            mine = np.flatnonzero(fits & (weight > 0.0))
            mine = mine[np.lexsort((ids[mine], np.log(draw[mine]) / -weight[mine]))]
            upto = np.cumsum(hours[mine]) - hours[mine] // 2
            mine = mine[upto <= HUNDRED * target[s, k, r]]
            segment[mine], free[mine] = s, False
    return _roster(ids, who, segment, kind, hours, first)


def _roster(ids: Ids, rows: Counts, segment: Codes, kind: Codes, hours: Counts, first: int) -> Roster:
    """Those who have a segment, all of whom teach already; all (m,)."""
    order, roster = np.argsort(ids), Roster.empty()
    columns = (ids[order], rows[order], segment[order], kind[order], hours[order])
    roster.add(*columns, since=first, months=np.zeros_like(rows))
    return roster


def _hybrid(
    people: People, tables: Tables, parameters: Mapping[str, float], seed: int, first: int, target: Floats
) -> Roster:
    """Who teaches beside a job elsewhere in the first month: those who are interested, by a draw."""
    rows, kind = interested(people, tables, parameters, seed, first, NOBODY, every=True)
    ids, region = people.id[rows], people.job_region[rows]
    hours = draw_hybrid_hours(seed, ids, parameters["hybrid.hours"])
    draw = uniforms(seed, int(Purpose.HYBRID), ids, 0, 8)
    free, segment = np.ones(rows.size, dtype=np.bool_), np.full(rows.size, -1, dtype=np.int8)
    for name in SCARCE_FIRST:
        s = SEGMENTS.index(name)
        for k, r in np.ndindex(target.shape[1:]):
            fits = free & (kind == k) & (region == r) & (people.level[rows] >= tables.teaching.min_level[s, k])
            mine = np.flatnonzero(fits)
            mine = mine[np.lexsort((ids[mine], draw[mine]))]
            upto = np.cumsum(hours[mine]) - hours[mine] // 2
            mine = mine[upto <= HUNDRED * target[s, k, r]]
            segment[mine], free[mine] = s, False
    return _roster(ids, rows, segment, kind, hours, first)


def interested(
    people: People, tables: Tables, parameters: Mapping[str, float], seed: int, month: int, posted: Counts, every: bool
) -> tuple[Counts, Codes]:
    """Rows and kinds of workers outside education who want to teach, and do not yet as those in the rows ``posted`` do:
    all, or those asked in this month of the year."""
    dims = tables.dimensions
    asked = np.arange(people.size) if every else people.born_in(month)
    who, kind = np.empty(asked.size, dtype=np.int64), np.empty(asked.size, dtype=np.int8)
    found = find_interested(
        seed=seed,
        month=month,
        asked=asked,
        ids=people.id,
        birth_month=people.birth_month,
        stage=people.stage,
        labour=people.labour,
        occupation=people.occupation,
        level=people.level,
        field=people.field,
        posted=posted,
        education=dims.occupation.index(EDUCATION),
        lowest=dims.level.index("hbo"),
        interest=parameters["hybrid.interest"],
        technical_interest=parameters["hybrid.interest_technical"],
        age_effect=parameters["hybrid.interest_age"],
        technical=dims.field_technical,
        who=who,
        kind=kind,
    )
    return who[:found], kind[:found]


def hours_of_hybrids(
    people: People, hybrid: Roster, tables: Tables, lost_share: float, month: int
) -> tuple[Floats, Floats, Floats]:
    """Full-time teachers that hybrid teachers make up, [S, K, R]; hours of production lost to their teaching, in
    full-time workers, [E, G, L, R], and (R,)."""
    shape = shape_of(tables.dimensions)
    whole = np.zeros((*tables.teaching.min_level.shape, shape[-1]), dtype=np.int64)
    lent, by_region = np.zeros(shape), np.zeros(shape[-1])
    sum_lent(
        segment=hybrid.segment,
        kind=hybrid.kind,
        rows=hybrid.rows,
        hours=hybrid.hours,
        ready=hybrid.ready,
        month=month,
        lost=lost_share / HUNDRED,
        employer=people.employer,
        occupation=people.occupation,
        job_level=people.job_level,
        job_region=people.job_region,
        whole=whole,
        lent=lent,
        by_region=by_region,
    )
    return whole / HUNDRED, lent, by_region

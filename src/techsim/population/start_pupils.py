"""Who is in which class of vo at the start: what the promotion rules make of the shares placed in each track."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from techsim.data.dimensions import Dimensions
from techsim.data.education import Education
from techsim.population.draws import normals, uniforms
from techsim.population.people import COHORT_BASE, NO_COHORT, People
from techsim.population.randomness import Purpose
from techsim.population.rounding import ranks, stratified
from techsim.population.states import Flag, FlowNode, Profile, Stage

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]

ORDER = ("vwo", "havo", "vmbo_tl", "vmbo_gl", "vmbo_kb", "vmbo_bb", "pro")
"""Tracks from the highest advice to the lowest."""
DOWN = {"vwo": "havo", "havo": "vmbo_tl", "vmbo_tl": "vmbo_kb", "vmbo_gl": "vmbo_kb", "vmbo_kb": "vmbo_bb"}
CHOICE_GRADE = {"vmbo_bb": 3, "vmbo_kb": 3, "vmbo_gl": 3, "vmbo_tl": 3, "havo": 4, "vwo": 4}
"""Grade from which pupils have a profile or sector."""
ADVICE_WEIGHT = 0.75
"""Correlation of ability with the order of schooling at the start (assumption, as ``placement.ability_weight``)."""
BACKGROUND_SHIFT = {"native": 0.0, "western": -0.1, "non_western": -0.4}
"""Shift of that order by background, in standard deviations (assumption; CBS: fewer pupils of non-western background in
havo and vwo)."""
TASTE_WEIGHT = 1.2
"""Weight of affinity in technical choices made before the start (assumption, as ``profile.affinity_weight``)."""
PLACED_AT = 143
"""Months of age in August of the youngest who enter vo: twelve before 1 October."""
SIXTEEN_FROM = 4
"""Years since entering vo from which pupils may leave without a diploma (Leerplichtwet 1969)."""
LONGEST = 9
"""Years since entering vo after which nobody is a pupil."""


class Classes(NamedTuple):
    """Shares of a cohort by years since entering vo.

    inside : (years, tracks, grades + 1) in each class. outside : (years,) no longer in vo.
    """

    inside: Floats
    outside: Floats


def classes(education: Education, dims: Dimensions, school_year: int) -> Classes:
    """Follow cohorts through the promotion rules, from placement to ``school_year``."""
    grades = education.vo_repeat.shape[1]
    inside = np.zeros((LONGEST, len(dims.track), grades))
    for years in range(LONGEST):
        inside[years] = _after(education, dims, school_year - years, years)
    return Classes(inside, 1.0 - inside.sum(axis=(1, 2)))


def _after(education: Education, dims: Dimensions, entered: int, years: int) -> Floats:
    """Classes of the cohort that entered vo in a school year, so many years later; (tracks, grades + 1)."""
    here = np.zeros_like(education.vo_repeat)
    here[:, 1] = education.track_shares_at(entered)
    for year in range(1, years + 1):
        then = np.zeros_like(here)
        for track, grade in np.argwhere(here > 0):
            mass = float(here[track, grade])
            final = int(education.vo_last_grade[track])
            if grade == final:
                mass *= 1.0 - education.vo_passed[track, grade]
            if year >= SIXTEEN_FROM:
                mass *= 1.0 - education.vo_leave[track, grade]
            stay = 1.0 if grade == final else float(education.vo_repeat[track, grade])
            down = 0.0 if grade == final else float(education.vo_down[track, grade])
            then[track, grade] += mass * stay
            lower = dims.track.index(DOWN[dims.track[track]]) if dims.track[track] in DOWN else track
            then[lower, min(grade + 1, int(education.vo_last_grade[lower]))] += mass * down
            if grade < final:
                then[track, grade + 1] += mass * (1.0 - stay - down)
        here = then
    return here


def schooling_order(people: People, seed: int, dims: Dimensions) -> Floats:
    """Standing of each person in the order of schooling, lowest first: ability, luck and background; (n,)."""
    noise = normals(seed, int(Purpose.PLACEMENT), people.id, 0, 0)
    shift = np.array([BACKGROUND_SHIFT.get(label, 0.0) for label in dims.background])
    return np.asarray(
        ADVICE_WEIGHT * people.ability + np.sqrt(1.0 - ADVICE_WEIGHT**2) * noise + shift[people.background]
    )


def taste(people: People, seed: int) -> Floats:
    """Standing of each person in the order of technical choices, highest first to choose; (n,)."""
    u = uniforms(seed, int(Purpose.START), people.id, 0, 0)
    return np.asarray(TASTE_WEIGHT * people.affinity + np.log(u / (1.0 - u)))


def years_in_vo(people: People, august: int) -> Rows:
    """Years since entering vo, in the school year that began in ``august``; negative before; int64 (n,)."""
    return np.asarray((august - people.birth_month.astype(np.int64) - PLACED_AT) // 12)


def place_pupils(
    people: People, education: Education, dims: Dimensions, seed: int, august: int, order: Floats, year: int
) -> None:
    """Put the pupils of vo in their classes; those who have left vo keep stage OUT.

    Writes stage, track, grade, cohort, node, profile and the wiskunde B flag.
    """
    since = years_in_vo(people, august)
    found = classes(education, dims, year)
    who = np.flatnonzero((since >= 0) & (since < LONGEST))
    tracks = [dims.track.index(t) for t in ORDER]
    grades = found.inside.shape[2]
    # From the highest standing to the lowest: each track's classes, then outside, since the lowest tracks leave first.
    columns = [(t, g) for t in tracks for g in range(grades - 1, 0, -1)]
    shares = np.array([[found.inside[y, t, g] for t, g in columns] for y in range(LONGEST)])
    shares = np.column_stack([shares, found.outside])
    group = since[who] * 2 + people.sex[who]
    pick = stratified(group, -order[who], np.repeat(shares, 2, axis=0))
    inside = pick < len(columns)
    rows, at = who[inside], pick[inside]
    people.stage[rows] = Stage.VO
    people.track[rows] = np.array([t for t, _ in columns], dtype=np.int8)[at]
    people.grade[rows] = np.array([g for _, g in columns], dtype=np.int8)[at]
    people.node[rows] = FlowNode.VO_START
    placed = since >= 0
    people.cohort[placed] = np.maximum(year - since[placed] - COHORT_BASE, NO_COHORT + 1)
    _choose_profiles(people, rows, education, dims, seed)


def _choose_profiles(people: People, rows: Rows, education: Education, dims: Dimensions, seed: int) -> None:
    first = np.array([CHOICE_GRADE.get(t, 127) for t in dims.track])
    rows = rows[people.grade[rows] >= first[people.track[rows]]]
    sexes = len(dims.sex)
    group = people.track[rows].astype(np.int64) * sexes + people.sex[rows]
    liking = taste(people, seed)[rows]
    technical = _take(group, -liking, education.profile_shares.ravel())
    people.profile[rows] = np.where(technical, Profile.TECHNICAL, Profile.OTHER)
    mathematical = rows[technical]
    group = group[technical]
    chosen = _take(group, -liking[technical], education.wiskunde_b_shares.ravel())
    people.flags[mathematical[chosen]] |= np.uint8(Flag.WISKUNDE_B)


def _take(group: Rows, key: Floats, share: Floats) -> npt.NDArray[np.bool_]:
    """The share of each group with the lowest key; bool (n,)."""
    rank, size = ranks(group, key)
    return np.asarray(rank + 0.5 <= share[group] * size)

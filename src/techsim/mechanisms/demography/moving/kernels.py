"""W5, moves between regions, on arrays: who is asked, and where each wants to live."""

from __future__ import annotations

import numba
import numpy as np

from techsim.population.draws import BLOCK, fill_uniforms
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import Labour, Stage

_VO, _MBO, _HBO, _OUT = int(Stage.VO), int(Stage.MBO), int(Stage.HBO), int(Stage.OUT)
_EMPLOYED, _RETIRED = int(Labour.EMPLOYED), int(Labour.RETIRED)
_P_MOVE = int(Purpose.MOVE)
STUDY, GRADUATE, LATER = 0, 1, 2
_PARENTS_LEVEL, _PARENTS_WORK = 3, 4
"""Draws of a lifetime: what the parents of a child are."""
ADULT = 18
"""Age from which people move for themselves; children move with parents of about PARENT years more."""
PARENT = 30


@numba.njit(cache=True, nogil=True)
def find_asked(month, who, birth_month, stage, enrolled, left_education, level, student_until, higher, rows, kinds):
    """Rows of those of ``who`` who ask themselves this month where to live, and why; returns how many.

    Parameters
    ----------
    who : int64 (m,), rows of all who were born in this month of the year, left education or enrolled this month
    month, student_until, higher : int
        Age from which a new student stays; lowest level of hbo and wo.
    birth_month, enrolled, left_education : int16 (n,); stage, level : int8 (n,)
    rows : int64 (m,), kinds : int8 (m,), written
    """
    found = 0
    for i in who:
        kind = -1
        age = np.uint32(np.int32(month) - np.int32(birth_month[i]))
        s = stage[i]
        if s == _OUT:
            if left_education[i] == month and level[i] >= higher:
                kind = GRADUATE
            elif age % np.uint32(12) == 0:
                kind = LATER
        elif s >= _HBO:
            if enrolled[i] == month and age < np.uint32(12 * student_until):
                kind = STUDY
        elif s != _MBO and age % np.uint32(12) == 0:
            kind = LATER
        if kind >= 0:
            rows[found] = i
            kinds[found] = kind
            found += 1
    return found


@numba.njit(cache=True, nogil=True)
def drawn(weights, u):
    """Index drawn by weights (k,) with a uniform draw."""
    total = 0.0
    for r in range(weights.size):
        total += weights[r]
    left, r = u * total, 0
    while r < weights.size - 1 and left >= weights[r]:
        left -= weights[r]
        r += 1
    return r


@numba.njit(cache=True, nogil=True)
def choose_regions(
    seed,
    month,
    rows,
    kinds,
    home,
    ids,
    birth_month,
    stage,
    level,
    field,
    labour,
    job_region,
    region,
    programme,
    studies,
    place,
    place_here,
    raising,
    seeker,
    worker,
    travel,
    stay,
    age_class,
    at_home,
    job_pull,
    graduate,
    higher,
    chosen,
):
    """Region in which each of those asked wants to live: logit over regions, every factor an exponential of W5.

    Parameters
    ----------
    seed, month, higher : int
    rows : int64 (m,); kinds, home : int8 (m,)
    ids : uint64 (n,); birth_month : int16 (n,); stage, level, field, labour, job_region, region, programme : int8 (n,)
    studies : float64 (programmes, homes, regions here, regions), weights of those who begin to study
    place, place_here : float64 (age classes, 2, regions), by whether of hbo or wo, of regions and of the own one
    raising : float64 (2, regions), chances that parents are of hbo or wo, and that they work where they live
    seeker, worker : float64 (fields, regions), chances of work for who has none, and for who has
    travel : float64 (regions, regions), from and to, 1 where they are the same
    stay : float64 (ages,), factor on the region lived in
    age_class : int64 (ages,)
    at_home, job_pull, graduate : float, factors on the home that was left, on the region of the job, on ``stay``
    chosen : int8 (m,), written
    """
    regions = travel.shape[0]
    weights = np.empty(regions)
    oldest, general = stay.size - 1, worker.shape[0] - 1
    draws = np.empty(BLOCK)
    for a in range(rows.size):
        at = a % BLOCK
        if at == 0:
            fill_uniforms(seed, _P_MOVE, ids[rows[a : a + BLOCK]], month, LATER, draws)
        i = rows[a]
        here, kind = region[i], kinds[a]
        u = draws[at] if kind == LATER else uniform(seed, _P_MOVE, ids[i], month, kind)
        if kind == STUDY:
            chosen[a] = drawn(studies[programme[i], home[a], here], u)
            continue
        age = (np.int64(month) - np.int64(birth_month[i])) // 12
        child = age < ADULT
        if child:
            age += PARENT
        age = min(age, oldest)
        high = 1 if level[i] >= higher else 0
        works, at_work = labour[i] == _EMPLOYED, job_region[i]
        has_chances = stage[i] == _OUT and labour[i] != _RETIRED and field[i] >= 0
        about = field[i]
        if child:
            high = 1 if uniform(seed, _P_MOVE, ids[i], 0, _PARENTS_LEVEL) < raising[0, here] else 0
            works, at_work = uniform(seed, _P_MOVE, ids[i], 0, _PARENTS_WORK) < raising[1, here], here
            has_chances, about = works, general
        for r in range(regions):
            w = place[age_class[age], high, r] * travel[here, r]
            if r == here:
                w = place_here[age_class[age], high, r] * stay[age] * (graduate if kind == GRADUATE else 1.0)
            elif r == home[a]:
                w *= at_home
            if has_chances:
                w *= worker[about, r] if works else seeker[about, r]
                if works and r == at_work:
                    w *= job_pull
            weights[r] = w
        chosen[a] = drawn(weights, u)

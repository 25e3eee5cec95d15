"""L4, apprentices, on arrays."""

from __future__ import annotations

import numpy as np

from techsim.population.compiled import kernel
from techsim.population.draws import BLOCK, list_few
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import Flag, Labour, Stage

_MBO, _EMPLOYED = int(Stage.MBO), int(Labour.EMPLOYED)
_OUT, _UNEMPLOYED = int(Stage.OUT), int(Labour.UNEMPLOYED)
_GRADUATED, _TEMPORARY = int(Flag.GRADUATED), int(Flag.TEMPORARY)
_P_SECTOR, _P_APPRENTICE = int(Purpose.SECTOR), int(Purpose.APPRENTICE)
_P_RENEWAL, _P_LEVEL = int(Purpose.RENEWAL), int(Purpose.PROMOTION_AT_WORK)


@kernel
def count_apprentices(stage, programme, flags, region, bbl, field_of, count):
    """Add bbl students who have not just got their diploma to ``count``.

    Parameters
    ----------
    stage, programme, region : int8 (n,); flags : uint8 (n,)
    bbl : bool (programmes,); field_of : int8 (programmes,)
    count : int64 (groups, regions), added to
    """
    for i in range(stage.size):
        if stage[i] == _MBO and bbl[programme[i]] and not flags[i] & np.uint8(_GRADUATED):
            count[field_of[programme[i]], region[i]] += 1


@kernel
def find_apprentices(stage, programme, bbl, who):
    """Rows of the bbl students, ascending.

    Parameters
    ----------
    stage, programme : int8 (n,); bbl : bool (programmes,)
    who : int64 (n,), written from the start

    Returns
    -------
    int
        Number found.
    """
    found, studies = 0, np.int8(_MBO)
    asked, rows = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64)
    for start in range(0, stage.size, BLOCK):
        mine = stage[start : start + BLOCK]
        for i in range(mine.size):
            asked[i] = mine[i] == studies
        for k in rows[: list_few(asked, mine.size, rows)]:
            who[found] = start + k
            found += int(bbl[programme[who[found]]])
    return found


@kernel
def find_finishing(rows, month, left_education, stage, labour, since):
    """Those of ``rows`` int64 (m,) who left education in ``month`` and have a job that began earlier; int64 (k,).

    left_education, since : int16 (n,) [month index]; stage, labour : int8 (n,)
    """
    who, found = np.empty(rows.size, dtype=np.int64), 0
    for i in rows:
        left = left_education[i] == month and stage[i] == _OUT
        if left and labour[i] == _EMPLOYED and since[i] < month:
            who[found] = i
            found += 1
    return who[:found].copy()


@kernel
def hire_apprentices(
    seed,
    month,
    rows,
    ids,
    programme,
    region,
    field_of,
    level_of,
    shares,
    at_level,
    flags,
    labour,
    since,
    occupation,
    job_level,
    job_region,
    employer,
    staff,
    hires,
    left,
    apprentices,
):
    """Hire every bbl student who has no job, or one outside the programme's group or below the level of the place.

    Parameters
    ----------
    seed, month : int
    rows : int64 (m,), of all bbl students
    ids : uint64 (n,); programme, region : int8 (n,)
    field_of, level_of : int8 (programmes,)
    shares : float64 (E, G, R), shares of types of employers in the places of a group and region
    at_level : float64 (levels,), share of places at the level of the programme, the others are a level below
    flags : uint8 (n,); labour, occupation, job_level, job_region, employer : int8 (n,), since : int16 (n,); written
    staff, hires, left : int64 (E, G, L, R), added to; ``left`` counts the jobs left for the apprenticeship
    apprentices : int64 (R,), added to; all bbl students, by region of the job
    """
    last = shares.shape[0] - 1
    for i in rows:
        p, r = programme[i], region[i]
        g, lv = field_of[p], level_of[p]
        works = labour[i] == _EMPLOYED
        same_group = works and occupation[i] == g
        fits = same_group and job_level[i] >= lv  # most do: they need no draw
        if not fits and lv > 0 and uniform(seed, _P_LEVEL, ids[i], 0, lv) >= at_level[lv]:
            lv -= 1
        if same_group and job_level[i] >= lv:
            apprentices[job_region[i]] += 1
            continue
        if works:
            staff[employer[i], occupation[i], job_level[i], job_region[i]] -= 1
            left[employer[i], occupation[i], job_level[i], job_region[i]] += 1
        if same_group:
            job_level[i], since[i] = lv, month
            staff[employer[i], g, lv, job_region[i]] += 1
            hires[employer[i], g, lv, job_region[i]] += 1
            apprentices[job_region[i]] += 1
            continue
        u = uniform(seed, _P_SECTOR, ids[i], month, 99)
        e, running = 0, shares[0, g, r]
        while e < last and running <= u:
            e += 1
            running += shares[e, g, r]
        labour[i] = _EMPLOYED
        flags[i] |= np.uint8(_TEMPORARY)
        since[i] = month
        employer[i], occupation[i], job_level[i], job_region[i] = e, g, lv, r
        staff[e, g, lv, r] += 1
        hires[e, g, lv, r] += 1
        apprentices[r] += 1


@kernel
def finish_apprenticeships(
    seed,
    month,
    order,
    ids,
    level,
    employer,
    occupation,
    job_region,
    stays,
    temporary_chance,
    offer,
    rows,
    flags,
    labour,
    since,
    job_level,
    staff,
    open_vacancies,
    hires,
    filled,
    separated,
):
    """Apprentices who leave education, in order of rank: they go, stay in their job, or move up to a vacancy.

    Parameters
    ----------
    seed, month : int
    order : int64 (m,), rows of those who finish, ranked
    ids : uint64 (n,); level, employer, occupation, job_region : int8 (n,)
    stays : float, chance that the worker wants to stay; temporary_chance : float, share of contracts for a time
    offer : float64 (E, G), chance that the employer offers to keep an apprentice
    rows : int64 (2,), rows of ``separated`` for the end of an apprenticeship, and for a job change
    flags : uint8 (n,); labour, job_level : int8 (n,); since : int16 (n,); written
    staff, open_vacancies : int64 (E, G, L, R), changed
    hires, filled : int64 (E, G, L, R), separated : int64 (reasons, E, G, L, R), added to
    """
    for a in range(order.size):
        i = order[a]
        e, g, lv, r = employer[i], occupation[i], job_level[i], job_region[i]
        hired_to_learn = (flags[i] & np.uint8(_TEMPORARY)) != 0
        leaves = uniform(seed, _P_APPRENTICE, ids[i], month, 0) >= stays
        if hired_to_learn and (leaves or uniform(seed, _P_APPRENTICE, ids[i], month, 1) >= offer[e, g]):
            staff[e, g, lv, r] -= 1
            separated[rows[0], e, g, lv, r] += 1
            labour[i] = _UNEMPLOYED
            since[i] = month
            continue
        if uniform(seed, _P_RENEWAL, ids[i], month, 1) >= temporary_chance:
            flags[i] &= np.uint8(0xFF ^ _TEMPORARY)
        own = level[i]
        if own > lv and open_vacancies[e, g, own, r] > 0:
            open_vacancies[e, g, own, r] -= 1
            filled[e, g, own, r] += 1
            hires[e, g, own, r] += 1
            staff[e, g, own, r] += 1
            staff[e, g, lv, r] -= 1
            separated[rows[1], e, g, lv, r] += 1
            job_level[i] = own
            since[i] = month

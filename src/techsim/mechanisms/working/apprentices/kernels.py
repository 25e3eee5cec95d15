"""L4 (first form), apprentices, on arrays."""

from __future__ import annotations

import numba
import numpy as np

from techsim.population.randomness import Purpose, uniform
from techsim.population.states import Flag, Labour, Stage

_MBO, _EMPLOYED = int(Stage.MBO), int(Labour.EMPLOYED)
_GRADUATED = int(Flag.GRADUATED)
_P_SECTOR = int(Purpose.SECTOR)


@numba.njit(cache=True, nogil=True)
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


@numba.njit(cache=True, nogil=True)
def hire_apprentices(
    seed,
    month,
    ids,
    stage,
    programme,
    region,
    bbl,
    field_of,
    level_of,
    cumulative,
    labour,
    since,
    occupation,
    job_level,
    job_region,
    employer,
    staff,
    hires,
    left,
):
    """Hire every bbl student who has no job, or one outside the programme's group or below its level.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (n,); stage, programme, region : int8 (n,)
    bbl : bool (programmes,); field_of, level_of : int8 (programmes,)
    cumulative : float64 (groups, regions, employers), running shares of types of employers, ending at 1
    labour, occupation, job_level, job_region, employer : int8 (n,), since : int16 (n,); written
    staff, hires, left : int64 (E, G, L, R), added to; ``left`` counts the jobs left for the apprenticeship
    """
    kinds = cumulative.shape[2]
    for i in range(ids.size):
        if stage[i] != _MBO or not bbl[programme[i]]:
            continue
        p, r = programme[i], region[i]
        g, lv = field_of[p], level_of[p]
        works = labour[i] == _EMPLOYED
        same_group = works and occupation[i] == g
        if same_group and job_level[i] >= lv:
            continue
        if works:
            staff[employer[i], occupation[i], job_level[i], job_region[i]] -= 1
            left[employer[i], occupation[i], job_level[i], job_region[i]] += 1
        if same_group:
            job_level[i], since[i] = lv, month
            staff[employer[i], g, lv, job_region[i]] += 1
            hires[employer[i], g, lv, job_region[i]] += 1
            continue
        u = uniform(seed, _P_SECTOR, ids[i], month, 99)
        e = 0
        while e < kinds - 1 and cumulative[g, r, e] <= u:
            e += 1
        labour[i] = _EMPLOYED
        since[i] = month
        employer[i], occupation[i], job_level[i], job_region[i] = e, g, lv, r
        staff[e, g, lv, r] += 1
        hires[e, g, lv, r] += 1

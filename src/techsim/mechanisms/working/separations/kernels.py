"""W1 and W3, separations, on arrays."""

from __future__ import annotations

import math

import numba
import numpy as np

from techsim.population.randomness import Purpose, normal, uniform
from techsim.population.states import Labour, Stage

_OUT = int(Stage.OUT)
_UNEMPLOYED, _EMPLOYED = int(Labour.UNEMPLOYED), int(Labour.EMPLOYED)
_P_CONTRACT, _P_QUIT, _P_LAYOFF, _P_APPRENTICE = (
    int(Purpose.CONTRACT),
    int(Purpose.QUIT),
    int(Purpose.LAYOFF),
    int(Purpose.APPRENTICE),
)
_STAYS, _CONTRACT_END, _QUIT, _LEAVES_TRAINING = -1, 0, 1, 2


@numba.njit(cache=True, nogil=True)
def ending(tenure, draw, short_tenure, end_short, end_long, quit_chance):
    """What happens to a job of ``tenure`` months: -1 it stays, 0 its contract ends, 1 the worker quits; one draw."""
    end = end_short if tenure < short_tenure else end_long
    if draw < end:
        return _CONTRACT_END
    return _QUIT if draw < end + quit_chance else _STAYS


@numba.njit(cache=True, nogil=True)
def layoff_rank(tenure, noise, draw):
    """log(1 + T) + sigma z: the lowest go first."""
    return math.log(1.0 + tenure) + noise * draw


@numba.njit(cache=True, nogil=True)
def end_jobs(
    seed,
    month,
    ids,
    stage,
    left_education,
    occupation,
    job_level,
    job_region,
    employer,
    short_tenure,
    end_short,
    end_long,
    quit_chance,
    retention,
    reasons,
    labour,
    since,
    staff,
    separated,
):
    """Contracts that end, quits, and apprentices who leave with their training.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (n,); stage : int8 (n,); left_education : int16 (n,) [month index]
    occupation, job_level, job_region, employer : int8 (n,)
    short_tenure : float [months]; end_short, end_long, quit_chance, retention : float [chance]
    reasons : int64 (3,), rows of ``separated`` for contract end, quit, end of apprenticeship
    labour : int8 (n,), since : int16 (n,), written
    staff : int64 (E, G, L, R), lowered; separated : int64 (reasons, E, G, L, R), added to
    """
    for i in range(ids.size):
        if labour[i] != _EMPLOYED or stage[i] != _OUT:
            continue
        tenure = np.float64(np.int64(month) - np.int64(since[i]))
        what = _STAYS
        if left_education[i] == month and tenure > 0.0:
            if uniform(seed, _P_APPRENTICE, ids[i], month, 0) >= retention:
                what = _LEAVES_TRAINING
        else:
            draw = uniform(seed, _P_CONTRACT, ids[i], month, 0)
            what = ending(tenure, draw, short_tenure, end_short, end_long, quit_chance)
        if what == _STAYS:
            continue
        s, g, lv, r = employer[i], occupation[i], job_level[i], job_region[i]
        staff[s, g, lv, r] -= 1
        separated[reasons[what], s, g, lv, r] += 1
        labour[i] = _UNEMPLOYED
        since[i] = month


@numba.njit(cache=True, nogil=True)
def rank_for_layoff(
    seed,
    month,
    ids,
    stage,
    labour,
    since,
    occupation,
    job_level,
    job_region,
    employer,
    dismiss,
    noise,
    who,
    cell,
    rank,
):
    """Workers of the cells that dismiss, with their rank; bbl students are spared.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (n,); stage, labour, occupation, job_level, job_region, employer : int8 (n,); since : int16 (n,)
    dismiss : int64 (E, G, L, R)
    noise : float [log months]
    who, cell : int64 (n,); rank : float64 (n,); written from the start

    Returns
    -------
    int
        Number of candidates.
    """
    _, groups, levels, regions = dismiss.shape
    found = 0
    for i in range(ids.size):
        if labour[i] != _EMPLOYED or stage[i] != _OUT:
            continue
        s, g, lv, r = employer[i], occupation[i], job_level[i], job_region[i]
        if dismiss[s, g, lv, r] == 0:
            continue
        who[found] = i
        cell[found] = ((np.int64(s) * groups + g) * levels + lv) * regions + r
        tenure = np.float64(np.int64(month) - np.int64(since[i]))
        rank[found] = layoff_rank(tenure, noise, normal(seed, _P_LAYOFF, ids[i], month, 0))
        found += 1
    return found


@numba.njit(cache=True, nogil=True)
def dismiss_ranked(month, who, cell, remaining, labour, since, staff, dismissed):
    """Dismiss, in the order given, as many per cell as its employer decided.

    Parameters
    ----------
    month : int
    who, cell : int64 (m,), in order of rank within cells
    remaining : int64 (cells,), lowered
    labour : int8 (n,), since : int16 (n,), written
    staff, dismissed : int64 (cells,), lowered, added to
    """
    for k in range(who.size):
        c = cell[k]
        if remaining[c] > 0:
            remaining[c] -= 1
            staff[c] -= 1
            dismissed[c] += 1
            labour[who[k]] = _UNEMPLOYED
            since[who[k]] = month

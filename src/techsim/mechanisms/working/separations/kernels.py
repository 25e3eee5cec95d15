"""W1 and W3, separations, on arrays."""

from __future__ import annotations

import math

import numba
import numpy as np

from techsim.population.draws import BLOCK, anyone, fill_uniforms
from techsim.population.randomness import Purpose, normal, uniform
from techsim.population.states import Flag, Labour, Stage

_OUT = int(Stage.OUT)
_UNEMPLOYED, _EMPLOYED = int(Labour.UNEMPLOYED), int(Labour.EMPLOYED)
_P_CONTRACT, _P_RENEWAL, _P_LAYOFF = int(Purpose.CONTRACT), int(Purpose.RENEWAL), int(Purpose.LAYOFF)
_TEMPORARY = int(Flag.TEMPORARY)
_STAYS, _CONTRACT_END, _QUIT, _PERMANENT = -1, 0, 1, 2


@numba.njit(cache=True, nogil=True)
def ending(temporary, draw, renewal, rules):
    """What happens to a job: -1 it stays as it is, 0 the contract ends, 1 the worker quits, 2 it becomes permanent.

    Parameters
    ----------
    temporary : bool; draw, renewal : float, uniform; the second is asked where a temporary contract comes to a decision
    rules : float64 (5,), chance of a decision, e_f, p, e_p, chance to quit
    """
    decision = rules[0] if temporary else rules[3]
    if draw < decision:
        if not temporary or renewal < rules[1]:
            return _CONTRACT_END
        return _PERMANENT if renewal < rules[1] + (1.0 - rules[1]) * rules[2] else _STAYS
    return _QUIT if draw < decision + rules[4] else _STAYS


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
    occupation,
    job_level,
    job_region,
    employer,
    rules,
    reasons,
    flags,
    labour,
    since,
    staff,
    separated,
):
    """Contracts that end or become permanent, and quits; who was hired this month stays.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (n,); stage : int8 (n,)
    occupation, job_level, job_region, employer : int8 (n,)
    rules : float64 (5,), see :func:`ending`
    reasons : int64 (2,), rows of ``separated`` for contract end, quit
    flags : uint8 (n,), labour : int8 (n,), since : int16 (n,), written
    staff : int64 (E, G, L, R), lowered; separated : int64 (reasons, E, G, L, R), added to
    """
    draws = np.empty(BLOCK)
    most = max(rules[0], rules[3]) + rules[4]
    for i in range(ids.size):
        at = np.uint32(i % BLOCK)
        if at == 0 and anyone(labour[i : i + BLOCK], _EMPLOYED, _EMPLOYED):
            fill_uniforms(seed, _P_CONTRACT, ids[i : i + BLOCK], month, 0, draws)
        draw = draws[at]
        if draw >= most or labour[i] != _EMPLOYED or stage[i] != _OUT or since[i] == month:
            continue
        temporary = (flags[i] & np.uint8(_TEMPORARY)) != 0
        decided = temporary and draw < rules[0]
        what = ending(temporary, draw, uniform(seed, _P_RENEWAL, ids[i], month, 0) if decided else 0.0, rules)
        if what == _STAYS:
            continue
        if what == _PERMANENT:
            flags[i] &= np.uint8(0xFF ^ _TEMPORARY)
            continue
        e, g, lv, r = employer[i], occupation[i], job_level[i], job_region[i]
        staff[e, g, lv, r] -= 1
        separated[reasons[what], e, g, lv, r] += 1
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
    excess,
    noise,
    who,
    cell,
    rank,
):
    """Workers of the cells that let people go, with their rank; bbl students are spared.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (n,); stage, labour, occupation, job_level, job_region, employer : int8 (n,); since : int16 (n,)
    excess : bool (E, G, L, R), cells that let workers go
    noise : float [log months]
    who, cell : int64 (n,); rank : float64 (n,); written from the start

    Returns
    -------
    int
        Number of candidates.
    """
    _, groups, levels, regions = excess.shape
    found = 0
    for i in range(ids.size):
        if labour[i] != _EMPLOYED or stage[i] != _OUT:
            continue
        s, g = np.uint8(employer[i]), np.uint8(occupation[i])
        lv, r = np.uint8(job_level[i]), np.uint8(job_region[i])
        if not excess[s, g, lv, r]:
            continue
        who[found] = i
        cell[found] = ((np.int64(s) * groups + g) * levels + lv) * regions + r
        tenure = np.float64(np.int64(month) - np.int64(since[i]))
        rank[found] = layoff_rank(tenure, noise, normal(seed, _P_LAYOFF, ids[i], month, 0))
        found += 1
    return found


@numba.njit(cache=True, nogil=True)
def let_go(month, who, cell, flags, flexible, limit, labour, since, staff, separated):
    """Let workers go in the order given: temporary ones up to ``flexible``, others while fewer than ``limit`` went.

    Parameters
    ----------
    month : int
    who, cell : int64 (m,), temporary workers before others within a cell; flags : uint8 (n,)
    flexible, limit : int64 (cells,)
    labour : int8 (n,), since : int16 (n,), written
    staff : int64 (cells,), lowered; separated : int64 (2, cells), contract end and layoff, added to
    """
    gone = np.zeros(limit.size, dtype=np.int64)
    for k in range(who.size):
        c, i = cell[k], who[k]
        temporary = (flags[i] & np.uint8(_TEMPORARY)) != 0
        if gone[c] >= (max(flexible[c], limit[c]) if temporary else limit[c]):
            continue
        gone[c] += 1
        staff[c] -= 1
        separated[0 if temporary else 1, c] += 1
        labour[i] = _UNEMPLOYED
        since[i] = month

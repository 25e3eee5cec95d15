"""L3, hybrid teachers, on arrays."""

from __future__ import annotations

import math

import numba
import numpy as np

from techsim.population.draws import BLOCK, fill_uniforms
from techsim.population.randomness import Purpose
from techsim.population.states import Labour, Stage

_OUT, _EMPLOYED = int(Stage.OUT), int(Labour.EMPLOYED)
_P_HYBRID = int(Purpose.HYBRID)
_SLACK = 1.0 + 1e-9
"""What rounding can't reach."""


@numba.njit(cache=True, nogil=True)
def interest_of(base, age_effect, age_years):
    """i t exp(d (age - 40) / 10), at most one: share who want to teach part of the week; ``base`` is i t."""
    return min(1.0, base * math.exp(age_effect * (age_years - 40.0) / 10.0))


@numba.njit(cache=True, nogil=True)
def find_interested(
    seed, month, asked, ids, birth_month, stage, labour, occupation, level, field, taken, education, lowest, interest,
    age_effect, technical, who, kind,
):  # fmt: skip
    """Workers outside education who want to teach part of the week and do not yet.

    Parameters
    ----------
    seed, month : int
    asked : int64 (k,), rows of those asked: each once a year, in the month of birth
    ids : uint64 (n,); birth_month : int16 (n,); stage, labour, occupation, level, field : int8 (n,)
    taken : bool (n,), who teaches already
    education, lowest : int, group of education, lowest level
    interest : float64 (fields,), share of workers of 40; age_effect : float
    technical : bool (fields,)
    who : int64 (k,), kind : int8 (k,), written from the start

    Returns
    -------
    int
        Number found.
    """
    found, group, least = 0, np.int8(education), np.int8(lowest)
    rows, few, draws = np.empty(BLOCK, dtype=np.uintp), np.empty(BLOCK, dtype=np.uint64), np.empty(BLOCK)
    for start in range(0, asked.size, BLOCK):
        listed, youngest, oldest = np.uintp(0), np.int64(-(1 << 15)), np.int64(1 << 15)
        for row in asked[start : start + BLOCK]:
            i = np.uintp(row)  # unsigned: no place is counted from the end
            rows[listed] = i
            could = (labour[i] == _EMPLOYED) & (level[i] >= least) & (occupation[i] != group)
            listed += np.uintp(could & (stage[i] == _OUT) & (not taken[i]))
        for a in range(listed):
            few[a] = ids[rows[a]]
            born = np.int64(birth_month[rows[a]])
            youngest, oldest = max(youngest, born), min(oldest, born)
        if listed == 0:
            continue
        fill_uniforms(seed, _P_HYBRID, few[:listed], 0, 0, draws)
        # Interest rises or falls with age: nobody's is above the higher of the youngest's and the oldest's.
        young, old = (month - youngest) / 12.0, (month - oldest) / 12.0
        most = _SLACK * math.exp(max(age_effect * (young - 40.0), age_effect * (old - 40.0)) / 10.0)
        for a in range(listed):
            i = rows[a]
            if draws[a] >= most * interest[field[i]]:
                continue
            age = np.int64(month) - np.int64(birth_month[i])
            if draws[a] < interest_of(interest[field[i]], age_effect, age / 12.0):
                who[found], kind[found] = i, 1 if technical[field[i]] else 0
                found += 1
    return found


@numba.njit(cache=True, nogil=True)
def permission(base, pressure_weight, pressure, scarcity_weight, vacancy_rate):
    """P = 1 / (1 + exp(-(a - b x - c v))): whether the employer lets a worker teach."""
    return 1.0 / (1.0 + math.exp(-(base - pressure_weight * pressure - scarcity_weight * vacancy_rate)))


@numba.njit(cache=True, nogil=True)
def permissions(employer, sector_of, base_of, pressure_weight, pressure, scarcity_weight, vacancy_rate, out):
    """Permission by person: employer int8 (m,), sector_of int64 (E,), base_of, vacancy_rate float64 (E,), pressure
    float64 (S,); out : float64 (m,), written."""
    for j in range(employer.size):
        e = employer[j]
        out[j] = permission(base_of[e], pressure_weight, pressure[sector_of[e]], scarcity_weight, vacancy_rate[e])


@numba.njit(cache=True, nogil=True)
def match_hybrids(order, kind, level, region, pick, min_level, room, segment):
    """Give teaching hours to workers, one by one: a segment with room in the region, drawn by its room.

    Parameters
    ----------
    order : int64 (m,), positions in the order in which they are asked
    kind, level, region : int8 (m,); pick : float64 (m,), uniform
    min_level : int64 (S, K)
    room : int64 (S, K, R), people who can begin, lowered
    segment : int8 (m,), written, -1 without hours
    """
    for a in range(order.size):
        j = order[a]
        k, r = kind[j], region[j]
        segment[j] = -1
        total = 0
        for s in range(room.shape[0]):
            if level[j] >= min_level[s, k] and room[s, k, r] > 0:
                total += room[s, k, r]
        if total == 0:
            continue
        target = math.floor(pick[j] * total)
        passed = 0
        for s in range(room.shape[0]):
            if level[j] >= min_level[s, k] and room[s, k, r] > 0:
                passed += room[s, k, r]
                if passed > target:
                    segment[j] = s
                    break
        room[segment[j], k, r] -= 1

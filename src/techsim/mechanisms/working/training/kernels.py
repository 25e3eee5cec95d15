"""W4, lifelong learning, on arrays: who wants to learn and who would pay, and who follows a course."""

from __future__ import annotations

import math

import numba
import numpy as np

from techsim.mechanisms.working.currency.kernels import FRONTIER
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import COURSES_FROM, Labour, Stage

_P_LLO = int(Purpose.LLO)
_OUT, _EMPLOYED, _RETIRED = int(Stage.OUT), int(Labour.EMPLOYED), int(Labour.RETIRED)
YOUNGEST, OLDEST, PENSION = 25, 65, 67
NOBODY, EMPLOYER, FUND, OWN = -1, 0, 1, 2


@numba.njit(cache=True, nogil=True)
def chance_of(odds):
    """1 / (1 + exp(-odds))."""
    return 1.0 / (1.0 + math.exp(-min(max(odds, -500.0), 500.0)))


@numba.njit(cache=True, nogil=True)
def wish_of(attitude, need, ahead, works, weights):
    """A = a_0 + a_l + b_r n h - b_y (1 - h) - b_o 1[no work]; weights : (a_0, b_r, b_y, b_o)."""
    wish = weights[0] + attitude + weights[1] * need * ahead - weights[2] * (1.0 - ahead)
    return wish if works else wish - weights[3]


@numba.njit(cache=True, nogil=True)
def courses_of(first, second, chance):
    """1 + Binomial(2, chance), by two uniform draws."""
    return 1 + (1 if first < chance else 0) + (1 if second < chance else 0)


@numba.njit(cache=True, nogil=True)
def decide(
    seed,
    month,
    everyone,
    ids,
    birth_month,
    stage,
    labour,
    level,
    field,
    occupation,
    job_level,
    employer,
    currency,
    technical_occupation,
    technical_field,
    attitude,
    weights,
    horizon,
    own_cost,
    willing,
    willing_slim,
    fund,
    more,
    more_needed,
    flags,
    who,
    payer,
    wants,
    would_slim,
    courses,
):
    """The yearly decision of those born in this month of the year (or of ``everyone``).

    Parameters
    ----------
    seed, month : int; everyone : bool
    ids : uint64 (n,); birth_month : int16 (n,); stage, labour, level, field, occupation, job_level, employer : int8
    (n,); currency : uint16 (n,) [65535 is the frontier]
    technical_occupation : bool (groups,); technical_field : bool (fields,)
    attitude : float64 (levels,) [log odds]; weights : float64 (4,), see :func:`wish_of`; horizon : float [years]
    own_cost : float64 (groups, levels), b_c P / W [log odds]
    willing, willing_slim : float64 (E, groups, levels), chance that the employer pays, without and with SLIM
    fund : float64 (E,), chance that a fund pays; more : float64 (groups,) [log odds]; more_needed : float
    flags : uint8 (n,), the number of courses cleared
    who : int64 (n,); payer, courses : int8 (n,); wants, would_slim : bool (n,); written from the start. ``payer`` is
    who pays without public money, -1 nobody; ``wants`` whether a course that costs nothing is wanted.

    Returns
    -------
    int
        Number who decided.
    """
    found = 0
    last = technical_occupation.size - 1
    for i in range(ids.size):
        age = np.int64(month) - np.int64(birth_month[i])
        if not everyone and age % 12 != 0:
            continue
        flags[i] &= np.uint8((1 << COURSES_FROM) - 1)
        years = age // 12
        if stage[i] != _OUT or years < YOUNGEST or years >= OLDEST or labour[i] == _RETIRED:
            continue
        works = labour[i] == _EMPLOYED
        g = occupation[i] if works else last
        lv = level[i]
        technical = (field[i] >= 0 and technical_field[field[i]]) or (works and technical_occupation[g])
        need = 1.0 - currency[i] / FRONTIER if technical else 0.0
        ahead = min((PENSION - years) / horizon, 1.0)
        wish = wish_of(attitude[lv], need, ahead, works, weights)
        u = uniform(seed, _P_LLO, ids[i], month, 0)
        who[found] = i
        wants[found] = u < chance_of(wish)
        payer[found], would_slim[found], courses[found] = NOBODY, False, 0
        if wants[found]:
            if works:
                e, at = employer[i], job_level[i]
                v = uniform(seed, _P_LLO, ids[i], month, 1)
                if v < willing[e, g, at]:
                    payer[found] = EMPLOYER
                elif uniform(seed, _P_LLO, ids[i], month, 2) < fund[e]:
                    payer[found] = FUND
                would_slim[found] = v < willing_slim[e, g, at]
            else:
                at = lv
            if payer[found] == NOBODY and u < chance_of(wish - own_cost[g, at]):
                payer[found] = OWN
            chance = chance_of(more[g] + more_needed * need)
            first, second = uniform(seed, _P_LLO, ids[i], month, 3), uniform(seed, _P_LLO, ids[i], month, 4)
            courses[found] = courses_of(first, second, chance)
        found += 1
    return found


@numba.njit(cache=True, nogil=True)
def attend(
    month, birth_month, labour, level, field, occupation, technical_occupation, technical_field, months, gain, flags,
    currency, count,
):  # fmt: skip
    """A month of courses: skills of who has technical work or education rise; courses that are over end.

    Parameters
    ----------
    month : int; birth_month : int16 (n,); labour, level, field, occupation : int8 (n,)
    technical_occupation : bool (groups,); technical_field : bool (fields,)
    months : int64 (levels,), months that a course runs; gain : float, share of the gap that a course closes
    flags : uint8 (n,), currency : uint16 (n,); written
    count : int64 (levels, 2), added to: who follows a course, by level and whether in technical work
    """
    for i in range(flags.size):
        number = np.int64(flags[i]) >> COURSES_FROM
        if number == 0:
            continue
        lv = level[i]
        if (np.int64(month) - np.int64(birth_month[i])) % 12 >= number * months[lv]:
            flags[i] &= np.uint8((1 << COURSES_FROM) - 1)
            continue
        technical = labour[i] == _EMPLOYED and technical_occupation[occupation[i]]
        count[lv, 1 if technical else 0] += 1
        if technical or (field[i] >= 0 and technical_field[field[i]]):
            now = currency[i] / FRONTIER
            now += gain / months[lv] * (1.0 - now)
            currency[i] = np.uint16(now * FRONTIER + 0.5)

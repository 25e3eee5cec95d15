"""W4, lifelong learning, on arrays: who wants to learn and who would pay, and who follows a course."""

from __future__ import annotations

import math

import numba
import numpy as np

from techsim.mechanisms.working.currency.kernels import FRONTIER, FULL
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import COURSES_FROM, Labour, Stage

_P_LLO = int(Purpose.LLO)
_OUT, _EMPLOYED, _RETIRED = int(Stage.OUT), int(Labour.EMPLOYED), int(Labour.RETIRED)
YOUNGEST, OLDEST = 25, 65
CARE_FROM, CARE_TO = 30, 45
"""Ages at which most parents have children at home who need care (assumption)."""
NOBODY, EMPLOYER, FUND, OWN = -1, 0, 1, 2


@numba.njit(cache=True, nogil=True)
def chance_of(odds):
    """1 / (1 + exp(-odds))."""
    return 1.0 / (1.0 + math.exp(-min(max(odds, -500.0), 500.0)))


@numba.njit(cache=True, nogil=True)
def rise_of_pay(known, technical_job, transferable, gain, course, skill_pay, transferable_pay):
    """r = rho G (1 - C) 1[technical work] + rho_t k (1 - T): what a course adds to the pay of a worker, log wage."""
    rise = transferable_pay * course * (1.0 - transferable)
    return rise + skill_pay * gain * (1.0 - known) if technical_job else rise


@numba.njit(cache=True, nogil=True)
def wish_of(attitude, need, rise, ahead, works, cares, weights):
    """A = a_gl + b_r n h + b_c 12 Y r h - b_y (1 - h) - b_o 1[no work] - b_w 1[work] - b_k 1[care].

    weights : (b_r, b_y, b_o, b_w, b_k, 12 b_c Y), the fourth and fifth for the hours of a course.
    """
    wish = attitude + weights[0] * need * ahead - weights[1] * (1.0 - ahead) + weights[5] * rise * ahead
    wish -= weights[3] if works else weights[2]
    return wish - weights[4] if cares else wish


@numba.njit(cache=True, nogil=True)
def courses_of(first, second, chance):
    """1 + Binomial(2, chance), by two uniform draws."""
    return 1 + (1 if first < chance else 0) + (1 if second < chance else 0)


@numba.njit(cache=True, nogil=True)
def decide(
    seed,
    month,
    asked,
    ids,
    birth_month,
    stage,
    labour,
    level,
    field,
    occupation,
    job_level,
    job_region,
    employer,
    currency,
    transferable,
    technical_occupation,
    technical_field,
    attitude,
    raises,
    weights,
    pension,
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
    """The yearly decision of those ``asked``: each in the month of birth.

    Parameters
    ----------
    seed, month : int; asked : int64 (k,), rows
    ids : uint64 (n,); birth_month : int16 (n,); stage, labour, level, field, occupation, job_level, job_region,
    employer : int8 (n,); currency : uint16 (n,) [65535 is the frontier]; transferable : uint8 (n,) [255 is all there
    is]
    technical_occupation : bool (groups,); technical_field : bool (fields,)
    attitude : float64 (groups, levels), inclination, memories of school and fit of the courses on offer [log odds]
    raises : (G, k, rho, rho_t), see :func:`rise_of_pay`; weights : float64 (6,), see :func:`wish_of`
    pension : float, age; horizon : float [years]
    own_cost : float64 (groups, levels), b_c P / W [log odds]
    willing : float64 (E, groups, levels), chance that the employer pays; willing_slim : float64 (regions, E, groups,
    levels), the same with the SLIM of the region of the job
    fund : float64 (E,), chance that a fund pays; more : float64 (groups,) [log odds]; more_needed : float
    flags : uint8 (n,), the number of courses cleared
    who : int64 (k,); payer, courses : int8 (k,); wants, would_slim : bool (k,); written from the start. ``payer`` is
    who pays without public money, -1 nobody; ``wants`` whether a course that costs nothing is wanted.

    Returns
    -------
    int
        Number who decided.
    """
    found = 0
    last = technical_occupation.size - 1
    for i in asked:
        age = np.int64(month) - np.int64(birth_month[i])
        flags[i] &= np.uint8((1 << COURSES_FROM) - 1)
        years = age // 12
        if stage[i] != _OUT or years < YOUNGEST or years >= OLDEST or labour[i] == _RETIRED:
            continue
        works = labour[i] == _EMPLOYED
        g = occupation[i] if works else last
        lv = level[i]
        technical = (field[i] >= 0 and technical_field[field[i]]) or (works and technical_occupation[g])
        need = 1.0 - currency[i] / FRONTIER if technical else 0.0
        ahead = min(max((pension - years) / horizon, 0.0), 1.0)
        cares = years >= CARE_FROM and years < CARE_TO
        rise = 0.0
        if works:
            technical_job, skill = technical_occupation[g], transferable[i] / FULL
            rise = rise_of_pay(currency[i] / FRONTIER, technical_job, skill, *raises)
        wish = wish_of(attitude[g, lv], need, rise, ahead, works, cares, weights)
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
                would_slim[found] = v < willing_slim[job_region[i], e, g, at]
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
    month, who, birth_month, labour, level, field, occupation, technical_occupation, technical_field, months, gain,
    credit, flags, currency, transferable, count,
):  # fmt: skip
    """A month of courses: skills of who has technical work or education rise; courses that are over end, and leave
    transferable skill to whoever followed them.

    Parameters
    ----------
    month : int; who : int64 (m,), rows of those who follow courses
    birth_month : int16 (n,); labour, level, field, occupation : int8 (n,)
    technical_occupation : bool (groups,); technical_field : bool (fields,)
    months : int64 (levels, 4), months that so many courses take; gain : float, share of the gap that a course closes
    credit : float64 (4,), share of the gap in transferable skill that so many courses close where they end
    flags : uint8 (n,), currency : uint16 (n,), transferable : uint8 (n,); written
    count : int64 (levels, 2), added to: who follows a course, by level and whether in technical work
    """
    for i in who:
        number = np.int64(flags[i]) >> COURSES_FROM
        lv = level[i]
        if (np.int64(month) - np.int64(birth_month[i])) % 12 >= months[lv, number]:
            flags[i] &= np.uint8((1 << COURSES_FROM) - 1)
            known = transferable[i] / FULL
            transferable[i] = np.uint8((known + credit[number] * (1.0 - known)) * FULL + 0.5)
            continue
        technical = labour[i] == _EMPLOYED and technical_occupation[occupation[i]]
        count[lv, 1 if technical else 0] += 1
        if technical or (field[i] >= 0 and technical_field[field[i]]):
            now = currency[i] / FRONTIER
            now += gain * number / months[lv, number] * (1.0 - now)
            currency[i] = np.uint16(now * FRONTIER + 0.5)

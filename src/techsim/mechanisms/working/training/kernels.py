"""W4, lifelong learning, on arrays: who wants to learn and who would pay, and who follows a course."""

from __future__ import annotations

import math

import numba
import numpy as np

from techsim.mechanisms.working.currency.kernels import FRONTIER, FULL
from techsim.population.draws import BLOCK, fill_uniforms, list_places
from techsim.population.randomness import Purpose
from techsim.population.states import COURSES_FROM, Labour, Stage

_P_LLO = int(Purpose.LLO)
_NO_COURSES, _TWELVE = np.uint8((1 << COURSES_FROM) - 1), np.uint32(12)
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
def list_deciding(month, asked, birth_month, stage, labour, flags, who):
    """Clear the courses of all ``asked``, and list those who decide: out of education, not retired, of the ages asked.

    Parameters
    ----------
    month : int; asked : int64 (k,), rows
    birth_month : int16 (n,); stage, labour : int8 (n,); flags : uint8 (n,), written
    who : int64 (k,), written from the start

    Returns
    -------
    int
        Number who decide.
    """
    found = 0
    for i in asked:
        flags[i] &= _NO_COURSES
        age = np.int32(month) - np.int32(birth_month[i])
        of_age = (age >= YOUNGEST * 12) & (age < OLDEST * 12)
        who[found] = i
        found += int(of_age & (stage[i] == _OUT) & (labour[i] != _RETIRED))
    return found


@numba.njit(cache=True, nogil=True)
def fill_draws(seed, month, k, rows, ids, block, draws):
    """The draw ``k`` of each of ``rows`` int64 (m,) into ``draws`` float64 (at least m,); ``block`` uint64 (at least
    m,) to work with."""
    for j in range(rows.size):
        block[j] = ids[rows[j]]
    fill_uniforms(seed, _P_LLO, block[: rows.size], month, k, draws)


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

    Blocks of those who decide, of those who want to and of those who find a payer draw together.

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
    who pays without public money, -1 nobody, ``courses`` for how many, 0 without; ``wants`` whether a course that costs
    nothing is wanted.

    Returns
    -------
    int
        Number who decided.
    """
    found = list_deciding(month, asked, birth_month, stage, labour, flags, who)
    last = technical_occupation.size - 1
    some, pays = np.empty(BLOCK, dtype=np.uint64), np.empty(BLOCK, dtype=np.bool_)
    listed, kept = np.empty(BLOCK, dtype=np.int64), np.empty(BLOCK, dtype=np.int64)
    wishes, needs = np.empty(BLOCK), np.empty(BLOCK)
    u, v, x = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK)
    for start in range(0, found, BLOCK):
        block = slice(start, min(start + BLOCK, found))
        rows = who[block]
        fill_draws(seed, month, 0, rows, ids, some, u)
        for k in range(rows.size):
            i = rows[k]
            years = (np.int64(month) - np.int64(birth_month[i])) // 12
            works = labour[i] == _EMPLOYED
            g = occupation[i] if works else last
            technical = (field[i] >= 0 and technical_field[field[i]]) or (works and technical_occupation[g])
            needs[k] = 1.0 - currency[i] / FRONTIER if technical else 0.0
            ahead = min(max((pension - years) / horizon, 0.0), 1.0)
            cares = years >= CARE_FROM and years < CARE_TO
            rise = 0.0
            if works:
                technical_job, skill = technical_occupation[g], transferable[i] / FULL
                rise = rise_of_pay(currency[i] / FRONTIER, technical_job, skill, *raises)
            wishes[k] = wish_of(attitude[g, level[i]], needs[k], rise, ahead, works, cares, weights)
            wants[start + k] = u[k] < chance_of(wishes[k])
            payer[start + k], would_slim[start + k], courses[start + k] = NOBODY, False, 0
        wanting = listed[: list_places(wants[block], listed)]
        fill_draws(seed, month, 1, rows[wanting], ids, some, v)
        fill_draws(seed, month, 2, rows[wanting], ids, some, x)
        for j in range(wanting.size):
            k = wanting[j]
            i = rows[k]
            works, paid = labour[i] == _EMPLOYED, NOBODY
            g, at = (occupation[i], job_level[i]) if works else (last, level[i])
            if works:
                e = employer[i]
                if v[j] < willing[e, g, at]:
                    paid = EMPLOYER
                elif x[j] < fund[e]:
                    paid = FUND
                would_slim[start + k] = v[j] < willing_slim[job_region[i], e, g, at]
            if paid == NOBODY and u[k] < chance_of(wishes[k] - own_cost[g, at]):
                paid = OWN
            payer[start + k], pays[j] = paid, paid != NOBODY
        learning = wanting[kept[: list_places(pays[: wanting.size], kept)]]
        fill_draws(seed, month, 3, rows[learning], ids, some, v)
        fill_draws(seed, month, 4, rows[learning], ids, some, x)
        for j in range(learning.size):
            k = learning[j]
            g = occupation[rows[k]] if labour[rows[k]] == _EMPLOYED else last
            courses[start + k] = courses_of(v[j], x[j], chance_of(more[g] + more_needed * needs[k]))
    return found


@numba.njit(cache=True, nogil=True)
def enrol(
    who, private, public, number, level, labour, occupation, technical_occupation, flags, asked, participants, courses,
    bought,
):  # fmt: skip
    """Those who find somebody to pay begin: a public payer pays for the first course, the private one for the others.

    Parameters
    ----------
    who : int64 (k,), rows; private, number : int8 (k,), who pays without public money, for how many courses
    public : int64 (k,), public payer, -1 nobody: one course where nobody else pays
    level, labour, occupation : int8 (n,); technical_occupation : bool (groups,)
    flags : uint8 (n,), the number of courses written
    asked : int64 (levels, 2); participants, courses : int64 (levels, 2, payers); bought : int64 (levels, payers),
    courses that private payers pay; all added to, by whether in technical work
    """
    for k in range(who.size):
        i = who[k]
        lv = level[i]
        technical = 1 if labour[i] == _EMPLOYED and technical_occupation[occupation[i]] else 0
        asked[lv, technical] += 1
        mine, granted = private[k], public[k] != NOBODY
        if mine == NOBODY and not granted:
            continue
        count = np.int64(number[k]) if mine != NOBODY else 1
        flags[i] |= np.uint8(count << COURSES_FROM)
        participants[lv, technical, public[k] if granted else mine] += 1
        if granted:
            courses[lv, technical, public[k]] += 1
            count -= 1
        if mine != NOBODY:
            courses[lv, technical, mine] += count
            bought[lv, mine] += count


@numba.njit(cache=True, nogil=True)
def attend(
    month, birth_month, labour, level, field, occupation, technical_occupation, technical_field, months, gain, credit,
    flags, currency, transferable, count,
):  # fmt: skip
    """A month of courses: skills of who has technical work or education rise; courses that are over end, and leave
    transferable skill to whoever followed them.

    Parameters
    ----------
    month : int; birth_month : int16 (n,); labour, level, field, occupation : int8 (n,)
    technical_occupation : bool (groups,); technical_field : bool (fields,)
    months : int64 (levels, 4), months that so many courses take; gain : float, share of the gap that a course closes
    credit : float64 (4,), share of the gap in transferable skill that so many courses close where they end
    flags : uint8 (n,), currency : uint16 (n,), transferable : uint8 (n,); written
    count : int64 (levels, 2), added to: who follows a course, by level and whether in technical work
    """
    follows, listed = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64)
    ends, few = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64)
    works, learns = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.bool_)
    closes = np.zeros(months.shape)
    for lv, number in np.ndindex(months.shape):
        closes[lv, number] = gain * number / max(months[lv, number], 1)
    for start in range(0, flags.size, BLOCK):
        held = flags[start : min(start + BLOCK, flags.size)]
        for k in range(held.size):
            follows[k] = held[k] > _NO_COURSES
        rows = listed[: list_places(follows[: held.size], listed)]
        for k in range(rows.size):
            rows[k] += start
            i = rows[k]
            number, since = flags[i] >> COURSES_FROM, np.uint32(np.int32(month) - np.int32(birth_month[i])) % _TWELVE
            ends[k] = since >= months[level[i], number]
        for i in rows[few[: list_places(ends[: rows.size], few)]]:
            known = transferable[i] / FULL
            known += credit[flags[i] >> COURSES_FROM] * (1.0 - known)
            transferable[i] = np.uint8(known * FULL + 0.5)
            flags[i] &= _NO_COURSES
        for k in range(rows.size):
            ends[k] = not ends[k]
        going = rows[few[: list_places(ends[: rows.size], few)]]
        for j in range(going.size):
            i = going[j]
            # Both sides of each "or" are worked out: the processor would guess wrong which of them decides.
            at_work = (labour[i] == _EMPLOYED) & technical_occupation[occupation[i]]
            works[j], learns[j] = at_work, at_work | ((field[i] >= 0) & technical_field[field[i]])
        for j in range(going.size):
            count[level[going[j]], int(works[j])] += 1
        for i in going[few[: list_places(learns[: going.size], few)]]:
            now = currency[i] / FRONTIER
            now += closes[level[i], flags[i] >> COURSES_FROM] * (1.0 - now)
            currency[i] = np.uint16(now * FRONTIER + 0.5)

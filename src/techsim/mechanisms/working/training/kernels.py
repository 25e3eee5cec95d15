"""W4, lifelong learning, on arrays: who wants to learn and who would pay, and who follows a course."""

from __future__ import annotations

import math

import numpy as np

from techsim.mechanisms.working.currency.kernels import FRONTIER, FULL, by_byte
from techsim.population.compiled import kernel, unchecked
from techsim.population.draws import BLOCK, NEAR, fill_uniforms, list_few, list_places, near_exp
from techsim.population.randomness import Purpose
from techsim.population.states import COURSES_FROM, Labour, Stage

_P_LLO = int(Purpose.LLO)
_NO_COURSES, _TWELVE = np.uint8((1 << COURSES_FROM) - 1), np.uint32(12)
_OUT, _EMPLOYED, _RETIRED = int(Stage.OUT), int(Labour.EMPLOYED), int(Labour.RETIRED)
_FROM_BIT, _NUMBERS, _NO_COURSE = np.uint8(COURSES_FROM), np.uint8(4), np.uint32(0)
YOUNGEST, OLDEST = 25, 65
CARE_FROM, CARE_TO = 30, 45
"""Ages at which most parents have children at home who need care (assumption)."""
NOBODY, EMPLOYER, FUND, OWN = -1, 0, 1, 2


@unchecked
def fill_chances(odds, chances):
    """1 / (1 + exp(-odds)), of each of ``odds`` float64 (m,), into ``chances`` (at least m,): all but the exponential,
    of which the vector unit has none, for several at a time."""
    for k in range(odds.size):
        chances[k] = -min(max(odds[k], -500.0), 500.0)
    for k in range(odds.size):
        chances[k] = math.exp(chances[k])
    for k in range(odds.size):
        chances[k] = 1.0 / (1.0 + chances[k])


@unchecked
def fill_below(odds, draws, chances, below):
    """Whether ``draws`` float64 (at least m,) are below :func:`fill_chances` of ``odds`` float64 (m,), into ``below``
    bool (at least m,): by chances that are nearly so, or exactly where one of them leaves it in doubt.

    ``chances`` float64 (at least m,) to work with.
    """
    doubt = False
    for k in range(odds.size):
        chances[k] = 1.0 / (1.0 + near_exp(-min(max(odds[k], -500.0), 500.0)))
    for k in range(odds.size):
        below[k] = draws[k] < chances[k]
        doubt |= abs(draws[k] - chances[k]) <= NEAR
    if doubt:
        fill_chances(odds, chances)
        for k in range(odds.size):
            below[k] = draws[k] < chances[k]


@kernel
def rise_of_pay(known, technical_job, transferable, gain, course, skill_pay, transferable_pay):
    """r = rho G (1 - C) 1[technical work] + rho_t k (1 - T): what a course adds to the pay of a worker, log wage."""
    rise = transferable_pay * course * (1.0 - transferable)
    return rise + skill_pay * gain * (1.0 - known) if technical_job else rise


@kernel
def wish_of(attitude, need, rise, ahead, works, cares, weights):
    """A = a_gl + b_r n h + b_c 12 Y r h - b_y (1 - h) - b_o 1[no work] - b_w 1[work] - b_k 1[care].

    weights : (b_r, b_y, b_o, b_w, b_k, 12 b_c Y), the fourth and fifth for the hours of a course.
    """
    wish = attitude + weights[0] * need * ahead - weights[1] * (1.0 - ahead) + weights[5] * rise * ahead
    wish -= weights[3] if works else weights[2]
    return wish - weights[4] if cares else wish


@kernel
def courses_of(first, second, chance):
    """1 + Binomial(2, chance), by two uniform draws."""
    return 1 + (1 if first < chance else 0) + (1 if second < chance else 0)


@kernel
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
    for row in asked:
        i = np.uint64(row)  # no row is negative: what is unsigned is looked up without asking
        flags[i] &= _NO_COURSES
        age = np.int32(month) - np.int32(birth_month[i])
        of_age = (age >= YOUNGEST * 12) & (age < OLDEST * 12)
        who[found] = row
        found += int(of_age & (stage[i] == _OUT) & (labour[i] != _RETIRED))
    return found


@kernel
def fill_two(seed, month, k, ids, places, some, first, second):
    """The draws ``k`` and ``k`` + 1 of those at ``places`` int64 (m,) among ``ids`` uint64 (n,) into ``first`` and
    ``second``, float64 (at least m,); ``some`` uint64 (at least m,) to work with."""
    for j in range(places.size):
        some[j] = ids[np.uint64(places[j])]
    fill_uniforms(seed, _P_LLO, some[: places.size], month, k, first)
    fill_uniforms(seed, _P_LLO, some[: places.size], month, k + 1, second)


@kernel
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
    raises : (G, k, rho, rho_t), see :func:`rise_of_pay`; weights : six floats, see :func:`wish_of`
    pension : float, age; horizon : float [years]
    own_cost : float64 (groups, levels), b_c P / W [log odds]
    willing : float64 (E, groups, levels), chance that the employer pays; willing_slim : float64 (regions, E, groups,
    levels), the same with the SLIM of the region of the job
    fund : float64 (E,), chance that a fund pays; more : float64 (groups,) [log odds]; more_needed : float
    flags : uint8 (n,), the number of courses cleared
    who, payer, courses : int64 (k,); wants, would_slim : bool (k,); written from the start. ``payer`` is
    who pays without public money, -1 nobody, ``courses`` for how many, 0 without; ``wants`` whether a course that costs
    nothing is wanted.

    Returns
    -------
    int
        Number who decided.
    """
    found = list_deciding(month, asked, birth_month, stage, labour, flags, who)
    last, nowhere = np.uint8(technical_occupation.size - 1), np.uint8(0)
    technical_group, technical_education = by_byte(technical_occupation), by_byte(technical_field)
    own, some, pays = np.empty(BLOCK, np.uint64), np.empty(BLOCK, np.uint64), np.empty(BLOCK, np.bool_)
    listed, kept = np.empty(BLOCK, dtype=np.int64), np.empty(BLOCK, dtype=np.int64)
    works, technical_job = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.bool_)
    technical, group = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.uint8)
    at, firm, there = np.empty(BLOCK, dtype=np.uint8), np.empty(BLOCK, dtype=np.uint8), np.empty(BLOCK, dtype=np.uint8)
    years, known, general = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK)
    wishes, needs, odds, chances = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK)
    u, v, x, own_means = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK, dtype=np.bool_)
    for start in range(0, found, BLOCK):
        block = slice(start, min(start + BLOCK, found))
        rows, first = who[block], np.uint64(start)
        # All that is asked of a person is fetched here, whether or not it counts: loops without a branch follow, as the
        # processor would guess wrong who works, wants to learn, or finds a payer.
        for k in range(rows.size):
            i = np.uint64(rows[k])
            employed, held, education = labour[i] == _EMPLOYED, np.uint8(occupation[i]), np.uint8(level[i])
            wanted, boss, place = np.uint8(job_level[i]), np.uint8(employer[i]), np.uint8(job_region[i])
            g = held if employed else last
            works[k], technical_job[k], group[k] = employed, employed & technical_group[g], g
            technical[k] = technical_job[k] | technical_education[np.uint8(field[i])]
            at[k] = wanted if employed else education
            firm[k], there[k] = boss if employed else nowhere, place if employed else nowhere
            years[k] = np.uint32(np.int32(month) - np.int32(birth_month[i])) // _TWELVE
            known[k], general[k], wishes[k] = currency[i], transferable[i], attitude[g, education]
            own[k], pays[k] = ids[i], False
            payer[start + k], would_slim[start + k], courses[start + k] = NOBODY, False, 0
        fill_uniforms(seed, _P_LLO, own[: rows.size], month, 0, u)
        for k in range(rows.size):
            known[k] /= FRONTIER
            needs[k] = 1.0 - known[k] if technical[k] else 0.0
            ahead = min(max((pension - years[k]) / horizon, 0.0), 1.0)
            cares = (years[k] >= CARE_FROM) & (years[k] < CARE_TO)
            rise = rise_of_pay(known[k], technical_job[k], general[k] / FULL, *raises)
            rise = rise if works[k] else 0.0
            wishes[k] = wish_of(wishes[k], needs[k], rise, ahead, works[k], cares, weights)
        fill_below(wishes[: rows.size], u, chances, wants[block])
        wanting = listed[: list_places(wants[block], listed)]
        fill_two(seed, month, 1, own, wanting, some, v, x)
        for j in range(wanting.size):
            k = np.uint64(wanting[j])
            odds[j], u[j] = wishes[k] - own_cost[group[k], at[k]], u[k]
        fill_below(odds[: wanting.size], u, chances, own_means)
        for j in range(wanting.size):
            k = np.uint64(wanting[j])
            paid = OWN if own_means[j] else NOBODY
            paid = FUND if works[k] & (x[j] < fund[firm[k]]) else paid
            paid = EMPLOYER if works[k] & (v[j] < willing[firm[k], group[k], at[k]]) else paid
            payer[first + k], pays[k] = paid, paid != NOBODY
            would_slim[first + k] = works[k] & (v[j] < willing_slim[there[k], firm[k], group[k], at[k]])
        learning = kept[: list_places(pays[: rows.size], kept)]
        fill_two(seed, month, 3, own, learning, some, v, x)
        for j in range(learning.size):
            k = np.uint64(learning[j])
            odds[j] = more[group[k]] + more_needed * needs[k]
        fill_chances(odds[: learning.size], chances)
        for j in range(learning.size):
            courses[first + np.uint64(learning[j])] = courses_of(v[j], x[j], chances[j])
    return found


@kernel
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


@kernel
def attend(
    month, birth_month, labour, level, field, occupation, technical_occupation, technical_field, months, further_months,
    gain, credit, flags, currency, transferable, count,
):  # fmt: skip
    """A month of courses: skills of who has technical work or education rise; courses that are over end, and leave
    transferable skill to whoever followed them.

    Parameters
    ----------
    month : int; birth_month : int16 (n,); labour, level, field, occupation : int8 (n,)
    technical_occupation : bool (groups,); technical_field : bool (fields,)
    months : float64 (levels,), months that a course takes; further_months : float, what each further one adds
    gain : float, share of the gap that a course closes
    credit : float64 (4,), share of the gap in transferable skill that so many courses close where they end
    flags : uint8 (n,), currency : uint16 (n,), transferable : uint8 (n,); written
    count : int64 (levels, 2), added to: who follows a course, by level and whether in technical work
    """
    follows, rows = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64)
    over, few = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64)
    technical_group, technical_education = by_byte(technical_occupation), by_byte(technical_field)
    lasts, closes = np.zeros(months.size * 4, dtype=np.uint32), np.zeros(months.size * 4)
    for cell in range(lasts.size):
        number = cell % 4
        in_all = math.floor(months[cell // 4] + further_months * max(number - 1, 0) + 0.5)
        lasts[cell], closes[cell] = in_all, gain * number / max(in_all, 1)
    for start in range(0, flags.size, BLOCK):
        block = slice(start, min(start + BLOCK, flags.size))
        held, known, general, education = flags[block], currency[block], transferable[block], level[block]
        born, state, group, learnt = birth_month[block], labour[block], occupation[block], field[block]
        for k in range(held.size):
            follows[k] = held[k] > _NO_COURSES
        found = list_few(follows, held.size, rows)
        # Without a branch: the processor would guess wrong whose course is over, and who works.
        for j in range(found):
            k = np.uint64(rows[j])
            cell = np.uint32(np.uint8(education[k]) * _NUMBERS + (held[k] >> _FROM_BIT))
            since = np.uint32(np.int32(month) - np.int32(born[k])) % _TWELVE
            goes_on = since < lasts[cell]
            at_work = (state[k] == _EMPLOYED) & technical_group[np.uint8(group[k])]
            learns = goes_on & (at_work | technical_education[np.uint8(learnt[k])])
            count[np.uint8(education[k]), np.uint8(at_work)] += np.int64(goes_on)
            now = known[k] / FRONTIER
            now += closes[cell if learns else _NO_COURSE] * (1.0 - now)  # by nothing: nothing changes
            known[k] = np.uint16(np.int32(now * FRONTIER + 0.5))
            over[j] = not goes_on
        for j in few[: list_places(over[:found], few)]:
            k = rows[j]
            now = general[k] / FULL
            now += credit[held[k] >> COURSES_FROM] * (1.0 - now)
            general[k] = np.uint8(now * FULL + 0.5)
            held[k] &= _NO_COURSES

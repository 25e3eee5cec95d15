"""L3, hybrid teachers, on arrays."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from techsim.mechanisms.learning.kernels import HUNDRED, is_at_work, is_marked, marked
from techsim.mechanisms.learning.teachers.kernels import filled_part
from techsim.mechanisms.working.kernels import turned
from techsim.population.compiled import kernel
from techsim.population.draws import BLOCK, fill_uniforms
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import Labour, Stage

_OUT, _EMPLOYED = int(Stage.OUT), int(Labour.EMPLOYED)
_P_HYBRID = int(Purpose.HYBRID)
_SLACK = 1.0 + 1e-9
"""What rounding can't reach."""


class Terms(NamedTuple):
    """What hangs on an employer's permission, in the units of declare.py.

    base, vacancy_rate : float64 (E,); sector_of : int64 (E,); pressure : float64 (S,); paid : float64 (R,), factor on
    the odds where lost hours are paid for; the rest are floats.
    """

    base: np.ndarray
    sector_of: np.ndarray
    pressure_weight: float
    pressure: np.ndarray
    scarcity_weight: float
    vacancy_rate: np.ndarray
    paid: np.ndarray


@kernel
def interest_of(base, age_effect, age_years):
    """i t exp(d (age - 40) / 10), at most one: share who want to teach part of the week; ``base`` is i t."""
    return min(1.0, base * math.exp(age_effect * (age_years - 40.0) / 10.0))


@kernel
def find_interested(
    seed, month, asked, ids, birth_month, stage, labour, occupation, level, field, posted, education, lowest, interest,
    technical_interest, age_effect, technical, who, kind,
):  # fmt: skip
    """Workers outside education who want to teach part of the week and do not yet.

    Parameters
    ----------
    seed, month : int
    asked : int64 (k,), rows of those asked: each once a year, in the month of birth
    ids : uint64 (n,); birth_month : int16 (n,); stage, labour, occupation, level, field : int8 (n,)
    posted : int64 (j,), rows of those who teach already
    education, lowest : int, group of education, lowest level
    interest, technical_interest : float, share of workers of 40, and its factor in technical fields
    age_effect : float
    technical : bool (fields,)
    who : int64 (k,), kind : int8 (k,), written from the start

    Returns
    -------
    int
        Number found.
    """
    found, group, least = 0, np.int8(education), np.int8(lowest)
    teaches, wants = marked(posted, ids.size), np.empty(technical.size)
    for f in range(technical.size):
        wants[f] = interest * (technical_interest if technical[f] else 1.0)
    rows, few, draws = np.empty(BLOCK, dtype=np.uintp), np.empty(BLOCK, dtype=np.uint64), np.empty(BLOCK)
    for start in range(0, asked.size, BLOCK):
        listed, youngest, oldest = np.uintp(0), np.int64(-(1 << 15)), np.int64(1 << 15)
        for row in asked[start : start + BLOCK]:
            i = np.uintp(row)  # unsigned: no place is counted from the end
            rows[listed] = i
            could = (labour[i] == _EMPLOYED) & (level[i] >= least) & (occupation[i] != group)
            listed += np.uintp(could & (stage[i] == _OUT))
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
            if draws[a] >= most * wants[field[i]] or is_marked(teaches, np.int64(i)):
                continue
            age = np.int64(month) - np.int64(birth_month[i])
            if draws[a] < interest_of(wants[field[i]], age_effect, age / 12.0):
                who[found], kind[found] = i, 1 if technical[field[i]] else 0
                found += 1
    return found


@kernel
def permission(base, pressure_weight, pressure, scarcity_weight, vacancy_rate):
    """P = 1 / (1 + exp(-(a - b x - c v))): whether the employer lets a worker teach."""
    return 1.0 / (1.0 + math.exp(-(base - pressure_weight * pressure - scarcity_weight * vacancy_rate)))


@kernel
def permitted(employer, region, terms):
    """:func:`permission` of a type of employer in a region, the odds raised by what is paid for lost hours."""
    pressure = terms.pressure[terms.sector_of[employer]]
    share = permission(
        terms.base[employer], terms.pressure_weight, pressure, terms.scarcity_weight, terms.vacancy_rate[employer]
    )
    odds = share / max(1.0 - share, 1e-12) * terms.paid[region]
    return odds / (1.0 + odds)


@kernel
def find_staying(
    seed, month, ids, rows, since, ready, labour, stage, occupation, employer, job_region, in_job_since, education,
    leave, dropout, terms, stays,
):  # fmt: skip
    """Who of the hybrid teachers has kept a job elsewhere, goes on, and is let by a new employer.

    Employers are asked in the month after the change, once: posts of a month are filled after this.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (m,); rows, since, ready : int64 (m,), as of a roster
    labour, stage, occupation, employer, job_region : int8 (n,); in_job_since : int16 (n,)
    education : int, group of education
    leave, dropout : float, chance to have had enough; to give up the certificate on top of it
    terms : Terms
    stays : bool (m,), written
    """
    draws = np.empty(ids.size)
    fill_uniforms(seed, _P_HYBRID, ids, month, 5, draws)
    for j in range(rows.size):
        i = rows[j]
        risk = leave + (dropout if ready[j] > month else 0.0)
        stays[j] = is_at_work(i, labour, stage) and occupation[i] != education and draws[j] >= risk
        if stays[j] and in_job_since[i] == month - 1 and since[j] < month - 1:
            stays[j] = uniform(seed, _P_HYBRID, ids[j], month, 7) < permitted(employer[i], job_region[i], terms)


class Applicants(NamedTuple):
    """Who applies and is let, arrays (m,): rows and ids of people, what of them :func:`match_hybrids` asks, hours
    before a class in hundredths of full time, and their draws; ``turn`` is that of the queue."""

    who: np.ndarray
    ids: np.ndarray
    kind: np.ndarray
    level: np.ndarray
    region: np.ndarray
    hours: np.ndarray
    pick: np.ndarray
    turn: np.ndarray


@kernel
def draw_hybrid_hours(seed, ids, mean):
    """Hours before a class of people ``ids`` uint64 (m,), drawn once in a life; hundredths of full time, int64 (m,)."""
    draws, hours = np.empty(ids.size), np.empty(ids.size, dtype=np.int64)
    fill_uniforms(seed, _P_HYBRID, ids, 0, 1, draws)
    for j in range(ids.size):
        hours[j] = max(np.int64(np.rint(HUNDRED * mean * (0.6 + 0.8 * draws[j]))), 1)
    return hours


@kernel
def find_applicants(seed, month, who, kind, ids, level, employer, job_region, applies, mean_hours, terms):
    """Who of those interested applies, and is let by the employer; an :class:`Applicants`.

    Parameters
    ----------
    seed, month : int
    who : int64 (k,), rows; kind : int8 (k,)
    ids : uint64 (n,); level, employer, job_region : int8 (n,)
    applies : float, chance to apply
    mean_hours : float, share of full time
    terms : Terms
    """
    some, draws = np.empty(who.size, dtype=np.uint64), np.empty(who.size)
    places, found = np.empty(who.size, dtype=np.int64), 0
    for j in range(who.size):
        some[j] = ids[who[j]]
    fill_uniforms(seed, _P_HYBRID, some, month, 2, draws)
    for j in range(who.size):
        i = who[j]
        if draws[j] >= applies:
            continue
        if uniform(seed, _P_HYBRID, some[j], month, 3) < permitted(employer[i], job_region[i], terms):
            places[found] = j
            found += 1
    rows, few, pick, turn = np.empty(found, dtype=np.int64), some[:found], np.empty(found), np.empty(found)
    kinds = np.empty(found, dtype=np.int8)
    levels, regions = np.empty_like(kinds), np.empty_like(kinds)
    for a in range(found):
        j = places[a]
        i = who[j]
        rows[a], few[a], kinds[a], levels[a], regions[a] = i, ids[i], kind[j], level[i], job_region[i]
    fill_uniforms(seed, _P_HYBRID, few, month, 4, turn)
    fill_uniforms(seed, _P_HYBRID, few, month, 6, pick)
    return Applicants(rows, few, kinds, levels, regions, draw_hybrid_hours(seed, few, mean_hours), pick, turn)


@kernel
def find_room(
    segment, kind, rows, hours, job_region, usual, extra, wanted, regular, fte, all_regular, all_fte, vacancies,
    matching, partnership, reach, lowest, group_of_level, each, thresholds, turn, room,
):  # fmt: skip
    """People whom schools find this month for the hours that they have free for hybrid teachers.

    Parameters
    ----------
    segment, kind : int8 (m,); rows, hours : int64 (m,), as of a roster
    job_region : int8 (n,)
    usual : float64 (S, K, R), extra : float64 (R,), parts of the posts that are for hybrid teachers
    wanted, regular, fte : float64 (S, K, R), posts, those for regular teachers, and their hours
    all_regular, all_fte : float64 (S, K), the latter two over regions
    vacancies : float, part of the vacant posts of regular teachers that may go to hybrid ones
    matching : float64 (R,), share of free hours filled in a month without partnerships
    partnership : float, what is added to it, as a share of it, where partnerships reach all technical students
    reach : float64 (G, R), share of technical students whom partnerships reach (L5), by level group
    lowest : int64 (S,), lowest level that a segment teaches, -1 for none; group_of_level : int64 (levels,)
    each : float, mean hours of a hybrid teacher
    thresholds : float64 (S, K, R), thresholds that make a fraction whole, before the month moves them by ``turn``
    room : int64 (S, K, R), written

    Returns
    -------
    bool
        Whether there is any.
    """
    held = np.zeros(room.shape, dtype=np.int64)
    for j in range(rows.size):
        held[segment[j], kind[j], job_region[rows[j]]] += hours[j]
    some = False
    for s, k, r in np.ndindex(room.shape):
        posts = regular[s, k, r]
        filled = filled_part(fte[s, k, r], posts, all_fte[s, k], all_regular[s, k])
        vacant = posts * max(1.0 - filled, 0.0)
        given = (usual[s, k, r] + extra[r]) * wanted[s, k, r] + vacancies * vacant
        reached = reach[group_of_level[lowest[s]], r] if lowest[s] >= 0 else 0.0
        found = min(matching[r] * (1.0 + partnership * reached), 1.0)
        free = found * max(given - held[s, k, r] / HUNDRED, 0.0)
        room[s, k, r] = np.int64(math.floor(free / each + turned(thresholds[s, k, r], turn)))
        some = some or room[s, k, r] > 0
    return some


@kernel
def match_hybrids(
    order, kind, level, region, pick, min_level, room, asks_certificate, pdg_months, segment, certified, months, count,
):  # fmt: skip
    """Give teaching hours to workers, one by one: a segment with room in the region, drawn by its room.

    Parameters
    ----------
    order : int64 (m,), positions in the order in which they are asked
    kind, level, region : int8 (m,); pick : float64 (m,), uniform
    min_level : int64 (S, K)
    room : int64 (S, K, R), people who can begin, lowered
    asks_certificate : bool (S,); pdg_months : float64 (R,), of training for it, made whole
    segment : int8 (m,), written, -1 without hours
    certified : bool (m,), written, who trains for the certificate; months : int64 (m,), written, for how long
    count : float64 (R,), added to, their number
    """
    for a in range(order.size):
        j = order[a]
        k, r = kind[j], region[j]
        segment[j], certified[j], months[j] = -1, False, 0
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
        if asks_certificate[segment[j]]:
            certified[j], months[j] = True, np.int64(np.rint(pdg_months[r]))
            count[r] += 1.0

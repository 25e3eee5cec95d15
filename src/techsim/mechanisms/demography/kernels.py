"""D1 on arrays: who dies, leaves the country or goes to school; the newborn and immigrants, by numbers and draws."""

from __future__ import annotations

import numpy as np

from techsim.population.compiled import inlined, kernel
from techsim.population.draws import BLOCK, ceiling, fill_traits, fill_words, holds, list_few, unit
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import Stage

_CHILD, _PRIMARY, _OUT = np.int8(Stage.CHILD), np.int8(Stage.PRIMARY), np.int8(Stage.OUT)
_P_SURVIVAL = int(Purpose.SURVIVAL)
"""The first word of its block decides about survival, the second about emigration."""
_SCHOOL = 48
"""Months of age at which primary school begins."""
STAYS, DIES, EMIGRATES = 0, 1, 2
FREE, BOUND, GOES = 0, 1, 2
_GOES = np.int8(GOES)
_CELL = np.uint64(32)
_AGE, _MONTH, _EDUCATION, _FIELD, _PLACED = 0, 1, 2, 3, 7
"""Numbers of the draws of an arrival among those of its purpose."""
_FOUR, _VO_LAST, _ADULT, _GRADUATE = 4, 16, 18, 22
"""Ages: primary school begins; too old for the first class of vo; has an education; may have one of hbo or wo."""


@kernel
def fate_of(survival, emigration, death_chance, emigration_chance, plan):
    """STAYS, DIES or EMIGRATES; two draws, two chances, a plan. Death comes first, then plans."""
    if survival < death_chance:
        return DIES
    if plan != FREE:
        return EMIGRATES if plan == GOES else STAYS
    if emigration < emigration_chance:
        return EMIGRATES
    return STAYS


@inlined
def age_of(month, birth_month, oldest):
    """Age in years, ``oldest`` at most; uint32."""
    return min(np.uint32(np.int32(month) - np.int32(birth_month)) // np.uint32(12), oldest)


@kernel
def live_a_month(
    seed,
    month,
    ids,
    birth_month,
    sex,
    background,
    region,
    death,
    emigrate,
    age_group,
    plan,
    stage,
    gone,
    deaths,
    emigrants,
):
    """Draw the month's fate of everyone.

    Nearly everybody stays: whose draws exceed the chances of all of the block, who are of like age, is asked no more.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (n,)
    birth_month : int16 (n,) [month index]
    sex, background, region : int8 (n,)
    death : float64 (ages, sexes) [chance a month]
    emigrate : float64 (ages, backgrounds) [chance a month]
    age_group : int64 (ages,)
        Group of each single year of age; the last age is open-ended.
    plan : int8 (n,)
        FREE, BOUND (does not emigrate) or GOES (emigrates this month): what international students are up to (L7).
    stage : int8 (n,), written for children who turn four
    gone : int64 (n,), written, rows of those who die or emigrate, ascending
    deaths : int64 (sexes, age groups, regions), added to
    emigrants : int64 (sexes, backgrounds, regions), added to

    Returns
    -------
    int, how many die or emigrate
    """
    oldest, leave, turned_four = np.uint32(death.shape[0] - 1), 0, np.int16(month - _SCHOOL)
    deadliest, likeliest = np.empty(death.shape[0]), np.empty(death.shape[0])
    for x in range(death.shape[0]):
        deadliest[x], likeliest[x] = death[x].max(), emigrate[x].max()
    survival, emigration = np.empty(BLOCK, dtype=np.uint32), np.empty(BLOCK, dtype=np.uint32)
    asked, rows = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64)
    for first in range(0, ids.size, BLOCK):
        last = min(first + BLOCK, ids.size)
        fill_words(seed, _P_SURVIVAL, ids[first:last], month, survival, emigration)
        births, plans = birth_month[first:last], plan[first:last]
        youngest, eldest = births[0], births[0]
        for k in range(births.size):
            youngest, eldest = max(youngest, births[k]), min(eldest, births[k])
        most, more = 0.0, 0.0
        for x in range(age_of(month, youngest, oldest), age_of(month, eldest, oldest) + 1):
            most, more = max(most, deadliest[x]), max(more, likeliest[x])
        dies, emigrates = ceiling(most), ceiling(more)
        for k in range(births.size):
            asked[k] = (survival[k] <= dies) | (emigration[k] <= emigrates) | (plans[k] == _GOES)
        for k in rows[: list_few(asked, births.size, rows)]:
            i = first + k
            age, s, b = age_of(month, birth_month[i], oldest), np.uint8(sex[i]), np.uint8(background[i])
            fate = fate_of(unit(survival[k]), unit(emigration[k]), death[age, s], emigrate[age, b], plan[i])
            if fate == DIES:
                deaths[s, age_group[age], region[i]] += 1
            elif fate == EMIGRATES:
                emigrants[s, b, region[i]] += 1
            gone[leave] = i
            leave += int(fate != STAYS)
        stages = stage[first:last]
        if holds(stages, _CHILD):
            for k in range(births.size):
                stages[k] = _PRIMARY if (stages[k] == _CHILD) & (births[k] <= turned_four) else stages[k]
    return leave


@kernel
def count_ages(month, birth_month, sex, region, age_group, count):
    """Count people by age in a month.

    Parameters
    ----------
    month : int
    birth_month : int16 (n,) [month index]; sex, region : int8 (n,)
    age_group : int64 (ages,), group of each single year of age; the last age is open-ended
    count : int64 (sexes, age groups, regions), added to
    """
    oldest = np.uint32(age_group.size - 1)
    for i in range(birth_month.size):
        count[np.uint8(sex[i]), age_group[age_of(month, birth_month[i], oldest)], np.uint8(region[i])] += 1


@kernel
def count_people(sex, background, region, count):
    """Count people, of whom all arrays are int8 (n,); count : int64 (sexes, backgrounds, regions), added to."""
    for i in range(sex.size):
        count[sex[i], background[i], region[i]] += 1


@kernel
def chosen_of(weights, draw):
    """Index drawn from ``weights`` float64 (k,) by a uniform draw; as ``population.attainment.choose_rows``."""
    total = 0.0
    for weight in weights:
        total += weight
    limit, running, below = draw * total, 0.0, 0
    for weight in weights:
        running += weight
        below += running < limit
    return min(below, weights.size - 1)


@kernel
def list_people(numbers, head, ids, sex, background, region):
    """The people of each cell, in the order of cells.

    Parameters
    ----------
    numbers : int64 (sexes, backgrounds, regions)
    head : uint64, id of the first person of the first cell
    ids : uint64 (n,); sex, background, region : int8 (n,); written, n the sum of ``numbers``
    """
    at, cell = 0, np.uint64(0)
    for s in range(numbers.shape[0]):
        for b in range(numbers.shape[1]):
            for r in range(numbers.shape[2]):
                for rank in range(numbers[s, b, r]):
                    ids[at] = head + (cell << _CELL) + np.uint64(rank)
                    sex[at], background[at], region[at] = s, b, r
                    at += 1
                cell += np.uint64(1)


@kernel
def make_people(seed, purpose, numbers, head, places, ids, sex, background, region, ability, affinity):
    """The people of each cell, who draw a region and their latent traits.

    Parameters
    ----------
    seed, purpose : int, the latter of the draw of a region
    numbers : int64 (sexes, backgrounds, regions); head : uint64, id of the first person of the first cell
    places : float64 (backgrounds, regions), shares by which regions are drawn; (0, 0) leaves people where cells say
    ids : uint64 (n,); sex, background, region : int8 (n,); ability, affinity : float32 (n,); written
    """
    list_people(numbers, head, ids, sex, background, region)
    if places.size:
        for i in range(ids.size):
            region[i] = chosen_of(places[background[i]], uniform(seed, purpose, ids[i], 0, _PLACED))
    fill_traits(seed, ids, ability, affinity)


@kernel
def draw_lives(
    seed,
    purpose,
    month,
    ids,
    sex,
    background,
    ages,
    shares,
    fields,
    higher,
    before_higher,
    diploma_of,
    level_of,
    birth_month,
    stage,
    diploma,
    level,
    field,
):
    """Birth, stage, education and its field of those who arrive in a month.

    Parameters
    ----------
    seed, purpose, month, before_higher : int, the last what those have so far who are too young for hbo or wo
    ids : uint64 (n,); sex, background : int8 (n,)
    ages : float64 (AGES,), shares by single year; shares : float64 (backgrounds, EDUCATION), from 18 on
    fields : float64 (EDUCATION, sexes, fields), shares of an education; higher : bool (EDUCATION,), hbo and wo
    diploma_of, level_of : int8 (EDUCATION,)
    birth_month : int16 (n,); stage, diploma, level, field : int8 (n,); written
    """
    until = np.cumsum(ages)
    for i in range(ids.size):
        pid = ids[i]
        years = min(np.searchsorted(until, uniform(seed, purpose, pid, 0, _AGE)), ages.size - 1)
        birth_month[i] = month - (12 * years + np.int64(12.0 * uniform(seed, purpose, pid, 0, _MONTH)))
        stage[i] = _CHILD if years < _FOUR else (_PRIMARY if years < _VO_LAST else _OUT)
        e = 0
        if years >= _ADULT:
            e = chosen_of(shares[background[i]], uniform(seed, purpose, pid, 0, _EDUCATION))
            if years < _GRADUATE and higher[e]:
                e = before_higher
        diploma[i], level[i] = diploma_of[e], level_of[e]
        field[i] = chosen_of(fields[e, sex[i]], uniform(seed, purpose, pid, 0, _FIELD))

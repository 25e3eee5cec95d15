"""D1 on arrays: who dies, who leaves the country, who goes to school."""

from __future__ import annotations

import numba
import numpy as np

from techsim.population.draws import BLOCK, ceiling, fill_words, holds, list_few, unit
from techsim.population.randomness import Purpose
from techsim.population.states import Stage

_CHILD, _PRIMARY = int(Stage.CHILD), int(Stage.PRIMARY)
_P_SURVIVAL = int(Purpose.SURVIVAL)
"""The first word of its block decides about survival, the second about emigration."""
_FOUR = 48
"""Months of age at which primary school begins."""
STAYS, DIES, EMIGRATES = 0, 1, 2
FREE, BOUND, GOES = 0, 1, 2
_GOES = np.int8(GOES)


@numba.njit(cache=True, nogil=True)
def fate_of(survival, emigration, death_chance, emigration_chance, plan):
    """STAYS, DIES or EMIGRATES; two draws, two chances, a plan. Death comes first, then plans."""
    if survival < death_chance:
        return DIES
    if plan != FREE:
        return EMIGRATES if plan == GOES else STAYS
    if emigration < emigration_chance:
        return EMIGRATES
    return STAYS


@numba.njit(cache=True, inline="always")
def age_of(month, birth_month, oldest):
    """Age in years, ``oldest`` at most; uint32."""
    return min(np.uint32(np.int32(month) - np.int32(birth_month)) // np.uint32(12), oldest)


@numba.njit(cache=True, nogil=True)
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
    stays,
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
    stays : bool (n,), written
    deaths : int64 (sexes, age groups, regions), added to
    emigrants : int64 (sexes, backgrounds, regions), added to
    """
    oldest = np.uint32(death.shape[0] - 1)
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
        stays[first:last] = True
        asked[births.size :] = False
        for k in rows[: list_few(asked, rows)]:
            i = first + k
            age, s, b = age_of(month, birth_month[i], oldest), np.uint8(sex[i]), np.uint8(background[i])
            fate = fate_of(unit(survival[k]), unit(emigration[k]), death[age, s], emigrate[age, b], plan[i])
            stays[i] = fate == STAYS
            if fate == DIES:
                deaths[s, age_group[age], region[i]] += 1
            elif fate == EMIGRATES:
                emigrants[s, b, region[i]] += 1
        if holds(stage[first:last], np.int8(_CHILD)):
            for i in range(first, last):
                if stage[i] == _CHILD and stays[i] and np.int32(month) - np.int32(birth_month[i]) >= _FOUR:
                    stage[i] = _PRIMARY

"""D1 on arrays: who dies, who leaves the country, who goes to school."""

from __future__ import annotations

import numba
import numpy as np

from techsim.population.draws import BLOCK, fill_pairs
from techsim.population.randomness import Purpose
from techsim.population.states import Stage

_CHILD, _PRIMARY = int(Stage.CHILD), int(Stage.PRIMARY)
_P_SURVIVAL = int(Purpose.SURVIVAL)
"""The first word of its block decides about survival, the second about emigration."""
_FOUR = 48
"""Months of age at which primary school begins."""
STAYS, DIES, EMIGRATES = 0, 1, 2
FREE, BOUND, GOES = 0, 1, 2


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
    survival, emigration = np.empty(BLOCK), np.empty(BLOCK)
    for i in range(ids.size):
        at = np.uint32(i % BLOCK)
        if at == 0:
            fill_pairs(seed, _P_SURVIVAL, ids[i : i + BLOCK], month, survival, emigration)
        months = np.uint32(np.int32(month) - np.int32(birth_month[i]))
        age = min(months // np.uint32(12), oldest)
        s, b = np.uint8(sex[i]), np.uint8(background[i])
        fate = fate_of(survival[at], emigration[at], death[age, s], emigrate[age, b], plan[i])
        stays[i] = fate == STAYS
        if fate == DIES:
            deaths[s, age_group[age], region[i]] += 1
        elif fate == EMIGRATES:
            emigrants[s, b, region[i]] += 1
        elif stage[i] == _CHILD and months >= _FOUR:
            stage[i] = _PRIMARY

"""Vacancies on arrays: they grow older, and the oldest go first."""

from __future__ import annotations

import numpy as np

from techsim.population.compiled import kernel


@kernel
def count_market(vacancies, staff, unemployed):
    """What is seen of the market, counted from its cells.

    Parameters
    ----------
    vacancies, staff : int64 (E, G, L, R)
    unemployed : int64 (fields, levels, R); fields that are those of occupation groups come first

    Returns
    -------
    tuple
        int64 (2, G, R + 1), vacancies of a group, and the unemployed of its field, by region and in all; int64 (2, E),
        vacancies and workers by type of employer; int, all unemployed.
    """
    kinds, groups, levels, regions = staff.shape
    by_group, by_type = np.zeros((2, groups, regions + 1), dtype=np.int64), np.zeros((2, kinds), dtype=np.int64)
    vacant, trained = by_group[0], by_group[1]
    for e in range(kinds):
        for g in range(groups):
            for lv in range(levels):
                for r in range(regions):
                    vacant[g, r] += vacancies[e, g, lv, r]
                    by_type[0, e] += vacancies[e, g, lv, r]
                    by_type[1, e] += staff[e, g, lv, r]
    for g in range(groups):
        for lv in range(levels):
            for r in range(regions):
                trained[g, r] += unemployed[g, lv, r]
        vacant[g, regions], trained[g, regions] = vacant[g].sum(), trained[g].sum()
    return by_group, by_type, unemployed.sum()


@kernel
def let_age(ages, opened, filled, withdrawn, regions, open_by_age, filled_by_age):
    """One month of every cell: A_0 = opened, A_a = A_(a-1) of last month; the filled leave, then the withdrawn.

    Parameters
    ----------
    ages : int32 (AGES, E x G x L x R)
        Open at the end of last month, changed to what is open at the end of this; the last class is open-ended.
    opened, filled, withdrawn : int64 (E x G x L x R,)
    regions : int, R
    open_by_age : int64 (AGES, G, L), filled_by_age : int64 (AGES, G), added to
    """
    last = ages.shape[0] - 1
    oldest = np.zeros(opened.size, dtype=np.int64)
    ages[last] += ages[last - 1]
    for a in range(last - 1, 0, -1):
        ages[a] = ages[a - 1]
    ages[0] = opened
    for a in range(1, last + 1):
        for c in range(opened.size):
            oldest[c] = a if ages[a, c] > 0 else oldest[c]
    _, groups, levels = open_by_age.shape
    for c in range(opened.size):
        a, left = oldest[c], filled[c]
        while left > 0 and a >= 0:
            gone = min(left, ages[a, c])
            filled_by_age[a, (c // (regions * levels)) % groups] += gone
            ages[a, c] -= gone
            left -= gone
            a -= 1
        a, left = oldest[c], withdrawn[c]
        while left > 0 and a >= 0:
            gone = min(left, ages[a, c])
            ages[a, c] -= gone
            left -= gone
            a -= 1
    # Over types of employer first, row by row as they are stored, then over regions.
    places = groups * levels * regions
    of_age = np.empty(places, dtype=np.int64)
    for a in range(last + 1):
        of_age[:] = 0
        for start in range(0, opened.size, places):
            of_age += ages[a, start : start + places]
        for place in range(groups * levels):
            for r in range(regions):
                open_by_age[a, place // levels, place % levels] += of_age[place * regions + r]

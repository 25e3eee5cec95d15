"""The month's stocks, counted in one pass."""

from __future__ import annotations

import numba
import numpy as np

from techsim.population.states import Labour

_UNEMPLOYED, _EMPLOYED = int(Labour.UNEMPLOYED), int(Labour.EMPLOYED)


@numba.njit(cache=True, nogil=True)
def count_people(
    month,
    birth_month,
    sex,
    background,
    labour,
    field,
    level,
    region,
    employer,
    occupation,
    technical,
    sector_of,
    months_per_group,
    employed,
    unemployed,
    occupied,
    participation,
):
    """Add everyone to the stocks.

    Parameters
    ----------
    month : int; months_per_group : int, width of an age group
    birth_month : int16 (n,); sex, background, labour, field, level, region, employer, occupation : int8 (n,)
    technical : bool (groups,); sector_of : int64 (employers,), sector of a type of employer
    employed : int64 (fields, levels, regions, sectors, 2); unemployed : int64 (fields, levels, regions), added to
    occupied : int64 (groups, sexes, backgrounds), participation : int64 (sexes, age groups, labour states), added to
    """
    last_age = participation.shape[1] - 1
    last_field = employed.shape[0] - 1
    for i in range(labour.size):
        age = np.uint32(np.int32(month) - np.int32(birth_month[i])) // np.uint32(months_per_group)
        state = np.uint8(labour[i])
        participation[np.uint8(sex[i]), min(age, np.uint32(last_age)), state] += 1
        f = np.uint8(field[i] if field[i] >= 0 else last_field)
        e, r = np.uint8(level[i]), np.uint8(region[i])
        if state == _EMPLOYED:
            g = np.uint8(occupation[i])
            employed[f, e, r, np.uint8(sector_of[np.uint8(employer[i])]), 1 if technical[g] else 0] += 1
            occupied[g, np.uint8(sex[i]), np.uint8(background[i])] += 1
        elif state == _UNEMPLOYED:
            unemployed[f, e, r] += 1

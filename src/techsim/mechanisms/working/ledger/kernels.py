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
    birth_month : int16 (n,); sex, labour, field, level, region, employer, occupation : int8 (n,)
    technical : bool (groups,); sector_of : int64 (employers,), sector of a type of employer
    employed : int64 (fields, levels, regions, sectors, 2); unemployed : int64 (fields, levels, regions), added to
    occupied : int64 (groups, sexes), participation : int64 (sexes, age groups, labour states), added to
    """
    last_age = participation.shape[1] - 1
    last_field = employed.shape[0] - 1
    for i in range(labour.size):
        age = (np.int64(month) - np.int64(birth_month[i])) // months_per_group
        participation[sex[i], min(age, last_age), labour[i]] += 1
        f = field[i] if field[i] >= 0 else last_field
        if labour[i] == _EMPLOYED:
            employed[f, level[i], region[i], sector_of[employer[i]], 1 if technical[occupation[i]] else 0] += 1
            occupied[occupation[i], sex[i]] += 1
        elif labour[i] == _UNEMPLOYED:
            unemployed[f, level[i], region[i]] += 1

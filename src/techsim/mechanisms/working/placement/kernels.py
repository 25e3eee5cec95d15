"""W2, placement of school leavers, on arrays."""

from __future__ import annotations

import numpy as np

from techsim.population.compiled import kernel
from techsim.population.draws import BLOCK, list_few
from techsim.population.states import Labour, Stage

_OUT = int(Stage.OUT)
_UNEMPLOYED, _EMPLOYED = int(Labour.UNEMPLOYED), int(Labour.EMPLOYED)


@kernel
def placement_of(is_related, job_level, level):
    """0 own field, 1 other field, 2 below level, 3 other field and below level."""
    return (0 if is_related else 1) + (2 if job_level < level else 0)


@kernel
def count_leavers(
    left_month,
    oldest,
    birth_month,
    stage,
    left_education,
    labour,
    level,
    field,
    occupation,
    job_level,
    sex,
    background,
    region,
    technical,
    related,
    working,
    unemployed,
):
    """Count the technical leavers of a month: those at work by who they are and placement, those without by level.

    Parameters
    ----------
    left_month : int [month index]; oldest : int [months], age at leaving from which people do not count
    birth_month : int16 (n,) [month index]
    stage, labour, level, field, occupation, job_level, sex, background, region : int8 (n,)
    left_education : int16 (n,) [month index]
    technical : bool (fields,); related : bool (fields, groups)
    working : int64 (levels, sexes, backgrounds, regions, 4), unemployed : int64 (levels,); added to
    """
    month = np.int16(left_month)
    left, rows = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64)
    for start in range(0, stage.size, BLOCK):
        when = left_education[start : start + BLOCK]
        for k in range(when.size):
            left[k] = when[k] == month
        for k in rows[: list_few(left, when.size, rows)]:
            i = start + k
            if stage[i] != _OUT or field[i] < 0 or not technical[field[i]]:
                continue
            if np.int64(left_month) - np.int64(birth_month[i]) >= oldest:
                continue
            if labour[i] == _EMPLOYED:
                where = placement_of(related[field[i], occupation[i]], job_level[i], level[i])
                working[level[i], sex[i], background[i], region[i], where] += 1
            elif labour[i] == _UNEMPLOYED:
                unemployed[level[i]] += 1

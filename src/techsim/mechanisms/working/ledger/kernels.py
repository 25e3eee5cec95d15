"""The month's stocks, counted in one pass."""

from __future__ import annotations

import numba
import numpy as np

from techsim.population.draws import BLOCK
from techsim.population.states import Labour

_UNEMPLOYED, _EMPLOYED = np.int8(Labour.UNEMPLOYED), np.int8(Labour.EMPLOYED)
MONTHS_PER_AGE_GROUP = 60
UNEMPLOYED_FROM = (6, 12)
"""First month of each class of ``results.coordinates.UNEMPLOYED_FOR`` but the first."""
_SPARE = 16
"""Places in which who neither works nor looks for work is counted, so that no count need wait for the last one."""


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
    since,
    technical,
    sector_of,
    employed,
    unemployed,
    occupied,
    participation,
):
    """Add everyone to the stocks.

    Each is counted twice: by who they are (sex, age, labour state; workers by background and group as well) and where
    (education, region; workers by job, the unemployed by how long). The places are worked out for a block of people at
    a time without a branch, by the vector unit: half the time that one by one takes.

    Parameters
    ----------
    month : int
    birth_month, since : int16 (n,); sex, background, labour, field, level, region, employer, occupation : int8 (n,)
    technical : bool (groups,); sector_of : int64 (employers,), sector of a type of employer
    employed : int64 (fields, levels, regions, sectors, 2), contiguous, added to; who has no field is in the last one
    unemployed : int64 (fields, levels, regions, durations), contiguous, added to, durations as of UNEMPLOYED_FROM
    occupied : int64 (groups, sexes, backgrounds), participation : int64 (sexes, age groups, labour states), added to
    """
    fields, levels, regions = np.int32(employed.shape[0]), np.int32(employed.shape[1]), np.int32(employed.shape[2])
    groups, backgrounds = np.int32(occupied.shape[0]), np.int32(occupied.shape[2])
    ages, states = np.int32(participation.shape[1]), np.int32(participation.shape[2])
    durations, jobs = np.int32(unemployed.shape[3]), np.int32(employed.shape[3] * 2)
    kinds = np.int32(states + backgrounds * groups)
    idle, nobody = np.int32(employed.size), np.int32(employed.size + unemployed.size)
    no_job = np.int32(sector_of.size * groups)
    kind_of_job = np.zeros(no_job + 1, dtype=np.int32)
    for e in range(sector_of.size):
        for g in range(groups):
            kind_of_job[e * groups + g] = sector_of[e] * 2 + np.int64(technical[g])
    half = np.int32(participation.shape[0] * ages * kinds)
    who, where = np.zeros(2 * half, dtype=np.int64), np.zeros(nobody + _SPARE, dtype=np.int32)
    person, place, job = np.empty(BLOCK, np.int32), np.empty(BLOCK, np.int32), np.empty(BLOCK, np.int32)
    now, last_age = np.int32(month), np.uint32(ages - 1)
    for start in range(0, labour.size, BLOCK):
        block = slice(start, min(start + BLOCK, labour.size))
        state, born, by_sex, by_background = labour[block], birth_month[block], sex[block], background[block]
        by_field, by_level, by_region, begun = field[block], level[block], region[block], since[block]
        by_employer, by_group = employer[block], occupation[block]
        for i in range(state.size):
            s = state[i]
            age = np.int32(min(np.uint32(now - born[i]) // np.uint32(MONTHS_PER_AGE_GROUP), last_age))
            kind = states + by_background[i] * groups + by_group[i] if s == _EMPLOYED else np.int64(s)
            # Neighbours are often alike: in two halves, so that the count of one need not wait for the other's.
            person[i] = (by_sex[i] * ages + age) * kinds + kind + (i & 1) * half
        for i in range(state.size):
            s, f, months = state[i], np.int32(by_field[i]), now - begun[i]
            home = ((f if f >= 0 else fields - 1) * levels + by_level[i]) * regions + by_region[i]
            duration = np.int32(months >= UNEMPLOYED_FROM[0]) + np.int32(months >= UNEMPLOYED_FROM[1])
            without = idle + home * durations + duration if s == _UNEMPLOYED else nobody + (i & (_SPARE - 1))
            place[i] = home * jobs if s == _EMPLOYED else without
            job[i] = by_employer[i] * groups + by_group[i] if s == _EMPLOYED else no_job
        for i in range(state.size):
            who[np.uint32(person[i])] += 1
            where[np.uint32(place[i] + kind_of_job[np.uint32(job[i])])] += 1
    at_work, out_of_work = employed.ravel(), unemployed.ravel()
    for cell in range(idle):
        at_work[cell] += where[cell]
    for cell in range(nobody - idle):
        out_of_work[cell] += where[idle + cell]
    cell = 0
    for s in range(participation.shape[0]):
        for a in range(participation.shape[1]):
            for kind in range(kinds):
                count = who[cell] + who[half + cell]
                if kind < states:
                    participation[s, a, kind] += count
                else:
                    participation[s, a, np.int64(_EMPLOYED)] += count
                    occupied[(kind - states) % groups, s, (kind - states) // groups] += count
                cell += 1

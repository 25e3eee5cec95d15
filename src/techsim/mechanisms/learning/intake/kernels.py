"""L1, intake, on arrays."""

from __future__ import annotations

import numba
import numpy as np

from techsim.population.randomness import Purpose, uniform
from techsim.population.states import Flag, Labour, Stage

_OUT = int(Stage.OUT)
_UNEMPLOYED, _EMPLOYED = int(Labour.UNEMPLOYED), int(Labour.EMPLOYED)
_GRADUATED = int(Flag.GRADUATED)
_P_REENTRY, _P_ADULT, _P_PLACE = int(Purpose.REENTRY), int(Purpose.ADULT_BBL), int(Purpose.PLACE)
_TWENTY, _FORTY_FIVE, _SCHOOL_AGE, _YOUNG = 240, 540, 192, 336


@numba.njit(cache=True, nogil=True)
def reentry_chance(base, age_years):
    """Chance to choose again after leaving: ``base``, halved for each year of age above 20."""
    return base * 0.5 ** max(0.0, age_years - 20.0)


@numba.njit(cache=True, nogil=True)
def stand_before_choice(seed, month, ids, birth_month, stage, flags, diploma, highest, general, reentry, chooses):
    """Mark those who choose this September: graduates of July, and some of those out of education and under 28.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (n,); birth_month : int16 (n,); stage, diploma : int8 (n,); flags : uint8 (n,)
    highest : int
        Diploma code from which nobody comes back.
    general : bool (diplomas,)
        Whether a diploma (havo, vwo) is a way to somewhere and no end: those who hold it come back more.
    reentry : float64 (2,) [chance a year]
        Of the others, and of those with a general diploma.
    chooses : bool (n,), written
    """
    for i in range(ids.size):
        chooses[i] = (flags[i] & np.uint8(_GRADUATED)) != 0
        age = month - birth_month[i]
        if chooses[i] or stage[i] != _OUT or age < _SCHOOL_AGE or age >= _YOUNG or diploma[i] >= highest:
            continue
        chance = reentry_chance(reentry[1 if general[diploma[i]] else 0], age / 12.0)
        chooses[i] = uniform(seed, _P_REENTRY, ids[i], month, 0) < chance


@numba.njit(cache=True, nogil=True)
def adult_candidates(
    seed, month, ids, birth_month, stage, level, labour, occupation, chooses, waits, max_level, chance, wants
):
    """Mark the adults who want a bbl programme.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (n,); birth_month : int16 (n,); stage, level, labour, occupation : int8 (n,)
    chooses : bool (n,)
        Those who choose as school leavers are passed over.
    waits : bool (n,)
        Those who wait since last September want one again.
    max_level : int
    chance : float [a year]
    wants : bool (n,), written
    """
    for i in range(ids.size):
        age = month - birth_month[i]
        ready = stage[i] == _OUT and not chooses[i] and _TWENTY <= age < _FORTY_FIVE
        in_force = labour[i] == _EMPLOYED or labour[i] == _UNEMPLOYED
        wants[i] = (
            ready
            and in_force
            and level[i] <= max_level
            and occupation[i] >= 0
            and (waits[i] or uniform(seed, _P_ADULT, ids[i], month, 0) < chance)
        )


@numba.njit(cache=True, nogil=True)
def allot(group, region, places, placed):
    """Give out places in the order of the queue.

    Parameters
    ----------
    group, region : int8 (m,)
        Cells of those who want a place, sorted by :func:`queue_draws` so that storage order does not matter.
    places : int64 (groups, regions), written: what is left
    placed : bool (m,), written
    """
    for j in range(group.size):
        placed[j] = places[group[j], region[j]] > 0
        if placed[j]:
            places[group[j], region[j]] -= 1


@numba.njit(cache=True, nogil=True)
def other_groups(seed, month, ids, group, region, technical, places, chance, other):
    """Where those without a place try next: a group of the same kind with places left in the region, drawn by them.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (m,); group, region : int8 (m,)
    technical : bool (groups,)
    places : int64 (groups, regions), left after the first round
    chance : float, that somebody tries
    other : int8 (m,), written; -1 for those who do not try, or find nothing to try
    """
    for j in range(ids.size):
        other[j] = -1
        if uniform(seed, _P_PLACE, ids[j], month, 2) >= chance:
            continue
        total = 0
        for g in range(technical.size):
            if g != group[j] and technical[g] == technical[group[j]]:
                total += places[g, region[j]]
        left = uniform(seed, _P_PLACE, ids[j], month, 3) * total
        for g in range(technical.size):
            if g != group[j] and technical[g] == technical[group[j]] and places[g, region[j]] > 0:
                other[j] = g
                left -= places[g, region[j]]
                if left < 0.0:
                    break


@numba.njit(cache=True, nogil=True)
def queue_draws(seed, month, who, ids, adult):
    """Place in the queue: a uniform draw, adults after all school leavers; float64 (m,)."""
    out = np.empty(who.size)
    for j in range(who.size):
        out[j] = uniform(seed, _P_PLACE, ids[who[j]], month, 0) + (1.0 if adult[j] else 0.0)
    return out

"""L1, intake, on arrays."""

from __future__ import annotations

import numpy as np

from techsim.population.compiled import kernel
from techsim.population.draws import BLOCK, fill_uniforms, list_few
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import Flag, Stage

_OUT = int(Stage.OUT)
_GRADUATED = int(Flag.GRADUATED)
_P_REENTRY, _P_PLACE = int(Purpose.REENTRY), int(Purpose.PLACE)
_SCHOOL_AGE, _YOUNG = 192, 336


@kernel
def reentry_chance(base, age_years):
    """Chance to choose again after leaving: ``base``, halved for each year of age above 20."""
    return base * 0.5 ** max(0.0, age_years - 20.0)


@kernel
def stand_before_choice(
    seed, month, ids, birth_month, stage, flags, diploma, highest, general, reentry, chooses, may
):  # fmt: skip
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
    may : int64 (n,), written from the start: rows of those out of education who might choose again

    Returns
    -------
    int
        Number of the latter.
    """
    among = 0
    asked, rows = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64)
    few, draws = np.empty(BLOCK, dtype=np.uint64), np.empty(BLOCK)
    eldest, youngest = np.int16(month - _YOUNG), np.int16(month - _SCHOOL_AGE)
    for start in range(0, ids.size, BLOCK):
        block = slice(start, min(start + BLOCK, ids.size))
        born, state, marks, has = birth_month[block], stage[block], flags[block], diploma[block]
        mine = chooses[block]
        for i in range(state.size):
            mine[i] = (marks[i] & np.uint8(_GRADUATED)) != 0
            of_age = (born[i] <= youngest) & (born[i] > eldest)
            asked[i] = of_age & (state[i] == _OUT) & (has[i] < highest) & (not mine[i])
        listed = list_few(asked, state.size, rows)
        for a in range(listed):
            few[a] = ids[start + rows[a]]
        fill_uniforms(seed, _P_REENTRY, few[:listed], month, 0, draws)
        for a in range(listed):
            i = may[among + a] = start + rows[a]
            base = reentry[1 if general[diploma[i]] else 0]
            # Chances fall with age: most people's draws are above what anybody of their diploma has.
            chooses[i] = draws[a] < base and draws[a] < reentry_chance(base, (month - birth_month[i]) / 12.0)
        among += listed
    return among


@kernel
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


@kernel
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


@kernel
def queue_draws(seed, month, who, ids, adult):
    """Place in the queue: a uniform draw, adults after all school leavers; float64 (m,)."""
    out = np.empty(who.size)
    for j in range(who.size):
        out[j] = uniform(seed, _P_PLACE, ids[who[j]], month, 0) + (1.0 if adult[j] else 0.0)
    return out

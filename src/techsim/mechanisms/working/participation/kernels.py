"""W1, supply, on arrays: participation, retirement, leaving work for school."""

from __future__ import annotations

import math

import numba
import numpy as np

from techsim.population.draws import BLOCK, SMALLEST, fill_uniforms, fill_words, list_places, unit
from techsim.population.randomness import Purpose, normal, uniform
from techsim.population.states import Labour, Stage

_VO, _OUT = int(Stage.VO), int(Stage.OUT)
_OUTSIDE, _UNEMPLOYED = int(Labour.OUTSIDE), int(Labour.UNEMPLOYED)
_EMPLOYED, _RETIRED = int(Labour.EMPLOYED), int(Labour.RETIRED)
_P_PARTICIPATION, _P_RETIREMENT = int(Purpose.PARTICIPATION), int(Purpose.RETIREMENT)
WIDEST = 5.0
"""Standard deviations before the mean age of retirement from which on people retire."""


def lowest_normals(steps):
    """Bound on the normal draw of who has two uniform draws u and v, by the step of each that they lie in.

    Parameters
    ----------
    steps : int, even, into which (0, 1) is divided

    Returns
    -------
    float32 array (steps, steps)
        At most any ``sqrt(-2 log u) cos(2 pi v)`` of the cell, in standard deviations.
    """
    edges = np.arange(steps + 1) / steps
    radius = np.sqrt(-2.0 * np.log(np.maximum(edges, SMALLEST)))
    cosine = np.cos(2.0 * np.pi * edges)
    # Within a step the cosine is lowest at an edge, as a half is one; the radius falls with u.
    lowest = np.minimum(cosine[:-1], cosine[1:])
    found = lowest * np.where(lowest < 0.0, radius[:-1, None], radius[1:, None])
    return (found - 1e-5).astype(np.float32)


FEW = 64
"""People of a block whom the month concerns, below which each draws alone: most children and the very old it passes."""
STEPS = 64
_LOWEST = lowest_normals(STEPS)


@numba.njit(cache=True, nogil=True)
def threshold(rate, cyclical):
    """p + c x (1 - p), within [0, 1]: who draws below it takes part."""
    return min(1.0, max(0.0, rate + cyclical * (1.0 - rate)))


@numba.njit(cache=True, nogil=True)
def next_state(labour, studies, works_and_learns, retires, takes_part):
    """Labour state of a person, given what holds for him or her; int.

    A bbl student keeps the state (the apprentice process hires); a full-time student is outside; retired is final.
    """
    if works_and_learns:
        return labour
    if studies:
        return _OUTSIDE
    if labour == _RETIRED or retires:
        return _RETIRED
    if not takes_part:
        return _OUTSIDE
    return _UNEMPLOYED if labour == _OUTSIDE else labour


@numba.njit(cache=True, nogil=True)
def count_concerned(born, birth_month, stage, labour, moves):
    """Mark in ``moves`` : bool (at least n,) who is old enough, born in month ``born`` at the latest, and not retired
    for good, and count them; birth_month : int16 (n,); stage, labour : int8 (n,)."""
    found = 0
    for k in range(labour.size):
        moves[k] = (birth_month[k] <= born) & ((labour[k] != _RETIRED) | ((stage[k] >= _VO) & (stage[k] < _OUT)))
        found += int(moves[k])
    return found


@numba.njit(cache=True, nogil=True)
def find_crossing(month, birth_month, sex, level, stage, labour, takes, born, draws, at, limit, moves):
    """Who may come to take part or stop, or leave work for school: False only for those whom :func:`next_state` would
    leave where they are, or retire.

    Small loops without a branch over a block of people, which the vector unit does several people at a time.

    Parameters
    ----------
    month : int; birth_month : int16 (n,); sex, level, stage, labour : int8 (n,)
    takes : float64 (sexes, ages, levels), thresholds; born : int16, latest month of birth of who is old
    enough
    draws : float64 (at least n,), uniform, for taking part
    at : uint32, limit : float64, moves : bool, all (at least n,), written; the first two to work with
    """
    _, ages, levels = takes.shape
    chances, oldest = takes.ravel(), np.uint32(ages - 1)
    for i in range(labour.size):
        months = np.uint32(np.int32(month) - np.int32(birth_month[i]))
        age = min(months // np.uint32(12), oldest)
        at[i] = (np.uint32(sex[i]) * np.uint32(ages) + age) * np.uint32(levels) + np.uint32(level[i])
    for i in range(labour.size):
        limit[i] = chances[at[i]]
    for i in range(labour.size):
        state, s = labour[i], stage[i]
        old = birth_month[i] <= born
        out, inside = (s < _VO) | (s >= _OUT), (state == _EMPLOYED) | (state == _UNEMPLOYED)
        crosses = out & (state != _RETIRED) & ((draws[i] < limit[i]) != inside)
        moves[i] = old & (crosses | ((not out) & (state != _OUTSIDE)))


@numba.njit(cache=True, nogil=True)
def find_retiring(seed, month, ids, birth_month, labour, youngest, retirement_age, spread, block, at, moves):
    """Mark who may retire: nobody is passed over who does, and few are marked who do not, which spares the others the
    normal draw.

    Parameters
    ----------
    seed, month : int; ids : uint64 (n,); birth_month : int16 (n,); labour : int8 (n,)
    youngest : int [months], before which nobody retires; retirement_age, spread : float [years]
    block : uint64, at : int64, both (at least n,), to work with; moves : bool (at least n,), set for those found
    """
    asked = np.empty(labour.size, dtype=np.bool_)
    first, second = np.empty(labour.size, dtype=np.uint32), np.empty(labour.size, dtype=np.uint32)
    for k in range(labour.size):
        asked[k] = (np.int32(month) - np.int32(birth_month[k]) >= youngest) & (labour[k] != _RETIRED)
    found = list_places(asked, at)
    for j in range(found):
        block[j] = ids[at[j]]
    fill_words(seed, _P_RETIREMENT, block[:found], 0, first, second)
    for j in range(found):
        age = (np.int32(month) - np.int32(birth_month[at[j]])) / 12.0
        lowest = _LOWEST[np.uint32(unit(first[j]) * STEPS), np.uint32(unit(second[j]) * STEPS)]
        moves[at[j]] |= age >= retirement_age + spread * lowest


@numba.njit(cache=True, nogil=True)
def take_part(
    seed,
    month,
    ids,
    birth_month,
    sex,
    level,
    stage,
    programme,
    bbl,
    rates,
    cyclical,
    retirement_age,
    spread,
    minimum,
    occupation,
    job_level,
    job_region,
    employer,
    reason_education,
    reason_left,
    reason_retired,
    labour,
    since,
    staff,
    separated,
):
    """Move everyone to the labour state that age, education and the year ask for.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (n,); birth_month : int16 (n,); sex, level, stage, programme : int8 (n,)
    bbl : bool (programmes,)
    rates : float64 (sexes, ages, levels) [share that takes part]
    cyclical : float [c x]
    retirement_age, spread : float [years]
    minimum : int [years], youngest age of the labour force
    occupation, job_level, job_region, employer : int8 (n,)
    reason_education, reason_left, reason_retired : int, rows of ``separated``
    labour : int8 (n,), written
    since : int16 (n,) [month index], written where the state changes
    staff : int64 (E, G, L, R), lowered by who leaves a job
    separated : int64 (reasons, E, G, L, R), added to
    """
    sexes, ages, levels = rates.shape
    takes = np.empty(rates.shape)
    for s, a, e in np.ndindex((sexes, ages, levels)):
        takes[s, a, e] = threshold(rates[s, a, e], cyclical)
    draws, limit, at = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK, dtype=np.uint32)
    some, rows, moves = (
        np.empty(BLOCK, dtype=np.uint64),
        np.empty(BLOCK, dtype=np.int64),
        np.empty(BLOCK, dtype=np.bool_),
    )
    born, oldest = np.int16(month - minimum * 12), np.int32(ages - 1)
    earliest = np.int32(math.ceil((retirement_age - WIDEST * spread) * 12.0))
    for start in range(0, ids.size, BLOCK):
        block = slice(start, min(start + BLOCK, ids.size))
        births, states, stages = birth_month[block], labour[block], stage[block]
        concerned = count_concerned(born, births, stages, states, moves)
        if concerned < FEW:
            for k in rows[: list_places(moves[: states.size], rows)]:
                draws[k] = uniform(seed, _P_PARTICIPATION, ids[start + k], 0, 0)
        else:
            fill_uniforms(seed, _P_PARTICIPATION, ids[block], 0, 0, draws)
            find_crossing(month, births, sex[block], level[block], stages, states, takes, born, draws, at, limit, moves)
            if month - births.min() >= earliest:
                find_retiring(
                    seed, month, ids[block], births, states, earliest, retirement_age, spread, some, rows, moves
                )
        for k in rows[: list_places(moves[: states.size], rows)]:
            i, state = start + k, states[k]
            months = np.int32(month) - np.int32(births[k])
            studies = _VO <= stage[i] < _OUT
            learns = studies and programme[i] >= 0 and bbl[programme[i]]
            retires, part = False, False
            if not studies and state != _RETIRED:
                if months >= earliest:
                    retires = months / 12.0 >= retirement_age + spread * normal(seed, _P_RETIREMENT, ids[i], 0, 0)
                part = draws[k] < takes[np.uint8(sex[i]), min(months // 12, oldest), np.uint8(level[i])]
            new = next_state(state, studies, learns, retires, part)
            if new == state:
                continue
            if state == _EMPLOYED:
                s, g, lv, r = employer[i], occupation[i], job_level[i], job_region[i]
                reason = reason_education if studies else (reason_retired if new == _RETIRED else reason_left)
                staff[s, g, lv, r] -= 1
                separated[reason, s, g, lv, r] += 1
            labour[i] = new
            since[i] = month

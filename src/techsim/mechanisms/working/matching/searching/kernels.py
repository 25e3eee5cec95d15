"""W2, who searches, on arrays."""

from __future__ import annotations

import numpy as np

from techsim.population.compiled import kernel
from techsim.population.draws import BLOCK, ceiling, fill_first, list_places, unit
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import Flag, Labour, Stage

_OUT = int(Stage.OUT)
_UNEMPLOYED, _EMPLOYED = int(Labour.UNEMPLOYED), int(Labour.EMPLOYED)
_P_SEARCH, _P_RETRAINING = int(Purpose.SEARCH), int(Purpose.RETRAINING)
_INSIDE, _AFTER = 4, 5
"""Numbers of the draws, of purpose RETRAINING, that decide on search during a programme and after it."""
_SHORT_TIME = int(Flag.SHORT_TIME)


@kernel
def search_chance(base, short, mismatched, short_ratio, mismatch_ratio):
    """o m_T m_q: chance that a worker searches this month."""
    chance = base * (short_ratio if short else 1.0) * (mismatch_ratio if mismatched else 1.0)
    return min(1.0, chance)


@kernel
def find_seekers(
    seed,
    month,
    first,
    ids,
    stage,
    labour,
    flags,
    since,
    level,
    field,
    occupation,
    job_level,
    related,
    technical,
    trainees,
    retrained,
    base,
    short_tenure,
    short_ratio,
    mismatch_ratio,
    short_time_ratio,
    of_trainees,
    of_retrained,
    who,
):
    """The unemployed, and workers who search this month; some who are retrained by chances of their own.

    Parameters
    ----------
    seed, month : int; first : int, row of the first of these people
    ids : uint64 (n,); stage, labour, level, field, occupation, job_level : int8 (n,); flags : uint8 (n,)
    since : int16 (n,)
    related : bool (fields, occupations); technical : bool (occupations,)
    trainees, retrained : int64 (k,), ascending, rows of who is in a programme and of who has completed one of late
    base : float [chance a month]; short_tenure : float [months]; short_ratio, mismatch_ratio,
    short_time_ratio : float, search of workers on short-time work relative to others
    of_trainees, of_retrained : float, chances of unemployed trainees, and of those retrained whose work is not
    technical: these search by any of their chances
    who : int64 (n,), written from the start

    Returns
    -------
    int
        Number of seekers.
    """
    found, turn, later = 0, 0, 0
    words, drawn = np.empty(BLOCK, dtype=np.uint32), np.empty(BLOCK, dtype=np.uint32)
    works, asked = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.bool_)
    some, rows = np.empty(BLOCK, dtype=np.uint64), np.empty(BLOCK, dtype=np.int64)
    chances = np.empty(8)
    for case in range(8):
        chances[case] = search_chance(base, (case & 2) != 0, (case & 1) != 0, short_ratio, mismatch_ratio)
        chances[case] *= short_time_ratio if case >= 4 else 1.0
    most = ceiling(chances.max())  # nobody's chance is higher: few workers are looked at
    for start in range(0, ids.size, BLOCK):
        here = slice(start, min(start + BLOCK, ids.size))
        states, stages, persons = labour[here], stage[here], ids[here]
        idle, working = False, np.uint16(0)  # narrow, so that the vector unit adds many at once
        for k in range(states.size):
            works[k] = (states[k] == _EMPLOYED) & (stages[k] == _OUT)
            asked[k] = (states[k] == _UNEMPLOYED) & (stages[k] == _OUT)
            idle |= asked[k]
            working = np.uint16(working + np.uint16(works[k]))
        if 2 * np.int64(working) > states.size:
            fill_first(seed, _P_SEARCH, persons, persons.size, month, words)
        elif working > 0:
            many = list_places(works[: states.size], rows)
            for j in range(many):
                some[j] = persons[rows[j]]
            fill_first(seed, _P_SEARCH, some, many, month, drawn)
            for j in range(many):
                words[rows[j]] = drawn[j]
        elif not idle:
            continue
        for k in range(states.size):
            asked[k] |= works[k] & (words[k] <= most)
        while turn < trainees.size and trainees[turn] < first + here.stop:
            i = trainees[turn] - first
            turn += 1
            if i >= start and states[i - start] == _UNEMPLOYED:
                asked[i - start] &= uniform(seed, _P_RETRAINING, ids[i], month, _INSIDE) < of_trainees
        while later < retrained.size and retrained[later] < first + here.stop:
            i = retrained[later] - first
            later += 1
            if i < start or not works[i - start] or technical[occupation[i]]:
                continue
            if uniform(seed, _P_RETRAINING, ids[i], month, _AFTER) < of_retrained:
                works[i - start], asked[i - start] = False, True  # and search as the unemployed do
        for k in rows[: list_places(asked[: states.size], rows)]:
            # Without a branch, which the processor would guess wrong.
            i = start + k
            short = np.int64(month) - np.int64(since[i]) < short_tenure
            mismatched = (job_level[i] < level[i]) | (not related[field[i], occupation[i]])
            on_short_time = (flags[i] & np.uint8(_SHORT_TIME)) != 0
            chance = chances[4 * int(on_short_time) + 2 * int(short) + int(mismatched)]
            who[found] = first + i
            found += int((not works[k]) | (unit(words[k]) < chance))
    return found

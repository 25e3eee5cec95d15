"""W2, who searches, on arrays."""

from __future__ import annotations

import numba
import numpy as np

from techsim.population.draws import BLOCK, ceiling, list_places, unit
from techsim.population.randomness import Purpose, block
from techsim.population.states import Flag, Labour, Stage

_OUT = int(Stage.OUT)
_UNEMPLOYED, _EMPLOYED = int(Labour.UNEMPLOYED), int(Labour.EMPLOYED)
_P_SEARCH = int(Purpose.SEARCH)
_SHORT_TIME = int(Flag.SHORT_TIME)


@numba.njit(cache=True, nogil=True)
def search_chance(base, short, mismatched, short_ratio, mismatch_ratio):
    """o m_T m_q: chance that a worker searches this month."""
    chance = base * (short_ratio if short else 1.0) * (mismatch_ratio if mismatched else 1.0)
    return min(1.0, chance)


@numba.njit(cache=True, nogil=True)
def fill_search(seed, month, ids, words):
    """The word that decides who searches, of each of ``ids`` uint64 (n,); ``words`` uint32 (at least n,), written."""
    for k in range(ids.size):
        words[k], _, _, _ = block(seed, _P_SEARCH, ids[k], month, 0)


@numba.njit(cache=True, nogil=True)
def find_seekers(
    seed,
    month,
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
    base,
    short_tenure,
    short_ratio,
    mismatch_ratio,
    short_time_ratio,
    who,
):
    """The unemployed, and workers who search this month.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (n,); stage, labour, level, field, occupation, job_level : int8 (n,); flags : uint8 (n,)
    since : int16 (n,)
    related : bool (fields, occupations)
    base : float [chance a month]; short_tenure : float [months]; short_ratio, mismatch_ratio,
    short_time_ratio : float, search of workers on short-time work relative to others
    who : int64 (n,), written from the start

    Returns
    -------
    int
        Number of seekers.
    """
    found = 0
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
            fill_search(seed, month, persons, words)
        elif working > 0:
            many = list_places(works[: states.size], rows)
            for j in range(many):
                some[j] = persons[rows[j]]
            fill_search(seed, month, some[:many], drawn)
            for j in range(many):
                words[rows[j]] = drawn[j]
        elif not idle:
            continue
        for k in range(states.size):
            asked[k] |= works[k] & (words[k] <= most)
        for k in rows[: list_places(asked[: states.size], rows)]:
            # Without a branch, which the processor would guess wrong.
            i = start + k
            short = np.int64(month) - np.int64(since[i]) < short_tenure
            mismatched = (job_level[i] < level[i]) | (not related[field[i], occupation[i]])
            on_short_time = (flags[i] & np.uint8(_SHORT_TIME)) != 0
            chance = chances[4 * int(on_short_time) + 2 * int(short) + int(mismatched)]
            who[found] = i
            found += int((not works[k]) | (unit(words[k]) < chance))
    return found


@numba.njit(cache=True, nogil=True)
def revised(who, without, more):
    """Rows of ``who`` less those of ``without``, and with ``more``; int64, each once and ascending, as all are."""
    rows, found, w, m = np.empty(who.size + more.size, dtype=np.int64), 0, 0, 0
    for row in who:
        while w < without.size and without[w] < row:
            w += 1
        if w < without.size and without[w] == row:
            continue
        while m < more.size and more[m] < row:
            rows[found] = more[m]
            found, m = found + 1, m + 1
        if m < more.size and more[m] == row:
            m += 1
        rows[found] = row
        found += 1
    for left in more[m:]:
        rows[found] = left
        found += 1
    return rows[:found]

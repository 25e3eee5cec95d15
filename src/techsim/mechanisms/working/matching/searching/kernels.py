"""W2, who searches, on arrays."""

from __future__ import annotations

import numba
import numpy as np

from techsim.population.draws import BLOCK, fill_asked, list_places
from techsim.population.randomness import Purpose
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
    draws, some, rows = np.empty(BLOCK), np.empty(BLOCK, dtype=np.uint64), np.empty(BLOCK, dtype=np.int64)
    works, asked = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.bool_)
    chances = np.empty(8)
    for case in range(8):
        chances[case] = search_chance(base, (case & 2) != 0, (case & 1) != 0, short_ratio, mismatch_ratio)
        chances[case] *= short_time_ratio if case >= 4 else 1.0
    most = chances.max()
    for start in range(0, ids.size, BLOCK):
        block = slice(start, min(start + BLOCK, ids.size))
        states, stages = labour[block], stage[block]
        idle = False
        for k in range(states.size):
            works[k] = (states[k] == _EMPLOYED) & (stages[k] == _OUT)
            asked[k] = (states[k] == _UNEMPLOYED) & (stages[k] == _OUT)
            idle |= asked[k]
        working = fill_asked(seed, _P_SEARCH, ids[block], month, 0, works[: states.size], rows, some, draws)
        if not idle and working == 0:
            continue
        for k in range(states.size):
            # Nobody's chance is higher than ``most``: few workers are looked at.
            asked[k] |= works[k] & (draws[k] < most)
        for k in rows[: list_places(asked[: states.size], rows)]:
            # Without a branch, which the processor would guess wrong.
            i = start + k
            short = np.int64(month) - np.int64(since[i]) < short_tenure
            mismatched = (job_level[i] < level[i]) | (not related[field[i], occupation[i]])
            on_short_time = (flags[i] & np.uint8(_SHORT_TIME)) != 0
            chance = chances[4 * int(on_short_time) + 2 * int(short) + int(mismatched)]
            who[found] = i
            found += int((not works[k]) | (draws[k] < chance))
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

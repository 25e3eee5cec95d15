"""W2, who is hired, on arrays."""

from __future__ import annotations

import numba
import numpy as np

from techsim.population.randomness import Purpose, uniform
from techsim.population.states import Flag, Labour

_EMPLOYED, _TEMPORARY, _P_RENEWAL = int(Labour.EMPLOYED), int(Flag.TEMPORARY), int(Purpose.RENEWAL)
_FIRST_CONTRACT = 2
"""Number, among the draws of purpose RENEWAL, of the first that decides on a new job."""


@numba.njit(cache=True, nogil=True)
def find_best(who, ids, vacancy, score, best):
    """The best applicant of each vacancy: the highest score, of equal ones the lowest id.

    Parameters
    ----------
    who, vacancy : int64 (m,), the row of each seeker, and the vacancy for which he applies, -1 for none
    ids : uint64 (n,); score : float64 (m,)
    best : int64 (vacancies,), -1 before, written: position in ``who``
    """
    for k in range(who.size):
        v = vacancy[k]
        if v < 0:
            continue
        holder = best[v]
        if holder < 0 or score[k] > score[holder] or (score[k] == score[holder] and ids[who[k]] < ids[who[holder]]):
            best[v] = k


@numba.njit(cache=True, nogil=True)
def hire(
    seed,
    month,
    turn,
    winners,
    who,
    cells,
    ids,
    occupation,
    job_level,
    job_region,
    employer,
    flags,
    labour,
    since,
    reason,
    technical,
    temporary_chance,
    hired,
    open_vacancies,
    staff,
    filled,
    hires,
    separated,
    changes,
):
    """Give each winner the job of the vacancy applied to.

    Parameters
    ----------
    seed, month, turn : int
    winners : int64 (a,), positions in ``who`` of the best applicant of each vacancy
    who : int64 (m,); ids : uint64 (n,)
    cells : int64 (a,), cells of these vacancies, E x G x L x R
    flags : uint8 (n,); occupation, job_level, job_region, employer, labour : int8 (n,); since : int16 (n,); written
    reason : int, row of ``separated`` for job changes; technical : bool (G,)
    temporary_chance : float, share of new jobs that begin with a contract for a time
    hired : bool (m,), written
    open_vacancies, staff : int64 (E, G, L, R), changed
    filled, hires : int64 (E, G, L, R), added to; separated : int64 (reasons, E, G, L, R), added to
    changes : int64 (G, 2), added to: job changes by group left, and whether the group entered is technical
    """
    _, groups, levels, regions = staff.shape
    for a in range(winners.size):
        n = winners[a]
        i, c = who[n], cells[a]
        e, g = c // (groups * levels * regions), (c // (levels * regions)) % groups
        lv, r = (c // regions) % levels, c % regions
        open_vacancies[e, g, lv, r] -= 1
        filled[e, g, lv, r] += 1
        hires[e, g, lv, r] += 1
        if labour[i] == _EMPLOYED:
            staff[employer[i], occupation[i], job_level[i], job_region[i]] -= 1
            separated[reason, employer[i], occupation[i], job_level[i], job_region[i]] += 1
            changes[occupation[i], 1 if technical[g] else 0] += 1
        staff[e, g, lv, r] += 1
        hired[n] = True
        labour[i] = _EMPLOYED
        employer[i], occupation[i], job_level[i], job_region[i] = e, g, lv, r
        since[i] = month
        if uniform(seed, _P_RENEWAL, ids[i], month, _FIRST_CONTRACT + turn) < temporary_chance:
            flags[i] |= np.uint8(_TEMPORARY)
        else:
            flags[i] &= np.uint8(0xFF ^ _TEMPORARY)

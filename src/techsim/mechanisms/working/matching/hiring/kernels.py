"""W2, who is hired, on arrays."""

from __future__ import annotations

import numpy as np

from techsim.population.compiled import kernel
from techsim.population.draws import uniforms
from techsim.population.randomness import Purpose
from techsim.population.states import Flag, Labour

_EMPLOYED, _TEMPORARY, _P_RENEWAL = int(Labour.EMPLOYED), int(Flag.TEMPORARY), int(Purpose.RENEWAL)
_FIRST_CONTRACT = 2
"""Number, among the draws of purpose RENEWAL, of the first that decides on a new job."""


@kernel
def find_best(ids, vacancy, score, vacancies):
    """The best applicants of vacancies, one of each for which somebody applies, in their order: the highest score, of
    equal ones the lowest id; positions among the seekers, int64 (a,).

    Parameters
    ----------
    ids : uint64 (m,), of the seekers; vacancy : int64 (m,), for which each applies, -1 for none
    score : float64 (m,); vacancies : int
    """
    best = np.full(vacancies, -1, dtype=np.int64)
    for k in range(ids.size):
        v = vacancy[k]
        if v < 0:
            continue
        holder = best[v]
        if holder < 0 or score[k] > score[holder] or (score[k] == score[holder] and ids[k] < ids[holder]):
            best[v] = k
    return best[best >= 0]


@kernel
def hire(
    seed,
    month,
    turn,
    winners,
    who,
    ids,
    vacancy,
    first,
    cell_of,
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
    open_vacancies,
    staff,
    filled,
    hires,
    separated,
    changes,
    hired,
    answered,
    successful,
):
    """Give each winner the job of the vacancy applied to.

    Parameters
    ----------
    seed, month, turn : int
    winners : int64 (a,), positions among the seekers of the best applicant of each vacancy
    who : int64 (m,), rows of the seekers; ids : uint64 (m,)
    vacancy : int64 (m,), position in the list of vacancies of what each applied for, -1 for none
    first : int64 (G x L x R + 1,), where those of each place begin in that list; cell_of : int64, of each in it, cell
        of the job, E x G x L x R
    flags : uint8 (n,); occupation, job_level, job_region, employer, labour : int8 (n,); since : int16 (n,); written
    reason : int, row of ``separated`` for job changes; technical : bool (G,)
    temporary_chance : float, share of new jobs that begin with a contract for a time
    open_vacancies, staff : int64 (E, G, L, R), changed
    filled, hires : int64 (E, G, L, R), added to; separated : int64 (reasons, E, G, L, R), added to
    changes : int64 (G, 2), added to: job changes by group left, and whether the group entered is technical
    hired : bool (m,), made true for the winners
    answered, successful : int64 (G,), added to: applications, and those that led to a job, by group applied for
    """
    _, groups, levels, regions = staff.shape
    of_group, a_group = np.empty(first[-1], dtype=np.int64), levels * regions
    for g in range(groups):
        of_group[first[g * a_group] : first[(g + 1) * a_group]] = g
    for v in vacancy:
        if v >= 0:
            answered[of_group[v]] += 1
    draws = uniforms(seed, _P_RENEWAL, ids[winners], month, _FIRST_CONTRACT + turn)
    for a in range(winners.size):
        k = winners[a]
        i, c = who[k], cell_of[vacancy[k]]
        hired[k] = True
        e, g = c // (groups * levels * regions), (c // (levels * regions)) % groups
        lv, r = (c // regions) % levels, c % regions
        successful[g] += 1
        open_vacancies[e, g, lv, r] -= 1
        filled[e, g, lv, r] += 1
        hires[e, g, lv, r] += 1
        if labour[i] == _EMPLOYED:
            staff[employer[i], occupation[i], job_level[i], job_region[i]] -= 1
            separated[reason, employer[i], occupation[i], job_level[i], job_region[i]] += 1
            changes[occupation[i], 1 if technical[g] else 0] += 1
        staff[e, g, lv, r] += 1
        labour[i] = _EMPLOYED
        employer[i], occupation[i], job_level[i], job_region[i] = e, g, lv, r
        since[i] = month
        if draws[a] < temporary_chance:
            flags[i] |= np.uint8(_TEMPORARY)
        else:
            flags[i] &= np.uint8(0xFF ^ _TEMPORARY)


@kernel
def count_moves(rows, cells, a_group, ids, occupation, field, technical, technical_field, retrained, codes, moves):
    """Count hires that cross between technical and other work, by how those hired were educated.

    Parameters
    ----------
    rows : int64 (m,), people hired; cells : int64 (m,), of the new jobs, E x G x L x R; a_group : int, L x R
    ids : uint64 (n,); occupation, field : int8 (n,), before they are hired
    technical : bool (G,); technical_field : bool (fields,)
    retrained : uint64 (k,), ascending, ids of those who completed retraining
    codes : tuple of five ints, rows of ``moves`` for moves into technical work and out of it; columns for who is
        technical by a diploma, by retraining, and not at all
    moves : int64 (2, 3), added to
    """
    into, out_of, by_diploma, by_retraining, not_at_all = codes
    for k in range(rows.size):
        i, last = rows[k], occupation[rows[k]]
        enters = technical[cells[k] // a_group % technical.size]
        if last < 0 or technical[last] == enters:
            continue
        at = np.searchsorted(retrained, ids[i])
        if at < retrained.size and retrained[at] == ids[i]:
            educated = by_retraining
        else:
            educated = by_diploma if technical_field[field[i]] else not_at_all
        moves[into if enters else out_of, educated] += 1

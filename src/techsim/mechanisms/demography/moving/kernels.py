"""W5, moves between regions, on arrays: who is asked, and where each wants to live."""

from __future__ import annotations

import numba
import numpy as np

from techsim.population.draws import BLOCK, fill_uniforms, holds
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import Labour, Stage

_VO, _MBO, _HBO, _OUT = int(Stage.VO), int(Stage.MBO), int(Stage.HBO), int(Stage.OUT)
_EMPLOYED, _RETIRED = int(Labour.EMPLOYED), int(Labour.RETIRED)
_P_MOVE = int(Purpose.MOVE)
STUDY, GRADUATE, LATER = 0, 1, 2
_PARENTS_LEVEL, _PARENTS_WORK = 3, 4
"""Draws of a lifetime: what the parents of a child are."""
ADULT = 18
"""Age from which people move for themselves; children move with parents of about PARENT years more."""
_FEW = 256
"""People in a block that is passed over if nothing happens in it."""
_ORIGIN = np.uint64(62)
"""Bits of an id below the origin."""
PARENT = 30


@numba.njit(cache=True, nogil=True)
def find_events(month, left_education, enrolled, rows):
    """Rows of who left education or enrolled in the month, ascending; returns how many.

    Most months nearly nobody did: a block in which nobody did is passed over in the vector units.

    Parameters
    ----------
    month : int
    left_education, enrolled : int16 (n,)
    rows : int64 (n,), written
    """
    now, found = np.int16(month), 0
    for first in range(0, enrolled.size, _FEW):
        some, others = left_education[first : first + _FEW], enrolled[first : first + _FEW]
        if holds(some, now) or holds(others, now):
            for k in range(some.size):
                if some[k] == now or others[k] == now:
                    rows[found] = first + k
                    found += 1
    return found


@numba.njit(cache=True, nogil=True)
def find_asked(
    month,
    born,
    events,
    ids,
    birth_month,
    stage,
    enrolled,
    left_education,
    level,
    student_until,
    higher,
    abroad,
    region,
    never,
    rooted,
    rows,
    kinds,
    here,
    may,
    may_ids,
):
    """Rows of those who ask themselves this month where to live, ascending, and why; who of them may have left home.

    Parameters
    ----------
    month, student_until, higher, abroad, never, rooted : int
        Age from which a new student stays; lowest level of hbo and wo; origin of who came from abroad to study, and has
        chosen a region before; ``left_education`` of who never did; age from which nobody has a home elsewhere.
    born, events : int64 (b,), (e,), rows, ascending, of all who were born in this month of the year, and of all who
        left education or enrolled this month
    ids : uint64 (n,); birth_month, enrolled, left_education : int16 (n,); stage, level : int8 (n,)
    region : int8 (n,)
    rows : int64 (b + e,), kinds, here : int8 (b + e,), written, the last where they live
    may : int64 (b + e,), may_ids : uint64 (b + e,), written: among those asked, who may have left home, and the ids

    Returns
    -------
    tuple of int, how many are asked, and how many of them may have left home
    """
    found, left, b, e = 0, 0, 0, 0
    while b < born.size or e < events.size:
        birthday = e == events.size or (b < born.size and born[b] <= events[e])
        i = born[b] if birthday else events[e]
        e += e < events.size and events[e] == i
        b += birthday
        kind = -1
        s = stage[i]
        if s == _OUT:
            if left_education[i] == month and level[i] >= higher:
                kind = GRADUATE
            elif birthday:
                kind = LATER
        elif s >= _HBO:
            age = np.int32(month) - np.int32(birth_month[i])
            if enrolled[i] == month and age < 12 * student_until and ids[i] >> _ORIGIN != np.uint64(abroad):
                kind = STUDY
        elif s != _MBO and birthday:
            kind = LATER
        if kind >= 0:
            rows[found] = i
            kinds[found] = kind
            here[found] = region[i]
            may[left], may_ids[left] = found, ids[i]
            recent = np.int32(month) - np.int32(birth_month[i]) < 12 * rooted
            left += int(recent & ((kind != LATER) | (left_education[i] != never)))
            found += 1
    return found, left


@numba.njit(cache=True, nogil=True)
def renew_roster(ids, home, gone, new_ids, new_home, out_ids, out_home):
    """The roster of those away from home, without some and with others.

    Parameters
    ----------
    ids : uint64 (m,), ascending, home : int8 (m,), the roster
    gone : int64 (g,), ascending, places on it of who leaves it
    new_ids : uint64 (k,), ascending, none of them on the roster, new_home : int8 (k,)
    out_ids : uint64 (m - g + k,), out_home : int8 (m - g + k,), written
    """
    at, g, k = 0, 0, 0
    for a in range(ids.size):
        if g < gone.size and gone[g] == a:
            g += 1
            continue
        while k < new_ids.size and new_ids[k] < ids[a]:
            out_ids[at], out_home[at] = new_ids[k], new_home[k]
            at, k = at + 1, k + 1
        out_ids[at], out_home[at] = ids[a], home[a]
        at += 1
    out_ids[at:], out_home[at:] = new_ids[k:], new_home[k:]


@numba.njit(cache=True, nogil=True)
def note_moves(rows, kinds, chosen, home, region, level, field, technical, moves, returns):
    """Count those who move, and those of them who move back home.

    Parameters
    ----------
    rows : int64 (m,); kinds, chosen, home : int8 (m,), of who moves
    region, level, field : int8 (n,); technical : bool (fields + 1,), the last of who has none
    moves : int64 (regions, regions, levels, 2, kinds); returns : int64 (regions, regions, levels, 2); added to
    """
    for a in range(rows.size):
        i = rows[a]
        t = int(technical[field[i]])
        moves[region[i], chosen[a], level[i], t, kinds[a]] += 1
        if chosen[a] == home[a]:  # all of them move, so home is not where they are
            returns[region[i], chosen[a], level[i], t] += 1


@numba.njit(cache=True, nogil=True)
def drawn(weights, u):
    """Index drawn by weights (k,) with a uniform draw."""
    total = 0.0
    for r in range(weights.size):
        total += weights[r]
    left, r = u * total, 0
    while r < weights.size - 1 and left >= weights[r]:
        left -= weights[r]
        r += 1
    return r


@numba.njit(cache=True, nogil=True)
def choose_regions(
    seed,
    month,
    rows,
    kinds,
    home,
    ids,
    birth_month,
    stage,
    level,
    field,
    labour,
    job_region,
    region,
    programme,
    studies,
    elsewhere,
    own,
    raising,
    seeker,
    worker,
    age_class,
    at_home,
    job_pull,
    graduate,
    higher,
    chosen,
):
    """Region in which each of those asked wants to live: logit over regions, every factor an exponential of W5.

    Parameters
    ----------
    seed, month, higher : int
    rows : int64 (m,); kinds, home : int8 (m,)
    ids : uint64 (n,); birth_month : int16 (n,); stage, level, field, labour, job_region, region, programme : int8 (n,)
    studies : float64 (programmes, homes, regions here, regions), weights of those who begin to study
    elsewhere : float64 (age classes, 2, regions, regions), by whether of hbo or wo, from and to
    own : float64 (ages, 2, regions), of the region lived in
    raising : float64 (2, regions), chances that parents are of hbo or wo, and that they work where they live
    seeker, worker : float64 (fields, regions), chances of work for who has none, and for who has
    age_class : int64 (ages,)
    at_home, job_pull, graduate : float, factors on the home that was left, on the region of the job, on the own region
    chosen : int8 (m,), written
    """
    regions, oldest, general = elsewhere.shape[3], np.uint32(own.shape[0] - 1), worker.shape[0] - 1
    away = elsewhere.reshape(-1, regions).T.copy()
    chances = np.concatenate((np.ones((1, regions)), seeker, worker)).T.copy()
    luck, of_level, of_work = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK)
    group, kind_of_work = np.empty(BLOCK, dtype=np.uint64), np.empty(BLOCK, dtype=np.uint64)
    lives, works_in, stays = np.empty(BLOCK, dtype=np.int8), np.empty(BLOCK, dtype=np.int8), np.empty(BLOCK)
    weights, total = np.empty((regions, BLOCK)), np.empty(BLOCK)
    for first in range(0, rows.size, BLOCK):
        some = rows[first : first + BLOCK]
        block, raised = ids[some], False
        fill_uniforms(seed, _P_MOVE, block, month, LATER, luck)
        for k in range(some.size):
            i, kind = some[k], kinds[first + k]
            here = region[i]
            if kind != LATER:
                luck[k] = uniform(seed, _P_MOVE, block[k], month, kind)
            age = np.uint32(np.int32(month) - np.int32(birth_month[i])) // np.uint32(12)
            if age < ADULT:
                if not raised:  # children stand together
                    fill_uniforms(seed, _P_MOVE, block, 0, _PARENTS_LEVEL, of_level)
                    fill_uniforms(seed, _P_MOVE, block, 0, _PARENTS_WORK, of_work)
                    raised = True
                age += np.uint32(PARENT)
                high = int(of_level[k] < raising[0, here])
                works, at_work, about = int(of_work[k] < raising[1, here]), here, general
                asks = works
            else:
                high = int(level[i] >= higher)
                works, at_work, about = int(labour[i] == _EMPLOYED), job_region[i], int(field[i])
                asks = int((stage[i] == _OUT) & (labour[i] != _RETIRED) & (about >= 0))
            age = min(age, oldest)
            group[k] = (2 * age_class[age] + high) * regions + here
            kind_of_work[k] = asks * (1 + about + works * (general + 1))
            lives[k], works_in[k] = here, (at_work if asks & works else -1)
            stays[k] = own[age, high, here] * (graduate if kind == GRADUATE else 1.0)
        homes = home[first : first + BLOCK]
        # Region by region and without a branch: the processor would guess wrong for most people.
        total[:] = 0.0
        for r in range(regions):
            here, to, at_work = np.int8(r), away[r], chances[r]
            for k in range(some.size):
                w = to[group[k]] * (at_home if homes[k] == here else 1.0)
                w = stays[k] if lives[k] == here else w
                w *= at_work[kind_of_work[k]]
                w *= job_pull if works_in[k] == here else 1.0
                weights[r, k] = w
                total[k] += w
        for k in range(some.size):
            total[k] *= luck[k]
            works_in[k] = 0
            lives[k] = 1
        for r in range(regions - 1):  # as `drawn`
            for k in range(some.size):
                beyond = lives[k] * np.int8(total[k] >= weights[r, k])
                total[k] -= weights[r, k] if beyond else 0.0
                lives[k] = beyond
                works_in[k] += beyond
        chosen[first : first + BLOCK] = works_in[: some.size]
        for k in range(some.size):
            if kinds[first + k] == STUDY:
                here = region[some[k]]
                chosen[first + k] = drawn(studies[programme[some[k]], homes[k], here], luck[k])


@numba.njit(cache=True, nogil=True)
def count_residents(
    month,
    birth_month,
    background,
    region,
    level,
    labour,
    job_region,
    parents,
    raising,
    higher,
    residents,
    of_age,
    those,
):
    """Count residents, those of the ages of parents, and what those are who raise children.

    Parameters
    ----------
    month, higher : int, the last the lowest level of hbo and wo
    birth_month : int16 (n,); background, region, level, labour, job_region : int8 (n,)
    parents, raising : tuple of two int, first age and the one after the last
    residents : int64 (regions,); of_age : int64 (backgrounds, regions), parents; added to
    those : int64 (3, regions), added to, of who raises children: all, those of hbo or wo, those who work in the region
    """
    for i in range(birth_month.size):
        r = np.uint8(region[i])
        residents[r] += 1
        age = np.int16(month) - birth_month[i]
        if 12 * parents[0] <= age < 12 * parents[1]:
            of_age[np.uint8(background[i]), r] += 1
        if 12 * raising[0] <= age < 12 * raising[1]:
            those[0, r] += 1
            those[1, r] += level[i] >= higher
            those[2, r] += (labour[i] == _EMPLOYED) & (job_region[i] == region[i])

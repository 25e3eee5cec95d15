"""W2, which vacancies come to a decision, and to which of them a seeker is drawn, on arrays."""

from __future__ import annotations

import math

import numpy as np

from techsim.population.compiled import inlined, kernel, unchecked
from techsim.population.draws import DOUBT
from techsim.population.randomness import mixed_at, stride_of, uniform_at, uniform_of

_VACANCIES, _MOST = 1 << 40, 1 << 20
"""Items of a seeker's word: those of vacancies lie beyond those of places, by cell and number."""
_ROUNDING = 1.0 + 1e-9
"""So that what is rounded off passes no bound."""
_STEP_CELL, _STEP_VACANCY = 0.7548776662466927, 0.6180339887498949
"""Irrational steps that spread decisions evenly: plastic number, golden ratio."""


@kernel
def decides(cell, number, turn, share):
    """Whether an open vacancy comes to a decision: ((c + 1) a + (v + 1) b + u_t) mod 1 < phi, u_t uniform by round.

    Evenly spread over vacancies and cells, so that a share ``share`` of any few of them decides in a round; by chance
    from round to round, so that waits do not depend on how many vacancies a cell has, and thereby on the scale; and
    by the vacancy alone: one more of them changes nothing for another.

    Parameters
    ----------
    cell, number : int
        c, cell of the job, type of employer x group x level x region; v, number of the vacancy within it.
    turn : int
        t, rounds since the start of time (month x rounds + round).
    """
    position = (cell + 1) * _STEP_CELL + (number + 1) * _STEP_VACANCY + uniform_of(np.uint64(turn), 0)
    return position % 1.0 < share


@kernel
def find_deciding(open_vacancies, turn, share):
    """List the vacancies that come to a decision in this round, by place.

    Parameters
    ----------
    open_vacancies : int64 (E, places)
    turn : int, as of :func:`decides`; share : float, phi

    Returns
    -------
    tuple
        first, int64 (places + 1,), where each place begins in the list; cell_of, int64, and stride_of, uint64, of each
        of them, the cell of the job and what :func:`pick` adds to a seeker's word.
    """
    kinds, places = open_vacancies.shape
    first, most = np.empty(places + 1, dtype=np.int64), open_vacancies.sum()
    cell_of, strides = np.empty(most, dtype=np.int64), np.empty(most, dtype=np.uint64)
    found = 0
    for c in range(places):
        first[c] = found
        for e in range(kinds):
            for v in range(open_vacancies[e, c]):
                if decides(e * places + c, v, turn, share):
                    cell_of[found] = e * places + c
                    strides[found] = stride_of(_VACANCIES + cell_of[found] * _MOST + v)
                    found += 1
    first[places] = found
    return first, cell_of[:found], strides[:found]


@inlined
def time_of_call(luck, stride, weight):
    """-log(u) / w: when a place or group of this weight calls a seeker. Chances to be first are w / sum w (W2); float.

    Parameters
    ----------
    luck : uint64, word of the seeker; stride : uint64, of the place or group; u is uniform by both
    """
    return -math.log(uniform_at(luck + stride)) / weight


@inlined
def least_time(x, weight):
    """Bound of -log(1 - x) / w: the first four terms of its series; the rest is x^5 / (5 (1 - x) w) at most."""
    return x * (1.0 + x * (0.5 + x * (1.0 / 3.0 + 0.25 * x))) / weight


@inlined
def most_time(x, weight, least):
    """The time is no longer than this, of which ``least`` is :func:`least_time`."""
    square = x * x
    return least + square * square * x / (5.0 * (1.0 - x) * weight)


@kernel
def first_of_close(luck, strides, weight, bound, most):
    """Which of those calls first whose ``bound`` is ``most`` or less, by logarithms; int. See :func:`call_places`."""
    best, least = 0, np.inf
    for c in range(strides.size):
        if bound[c] <= most:
            time = time_of_call(luck, strides[c], weight[c])
            if time < least:
                best, least = c, time
    return best


@unchecked
def call_groups(lucks, strides, worth, least, second, chosen):
    """Which group calls first for each of several seekers, see :func:`call_places`; -1 where it takes logarithms to
    tell, as the second is within the bounds of the first.

    Parameters
    ----------
    lucks : uint64 (k,), word of each; strides : uint64 (groups,)
    worth : float64 (groups, k or more), weights, but for a share of ``NEAR``
    least, second : float64 (k or more,), to work with
    chosen : int64 (k or more,), written
    """
    for s in range(lucks.size):
        least[s], second[s], chosen[s] = np.inf, np.inf, 0
    for g in range(strides.size):
        for s in range(lucks.size):
            time = least_time(1.0 - uniform_at(lucks[s] + strides[g]), worth[g, s])
            second[s] = min(second[s], max(time, least[s]))
            chosen[s] = g if time < least[s] else chosen[s]
            least[s] = min(time, least[s])
    for s in range(lucks.size):
        g = chosen[s]
        most = most_time(1.0 - uniform_at(lucks[s] + strides[g]), worth[g, s], least[s])
        chosen[s] = g if second[s] > most * (1.0 + DOUBT) else -1


@unchecked
def call_places(lucks, group, upto, kind, begin, strides, weight, bound, chosen):
    """Which place of a group calls first for each of several seekers, each after a time -log(u) / w, u of the seeker
    and the place: chances w / sum w.

    Where another world has more of one of them, whoever goes elsewhere goes there: others stay (an exponential race).
    With x = 1 - u, -log u lies within x^5 / (5 u) above the first four terms of its series: a vector unit works these
    out, and logarithms are taken only where the second is within that of the first. One array for all seekers and
    whole numbers into it: a view of an array costs as much as a race.

    Parameters
    ----------
    lucks : uint64 (k,), the word of each this round; group : int64 (k or more,), the group of each
    upto : int64 (k or more, groups), how many job levels, from the lowest, each is considered for
    kind : int64 (k or more,), row of ``weight``
    begin, strides : see :func:`list_drawing`; weight : float64 (kinds, m), w; zero where there is none
    bound : float64 (m,), to work with: no time is shorter
    chosen : int64 (k or more,), written: which of the m places
    """
    for s in range(lucks.size):
        luck, g, row = lucks[s], group[s], np.uint64(kind[s])
        first, end = np.uint64(begin[g, 0]), np.uint64(begin[g, upto[s, g]])
        for c in range(first, end):
            bound[c] = least_time(1.0 - uniform_at(luck + strides[c]), weight[row, c])
        best, least, second = first, np.inf, np.inf
        for c in range(first, end):
            second = min(second, max(bound[c], least))
            best = c if bound[c] < least else best
            least = min(least, bound[c])
        most = most_time(1.0 - uniform_at(luck + strides[best]), weight[row, best], least)
        if second <= most:
            some = slice(first, end)
            best = first + np.uint64(first_of_close(luck, strides[some], weight[row, some], bound[some], most))
        chosen[s] = best


@kernel
def pick(luck, strides, first, end):
    """One of the vacancies ``first`` to ``end``, each as likely: that with the largest word, ``strides`` uint64 of
    each; int."""
    best, most = first, np.uint64(0)
    if end - first > 1:
        for v in range(first, end):
            drawn = mixed_at(luck + strides[v])
            if drawn >= most:
                best, most = v, drawn
    return best


@kernel
def list_drawing(first, groups, levels, regions):
    """Places (group x level x region) in which a vacancy comes to a decision: nobody is drawn to others.

    ``first`` int64 (places + 1,) is that of :func:`find_deciding`.

    Returns
    -------
    tuple
        places, int64 (m,), ascending; strides, uint64 (m,), :func:`stride_of` each among those of a seeker; begin,
        int64 (groups, levels + 1), where each level of a group begins among them, and where the group ends.
    """
    places = np.empty(groups * levels * regions, dtype=np.int64)
    strides = np.empty(places.size, dtype=np.uint64)
    begin = np.empty((groups, levels + 1), dtype=np.int64)
    found, c = 0, 0
    for g in range(groups):
        for lv in range(levels):
            begin[g, lv] = found
            for _ in range(regions):
                if first[c + 1] > first[c]:
                    places[found], strides[found] = c, stride_of(groups + c)
                    found += 1
                c += 1
        begin[g, levels] = found
    return places[:found], strides[:found], begin


@kernel
def nearness(staff, commuting):
    """Share of commuters over share of jobs: how near the jobs of a region are; float64 (regions, job regions).

    staff : int64 (E, G, L, R); commuting : float64 (regions, job regions)
    """
    jobs, near = np.zeros(staff.shape[3], dtype=np.int64), np.empty(commuting.shape)
    for e in range(staff.shape[0]):
        for g in range(staff.shape[1]):
            for lv in range(staff.shape[2]):
                for r in range(jobs.size):
                    jobs[r] += staff[e, g, lv, r]
    total = 0
    for r in range(jobs.size):
        jobs[r] = max(jobs[r], 1)
        total += jobs[r]
    for h in range(near.shape[0]):
        for r in range(jobs.size):
            near[h, r] = commuting[h, r] / (jobs[r] / total)
    return near


@kernel
def weigh_places(willing, near, promising, first, open_vacancies, places):
    """What draws seekers of each kind to the vacancies of each place: willingness x nearness x chances x pay of each.

    Parameters
    ----------
    willing : float64 (depths, levels, job levels); near : float64 (regions, job regions)
    promising : float64 (groups, job levels, job regions), chances x pay
    first, open_vacancies : int64, see :func:`find_deciding`: vacancies that come to a decision, and all open ones
    places : int64 (m,), see :func:`list_drawing`

    Returns
    -------
    tuple
        weight, float64 (depths, levels, regions, m), of those deciding; total_of and open_of, float64 (depths, levels,
        regions, job levels + 1, groups), its sums over so many of the lowest job levels, and those over all open.
    """
    depths, levels, jobs = willing.shape
    homes, regions = near.shape
    groups, chances, opened = promising.shape[0], promising.ravel(), open_vacancies.sum(axis=0).astype(np.float64)
    weight = np.empty((depths, levels, homes, places.size))
    total_of = np.zeros((depths, levels, homes, jobs + 1, groups))
    open_of = np.zeros(total_of.shape)
    reach = np.empty(jobs * regions)
    drawn, decide, anywhere = np.empty(opened.size), np.empty(opened.size), np.empty(opened.size)
    for c in range(opened.size):
        decide[c] = first[c + 1] - first[c]
    for d in range(depths):
        for e in range(levels):
            for h in range(homes):
                for lv in range(jobs):
                    for r in range(regions):
                        reach[lv * regions + r] = willing[d, e, lv] * near[h, r]
                for g in range(groups):
                    for k in range(reach.size):
                        c = g * reach.size + k
                        pull = reach[k] * chances[c]
                        drawn[c], anywhere[c] = pull * decide[c], pull * opened[c]
                    total, among = 0.0, 0.0
                    for lv in range(jobs):
                        here, there_too = 0.0, 0.0
                        for r in range(regions):
                            c = (g * jobs + lv) * regions + r
                            here += drawn[c]
                            there_too += anywhere[c]
                        total += here
                        among += there_too
                        total_of[d, e, h, lv + 1, g] = total
                        open_of[d, e, h, lv + 1, g] = among
                for j in range(places.size):
                    weight[d, e, h, j] = drawn[places[j]]
    return weight, total_of, open_of


@unchecked
def bound_chances(total_of, open_of, considered, interview):
    """Bounds of the chance to apply: no seeker's is above, whatever their taste for groups.

    The share of vacancies that decide is a mean, over groups, of ``total_of`` / ``open_of`` over the job levels for
    which employers consider a seeker: at most the highest of them.

    Parameters
    ----------
    total_of, open_of : float64 (depths, levels, regions, job levels + 1, groups), see :func:`weigh_places`
    considered : int64 (fields, levels, groups), how many job levels, from the lowest, employers consider a seeker for
    interview : float

    Returns
    -------
    tuple of float64
        (depths x levels x regions x fields + 1,), whoever has had no job; the last for who may be considered anywhere.
        (depths x levels x regions x (job levels + 1) x groups + 1,), of the group of the last job, up to its level; the
        last is zero, for who has had none.
    """
    depths, levels, regions, counts, groups = total_of.shape
    fields = considered.shape[0]
    of_job, of_field = np.zeros(total_of.size + 1), np.zeros(depths * levels * regions * fields + 1)
    of_field[-1] = interview
    total, there = total_of.ravel(), open_of.ravel()
    for c in range(total.size):
        share = total[c] / there[c] * _ROUNDING if there[c] > 0.0 else 0.0
        of_job[c] = interview * min(share, 1.0)
    for k in range(depths * levels * regions):
        e = (k // regions) % levels
        for f in range(fields):
            most = 0.0
            for g in range(groups):
                most = max(most, of_job[(k * counts + considered[f, e, g]) * groups + g])
            of_field[k * fields + f] = most
    return of_field, of_job

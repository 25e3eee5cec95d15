"""W2, which vacancies come to a decision, and to which of them a seeker is drawn, on arrays."""

from __future__ import annotations

import math

import numba
import numpy as np

from techsim.population.randomness import mixed, uniform_of

_VACANCIES, _MOST = 1 << 40, 1 << 20
"""Items of a seeker's word: those of vacancies lie beyond those of places, by cell and number."""
_ROUNDING = 1.0 + 1e-9
"""So that what is rounded off passes no bound."""
_STEP_CELL, _STEP_VACANCY = 0.7548776662466927, 0.6180339887498949
"""Irrational steps that spread decisions evenly: plastic number, golden ratio."""
_NUMBER, _LARGEST = 1023, (1 << 63) - 1
"""Bits in which the number of an item stands; what no bits of a float above zero pass."""


@numba.njit(cache=True, nogil=True)
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


@numba.njit(cache=True, nogil=True)
def find_deciding(open_vacancies, turn, share, first, cell_of, number_of, counts):
    """List the vacancies that come to a decision in this round, by place.

    Parameters
    ----------
    open_vacancies : int64 (E, places)
    turn : int, as of :func:`decides`; share : float, phi
    first : int64 (places + 1,), written: where each place begins in the list
    cell_of, number_of : int64 (open vacancies,), written from the start: what :func:`decides` asks for
    counts : int64 (places,), written: how many they are
    """
    kinds, places = open_vacancies.shape
    found = 0
    for c in range(places):
        first[c] = found
        for e in range(kinds):
            for v in range(open_vacancies[e, c]):
                if decides(e * places + c, v, turn, share):
                    cell_of[found], number_of[found] = e * places + c, v
                    found += 1
        counts[c] = found - first[c]
    first[places] = found


@numba.njit(cache=True, nogil=True, error_model="numpy")
def first_call(luck, item, weight, size, bound):
    """Which calls first, each after a time -log(u) / w, u of the seeker and the item: chances w / sum w; int.

    Where another world has more of one of them, whoever goes elsewhere goes there: others stay (an exponential race).
    With x = 1 - u, -log u lies within x^5 / (5 u) above the first four terms of its series: a vector unit finds the
    first by these, and logarithms are taken only where another comes within that of it.

    Parameters
    ----------
    luck : uint64, the seeker's word of this round; item : int, what the first of them is in that word
    weight : float64 (size or more,), w; zero where there is none
    size : int, up to 1024
    bound : float64 (size or more,), written: no time is shorter
    """
    for c in range(size):
        x = 1.0 - uniform_of(luck, item + c)
        bound[c] = x * (1.0 + x * (0.5 + x * (1.0 / 3.0 + 0.25 * x))) / weight[c]
    # Above zero, floats stand in the order of their bits, of which the last are spared for the number of the item.
    bits = bound.view(np.int64)
    nearest = np.int64(_LARGEST)
    for c in range(size):
        nearest = min(nearest, (bits[c] & ~_NUMBER) | c)
    best = nearest & _NUMBER
    u = uniform_of(luck, item + best)
    most, close = bound[best] + (1.0 - u) ** 5 / (5.0 * u * weight[best]), 0
    for c in range(size):
        close += np.int64(bound[c] <= most)
    if close > 1:
        least = np.inf
        for c in range(size):
            if bound[c] <= most:
                time = -math.log(uniform_of(luck, item + c)) / weight[c]
                if time < least:
                    best, least = c, time
    return best


@numba.njit(cache=True, nogil=True)
def pick(luck, begin, end, cell_of, number_of):
    """One of the vacancies ``begin`` to ``end`` of the list, each as likely: that with the largest word; int."""
    best, most = begin, np.uint64(0)
    for v in range(begin, end):
        drawn = mixed(luck, _VACANCIES + cell_of[v] * _MOST + number_of[v])
        if drawn >= most:
            best, most = v, drawn
    return best


@numba.njit(cache=True, nogil=True)
def weigh_places(willing, near, promising, deciding, there, weight, total_of, open_of):
    """What draws seekers of each kind to the vacancies of each place: willingness x nearness x chances x pay of each.

    Parameters
    ----------
    willing : float64 (depths, levels, job levels); near : float64 (regions, job regions)
    promising : float64 (groups, job levels, job regions), chances x pay
    deciding, there : int64 (groups, job levels, job regions), vacancies that come to a decision, and all open ones
    weight : float64 (depths, levels, regions, groups, job levels, job regions), written: of those deciding
    total_of, open_of : float64 (depths, levels, regions, groups, job levels), written: its sums up to a job level, and
        those over all that are open
    """
    depths, levels, jobs = willing.shape
    for d in range(depths):
        for e in range(levels):
            for h in range(near.shape[0]):
                for g in range(promising.shape[0]):
                    total, among = 0.0, 0.0
                    for lv in range(jobs):
                        here, anywhere = 0.0, 0.0
                        for r in range(near.shape[1]):
                            pull = willing[d, e, lv] * near[h, r] * promising[g, lv, r]
                            drawn = pull * deciding[g, lv, r]
                            weight[d, e, h, g, lv, r] = drawn
                            here += drawn
                            anywhere += pull * there[g, lv, r]
                        total += here
                        among += anywhere
                        total_of[d, e, h, g, lv] = total
                        open_of[d, e, h, g, lv] = among


@numba.njit(cache=True, nogil=True)
def share_deciding(total, there):
    """Bound of the share of vacancies that decide, of which ``total`` and ``there`` are weighted sums; float."""
    return total / there * _ROUNDING if there > 0.0 else 0.0


@numba.njit(cache=True, nogil=True)
def most_deciding(total_of, open_of, considered):
    """Highest share of vacancies that decide, over groups: nobody's who has no job level of before, a weighted mean of
    them, is above.

    Parameters
    ----------
    total_of, open_of : float64 (depths, levels, regions, groups, levels), see :func:`apply_for_jobs`
    considered : int64 (fields, levels, groups), highest job level for which employers consider a seeker, -1 for none

    Returns
    -------
    float64 (depths, levels, regions, fields)
    """
    fields, levels, groups = considered.shape
    found, share = np.zeros((total_of.shape[0], levels, total_of.shape[2], fields)), np.empty(levels)
    for d, e, h in np.ndindex(found.shape[:3]):
        for g in range(groups):
            total, there = total_of[d, e, h, g], open_of[d, e, h, g]
            for top in range(levels):
                share[top] = share_deciding(total[top], there[top])
            for f in range(fields):
                top = considered[f, e, g]
                if top >= 0:
                    found[d, e, h, f] = max(found[d, e, h, f], share[top])
    return found

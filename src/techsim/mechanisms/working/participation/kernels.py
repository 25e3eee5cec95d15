"""W1, supply, on arrays: participation, retirement, leaving work for school."""

from __future__ import annotations

import math

import numba
import numpy as np

from techsim.population.draws import BLOCK, SMALLEST, fill_uniforms
from techsim.population.randomness import Purpose, normal
from techsim.population.states import Labour, Stage

_VO, _OUT = int(Stage.VO), int(Stage.OUT)
_OUTSIDE, _UNEMPLOYED = int(Labour.OUTSIDE), int(Labour.UNEMPLOYED)
_EMPLOYED, _RETIRED = int(Labour.EMPLOYED), int(Labour.RETIRED)
_P_PARTICIPATION, _P_RETIREMENT = int(Purpose.PARTICIPATION), int(Purpose.RETIREMENT)
_WIDEST, _OLDEST = 5.0, 130


@numba.njit(cache=True, nogil=True)
def may_retire(age, retirement_age, spread):
    """Bound on u, by which ``sqrt(-2 log u) cos(2 pi v)`` can lie below (age - retirement_age) / spread at all; float.

    Within sigma z <= q only where q >= 0 or u <= exp(-q^2 / 2): spares nearly everybody the normal draw.
    """
    if age < retirement_age - _WIDEST * spread:
        return 0.0
    if age >= retirement_age or spread <= 0.0:
        return 1.0
    return math.exp(-0.5 * ((age - retirement_age) / spread) ** 2) * (1.0 + 1e-9)


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
def may_move(month, birth_month, sex, level, stage, labour, takes, bound, youngest, draws, early, at, limit, moves):
    """Who may change state: False only for those whom :func:`next_state` would leave where they are.

    Small loops without a branch over a block of people, which the vector unit does several people at a time.

    Parameters
    ----------
    month : int; birth_month : int16 (n,); sex, level, stage, labour : int8 (n,)
    takes : float64 (sexes, ages, levels), thresholds; bound : float64 (months of age,), see :func:`may_retire`
    youngest : int [months]; draws, early : float64 (at least n,), uniform, for taking part and retiring
    at : uint32, limit : float64, moves : bool, all (at least n,), written; the first two to work with
    """
    _, ages, levels = takes.shape
    chances, oldest, last = takes.ravel(), np.uint32(ages - 1), np.uint32(bound.size - 1)
    for i in range(labour.size):
        months = np.uint32(np.int32(month) - np.int32(birth_month[i]))
        age = min(months // np.uint32(12), oldest)
        at[i] = (np.uint32(sex[i]) * np.uint32(ages) + age) * np.uint32(levels) + np.uint32(level[i])
    for i in range(labour.size):
        limit[i] = chances[at[i]]
    for i in range(labour.size):
        state, s = np.int32(labour[i]), np.int32(stage[i])
        old = np.int32(month) - np.int32(birth_month[i]) >= youngest
        out, inside = (s < _VO) | (s >= _OUT), (state == _EMPLOYED) | (state == _UNEMPLOYED)
        crosses = out & (state != _RETIRED) & ((draws[i] < limit[i]) != inside)
        moves[i] = old & (crosses | ((not out) & (state != _OUTSIDE)))
    for i in range(labour.size):
        at[i] = min(np.uint32(np.int32(month) - np.int32(birth_month[i])), last)
    for i in range(labour.size):
        limit[i] = bound[at[i]]
    for i in range(labour.size):
        moves[i] |= (early[i] <= limit[i]) & (labour[i] != _RETIRED)


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
    bound, takes = np.empty(_OLDEST * 12), np.empty(rates.shape)
    for m in range(bound.size):
        bound[m] = may_retire(m / 12.0, retirement_age, spread)
    for s, a, e in np.ndindex((sexes, ages, levels)):
        takes[s, a, e] = threshold(rates[s, a, e], cyclical)
    draws, early, limit = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK)
    at, moves = np.empty(BLOCK, dtype=np.uint32), np.empty(BLOCK, dtype=np.bool_)
    youngest, oldest, last = np.int32(minimum * 12), np.int32(ages - 1), np.int32(bound.size - 1)
    for start in range(0, ids.size, BLOCK):
        block = slice(start, min(start + BLOCK, ids.size))
        births, states = birth_month[block], labour[block]
        eldest = np.int32(month) - np.int32(births.min())
        if eldest < youngest:
            continue
        fill_uniforms(seed, _P_PARTICIPATION, ids[block], 0, 0, draws)
        if bound[min(eldest, last)] >= SMALLEST:
            fill_uniforms(seed, _P_RETIREMENT, ids[block], 0, 0, early)
        else:
            early[:] = 1.0
        may_move(
            month, births, sex[block], level[block], stage[block], states, takes, bound, youngest, draws, early, at,
            limit, moves,
        )  # fmt: skip
        for k in range(states.size):
            if not moves[k]:
                continue
            i, state = start + k, states[k]
            months = np.int32(month) - np.int32(births[k])
            studies = _VO <= stage[i] < _OUT
            learns = studies and programme[i] >= 0 and bbl[programme[i]]
            retires, part = False, False
            if not studies and state != _RETIRED:
                if early[k] <= bound[min(months, last)]:
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

"""W1, supply, on arrays: participation, retirement, leaving work for school."""

from __future__ import annotations

import math

import numpy as np

from techsim.population.compiled import inlined, kernel
from techsim.population.draws import BLOCK, SMALLEST, fill_words, list_few
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


_LOWEST = lowest_normals(128)
"""By the first seven bits of either word of a draw."""
_BYTE, _MOST = 256.0, 255
_EIGHT, _TOP, _TO_FINE = np.uint16(8), np.uint32(24), np.uint32(25)


@kernel
def note_luck(seed, ids, rows, spread, part, retire):
    """Note what is kept of the draws for taking part and for retiring of the people in ``rows``.

    Parameters
    ----------
    seed : int; ids : uint64 (n,); rows : int64 (k,); spread : float [months]
    part : uint8 (at least n,), retire : int16 (at least n,); written, see ``participation.state.Luck``
    """
    people = np.empty(BLOCK, dtype=np.uint64)
    first, second = np.empty(BLOCK, dtype=np.uint32), np.empty(BLOCK, dtype=np.uint32)
    for start in range(0, rows.size, BLOCK):
        some = rows[start : start + BLOCK]
        for k in range(some.size):
            people[k] = ids[some[k]]
        fill_words(seed, _P_PARTICIPATION, people[: some.size], 0, first, second)
        for k in range(some.size):
            part[some[k]] = first[k] >> _TOP
        fill_words(seed, _P_RETIREMENT, people[: some.size], 0, first, second)
        for k in range(some.size):
            lowest = _LOWEST[first[k] >> _TO_FINE, second[k] >> _TO_FINE]
            retire[some[k]] = math.floor(spread * lowest)


@kernel
def threshold(rate, cyclical):
    """p + c x (1 - p), within [0, 1]: who draws below it takes part."""
    return min(1.0, max(0.0, rate + cyclical * (1.0 - rate)))


@kernel
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


@kernel
def luck_needed(chance):
    """For which bytes of luck it takes the draw to tell whether it is below ``chance``: from the first to the last,
    uint16, the first in its lower half. Below the first all draws are, beyond the last none."""
    first = min(math.floor(chance * _BYTE), _MOST)
    last = min(max(math.ceil(chance * _BYTE) - 1, 0), _MOST)
    return np.uint16(first) | np.uint16(np.uint16(last) << _EIGHT)


@inlined
def find_moving(month, birth_month, sex, level, stage, labour, part, retire, needed, born, retired, at, moves):
    """Who may come to take part or stop, retire, or leave work for school: False only for those whom
    :func:`next_state` would leave where they are.

    Small loops without a branch over a block of people, on narrow numbers, of which the vector unit does many at a
    time.

    Parameters
    ----------
    month : int; birth_month : int16 (n,); sex, level, stage, labour : int8 (n,)
    part : uint8 (n,), retire : int16 (n,), what is kept of their luck
    needed : uint16 (sexes, ages, levels), see :func:`luck_needed`
    born, retired : int16, latest months of birth of who is old enough, and of who retires at the mean age
    at : uint16, moves : bool, both (at least n,), written; the first to work with
    """
    _, ages, levels = needed.shape
    bounds, oldest = needed.ravel(), np.uint16(ages - 1)
    for i in range(labour.size):
        months = np.uint16(np.int32(month) - np.int32(birth_month[i]))
        age = min(np.uint16(np.uint32(months) // np.uint32(12)), oldest)
        at[i] = (np.uint16(sex[i]) * np.uint16(ages) + age) * np.uint16(levels) + np.uint16(level[i])
    for i in range(labour.size):
        at[i] = bounds[at[i]]
    for i in range(labour.size):
        state, s, lot = labour[i], stage[i], np.uint16(part[i])
        first, last = at[i] & np.uint16(_MOST), at[i] >> _EIGHT
        out, inside = (s < _VO) | (s >= _OUT), (state == _EMPLOYED) | (state == _UNEMPLOYED)
        changes = (inside & (lot >= first)) | (~inside & (lot <= last))
        changes |= np.int16(birth_month[i] + retire[i]) <= retired
        asked = (out & (state != _RETIRED) & changes) | (~out & (state != _OUTSIDE))
        moves[i] = asked & (birth_month[i] <= born)


@kernel
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
    luck_part,
    luck_retire,
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
    luck_part : uint8 (n,), luck_retire : int16 (n,) [months], see :func:`note_luck`
    reason_education, reason_left, reason_retired : int, rows of ``separated``
    labour : int8 (n,), written
    since : int16 (n,) [month index], written where the state changes
    staff : int64 (E, G, L, R), lowered by who leaves a job
    separated : int64 (reasons, E, G, L, R), added to
    """
    sexes, ages, levels = rates.shape
    takes, needed = np.empty(rates.shape), np.empty(rates.shape, dtype=np.uint16)
    for s, a, e in np.ndindex((sexes, ages, levels)):
        takes[s, a, e] = threshold(rates[s, a, e], cyclical)
        needed[s, a, e] = luck_needed(takes[s, a, e])
    at, rows, moves = np.empty(BLOCK, dtype=np.uint16), np.empty(BLOCK, dtype=np.int64), np.zeros(BLOCK, dtype=np.bool_)
    born, oldest = np.int16(month - minimum * 12), np.int32(ages - 1)
    earliest = np.int32(math.ceil((retirement_age - WIDEST * spread) * 12.0))
    retired = np.int16(month - math.floor(retirement_age * 12.0))
    for start in range(0, ids.size, BLOCK):
        block = slice(start, min(start + BLOCK, ids.size))
        births, states = birth_month[block], labour[block]
        find_moving(
            month,
            births,
            sex[block],
            level[block],
            stage[block],
            states,
            luck_part[block],
            luck_retire[block],
            needed,
            born,
            retired,
            at,
            moves,
        )
        for k in rows[: list_few(moves, states.size, rows)]:
            i, state = start + k, states[k]
            months = np.int32(month) - np.int32(births[k])
            studies = _VO <= stage[i] < _OUT
            learns = studies and programme[i] >= 0 and bbl[programme[i]]
            retires, part = False, False
            if not studies:
                if months >= earliest:
                    retires = months / 12.0 >= retirement_age + spread * normal(seed, _P_RETIREMENT, ids[i], 0, 0)
                limit = takes[np.uint8(sex[i]), min(months // 12, oldest), np.uint8(level[i])]
                part = retires or uniform(seed, _P_PARTICIPATION, ids[i], 0, 0) < limit
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

"""The reference month: the least that a month of such a model does, as a compiled kernel.

It stands in four forms, here and in ``peers.py``, that hold the same people and draw the same Philox numbers, so that
they must count the same. For person i with age a (months), state s, wage w, skill k, in month t:

    a <- a + 1                                           ageing
    s <- next(s) if u(seed, i, t) < p(s, a) else s       one transition draw; p doubles under 300 months of age
    employed:  k <- k + 0.01 (1 - k),  w <- w + 0.02 (0.5 + k - w)     learning by doing, wage towards skill
    otherwise: k <- 0.995 k                              fading
    N(s, k >= 1/2) <- number of people                   counting

States: 0 outside, 1 unemployed, 2 employed; next is 1, 2, 1. In double precision throughout, in one order of
operations, so that the forms agree bit for bit.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numba
import numpy as np
import numpy.typing as npt

from techsim.population.randomness import Purpose, uniform

STATES = 3
NEXT = (1, 2, 1)
LEAVE = (0.02, 0.15, 0.01)
"""Monthly chance to leave the state, from 300 months of age; twice that below."""
YOUNG = 300
LEARN, FADE, ADJUST = 0.01, 0.995, 0.02
PURPOSE = int(Purpose.SEARCH)
_NEXT, _LEAVE = np.array(NEXT, dtype=np.int8), np.array(LEAVE)


@dataclass
class Persons:
    """Arrays of length n: id uint64, age int16 [months], state int8, wage and skill float64 [index]."""

    id: npt.NDArray[np.uint64]
    age: npt.NDArray[np.int16]
    state: npt.NDArray[np.int8]
    wage: npt.NDArray[np.float64]
    skill: npt.NDArray[np.float64]


def persons(count: int) -> Persons:
    """``count`` persons, the same at every call."""
    n = np.arange(count)
    return Persons(
        id=(n * 2654435761 % 2**40).astype(np.uint64),
        age=(180 + n * 7919 % 600).astype(np.int16),
        state=(n * 31 % 10 > 3).astype(np.int8) + (n * 31 % 10 > 4).astype(np.int8),
        wage=0.5 + (n * 104729 % 1000) / 1000,
        skill=(n * 1299709 % 1000) / 1000,
    )


@numba.njit(cache=True, nogil=True)
def month_block(seed, month, first, end, ids, age, state, wage, skill, leave, following):
    """The month of persons ``first`` .. ``end``; writes their arrays, returns counts int64 (state, skilled)."""
    count = np.zeros((STATES, 2), dtype=np.int64)
    for i in range(first, end):
        age[i] += 1
        s = state[i]
        p = leave[s]
        if age[i] < YOUNG:
            p = 2.0 * p
        if uniform(seed, PURPOSE, ids[i], month, 0) < p:
            s = following[s]
            state[i] = s
        if s == 2:
            skill[i] += LEARN * (1.0 - skill[i])
            wage[i] += ADJUST * (0.5 + skill[i] - wage[i])
        else:
            skill[i] *= FADE
        count[s, 1 if skill[i] >= 0.5 else 0] += 1
    return count


def compiled_month(
    people: Persons, seed: int, month: int, pool: ThreadPoolExecutor | None = None, threads: int = 1
) -> npt.NDArray[np.int64]:
    """The month by the kernel, in ``threads`` blocks; counts int64 (state, skilled), equal for any number of them."""
    edges = [len(people.id) * k // threads for k in range(threads + 1)]

    def block(k: int) -> npt.NDArray[np.int64]:
        counts: npt.NDArray[np.int64] = month_block(
            seed=seed,
            month=month,
            first=edges[k],
            end=edges[k + 1],
            ids=people.id,
            age=people.age,
            state=people.state,
            wage=people.wage,
            skill=people.skill,
            leave=_LEAVE,
            following=_NEXT,
        )
        return counts

    if pool is None or threads == 1:
        return np.sum([block(k) for k in range(threads)], axis=0)
    return np.sum(list(pool.map(block, range(threads))), axis=0)

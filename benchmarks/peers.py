"""The reference month as others would write it: one mesa object per person, and numpy on whole arrays.

Each form comes with two sources of luck: techsim's Philox numbers, for which all forms must count the same
(``tests/test_benchmarks.py``), and what its own users would take (``Agent.random``, ``numpy.random.Generator``). The
comparison leans towards the peers: mesa is handed its Philox numbers ready-made by compiled code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import mesa
import numba
import numpy as np
import numpy.typing as npt

from benchmarks.reference_month import ADJUST, FADE, LEARN, LEAVE, NEXT, PURPOSE, STATES, YOUNG, Persons
from techsim.population.randomness import uniform

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@numba.njit(cache=True)
def _fill(seed, month, ids, out):
    for i in range(ids.size):
        out[i] = uniform(seed, PURPOSE, ids[i], month, 0)


def compiled_draws(seed: int, month: int, ids: npt.NDArray[np.uint64]) -> Floats:
    """Philox numbers of these people, float64 (n,), by techsim's own compiled generator."""
    out = np.empty(len(ids))
    _fill(seed, month, ids, out)
    return out


# --- one mesa object per person -------------------------------------------------------------------------------------


class Person(mesa.Agent):
    """A person as an object; ``step`` is the month, line by line as in the equation."""

    model: PersonModel

    def __init__(self, model: PersonModel, age: int, state: int, wage: float, skill: float) -> None:
        super().__init__(model)
        self.age, self.state, self.wage, self.skill = age, state, wage, skill

    def step(self) -> None:
        """Age, move, learn, be counted."""
        self.age += 1
        chance = LEAVE[self.state]
        if self.age < YOUNG:
            chance = 2.0 * chance
        if self.model.draw() < chance:
            self.state = NEXT[self.state]
        if self.state == 2:
            self.skill += LEARN * (1.0 - self.skill)
            self.wage += ADJUST * (0.5 + self.skill - self.wage)
        else:
            self.skill *= FADE
        self.model.counts[self.state][1 if self.skill >= 0.5 else 0] += 1


class PersonModel(mesa.Model):
    """A mesa model that holds every person as an agent.

    Parameters
    ----------
    people : Persons
        Where each agent starts.
    philox : bool
        Whether agents draw techsim's numbers rather than mesa's own.
    """

    def __init__(self, people: Persons, seed: int, philox: bool) -> None:
        super().__init__(seed=seed)
        self.key, self.philox, self.ids = seed, philox, people.id
        self.counts = [[0, 0] for _ in range(STATES)]
        self.draw: Callable[[], float] = self.random.random
        for age, state, wage, skill in zip(
            people.age.tolist(), people.state.tolist(), people.wage.tolist(), people.skill.tolist(), strict=True
        ):
            Person(self, age, state, wage, skill)

    def month(self, month: int) -> Counts:
        """One month of everybody; counts int64 (state, skilled)."""
        self.counts = [[0, 0] for _ in range(STATES)]
        if self.philox:
            numbers: Iterator[float] = iter(compiled_draws(self.key, month, self.ids).tolist())
            self.draw = numbers.__next__
        self.agents.do("step")
        return np.array(self.counts, dtype=np.int64)


# --- numpy on whole arrays ------------------------------------------------------------------------------------------

_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = 0x9E3779B9, 0xBB67AE85
_LOW, _32 = np.uint64(0xFFFFFFFF), np.uint64(32)


def numpy_draws(seed: int, month: int, ids: npt.NDArray[np.uint64]) -> Floats:
    """The same Philox4x32-10 numbers, float64 (n,), by numpy on whole arrays."""
    c0, c1 = ids & _LOW, ids >> _32
    c2, c3 = np.full_like(ids, month), np.zeros_like(ids)
    k0, k1 = seed, PURPOSE
    for _ in range(10):
        p0, p1 = _M0 * c0, _M1 * c2
        c0, c1, c2, c3 = (p1 >> _32) ^ c1 ^ np.uint64(k0), p1 & _LOW, (p0 >> _32) ^ c3 ^ np.uint64(k1), p0 & _LOW
        k0, k1 = (k0 + _W0) & 0xFFFFFFFF, (k1 + _W1) & 0xFFFFFFFF
    return (c0.astype(np.float64) + 0.5) * (1.0 / 4294967296.0)


def numpy_month(people: Persons, draws: Floats) -> Counts:
    """The month on whole arrays, given one uniform number per person, float64 (n,); counts int64 (state, skilled)."""
    people.age += 1
    chance = np.array(LEAVE)[people.state]
    chance[people.age < YOUNG] *= 2.0
    moves = draws < chance
    people.state[moves] = np.array(NEXT, dtype=np.int8)[people.state[moves]]
    employed = people.state == 2
    people.skill[~employed] *= FADE
    people.skill[employed] += LEARN * (1.0 - people.skill[employed])
    people.wage[employed] += ADJUST * (0.5 + people.skill[employed] - people.wage[employed])
    cell = people.state * 2 + (people.skill >= 0.5)
    return np.bincount(cell, minlength=2 * STATES).reshape(STATES, 2)

"""Random people of whom many work in education, for the tests of teachers and hybrid teachers."""

from __future__ import annotations

import numpy as np

from mechanisms.school_world import crowd
from reference import teaching as plain
from techsim.data.inputs import Tables
from techsim.population.clock import month_index
from techsim.population.people import People
from techsim.population.randomness import uniform
from techsim.population.states import Labour, Stage

MONTH, SEEDS = month_index(2010, 3), [1, 2, 3]
SHAPE = (5, 2, 5)


def workers(tables: Tables, seed: int, count: int = 1500) -> People:
    """A crowd of whom many work in education."""
    people = crowd(tables, count, seed, MONTH)
    rng = np.random.default_rng(seed)
    busy = rng.random(count) < 0.6
    people.stage[busy], people.labour[busy] = Stage.OUT, Labour.EMPLOYED
    people.occupation[busy] = np.where(rng.random(busy.sum()) < 0.5, 5, rng.integers(0, 8, busy.sum()))
    people.level[:] = rng.integers(0, 6, count)
    return people


def drawn(seed: int) -> plain.Uniform:
    return lambda purpose, pid, month, k: float(uniform(seed, purpose, np.uint64(pid), month, k))

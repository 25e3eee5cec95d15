"""The peers of the benchmark compute what techsim's kernel computes: otherwise their speed would mean nothing."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import peers
from benchmarks.reference_month import Persons, compiled_month, persons

SEED, FIRST, MONTHS, COUNT = 42, 1296, 6, 3001
Result = tuple[list[list[list[int]]], Persons]


def by_kernel(threads: int) -> Result:
    people = persons(COUNT)
    with ThreadPoolExecutor(2) as pool:
        counts = [compiled_month(people, SEED, FIRST + t, pool, threads).tolist() for t in range(MONTHS)]
    return counts, people


@pytest.fixture(scope="module")
def expected() -> Result:
    return by_kernel(threads=1)


def test_something_happens(expected: Result) -> None:
    counts, people = expected
    assert all(sum(map(sum, count)) == COUNT for count in counts)
    assert len({str(count) for count in counts}) == MONTHS
    assert (people.state != persons(COUNT).state).mean() > 0.05


@pytest.mark.parametrize("threads", [2, 3])
def test_threads_change_nothing(expected: Result, threads: int) -> None:
    counts, people = by_kernel(threads)
    assert counts == expected[0]
    assert people.wage.tobytes() == expected[1].wage.tobytes()


def test_numpy_agrees_exactly(expected: Result) -> None:
    people = persons(COUNT)
    counts = [peers.numpy_month(people, peers.numpy_draws(SEED, FIRST + t, people.id)).tolist() for t in range(MONTHS)]
    assert counts == expected[0]
    assert np.array_equal(people.state, expected[1].state)
    assert np.array_equal(people.skill >= 0.5, expected[1].skill >= 0.5)
    np.testing.assert_allclose(people.wage, expected[1].wage, rtol=1e-12)


def test_mesa_agrees_exactly(expected: Result) -> None:
    model = peers.PersonModel(persons(COUNT), SEED, philox=True)
    assert [model.month(FIRST + t).tolist() for t in range(MONTHS)] == expected[0]
    wages = np.array([agent.wage for agent in model.agents])
    np.testing.assert_allclose(wages, expected[1].wage, rtol=1e-12)


def test_numpy_philox_is_the_kernels_philox() -> None:
    ids = persons(COUNT).id
    assert np.array_equal(peers.numpy_draws(7, 1300, ids), peers.compiled_draws(7, 1300, ids))


def test_own_luck_of_the_peers_gives_similar_counts(expected: Result) -> None:
    """A peer that does other work in its own-luck form would show here (4 standard deviations)."""
    model, people = peers.PersonModel(persons(COUNT), SEED, philox=False), persons(COUNT)
    generator = np.random.default_rng(SEED)
    for t in range(MONTHS):
        by_mesa = model.month(FIRST + t)
        by_numpy = peers.numpy_month(people, generator.random(COUNT))
    final = np.array(expected[0][-1])
    for counts in (by_mesa, by_numpy):
        assert np.all(np.abs(counts - final) < 4 * np.sqrt(final + 10))

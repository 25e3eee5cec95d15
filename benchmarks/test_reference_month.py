"""The reference month in its forms, measured in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks import peers
from benchmarks.reference_month import compiled_month, persons

SEED, FIRST = 1, 1296
MANY, FEW = 1_000_000, 100_000
"""Persons of the array forms and of the object form; throughput of all of them is flat between these numbers."""


@pytest.fixture(scope="module")
def pool() -> Iterator[ThreadPoolExecutor]:
    """Two threads that are there before the clock runs."""
    with ThreadPoolExecutor(2) as threads:
        yield threads


def measure(benchmark: BenchmarkFixture, label: str, people: int, month: Callable[[int], object], rounds: int) -> None:
    """Time ``month(t)`` for successive months t, after one that is not counted."""
    months = count(FIRST)
    benchmark.group = "reference month"
    benchmark.extra_info.update(label=label, person_months=people)
    benchmark.pedantic(lambda: month(next(months)), rounds=rounds, warmup_rounds=1)


def test_mesa_own_luck(benchmark: BenchmarkFixture) -> None:
    model = peers.PersonModel(persons(FEW), SEED, philox=False)
    measure(benchmark, "mesa, an object per person, its own random numbers", FEW, model.month, 5)


def test_mesa_philox(benchmark: BenchmarkFixture) -> None:
    model = peers.PersonModel(persons(FEW), SEED, philox=True)
    measure(benchmark, "mesa, an object per person, Philox handed ready-made", FEW, model.month, 5)


def test_numpy_philox(benchmark: BenchmarkFixture) -> None:
    people = persons(MANY)
    measure(
        benchmark,
        "numpy, whole arrays, the same Philox numbers",
        MANY,
        lambda t: peers.numpy_month(people, peers.numpy_draws(SEED, t, people.id)),
        8,
    )


def test_numpy_own_luck(benchmark: BenchmarkFixture) -> None:
    people, generator = persons(MANY), np.random.default_rng(SEED)
    measure(
        benchmark,
        "numpy, whole arrays, its own generator",
        MANY,
        lambda t: peers.numpy_month(people, generator.random(MANY)),
        8,
    )


@pytest.mark.parametrize("threads", [1, 2])
def test_kernel(benchmark: BenchmarkFixture, pool: ThreadPoolExecutor, threads: int) -> None:
    people = persons(MANY)
    plural = "s" if threads > 1 else ""
    measure(
        benchmark,
        f"techsim, compiled kernel, {threads} thread{plural}",
        MANY,
        lambda t: compiled_month(people, SEED, t, pool, threads),
        20,
    )

"""Search and matching at three scales: how its time grows with people, and which share of a run it takes."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from techsim.experiment.simulate import tables
from techsim.mechanisms.working.matching import process as matching
from techsim.mechanisms.world import World
from techsim.model.simulation import TechsimModel

MONTHS = 18
ENTRY = "search and matching"


def copied(world: World) -> World:
    """The world with all that matching may change copied, tables shared."""
    shared: dict[int, Any] = {id(world.tables): world.tables}
    return copy.deepcopy(world, shared)


@pytest.mark.parametrize("scale", [1000, 100, 10])
def test_matching(benchmark: BenchmarkFixture, scale: int) -> None:
    warm = TechsimModel("scenarios/historical.yaml", scale=5000, tables=tables())
    for _ in range(MONTHS):  # compiles and loads what only some months ask for
        warm.step()
    model = TechsimModel("scenarios/historical.yaml", scale=scale, tables=tables())
    for _ in range(MONTHS):
        model.step()
    share = model.timings[ENTRY] / sum(model.timings.values())
    world = model.world
    world.month += 1
    world.institutions = None  # type: ignore[assignment]  # matching asks no agent, and agents would copy the model
    benchmark.group = "search and matching, a month of 2009"
    label = f"1:{scale}, {world.people.size:,} people; {share:.0%} of {MONTHS} months of the run"
    benchmark.extra_info.update(label=label, person_months=world.people.size)
    benchmark.pedantic(matching.process, setup=lambda: ((copied(world),), {}), rounds=5, warmup_rounds=1)

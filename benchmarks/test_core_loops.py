"""Each entry of the month's schedule, in the third year of a run at 1:100, on copies of the world that it met."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import techsim
from techsim.experiment.simulate import tables
from techsim.mechanisms.world import World
from techsim.model import schedule, simulation
from techsim.model.catalogue import catalogue

END, THIRD_YEAR = "2010-12", 24
ENTRIES = [entry.name for entry in schedule.MONTH]


def copied(world: World) -> World:
    """The world with all that a process may change copied, tables shared."""
    shared: dict[int, Any] = {id(world.tables): world.tables}
    return copy.deepcopy(world, shared)


@pytest.fixture(scope="module")
def met() -> dict[str, World]:
    """For each entry, the world just before its first turn in the third year."""
    worlds: dict[str, World] = {}

    def watched(entry: schedule.Entry) -> schedule.Entry:
        def process(world: World) -> None:
            if world.month - world.first >= THIRD_YEAR and entry.name not in worlds:
                worlds[entry.name] = copied(world)
            entry.process(world)

        return replace(entry, process=process)

    study = techsim.load("scenarios/baseline.yaml")
    scenario = study.scenario
    scenario = replace(scenario, period=scenario.period.model_copy(update={"end": END}))
    with pytest.MonkeyPatch.context() as patch:
        month = tuple(watched(entry) for entry in schedule.MONTH)
        patch.setattr(schedule, "MONTH", month)
        patch.setattr(simulation, "MONTH", month, raising=False)
        parameters = {name: p.default for name, p in catalogue().parameters.items()}
        run = simulation.Simulation(scenario=scenario, draw=0, seed=1, parameters=parameters, tables=tables())
        run.run(progress=lambda done, total: None, stop=lambda: False)
    return worlds


@pytest.mark.parametrize("name", ENTRIES)
def test_loop(benchmark: BenchmarkFixture, met: dict[str, World], name: str) -> None:
    entry = next(entry for entry in schedule.MONTH if entry.name == name)
    world = met[name]
    benchmark.group = "core loops, in the month in which they work, 1:100"
    times = "monthly" if len(entry.months) == 12 else f"{len(entry.months)} a year"
    benchmark.extra_info.update(label=f"{name} ({entry.mechanism}, {times})", person_months=world.people.size)
    benchmark.pedantic(entry.process, setup=lambda: ((copied(world),), {}), rounds=7, warmup_rounds=1)

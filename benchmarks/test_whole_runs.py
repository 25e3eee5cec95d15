"""Whole runs of the baseline's first eleven years, one draw, at several scales; kernels compiled before the clock."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import techsim
from techsim.experiment.simulate import tables
from techsim.model.catalogue import catalogue
from techsim.model.simulation import Simulation
from techsim.scenario import Scenario

END, MONTHS = "2018-12", 132
RESIDENTS = 16_640_000
"""About the mean number of residents 2008-2018, for the count of person-months."""


def run(scenario: Scenario, threads: int = 1) -> None:
    """One draw at the defaults."""
    parameters = {name: parameter.default for name, parameter in catalogue().parameters.items()}
    simulation = Simulation(scenario=scenario, draw=0, seed=1, parameters=parameters, tables=tables(), threads=threads)
    simulation.run(progress=lambda done, total: None, stop=lambda: False)


@pytest.mark.parametrize("scale", [1000, 300, 100, 30])
def test_whole_run(benchmark: BenchmarkFixture, scale: int) -> None:
    scenario = techsim.load("scenarios/baseline.yaml").with_options(scale=scale).scenario
    scenario = replace(scenario, period=scenario.period.model_copy(update={"end": END}))
    benchmark.group = "whole runs, 2008 to 2018, one draw"
    label = f"1:{scale}, {RESIDENTS // scale:,} people, {MONTHS} months"
    benchmark.extra_info.update(label=label, person_months=RESIDENTS // scale * MONTHS)
    benchmark.pedantic(run, args=(scenario,), rounds=3 if scale >= 100 else 1, warmup_rounds=1 if scale >= 1000 else 0)


@pytest.mark.parametrize("threads", [1, 2])
def test_threads_within_a_draw(benchmark: BenchmarkFixture, threads: int) -> None:
    scenario = techsim.load("scenarios/baseline.yaml").with_options(scale=100).scenario
    scenario = replace(scenario, period=scenario.period.model_copy(update={"end": END}))
    benchmark.group = "threads within a draw, 2008 to 2018, 1:100"
    benchmark.extra_info.update(label=f"{threads} threads", person_months=RESIDENTS // 100 * MONTHS)
    benchmark.pedantic(run, args=(scenario, threads), rounds=3, warmup_rounds=0)

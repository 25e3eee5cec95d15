"""Nothing is declared in vain: a coarse baseline asks for every parameter and hook, and writes every indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

import techsim
from techsim.experiment.draws import quantile
from techsim.experiment.simulate import tables
from techsim.model.catalogue import catalogue
from techsim.model.simulation import Simulation
from techsim.results.recorder import Recorder

BASELINE = Path(__file__).resolve().parent.parent / "scenarios" / "baseline.yaml"
SCALE, END = 2000, "2015-12"
RARE = {"technologieroute_entrants", "bridging_places"}
"""Indicators that the baseline may leave at nothing at this scale, or without a lever."""


class Watched(Mapping[str, float]):
    """Parameters that remember which were asked for, one by one."""

    def __init__(self, values: Mapping[str, float]) -> None:
        self.values_, self.asked = dict(values), set[str]()

    def __getitem__(self, name: str) -> float:
        self.asked.add(name)
        return self.values_[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_)

    def __len__(self) -> int:
        return len(self.values_)


@pytest.fixture(scope="module")
def finished() -> tuple[Recorder, Watched]:
    """A baseline of eight years at a coarse scale, and what it asked for."""
    scenario = techsim.load(BASELINE).with_options(scale=SCALE).scenario
    scenario = replace(scenario, period=scenario.period.model_copy(update={"end": END}))
    parameters = Watched({name: parameter.default for name, parameter in catalogue().parameters.items()})
    simulation = Simulation(scenario=scenario, draw=0, seed=1, parameters=parameters, tables=tables())
    return simulation.run(progress=lambda done, total: None, stop=lambda: False), parameters


def test_every_parameter_is_asked_for(finished: tuple[Recorder, Watched]) -> None:
    assert sorted(set(catalogue().parameters) - finished[1].asked) == []


def test_every_default_lies_where_its_prior_has_weight() -> None:
    """Within the bounds of a uniform prior, within three deviations of another."""
    outside = []
    for name, parameter in catalogue().parameters.items():
        prior = parameter.prior
        bounds = (parameter.low, parameter.high)
        low, high = (quantile(prior, q, *bounds) for q in (0.0013, 0.9987))
        if prior.family == "uniform":
            low, high = prior.a, prior.b
        if not low <= parameter.default <= high:
            outside.append(name)
    assert outside == []


def test_every_indicator_is_written(finished: tuple[Recorder, Watched]) -> None:
    recorder, _ = finished
    names = {indicator.name for indicator in catalogue().indicators if indicator.kind != "money"}
    empty = {name for name in names if not recorder.arrays[name].any()}
    assert empty <= RARE


def test_the_ledger_of_all_levers_stands_with_the_goals_of_policy() -> None:
    """It is the record of every lever, and no outcome of the first mechanism that a lever touches."""
    (spending,) = (indicator for indicator in catalogue().indicators if indicator.name == "spending")
    assert (spending.mechanism, spending.groups) == ("K5", ("lever", "item"))

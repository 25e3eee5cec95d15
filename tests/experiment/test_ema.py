"""The connector to the EMA workbench: the function itself, and the workbench's model."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from techsim.experiment import ema
from techsim.experiment.study import Study
from techsim.model.catalogue import catalogue
from techsim.scenario import load_text

TEXT = "name: base\nperiod: {start: 2008-01, end: 2008-12}\n"
OPTIONS: dict[str, Any] = {"start": "2008-09", "scale": 4000, "draws": 1}


@pytest.fixture(scope="module")
def sequential() -> Callable[..., Any]:
    """The workbench's evaluator. Loading the workbench takes seconds: not wherever tests are but collected."""
    import ema_workbench

    return ema_workbench.SequentialEvaluator


def study() -> Study:
    return Study(load_text(TEXT, catalogue()), catalogue())


def test_volumes_cost_and_nothing_brings_nothing() -> None:
    made = ema.connect(study(), ["technologieroute."], ["technologieroute"], **OPTIONS)
    run = pickle.loads(pickle.dumps(made))
    names = [name for name in catalogue().parameters if name.startswith("technologieroute.")]
    assert sorted(run.uncertainties) == sorted(name.replace(".", "__") for name in names)
    assert run.levers == {"technologieroute": (0.0, 1.0)}
    name, (low, high) = next(iter(run.uncertainties.items()))
    assert low < high
    assert run(**{name: high}) == {"technicians": 0.0, "technical_graduates": 0.0, "cost": 0.0}
    assert run(technologieroute=1.0)["cost"] > run(technologieroute=0.5)["cost"] > 0.0
    with pytest.raises(TypeError, match="nonsense"):
        run(nonsense=1.0)


def test_a_lever_that_takes_away_goes_down_from_what_the_scenario_has_and_left_alone_changes_nothing() -> None:
    text = f"{TEXT}levers:\n  - international_places: {{start: 2008-09, volume: -0.4}}\n"
    fewer = Study(load_text(text, catalogue()), catalogue())
    run = ema.connect(fewer, ["technologieroute."], ["international_places"], **OPTIONS)
    assert run.levers == {"international_places": (-1.0, -0.4)}
    assert run() == {"technicians": 0.0, "technical_graduates": 0.0, "cost": 0.0}


def test_without_the_workbench_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ema.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match=r"techsim\[ema\]"):
        ema.model(study())


def test_the_workbench_runs_it(sequential: Callable[..., Any]) -> None:
    made = ema.model(study(), ["technologieroute."], ["technologieroute"], **OPTIONS)
    with sequential(made) as evaluator:
        experiments, outcomes = evaluator.perform_experiments(scenarios=2, policies=2)
    assert len(experiments) == 4
    cost = outcomes["cost"]
    assert (cost > 0).all()
    by_policy = dict(zip(experiments["technologieroute"], cost, strict=True))
    assert sorted(by_policy, key=lambda v: by_policy[v]) == sorted(by_policy)  # more volume, more money


def test_prim_finds_where_a_policy_is_dear(sequential: Callable[..., Any]) -> None:
    """Scenario discovery from end to end: the box in which the cost is high is a range of the volume, found by PRIM."""
    made = ema.model(study(), ["technologieroute."], ["technologieroute"], **OPTIONS)
    with sequential(made) as evaluator:
        experiments, outcomes = evaluator.perform_experiments(scenarios=2, policies=14)
    inputs = experiments[[name for name in experiments if name.startswith("technologieroute")]]
    dear = outcomes["cost"] > np.quantile(outcomes["cost"], 0.6)
    from ema_workbench.analysis import prim

    box = prim.Prim(inputs, dear, threshold=0.8).find_box()
    assert box.coverage > 0.7
    assert box.density > 0.8
    limits = box.box_lims[-1]
    low, high = float(limits["technologieroute"].iloc[0]), float(limits["technologieroute"].iloc[1])
    assert 0.4 < low < 0.8
    assert high > 0.9

"""Short runs of the whole model for the tests, each made once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from techsim.experiment.simulate import tables
from techsim.experiment.study import Study
from techsim.experiment.twins import twins
from techsim.model.catalogue import catalogue
from techsim.model.simulation import TechsimModel
from techsim.results.recorder import Recorder
from techsim.scenario import Scenario, load_text

if TYPE_CHECKING:
    import xarray as xr


def scenario(
    end: str = "2012-12",
    scale: int = 1000,
    parameters: dict[str, float] | None = None,
    levers: tuple[dict[str, Any], ...] = (),
    gaps: dict[str, float] | None = None,
    seed: int = 1,
    path: str = "historical",
    process: str | None = None,
) -> Scenario:
    """A scenario of the model, as if read from a file; ``process`` is the month from which the cycle is stochastic."""
    import yaml

    content: dict[str, Any] = {
        "name": "test",
        "period": {"start": "2008-01", "end": end},
        "population": {"scale": scale},
        "draws": {"seed": seed},
        "cycle": {"path": path, "table": gaps or {}} | ({"process": {"start": process}} if process else {}),
        "parameters": parameters or {},
        "levers": list(levers),
    }
    return load_text(yaml.safe_dump(content), catalogue(), "test.yaml")


def finished(what: Scenario) -> TechsimModel:
    """The model after its last month."""
    model = TechsimModel(what, tables=tables())
    while model.running:
        model.step()
    return model


def paired(base: Scenario, other: Scenario) -> tuple[xr.Dataset, xr.Dataset]:
    """The results of two scenarios on the same people and luck."""
    return twins(Study(base, catalogue()), Study(other, catalogue()))


@dataclass(frozen=True)
class Case:
    """A scenario that differs from the test scenario in a few things; hashable, so that equal cases run once."""

    parameters: tuple[tuple[str, float], ...] = ()
    lever: str = ""
    fields: tuple[tuple[str, Any], ...] = ()
    gaps: tuple[tuple[str, float], ...] = ()
    end: str = "2012-12"
    scale: int = 500
    path: str = "historical"


@lru_cache(maxsize=64)
def record(case: Case) -> Recorder:
    """The record of a case."""
    levers = ({case.lever: dict(case.fields)},) if case.lever else ()
    return finished(
        scenario(case.end, case.scale, dict(case.parameters), levers, dict(case.gaps), path=case.path)
    ).world.recorder

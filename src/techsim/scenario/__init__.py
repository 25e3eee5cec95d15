"""What the user writes: ``load`` a scenario file, or learn from ``ScenarioError`` what is wrong with it.

Names are resolved when used, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from techsim.scenario.catalogue import Catalogue
    from techsim.scenario.export import json_schema
    from techsim.scenario.loading import load, load_text, with_options
    from techsim.scenario.models import LeverSetting, Scenario
    from techsim.scenario.problems import Problem, ScenarioError

__all__ = [
    "Catalogue",
    "LeverSetting",
    "Problem",
    "Scenario",
    "ScenarioError",
    "json_schema",
    "load",
    "load_text",
    "with_options",
]

_HOMES = {
    "Catalogue": "catalogue",
    "LeverSetting": "models",
    "Problem": "problems",
    "Scenario": "models",
    "ScenarioError": "problems",
    "json_schema": "export",
    "load": "loading",
    "load_text": "loading",
    "with_options": "loading",
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

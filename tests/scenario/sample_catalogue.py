"""A small catalogue, so that tests of scenarios do not move with the model's parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from techsim import levers
from techsim.declarations import Indicator, Parameter, Prior, by_name
from techsim.levers.hooks import HOOKS
from techsim.scenario import Catalogue

Write = Callable[[Mapping[str, str | bytes]], Path]
"""Writes files by name into an empty folder, which it returns."""
PARAMETERS = (
    Parameter(
        "choice.peer_weight", "utility per unit share", 0.9, 0.0, 3.5, Prior("uniform", 0.0, 2.0),
        "assumption: below 4", "weight of same-sex peers", "K2",
    ),
    Parameter(
        "choice.affinity_weight", "utility", 1.2, 0.0, 5.0, Prior("uniform", 0.5, 2.0),
        "assumption: weighs most", "weight of technical affinity", "K2",
    ),
    Parameter(
        "search.rounds", "rounds a month", 2.0, 1.0, float("inf"), Prior("lognormal", 2.0, 0.3),
        "figures search", "rounds of search", "W2",
    ),
)  # fmt: skip
CATALOGUE = Catalogue(
    parameters=by_name(PARAMETERS),
    levers=levers.catalogue(),
    cycle_paths={"baseline": "the gap closes by 2030", "recession_2026": "a gap of -4 % from 2026", "boom": "up"},
    regions=("North", "East", "North-West", "South-West", "South-East"),
    indicators=(
        Indicator("entrants", "entrants in education", "persons", "L1", "school_year", ("level", "sex"), "flow"),
    ),
    hooks=HOOKS,
    cycle_ends={"boom": (2046 - 1900) * 12 - 1},
    mechanisms={"K2": "K2: profile choice.\n\nClaim: pupils choose by affinity.", "L1": "L1: columns."},
)

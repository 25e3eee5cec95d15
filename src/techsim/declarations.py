"""What a mechanism declares: parameters with their priors, and indicators.

The one place from which schema, docs, calibration and ``techsim explain`` read. Types only: this
module stands below every layer, imports nothing heavy, and knows no mechanism.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

ASSUMPTION = "assumption"
"""The source of a value that no figure gives; such a parameter carries a wide prior."""


@dataclass(frozen=True)
class Prior:
    """A prior distribution, truncated to the parameter's bounds.

    ``family`` fixes what ``a`` and ``b`` mean: uniform (low, high), normal (mean, standard
    deviation) or lognormal (median, standard deviation of the logarithm).
    """

    family: Literal["uniform", "normal", "lognormal"]
    a: float
    b: float

    def __str__(self) -> str:
        return f"{self.family}({self.a:g}, {self.b:g})"


@dataclass(frozen=True)
class Parameter:
    """One number of the model. ``name`` is dotted, ``group.parameter``, as scenarios write it.

    Raises
    ------
    ValueError
        If the default lies outside the bounds or the name is not dotted.
    """

    name: str
    unit: str
    default: float
    low: float
    high: float
    prior: Prior
    source: str
    meaning: str
    mechanism: str

    def __post_init__(self) -> None:
        if "." not in self.name:
            raise ValueError(f"parameter name {self.name!r} must read group.parameter")
        if not (math.isfinite(self.default) and self.low <= self.default <= self.high):
            raise ValueError(f"{self.name}: default {self.default} outside [{self.low}, {self.high}]")

    @property
    def is_assumption(self) -> bool:
        """Whether no source gives this value."""
        return self.source.startswith(ASSUMPTION)


def parameters_of(group: str, mechanism: str) -> Callable[..., Parameter]:
    """What makes the parameters of a group: from name within it, unit, default, bounds, prior, source and meaning."""

    def parameter(
        name: str, unit: str, default: float, low: float, high: float, prior: Prior, source: str, meaning: str
    ) -> Parameter:
        return Parameter(f"{group}.{name}", unit, default, low, high, prior, source, meaning, mechanism)

    return parameter


@dataclass(frozen=True)
class Indicator:
    """One result variable of ``results.nc``.

    ``period`` says along which axis it is kept: ``month``, calendar ``year``, ``school_year`` (by
    the year in which it starts) or ``cohort`` (the school year in which people entered vo).
    ``groups`` are the group dimensions in order. ``kind`` stock or flow are counts, kept in
    simulated persons and written in persons; ``money`` is in euro; ``share`` is a ratio.
    """

    name: str
    long_name: str
    unit: str
    mechanism: str
    period: Literal["month", "year", "school_year", "cohort"]
    groups: tuple[str, ...]
    kind: Literal["stock", "flow", "share", "money"]


def by_name(parameters: Iterable[Parameter]) -> Mapping[str, Parameter]:
    """The parameters by name, in name order; a doubled name is an error (ValueError)."""
    found: dict[str, Parameter] = {}
    for parameter in parameters:
        if parameter.name in found:
            raise ValueError(f"parameter {parameter.name} is declared twice")
        found[parameter.name] = parameter
    return MappingProxyType(dict(sorted(found.items())))

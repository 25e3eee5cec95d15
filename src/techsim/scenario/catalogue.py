"""What a scenario may name: parameters, levers, cycle paths, regions. Collected once in ``techsim.model.catalogue``.

Mechanisms and levers lie above this layer, so the loader is handed this small catalogue instead of importing them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pydantic import BaseModel

    from techsim.declarations import Indicator, Parameter


class DeclaredHook(Protocol):
    """A quantity that levers may change (``techsim.levers.hooks.Hook``)."""

    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def shape(self) -> str: ...
    @property
    def law(self) -> str: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def reads(self) -> tuple[str, ...]: ...
    @property
    def meaning(self) -> str: ...


class DeclaredLever(Protocol):
    """A policy lever (``techsim.levers.base.LeverType``): name, what it does, the fields that a scenario sets."""

    @property
    def name(self) -> str: ...
    @property
    def doc(self) -> str: ...
    @property
    def mechanisms(self) -> tuple[str, ...]: ...
    @property
    def hooks(self) -> tuple[str, ...]: ...
    @property
    def side_effects(self) -> tuple[str, ...]: ...
    @property
    def items(self) -> tuple[str, ...]: ...
    @property
    def alone(self) -> str: ...
    @property
    def fields(self) -> type[BaseModel]: ...


@dataclass(frozen=True)
class Catalogue:
    """Every name that a scenario, ``techsim levers`` and ``techsim explain`` know.

    Parameters
    ----------
    parameters : mapping of dotted name to Parameter
    levers : mapping of name to lever
    cycle_paths : mapping of name to what the path is
        Named paths of the business cycle; must hold ``baseline``.
    regions : tuple of str
        Labels of the regions, in index order; empty where they are not known.
    start_months : tuple of str
        Months, ``YYYY-MM``, for which there is a start population.
    indicators : tuple of Indicator
    hooks : mapping of name to hook
    mechanisms : mapping of id (K1, W3) to the text of its declaration
    cycle_ends : mapping of named path to the last month index that it has a value for
        A path that is not in it has no end.
    parts : mapping of landsdeel to tuple of str
        The regions that lie in each, where a scenario splits them.
    """

    parameters: Mapping[str, Parameter]
    levers: Mapping[str, DeclaredLever]
    cycle_paths: Mapping[str, str]
    regions: tuple[str, ...]
    start_months: tuple[str, ...] = ("2008-01",)
    indicators: tuple[Indicator, ...] = ()
    hooks: Mapping[str, DeclaredHook] = field(default_factory=dict)
    mechanisms: Mapping[str, str] = field(default_factory=dict)
    cycle_ends: Mapping[str, int] = field(default_factory=dict)
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

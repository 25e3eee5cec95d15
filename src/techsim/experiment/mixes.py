"""Mixes of levers: from weights and a budget to volumes, and to scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from techsim.population import clock
from techsim.scenario import LeverSetting
from techsim.scenario.names import meant
from techsim.scenario.values import Number

if TYPE_CHECKING:
    from techsim.scenario import Catalogue, Scenario

OFF = 0.5
"""A weight up to this leaves a lever out: a mix of all levers at once would be all that is ever tried else."""
START = "2026-09"
"""First month of a lever that the scenario does not set: that of the ready scenarios."""


class FrontierError(ValueError):
    """A search that cannot be made; the message says why and what to do."""


@dataclass(frozen=True)
class Choice:
    """A lever whose volume is searched.

    Parameters
    ----------
    fields : LeverFields
        All but the volume stay; the volume is that at which its price is measured.
    far : float
        Where the search ends: the largest volume that its field allows; the smallest, of a lever that takes away
        (``international_places``), whose volume is below zero in the scenario or by default.
    base : float
        The volume that the scenario has: where the search begins.
    """

    name: str
    fields: Any
    far: float
    base: float = 0.0

    @property
    def unit(self) -> str:
        """Unit of the volume."""
        return unit_of_volume(type(self.fields))

    def at(self, volume: float) -> LeverSetting:
        """The lever at a volume, which is held within its bounds, through its fields' checks."""
        low, high = volume_bounds(type(self.fields))
        values = {name: getattr(self.fields, name) for name in type(self.fields).model_fields}
        return LeverSetting(self.name, type(self.fields)(**values | {"volume": min(max(volume, low), high)}))


def unit_of_volume(fields: Any) -> str:
    """Unit of the volume of a lever, from the class of its fields."""
    extra = fields.model_fields["volume"].json_schema_extra
    return str(extra.get("unit", "")) if isinstance(extra, dict) else ""


def volume_bounds(fields: Any) -> tuple[float, float]:
    """Smallest and largest volume of a lever, from the class of its fields."""
    found = [kind for kind in fields.model_fields["volume"].metadata if isinstance(kind, Number)]
    return float(found[0].low), float(found[0].high)


def choices(
    scenario: Scenario, catalogue: Catalogue, wanted: Sequence[str] | None, start: str | None
) -> tuple[Choice, ...]:
    """The levers to search, by name.

    Parameters
    ----------
    wanted : sequence of str, optional
        Without it: all levers that the scenario has not, and that no other excludes.
    start : str, optional
        First month of levers that the scenario has not; those that it has keep their fields.

    Raises
    ------
    FrontierError
        If a lever is unknown, two exclude each other, or the start lies outside the period.
    """
    begins = start or START
    try:
        month = clock.parse(begins)
    except ValueError as error:
        raise FrontierError(f"--start: {begins!r} is no month YYYY-MM") from error
    own = {lever.name: lever.fields for lever in scenario.levers}
    known: Mapping[str, Any] = catalogue.levers
    names = sorted(set(wanted)) if wanted else [n for n in known if n not in own and not known[n].alone]
    for name in names:
        if name not in known:
            every = sorted(known)
            raise FrontierError(f"--levers: {name!r} is no lever{meant(name, every)} (known: {', '.join(every)})")
    for hook in {known[name].alone for name in names} - {""}:
        rivals = sorted(name for name in names if known[name].alone == hook)
        if len(rivals) > 1:
            raise FrontierError(f"--levers: {' and '.join(rivals)} would pay for the same; search one of them")
    if not scenario.period.first <= month <= scenario.period.last and any(name not in own for name in names):
        raise FrontierError(
            f"--start: {begins} lies outside the period, {scenario.period.start} to {scenario.period.end}"
        )
    return tuple(
        _choice(name, own.get(name) or known[name].fields(start=begins), known[name], name in own) for name in names
    )


def _choice(name: str, fields: Any, lever: Any, there: bool) -> Choice:
    base = float(fields.volume) if there else 0.0
    if fields.volume == 0.0:  # the price is measured at the volume that the lever has by default
        fields = type(fields)(
            **{key: getattr(fields, key) for key in type(fields).model_fields}
            | {"volume": lever.fields.model_fields["volume"].default}
        )
    low, high = volume_bounds(type(fields))
    return Choice(name, fields, low if fields.volume < 0.0 else high, base)


def mixed(scenario: Scenario, chosen: Sequence[Choice], volumes: Sequence[float], name: str) -> Scenario:
    """The scenario with the levers at these volumes; one at none that it has not stays absent."""
    levers = {lever.name: lever for lever in scenario.levers}
    for choice, volume in zip(chosen, volumes, strict=True):
        if volume != 0.0 or choice.name in levers:
            levers[choice.name] = choice.at(volume)
    return replace(scenario, name=name, levers=tuple(levers[key] for key in sorted(levers)))


def volumes(
    chosen: Sequence[Choice], prices: Mapping[str, float], budget: float, share: float, weights: Sequence[float]
) -> npt.NDArray[np.float64]:
    """From weights to volumes.

    :math:`m_i = \\max(0, w_i - 1/2)`; over levers with a price :math:`p_i` [euro per unit of volume over the period,
    discounted], :math:`v_i = b_i \\pm \\min(|V_i - b_i|, s B m_i / (p_i \\sum_j m_j))`; :math:`s` is the share of the
    budget :math:`B` that is spent, :math:`b_i` what the scenario has, :math:`V_i` where the search ends, up or down. A
    lever without a price has :math:`v_i = b_i + 2 m_i (V_i - b_i)`.

    Prices are those of one volume; costs that do not rise in proportion make a mix cheaper or dearer than planned.
    """
    m = np.maximum(0.0, np.asarray(weights, dtype=np.float64) - OFF)
    price = np.array([prices[choice.name] for choice in chosen])
    paid = price > 0.0
    total = float(m[paid].sum())
    spent = share * budget * m / total if total > 0.0 else np.zeros_like(m)
    base = np.array([choice.base for choice in chosen])
    way = np.array([choice.far for choice in chosen]) - base
    moved = np.where(paid, np.minimum(np.abs(way), spent / np.where(paid, price, 1.0)), m / OFF * np.abs(way))
    return np.asarray(base + np.sign(way) * moved, dtype=np.float64)


def front(cost: Sequence[float], effect: Sequence[float], allowed: Sequence[bool]) -> list[int]:
    """Places of the mixes that no other allowed one beats: cheaper or as cheap, and more or as much; by cost.

    Of mixes alike in both the first stays.
    """
    order = sorted((i for i, ok in enumerate(allowed) if ok), key=lambda i: (cost[i], -effect[i], i))
    kept: list[int] = []
    for i in order:
        if not kept or effect[i] > effect[kept[-1]]:
            kept.append(i)
    return kept

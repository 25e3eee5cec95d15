"""Scenarios that end earlier than they say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from techsim.population.clock import parse

if TYPE_CHECKING:
    from techsim.scenario import Scenario
    from techsim.scenario.models import Period


def ending(scenario: Scenario, period: Period) -> Scenario:
    """The scenario in a period that ends earlier: what begins later, a lever or the straying of the cycle, is left out,
    as it changes nothing before."""
    cycle = scenario.cycle
    if cycle.process is not None and cycle.process.first > period.last:
        cycle = cycle.model_copy(update={"process": None})
    levers = tuple(lever for lever in scenario.levers if _begins(lever.fields) <= period.last)
    return replace(scenario, period=period, cycle=cycle, levers=levers)


def left_out(scenario: Scenario, period: Period) -> tuple[str, ...]:
    """Names of the levers that begin after the period."""
    return tuple(lever.name for lever in scenario.levers if _begins(lever.fields) > period.last)


def _begins(fields: Any) -> int:
    start = getattr(fields, "start", None)
    return parse(start) if start else -1

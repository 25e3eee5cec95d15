"""What must fit together once all files are merged; each value by itself is checked already."""

from __future__ import annotations

from collections.abc import Mapping

from techsim.population import clock
from techsim.scenario.models import Scenario
from techsim.scenario.nodes import Block, Place, place_of
from techsim.scenario.problems import Problem


def inconsistencies(scenario: Scenario, merged: Block, cycle_ends: Mapping[str, int]) -> list[Problem]:
    """Problems of a merged scenario; ``merged`` knows where each value stands, ``cycle_ends`` how far paths reach."""
    problems: list[Problem] = []
    period = scenario.period
    if period.last <= period.first:
        place = _place(merged, ("period", "end"), ("period", "start"), ("period",))
        allowed = f"a month after {period.start}"
        problems.append(Problem(place, "must come after period.start", "period.end", repr(period.end), allowed))
    reach = cycle_ends.get(scenario.cycle.path, period.last)
    if period.last > reach:
        place = _place(merged, ("period", "end"), ("cycle", "path"), ("cycle",), ("period",))
        found = f"cycle.path {scenario.cycle.path} ends in {clock.label(reach)}"
        allowed = f"{clock.label(reach)} or earlier, or a path that goes on"
        problems.append(Problem(place, f"is after the end of the cycle: {found}", "period.end", period.end, allowed))
    process = scenario.cycle.process
    if process is not None and not period.first <= process.first <= period.last:
        place = _place(merged, ("cycle", "process", "start"), ("cycle",))
        allowed = f"a month of the period, {period.start} to {period.end}"
        problems.append(Problem(place, "lies outside the period", "cycle.process.start", repr(process.start), allowed))
    for lever in scenario.levers:
        path, dotted = ("levers", lever.name), f"levers.{lever.name}"
        start, end = getattr(lever.fields, "start", None), getattr(lever.fields, "end", None)
        first = clock.parse(start) if start else period.first
        last = clock.parse(end) if end else period.last
        start_place, end_place = _place(merged, (*path, "start"), path), _place(merged, (*path, "end"), path)
        if start and end and last < first:
            problems.append(
                Problem(end_place, "ends before it starts", f"{dotted}.end", repr(end), f"{start} or later")
            )
        elif first > period.last:
            allowed = f"a month up to {period.end}, the end of the period"
            problems.append(Problem(start_place, "starts after the period", f"{dotted}.start", repr(start), allowed))
        elif last < period.first:
            allowed = f"{period.start}, the start of the period, or later"
            problems.append(Problem(end_place, "ends before the period", f"{dotted}.end", repr(end), allowed))
    return problems


def _place(merged: Block, *paths: tuple[str, ...]) -> Place:
    """Of the first path that was written."""
    for path in paths:
        node: object = merged
        for step in path:
            node = node.entries[step].value if isinstance(node, Block) and step in node.entries else None
        if node is not None:
            return place_of(merged, path)
    return merged.place

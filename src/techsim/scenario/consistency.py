"""What must fit together once all files are merged; each value by itself is checked already."""

from __future__ import annotations

from techsim.population import clock
from techsim.scenario.models import Scenario
from techsim.scenario.nodes import Block, Place, place_of
from techsim.scenario.problems import Problem


def inconsistencies(scenario: Scenario, merged: Block) -> list[Problem]:
    """Problems of a merged scenario; ``merged`` knows where each value stands."""
    problems: list[Problem] = []
    period = scenario.period
    if period.last <= period.first:
        place = _place(merged, ("period", "end"), ("period", "start"), ("period",))
        allowed = f"a month after {period.start}"
        problems.append(Problem(place, "must come after period.start", "period.end", repr(period.end), allowed))
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

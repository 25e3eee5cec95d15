"""What must fit together once all files are merged; each value by itself is checked already."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from techsim.population import clock
from techsim.scenario.catalogue import Catalogue
from techsim.scenario.models import LeverSetting, Scenario
from techsim.scenario.nodes import Block, Place, place_of
from techsim.scenario.problems import Problem


def inconsistencies(scenario: Scenario, merged: Block, catalogue: Catalogue) -> list[Problem]:
    """Problems of a merged scenario; ``merged`` knows where each value stands."""
    problems: list[Problem] = []
    period = scenario.period
    if period.last <= period.first:
        place = _place(merged, ("period", "end"), ("period", "start"), ("period",))
        allowed = f"a month after {period.start}"
        problems.append(Problem(place, "must come after period.start", "period.end", repr(period.end), allowed))
    reach = catalogue.cycle_ends.get(scenario.cycle.path, period.last)
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
        first, last = _months(scenario, lever)
        # A date that is the lever's own default, as of a law of the past, may lie outside the period.
        written = getattr(lever.fields, "model_fields_set", {"start", "end"})
        start_place, end_place = _place(merged, (*path, "start"), path), _place(merged, (*path, "end"), path)
        if start and end and last < first:
            problems.append(
                Problem(end_place, "ends before it starts", f"{dotted}.end", repr(end), f"{start} or later")
            )
        elif first > period.last and "start" in written:
            allowed = f"a month up to {period.end}, the end of the period"
            problems.append(Problem(start_place, "starts after the period", f"{dotted}.start", repr(start), allowed))
        elif last < period.first and "end" in written:
            allowed = f"{period.start}, the start of the period, or later"
            problems.append(Problem(end_place, "ends before the period", f"{dotted}.end", repr(end), allowed))
    return problems or list(_clashes(scenario, merged, catalogue))


def _clashes(scenario: Scenario, merged: Block, catalogue: Catalogue) -> Iterator[Problem]:
    """Levers that want the same hook alone, and may be open in the same region and month whatever their triggers."""
    for pair in combinations([lever for lever in scenario.levers if _acts(lever)], 2):
        hooks = [catalogue.levers[lever.name].alone for lever in pair]
        first = max(scenario.period.first, *(_months(scenario, lever)[0] for lever in pair))
        last = min(scenario.period.last, *(_months(scenario, lever)[1] for lever in pair))
        where = [getattr(lever.fields, "regions", None) or catalogue.regions for lever in pair]
        both = [region for region in where[0] if region in where[1]]
        if not hooks[0] or hooks[0] != hooks[1] or first > last or not both:
            continue
        # Told where it was written last: the other may be part of a scenario that this one extends.
        places = [_place(merged, ("levers", lever.name)) for lever in pair]
        late = max((0, 1), key=lambda k: (_written(scenario, places[k]), k))
        lever, other = pair[late], pair[1 - late]
        until = clock.label(last)
        yield Problem(
            places[late],
            f"is open together with {other.name} (at {places[1 - late]}): both would pay for the same",
            f"levers.{lever.name}",
            f"both act in {both[0]} in {clock.label(first)}" + (f", up to {until}" if last > first else ""),
            f"other months or regions than {other.name}: set start, end or regions, or volume 0 for one of them",
        )


def _acts(lever: LeverSetting) -> bool:
    return all(getattr(lever.fields, name, 1.0) > 0.0 for name in ("volume", "coverage"))


def _months(scenario: Scenario, lever: LeverSetting) -> tuple[int, int]:
    """First and last month of a lever's dates."""
    start, end = getattr(lever.fields, "start", None), getattr(lever.fields, "end", None)
    return (
        clock.parse(start) if start else scenario.period.first,
        clock.parse(end) if end else scenario.period.last,
    )


def _written(scenario: Scenario, place: Place) -> tuple[int, int, int]:
    """Order of writing: the chain of files, then the line; what is no file (the command line) is last."""
    files = scenario.files
    return (files.index(place.file) if place.file in files else len(files), place.line, place.column)


def _place(merged: Block, *paths: tuple[str, ...]) -> Place:
    """Of the first path that was written."""
    for path in paths:
        node: object = merged
        for step in path:
            node = node.entries[step].value if isinstance(node, Block) and step in node.entries else None
        if node is not None:
            return place_of(merged, path)
    return merged.place

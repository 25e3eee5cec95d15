"""``techsim check``: is a scenario valid, and what does it come to?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from techsim.scenario import Scenario


def check(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO.yaml", help="The scenario file.")],
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing unless something is wrong.")] = False,
) -> None:
    """Say whether a scenario is valid, and what it comes to.

    Exit status 0: it is. 2: it is not; stderr has file, line, field, what was found, what is allowed, the nearest name.
    """
    from techsim.model.catalogue import catalogue
    from techsim.scenario import ScenarioError, load

    try:
        loaded = load(scenario, catalogue())
    except ScenarioError as error:
        typer.echo(str(error), err=True)
        count = len(error.problems)
        typer.echo(f"{count} problem{'s' if count != 1 else ''} in {scenario}", err=True)
        raise typer.Exit(2) from None
    if not quiet:
        typer.echo("\n".join(["OK", *summary(loaded)]))


PARAMETERS = {"default": "their default", "prior": "a value from their prior, another in each draw"}
"""What ``draws.parameters`` means, in words."""


def summary(scenario: Scenario) -> list[str]:
    """The scenario as resolved, in lines."""
    period, draws, cycle = scenario.period, scenario.draws, scenario.cycle
    table = f", {len(cycle.table)} entries of its own" if cycle.table else ""
    chance = f", {cycle.process.model} process from {cycle.process.start}" if cycle.process else ""
    rows = [
        ("name", scenario.name),
        ("files", " <- ".join(reversed(scenario.files))),
        ("period", f"{period.start} to {period.end} ({period.last - period.first + 1} months)"),
        ("scale", f"1:{scenario.population.scale}"),
        ("cycle", f"{cycle.path}{table}{chance}"),
        ("draws", f"{draws.number}, seed {draws.seed}"),
        ("parameters", f"those that the scenario does not set have {_source(scenario)}"),
        *(("parameter", f"{name} = {value:g}") for name, value in scenario.parameters.items()),
        *(("lever", f"{lever.name}: {_set_fields(lever.fields.model_dump(mode='json'))}") for lever in scenario.levers),
        ("hash", scenario.hash),
    ]
    return [f"  {label:<10} {text}" for label, text in rows]


def _source(scenario: Scenario) -> str:
    sets = scenario.own_sets
    if sets is None:
        return PARAMETERS[scenario.draws.parameters]
    taken = "taken by their weights" if sets.weights else "in their order"
    return f"in each draw a set of {sets.name} ({len(sets.rows)} of {len(sets.parameters)} parameters, {taken})"


def _set_fields(fields: dict[str, object]) -> str:
    return ", ".join(f"{name} {_text(value)}" for name, value in fields.items() if value is not None)


def _text(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    if isinstance(value, dict):
        return " ".join(f"{name} {inner}" for name, inner in value.items())
    return f"{value:g}" if isinstance(value, float) else str(value)

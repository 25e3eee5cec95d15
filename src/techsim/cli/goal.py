"""``techsim goal``: what volume of a lever or mix reaches a target, and what that costs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from techsim.cli.sharing import OUTPUTS, Draws, Parameters, Quiet, Scale, Seed, Threads, count, short, stoppable, warn

if TYPE_CHECKING:
    from techsim.experiment.watching import Stop, Watcher


def goal(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO.yaml", help="The scenario.")],
    target: Annotated[
        str, typer.Option(metavar="NAME=VALUE", help="An indicator and its target: technical_graduate_share=0.40.")
    ],
    year: Annotated[int, typer.Option(metavar="YYYY", help="The year in which it is to be reached.")],
    lever: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="The lever asked about; several times: a mix, its volumes scaled by one factor.  "
            "[default: those that the scenario's own file sets]",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where the answer goes.  [default: outputs/goal_...]", show_default=False),
    ] = None,
    draws: Draws = None,
    scale: Scale = None,
    seed: Seed = None,
    parameters: Parameters = None,
    threads: Threads = None,
    discount: Annotated[
        float | None,
        typer.Option(metavar="RATE", help="Rate a year for public money.  [default: 0.0225]", show_default=False),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Find the volume of a lever, or of a mix, that reaches a target in a year; or that it cannot.

    Writes goal.json, goal.csv, report.html and manifest.json, all or nothing. Ctrl-C stops and writes nothing.
    """
    options = {"draws": draws, "scale": scale, "seed": seed, "discount": discount, "parameters": parameters}
    asked = (tuple(lever or ()), target, year)
    directory, said = stoppable(
        lambda watcher, stop: _goal(scenario, asked, out, options, threads, watcher, stop), quiet
    )
    if not quiet:
        lines = [f"Answer in {short(directory)}: goal.json, goal.csv, report.html, manifest.json", "", *said]
        print("\n  ".join(lines), file=sys.stderr, flush=True)


def _goal(
    path: Path,
    asked: tuple[tuple[str, ...], str, int],
    out: Path | None,
    options: dict[str, Any],
    threads: int | None,
    watcher: Watcher,
    stop: Stop,
) -> tuple[Path, list[str]]:
    """Directory written and the answer in sentences; QuestionError, ScenarioError, TargetError or Stopped otherwise."""
    watcher.phase("reading the scenario")
    from techsim.experiment.goal import prepare, write
    from techsim.experiment.study import load
    from techsim.report.goal import render, sentences
    from techsim.results.writing import check_target

    question = prepare(load(path), *asked, **options)
    target = check_target(OUTPUTS / question.slug if out is None else out)
    warn(watcher, question.study.scenario.population.scale)
    document, made = question.execute(count(threads), watcher, stop)
    return write(document, made, target, stop, render), sentences(document)

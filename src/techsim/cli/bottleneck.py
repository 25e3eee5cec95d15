"""``techsim bottleneck``: which of choice, teachers, places and leakage binds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from techsim.cli.sharing import OUTPUTS, Draws, Parameters, Quiet, Scale, Seed, Threads, count, short, stoppable, warn

if TYPE_CHECKING:
    from techsim.experiment.watching import Stop, Watcher


def bottleneck(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO.yaml", help="The scenario.")],
    target: Annotated[
        str, typer.Option(metavar="NAME[=VALUE]", help="The indicator, and the level hoped for.")
    ] = "technical_graduate_share=0.40",
    year: Annotated[int, typer.Option(metavar="YYYY", help="The year asked about.")] = 2035,
    start: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM",
            help="First month in which they are relaxed.  [default: 2026-09, or a year into a shorter run]",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Where the answer goes.  [default: outputs/bottleneck_...]", show_default=False
        ),
    ] = None,
    draws: Draws = None,
    scale: Scale = None,
    seed: Seed = None,
    parameters: Parameters = None,
    threads: Threads = None,
    quiet: Quiet = False,
) -> None:
    """Relax choice, teachers, places and leakage, alone and together, and say what each is worth (Shapley values).

    Writes bottleneck.json, bottleneck.csv, report.html and manifest.json, all or nothing. Ctrl-C stops and writes
    nothing.
    """
    options = {
        "target": target, "year": year, "start": start, "draws": draws, "scale": scale, "seed": seed,
        "parameters": parameters,
    }  # fmt: skip
    directory, said = stoppable(
        lambda watcher, stop: _bottleneck(scenario, out, options, threads, watcher, stop), quiet
    )
    if not quiet:
        lines = [
            f"Answer in {short(directory)}: bottleneck.json, bottleneck.csv, report.html, manifest.json",
            "",
            *said,
        ]
        print("\n  ".join(lines), file=sys.stderr, flush=True)


def _bottleneck(
    path: Path, out: Path | None, options: dict[str, Any], threads: int | None, watcher: Watcher, stop: Stop
) -> tuple[Path, list[str]]:
    """Directory written and the answer in sentences; QuestionError, ScenarioError, TargetError or Stopped otherwise."""
    watcher.phase("reading the scenario")
    from techsim.experiment.bottleneck import prepare, write
    from techsim.experiment.study import load
    from techsim.report.bottleneck import render, sentences
    from techsim.results.writing import check_target

    question = prepare(load(path), **options)
    target = check_target(OUTPUTS / question.slug if out is None else out)
    warn(watcher, question.study.scenario.population.scale)
    document, made = question.execute(count(threads), watcher, stop)
    return write(document, made, target, stop, render), sentences(document)

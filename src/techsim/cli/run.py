"""``techsim run``: a scenario to its directory of results."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from techsim.cli.sharing import (
    OUTPUTS,
    Draws,
    End,
    Parameters,
    Quiet,
    Scale,
    Seed,
    Threads,
    count,
    short,
    stoppable,
    warn,
)

if TYPE_CHECKING:
    from techsim.experiment.watching import Stop, Watcher


def run(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO.yaml", help="The scenario file.")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where the results go.  [default: outputs/NAME]", show_default=False),
    ] = None,
    draws: Draws = None,
    scale: Scale = None,
    seed: Seed = None,
    parameters: Parameters = None,
    end: End = None,
    threads: Threads = None,
    quiet: Quiet = False,
) -> None:
    """Run a scenario and write its results.

    Writes results.nc, summary.csv, report.html and manifest.json, all or nothing. Ctrl-C stops and writes nothing.
    """
    options = {"draws": draws, "scale": scale, "seed": seed, "parameters": parameters, "end": end}
    finished = stoppable(lambda watcher, stop: _run(scenario, out, options, threads, watcher, stop), quiet)
    if not quiet:
        _tell(*finished)


def _run(
    path: Path,
    out: Path | None,
    options: dict[str, Any],
    threads: int | None,
    watcher: Watcher,
    stop: Stop,
) -> tuple[Path, Any]:
    """Directory written, and the results; ScenarioError, TargetError or Stopped otherwise."""
    watcher.phase("reading the scenario")
    from techsim.experiment.study import load, write
    from techsim.report.page import render
    from techsim.results.writing import check_target

    study = load(path).with_options(**options)
    target = check_target(OUTPUTS / study.scenario.slug if out is None else out)
    warn(watcher, study.scenario.population.scale)
    outcome = study.execute(count(threads), watcher, stop)
    return write(outcome, target, watcher, stop, report=render), outcome.data


def _tell(directory: Path, data: Any) -> None:
    """Where the results are, and the numbers that most people look at first; on stderr."""
    from techsim.cli.headline import headlines
    from techsim.results.writing import FILES

    files = [name for name in FILES if (directory / name).exists()]
    lines = [f"Results in {short(directory)}: {', '.join(files)}", ""]
    rows = headlines(data)
    width = max((len(row.label) for row in rows), default=0)
    lines += [f"  {row.label:<{width}}  {row.text}" for row in rows]
    print("\n".join(lines).rstrip(), file=sys.stderr, flush=True)

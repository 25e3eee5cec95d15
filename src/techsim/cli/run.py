"""``techsim run``: a scenario to its directory of results."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from techsim.experiment.watching import Stop, Watcher

OUTPUTS = Path("outputs")
"""Where results go that no directory is given for."""


def run(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO.yaml", help="The scenario file.")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where the results go.  [default: outputs/NAME]", show_default=False),
    ] = None,
    draws: Annotated[int | None, typer.Option(metavar="N", help="Number of draws.", show_default=False)] = None,
    scale: Annotated[
        int | None, typer.Option(metavar="K", help="Residents per simulated person.", show_default=False)
    ] = None,
    seed: Annotated[
        int | None, typer.Option(metavar="S", help="Seed of the random numbers.", show_default=False)
    ] = None,
    threads: Annotated[int, typer.Option(metavar="N", min=1, help="Draws that run side by side.")] = 1,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing unless something is wrong.")] = False,
) -> None:
    """Run a scenario and write its results.

    Writes results.nc, summary.csv, report.html and manifest.json, all or nothing. Ctrl-C stops and writes nothing.
    """
    from techsim.cli.progress import Display
    from techsim.cli.stopping import in_background

    with Display(quiet=quiet) as display:

        def work(stop: Stop) -> tuple[Path, Any]:
            return _run(scenario, out, draws, scale, seed, threads, display, stop)

        finished = in_background(work, before_leaving=display.close)
    if finished is None:
        print("Stopped: nothing was written.", file=sys.stderr, flush=True)
        raise typer.Exit(1)
    if not quiet:
        _tell(*finished)


def _run(
    path: Path,
    out: Path | None,
    draws: int | None,
    scale: int | None,
    seed: int | None,
    threads: int,
    watcher: Watcher,
    stop: Stop,
) -> tuple[Path, Any]:
    """Directory written, and the results; ScenarioError, TargetError or Stopped otherwise."""
    watcher.phase("reading the scenario")
    from techsim.experiment.study import load, write
    from techsim.report.page import render
    from techsim.results.writing import check_target

    study = load(path).with_options(draws=draws, seed=seed, scale=scale)
    target = check_target(OUTPUTS / study.scenario.slug if out is None else out)
    outcome = study.execute(threads, watcher, stop)
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


def short(directory: Path) -> str:
    """The directory as seen from here, where it lies below; else as it is."""
    here = Path.cwd().resolve()
    return str(directory.relative_to(here)) if directory.is_relative_to(here) else str(directory)

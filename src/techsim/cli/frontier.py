"""``techsim frontier``: the best mixes of levers within a budget."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from techsim.cli.sharing import OUTPUTS, Draws, Parameters, Quiet, Scale, Seed, Threads, count, short, stoppable, warn

if TYPE_CHECKING:
    from techsim.experiment.frontier import Frontier
    from techsim.experiment.watching import Stop, Watcher


def frontier(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO.yaml", help="What the mixes are added to.")],
    budget: Annotated[
        float,
        typer.Option(metavar="EUR", help="Public money by the last year, discounted: no mix of the front costs more."),
    ],
    levers: Annotated[
        str | None,
        typer.Option(
            metavar="NAME,...",
            help="Levers to search.  [default: all that the scenario has not and none excludes]",
            show_default=False,
        ),
    ] = None,
    trials: Annotated[int, typer.Option(metavar="N", help="Mixes to run, those of earlier calls included.")] = 64,
    study: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Where the search is kept; it goes on from there.  [default: outputs/frontier_of_SCENARIO.study]",
            show_default=False,
        ),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM",
            help="First month of the levers.  [default: 2026-09]",
            show_default=False,
        ),
    ] = None,
    confirm: Annotated[
        bool,
        typer.Option(
            "--confirm/--no-confirm",
            help="Run the front again with other seeds at the scenario's own scale.",
        ),
    ] = True,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Where the results go.  [default: outputs/frontier_of_SCENARIO]", show_default=False
        ),
    ] = None,
    draws: Draws = None,
    scale: Scale = None,
    seed: Seed = None,
    parameters: Parameters = None,
    threads: Threads = None,
    quiet: Quiet = False,
) -> None:
    """Find the mixes of lever volumes that no other within the budget beats.

    Two aims: little public money, and many additional people in technical occupations in the last whole year, counted
    as what another draw reaches with a chance of 90 %; of fewer than nine draws it says the lower chance. The search
    runs at 1:400 with 20 draws unless given; what it finds is then run again with other seeds at the scenario's own
    scale, and those numbers are the answer. Ctrl-C keeps the finished trials; the same command goes on. Writes
    frontier.json, frontier.csv, trials.csv, report.html and manifest.json.
    """
    names = None if levers is None else [word.strip() for word in levers.split(",") if word.strip()]
    options = {
        "budget": budget, "levers": names, "trials": trials, "start": start, "draws": draws, "scale": scale,
        "seed": seed, "parameters": parameters,
    }  # fmt: skip
    kept = _Kept()
    directory, found = stoppable(
        lambda watcher, stop: _search(scenario, study, out, options, confirm, threads, kept, watcher, stop), quiet, kept
    )
    if not quiet:
        from techsim.experiment.frontier import document
        from techsim.report.frontier import lines

        said = [f"Results in {short(directory)}: report.html, frontier.json, frontier.csv, trials.csv, manifest.json",
                f"The search is kept in {kept.path}; more --trials go on from it", ""]  # fmt: skip
        print("\n".join([*said, *(f"  {line}" for line in lines(document(found)))]), file=sys.stderr, flush=True)


class _Kept:
    """What a stop leaves behind: the file of the search, once there is one."""

    def __init__(self) -> None:
        self.path: Path | None = None

    def __call__(self) -> str:
        if self.path is None:
            return "nothing was written."
        return f"the finished trials are kept in {self.path}; the same command goes on from there."


def _search(
    scenario: Path,
    study: Path | None,
    out: Path | None,
    options: dict[str, Any],
    confirm: bool,
    threads: int | None,
    kept: _Kept,
    watcher: Watcher,
    stop: Stop,
) -> tuple[Path, Frontier]:
    """Directory written and what was found; FrontierError, ScenarioError and their like otherwise."""
    watcher.phase("reading the scenario")
    from techsim.experiment.frontier import execute, open_study, plan, write
    from techsim.experiment.mixes import FrontierError
    from techsim.experiment.study import Clock, load
    from techsim.report.frontier import render
    from techsim.results.writing import check_target

    asked = plan(load(scenario), **options)
    target = check_target(OUTPUTS / asked.slug if out is None else out)
    warn(watcher, asked.study.scenario.population.scale)
    path = OUTPUTS / f"{asked.slug}.study" if study is None else study
    if path.resolve().is_relative_to(target):
        raise FrontierError(f"--study: {path} lies in --out, which is written as a whole; keep it in another folder")
    search = open_study(asked, path)
    kept.path = path
    clock = Clock()
    with clock.phase("simulate", watcher, asked.cost):
        found = execute(asked, search, count(threads), confirm, watcher, stop)
    return write(found, target, watcher, stop, render, clock.seconds), found

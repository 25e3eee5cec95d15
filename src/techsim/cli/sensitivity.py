"""``techsim sensitivity``: which parameters the effects of an alternative hang on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from techsim.cli.sharing import OUTPUTS, Quiet, Scale, Seed, Threads, count, short, stoppable, warn

if TYPE_CHECKING:
    from techsim.experiment.sensitivity import Findings
    from techsim.experiment.watching import Stop, Watcher


def sensitivity(
    base: Annotated[Path, typer.Argument(metavar="BASE.yaml", help="The baseline.")],
    alternative: Annotated[Path, typer.Argument(metavar="ALT.yaml", help="The scenario whose effects are looked at.")],
    parameters: Annotated[
        str | None,
        typer.Option(
            metavar="NAME,...",
            help="Parameters to vary; a name that ends in a dot stands for its group (teachers.), all for all.",
            show_default=False,
        ),
    ] = None,
    top: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="Vary the N largest of a first pass over all parameters.  [default: 20]",
            show_default=False,
        ),
    ] = None,
    method: Annotated[str, typer.Option(metavar="morris|sobol", help="Screening, or shares of variance.")] = "morris",
    trajectories: Annotated[
        int | None,
        typer.Option(
            metavar="R", help="Trajectories (of Sobol: base points).  [default: 6; Sobol 32]", show_default=False
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Where the results go.  [default: outputs/sensitivity_of_BASE_vs_ALT]",
            show_default=False,
        ),
    ] = None,
    scale: Scale = None,
    seed: Seed = None,
    threads: Threads = None,
    quiet: Quiet = False,
) -> None:
    """Find the parameters on which the effects of ALT against BASE hang, over their priors.

    All runs have the same people and luck; the default scale is coarse (1:400), as there are many. Writes
    sensitivity.json, sensitivity.csv, points.csv, report.html with tornado plots, and manifest.json, all or nothing.
    """
    names = None if parameters is None else [word.strip() for word in parameters.split(",") if word.strip()]
    options = {
        "wanted": names, "top": top, "method": method, "repeats": trajectories, "scale": scale, "seed": seed,
    }  # fmt: skip
    directory, findings = stoppable(
        lambda watcher, stop: _study(base, alternative, out, options, threads, watcher, stop), quiet
    )
    if not quiet:
        from techsim.experiment.sensitivity import document
        from techsim.report.sensitivity import lines

        files = "report.html, sensitivity.json, sensitivity.csv, points.csv, manifest.json"
        said = [f"Results in {short(directory)}: {files}", ""]
        print("\n".join([*said, *(f"  {line}" for line in lines(document(findings)))]), file=sys.stderr, flush=True)


def _study(
    base: Path,
    alternative: Path,
    out: Path | None,
    options: dict[str, Any],
    threads: int | None,
    watcher: Watcher,
    stop: Stop,
) -> tuple[Path, Findings]:
    """Directory written and what was found; SensitivityError, ScenarioError and their like otherwise."""
    watcher.phase("reading the scenarios")
    from techsim.experiment.sensitivity import execute, plan, write
    from techsim.experiment.study import Clock, load
    from techsim.report.sensitivity import render
    from techsim.results.writing import check_target

    asked = plan(load(base), load(alternative), **options)
    target = check_target(OUTPUTS / asked.slug if out is None else out)
    warn(watcher, asked.comparison.scenarios[0].population.scale)
    clock = Clock()
    with clock.phase("simulate", watcher, asked.cost):
        findings = execute(asked, count(threads), watcher, stop)
    return write(findings, target, watcher, stop, render, clock.seconds), findings

"""``techsim compare``: a baseline and alternatives on the same people and luck, to their directory of results."""

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


def compare(
    base: Annotated[Path, typer.Argument(metavar="BASE.yaml", help="The baseline.")],
    alternatives: Annotated[
        list[Path], typer.Argument(metavar="ALT.yaml...", help="One or more scenarios to set beside it.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where the results go.  [default: outputs/BASE_vs_ALT]", show_default=False),
    ] = None,
    draws: Draws = None,
    scale: Scale = None,
    seed: Seed = None,
    parameters: Parameters = None,
    end: End = None,
    threads: Threads = None,
    discount: Annotated[
        float | None,
        typer.Option(
            metavar="RATE",
            help="Rate a year at which public money is discounted.  [default: 0.0225, werkgroep discontovoet 2020]",
            show_default=False,
        ),
    ] = None,
    parquet: Annotated[
        bool, typer.Option("--parquet", help="Write comparison.parquet too; needs the extra techsim[parquet].")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Compare scenarios with a baseline, on the same people and the same luck.

    The baseline's draws, seed and scale hold for all, and the earliest end, or --end. Writes comparison.nc,
    comparison.csv, comparison.xlsx, report.html and manifest.json, all or nothing. Ctrl-C stops and writes nothing.
    """
    options = {"draws": draws, "scale": scale, "seed": seed, "discount": discount, "parameters": parameters, "end": end}
    finished = stoppable(
        lambda watcher, stop: _compare(base, alternatives, out, options, threads, parquet, watcher, stop), quiet
    )
    if not quiet:
        _tell(*finished)


def _compare(
    base: Path,
    alternatives: list[Path],
    out: Path | None,
    options: dict[str, Any],
    threads: int | None,
    tables: bool,
    watcher: Watcher,
    stop: Stop,
) -> tuple[Path, Any, list[str]]:
    """Directory written, results, and notes; ScenarioError, ComparisonError, TargetError or Stopped otherwise."""
    watcher.phase("reading the scenarios")
    import xlsxwriter  # noqa: F401  # an installation without it must fail now, not after the simulation

    from techsim.experiment.comparing import ComparisonError, prepare, write
    from techsim.experiment.study import load
    from techsim.report.compared import render
    from techsim.results.parquet import installed
    from techsim.results.writing import check_target

    if tables and not installed():
        raise ComparisonError('--parquet needs pyarrow: install it with: pip install "techsim[parquet]"')
    comparison = prepare(load(base), [load(path) for path in alternatives], **options)
    target = check_target(OUTPUTS / comparison.slug if out is None else out)
    warn(watcher, comparison.scenarios[0].population.scale)
    outcome = comparison.execute(count(threads), watcher, stop)
    return write(outcome, target, watcher, stop, report=render, tables=tables), outcome.data, list(comparison.given_up)


def _tell(directory: Path, data: Any, notes: list[str]) -> None:
    """Where the results are, and the answer in a line per alternative; on stderr."""
    from techsim.report.answers import lines
    from techsim.results.writing import FILES

    files = [name for name in FILES if (directory / name).exists()]
    said = [f"Results in {short(directory)}: {', '.join(files)}", *notes, "", *(f"  {line}" for line in lines(data))]
    print("\n".join(said).rstrip(), file=sys.stderr, flush=True)

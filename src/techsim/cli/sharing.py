"""What the commands that simulate share: their options, and work that can be stopped."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from techsim.cli.stopping import nothing

if TYPE_CHECKING:
    from techsim.experiment.watching import Stop, Watcher

OUTPUTS = Path("outputs")
"""Where results go that no directory is given for."""

Draws = Annotated[int | None, typer.Option(metavar="N", help="Number of draws.", show_default=False)]
Scale = Annotated[int | None, typer.Option(metavar="K", help="Residents per simulated person.", show_default=False)]
Seed = Annotated[int | None, typer.Option(metavar="S", help="Seed of the random numbers.", show_default=False)]
Parameters = Annotated[
    str | None,
    typer.Option(
        metavar="default|prior|FILE",
        help="Where draws have the parameters from that the scenario does not set: their defaults, a value from their "
        "prior in each draw, or the sets of a file (.csv or .parquet).  [default: as the scenario says]",
        show_default=False,
    ),
]
End = Annotated[
    str | None,
    typer.Option(metavar="YYYY-MM", help="Last month, in place of the scenario's.", show_default=False),
]
Threads = Annotated[
    int | None,
    typer.Option(metavar="N", min=1, help="Threads to use; all processors if left out.", show_default=False),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing unless something is wrong.")]


def count(threads: int | None) -> int:
    """The threads asked for, or one for each processor that this process may use."""
    if threads is not None:
        return threads
    allowed = getattr(os, "sched_getaffinity", None)  # not on macOS and Windows
    return len(allowed(0)) if allowed else os.cpu_count() or 1


Done = TypeVar("Done")


def stoppable(work: Callable[[Watcher, Stop], Done], quiet: bool, left: Callable[[], str] = nothing) -> Done:
    """Do the work in the background, showing how far it is; exit status 1 where Ctrl-C stopped it.

    ``left`` says what a stop leaves behind.
    """
    from techsim.cli.progress import Display
    from techsim.cli.stopping import in_background
    from techsim.experiment.warming import wanted

    with Display(quiet=quiet) as display, wanted():
        finished = in_background(lambda stop: work(display, stop), before_leaving=display.close, left=left)
    if finished is None:
        print(f"Stopped: {left()}", file=sys.stderr, flush=True)
        raise typer.Exit(1)
    return finished


def warn(watcher: Watcher, scale: int) -> None:
    """Say at once that a scale is coarse, before the time goes into a run; a watcher for people only."""
    from techsim.cli.progress import Display
    from techsim.report.coarse import warning

    text = warning(scale)
    if text and isinstance(watcher, Display):
        watcher.say(f"Warning: {text}")


def short(directory: Path) -> str:
    """The directory as seen from here, where it lies below; else as it is."""
    here = Path.cwd().resolve()
    return str(directory.relative_to(here)) if directory.is_relative_to(here) else str(directory)

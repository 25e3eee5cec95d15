"""How far a run is: a bar on a terminal, plain lines elsewhere, nothing when quiet. Always on stderr."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any

from techsim.compiling import is_cold

if TYPE_CHECKING:
    from rich.progress import Progress

SIMULATING = "simulating"
COMPILING = "compiling the model (only a first run takes long)"
"""Said in place of ``SIMULATING`` where nothing is compiled yet."""
EVERY = 10.0
"""Seconds between two plain lines about the months."""


class Display:
    """A :class:`~techsim.experiment.watching.Watcher` for people; used as a context manager.

    Parameters
    ----------
    quiet : bool
        Show nothing.
    stream : text stream, optional
        In place of stderr.
    """

    def __init__(self, quiet: bool = False, stream: Any = None) -> None:
        self.quiet = quiet
        self.stream = sys.stderr if stream is None else stream
        self.what = ""
        self._bar: Progress | None = None
        self._task: Any = None
        self._began: float | None = None
        self._told = 0.0
        self._first = 0
        self._counted = ""

    def __enter__(self) -> Display:
        if not self.quiet and self.stream.isatty():
            self._bar = _bar(self.stream)
            self._bar.start()
            self._show("starting")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Take the bar away and give the terminal its cursor back."""
        if self._bar is not None:
            self._bar.stop()

    def phase(self, what: str) -> None:
        """Show what is being done now."""
        self.what = what
        shown = COMPILING if what == SIMULATING and is_cold() else what
        if self._bar is not None:
            self._show(shown)
        elif not self.quiet:
            self._line(f"{shown} ...")
        self._began = None

    def say(self, text: str) -> None:
        """A line that stays, above the bar where there is one; none when quiet."""
        if self._bar is not None:
            self._bar.console.print(text, markup=False, highlight=False, soft_wrap=True)
        elif not self.quiet:
            self._line(text)

    def months(self, done: int, total: int, draws: int) -> None:
        """Show the months done over all draws, the draws finished, and the time left."""
        # From the first month on: it may have compiled, which says nothing about the speed of the others.
        self._far(SIMULATING, done, total, f"{done} of {total} months" + (f", draws done: {draws}" if draws else ""))

    def kernels(self, done: int, total: int) -> None:
        """Show the kernels compiled, and the time left."""
        self._far(COMPILING, done, total, f"{done} of {total} kernels")

    def _far(self, what: str, done: int, total: int, detail: str) -> None:
        now = time.monotonic()
        if self._began is None or self._counted != what:
            self._began, self._first, self._told, self._counted = now, done, now, what
            if self._bar is not None:
                self._bar.update(self._task, description=what, total=total)
        left = remaining(now - self._began, done - self._first, total - done)
        if self._bar is not None:
            self._bar.update(self._task, completed=done, total=total, detail=detail, left=left)
        elif not self.quiet and now - self._told >= EVERY:
            self._told = now
            self._line(f"{what}: {detail}{', ' + left if left else ''}")

    def _show(self, what: str) -> None:
        """A new line on the terminal, of unknown length, in place of the last."""
        assert self._bar is not None
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(what, total=None, detail="", left="")

    def _line(self, text: str) -> None:
        print(text, file=self.stream, flush=True)


def remaining(seconds: float, done: int, to_do: int) -> str:
    """The time left in words, from ``done`` units in ``seconds``; empty while nobody can say."""
    if done <= 0 or to_do <= 0:
        return ""
    left = seconds / done * to_do
    if left < 60:
        return f"{left:.0f} s left"
    minutes, rest = divmod(round(left), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min left" if hours else f"{minutes} min {rest:02d} s left"


def _bar(stream: Any) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TextColumn("{task.fields[detail]}"),
        TextColumn("{task.fields[left]}"),
    )
    return Progress(*columns, console=Console(file=stream), transient=True, refresh_per_second=10)

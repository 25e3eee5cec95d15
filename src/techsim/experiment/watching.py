"""What an experiment tells while it runs, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """The experiment was asked to stop; nothing has been written."""


class Watcher(Protocol):
    """Who is told how far a run is; methods return at once and are called from the thread that runs the experiment."""

    def phase(self, what: str) -> None:
        """A new phase begins, such as ``reading the tables``."""

    def months(self, done: int, total: int, draws: int) -> None:
        """``done`` of ``total`` months over all draws are simulated, and ``draws`` draws are finished."""

    def kernels(self, done: int, total: int) -> None:
        """``done`` of ``total`` kernels are compiled, before the months of a first run."""


class Silent:
    """A watcher that says nothing."""

    def phase(self, what: str) -> None:
        """Say nothing."""

    def months(self, done: int, total: int, draws: int) -> None:
        """Say nothing."""

    def kernels(self, done: int, total: int) -> None:
        """Say nothing."""


class Part:
    """A watcher of some of the runs of a study, which tells ``watcher`` of all of them.

    Parameters
    ----------
    before, these, everything : int
        Runs that are done, that are watched, and that the study has.
    """

    def __init__(self, watcher: Watcher, before: int, these: int, everything: int) -> None:
        self.watcher, self.before, self.these, self.everything = watcher, before, these, everything

    def phase(self, what: str) -> None:
        """A new phase begins."""
        self.watcher.phase(what)

    def months(self, done: int, total: int, draws: int) -> None:
        """Months of these runs, told as months of all."""
        each = total / max(self.these, 1)
        self.watcher.months(round(self.before * each) + done, round(self.everything * each), self.before + draws)

    def kernels(self, done: int, total: int) -> None:
        """Kernels are compiled before the first of all runs."""
        self.watcher.kernels(done, total)


Stop = Callable[[], bool]
"""Asked about once a month of the simulation; True ends the run with :class:`Stopped`."""


def never() -> bool:
    """Run to the end."""
    return False

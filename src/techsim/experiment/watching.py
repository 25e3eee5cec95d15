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


class Silent:
    """A watcher that says nothing."""

    def phase(self, what: str) -> None:
        """Say nothing."""

    def months(self, done: int, total: int, draws: int) -> None:
        """Say nothing."""


Stop = Callable[[], bool]
"""Asked about once a month of the simulation; True ends the run with :class:`Stopped`."""


def never() -> bool:
    """Run to the end."""
    return False

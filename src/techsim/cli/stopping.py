"""Work that Ctrl-C can stop within two seconds, whatever it is doing.

The work runs in a thread of its own and the main thread only waits: so the interrupt is seen at once, even while the
work is inside compiled code or the compiler. The work is asked to stop; if it does not in time, what it is writing is
removed and the process ends.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

from techsim.experiment.watching import Stop, Stopped

Result = TypeVar("Result")

PATIENCE = 1.4
"""Seconds that work which was asked to stop gets to do so."""
TICK = 0.05


def nothing() -> str:
    """What a stop leaves behind, for work that writes whole or not at all."""
    return "nothing was written."


def in_background(
    work: Callable[[Stop], Result], before_leaving: Callable[[], None], left: Callable[[], str] = nothing
) -> Result | None:
    """Run ``work`` to its end; None if it was stopped. Its exceptions are raised here.

    Parameters
    ----------
    work : callable
        Takes a function that says whether to stop.
    before_leaving : callable
        Called when the work does not stop in time and the process ends without unwinding.
    left : callable
        Says what a stop leaves behind, after "Stopped: ".

    Must be called from the main thread.
    """
    asked = threading.Event()
    asked_at: list[float] = []
    results: list[Result] = []
    errors: list[BaseException] = []

    def interrupted(number: int, frame: FrameType | None) -> None:
        asked_at.append(time.monotonic())
        asked.set()

    def body() -> None:
        try:
            results.append(work(asked.is_set))
        except BaseException as error:
            errors.append(error)

    signals = [signal.SIGINT, signal.SIGTERM]
    before = {number: signal.signal(number, interrupted) for number in signals}
    try:
        thread = threading.Thread(target=body, name="techsim-work", daemon=True)
        thread.start()
        while thread.is_alive():
            thread.join(TICK)
            if asked_at and thread.is_alive() and (time.monotonic() - asked_at[0] > PATIENCE or len(asked_at) > 1):
                before_leaving()
                _leave(left)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if results:
        return results[0]
    if asked_at or isinstance(errors[0], Stopped):
        return None
    raise errors[0]


def _leave(left: Callable[[], str]) -> None:
    """End this process and its workers now, with nothing half-written."""
    if "multiprocessing" in sys.modules:
        import multiprocessing

        for process in multiprocessing.active_children():
            process.kill()
    if "techsim.results.writing" in sys.modules:
        from techsim.results.writing import abandon

        abandon()
    print(f"Stopped: {left()}", file=sys.stderr, flush=True)
    os._exit(1)

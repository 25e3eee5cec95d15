"""Running draws: one after another in this process, or side by side in workers.

Which of the two, and how many workers, changes nothing in the records: each draw depends on its plan alone. Where there
are more threads than draws, each draw gets some (:func:`threads_within`). Before a first run the workers compile.
"""

from __future__ import annotations

from collections.abc import Sequence

from techsim.experiment import warming
from techsim.experiment.draws import Draw
from techsim.experiment.watching import Stop, Stopped, Watcher
from techsim.experiment.workers import Made, Tally, Work, in_workers


def run(simulate: Work[Draw, Made], draws: Sequence[Draw], threads: int, watcher: Watcher, stop: Stop) -> list[Made]:
    """Run draws.

    Parameters
    ----------
    threads : int
        Workers that run side by side; 1 runs everything in this process, as does a single draw.

    Returns
    -------
    list of records
        In the order of ``draws``.

    Raises
    ------
    Stopped
        If ``stop`` said so; no worker is alive any more.
    Exception
        What a draw failed with, in a worker as here (there with its traceback as the cause); the others are ended.
    WorkerError
        If a worker died.
    ValueError
        If ``threads`` is below 1.
    """
    if threads < 1:
        raise ValueError(f"threads: {threads} is not at least 1")
    warming.warm(threads, watcher, stop)
    tally = Tally(lambda done, months, finished: watcher.months(done, months * len(draws), finished))
    if threads <= 1 or len(draws) <= 1:
        return [_run_here(simulate, draw, tally, stop) for draw in draws]
    return in_workers(simulate, draws, min(threads, len(draws)), tally, stop)


def threads_within(threads: int, draws: int) -> int:
    """Threads that each draw gets, where ``threads`` are shared among the draws that run side by side."""
    return max(1, threads // max(1, min(threads, draws)))


def _run_here(simulate: Work[Draw, Made], draw: Draw, tally: Tally, stop: Stop) -> Made:
    if stop():
        raise Stopped

    def progress(done: int, total: int) -> None:
        tally.finished += done == total
        tally.tell(draw.number, done, total)

    return simulate(draw, progress, stop)

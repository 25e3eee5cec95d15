"""Work shared among processes: tasks go out one by one, progress and what is made of them comes back.

Workers are processes of their own (spawned, so the same on every system). They die with their parent: they leave when
the pipe to it breaks, and a stop ends them at once.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, NoReturn, Protocol, TypeVar

from techsim.experiment.simulate import Progress
from techsim.experiment.watching import Stop, Stopped, never

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess


class Task(Protocol):
    """What a worker is given: it has a number of its own, such as a draw."""

    @property
    def number(self) -> int:
        """Number of the task."""


class Record(Protocol):
    """What comes of a task, such as a draw: it has its number."""

    @property
    def draw(self) -> int:
        """Number of the task."""


@dataclass
class Tally:
    """How far all tasks together are.

    ``report`` hears what is done over all tasks, what the one that was heard of has in all, and how many are finished.
    """

    report: Callable[[int, int, int], None]
    done: dict[int, int] = field(default_factory=dict)
    finished: int = 0

    def tell(self, number: int, done: int, total: int) -> None:
        """Of a task, ``done`` of ``total`` are done."""
        self.done[number] = done
        self.report(sum(self.done.values()), total, self.finished)


Given = TypeVar("Given", bound=Task)
Made = TypeVar("Made", bound=Record)
Work = Callable[[Given, Progress, Stop], Made]
"""Does one task. For workers it must be picklable: a function of a module, or a ``functools.partial`` of one."""

LISTEN = 0.1
"""Seconds between two looks at whether to stop."""
GRACE = 0.5
"""Seconds that a worker gets to end before it is killed."""
TOLD_EVERY = 0.1
"""Seconds between two reports of a worker."""
_THREADS = ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class WorkerError(RuntimeError):
    """A worker died, or its error cannot be told; as the cause of another error, that error's traceback there."""


@dataclass
class _Worker:
    process: SpawnProcess
    pipe: Connection
    task: Task | None = None


def in_workers(work: Work[Given, Made], tasks: Sequence[Given], count: int, tally: Tally, stop: Stop) -> list[Made]:
    """Do tasks in ``count`` workers side by side; the records in the order of ``tasks``.

    Raises
    ------
    Stopped
        If ``stop`` said so; no worker is alive any more.
    Exception
        What a task failed with, with its traceback there as the cause; the others are ended.
    WorkerError
        If a worker died.
    """
    packed = pickle.dumps(work)
    waiting = list(reversed(tasks))
    records: dict[int, Made] = {}
    workers: list[_Worker] = []
    try:
        while len(records) < len(tasks):
            if stop():
                raise Stopped
            while waiting and len(workers) < count:
                workers.append(_start(packed))
                _hand_out(workers[-1], waiting)
            busy = {worker.pipe: worker for worker in workers if worker.task is not None}
            for worker in [busy[pipe] for pipe in wait(list(busy), timeout=LISTEN) if pipe in busy]:
                message = _receive(worker)
                if message[0] == "progress":
                    tally.tell(*message[1:])
                elif message[0] == "done":
                    record: Made = message[1]
                    records[record.draw] = record
                    tally.finished += 1
                    _hand_out(worker, waiting)
                else:
                    _raise(*message[1:])
    finally:
        _end(workers)
    return [records[task.number] for task in tasks]


def _start(work: bytes) -> _Worker:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, work), daemon=True)
    with _one_thread(), _interrupts_held_back():
        process.start()
    theirs.close()
    return _Worker(process, ours)


@contextmanager
def _one_thread() -> Iterator[None]:
    """The environment that workers start in: libraries read their number of threads from it when imported."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name)
            else:
                os.environ[name] = value


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Processes started within never see Ctrl-C, not even before they could ignore it (Windows has no such mask)."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # starts with the first process otherwise, and takes the mask off that one
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _hand_out(worker: _Worker, waiting: list[Any]) -> None:
    worker.task = waiting.pop() if waiting else None
    with suppress(OSError):  # it has died: _receive says so
        worker.pipe.send(worker.task)


def _receive(worker: _Worker) -> tuple[Any, ...]:
    try:
        message: tuple[Any, ...] = worker.pipe.recv()
    except (EOFError, OSError):
        worker.process.join(GRACE)
        number = worker.task.number if worker.task else "none"
        raise WorkerError(
            f"the worker of draw {number} died (exit code {worker.process.exitcode}); "
            "the machine may have run out of memory: try fewer threads or a larger scale"
        ) from None
    return message


def _end(workers: Sequence[_Worker]) -> None:
    for worker in workers:
        if worker.task is None:
            worker.process.join(GRACE)  # it leaves by itself
        worker.process.terminate()
    limit = time.monotonic() + GRACE
    for worker in workers:
        worker.process.join(max(0.0, limit - time.monotonic()))
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join(GRACE)
        worker.pipe.close()


def _work(pipe: Connection, packed: bytes) -> None:
    """A worker's life: tasks come in, progress and records go out, until None comes or the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of the terminal; the parent decides
    gc.disable()  # what is left of a task is let go of when it is done, and not looked for before
    try:
        work: Work[Any, Any] = pickle.loads(packed)
        while (task := pipe.recv()) is not None:
            try:
                record = work(task, _Reports(pipe, task.number), never)
            except Exception as error:
                _send(pipe, ("failed", task.number, _packed(error), _said(error), traceback.format_exc()))
                return
            _send(pipe, ("done", record))
            gc.collect()
            if not gc.get_freeze_count():
                gc.freeze()  # modules, tables and compiled code stay: not looked through again after every task
    except (EOFError, OSError, _ParentGone):
        os._exit(1)  # nobody wants the rest


def _packed(error: Exception) -> bytes:
    """The error for the pipe; empty where it cannot be carried over and made again."""
    try:
        packed = pickle.dumps(error)
        return packed if _said(pickle.loads(packed)) == _said(error) else b""
    except Exception:
        return b""


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _raise(draw: int, packed: bytes, said: str, trace: str) -> NoReturn:
    """Raise here what a draw failed with in a worker."""
    there = WorkerError(f"draw {draw} failed\n{trace}")
    if not packed:
        raise WorkerError(f"draw {draw} failed with {said}") from there
    error: Exception = pickle.loads(packed)
    raise error from there


class _ParentGone(BaseException):
    """The pipe to the parent is broken."""


def _send(pipe: Connection, message: tuple[Any, ...]) -> None:
    try:
        pipe.send(message)
    except OSError:
        raise _ParentGone from None


class _Reports:
    """Progress of a draw in a worker, sent a few times a second; a broken pipe ends the draw."""

    def __init__(self, pipe: Connection, draw: int) -> None:
        self.pipe, self.draw, self.told = pipe, draw, 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done == total or now - self.told >= TOLD_EVERY:
            self.told = now
            _send(self.pipe, ("progress", self.draw, done, total))

"""Before a first run: every kernel compiled, by as many processes as the run may use.

numba compiles a kernel where it is first called, one after another, which takes minutes. What will be called is known
(:mod:`techsim.experiment.signatures`), so that processes can share it; the run then loads what they left in numba's
cache. It changes nothing but the time: what the list lacks, or they could not compile, the run compiles itself.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from techsim import compiling
from techsim.experiment import signatures
from techsim.experiment.simulate import Progress
from techsim.experiment.watching import Stop, Watcher
from techsim.experiment.workers import Tally, WorkerError, in_workers

MOST = 8
"""Processes at most: more would have less to compile than to load before they can."""


@dataclass(frozen=True)
class Part:
    """Kernels of one module, which share what they call: compiled by one process, and each in its cache at once."""

    number: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Compiled:
    """A part that is done, by its number."""

    draw: int


def parts(lines: list[str]) -> list[Part]:
    """The lines by module, those first that take longest: more arguments, more work."""
    by_module: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        by_module[signatures.module_of(line)].append(line)
    ordered = sorted(by_module.values(), key=lambda of_module: -sum(map(len, of_module)))
    return [Part(number, tuple(of_module)) for number, of_module in enumerate(ordered)]


def compile_part(part: Part, progress: Progress, stop: Stop) -> Compiled:
    """Compile the kernels of a part, or load them where they are in the cache."""
    for done, line in enumerate(part.lines):
        with suppress(Exception):  # a list older than the kernels: the run compiles what it calls
            kernel, kinds = signatures.read(line)
            kernel.compile(kinds)
        progress(done + 1, len(part.lines))
    return Compiled(part.number)


_wanted = threading.Event()


@contextmanager
def wanted() -> Iterator[None]:
    """Within, the first run compiles beforehand.

    For programs only: each process loads the main module anew, and a user's script may do its work when it is loaded.
    """
    _wanted.set()
    try:
        yield
    finally:
        _wanted.clear()


def warm(threads: int, watcher: Watcher, stop: Stop) -> None:
    """Compile every kernel with ``threads`` processes where it is :func:`wanted`, there are several, and some may lack.

    Raises
    ------
    Stopped
        If ``stop`` said so; no process is alive any more, and what is compiled stays.
    """
    if threads <= 1 or not _wanted.is_set():
        return
    _wanted.clear()  # looked at once, as a search has many runs, and tried once, also where nothing can be kept
    if not compiling.is_incomplete():
        return
    lines = signatures.listed()
    with suppress(WorkerError, OSError):  # such as a lack of memory: the run compiles by itself
        tally = Tally(lambda done, _, __: watcher.kernels(done, len(lines)))
        in_workers(compile_part, parts(lines), min(threads, MOST), tally, stop)
        compiling.set_complete()

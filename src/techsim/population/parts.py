"""People in parts, side by side: one draw uses more than one processor.

Kernels let go of Python's lock, so parts of the people can pass through one on threads of their own. What is drawn is
keyed on the person, and counts are whole numbers: how many parts there are changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Made = TypeVar("Made")
Tally = npt.NDArray[np.int64]

WORTH_IT = 5_000
"""People in a part from which handing it to a thread costs less than it saves."""


def in_parts(threads: int, size: int, work: Callable[[slice], Made], least: int | None = None) -> list[Made]:
    """Call ``work`` for each of the parts that ``size`` people fall into; what it returns, in their order.

    Parameters
    ----------
    threads : int
        Parts at most.
    work : callable
        Takes the part as a slice of rows, and changes nothing outside it.
    least : int, optional
        People in a part from which it is worth a thread, WORTH_IT if left out: fewer where much is asked of each.
    """
    count = _parts(threads, size, WORTH_IT if least is None else least)
    if count == 1:
        return [work(slice(0, size))]
    edges = [size * k // count for k in range(count + 1)]
    mine, *others = (slice(edges[k], edges[k + 1]) for k in range(count))
    handed = [_pool(threads).submit(work, part) for part in others]
    try:
        return [work(mine), *(future.result() for future in handed)]
    finally:
        for future in handed:
            future.exception()  # nobody works on the people when this returns, whatever went wrong


def tallied(threads: int, size: int, tallies: Sequence[Tally], work: Callable[..., object]) -> None:
    """As :func:`in_parts`, for ``work`` that adds to ``tallies`` too: it takes the part, then tallies of its own.

    Parameters
    ----------
    tallies : sequence of int64 arrays
        Added to.
    """
    if _parts(threads, size, WORTH_IT) == 1:
        work(slice(0, size), *tallies)
        return
    own: list[Sequence[Tally]] = []

    def part_work(part: slice) -> None:
        mine = tallies if part.start == 0 else [np.zeros_like(tally, order="C") for tally in tallies]
        own.append(mine)
        work(part, *mine)

    in_parts(threads, size, part_work)
    for mine in own:
        if mine is not tallies:
            for total, some in zip(tallies, mine, strict=True):
                np.add(total, some, out=total)


def _parts(threads: int, size: int, least: int) -> int:
    return 1 if threads == 1 else max(1, min(threads, size // least))


@lru_cache(maxsize=1)
def _pool(threads: int) -> Any:
    return ThreadPoolExecutor(threads - 1, thread_name_prefix="techsim-part")

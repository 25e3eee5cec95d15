"""Draws that take no time: stand-ins for the simulation, importable by workers."""

import os
import time

import numpy as np

from techsim.experiment.watching import Stopped
from techsim.results.dataset import DrawRecord

MONTHS = 24


def record(draw):
    """A record that depends on the draw's seed alone."""
    values = np.random.default_rng(draw.seed).integers(0, 1000, (MONTHS, 3)).astype(np.int32)
    return DrawRecord(draw.number, draw.seed, draw.parameters, {"hires": values}, {"hiring": 0.1})


def quick(draw, progress, stop):
    """Count through the months."""
    for month in range(MONTHS):
        if stop():
            raise Stopped
        progress(month + 1, MONTHS)
    return record(draw)


def uneven(draw, progress, stop):
    """Later draws are done sooner."""
    time.sleep(max(0.0, 0.3 - 0.1 * draw.number))
    return quick(draw, progress, stop)


def endless(draw, progress, stop):
    """Never done, and deaf to stop; tells its process id to a file of the folder in the parameter's name."""
    folder = next(iter(draw.parameters))
    with open(os.path.join(folder, f"{os.getpid()}.pid"), "w") as file:
        file.write("1")
    progress(MONTHS, MONTHS + 1)
    while True:
        time.sleep(0.05)


def mute(draw, progress, stop):
    """As :func:`endless`, and never tells of a month."""
    endless(draw, lambda done, total: None, stop)


def failing(draw, progress, stop):
    """Fail in draw 1."""
    if draw.number == 1:
        raise OSError("the table is gone")
    return quick(draw, progress, stop)


class AwkwardError(Exception):
    """An error that pickle cannot make again: it takes two arguments and keeps one."""

    def __init__(self, found, wanted):
        super().__init__(f"{found} of {wanted} tables")


def awkward(draw, progress, stop):
    """Fail in draw 1 with an error that cannot be sent."""
    if draw.number == 1:
        raise AwkwardError(3, 4)
    return quick(draw, progress, stop)


def dying(draw, progress, stop):
    """Die in draw 1 without a word."""
    if draw.number == 1:
        os._exit(9)
    return quick(draw, progress, stop)


def reports(draw, progress, stop):
    """Say in the record how many threads libraries may use."""
    progress(MONTHS, MONTHS)
    values = np.array([int(os.environ.get("NUMBA_NUM_THREADS", "0"))])
    return DrawRecord(draw.number, draw.seed, draw.parameters, {"threads": values}, {})


def chatting(draw, progress, stop):
    """Never done, but telling how far it is, as a simulation does."""
    folder = next(iter(draw.parameters))
    with open(os.path.join(folder, f"{os.getpid()}.pid"), "w") as file:
        file.write("1")
    month = 0
    while True:
        month += 1
        progress(month, 10**9)
        time.sleep(0.02)

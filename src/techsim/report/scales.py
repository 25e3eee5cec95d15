"""Axes: round ticks, and from values to places in a drawing."""

from __future__ import annotations

import math
from dataclasses import dataclass

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers that span ``low..high``: at most ``most`` + 1, the first at or below ``low``."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return [0.0, 1.0]
    if high - low < 1e-12 * max(1.0, abs(high)):
        high = low + (abs(low) or 1.0)
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(s * power for s in STEPS if s * power >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(i * step, 12) for i in range(first, last + 1)]


def year_ticks(first: float, last: float, most: int) -> list[int]:
    """Years to label within ``first..last``, at a step of 1, 2, 5 or 10 that gives at most ``most``."""
    for step in (1, 2, 5, 10, 20):
        years = list(range(math.ceil(first / step) * step, math.floor(last) + 1, step))
        if len(years) <= most:
            return years
    return [math.ceil(first), math.floor(last)]


@dataclass(frozen=True)
class Scale:
    """A straight line from values ``low..high`` to places ``start..end``."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def spaced(places: list[float], gap: float, low: float, high: float) -> list[float]:
    """Places moved apart to at least ``gap``, in their order, within ``low..high`` as far as they fit."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = [min(max(places[i], low), high) for i in order]
    for i in range(1, len(moved)):
        moved[i] = max(moved[i], moved[i - 1] + gap)
    if moved and moved[-1] > high:
        moved[-1] = high
        for i in range(len(moved) - 2, -1, -1):
            moved[i] = min(moved[i], moved[i + 1] - gap)
    result = [0.0] * len(places)
    for at, i in enumerate(order):
        result[i] = moved[at]
    return result

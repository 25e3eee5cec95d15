"""Tornado plots: a bar per parameter, the longest above, with its interval and a line for what luck alone gives."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from techsim.report import numbers
from techsim.report.figures import p
from techsim.report.scales import Scale, ticks

WIDTH, ROW, NAMES, HEAD, FOOT = 560.0, 20.0, 216.0, 8.0, 40.0


@dataclass(frozen=True)
class Ends:
    """What becomes of an outcome at the low and at the high end of a parameter's range."""

    name: str
    low: float
    high: float


def _axes(
    marks: Sequence[float], rows: int, across: str, label: Callable[[float], str]
) -> tuple[float, float, Scale, list[Markup], Callable[..., None]]:
    """What stands behind the bars: height, the bottom of the grid, the scale, the parts so far, and how to add one."""
    height = HEAD + ROW * rows + FOOT
    bottom = height - FOOT
    x = Scale(marks[0], marks[-1], NAMES, WIDTH - 24)
    parts: list[Markup] = []

    def add(template: str, *values: object) -> None:
        parts.append(Markup(template) % values)

    for mark in marks:
        add('<line class="grid" x1="%s" x2="%s" y1="%s" y2="%s"/>', p(x(mark)), p(x(mark)), p(HEAD), p(bottom))
        add('<text class="tick" x="%s" y="%s" text-anchor="middle">%s</text>', p(x(mark)), p(bottom + 15),
            label(mark))  # fmt: skip
    add('<text class="tick" x="%s" y="%s" text-anchor="end">%s</text>', p(WIDTH - 24), p(height - 6), across)
    return height, bottom, x, parts, add


def swings(title: str, unit: str, middle: float, found: Sequence[Ends], luck: float = math.nan) -> Markup:
    """A tornado plot of low and high ends as an ``svg`` element.

    Parameters
    ----------
    middle : float
        The outcome at the defaults, from which bars begin.
    found : sequence of Ends
        The first above.
    luck : float
        Dashed lines stand this far on both sides of the middle; none if NaN.
    """
    reach = [middle, *(end for each in found for end in (each.low, each.high))]
    if math.isfinite(luck):
        reach += [middle - luck, middle + luck]
    marks = ticks(min(reach), max(reach), most=5)
    across = "orange: at its 5 % quantile, blue: at its 95 % quantile"
    height, bottom, x, parts, add = _axes(marks, len(found), across, lambda mark: numbers.tick(mark, unit))
    for i, each in enumerate(found):
        row = HEAD + ROW * (i + 0.5)
        add('<text class="tick" x="%s" y="%s" text-anchor="end">%s</text>', p(NAMES - 6), p(row + 3.5), each.name)
        # Both ends may lie on one side: each has half of the row.
        for end, colour, top in ((each.low, 1, row - 6), (each.high, 0, row)):
            left, right = sorted((x(middle), x(end)))
            add('<rect class="end c%s" x="%s" y="%s" width="%s" height="%s"/>', colour, p(left), p(top),
                p(right - left), 6)  # fmt: skip
    add('<line class="zero" stroke="currentColor" x1="%s" x2="%s" y1="%s" y2="%s"/>', p(x(middle)), p(x(middle)),
        p(HEAD), p(bottom))  # fmt: skip
    for side in (-luck, luck) if math.isfinite(luck) else ():
        at = p(x(middle + side))
        add('<line class="goal" x1="%s" x2="%s" y1="%s" y2="%s"/>', at, at, p(HEAD), p(bottom + 3))
    at_ends = "; ".join(
        f"{each.name} {numbers.of_unit(each.low, unit)} to {numbers.of_unit(each.high, unit)}" for each in found[:5]
    )
    said = f"Tornado plot of swings, {title}, {numbers.of_unit(middle, unit)} at the defaults: {at_ends}."
    return Markup('<svg class="chart" viewBox="0 0 %s %s" role="img" aria-label="%s">%s</svg>') % (
        p(WIDTH), p(height), said, Markup("").join(parts))  # fmt: skip


@dataclass(frozen=True)
class Bar:
    """A bar from nothing to ``size``, give or take ``margin``; ``falls`` says that the outcome goes down."""

    name: str
    size: float
    margin: float
    falls: bool = False


def draw(title: str, across: str, unit: str, bars: Sequence[Bar], floor: float = math.nan) -> Markup:
    """A tornado plot as an ``svg`` element.

    Parameters
    ----------
    across, unit : str
        What the axis shows, and its unit as in ``numbers``; the empty unit is an index between 0 and 1.
    bars : sequence of Bar
        The first above.
    floor : float
        Where the dashed line stands; none if NaN.
    """
    tops = [bar.size + bar.margin for bar in bars] + ([floor] if math.isfinite(floor) else [])
    marks = ticks(0.0, max([0.0, *tops]) or 1.0, most=5)
    height, bottom, x, parts, add = _axes(
        marks, len(bars), across, lambda mark: numbers.tick(mark, unit) if unit else f"{mark:.2g}"
    )
    for i, bar in enumerate(bars):
        middle, colour = HEAD + ROW * (i + 0.5), 1 if bar.falls else 0
        size = max(bar.size, 0.0)
        add('<text class="tick" x="%s" y="%s" text-anchor="end">%s</text>', p(NAMES - 6), p(middle + 3.5), bar.name)
        add('<rect class="end c%s" x="%s" y="%s" width="%s" height="%s"/>', colour, p(NAMES), p(middle - 6),
            p(x(size) - NAMES), 12)  # fmt: skip
        low, high = x(max(size - bar.margin, 0.0)), x(size + bar.margin)
        add('<line class="zero" stroke="currentColor" x1="%s" x2="%s" y1="%s" y2="%s"/>', p(low), p(high), p(middle),
            p(middle))  # fmt: skip
    if math.isfinite(floor):
        add('<line class="goal" x1="%s" x2="%s" y1="%s" y2="%s"/>', p(x(floor)), p(x(floor)), p(HEAD), p(bottom + 3))
    said = "; ".join(f"{bar.name} {numbers.of_unit(bar.size, unit) if unit else f'{bar.size:.2f}'}" for bar in bars[:5])
    return Markup('<svg class="chart" viewBox="0 0 %s %s" role="img" aria-label="%s">%s</svg>') % (
        p(WIDTH), p(height), f"Tornado plot, {title}: {said}.", Markup("").join(parts))  # fmt: skip

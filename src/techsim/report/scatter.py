"""Charts of one number against another: points, and paths through years; beside the lines over time of ``figures``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from techsim.report import numbers
from techsim.report.figures import BOTTOM, LEFT, LETTER, TOP, WIDTH, p
from techsim.report.scales import Scale, ticks


@dataclass(frozen=True)
class Path:
    """Points in order, joined if ``joined``; ``labels`` stand beside points, an empty one is none.

    ``colour`` is a number of the palette; hollow points are published figures.
    """

    name: str
    x: Sequence[float]
    y: Sequence[float]
    colour: int
    labels: Sequence[str] = ()
    joined: bool = True
    hollow: bool = False
    size: float = 2.6


@dataclass(frozen=True)
class Plane:
    """A chart of paths; units as in ``numbers``. ``line`` is a straight line from one point to another.

    The axes span both.
    """

    title: str
    across: str
    across_unit: str
    up: str
    up_unit: str
    paths: tuple[Path, ...]
    line: tuple[tuple[float, float], tuple[float, float]] | None = None
    from_zero: bool = False
    height: float = 260.0
    width: float = WIDTH


def draw(plane: Plane) -> Markup:
    """A plane as an ``svg`` element."""
    xs = [x for path in plane.paths for x in path.x]
    ys = [y for path in plane.paths for y in path.y]
    if plane.line:  # a target out of reach is within the axes as well
        xs, ys = [*xs, *(x for x, _ in plane.line)], [*ys, *(y for _, y in plane.line)]
    if plane.from_zero:
        xs, ys = [0.0, *xs], [0.0, *ys]
    across, up = ticks(min(xs), max(xs), most=5), ticks(min(ys), max(ys), most=5)
    bottom = plane.height - BOTTOM - 14
    x = Scale(across[0], across[-1], LEFT, plane.width - 14)
    y = Scale(up[0], up[-1], bottom, TOP + 30)
    parts: list[Markup] = []

    def add(template: str, *values: object) -> None:
        parts.append(Markup(template) % values)

    for mark in up:
        add(
            '<line class="grid" x1="%s" x2="%s" y1="%s" y2="%s"/>', p(LEFT), p(plane.width - 14), p(y(mark)), p(y(mark))
        )
        add('<text class="tick" x="%s" y="%s" text-anchor="end">%s</text>', p(LEFT - 6), p(y(mark) + 3.5),
            _tick(mark, plane.up_unit))  # fmt: skip
    for mark in across:
        add('<line class="notch" x1="%s" x2="%s" y1="%s" y2="%s"/>', p(x(mark)), p(x(mark)), p(bottom), p(bottom + 4))
        add('<text class="tick" x="%s" y="%s" text-anchor="middle">%s</text>', p(x(mark)), p(bottom + 16),
            _tick(mark, plane.across_unit))  # fmt: skip
    add('<text class="tick" x="%s" y="%s" text-anchor="end">%s</text>', p(plane.width - 14), p(plane.height - 3),
        plane.across)  # fmt: skip
    add('<text class="tick" x="4" y="%s">%s</text>', p(TOP), plane.up)
    if plane.line:
        (a, b), (c, d) = plane.line
        add('<line class="goal" x1="%s" y1="%s" x2="%s" y2="%s"/>', p(x(a)), p(y(b)), p(x(c)), p(y(d)))
    for path in plane.paths:
        places = [(x(a), y(b)) for a, b in zip(path.x, path.y, strict=True)]
        if path.joined:
            add(
                '<polyline class="line thin c%s" points="%s"/>',
                path.colour,
                " ".join(f"{p(a)},{p(b)}" for a, b in places),
            )
        for a, b in places:
            add('<circle class="%s c%s" cx="%s" cy="%s" r="%s"/>', "dot" if path.hollow else "end", path.colour,
                p(a), p(b), p(path.size))  # fmt: skip
        for (a, b), label in zip(places, path.labels, strict=False):
            if label:
                end = a > plane.width - 60
                add('<text class="small c%s" x="%s" y="%s"%s>%s</text>', path.colour, p(a - 5 if end else a + 5),
                    p(b - 4), Markup(' text-anchor="end"') if end else "", label)  # fmt: skip
    right = plane.width - 14
    for path in reversed(plane.paths):
        add('<text class="label c%s" x="%s" y="%s" text-anchor="end">%s</text>', path.colour, p(right), p(TOP + 16),
            path.name)  # fmt: skip
        right -= len(path.name) * LETTER + 12
    said = f"{plane.title}: {plane.up} against {plane.across}; {', '.join(path.name for path in plane.paths)}."
    return Markup('<svg class="chart" viewBox="0 0 %s %s" role="img" aria-label="%s">%s</svg>') % (
        p(plane.width), p(plane.height), said, Markup("").join(parts))  # fmt: skip


def _tick(value: float, unit: str) -> str:
    if unit == "log":
        return f"{value:.2f}".rstrip("0").rstrip(".").replace("-", numbers.MINUS)
    return numbers.tick(value, unit)

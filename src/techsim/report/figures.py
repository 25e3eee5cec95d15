"""Line charts as small drawings (SVG) that stand in a grid: light, labelled directly, readable without colour.

A panel is drawn at the width it has on a telephone and in a column of the page, so that its letters keep their size.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from markupsafe import Markup, escape

from techsim.report import numbers
from techsim.report.quantities import Floats, Series
from techsim.report.scales import Scale, spaced, ticks, year_ticks

WIDTH, HEIGHT = 344.0, 216.0
SMALL = 212.0
"""Width of a panel of which five stand in a row."""
LEFT, TOP, BOTTOM = 42.0, 12.0, 24.0
LETTER = 7.5
"""Mean width of a letter of a label."""
LABEL_GAP = 13.0
COLOURS = 6


@dataclass(frozen=True)
class Dot:
    """A published figure in a panel; ``recalled`` ones are drawn as squares."""

    x: float
    value: float
    words: str
    recalled: bool = False


@dataclass(frozen=True)
class Line:
    """A line of a panel; ``colour`` is a number of the palette, ``table`` what the figure's table shows of it.

    ``named`` False leaves its label to the words around the figure.
    """

    label: str
    series: Series
    colour: int
    dots: tuple[Dot, ...] = ()
    table: Series | None = None
    filled: bool = False
    named: bool = True


@dataclass(frozen=True)
class Panel:
    """A small chart. ``goal`` is a level with its words, ``shades`` are spans of years drawn grey.

    ``dots`` are published figures that belong to no line, ``top`` is a value that the
    axis must reach.
    """

    title: str
    unit: str
    lines: tuple[Line, ...]
    goal: tuple[float, str] | None = None
    shades: tuple[tuple[float, float], ...] = ()
    from_zero: bool = True
    height: float = HEIGHT
    dots: tuple[Dot, ...] = ()
    top: float | None = None
    width: float = WIDTH


@dataclass
class _Frame:
    """Where a panel draws."""

    x: Scale
    y: Scale
    right: float
    bottom: float
    parts: list[Markup] = field(default_factory=list)

    def add(self, template: str, *values: object) -> None:
        self.parts.append(Markup(template) % values)


def p(value: float) -> str:
    """A coordinate."""
    return f"{value:.1f}".removesuffix(".0")


def span(panels: Sequence[Panel]) -> tuple[float, float]:
    """First and last x of the lines of panels that share an axis."""
    known = [line.series.x for panel in panels for line in panel.lines if len(line.series)]
    if not known:
        return 0.0, 1.0
    first, last = min(float(x.min()) for x in known), max(float(x.max()) for x in known)
    return (first, last) if last > first else (first - 0.5, last + 0.5)


def top(panel: Panel) -> float:
    """The largest value that a panel draws, published figures included."""
    values = [float(line.series.high.max()) for line in panel.lines if len(line.series)]
    values += [dot.value for line in panel.lines for dot in line.dots] + [dot.value for dot in panel.dots]
    return max(values, default=1.0)


def room_for_labels(panels: Sequence[Panel]) -> float:
    """Width that the labels at the ends of the lines need, the same for panels that stand together."""
    return max((len(end) for panel in panels for end in _ends(panel)), default=0) * LETTER + 8


def draw(panel: Panel, years: tuple[float, float] | None = None, labels: float | None = None) -> Markup:
    """A panel as an ``svg`` element with a description for those who cannot see it.

    Parameters
    ----------
    panel : Panel
    years : (float, float), optional
        The axis, if panels beside it share it.
    labels : float, optional
        Room for the labels on the right, if panels beside it share it.
    """
    first, last = years or span([panel])
    shown = [line for line in panel.lines if len(line.series)]
    ends = _ends(panel)
    right = panel.width - (room_for_labels([panel]) if labels is None else labels)
    marks = ticks(*_reach(panel, shown, (first, last)), most=4)
    frame = _Frame(
        x=Scale(first, last, LEFT, right),
        y=Scale(marks[0], marks[-1], panel.height - BOTTOM, TOP),
        right=right,
        bottom=panel.height - BOTTOM,
    )
    for start, end in panel.shades:
        a, b = max(start, first), min(end, last)
        if b > a:
            frame.add('<rect class="shade" x="%s" y="%s" width="%s" height="%s"/>', p(frame.x(a)), p(TOP),
                      p(frame.x(b) - frame.x(a)), p(frame.bottom - TOP))  # fmt: skip
    _axes(frame, panel, marks, (first, last))
    for line in shown:
        _band(frame, line)
    for line in shown:
        _line(frame, line)
    for line in shown:
        _dots(frame, line.dots, line.colour, (first, last))
    _dots(frame, panel.dots, COLOURS - 1, (first, last))
    _labels(frame, shown, ends)
    _hits(frame, panel, shown)
    body = Markup("").join(frame.parts)
    return Markup('<svg class="chart" viewBox="0 0 %s %s" role="img" aria-label="%s">%s</svg>') % (
        p(panel.width), p(panel.height), words(panel), body)  # fmt: skip


def _ends(panel: Panel) -> list[str]:
    """What stands at the end of each line that is drawn: its label and last value; nothing without a label."""
    lines = [line for line in panel.lines if len(line.series)]
    return [f"{line.label} {_short(line.series.mean[-1], panel.unit)}".strip() if line.named else "" for line in lines]


def words(panel: Panel) -> str:
    """The panel in a sentence: for screen readers."""
    said = []
    for line in panel.lines:
        if len(line.series):
            s = line.series
            said.append(
                f"{line.label} from {numbers.of_unit(s.mean[0], panel.unit)} in {_when(s.x[0])} "
                f"to {numbers.of_unit(s.mean[-1], panel.unit)} in {_when(s.x[-1])}"
            )
    if panel.goal:
        said.append(panel.goal[1])
    return f"Line chart, {panel.title}: {'; '.join(said)}."


def spark(series: Series, colour: int, goal: float | None = None) -> Markup:
    """A line without axes, for a headline number; decoration that the number's text says too."""
    if len(series) < 2:
        return Markup("")
    width, height, edge = 220.0, 44.0, 4.0
    tops = [*series.high, *([goal] if goal is not None else [])]
    low, high = float(np.min(series.low)), float(np.max(tops))
    room = (high - low) or abs(high) or 1.0
    x = Scale(float(series.x[0]), float(series.x[-1]), edge, width - edge)
    y = Scale(low - room * 0.05, high + room * 0.05, height - edge, edge)
    frame = _Frame(x=x, y=y, right=width, bottom=height)
    line = Line("", series, colour)
    if goal is not None:
        frame.add('<line class="goal" x1="0" x2="%s" y1="%s" y2="%s"/>', p(width), p(y(goal)), p(y(goal)))
    _band(frame, line)
    _line(frame, line)
    return Markup(
        '<svg class="spark" viewBox="0 0 %s %s" preserveAspectRatio="none" aria-hidden="true">%s</svg>'
    ) % (p(width), p(height), Markup("").join(frame.parts))  # fmt: skip


def _reach(panel: Panel, lines: Sequence[Line], years: tuple[float, float]) -> tuple[float, float]:
    values = [v for line in lines for v in (float(line.series.low.min()), float(line.series.high.max()))]
    values += [dot.value for line in lines for dot in line.dots if years[0] <= dot.x <= years[1]]
    values += [dot.value for dot in panel.dots if years[0] <= dot.x <= years[1]]
    if panel.goal:
        values.append(panel.goal[0] * 1.1)  # room for its words
    if panel.top is not None:
        values.append(panel.top)
    low, high = min(values, default=0.0), max(values, default=1.0)
    return (min(low, 0.0), max(high, 0.0)) if panel.from_zero else (low, high)


def _axes(frame: _Frame, panel: Panel, marks: list[float], years: tuple[float, float]) -> None:
    for mark in marks:
        y = frame.y(mark)
        kind = "zero" if mark == 0 else "grid"
        frame.add('<line class="%s" x1="%s" x2="%s" y1="%s" y2="%s"/>', kind, p(LEFT), p(frame.right), p(y), p(y))
        frame.add('<text class="tick" x="%s" y="%s" text-anchor="end">%s</text>', p(LEFT - 6), p(y + 3.5),
                  numbers.tick(mark, panel.unit))  # fmt: skip
    room = max(2, int((frame.right - LEFT) / 36))
    for year in year_ticks(*years, most=room):
        frame.add('<text class="tick" x="%s" y="%s" text-anchor="middle">%s</text>', p(frame.x(year)),
                  p(panel.height - 7), year)  # fmt: skip
        frame.add('<line class="notch" x1="%s" x2="%s" y1="%s" y2="%s"/>', p(frame.x(year)), p(frame.x(year)),
                  p(frame.bottom), p(frame.bottom + 4))  # fmt: skip
    if panel.goal:
        y = frame.y(panel.goal[0])
        frame.add('<line class="goal" x1="%s" x2="%s" y1="%s" y2="%s"/>', p(LEFT), p(frame.right), p(y), p(y))
        frame.add('<text class="goal-label" x="%s" y="%s">%s</text>', p(LEFT + 4), p(y - 5), panel.goal[1])


def _points(frame: _Frame, x: Floats, y: Floats) -> list[str]:
    return [f"{p(frame.x(float(a)))},{p(frame.y(float(b)))}" for a, b in zip(x, y, strict=True)]


def _band(frame: _Frame, line: Line) -> None:
    s = line.series
    if line.filled:
        base = p(frame.y(0.0))
        area = [
            f"{p(frame.x(float(s.x[0])))},{base}",
            *_points(frame, s.x, s.mean),
            f"{p(frame.x(float(s.x[-1])))},{base}",
        ]
        frame.add('<polygon class="band c%s" points="%s"/>', line.colour, " ".join(area))
    elif len(s) > 1 and bool(np.any(s.high > s.low)):
        around = _points(frame, s.x, s.high) + _points(frame, s.x, s.low)[::-1]
        frame.add('<polygon class="band c%s" points="%s"/>', line.colour, " ".join(around))


def _line(frame: _Frame, line: Line) -> None:
    s = line.series
    if len(s) > 1:
        frame.add('<polyline class="line c%s" points="%s"/>', line.colour, " ".join(_points(frame, s.x, s.mean)))
    frame.add('<circle class="end c%s" cx="%s" cy="%s" r="2.6"/>', line.colour, p(frame.x(float(s.x[-1]))),
              p(frame.y(float(s.mean[-1]))))  # fmt: skip


def _dots(frame: _Frame, dots: Sequence[Dot], colour: int, years: tuple[float, float]) -> None:
    for dot in dots:
        if not years[0] <= dot.x <= years[1]:
            continue
        x, y = frame.x(dot.x), frame.y(dot.value)
        if dot.recalled:
            frame.add('<rect class="dot c%s" x="%s" y="%s" width="6" height="6"/>', colour, p(x - 3), p(y - 3))
        else:
            frame.add('<circle class="dot c%s" cx="%s" cy="%s" r="3.4"/>', colour, p(x), p(y))


def _labels(frame: _Frame, lines: Sequence[Line], ends: Sequence[str]) -> None:
    named = [(line, end) for line, end in zip(lines, ends, strict=True) if end]
    places = [frame.y(float(line.series.mean[-1])) for line, _ in named]
    for (line, end), y in zip(named, spaced(places, LABEL_GAP, TOP + 2, frame.bottom), strict=True):
        frame.add('<text class="label c%s" x="%s" y="%s">%s</text>', line.colour, p(frame.right + 7), p(y + 4), end)


def _hits(frame: _Frame, panel: Panel, lines: Sequence[Line]) -> None:
    """Invisible columns, one per entry of the axis, whose title says all values there."""
    places = sorted({float(x) for line in lines for x in line.series.x})
    if not places:
        return
    step = min((b - a for a, b in itertools.pairwise(places)), default=1.0)
    width = abs(frame.x(places[0] + step) - frame.x(places[0]))
    for x in places:
        said = [_when(x)]
        for line in lines:
            found = line.series.at(x)
            if found:
                mean, low, high = found
                around = f" ({numbers.interval(low, high, panel.unit)})" if high > low else ""
                said.append(f"{line.label} {numbers.of_unit(mean, panel.unit)}{around}")
            said += [dot.words for dot in line.dots if -1e-9 <= dot.x - x < step - 1e-9]
        frame.add('<rect class="hit" x="%s" y="%s" width="%s" height="%s"><title>%s</title></rect>',
                  p(frame.x(x) - width / 2), p(TOP), p(width), p(frame.bottom - TOP), "\n".join(said))  # fmt: skip


def _when(x: float) -> str:
    year = int(np.floor(x + 1e-9))
    part = x - year
    if part < 0.01:
        return str(year)
    if round(part * 8) % 2:  # the middle of four quarters
        last = round((x + 0.375) * 4)
        return f"four quarters to {last // 4}, quarter {last % 4 + 1}"
    return f"{year}, quarter {round(part * 4) + 1}"


def _short(value: float, unit: str) -> str:
    if unit == "share":
        return numbers.percent(value, 0 if abs(value) >= 0.1 else 1)
    if unit in numbers.FINE:
        return numbers.decimal(value, numbers.FINE[unit])
    return numbers.compact(value)


def table(panels: Sequence[Panel]) -> Markup:
    """The numbers of panels by year, for reading and copying."""
    parts = []
    for panel in panels:
        lines = [(line.label, line.table or line.series) for line in panel.lines if len(line.table or line.series)]
        if not lines:
            continue
        years = sorted({int(x) for _, s in lines for x in s.x if float(x).is_integer()})
        head = Markup("").join(Markup('<th scope="col">%s</th>') % label for label, _ in lines)
        rows = []
        for year in years:
            cells = Markup("").join(Markup("<td>%s</td>") % _cell(s, year, panel.unit) for _, s in lines)
            rows.append(Markup('<tr><th scope="row">%s</th>%s</tr>') % (year, cells))
        columns = Markup("<tr><th scope='col'>year</th>%s</tr>") % head
        parts.append(
            Markup("<div class='table'><table class='numbers'><caption>%s</caption>%s%s</table></div>")
            % (
                panel.title,
                Markup("<thead>%s</thead>") % columns,
                Markup("<tbody>%s</tbody>") % Markup("").join(rows),
            )
        )
    return Markup("").join(parts)


def _cell(series: Series, year: int, unit: str) -> Markup:
    found = series.at(year)
    if found is None:
        return Markup("")
    mean, low, high = found
    if not high > low:
        return escape(numbers.exact(mean, unit))
    return Markup("%s <small>%s</small>") % (numbers.exact(mean, unit), numbers.interval(low, high, unit))

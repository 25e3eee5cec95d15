"""The flow of a cohort as a Sankey diagram: from left to right on a screen, from top to bottom on a telephone.

Laid out once along two axes, ``main`` (the way through education) and ``cross`` (how many): a drawing then says which
of them is x. Flows that skip a column pass it through an empty place of their own, so that nothing crosses a bar.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from techsim.report import numbers
from techsim.report.cohort import BEFORE, EDUCATION, ENDS, START, TRACKS, WORK, Flow, column_of, is_technical
from techsim.report.scales import spaced

RANKS = {
    START: 0,
    **dict.fromkeys(TRACKS, 1),
    **{column: 2 + i for i, column in enumerate(EDUCATION)},
    **dict.fromkeys((*WORK, *ENDS), 5),
}
LANES = {
    START: 0.5,
    **dict(zip(("wo", "hbo", "mbo"), (0.08, 0.45, 0.85), strict=True)),
    **dict(zip(("vwo", "havo", "vmbo"), (0.1, 0.4, 0.85), strict=True)),
    **dict.fromkeys(WORK, 0.3),
    **dict.fromkeys(ENDS, 0.95),
}
"""Where a kind of stage stands across, from 0 to 1: levels keep their order, so that few flows cross."""
SMALLEST = 0.004
"""Flows below this share of the cohort are named, not drawn."""
ROUNDS = 40


@dataclass
class Item:
    """A bar, or the place at which a flow passes a column (``stage`` empty).

    ``people`` are those of the flows that are drawn, ``total`` all who came to the stage or left it.
    """

    stage: str
    rank: int
    lane: float
    people: float
    total: float = 0.0
    cross: float = 0.0
    before: list[tuple[Item, float]] = field(default_factory=list)
    after: list[tuple[Item, float]] = field(default_factory=list)


@dataclass(frozen=True)
class Path:
    """A flow with the items that it goes through, first and last the bars."""

    flow: Flow
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Layout:
    """Bars and flows with their places across; ``scale`` is the width of a person, ``extent`` the whole width."""

    columns: tuple[tuple[Item, ...], ...]
    paths: tuple[Path, ...]
    scale: float
    extent: float
    left_out: tuple[Flow, ...]


def layout(flows: Sequence[Flow], extent: float, gap: float) -> Layout:
    """Places for the flows of a cohort across ``extent``, bars at least ``gap`` apart.

    Flows within a column or back (a change of field, a step down) and small ones are left out of the drawing and
    returned, so that the report can name them.
    """
    drawable = [flow for flow in flows if BEFORE not in (flow.source, flow.target)]
    most = max((sum(f.people for f in drawable if f.source == s) for s in {f.source for f in drawable}), default=0.0)
    ranks = _ranks(drawable)
    drawn: list[Flow] = []
    left_out: list[Flow] = []
    for flow in drawable:
        forward = ranks[flow.target] > ranks[flow.source]
        (drawn if forward and flow.people >= SMALLEST * most else left_out).append(flow)
    bars = _bars(drawn, flows, ranks)
    columns: dict[int, list[Item]] = {}
    for bar in bars.values():
        columns.setdefault(bar.rank, []).append(bar)
    paths = [_path(flow, bars, columns) for flow in drawn]
    ordered = [sorted(columns[rank], key=lambda item: item.lane) for rank in sorted(columns)]
    scale = min(
        (
            (extent - sum(_gap(item, gap) for item in column[1:])) / sum(item.people for item in column)
            for column in ordered
        ),
        default=1.0,
    )
    _place(ordered, scale, extent, gap)
    return Layout(tuple(tuple(c) for c in ordered), tuple(paths), scale, extent, tuple(left_out))


def _ranks(flows: Sequence[Flow]) -> dict[str, int]:
    stages = {s for flow in flows for s in (flow.source, flow.target)}
    leaving = {flow.source for flow in flows}
    last = max(RANKS.values())
    return {s: RANKS.get(column_of(s), 2 if s in leaving else last) for s in stages}


def _bars(drawn: Sequence[Flow], every: Sequence[Flow], ranks: Mapping[str, int]) -> dict[str, Item]:
    bars = {}
    for stage in sorted({s for flow in drawn for s in (flow.source, flow.target)}):
        into = sum(flow.people for flow in drawn if flow.target == stage)
        out = sum(flow.people for flow in drawn if flow.source == stage)
        total = max(
            sum(f.people for f in every if f.target == stage), sum(f.people for f in every if f.source == stage)
        )
        lane = LANES.get(column_of(stage), 0.9) + (0.0 if is_technical(stage) else 0.05)
        bars[stage] = Item(stage, ranks[stage], lane, max(into, out), total)
    return bars


def _path(flow: Flow, bars: Mapping[str, Item], columns: Mapping[int, list[Item]]) -> Path:
    source, target = bars[flow.source], bars[flow.target]
    items = [source]
    for rank in range(source.rank + 1, target.rank):
        if rank in columns:
            part = (rank - source.rank) / (target.rank - source.rank)
            # A flow first leaves its own lane late: it passes on the side it comes from.
            passing = Item("", rank, source.lane + (target.lane - source.lane) * part * part, flow.people)
            columns[rank].append(passing)
            items.append(passing)
    items.append(target)
    for a, b in itertools.pairwise(items):
        a.after.append((b, flow.people))
        b.before.append((a, flow.people))
    return Path(flow, tuple(items))


def _gap(item: Item, gap: float) -> float:
    return gap if item.stage else gap * 0.25


def _place(columns: Sequence[Sequence[Item]], scale: float, extent: float, gap: float) -> None:
    for column in columns:
        used = sum(item.people for item in column) * scale + sum(_gap(item, gap) for item in column[1:])
        at = (extent - used) / 2
        for item in column:
            item.cross = at
            at += item.people * scale + _gap(item, gap)
    for turn in range(ROUNDS):
        backward = turn % 2 == 1
        for column in reversed(columns) if backward else columns:
            for item in column:
                links = item.after if backward else item.before
                weight = sum(people for _, people in links)
                if weight:
                    middle = sum((other.cross + other.people * scale / 2) * people for other, people in links) / weight
                    item.cross += (middle - item.people * scale / 2 - item.cross) * 0.6
            _apart(column, scale, extent, gap)


def _apart(column: Sequence[Item], scale: float, extent: float, gap: float) -> None:
    at = 0.0
    for i, item in enumerate(column):
        item.cross = max(item.cross, at + (_gap(item, gap) if i else 0.0))
        at = item.cross + item.people * scale
    at = extent
    for i in range(len(column) - 1, -1, -1):
        item = column[i]
        item.cross = min(item.cross, at - item.people * scale)
        at = item.cross - _gap(item, gap)


def kind(flow: Flow) -> str:
    """What a flow means for technology: stays, is lost, is won, or neither."""
    to = is_technical(flow.target)
    if not is_technical(flow.source):
        return "stay" if to and flow.source == START else "won" if to else "rest"
    return "stay" if to else "lost"


@dataclass(frozen=True)
class Drawing:
    """How a layout is drawn: along x on a screen (``upright`` False), along y on a telephone."""

    main: float
    cross: float
    bar: float
    upright: bool
    letters: float
    margins: tuple[float, float, float]

    def point(self, main: float, cross: float) -> str:
        """A point as SVG writes it."""
        x, y = (cross, main) if self.upright else (main, cross)
        return f"{x:.1f},{y:.1f}"


WIDE = Drawing(main=1040, cross=520, bar=12, upright=False, letters=12.5, margins=(4, 150, 14))
TALL = Drawing(main=860, cross=352, bar=10, upright=True, letters=10.5, margins=(16, 44, 4))
"""``margins``: before the first bar, after the last bar, and on both sides across."""


def draw(flows: Sequence[Flow], names: Mapping[str, str], how: Drawing, description: str) -> tuple[Markup, Layout]:
    """The diagram as an ``svg`` element, and its layout."""
    first, last, side = how.margins
    plan = layout(flows, how.cross - 2 * side, 16 if not how.upright else 20)
    count = max(1, len(plan.columns) - 1)
    step = (how.main - first - last - how.bar) / count
    places = {id(item): first + step * i for i, column in enumerate(plan.columns) for item in column}
    parts = [_ribbon(path, plan, places, ends, how) for path, ends in _ends(plan)]
    for column in plan.columns:
        bars = [item for item in column if item.stage]
        parts += [_bar(item, plan, places[id(item)], how) for item in bars]
        parts += _texts(bars, plan, places, names, how, is_last=column is plan.columns[-1])
    width, height = (how.cross, how.main) if how.upright else (how.main, how.cross)
    svg = Markup('<svg class="sankey %s" viewBox="0 0 %s %s" role="img" aria-label="%s">%s</svg>') % (
        "tall" if how.upright else "wide",
        f"{width:g}",
        f"{height:g}",
        description,
        Markup("").join(parts),
    )
    return svg, plan


def _ends(plan: Layout) -> list[tuple[Path, tuple[float, float]]]:
    """Each path with the places across at which it leaves its first and reaches its last bar; widest first."""
    out: dict[int, float] = {}
    into: dict[int, float] = {}
    for path in sorted(plan.paths, key=lambda path: path.items[1].cross):
        key = id(path)
        bar = path.items[0]
        out[key] = out.get(-id(bar), bar.cross)
        out[-id(bar)] = out[key] + path.flow.people * plan.scale
    for path in sorted(plan.paths, key=lambda path: path.items[-2].cross):
        key = id(path)
        bar = path.items[-1]
        into[key] = into.get(-id(bar), bar.cross)
        into[-id(bar)] = into[key] + path.flow.people * plan.scale
    return [(path, (out[id(path)], into[id(path)])) for path in sorted(plan.paths, key=lambda path: -path.flow.people)]


def _ribbon(path: Path, plan: Layout, places: Mapping[int, float], ends: tuple[float, float], how: Drawing) -> Markup:
    side = how.margins[2]
    wide = path.flow.people * plan.scale
    stops: list[tuple[float, float]] = []
    for i, item in enumerate(path.items):
        main = places[id(item)]
        if i == 0:
            stops.append((main + how.bar, ends[0] + side))
        elif i == len(path.items) - 1:
            stops.append((main, ends[1] + side))
        else:
            stops += [(main, item.cross + side), (main + how.bar, item.cross + side)]
    edge = [f"M{how.point(*stops[0])}", *_curves(stops, how)]
    other = [(main, cross + wide) for main, cross in reversed(stops)]
    edge += [f"L{how.point(*other[0])}", *_curves(other, how), "Z"]
    flow = path.flow
    words = f"{flow.source.replace('_', ' ')} to {flow.target.replace('_', ' ')}: {numbers.rounded(flow.people)} people"
    return Markup('<path class="flow %s" d="%s"><title>%s</title></path>') % (kind(flow), "".join(edge), words)


def _curves(stops: Sequence[tuple[float, float]], how: Drawing) -> list[str]:
    curves = []
    for (m0, c0), (m1, c1) in itertools.pairwise(stops):
        middle = (m0 + m1) / 2
        curves.append(f"C{how.point(middle, c0)} {how.point(middle, c1)} {how.point(m1, c1)}")
    return curves


def _bar(item: Item, plan: Layout, main: float, how: Drawing) -> Markup:
    cross, long = item.cross + how.margins[2], max(1.5, item.people * plan.scale)
    x, y, width, height = (cross, main, long, how.bar) if how.upright else (main, cross, how.bar, long)
    kind_of = "technical" if is_technical(item.stage) else "other"
    return Markup('<rect class="bar %s" x="%s" y="%s" width="%s" height="%s"/>') % (
        kind_of, f"{x:.1f}", f"{y:.1f}", f"{width:.1f}", f"{height:.1f}")  # fmt: skip


def _texts(
    bars: Sequence[Item],
    plan: Layout,
    places: Mapping[int, float],
    names: Mapping[str, str],
    how: Drawing,
    is_last: bool,
) -> list[Markup]:
    side = how.margins[2]
    middles = [item.cross + item.people * plan.scale / 2 + side for item in bars]
    texts = []
    if not how.upright:
        for item, y in zip(bars, spaced(middles, 15, 8, how.cross - 6), strict=True):
            name = names.get(item.stage, item.stage.replace("_", " "))
            # The first name stands above its bar: beside it, it would run into the next.
            first = item.stage == START
            at = (
                (places[id(item)], max(12.0, item.cross + side - 9))
                if first
                else (places[id(item)] + how.bar + 6, y + 4)
            )
            texts.append(
                Markup('<text class="name" x="%s" y="%s">%s <tspan class="count">%s</tspan></text>')
                % (f"{at[0]:.1f}", f"{at[1]:.1f}", name, numbers.compact(item.total))
            )
        return texts
    half = 23.0
    for item, x in zip(bars, spaced(middles, 2 * half, half, how.cross - half), strict=True):
        name = names.get(item.stage, item.stage.replace("_", " "))
        words = [*_folded(name), numbers.compact(item.total)]
        y = places[id(item)] + how.bar + how.letters + 1
        lines = [
            Markup('<tspan x="%s" y="%s"%s>%s</tspan>')
            % (f"{x:.1f}", f"{y + i * (how.letters + 1):.1f}",
               Markup(' class="count"') if i == len(words) - 1 else "", word)
            for i, word in enumerate(words)
        ]  # fmt: skip
        texts.append(Markup('<text class="name" text-anchor="middle">%s</text>') % Markup("").join(lines))
    return texts


def _folded(name: str) -> list[str]:
    """A name on at most two lines, short enough for a narrow place."""
    words = name.replace("technical", "techn.").split()
    return [words[0], " ".join(words[1:])] if len(words) > 1 else words

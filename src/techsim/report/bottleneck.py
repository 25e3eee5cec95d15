"""The answer of ``techsim bottleneck`` in sentences, and its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from techsim.report import numbers
from techsim.report.answers import amount
from techsim.report.figures import LETTER, p
from techsim.report.names import plain
from techsim.report.onepage import Chart, Grid
from techsim.report.onepage import render as page
from techsim.report.scales import Scale
from techsim.results import uncertainty

Document = Mapping[str, Any]
WIDTH, ROW, NAME = 560.0, 26.0, 170.0
FEW = 10
NEXT_TO_NOTHING = 0.01
"""Share of an indicator that all four together must change for any of them to be said to bind it."""


def sentences(document: Document) -> list[str]:
    """What binds most, how sure that is, and whether the target comes within reach."""
    said = []
    for number, indicator in enumerate(document["indicators"]):
        place, unit = indicator["places"][0], indicator["unit"]
        first, *others = _ranked(indicator, place)
        sure = numbers.percent(first["draws_in_which_largest"], 0)
        name = f"{indicator['long_name']} in {document['year']}"
        worth = [f"{each['name']} {_signed(each['shapley']['mean'], unit)}" for each in (first, *others)]
        whole = (
            f"all together {_signed(place['together']['mean'], unit)}, from "
            f"{_level(place['baseline']['mean'], unit)} to {_level(place['all_relaxed']['mean'], unit)}"
        )
        bound = abs(place["together"]["mean"]) >= NEXT_TO_NOTHING * abs(place["baseline"]["mean"])
        if bound:
            said.append(
                f"{numbers.opening(name)}: {first['name']} binds most, worth {_signed(first['shapley']['mean'], unit)} "
                f"(largest in {sure} of {document['draws']} draw{'s' if document['draws'] > 1 else ''}); then "
                f"{', '.join(worth[1:])}; {whole}."
            )
        else:
            said.append(
                f"{numbers.opening(name)}: none of the four binds it; {whole}. Something else does: for people at "
                f"work, what employers want. Worth: {', '.join(worth)}."
            )
        if number == 0 and document["target"] is not None:
            way = indicator["better"] or 1
            within = way * (place["all_relaxed"]["mean"] - document["target"]) >= 0
            said.append(
                f"With all four relaxed the target of {_level(document['target'], unit)} is "
                f"{'reached' if within else 'not reached'} on the mean over the draws."
            )
        regions = indicator["places"][1:]
        if regions and bound:
            found: dict[str, list[str]] = {}
            for each in regions:
                found.setdefault(_ranked(indicator, each)[0]["name"], []).append(plain(each["region"]))
            listed = "; ".join(f"{name} in {', '.join(where)}" for name, where in found.items())
            said.append(f"By region, most is bound by {listed}.")
    if document["draws"] == 1:
        said.append("One draw: differences may be chance; ask again with --draws.")
    return said


def render(document: Document, manifest: Mapping[str, Any]) -> str:
    """The page as HTML, from ``bottleneck.json`` and ``manifest.json``."""
    charts = [
        Chart(
            f"{numbers.opening(indicator['long_name'])}, {document['year']}",
            "What relaxing each bottleneck adds, on average over the orders in which they may be relaxed; the thin "
            "line holds 90 % of the draws. The four add up to what relaxing all together adds.",
            bars(indicator, indicator["places"][0]),
        )
        for indicator in document["indicators"]
    ]
    return page(
        title=f"Which bottleneck binds: {document['indicators'][0]['long_name']} in {document['year']}",
        answers=sentences(document),
        charts=charts,
        grids=[grid for indicator in document["indicators"] for grid in _grids(document, indicator)],
        notes=_notes(document),
        files="Beside this page lie bottleneck.json (every value, by draw too), bottleneck.csv (the tables above, and "
        "all sixteen worlds) and manifest.json. This page again: techsim report DIR.",
        document=document,
        manifest=manifest,
    )


def bars(indicator: Mapping[str, Any], place: Mapping[str, Any]) -> Markup:
    """A bar for each bottleneck, an ``svg`` element."""
    unit = indicator["unit"]
    spreads = [(each["name"], each["shapley"]) for each in place["bottlenecks"]]
    reach = [0.0, *(value for _, spread in spreads for value in (spread["p05"], spread["p95"], spread["mean"]))]
    low, high = min(reach), max(reach)
    labels = max(len(_signed(spread["mean"], unit)) for _, spread in spreads) * LETTER + 10
    x = Scale(low, high if high > low else low + 1.0, NAME, WIDTH - labels)
    parts = [Markup('<line class="grid" x1="%s" x2="%s" y1="0" y2="%s"/>') % (p(x(0)), p(x(0)), p(ROW * len(spreads)))]
    for k, (name, spread) in enumerate(spreads):
        y, mean = ROW * k + ROW / 2, spread["mean"]
        left, right = sorted((x(0.0), x(mean)))
        parts.append(Markup('<text class="tick" x="%s" y="%s">%s</text>') % (0, p(y + 4), name))
        parts.append(
            Markup('<rect class="band c0" style="fill-opacity:.6" x="%s" y="%s" width="%s" height="14"/>')
            % (p(left), p(y - 7), p(max(right - left, 1.0)))
        )
        parts.append(
            Markup('<polyline class="line thin c3" points="%s,%s %s,%s"/>')
            % (p(x(spread["p05"])), p(y), p(x(spread["p95"])), p(y))
        )
        parts.append(
            Markup('<text class="tick" x="%s" y="%s" text-anchor="end">%s</text>')
            % (p(WIDTH), p(y + 4), _signed(mean, unit))
        )
    said = f"{indicator['long_name']}: " + ", ".join(f"{n} {_signed(s['mean'], unit)}" for n, s in spreads)
    return Markup('<svg class="chart" viewBox="0 0 %s %s" role="img" aria-label="%s">%s</svg>') % (
        p(WIDTH), p(ROW * len(spreads) + 4), said, Markup("").join(parts))  # fmt: skip


def _grids(document: Document, indicator: Mapping[str, Any]) -> list[Grid]:
    unit, nation = indicator["unit"], indicator["places"][0]
    title = f"{numbers.opening(indicator['long_name'])}, {document['year']}"
    measured = "percentage points" if unit == "share" else unit
    measures = Grid(
        title=f"{title}: each bottleneck, the whole country, {measured}",
        head=["bottleneck", "share in the whole", "90 % of draws", "relaxed alone", "relaxed last", "largest in"],
        rows=[
            [
                each["name"],
                _cell(each["shapley"]["mean"], unit),
                f"{_cell(each['shapley']['p05'], unit)} to {_cell(each['shapley']['p95'], unit)}",
                _cell(each["alone"]["mean"], unit),
                _cell(each["last"]["mean"], unit),
                numbers.percent(each["draws_in_which_largest"], 0),
            ]
            for each in nation["bottlenecks"]
        ],
        source="bottleneck.csv: measures shapley, alone, last",
    )
    names = [each["name"] for each in nation["bottlenecks"]]
    regions = Grid(
        title=f"{title}: by region, {measured}",
        head=["region", "baseline", *names, "together", "all relaxed"],
        rows=[
            [
                _place(place["region"]),
                _level(place["baseline"]["mean"], unit),
                *(_cell(each["shapley"]["mean"], unit) for each in place["bottlenecks"]),
                _cell(place["together"]["mean"], unit),
                _level(place["all_relaxed"]["mean"], unit),
            ]
            for place in indicator["places"]
        ],
        source="bottleneck.csv: measures shapley, together, level",
    )
    return [measures, regions] if len(indicator["places"]) > 1 else [measures]


def _notes(document: Document) -> list[str]:
    said = [
        f"From {document['relaxed_from']} on, {each['name']} relaxed means: {each['meaning']}. What else it takes is "
        "not asked: this is no policy and has no price."
        for each in document["bottlenecks"]
    ]
    said.append(
        "All sixteen worlds share their people, their luck and their past. A bottleneck that shows little may lie "
        "behind another: then it is worth more relaxed last than relaxed alone."
    )
    if document["draws"] > 1:
        said.append(uncertainty.holds(document["parameters"], document["draws"]))
    if 1 < document["draws"] < FEW:
        said.append(f"{document['draws']} draws are few: the ends of the intervals are those of single draws.")
    return said


def _ranked(indicator: Mapping[str, Any], place: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    way = indicator["better"] or 1
    return sorted(place["bottlenecks"], key=lambda each: -way * each["shapley"]["mean"])


def _level(value: float, unit: str) -> str:
    return numbers.of_unit(value, unit)


def _signed(value: float, unit: str) -> str:
    return ("+" if value > 0 else "") + amount(value, unit)


def _cell(value: float, unit: str) -> str:
    """As :func:`_signed`, the unit left to the title."""
    if unit == "share":
        return ("+" if value > 0 else "") + numbers.decimal(100 * value, 2)
    return _signed(value, unit)


def _place(region: str) -> str:
    return "whole country" if region == "all" else plain(region)

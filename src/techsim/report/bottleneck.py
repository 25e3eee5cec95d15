"""The answer of ``techsim bottleneck`` in sentences, and its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from techsim.report import numbers
from techsim.report.again import Again, again, written
from techsim.report.figures import LETTER, p
from techsim.report.names import plain
from techsim.report.onepage import Chart, Grid
from techsim.report.onepage import render as page
from techsim.report.scales import Scale
from techsim.report.signs import LIKELY, amount
from techsim.results import certainty, uncertainty

Document = Mapping[str, Any]
WIDTH, ROW, NAME = 560.0, 26.0, 170.0
FEW = 10
"""Draws below which it is not said what binds: of two or three, one comes out largest by luck."""
NEXT_TO_NOTHING = 0.01
"""Share of an indicator that all four together must change for any of them to be said to bind it."""


def sentences(document: Document) -> list[str]:
    """What binds most, how sure that is, and whether the target comes within reach."""
    said = []
    for number, indicator in enumerate(document["indicators"]):
        place, unit = indicator["places"][0], indicator["unit"]
        first, *others = _ranked(indicator, place)
        name = f"{indicator['long_name']} in {document['year']}"
        worth = [f"{each['name']} {_signed(each['shapley']['mean'], unit)}" for each in (first, *others)]
        whole = (
            f"all together {_signed(place['together']['mean'], unit)}, from "
            f"{_level(place['baseline']['mean'], unit)} to {_level(place['all_relaxed']['mean'], unit)}"
        )
        bound = abs(place["together"]["mean"]) >= NEXT_TO_NOTHING * abs(place["baseline"]["mean"])
        if bound:
            said.append(
                f"{numbers.opening(name)}: {_first(document, first, unit)}; then {', '.join(worth[1:])}; {whole}."
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
            said.append(_by_region(document, indicator, regions))
        if number == 0:
            said += _goals(document, indicator, regions)
    if document["draws"] == 1:
        said.append("One draw: differences may be chance; ask again with --draws.")
    return said


def clear(document: Document, share: float) -> bool:
    """Whether the draws say that something binds: more of them agree than do by luck (``results.certainty``)."""
    return certainty.likely(share, document["draws"])


def _first(document: Document, first: Mapping[str, Any], unit: str) -> str:
    """What is worth most, and whether that is more than luck."""
    draws, share = document["draws"], first["draws_in_which_largest"]
    worth, most = _signed(first["shapley"]["mean"], unit), f"largest in {numbers.percent(share, 0)}"
    of = f"{draws} draw{'s' if draws > 1 else ''}"
    if clear(document, share):
        word = "binds most" if certainty.sure(share, draws) else "likely binds most"
        return f"{first['name']} {word}, worth {worth} ({most} of {of})"
    why = f"{most} of {of}" + (", too few to say" if draws < FEW else "")
    return f"it is not clear which binds most; on the mean {first['name']}, worth {worth} ({why})"


def _by_region(document: Document, indicator: Mapping[str, Any], regions: Sequence[Mapping[str, Any]]) -> str:
    """What binds where; a region in which the draws disagree, or all of them if draws are few, is not clear."""
    if document["draws"] < FEW:
        return f"By region it is not clear what binds: that takes {FEW} draws or more."
    found: dict[str, list[str]] = {}
    for each in regions:
        first = _ranked(indicator, each)[0]
        word = first["name"] if clear(document, first["draws_in_which_largest"]) else "not clear"
        found.setdefault(word, []).append(plain(each["region"]))
    unclear = found.pop("not clear", [])
    listed = [f"most is bound by {name} in {', '.join(where)}" for name, where in found.items()]
    listed += [f"it is not clear what binds in {', '.join(unclear)}"] if unclear else []
    return f"By region {'; '.join(listed)}."


def _goals(document: Document, indicator: Mapping[str, Any], regions: Sequence[Mapping[str, Any]]) -> list[str]:
    """Each region beside its goal (K5): met as things are, with all four relaxed, or not even then."""
    by_goal: dict[tuple[str, float], dict[str, list[str]]] = {}
    for place in regions:
        goal = place.get("goal")
        if goal is None:
            continue
        met = (
            "met as things are" if goal["met"] >= LIKELY
            else "met with all four relaxed" if goal["met_all_relaxed"] >= LIKELY
            else "not met even then" if goal["met_all_relaxed"] <= 1 - LIKELY
            else "not clear"
        )  # fmt: skip
        unit = indicator["unit"]
        levels = f"{_level(place['baseline']['mean'], unit)} to {_level(place['all_relaxed']['mean'], unit)}"
        words = by_goal.setdefault((goal["of"], goal["value"]), {})
        words.setdefault(met, []).append(f"{plain(place['region'])} ({levels})")
    said = []
    for (of, value), places in by_goal.items():
        whose = "the country's target" if of == "all" else f"the goal of {plain(of)}"
        listed = "; ".join(f"{met}: {', '.join(where)}" for met, where in places.items())
        said.append(f"Held against {whose}, {_level(value, indicator['unit'])}: {listed}.")
    if said and document["draws"] < FEW:
        said[-1] += f" Of {document['draws']} draw{'s' if document['draws'] > 1 else ''}, that may be luck."
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
        again=_again(document, manifest),
        document=document,
        manifest=manifest,
    )


def _again(document: Document, manifest: Mapping[str, Any]) -> Again:
    asked, value = document["indicators"][0]["name"], document["target"]
    options = {
        "target": asked if value is None else f"{asked}={written(value)}", "year": document["year"],
        "start": document["relaxed_from"], "draws": document["draws"], "seed": document["seed"],
        "scale": document["scale"], "parameters": document["parameters"],
    }  # fmt: skip
    return again("bottleneck", manifest, options)


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
        head=["region", "baseline", *names, "together", "all relaxed", "goal"],
        rows=[
            [
                _place(place["region"]),
                _level(place["baseline"]["mean"], unit),
                *(_cell(each["shapley"]["mean"], unit) for each in place["bottlenecks"]),
                _cell(place["together"]["mean"], unit),
                _level(place["all_relaxed"]["mean"], unit),
                _level(place["goal"]["value"], unit) if place.get("goal") else numbers.UNKNOWN,
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

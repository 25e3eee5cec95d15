"""The answer of ``techsim goal`` in sentences, and its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from techsim.report import numbers, scatter
from techsim.report.again import Again, again, written
from techsim.report.names import listed, plain
from techsim.report.onepage import Chart, Grid
from techsim.report.onepage import render as page
from techsim.report.scatter import Path, Plane
from techsim.results import uncertainty

Document = Mapping[str, Any]
FEW = 10
"""Draws below which an interval is hardly one."""


def sentences(document: Document) -> list[str]:
    """The answer, how sure it is, and what it costs; one sentence or two each."""
    answer, draws, unit = document["answer"], document["draws"], document["unit"]
    aim = f"{document['long_name']} to at {_way(document)} {_level(document['target'], unit)} {_when(document)}"
    quantiles, several = answer["amount_quantiles"], len(document["levers"]) > 1
    level, amount = _spread(answer["level"], document), _amount(document)
    if answer["without_it"]:
        first = f"Nothing is needed to bring {aim}: without {_levers(document)} it is {level}."
    elif answer["reached"]:
        brings = "bring" if several else "brings"
        first = f"{numbers.opening(amount)} {brings} {aim}, on the mean over the draws."
    elif answer["amount"] == 0.0:
        moves = "raise" if document["at_least"] else "lower"
        does = f"more of {'them' if several else 'it'} does not {moves}"
        if _smallest(document) < 0.0:
            does = f"neither more nor less of it {moves}s"
        first = (
            f"{numbers.opening(_levers(document))} cannot bring {aim}: {does} it on the mean over the draws. The best "
            f"is {level}, without."
        )
    else:
        tried = f"{len(document['worlds'])} {document['amount_is']}s simulated"
        span = f"{numbers.volume(_smallest(document))} to {numbers.volume(document['largest'])}"
        first = (
            f"{numbers.opening(_levers(document))} cannot bring {aim}: of {tried}, {span}, the best is {level}, at "
            f"{_where(document)}."
        )
    said = [first]
    reach = answer["draws_that_reach_it_at_some_amount"]
    this_way = answer.get("draws_that_reach_it_this_way", reach)
    if draws == 1:
        said.append("One draw: this may be chance; ask again with --draws.")
    elif this_way > 0.0 and not (answer["without_it"] and this_way == 1.0):
        low, high = quantiles["p05"], quantiles["p95"]
        both = _smallest(document) < 0.0
        nearer = "or nearer to none" if answer["amount"] < 0.0 else "or less"
        least = (
            f"at {numbers.volume(low)} {nearer} in 5 % of the draws"
            if low is not None
            else "in fewer than 95 % of them"
        )
        never = f"not in 95 % of them at any amount simulated{' this way' if both else ''}"
        most = f"at {numbers.volume(high)} in 95 %" if high is not None else never
        where = f"{_side(answer['amount'])} " if both else ""
        said.append(
            f"Draw by draw, the target is reached {where}in {numbers.percent(this_way, 0)} of {draws} draws: {least}, "
            f"{most}."
        )
    elif reach == 0.0:
        said.append(f"It is reached in none of {draws} draws at any amount simulated.")
    elif this_way == 0.0:
        said.append(f"Draw by draw, it is reached in {numbers.percent(reach, 0)} of {draws} draws the other way only.")
    cost = answer["cost"]
    paid = f"EUR {numbers.rounded(cost['mean'])}" + (
        f" (90 % of draws: {numbers.rounded(cost['p05'])} to {numbers.rounded(cost['p95'])})" if draws > 1 else ""
    )
    if answer["amount"] != 0.0:
        said.append(
            f"It costs {paid} of public money for all levers more than without, to the end of {document['year']}, "
            f"discounted at {numbers.percent(document['discount_rate'], 2)} a year to {document['discounted_to']}."
        )
    return said


def render(document: Document, manifest: Mapping[str, Any]) -> str:
    """The page as HTML, from ``goal.json`` and ``manifest.json``."""
    unit, name = document["unit"], document["amount_is"]
    levers = document["levers"]
    several = len(levers) > 1
    grid = Grid(
        title="Every amount simulated",
        head=[
            name,
            *([plain(lever["name"]) for lever in levers] if several else []),
            f"{document['long_name']}",
            "90 % of draws",
            "draws that reach it",
            "public money, EUR",
            "90 % of draws",
        ],
        rows=[
            [
                numbers.volume(world["amount"]),
                *([numbers.volume(x) for x in world["volumes"].values()] if several else []),
                _level(world["level"]["mean"], unit),
                f"{_level(world['level']['p05'], unit)} to {_level(world['level']['p95'], unit)}",
                numbers.percent(world["draws_that_reach_it"], 0),
                numbers.rounded(world["cost"]["mean"]),
                f"{numbers.rounded(world['cost']['p05'])} to {numbers.rounded(world['cost']['p95'])}",
            ]
            for world in document["worlds"]
        ],
        source="goal.csv",
    )
    return page(
        title=f"What it takes: {document['long_name']} of {_level(document['target'], unit)} {_when(document)}",
        answers=sentences(document),
        charts=[Chart("Target against volume", _how_to_read(document), curve(document))],
        grids=[grid],
        notes=_notes(document),
        files="Beside this page lie goal.json (the answer, with the amount that each draw needs), goal.csv (the table "
        "above) and manifest.json. This page again: techsim report DIR.",
        again=_again(document, manifest),
        document=document,
        manifest=manifest,
    )


def _again(document: Document, manifest: Mapping[str, Any]) -> Again:
    options = {
        "target": f"{document['indicator']}={written(document['target'])}", "year": document["year"],
        "lever": [lever["name"] for lever in document["levers"]], "draws": document["draws"], "seed": document["seed"],
        "scale": document["scale"], "parameters": document["parameters"], "discount": document["discount_rate"],
    }  # fmt: skip
    return again("goal", manifest, options)


def curve(document: Document) -> Any:
    """The indicator against the amount, with the target as a line: an ``svg`` element."""
    found = document["worlds"]
    x = [world["amount"] for world in found]
    paths = [Path("mean", x, [world["level"]["mean"] for world in found], 0, size=3.2)]
    if document["draws"] > 1:
        paths += [
            Path(label, x, [world["level"][part] for world in found], 3, size=1.6)
            for label, part in (("95 % of draws below", "p95"), ("5 %", "p05"))
        ]
    target = document["target"]
    if document["answer"]["reached"]:
        paths.append(Path("", [document["answer"]["amount"]], [target], 1, ["here"], joined=False, size=4.5))
    return scatter.draw(
        Plane(
            title=f"{document['long_name']} {_when(document)}",
            across=f"{document['amount_is']} of {_levers(document)}",
            across_unit="log",
            up=document["long_name"],
            up_unit=document["unit"],
            paths=tuple(paths),
            line=((_smallest(document), target), (document["largest"], target)),
            width=560.0,
            height=320.0,
        )
    )


def _how_to_read(document: Document) -> str:
    band = ", between the values below which 5 and 95 % of the draws lie" if document["draws"] > 1 else ""
    return f"A point for each amount simulated{band}; the dashed line is the target, straight lines lie between points."


def _notes(document: Document) -> list[str]:
    """What the numbers mean, and what they do not say."""
    said = [
        "All worlds share people, luck and parameters: within a draw only the volume differs."
        + (f" {uncertainty.holds(document['parameters'], document['draws'])}" if document["draws"] > 1 else ""),
    ]
    if document["amount_is"] == "factor":
        said.append(
            "The factor multiplies the volume that the scenario sets for each lever; a volume that comes to its bound "
            "stays there while the others grow. Factor 0 is the scenario without them."
        )
    for lever in document["levers"]:
        fields = ", ".join(f"{key} {value}" for key, value in lever["fields"].items() if value is not None)
        said.append(f"{lever['name']} as set: {fields}; the volume is {lever['unit'] or 'its amount'}.")
    if 1 < document["draws"] < FEW:
        said.append(f"{document['draws']} draws are few: the ends of the intervals are those of single draws.")
    return said


def _levers(document: Document) -> str:
    return listed([plain(lever["name"]) for lever in document["levers"]])


def _amount(document: Document) -> str:
    """The levers at the answer's amount, of how much."""
    low, high = _smallest(document), numbers.volume(document["largest"])
    bounds = f"of {numbers.volume(low)} to {high}" if low < 0.0 else f"of at most {high}"
    if document["amount_is"] == "factor":
        bounds = f"all at their bounds at {high}"
    return f"{_levers(document)} at {_where(document, bounds)}"


def _where(document: Document, bounds: str = "") -> str:
    """The answer's amount, and in brackets how far it may go, if that is wanted."""
    answer = document["answer"]
    if document["amount_is"] == "volume":
        return f"volume {numbers.volume(answer['amount'])}{f' ({bounds})' if bounds else ''}"
    volumes = ", ".join(numbers.volume(volume) for volume in answer["volumes"].values())
    return (
        f"{numbers.volume(answer['amount'])} times their volumes (volumes {volumes}{f'; {bounds}' if bounds else ''})"
    )


def _side(amount: float) -> str:
    """Of a lever that may take away, which amounts the draws are told of: those on the answer's side of none."""
    return "with less of it" if amount < 0.0 else "with more of it" if amount > 0.0 else "without it or with more"


def _smallest(document: Document) -> float:
    """The smallest amount asked about: none, but for a lever that may take away."""
    return float(document.get("smallest", 0.0))


def _level(value: float, unit: str) -> str:
    return numbers.percent(value, 2) if unit == "share" else numbers.of_unit(value, unit)


def _spread(spread: Mapping[str, float], document: Document) -> str:
    unit = document["unit"]
    if document["draws"] == 1:
        return _level(spread["mean"], unit)
    low, high = _level(spread["p05"], unit), _level(spread["p95"], unit)
    return f"{_level(spread['mean'], unit)} (90 % of draws: {low} to {high})"


def _way(document: Document) -> str:
    return "least" if document["at_least"] else "most"


def _when(document: Document) -> str:
    return f"in {document['year']}" + (
        f" (school year {document['of_school_year']})" if document["of_school_year"] else ""
    )

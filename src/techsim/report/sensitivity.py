"""The report of a sensitivity study: what it says in a paragraph, a tornado plot and a table per outcome."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from techsim.experiment import headline, screening
from techsim.experiment.screening import MORRIS
from techsim.report import coarse, numbers, tornado
from techsim.report.again import Again, again
from techsim.report.numbers import opening
from techsim.report.studies import Page, Section
from techsim.report.studies import render as page

Document = Mapping[str, Any]
SHOWN = 20
"""Bars of a tornado plot."""
SWINGS = (
    "The first picture of each outcome is the tornado in the usual sense: one parameter at the 5 % and at the 95 % "
    "quantile of its prior, all others at their defaults, one run each with the same people and luck; bars begin at "
    "the effect at the defaults. Luck alone stays between the dashed lines 19 times in 20. It shows what each end "
    "does; the second picture shows what counts wherever the other parameters are."
)


def render(document: Document, manifest: Mapping[str, Any]) -> str:
    """The report as HTML, from ``sensitivity.json`` and ``manifest.json``."""
    method, scale = document["method"], document["scale"]
    facts = [
        ("Period", "{} to {}".format(*document["period"])),
        ("Method", f"{method}, {document['repeats']} {'trajectories' if method == MORRIS else 'base points'}"),
        ("Parameters", str(len(document["parameters"]))),
        ("Runs", f"{document['runs']} of both scenarios"),
        ("Seed", str(document["seed"])),
        ("Scale", f"1 person stands for {scale}"),
        ("Version", f"techsim {manifest.get('techsim', '?')}"),
    ]
    parts = [_section(method, outcome) for outcome in document["outcomes"]]
    told = (
        Section("How to read it", [*_reading(method), SWINGS, *coarse.levels(scale)]),
        *parts,
        Section("The files", [
            "Beside this page lie sensitivity.json (the answer), sensitivity.csv (a row per outcome and parameter, "
            "with the source of the parameter), points.csv (every run: parameter values and outcomes) and "
            "manifest.json. This page again: techsim report DIR.",
        ]),
    )  # fmt: skip
    resolved = [
        (name, json.dumps(resolved, indent=2, ensure_ascii=False, default=str))
        for name, resolved in (
            (document["base"], manifest["scenario"]),
            (document["alternative"], manifest["alternatives"][0]["scenario"]),
        )
    ]
    title = f"What the effects of {document['alternative']} hang on"
    version = str(manifest.get("techsim", "?"))
    return page(Page(title, version, scale, facts, told, _again(manifest), document["notes"], resolved))


def _again(manifest: Mapping[str, Any]) -> Again:
    asked = manifest["sensitivity"]
    named = asked["asked"]
    options = {
        "parameters": None if named is None else ",".join(named), "top": asked["top"], "method": asked["method"],
        "trajectories": asked["repeats"], "scale": manifest["scale"], "seed": manifest["seed"],
    }  # fmt: skip
    return again("sensitivity", manifest, options, unnamed=("BASE.yaml", "ALT.yaml"))


def lines(document: Document) -> list[str]:
    """The answer in a line per outcome: the three parameters that matter most."""
    said, method = [], document["method"]
    for outcome in document["outcomes"]:
        indices = outcome["indices"]
        above = _above(method, outcome)
        names = ", ".join(f"{i['parameter']} ({_size(method, outcome['outcome'], i)})" for i in above[:3])
        if outcome["luck"] is not None:
            told = f"{names or 'nothing that can be told from luck'} [{len(above)} of {len(indices)} above luck]"
        elif names:
            told = f"{names} [{len(indices)} varied; luck is not known]"
        else:
            told = f"luck is not known [{len(indices)} varied]"
        said.append(f"{outcome['outcome'].replace('_', ' ')}: {told}")
    return [*said, *document["notes"]]


def _reading(method: str) -> list[str]:
    if method == MORRIS:
        return [
            "Each bar is the mean absolute change of the effect (mu*) when the parameter goes from the 5 % to the 95 % "
            "quantile of its prior, other parameters anywhere: blue where more of it raises the effect on average, "
            "orange where it lowers it. The thin line is the 95 % confidence interval of mu*. A sigma as large as mu* "
            "says that what the parameter does depends on the others, or that luck plays a part.",
            "All runs have the same people and the same random numbers, so that parameters alone differ. Still, people "
            "who are sent another way live another history: such luck alone stays left of the dashed line 19 times in "
            "20, by runs at default parameters under other seeds. Bars that end there say nothing. The line falls with "
            "a finer scale and, somewhat, with more trajectories.",
        ]
    return [
        "Each bar is the total share (ST) of the variance of the effect that goes with the parameter, alone or with "
        "others; S1 is the share of the parameter alone. The thin line is the 95 % confidence interval. Shares with "
        "others overlap: they may add up to more than one.",
        "All runs have the same people and the same random numbers. Still, people who are sent another way live "
        "another history, and the variance has that luck in it: luck alone stays left of the dashed line 19 times in "
        "20, by runs at default parameters under other seeds. Where the line stands near 1, luck is most of what the "
        "study saw.",
    ]


def _section(method: str, outcome: Document) -> Section:
    meaning, unit = headline.OUTCOMES[outcome["outcome"]]
    indices, limit = outcome["indices"], _number(outcome["luck"])
    columns, margin = screening.COLUMNS[method], screening.CONFIDENCE[method]
    bars = [
        tornado.Bar(
            i["parameter"],
            _number(i[screening.SORTED_BY[method]]),
            abs(_number(i[margin])),
            _number(i.get("mu")) < 0,
        )
        for i in indices[:SHOWN]
    ]
    low, middle, high = (numbers.of_unit(outcome["over_sets"][q], unit) for q in ("p05", "p50", "p95"))
    words = [f"Over the parameter sets it is {middle} at the median, and {low} to {high} in 90 % of them."]
    if math.isfinite(limit):
        count = len(_above(method, outcome))
        alone = numbers.of_unit(limit, unit) if method == MORRIS else f"{limit:.2f} of the variance"
        words.append(f"{count} of {len(indices)} parameters do more than luck alone ({alone}).")
    else:
        words.append(
            "How much of it is luck is not known, as the runs under other seeds do not tell: a single chance event may "
            "be all there is to a bar. Take a finer scale (--scale)."
        )
    shown = unit if method == MORRIS else ""
    drawing = Markup()
    if any(bar.size > 0.0 for bar in bars):
        drawing = tornado.draw(meaning, columns[1] if method == MORRIS else "ST", shown, bars, limit)
    rows = [[i["parameter"], *(_cell(_number(i[c]), shown) for c in columns)] for i in indices[:SHOWN]]
    swings = outcome["swings"]
    ends = [tornado.Ends(s["parameter"], s["low"], s["high"]) for s in (swings["ends"] if swings else [])[:SHOWN]]
    if any({end.low, end.high} != {swings["middle"]} for end in ends):
        drawing = tornado.swings(meaning, unit, swings["middle"], ends, _number(swings["luck"])) + drawing
    if not drawing:
        words.append("All of these are zero: there is nothing to draw.")
    return Section(opening(meaning), words, drawing, ("parameter", *columns), rows)


def _number(value: float | None) -> float:
    """A number of the document, NaN where it is not known."""
    return math.nan if value is None else value


def _cell(value: float, unit: str) -> str:
    return numbers.exact(value, unit) if unit else numbers.decimal(value, 3)


def _above(method: str, outcome: Document) -> list[Mapping[str, Any]]:
    """The parameters that do more than luck; where that is unknown, those that do anything."""
    limit = outcome["luck"] or 0.0
    return [index for index in outcome["indices"] if _number(index[screening.SORTED_BY[method]]) > limit]


def _size(method: str, outcome: str, index: Mapping[str, Any]) -> str:
    size = index[screening.SORTED_BY[method]]
    if method != MORRIS:
        return f"{size:.2f} of the variance"
    sign = numbers.MINUS if index["mu"] < 0 else "+"
    return f"{sign}{numbers.of_unit(size, headline.OUTCOMES[outcome][1])}"

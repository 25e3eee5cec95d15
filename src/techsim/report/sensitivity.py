"""The report of a sensitivity study: what it says in a paragraph, a tornado plot and a table per outcome."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from techsim.experiment import headline, screening
from techsim.experiment.screening import MORRIS, Index
from techsim.experiment.sensitivity import Findings
from techsim.report import coarse, numbers, tornado
from techsim.report.again import Again, again
from techsim.report.numbers import opening
from techsim.report.studies import Page, Section
from techsim.report.studies import render as page

SHOWN = 20
"""Bars of a tornado plot."""
SWINGS = (
    "The first picture of each outcome is the tornado in the usual sense: one parameter at the 5 % and at the 95 % "
    "quantile of its prior, all others at their defaults, one run each with the same people and luck; bars begin at "
    "the effect at the defaults. Luck alone stays between the dashed lines 19 times in 20. It shows what each end "
    "does; the second picture shows what counts wherever the other parameters are."
)


def render(findings: Findings, manifest: Mapping[str, Any]) -> str:
    """The report as HTML, from what was found and its manifest."""
    asked = findings.plan
    scenarios = asked.comparison.scenarios
    facts = [
        ("Period", f"{scenarios[0].period.start} to {scenarios[0].period.end}"),
        ("Method", f"{asked.method}, {asked.repeats} {'trajectories' if asked.method == MORRIS else 'base points'}"),
        ("Parameters", str(len(findings.parameters))),
        ("Runs", f"{len(findings.points)} of both scenarios"),
        ("Seed", str(scenarios[0].draws.seed)),
        ("Scale", f"1 person stands for {scenarios[0].population.scale}"),
        ("Version", f"techsim {manifest.get('techsim', '?')}"),
    ]
    parts = [_section(findings, outcome, indices) for outcome, indices in findings.indices.items()]
    told = (
        Section("How to read it", [*_reading(findings), SWINGS, *coarse.levels(scenarios[0].population.scale)]),
        *parts,
        Section("The files", [
            "Beside this page lie sensitivity.csv (a row per outcome and parameter, with the source of the parameter), "
            "points.csv (every run: parameter values and outcomes) and manifest.json.",
        ]),
    )  # fmt: skip
    resolved = [
        (scenario.name, json.dumps(scenario.resolved(), indent=2, ensure_ascii=False, default=str))
        for scenario in scenarios
    ]
    title = f"What the effects of {scenarios[1].name} hang on"
    version, scale = str(manifest.get("techsim", "?")), scenarios[0].population.scale
    return page(Page(title, version, scale, facts, told, _again(manifest), findings.notes, resolved))


def _again(manifest: Mapping[str, Any]) -> Again:
    asked = manifest["sensitivity"]
    named = asked["asked"]
    options = {
        "parameters": None if named is None else ",".join(named), "top": asked["top"], "method": asked["method"],
        "trajectories": asked["repeats"], "scale": manifest["scale"], "seed": manifest["seed"],
    }  # fmt: skip
    return again("sensitivity", manifest, options, unnamed=("BASE.yaml", "ALT.yaml"))


def lines(findings: Findings) -> list[str]:
    """The answer in a line per outcome: the three parameters that matter most."""
    said = []
    for outcome, indices in findings.indices.items():
        above = [index for index in indices if _tells(findings, index)]
        names = ", ".join(f"{index.parameter} ({_size(findings, index)})" for index in above[:3])
        if _floor(findings, outcome):
            told = f"{names or 'nothing that can be told from luck'} [{len(above)} of {len(indices)} above luck]"
        elif names:
            told = f"{names} [{len(indices)} varied; luck is not known]"
        else:
            told = f"luck is not known [{len(indices)} varied]"
        said.append(f"{outcome.replace('_', ' ')}: {told}")
    return said + findings.notes


def _reading(findings: Findings) -> list[str]:
    if findings.plan.method == MORRIS:
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


def _section(findings: Findings, outcome: str, indices: list[Index]) -> Section:
    meaning, unit = headline.OUTCOMES[outcome]
    method, limit = findings.plan.method, findings.floors[outcome]
    columns, margin = screening.COLUMNS[method], screening.CONFIDENCE[method]
    bars = [
        tornado.Bar(
            i.parameter, i.values[screening.SORTED_BY[method]], abs(i.values[margin]), i.values.get("mu", 0) < 0
        )
        for i in indices[:SHOWN]
    ]
    found = np.array([own[outcome] for what, _, own in findings.points if what == "study"])
    low, middle, high = np.quantile(found, [0.05, 0.5, 0.95])
    words = [
        f"Over the parameter sets it is {numbers.of_unit(float(middle), unit)} at the median, and "
        f"{numbers.of_unit(float(low), unit)} to {numbers.of_unit(float(high), unit)} in 90 % of them."
    ]
    if math.isfinite(limit):
        count = sum(_tells(findings, index) for index in indices)
        alone = numbers.of_unit(limit, unit) if method == MORRIS else f"{limit:.2f} of the variance"
        words.append(f"{count} of {len(indices)} parameters do more than luck alone ({alone}).")
    else:
        words.append(
            "How much of it is luck is not known, as the runs under other seeds do not tell: a single chance event may "
            "be all there is to a bar. Take a finer scale (--scale)."
        )
    shown = unit if method == MORRIS else ""
    drawing = tornado.draw(meaning, columns[1] if method == MORRIS else "ST", shown, bars, limit)
    rows = [
        [i.parameter, *(numbers.exact(i.values[c], unit) if shown else f"{i.values[c]:.3f}" for c in columns)]
        for i in indices[:SHOWN]
    ]
    swings = findings.swings.get(outcome)
    if swings is not None and swings.swings:
        ends = [tornado.Ends(s.parameter, s.low, s.high) for s in swings.swings[:SHOWN]]
        drawing = tornado.swings(meaning, unit, swings.middle, ends, swings.luck) + drawing
    return Section(opening(meaning), words, drawing, ("parameter", *columns), rows)


def _floor(findings: Findings, outcome: str) -> bool:
    return math.isfinite(findings.floors[outcome])


def _tells(findings: Findings, index: Index) -> bool:
    """Whether the parameter does more than luck; where that is unknown, whether it does anything."""
    limit = findings.floors[index.outcome]
    return index.values[screening.SORTED_BY[findings.plan.method]] > (limit if math.isfinite(limit) else 0.0)


def _size(findings: Findings, index: Index) -> str:
    size = index.values[screening.SORTED_BY[findings.plan.method]]
    if findings.plan.method != MORRIS:
        return f"{size:.2f} of the variance"
    sign = numbers.MINUS if index.values["mu"] < 0 else "+"
    return f"{sign}{numbers.of_unit(size, headline.OUTCOMES[index.outcome][1])}"

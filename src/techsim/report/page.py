"""The HTML report: one file that needs nothing else, from the results and the manifest of a run."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from techsim.data.evidence import load_evidence
from techsim.report import cohort, comparison, headline, numbers, sankey, templating
from techsim.report.comparison import Row
from techsim.report.names import plain
from techsim.report.quantities import Results
from techsim.report.sections import CHAPTERS, Drawer, Section
from techsim.results import uncertainty

if TYPE_CHECKING:
    import xarray as xr

STAGES = {
    "vo_start": "secondary school",
    "work_technical": "technical work",
    "work_other": "other work",
    "working_technical": "technical work",
    "working_other": "other work",
    "not_working": "no work",
    "no_further_education": "no further education",
}


@dataclass(frozen=True)
class CohortPage:
    """What the chapter on one cohort shows."""

    year: int
    size: str
    arrived: str
    others: str
    settled: bool
    years: int
    wide: Markup
    tall: Markup
    steps: tuple[tuple[str, tuple[str, str, str], tuple[cohort.Transition, ...]], ...]
    switches: tuple[tuple[str, str], ...]
    by_region: bool


def render(dataset: xr.Dataset, manifest: Mapping[str, Any]) -> str:
    """The report as HTML, without reference to any other file or address that is loaded.

    Parameters
    ----------
    dataset : Dataset
        As ``results.nc`` holds it. Whatever variable is missing, its part of the report is left out with a note.
    manifest : mapping
        As ``manifest.json`` holds it; missing entries are left out.
    """
    results = Results(dataset)
    evidence = load_evidence()
    drawer = Drawer(results, evidence)
    chapters = {section.key: section for section in (make(drawer) for make in CHAPTERS) if section}
    rows = comparison.compare(results, evidence)
    environment = templating.environment()
    environment.filters |= {
        "percent": numbers.percent,
        "whole": numbers.whole,
        "plain": plain,
        "opening": numbers.opening,
    }
    return environment.get_template("report.html.j2").render(
        style=templating.text(environment, "report.css"),
        script=templating.text(environment, "report.js"),
        about=about(results, manifest),
        cards=headline.cards(results),
        sentences=headline.sentences(results),
        chapters=[c for c in chapters.values() if c.charts],
        before=[c for k, c in chapters.items() if c.charts and k in ("choosing", "learning", "working")],
        after=[c for k, c in chapters.items() if c.charts and k not in ("choosing", "learning", "working")],
        empty=[c for c in chapters.values() if not c.charts],
        missing=_missing(list(chapters.values()), results),
        cohort=cohort_page(results),
        evidence=comparison.grouped(rows, lambda row: row.what),
        rows=rows,
        sources=_sources(rows),
        score=comparison.score(rows),
        within=sum(row.within for row in rows),
        numbers=numbers,
        variables=_variables(dataset),
    )


def about(results: Results, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What was run: texts for the head of the page and for running it again."""
    scenario = dict(manifest.get("scenario") or {})
    period = scenario.get("period") or {}
    draws = scenario.get("draws") or {}
    attributes = results.data.attrs

    def first(*values: Any) -> Any:
        return next((value for value in values if value not in (None, "")), None)

    written = draws.get("parameters") if isinstance(draws, Mapping) else None
    told = (manifest.get("parameters_from") or {}).get("source")
    source = str(first(told, attributes.get("parameters"), written, "default"))
    seconds = sum(v for v in (manifest.get("timings") or {}).get("phases", {}).values() if isinstance(v, (int, float)))
    return {
        "name": str(first(scenario.get("name"), attributes.get("title"), "A run of techsim")),
        "description": str(first(scenario.get("description"), attributes.get("description"), "")),
        "start": str(first(period.get("start"), attributes.get("start"), "?")),
        "end": str(first(period.get("end"), attributes.get("end"), "?")),
        "draws": results.draws,
        "parameters": source,
        "holds": uncertainty.holds(source, results.draws, "bands"),
        "seed": first(manifest.get("seed"), attributes.get("seed"), "?"),
        "scale": first(manifest.get("scale"), attributes.get("scale"), 1),
        "version": str(first(manifest.get("techsim"), attributes.get("techsim_version"), "?")),
        "hash": str(first(manifest.get("scenario_hash"), attributes.get("scenario_hash"), "?")),
        "revision": (manifest.get("revision") or {}).get("commit", ""),
        "changed": bool((manifest.get("revision") or {}).get("changed")),
        "python": (manifest.get("environment") or {}).get("python", ""),
        "seconds": seconds,
        "resolved": json.dumps(scenario, indent=2, ensure_ascii=False, default=str) if scenario else "",
        "parameter_count": len(manifest.get("parameters") or {}),
        "overrides": [_replaced(item) for item in manifest.get("overrides") or []],
    }


def _replaced(item: Any) -> str:
    """A value that a later file replaced, in words; of files the name only, as the page may be mailed."""
    if not isinstance(item, Mapping):
        return str(item)
    place = re.split(r"[/\\\\]", str(item.get("new_at", "")))[-1]
    said = f"{item.get('path', '?')}: {_value(item.get('old'))} became {_value(item.get('new'))}"
    return f"{said} ({place})" if place else said


def _value(value: Any) -> str:
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False, default=str).strip('"')


def cohort_page(results: Results) -> CohortPage | None:
    """The chapter on one cohort; None if the results hold no flows."""
    year = cohort.choose(results)
    if year is None:
        return None
    flows = cohort.flows_of(results, year)
    people = cohort.size(flows)
    stages = {flow.source for flow in flows} | {flow.target for flow in flows}
    names = {stage: STAGES.get(stage, plain(stage)) for stage in stages}
    said = (
        f"Flow diagram of the {numbers.rounded(people)} people who entered secondary school in {year}: from profile "
        "through further education to work. The tables below give the main flows in numbers."
    )
    wide, plan = sankey.draw(flows, names, sankey.WIDE, said)
    tall, _ = sankey.draw(flows, names, sankey.TALL, said)
    end = int(str(results.data["time"].values[-1])[:4]) if "time" in results.data.coords else year
    first, second = _steps(results, year)
    back = [flow for flow in plan.left_out if flow.people >= 0.002 * people][:12]
    return CohortPage(
        year=year,
        size=numbers.rounded(people),
        arrived=numbers.rounded(cohort.arrived(flows)),
        others=numbers.rounded(max(0.0, people - cohort.arrived(flows))),
        settled=end - year >= cohort.YEARS_TO_SETTLE,
        years=end - year,
        wide=wide,
        tall=tall,
        steps=(
            ("From a technical profile to", ("technical education", "other education", "no further education"), first),
            ("From technical education to", ("technical work", "other work", "no work"), second),
        ),
        switches=tuple((f"{names[f.source]} to {names[f.target]}", numbers.rounded(f.people)) for f in back),
        by_region=results.has(cohort.BY_REGION),
    )


def _steps(results: Results, year: int) -> tuple[tuple[cohort.Transition, ...], tuple[cohort.Transition, ...]]:
    groups: list[tuple[str, dict[str, str]]] = [("everyone", {})]
    groups += [(plain(label), {dimension: label}) for dimension, label in cohort.groups_of(results)]
    first, second = [], []
    for name, chosen in groups:
        flows = cohort.flows_of(results, year, chosen)
        first.append(cohort.after_profile(flows, name))
        second.append(cohort.after_education(flows, name))
        if not chosen:
            first += [cohort.after_profile(flows, f"all from {track}", (track,)) for track in cohort.TRACKS]
            second += [cohort.after_education(flows, f"all from {column}", (column,)) for column in cohort.EDUCATION]
    return tuple(t for t in first if t.people > 0), tuple(t for t in second if t.people > 0)


def _sources(rows: Sequence[Row]) -> dict[str, int]:
    """Numbers of the sources of the evidence, in the order in which they are met."""
    found: dict[str, int] = {}
    for row in rows:
        found.setdefault(row.figure.source, len(found) + 1)
    return found


def _missing(sections: Sequence[Section], results: Results) -> list[str]:
    names = [name for section in sections for name in section.missing]
    if not results.has("cohort_flows"):
        names.append("cohort_flows")
    return list(dict.fromkeys(names))


def _variables(dataset: xr.Dataset) -> list[tuple[str, str, str, str]]:
    """Name, meaning, unit and dimensions of each variable of the results."""
    return [
        (
            str(name),
            str(values.attrs.get("long_name", "")),
            str(values.attrs.get("units", "")),
            ", ".join(str(d) for d in values.dims),
        )
        for name, values in sorted(dataset.data_vars.items(), key=lambda item: str(item[0]))
    ]

"""The report of a comparison: one HTML file, the answer first, then the evidence; every number with its line of
``comparison.csv``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from markupsafe import Markup

from techsim.report import answers, figures, glance, numbers, opening, scatter, signs, templating
from techsim.report.again import Again, again
from techsim.report.figures import Line, Panel
from techsim.report.names import plain
from techsim.report.quantities import Series, spread
from techsim.results import effects, outcomes, schemes, uncertainty, verdicts, waterbed
from techsim.results.compared import CUMULATIVE, spec_of
from techsim.results.comparison import COST, COST_BY_ITEM
from techsim.results.effects import Row, Table

if TYPE_CHECKING:
    import xarray as xr

WHO = (
    "technicians", f"technical_graduates_{CUMULATIVE}", f"vacancies_filled_{CUMULATIVE}", f"leaked_{CUMULATIVE}",
    "technical_profiles", "technical_vacancies", "leakage",
)  # fmt: skip
"""Indicators whose effect is shown by group."""


@dataclass(frozen=True)
class Alternative:
    """What the page says of one alternative."""

    letter: str
    colour: int
    name: str
    description: str
    glance: tuple[glance.Line, ...]
    said: tuple[signs.Said, ...]
    shared_until: str
    apart: bool
    """Whether it differs from the baseline in more than levers: then nothing of it has a price."""


@dataclass(frozen=True)
class Chart:
    """Panels side by side with their numbers."""

    title: str
    words: str
    drawings: tuple[tuple[str, Markup], ...]
    tables: tuple[tuple[str, list[tuple[str, str, Row]]], ...]
    source: str


def render(data: xr.Dataset, manifest: Mapping[str, Any], rows: Sequence[Row]) -> str:
    """The report as HTML, without reference to any other file or address that is loaded.

    Parameters
    ----------
    data : Dataset
        As ``comparison.nc`` holds it.
    manifest : mapping
        As ``manifest.json`` holds it.
    rows : sequence of Row
        As ``comparison.csv`` holds them.
    """
    environment = templating.environment()
    environment.filters |= {"percent": numbers.percent, "plain": plain}
    table, last = Table(rows), int(data["horizon"].values[-1])
    return environment.get_template("compared.html.j2").render(
        style=templating.text(environment, "report.css"),
        script=templating.text(environment, "report.js"),
        about=about(data, manifest),
        again=_again(data, manifest),
        alternatives=alternatives(data, manifest, table),
        verdict=opening.verdict(data, table),
        briefs=opening.briefs(data, table),
        horizon=last,
        earlier=[int(year) for year in data["horizon"].values[:-1]],
        rankings=rankings(data, table),
        letters={name: f"{answers.letter(i)}. {name}" for i, name in enumerate(effects.alternatives(data))},
        beds=[bed for name in effects.alternatives(data) if (bed := waterbed.vacancies(table, name, last))],
        planes=[drawn for drawn in (plane(data, last, *what) for what in PLANES) if drawn],
        charts=[chart for chart in (effects_chart(data, table),) if chart],
        who=[part for year in data["horizon"].values[::-1] for part in who(data, table, int(year))],
        money=money(data, table, last),
        moves=moves(data, table, last),
        lags=_by_indicator(data, verdicts.lags(data)),
        gains=_by_indicator(data, verdicts.gains(data)),
        schemes=evaluations(data, table, last),
        numbers=numbers,
        signs=signs,
        np=np,
    )


def about(data: xr.Dataset, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What was compared: texts for the head of the page and for running it again."""
    others = list(manifest.get("alternatives") or [])
    source = str(data.attrs.get("parameters", "default"))
    scenarios = [manifest.get("scenario") or {}, *(other.get("scenario") or {} for other in others)]
    return {
        "baseline": str(data.attrs["baseline"]),
        "start": data.attrs.get("start", "?"),
        "end": data.attrs.get("end", "?"),
        "draws": int(data.sizes["draw"]),
        "few": int(data.sizes["draw"]) < effects.FEW,
        "parameters": source,
        "drawn": uncertainty.short(source),
        "holds": uncertainty.holds(source, int(data.sizes["draw"])),
        "seed": data.attrs.get("seed", "?"),
        "scale": int(data.attrs["scale"]),
        "version": data.attrs.get("techsim_version", "?"),
        "rate": float(data.attrs["discount_rate"]),
        "year": int(data.attrs["discounted_to"]),
        "hashes": str(data.attrs.get("scenario_hashes", "")).split("\n"),
        "notes": list(manifest.get("notes") or []),
        "resolved": [
            (str(scenario.get("name", "?")), json.dumps(scenario, indent=2, ensure_ascii=False, default=str))
            for scenario in scenarios
        ],
    }


def _again(data: xr.Dataset, manifest: Mapping[str, Any]) -> Again:
    unnamed = ("BASE.yaml", *(f"{answers.letter(i)}.yaml" for i, _ in enumerate(effects.alternatives(data))))
    options = {
        "draws": data.sizes["draw"], "seed": data.attrs.get("seed", "?"), "scale": int(data.attrs["scale"]),
        "discount": float(data.attrs["discount_rate"]), "end": data.attrs["end"] if manifest.get("end_given") else None,
        "parameters": str(data.attrs.get("parameters", "default")),
    }  # fmt: skip
    return again("compare", manifest, options, unnamed=unnamed)


def alternatives(data: xr.Dataset, manifest: Mapping[str, Any], table: Table) -> list[Alternative]:
    """The alternatives with what there is to say of each."""
    told = list(manifest.get("alternatives") or [])
    shared = str(data.attrs.get("shared_until", "")).split("\n")
    found = []
    for i, name in enumerate(effects.alternatives(data)):
        scenario = (told[i].get("scenario") or {}) if i < len(told) else {}
        found.append(
            Alternative(
                letter=answers.letter(i),
                colour=i % figures.COLOURS,
                name=name,
                description=str(scenario.get("description", "")),
                glance=tuple(glance.glance(data, table, name)),
                said=tuple(answers.sentences(data, table, name)),
                shared_until=shared[i + 1] if i + 1 < len(shared) else "",
                apart=not effects.priceable(data, name),
            )
        )
    return found


def effects_chart(data: xr.Dataset, table: Table) -> Chart | None:
    """The effect on every headline indicator over the years, a line per alternative."""
    panels = []
    years = data["year"].values.astype(np.float64)
    names = verdicts.headline_names(data)
    apart = [np.nan_to_num(data[n].values - data[n].values[:1]).any(axis=(0, 1)) for n in names]
    if not names or not np.any(apart):
        return None
    first = years[np.flatnonzero(np.any(apart, axis=0))[0]] - 1
    for name in names:
        values, unit = data[name].values, str(data[name].attrs["units"])
        factor, shown = (100.0, numbers.POINTS) if unit == "share" else (1.0, unit)
        lines = []
        for s, _ in enumerate(effects.alternatives(data), 1):
            series = _since(spread(years, factor * (values[s] - values[0])), first)
            if len(series):
                lines.append(Line(answers.letter(s - 1), series, (s - 1) % figures.COLOURS))
        if lines:
            panels.append(Panel(_dated(name), shown, tuple(lines)))
    if not panels:
        return None
    span, room = figures.span(panels), figures.room_for_labels(panels)
    return Chart(
        "Effect over the years",
        "Alternative less baseline: mean over the draws, and the band that holds 90 % of them. Zero is the baseline. "
        "Shares are in percentage points. School years stand at the year in which they begin.",
        tuple((panel.title, figures.draw(panel, span, room)) for panel in panels),
        tuple((_dated(name), by_year(data, table, name, int(first))) for name in names),
        ", ".join(names),
    )


def by_year(data: xr.Dataset, table: Table, name: str, first: int) -> list[tuple[str, str, Row]]:
    """The rows of an indicator's total from a year on, of each alternative: (letter, calendar or school year, row)."""
    return [
        (answers.letter(i), answers.when(int(year), spec_of(name).school), row)
        for i, scenario in enumerate(effects.alternatives(data))
        for year in data["year"].values
        if year >= first and (row := table.find(scenario, name, int(year))) is not None
    ]


def _since(series: Series, first: float) -> Series:
    keep = series.x >= first
    return Series(series.x[keep], series.mean[keep], series.low[keep], series.high[keep])


def _title(name: str) -> str:
    words = spec_of(name).long_name.split(":")[0]
    return words[0].upper() + words[1:]


def _dated(name: str) -> str:
    """The title of an indicator over the years, with what years they are where those are not calendar years."""
    return f"{_title(name)}{', school years' if spec_of(name).school else ''}"


def _known(name: str, horizon: int) -> tuple[int, str]:
    """The year of an indicator that is known by December of ``horizon``, and the title with it."""
    spec = spec_of(name)
    year = horizon - int(spec.ends)
    if name.endswith(f"_{CUMULATIVE}"):
        return year, f"{_title(name)} by {horizon}, all years together"
    return year, f"{_title(name)}, {answers.when(year, spec.school)}"


PLANES = (
    ("technicians", "additional people in technical occupations, {}", 0),
    ("technical_graduates_cumulative", "additional technical graduates by {}", 1),
)
"""What cost is drawn against: indicator, words, and how many years before a horizon it is known."""


def plane(data: xr.Dataset, horizon: int, name: str, words: str, before: int) -> Markup | None:
    """Cost against effect: every draw small, the mean large; right is dearer, up is more."""
    paths = []
    years = data["year"].values
    at, paid = np.flatnonzero(years == horizon - before), np.flatnonzero(years == horizon)
    if name not in data or at.size == 0 or paid.size == 0:
        return None
    effect = data[name].values[:, :, at[0]]
    cost = data[COST].values[:, :, paid[0]]
    if np.isnan(effect).any():
        return None
    for s, scenario in enumerate(effects.alternatives(data), 1):
        if not effects.priceable(data, scenario):
            continue
        x, y = (cost[s] - cost[0]).tolist(), (effect[s] - effect[0]).tolist()
        colour = (s - 1) % figures.COLOURS
        if len(x) > 1:
            paths.append(scatter.Path("", x, y, colour, joined=False, hollow=True, size=1.8))
        mean = scatter.Path(
            "", [float(np.mean(x))], [float(np.mean(y))], colour, (answers.letter(s - 1),),
            joined=False, size=4.5,
        )  # fmt: skip
        paths.append(mean)
    if not paths:
        return None
    chart = scatter.Plane(
        f"Cost and effect by {horizon}", "extra public money, discounted, euro", "euro",
        words.format(horizon), "persons", tuple(paths), from_zero=True,
    )  # fmt: skip
    return scatter.draw(chart)


@dataclass(frozen=True)
class Ranking:
    """Candidates by cost per unit of an effect by a year; ``lines`` of effect and cost by scenario."""

    title: str
    places: tuple[verdicts.Rank, ...]
    lines: Mapping[str, tuple[int, ...]]


def rankings(data: xr.Dataset, table: Table) -> list[Ranking]:
    """By each horizon, of technicians and of graduates; the last horizon first."""
    found = []
    for horizon in (int(year) for year in data["horizon"].values[::-1]):
        for name, words, before in (
            ("technicians", f"Additional people in technical occupations in {horizon}", 0),
            ("technical_graduates_cumulative", f"Additional technical graduates by {horizon}, all years together", 1),
        ):
            places = verdicts.ranking(data, horizon, name)
            lines = {}
            for place in places:
                rows = (
                    table.by(horizon, place.scenario, name, before), table.find(place.scenario, COST, horizon)
                )  # fmt: skip
                lines[place.scenario] = tuple(row.number for row in rows if row is not None)
            if places:
                found.append(Ranking(words, tuple(places), lines))
    return found


def evaluations(data: xr.Dataset, table: Table, horizon: int) -> list[tuple[str, str, str, list[Row]]]:
    """Of levers that differ: (letter, lever, what its take-up counts and how deadweight is found, figures)."""
    found = []
    for i, scenario in enumerate(effects.alternatives(data)):
        for lever in (str(x) for x in data["scheme"].values):
            names = (*schemes.FIGURES, "deadweight_share")
            rows = [table.find(scenario, f"scheme_{name}", horizon, lever=lever) for name in names]
            there = [row for row in rows if row is not None]
            if there:
                words = f"{schemes.SCHEMES[lever].who}; {schemes.basis(lever)}"
                found.append((answers.letter(i), lever, words, there))
    return found


PAIRED = (
    ("people_by_work", "Who works in technology, December"),
    ("people_by_diploma", "Who has a technical diploma of mbo, hbo or wo, December"),
)
"""People looked at in both worlds whose effect is shown by group: the record has their background, level and region."""


def who(data: xr.Dataset, table: Table, horizon: int) -> list[tuple[str, str, list[tuple[str, list[Row]]]]]:
    """By alternative and indicator: the effect by level, sex, background, region; (letter, title, groups)."""
    found = []
    for i, scenario in enumerate(effects.alternatives(data)):
        for name in WHO:
            year, title = _known(name, horizon)
            groups = []
            for group in ("level", "sex", "background", "track", "region"):
                key = f"{name}_by_{group}"
                if key not in data:
                    continue
                rows = [table.find(scenario, key, year, **{group: str(label)}) for label in data[group].values]
                there = [row for row in rows if row is not None]
                if any(row.spread.positive or row.spread.negative for row in there):
                    groups.append((group, there))
            if groups:
                found.append((answers.letter(i), title, groups))
        for name, words in PAIRED:
            groups = []
            for group in ("level", "sex", "background", "region"):
                rows = [
                    table.find(scenario, name, horizon, state=outcomes.TECHNICAL, **{group: str(label)})
                    for label in data[group].values
                ]
                there = [row for row in rows if row is not None]
                if any(row.spread.positive or row.spread.negative for row in there):
                    groups.append((group, there))
            if groups:
                found.append((answers.letter(i), f"{words} {horizon}", groups))
    return found


def money(data: xr.Dataset, table: Table, horizon: int) -> list[tuple[str, str, str, Row]]:
    """Spending more than the baseline's up to the horizon, discounted: (letter, lever, item, row)."""
    found = []
    for i, scenario in enumerate(effects.alternatives(data)):
        for lever in data["lever"].values:
            for item in data["item"].values:
                row = table.find(scenario, COST_BY_ITEM, horizon, lever=str(lever), item=str(item))
                if row is not None and (row.spread.positive or row.spread.negative):
                    found.append((answers.letter(i), str(lever), str(item), row))
    return found


def moves(data: xr.Dataset, table: Table, horizon: int) -> list[tuple[str, str, list[Row], list[Row]]]:
    """The same people in both worlds: (letter, what, net by state, gross as additional, displaced, both)."""
    found = []
    for i, scenario in enumerate(effects.alternatives(data)):
        for what, name, states, key in (
            ("Work", "people_by_work", outcomes.WORK, "technicians"),
            ("Highest diploma of mbo, hbo or wo", "people_by_diploma", outcomes.DIPLOMA, "technical_diplomas"),
        ):
            net = [table.find(scenario, name, horizon, state=state) for state in states]
            net += [
                table.find(scenario, name, horizon, state=outcomes.TECHNICAL, **{group: str(label)})
                for group in ("sex", "background")
                for label in data[group].values
            ]
            words = (effects.ADDITIONAL, effects.DISPLACED, effects.BOTH)
            gross = [table.find(scenario, f"{word}_{key}", horizon) for word in words]
            there = [row for row in net if row is not None]
            if any(row.spread.positive or row.spread.negative for row in there):
                found.append((answers.letter(i), what, there, [row for row in gross if row is not None]))
    return found


def _by_indicator(data: xr.Dataset, found: Sequence[Any]) -> list[tuple[str, list[tuple[int, Any] | None]]]:
    """Lags or gains by indicator, in the order of the alternatives: (title, one per alternative or None).

    Each with its row in its sheet of the workbook, of which row 1 is the header.
    """
    scenarios = effects.alternatives(data)
    table: dict[str, dict[str, tuple[int, Any]]] = {}
    for row, item in enumerate(found, 2):
        table.setdefault(item.indicator, {})[item.scenario] = row, item
    return [(_title(name), [there.get(scenario) for scenario in scenarios]) for name, there in table.items()]

"""The workbook of a comparison: the same tables as in ``comparison.csv`` and the report, for those who calculate on."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from techsim.results import certainty, effects, schemes, uncertainty, verdicts, waterbed
from techsim.results.comparison import COST, COST_BY_ITEM

if TYPE_CHECKING:
    import xarray as xr

MADE = datetime.datetime(2020, 1, 1)
"""Date in the file's properties: the same comparison gives the same bytes."""
WIDTHS = (34, 26, 8)
"""Columns of the first columns, in letters; the others have 13."""


def write(data: xr.Dataset, made: Sequence[effects.Row], manifest: Mapping[str, Any], path: Path) -> None:
    """Write ``comparison.xlsx``: sheets About, Ranking, Waterbed, People, Who, Money, Schemes, Not measured, Effects,
    Lag, Pairing, Indicators."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": str(data.attrs.get("title", "")), "created": MADE})
        bold = book.add_format({"bold": True, "bottom": 1})
        for name, header, lines in sheets(data, made, manifest):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(header), 13)
            for column, width in enumerate(WIDTHS[: len(header)]):
                sheet.set_column(column, column, width)
            for column, word in enumerate(header):
                sheet.write_string(0, column, word, bold)
            last = 0
            for last, line in enumerate(lines, 1):
                for column, value in enumerate(line):
                    _put(sheet, last, column, value)
            if last:
                sheet.autofilter(0, 0, last, len(header) - 1)


def _put(sheet: Any, row: int, column: int, value: Any) -> None:
    """Numbers as numbers; what is unknown or infinite is empty or a word, as a workbook knows neither."""
    if isinstance(value, str):
        if value:  # most groups of most lines are empty, and calls are what a workbook takes its time for
            sheet.write_string(row, column, value)
    elif value is not None and math.isfinite(value):
        sheet.write_number(row, column, value)
    elif value is not None and math.isinf(value):
        sheet.write_string(row, column, "no limit" if value > 0 else "-no limit")


Sheet = tuple[str, Sequence[str], Iterable[Sequence[Any]]]


def sheets(data: xr.Dataset, made: Sequence[effects.Row], manifest: Mapping[str, Any]) -> list[Sheet]:
    """Name, header and lines of each sheet."""
    return [
        ("About", ("what", "value"), list(_about(data, manifest))),
        ("Ranking", RANKING, list(_ranking(data, made))),
        ("Waterbed", WATERBED, list(_waterbed(data, made))),
        ("People", FIGURES, _lines(made, _people)),
        ("Who", FIGURES, _lines(made, _who)),
        ("Money", FIGURES, _lines(made, lambda row: row.indicator in (COST, COST_BY_ITEM))),
        ("Schemes", (*FIGURES, "the lever is", "deadweight found"), list(_schemes(data, made))),
        ("Not measured", ("scenario", "lever", "why"), list(_not_measured(data))),
        ("Effects", effects.COLUMNS, (effects.cells(row) for row in made)),
        (
            "Lag",
            LAG,
            [
                (x.scenario, x.indicator, x.any, x.sure, x.sign, x.start, x.any_after, x.sure_after, x.until)
                for x in verdicts.lags(data)
            ],
        ),
        (
            "Pairing",
            ("scenario", "indicator", "year", "variance unpaired", "variance paired", "factor"),
            [(g.scenario, g.indicator, g.year, g.unpaired, g.paired, g.factor) for g in verdicts.gains(data)],
        ),
        ("Indicators", ("indicator", "meaning", "unit", "kind"), list(_indicators(data))),
    ]


LAG = (
    "scenario", "indicator", "any difference", "sure (two years in a row)", "sign", "first year apart",
    "years to any", "years to sure", "sure until",
)  # fmt: skip
LINE = "line of comparison.csv"
PATTERNS = (
    (f"{effects.ADDITIONAL}_...", "who is technical in the alternative only, by work or by highest diploma"),
    (f"{effects.DISPLACED}_...", "who is so in the baseline only, below zero"),
    (f"{effects.BOTH}_...", "who is so in both worlds"),
    ("moved_people_by_...", "from a state in the baseline to another in the alternative"),
    ("scheme_...", "what a lever that differs paid for, against the baseline: see sheet Schemes"),
)
"""Indicators of the sheets that have no variable of their own."""
WATERBED = ("scenario", "open vacancies in", "year", "baseline", "difference", "p05", "p95", "draws with more", LINE)

RANKING = (
    "scenario", "measure", "by", "unit", "better", "effect", "effect p05", "effect p95", "probability of a gain",
    "cost", "cost p05", "cost p95", "cost per unit", "cost per unit p05", "cost per unit p95", "dominated by",
    "in share of draws", f"{LINE}: effect", f"{LINE}: cost",
)  # fmt: skip


NO_PRICE = (math.nan,) * 3
"""Where it is not at least likely that there are more, as on the page."""

FIGURES = (
    "scenario", "indicator", "year", "group", "unit", "baseline", "difference", "p05", "p25", "p75", "p95",
    "draws with more", LINE,
)  # fmt: skip


def _people(row: effects.Row) -> bool:
    """Net by state, and the gross numbers of technology."""
    gross = row.indicator.startswith((f"{effects.ADDITIONAL}_", f"{effects.DISPLACED}_", f"{effects.BOTH}_"))
    return gross or (row.indicator.startswith("people_by_") and set(row.groups) == {"state"})


def _who(row: effects.Row) -> bool:
    """The effect by one group of people: that of the indicators, and that of the same people in both worlds."""
    groups = set(row.groups) - {"state"}
    return len(groups) == 1 and groups <= {"level", "sex", "background", "track", "region"}


def _lines(made: Sequence[effects.Row], wanted: Callable[[effects.Row], bool]) -> Iterable[Sequence[Any]]:
    for row in made:
        if wanted(row):
            q, words = row.spread.quantiles, ", ".join(row.groups.values())
            yield (
                row.scenario, row.indicator, row.year, words, row.unit, row.baseline, row.spread.mean, q[0], q[1], q[3],
                q[4], row.spread.positive, row.number,
            )  # fmt: skip


def _schemes(data: xr.Dataset, made: Sequence[effects.Row]) -> Iterable[Sequence[Any]]:
    """What was paid for; of each lever whether it is added, dropped or on other terms, and how deadweight is found."""
    wanted = [row for row in made if row.indicator.startswith("scheme_")]
    for row, line in zip(wanted, _lines(wanted, lambda row: True), strict=True):
        lever = row.groups.get("lever", "")
        found = schemes.basis(lever) if lever in schemes.SCHEMES else ""
        yield (*line, effects.changed(data, row.scenario).get(lever, ""), found)


def _not_measured(data: xr.Dataset) -> Iterable[Sequence[Any]]:
    """Levers of which there is no evaluation, and why."""
    for line in str(data.attrs.get("not_measured", "")).split("\n"):
        if line:
            yield line.split("\t")


def _waterbed(data: xr.Dataset, made: Sequence[effects.Row]) -> Iterable[Sequence[Any]]:
    """Vacancies of technology, care and education side by side (W6)."""
    table = effects.Table(made)
    for name in effects.alternatives(data):
        for horizon in data["horizon"].values:
            found = waterbed.vacancies(table, name, int(horizon))
            for words, row in found.rows if found else ():
                spread = row.spread
                yield (
                    name, words, int(horizon), row.baseline, spread.mean, spread.low, spread.high, spread.positive,
                    row.number,
                )  # fmt: skip


def _ranking(data: xr.Dataset, made: Sequence[effects.Row]) -> Iterable[Sequence[Any]]:
    """Doing nothing has no lines: it is the baseline, from which those of the others differ."""
    table = effects.Table(made)
    for measure in verdicts.MEASURES:
        for horizon in data["horizon"].values:
            for r in verdicts.ranking(data, int(horizon), measure):
                before = int(data[measure].attrs["years_before"])
                effect, cost = table.by(r.horizon, r.scenario, measure, before), table.find(r.scenario, COST, r.horizon)
                better = "less" if int(data[measure].attrs["better"]) < 0 else "more"
                # As in the line that is named; a rank's own effect is above zero where it is better. Zero has no sign.
                shown = effect.spread if effect else r.effect
                mean, low, high = (0.0 + x for x in (shown.mean, shown.low, shown.high))
                priced = certainty.likely(r.effect.positive, data.sizes["draw"])
                yield (
                    r.scenario, r.measure, r.horizon, r.unit, better, mean, low, high, r.effect.positive,
                    r.cost.mean, r.cost.low, r.cost.high, *(r.per_unit if priced else NO_PRICE),
                    "; ".join(r.dominated_by), "; ".join(f"{share:.2f}" for share in r.in_draws),
                    effect and effect.number, cost and cost.number,
                )  # fmt: skip


def _about(data: xr.Dataset, manifest: Mapping[str, Any]) -> Iterable[Sequence[Any]]:
    yield "baseline", str(data.attrs["baseline"])
    for name in effects.alternatives(data):
        yield "alternative", name
    for key in ("start", "end", "seed", "parameters", "scale", "discount_rate", "discounted_to", "techsim_version"):
        value = data.attrs.get(key)
        yield key, value if isinstance(value, str) or value is None else float(value)
    yield "draws", float(data.sizes["draw"])
    for index, scenario_hash in enumerate(str(data.attrs.get("scenario_hashes", "")).split("\n")):
        yield f"hash of scenario {index}", scenario_hash
    for note in manifest.get("notes") or []:
        yield "note", str(note)
    yield "difference", "alternative less baseline, within each draw; quantiles are over the draws"
    if data.sizes["draw"] > 1:
        yield "quantiles", uncertainty.holds(str(data.attrs.get("parameters", "default")), int(data.sizes["draw"]))
    yield (
        "school years",
        "a year of pupils, students and graduates is that in which the school year begins: 2029 is 2029/30",
    )
    yield "cost", "discounted public money more than in the baseline, up to the year"


def _indicators(data: xr.Dataset) -> Iterable[Sequence[Any]]:
    for name in sorted(str(n) for n in data.data_vars):
        about = data[name].attrs
        yield name, str(about.get("long_name", "")), str(about.get("units", "")), str(about.get("kind", ""))
    for name, words in PATTERNS:
        yield name, words, "", ""

"""The model beside the evidence: every published figure that the run covers, whatever it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from techsim.data.evidence import Figure, Groups, load_evidence
from techsim.report import numbers
from techsim.report.catalogue import QUANTITIES
from techsim.report.figures import Dot
from techsim.report.names import groups_in_words
from techsim.report.quantities import HIGH, LOW, Results

if TYPE_CHECKING:
    import xarray as xr


@dataclass(frozen=True)
class Row:
    """A published figure and what the model gives for it, mean and interval over draws."""

    figure: Figure
    model: float
    low: float
    high: float

    @property
    def difference(self) -> float:
        """Model less evidence, in the figure's unit."""
        return self.model - self.figure.value

    @property
    def within(self) -> bool:
        """Whether the model's mean lies within the tolerance of the figure."""
        size = self.figure.value if self.figure.rule == "relative" else 1.0
        return abs(self.difference) <= self.figure.tolerance * size + 1e-12

    @property
    def what(self) -> str:
        """The quantity in words."""
        return QUANTITIES[self.figure.indicator].label

    @property
    def who(self) -> str:
        """The groups in words."""
        return groups_in_words(self.figure.groups)

    @property
    def when(self) -> str:
        """The year, and the quarter if it is about one."""
        return f"{self.figure.year}, quarter {self.figure.quarter}" if self.figure.quarter else str(self.figure.year)


def compare(data: xr.Dataset | Results, evidence: Sequence[Figure] | None = None) -> list[Row]:
    """One row per figure that the results cover, in the order of the evidence table.

    A figure of a year outside the run, or about something that the results do not hold, has no row.

    Parameters
    ----------
    data : Dataset or Results
        As ``results.nc`` holds it.
    evidence : sequence of Figure, optional
        The packaged table if left out.
    """
    results = data if isinstance(data, Results) else Results(data)
    rows = []
    for figure in load_evidence() if evidence is None else evidence:
        if figure.indicator not in QUANTITIES or not results.knows(figure.indicator):
            continue
        try:
            values = results.drawn(figure.indicator, figure.year, figure.quarter, figure.groups)
        except KeyError:
            continue
        if values.size:
            low, high = np.quantile(values, (LOW, HIGH))
            rows.append(Row(figure, float(values.mean()), float(low), float(high)))
    return rows


def dots(evidence: Iterable[Figure], indicator: str, groups: Groups = (), definition: str = "") -> tuple[Dot, ...]:
    """The figures on one quantity and group as dots of a chart; ``definition`` chooses among several."""
    wanted = tuple(sorted(groups))
    found = []
    for figure in evidence:
        if figure.indicator == indicator and figure.groups == wanted and figure.definition.startswith(definition):
            x = figure.year + (figure.quarter - 1) / 4 if figure.quarter else figure.year
            said = f"published: {numbers.of_unit(figure.value, figure.unit)}"
            said += " (from memory)" if figure.from_memory else ""
            found.append(Dot(x, figure.value, said, figure.from_memory))
    return tuple(found)


def score(rows: Sequence[Row]) -> list[tuple[str, int, int]]:
    """Per quantity: its words, figures within tolerance, figures in all; in the order of the rows."""
    counts: dict[str, list[int]] = {}
    for row in rows:
        count = counts.setdefault(row.what, [0, 0])
        count[0] += row.within
        count[1] += 1
    return [(what, within, count) for what, (within, count) in counts.items()]


def markdown(data: xr.Dataset | Results, evidence: Sequence[Figure] | None = None) -> str:
    """The comparison as Markdown, for ``docs/model_beside_evidence.md``: tables by quantity, sources numbered below.

    From the command line: ``techsim report DIR --evidence FILE.md``.
    """
    results = data if isinstance(data, Results) else Results(data)
    rows = compare(results, evidence)
    within = sum(row.within for row in rows)
    scenario = str(results.data.attrs.get("title", ""))
    lines = [
        "# The model beside the evidence",
        "",
        f"Scenario {_cell(scenario)}, {_draws(results.draws)}."
        if scenario
        else f"{_draws(results.draws).capitalize()}.",
        f"Of {len(rows)} published figures that the run covers, the model's mean lies within tolerance of {within}.",
        "Tolerance: 20 % of the figure for levels and unemployment, 5 percentage points for shares, 4 for leakage and",
        "under-use. Shown whatever it says; figures marked † are from memory and still to be verified. School years",
        "are named by the year in which they start.",
        "",
        *NOTES,
        "",
        *_worst(rows),
        "",
        "## How many lie within tolerance",
        "",
        "| quantity | within tolerance | figures |",
        "|---|---:|---:|",
        *(f"| {_cell(what)} | {good} | {count} |" for what, good, count in score(rows)),
    ]
    sources: dict[str, int] = {}
    for what, some in grouped(rows, lambda row: row.what):
        lines += ["", f"## {numbers.opening(what)}"]
        for definition, same in grouped(some, lambda row: row.figure.definition):
            lines += ["", f"*{_cell(definition)}*", "", *HEAD]
            lines += [_line(row, sources.setdefault(row.figure.source, len(sources) + 1)) for row in same]
    lines += ["", "## Sources", "", *(f"{number}. {_cell(source)}" for source, number in sources.items()), ""]
    return "\n".join(lines)


NOTES = (
    "## Before you read the tables",
    "",
    "- **Agreement here is no independent evidence.** A few parameters of demand and matching were fitted by least",
    "  squares to these figures of unemployment and vacancies (docs/labour_market.md says which), those of leakage,",
    "  under-use and places were set by hand with them in view, and shares of the start year are inputs of the",
    "  choices. So is the rate at which graduates from abroad stay (L7), and what technicians lack in 2013 was set",
    "  with its figure in view (W4). Nothing was held out: the tables show that the model can be like these years, not",
    "  that it predicts others.",
    "- **Part-time students are not in the model.** Published numbers of students, entrants and graduates of hbo and",
    "  wo count them, so the model's totals of hbo lie below by construction. Students from abroad are in it (L7).",
    "- **Leakage and under-use are outcomes of matching** (W2); at ten draws a figure of theirs has a standard error",
    "  of about a point. Open vacancies in technical occupations of 2016 and 2017 lie below the figures: the model",
    "  fills them too easily.",
    "- **A figure stands beside the nearest count that the results hold.** Where the two definitions differ, the line",
    "  above the table says how. Core figures that are not shown are listed with a reason in the repository, in",
    "  `tests/data/evidence_left_out.csv`.",
    "- **Students' side jobs are left out**, which lowers employment and changes unemployment among the young.",
    "- The interval is that of luck alone: all draws have the same parameters.",
    "",
    "The page in `docs/` is made, in the folder of the repository and with its environment active, by",
    "",
    "```",
    "techsim run scenarios/historical.yaml --threads 2",
    "techsim report outputs/historical --evidence docs/model_beside_evidence.md",
    "```",
)
"""What a reader must know before the tables, and how the page is made."""

HEAD = (
    "| group | year | model | 5–95 % | evidence | difference | within | source |",
    "|---|---|---:|---|---:|---:|---|---|",
)


def _worst(rows: Sequence[Row]) -> list[str]:
    """The quantities of which fewer than three in four figures are met, in a sentence."""
    off = [f"{what} ({good} of {count})" for what, good, count in score(rows) if good < 0.75 * count]
    return [f"Where the model is off most, figures within tolerance: {_cell('; '.join(off))}."] if off else []


def _line(row: Row, note: int) -> str:
    f = row.figure
    cells = (
        row.who,
        row.when,
        numbers.exact(row.model, f.unit),
        numbers.interval(row.low, row.high, f.unit) if row.high > row.low else "one value",
        numbers.exact(f.value, f.unit) + (" †" if f.from_memory else ""),
        numbers.difference(row.difference, f.value, f.unit, f.rule),
        "yes" if row.within else "**no**",
        f"[{note}]",
    )
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def grouped(rows: Sequence[Row], key: Callable[[Row], str]) -> list[tuple[str, list[Row]]]:
    """Rows by key, in the order in which keys appear."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return list(groups.items())


def _draws(number: int) -> str:
    return "one draw" if number == 1 else f"{number} draws"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")

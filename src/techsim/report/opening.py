"""The answer of a comparison on one page: a verdict in a sentence or three, and a table with a row per alternative."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from techsim.report import numbers
from techsim.report.answers import letter, price_range
from techsim.report.names import listed, plain
from techsim.report.signs import Said, against, between, percents, priced, signed, way
from techsim.results import certainty, effects, schemes, verdicts
from techsim.results.comparison import COST
from techsim.results.effects import FEW, Row, Table

if TYPE_CHECKING:
    import xarray as xr

GRADES = ("not clear", "likely", "sure")
NAMED = 4
"""Up to so many alternatives are named each with its effect; of more the largest."""
Headline = tuple[str, str, int, dict[str, str]]
"""An indicator, in words, how many years before a horizon it is known, and the group if any."""
TECHNICIANS: Headline = ("technicians", "people in technical occupations in {}", 0, {})
GRADUATES: Headline = ("technical_graduates_cumulative", "technical graduates by {}, counted by diploma", 1, {})
QUALIFIED: Headline = ("people_by_diploma", "people with a technical diploma in {}", 0, {"state": "technical"})
"""Graduates are diplomas, of which one person may earn several: hence the people with one beside them."""


@dataclass(frozen=True)
class Cell:
    """A figure of the table, what belongs to it in small type below, and the lines that all of it stands in.

    ``grade`` and ``share``: how sure the sign of an effect is, and in how many draws it is so.
    """

    text: str
    around: str = ""
    lines: tuple[int, ...] = ()
    grade: str = ""
    share: str = ""


@dataclass(frozen=True)
class Brief:
    """An alternative in a row of the table."""

    letter: str
    name: str
    technicians: Cell
    graduates: Cell
    cost: Cell
    per_technician: Cell
    per_graduate: Cell
    anyway: tuple[Cell, ...]

    @property
    def lines(self) -> tuple[int, ...]:
        """Every line of ``comparison.csv`` that the row's numbers stand in."""
        cells = (self.technicians, self.graduates, self.cost, self.per_technician, self.per_graduate)
        return tuple(dict.fromkeys(line for cell in (*cells, *self.anyway) for line in cell.lines))


def briefs(data: xr.Dataset, table: Table) -> list[Brief]:
    """A row for each alternative, in their order."""
    last, draws = int(data["horizon"].values[-1]), data.sizes["draw"]
    found = []
    for i, name in enumerate(effects.alternatives(data)):
        people, graduates = (table.by(last, name, what, before) for what, _, before, _ in (TECHNICIANS, GRADUATES))
        cost, alone = table.find(name, COST, last), effects.priceable(data, name)
        found.append(
            Brief(
                letter(i), name, _effect(people, draws), _effect(graduates, draws),
                _cost(cost, draws),
                _price(people, cost, draws, alone), _price(graduates, cost, draws, alone),
                tuple(_anyway(data, table, name, last, draws)),
            )
        )  # fmt: skip
    return found


def _nil(row: Row) -> bool:
    return row.spread.positive == row.spread.negative == 0.0


def _effect(row: Row | None, draws: int) -> Cell:
    if row is None:
        return Cell(numbers.UNKNOWN)
    if _nil(row):
        return Cell("no difference", "", (row.number,))
    around = between(row.spread, row.unit) if draws > 1 else ""
    return Cell(signed(row.spread.mean), around, (row.number,), *_certainty(row, draws))


def _certainty(row: Row, draws: int) -> tuple[str, str]:
    """How sure it is that there are more, or fewer: the grade, and the share of the draws."""
    if draws == 1:
        return "", ""
    sign, most = way(row.spread)
    grade = GRADES[certainty.grade(most, draws)] if draws >= FEW else ""
    return grade, f"{sign} in {numbers.percent(most, 0)}{', not on average' if against(row.spread) else ''}"


def _cost(row: Row | None, draws: int) -> Cell:
    if row is None or _nil(row):
        return Cell("nothing")
    around = between(row.spread, "persons") if draws > 1 else ""  # the unit is the column's
    return Cell(signed(row.spread.mean), around, (row.number,))


def _price(row: Row | None, cost: Row | None, draws: int, alone: bool) -> Cell:
    """Euro for one more, where it is at least likely that there are more, and something is paid for them.

    ``alone``: whether nothing but levers differs, so that the money may have brought them.
    """
    if row is None or _nil(row) or cost is None or cost.spread.mean <= 0.0:
        return Cell(numbers.UNKNOWN)
    if not alone:
        return Cell("no price", "not levers alone")
    if draws < FEW:
        return Cell(f"takes {numbers.in_words(FEW)} draws")
    if not priced(row.spread, draws) or not np.isfinite(row.cost_per_unit[0]):
        fewer = certainty.likely(row.spread.negative, draws)
        return Cell("no price", "fewer, not more" if fewer else "not clear that more")
    return Cell(numbers.rounded(row.cost_per_unit[0]), price_range(row), (row.number,))


def _anyway(data: xr.Dataset, table: Table, scenario: str, horizon: int, draws: int) -> list[Cell]:
    """Deadweight of each lever that is evaluated: the share, its range, and how it is counted."""
    found = []
    for lever in (str(x) for x in data["scheme"].values):
        row = table.find(scenario, "scheme_deadweight_share", horizon, lever=lever)
        if row is None:
            continue
        around = f"{percents(row.spread)}; " if draws > 1 else ""
        how = schemes.SHORTLY[schemes.SCHEMES[lever].persons]
        text = numbers.percent(row.spread.mean, 0)
        found.append(Cell(text, f"{around}{plain(lever)}, {how}", (row.number,)))
    return found


def verdict(data: xr.Dataset, table: Table) -> list[Said]:
    """Which alternatives surely or likely add technicians and graduates, and which does so at the lowest price."""
    *earlier, last = (int(year) for year in data["horizon"].values)
    draws, names = data.sizes["draw"], effects.alternatives(data)
    if draws < FEW:
        few = f"{numbers.opening(numbers.in_words(draws))} draw{' is' if draws == 1 else 's are'}"
        return [Said(f"{few} too few to say of any alternative that it surely changes anything.", ())]
    said: list[Said] = []
    for (indicator, words, before, group), years in (
        (TECHNICIANS, [last, *earlier]),
        (GRADUATES, [last]),
        (QUALIFIED, [last]),
    ):
        rows = {
            year: [
                (letter(i), row)
                for i, name in enumerate(names)
                if (row := table.by(year, name, indicator, before, **group)) is not None
            ]
            for year in years
        }
        idle = sorted(year for year in years if rows[year] and _idle(rows[year], draws))
        if idle:  # in one sentence
            when = " or ".join(map(str, idle))
            said.append(_adds(rows[idle[-1]], words.format(when), draws))
        said += [_adds(rows[year], words.format(year), draws) for year in years if rows[year] and year not in idle]
    cheapest = _cheapest(data, table, last, draws)
    return [*said, *([cheapest] if cheapest else [])]


def _adds(rows: Sequence[tuple[str, Row]], what: str, draws: int) -> Said:
    """``A (+900) surely adds ...; B likely does``, or that none surely does; and who surely has fewer."""

    def graded(least: int, share: Callable[[Row], float]) -> list[tuple[str, Row]]:
        same = ((each, row) for each, row in rows if not against(row.spread))
        return [(each, row) for each, row in same if certainty.grade(share(row), draws) == least]

    more, fewer = (lambda row: row.spread.positive), (lambda row: row.spread.negative)
    (text, used) = _listed(graded(2, more))
    verb = "add" if len(graded(2, more)) > 1 else "adds"
    text = f"{text} surely {verb} {what}" if text else _none(rows, what)
    for found, words in (
        (graded(1, more), ("likely does", "likely do")),
        (graded(2, fewer), ("surely has fewer", "surely have fewer")),
        (graded(1, fewer), ("likely has fewer", "likely have fewer")),
    ):
        if found:
            named, lines = _listed(found)
            text += f"; {named} {words[len(found) > 1]}"
            used += lines
    return Said(text + ".", used)


def _idle(rows: Sequence[tuple[str, Row]], draws: int) -> bool:
    """Whether of none it is as much as likely that there are more, or fewer."""
    return not any(certainty.likely(way(row.spread)[1], draws) and not against(row.spread) for _, row in rows)


def _none(rows: Sequence[tuple[str, Row]], what: str) -> str:
    if len(rows) == 1:
        return f"The alternative does not surely add {what}"
    who = "Neither of the two" if len(rows) == 2 else f"None of the {numbers.in_words(len(rows))}"
    return f"{who} surely adds {what}"


def _listed(found: Sequence[tuple[str, Row]]) -> tuple[str, tuple[int, ...]]:
    """``A (+900) and B (+300)``; of many the letters, and the largest with its effect."""
    if not found:
        return "", ()
    if len(found) <= NAMED:
        told = [f"{each} ({signed(row.spread.mean)})" for each, row in found]
        return listed(told), tuple(row.number for _, row in found)
    each, row = max(found, key=lambda x: abs(x[1].spread.mean))
    return f"{listed([name for name, _ in found])} (most: {each}, {signed(row.spread.mean)})", (row.number,)


def _cheapest(data: xr.Dataset, table: Table, horizon: int, draws: int) -> Said | None:
    """The lowest price of a graduate, and of a technician, among those that surely or likely add some."""
    names = effects.alternatives(data)
    told, used = [], []
    for (indicator, _, before, _), unit in (
        (TECHNICIANS, f"technician in {horizon}"),
        (GRADUATES, "technical graduate"),
    ):
        found = [
            (rank.per_unit[0], rank.scenario, row)
            for rank in verdicts.ranking(data, horizon, indicator)
            if (row := table.by(horizon, rank.scenario, indicator, before)) is not None
            and rank.cost.mean > 0.0
            and np.isfinite(rank.per_unit[0])
            and priced(row.spread, draws)
        ]
        if found:
            least, scenario, row = min(found, key=lambda each: each[0])
            price = f"EUR{numbers.THIN}{numbers.rounded(least)} ({price_range(row)})"
            only = "" if certainty.sure(row.spread.positive, draws) else ", which likely adds some"
            told.append(f"{price} for each additional {unit}, with {letter(names.index(scenario))}{only}")
            used.append(row.number)
    return Said(f"Lowest price: {'; '.join(told)}.", tuple(used)) if told else None

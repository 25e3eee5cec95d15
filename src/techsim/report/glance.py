"""The first page of a comparison: of each alternative what is sure, likely and not clear, its cost, and what would have
been there anyway."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from techsim.report import numbers
from techsim.report.answers import NOT_LEVERS_ALONE, by_lever, price_range, too_few, when
from techsim.report.names import plain
from techsim.report.opening import GRADUATES, QUALIFIED, TECHNICIANS, Headline
from techsim.report.paid import beside
from techsim.report.signs import Said, against, amount, between, nought, percents, priced, signed, torn, way
from techsim.results import certainty, schemes, verdicts, waterbed
from techsim.results.comparison import COST
from techsim.results.effects import FEW, Row, Spread, Table, priceable

if TYPE_CHECKING:
    import xarray as xr

HEADLINES: tuple[Headline, ...] = (
    TECHNICIANS,
    GRADUATES,
    QUALIFIED,
    ("other_graduates_cumulative", "graduates of other fields by {}", 1, {}),
    ("technical_graduate_share", "technical share of the graduates of summer {}", 1, {}),
    ("vacancies_filled_cumulative", "technical vacancies filled by {}", 0, {}),
    ("leaked_cumulative", "technical school leavers at work in another field by {}", 1, {}),
)
"""Indicators of the first page."""
PRICED = (("technicians", "technician in {}", 0), ("technical_graduates_cumulative", "technical graduate", 1))
SINGLE = 4
"""Single years named at most, of those that surely differ."""
SURE_OF, LIKELY_OF, UNCLEAR, SAME = "Sure", "Likely", "Not clear", "No difference"


@dataclass(frozen=True)
class Line:
    """A line of the first page: what it is about, and what there is to say."""

    label: str
    said: Said


def heading(spread: Spread, draws: int) -> str:
    """Under which heading an effect stands: how sure the sign is that most draws have."""
    if spread.positive == spread.negative == 0.0:
        return SAME
    if draws < FEW:
        return f"In {draws} draws" if draws > 1 else "In one draw"
    most = max(spread.positive, spread.negative)
    return (UNCLEAR, LIKELY_OF, SURE_OF)[certainty.grade(most, draws)]


def glance(data: xr.Dataset, table: Table, scenario: str) -> list[Line]:
    """An alternative at a glance, by the last horizon; by earlier ones, 2030 above all, in a line each."""
    *earlier, horizon = (int(year) for year in data["horizon"].values)
    draws = data.sizes["draw"]
    return [
        *_effects(table, scenario, horizon, draws),
        *(line for year in earlier for line in _by_then(table, scenario, year, draws)),
        *_cost(data, table, scenario, horizon, draws),
        *_anyway(data, table, scenario, horizon, draws),
        *_shows(data, table, scenario),
    ]


def _effects(table: Table, scenario: str, horizon: int, draws: int) -> Iterator[Line]:
    rows = [
        (table.by(horizon, scenario, name, before, **group), words.format(horizon))
        for name, words, before, group in HEADLINES
    ]
    beds = waterbed.vacancies(table, scenario, horizon)
    rows += [(row, f"open vacancies in {words} in {horizon}") for words, row in (beds.rows[1:] if beds else ())]
    found: dict[str, list[tuple[str, int]]] = {}
    for row, words in rows:
        if row is not None:
            head = heading(row.spread, draws)
            found.setdefault(head, []).append((_effect(row, words, head, draws), row.number))
    few = f"In {draws} draws" if draws > 1 else "In one draw"
    for head in (SURE_OF, LIKELY_OF, UNCLEAR, few, SAME):
        if head in found:
            texts, lines = zip(*found[head], strict=True)
            text = "; ".join(texts)
            if head == UNCLEAR:
                text = f"whether there are more or fewer {text}"
            elif head == few:
                text += " – too few draws to be sure of any of it"
            yield Line(head, Said(text + ".", lines))


def _by_then(table: Table, scenario: str, horizon: int, draws: int) -> Iterator[Line]:
    """Effects and cost by an earlier horizon, in one line: what an alternative brings by then."""
    told: list[str] = []
    used: list[int] = []
    for line in _effects(table, scenario, horizon, draws):
        told.append(f"{line.label}: {line.said.text}")
        used += line.said.lines
    cost = table.find(scenario, COST, horizon)
    if cost is not None and cost.spread.mean:
        told.append(f"Cost: EUR {numbers.rounded(abs(cost.spread.mean))} {_more(cost)} public money.")
        used.append(cost.number)
    if told:
        yield Line(f"By {horizon}", Said(" ".join(told), tuple(used)))


def _more(cost: Row) -> str:
    return "more" if cost.spread.mean > 0 else "less"


def _effect(row: Row, words: str, head: str, draws: int) -> str:
    if head == SAME:
        return words
    around = between(row.spread, row.unit)
    if head == UNCLEAR:
        return f"a higher or lower {words} ({around} points)" if row.unit == "share" else f"{words} ({around})"
    word, _ = way(row.spread)
    much, within = amount(abs(row.spread.mean), row.unit), f" ({around})" if draws > 1 else ""
    if against(row.spread):
        other = "more" if word == "fewer" else "fewer"
        return f"{word} {words} in most draws{within}, though the mean is {much} {other}"
    if row.unit == "share" and not nought(row.spread.mean, row.unit):
        return f"{words} {much} {'higher' if word == 'more' else 'lower'}{within}"
    if nought(row.spread.mean, row.unit):
        return f"about as many {words}{within}, {word} in most draws"
    return f"{much} {word} {words}{within}{', as many draws more as fewer' if torn(row.spread) else ''}"


def _cost(data: xr.Dataset, table: Table, scenario: str, horizon: int, draws: int) -> Iterator[Line]:
    """Public money, and for each one won where it is likely that any are."""
    cost = table.find(scenario, COST, horizon)
    if cost is None or not cost.spread.mean:
        yield Line("Cost", Said("no public money beyond the baseline's, as far as levers pay.", ()))
        return
    split, lines = by_lever(data, table, scenario, horizon)
    text = f"EUR {numbers.rounded(abs(cost.spread.mean))} {_more(cost)} public money by {horizon}{split}"
    used, unclear, few = [cost.number, *lines], [], []
    if cost.spread.mean > 0 and not priceable(data, scenario):
        yield Line("Cost", Said(f"{text}; {NOT_LEVERS_ALONE}.", tuple(used)))
        return
    for name, unit, before in PRICED:
        row = table.by(horizon, scenario, name, before)
        if row is None or cost.spread.mean < 0:
            continue
        if draws < FEW:
            few.append(unit.format(horizon))
            continue
        used.append(row.number)
        if priced(row.spread, draws) and np.isfinite(row.cost_per_unit[0]):
            text += (
                f"; EUR {numbers.rounded(row.cost_per_unit[0])} for each additional {unit.format(horizon)} "
                f"({price_range(row)})"
            )
        else:
            unclear.append(unit.format(horizon))
    if unclear:
        text += f"; no price for each {' or '.join(unclear)}, as it is not clear that there are more"
    yield Line("Cost", Said(text + too_few(few) + ".", tuple(used)))


def _anyway(data: xr.Dataset, table: Table, scenario: str, horizon: int, draws: int) -> Iterator[Line]:
    """Deadweight of each lever, in one line."""
    told, used, gone, last = [], [], [], ""
    for lever in (str(x) for x in data["scheme"].values):
        take_up = table.find(scenario, f"scheme_{schemes.TAKE_UP}", horizon, lever=lever)
        share = table.find(scenario, "scheme_deadweight_share", horizon, lever=lever)
        if take_up is None or share is None:
            continue
        around = f" ({percents(share.spread)})" if draws > 1 else ""
        less = take_up.spread.mean < 0
        what = f"{plain(lever)}, no longer paid for" if less else plain(lever)
        told.append(
            f"{numbers.percent(share.spread.mean, 0)}{around} of the {numbers.rounded(abs(take_up.spread.mean))} "
            f"{schemes.SCHEMES[lever].who} ({what}; {schemes.SHORTLY[schemes.SCHEMES[lever].persons]})"
        )
        gone.append(less)
        used += [share.number, take_up.number]
        last = lever
    if told:
        mixed = " Each is counted with what the other levers did to it." if beside(data, scenario, last) else ""
        verb = "are there without it" if all(gone) else "would have been there without it"
        yield Line("Anyway", Said(f"{verb}: {'; '.join(told)}.{mixed}", tuple(used)))


def _shows(data: xr.Dataset, table: Table, scenario: str) -> Iterator[Line]:
    """From when to when graduates and technicians are surely others in number, by the rows of sheet Lag."""
    if data.sizes["draw"] < verdicts.ENOUGH:
        return
    mine = {lag.indicator: (row, lag) for row, lag in enumerate(verdicts.lags(data), 2) if lag.scenario == scenario}
    told: list[str] = []
    rows: list[str] = []
    used: list[int] = []
    for name, words in (("technical_graduates", "graduates"), ("technicians", "technicians")):
        if name not in mine:
            continue
        row, lag = mine[name]
        rows.append(str(row))
        single, lines = _single(data, table, lag)
        used += lines
        if lag.sure is None:
            told.append(f"the number of {words} surely differs in no two years in a row{single}")
            continue
        school = bool(lag.before)
        which = "more" if lag.sign > 0 else "fewer"
        span = f"from {when(lag.sure, school)} {'on' if lag.open else f'to {when(lag.until, school)}'}"
        told.append(f"surely {which} {words} {span}{_since(lag.sure_after)}{single}")
    if told:
        where = f"comparison.xlsx, sheet Lag, row{'s' if len(rows) > 1 else ''} {', '.join(rows)}"
        yield Line("Year by year", Said(f"{'; '.join(told)}.", tuple(used), where))


def _since(years: int | None) -> str:
    """How long after the start; nothing where that is not known."""
    if years is None:
        return ""
    return f", {years} year{'' if years == 1 else 's'} after the start" if years else ", at once"


def _single(data: xr.Dataset, table: Table, lag: verdicts.Lag) -> tuple[str, list[int]]:
    """Years outside the run of sure ones whose sign is sure by the rule of the page, and the lines they stand in."""
    run = range(0) if lag.sure is None or lag.until is None else range(lag.sure, lag.until + 1)
    draws, told, used = data.sizes["draw"], [], []
    for year in (int(year) for year in data["year"].values):
        row = table.find(lag.scenario, lag.indicator, year)
        if row is None or year in run or against(row.spread):
            continue
        word, most = way(row.spread)
        if certainty.sure(most, draws):
            told.append(f"{word} in {when(year, bool(lag.before))} ({signed(row.spread.mean)})")
            used.append(row.number)
    if not told:
        return "", []
    shown = told if len(told) <= SINGLE else told[: SINGLE - 1]
    rest = f" and in {len(told) - len(shown)} others" if len(told) > len(shown) else ""
    how = "but does in single ones" if lag.sure is None else "and surely differ in single years"
    return f", {how}: {', '.join(shown)}{rest}", used[: len(shown)]

"""The answer of a comparison in sentences: what each alternative changes, how sure that is, what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from techsim.report import numbers, paid
from techsim.report.names import plain
from techsim.report.signs import Said, against, between, change, nought, percents, priced, signed, way
from techsim.results import certainty, effects, outcomes, verdicts, waterbed
from techsim.results.comparison import COST, COST_BY_ITEM
from techsim.results.effects import FEW, Row, Spread, Table

if TYPE_CHECKING:
    import xarray as xr

NOT_LEVERS_ALONE = "there is no price of what it does, as it differs from the baseline in more than levers"
STATES = {"none": "no such diploma", outcomes.ABSENT: "not in the country"}


def letter(index: int) -> str:
    """The letter of an alternative in charts: A, B, ..., Z, AA."""
    return chr(65 + index) if index < 26 else letter(index // 26 - 1) + letter(index % 26)


def sentences(data: xr.Dataset, table: Table, scenario: str) -> list[Said]:
    """What there is to say about an alternative."""
    draws, said = data.sizes["draw"], []
    for horizon in (int(year) for year in data["horizon"].values):
        said += [x for x in (_people(table, scenario, horizon, draws), _counts(table, scenario, horizon, draws)) if x]
    last = int(data["horizon"].values[-1])
    said += [
        x
        for x in (
            _money(data, table, scenario, last, draws),
            _lag(data, scenario),
            _vacancies(table, scenario, last, draws),
            *_waterbed(table, scenario, last),
            *paid.take_up(data, table, scenario, last),
            *paid.evaluated(data, table, scenario, last, draws),
            _short_time(table, scenario, last, draws),
            _spells(table, scenario, last, draws),
            _mix(data, table, scenario, last, draws),
        )
        if x
    ]
    return said


def lines(data: xr.Dataset) -> list[str]:
    """A line per alternative, for the end of the command."""
    found = []
    last, draws = int(data["horizon"].values[-1]), data.sizes["draw"]
    for scenario in effects.alternatives(data):
        row = effects.total(data, scenario, "technicians", last)
        if row is None:
            found.append(f"{scenario}: see comparison.csv")
            continue
        way = "more" if row.cost > 0 else "less"
        cost = f"; EUR {numbers.rounded(abs(row.cost))} {way} public money" if row.cost else ""
        found.append(f"{scenario}, {last}: {change(row, 'people in technical occupations', draws)}{cost}")
    return found


def _people(table: Table, scenario: str, horizon: int, draws: int) -> Said | None:
    row = table.find(scenario, "technicians", horizon)
    if row is None:
        return None
    said = change(row, "people in technical occupations", draws)
    return Said(f"In {horizon}, on average over the year: {said}.", (row.number,))


def _counts(table: Table, scenario: str, horizon: int, draws: int) -> Said | None:
    found = []
    for name, words, before in (
        ("technical_graduates_cumulative", "technical graduates", 1),
        ("vacancies_filled_cumulative", "technical vacancies filled", 0),
        ("leaked_cumulative", "technical school leavers working in another field (leakage)", 1),
    ):
        row = table.by(horizon, scenario, name, before)
        if row is not None:
            found.append((change(row, words, draws), row.number))
    if not found:
        return None
    return Said(f"By {horizon}, all years together: {'; '.join(x for x, _ in found)}.", tuple(n for _, n in found))


def _money(data: xr.Dataset, table: Table, scenario: str, horizon: int, draws: int) -> Said | None:
    cost = table.find(scenario, COST, horizon)
    if cost is None or not cost.spread.mean:
        return Said("It costs no public money beyond the baseline's, as far as levers pay.", ())
    rate, year = float(data.attrs["discount_rate"]), int(data.attrs["discounted_to"])
    more = "more" if cost.spread.mean > 0 else "less"
    text = (
        f"It costs EUR {numbers.rounded(abs(cost.spread.mean))} {more} public money by {horizon}, discounted at "
        f"{numbers.percent(rate, 2)} a year to {year}"
    )
    split, lines = by_lever(data, table, scenario, horizon)
    text += split
    used, none, unclear, few = [cost.number, *lines], [], [], []
    if cost.spread.mean > 0 and not effects.priceable(data, scenario):
        return Said(f"{text}; {NOT_LEVERS_ALONE}.", tuple(used))
    for name, unit, before in (
        ("technicians", f"technician in {horizon}", 0),
        ("technicians_cumulative", "year of a technician's work", 0),
        ("technical_graduates_cumulative", "technical graduate", 1),
    ):
        row = table.by(horizon, scenario, name, before)
        if row is None or cost.spread.mean < 0:
            continue
        if draws < FEW:
            few.append(unit)
            continue
        if np.isnan(row.cost_per_unit[0]):
            none.append(unit)
        elif not priced(row.spread, draws):
            unclear.append(unit)
        else:
            text += f"; {_per_unit(row, unit)}"
        used.append(row.number)
    if none:
        text += f"; as there is no additional {' nor '.join(none)} on average, there is no price of one"
    if unclear:
        text += f"; there is no price for each {' or '.join(unclear)}, as it is not clear that there are more"
    return Said(text + too_few(few) + ".", tuple(used))


def too_few(units: Sequence[str]) -> str:
    """That fewer than ``FEW`` draws give no price of these; nothing of none."""
    return f"; the price of a {' or a '.join(units)} takes {numbers.in_words(FEW)} draws" if units else ""


def by_lever(data: xr.Dataset, table: Table, scenario: str, horizon: int) -> tuple[str, tuple[int, ...]]:
    """What of a cost goes to which lever, where levers of the baseline pay more or less as well; and the lines."""
    spent: dict[str, float] = {}
    used, changed = [], False
    for lever in (str(x) for x in data["lever"].values):
        for item in (str(x) for x in data["item"].values):
            row = table.find(scenario, COST_BY_ITEM, horizon, lever=lever, item=item)
            if row is not None and (row.spread.positive or row.spread.negative):
                spent[lever] = spent.get(lever, 0.0) + row.spread.mean
                used.append(row.number)
                changed |= bool(row.baseline)
    if not changed or len(spent) < 2:
        return "", ()
    parts = [f"{plain(lever)} {signed(euro)}" for lever, euro in sorted(spent.items(), key=lambda x: -x[1])]
    return f" ({', '.join(parts)})", tuple(used)


def price_range(row: Row) -> str:
    """The interval of a price: ``900 to 4 000``, without an upper limit where some draws show no gain."""
    _, low, high = row.cost_per_unit
    least = numbers.rounded(low) if np.isfinite(low) else "no gain"
    return f"{least} to {numbers.rounded(high) if np.isfinite(high) else 'no limit'}"


def _per_unit(row: Row, unit: str) -> str:
    mean, low, high = row.cost_per_unit
    said = f"EUR {numbers.rounded(mean)} per additional {unit}"
    least = f"EUR {numbers.rounded(low)}" if np.isfinite(low) else "none"
    top = f"EUR {numbers.rounded(high)}" if np.isfinite(high) else "no upper limit, as some draws show no gain"
    return f"{said} (90 % of draws: {least} to {top})"


def _lag(data: xr.Dataset, scenario: str) -> Said | None:
    every = list(enumerate(verdicts.lags(data), 2))  # the header is row 1
    mine = {lag.indicator: (row, lag) for row, lag in every if lag.scenario == scenario}
    surely, unsure, any_of, used = [], [], [], []
    for name, words in (
        ("technical_profiles", "profile choice"),
        ("technical_entrants", "intake"),
        ("technical_graduates", "graduates"),
        ("technicians", "technicians"),
    ):
        if name not in mine:
            continue
        row, lag = mine[name]
        used.append(str(row))
        school = name != "technicians"
        any_of.append(f"{words} {when(lag.any, school)}{after(lag.any_after)}")
        if lag.sure is None:
            unsure.append(words)
        else:
            span = " on" if lag.open else f" to {when(lag.until, school)}"
            surely.append(f"{words} from {when(lag.sure, school)}{span}{after(lag.sure_after)}")
    if not used:
        return None
    where = f"comparison.xlsx, sheet Lag, row{'s' if len(used) > 1 else ''} {', '.join(used)}"
    begins = next(iter(mine.values()))[1].start
    since = f" (years after the start, {begins}, until it is known)" if begins is not None else ""
    parts = [f"; {words}: {'; '.join(x)}" for words, x in (("surely", surely), ("not surely", unsure)) if x]
    told = f"Differs{since}{''.join(parts).removeprefix(';')}. " if data.sizes["draw"] >= verdicts.ENOUGH else ""
    since = "" if told else since
    return Said(f"{told}First year in which any draw differs, chance included{since}: {'; '.join(any_of)}.", (), where)


def after(years: int | None) -> str:
    """The lag behind a year: `` (after 4 years)``, nothing where the start is not known."""
    if years is None:
        return ""
    return f" (after {years} year{'' if years == 1 else 's'})" if years else " (at once)"


def when(year: int | None, school: bool) -> str:
    """A calendar year, or a school year by both its years; ``never`` if there is none."""
    if year is None:
        return "never"
    return numbers.school_year(year) if school else str(year)


def _waterbed(table: Table, scenario: str, horizon: int) -> list[Said]:
    """Where those won for technology are missed, by diploma and by work (W6)."""
    return [
        said
        for said in (
            _moves(
                table, scenario, horizon, "technical_diplomas", "people_by_diploma", outcomes.DIPLOMA,
                "have a technical diploma in this world only, {lost} in the baseline only: net {net}.",
            ),
            _moves(
                table, scenario, horizon, "technicians", "people_by_work", outcomes.WORK,
                "work in technology in this world only, {lost} in the baseline only: most of them swap places in the "
                "queue for jobs, and what counts is the net of {net}.",
            ),
        )
        if said
    ]  # fmt: skip


def _vacancies(table: Table, scenario: str, horizon: int, draws: int) -> Said | None:
    """Vacancies of care and education beside those of technology (W6): is a shortage solved, or moved?"""
    found = waterbed.vacancies(table, scenario, horizon)
    if found is None:
        return None
    said = "; ".join(change(row, f"in {words}", draws) for words, row in found.rows)
    return Said(f"Open vacancies in {horizon}: {said}.", tuple(row.number for _, row in found.rows))


def _moves(
    table: Table, scenario: str, horizon: int, key: str, name: str, states: Sequence[str], words: str
) -> Said | None:
    won = table.find(scenario, f"{effects.ADDITIONAL}_{key}", horizon)
    lost = table.find(scenario, f"{effects.DISPLACED}_{key}", horizon)
    if won is None or lost is None or not (won.spread.mean or lost.spread.mean):
        return None
    net = table.find(scenario, name, horizon, state=states[0])
    if net is None:
        return None
    parts, used = [], [won.number, lost.number, net.number]
    for state in states[1:]:
        row = table.find(scenario, name, horizon, state=state)
        if row is not None and row.spread.mean:
            parts.append(f"{STATES.get(state, plain(state))} {signed(row.spread.mean)}")
            used.append(row.number)
    said = words.format(lost=numbers.rounded(-lost.spread.mean), net=signed(net.spread.mean))
    return Said(
        f"Person by person in December {horizon}: {numbers.rounded(won.spread.mean)} people {said} "
        f"The waterbed, net: {', '.join(parts)}.",
        tuple(used),
    )


def _spells(table: Table, scenario: str, horizon: int, draws: int) -> Said | None:
    """Person by person: of how many spells the worker keeps the job without the scheme as well."""
    names = ("spells", "spells_anyway_share", "spells_saved", "spells_lost", "months_after")
    found = [table.find(scenario, f"scheme_{name}", horizon) for name in names]
    rows = [row for row in found if row is not None]
    if len(rows) < len(names):
        return None
    every, share, saved, lost, after = rows
    around, within = "", ""
    if draws > 1:
        around, within = f" (90 % of draws: {percents(share.spread)})", f" ({between(saved.spread, saved.unit)})"
    kept, longer = numbers.percent(share.spread.mean, 0), numbers.rounded(after.spread.mean)
    thanks, gone = numbers.rounded(saved.spread.mean), numbers.rounded(lost.spread.mean)
    return Said(
        f"Short-time work, person by person: of {numbers.rounded(every.spread.mean)} spells {kept}{around} are of "
        f"workers who are not let go in the baseline either, up to {longer} months after the last; {thanks}{within} "
        f"of workers who are let go there and not here, {gone} of workers who are let go in both.",
        tuple(row.number for row in rows),
    )


def _short_time(table: Table, scenario: str, horizon: int, draws: int) -> Said | None:
    kept = table.find(scenario, "scheme_jobs_kept", horizon)
    if kept is None or not np.isfinite(kept.cost_per_unit[0]):
        return None
    if draws < FEW:
        return Said(f"The price of a job kept by short-time work takes {numbers.in_words(FEW)} draws.", (kept.number,))
    if not priced(kept.spread, draws):
        return Said(
            "There is no price of a job kept by short-time work, as it is not clear that any are.", (kept.number,)
        )
    return Said(f"{_per_unit(kept, 'job kept by short-time work')}.", (kept.number,))


def _mix(data: xr.Dataset, table: Table, scenario: str, horizon: int, draws: int) -> Said | None:
    """Technicians, graduates and cost of a mix, less the sum of its parts."""
    parts: Sequence[str] = effects.mixes(data).get(scenario, ())
    told, used = [], []
    for name, words, before in (
        ("technicians", f"technicians in {horizon}", 0),
        ("technical_graduates_cumulative", f"technical graduates by {horizon}", 1),
        (COST, "public money, discounted", 0),
    ):
        row = table.by(horizon, scenario + effects.BEYOND, name, before)
        if row is not None:
            told.append(_beyond(row, words, draws))
            used.append(row.number)
    if not parts or not told:
        return None
    return Said(
        f"Together instead of apart ({' and '.join(parts)}), than the sum of the parts: {'; '.join(told)}.",
        tuple(used),
    )


def _beyond(row: Row, words: str, draws: int) -> str:
    if row.spread.positive == row.spread.negative == 0.0:
        return f"exactly as many {words}" if row.unit != "euro" else f"exactly as much {words}"
    mean = row.spread.mean
    if row.unit == "euro":
        around = f" (90 % of draws: {between(row.spread, row.unit)})" if draws > 1 else ""
        if nought(mean, row.unit):
            return f"about as much {words}{around}"
        return f"EUR {numbers.rounded(abs(mean))} {'more' if mean > 0 else 'less'} {words}{around}"
    return f"{change(row, words, draws)}, {_together(row.spread, draws)}"


def _together(spread: Spread, draws: int) -> str:
    """Synergy or overlap, where enough draws have the same sign and the mean has it too."""
    word, most = way(spread)
    if not certainty.likely(most, draws) or against(spread):
        return "not clear whether synergy or overlap"
    return "synergy" if word == "more" else "overlap"

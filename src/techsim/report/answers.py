"""The answer of a comparison in sentences: what each alternative changes, how sure that is, what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from techsim.report import numbers
from techsim.report.names import plain
from techsim.results import effects, outcomes, schemes, verdicts, waterbed
from techsim.results.comparison import COST, COST_BY_ITEM
from techsim.results.effects import FEW, Row, Spread, Table

if TYPE_CHECKING:
    import xarray as xr

SURE, LIKELY = 0.95, 0.80
"""Shares of the draws from which on the sign of an effect is called sure, or likely."""


@dataclass(frozen=True)
class Said:
    """A sentence, and the lines of ``comparison.csv`` that its numbers stand in; ``where`` if they stand elsewhere."""

    text: str
    lines: tuple[int, ...]
    where: str = ""


def letter(index: int) -> str:
    """The letter of an alternative in charts: A, B, ..., Z, AA."""
    return chr(65 + index) if index < 26 else letter(index // 26 - 1) + letter(index % 26)


def amount(value: float, unit: str) -> str:
    """A size in its unit: shares in percentage points, as this is a difference of two."""
    if unit == "share":
        return f"{numbers.decimal(100 * value, 2)} percentage points"
    return numbers.of_unit(value, unit)


def between(spread: Spread, unit: str, half: bool = False) -> str:
    """The interval that holds 90 % of the draws, or half of them; shares in percentage points."""
    low, high = (spread.quantiles[1], spread.quantiles[3]) if half else (spread.low, spread.high)
    if unit == "share":
        return f"{numbers.decimal(100 * low, 2)} to {numbers.decimal(100 * high, 2)}"
    return f"{numbers.of_unit(low, unit)} to {numbers.of_unit(high, unit)}"


def certainty(spread: Spread, draws: int) -> str:
    """How sure the sign is, in words."""
    if spread.positive == spread.negative == 0.0:
        return "no difference in any draw"
    if draws == 1:
        return "one draw: it may be chance"
    most, way = max((spread.positive, "more"), (spread.negative, "fewer"))
    share = f"{way} in {numbers.percent(most, 0)} of the draws"
    if draws < FEW:
        return f"{share}, of only {draws}"
    if most >= SURE:
        return f"sure: {share}"
    return f"likely: {share}" if most >= LIKELY else f"not clear which way: {share}"


def change(row: Row, what: str, draws: int) -> str:
    """``1 200 more people ... (90 % of draws: ...; sure: ...)``."""
    mean = row.spread.mean
    if row.spread.positive == row.spread.negative == 0.0:
        return f"exactly as many {what}"
    around = f"90 % of draws: {between(row.spread, row.unit)}; " if draws > 1 else ""
    much = f"{amount(abs(mean), row.unit)} {'more' if mean > 0 else 'fewer'} {what}"
    if amount(abs(mean), row.unit) == "0":
        much = f"about as many {what}"
    return f"{much} ({around}{certainty(row.spread, draws)})"


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
            *_take_up(table, scenario, last, float(data.attrs["scale"])),
            *_schemes(data, table, scenario, last, draws),
            _short_time(table, scenario, last, draws),
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
        cost = f"; EUR {numbers.rounded(row.cost)} more public money" if row.cost else ""
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
    used, none, unclear = [cost.number, *lines], [], []
    for name, unit, before in (
        ("technicians", f"technician in {horizon}", 0),
        ("technicians_cumulative", "year of a technician's work", 0),
        ("technical_graduates_cumulative", "technical graduate", 1),
    ):
        row = table.by(horizon, scenario, name, before)
        if row is None or cost.spread.mean < 0:
            continue
        if np.isnan(row.cost_per_unit[0]):
            none.append(unit)
        elif draws >= FEW and row.spread.positive < LIKELY:
            unclear.append(unit)
        else:
            text += f"; {_per_unit(row, unit, draws)}"
        used.append(row.number)
    if none:
        text += f"; as there is no additional {' nor '.join(none)} on average, there is no price of one"
    if unclear:
        text += f"; there is no price for each {' or '.join(unclear)}, as it is not clear that there are more"
    return Said(text + ".", tuple(used))


def by_lever(data: xr.Dataset, table: Table, scenario: str, horizon: int) -> tuple[str, tuple[int, ...]]:
    """What of a cost goes to which lever, where levers of the baseline pay more or less as well; and the lines."""
    paid: dict[str, float] = {}
    used, changed = [], False
    for lever in (str(x) for x in data["lever"].values):
        for item in (str(x) for x in data["item"].values):
            row = table.find(scenario, COST_BY_ITEM, horizon, lever=lever, item=item)
            if row is not None and (row.spread.positive or row.spread.negative):
                paid[lever] = paid.get(lever, 0.0) + row.spread.mean
                used.append(row.number)
                changed |= bool(row.baseline)
    if not changed or len(paid) < 2:
        return "", ()
    parts = [f"{plain(lever)} {signed(euro)}" for lever, euro in sorted(paid.items(), key=lambda x: -x[1])]
    return f" ({', '.join(parts)})", tuple(used)


def _per_unit(row: Row, unit: str, draws: int) -> str:
    mean, low, high = row.cost_per_unit
    said = f"EUR {numbers.rounded(mean)} per additional {unit}"
    if draws == 1:
        return said
    least = f"EUR {numbers.rounded(low)}" if np.isfinite(low) else "none"
    top = f"EUR {numbers.rounded(high)}" if np.isfinite(high) else "no upper limit, as some draws show no gain"
    return f"{said} (90 % of draws: {least} to {top})"


def _lag(data: xr.Dataset, scenario: str) -> Said | None:
    every = list(enumerate(verdicts.lags(data), 2))  # the header is row 1
    mine = {lag.indicator: (row, lag) for row, lag in every if lag.scenario == scenario}
    found, used = [], []
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
        if lag.any is None:
            found.append(f"{words} never")
            continue
        school = name != "technicians"
        sure = ", not surely" if data.sizes["draw"] >= verdicts.ENOUGH else ""
        if lag.sure is not None:
            sure = f", surely from {when(lag.sure, school)}{after(lag.sure_after)}"
        found.append(f"{words} from {when(lag.any, school)}{after(lag.any_after)}{sure}")
    if not found:
        return None
    where = f"comparison.xlsx, sheet Lag, row{'s' if len(used) > 1 else ''} {', '.join(used)}"
    begins = next(iter(mine.values()))[1].start
    since = f" (years after the start, {begins}, until it is known)" if begins is not None else ""
    return Said(f"The first difference{since}: {'; '.join(found)}.", (), where)


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


def signed(value: float) -> str:
    """A count with its sign."""
    return ("+" if value > 0 else "") + numbers.rounded(value)


BY_CHANCE = 5
"""Simulated people below which a programme is passed over."""
STATES = {"none": "no such diploma", outcomes.ABSENT: "not in the country"}
PROGRAMMES = {
    "technologieroute": ("take the technologieroute", "technical_diploma", "a technical diploma"),
    "wt_exposed": ("meet W&T in primary school", "technical_diploma", "a technical diploma"),
    "short_time": ("have a spell of short-time work", "at_work", "work"),
}
ALSO_PAID = {
    "technologieroute": ("technologieroute",),
    "wt_exposed": ("wt_primary",),
    "short_time": ("deeltijd_ww", "deeltijd_ww_2009"),
}
"""Levers of which the deadweight of what they pay for stands beside that of the people of a programme."""


def _take_up(table: Table, scenario: str, horizon: int, scale: float) -> list[Said]:
    """Who takes part in this world only, and would have had the outcome anyway: deadweight.

    A few simulated people are there by chance, where no lever is: another is born, or moves.
    """
    said = []
    for programme, counts in _programmes(table, scenario, horizon, scale).items():
        verb, _, words = PROGRAMMES[programme]
        everyone = sum(row.spread.mean for row in counts.values())
        shares = {key: numbers.percent(row.spread.mean / everyone, 0) for key, row in counts.items()}
        said.append(
            Said(
                f"{numbers.rounded(everyone)} people {verb} in this world only. "
                f"By {horizon} {shares['True', 'True']} of them have {words} in both worlds (deadweight among "
                "those who take part), "
                f"{shares['False', 'True']} in this one only, "
                f"{shares['True', 'False']} in the baseline only, "
                f"{shares['False', 'False']} in neither, "
                "those still at school among them.",
                tuple(row.number for row in counts.values()),
            )
        )
    return said


def _programmes(table: Table, scenario: str, horizon: int, scale: float) -> dict[str, dict[tuple[str, str], Row]]:
    """Those who take part in this world only, by whether they have the outcome in each; of programmes that are used."""
    used = {}
    for programme, (_, measure, _) in PROGRAMMES.items():
        counts: dict[tuple[str, str], Row] = {}
        for before in ("False", "True"):
            for after in ("False", "True"):
                row = table.find(
                    scenario, "participants", horizon, programme=programme, measure=measure, in_baseline=before,
                    in_alternative=after,
                )  # fmt: skip
                if row is not None:
                    counts[before, after] = row
        if sum(row.spread.mean for row in counts.values()) >= BY_CHANCE * scale:
            used[programme] = counts
    return used


def _schemes(data: xr.Dataset, table: Table, scenario: str, horizon: int, draws: int) -> list[Said]:
    """Of each lever that the baseline has not: what it paid for, and how much of that was there anyway."""
    said = []
    told = {
        lever for one in _programmes(table, scenario, horizon, float(data.attrs["scale"])) for lever in ALSO_PAID[one]
    }
    for lever in (str(x) for x in data["scheme"].values):
        rows = {
            what: table.find(scenario, f"scheme_{what}", horizon, lever=lever)
            for what in (schemes.TAKE_UP, schemes.DEADWEIGHT, schemes.ADDITIONAL, "deadweight_share")
        }
        take_up, dead, more, share = rows.values()
        if take_up is None or dead is None or more is None or share is None:
            continue
        around = ""
        if draws > 1:
            around = f" (90 % of draws: {percents(share.spread)})"
        who = schemes.SCHEMES[lever].who
        apart = (
            f" This deadweight is of {who}; the one among those who take part is a share of all people who do."
            if lever in told
            else ""
        )
        said.append(
            Said(
                f"{numbers.opening(plain(lever))} by {horizon}: {numbers.rounded(take_up.spread.mean)} "
                f"{who}, of which {numbers.rounded(dead.spread.mean)} would have been there anyway (deadweight of "
                f"what it paid for, {numbers.percent(share.spread.mean, 0)}{around}) and "
                f"{numbers.rounded(more.spread.mean)} additional"
                f"{f' ({between(more.spread, more.unit)})' if draws > 1 else ''}."
                f"{apart}{beside(data, scenario, lever)}",
                tuple(row.number for row in (take_up, dead, share, more)),
            )
        )
    for lever, why in not_measured(data, scenario).items():
        said.append(Said(f"{numbers.opening(plain(lever))}: deadweight is not measurable: {why}.", ()))
    return said


def not_measured(data: xr.Dataset, scenario: str) -> dict[str, str]:
    """Why there is no evaluation, by lever of an alternative that has none."""
    found = {}
    for line in str(data.attrs.get("not_measured", "")).split("\n"):
        name, _, rest = line.partition("\t")
        if name == scenario:
            lever, _, why = rest.partition("\t")
            found[lever] = why
    return found


def level(row: Row) -> str:
    """The mean of a figure that is no difference: a share is a percentage."""
    mean = row.spread.mean
    return numbers.percent(mean, 0) if row.unit == "share" else numbers.rounded(mean)


def levels(spread: Spread, unit: str, half: bool = False) -> str:
    """Its interval over the draws, of 90 % or of half of them."""
    if unit != "share":
        return between(spread, unit, half)
    low, high = (spread.quantiles[1], spread.quantiles[3]) if half else (spread.low, spread.high)
    return f"{numbers.percent(low, 0)} to {numbers.percent(high, 0)}"


def percents(spread: Spread) -> str:
    """The interval of a share."""
    return f"{numbers.percent(spread.low, 0)} to {numbers.percent(spread.high, 0)}"


def beside(data: xr.Dataset, scenario: str, lever: str) -> str:
    """A caution where other levers of the alternative are at work in the same count."""
    s = [str(x) for x in data["scenario"].values].index(scenario)
    there = data["schemes"].values[s, :, :, 0]
    others = [
        plain(str(name))
        for k, name in enumerate(data["scheme"].values)
        if str(name) != lever and not np.isnan(there[:, k]).all()
    ]
    others += [plain(name) for name in not_measured(data, scenario) if name != lever]
    return f" What {' and '.join(others)} did to that is in it." if others else ""


def _short_time(table: Table, scenario: str, horizon: int, draws: int) -> Said | None:
    kept = table.find(scenario, "scheme_jobs_kept", horizon)
    if kept is None or not np.isfinite(kept.cost_per_unit[0]):
        return None
    if draws >= FEW and kept.spread.positive < LIKELY:
        return Said(
            "There is no price of a job kept by short-time work, as it is not clear that any are.", (kept.number,)
        )
    priced = _per_unit(kept, "job kept by short-time work", draws)
    return Said(f"{priced}.", (kept.number,))


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
    around = f" (90 % of draws: {between(row.spread, row.unit)})" if draws > 1 else ""
    if row.unit == "euro":
        return f"EUR {numbers.rounded(abs(mean))} {'more' if mean > 0 else 'less'} {words}{around}"
    sure = "" if row.spread.low > 0 or row.spread.high < 0 else ", if any"
    kind = f"{'synergy' if mean > 0 else 'overlap'}{sure}"
    return f"{numbers.rounded(abs(mean))} {'more' if mean > 0 else 'fewer'} {words}{around}, {kind}"

"""What levers paid for, in sentences: who takes part, and how much of it would have been there anyway."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from techsim.report import numbers
from techsim.report.names import plain
from techsim.report.signs import Said, between, change, flipped, percents
from techsim.results import effects, schemes
from techsim.results.effects import Row, Table

if TYPE_CHECKING:
    import xarray as xr

STUDYING = "those still at school"
PROGRAMMES = {
    "technologieroute": ("take the technologieroute", "technical_diploma", "a technical diploma", STUDYING),
    "wt_support": ("have W&T in a primary school with support", "technical_diploma", "a technical diploma", STUDYING),
    "short_time": ("have a spell of short-time work", "at_work", "work", "the retired"),
}
"""In words: what people do who take part, the outcome that is looked at, and who is among those without it."""


def take_up(data: xr.Dataset, table: Table, scenario: str, horizon: int) -> list[Said]:
    """Who takes part in this world only, and would have had the outcome anyway: deadweight.

    Only where a lever differs that pays for the programme: without one, those of one world only are others by chance.
    """
    said = []
    for programme, counts in _programmes(data, table, scenario, horizon).items():
        verb, _, words, without = PROGRAMMES[programme]
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
                f"{without} among them.",
                tuple(row.number for row in counts.values()),
            )
        )
    return said


def _programmes(data: xr.Dataset, table: Table, scenario: str, horizon: int) -> dict[str, dict[tuple[str, str], Row]]:
    """Those who take part in this world only, by whether they have the outcome in each; of programmes that are used."""
    used, levers = {}, effects.changed(data, scenario)
    for programme, (_, measure, *_) in PROGRAMMES.items():
        counts: dict[tuple[str, str], Row] = {}
        for before in ("False", "True"):
            for after in ("False", "True"):
                row = table.find(
                    scenario, "participants", horizon, programme=programme, measure=measure, in_baseline=before,
                    in_alternative=after,
                )  # fmt: skip
                if row is not None:
                    counts[before, after] = row
        if schemes.taken_part(levers, programme) and sum(row.spread.mean for row in counts.values()) > 0:
            used[programme] = counts
    return used


def evaluated(data: xr.Dataset, table: Table, scenario: str, horizon: int, draws: int) -> list[Said]:
    """Of each lever that differs: what it paid for, and how much of that was there anyway; or why nobody knows."""
    said = []
    told = {lever for one in _programmes(data, table, scenario, horizon) for lever in schemes.PAID_BY[one]}
    changed = effects.changed(data, scenario)
    for lever in (str(x) for x in data["scheme"].values):
        rows = {
            what: table.find(scenario, f"scheme_{what}", horizon, lever=lever)
            for what in (schemes.TAKE_UP, schemes.DEADWEIGHT, schemes.ADDITIONAL, "deadweight_share")
        }
        take_up, dead, more, share = rows.values()
        others = [
            table.find(scenario, f"scheme_{what}", horizon, lever=lever)
            for what in (schemes.DISPLACED, schemes.UNPAID, schemes.MORE)
        ]
        if take_up is None or dead is None or more is None or share is None:
            continue
        who, name = schemes.SCHEMES[lever].who, numbers.opening(plain(lever))
        part = numbers.percent(share.spread.mean, 0)
        if draws > 1:
            part += f" (90 % of draws: {percents(share.spread)})"
        apart = (
            f" This deadweight is of {who}; the one among those who take part is a share of all people who do."
            if lever in told
            else ""
        )
        less = take_up.spread.mean < 0
        extra = flipped(more.spread) if less else more.spread
        around = f" ({between(extra, more.unit)})" if draws > 1 else ""
        count, anyway, added = (
            numbers.rounded(-row.spread.mean if less else row.spread.mean) for row in (take_up, dead, more)
        )
        kept = f"(deadweight of what it paid for, {part}; {schemes.basis(lever)})"
        if changed.get(lever) == schemes.DROPPED:
            text = (
                f"{name}, which the baseline has and this world has not, by {horizon}: it paid for {count} {who}, of "
                f"which {anyway} are there without it {kept} and {added} are not{around}."
            )
        elif less:
            text = (
                f"{name}, on other terms than in the baseline, by {horizon}: {count} fewer {who} are paid for, of "
                f"which {anyway} are there all the same {kept} and {added} are not{around}."
            )
        else:
            on = ", on top of what the baseline pays for" if changed.get(lever) == schemes.TERMS else ""
            text = (
                f"{name} by {horizon}: {count} {who}{on}, of which {anyway} would have been there anyway {kept} and "
                f"{added} additional{around}."
            )
        said.append(
            Said(
                f"{text}{_in_all(others, who, draws, changed.get(lever) == schemes.DROPPED)}{apart}"
                f"{beside(data, scenario, lever)}",
                tuple(row.number for row in (take_up, dead, share, more, *others) if row is not None),
            )
        )
    for lever, why in not_measured(data, scenario).items():
        said.append(Said(f"{numbers.opening(plain(lever))}: deadweight is not measurable: {why}.", ()))
    return said


def _in_all(rows: Sequence[Row | None], who: str, draws: int, dropped: bool) -> str:
    """Who else does it in one world only, of whom nobody is paid, and how many more there are in all."""
    displaced, unpaid, net = rows
    if displaced is None or unpaid is None or net is None:
        return ""
    with_it, without = ("the baseline", "this world") if dropped else ("this world", "the baseline")
    gone, more = (numbers.rounded(abs(row.spread.mean)) for row in (displaced, unpaid))
    there = "as" if net.spread.positive == net.spread.negative == 0.0 else "than"
    return (
        f" Others, not paid for: {gone} in {without} only (displaced, or moved by chance), {more} in {with_it} only. "
        f"In all: {change(net, f'{who} {there} in the baseline', draws)}."
    )


def not_measured(data: xr.Dataset, scenario: str) -> dict[str, str]:
    """Why there is no evaluation, by lever of an alternative that has none."""
    found = {}
    for line in str(data.attrs.get("not_measured", "")).split("\n"):
        name, _, rest = line.partition("\t")
        if name == scenario:
            lever, _, why = rest.partition("\t")
            found[lever] = why
    return found


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

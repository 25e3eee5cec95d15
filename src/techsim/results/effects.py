"""What an alternative changes, from the Dataset of a comparison: paired differences, their spread, and the rows that
``comparison.csv`` gives them in."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from techsim.results import outcomes, schemes
from techsim.results.compared import CUMULATIVE
from techsim.results.comparison import COST, COST_BY_ITEM
from techsim.results.money import cost_per_unit
from techsim.results.short_time import is_short_time

if TYPE_CHECKING:
    import xarray as xr

Floats = npt.NDArray[np.float64]
QUANTILES = (0.05, 0.25, 0.50, 0.75, 0.95)
GROUPS = (
    "level", "sex", "background", "region", "sector", "track", "pathway", "field", "occupation", "lever", "item",
    "state_baseline", "state_alternative", "state", "programme", "measure", "in_baseline", "in_alternative",
)  # fmt: skip
"""Group columns of ``comparison.csv``."""
BEYOND = ", beyond its parts"
"""Ending of a mix's name in rows that give its effect less the sum of its parts' effects."""
ADDITIONAL, DISPLACED, BOTH = "additional", "displaced", "both"
"""Technical in the alternative only, in the baseline only, in both: the same people looked at in two worlds."""
FEW = 10
"""Draws below which an interval of 90 % is hardly more than the range of a few runs."""


@dataclass(frozen=True)
class Spread:
    """A difference over the draws: mean, quantiles, and shares of the draws in which it is above and below zero."""

    mean: float
    quantiles: tuple[float, ...]
    positive: float
    negative: float

    @property
    def low(self) -> float:
        """The 5 % quantile."""
        return self.quantiles[0]

    @property
    def high(self) -> float:
        """The 95 % quantile."""
        return self.quantiles[-1]


def spread(values: Floats) -> Spread:
    """Of differences by draw, float64 (draw,)."""
    return next(spreads(values))


def spreads(values: Floats) -> Iterator[Spread]:
    """Of differences by draw, float64 (..., draw): one for each of the others, in order; all at once is faster."""
    quantiles = np.quantile(values, QUANTILES, axis=-1).reshape(len(QUANTILES), -1).T
    found = (values.mean(axis=-1), (values > 0).mean(axis=-1), (values < 0).mean(axis=-1))
    for q, mean, positive, negative in zip(quantiles.tolist(), *(x.ravel().tolist() for x in found), strict=True):
        yield Spread(mean, tuple(q), positive, negative)


@dataclass(frozen=True)
class Row:
    """A row of ``comparison.csv``; ``number`` is its line in the file, whose first line is the header."""

    number: int
    scenario: str
    indicator: str
    year: int
    groups: Mapping[str, str]
    unit: str
    baseline: float
    alternative: float
    spread: Spread
    cost: float = np.nan
    cost_per_unit: tuple[float, float, float] = field(default=(np.nan, np.nan, np.nan))


def alternatives(data: xr.Dataset) -> list[str]:
    """Names of the scenarios beside the baseline, which is the first."""
    return [str(name) for name in data["scenario"].values[1:]]


def priceable(data: xr.Dataset, scenario: str) -> bool:
    """Whether what an alternative does is what its money buys: it differs from the baseline in levers alone.

    Of one with another cycle, other parameters or tables nobody can tell what of its effect the levers brought
    (attribute ``more_than_levers``; comparisons of before the attribute are taken at their word).
    """
    return scenario not in str(data.attrs.get("more_than_levers", "")).split("\n")


def mixes(data: xr.Dataset) -> dict[str, tuple[str, ...]]:
    """Mixes among the alternatives, and their parts (attribute ``mixes``: a line each, by tabs)."""
    found = {}
    for text in str(data.attrs.get("mixes", "")).split("\n"):
        if text:
            mix, *parts = text.split("\t")
            found[mix] = tuple(parts)
    return found


def changed(data: xr.Dataset, scenario: str) -> dict[str, str]:
    """How each lever of an alternative differs that is not as in the baseline (attribute ``levers_changed``).

    Comparisons of before the attribute know of levers alone that were added.
    """
    told = data.attrs.get("levers_changed")
    if told is None:
        s = [str(x) for x in data["scenario"].values].index(scenario)
        figures = data["schemes"].values[s]
        known = [str(name) for k, name in enumerate(data["scheme"].values) if not np.isnan(figures[:, k]).all()]
        reasons = [line.split("\t") for line in str(data.attrs.get("not_measured", "")).split("\n") if line]
        return dict.fromkeys([*known, *(lever for name, lever, _ in reasons if name == scenario)], schemes.ADDED)
    lines = [line.split("\t") for line in str(told).split("\n") if line]
    return {lever: how for name, lever, how in lines if name == scenario}


def total(data: xr.Dataset, scenario: str, name: str, year: int) -> Row | None:
    """One row of an indicator's total, without its line; None if there is none."""
    s = [str(x) for x in data["scenario"].values].index(scenario)
    found = _of_indicator(data, scenario, s, name) if name in data else iter(())
    return next((Row(number=0, **row) for row in found if row["year"] == year), None)


def rows(data: xr.Dataset) -> list[Row]:
    """Every row of ``comparison.csv``, by alternative."""
    made: list[Row] = []
    for found in _all(data):
        made.append(Row(number=len(made) + 2, **found))
    return made


def _all(data: xr.Dataset) -> Iterator[dict[str, Any]]:
    names = [str(n) for n in data.data_vars if "better" in data.variables[n].attrs and "year" in data.variables[n].dims]
    for s, scenario in enumerate(alternatives(data), 1):
        for name in sorted(names):
            yield from _of_indicator(data, scenario, s, name)
        yield from _of_people(data, scenario, s)
        yield from _of_participants(data, scenario, s)
        yield from _of_schemes(data, scenario, s)
        yield from _of_short_time(data, scenario, s)
    order = ["", *alternatives(data)]
    for mix, parts in mixes(data).items():
        at = [order.index(part) for part in parts]
        for name in sorted(names):
            if not data.variables[name].dims[3:]:
                yield from _of_mix(data, mix, order.index(mix), at, name)


def _of_indicator(data: xr.Dataset, scenario: str, s: int, name: str) -> Iterator[dict[str, Any]]:
    """Rows by year and group; for totals that somebody wants more or less of also what a unit of effect costs.

    Cost is counted up over the years, and so has its price per unit of stocks and of flows that are, not of a year's.
    """
    variable = data.variables[name]  # a DataArray would look for its coordinates, for a fifth of the time
    values, dims = variable.values.astype(np.float64), [str(d) for d in variable.dims[3:]]
    labels = [[str(x) for x in data.variables[d].values] for d in dims]
    kind, better = variable.attrs["kind"], int(variable.attrs["better"])
    of_one_year = kind == "flow" and not name.endswith(f"_{CUMULATIVE}")
    costed = not dims and better and kind != "share" and name != COST and not of_one_year
    years, unit = data.variables["year"].values.tolist(), variable.attrs["units"]
    later = int(variable.attrs["years_before"])
    paid = data.variables[COST].values
    cost, alone = paid[s] - paid[0] if costed else None, priceable(data, scenario)
    # (cells, year, draw) each; in one go, as most of them are small.
    one, other = (np.moveaxis(values[k], (0, 1), (-1, -2)) for k in (0, s))
    one, other = (np.ascontiguousarray(x).reshape(-1, *x.shape[-2:]) for x in (one, other))
    found, before, after = spreads(other - one), one.mean(axis=-1).tolist(), other.mean(axis=-1).tolist()
    absent = np.isnan(one).any(axis=-1) | np.isnan(other).any(axis=-1)
    nothing = ~(np.nan_to_num(one).any(axis=(1, 2)) | np.nan_to_num(other).any(axis=(1, 2)))
    left_out = (absent | nothing[:, None]).tolist()
    for c, cell in enumerate(np.ndindex(*values.shape[3:])):
        groups = {d: labels[i][cell[i]] for i, d in enumerate(dims)}
        for y, year in enumerate(years):
            of_cell = next(found)
            if left_out[c][y]:
                continue
            row = _row(scenario, name, year, unit, before[c][y], after[c][y], of_cell) | {"groups": groups}
            if cost is not None:
                # Of a school year's end, what is paid by the end of the calendar year after.
                spent = cost[:, min(y + later, len(years) - 1)]
                row["cost"] = float(spent.mean())
                if alone:
                    row["cost_per_unit"] = cost_per_unit(spent, better * (other[c, y] - one[c, y]))
            yield row


def _row(
    scenario: str, name: str, year: int, unit: str, baseline: float, alternative: float, difference: Spread
) -> dict[str, Any]:
    return {
        "scenario": scenario, "indicator": name, "year": year, "unit": unit, "groups": {},
        "baseline": baseline, "alternative": alternative, "spread": difference,
    }  # fmt: skip


def _row_of(scenario: str, name: str, year: int, unit: str, a: Floats, b: Floats) -> dict[str, Any]:
    """A row of the values of the baseline and of the alternative by draw."""
    return _row(scenario, name, year, unit, float(a.mean()), float(b.mean()), spread(b - a))


def net(moves: Floats) -> Floats:
    """Net change of each state from moves (..., before, after): columns less rows; sums to zero over the states."""
    change: Floats = moves.sum(axis=-2) - moves.sum(axis=-1)
    return change


def _of_people(data: xr.Dataset, scenario: str, s: int) -> Iterator[dict[str, Any]]:
    """Moves from state to state, and by state how many there are; those in technology also by sex and
    background, all by level and by region; who has another level or region in each world counts there in each.

    Additional + both are the technical of the alternative, displaced + both those of the baseline.
    """
    for name, states, what in (
        ("people_by_work", outcomes.WORK, "technicians"),
        ("people_by_diploma", outcomes.DIPLOMA, "technical_diplomas"),
    ):
        counts = data[name].values[s].astype(np.float64)
        for h, year in enumerate(data["horizon"].values):
            whole = counts[:, h].sum(axis=(1, 2))
            for i, before in enumerate(states):
                for j, after in enumerate(states):
                    if i != j and whole[:, i, j].any():
                        moved = _row_of(
                            scenario, f"moved_{name}", int(year), "persons", 0 * whole[:, i, j], whole[:, i, j]
                        )
                        yield moved | {"groups": {"state_baseline": before, "state_alternative": after}}
                a, b = whole[:, i].sum(axis=1), whole[:, :, i].sum(axis=1)
                if a.any() or b.any():
                    yield _row_of(scenario, name, int(year), "persons", a, b) | {"groups": {"state": before}}
            both = whole[:, 0, 0]
            a, b = whole[:, 0].sum(axis=1), whole[:, :, 0].sum(axis=1)
            for word, before, after in (
                (f"{ADDITIONAL}_{what}", 0 * both, b - both),
                (f"{DISPLACED}_{what}", a - both, 0 * both),
                (f"{BOTH}_{what}", both, both),
            ):
                yield _row_of(scenario, word, int(year), "persons", before, after)
            for group, over in (("sex", 2), ("background", 1)):
                part = counts[:, h].sum(axis=over)
                for k, label in enumerate(data.variables[group].values):
                    a, b = part[:, k, 0].sum(axis=1), part[:, k, :, 0].sum(axis=1)
                    where = {"state": states[0], group: str(label)}
                    yield _row_of(scenario, name, int(year), "persons", a, b) | {"groups": where}
            for group in ("level", "region"):
                placed = data.variables[f"{name}_and_{group}"].values[s].astype(np.float64)[:, h]
                for i, state in enumerate(states):
                    for k, label in enumerate(data.variables[group].values):
                        a, b = placed[:, i, k, 0], placed[:, i, k, 1]
                        if a.any() or b.any():
                            where = {"state": state, group: str(label)}
                            yield _row_of(scenario, name, int(year), "persons", a, b) | {"groups": where}


def _of_schemes(data: xr.Dataset, scenario: str, s: int) -> Iterator[dict[str, Any]]:
    """Of each lever that differs: take-up, what of it was there anyway, what was not, and the share.

    Negative: what is no longer paid for.
    """
    year, found = int(data["horizon"].values[-1]), data["schemes"].values[s]
    for k, lever in enumerate(str(x) for x in data["scheme"].values):
        figures = {str(f): found[:, k, i] for i, f in enumerate(data["figure"].values)}
        take_up = figures[schemes.TAKE_UP]
        if np.isnan(take_up).any() or not take_up.any():
            continue
        for name, values in figures.items():
            if not np.isnan(values).any():
                row = _row_of(scenario, f"scheme_{name}", year, schemes.unit(lever, name), 0 * values, values)
                yield row | {"groups": {"lever": lever}}
        used = take_up != 0
        share = figures[schemes.DEADWEIGHT][used] / take_up[used]
        row = _row_of(scenario, "scheme_deadweight_share", year, "share", 0 * share, share)
        # Of all that was paid for in all draws, as with prices: a draw with hardly any take-up says hardly anything.
        mean = float(figures[schemes.DEADWEIGHT].mean() / take_up.mean()) if take_up.mean() else row["alternative"]
        row |= {"alternative": mean, "spread": replace(row["spread"], mean=mean), "groups": {"lever": lever}}
        yield row


def _of_participants(data: xr.Dataset, scenario: str, s: int) -> Iterator[dict[str, Any]]:
    """Those who take part in the alternative only, of programmes that a lever pays for which differs.

    The others are in ``comparison.nc`` alone: by chance there are some, in either world.
    """
    counts, levers = data["participants"].values[s].astype(np.float64), changed(data, scenario)
    for h, year in enumerate(data["horizon"].values):
        for i, programme in enumerate(outcomes.PROGRAMME):
            if not counts[:, h, i].any() or not schemes.taken_part(levers, programme):
                continue
            for j, measure in enumerate(outcomes.MEASURE):
                for before, after in np.ndindex(2, 2):
                    there = counts[:, h, i, j, before, after]
                    where = {
                        "programme": programme, "measure": measure,
                        "in_baseline": str(bool(before)), "in_alternative": str(bool(after)),
                    }  # fmt: skip
                    yield _row_of(scenario, "participants", int(year), "persons", 0 * there, there) | {"groups": where}


def _of_short_time(data: xr.Dataset, scenario: str, s: int) -> Iterator[dict[str, Any]]:
    """Jobs claimed and kept, and cost, of an alternative with short-time work that the baseline has not.

    Cost is discounted, as all money of a comparison: that of the levers of short-time work in the ledger.
    """
    found = {str(q): data["short_time"].values[s, :, i] for i, q in enumerate(data["quantity"].values)}
    year = int(data["horizon"].values[-1])
    levers = [name for name in data["lever"].values if is_short_time(str(name))]
    spent = data[COST_BY_ITEM].sel(year=year, lever=levers).sum(["lever", "item"]).values
    found["cost"] = np.where(np.isnan(found["cost"]), np.nan, spent[s] - spent[0])
    for name, values in found.items():
        if name in SHORT_TIME_UNITS and not np.isnan(values).any():
            row = _row_of(scenario, f"scheme_{name}", year, SHORT_TIME_UNITS[name], 0 * values, values)
            if name == "jobs_kept":
                row |= {"cost": float(found["cost"].mean()), "cost_per_unit": cost_per_unit(found["cost"], values)}
            yield row


def _of_mix(data: xr.Dataset, mix: str, s: int, parts: Sequence[int], name: str) -> Iterator[dict[str, Any]]:
    """A mix's effect less the sum of its parts' effects, in the place of the difference.

    Baseline: the sum of the parts' effects; alternative: the effect of the mix.
    """
    variable = data.variables[name]
    values, unit = variable.values.astype(np.float64), variable.attrs["units"]
    for y, year in enumerate(data.variables["year"].values.tolist()):
        here = values[:, :, y]
        if not np.isnan(here[[0, s, *parts]]).any() and here[[0, s, *parts]].any():
            alone = np.array([here[p] - here[0] for p in parts]).sum(axis=0)
            yield _row_of(mix + BEYOND, name, year, unit, alone, here[s] - here[0])


SHORT_TIME_UNITS = {
    "workers": "persons", "spells": "spells", "jobs_claimed": "full jobs", "jobs_kept": "jobs",
    "employed_years": "person-years", "cost": "euro", "months_after": "months", "spells_anyway": "spells",
    "spells_saved": "spells", "spells_lost": "spells", "spells_anyway_share": "share",
}  # fmt: skip
COLUMNS = (
    "scenario", "indicator", "year", *GROUPS, "unit", "baseline", "alternative", "difference", "p05", "p25", "p50",
    "p75", "p95", "probability_positive", "probability_negative", "cost", "cost_per_unit", "cost_per_unit_p05",
    "cost_per_unit_p95",
)  # fmt: skip


def cells(row: Row) -> list[str | int | float]:
    """A row in the order of ``COLUMNS``; what is unknown is empty."""
    numbers = (
        row.baseline, row.alternative, row.spread.mean, *row.spread.quantiles, row.spread.positive,
        row.spread.negative, row.cost, *row.cost_per_unit,
    )  # fmt: skip
    where = [row.groups.get(group, "") for group in GROUPS]
    return [row.scenario, row.indicator, row.year, *where, row.unit, *("" if math.isnan(x) else x for x in numbers)]


def write_csv(made: Sequence[Row], path: Path) -> None:
    """Write ``comparison.csv``: UTF-8, comma, line feeds on every system."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in made:
            writer.writerow([format(x, ".7g") if isinstance(x, float) else x for x in cells(row)])


class Table:
    """Rows by what they are about."""

    def __init__(self, made: Sequence[Row]) -> None:
        self.rows = list(made)
        self._index = {self._key(r.scenario, r.indicator, r.year, r.groups): r for r in made}

    @staticmethod
    def _key(scenario: str, indicator: str, year: int, groups: Mapping[str, str]) -> tuple[Any, ...]:
        return scenario, indicator, year, tuple(sorted(groups.items()))

    def find(self, scenario: str, indicator: str, year: int, **groups: str) -> Row | None:
        """The row, None if there is none."""
        return self._index.get(self._key(scenario, indicator, year, groups))

    def by(self, horizon: int, scenario: str, indicator: str, years_before: int = 0, **groups: str) -> Row | None:
        """The row of what is known by December of ``horizon``."""
        return self.find(scenario, indicator, horizon - years_before, **groups)

    def series(self, scenario: str, indicator: str, **groups: str) -> list[Row]:
        """The rows of all years, ascending."""
        return [
            r for r in self.rows if r.scenario == scenario and r.indicator == indicator and dict(r.groups) == groups
        ]

"""What the numbers of a comparison say together: when an effect shows, what pairing is worth, which alternative
dominates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from techsim.population.clock import parse, year_of
from techsim.results import certainty
from techsim.results.compared import COMPARED
from techsim.results.comparison import COST
from techsim.results.effects import Spread, alternatives, priceable, spread
from techsim.results.money import cost_per_unit

if TYPE_CHECKING:
    import xarray as xr

ENOUGH = 10
"""Draws from which on one may ask whether the interval of 90 % excludes zero: of fewer, all on one side of zero is luck
too often."""
ROUNDING = 1e-18
"""Share of a variance that is the rounding of sums, not a variance."""
MEASURES = ("technicians", "technical_graduates_cumulative", "vacancies_filled_cumulative", "leaked_cumulative")
"""What alternatives are ranked by and costs are set beside, the first before all; signs by ``better``."""


@dataclass(frozen=True)
class Lag:
    """When an indicator's effect shows: first year with any difference, first of two sure ones.

    A year is sure if its 90 % interval excludes zero, or enough draws agree on its sign (``certainty.sure``), and the
    next known year is so on the same side: of a dozen years without effect one often is by luck alone. None if never
    within the period, or, for ``sure``, with fewer than ``ENOUGH`` draws. ``sign`` is that of the effect in the first
    sure year, ``until`` the last of those that are sure in a row from there on, ``open`` whether nothing is known after
    it. ``start`` is the calendar year in which the alternative can first differ (None where that is not known);
    ``before`` is 1 for what is known when the school year ends, a year after its first.
    """

    scenario: str
    indicator: str
    any: int | None
    sure: int | None
    sign: int = 0
    start: int | None = None
    before: int = 0
    until: int | None = None
    open: bool = False

    @property
    def any_after(self) -> int | None:
        """Years from the start until the first difference is known."""
        return self._after(self.any)

    @property
    def sure_after(self) -> int | None:
        """Years from the start until the first sure difference is known."""
        return self._after(self.sure)

    def _after(self, year: int | None) -> int | None:
        return None if year is None or self.start is None else year + self.before - self.start


@dataclass(frozen=True)
class Gain:
    """What pairing is worth for an indicator: variances of its difference over draws.

    ``unpaired`` is what independent runs would give, var(baseline) + var(alternative); ``paired`` that of the
    difference within draws. ``factor`` is their ratio: how many times as many unpaired draws are needed for the same
    precision; infinite where nothing differs, NaN with one draw.
    """

    scenario: str
    indicator: str
    year: int
    unpaired: float
    paired: float

    @property
    def factor(self) -> float:
        """Unpaired over paired."""
        if self.paired <= ROUNDING * self.unpaired:
            return np.inf if self.unpaired > 0.0 else np.nan
        return self.unpaired / self.paired


@dataclass(frozen=True)
class Rank:
    """A candidate's place: cost and effect by a year, and which candidates dominate it; doing nothing is one.

    ``effect`` is signed so that more is better. ``dominated_by`` names those that cost no more, do no less on average
    and lose in no more of the draws, and are better in one of the three; ``in_draws`` is, for each of them, the share
    of the draws in which it costs no more and does no less, and is better in one of the two.
    """

    scenario: str
    measure: str
    unit: str
    horizon: int
    cost: Spread
    effect: Spread
    per_unit: tuple[float, float, float]
    dominated_by: tuple[str, ...] = ()
    in_draws: tuple[float, ...] = ()


def headline_names(data: xr.Dataset) -> list[str]:
    """Indicators that the report shows over the years, in the order of their declaration."""
    return [spec.name for spec in COMPARED if spec.headline and spec.name in data]


def lags(data: xr.Dataset) -> list[Lag]:
    """By alternative and headline indicator."""
    found = []
    years = data["year"].values
    for s, scenario in enumerate(alternatives(data), 1):
        begins = _start(data, s)
        for name in headline_names(data):
            values = data[name].values
            difference = values[s] - values[0]
            known = np.flatnonzero(~np.isnan(difference).any(axis=0))
            first = [int(years[y]) for y in known if difference[:, y].any()]
            sure, until, sign = first_sure(difference[:, known])
            found.append(
                Lag(
                    scenario,
                    name,
                    first[0] if first else None,
                    None if sure is None else int(years[known[sure]]),
                    sign,
                    begins,
                    int(data[name].attrs["years_before"]),
                    None if until is None else int(years[known[until]]),
                    until == known.size - 1,
                )
            )
    return found


def first_sure(difference: npt.NDArray[np.float64]) -> tuple[int | None, int | None, int]:
    """The first of two years in a row that are sure on one side, the last of those in a row, and the side.

    None, None and 0 if there is none.

    Parameters
    ----------
    difference : float64 (draw, year)
    """
    if difference.shape[0] < ENOUGH:
        return None, None, 0
    low, high = np.quantile(difference, (0.05, 0.95), axis=0)
    # One draw of twenty that disagrees widely can pull the interval over zero where the others are all agreed.
    enough = certainty.needed(difference.shape[0], certainty.SURE)
    more, fewer = ((sign * difference > 0.0).sum(axis=0) >= enough for sign in (1, -1))
    side = np.where((low > 0.0) | more, 1, np.where((high < 0.0) | fewer, -1, 0))
    both = np.flatnonzero((side[:-1] != 0) & (side[:-1] == side[1:]))
    if not both.size:
        return None, None, 0
    first, sign = int(both[0]), int(side[both[0]])
    others = np.flatnonzero(side[first:] != sign)
    return first, int(first + others[0] - 1 if others.size else side.size - 1), sign


def _start(data: xr.Dataset, s: int) -> int | None:
    """Calendar year of the first month in which an alternative can differ: the past until then is that of both.

    None where it is one run with the baseline to the end, or that is not known: where other parameters hold from the
    first month on, nothing tells when they begin to matter.
    """
    begins, ends = (str(data.attrs.get(name, "")) for name in ("start", "end"))
    shared = str(data.attrs.get("shared_until", "")).split("\n")
    if s < len(shared) and shared[s]:
        return None if shared[s] == ends else year_of(parse(shared[s]) + 1)
    told = begins and priceable(data, str(data["scenario"].values[s]))
    return year_of(parse(begins)) if told else None


def gains(data: xr.Dataset) -> list[Gain]:
    """By alternative and headline indicator, in the last year that it is known."""
    found = []
    for s, scenario in enumerate(alternatives(data), 1):
        for name in headline_names(data):
            values = data[name].values
            known = np.flatnonzero(~np.isnan(values[[0, s]]).any(axis=(0, 1)))
            if known.size == 0 or values.shape[1] < 2:
                continue
            a, b = values[0][:, known[-1]], values[s][:, known[-1]]
            unpaired = float(a.var(ddof=1) + b.var(ddof=1))
            found.append(
                Gain(scenario, name, int(data["year"].values[known[-1]]), unpaired, float((b - a).var(ddof=1)))
            )
    return found


def ranking(data: xr.Dataset, horizon: int, measure: str = MEASURES[0]) -> list[Rank]:
    """Sure gains, likely ones, doing nothing (the baseline), those that are not clear, likely losses.

    Gains by cost per unit of effect, the others by cost. What differs in more than levers is no candidate.
    """
    if measure not in data:
        return []
    variable, years = data[measure], data["year"].values
    better = int(variable.attrs["better"]) or 1
    at = np.flatnonzero(years == horizon - int(variable.attrs["years_before"]))
    paid = np.flatnonzero(years == horizon)
    if at.size == 0 or paid.size == 0:
        return []
    effect = better * (variable.values[:, :, at[0]] - variable.values[:1, :, at[0]])
    cost = data[COST].values[:, :, paid[0]] - data[COST].values[:1, :, paid[0]]
    if np.isnan(effect).any():
        return []
    names = [str(name) for name in data["scenario"].values]
    running = [s for s, name in enumerate(names) if priceable(data, name)]
    if len(running) < 2:  # the baseline alone
        return []
    made = []
    for s in running:
        name, over = names[s], [o for o in running if _dominates(cost[o], effect[o], cost[s], effect[s])]
        shares = tuple(_draws_dominated(cost[o], effect[o], cost[s], effect[s]) for o in over)
        per_unit = cost_per_unit(cost[s], effect[s])
        made.append(
            Rank(
                name, measure, variable.attrs["units"], horizon, spread(cost[s]), spread(effect[s]), per_unit,
                tuple(names[o] for o in over), shares,
            )
        )  # fmt: skip
    return sorted(made, key=lambda rank: _place(rank, rank.scenario == names[0], effect.shape[1]))


def _place(rank: Rank, nothing: bool, draws: int) -> tuple[int, float, float]:
    """A gain that is luck comes neither before a surer one nor before doing nothing.

    Of gains as sure, what costs nothing comes first.
    """
    gain, loss = (certainty.grade(share, draws) for share in (rank.effect.positive, rank.effect.negative))
    works = rank.effect.mean > 0.0
    if not nothing and works and gain:
        return -gain, max(rank.cost.mean, 0.0) / rank.effect.mean, -rank.effect.mean
    place = 0 if nothing else 2 if not works and loss else 1
    return place, rank.cost.mean, -rank.effect.mean


Floats = npt.NDArray[np.float64]


def _dominates(cost: Floats, effect: Floats, other_cost: Floats, other_effect: Floats) -> bool:
    """By means and by the share of draws without a loss; arrays by draw."""
    pairs = (
        (-cost.mean(), -other_cost.mean()),
        (effect.mean(), other_effect.mean()),
        ((effect >= 0).mean(), (other_effect >= 0).mean()),
    )
    return all(a >= b for a, b in pairs) and any(a > b for a, b in pairs)


def _draws_dominated(cost: Floats, effect: Floats, other_cost: Floats, other_effect: Floats) -> float:
    """Share of the draws in which one costs no more than the other and does no less, and is better in one of them."""
    no_worse = (cost <= other_cost) & (effect >= other_effect)
    return float((no_worse & ((cost < other_cost) | (effect > other_effect))).mean())

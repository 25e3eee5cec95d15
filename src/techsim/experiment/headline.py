"""The headline effects of an alternative as a few numbers: what searches over parameters and volumes look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from techsim.experiment.draws import Draw
from techsim.experiment.pairing import OneRun, PairedRecord, compare_draw, horizons
from techsim.experiment.simulate import Progress
from techsim.experiment.watching import Stop
from techsim.population.clock import school_year_of, year_of
from techsim.results import money
from techsim.results.compared import BY_NAME

if TYPE_CHECKING:
    from techsim.scenario import Scenario

TECHNICIANS, GRADUATES, COST = "technicians", "technical_graduates", "cost"
LEAKED, VACANCIES = "leaked", "technical_vacancies"
LOOKED_AT = frozenset({TECHNICIANS, GRADUATES, LEAKED, VACANCIES})
"""Indicators of a run that effects are made of."""
PER_GRADUATE, PER_MILLION = "cost_per_graduate", "graduates_per_million"
OUTCOMES: Mapping[str, tuple[str, str]] = {
    TECHNICIANS: ("additional people in technical occupations in the last whole year", "persons"),
    GRADUATES: ("additional technical graduates, all years up to the last together", "persons"),
    COST: ("extra public money up to the last whole year, discounted", "euro"),
    LEAKED: ("technical school leavers in another field, all years up to the last together", "persons"),
    VACANCIES: ("open technical vacancies in the last whole year", "vacancies"),
    PER_GRADUATE: ("extra public money per additional technical graduate", "euro"),
    PER_MILLION: ("additional technical graduates per EUR million of extra public money", "persons"),
}
"""Headline effects by name: meaning and unit."""


@dataclass(frozen=True)
class Effects:
    """What an alternative brings in one draw: persons, persons, euro, persons, vacancies; all less the baseline's."""

    technicians: float
    technical_graduates: float
    cost: float
    leaked: float = 0.0
    technical_vacancies: float = 0.0

    def values(self) -> dict[str, float]:
        """All of ``OUTCOMES``; NaN for the cost per graduate where there is no gain, per million where no cost."""
        gain, cost = self.technical_graduates, self.cost
        return {
            TECHNICIANS: self.technicians,
            GRADUATES: gain,
            COST: cost,
            LEAKED: self.leaked,
            VACANCIES: self.technical_vacancies,
            PER_GRADUATE: cost / gain if gain > 0 and cost else np.nan,
            PER_MILLION: gain / cost * 1e6 if cost > 0 else np.nan,
        }


@dataclass(frozen=True)
class Point:
    """Effects of each alternative in one draw; ``draw`` is its number, ``parameters`` those of the baseline."""

    draw: int
    seed: int
    parameters: Mapping[str, float]
    effects: tuple[Effects, ...]
    timings: Mapping[str, float]


def evaluate(
    scenarios: Sequence[Scenario],
    rate: float,
    base_year: int,
    threads: int,
    draw: Draw,
    progress: Progress,
    stop: Stop,
) -> Point:
    """Run a draw of all scenarios; the alternatives have the draw's parameters but for those that they set.

    Parameters
    ----------
    scenarios : sequence of Scenario
        The baseline first.
    rate, base_year : float, int
        Money is discounted at the rate a year to the year.

    Raises
    ------
    Stopped
        If ``stop`` said so.
    """
    first = replace(draw, number=0)
    plans = [[replace(first, parameters={**draw.parameters, **scenario.parameters})] for scenario in scenarios]
    record = compare_draw(scenarios, plans, True, threads, plans[0][0], progress, stop, LOOKED_AT)
    return Point(draw.number, draw.seed, draw.parameters, of(record, scenarios[0], rate, base_year), record.timings)


def of(record: PairedRecord, base: Scenario, rate: float, base_year: int) -> tuple[Effects, ...]:
    """The headline effects of the alternatives of a record, by the last whole year."""
    last = horizons(base)[-1]
    years = np.arange(school_year_of(base.period.first), year_of(base.period.last) + 1)
    found = [_sums(run, years, last, rate, base_year) for run in record.runs]
    start = found[0]
    return tuple(Effects(*(there - here for there, here in zip(other, start, strict=True))) for other in found[1:])


def _sums(run: OneRun, years: np.ndarray, last: int, rate: float, base_year: int) -> tuple[float, ...]:
    """The fields of Effects of one world: stocks in the last year, flows and discounted money up to it."""
    at = int(np.searchsorted(years, last))

    def stock(name: str) -> float:
        return float(run.indicators[name][1][at])

    def flow(name: str) -> float:
        return float(np.nansum(run.indicators[name][1][: at + 1 - int(BY_NAME[name].ends)]))

    euro = run.spending.sum(axis=(1, 2)) * money.factors(years, base_year, rate)
    return stock(TECHNICIANS), flow(GRADUATES), float(euro[: at + 1].sum()), flow(LEAKED), stock(VACANCIES)


def discount_year(scenario: Scenario) -> int:
    """The year to which money is discounted; see :func:`techsim.results.money.discount_year`."""
    return money.discount_year(year_of(scenario.period.first), year_of(scenario.period.last))

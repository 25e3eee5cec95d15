"""Many worlds of one scenario that differ in their levers, in one go: what ``goal`` and ``bottleneck`` stand on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt

from techsim.experiment import runner
from techsim.experiment.comparing import LARGEST_DISCOUNT, ComparisonError
from techsim.experiment.draws import plan
from techsim.experiment.mixes import START, volume_bounds
from techsim.experiment.pairing import PairedRecord, compare_draw
from techsim.experiment.periods import ending
from techsim.experiment.study import file_names, manifest_of
from techsim.population.clock import month_index, school_year_of, year_of
from techsim.results import money
from techsim.results.compared import BY_NAME, Compared, variable
from techsim.scenario.models import LeverSetting
from techsim.scenario.names import meant

if TYPE_CHECKING:
    from techsim.experiment.watching import Stop, Watcher
    from techsim.scenario import Catalogue, Scenario

Floats = npt.NDArray[np.float64]


class QuestionError(ComparisonError):
    """A question that cannot be put to the scenario; the message says why and what to do."""


@dataclass(frozen=True)
class Worlds:
    """Finished worlds, all on the same people and luck; the first is the one that the others are set beside.

    ``records`` are the draws in order, each with a run for each of the scenarios.
    """

    scenarios: tuple[Scenario, ...]
    records: tuple[PairedRecord, ...]

    @property
    def years(self) -> npt.NDArray[np.int64]:
        """The years of the results, int64 (year,)."""
        period = self.scenarios[0].period
        return np.arange(school_year_of(period.first), year_of(period.last) + 1)

    def level(self, spec: Compared, year: int, group: str = "") -> Floats:
        """An indicator by a year, float64 (world, draw[, group]); of what a school year ends with: that year's end."""
        at = year - int(spec.ends) - int(self.years[0])
        name = variable(spec, group)
        found = [[record.runs[w].indicators[name][1][at] for record in self.records] for w in self._all()]
        return np.asarray(found, dtype=np.float64)

    def spending(self) -> Floats:
        """Public money of all levers, float64 (world, draw, year) [euro]."""
        found = [[record.runs[w].spending.sum(axis=(1, 2)) for record in self.records] for w in self._all()]
        return np.asarray(found, dtype=np.float64)

    def _all(self) -> range:
        return range(len(self.scenarios))


def run(
    scenarios: Sequence[Scenario],
    catalogue: Catalogue,
    threads: int,
    watcher: Watcher,
    stop: Stop,
    only: Collection[str] | None = None,
) -> Worlds:
    """Run scenarios that are the same but for their levers in all draws, their common past once.

    Of indicators ``only`` those of these names (``results.compared.variable``) are kept; all if left out.
    """
    plans = tuple(plan(scenario, catalogue) for scenario in scenarios)
    within = runner.threads_within(threads, len(plans[0]))
    task = partial(compare_draw, tuple(scenarios), plans, True, within, only=only)
    return Worlds(tuple(scenarios), tuple(runner.run(task, plans[0], threads, watcher, stop)))


def discounted(years: npt.NDArray[np.int64], spending: Floats, until: int, to: int, rate: float) -> Floats:
    """Public money up to a year more than in the first world, discounted; float64 (world, draw) [euro].

    Sum over years y <= until of (spending(world, y) - spending(first, y)) (1 + rate)^-(y - to).

    Parameters
    ----------
    years : int64 (year,)
    spending : float64 (world, draw, year)
    """
    counted = money.factors(years, to, rate) * (years <= until)
    more: Floats = ((spending - spending[:1]) * counted).sum(axis=2)
    return more


def setting(scenario: Scenario, catalogue: Catalogue, name: str, **fields: Any) -> LeverSetting:
    """A lever with these fields beside those that the scenario sets; where it sets none, from ``START`` on.

    Raises
    ------
    QuestionError
        If there is no such lever.
    """
    if name not in catalogue.levers:
        near = meant(name, sorted(catalogue.levers))
        raise QuestionError(f"--lever {name}: no such lever{near} (`techsim levers` lists them)")
    own = next((lever.fields for lever in scenario.levers if lever.name == name), None)
    if own is None:
        kind = catalogue.levers[name].fields
        has = kind.model_fields["start"].default
        return LeverSetting(name, kind(**({"start": has or START} | fields)))
    return LeverSetting(name, type(own).model_validate({**dict(own), **fields}))


def with_levers(scenario: Scenario, name: str, settings: Sequence[LeverSetting]) -> Scenario:
    """The scenario under another name, with these levers in place of its own of the same names."""
    levers = {lever.name: lever for lever in (*scenario.levers, *settings)}
    return replace(scenario, name=name, levers=tuple(levers[key] for key in sorted(levers)))


def until(scenario: Scenario, year: int) -> Scenario:
    """The scenario up to the end of a year: what comes later changes nothing before it.

    Raises
    ------
    QuestionError
        If the scenario does not cover the year, and the school year that ends in it.
    """
    period, last = scenario.period, month_index(year, 12)
    if not (last <= period.last and school_year_of(period.first) < year):
        raise QuestionError(
            f"--year {year}: {scenario.name!r} covers {period.start} to {period.end}; "
            "take a year that is whole in it and not its first, or a scenario with a longer period"
        )
    return ending(scenario, period.model_copy(update={"end": f"{year}-12"}))


def bounds(catalogue: Catalogue, name: str) -> tuple[float, float]:
    """Smallest and largest volume of a lever."""
    return volume_bounds(catalogue.levers[name].fields)


def indicator(name: str) -> Compared:
    """An indicator of the comparison by name.

    Raises
    ------
    QuestionError
        If there is none.
    """
    if name not in BY_NAME:
        every = sorted(BY_NAME)
        raise QuestionError(f"--target {name}: no such indicator{meant(name, every)} (known: {', '.join(every)})")
    return BY_NAME[name]


def rate_of(discount: float | None) -> float:
    """The discount rate asked for, or the standard one; QuestionError if it is out of bounds."""
    rate = money.DISCOUNT if discount is None else discount
    if not 0.0 <= rate <= LARGEST_DISCOUNT:
        raise QuestionError(f"--discount: {rate:g} is not within 0 to {LARGEST_DISCOUNT:g} (0.0225 is 2.25 % a year)")
    return rate


def described(scenarios: Sequence[Scenario], records: Sequence[Any], seconds: Mapping[str, float]) -> dict[str, Any]:
    """The manifest: the first world as resolved, its draws, and the levers of the others."""
    made = manifest_of(scenarios[0], records, seconds)
    others = [
        {"scenario_hash": other.hash, "name": other.name, "levers": cast("Any", other.effective()["levers"])}
        for other in scenarios[1:]
    ]
    return made | {"files": file_names(scenarios[0]), "worlds": others}


def spread(values: Floats) -> dict[str, float]:
    """Mean and quantiles over draws, as the answers hold them; values (draw,)."""
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95))
    return {"mean": float(values.mean()), "p05": float(low), "p50": float(middle), "p95": float(high)}

"""One draw of a comparison: every scenario on the same people and the same luck, the common past run once."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from techsim.experiment.draws import Draw
from techsim.experiment.simulate import Progress, tables
from techsim.experiment.watching import Stop, Stopped
from techsim.population.clock import label, month_index, year_of
from techsim.results import outcomes
from techsim.results.compared import reduce
from techsim.results.outcomes import Outcomes, Pair

if TYPE_CHECKING:
    import xarray as xr

    from techsim.model.simulation import TechsimModel
    from techsim.scenario import Scenario

Floats = npt.NDArray[np.float64]
ASKED = (2030, 2040)
"""Years by which the effects are asked for, as far as the period goes."""
SHORT_TIME = ("short_time_workers", "short_time_entries", "separations_by_reason", "employed", "spending")
SHORT_TIME_HOURS = "short_time.hours_share"


@dataclass(frozen=True)
class OneRun:
    """What a comparison keeps of one scenario's run in a draw.

    ``indicators`` as :func:`~techsim.results.compared.reduce` returns them, without the draw; ``spending`` float64
    (year, lever, item) with its ``levers`` and ``items``; ``people`` the pair with the baseline by horizon;
    ``short_time`` the evaluation of short-time work, where that is all that differs.
    """

    indicators: Mapping[str, tuple[tuple[str, ...], Floats]]
    spending: Floats
    levers: tuple[str, ...]
    items: tuple[str, ...]
    people: tuple[Pair, ...]
    short_time: Mapping[str, float]
    parameters: Mapping[str, float]
    shared_until: str


@dataclass(frozen=True)
class PairedRecord:
    """One finished draw of a comparison; ``runs`` are those of the scenarios, the baseline's first."""

    draw: int
    seed: int
    parameters: Mapping[str, float]
    runs: tuple[OneRun, ...]
    timings: Mapping[str, float]


def horizons(scenario: Scenario) -> tuple[int, ...]:
    """Years by which effects are given: those asked for within the period, and the last whole year."""
    first, last = scenario.period.first, scenario.period.last
    whole = [year for year in range(year_of(first), year_of(last) + 1) if month_index(year, 12) <= last]
    end = whole[-1] if whole else year_of(last)
    return tuple(sorted({year for year in ASKED if year in whole} | {end}))


@dataclass
class _Branch:
    """A scenario in this draw: its model while it runs, and what is kept of it.

    ``fork`` is the first month apart from the baseline, ``begins`` the first that is run for this scenario alone: it
    goes on there from ``parent``, the run that shares the longest past with it; from nothing without one.
    """

    scenario: Scenario
    draw: Draw
    model: TechsimModel
    fork: int
    begins: int
    parent: _Branch | None = None
    outcomes: dict[int, Outcomes] = field(default_factory=dict)
    data: xr.Dataset | None = None
    indicators: Mapping[str, tuple[tuple[str, ...], Floats]] = field(default_factory=dict)


class _Counter:
    """Months done over the scenarios of the draw, and whether to stop."""

    def __init__(self, total: int, progress: Progress, stop: Stop) -> None:
        self.done, self.total, self.progress, self.stop = 0, total, progress, stop

    def month(self) -> None:
        self.done += 1
        self.progress(self.done, self.total)

    def check(self) -> None:
        if self.stop():
            raise Stopped


def compare_draw(
    scenarios: Sequence[Scenario],
    plans: Sequence[Sequence[Draw]],
    share: bool,
    threads: int,
    draw: Draw,
    progress: Progress,
    stop: Stop,
) -> PairedRecord:
    """Run one draw of all scenarios.

    Parameters
    ----------
    scenarios : sequence of Scenario
        The baseline first; same period, scale and draws.
    plans : sequence of draws by scenario
        Their parameters; seeds are the same.
    share : bool
        Run the common past once; results are the same without, bit for bit.
    threads : int
        How many parts of the people may pass through a kernel side by side; it changes nothing.
    draw : Draw
        The baseline's.

    Raises
    ------
    Stopped
        If ``stop`` said so.
    """
    from techsim.model import forking

    began = time.perf_counter()
    mine = [plan[draw.number] for plan in plans]
    model = forking.start(scenarios[0], draw.seed, draw.parameters, tables(scenarios[0].population.regions), threads)
    first, last = model.world.first, model.world.last
    branches = [_Branch(scenarios[0], draw, model, first, first)]
    for scenario, own in zip(scenarios[1:], mine[1:], strict=True):
        branches.append(_place(branches, scenario, own, share))
    counter = _Counter(sum(last - branch.begins + 1 for branch in branches), progress, stop)
    for branch in branches:
        if branch.parent is None:
            if branch is not branches[0]:
                branch.model = forking.start(
                    branch.scenario, branch.draw.seed, branch.draw.parameters, model.world.tables, threads
                )
            _grow(branch, branches, counter)
    base = branches[0]
    runs = tuple(_kept(base, branch, index) for index, branch in enumerate(branches))
    counter.check()
    return PairedRecord(draw.number, draw.seed, draw.parameters, runs, {"draws": time.perf_counter() - began})


def _place(branches: Sequence[_Branch], scenario: Scenario, draw: Draw, share: bool) -> _Branch:
    """A scenario's place in the tree: it forks from whichever run before it shares the longest past with it."""
    from techsim.model import forking

    model = forking.sketch(scenario, draw.seed, draw.parameters, tables(scenario.population.regions))
    first = model.world.first
    if not share:
        return _Branch(scenario, draw, model, first, first)
    apart = [forking.first_difference(other.model, model) for other in branches]
    at = int(np.argmax(apart))  # the first of equals: it then forks before the month, so that the past is there
    begins = apart[at]
    return _Branch(scenario, draw, model, apart[0], begins, branches[at] if begins > first else None)


def _grow(branch: _Branch, branches: Sequence[_Branch], counter: _Counter) -> None:
    """Run a branch to its end, and on the way those that fork from it."""
    from techsim.model import forking

    own = [other for other in branches if other.parent is branch]
    for child in sorted(own, key=lambda other: other.begins):
        _run(branch, child.begins - 1, counter)
        forking.fork(branch.model, child.model)
        child.outcomes = dict(branch.outcomes)
        _grow(child, branches, counter)
    _run(branch, branch.model.world.last, counter)
    _reduce(branch)


def _run(branch: _Branch, last: int, counter: _Counter) -> None:
    """Let a branch's months pass to ``last``, and note its people at the horizons."""
    world = branch.model.world
    dims = world.tables.dimensions
    months = {min(month_index(year, 12), world.last): year for year in horizons(branch.scenario)}
    while world.month < last:
        counter.check()
        branch.model.step()
        counter.month()
        if world.month in months:
            branch.outcomes[months[world.month]] = outcomes.take(world.people, dims)


def _reduce(branch: _Branch) -> None:
    """Bring the run's record down to what is compared, and let go of the model's people."""
    data = results_of(branch.model, branch.scenario, branch.draw)
    branch.indicators = {name: (dims[1:], values[0]) for name, (dims, values) in reduce(data).items()}
    branch.data = data[list(SHORT_TIME)]
    branch.model = None  # type: ignore[assignment]  # hundreds of megabytes at full scale


def results_of(model: TechsimModel, scenario: Scenario, draw: Draw) -> xr.Dataset:
    """The results of one finished run, as ``techsim run`` makes them of one draw."""
    from techsim.model.catalogue import catalogue
    from techsim.results.coordinates import of_scenario
    from techsim.results.dataset import DrawRecord, build, in_persons

    arrays = in_persons(model.world.recorder, scenario.population.scale)
    record = DrawRecord(draw.number, draw.seed, draw.parameters, arrays, {})
    labels = of_scenario(scenario, catalogue(), model.world.tables.dimensions)
    return build(catalogue().indicators, [record], labels, scenario.period.first, scenario.period.last, {})


def _kept(base: _Branch, branch: _Branch, index: int) -> OneRun:
    assert base.data is not None
    assert branch.data is not None
    dims = tables(base.scenario.population.regions).dimensions
    sizes = dims.size("sex"), dims.size("background")
    people = []
    for year in horizons(base.scenario):
        people.append(outcomes.compare(base.outcomes[year], branch.outcomes[year], *sizes))
    spending = branch.data["spending"]
    return OneRun(
        indicators=branch.indicators,
        spending=np.nan_to_num(spending.isel(draw=0).values.astype(np.float64)),
        levers=tuple(str(x) for x in spending["lever"].values),
        items=tuple(str(x) for x in spending["item"].values),
        people=tuple(people),
        short_time=_short_time(base, branch) if index else {},
        parameters=branch.draw.parameters,
        shared_until=label(branch.fork - 1) if index and branch.fork > base.fork else "",
    )


def differing_levers(base: Scenario, other: Scenario) -> dict[str, Any]:
    """The levers that ``other`` has and ``base`` has not, or has with other fields; by name."""
    there = {lever.name: lever.fields for lever in base.levers}
    return {lever.name: lever.fields for lever in other.levers if there.get(lever.name) != lever.fields}


def same_but_levers(base: Scenario, other: Scenario) -> bool:
    """Whether two scenarios differ in levers at most."""
    mine, theirs = base.effective(), other.effective()
    return all(mine[key] == theirs[key] for key in mine if key not in ("levers", "draws", "population"))


def _short_time(base: _Branch, branch: _Branch) -> dict[str, float]:
    """The evaluation of short-time work where the alternative differs by such schemes alone, else nothing."""
    from techsim import levers
    from techsim.results.short_time import MONTHS_AFTER, evaluate

    assert base.data is not None
    assert branch.data is not None
    known, differ = levers.catalogue(), differing_levers(base.scenario, branch.scenario)
    names = {lever.name for lever in base.scenario.levers} - {lever.name for lever in branch.scenario.levers}
    schemes = all("short_time.open" in known[name].hooks for name in differ)
    if not differ or names or not schemes or not same_but_levers(base.scenario, branch.scenario):
        return {}
    cut = slice(branch.fork - base.fork, None)  # earlier schemes are of both worlds
    one, other = branch.data.isel(time=cut), base.data.isel(time=cut)
    busy = np.flatnonzero(one["short_time_workers"].sum(["draw", "sector", "region"]).values > 0)
    if busy.size == 0:
        return {}
    after = min(MONTHS_AFTER, one.sizes["time"] - int(busy[-1]) - 1)
    found = evaluate(one, other, branch.draw.parameters[SHORT_TIME_HOURS], months_after=after)
    return {str(name): float(values.isel(draw=0)) for name, values in found.data_vars.items()} | {
        "months_after": float(after)
    }

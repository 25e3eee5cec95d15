"""One draw of a comparison: every scenario on the same people and the same luck, the common past run once."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from techsim.experiment.draws import Draw
from techsim.experiment.simulate import Progress, tables
from techsim.experiment.takers import heard, kinds_of, listen
from techsim.experiment.watching import Stop, Stopped
from techsim.population.clock import label, month_index, parse, year_of
from techsim.results import outcomes, schemes
from techsim.results.acts import Act
from techsim.results.compared import LABELS, NEEDED, reduce
from techsim.results.outcomes import Outcomes, Pair, Sizes

if TYPE_CHECKING:
    import xarray as xr

    from techsim.mechanisms.world import World
    from techsim.model.simulation import TechsimModel
    from techsim.scenario import Scenario

Floats = npt.NDArray[np.float64]
Record = Mapping[str, npt.NDArray[Any]]
"""What a run has recorded by indicator, in persons (``results.dataset.in_persons``)."""
WANTED = NEEDED.union(schemes.NEEDS)
"""Indicators that a run of a comparison is asked for."""
TOGETHER = 4
"""Runs whose records are reduced at once: more of them would hold much memory for little time."""
ASKED = (2030, 2040)
"""Years by which the effects are asked for, as far as the period goes."""
SHORT_TIME_HOURS = "short_time.hours_share"


@dataclass(frozen=True)
class OneRun:
    """What a comparison keeps of one scenario's run in a draw.

    ``indicators`` as :func:`~techsim.results.compared.reduce` returns them, without the draw; ``spending`` float64
    (year, lever, item) with its ``levers`` and ``items``; ``people`` the pair with the baseline by horizon;
    ``changed`` how each lever differs that is not the same in the baseline, by name (``schemes.ADDED`` and others);
    ``schemes`` the figures of each of these, empty where there is no evaluation;
    ``short_time`` what else there is to say of short-time work; ``alike`` whether it differs from the baseline in
    levers at most: else nobody knows what would have been without them.
    """

    indicators: Mapping[str, tuple[tuple[str, ...], Floats]]
    spending: Floats
    levers: tuple[str, ...]
    items: tuple[str, ...]
    people: tuple[Pair, ...]
    changed: Mapping[str, str]
    schemes: Mapping[str, Mapping[str, float]]
    short_time: Mapping[str, float]
    parameters: Mapping[str, float]
    shared_until: str
    alike: bool


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
    goes on there from ``parent``, the run that shares the longest past with it; from nothing without one. ``acts`` are
    what people did of ``kinds`` from the month ``since`` on, in which the first of the scenarios differs.
    """

    scenario: Scenario
    draw: Draw
    model: TechsimModel
    fork: int
    begins: int
    parent: _Branch | None = None
    outcomes: dict[int, Outcomes] = field(default_factory=dict)
    counted: dict[str, float] = field(default_factory=lambda: dict.fromkeys(schemes.COUNTED, 0.0))
    acts: list[Act] = field(default_factory=list)
    data: xr.Dataset | None = None
    record: Record = field(default_factory=dict)
    indicators: Mapping[str, tuple[tuple[str, ...], Floats]] = field(default_factory=dict)
    only: Collection[str] | None = None
    kinds: Collection[str] = ()
    since: int = 0


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
    only: Collection[str] | None = None,
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
    only : collection of str, optional
        Indicators (``results.compared.variable``) that are kept of each run; all.

    Raises
    ------
    Stopped
        If ``stop`` said so.
    """
    from techsim.model import forking
    from techsim.model.simulation import release

    began = time.perf_counter()
    mine = [plan[draw.number] for plan in plans]
    model = forking.start(scenarios[0], draw.seed, draw.parameters, tables(scenarios[0].division), threads, WANTED)
    first, last, shared = model.world.first, model.world.last, model.world.tables
    branches = [_Branch(scenarios[0], draw, model, first, first)]
    for scenario, own in zip(scenarios[1:], mine[1:], strict=True):
        branches.append(_place(branches, scenario, own, share))
    differ = {name for other in scenarios[1:] for name in changed_levers(scenarios[0], other)}
    for branch in branches:
        branch.only = only
        branch.kinds = kinds_of(differ) if only is None else ()  # of some indicators alone no scheme is evaluated
        branch.since = min((other.fork for other in branches[1:]), default=first)
    counter = _Counter(sum(last - branch.begins + 1 for branch in branches), progress, stop)
    for branch in branches:
        if branch.parent is None:
            if branch is not branches[0]:
                release(branch.model)
                own = branch.draw
                branch.model = forking.start(branch.scenario, own.seed, own.parameters, shared, threads, WANTED)
            _grow(branch, branches, counter)
    _reduce(branches)
    base = branches[0]
    runs = tuple(_kept(base, branch, index) for index, branch in enumerate(branches))
    counter.check()
    return PairedRecord(draw.number, draw.seed, draw.parameters, runs, {"draws": time.perf_counter() - began})


def _place(branches: Sequence[_Branch], scenario: Scenario, draw: Draw, share: bool) -> _Branch:
    """A scenario's place in the tree: it forks from whichever run before it shares the longest past with it."""
    from techsim.model import forking

    model = forking.sketch(scenario, draw.seed, draw.parameters, tables(scenario.division), WANTED)
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
        child.outcomes, child.counted, child.acts = dict(branch.outcomes), dict(branch.counted), list(branch.acts)
        _grow(child, branches, counter)
    _run(branch, branch.model.world.last, counter)
    _finish(branch)
    if sum(bool(other.record) for other in branches) == TOGETHER:
        _reduce(branches)


def _run(branch: _Branch, last: int, counter: _Counter) -> None:
    """Let a branch's months pass to ``last``, and note its people at the horizons."""
    world = branch.model.world
    dims = world.tables.dimensions
    there = _from_abroad(world)
    months = {min(month_index(year, 12), world.last): year for year in horizons(branch.scenario)}
    while world.month < last:
        counter.check()
        if world.month + 1 >= branch.since:
            listen(world, branch.kinds)
        branch.model.step()
        branch.acts += heard(world)
        counter.month()
        if world.month in months:
            branch.outcomes[months[world.month]] = outcomes.take(world.people, dims, world.schools.reached)
    branch.counted["international_entrants"] += _from_abroad(world) - there


def _from_abroad(world: World) -> float:
    """Students who have come from abroad since the start; residents."""
    return 0.0 if world.international is None else float(world.international.arrived.sum())


def _finish(branch: _Branch) -> None:
    """Keep of a run's record what is compared and what schemes are evaluated by, and let go of the model's people."""
    from techsim.model.simulation import release

    record = _record(branch.model, branch.scenario, WANTED)
    branch.data = _dataset(branch.scenario, [(branch.draw, record)], schemes.NEEDS, schemes.LABELS)
    branch.record = {name: values for name, values in record.items() if name in NEEDED}
    release(branch.model)


def _reduce(branches: Sequence[_Branch]) -> None:
    """Bring the records at hand down to what is compared, those of several runs at once as if they were draws.

    Most of it goes by the number of calls. The groups of what is compared are the same in all scenarios.
    """
    waiting = [branch for branch in branches if branch.record]
    if not waiting:
        return
    runs = [(replace(branch.draw, number=k), branch.record) for k, branch in enumerate(waiting)]
    found = reduce(_dataset(waiting[0].scenario, runs, NEEDED, LABELS), waiting[0].only)
    for k, branch in enumerate(waiting):
        branch.indicators = {name: (dims[1:], values[k]) for name, (dims, values) in found.items()}
        branch.record = {}


def results_of(model: TechsimModel, scenario: Scenario, draw: Draw, names: Collection[str] | None = None) -> xr.Dataset:
    """The results of one finished run, as ``techsim run`` makes them of one draw; of indicators ``names``, if given."""
    return _dataset(scenario, [(draw, _record(model, scenario, names))], names)


def _record(model: TechsimModel, scenario: Scenario, names: Collection[str] | None) -> Record:
    """What a finished run has recorded, in persons; of indicators ``names``, if given."""
    from techsim.model.catalogue import catalogue
    from techsim.results.dataset import in_persons

    indicators = [one for one in catalogue().indicators if names is None or one.name in names]
    return in_persons(model.world.recorder, scenario.population.scale, indicators)


def _dataset(
    scenario: Scenario,
    runs: Sequence[tuple[Draw, Record]],
    names: Collection[str] | None,
    labelled: Collection[str] | None = None,
) -> xr.Dataset:
    """Runs with the labels of one scenario as a Dataset, by the number of their draw; of the groups ``labelled``."""
    from techsim.model.catalogue import catalogue
    from techsim.results.coordinates import of_scenario
    from techsim.results.dataset import DrawRecord, build

    indicators = [one for one in catalogue().indicators if names is None or one.name in names]
    records = [DrawRecord(draw.number, draw.seed, draw.parameters, record, {}) for draw, record in runs]
    labels = of_scenario(scenario, catalogue(), tables(scenario.division).dimensions)
    return build(indicators, records, labels, scenario.period.first, scenario.period.last, {}, labelled)


def _kept(base: _Branch, branch: _Branch, index: int) -> OneRun:
    assert base.data is not None
    assert branch.data is not None
    dims = tables(base.scenario.division).dimensions
    sizes = Sizes(*(dims.size(name) for name in ("sex", "background", "level", "region")))
    changed = changed_levers(base.scenario, branch.scenario)
    people = [outcomes.compare(base.outcomes[year], branch.outcomes[year], sizes) for year in horizons(base.scenario)]
    back = None
    if schemes.DROPPED in changed.values():  # the baseline is the world with the lever
        last = horizons(base.scenario)[-1]
        back = outcomes.compare(branch.outcomes[last], base.outcomes[last], sizes)
    cases = _cases(base, branch, changed, people[-1], back)
    alike = same_but_levers(base.scenario, branch.scenario)
    found = {case.lever: schemes.evaluate(case) if alike else {} for case in cases}
    short = [case.short_time for case in cases if alike and case.change == schemes.ADDED and _is_short_time(case.lever)]
    spending = branch.data["spending"]
    return OneRun(
        indicators=branch.indicators,
        spending=np.nan_to_num(spending.isel(draw=0).values.astype(np.float64)),
        levers=tuple(str(x) for x in spending["lever"].values),
        items=tuple(str(x) for x in spending["item"].values),
        people=tuple(people),
        changed=changed,
        schemes=found,
        short_time=next(iter(short), {}),
        parameters=branch.draw.parameters,
        shared_until=label(branch.fork - 1) if index and branch.fork > base.fork else "",
        alike=alike,
    )


def differing_levers(base: Scenario, other: Scenario) -> dict[str, Any]:
    """The levers that ``other`` has and ``base`` has not, or has with other fields; by name."""
    there = {lever.name: lever.fields for lever in base.levers}
    return {lever.name: lever.fields for lever in other.levers if there.get(lever.name) != lever.fields}


def same_but_levers(base: Scenario, other: Scenario) -> bool:
    """Whether two scenarios differ in levers at most."""
    mine, theirs = base.effective(), other.effective()
    return all(mine[key] == theirs[key] for key in mine if key not in ("levers", "draws", "population"))


def changed_levers(base: Scenario, other: Scenario) -> dict[str, str]:
    """How each lever differs that is not the same in both, by name; one of volume zero is none, but for its name."""
    there, here = ({lever.name: lever.fields for lever in one.levers} for one in (base, other))
    changed = {}
    for name in sorted({*there, *here}):
        before, after = there.get(name), here.get(name)
        if before == after:
            continue
        if _acts(before):
            changed[name] = schemes.TERMS if _acts(after) else schemes.DROPPED
        else:
            changed[name] = schemes.ADDED
    return changed


def _acts(fields: Any) -> bool:
    return fields is not None and bool(getattr(fields, "volume", 1.0))


def _first(fields: Any, scenario: Scenario) -> int:
    """Position of the first month in which a lever acts."""
    start = getattr(fields, "start", None)
    return max(parse(start) - scenario.period.first, 0) if start else 0


def _is_short_time(lever: str) -> bool:
    from techsim import levers

    return "short_time.open" in levers.catalogue()[lever].hooks


def _cases(
    base: _Branch, branch: _Branch, changed: Mapping[str, str], people: Pair, back: Pair | None
) -> list[schemes.Case]:
    """What to evaluate: each lever that differs, the world with it against the one without, the others as they are.

    ``people`` is the pair of the baseline and this world, ``back`` that of this world and the baseline.
    """
    assert base.data is not None
    assert branch.data is not None
    one = schemes.World(branch.data, branch.counted, branch.acts)
    other = schemes.World(base.data, base.counted, base.acts)
    there, here = ({lever.name: lever.fields for lever in x.scenario.levers} for x in (base, branch))
    scale = float(base.scenario.population.scale)
    found = []
    for name, change in changed.items():
        with_it = base if change == schemes.DROPPED else branch
        fields = (there if with_it is base else here).get(name, there.get(name))
        hours, first = with_it.draw.parameters[SHORT_TIME_HOURS], _first(fields, base.scenario)
        if with_it is base:
            assert back is not None
            found.append(schemes.Case(name, fields, other, one, back, scale, hours, first, change))
        else:
            before = there[name] if change == schemes.TERMS else None
            found.append(schemes.Case(name, fields, one, other, people, scale, hours, first, change, before))
    return found

"""One run: the mesa model, whose step is a month, and the runner that the experiments use."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np
import numpy.typing as npt
from mesa.agent import AgentSet

from techsim import levers
from techsim.data.cycle import gap_path
from techsim.data.partnerships import LEVEL_GROUPS
from techsim.data.refining import landsdelen_of
from techsim.levers.applying import activate
from techsim.mechanisms.choosing.state import create_schools
from techsim.mechanisms.demography.moving.start import create_moving
from techsim.mechanisms.learning.curriculum.process import create_curriculum
from techsim.mechanisms.learning.international.start import create_international
from techsim.mechanisms.learning.partnerships.process import create_partnerships
from techsim.mechanisms.learning.teachers.start import create_teaching
from techsim.mechanisms.working.currency.process import begin as begin_currency
from techsim.mechanisms.working.cycle.process import gap_by_month
from techsim.mechanisms.working.matching.first_jobs import find_first_jobs
from techsim.mechanisms.working.state import create_labour_market
from techsim.mechanisms.world import World
from techsim.model.alliances import Alliance
from techsim.model.catalogue import catalogue
from techsim.model.checks import BOOKED, Auditor
from techsim.model.institutions import Employer, Government, Institutions, SchoolBoard, neutral_hooks
from techsim.model.schedule import MONTH
from techsim.population.clock import school_year_of
from techsim.population.people import People
from techsim.population.start_jobs import kept_apprentices
from techsim.population.start_rules import StartRules
from techsim.population.synthetic import synthesise
from techsim.results.coordinates import of_scenario, sizes
from techsim.results.recorder import Recorder
from techsim.scenario.models import GAP

if TYPE_CHECKING:
    from techsim.data.inputs import Tables
    from techsim.scenario import Scenario


class TechsimModel(mesa.Model):
    """The Netherlands as a mesa model: people as arrays (``world.people``), institutions as agents; a step is a month.

    Works with mesa's ``batch_run`` and ``DataCollector``; ``datacollector`` keeps headline counts by step. For results
    with all their dimensions use :func:`techsim.load`.

    Parameters
    ----------
    scenario : Scenario or path
        A scenario, or the YAML file of one.
    draw_seed : int, optional
        Seed of the people and their luck; that of the scenario if left out.
    scale : int, optional
        Residents per simulated person, in place of the scenario's.
    parameters : mapping of str to float, optional
        Every parameter by name; defaults and the scenario's own if left out.
    tables : Tables, optional
        Those of the scenario's regions if left out.
    seed : optional
        For mesa's own random numbers, which the model does not use.
    threads : int
        How many parts of the people may pass through a kernel side by side; it changes nothing.
    wanted : collection of str, optional
        Indicators that are recorded, with those of ``KEPT``; all if left out. Where it is given, ``datacollector``
        keeps nothing; it changes nothing else.
    **overrides : float
        Single parameters by dotted name (``**{"profile.peer_weight": 0.5}``), as ``batch_run`` hands them over.

    Raises
    ------
    techsim.scenario.ScenarioError
        If the file cannot be used or an override is unknown or out of bounds.
    """

    def __init__(
        self,
        scenario: Scenario | str | os.PathLike[str],
        draw_seed: int | None = None,
        scale: int | None = None,
        parameters: Mapping[str, float] | None = None,
        tables: Tables | None = None,
        seed: Any = None,
        threads: int = 1,
        wanted: Collection[str] | None = None,
        **overrides: float,
    ) -> None:
        super().__init__(seed=seed)
        self.wanted = None if wanted is None else frozenset(wanted)
        self.scenario = _scenario(scenario, scale)
        if tables is None:
            from techsim.data.refining import tables_of

            tables = tables_of(self.scenario.division)
        if parameters is None:
            defaults = {name: declared.default for name, declared in catalogue().parameters.items()}
            parameters = {**defaults, **self.scenario.parameters}
        self.world = self._begin(tables, {**parameters, **_checked(overrides)}, draw_seed)
        self.world.threads = threads
        self.auditor = Auditor()
        self.timings: dict[str, float] = {}
        self.datacollector = mesa.DataCollector(model_reporters=REPORTERS)

    def _begin(self, tables: Tables, parameters: Mapping[str, float], draw_seed: int | None) -> World:
        """The world before the first month, with its people and what institutions hold of them."""
        world, dims = self._frame(tables, parameters, draw_seed), tables.dimensions
        seed, first, scale = world.seed, world.first, self.scenario.population.scale
        people = world.people = synthesise(tables, seed, scale, first, _start_rules(parameters))
        world.moving = create_moving(people, tables, parameters, seed, first)
        begin_currency(people, tables, parameters, first)
        world.schools = create_schools(tables, parameters, school_year_of(first))
        world.labour = create_labour_market(people, tables, parameters, world.output_gap)
        kept = kept_apprentices(people, tables.education, dims, first, seed, parameters["start.kept"])
        find_first_jobs(world, kept)
        world.labour = create_labour_market(people, tables, parameters, world.output_gap)
        world.teaching = create_teaching(people, tables, parameters, seed, first, world.scale)
        world.partnerships = create_partnerships(people, tables, world.labour, scale)
        world.curriculum = create_curriculum(people, tables, parameters)
        world.international = create_international(people, tables, seed, world.scale)
        return world

    def _frame(self, tables: Tables, parameters: Mapping[str, float], draw_seed: int | None) -> World:
        """What a world has from its scenario: levers, cycle, record and institutions; nobody lives in it."""
        scenario, dims = self.scenario, tables.dimensions
        period, seed = scenario.period, scenario.draws.seed if draw_seed is None else draw_seed
        labels = of_scenario(scenario, catalogue(), dims)
        wanted = None if self.wanted is None else self.wanted.union(KEPT)
        recorder = Recorder(catalogue().indicators, sizes(labels), period.first, period.last, wanted)
        every = levers.catalogue()
        active = activate(scenario.levers, every, dims.region, period.first, period.last, landsdelen_of(dims))
        regions = range(dims.size("region"))
        institutions = Institutions(
            employers=AgentSet([Employer(self, e, r) for e in range(dims.employers) for r in regions], self.random),
            boards=AgentSet([SchoolBoard(self, r) for r in regions], self.random),
            alliances=AgentSet([Alliance(self, g, r) for g in range(len(LEVEL_GROUPS)) for r in regions], self.random),
            government=Government(self, active, (labels["lever"], labels["item"])),
        )
        return World(
            seed=seed,
            month=period.first - 1,
            first=period.first,
            last=period.last,
            scale=float(scenario.population.scale),
            people=People(0),
            tables=tables,
            parameters=parameters,
            hooks=neutral_hooks(len(regions)),
            output_gap=self._output_gap(seed, parameters),
            recorder=recorder,
            institutions=institutions,
        )

    def _output_gap(self, seed: int, parameters: Mapping[str, float]) -> npt.NDArray[np.float64]:
        """The gap by month of the period: the named path, the scenario's table, the process around them."""
        cycle, period = self.scenario.cycle, self.scenario.period
        path = gap_path(cycle.path, period.first, period.last)
        return gap_by_month(
            path=np.array(cycle.applied(path.tolist(), period.first), dtype=np.float64),
            first=period.first,
            start=None if cycle.process is None else cycle.process.first,
            seed=seed,
            parameters=parameters,
            low=GAP.low,
            high=GAP.high,
        )

    def step(self) -> None:
        """Let a month pass: every entry of the schedule that is due, identities held against it, and the record."""
        world = self.world
        if world.month >= world.last:
            self.running = False
            return
        world.month += 1
        if (world.month - world.first) % ARRANGED == 0:
            world.people.arrange()
        world.recorder.slot("output_gap", world.month)[...] = world.gap
        self.auditor.begin(world)
        calendar_month = world.calendar_month
        for entry in MONTH:
            if calendar_month in entry.months and (not entry.records or world.recorder.wants(entry.records)):
                started = time.perf_counter()
                entry.process(world)
                self.timings[entry.name] = self.timings.get(entry.name, 0.0) + time.perf_counter() - started
                self.auditor.after(entry.name, world)
        self.auditor.end(world)
        if self.wanted is None:
            self.datacollector.collect(self)
        self.running = world.month < world.last


def release(model: TechsimModel) -> None:
    """Let go of a model that has run: it is empty afterwards, and its people are gone.

    Mesa keeps a table of the ids that it has given out, by model, and with it the model and all its people for as long
    as the program runs: of a comparison of fifty draws that was ten gigabytes. And a model is a cycle, as its agents
    know it: cut here, as a search of all objects for it takes longer than many a month.
    """
    mesa.Agent._ids.pop(model, None)
    model.__dict__.clear()


class Simulation:
    """One draw from its first month to its last.

    Parameters
    ----------
    scenario : Scenario
    draw : int
        Number of the draw; it changes nothing.
    seed : int
        Seed of the people and their luck.
    parameters : mapping of str to float
        Every parameter by name.
    tables : Tables
    threads : int
        As of :class:`TechsimModel`.
    """

    def __init__(
        self,
        scenario: Scenario,
        draw: int,
        seed: int,
        parameters: Mapping[str, float],
        tables: Tables,
        threads: int = 1,
    ) -> None:
        self.draw = draw
        self.timings: dict[str, float] = {}
        self._make = lambda: TechsimModel(
            scenario, draw_seed=seed, parameters=parameters, tables=tables, threads=threads
        )

    def run(self, progress: Callable[[int, int], None], stop: Callable[[], bool]) -> Recorder:
        """Run all months.

        Parameters
        ----------
        progress : callable
            Is told the months done and the months in all.
        stop : callable
            Asked between months; the run ends where it says so, with what is recorded so far.

        Raises
        ------
        techsim.model.checks.IdentityError
            If the books of a month do not close.
        """
        started = time.perf_counter()
        model = self._make()
        self.timings["start population"] = time.perf_counter() - started
        world = model.world
        months = world.last - world.first + 1
        while model.running and not stop():
            model.step()
            progress(world.month - world.first + 1, months)
        self.timings.update(model.timings)
        release(model)
        return world.recorder


def _scenario(scenario: Scenario | str | os.PathLike[str], scale: int | None) -> Scenario:
    from techsim.scenario import load, with_options

    if isinstance(scenario, (str, os.PathLike)):
        scenario = load(scenario, catalogue())
    return scenario if scale is None else with_options(scenario, catalogue(), None, None, scale)


def _checked(overrides: Mapping[str, float]) -> dict[str, float]:
    """Single parameters, held against their declarations as those of a scenario file are."""
    from techsim.scenario import load_text

    if not overrides:
        return {}
    lines = [f"  {name}: {value!r}" for name, value in overrides.items()]
    text = "\n".join(["name: overrides", "parameters:", *lines])
    return dict(load_text(text, catalogue(), "overrides").parameters)


def _recorded(model: TechsimModel, name: str) -> float:
    """A monthly stock of the month, in residents, as the month's last process has recorded it."""
    return float(model.world.scale * model.world.recorder.slot(name, model.world.month).sum())


KEPT = (*BOOKED, "unemployed", "cohort_flows")
"""Indicators that are always recorded: of which the auditor or a process asks what has been counted, and cohort flows,
which are counted as people's nodes are moved."""
ARRANGED = 24
"""Months after which people are stored by age anew: births, deaths and moves undo it slowly."""

REPORTERS: dict[str, Callable[[TechsimModel], float]] = {
    "residents": lambda model: float(model.world.scale * model.world.people.size),
    "employed": lambda model: _recorded(model, "employed"),
    "unemployed": lambda model: _recorded(model, "unemployed"),
    "vacancies": lambda model: float(model.world.scale * model.world.labour.open_vacancies.sum()),
    "technical_workers": lambda model: float(
        model.world.scale * model.world.labour.staff[:, model.world.tables.dimensions.occupation_technical].sum()
    ),
}
"""Headline counts, in residents, that the model's ``datacollector`` keeps by step."""


def _start_rules(parameters: Mapping[str, float]) -> StartRules:
    """What the jobs of the start go by, as the parameters have it."""
    return StartRules(
        tenure=parameters["start.tenure"],
        search=parameters["start.search"],
        temporary_share=parameters["start.temporary_share"],
        kept=parameters["start.kept"],
        retirement_spread=parameters["retirement.spread"],
    )

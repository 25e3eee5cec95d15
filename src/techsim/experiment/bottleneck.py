"""Which bottleneck binds: choice, teachers, places and leakage relaxed alone and together, and what each is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from techsim.experiment import runner, worlds
from techsim.experiment.answer_files import Report, write_answer, write_rows
from techsim.experiment.draws import plan
from techsim.experiment.mixes import START
from techsim.experiment.relaxing import RELAXATIONS, WORLDS, RelaxedRecord, name_of, relaxed_draw, scenario_of
from techsim.experiment.simulate import tables
from techsim.experiment.study import Clock, Source, Study
from techsim.experiment.watching import Silent, Stop, Watcher, never
from techsim.experiment.worlds import QuestionError
from techsim.population.clock import label, parse, school_year_of
from techsim.results import goals
from techsim.results.compared import Compared, variable
from techsim.results.shapley import shapley

Floats = worlds.Floats
GOAL = 0.4
"""4 op 10: technical graduates among all."""
GOAL_OF = "technical_graduate_share"
DEFAULT = f"{GOAL_OF}=0.40"
REGIONAL_GOALS: Mapping[str, float] = {"North": 0.30, "Zeeland": 0.35}
"""Goals of regions (K5; figures goal_graduates); Zeeland's is of young people who choose technology, not of graduates.
"""
BESIDE = "technicians"
ALL = "all"
SETTLING = 12
"""Months of a run before bottlenecks are relaxed, where it starts too late for the usual month."""


@dataclass(frozen=True)
class Bottleneck:
    """A question ready to be answered; ``specs`` are the indicators, the target's first; ``start`` a month index."""

    study: Study
    specs: tuple[Compared, ...]
    target: float | None
    year: int
    start: int

    @property
    def slug(self) -> str:
        """Name of the folder of results."""
        return f"bottleneck_{self.study.scenario.slug}_{self.specs[0].name}_{self.year}"

    def execute(
        self, threads: int = 1, watcher: Watcher | None = None, stop: Stop = never
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """The answer as ``bottleneck.json`` holds it, and the manifest; Stopped if ``stop`` says so."""
        watcher, clock = watcher or Silent(), Clock()
        scenario, catalogue = self.study.scenario, self.study.catalogue
        scenarios = tuple(scenario_of(scenario, catalogue, world, label(self.start)) for world in range(WORLDS))
        draws = plan(scenario, catalogue)
        kept = tuple(variable(spec, group) for spec in self.specs for group in ("", "region"))
        with clock.phase("simulate", watcher, f"simulating {WORLDS} worlds"):
            within = runner.threads_within(threads, len(draws))
            task = partial(relaxed_draw, scenarios, self.start, kept, within)
            records: list[RelaxedRecord] = runner.run(task, draws, threads, watcher, stop)
        made = worlds.described((scenario, *scenarios[1:]), records, clock.seconds)
        return self._document(records), made

    def _document(self, records: Sequence[RelaxedRecord]) -> dict[str, Any]:
        from techsim import __version__

        scenario = self.study.scenario
        return {
            "question": "bottleneck",
            "techsim_version": __version__,
            "scenario": scenario.name,
            "year": self.year,
            "target": self.target,
            "relaxed_from": label(self.start),
            "draws": len(records),
            "seed": scenario.draws.seed,
            "scale": scenario.population.scale,
            "parameters": scenario.parameter_source,
            "bottlenecks": [
                {
                    "name": relaxation.name,
                    "meaning": relaxation.meaning,
                    "levers": {name: dict(fields) for name, fields in relaxation.levers.items()},
                    "parameters": dict(relaxation.parameters),
                }
                for relaxation in RELAXATIONS
            ],
            "indicators": [self._indicator(records, spec) for spec in self.specs],
        }

    def _indicator(self, records: Sequence[RelaxedRecord], spec: Compared) -> dict[str, Any]:
        years_before = self.year - int(spec.ends) - school_year_of(self.study.scenario.period.first)

        def levels(group: str) -> Floats:
            """float64 (world, draw[, group])."""
            name = variable(spec, group)
            found = [[record.levels[world][name][years_before] for record in records] for world in range(WORLDS)]
            return np.asarray(found, dtype=np.float64)

        places, way = {ALL: levels("")}, spec.better or 1
        if variable(spec, "region") in records[0].levels[0]:
            by_region = levels("region")
            names = tables(self.study.scenario.division).dimensions.region
            places |= {name: by_region[:, :, r] for r, name in enumerate(names)}
        aims = self._goals(spec)
        if not np.isfinite(places[ALL]).all():
            raise QuestionError(f"--target {spec.name}: nothing is known of it by {self.year}")
        return {
            "name": spec.name,
            "long_name": spec.long_name,
            "unit": spec.unit,
            "of_school_year": f"{self.year - 1}/{self.year % 100:02d}" if spec.ends else None,
            "better": spec.better,
            "places": [
                {"region": place, **decomposed(values, way), "goal": against(aims.get(place), values, way)}
                for place, values in places.items()
                if np.isfinite(values).all()
            ],
        }

    def _goals(self, spec: Compared) -> dict[str, tuple[str, float]]:
        """By place whose goal holds for it and the goal: its own, its landsdeel's, or else the target of the country.

        Regions have goals of their own for the technical share of graduates only.
        """
        if spec is not self.specs[0] or self.target is None:
            return {}
        dims = tables(self.study.scenario.division).dimensions
        whole = dict(zip(dims.region, dims.part_of or dims.region, strict=True))
        found = {ALL: (ALL, self.target)}
        for region, landsdeel in whole.items():
            own = [name for name in (region, landsdeel) if name in REGIONAL_GOALS and spec.name == GOAL_OF]
            if own:
                found[region] = own[0], REGIONAL_GOALS[own[0]]
            elif spec.kind == "share":  # a number of people is the country's, not each region's
                found[region] = found[ALL]
        return found


def against(goal: tuple[str, float] | None, levels: Floats, way: int) -> dict[str, Any] | None:
    """A place's goal, whose it is, and the share of the draws in which it is met as things are and with all relaxed.

    Parameters
    ----------
    levels : float64 (world, draw)
    """
    if goal is None:
        return None
    of, value = goal
    met = goals.meets(levels, value, way).mean(axis=1)
    return {"of": of, "value": value, "met": float(met[0]), "met_all_relaxed": float(met[-1])}


def decomposed(levels: Floats, way: int) -> dict[str, Any]:
    """What each bottleneck is worth, from the levels of all worlds, draw by draw.

    Parameters
    ----------
    levels : float64 (world, draw)
    way : int
        1 if more of the indicator is better, -1 if less is; it decides which bottleneck counts as the largest.
    """
    draws = levels.shape[1]
    exact = [shapley([float(value) for value in levels[:, d]]) for d in range(draws)]
    values = np.array([[float(value) for value in each] for each in exact])  # (draw, bottleneck)
    together = [float(sum(each)) for each in exact]
    largest = np.argmax(way * values, axis=1)
    last, everything = len(levels) - 1, levels[-1]
    return {
        "baseline": worlds.spread(levels[0]),
        "all_relaxed": worlds.spread(everything),
        "together": worlds.spread(np.array(together)),
        "worlds": {name_of(world): worlds.spread(levels[world]) for world in range(len(levels))},
        "bottlenecks": [
            {
                "name": relaxation.name,
                "shapley": worlds.spread(values[:, bit]),
                "by_draw": [float(value) for value in values[:, bit]],
                "alone": worlds.spread(levels[1 << bit] - levels[0]),
                "last": worlds.spread(everything - levels[last ^ (1 << bit)]),
                "draws_in_which_largest": float((largest == bit).mean()),
            }
            for bit, relaxation in enumerate(RELAXATIONS)
        ],
    }


def prepare(
    study: Study,
    target: str = DEFAULT,
    year: int = 2035,
    start: str | None = None,
    draws: int | None = None,
    seed: int | None = None,
    scale: int | None = None,
    parameters: Source | None = None,
) -> Bottleneck:
    """Put the question to a scenario; ``target`` is an indicator, with or without a value.

    Raises
    ------
    QuestionError
        If it cannot be put: no such indicator, year or month.
    ScenarioError
        If an option is out of bounds.
    """
    from techsim.experiment.goal import read_target, require_within

    name, value = read_target(target) if "=" in target else (target.strip(), None)
    asked = worlds.indicator(name)
    if value is not None:
        require_within(asked, value, target)
    specs = dict.fromkeys((asked, worlds.indicator(BESIDE)))
    study = study.with_options(draws=draws, seed=seed, scale=scale, parameters=parameters)
    study = Study(worlds.until(study.scenario, year), study.catalogue)
    period = study.scenario.period
    usual = parse(START)
    try:
        begins = parse(start) if start else usual if period.first < usual <= period.last else period.first + SETTLING
    except ValueError as error:
        raise QuestionError(f"--start {start}: write a month as YYYY-MM") from error
    if not period.first < begins <= period.last:
        raise QuestionError(
            f"--start {label(begins)}: take a month after {period.start} and no later than the year asked about, {year}"
        )
    return Bottleneck(study, tuple(specs), value, year, begins)


def write(
    document: dict[str, Any],
    made: dict[str, Any],
    target: Path,
    stop: Stop = never,
    report: Report | None = None,
) -> Path:
    """Write ``bottleneck.json``, ``bottleneck.csv``, the manifest and, with ``report``, the page, all or nothing."""
    tables = partial(write_rows, "bottleneck", rows(document), made)
    return write_answer("bottleneck", document, made, target, tables, stop, report)


PARTS = ("mean", "p05", "p50", "p95")


def rows(document: dict[str, Any]) -> list[list[Any]]:
    """``bottleneck.csv``: a head, and a row for each indicator, region, measure and bottleneck or world."""
    lines: list[list[Any]] = [["indicator", "unit", "year", "region", "measure", "bottleneck", *PARTS, "draws_largest"]]
    for indicator in document["indicators"]:
        for place in indicator["places"]:
            start = [indicator["name"], indicator["unit"], document["year"], place["region"]]
            for each in place["bottlenecks"]:
                for measure in ("shapley", "alone", "last"):
                    share = each["draws_in_which_largest"] if measure == "shapley" else ""
                    lines.append([*start, measure, each["name"], *(each[measure][part] for part in PARTS), share])
            lines.append([*start, "together", "", *(place["together"][part] for part in PARTS), ""])
            for name, spread in place["worlds"].items():
                lines.append([*start, "level", name, *(spread[part] for part in PARTS), ""])
    return lines

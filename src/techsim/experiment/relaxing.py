"""Bottlenecks relaxed, alone and together: which they are, and one draw of all the worlds that follow."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from techsim.experiment import worlds
from techsim.experiment.draws import Draw
from techsim.experiment.pairing import results_of
from techsim.experiment.simulate import Progress, tables
from techsim.experiment.watching import Stop, Stopped
from techsim.results.compared import NEEDED, reduce

if TYPE_CHECKING:
    from techsim.model.simulation import TechsimModel
    from techsim.scenario import Catalogue, Scenario

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Relaxation:
    """A bottleneck as it is taken away from a month on.

    Parameters
    ----------
    name, meaning : str
    levers : mapping of name to fields
        Levers at their strongest, in addition to the scenario's.
    parameters : mapping of name to value
        What people and institutions go by from that month on.
    """

    name: str
    meaning: str
    levers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    parameters: Mapping[str, float] = field(default_factory=dict)


RELAXATIONS: tuple[Relaxation, ...] = (
    Relaxation(
        "choice",
        "guidance, role models and a campaign reach every pupil, and visits every pupil with a migration background",
        levers={
            "career_guidance": {"volume": 1.0, "coverage": 1.0},
            "role_models": {"volume": 1.0, "coverage": 1.0},
            "migration_background": {"volume": 1.0, "coverage": 1.0},
            "pay_and_image": {"volume": 1.0, "coverage": 1.0, "pay": 0.0, "image": 1.0},
        },
    ),
    Relaxation(
        "teachers",
        "no intake is cut and no programme closed for want of teachers, and large classes cost neither quality nor "
        "diplomas",
        parameters={
            "teachers.max_stretch": 10.0,
            "teachers.quality": 0.0,
            "teachers.dropout": 0.0,
            "teachers.delay": 0.0,
            "teachers.travels": 1.0,
        },
    ),
    Relaxation(
        "places",
        "a subsidy of 20,000 euro a year makes an apprenticeship place worth it to every employer; employers add "
        "places at once and drop none; internships follow students within the year",
        levers={"praktijkleren": {"volume": 1.0, "coverage": 1.0, "unit_cost": 20_000.0}},
        parameters={"places.up": 1.0, "places.down": 0.0, "internships.follow": 1.0},
    ),
    Relaxation(
        "leakage",
        "technical work draws those with a technical education who seek work three times as much, so that few of them "
        "leave technology, and of those outside many come back",
        parameters={"matching.technical_pull": 3.0},
    ),
)
"""The four bottlenecks, in the order of the bits of :func:`~techsim.results.shapley.shapley`."""
WORLDS = 2 ** len(RELAXATIONS)


@dataclass(frozen=True)
class RelaxedRecord:
    """One finished draw: ``levels`` are by world the indicators of the comparison, (year[, region])."""

    draw: int
    seed: int
    parameters: Mapping[str, float]
    levels: tuple[Mapping[str, Floats], ...]
    timings: Mapping[str, float]


def inside(world: int) -> tuple[Relaxation, ...]:
    """The bottlenecks that are relaxed in a world."""
    return tuple(relaxation for bit, relaxation in enumerate(RELAXATIONS) if world >> bit & 1)


def name_of(world: int) -> str:
    """What is relaxed, in words."""
    return " + ".join(relaxation.name for relaxation in inside(world)) or "nothing"


def scenario_of(scenario: Scenario, catalogue: Catalogue, world: int, start: str) -> Scenario:
    """The scenario with the levers of a world from ``start`` on.

    A lever that acts in the scenario before ``start`` is in this one without its past; :func:`relaxed_draw` runs the
    past with the scenario itself, and forks the worlds at ``start``.
    """
    settings = []
    for relaxation in inside(world):
        for name, fields in relaxation.levers.items():
            given = {"start": start, "end": None, "when": None, "regions": None, "phase_in": 0} | dict(fields)
            settings.append(worlds.setting(scenario, catalogue, name, **given))
    return worlds.with_levers(scenario, name_of(world), settings)


def relaxed_draw(
    scenarios: Sequence[Scenario],
    start: int,
    kept: tuple[str, ...],
    threads: int,
    draw: Draw,
    progress: Progress,
    stop: Stop,
) -> RelaxedRecord:
    """Run one draw: the past once, and from ``start`` on every world on its own.

    Parameters
    ----------
    scenarios : sequence of Scenario
        By world, as :func:`scenario_of` makes them.
    start : int
        Month index, after the first of the run: the first month apart.
    kept : tuple of str
        Variables of :func:`~techsim.results.compared.reduce` to keep.
    """
    from techsim.model import forking

    began = time.perf_counter()
    past = forking.start(scenarios[0], draw.seed, draw.parameters, tables(scenarios[0].division), threads, NEEDED)
    first, last = past.world.first, past.world.last
    count = _Counter((start - first) + len(scenarios) * (last - start + 1), progress, stop)
    _run(past, start - 1, count)
    levels = []
    for world, scenario in enumerate(scenarios):
        model = forking.fork(past, forking.sketch(scenario, draw.seed, draw.parameters, past.world.tables, NEEDED))
        model.world.parameters = MappingProxyType(dict(draw.parameters) | relaxed(world, draw.parameters))
        _run(model, last, count)
        found = reduce(results_of(model, scenario, draw, NEEDED), kept)
        levels.append({name: found[name][1][0] for name in kept if name in found})
    seconds = {"draws": time.perf_counter() - began}
    return RelaxedRecord(draw.number, draw.seed, draw.parameters, tuple(levels), seconds)


def relaxed(world: int, own: Mapping[str, float]) -> dict[str, float]:
    """The parameters that a world relaxes, at the relaxed value or at the draw's own where that goes further."""
    from techsim.model.catalogue import catalogue

    known = catalogue().parameters
    found = {}
    for each in inside(world):
        for name, value in each.parameters.items():
            further = max if value >= known[name].default else min
            found[name] = further(value, own[name])
    return found


class _Counter:
    """Months done, and whether to stop."""

    def __init__(self, total: int, progress: Progress, stop: Stop) -> None:
        self.done, self.total, self.progress, self.stop = 0, total, progress, stop

    def month(self) -> None:
        self.done += 1
        self.progress(self.done, self.total)
        if self.stop():
            raise Stopped


def _run(model: TechsimModel, last: int, count: _Counter) -> None:
    while model.world.month < last:
        model.step()
        count.month()

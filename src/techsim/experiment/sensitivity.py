"""A sensitivity study: two scenarios, many parameter sets on the same people and luck, to indices and files."""

from __future__ import annotations

import csv
import importlib.util
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from techsim.experiment import headline, runner, screening
from techsim.experiment.answer_files import Report, write_answer
from techsim.experiment.comparing import prepare
from techsim.experiment.draws import Draw, seed_of
from techsim.experiment.headline import Point
from techsim.experiment.screening import MORRIS, SOBOL, Floats, Index, SensitivityError
from techsim.experiment.study import file_names, manifest_of
from techsim.experiment.watching import Part, Silent, Stop, Watcher, never

if TYPE_CHECKING:
    from techsim.declarations import Parameter
    from techsim.experiment.comparing import Comparison
    from techsim.experiment.study import Study

SCALE = 400
"""Residents per simulated person unless asked otherwise: coarser scales are hardly faster, as a month has a cost of its
own whatever the number of people, and luck drowns what parameters do."""
TRAJECTORIES = {MORRIS: 6, SOBOL: 32}
TOP = 20
"""Parameters that a study varies unless asked otherwise, chosen by a first pass over all."""
LUCK = 12
"""Points with other seeds at default parameters, from which the floor of luck is known."""
SENSITIVITY_CSV, POINTS_CSV = "sensitivity.csv", "points.csv"
EFFECTS = (
    headline.TECHNICIANS, headline.GRADUATES, headline.LEAKED, headline.VACANCIES, headline.PER_GRADUATE,
    headline.PER_MILLION,
)  # fmt: skip
"""Outcomes whose indices are asked for."""


@dataclass(frozen=True)
class Plan:
    """A study before it runs.

    Parameters
    ----------
    parameters : tuple of Parameter
        Those that vary; the others have their default or what the scenarios set.
    repeats : int
        Trajectories of Morris, base points of Sobol.
    top : int, optional
        A first pass of one trajectory over all parameters chooses this many.
    """

    comparison: Comparison
    parameters: tuple[Parameter, ...]
    method: str
    repeats: int
    top: int | None = None
    luck: int = LUCK

    @property
    def named(self) -> list[str] | None:
        """The parameters as ``--parameters`` takes them; None if a first pass chooses among all."""
        if self.top is not None:
            return None
        every = screening.choose(self.comparison.base.catalogue.parameters, _fixed(self.comparison), None)
        return [screening.ALL] if self.parameters == every else [p.name for p in self.parameters]

    @property
    def varied(self) -> int:
        """How many parameters the study itself varies."""
        return len(self.parameters) if self.top is None else min(self.top, len(self.parameters))

    @property
    def swung(self) -> int:
        """Runs with one parameter at an end of its range, and the one that they are set beside."""
        return 2 * self.varied + 1

    @property
    def points(self) -> int:
        """How often both scenarios are run."""
        first = 0 if self.top is None else screening.runs(MORRIS, len(self.parameters), 1)
        return first + screening.runs(self.method, self.varied, self.repeats) + self.swung + self.luck

    @property
    def cost(self) -> str:
        """What the study takes, in words."""
        scale = self.comparison.scenarios[0].population.scale
        chosen = "" if self.top is None else f" chosen from {len(self.parameters)}"
        return (
            f"{self.points} runs of both scenarios at scale 1:{scale}: {self.method}, {self.varied} parameters{chosen}"
            f", {self.repeats} {'trajectories' if self.method == MORRIS else 'base points'}, {self.swung} for swings, "
            f"{self.luck} for luck"
        )

    @property
    def slug(self) -> str:
        """Name of the folder of results."""
        return f"sensitivity_of_{self.comparison.slug}"


@dataclass(frozen=True)
class Swing:
    """An outcome with one parameter at the 5 % and at the 95 % quantile of its prior, all others at their defaults."""

    parameter: str
    low: float
    high: float


@dataclass(frozen=True)
class Swings:
    """The swings of an outcome.

    Parameters
    ----------
    middle : float
        The outcome with all parameters at their defaults.
    swings : tuple of Swing
        The largest first.
    luck : float
        How far luck alone takes a run from the middle, 19 times in 20: 1.96 sqrt(2) standard deviations over seeds; NaN
        if unknown.
    """

    middle: float
    swings: tuple[Swing, ...]
    luck: float


@dataclass(frozen=True)
class Findings:
    """What a study found.

    Parameters
    ----------
    parameters : tuple of Parameter
        Those that varied in the final pass.
    indices : dict of outcome to list of Index
        The largest first; an outcome that is unknown somewhere is not in it.
    floors : dict of outcome to float
        The mu* or ST that luck alone stays below; NaN if unknown.
    points : list of (pass, parameter values, outcomes)
        Every run: ``first``, ``study``, ``swing`` or ``luck``.
    swings : dict of outcome to Swings
        An outcome that is unknown at the defaults is not in it.
    """

    plan: Plan
    parameters: tuple[Parameter, ...]
    indices: dict[str, list[Index]]
    floors: dict[str, float]
    points: list[tuple[str, dict[str, float], dict[str, float]]]
    notes: list[str] = field(default_factory=list)
    swings: dict[str, Swings] = field(default_factory=dict)


def _fixed(comparison: Comparison) -> list[str]:
    """Parameters that a scenario sets, which stay as set."""
    return sorted({name for scenario in comparison.scenarios for name in scenario.parameters})


def plan(
    base: Study,
    alternative: Study,
    wanted: Sequence[str] | None = None,
    top: int | None = None,
    method: str = MORRIS,
    repeats: int | None = None,
    scale: int | None = None,
    seed: int | None = None,
) -> Plan:
    """Check what is asked and say what it takes.

    Raises
    ------
    SensitivityError, ComparisonError, ScenarioError
        If it cannot be done.
    """
    if importlib.util.find_spec("SALib") is None:
        raise SensitivityError('a sensitivity study needs SALib: install it with: pip install "techsim[policy]"')
    if method not in TRAJECTORIES:
        raise SensitivityError(f"--method: {method!r} is not {MORRIS} or {SOBOL}")
    count = TRAJECTORIES[method] if repeats is None else repeats
    if count < 2:
        raise SensitivityError(f"--trajectories: {count} is too few; at least 2 are needed")
    if top is not None and (wanted is not None or top < 1):
        raise SensitivityError("--top takes a number of at least 1, and no --parameters beside it")
    if wanted is None and top is None:
        top = TOP
    comparison = prepare(base, [alternative], draws=1, seed=seed, scale=SCALE if scale is None else scale)
    chosen = screening.choose(base.catalogue.parameters, _fixed(comparison), wanted)
    if method == SOBOL and count & (count - 1):
        raise SensitivityError(f"--trajectories: {count} is no power of two, which Sobol's points need; try 64")
    return Plan(comparison, chosen, method, count, top)


def execute(asked: Plan, threads: int = 1, watcher: Watcher | None = None, stop: Stop = never) -> Findings:
    """Run the study; Stopped if ``stop`` says so."""
    watcher = watcher or Silent()
    run = _Runs(asked, threads, watcher, stop)
    parameters, notes = asked.parameters, list(asked.comparison.given_up)
    if asked.top is not None:
        parameters = _largest(run, asked)
        notes.append(f"chosen by one trajectory over {len(asked.parameters)} parameters")
    names = [p.name for p in parameters]
    seed = asked.comparison.scenarios[0].draws.seed
    cube = screening.sample(asked.method, names, asked.repeats, seed)
    outcomes = run.at("study", asked.method, parameters, cube)
    ends, lucky = run.swing(parameters), run.luck()
    indices, floors, swings = {}, {}, {}
    for outcome in EFFECTS:
        by_seed = np.array([point[outcome] for point in lucky])
        found = swings_of(parameters, np.array([point[outcome] for point in ends]), by_seed)
        if found is not None:
            swings[outcome] = found
        y = np.array([point[outcome] for point in outcomes])
        if not np.isfinite(y).all():
            notes.append(
                f"{headline.OUTCOMES[outcome][0]}: no indices, as {int((~np.isfinite(y)).sum())} of {y.size} points "
                "show no gain or no cost"
            )
            continue
        indices[outcome] = screening.ranked(
            asked.method, screening.analyse(asked.method, names, cube, outcome, y, seed)
        )
        floors[outcome] = screening.floor(asked.method, by_seed, asked.repeats, y)
    return Findings(asked, parameters, indices, floors, run.done, notes, swings)


def swings_of(parameters: Sequence[Parameter], ends: Floats, lucky: Floats) -> Swings | None:
    """The swings of an outcome; None if it is unknown at the defaults.

    Parameters
    ----------
    ends : float64 (1 + 2 parameters,)
        The outcome at the defaults, then with each parameter at its low and at its high end.
    lucky : float64 (seed,)
        The outcome at the defaults under other seeds.
    """
    middle = float(ends[0])
    if not math.isfinite(middle):
        return None
    found = [
        Swing(p.name, float(ends[1 + 2 * i]), float(ends[2 + 2 * i]))
        for i, p in enumerate(parameters)
        if np.isfinite(ends[1 + 2 * i : 3 + 2 * i]).all()
    ]
    luck = 1.96 * math.sqrt(2.0) * float(lucky.std(ddof=1)) if screening.knows_luck(lucky) else math.nan
    order = sorted(found, key=lambda s: (-max(abs(s.low - middle), abs(s.high - middle)), s.parameter))
    return Swings(middle, tuple(order), luck)


def _largest(run: _Runs, asked: Plan) -> tuple[Parameter, ...]:
    """The parameters with the largest effects along one trajectory, of technicians and of graduates in turn."""
    names = [p.name for p in asked.parameters]
    seed = asked.comparison.scenarios[0].draws.seed
    cube = screening.sample(MORRIS, names, 1, seed)
    outcomes = run.at("first", MORRIS, asked.parameters, cube)
    ranks = np.full(len(names), len(names))
    for outcome in (headline.TECHNICIANS, headline.GRADUATES):
        steps = np.abs(np.diff([point[outcome] for point in outcomes]))
        moved = np.argmax(np.abs(np.diff(cube, axis=0)), axis=1)
        size = np.zeros(len(names))
        size[moved] = steps
        order = np.argsort(-size, kind="stable")
        place = np.empty(len(names), dtype=np.int64)
        place[order] = np.arange(len(names))
        ranks = np.minimum(ranks, place)
    best = np.sort(np.argsort(ranks, kind="stable")[: asked.top])
    return tuple(asked.parameters[i] for i in best)


class _Runs:
    """Runs points, and keeps them; tells how far the whole study is."""

    def __init__(self, asked: Plan, threads: int, watcher: Watcher, stop: Stop) -> None:
        self.asked, self.threads, self.watcher, self.stop = asked, threads, watcher, stop
        self.done: list[tuple[str, dict[str, float], dict[str, float]]] = []
        scenarios = asked.comparison.scenarios
        self.seed = scenarios[0].draws.seed
        self.task = partial(
            headline.evaluate, scenarios, asked.comparison.discount, headline.discount_year(scenarios[0])
        )

    def at(self, what: str, method: str, parameters: Sequence[Parameter], cube: Floats) -> list[dict[str, float]]:
        """Outcomes at the points of a unit cube."""
        values = [
            {p.name: screening.value(method, p, float(u)) for p, u in zip(parameters, row, strict=True)} for row in cube
        ]
        return self._run(what, [(self.seed, own) for own in values])

    def swing(self, parameters: Sequence[Parameter]) -> list[dict[str, float]]:
        """Outcomes at default parameters, and with each of these at either end of its range."""
        ends = [{p.name: screening.value(MORRIS, p, end)} for p in parameters for end in (0.0, 1.0)]
        return self._run("swing", [(self.seed, own) for own in ({}, *ends)])

    def luck(self) -> list[dict[str, float]]:
        """Outcomes at default parameters under other seeds."""
        return self._run("luck", [(seed_of(self.seed, n + 1), {}) for n in range(self.asked.luck)])

    def _run(self, what: str, wanted: Sequence[tuple[int, dict[str, float]]]) -> list[dict[str, float]]:
        catalogue = self.asked.comparison.base.catalogue
        defaults = {name: p.default for name, p in catalogue.parameters.items()}
        defaults |= dict(self.asked.comparison.scenarios[0].parameters)
        draws = [Draw(i, seed, defaults | own) for i, (seed, own) in enumerate(wanted)]
        within = runner.threads_within(self.threads, len(draws))
        task: Any = partial(self.task, within)
        watcher = Part(self.watcher, len(self.done), len(draws), self.asked.points)
        points: list[Point] = runner.run(task, draws, self.threads, watcher, self.stop)
        outcomes = [point.effects[0].values() for point in points]
        self.done += [(what, own, outcome) for (_, own), outcome in zip(wanted, outcomes, strict=True)]
        return outcomes


def write(
    findings: Findings,
    target: Path,
    watcher: Watcher | None = None,
    stop: Stop = never,
    report: Report | None = None,
    seconds: dict[str, float] | None = None,
) -> Path:
    """Write ``sensitivity.json``, ``sensitivity.csv``, ``points.csv``, the manifest and the report, or nothing."""
    (watcher or Silent()).phase("writing the results")
    made = about(findings, seconds or {})
    return write_answer("sensitivity", document(findings), made, target, partial(_tables, findings), stop, report)


def _tables(findings: Findings, directory: Path) -> None:
    _indices(findings, directory / SENSITIVITY_CSV)
    _points(findings, directory / POINTS_CSV)


def document(findings: Findings) -> dict[str, Any]:
    """The answer as ``sensitivity.json`` holds it: with the manifest all that its page is made of."""
    asked = findings.plan
    base, alternative = asked.comparison.scenarios
    return {
        "base": base.name,
        "alternative": alternative.name,
        "period": [base.period.start, base.period.end],
        "method": asked.method,
        "repeats": asked.repeats,
        "seed": base.draws.seed,
        "scale": base.population.scale,
        "runs": len(findings.points),
        "parameters": [p.name for p in findings.parameters],
        "outcomes": [outcome_of(findings, outcome) for outcome in findings.indices],
        "notes": list(findings.notes),
    }


def outcome_of(findings: Findings, outcome: str) -> dict[str, Any]:
    """What a study says of one outcome: the largest index and swing first; None is what is not known.

    ``luck`` is the mu* or ST that luck alone stays below, ``over_sets`` the outcome over the parameter sets.
    """
    found = np.array([own[outcome] for what, _, own in findings.points if what == "study"])
    swings = findings.swings.get(outcome)
    return {
        "outcome": outcome,
        "luck": _known(findings.floors[outcome]),
        "over_sets": dict(zip(("p05", "p50", "p95"), np.quantile(found, (0.05, 0.5, 0.95)).tolist(), strict=True)),
        "indices": [
            {"parameter": index.parameter} | {name: _known(value) for name, value in index.values.items()}
            for index in findings.indices[outcome]
        ],
        "swings": None
        if swings is None
        else {
            "middle": swings.middle,
            "luck": _known(swings.luck),
            "ends": [{"parameter": s.parameter, "low": s.low, "high": s.high} for s in swings.swings],
        },
    }


def _known(value: float) -> float | None:
    """A number, or None where it is not known."""
    return float(value) if math.isfinite(value) else None


def about(findings: Findings, seconds: dict[str, float]) -> dict[str, Any]:
    """The manifest of a study."""
    asked = findings.plan
    base, alternative = asked.comparison.scenarios
    made = manifest_of(base, [], seconds)
    return made | {
        "files": file_names(base, alternative),
        "alternatives": [{"scenario": alternative.resolved(), "scenario_hash": alternative.hash}],
        "discount_rate": asked.comparison.discount,
        "sensitivity": {
            "method": asked.method,
            "repeats": asked.repeats,
            "top": asked.top,
            "asked": asked.named,
            "points": len(findings.points),
            "varied": [p.name for p in findings.parameters],
            "chosen_from": len(asked.parameters),
            "floors": {outcome: _known(limit) for outcome, limit in findings.floors.items()},
        },
        "notes": findings.notes,
    }


def _indices(findings: Findings, path: Path) -> None:
    columns = screening.COLUMNS[findings.plan.method]
    known = {p.name: p for p in findings.parameters}
    method = findings.plan.method
    head = ["outcome", "unit", "rank", "parameter", "mechanism", "parameter_unit", "default", "from", "to", *columns]
    with path.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream, lineterminator="\n")
        swing = ["swing_from", "swing_to", "at_default", "at_swing_from", "at_swing_to", "luck_of_swing"]
        lines.writerow([*head, "floor_of_luck", *swing, "source"])
        for outcome, indices in findings.indices.items():
            swings = findings.swings.get(outcome)
            by_name = {s.parameter: s for s in swings.swings} if swings else {}
            for rank, index in enumerate(indices, 1):
                p = known[index.parameter]
                ends = [f"{screening.value(method, p, end):.6g}" for end in (0.0, 1.0)]
                numbers = [f"{index.values[column]:.6g}" for column in columns]
                limit = findings.floors[outcome]
                lines.writerow(
                    [outcome, headline.OUTCOMES[outcome][1], rank, p.name, p.mechanism, p.unit, f"{p.default:g}",
                     *ends, *numbers, f"{limit:.6g}" if math.isfinite(limit) else "",
                     *_swing_cells(p, swings, by_name.get(p.name)), p.source]
                )  # fmt: skip


def _swing_cells(parameter: Parameter, swings: Swings | None, swing: Swing | None) -> list[str]:
    if swings is None or swing is None:
        return [""] * 6
    ends = (screening.value(MORRIS, parameter, end) for end in (0.0, 1.0))
    luck = f"{swings.luck:.6g}" if math.isfinite(swings.luck) else ""
    return [*(f"{x:.6g}" for x in (*ends, swings.middle, swing.low, swing.high)), luck]


def _points(findings: Findings, path: Path) -> None:
    names = sorted({name for _, own, _ in findings.points for name in own})
    with path.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream, lineterminator="\n")
        lines.writerow(["pass", *headline.OUTCOMES, *names])
        for what, own, outcome in findings.points:
            numbers = [outcome[name] for name in headline.OUTCOMES]
            told = [f"{x:.10g}" if math.isfinite(x) else "" for x in numbers]
            lines.writerow([what, *told, *(f"{own[name]:.10g}" if name in own else "" for name in names)])

"""What volume of a lever, or of levers together, reaches a target in a year; what that costs; or that it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from techsim.experiment import headline, mixes, worlds
from techsim.experiment.answer_files import Report, write_answer, write_rows
from techsim.experiment.study import Clock, Source, Study
from techsim.experiment.watching import Silent, Stop, Watcher, never
from techsim.experiment.worlds import QuestionError, Worlds
from techsim.results import goals
from techsim.results.compared import Compared, variable

if TYPE_CHECKING:
    from techsim.scenario import LeverSetting, Scenario

Floats = worlds.Floats
STEPS = 6
"""Steps of the first round, from none to the farthest volume, up and, of a lever that may take away, down; they grow,
as small volumes are asked about most."""
FINER = (0.25, 0.5, 0.75)
"""Where the second round looks between the two neighbours that have the target between them."""


@dataclass(frozen=True)
class Goal:
    """A question ready to be answered.

    Parameters
    ----------
    study : Study
        Its period ends with ``year``.
    levers : tuple of str
        One lever, whose ``amount`` is its volume; or several, whose ``amount`` is the factor on the volumes that the
        scenario sets, each volume up to its bound.
    """

    study: Study
    levers: tuple[str, ...]
    spec: Compared
    target: float
    year: int
    rate: float

    @property
    def mix(self) -> bool:
        """Whether the amount is a factor."""
        return len(self.levers) > 1

    @property
    def ends(self) -> tuple[float, float]:
        """The smallest and the largest amount: the lever's bounds, none between them; or none, and the factor at which
        the last lever reaches its bound."""
        if not self.mix:
            low, high = worlds.bounds(self.study.catalogue, self.levers[0])
            return min(low, 0.0), high
        return 0.0, max(self._bound(name) / self.set_volume(name) for name in self.levers)

    @property
    def slug(self) -> str:
        """Name of the folder of results."""
        levers = "_".join(self.levers) if len(self.levers) < 4 else f"{len(self.levers)}_levers"
        return f"goal_{self.study.scenario.slug}_{levers}_{self.spec.name}_{self.year}"

    def set_volume(self, name: str) -> float:
        """The volume that the scenario sets for a lever, or its default."""
        return float(self._setting(name).fields.volume)  # type: ignore[attr-defined]

    def volumes(self, amount: float) -> dict[str, float]:
        """The volume of each lever at an amount."""
        if not self.mix:
            return {self.levers[0]: amount}
        scaled = {name: 0.0 + amount * self.set_volume(name) for name in self.levers}  # none is 0, never -0
        return {name: min(volume, self._bound(name), key=abs) for name, volume in scaled.items()}

    def scenario(self, amount: float) -> Scenario:
        """The world at an amount."""
        settings = [self._setting(name, volume=volume) for name, volume in self.volumes(amount).items()]
        return worlds.with_levers(self.study.scenario, f"{'factor' if self.mix else 'volume'} {amount:.6g}", settings)

    def execute(
        self, threads: int = 1, watcher: Watcher | None = None, stop: Stop = never
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """The answer as ``goal.json`` holds it, and the manifest; Stopped if ``stop`` says so."""
        watcher, clock = watcher or Silent(), Clock()
        catalogue, only = self.study.catalogue, (variable(self.spec),)
        low, high = self.ends
        amounts = np.array([0.0, *(end * (k / STEPS) ** 2 for end in (high, low) if end for k in range(1, STEPS + 1))])
        with clock.phase("simulate", watcher, f"simulating {amounts.size} volumes"):
            first = worlds.run([self.scenario(float(x)) for x in amounts], catalogue, threads, watcher, stop, only)
        values, spending = first.level(self.spec, self.year), first.spending()
        if not np.isfinite(values).all():
            raise QuestionError(f"--target {self.spec.name}: nothing is known of it by {self.year}")
        way = self._way(float(values[0].mean()))
        sign = goals.side(amounts, values.mean(axis=1), self.target, way)
        of_side = goals.outwards(amounts, sign)
        between = goals.bracket(np.abs(amounts[of_side]), values[of_side].mean(axis=1), self.target, way)
        if between is not None:
            more = np.array([sign * (between[0] + (between[1] - between[0]) * part) for part in FINER])
            with clock.phase("refine", watcher, f"simulating {more.size} volumes near the target"):
                second = worlds.run([self.scenario(float(x)) for x in more], catalogue, threads, watcher, stop, only)
            values = np.concatenate([values, second.level(self.spec, self.year)])
            spending = np.concatenate([spending, second.spending()])
            amounts = np.concatenate([amounts, more])
        base_year = headline.discount_year(self.study.scenario)
        cost = worlds.discounted(first.years, spending, self.year, base_year, self.rate)
        order = np.argsort(amounts)
        document = self._document(first, amounts[order], values[order], cost[order], way, sign, base_year)
        return document, worlds.described(first.scenarios, first.records, clock.seconds)

    def _setting(self, name: str, **fields: Any) -> LeverSetting:
        return worlds.setting(self.study.scenario, self.study.catalogue, name, **fields)

    def _bound(self, name: str) -> float:
        """How far a lever of a mix goes, up or down as the scenario has it."""
        low, high = worlds.bounds(self.study.catalogue, name)
        return high if self.set_volume(name) > 0.0 else low

    def _way(self, without: float) -> int:
        """1 if the target is to be exceeded, -1 if undercut: what policy wants, or, where neither, away from now."""
        return self.spec.better or (1 if self.target >= without else -1)

    def _document(
        self, first: Worlds, amounts: Floats, values: Floats, cost: Floats, way: int, sign: int, base_year: int
    ) -> dict[str, Any]:
        from techsim import __version__

        scenario, spec = self.study.scenario, self.spec
        of_side, mean = goals.outwards(amounts, sign), values.mean(axis=1)
        far, along = np.abs(amounts[of_side]), values[of_side]
        needed = np.array([goals.crossing(far, along[:, d], self.target, way) for d in range(along.shape[1])])
        found = goals.crossing(far, mean[of_side], self.target, way)
        reached = bool(np.isfinite(found))
        shown = sign * found if reached else float(amounts[of_side[int(np.argmax(way * mean[of_side]))]])
        answer = {
            "reached": reached,
            "without_it": bool(reached and found == 0.0),
            "amount": shown,
            "volumes": self.volumes(shown),
            "level": worlds.spread(_at(amounts, values, shown)),
            "cost": worlds.spread(_at(amounts, cost, shown)),
            "draws_that_reach_it_at_some_amount": float(goals.meets(values, self.target, way).any(axis=0).mean()),
            "draws_that_reach_it_this_way": float(np.isfinite(needed).mean()),
            "amount_by_draw": [_signed(None if np.isnan(x) else float(x), sign) for x in needed],
            "amount_quantiles": {
                f"p{int(100 * q):02d}": _signed(goals.quantile(needed, q), sign) for q in (0.05, 0.5, 0.95)
            },
        }
        return {
            "question": "goal",
            "techsim_version": __version__,
            "scenario": scenario.name,
            "indicator": spec.name,
            "long_name": spec.long_name,
            "unit": spec.unit,
            "target": self.target,
            "at_least": way > 0,
            "year": self.year,
            "of_school_year": f"{self.year - 1}/{self.year % 100:02d}" if spec.ends else None,
            "amount_is": "factor" if self.mix else "volume",
            "levers": [self._lever(name) for name in self.levers],
            "smallest": self.ends[0],
            "largest": self.ends[1],
            "draws": len(first.records),
            "seed": scenario.draws.seed,
            "scale": scenario.population.scale,
            "parameters": scenario.parameter_source,
            "discount_rate": self.rate,
            "discounted_to": base_year,
            "answer": answer,
            "worlds": [
                {
                    "amount": float(x),
                    "volumes": self.volumes(float(x)),
                    "level": worlds.spread(values[k]),
                    "draws_that_reach_it": float(goals.meets(values[k], self.target, way).mean()),
                    "cost": worlds.spread(cost[k]),
                }
                for k, x in enumerate(amounts)
            ],
        }

    def _lever(self, name: str) -> dict[str, Any]:
        fields = self._setting(name).fields.model_dump(mode="json")
        unit = mixes.unit_of_volume(self.study.catalogue.levers[name].fields)
        return {"name": name, "largest": worlds.bounds(self.study.catalogue, name)[1], "unit": unit, "fields": fields}


def prepare(
    study: Study,
    levers: Sequence[str],
    target: str,
    year: int,
    draws: int | None = None,
    seed: int | None = None,
    scale: int | None = None,
    discount: float | None = None,
    parameters: Source | None = None,
) -> Goal:
    """Put the question to a scenario; without ``levers`` about those that the scenario's own file sets.

    Raises
    ------
    QuestionError
        If it cannot be put: no such lever, indicator or year.
    ScenarioError
        If an option is out of bounds.
    """
    rate = worlds.rate_of(discount)
    name, value = read_target(target)
    spec = worlds.indicator(name)
    require_within(spec, value, target)
    study = study.with_options(draws=draws, seed=seed, scale=scale, parameters=parameters)
    study = Study(worlds.until(study.scenario, year), study.catalogue)
    asked = tuple(dict.fromkeys(levers)) or _own(study.scenario)
    goal = Goal(study, asked, spec, value, year, rate)
    for lever in asked:
        fields: Any = worlds.setting(study.scenario, study.catalogue, lever).fields
        if fields.start is not None and fields.start > f"{year}-12":
            raise QuestionError(
                f"--lever {lever}: it starts in {fields.start}, after {year}; take a later --year, or a scenario that "
                "sets it with an earlier start"
            )
        if goal.mix and goal.set_volume(lever) == 0.0:
            raise QuestionError(f"--lever {lever}: a mix scales the volumes of the scenario, and this one is 0")
    return goal


def read_target(text: str) -> tuple[str, float]:
    """``NAME=VALUE`` in parts; 40% is 0.4. QuestionError if it is not written so."""
    name, equals, value = (part.strip() for part in text.partition("="))
    try:
        number = float(value.removesuffix("%")) / (100.0 if value.endswith("%") else 1.0)
    except ValueError:
        number = float("nan")
    if not (name and equals and np.isfinite(number)):
        raise QuestionError(f"--target {text}: write NAME=VALUE, such as technical_graduate_share=0.40")
    return name, number


def require_within(spec: Compared, value: float, text: str) -> None:
    """QuestionError if a target is one that its indicator can never have: of a share, outside 0 to 1."""
    if spec.unit == "share" and not 0.0 <= value <= 1.0:
        meant = f"; write {value / 100:.2f} or {value:g}%" if 1.0 < value <= 100.0 else ""
        raise QuestionError(f"--target {text}: {spec.name} is a share, between 0 and 1{meant}")
    if value < 0.0:
        raise QuestionError(f"--target {text}: {spec.name} is never below 0")


def write(
    document: dict[str, Any],
    made: dict[str, Any],
    target: Path,
    stop: Stop = never,
    report: Report | None = None,
) -> Path:
    """Write ``goal.json``, ``goal.csv``, the manifest and, with ``report``, the page: whole or not at all."""
    tables = partial(write_rows, "goal", rows(document), made)
    return write_answer("goal", document, made, target, tables, stop, report)


def rows(document: dict[str, Any]) -> list[list[Any]]:
    """``goal.csv``: a head, and a row for each amount that was simulated."""
    levers = [lever["name"] for lever in document["levers"]]
    parts = ("mean", "p05", "p50", "p95")
    head = [document["amount_is"], *([f"volume_{name}" for name in levers] if len(levers) > 1 else [])]
    head += [f"{document['indicator']}_{part}" for part in parts]
    head += ["draws_that_reach_it", *(f"cost_{part}" for part in parts)]
    lines: list[list[Any]] = [head]
    for world in document["worlds"]:
        line = [world["amount"], *(world["volumes"].values() if len(levers) > 1 else [])]
        line += [world["level"][part] for part in parts]
        lines.append([*line, world["draws_that_reach_it"], *(world["cost"][part] for part in parts)])
    return lines


def _own(scenario: Scenario) -> tuple[str, ...]:
    """The levers that the scenario's own file sets, not those of what it extends."""
    own = {
        path.split(".")[1]
        for path, place in scenario.sources.items()
        if path.startswith("levers.") and place.file == (scenario.files[-1] if scenario.files else "")
    }
    found = tuple(lever.name for lever in scenario.levers if lever.name in own)
    if not found:
        raise QuestionError(f"{scenario.name!r} sets no lever in its own file: name one with --lever")
    return found


def _signed(distance: float | None, sign: int) -> float | None:
    """The amount that lies so far from none on that side; none is 0, never -0."""
    return None if distance is None else 0.0 + sign * distance


def _at(amounts: Floats, values: Floats, amount: float) -> Floats:
    """Values by draw at an amount, straight between those simulated; float64 (draw,)."""
    return np.array([float(np.interp(amount, amounts, values[:, d])) for d in range(values.shape[1])])

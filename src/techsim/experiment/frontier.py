"""The frontier: the mixes of levers within a budget that no other beats in cost and certain effect."""

from __future__ import annotations

import csv
import importlib.util
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from techsim.experiment import headline, mixes, runner
from techsim.experiment.answer_files import Report, write_answer
from techsim.experiment.draws import plan as plan_draws
from techsim.experiment.headline import Effects, Point
from techsim.experiment.mixes import Choice, FrontierError
from techsim.experiment.searching import BATCH, Search, Trial
from techsim.experiment.study import file_names, manifest_of
from techsim.experiment.watching import Silent, Stop, Watcher, never
from techsim.results.money import DISCOUNT

if TYPE_CHECKING:
    from techsim.experiment.study import Source, Study
    from techsim.scenario import Scenario

SCALE, DRAWS, TRIALS = 400, 20, 64
"""Of the search, unless asked otherwise."""
CERTAINTY = 0.9
"""The effect that is reached or passed with this certainty, see :func:`certain`."""
ENOUGH = 9
"""Draws from which on another one reaches the lowest with that certainty; of fewer no effect has it."""
OTHER_LUCK = 1_000_003
"""What the seed of the confirmation is beyond that of the search, so that no draw of one is a draw of the other."""
LARGEST_SEED = 2**32 - 1
FRONTIER_CSV, TRIALS_CSV = "frontier.csv", "trials.csv"
CONFIRMED_CSV = "parameters_confirmed.csv"
"""The parameters of the draws that confirm; ``parameters.csv`` has those of the search."""


@dataclass(frozen=True)
class Plan:
    """A search before it runs; ``full`` is the study at its own scale and other luck, which confirms the front."""

    study: Study
    full: Study
    chosen: tuple[Choice, ...]
    budget: float
    trials: int
    discount: float
    base_year: int
    start: str

    @property
    def slug(self) -> str:
        """Name of the folder of results."""
        return f"frontier_of_{self.study.scenario.slug}"

    @property
    def cost(self) -> str:
        """What the search takes, in words."""
        scenario = self.study.scenario
        return (
            f"{self.trials} mixes of {len(self.chosen)} levers, {scenario.draws.number} draws each, "
            f"at scale 1:{scenario.population.scale}"
        )

    @property
    def fingerprint(self) -> dict[str, Any]:
        """What decides the results of a trial."""
        from techsim import __version__

        down = {x.name: x.far for x in self.chosen if x.far < x.base}
        return {
            "techsim": __version__,
            "scenario": self.study.scenario.hash,
            "budget": self.budget,
            "discount": self.discount,
            "certain": "k-th lowest draw",
            "levers": {x.name: x.fields.model_dump(mode="json") for x in self.chosen},
        } | ({"down to": down} if down else {})


@dataclass(frozen=True)
class Mix:
    """A mix and what comes of it: euro, and persons over draws; ``confirmed`` the same at the scenario's own scale."""

    trial: int
    volumes: tuple[float, ...]
    cost: float
    certain: float
    technicians: float
    graduates: float
    within: bool
    confirmed: Mapping[str, float] = field(default_factory=dict)
    holds: bool = False
    """Whether no other confirmed mix, nor doing nothing, beats what was confirmed of this one."""


NOTHING = -1
"""Number of the mix of no lever at all, which costs and brings nothing."""


@dataclass(frozen=True)
class Frontier:
    """What a search found: all mixes tried, and the places of those on the front among ``(nothing, *tried)``."""

    plan: Plan
    prices: Mapping[str, float]
    tried: tuple[Mix, ...]
    front: tuple[Mix, ...]

    @property
    def confirmed(self) -> bool:
        """Whether mixes of the front were run again with other luck."""
        return any(mix.confirmed for mix in self.front)


def plan(
    study: Study,
    budget: float,
    levers: Sequence[str] | None = None,
    trials: int = TRIALS,
    start: str | None = None,
    draws: int | None = None,
    scale: int | None = None,
    seed: int | None = None,
    discount: float = DISCOUNT,
    parameters: Source | None = None,
) -> Plan:
    """Check what is asked.

    Raises
    ------
    FrontierError, ScenarioError
        If it cannot be done.
    """
    if importlib.util.find_spec("optuna") is None:
        raise FrontierError('the search needs optuna: install it with: pip install "techsim[policy]"')
    if not (math.isfinite(budget) and budget > 0):
        raise FrontierError(f"--budget: {budget:g} is not a positive amount of euro")
    if trials < 1:
        raise FrontierError(f"--trials: {trials} is not at least 1")
    study = study.with_options(parameters=parameters)
    number = DRAWS if draws is None else draws
    coarse = study.with_options(draws=number, scale=SCALE if scale is None else scale, seed=seed)
    other = (coarse.scenario.draws.seed + OTHER_LUCK) % (LARGEST_SEED + 1)
    full = study.with_options(draws=max(number, study.scenario.draws.number), seed=other)
    chosen = mixes.choices(coarse.scenario, coarse.catalogue, levers, start)
    if not chosen:
        raise FrontierError("--levers: no lever is left to search")
    return Plan(
        coarse,
        full,
        chosen,
        budget,
        trials,
        discount,
        headline.discount_year(coarse.scenario),
        start or mixes.START,
    )


def open_study(asked: Plan, path: Path) -> Search:
    """The study's file, made or taken up."""
    seed = asked.study.scenario.draws.seed
    return Search(path, [choice.name for choice in asked.chosen], asked.fingerprint, seed)


def execute(
    asked: Plan,
    search: Search,
    threads: int = 1,
    confirm: bool = True,
    watcher: Watcher | None = None,
    stop: Stop = never,
) -> Frontier:
    """Search on until the trials are done; Stopped if ``stop`` says so, with what is finished kept in the study."""
    watcher = watcher or Silent()
    run = partial(_run, asked, threads=threads, watcher=watcher, stop=stop)
    prices = search.prices
    if prices is None:
        watcher.phase(f"measuring what {len(asked.chosen)} levers cost")
        prices = _prices(asked, run)
        search.price(prices)

    def evaluate(points: Sequence[tuple[float, Sequence[float]]]) -> list[dict[str, Any]]:
        amounts = [mixes.volumes(asked.chosen, prices, asked.budget, share, weights) for share, weights in points]
        found = run(asked.study, [tuple(float(v) for v in volumes) for volumes in amounts])
        return [
            summary(effects) | {"volumes": [float(v) for v in volumes]}
            for volumes, effects in zip(amounts, found, strict=True)
        ]

    began: list[tuple[float, int]] = []

    def told(done: int) -> None:
        began.append((time.monotonic(), done))
        left = ""
        if done > began[0][1] and done < asked.trials:
            each = (began[-1][0] - began[0][0]) / (done - began[0][1])
            left = f", some {math.ceil(each * (asked.trials - done) / 60)} min left"
        watcher.phase(f"searching: {done} of {asked.trials} mixes are run{left}")

    search.run(asked.trials, evaluate, told)
    tried = tuple(_mix(trial, asked.budget) for trial in search.trials())
    best = front_of(tried, [choice.base for choice in asked.chosen])
    if confirm:
        watcher.phase(f"confirming {len(best)} mixes at scale 1:{asked.full.scenario.population.scale}")
        best = _confirmed(asked, best, run)
    return Frontier(asked, prices, tried, best)


def summary(effects: Sequence[Effects]) -> dict[str, float]:
    """What is kept of a mix over its draws."""
    technicians = np.array([x.technicians for x in effects])
    return {
        "cost": float(np.mean([x.cost for x in effects])),
        "certain": certain(technicians),
        "technicians": float(technicians.mean()),
        "graduates": float(np.mean([x.technical_graduates for x in effects])),
    }


def certain(values: npt.NDArray[np.float64]) -> float:
    """What one more draw would reach with a chance of ``CERTAINTY`` [of 0.9], as far as these draws can tell.

    The k-th lowest of n draws, k = max(1, floor((n + 1) / 10)): another draw of the same kind reaches it with a chance
    of 1 - k / (n + 1), 90.5 % with the usual 20. With fewer than nine it is the lowest, and the chance below 90 %.

    Parameters
    ----------
    values : float64 (draw,)
    """
    return float(np.sort(values)[_rank(values.size) - 1])


def chance(draws: int) -> float:
    """With what chance another draw reaches what :func:`certain` says of so many: 1 - k / (n + 1)."""
    return 1.0 - _rank(draws) / (draws + 1)


def _rank(draws: int) -> int:
    return max(1, math.floor((draws + 1) * (1.0 - CERTAINTY) + 1e-9))


def front_of(tried: Sequence[Mix], base: Sequence[float]) -> tuple[Mix, ...]:
    """The mixes within the budget that none beats, by cost; doing nothing included, which has the volumes ``base``."""
    everything = (Mix(NOTHING, tuple(base), 0.0, 0.0, 0.0, 0.0, True), *tried)
    places = mixes.front([x.cost for x in everything], [x.certain for x in everything], [x.within for x in everything])
    return tuple(everything[i] for i in places)


def _mix(trial: Trial, budget: float) -> Mix:
    v = trial.values
    within = v["cost"] <= budget
    return Mix(trial.number, tuple(v["volumes"]), v["cost"], v["certain"], v["technicians"], v["graduates"], within)


def _prices(asked: Plan, run: Callable[..., list[list[Effects]]]) -> dict[str, float]:
    """Euro per unit of volume, up or down, of each lever alone, at the volume of its fields, in one draw."""
    one = asked.study.with_options(draws=1)
    alone = []
    for i, choice in enumerate(asked.chosen):
        volumes = [other.base for other in asked.chosen]
        volumes[i] = choice.far if choice.base != 0.0 else float(choice.fields.volume)
        alone.append(volumes)
    found: dict[str, float] = {}
    for i, (choice, effects) in enumerate(zip(asked.chosen, run(one, alone), strict=True)):
        more = abs(alone[i][i] - choice.base)
        found[choice.name] = effects[0].cost / more if more > 0.0 else 0.0
    return found


def _run(
    asked: Plan,
    study: Study,
    wanted: Sequence[Sequence[float]],
    threads: int,
    watcher: Watcher,
    stop: Stop,
) -> list[list[Effects]]:
    """Effects by mix and draw; in batches, each of which runs the baseline and the common past once per draw."""
    found: list[list[Effects]] = []
    draws = plan_draws(study.scenario, study.catalogue)
    within = runner.threads_within(threads, len(draws))
    for begin in range(0, len(wanted), BATCH):
        batch = wanted[begin : begin + BATCH]
        scenarios: list[Scenario] = [study.scenario]
        scenarios += [mixes.mixed(study.scenario, asked.chosen, v, f"mix {i}") for i, v in enumerate(batch, 1)]
        task: Any = partial(headline.evaluate, scenarios, asked.discount, asked.base_year, within)
        points: list[Point] = runner.run(task, draws, threads, watcher, stop)
        found += [[point.effects[i] for point in points] for i in range(len(batch))]
    return found


def _confirmed(asked: Plan, best: Sequence[Mix], run: Callable[..., list[list[Effects]]]) -> tuple[Mix, ...]:
    real = [mix for mix in best if mix.trial != NOTHING]
    found = dict(zip([m.trial for m in real], run(asked.full, [m.volumes for m in real]), strict=True)) if real else {}
    return held([replace(m, confirmed=summary(found[m.trial])) if m.trial in found else m for m in best], asked.budget)


def held(best: Sequence[Mix], budget: float) -> tuple[Mix, ...]:
    """The mixes of a front, marked where they are still on it, and within the budget, by what was confirmed; doing
    nothing always is known."""
    cost = [mix.confirmed.get("cost", mix.cost) for mix in best]
    effect = [mix.confirmed.get("certain", mix.certain) for mix in best]
    known = [bool(mix.confirmed) or mix.trial == NOTHING for mix in best]
    still = set(mixes.front(cost, effect, [k and c <= budget for k, c in zip(known, cost, strict=True)]))
    return tuple(replace(mix, holds=i in still) for i, mix in enumerate(best))


def write(
    found: Frontier,
    target: Path,
    watcher: Watcher | None = None,
    stop: Stop = never,
    report: Report | None = None,
    seconds: dict[str, float] | None = None,
) -> Path:
    """Write ``frontier.json``, ``frontier.csv``, ``trials.csv``, the manifest and the report, whole or not at all.

    And the parameters by draw, where draws differ in them.
    """
    (watcher or Silent()).phase("writing the results")
    made = about(found, seconds or {})
    return write_answer("frontier", document(found), made, target, partial(_tables, found), stop, report)


def _tables(found: Frontier, directory: Path) -> None:
    """The front, all that was tried, and what parameters the draws of both had."""
    from techsim.results import parameter_table

    _table(found, found.front, directory / FRONTIER_CSV, confirmed=True)
    _table(found, found.tried, directory / TRIALS_CSV)
    drawn_in = [(found.plan.study, parameter_table.PARAMETERS_CSV)]
    drawn_in += [(found.plan.full, CONFIRMED_CSV)] if found.confirmed else []
    for study, name in drawn_in:
        if study.scenario.parameter_source != parameter_table.SAME:
            drawn = plan_draws(study.scenario, study.catalogue)
            parameter_table.write_csv([(draw.seed, draw.parameters) for draw in drawn], directory / name)


def document(found: Frontier) -> dict[str, Any]:
    """The answer as ``frontier.json`` holds it: with the manifest all that its page is made of.

    Mixes as in :class:`Mix`, volumes in the order of ``levers``; trial -1 is doing nothing.
    """
    asked, scenario = found.plan, found.plan.study.scenario
    return {
        "scenario": scenario.name,
        "period": [scenario.period.start, scenario.period.end],
        "parameters": scenario.parameter_source,
        **_luck(asked.study),
        "confirmed_with": _luck(asked.full) if found.confirmed else None,
        "budget": asked.budget,
        "discount_rate": asked.discount,
        "discounted_to": asked.base_year,
        "levers": [{"name": x.name, "unit": x.unit, "base": x.base} for x in asked.chosen],
        "front": [asdict(mix) for mix in found.front],
        "tried": [asdict(mix) for mix in found.tried],
    }


def _luck(study: Study) -> dict[str, int]:
    """How many people and what luck: draws, seed, scale."""
    scenario = study.scenario
    return {
        "draws": scenario.draws.number,
        "seed": scenario.draws.seed,
        "scale": scenario.population.scale,
    }


def about(found: Frontier, seconds: dict[str, float]) -> dict[str, Any]:
    """The manifest of a search."""
    asked, scenario = found.plan, found.plan.study.scenario
    made = manifest_of(scenario, [], seconds)
    return made | {
        "files": file_names(scenario),
        "draws": scenario.draws.number,
        "confirmed_with": _luck(asked.full) if found.confirmed else None,
        "discount_rate": asked.discount,
        "frontier": {
            "budget": asked.budget,
            "trials": len(found.tried),
            "start": asked.start,
            "discounted_to": asked.base_year,
            "levers": {x.name: x.fields.model_dump(mode="json") for x in asked.chosen},
            "euro_per_unit_of_volume": dict(found.prices),
        },
    }


def _table(found: Frontier, rows: Sequence[Mix], path: Path, confirmed: bool = False) -> None:
    names = [choice.name for choice in found.plan.chosen]
    keys = ("cost", "certain", "technicians", "graduates")
    extra = ["holds", *(f"confirmed_{key}" for key in keys)] if confirmed else []
    with path.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream, lineterminator="\n")
        lines.writerow(
            ["trial", *extra, "cost_euro", "technicians_90_percent_certain", "technicians_mean",
             "technical_graduates_mean", "within_budget", *names]
        )  # fmt: skip
        for mix in rows:
            numbers = [f"{x:.10g}" for x in (mix.cost, mix.certain, mix.technicians, mix.graduates)]
            more: list[str | int] = []
            if confirmed:
                more = [int(mix.holds), *(f"{mix.confirmed[k]:.10g}" for k in keys)] if mix.confirmed else [""] * 5
            lines.writerow(
                ["none" if mix.trial == NOTHING else mix.trial, *more, *numbers, int(mix.within),
                 *(f"{v:.6g}" for v in mix.volumes)]
            )  # fmt: skip

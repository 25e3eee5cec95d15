"""A connector to the EMA workbench, for scenario discovery and robust decision making (optional extra ``ema``).

>>> from ema_workbench import SequentialEvaluator
>>> model = ema.model(techsim.load("scenarios/baseline.yaml"), ["teachers."], ["teacher_grants"])  # doctest: +SKIP
>>> with SequentialEvaluator(model) as evaluator:  # doctest: +SKIP
...     experiments, outcomes = evaluator.perform_experiments(scenarios=100, policies=4)

Uncertainties run over the central 90 % of each parameter's prior; levers from the volume that the scenario has (none,
if it has it not) to the largest that the lever's field allows, or the smallest, of a lever that takes away; outcomes
are the headline effects against the scenario as it is, under the same parameters, people and luck, as means over its
draws. The workbench samples ranges evenly and asks where in them a policy fails: that is exploring what may be, not the
prior's probability.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from techsim.experiment import headline, mixes, screening
from techsim.experiment.draws import plan
from techsim.experiment.watching import never
from techsim.results.money import DISCOUNT

if TYPE_CHECKING:
    from techsim.declarations import Parameter
    from techsim.experiment.draws import Draw
    from techsim.experiment.mixes import Choice
    from techsim.experiment.study import Study
    from techsim.scenario import Scenario

SCALE = 400
"""Residents per simulated person unless asked otherwise: explorations take thousands of runs."""
OUTCOMES = (headline.TECHNICIANS, headline.GRADUATES, headline.COST)
DOT = "__"
"""Stands for the dot of a parameter's name, as names of the workbench are Python's."""


@dataclass(frozen=True)
class Connected:
    """techsim as a function of numbers: parameters and volumes in, effects out. Can be pickled for the workbench's
    evaluators that use processes.

    Parameters
    ----------
    parameters : tuple of Parameter
        The uncertainties.
    chosen : tuple of Choice
        The levers.
    draws : tuple of Draw
        Those of the scenario, over which outcomes are averaged.
    """

    scenario: Scenario
    parameters: tuple[Parameter, ...]
    chosen: tuple[Choice, ...]
    draws: tuple[Draw, ...]
    base_year: int
    discount: float = DISCOUNT
    threads: int = 1

    @property
    def uncertainties(self) -> dict[str, tuple[float, float]]:
        """Ranges by name, ``group__parameter``."""
        return {
            python_name(p.name): (screening.value(screening.MORRIS, p, 0.0), screening.value(screening.MORRIS, p, 1.0))
            for p in self.parameters
        }

    @property
    def levers(self) -> dict[str, tuple[float, float]]:
        """Ranges of volumes by lever."""
        return {x.name: (min(x.base, x.far), max(x.base, x.far)) for x in self.chosen}

    def __call__(self, **values: float) -> dict[str, float]:
        """Run the scenario and the mix.

        Parameters
        ----------
        values : float
            By the names of ``uncertainties`` and ``levers``; defaults, and what the scenario has, for those left out.

        Returns
        -------
        dict
            ``technicians``, ``technical_graduates`` [persons] and ``cost`` [euro].
        """
        unknown = sorted(set(values) - set(self.uncertainties) - set(self.levers))
        if unknown:
            raise TypeError(f"unknown {', '.join(unknown)}; there are {', '.join([*self.uncertainties, *self.levers])}")
        volumes = [float(values.get(choice.name, choice.base)) for choice in self.chosen]
        scenarios = [self.scenario, mixes.mixed(self.scenario, self.chosen, volumes, "mix")]
        own = {p.name: float(values[python_name(p.name)]) for p in self.parameters if python_name(p.name) in values}
        found = [self._effects(scenarios, draw, own) for draw in self.draws]
        return {name: float(np.mean([effects.values()[name] for effects in found])) for name in OUTCOMES}

    def _effects(self, scenarios: Sequence[Scenario], draw: Draw, own: Mapping[str, float]) -> headline.Effects:
        from dataclasses import replace

        changed = replace(draw, parameters={**draw.parameters, **own})
        point = headline.evaluate(
            scenarios, self.discount, self.base_year, self.threads, changed, lambda done, total: None, never
        )
        return point.effects[0]


def connect(
    study: Study,
    parameters: Sequence[str] | None = None,
    levers: Sequence[str] | None = None,
    start: str | None = None,
    scale: int | None = None,
    draws: int | None = None,
    threads: int = 1,
) -> Connected:
    """The function of a scenario; needs no workbench.

    Parameters
    ----------
    parameters : sequence of str, optional
        Names, or beginnings that end in a dot; all that the scenario does not set.
    levers : sequence of str, optional
        All that the scenario has not and that exclude no other.
    start : str, optional
        First month of levers that the scenario has not; see :data:`techsim.experiment.mixes.START`.

    Raises
    ------
    SensitivityError, FrontierError, ScenarioError
        If a name is unknown or an option out of bounds.
    """
    chosen_study = study.with_options(draws=draws, scale=SCALE if scale is None else scale)
    scenario, catalogue = chosen_study.scenario, chosen_study.catalogue
    varied = screening.choose(catalogue.parameters, list(scenario.parameters), parameters)
    chosen = mixes.choices(scenario, catalogue, levers, start)
    year = headline.discount_year(scenario)
    return Connected(scenario, varied, chosen, plan(scenario, catalogue), year, threads=threads)


def model(
    study: Study,
    parameters: Sequence[str] | None = None,
    levers: Sequence[str] | None = None,
    **options: Any,
) -> Any:
    """An ``ema_workbench.Model`` with uncertainties, levers and outcomes; arguments as of :func:`connect`.

    Raises
    ------
    ModuleNotFoundError
        If the workbench is not installed.
    """
    if importlib.util.find_spec("ema_workbench") is None:
        raise ModuleNotFoundError('the EMA workbench is not installed: pip install "techsim[ema]"')
    from ema_workbench import Model, RealParameter, ScalarOutcome

    function = connect(study, parameters, levers, **options)
    made = Model("techsim", function=function)
    made.uncertainties = [RealParameter(name, *ends) for name, ends in function.uncertainties.items()]
    made.levers = [RealParameter(name, *ends) for name, ends in function.levers.items() if ends[0] < ends[1]]
    wanted = {headline.COST: ScalarOutcome.MINIMIZE}
    made.outcomes = [ScalarOutcome(name, kind=wanted.get(name, ScalarOutcome.MAXIMIZE)) for name in OUTCOMES]
    return made


def python_name(name: str) -> str:
    """A parameter's name as the workbench has it."""
    return name.replace(".", DOT)

"""The search for the best mixes, kept in a file: any number of calls go on where the last one ended.

Trials are asked for and run in batches, so that a batch shares the baseline and the common past. What is asked for
depends on the finished trials alone: a search that was stopped gives the same trials as one that was not.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from techsim.experiment.mixes import FrontierError

if TYPE_CHECKING:
    import optuna

SHARE = "share_of_budget"
NAME = "techsim frontier"
BATCH = 8
FINGERPRINT, PRICES = "fingerprint", "prices"
Values = Mapping[str, Any]
Evaluate = Callable[[Sequence[tuple[float, Sequence[float]]]], Sequence[Values]]
"""Shares of the budget and weights of a batch to what is kept of each: at least ``cost`` and ``certain``."""


@dataclass(frozen=True)
class Trial:
    """A mix that was run: share of the budget, weights by lever, and what came of it."""

    number: int
    share: float
    weights: tuple[float, ...]
    values: Values


class Search:
    """A study in a file.

    Parameters
    ----------
    path : Path
        The file; made if it is not there.
    levers : sequence of str
    fingerprint : mapping
        What decides results; a file of another search is refused.

    Raises
    ------
    FrontierError
        If the file is no study, or another search's.
    """

    def __init__(self, path: Path, levers: Sequence[str], fingerprint: Mapping[str, Any], seed: int) -> None:
        import optuna

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        logging.getLogger("alembic").setLevel(logging.ERROR)
        self.path, self.levers, self.seed = path, tuple(levers), seed
        fresh = not path.exists()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.study = optuna.create_study(
                storage=f"sqlite:///{path}", study_name=NAME, directions=["minimize", "maximize"], load_if_exists=True
            )
        except Exception as error:
            raise FrontierError(f"--study: {path} cannot be used as a study: {type(error).__name__}") from error
        said = json.dumps(fingerprint, sort_keys=True)
        if fresh or FINGERPRINT not in self.study.user_attrs:
            self.study.set_user_attr(FINGERPRINT, said)
        elif self.study.user_attrs[FINGERPRINT] != said:
            before = json.loads(self.study.user_attrs[FINGERPRINT])
            other = sorted(key for key in {*before, *fingerprint} if before.get(key) != fingerprint.get(key))
            raise FrontierError(
                f"--study: {path} is of another search (different: {', '.join(other)}); give another file, or remove it"
            )
        self._take_up()

    @property
    def prices(self) -> dict[str, float] | None:
        """Euro per unit of volume by lever, once measured."""
        return self.study.user_attrs.get(PRICES)

    def price(self, prices: Mapping[str, float]) -> None:
        """Keep the prices."""
        self.study.set_user_attr(PRICES, dict(prices))

    def trials(self) -> list[Trial]:
        """The finished trials, by number."""
        return [self._trial(t) for t in self._in("COMPLETE")]

    def run(self, wanted: int, evaluate: Evaluate, told: Callable[[int], None]) -> None:
        """Go on until ``wanted`` trials are finished.

        Parameters
        ----------
        told : callable
            Is told how many are finished, after each batch and at the start.
        """
        while (done := len(self._in("COMPLETE"))) < wanted:
            told(done)
            size = min(BATCH, wanted - done)
            alone = self.alone()[done : done + size]
            if alone:
                for point, values in zip(alone, evaluate(alone), strict=True):
                    self._add(point, values)
            else:
                self._batch(size, done, evaluate)
        told(done)

    def alone(self) -> list[tuple[float, tuple[float, ...]]]:
        """The first points: the whole budget and half of it for each lever alone."""
        levers = range(len(self.levers))
        return [(share, tuple(float(i == one) for i in levers)) for share in (1.0, 0.5) for one in levers]

    def _batch(self, size: int, done: int, evaluate: Evaluate) -> None:
        """Ask for trials and run them; those that are stopped are asked for again, alike, next time."""
        from optuna.samplers import TPESampler
        from optuna.trial import TrialState

        # anew for each batch: what it asks for depends on the seed and the finished trials alone
        seed = (self.seed + 7919 * done) % 2**32
        # each lever by itself: on functions with known fronts of 3 and 8 levers that beat the joint sampler and NSGA-II
        self.study.sampler = TPESampler(seed=seed, n_startup_trials=len(self.alone()) + BATCH)
        asked = [self.study.ask() for _ in range(size)]
        try:
            results = evaluate([self._ask(trial) for trial in asked])
        except BaseException:
            for trial in asked:
                self.study.tell(trial, state=TrialState.FAIL)
            raise
        for trial, values in zip(asked, results, strict=True):
            for key, value in values.items():
                trial.set_user_attr(key, value)
            self.study.tell(trial, [float(values["cost"]), float(values["certain"])])

    def _add(self, point: tuple[float, Sequence[float]], values: Values) -> None:
        """Keep a point that the sampler was not asked for."""
        import optuna

        params = {SHARE: point[0]} | dict(zip(self.levers, point[1], strict=True))
        distributions: dict[str, Any] = {name: optuna.distributions.FloatDistribution(0.0, 1.0) for name in params}
        self.study.add_trial(
            optuna.trial.create_trial(
                params=params,
                distributions=distributions,
                user_attrs=dict(values),
                values=[float(values["cost"]), float(values["certain"])],
            )
        )

    def _take_up(self) -> None:
        """Trials that a killed call was running are over."""
        from optuna.trial import TrialState

        for trial in self._in("RUNNING"):
            self.study.tell(trial.number, state=TrialState.FAIL)

    def _in(self, state: str) -> list[optuna.trial.FrozenTrial]:
        from optuna.trial import TrialState

        return self.study.get_trials(deepcopy=False, states=(TrialState[state],))

    def _ask(self, trial: optuna.trial.Trial) -> tuple[float, tuple[float, ...]]:
        share = trial.suggest_float(SHARE, 0.0, 1.0)
        return share, tuple(trial.suggest_float(name, 0.0, 1.0) for name in self.levers)

    def _trial(self, found: optuna.trial.FrozenTrial) -> Trial:
        weights = tuple(float(found.params[name]) for name in self.levers)
        return Trial(found.number, float(found.params[SHARE]), weights, dict(found.user_attrs))

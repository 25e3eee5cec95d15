"""Twins: the whole results of two scenarios on the same people and the same luck, the common past run once.

A comparison keeps what it reports; whoever asks something else of a pair takes its twins and works on all indicators.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from techsim.experiment import runner
from techsim.experiment.comparing import prepare
from techsim.experiment.draws import Draw, plan
from techsim.experiment.simulate import Progress, tables
from techsim.experiment.study import Study, load
from techsim.experiment.watching import Silent, Stop, Stopped, Watcher, never
from techsim.results.derived import derive

if TYPE_CHECKING:
    import xarray as xr

    from techsim.model.simulation import TechsimModel
    from techsim.scenario import Scenario


@dataclass(frozen=True)
class TwinRecord:
    """One finished draw: the results of the two scenarios."""

    draw: int
    seed: int
    parameters: Mapping[str, float]
    results: tuple[xr.Dataset, xr.Dataset]


def twins(
    base: Study | str | os.PathLike[str],
    other: Study | str | os.PathLike[str],
    draws: int | None = None,
    *,
    seed: int | None = None,
    scale: int | None = None,
    threads: int = 1,
    watcher: Watcher | None = None,
) -> tuple[xr.Dataset, xr.Dataset]:
    """Run two scenarios; draws, seed and scale are the first one's for both.

    Parameters
    ----------
    base, other : path or Study
        That begin together; the records end with the earlier of the two.
    draws, seed, scale : int, optional
        In place of the first scenario's.
    threads : int
        Draws that run side by side, as in ``Study.run``.

    Returns
    -------
    two xarray.Dataset
        Each as ``Study.run`` returns it of the scenario, to the bit.

    Raises
    ------
    techsim.scenario.ScenarioError
        If a file cannot be used or an option is out of bounds.
    """
    import xarray as xr

    studies = [x if isinstance(x, Study) else load(x) for x in (base, other)]
    one, two = prepare(studies[0], studies[1:], draws, seed, scale).scenarios
    plans = plan(one, studies[0].catalogue), plan(two, studies[0].catalogue)
    task = partial(_simulate, (one, two), plans[1], runner.threads_within(threads, len(plans[0])))
    records = runner.run(task, plans[0], threads, watcher or Silent(), never)
    first, second = (
        xr.concat(
            [record.results[k] for record in records], "draw", data_vars="all", coords="minimal", compat="override"
        )
        for k in range(2)
    )
    return first, second


def _simulate(
    scenarios: tuple[Scenario, Scenario],
    others: tuple[Draw, ...],
    threads: int,
    draw: Draw,
    progress: Progress,
    stop: Stop,
) -> TwinRecord:
    from techsim.experiment.pairing import results_of
    from techsim.model import forking
    from techsim.model.simulation import release

    (one, two), other = scenarios, others[draw.number]
    given = tables(two.division)
    model = forking.start(one, draw.seed, draw.parameters, tables(one.division), threads)
    apart = forking.sketch(two, draw.seed, other.parameters, given)
    first, last, fork = model.world.first, model.world.last, forking.first_difference(model, apart)
    total, done = (last - first + 1) + (last - fork + 1), 0

    def run(it: TechsimModel, until: int) -> None:
        nonlocal done
        while it.world.month < until:
            if stop():
                raise Stopped
            it.step()
            done += 1
            progress(done, total)

    run(model, fork - 1)
    if fork > first:
        forking.fork(model, apart)
    else:
        release(apart)
        apart = forking.start(two, draw.seed, other.parameters, given, threads)
    run(model, last)
    run(apart, last)
    results = derive(results_of(model, one, draw)), derive(results_of(apart, two, draw))
    for it in (model, apart):
        release(it)
    return TwinRecord(draw.number, draw.seed, draw.parameters, results)

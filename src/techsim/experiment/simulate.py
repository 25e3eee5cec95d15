"""One draw: tables and simulation in, record out. Runs in this process or in a worker."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from techsim.experiment.draws import Draw
from techsim.experiment.watching import Stop, Stopped

if TYPE_CHECKING:
    from techsim.data.inputs import Tables
    from techsim.data.refining import Division
    from techsim.results.dataset import DrawRecord
    from techsim.scenario import Scenario

Progress = Callable[[int, int], None]
"""Called with the months done and the months in all, of one draw."""


@lru_cache(maxsize=2)
def tables(regions: str | Division = "landsdelen") -> Tables:
    """The packaged tables, or those of smaller regions (``Scenario.division``); made once per process."""
    from techsim.data.refining import tables_of

    return tables_of(regions)


def simulate(scenario: Scenario, draw: Draw, progress: Progress, stop: Stop, *, threads: int = 1) -> DrawRecord:
    """Run one draw of a scenario.

    Parameters
    ----------
    threads : int
        How many parts of the people may pass through a kernel side by side; it changes nothing.

    Raises
    ------
    Stopped
        If ``stop`` said so.
    """
    from techsim.model.simulation import Simulation
    from techsim.results.dataset import DrawRecord, in_persons

    simulation = Simulation(
        scenario=scenario,
        draw=draw.number,
        seed=draw.seed,
        parameters=draw.parameters,
        tables=tables(scenario.division),
        threads=threads,
    )
    recorder = simulation.run(progress=progress, stop=stop)
    if stop():
        raise Stopped
    return DrawRecord(
        draw=draw.number,
        seed=draw.seed,
        parameters=draw.parameters,
        arrays=in_persons(recorder, scenario.population.scale),
        timings=dict(simulation.timings),
    )

"""How fast two worlds drift apart: ``python benchmarks/drifting.py [--people N] [--scale K] [--months M] [--seed S]``.

Worlds that differ in one person, who has lost his or her job, month by month: how many people are in another state by
work (technology, another occupation group, no work), in another state of the labour force, in another cell of jobs, in
another stage, programme or level of education. Means over several such people, each alone. The people and their luck
are shared: what grows is what the one job sets going on the labour market.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import numpy.typing as npt

from techsim.experiment.simulate import tables
from techsim.experiment.study import Study
from techsim.model import forking
from techsim.model.catalogue import catalogue
from techsim.model.simulation import TechsimModel
from techsim.population.states import Labour, Stage
from techsim.results import outcomes
from techsim.scenario import load_text

Floats = npt.NDArray[np.float64]
Columns = dict[str, npt.NDArray[np.int64]]
STATES = ("work", "labour", "job", "education")
BEFORE, YOUNG = 24, 40
"""Months run before the worlds part; age [years] below which the person is, so as not to retire soon."""
SHOWN = (1, 3, 6, 9, 12, 18, 24, 36, 48, 60, 84, 120)


def states(model: TechsimModel) -> Columns:
    """State of everybody by the names of ``STATES``, and ``id``; (n,), ordered by id."""
    people, dims = model.world.people, model.world.tables.dimensions
    order = np.argsort(people.id)
    works = people.labour == Labour.EMPLOYED
    job, education = np.zeros(people.size, dtype=np.int64), np.zeros(people.size, dtype=np.int64)
    for name in ("employer", "occupation", "job_level", "job_region"):
        job = 100 * job + np.where(works, getattr(people, name) + 1, 0)
    for name in ("stage", "programme", "level"):
        education = 1000 * education + getattr(people, name)
    return {
        "id": people.id[order].astype(np.int64),
        "work": outcomes.take(people, dims).work.astype(np.int64),
        "labour": people.labour[order].astype(np.int64),
        "job": job[order],
        "education": education[order],
    }


def apart(one: Columns, other: Columns) -> list[int]:
    """People of both worlds in another state, by ``STATES``."""
    _, here, there = np.intersect1d(one["id"], other["id"], assume_unique=True, return_indices=True)
    return [int((one[name][here] != other[name][there]).sum()) for name in STATES]


def drift(people: int, scale: int, months: int, seed: int) -> tuple[Floats, int]:
    """People apart by month and state, means over the worlds, (months, states) [simulated]; and how many there are."""
    text = f"name: drift\nperiod: {{start: 2008-01, end: 2035-12}}\npopulation: {{scale: {scale}}}\n"
    scenario = Study(load_text(text, catalogue()), catalogue()).scenario
    parameters = {name: declared.default for name, declared in catalogue().parameters.items()}
    inputs = tables(scenario.division)
    base = forking.start(scenario, seed, parameters, inputs)
    for _ in range(BEFORE):
        base.step()
    all_ = base.world.people
    young = base.world.month - all_.birth_month < 12 * YOUNG
    able = np.flatnonzero((all_.labour == Labour.EMPLOYED) & (all_.stage == Stage.OUT) & young)
    worlds = []
    for person in all_.id[np.random.default_rng(seed).choice(able, people, replace=False)]:
        world = forking.fork(base, forking.sketch(scenario, seed, parameters, inputs))
        row = np.flatnonzero(world.world.people.id == person)
        world.world.people.labour[row] = int(Labour.UNEMPLOYED)
        world.world.people.since[row] = world.world.month
        world.world.labour.staff_at = -1  # nobody has booked this: staff is counted anew
        worlds.append(world)
    found = np.zeros((months, len(STATES)))
    for month in range(months):
        base.step()
        here = states(base)
        for world in worlds:
            world.step()
            found[month] += apart(here, states(world))
    return found / people, base.world.people.size


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=12)
    parser.add_argument("--scale", type=int, default=1000)
    parser.add_argument("--months", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    started = time.perf_counter()
    found, size = drift(given.people, given.scale, given.months, given.seed)
    print(f"{given.people} worlds of {size:,} people, in {time.perf_counter() - started:.0f} s\n")
    print("| months | % elsewhere by work | " + " | ".join(STATES) + " |\n" + "|---" * (len(STATES) + 2) + "|")
    for month in (m for m in SHOWN if m <= given.months):
        row = found[month - 1]
        print(f"| {month} | {100 * row[0] / size:.2f} | " + " | ".join(f"{value:.1f}" for value in row) + " |")


if __name__ == "__main__":
    main()

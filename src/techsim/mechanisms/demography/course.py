"""D1: what tables and parameters say of each month of a run, whatever happens in it; worked out once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.demography.labour_migration.process import by_age
from techsim.mechanisms.demography.newcomers import whole_so_far
from techsim.mechanisms.world import World
from techsim.population.clock import month_index, year_of

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

_CELL = 3
"""Dimensions of a cell: sex, background, region."""


@dataclass(frozen=True)
class Course:
    """By month or calendar year, from those in which the run begins.

    death : (months, AGES, sexes), emigrate : (years, AGES, backgrounds), chances a month. births : (months, sexes,
    backgrounds, regions), persons; born : int64, the simulated ones; others : int64, those who immigrate, neither to
    study nor, where they are apart, for work; workers : (months, sexes, backgrounds), persons who usually come for
    work. other_ages, worker_ages : (years, AGES), shares. Where moves decide on regions (W5), born and others have a
    single one.
    """

    death: Floats
    emigrate: Floats
    births: Floats
    born: Counts
    others: Counts
    workers: Floats
    other_ages: Floats
    worker_ages: Floats


def course_of(world: World) -> Course:
    """That of a run."""
    tables, p, months = world.tables.demography, world.parameters, range(world.first, world.last + 1)
    ends, years = range(world.first, world.last + 2), range(year_of(world.first), year_of(world.last) + 1)
    januaries = [month_index(year, 1) for year in years]
    emigrate = np.stack([tables.emigration_chances(m, p["demography.emigration_outlook"]) for m in januaries])
    until, ages = tables.immigrants_before, np.tile(tables.immigrant_ages, (len(years), 1))
    if world.international is not None:  # who comes to study is added by L7, and is one of the table's immigrants
        students = world.tables.international
        rows = [students.at(month) for month in januaries]
        factor = students.emigration(p["international.usual_odds"], p["international.dropout_stay"])
        emigrate, until, ages = emigrate * factor[rows], students.others_before, students.others_ages[rows]
    births = np.stack([tables.births_before(m, p["demography.births_outlook"]) for m in ends])
    coming = np.stack([until(m, p["demography.immigration_outlook"]) for m in ends])
    apart = by_age(ages, p["labour_migration.share"] if world.moving is not None else 0.0)
    part = apart.part[[year_of(month) - years[0] for month in months], None, None]
    born, others, everybody = births, coming, np.diff(coming, axis=0).sum(axis=3)
    if world.moving is not None:  # children are born where parents live (W5), and who comes for work is apart (L7)
        born, others = births.sum(axis=3, keepdims=True), np.zeros((len(ends), *everybody.shape[1:], 1))
        others[1:, ..., 0] = np.cumsum(everybody * (1.0 - part), axis=0)
    return Course(
        death=np.stack([tables.death_chances(m, p["demography.mortality_improvement"]) for m in months]),
        emigrate=emigrate,
        births=np.diff(births, axis=0),
        born=_people(born, world.scale),
        others=_people(others, world.scale),
        workers=everybody * part,
        other_ages=apart.other_ages,
        worker_ages=apart.worker_ages,
    )


def _people(until: Floats, scale: float) -> Counts:
    """Simulated people of each month, from numbers until the beginning of each and the end of the last."""
    return np.diff(whole_so_far(until, scale, _CELL), axis=0).astype(np.int64)

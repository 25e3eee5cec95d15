"""W1, when workers will retire, in December: by the rule of the year and their own draw, as L4 counts ahead."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from techsim.mechanisms.working.employers import Counts
from techsim.mechanisms.working.participation.process import keep_luck
from techsim.mechanisms.working.places.kernels import count_retiring
from techsim.mechanisms.world import World
from techsim.population.parts import Tally, tallied
from techsim.results.coordinates import RETIRES

DECEMBER = 12
YEARS = (5, 10)
"""Last year of each class of ``results.coordinates.RETIRES`` but the last."""


def process(world: World) -> None:
    """Record workers by how soon they retire, in December."""
    if world.calendar_month != DECEMBER:
        return
    slot = world.recorder.slot("workers_by_retirement", world.month)
    workers = world.labour.staff.sum(axis=(0, 2, 3))
    within = retiring(world, YEARS).sum(axis=1)
    slot[...] = np.diff([np.zeros_like(workers), *within, workers], axis=0).reshape(len(RETIRES), workers.size)


def retiring(world: World, years: Sequence[float]) -> Counts:
    """Workers who reach their own age of retirement within so many years, by the rules of the year; (years, E, G).

    As employers see it who count ahead (L4): a pension age that rises later keeps some at work for longer.
    """
    people, tables, luck, spread = world.people, world.tables, world.labour.luck, world.parameters["retirement.spread"]
    pension = tables.demography.pension_age_at(world.month)
    age = tables.labour.retirement_age_at(world.year, pension) + world.parameters["retirement.delay"]
    ages_before = np.array([age - ahead for ahead in years])
    count = np.zeros((len(years), *world.labour.staff.shape[:2]), dtype=np.int64)
    keep_luck(luck, people, world.seed, spread)

    def count_some(part: slice, count: Tally) -> None:
        count_retiring(
            seed=world.seed,
            ages_before=ages_before,
            ids=people.id[part],
            birth_month=people.birth_month[part],
            month=world.month,
            labour=people.labour[part],
            luck=luck.retire[part],
            employer=people.employer[part],
            occupation=people.occupation[part],
            spread=spread,
            count=count,
        )

    tallied(world.threads, people.size, (count,), count_some)
    return count

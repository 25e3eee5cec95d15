"""W1, supply, in the month: after school-year events, before separations."""

from __future__ import annotations

import numpy as np

from techsim.data.labour import REASONS
from techsim.mechanisms.working.participation.kernels import take_part
from techsim.mechanisms.world import World

MINIMUM_AGE = 15
"""Youngest age of the labour force (ILO)."""


def process(world: World) -> None:
    """Let people enter, leave or retire from the labour force."""
    people, labour, tables, p = world.people, world.labour, world.tables.labour, world.parameters
    education, dims = world.tables.education, world.tables.dimensions
    pension_age = world.tables.demography.pension_age_at(world.month)
    take_part(
        seed=world.seed,
        month=world.month,
        ids=people.id,
        birth_month=people.birth_month,
        sex=people.sex,
        level=people.level,
        stage=people.stage,
        programme=people.programme,
        bbl=education.programme_pathway == dims.pathway.index("bbl"),
        rates=tables.participation_at(world.year),
        cyclical=p["participation.cyclical"] * mean_pressure(world),
        retirement_age=tables.retirement_age_at(world.year, pension_age) + p["retirement.delay"],
        spread=tables.retirement_spread,
        minimum=MINIMUM_AGE,
        occupation=people.occupation,
        job_level=people.job_level,
        job_region=people.job_region,
        employer=people.employer,
        reason_education=REASONS.index("to_education"),
        reason_left=REASONS.index("left_labour_force"),
        reason_retired=REASONS.index("retirement"),
        labour=people.labour,
        since=people.since,
        staff=labour.staff,
        separated=labour.ledger.separated,
    )
    retired = labour.ledger.separated[REASONS.index("retirement")].sum(axis=0)
    world.recorder.slot("retirements", world.month)[...] += retired


def mean_pressure(world: World) -> float:
    """Pressure on employers, averaged over staff; share of potential output."""
    by_sector = world.tables.dimensions.by_sector(world.labour.staff).sum(axis=(1, 2, 3))
    return float(np.average(world.labour.pressure, weights=np.maximum(by_sector, 1)))

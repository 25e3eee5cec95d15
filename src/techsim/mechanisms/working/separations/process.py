"""W1 and W3, separations, in the month: after participation, before vacancies."""

from __future__ import annotations

import math

import numpy as np

from techsim.data.labour import REASONS
from techsim.mechanisms.working.employers import Counts, monthly_dither, workers_to_dismiss
from techsim.mechanisms.working.participation.process import mean_pressure
from techsim.mechanisms.working.separations.kernels import dismiss_ranked, end_jobs, rank_for_layoff
from techsim.mechanisms.world import World


def process(world: World) -> None:
    """Jobs that end, then layoffs by all employers at once: the month without agents, for tests and experiments."""
    leave_jobs(world)
    lay_off(world, planned_layoffs(world))


def leave_jobs(world: World) -> None:
    """Contracts that end, quits, apprentices who leave."""
    people, labour, p = world.people, world.labour, world.parameters
    end_jobs(
        seed=world.seed,
        month=world.month,
        ids=people.id,
        stage=people.stage,
        left_education=people.left_education,
        occupation=people.occupation,
        job_level=people.job_level,
        job_region=people.job_region,
        employer=people.employer,
        short_tenure=p["separations.short_tenure"],
        end_short=p["separations.contract_end_short"],
        end_long=p["separations.contract_end_long"],
        quit_chance=p["separations.quit"] * math.exp(p["separations.quit_cyclical"] * mean_pressure(world)),
        retention=p["apprentices.retention"],
        reasons=np.array([REASONS.index(r) for r in ("contract_end", "quit", "apprenticeship_end")]),
        labour=people.labour,
        since=people.since,
        staff=labour.staff,
        separated=labour.ledger.separated,
    )


def planned_layoffs(world: World) -> Counts:
    """Workers whom employers dismiss this month, [E, G, L, R]."""
    p, labour = world.parameters, world.labour
    return workers_to_dismiss(
        desired=labour.desired,
        staff=labour.staff,
        tolerance=p["separations.hoarding"],
        speed=p["separations.layoff_speed"],
        dither=monthly_dither(labour.rounding, world.month),
    )


def lay_off(world: World, dismiss: Counts) -> None:
    """Dismiss ``dismiss`` [E, G, L, R] workers, those of the lowest rank first; ties by id, never by storage order."""
    if not dismiss.any():
        return
    people, labour = world.people, world.labour
    who, cell = np.empty(people.size, dtype=np.int64), np.empty(people.size, dtype=np.int64)
    rank = np.empty(people.size, dtype=np.float64)
    found = rank_for_layoff(
        seed=world.seed,
        month=world.month,
        ids=people.id,
        stage=people.stage,
        labour=people.labour,
        since=people.since,
        occupation=people.occupation,
        job_level=people.job_level,
        job_region=people.job_region,
        employer=people.employer,
        dismiss=dismiss,
        noise=world.parameters["separations.layoff_noise"],
        who=who,
        cell=cell,
        rank=rank,
    )
    order = np.lexsort((people.id[who[:found]], rank[:found], cell[:found]))
    reason = REASONS.index("layoff")
    dismiss_ranked(
        month=world.month,
        who=who[:found][order],
        cell=cell[:found][order],
        remaining=dismiss.ravel().copy(),
        labour=people.labour,
        since=people.since,
        staff=labour.staff.reshape(-1),
        dismissed=labour.ledger.separated[reason].reshape(-1),
    )

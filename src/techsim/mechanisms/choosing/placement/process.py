"""K2, placement, in the month: August."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from techsim.mechanisms.choosing.intercepts import pupil_backgrounds
from techsim.mechanisms.choosing.placement.kernels import place
from techsim.mechanisms.world import World
from techsim.population.people import COHORT_BASE

ORDER = ("pro", "vmbo_bb", "vmbo_kb", "vmbo_gl", "vmbo_tl", "havo", "vwo")
"""Tracks from the lowest advice to the highest."""


def process(world: World) -> None:
    """Place this year's twelve-year-olds in the tracks."""
    p, people, dims = world.parameters, world.people, world.tables.dimensions
    order = np.array([dims.track.index(track) for track in ORDER], dtype=np.int8)
    shares = world.tables.education.track_shares_at(world.school_year)[order]
    bounds = ndtri(np.minimum(np.cumsum(shares), 1.0))
    bounds[-1] = np.inf
    shifts = np.zeros(dims.size("background"))
    shifts[dims.background.index("non_western")] = p["placement.advice_non_western"]
    shifts[dims.background.index("western")] = 0.5 * p["placement.advice_non_western"]
    shifts -= float(shifts @ pupil_backgrounds(world.tables))
    place(
        seed=world.seed,
        month=world.month,
        cohort_year=world.school_year - COHORT_BASE,
        ids=people.id,
        birth_month=people.birth_month,
        sex=people.sex,
        background=people.background,
        ability=people.ability,
        weight=p["placement.ability_weight"],
        shifts=shifts,
        order=order,
        bounds=bounds,
        stage=people.stage,
        track=people.track,
        grade=people.grade,
        cohort=people.cohort,
        node=people.node,
        count=world.recorder.slot("pupils_placed", world.month),
    )

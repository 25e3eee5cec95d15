"""W2, placement of school leavers, in the month: after matching."""

from __future__ import annotations

import numpy as np

from techsim.mechanisms.working.employers import Counts
from techsim.mechanisms.working.placement.declare import MONTHS_AFTER_LEAVING, MONTHS_LATER, OLDEST_LEAVER
from techsim.mechanisms.working.placement.kernels import count_leavers
from techsim.mechanisms.world import World
from techsim.population.clock import school_year_of


def process(world: World) -> None:
    """Count where technical school leavers of a year and a half ago work, and those of five years ago.

    The first school year counted is that in which last summer's leavers of the start are asked: they found their jobs
    by matching, too (:mod:`~techsim.mechanisms.working.matching.first_jobs`), those of before did not.
    """
    record, slot = world.recorder, world.recorder.slot
    if world.school_year >= school_year_of(world.first + MONTHS_AFTER_LEAVING):
        working = slot("school_leavers_working", world.month)
        unemployed = slot("school_leavers_unemployed", world.month)
        _count(world, world.month - MONTHS_AFTER_LEAVING, working, unemployed)
    left = world.month - MONTHS_LATER
    if school_year_of(left) > school_year_of(world.first) and record.wants("school_leavers_five_years_on"):
        later = slot("school_leavers_five_years_on", left)
        _count(world, left, later, np.zeros(later.shape[0], dtype=np.int64))


def _count(world: World, left_month: int, working: Counts, unemployed: Counts) -> None:
    """Add the technical leavers of a month by placement, and those without work."""
    people, dims = world.people, world.tables.dimensions
    count_leavers(
        left_month=left_month,
        oldest=12 * OLDEST_LEAVER,
        birth_month=people.birth_month,
        stage=people.stage,
        left_education=people.left_education,
        labour=people.labour,
        level=people.level,
        field=people.field,
        occupation=people.occupation,
        job_level=people.job_level,
        sex=people.sex,
        background=people.background,
        region=people.region,
        technical=dims.field_technical,
        related=world.tables.labour.related,
        working=working,
        unemployed=unemployed,
    )

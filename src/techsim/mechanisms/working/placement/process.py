"""W2, placement of school leavers, in the month: after matching."""

from __future__ import annotations

from techsim.mechanisms.working.placement.declare import MONTHS_AFTER_LEAVING
from techsim.mechanisms.working.placement.kernels import count_leavers
from techsim.mechanisms.world import World
from techsim.population.clock import school_year_of


def process(world: World) -> None:
    """Count where technical school leavers of a year and a half ago work.

    Leavers from before the run got their jobs from the start population, not from matching: the first school year
    counted is the first whose leavers all left during the run.
    """
    if world.school_year <= school_year_of(world.first + MONTHS_AFTER_LEAVING):
        return
    people, dims = world.people, world.tables.dimensions
    count_leavers(
        left_month=world.month - MONTHS_AFTER_LEAVING,
        stage=people.stage,
        left_education=people.left_education,
        labour=people.labour,
        level=people.level,
        field=people.field,
        occupation=people.occupation,
        job_level=people.job_level,
        technical=dims.field_technical,
        related=world.tables.labour.related,
        working=world.recorder.slot("school_leavers_working", world.month),
        unemployed=world.recorder.slot("school_leavers_unemployed", world.month),
    )

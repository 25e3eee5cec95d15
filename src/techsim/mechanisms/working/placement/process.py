"""W2, placement of school leavers, in the month: after matching."""

from __future__ import annotations

from techsim.mechanisms.working.placement.declare import MONTHS_AFTER_LEAVING
from techsim.mechanisms.working.placement.kernels import count_leavers
from techsim.mechanisms.world import World


def process(world: World) -> None:
    """Count where technical school leavers of a year and a half ago work."""
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

"""Whom levers may pay for, per region at the end of a month (``levers.base.COUNTS``): pupils, switchers, wages."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.world import World
from techsim.population.states import Labour, Stage

Floats = npt.NDArray[np.float64]
PUPIL_COUNTS = frozenset(
    {"vo_pupils", "vmbo_upper_pupils", "vo_girls", "vo_migration_pupils", "primary_pupils", "pabo_students"}
)
LABOUR_COUNTS = frozenset({"unemployed", "technical_wages"})
UPPER_GRADES = 3
"""Grade of vmbo from which pupils count as upper."""
WORK_HOURS = 160.0
"""Hours of work in a month of a full-time worker (as of hybrid teachers)."""


def pupils(world: World) -> dict[str, Floats]:
    """Pupils of primary and secondary schools, and students of pabo; residents, float64 (regions,) each."""
    people, dims, education = world.people, world.tables.dimensions, world.tables.education
    vmbo = np.array([track.startswith("vmbo") for track in dims.track])
    vo = people.stage == Stage.VO
    hbo = people.stage == Stage.HBO
    teachers = education.programme_field[np.maximum(people.programme, 0)] == dims.field.index("education")
    here = {
        "vo_pupils": vo,
        "vmbo_upper_pupils": vo & vmbo[np.maximum(people.track, 0)] & (people.grade >= UPPER_GRADES),
        "vo_girls": vo & (people.sex == dims.sex.index("female")),
        "vo_migration_pupils": vo & (people.background > 0),
        "primary_pupils": people.stage == Stage.PRIMARY,
        "pabo_students": hbo & teachers,
    }
    return {name: _by_region(world, who) for name, who in here.items()}


def choosers_paid(world: World) -> dict[str, Floats]:
    """Those who switched this month."""
    return {"switchers": world.scale * world.schools.switchers}


def labour_paid(world: World) -> dict[str, Floats]:
    """The unemployed, and the wage bill of technical occupations [euro of 2021 a month]; float64 (regions,)."""
    technical = world.tables.dimensions.occupation_technical
    # Integers are summed first, so that the order of people cannot matter.
    staff = world.labour.staff.sum(axis=0)[technical]
    hourly = (world.tables.short_time.hourly_wage * world.labour.wages)[technical]
    wages = WORK_HOURS * world.scale * (staff * hourly[:, :, None]).sum(axis=(0, 1))
    return {"unemployed": _by_region(world, world.people.labour == Labour.UNEMPLOYED), "technical_wages": wages}


def _by_region(world: World, who: npt.NDArray[np.bool_]) -> Floats:
    regions = world.tables.dimensions.size("region")
    return world.scale * np.bincount(world.people.region[who], minlength=regions).astype(np.float64)

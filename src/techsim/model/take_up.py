"""Whom levers may pay for, per region at the end of a month (``levers.base.COUNTS``): pupils, switchers, wages."""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.world import World
from techsim.population.states import Labour, Stage

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
LABOUR_COUNTS = frozenset({"unemployed", "technical_wages"})
UPPER_GRADES = 3
"""Grade of vmbo from which pupils count as upper."""
BEYOND = {
    "vo_pupils_unguided": ("vo_pupils", "guidance.reach"),
    "vmbo_upper_pupils_off_route": ("vmbo_upper_pupils", "technologieroute.coverage"),
}
"""Pupils whom schools do not reach before any lever acts: of which pupils, and the hook of the share that they do."""
PUPIL_COUNTS = frozenset(
    {*BEYOND, "vo_pupils", "vmbo_upper_pupils", "vo_girls", "vo_migration_pupils", "primary_pupils", "pabo_students"}
)
WORK_HOURS = 160.0
"""Hours of work in a month of a full-time worker (as of hybrid teachers)."""


def pupils(world: World, wanted: Collection[str]) -> dict[str, Floats]:
    """Pupils of schools and students of pabo, those that are ``wanted``; residents, float64 (regions,) each.

    Each takes a pass over everyone.
    """
    if not PUPIL_COUNTS & set(wanted):
        return {}
    people, dims, education = world.people, world.tables.dimensions, world.tables.education
    vmbo = np.array([track.startswith("vmbo") for track in dims.track])
    female, teaching = dims.sex.index("female"), education.programme_field == dims.field.index("education")
    here: dict[str, Callable[[], Flags]] = {
        "vo_pupils": lambda: people.stage == int(Stage.VO),
        "vmbo_upper_pupils": lambda: (
            (people.stage == int(Stage.VO)) & vmbo[np.maximum(people.track, 0)] & (people.grade >= UPPER_GRADES)
        ),
        "vo_girls": lambda: (people.stage == int(Stage.VO)) & (people.sex == female),
        "vo_migration_pupils": lambda: (people.stage == int(Stage.VO)) & (people.background > 0),
        "primary_pupils": lambda: people.stage == int(Stage.PRIMARY),
        "pabo_students": lambda: (people.stage == int(Stage.HBO)) & teaching[np.maximum(people.programme, 0)],
    }
    anyway = {name: of for name, (of, _) in BEYOND.items() if name in wanted}
    found = {name: _by_region(world, who()) for name, who in here.items() if name in {*wanted, *anyway.values()}}
    return found | {name: (1.0 - world.offered[BEYOND[name][1]]) * found[of] for name, of in anyway.items()}


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
    return {"unemployed": _by_region(world, world.people.labour == int(Labour.UNEMPLOYED)), "technical_wages": wages}


def _by_region(world: World, who: Flags) -> Floats:
    regions = world.tables.dimensions.size("region")
    return world.scale * np.bincount(world.people.region[who], minlength=regions).astype(np.float64)

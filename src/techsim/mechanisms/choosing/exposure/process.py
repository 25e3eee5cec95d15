"""K1 in the month: August, for the pupils of ten."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.choosing.exposure.kernels import expose
from techsim.mechanisms.world import World
from techsim.population.reached import PROGRAMMES

Floats = npt.NDArray[np.float64]
_SUPPORTED = np.uint8(1 << PROGRAMMES.index("wt_support"))


def process(world: World) -> None:
    """Expose this year's ten-year-olds to W&T where their school offers it; note whom schools with support teach."""
    p, people, support = world.parameters, world.people, world.hooks["exposure.support"]
    train_teachers(world)
    reached = np.zeros(people.size if support.any() else 0, dtype=np.bool_)
    expose(
        seed=world.seed,
        month=world.month,
        ids=people.id,
        birth_month=people.birth_month,
        stage=people.stage,
        sex=people.sex,
        background=people.background,
        region=people.region,
        share=world.hooks["exposure.wt_schools"],
        support=support,
        teaching=teaching(world),
        intensity=p["exposure.intensity"],
        effects=np.array([p["exposure.wt_effect"], p["exposure.wt_effect_girls"], p["exposure.wt_effect_migration"]]),
        affinity=people.affinity,
        flags=people.flags,
        reached=reached,
        count=world.recorder.slot("wt_exposed", world.month),
    )
    rows = np.flatnonzero(reached)
    world.schools.reached.add(people.id[rows], np.full(rows.size, _SUPPORTED))


def train_teachers(world: World) -> None:
    """W_r(y) = W_r(y-1) + rho (c_r(y) - W_r(y-1)): new teachers bring what their pabo taught them."""
    pace = world.parameters["exposure.teacher_renewal"]
    trained = world.schools.wt_teachers
    world.schools.wt_teachers = trained + pace * (world.hooks["exposure.pabo"] - trained)


def teaching(world: World) -> Floats:
    """1 + kappa (W_r - W(0)): what exposure does by how teachers were trained, relative to the start; (regions,)."""
    more = world.parameters["exposure.teacher_weight"] * (world.schools.wt_teachers - world.schools.wt_reference)
    found: Floats = np.maximum(1.0 + more, 0.0)
    return found

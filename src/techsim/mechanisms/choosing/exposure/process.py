"""K1 in the month: August, for the pupils of ten."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.choosing.exposure.kernels import expose
from techsim.mechanisms.world import World

Floats = npt.NDArray[np.float64]


def process(world: World) -> None:
    """Expose this year's ten-year-olds to W&T where their school offers it."""
    p, people = world.parameters, world.people
    train_teachers(world)
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
        quality=quality(world),
        effects=np.array([p["exposure.wt_effect"], p["exposure.wt_effect_girls"], p["exposure.wt_effect_migration"]]),
        affinity=people.affinity,
        flags=people.flags,
        count=world.recorder.slot("wt_exposed", world.month),
    )


def train_teachers(world: World) -> None:
    """W_r(y) = W_r(y-1) + rho (c_r(y) - W_r(y-1)): new teachers bring what their pabo taught them."""
    pace = world.parameters["exposure.teacher_renewal"]
    trained = world.schools.wt_teachers
    world.schools.wt_teachers = trained + pace * (world.hooks["exposure.pabo"] - trained)


def quality(world: World) -> Floats:
    """m_r (1 + kappa (W_r - W(0))), m_r = 1 + mu h_r: what exposure does, relative to the start; (regions,)."""
    more = world.parameters["exposure.teacher_weight"] * (world.schools.wt_teachers - world.schools.wt_reference)
    support = 1.0 + world.parameters["exposure.intensity"] * world.hooks["exposure.support"]
    found: Floats = support * np.maximum(1.0 + more, 0.0)
    return found

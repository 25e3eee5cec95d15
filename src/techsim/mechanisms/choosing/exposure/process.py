"""K1 in the month: August, for the pupils of ten."""

from __future__ import annotations

import numpy as np

from techsim.mechanisms.choosing.exposure.kernels import expose
from techsim.mechanisms.world import World


def process(world: World) -> None:
    """Expose this year's ten-year-olds to W&T where their school offers it."""
    p, people = world.parameters, world.people
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
        effects=np.array([p["exposure.wt_effect"], p["exposure.wt_effect_girls"], p["exposure.wt_effect_migration"]]),
        affinity=people.affinity,
        flags=people.flags,
        count=world.recorder.slot("wt_exposed", world.month),
    )

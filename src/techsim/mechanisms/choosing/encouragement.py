"""What levers add to the utility of technology: role models, coaching, image and pay (K2), by whom they reach."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.world import World

Floats = npt.NDArray[np.float64]


def image(world: World, image_weight: float, prospects_weight: float) -> Floats:
    """iota I_r + beta_m psi log(1 + s_r), given iota and beta_m of a choice; utility, (regions,)."""
    wage_weight = world.parameters["prospects.wage_weight"]
    pay = prospects_weight * wage_weight * np.log1p(world.hooks["pay.technical"])
    added: Floats = image_weight * world.hooks["image.reach"] + pay
    return added


def encouragement(world: World) -> Floats:
    """gamma_f R_r 1[girl] + gamma_m J_r 1[migration background] + image; utility, (regions, sexes, backgrounds)."""
    p, dims = world.parameters, world.tables.dimensions
    shape = (dims.size("region"), dims.size("sex"), dims.size("background"))
    added = np.zeros(shape) + image(world, p["profile.image_weight"], p["profile.prospects_weight"])[:, None, None]
    girls = p["profile.role_model_weight"] * world.hooks["role_models.girls"]
    added[:, dims.sex.index("female")] += girls[:, None]
    added[:, :, 1:] += (p["profile.coaching_weight"] * world.hooks["role_models.migration"])[:, None, None]
    return added

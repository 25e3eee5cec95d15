"""What levers add to the utility of technology (K2): programmes to those whom they reach, image and pay to all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.world import World
from techsim.population.reached import AT_CHOICE

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Programmes:
    """``share`` float64 (regions, programmes): of those aimed at, reached. ``aimed`` bool and ``gains`` float64
    (sexes, backgrounds, programmes): at whom, and the utility that one reached gains."""

    share: Floats
    aimed: npt.NDArray[np.bool_]
    gains: Floats


def image(world: World, image_weight: float, prospects_weight: float) -> Floats:
    """iota I_r + beta_m psi log(1 + s_r), given iota and beta_m of a choice; utility, (regions,)."""
    wage_weight = world.parameters["prospects.wage_weight"]
    pay = prospects_weight * wage_weight * np.log1p(world.hooks["pay.technical"])
    added: Floats = image_weight * world.hooks["image.reach"] + pay
    return added


def usual_guidance(world: World) -> Floats:
    """The reach of guidance without levers, (regions,): of schools, and of partnerships nearby."""
    usual: Floats = world.offered.get("guidance.reach", world.hooks["guidance.reach"])
    return usual


def programmes(world: World, guidance: Floats) -> Programmes:
    """Whom levers reach: with guidance more pupils than usual, with role models girls, with coaching others.

    Parameters
    ----------
    guidance : float64 (sexes, backgrounds) [utility of a pupil reached]
    """
    p, dims = world.parameters, world.tables.dimensions
    aimed = np.ones((*guidance.shape, len(AT_CHOICE)), dtype=np.bool_)
    aimed[np.arange(guidance.shape[0]) != dims.sex.index("female"), :, 1] = False
    aimed[:, 0, 2] = False
    gains = np.empty(aimed.shape)
    gains[..., 0] = guidance
    gains[..., 1:] = p["profile.role_model_weight"], p["profile.coaching_weight"]
    more = np.maximum(world.hooks["guidance.reach"] - usual_guidance(world), 0.0)
    share = np.stack([more, world.hooks["role_models.girls"], world.hooks["role_models.migration"]], axis=1)
    return Programmes(share, aimed, gains)

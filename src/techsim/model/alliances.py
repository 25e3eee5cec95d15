"""Partnerships' boards as mesa agents (L5): the schools of a level group and the firms of a region, who start them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np

from techsim.mechanisms.learning.partnerships import process as partnerships

if TYPE_CHECKING:
    from techsim.mechanisms.learning.partnerships.state import Counts, Floats
    from techsim.mechanisms.world import World


class Alliance(mesa.Agent):
    """The schools of one level group and the firms of one region: how many partnerships they start.

    Parameters
    ----------
    group : int
        Level group (:data:`~techsim.data.partnerships.LEVEL_GROUPS`).
    region : int
    """

    def __init__(self, model: mesa.Model, group: int, region: int) -> None:
        super().__init__(model)
        self.group, self.region = group, region

    def start(self, world: World, offers: Floats) -> Counts:
        """Partnerships to start this month, by whose money starts them; (payers,)."""
        return partnerships.start_in(world.partnerships, offers, self.group, self.region)

    def running(self, world: World) -> int:
        """Partnerships that there are."""
        roster = world.partnerships.roster
        return int(np.count_nonzero((roster.group == self.group) & (roster.region == self.region)))


def partnerships_act(world: World) -> None:
    """Firms commit themselves or don't, alliances start partnerships, the others go on, give up or die away.

    Alliances without a plan, or without money for one, have nothing to decide.
    """
    offers = partnerships.firms_commit(world)
    started, may_start = np.zeros(offers.shape, dtype=np.int64), partnerships.may_start(world.partnerships, offers)
    for alliance in world.institutions.alliances if may_start.any() else ():
        if may_start[alliance.group, alliance.region]:
            started[:, alliance.group, alliance.region] = alliance.start(world, offers)
    partnerships.process(world, started)

"""L1, intake: how those who want bbl seek a place, first in the field that they chose, then in another (L4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.learning.intake.kernels import allot, other_groups, queue_draws
from techsim.mechanisms.tallies import tally
from techsim.mechanisms.world import World

NOWHERE = -1


@dataclass(frozen=True)
class Seekers:
    """Who wants a bbl place: rows (m,), the occupation group wanted, int8 (m,), and who is an adult, bool (m,)."""

    who: npt.NDArray[np.int64]
    group: npt.NDArray[np.int8]
    adult: npt.NDArray[np.bool_]


def seek_places(world: World, seekers: Seekers) -> npt.NDArray[np.int64]:
    """Group of the place found, or -1; int64 (m,). Two rounds through ``places_free``, in the order of the queue."""
    people, places, dims = world.people, world.labour.places_free, world.tables.dimensions
    who = seekers.who
    region = people.region[who]
    draws = queue_draws(seed=world.seed, month=world.month, who=who, ids=people.id, adult=seekers.adult)
    order = np.lexsort((people.id[who], draws))
    found = np.full(who.size, NOWHERE, dtype=np.int64)
    _round(order, seekers.group, region, places, found)
    missed = order[found[order] < 0]
    other = np.full(missed.size, NOWHERE, dtype=np.int8)
    other_groups(
        seed=world.seed,
        month=world.month,
        ids=people.id[who[missed]],
        group=seekers.group[missed],
        region=region[missed],
        technical=dims.occupation_technical,
        places=places.copy(),
        chance=world.parameters["intake.other_field"],
        other=other,
    )
    tries = other >= 0
    second = seekers.group.copy()
    second[missed[tries]] = other[tries]
    _round(missed[tries], second, region, places, found)
    without = found < 0
    slot = world.recorder.slot("bbl_without_place", world.month)
    tally(slot, (seekers.group[without], region[without], people.sex[who[without]]))
    return found


def _round(
    order: npt.NDArray[np.int64],
    group: npt.NDArray[np.int8],
    region: npt.NDArray[np.int8],
    places: npt.NDArray[np.int64],
    found: npt.NDArray[np.int64],
) -> None:
    """Give out places in ``order``; ``places`` is lowered, ``found`` written."""
    given = np.zeros(order.size, dtype=np.bool_)
    allot(group=group[order], region=region[order], places=places, placed=given)
    placed = order[given]
    found[placed] = group[placed]

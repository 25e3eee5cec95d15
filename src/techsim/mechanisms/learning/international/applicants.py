"""L7: who came from abroad this September stands beside those who choose here, before places are given out."""

from __future__ import annotations

import numpy as np

from techsim.mechanisms.choosing.onward.choice import Choices
from techsim.mechanisms.learning.state import Counts, Mask
from techsim.mechanisms.world import World
from techsim.population.people import ORIGIN_BITS, People
from techsim.population.states import NEVER, Origin


def applicants(world: World) -> Counts:
    """Rows of those who have come to study and have yet to enrol; int64 (k,)."""
    state = world.international
    return np.zeros(0, dtype=np.int64) if state is None else state.applicants.rows


def from_abroad(people: People, rows: Counts) -> Mask:
    """Who came from abroad to study and has not been enrolled here before; bool (m,)."""
    came = people.id[rows] >> np.uint64(ORIGIN_BITS) == np.uint64(int(Origin.INTERNATIONAL))
    return np.asarray(came & (people.enrolled[rows] == NEVER), dtype=np.bool_)


def join(world: World, choices: Choices) -> Choices:
    """The choices, and after them those of the applicants."""
    state = world.international
    if state is None or not state.applicants.rows.size:
        return choices
    new = state.applicants
    technical = world.tables.dimensions.field_technical[new.field]
    return Choices(
        who=np.concatenate([choices.who, new.rows]),
        destination=np.concatenate([choices.destination, new.destination]),
        field=np.concatenate([choices.field, new.field]),
        earlier=np.concatenate([choices.earlier, technical.astype(np.int8)]),
        wants_bbl=np.concatenate([choices.wants_bbl, np.zeros(new.rows.size, dtype=np.bool_)]),
    )

"""L4, the bridging scheme in the month: which new places it pays for, and for how long."""

from __future__ import annotations

import numpy as np

from techsim.mechanisms.working.apprentices.process import apprentices
from techsim.mechanisms.working.places.state import Counts, Floats
from techsim.mechanisms.world import World
from techsim.population.draws import uniforms
from techsim.population.events import NEW_PLACE
from techsim.population.randomness import Purpose

INTAKE_MONTH = 9
PAID_FOR = np.array([0.0, 1.0])
"""Share that the scheme pays for, of new places that it does not take on and of those that it does."""


def process(world: World) -> None:
    """September: new places are counted, and taken into the scheme where it is open; each month: places that it pays.

    The scheme cannot tell a place that would have been there anyway from one that is there for its money: it pays for
    every new place of the employers whom it reaches, in the order of a draw, until its places are gone; a share of last
    year's number may count as there anyway, and is passed over. What it
    promised in August, when employers made their offers, holds in September.
    """
    places = world.labour.places
    if world.calendar_month == INTAKE_MONTH:
        _take_in(world)
    places.bridged[:] = 0
    if places.bridged_id.size:
        _count_paid(world)


def _take_in(world: World) -> None:
    people, places = world.people, world.labour.places
    learns = apprentices(world)
    new = learns[people.enrolled[learns] == world.month]
    places.intake = np.bincount(people.job_region[new], minlength=places.regions).astype(np.int64)
    technical = world.tables.dimensions.field_technical[world.tables.education.programme_field[people.programme[new]]]
    slot = world.recorder.slot("apprenticeship_intake", world.month)
    np.add.at(slot, (people.job_region[new], technical.astype(np.int64)), 1)
    scheme, promise = world.recorder.slot("bridging_places", world.month), places.promise
    if promise is None:
        world.note(NEW_PLACE, new, np.zeros(new.size, dtype=np.int64), PAID_FOR)
        return
    ids, region = people.id[new], people.job_region[new]
    draw = uniforms(world.seed, int(Purpose.PLACES), ids, world.month, 0)
    order = np.lexsort((ids, draw))
    reached = order[draw[order] < promise.open[region[order]]]
    reached = reached[_rank_within(region[reached]) >= np.floor(promise.anyway)[region[reached]]]
    if promise.max_places > 0.0:
        reached = reached[: int(np.floor(promise.max_places))]
    np.add.at(scheme, region[reached], 1)
    world.note(NEW_PLACE, new, np.isin(np.arange(new.size), reached).astype(np.int64), PAID_FOR)
    last = world.month - 1 + np.rint(promise.months[region[reached]]).astype(np.int64)
    keep = places.bridged_last >= world.month
    all_ids = np.concatenate([places.bridged_id[keep], ids[reached]])
    all_last = np.concatenate([places.bridged_last[keep], last])
    # Who begins a second training in the scheme has its later end.
    order = np.lexsort((-all_last, all_ids))
    first = np.ones(order.size, dtype=np.bool_)
    first[1:] = all_ids[order][1:] != all_ids[order][:-1]
    places.bridged_id, places.bridged_last = all_ids[order][first], all_last[order][first]


def _rank_within(region: Counts) -> Counts:
    """How many of the same region stand before each; int64 (m,)."""
    order = np.argsort(region, kind="stable")
    first = np.searchsorted(region[order], region[order], side="left")
    rank = np.empty(region.size, dtype=np.int64)
    rank[order] = np.arange(region.size) - first
    return rank


def _count_paid(world: World) -> None:
    people, places = world.people, world.labour.places
    rows = apprentices(world)
    at = np.minimum(np.searchsorted(places.bridged_id, people.id[rows]), places.bridged_id.size - 1)
    paid = (places.bridged_id[at] == people.id[rows]) & (places.bridged_last[at] >= world.month)
    places.bridged += np.bincount(people.job_region[rows[paid]], minlength=places.bridged.size)
    # Whoever has left the training, or has had its months, leaves the roster.
    stays = np.zeros(places.bridged_id.size, dtype=np.bool_)
    stays[at[paid]] = True
    places.bridged_id, places.bridged_last = places.bridged_id[stays], places.bridged_last[stays]


def paid(world: World) -> dict[str, Floats]:
    """The month's take-up, for levers (``levers.base.COUNTS``): residents by region of the job."""
    places = world.labour.places
    return {
        "apprentices": world.scale * places.apprentices.astype(np.float64),
        "bridging_places": world.scale * places.bridged.astype(np.float64),
    }

"""L4, internships in September: what employers offer to bol students, and who finds none."""

from __future__ import annotations

import numpy as np

from techsim.mechanisms.working.apprentices.process import training_staff
from techsim.mechanisms.working.places.offer import Counts, followed, internship_level
from techsim.mechanisms.working.places.process import BOL, begin, hook, willing_at_once
from techsim.mechanisms.world import World
from techsim.population.draws import uniforms
from techsim.population.randomness import Purpose
from techsim.population.states import Stage

OFFERED, FILLED, LACKING = 0, 1, 2


def process(world: World) -> None:
    """Give out the school year's internships by group and region; who finds none stands on the roster."""
    begin(world)
    people, places, dims = world.people, world.labour.places, world.tables.dimensions
    education = world.tables.education
    in_mbo = np.flatnonzero(people.stage == int(Stage.MBO))
    bol = in_mbo[education.programme_pathway[people.programme[in_mbo]] == dims.pathway.index(BOL)]
    group = education.programme_field[people.programme[bol]].astype(np.int64)
    region = people.region[bol].astype(np.int64)
    offered = places_for_internships(world)
    cell = group * offered.shape[1] + region
    draw = uniforms(world.seed, int(Purpose.INTERNSHIP), people.id[bol], world.month, 0)
    rank = ranks_by_id(cell, draw, people.id[bol])
    lacks = rank >= offered.ravel()[cell]
    # What is left in other regions goes to those who found none in their own.
    taken = np.bincount(cell[~lacks], minlength=offered.size).reshape(offered.shape)
    left = (offered - taken).sum(axis=1)
    again = np.flatnonzero(lacks)
    lacks[again] = ranks_by_id(group[again], draw[again], people.id[bol[again]]) >= left[group[again]]
    demand = np.bincount(group, minlength=offered.shape[0]).astype(np.float64)
    places.internship_ratio = followed(
        ratio=places.internship_ratio,
        demand=demand,
        staff=training_staff(world).sum(axis=0),
        spare=world.parameters["internships.spare"],
        speed=world.parameters["internships.follow"],
    )
    places.without_internship = np.sort(people.id[bol[lacks]])
    slot = world.recorder.slot("internship_places", world.month)
    technical = dims.field_technical[: offered.shape[0]].astype(np.int64)
    for kind in (0, 1):
        slot[:, kind, OFFERED] = offered[technical == kind].sum(axis=0)
    np.add.at(slot[..., FILLED], (region[~lacks], technical[group[~lacks]]), 1)
    np.add.at(slot[..., LACKING], (region[lacks], technical[group[lacks]]), 1)


def places_for_internships(world: World) -> Counts:
    """Internships that employers offer this school year; int64 (G, R)."""
    places, p, dims = world.labour.places, world.parameters, world.tables.dimensions
    willing, usual = willing_at_once(world, hook(world, "places.subsidy"))
    closed = world.tables.places.closed(world.school_year)[dims.employer_sector]
    level = internship_level(
        share=p["internships.same_firms"], willing=willing, usual_willing=usual, closed=closed[:, None, None]
    )
    offered = (places.internship_ratio * training_staff(world) * level).sum(axis=0)
    whole: Counts = np.rint(offered).astype(np.int64)
    return whole


def ranks_by_id(cell: Counts, draw: np.ndarray, ids: np.ndarray) -> Counts:
    """Rank of each within its cell by ``draw``, then by id: no matter how people are stored; int64 (n,)."""
    place = cell + draw  # exact: a draw is below one and has 33 bits
    order = np.argsort(place)
    if (np.diff(place[order]) == 0.0).any():
        order = np.lexsort((ids, place))
    ordered = cell[order]
    first = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if cell.size else np.zeros(0, dtype=np.int64)
    sizes = np.diff(np.r_[first, cell.size])
    rank = np.empty(cell.size, dtype=np.int64)
    rank[order] = np.arange(cell.size) - np.repeat(first, sizes)
    return rank

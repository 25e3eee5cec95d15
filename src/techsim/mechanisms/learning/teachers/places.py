"""L2, places in technical programmes: in September, between choice and enrolment. Who finds them full moves aside."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from techsim.data.education import COLUMNS, DESTINATIONS, LEVELS_OF_CHOICE
from techsim.data.teaching import SEGMENTS
from techsim.mechanisms.choosing.onward.choice import Choices
from techsim.mechanisms.learning.state import Counts, Floats, Ids, Mask
from techsim.mechanisms.learning.teachers.capacity import COUNTRYWIDE, SEGMENT_OF, next_turnover, places_of
from techsim.mechanisms.learning.teachers.programmes import finds_closed
from techsim.mechanisms.learning.teachers.start import learners
from techsim.mechanisms.tallies import tally
from techsim.mechanisms.world import World
from techsim.population.draws import normals, uniforms
from techsim.population.randomness import Purpose
from techsim.results.coordinates import SELECTION

IS_COUNTRYWIDE = np.array([name in COUNTRYWIDE for name in SEGMENTS])
"""Whether the students of a segment come from the whole country; bool (S,)."""
MASTER, OUT = DESTINATIONS.index("wo_master"), DESTINATIONS.index("out")


def admit(world: World, choices: Choices) -> tuple[Choices, Mask]:
    """Choices after selection, and who waits a year; bool (m,).

    Conservation: admitted + diverted + waiting + turned away = those who chose a technical programme.
    """
    teaching = world.teaching
    if teaching is None:
        return choices, np.zeros(choices.who.size, dtype=np.bool_)
    p, people = world.parameters, world.people
    segment = _segments(choices.destination)
    technical = np.append(world.tables.dimensions.field_technical[:-1], False)[choices.field]
    goes_on = choices.destination == MASTER
    at = np.flatnonzero((segment >= 0) & technical & ~goes_on)
    region = people.region[choices.who]
    staying = learners(people, world.tables, staying=True)
    on = np.flatnonzero(goes_on & technical)
    np.add.at(staying[:, 1], (segment[on], region[on]), 1)
    teaching.turnover = next_turnover(
        before=teaching.turnover, students=teaching.students, staying=staying, years=p["teachers.turnover_years"]
    )
    places = places_of(
        norm=teaching.norm,
        available=teaching.fte + teaching.hybrid_fte,
        wanted=teaching.wanted,
        limit=p["teachers.max_stretch"] + world.hooks["teachers.max_stretch"],
        students=teaching.students,
        turnover=teaching.turnover,
        years=p["teachers.places_years"],
    )
    ids = people.id[choices.who[at]]
    luck = normals(world.seed, int(Purpose.TEACHER), ids, world.month, 7)
    score = p["teachers.selection_ability"] * people.ability[choices.who[at]].astype(np.float64) + luck
    nation = IS_COUNTRYWIDE[segment[at]]
    cell = segment[at].astype(np.int64) * places.shape[1] + np.where(nation, 0, region[at])
    open_to = ~finds_closed(world, teaching, choices, at, segment)
    admitted = np.zeros(at.size, dtype=np.bool_)
    admitted[open_to] = best_in_cells(cell=cell[open_to], score=score[open_to], ids=ids[open_to], places=places.ravel())
    lot = uniforms(world.seed, int(Purpose.TEACHER), ids, world.month, 8)
    diverts, waits = p["teachers.diverted"], p["teachers.waiting"]
    full = np.where(lot < diverts, 1, np.where(lot < diverts + waits, 2, 3))
    fate = np.where(admitted, 0, np.where(open_to, full, 1))
    slot = world.recorder.slot("technical_intake", world.month)
    tally(slot, (segment[at], region[at], fate))
    return _moved(world, choices, at, fate)


def best_in_cells(*, cell: Counts, score: Floats, ids: Ids, places: Counts) -> Mask:
    """Whether each is among the ``places`` (cells,) best of the own cell; ties by id, never by storage; bool (m,)."""
    order = np.lexsort((ids, -score, cell))
    ranked = cell[order]
    start = np.searchsorted(ranked, ranked, side="left")
    admitted = np.zeros(cell.size, dtype=np.bool_)
    admitted[order] = np.arange(cell.size) - start < places[ranked]
    return admitted


def _segments(destination: npt.NDArray[np.int8]) -> Counts:
    """Segment of each destination, -1 where none is taught by teachers of mbo, hbo and wo."""
    table = [SEGMENT_OF[COLUMNS.index(d)] if d in COLUMNS else -1 for d in DESTINATIONS]
    return np.array(table, dtype=np.int64)[destination]


def _moved(world: World, choices: Choices, at: Counts, fate: Counts) -> tuple[Choices, Mask]:
    destination, field, wants = choices.destination.copy(), choices.field.copy(), choices.wants_bbl.copy()
    diverted, gone = at[fate == SELECTION.index("diverted")], at[fate > SELECTION.index("diverted")]
    field[diverted] = _next_field(world, choices, diverted)
    destination[gone], field[gone] = OUT, -1
    wants[gone] = False
    waits = np.zeros(choices.who.size, dtype=np.bool_)
    waits[at[fate == SELECTION.index("waiting")]] = True
    return replace(choices, destination=destination, field=field, wants_bbl=wants), waits


def _next_field(world: World, choices: Choices, rows: Counts) -> npt.NDArray[np.int8]:
    """A field that is not technical, drawn by its share at the level; int8 (k,)."""
    people, technical = world.people, world.tables.dimensions.field_technical[:-1]
    names = ["wo" if d.startswith("wo") else d for d in DESTINATIONS]
    level = np.array([LEVELS_OF_CHOICE.index(n) if n in LEVELS_OF_CHOICE else -1 for n in names])
    who = choices.who[rows]
    shares = world.tables.education.field_shares[level[choices.destination[rows]], people.sex[who]] * ~technical
    cumulative = np.cumsum(shares, axis=1)
    draw = uniforms(world.seed, int(Purpose.TEACHER), people.id[who], world.month, 10)
    return np.asarray((cumulative < (draw * cumulative[:, -1])[:, None]).sum(axis=1), dtype=np.int8)

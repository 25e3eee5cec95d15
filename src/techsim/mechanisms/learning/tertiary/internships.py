"""L4 in school: what a bol student without an internship does: waits with the diploma, or leaves school for it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.tallies import tally
from techsim.mechanisms.world import World
from techsim.population.draws import uniforms
from techsim.population.randomness import Purpose
from techsim.population.rosters import stands_on
from techsim.population.states import NONE, Stage


def without_internship(world: World) -> npt.NDArray[np.int64]:
    """Rows of the mbo students on this school year's roster of those without an internship."""
    people, roster = world.people, world.labour.places.without_internship
    rows = np.flatnonzero(people.stage == int(Stage.MBO))
    found: npt.NDArray[np.int64] = rows[stands_on(people.id[rows], roster)]
    return found


def without_diploma(world: World) -> npt.NDArray[np.bool_]:
    """Who cannot get the diploma this July, each of the roster with chance ``internships.delay``; bool (n,)."""
    waits = np.zeros(world.people.size, dtype=np.bool_)
    rows = without_internship(world)
    draw = uniforms(world.seed, int(Purpose.INTERNSHIP), world.people.id[rows], world.month, 1)
    waits[rows[draw < world.parameters["internships.delay"]]] = True
    return waits


def give_up(world: World) -> None:
    """Half-way through the school year: some of the roster leave school, with chance ``internships.dropout``."""
    people, education, dims = world.people, world.tables.education, world.tables.dimensions
    rows = without_internship(world)
    draw = uniforms(world.seed, int(Purpose.INTERNSHIP), people.id[rows], world.month, 2)
    leaves = rows[draw < world.parameters["internships.dropout"]]
    programme = people.programme[leaves]
    where = (
        education.programme_level[programme],
        education.programme_pathway[programme],
        people.sex[leaves],
        people.region[leaves],
        dims.field_technical[education.programme_field[programme]].astype(np.int8),
    )
    tally(world.recorder.slot("dropouts", world.month), where)
    people.stage[leaves], people.programme[leaves] = Stage.OUT, NONE
    people.left_education[leaves] = world.month

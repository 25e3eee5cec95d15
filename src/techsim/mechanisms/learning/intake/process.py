"""L1, intake, in the month: September."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.data.education import COLUMNS, DESTINATIONS
from techsim.mechanisms.choosing.onward.choice import Choices, choose, origin_codes
from techsim.mechanisms.learning.intake.kernels import adult_candidates, allot, queue_draws, stand_before_choice
from techsim.mechanisms.learning.teachers.places import admit
from techsim.mechanisms.world import World
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import NONE, Diploma, Flag, Profile, Stage

Rows = npt.NDArray[np.int64]
BOL, BBL, NO_PATHWAY = "bol", "bbl", "none"
VO_GRADE_OF = {"havo": 4, "vwo": 5}
"""Grade in which those enter who come from the track below (Wet voortgezet onderwijs 2020, doorstroomrecht)."""
MAX_ADULT_LEVEL = "mbo3"


def process(world: World) -> None:
    """Onward choice, places, enrolment; everyone who chose is enrolled or out of education afterwards."""
    people, p = world.people, world.parameters
    chooses = np.zeros(people.size, dtype=np.bool_)
    stand_before_choice(
        seed=world.seed,
        month=world.month,
        ids=people.id,
        birth_month=people.birth_month,
        stage=people.stage,
        flags=people.flags,
        diploma=people.diploma,
        highest=int(Diploma.HBO),
        general=np.array([d in (Diploma.HAVO, Diploma.VWO) for d in Diploma]),
        reentry=np.array([p["onward.reentry"], p["onward.reentry_general"]]),
        chooses=chooses,
    )
    choices, waits = admit(world, choose(world, np.flatnonzero(chooses)))
    adults = _adults(world, chooses)
    placed, adults_placed = _give_places(world, choices, adults)
    _record_choices(world, choices)
    _enrol_choosers(world, choices, placed)
    # Who waits for a technical place stands before the choice next year again.
    people.flags[choices.who[waits]] |= np.uint8(Flag.GRADUATED)
    _enrol_adults(world, adults[adults_placed])


def _adults(world: World, chooses: npt.NDArray[np.bool_]) -> Rows:
    people, dims = world.people, world.tables.dimensions
    wants = np.zeros(people.size, dtype=np.bool_)
    adult_candidates(
        seed=world.seed,
        month=world.month,
        ids=people.id,
        birth_month=people.birth_month,
        stage=people.stage,
        level=people.level,
        labour=people.labour,
        occupation=people.occupation,
        chooses=chooses,
        max_level=dims.level.index(MAX_ADULT_LEVEL),
        chance=world.parameters["intake.adult_bbl"],
        wants=wants,
    )
    return np.flatnonzero(wants)


def _give_places(world: World, choices: Choices, adults: Rows) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Who finds a bbl place: bool for the choosers (m,) and for the adults (k,)."""
    people = world.people
    young = np.flatnonzero(choices.wants_bbl)
    who = np.concatenate([choices.who[young], adults])
    adult = np.arange(who.size) >= young.size
    group = np.concatenate([choices.field[young], people.occupation[adults]])
    region = people.region[who]
    draws = queue_draws(seed=world.seed, month=world.month, who=who, ids=people.id, adult=adult)
    order = np.lexsort((people.id[who], draws))
    given = np.zeros(who.size, dtype=np.bool_)
    allot(group=group[order], region=region[order], places=world.labour.places_free, placed=given)
    placed = np.zeros(who.size, dtype=np.bool_)
    placed[order] = given
    missed = ~placed
    slot = world.recorder.slot("bbl_without_place", world.month)
    np.add.at(slot, (group[missed], region[missed], people.sex[who[missed]]), 1)
    chosen = np.zeros(choices.who.size, dtype=np.bool_)
    chosen[young] = placed[: young.size]
    return chosen, placed[young.size :]


def _record_choices(world: World, choices: Choices) -> None:
    people, dims = world.people, world.tables.dimensions
    origin = origin_codes()[people.diploma[choices.who]]
    slot = world.recorder.slot("onward_choices", world.month)
    np.add.at(slot, (origin, choices.destination, people.sex[choices.who]), 1)
    has_field = choices.field >= 0
    kind = dims.field_technical[choices.field[has_field]].astype(np.int8)
    switches = world.recorder.slot("field_switches", world.month)
    np.add.at(switches, (origin[has_field], choices.earlier[has_field], kind), 1)


def _enrol_choosers(world: World, choices: Choices, placed: npt.NDArray[np.bool_]) -> None:
    people, education, dims = world.people, world.tables.education, world.tables.dimensions
    who, destination = choices.who, choices.destination.copy()
    missed = np.flatnonzero(choices.wants_bbl & ~placed)
    second = np.array([uniform(world.seed, int(Purpose.PLACE), i, world.month, 1) for i in people.id[who[missed]]])
    leaves = missed[second >= world.parameters["intake.bol_without_place"]] if missed.size else missed
    out = DESTINATIONS.index("out")
    destination[leaves] = out
    for name, column in ((d, COLUMNS.index(d)) for d in DESTINATIONS if d in COLUMNS):
        mine = np.flatnonzero(destination == DESTINATIONS.index(name))
        school = dims.pathway.index(BOL if name.startswith("mbo") else NO_PATHWAY)
        pathway = np.where(placed[mine], dims.pathway.index(BBL), school)
        _enrol(world, who[mine], education.programme_of[column, pathway, choices.field[mine]])
    for track, grade in VO_GRADE_OF.items():
        rows = who[destination == DESTINATIONS.index(track)]
        people.stage[rows], people.track[rows], people.grade[rows] = Stage.VO, dims.track.index(track), grade
        people.programme[rows] = NONE
        if grade == VO_GRADE_OF["havo"]:
            people.profile[rows] = Profile.NONE  # havo-4 chooses anew, also after a technical vmbo
    _leave(world, who[destination == out])
    people.flags[who] &= np.uint8(0xFF ^ int(Flag.GRADUATED))


def _enrol_adults(world: World, rows: Rows) -> None:
    people, dims, education = world.people, world.tables.dimensions, world.tables.education
    column = np.minimum(people.level[rows] + 1, COLUMNS.index("mbo4"))
    field = people.occupation[rows].astype(np.int64)
    programme = education.programme_of[column, dims.pathway.index(BBL), field]
    _enrol(world, rows, programme)


def _enrol(world: World, rows: Rows, programme: npt.NDArray[np.int8]) -> None:
    people, dims, education = world.people, world.tables.dimensions, world.tables.education
    stage = education.programme_stage[programme]
    level = education.programme_level[programme]
    diploma = people.diploma[rows]
    had_mbo = (diploma >= Diploma.MBO1) & (diploma <= Diploma.MBO4)
    first = ((stage == Stage.MBO) & ~had_mbo) | ((stage == Stage.HBO) & (diploma < Diploma.HBO))
    first |= stage == Stage.WO_BACHELOR
    technical = dims.field_technical[education.programme_field[programme]].astype(np.int8)
    where = (level, education.programme_pathway[programme], people.sex[rows], people.region[rows], technical)
    np.add.at(world.recorder.slot("entrants", world.month), tuple(w[first] for w in where), 1)
    people.stage[rows], people.programme[rows] = stage, programme
    people.enrolled[rows], people.grade[rows] = world.month, 1


def _leave(world: World, rows: Rows) -> None:
    """Leave education, or stay out of it; bachelors of wo who leave are counted as graduates of the past year."""
    people, dims = world.people, world.tables.dimensions
    leaving = rows[people.stage[rows] != Stage.OUT]
    bachelors = leaving[people.stage[leaving] == Stage.WO_BACHELOR]
    technical = dims.field_technical[people.field[bachelors]].astype(np.int8)
    slot = world.recorder.slot_of_year("graduates", world.school_year - 1)
    if slot is not None:
        level = np.full(bachelors.size, dims.level.index("wo"))
        pathway = np.full(bachelors.size, dims.pathway.index(NO_PATHWAY))
        np.add.at(slot, (level, pathway, people.sex[bachelors], people.region[bachelors], technical), 1)
    people.stage[leaving], people.programme[leaving] = Stage.OUT, NONE
    people.left_education[leaving] = world.month

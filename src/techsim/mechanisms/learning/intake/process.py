"""L1, intake, in the month: September."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import numpy.typing as npt

from techsim.data.education import COLUMNS, DESTINATIONS
from techsim.mechanisms.choosing.onward.choice import Choices, choose, note_switchers, origin_codes, switched
from techsim.mechanisms.learning.intake.kernels import stand_before_choice
from techsim.mechanisms.learning.intake.search import NOWHERE, Seekers, seek_places
from techsim.mechanisms.learning.international.applicants import applicants, from_abroad, join
from techsim.mechanisms.learning.teachers.places import admit
from techsim.mechanisms.tallies import tally
from techsim.mechanisms.world import World
from techsim.population.clock import MONTHS
from techsim.population.draws import uniforms
from techsim.population.randomness import Purpose
from techsim.population.rosters import stands_on
from techsim.population.states import NONE, Diploma, Flag, Labour, Profile, Stage

Rows = npt.NDArray[np.int64]
BOL, BBL, NO_PATHWAY = "bol", "bbl", "none"
VO_GRADE_OF = {"havo": 4, "vwo": 5}
"""Grade in which those enter who come from the track below (Wet voortgezet onderwijs 2020, doorstroomrecht)."""
COLUMN_OF = np.array([COLUMNS.index(d) if d in COLUMNS else NOWHERE for d in DESTINATIONS])
"""Column of education of each destination, NOWHERE where it has no programmes; int64 (destinations,)."""
TO_MBO = np.array([d.startswith("mbo") for d in DESTINATIONS])
"""Whether a destination is in mbo; bool (destinations,)."""
MAX_ADULT_LEVEL = "mbo3"
ADULT_AGES = (20, 45)
"""Ages in years, from and before, of adults who may want a bbl programme."""


def process(world: World) -> None:
    """Onward choice, places, enrolment; everyone who chose is enrolled or out of education afterwards."""
    people, p = world.people, world.parameters
    chooses, may = np.zeros(people.size, dtype=np.bool_), np.empty(people.size, dtype=np.int64)
    found = stand_before_choice(
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
        may=may,
    )
    may = may[:found]
    chooses[may[stands_on(people.id[may], world.labour.places.waiting)]] = True
    chooses[applicants(world)] = False
    local = choose(world, np.flatnonzero(chooses))
    choices, waits = admit(world, join(world, local))
    adults = _adults(world, chooses)
    young = np.flatnonzero(choices.wants_bbl)
    who = np.concatenate([choices.who[young], adults])
    wanted = np.concatenate([choices.field[young].astype(np.int8), people.occupation[adults]])
    groups = seek_places(world, Seekers(who, wanted, np.arange(who.size) >= young.size))
    _record_choices(world, choices, local.who.size)
    _enrol_choosers(world, choices, groups[: young.size])
    # Who waits for a technical place stands before the choice next year again.
    people.flags[choices.who[waits]] |= np.uint8(Flag.GRADUATED)
    placed = groups[young.size :] >= 0
    _wait_adults(world, adults[~placed])
    _enrol_adults(world, adults[placed], groups[young.size :][placed])


def _of_age(world: World, first: int, end: int) -> npt.NDArray[np.bool_]:
    """Who is ``first`` years old, or more, and not yet ``end``; bool (n,)."""
    born = world.people.birth_month
    youngest, eldest = (np.int16(world.month - MONTHS * years) for years in (first, end))
    return np.asarray((born <= youngest) & (born > eldest))


def _draws(world: World, rows: Rows) -> npt.NDArray[np.float64]:
    """What those without a place do next is drawn once; float64 (m,)."""
    return np.asarray(uniforms(world.seed, int(Purpose.PLACE), world.people.id[rows], world.month, 1))


def _wait_adults(world: World, missed: Rows) -> None:
    waits = _draws(world, missed) < world.parameters["intake.adult_waits"]
    world.labour.places.waiting_adults = np.sort(world.people.id[missed[waits]])


def _adults(world: World, chooses: npt.NDArray[np.bool_]) -> Rows:
    """Adults of low education in the labour force who want a bbl programme, less those who choose as school leavers,
    ``chooses`` (n,): those who wait since last September want one again."""
    people, dims = world.people, world.tables.dimensions
    in_force = (people.labour == int(Labour.EMPLOYED)) | (people.labour == int(Labour.UNEMPLOYED))
    ready = _of_age(world, *ADULT_AGES) & (people.stage == int(Stage.OUT)) & ~chooses & in_force
    low = people.level <= dims.level.index(MAX_ADULT_LEVEL)
    rows = np.flatnonzero(ready & low & (people.occupation >= 0))
    ids = people.id[rows]
    wants = uniforms(world.seed, int(Purpose.ADULT_BBL), ids, world.month, 0) < world.parameters["intake.adult_bbl"]
    return np.asarray(rows[wants | stands_on(ids, world.labour.places.waiting_adults)])


def _record_choices(world: World, choices: Choices, local: int) -> None:
    """Choices of the first ``local``: who came from abroad did not choose here."""
    choices = Choices(*(getattr(choices, column.name)[:local] for column in fields(Choices)))
    people, dims = world.people, world.tables.dimensions
    note_switchers(world, switched(world, choices))
    if not world.recorder.wants("onward_choices") and not world.recorder.wants("field_switches"):
        return
    origin = origin_codes()[people.diploma[choices.who]]
    tally(world.recorder.slot("onward_choices", world.month), (origin, choices.destination, people.sex[choices.who]))
    has_field = choices.field >= 0
    kind = dims.field_technical[choices.field[has_field]].astype(np.int8)
    switches = world.recorder.slot("field_switches", world.month)
    tally(switches, (origin[has_field], choices.earlier[has_field], kind))


def _enrol_choosers(world: World, choices: Choices, found: npt.NDArray[np.int64]) -> None:
    """Enrol; ``found`` is the group of the bbl place of those who wanted one, or -1."""
    people, education, dims, p = world.people, world.tables.education, world.tables.dimensions, world.parameters
    who, destination, field = choices.who, choices.destination.copy(), choices.field.astype(np.int64)
    placed = np.zeros(who.size, dtype=np.bool_)
    seekers = np.flatnonzero(choices.wants_bbl)
    placed[seekers] = found >= 0
    field[seekers] = np.where(found >= 0, found, field[seekers])
    missed = seekers[found < 0]
    draw = _draws(world, who[missed])
    to_bol = draw < p["intake.bol_without_place"]
    waits = ~to_bol & (draw < p["intake.bol_without_place"] + p["intake.wait_without_place"])
    world.labour.places.waiting = np.sort(people.id[who[missed[waits]]])
    leaves = missed[~to_bol]
    out = DESTINATIONS.index("out")
    destination[leaves] = out
    column = COLUMN_OF[destination]
    school = np.where(TO_MBO[destination], dims.pathway.index(BOL), dims.pathway.index(NO_PATHWAY))
    pathway = np.where(placed, dims.pathway.index(BBL), school)
    goes = np.flatnonzero(column >= 0)
    _enrol(world, who[goes], education.programme_of[column[goes], pathway[goes], field[goes]])
    for track, grade in VO_GRADE_OF.items():
        rows = who[destination == DESTINATIONS.index(track)]
        people.stage[rows], people.track[rows], people.grade[rows] = Stage.VO, dims.track.index(track), grade
        people.programme[rows] = NONE
        if grade == VO_GRADE_OF["havo"]:
            people.profile[rows] = Profile.NONE  # havo-4 chooses anew, also after a technical vmbo
    _leave(world, who[destination == out])
    people.flags[who] &= np.uint8(0xFF ^ int(Flag.GRADUATED))


def _enrol_adults(world: World, rows: Rows, field: npt.NDArray[np.int64]) -> None:
    people, dims, education = world.people, world.tables.dimensions, world.tables.education
    column = np.minimum(people.level[rows] + 1, COLUMNS.index("mbo4"))
    programme = education.programme_of[column, dims.pathway.index(BBL), field]
    _enrol(world, rows, programme)


def _enrol(world: World, rows: Rows, programme: npt.NDArray[np.int8]) -> None:
    people, dims, education = world.people, world.tables.dimensions, world.tables.education
    stage = education.programme_stage[programme]
    level = education.programme_level[programme]
    diploma = people.diploma[rows]
    had_mbo = (diploma >= Diploma.MBO1) & (diploma <= Diploma.MBO4)
    first = ((stage == int(Stage.MBO)) & ~had_mbo) | ((stage == int(Stage.HBO)) & (diploma < Diploma.HBO))
    first |= (stage == int(Stage.WO_BACHELOR)) | ((stage == int(Stage.WO_MASTER)) & from_abroad(people, rows))
    technical = dims.field_technical[education.programme_field[programme]].astype(np.int8)
    where = (level, education.programme_pathway[programme], people.sex[rows], people.region[rows], technical)
    tally(world.recorder.slot("entrants", world.month), tuple(w[first] for w in where))
    people.stage[rows], people.programme[rows] = stage, programme
    people.enrolled[rows], people.grade[rows] = world.month, 1


def _leave(world: World, rows: Rows) -> None:
    """Leave education, or stay out of it; bachelors of wo who leave are counted as graduates of the past year."""
    people, dims = world.people, world.tables.dimensions
    leaving = rows[people.stage[rows] != int(Stage.OUT)]
    bachelors = leaving[people.stage[leaving] == int(Stage.WO_BACHELOR)]
    technical = dims.field_technical[people.field[bachelors]].astype(np.int8)
    slot, by_background = (
        world.recorder.slot_of_year(name, world.school_year - 1) for name in ("graduates", "graduates_by_background")
    )
    if slot is not None and by_background is not None:
        level = np.full(bachelors.size, dims.level.index("wo"))
        pathway = np.full(bachelors.size, dims.pathway.index(NO_PATHWAY))
        tally(slot, (level, pathway, people.sex[bachelors], people.region[bachelors], technical))
        tally(by_background, (level, people.background[bachelors], technical))
    people.stage[leaving], people.programme[leaving] = Stage.OUT, NONE
    people.left_education[leaving] = world.month

"""L1, mbo, hbo and wo, in the month: diplomas in July, drop-out in teaching months, switching in February."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.data.education import COLUMNS, LEVELS_OF_CHOICE
from techsim.mechanisms.choosing.onward.choice import note_switchers, weights
from techsim.mechanisms.learning.teachers.capacity import strain
from techsim.mechanisms.learning.tertiary.internships import give_up, without_diploma
from techsim.mechanisms.learning.tertiary.kernels import drop_out, finish, switch
from techsim.mechanisms.world import World
from techsim.population.parts import Tally, tallied
from techsim.population.states import Diploma, Stage

JANUARY = 1
DIPLOMA_OF = {
    "mbo1": Diploma.MBO1,
    "mbo2": Diploma.MBO2,
    "mbo3": Diploma.MBO3,
    "mbo4": Diploma.MBO4,
    "hbo": Diploma.HBO,
    "wo_bachelor": Diploma.WO_BACHELOR,
    "wo_master": Diploma.WO_MASTER,
}


def diplomas(world: World) -> None:
    """Diplomas of July; those who fail study on (delay)."""
    people, dims, education = world.people, world.tables.dimensions, world.tables.education
    finish(
        seed=world.seed,
        month=world.month,
        ids=people.id,
        stage=people.stage,
        programme=people.programme,
        enrolled=people.enrolled,
        sex=people.sex,
        region=people.region,
        years=education.programme_years,
        column=education.programme_column,
        level_of=education.programme_level,
        field_of=education.programme_field,
        pathway_of=education.programme_pathway,
        technical=dims.field_technical[:-1],
        passed=education.passed,
        ease=strain(world, "delay"),
        diploma_of=np.array([DIPLOMA_OF[c] for c in COLUMNS], dtype=np.int8),
        waits=without_diploma(world),
        diploma=people.diploma,
        level=people.level,
        field=people.field,
        flags=people.flags,
        background=people.background,
        count=world.recorder.slot("graduates", world.month),
        by_background=world.recorder.slot("graduates_by_background", world.month),
    )


def dropping_out(world: World) -> None:
    """Drop-out of a teaching month."""
    people, dims, education, p = world.people, world.tables.dimensions, world.tables.education, world.parameters
    burden = strain(world, "dropout")

    def some(part: slice, count: Tally) -> None:
        drop_out(
            seed=world.seed,
            month=world.month,
            ids=people.id[part],
            sex=people.sex[part],
            region=people.region[part],
            affinity=people.affinity[part],
            flags=people.flags[part],
            enrolled=people.enrolled[part],
            column=education.programme_column,
            level_of=education.programme_level,
            field_of=education.programme_field,
            pathway_of=education.programme_pathway,
            technical=dims.field_technical[:-1],
            first=education.dropout_first,
            later=education.dropout_later,
            strain=burden,
            misfit_weight=p["tertiary.misfit_weight"],
            route_ratio=p["technologieroute.dropout"],
            stage=people.stage[part],
            programme=people.programme[part],
            left_education=people.left_education[part],
            count=count,
        )

    tallied(world.threads, people.size, (world.recorder.slot("dropouts", world.month),), some)
    if world.calendar_month == JANUARY:
        give_up(world)


def switching(world: World) -> None:
    """Switching sideways in the first year (K3)."""
    people, dims, education, p = world.people, world.tables.dimensions, world.tables.education, world.parameters
    before = people.programme.copy()
    switch(
        seed=world.seed,
        month=world.month,
        ids=people.id,
        stage=people.stage,
        sex=people.sex,
        region=people.region,
        affinity=people.affinity,
        column=education.programme_column,
        level_of=education.programme_level,
        field_of=education.programme_field,
        pathway_of=education.programme_pathway,
        technical=dims.field_technical[:-1],
        programme_of=education.programme_of,
        chance_of=education.switch_first,
        field_shares=education.field_shares,
        level_row=level_rows(),
        misfit_weight=p["tertiary.misfit_weight"],
        affinity_weight=p["followup.affinity_weight"],
        kind_ratio=p["switching.kind_change"],
        penalty=weights(world).switch_penalty,
        programme=people.programme,
        enrolled=people.enrolled,
        count=world.recorder.slot("programme_switches", world.month),
    )
    note_switchers(world, np.flatnonzero(people.programme != before))


def level_rows() -> npt.NDArray[np.int8]:
    """Row of the field shares of each column; int8 (columns,)."""
    return np.array([LEVELS_OF_CHOICE.index("wo" if c.startswith("wo") else c) for c in COLUMNS], dtype=np.int8)


def count_students(world: World) -> None:
    """Students on 1 October by level, pathway, sex, region and kind of field."""
    people, dims, education = world.people, world.tables.dimensions, world.tables.education
    here = np.flatnonzero((people.stage >= int(Stage.MBO)) & (people.stage <= int(Stage.WO_MASTER)))
    programme = people.programme[here]
    technical = dims.field_technical[education.programme_field[programme]].astype(np.int8)
    where = (
        education.programme_level[programme],
        education.programme_pathway[programme],
        people.sex[here],
        people.region[here],
        technical,
    )
    np.add.at(world.recorder.slot("students", world.month), where, 1)

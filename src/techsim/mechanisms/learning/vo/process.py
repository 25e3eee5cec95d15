"""L1, vo, in the month: exams in July, promotion in August, pupils counted in October."""

from __future__ import annotations

import numpy as np

from techsim.mechanisms.choosing.onward.choice import weights
from techsim.mechanisms.learning.teachers.capacity import strain_in_vo, upper_tracks
from techsim.mechanisms.learning.vo.kernels import promote, sit_exams
from techsim.mechanisms.world import World
from techsim.population.states import Diploma, Stage

DIPLOMA_OF = {
    "vmbo_bb": Diploma.VMBO_BB,
    "vmbo_kb": Diploma.VMBO_KB,
    "vmbo_gl": Diploma.VMBO_GL,
    "vmbo_tl": Diploma.VMBO_TL,
    "havo": Diploma.HAVO,
    "vwo": Diploma.VWO,
}
LEVEL_OF = {"havo": "mbo4", "vwo": "mbo4"}
"""Labour-market level of a vo diploma where it is above the lowest: startkwalificatie (SOI level 3)."""
BELOW = {"vwo": "havo", "havo": "vmbo_tl", "vmbo_tl": "vmbo_kb", "vmbo_gl": "vmbo_kb", "vmbo_kb": "vmbo_bb"}
"""Track to which pupils move down (K3)."""


def exams(world: World) -> None:
    """Final exams; diplomas are written and counted."""
    people, dims, education = world.people, world.tables.dimensions, world.tables.education
    sit_exams(
        seed=world.seed,
        month=world.month,
        ids=people.id,
        stage=people.stage,
        track=people.track,
        grade=people.grade,
        sex=people.sex,
        region=people.region,
        profile=people.profile,
        ability=people.ability,
        last=education.vo_last_grade,
        passed=education.vo_passed,
        upper=upper_tracks(dims),
        ease=strain_in_vo(world, "delay"),
        ability_weight=world.parameters["vo.ability_weight"],
        diploma_of=np.array([DIPLOMA_OF.get(t, Diploma.NONE) for t in dims.track], dtype=np.int8),
        level_of=np.array([dims.level.index(LEVEL_OF.get(t, dims.level[0])) for t in dims.track], dtype=np.int8),
        diploma=people.diploma,
        level=people.level,
        flags=people.flags,
        count=world.recorder.slot("vo_graduates", world.month),
    )


def promotion(world: World) -> None:
    """Promotion, repeating, moving down (at its cost, K3) and leaving."""
    people, dims, education = world.people, world.tables.dimensions, world.tables.education
    promote(
        seed=world.seed,
        month=world.month,
        ids=people.id,
        birth_month=people.birth_month,
        ability=people.ability,
        region=people.region,
        profile=people.profile,
        upper=upper_tracks(dims),
        strain=strain_in_vo(world, "dropout"),
        last=education.vo_last_grade,
        repeat=education.vo_repeat,
        down=education.vo_down,
        leave=education.vo_leave,
        lower=np.array([dims.track.index(BELOW[t]) if t in BELOW else -1 for t in dims.track], dtype=np.int8),
        ability_weight=world.parameters["vo.ability_weight"],
        down_penalty=weights(world).down_penalty,
        stage=people.stage,
        track=people.track,
        grade=people.grade,
        flags=people.flags,
        left_education=people.left_education,
    )


def count_pupils(world: World) -> None:
    """Pupils on 1 October by track, sex and region."""
    people = world.people
    here = people.stage == int(Stage.VO)
    slot = world.recorder.slot("pupils", world.month)
    np.add.at(slot, (people.track[here], people.sex[here], people.region[here]), 1)

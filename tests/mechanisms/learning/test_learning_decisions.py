"""Tables of the scalar decisions of learning, limiting cases, and the directions of affinity, ability and route."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from mechanisms.school_world import school_world
from techsim.data.inputs import Tables
from techsim.mechanisms.learning.flows.kernels import node_of
from techsim.mechanisms.learning.intake.kernels import reentry_chance
from techsim.mechanisms.learning.tertiary.kernels import misfit, monthly
from techsim.mechanisms.learning.tertiary.process import diplomas, dropping_out, switching
from techsim.mechanisms.learning.vo.kernels import shifted
from techsim.mechanisms.learning.vo.process import exams, promotion
from techsim.population.states import Flag, FlowNode, Labour, Profile, Stage


@pytest.mark.parametrize(
    ("chance", "shift", "result"),
    [(0.5, 0.0, 0.5), (0.5, math.log(3), 0.75), (0.9, -math.log(9), 0.5), (0.0, 5.0, 0.0), (1.0, -5.0, 1.0)],
)
def test_shifted(chance: float, shift: float, result: float) -> None:
    assert shifted(chance, shift) == pytest.approx(result)


@pytest.mark.parametrize("yearly", [0.0, 0.05, 0.3, 0.99, 1.0, 1.7])
def test_ten_months_make_a_year(yearly: float) -> None:
    assert 1 - (1 - monthly(yearly)) ** 10 == pytest.approx(min(1.0, yearly))


@pytest.mark.parametrize(
    ("affinity", "technical", "ratio"), [(-2.0, False, 1.0), (0.0, True, 1.0), (1.0, True, 0.778801)]
)
def test_misfit(affinity: float, technical: bool, ratio: float) -> None:
    assert misfit(0.25, affinity, technical) == pytest.approx(ratio, abs=1e-6)


@pytest.mark.parametrize(("age", "chance"), [(16.0, 0.6), (20.0, 0.6), (21.0, 0.3), (23.0, 0.075)])
def test_reentry_halves_each_year_above_twenty(age: float, chance: float) -> None:
    assert reentry_chance(0.6, age) == pytest.approx(chance)


HAVO, START = int(FlowNode.HAVO_TECHNICAL), int(FlowNode.VO_START)


@pytest.mark.parametrize(
    ("old", "stage", "base", "profile", "field", "out", "employed", "job", "node"),
    [
        ("NOT_STARTED", Stage.VO, HAVO, Profile.NONE, False, 0, False, False, "VO_START"),
        ("VO_START", Stage.VO, HAVO, Profile.TECHNICAL, False, 0, False, False, "HAVO_TECHNICAL"),
        ("VO_START", Stage.VO, HAVO, Profile.OTHER, False, 0, False, False, "HAVO_OTHER"),
        ("VMBO_OTHER", Stage.VO, HAVO, Profile.NONE, False, 0, False, False, "VMBO_OTHER"),
        ("VO_START", Stage.VO, START, Profile.TECHNICAL, False, 0, False, False, "VO_START"),
        ("HAVO_OTHER", Stage.MBO, HAVO, Profile.OTHER, True, 0, True, False, "MBO_TECHNICAL"),
        ("HAVO_OTHER", Stage.HBO, HAVO, Profile.OTHER, False, 0, False, False, "HBO_OTHER"),
        ("WO_OTHER", Stage.WO_MASTER, HAVO, Profile.OTHER, True, 0, False, False, "WO_TECHNICAL"),
        ("HBO_OTHER", Stage.OUT, HAVO, Profile.OTHER, False, 17, True, True, "HBO_OTHER"),
        ("HBO_OTHER", Stage.OUT, HAVO, Profile.OTHER, False, 18, True, True, "WORK_TECHNICAL"),
        ("HBO_OTHER", Stage.OUT, HAVO, Profile.OTHER, False, 18, True, False, "WORK_OTHER"),
        ("HBO_OTHER", Stage.OUT, HAVO, Profile.OTHER, False, 18, False, True, "NOT_WORKING"),
        ("NOT_WORKING", Stage.OUT, HAVO, Profile.OTHER, False, 40, True, True, "NOT_WORKING"),
        ("WORK_OTHER", Stage.MBO, HAVO, Profile.OTHER, True, 0, True, True, "MBO_TECHNICAL"),
    ],
)
def test_nodes(
    old: str,
    stage: Stage,
    base: int,
    profile: Profile,
    field: bool,
    out: int,
    employed: bool,
    job: bool,
    node: str,
) -> None:
    found = node_of(int(FlowNode[old]), int(stage), base, int(profile), field, out, employed, job)
    assert FlowNode(found).name == node


def certain(tables: Tables, chance: float) -> Tables:
    """Tables in which passing, dropping out, switching and moves in vo all have one chance."""
    e = tables.education
    columns = ("passed", "dropout_first", "dropout_later", "switch_first", "vo_passed", "vo_leave")
    return replace(tables, education=replace(e, **{name: np.full_like(getattr(e, name), chance) for name in columns}))


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_chances_of_nought_and_one(tables: Tables, chance: float) -> None:
    sure = certain(tables, chance)
    e, none = sure.education, {"tertiary__misfit_weight": 0.0, "technologieroute__dropout": 1.0}

    world = school_world(sure, (2010, 7), 800, 1)
    world.people.flags[:] = 0
    people = world.people
    final = (people.stage == Stage.VO) & (people.grade == e.vo_last_grade[people.track])
    students = people.programme >= 0
    due = students.copy()
    due[students] = (world.month + 2 - people.enrolled[students]) // 12 >= e.programme_years[people.programme[students]]
    exams(world)
    diplomas(world)
    np.testing.assert_array_equal((people.flags & Flag.GRADUATED) > 0, (final | due) & bool(chance))

    world = school_world(sure, (2010, 8), 800, 1)
    world.people.flags[:] = 0
    before, grades = world.people.stage.copy(), world.people.grade.copy()
    promotion(world)
    left = (before == Stage.VO) & (world.people.stage == Stage.OUT)
    assert left.sum() == ((before == Stage.VO) & (world.month - world.people.birth_month >= 192)).sum() * chance
    assert (world.people.grade >= grades).all()

    world = school_world(sure, (2010, 11), 800, 1, **none)
    students = world.people.programme >= 0
    dropping_out(world)
    np.testing.assert_array_equal((world.people.programme >= 0) & students, students & (chance == 0.0))

    world = school_world(sure, (2010, 2), 800, 1, **{**none, "switching__cost": 1.0, "switching__relief": 0.0})
    people, before = world.people, world.people.programme.copy()
    bbl = tables.dimensions.pathway.index("bbl")
    may = (before >= 0) & (world.month - people.enrolled < 12) & (e.programme_pathway[before] != bbl)
    switching(world)
    np.testing.assert_array_equal(people.programme != before, may & bool(chance))


@pytest.mark.parametrize("seed", [1, 2])
def test_ability_helps_affinity_holds_and_the_route_keeps(tables: Tables, seed: int) -> None:
    sets: dict[str, list[np.ndarray]] = {"passed": [], "left": [], "left_by_route": []}
    for more in (0.0, 1.5):
        world = school_world(tables, (2010, 7), 3000, seed)
        world.people.flags[:] = 0
        world.people.ability += np.float32(more)
        exams(world)
        sets["passed"].append((world.people.flags & Flag.GRADUATED) > 0)
        world = school_world(tables, (2010, 11), 3000, seed)
        world.people.affinity += np.float32(more)
        world.people.flags[:] = 0
        dropping_out(world)
        sets["left"].append(world.people.left_education == world.month)
        world = school_world(tables, (2010, 11), 3000, seed, technologieroute__dropout=0.5)
        world.people.flags[:] = np.uint8(Flag.TECHNOLOGIEROUTE if more else 0)
        dropping_out(world)
        sets["left_by_route"].append(world.people.left_education == world.month)
    low, high = sets["passed"]
    assert not (low & ~high).any()
    assert high.sum() > low.sum()
    for name in ("left", "left_by_route"):
        low, high = sets[name]
        assert not (high & ~low).any(), name
    assert sets["left_by_route"][1].sum() < sets["left_by_route"][0].sum()


def test_nobody_under_sixteen_leaves_and_labour_is_never_written(tables: Tables) -> None:
    world = school_world(certain(tables, 1.0), (2010, 8), 800, 1)
    world.people.flags[:] = 0
    labour = world.people.labour.copy()
    young = (world.people.stage == Stage.VO) & (world.month - world.people.birth_month < 192)
    promotion(world)
    assert young.sum() > 50
    assert (world.people.stage[young] == Stage.VO).all()
    np.testing.assert_array_equal(world.people.labour, labour)
    assert (labour[young] == Labour.OUTSIDE).all()

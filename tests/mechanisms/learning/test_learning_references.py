"""Kernels of learning equal their plain-Python references, person by person and count by count."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from mechanisms.school_world import as_dicts, cost_of_switching, programmes, school_world, wild
from reference import learning as reference
from techsim.data.inputs import Tables
from techsim.mechanisms.demography.moving.state import Moving
from techsim.mechanisms.learning.flows.process import process as flow
from techsim.mechanisms.learning.tertiary.kernels import monthly, most_of_month
from techsim.mechanisms.learning.tertiary.process import count_students, diplomas, dropping_out, switching
from techsim.mechanisms.learning.vo.process import BELOW, count_pupils, exams, promotion
from techsim.mechanisms.tallies import tally
from techsim.mechanisms.world import World
from techsim.population.people import COHORT_BASE
from techsim.population.states import NONE, Diploma, Flag, Profile, Stage

SEEDS = [1, 2, 3]
VO_DIPLOMAS = {"vmbo_bb": 1, "vmbo_kb": 2, "vmbo_gl": 3, "vmbo_tl": 4, "havo": 9, "vwo": 10}
COLUMN_DIPLOMAS = (5, 6, 7, 8, 11, 12, 13)


def counted(world: World, indicator: str) -> dict[tuple[int, ...], int]:
    """The month's non-zero counts of an indicator."""
    slot = world.recorder.slot(indicator, world.month)
    return {tuple(int(x) for x in at): int(slot[tuple(at)]) for at in np.argwhere(slot)}


def tertiary_rules(world: World) -> dict[str, Any]:
    """What the references of mbo, hbo and wo need."""
    p, e, dims = world.parameters, world.tables.education, world.tables.dimensions
    shares = e.field_shares.tolist()
    return {
        "programmes": programmes(world.tables),
        "technical": dims.field_technical[:-1].tolist(),
        "passed": e.passed.tolist(),
        "diploma_of": COLUMN_DIPLOMAS,
        "first": e.dropout_first.tolist(),
        "later": e.dropout_later.tolist(),
        "switch": e.switch_first.tolist(),
        "shares": [*shares, shares[-1]],
        "beta_d": p["tertiary.misfit_weight"],
        "without_internship": set(world.labour.places.without_internship.tolist()),
        "delay": p["internships.delay"],
        "gives_up": p["internships.dropout"],
        "theta": p["technologieroute.dropout"],
        "beta_f": p["followup.affinity_weight"],
        "phi": p["switching.kind_change"],
        "w": p["switching.cost_weight"],
        "kappa": cost_of_switching(world),
    }


def cell(world: World, person: dict[str, Any], rules: dict[str, Any]) -> tuple[int, ...]:
    """Level, pathway, sex, region and kind of a student."""
    programme = rules["programmes"][person["programme"]]
    pathway = world.tables.dimensions.pathway.index(programme["pathway"])
    technical = int(rules["technical"][programme["field"]])
    return programme["level"], pathway, person["sex"], person["region"], technical


def short_of_teachers(world: World, seed: int) -> None:
    """Give the world teachers who have more, or fewer, pupils than at the start."""
    stretch = np.random.default_rng(seed).uniform(0.8, 2.0, (5, 2, world.tables.dimensions.size("region")))
    world.parameters = {
        **world.parameters,
        "teachers.dropout": 0.4,
        "teachers.delay": 0.3,
        "teachers.technical_lessons": 0.35,
    }
    world.teaching = SimpleNamespace(stretch=stretch)  # type: ignore[assignment]


def vo_rules(world: World) -> dict[str, Any]:
    """What the references of vo need."""
    e, track = world.tables.education, world.tables.dimensions.track
    return {
        "last": [int(np.flatnonzero(row)[0]) for row in e.vo_final],
        "passed": e.vo_passed.tolist(),
        "repeat": e.vo_repeat.tolist(),
        "down": e.vo_down.tolist(),
        "w_down": world.parameters["switching.cost_weight_down"],
        "kappa": cost_of_switching(world),
        "leave": e.vo_leave.tolist(),
        "below": {track.index(t): track.index(b) for t, b in BELOW.items()},
        "beta": world.parameters["vo.ability_weight"],
        "upper": (track.index("havo"), track.index("vwo")),
        "stretch": world.teaching.stretch[:2].tolist() if world.teaching else [],
        "e_d": world.parameters.get("teachers.dropout", 0.0),
        "lessons": world.parameters.get("teachers.technical_lessons", 0.0),
        "e_p": world.parameters.get("teachers.delay", 0.0),
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_final_exams(tables: Tables, seed: int) -> None:
    world = school_world(wild(tables, seed), (2010, 7), 1500, seed)
    short_of_teachers(world, seed)
    rules, before, dims = vo_rules(world), as_dicts(world.people), tables.dimensions
    passed = [reference.passes_vo(seed, world.month, person, rules) for person in before]
    exams(world)
    expected = Counter()
    for person, after, has in zip(before, as_dicts(world.people), passed, strict=True):
        if not has:
            assert after == person
            continue
        track = dims.track[person["track"]]
        level = dims.level.index("mbo4") if track in ("havo", "vwo") else 0
        assert after == person | {
            "diploma": max(person["diploma"], VO_DIPLOMAS.get(track, 0)),
            "level": max(person["level"], level),
            "flags": person["flags"] | Flag.GRADUATED,
        }
        technical = int(person["profile"] == Profile.TECHNICAL)
        expected[person["track"], person["sex"], person["region"], technical] += 1
    assert sum(expected.values()) > 50
    assert counted(world, "vo_graduates") == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_promotion(tables: Tables, seed: int) -> None:
    world = school_world(wild(tables, seed), (2010, 8), 1500, seed)
    short_of_teachers(world, seed)
    rules, before = vo_rules(world), as_dicts(world.people)
    expected = [reference.promoted(seed, world.month, person, rules) for person in before]
    promotion(world)
    after = as_dicts(world.people)
    assert after == expected
    moved = list(zip(before, after, strict=True))
    assert sum(b["track"] != a["track"] for b, a in moved) > 10
    assert sum(b["stage"] != a["stage"] for b, a in moved) > 10
    assert sum(b["grade"] < a["grade"] for b, a in moved) > 50


@pytest.mark.parametrize("seed", SEEDS)
def test_diplomas_of_mbo_hbo_and_wo(tables: Tables, seed: int) -> None:
    world = school_world(wild(tables, seed), (2010, 7), 1500, seed)
    world.labour.places.without_internship = np.sort(world.people.id)[::2].copy()
    rules, before = tertiary_rules(world), as_dicts(world.people)
    passed = [reference.finishes(seed, world.month, person, rules) for person in before]
    diplomas(world)
    expected, by_background = Counter(), Counter()
    for person, after, has in zip(before, as_dicts(world.people), passed, strict=True):
        assert after == (reference.with_diploma(person, rules) if has else person)
        if has and person["stage"] != Stage.WO_BACHELOR:
            level, *_, technical = at = cell(world, person, rules)
            expected[at] += 1
            by_background[level, person["background"], technical] += 1
    assert sum(passed) > 100
    assert counted(world, "graduates") == expected
    assert counted(world, "graduates_by_background") == by_background


@pytest.mark.parametrize("month", [1, 11])
@pytest.mark.parametrize("seed", SEEDS)
def test_drop_out(tables: Tables, seed: int, month: int) -> None:
    """January's with those whom a missing internship makes leave."""
    world = school_world(wild(tables, seed), (2010, month), 1500, seed)
    world.labour.places.without_internship = np.sort(world.people.id)[::2].copy()
    rules, before = tertiary_rules(world), as_dicts(world.people)
    gone = [reference.drops_out(seed, world.month, person, rules) for person in before]
    dropping_out(world)
    expected = Counter(cell(world, person, rules) for person, left in zip(before, gone, strict=True) if left)
    left_now = {"stage": Stage.OUT, "programme": NONE, "left_education": world.month}
    assert as_dicts(world.people) == [p | left_now if left else p for p, left in zip(before, gone, strict=True)]
    assert sum(gone) > 20
    assert counted(world, "dropouts") == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_switching_sideways(tables: Tables, seed: int) -> None:
    world = school_world(wild(tables, seed), (2010, 2), 2500, seed)
    rules, before = tertiary_rules(world), as_dicts(world.people)
    fields = [reference.switched(seed, world.month, person, rules) for person in before]
    switching(world)
    expected = Counter()
    for person, after, field in zip(before, as_dicts(world.people), fields, strict=True):
        if field is None:
            assert after == person
            continue
        old = rules["programmes"][person["programme"]]
        new = rules["programmes"][after["programme"]]
        assert new["field"] == field != old["field"]
        assert (new["column"], new["pathway"]) == (old["column"], old["pathway"])
        assert after == person | {"programme": after["programme"], "enrolled": world.month}
        kinds = int(rules["technical"][old["field"]]), int(rules["technical"][field])
        expected[old["level"], person["sex"], *kinds] += 1
    assert sum(expected.values()) > 20
    assert counted(world, "programme_switches") == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_counts_of_october(tables: Tables, seed: int) -> None:
    world = school_world(tables, (2010, 10), 1000, seed)
    rules, people = tertiary_rules(world), as_dicts(world.people)
    count_pupils(world)
    count_students(world)
    vo = Counter((p["track"], p["sex"], p["region"]) for p in people if p["stage"] == Stage.VO)
    students = Counter(cell(world, p, rules) for p in people if Stage.MBO <= p["stage"] <= Stage.WO_MASTER)
    assert counted(world, "pupils") == vo
    assert counted(world, "students") == students


def left_home(world: World, seed: int) -> dict[int, int]:
    """Give a third of the people a home that they have left; region by id."""
    rng, people = np.random.default_rng(seed), world.people
    ids = np.sort(rng.choice(people.id, people.size // 3, replace=False))
    home = rng.integers(0, world.tables.dimensions.size("region"), ids.size).astype(np.int8)
    names = ("residents", "residents_at_start", "parents", "raising", "workers", "jobs")
    world.moving = Moving(ids=ids, home=home, **{name: np.zeros(0) for name in names})
    return dict(zip(ids.tolist(), home.tolist(), strict=True))


@pytest.mark.parametrize("seed", SEEDS)
def test_cohort_flows(tables: Tables, seed: int) -> None:
    world = school_world(tables, (2010, 10), 2000, seed)
    rules = tertiary_rules(world) | {"tracks": tables.dimensions.track}
    home = left_home(world, seed)
    before, cohorts = as_dicts(world.people), world.recorder.years("cohort")
    flow(world)
    expected: Counter[tuple[int, ...]] = Counter()
    by_region: Counter[tuple[int, ...]] = Counter()
    elsewhere = 0
    for person, after in zip(before, as_dicts(world.people), strict=True):
        belongs = person["cohort"] + COHORT_BASE in cohorts and person["track"] >= 0
        node = reference.NODES.index(reference.node(world.month, person, rules)) if belongs else person["node"]
        assert after == person | {"node": node}
        if node != person["node"]:
            at = person["cohort"] + COHORT_BASE - cohorts.start
            expected[at, person["node"], node, person["sex"], person["background"]] += 1
            by_region[at, person["node"], node, home.get(person["id"], person["region"])] += 1
            elsewhere += home.get(person["id"], person["region"]) != person["region"]
    arrays = world.recorder.arrays
    for name, wanted in (("cohort_flows", expected), ("cohort_flows_by_region", by_region)):
        array = arrays[name]
        assert {tuple(int(x) for x in at): int(array[tuple(at)]) for at in np.argwhere(array)} == wanted
    assert np.array_equal(arrays["cohort_flows"].sum(axis=(3, 4)), arrays["cohort_flows_by_region"].sum(axis=3))
    assert sum(expected.values()) > 300
    assert elsewhere > 50


def test_diploma_codes_are_those_of_the_reference() -> None:
    assert [Diploma(code).name for code in COLUMN_DIPLOMAS] == [
        "MBO1", "MBO2", "MBO3", "MBO4", "HBO", "WO_BACHELOR", "WO_MASTER",
    ]  # fmt: skip


def test_a_months_drop_out_lies_below_what_spares_the_root() -> None:
    for yearly in np.linspace(0.0, 1.5, 3001)[1:]:
        assert monthly(yearly) <= most_of_month(yearly) <= yearly


@pytest.mark.parametrize("seed", SEEDS)
def test_tally_counts_by_cell(seed: int) -> None:
    rng = np.random.default_rng(seed)
    where = tuple(rng.integers(0, n, 500, dtype=np.int8) for n in (3, 4, 2))
    slot = np.ones((3, 4, 2), dtype=np.int64)
    tally(slot, where)
    many = Counter(zip(*(w.tolist() for w in where), strict=True))
    assert {cell: int(slot[cell]) - 1 for cell in np.ndindex(3, 4, 2) if slot[cell] > 1} == many

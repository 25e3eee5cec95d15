"""September's intake: equal to its reference, places conserved, and no matter how people are stored."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from mechanisms.school_world import as_dicts, copied, onward_rules, programmes, school_world, wild
from reference import learning as reference
from techsim.data.education import DESTINATIONS, ORIGINS
from techsim.data.inputs import Tables
from techsim.mechanisms.learning.intake.kernels import allot, queue_draws
from techsim.mechanisms.learning.intake.process import process as intake
from techsim.mechanisms.world import World
from techsim.population.states import Flag, Stage

SEPTEMBER = (2010, 9)
COLUMNS = ("mbo1", "mbo2", "mbo3", "mbo4", "hbo", "wo_bachelor", "wo_master")


def rules_of(world: World) -> dict[str, Any]:
    """What the reference of intake needs."""
    p, dims = world.parameters, world.tables.dimensions
    rows = programmes(world.tables)
    return onward_rules(world) | {
        "levels": dims.level,
        "tracks": dims.track,
        "programmes": rows,
        "programme_of": {(COLUMNS[r["column"]], r["pathway"], r["field"]): i for i, r in enumerate(rows)},
        "reentry": p["onward.reentry"],
        "reentry_general": p["onward.reentry_general"],
        "adult_bbl": p["intake.adult_bbl"],
        "bol_without_place": p["intake.bol_without_place"],
        "wait_without_place": p["intake.wait_without_place"],
        "other_field": p["intake.other_field"],
        "adult_waits": p["intake.adult_waits"],
        "groups": dims.occupation,
        "waiting": {int(i) for i in world.labour.places.waiting},
        "waiting_adults": {int(i) for i in world.labour.places.waiting_adults},
    }


def busy_world(tables: Tables, seed: int, **chosen: Any) -> World:
    """A world in which many want bbl and places are short."""
    world = school_world(wild(tables, seed), SEPTEMBER, 1500, seed, **{"intake__adult_bbl": 0.4, **chosen})
    rng = np.random.default_rng(seed)
    world.labour.places_free = rng.integers(0, 4, world.labour.places_free.shape)
    world.labour.places.waiting, world.labour.places.waiting_adults = (
        np.sort(rng.choice(np.sort(world.people.id), 100, replace=False)) for _ in range(2)
    )
    return world


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_everyone_goes_where_the_reference_sends_him(tables: Tables, seed: int) -> None:
    world = busy_world(tables, seed)
    before = as_dicts(world.people)
    places = {(g, r): int(n) for (g, r), n in np.ndenumerate(world.labour.places_free)}
    expected = reference.intake(seed, world.month, before, rules_of(world), places)
    intake(world)
    for found, wanted in zip(as_dicts(world.people), expected["people"], strict=True):
        assert found == wanted
    assert {(g, r): int(n) for (g, r), n in np.ndenumerate(world.labour.places_free)} == places
    for roster in ("waiting", "waiting_adults"):
        assert sorted(expected[roster]) == getattr(world.labour.places, roster).tolist()
        assert expected[roster]
    assert len(expected["placed"]) > 30
    assert len(expected["applied"]) > len(expected["placed"]) + 30


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_counts_of_intake(tables: Tables, seed: int) -> None:
    world = busy_world(tables, seed)
    before = {p["id"]: p for p in as_dicts(world.people)}
    places = {(g, r): int(n) for (g, r), n in np.ndenumerate(world.labour.places_free)}
    rules = rules_of(world)
    expected = reference.intake(seed, world.month, list(before.values()), rules, places)
    intake(world)
    choices = np.zeros_like(world.recorder.slot("onward_choices", world.month))
    switches = np.zeros_like(world.recorder.slot("field_switches", world.month))
    missed = np.zeros_like(world.recorder.slot("bbl_without_place", world.month))
    for pid, (destination, field, _) in expected["chose"].items():
        p = before[pid]
        origin = rules["origin_of"][rules["diplomas"][p["diploma"]]]
        choices[origin, DESTINATIONS.index(destination), p["sex"]] += 1
        if field >= 0:
            after_vo = p["field"] != tables.dimensions.general
            earlier = rules["technical"][p["field"]] if after_vo else p["profile"] == 2
            switches[origin, int(earlier), int(rules["technical"][field])] += 1
    for pid in set(expected["applied"]) - expected["placed"]:
        p = before[pid]
        group = expected["chose"][pid][1] if pid in expected["chose"] else p["occupation"]
        missed[group, p["region"], p["sex"]] += 1
    np.testing.assert_array_equal(world.recorder.slot("onward_choices", world.month), choices)
    np.testing.assert_array_equal(world.recorder.slot("field_switches", world.month), switches)
    np.testing.assert_array_equal(world.recorder.slot("bbl_without_place", world.month), missed)
    assert choices.shape[0] == len(ORIGINS)


@pytest.mark.parametrize("seed", [1, 2])
def test_entrants_and_bachelors_who_leave(tables: Tables, seed: int) -> None:
    world = busy_world(tables, seed)
    dims, before = tables.dimensions, as_dicts(world.people)
    intake(world)
    entrants = np.zeros_like(world.recorder.slot("entrants", world.month))
    bachelors = np.zeros_like(entrants)
    by_background = np.zeros((dims.size("level"), dims.size("background"), 2), dtype=np.int64)
    rows = programmes(tables)
    for old, new in zip(before, as_dicts(world.people), strict=True):
        if old["stage"] == Stage.WO_BACHELOR and new["stage"] == Stage.OUT:
            technical = int(dims.field_technical[old["field"]])
            level, pathway = dims.level.index("wo"), dims.pathway.index("none")
            bachelors[level, pathway, old["sex"], old["region"], technical] += 1
            by_background[level, old["background"], technical] += 1
        if new["enrolled"] != world.month:
            continue
        programme = rows[new["programme"]]
        first = {
            Stage.MBO: not 5 <= old["diploma"] <= 8,
            Stage.HBO: old["diploma"] < 11,
            Stage.WO_BACHELOR: True,
            Stage.WO_MASTER: False,
        }
        if first[Stage(new["stage"])]:
            technical = int(dims.field_technical[programme["field"]])
            pathway = dims.pathway.index(programme["pathway"])
            entrants[programme["level"], pathway, old["sex"], old["region"], technical] += 1
    found = world.recorder.slot("entrants", world.month)
    np.testing.assert_array_equal(found, entrants)
    assert found.sum() > 100
    np.testing.assert_array_equal(world.recorder.slot_of_year("graduates", 2009), bachelors)
    np.testing.assert_array_equal(world.recorder.slot_of_year("graduates_by_background", 2009), by_background)
    assert bachelors.sum() > 0


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_places_are_conserved_and_nobody_takes_two(tables: Tables, seed: int) -> None:
    world = busy_world(tables, seed)
    people, e = world.people, world.tables.education
    before = world.labour.places_free.copy()
    intake(world)
    assert (world.labour.places_free >= 0).all()
    bbl = tables.dimensions.pathway.index("bbl")
    new = (people.enrolled == world.month) & (people.programme >= 0)
    new[new] = e.programme_pathway[people.programme[new]] == bbl
    taken = np.zeros_like(before)
    np.add.at(taken, (e.programme_field[people.programme[new]], people.region[new]), 1)
    missed = world.recorder.slot("bbl_without_place", world.month).sum(axis=2)
    np.testing.assert_array_equal(taken + world.labour.places_free, before)
    assert ((missed == 0) | (world.labour.places_free == 0)).all(), "nobody misses while places are left"
    assert missed.sum() > 0
    assert taken.sum() > 30


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_storage_order_does_not_matter(tables: Tables, seed: int) -> None:
    world = busy_world(tables, seed)
    order = np.random.default_rng(seed).permutation(world.people.size)
    other = busy_world(tables, seed, people=copied(world.people, order))
    intake(world)
    intake(other)
    by_id = {p["id"]: p for p in as_dicts(world.people)}
    assert {p["id"]: p for p in as_dicts(other.people)} == by_id
    np.testing.assert_array_equal(other.labour.places_free, world.labour.places_free)
    for name, array in world.recorder.arrays.items():
        np.testing.assert_array_equal(other.recorder.arrays[name], array, err_msg=name)


def test_school_leavers_go_before_adults_and_the_queue_has_no_ties() -> None:
    ids = np.arange(1, 501, dtype=np.uint64)
    who = np.arange(500)
    adult = who % 2 == 0
    draws = queue_draws(seed=1, month=1200, who=who, ids=ids, adult=adult)
    assert draws[~adult].max() < 1.0 < draws[adult].min()
    assert np.unique(draws).size == 500


@pytest.mark.parametrize(
    ("group", "free", "placed", "left"),
    [
        ([0, 0, 0], 2, [True, True, False], 0),
        ([0, 0], 0, [False, False], 0),
        ([0], 3, [True], 2),
        ([], 3, [], 3),
        ([1, 0, 1], 1, [False, True, False], 0),
    ],
)
def test_places_are_given_in_order(group: list[int], free: int, placed: list[bool], left: int) -> None:
    places = np.zeros((2, 1), dtype=np.int64)
    places[0, 0] = free
    out = np.zeros(len(group), dtype=np.bool_)
    allot(group=np.array(group, dtype=np.int8), region=np.zeros(len(group), dtype=np.int8), places=places, placed=out)
    assert out.tolist() == placed
    assert places.tolist() == [[left], [0]]


@pytest.mark.parametrize("places", [0, 10_000])
@pytest.mark.parametrize("to_bol", [0.0, 1.0])
def test_limits_of_places_and_of_bol(tables: Tables, places: int, to_bol: float) -> None:
    world = busy_world(tables, 1, intake__bol_without_place=to_bol)
    world.labour.places_free[:] = places
    people, e, dims = world.people, world.tables.education, tables.dimensions
    before = as_dicts(people)
    free = dict.fromkeys(np.ndindex(*world.labour.places_free.shape), places)
    expected = reference.intake(world.seed, world.month, before, rules_of(world), free)
    intake(world)
    wanted = np.array([bool(expected["chose"].get(p["id"], (0, 0, False))[2]) for p in before])
    assert wanted.sum() > 50
    if places:
        assert world.recorder.slot("bbl_without_place", world.month).sum() == 0
        assert (e.programme_pathway[people.programme[wanted]] == dims.pathway.index("bbl")).all()
    elif to_bol:
        assert (e.programme_pathway[people.programme[wanted]] == dims.pathway.index("bol")).all()
    else:
        assert (people.stage[wanted] == Stage.OUT).all()


def test_graduates_are_handled_once_and_reentry_has_its_limits(tables: Tables) -> None:
    never = busy_world(tables, 1, onward__reentry=0.0, onward__reentry_general=0.0, intake__adult_bbl=0.0)
    never.labour.places.waiting = never.labour.places.waiting_adults = never.labour.places.waiting[:0]
    before = as_dicts(never.people)
    intake(never)
    for old, new in zip(before, as_dicts(never.people), strict=True):
        assert not new["flags"] & Flag.GRADUATED
        if not old["flags"] & Flag.GRADUATED:
            assert new == old, "nobody comes back at a chance of 0"
    always = busy_world(tables, 1, onward__reentry=1.0, onward__reentry_general=1.0, intake__adult_bbl=0.0)
    chosen = [
        p
        for p in as_dicts(always.people)
        if p["flags"] & Flag.GRADUATED
        or (p["stage"] == Stage.OUT and 192 <= always.month - p["birth_month"] <= 240 and p["diploma"] < 11)
    ]
    intake(always)
    young = always.recorder.slot("onward_choices", always.month).sum()
    assert young >= len(chosen) > 100, "all graduates and all out of education up to 20 choose at a chance of 1"

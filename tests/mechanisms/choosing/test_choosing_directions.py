"""What each influence does to choices, person by person: the same seed gives the same draws, so sets are nested."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from mechanisms.school_world import copied, school_world
from techsim.data.education import DESTINATIONS, DIPLOMAS
from techsim.data.inputs import Tables
from techsim.mechanisms.choosing.exposure.process import process as expose
from techsim.mechanisms.choosing.onward.choice import DOWN, UP, Choices, choose
from techsim.mechanisms.choosing.profile.process import process as choose_profiles
from techsim.mechanisms.learning.tertiary.process import switching
from techsim.mechanisms.learning.vo.process import promotion
from techsim.mechanisms.world import World
from techsim.population.states import Diploma, Flag, Profile, Stage

SEEDS = [1, 2, 3]
COUNT = 3000
Bools = np.ndarray


def pupils(tables: Tables, seed: int, month: tuple[int, int], stage: Stage, **chosen: Any) -> World:
    """A world in which everyone is a pupil; in primary school all are ten, in vo all stand before the choice."""
    world = school_world(tables, month, COUNT, seed, **chosen)
    people = world.people
    people.stage[:] = stage
    people.profile[:] = Profile.NONE
    people.flags[:] = 0
    people.grade[:] = 4
    people.birth_month[:] = world.month - 125
    people.track[:] = np.arange(COUNT) % 6
    return world


def technical_after(world: World) -> Bools:
    """Whose profile is technical after the choice."""
    choose_profiles(world)
    return world.people.profile == Profile.TECHNICAL


def onward_world(tables: Tables, seed: int, **chosen: Any) -> World:
    """A world in which all are young and stand before the onward choice."""
    world = school_world(tables, (2010, 9), COUNT, seed, **chosen)
    world.people.birth_month[:] = world.month - 220
    return world


def onward(world: World) -> Choices:
    return choose(world, np.arange(world.people.size))


def technical(world: World, choices: Choices) -> Bools:
    """Whose chosen field is technical."""
    kinds = world.tables.dimensions.field_technical
    return (choices.field >= 0) & kinds[choices.field]


def assert_nested(few: Bools, many: Bools) -> None:
    """Everyone in ``few`` is in ``many``, and ``many`` holds more."""
    assert not (few & ~many).any()
    assert many.sum() > few.sum()


@pytest.mark.parametrize("seed", SEEDS)
def test_more_schools_with_science_never_lower_technical_choice(tables: Tables, seed: int) -> None:
    outcomes = []
    for share in (0.0, 0.4, 1.0):
        world = pupils(tables, seed, (2010, 8), Stage.PRIMARY, exposure__wt_effect=0.5)
        world.hooks["exposure.wt_schools"][:] = share
        expose(world)
        exposed = (world.people.flags & Flag.WT_EXPOSED) > 0
        assert share not in (0.0, 1.0) or (exposed == bool(share)).all()
        world.people.stage[:] = Stage.VO
        outcomes.append(technical_after(world))
    for fewer, more in itertools.pairwise(outcomes):
        assert_nested(fewer, more)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("influence", ["guidance", "prospects", "pay", "peers"])
def test_what_draws_pupils_never_lowers_technical_choice(tables: Tables, seed: int, influence: str) -> None:
    outcomes = []
    for more in (False, True):
        world = pupils(tables, seed, (2010, 9), Stage.VO)
        if influence == "guidance" and more:
            world.hooks["guidance.reach"] = np.minimum(world.hooks["guidance.reach"] + 0.5, 1.0)
        if influence == "prospects" and more:
            world.labour.prospects = world.labour.prospects + 2.0 * tables.dimensions.occupation_technical
        if influence == "pay" and more:
            world.labour.wage_prospects = world.labour.wage_prospects + 0.4 * tables.dimensions.occupation_technical
        if influence == "peers" and more:
            world.schools.peer_share = np.minimum(world.schools.peer_share + 0.3, 1.0)
        outcomes.append(technical_after(world))
    assert_nested(*outcomes)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("influence", ["guidance", "prospects", "pay"])
def test_what_draws_leavers_never_lowers_technical_followup(tables: Tables, seed: int, influence: str) -> None:
    outcomes = []
    for more in (False, True):
        world = onward_world(tables, seed)
        if influence == "guidance" and more:
            world.hooks["guidance.reach"] = world.hooks["guidance.reach"] + 0.8
        if influence == "prospects" and more:
            world.labour.prospects = world.labour.prospects + 2.0 * tables.dimensions.occupation_technical
        if influence == "pay" and more:
            world.labour.wage_prospects = world.labour.wage_prospects + 0.4 * tables.dimensions.occupation_technical
        outcomes.append(technical(world, onward(world)))
    assert_nested(*outcomes)


@pytest.mark.parametrize("seed", SEEDS)
def test_costlier_switching_never_raises_moves_up(tables: Tables, seed: int) -> None:
    outcomes = []
    for cost in (3.0, 1.0, 0.0):
        # Of who moves down at no other cost: else a person might go from up to down, which is a move as well.
        world = onward_world(tables, seed, switching__cost_weight_down=0.0, switching__cost=cost)
        choices = onward(world)
        names = [(DIPLOMAS[d], DESTINATIONS[k]) for d, k in zip(world.people.diploma, choices.destination, strict=True)]
        outcomes.append(np.array([k in UP.get(d, ()) for d, k in names]))
    for dear, cheap in itertools.pairwise(outcomes):
        assert_nested(dear, cheap)


@pytest.mark.parametrize("seed", SEEDS)
def test_costlier_switching_never_raises_moves_down_after_a_diploma(tables: Tables, seed: int) -> None:
    outcomes, moves = [], []
    for cost in (3.0, 1.0, 0.0):
        world = onward_world(tables, seed, switching__cost_weight_down=0.9, switching__cost=cost)
        world.people.diploma[:] = np.resize([Diploma.HAVO, Diploma.VWO], COUNT)
        choices = onward(world)
        names = [(DIPLOMAS[d], DESTINATIONS[k]) for d, k in zip(world.people.diploma, choices.destination, strict=True)]
        outcomes.append(np.array([k in DOWN[d] for d, k in names]))
        moves.append(outcomes[-1] | np.array([k in UP.get(d, ()) for d, k in names]))
        assert {("havo", "mbo4"), ("vwo", "hbo")} <= set(names)
    for dear, cheap in (*itertools.pairwise(outcomes), *itertools.pairwise(moves)):
        assert_nested(dear, cheap)


@pytest.mark.parametrize("seed", SEEDS)
def test_costlier_switching_never_raises_moves_down_in_vo(tables: Tables, seed: int) -> None:
    outcomes = []
    for cost in (3.0, 1.0, 0.0):
        world = pupils(tables, seed, (2010, 8), Stage.VO, switching__cost_weight_down=0.9, switching__cost=cost)
        world.people.grade[:] = 2
        before = world.people.track.copy()
        promotion(world)
        outcomes.append(world.people.track != before)
    for dear, cheap in itertools.pairwise(outcomes):
        assert_nested(dear, cheap)


def test_moves_up_and_down_are_different_moves() -> None:
    for diploma, lower in DOWN.items():
        assert not set(lower) & set(UP.get(diploma, ()))
    assert DOWN["vwo"] == ("mbo1", "mbo2", "mbo3", "mbo4", "hbo")
    assert DOWN["havo"] == DOWN["hbo"] == ("mbo1", "mbo2", "mbo3", "mbo4")


@pytest.mark.parametrize("seed", SEEDS)
def test_costlier_switching_never_raises_moves_sideways(tables: Tables, seed: int) -> None:
    stays, changes = [], []
    for cost in (3.0, 1.0, 0.0):
        world = school_world(tables, (2010, 2), COUNT, seed, switching__cost=cost)
        before = world.people.programme.copy()
        switching(world)
        changes.append(world.people.programme != before)
        # Diplomas without a move up: the destination is the same at any cost, so the kinds of field are nested.
        world = onward_world(tables, seed, switching__cost=cost)
        world.people.diploma[:] = np.resize([Diploma.VMBO_BB, Diploma.VMBO_KB, Diploma.MBO2, Diploma.MBO3], COUNT)
        choices = onward(world)
        stays.append((choices.field >= 0) & (technical(world, choices) != (choices.earlier == 1)))
    for dear, cheap in itertools.pairwise(changes):
        assert_nested(dear, cheap)
    for dear, cheap in itertools.pairwise(stays):
        assert_nested(dear, cheap)


@pytest.mark.parametrize("seed", SEEDS)
def test_technologieroute_never_lowers_technical_followup(tables: Tables, seed: int) -> None:
    entered, onwards, kinds, destinations = [], [], [], []
    for coverage in (0.0, 0.5, 1.0):
        world = pupils(tables, seed, (2010, 9), Stage.VO, followup__affinity_weight=0.8)
        world.people.track[:] = np.arange(COUNT) % 4
        world.hooks["technologieroute.coverage"][:] = coverage
        choose_profiles(world)
        people = world.people
        entered.append((people.flags & Flag.TECHNOLOGIEROUTE) > 0)
        people.diploma[:] = people.track + int(Diploma.VMBO_BB)
        people.field[:] = tables.dimensions.general
        people.birth_month[:] = world.month - 200
        choices = onward(world)
        onwards.append(choices.destination != DESTINATIONS.index("out"))
        kinds.append(technical(world, choices))
        destinations.append(choices.destination)
    assert not entered[0].any()
    assert entered[2].all()
    for i in (0, 1):
        assert_nested(entered[i], entered[i + 1])
        assert_nested(onwards[i], onwards[i + 1])
        same = destinations[i] == destinations[i + 1]
        assert_nested(kinds[i] & same, kinds[i + 1] & same)
        assert kinds[i + 1].sum() > kinds[i].sum()


@pytest.mark.parametrize("seed", SEEDS)
def test_wiskunde_b_barrier_never_raises_technical_wo(tables: Tables, seed: int) -> None:
    outcomes = []
    for barrier in (10.0, 3.0, 0.0):
        world = onward_world(tables, seed, switching__wiskunde_b_barrier=barrier)
        world.people.diploma[:] = Diploma.VWO
        world.people.field[:] = tables.dimensions.general
        lacks = (world.people.flags & Flag.WISKUNDE_B) == 0
        choices = onward(world)
        to_wo = choices.destination == DESTINATIONS.index("wo_bachelor")
        outcomes.append((technical(world, choices) & to_wo, lacks))
    for (high, lacks), (low, _) in itertools.pairwise(outcomes):
        assert_nested(high & lacks, low & lacks)
        np.testing.assert_array_equal(high & ~lacks, low & ~lacks)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_slump_keeps_leavers_in_education_and_age_takes_them_out(tables: Tables, seed: int) -> None:
    stay = {}
    for name, rise, age in (("boom", -0.03, 220), ("slump", 0.06, 220), ("older", 0.06, 400)):
        world = onward_world(tables, seed)
        world.labour.unemployment_rate = 0.04 + rise
        world.people.birth_month[:] = world.month - age
        stay[name] = onward(world).destination != DESTINATIONS.index("out")
    assert_nested(stay["boom"], stay["slump"])
    assert_nested(stay["older"], stay["slump"])


@pytest.mark.parametrize("seed", SEEDS)
def test_pay_of_no_weight_changes_no_choice(tables: Tables, seed: int) -> None:
    """With weight zero every profile and field is, exactly, as in a world that knows no wages (K2, W2)."""
    outcomes = []
    for known in (False, True):
        world = pupils(tables, seed, (2010, 9), Stage.VO, prospects__wage_weight=0.0)
        world.labour.wage_prospects *= known
        profiles = technical_after(world).copy()
        outcomes.append((profiles, onward(world).field))
    np.testing.assert_array_equal(outcomes[0][0], outcomes[1][0])
    np.testing.assert_array_equal(outcomes[0][1], outcomes[1][1])


def test_neutral_conditions_ignore_every_weight_of_change(tables: Tables) -> None:
    """With nothing changed since the start, guidance, prospects, peers and cost drop out of every utility."""
    results = []
    for factor in (0.0, 3.0):
        names = ("peer_weight", "guidance_weight", "guidance_weight_girls", "prospects_weight", "image_weight")
        weights = {f"profile__{name}": factor for name in names}
        weights |= {f"switching__{name}": factor for name in ("cost_weight", "cost_weight_down")}
        weights["prospects__wage_weight"] = factor
        world = pupils(tables, 1, (2010, 9), Stage.VO, default=True, **weights)
        world.labour.wage_prospects[:] = 0.0
        world.hooks["guidance.reach"][:] = world.schools.guidance_reference
        world.hooks["switching.courses"] = np.zeros(5)
        for name in ("role_models.girls", "role_models.migration", "image.reach", "pay.technical"):
            world.hooks[name][:] = 0.0
        world.schools.prospects_reference = world.labour.prospects.copy()
        world.schools.peer_share = np.repeat(world.schools.peer_reference[None], tables.dimensions.size("region"), 0)
        profile = technical_after(world).copy()
        results.append((profile, onward(world)))
    np.testing.assert_array_equal(results[0][0], results[1][0])
    np.testing.assert_array_equal(results[0][1].destination, results[1][1].destination)
    np.testing.assert_array_equal(results[0][1].field, results[1][1].field)


def test_storage_order_does_not_matter(tables: Tables) -> None:
    world = onward_world(tables, 1)
    order = np.random.default_rng(1).permutation(COUNT)
    other = onward_world(tables, 1, people=copied(world.people, order))
    first, second = onward(world), onward(other)
    for name in ("destination", "field", "earlier", "wants_bbl"):
        np.testing.assert_array_equal(getattr(first, name)[order], getattr(second, name))
    choose_profiles(world)
    choose_profiles(other)
    np.testing.assert_array_equal(world.people.profile[order], other.people.profile)
    np.testing.assert_array_equal(world.schools.peer_share, other.schools.peer_share)

"""Tables of the scalar decisions of choosing, worked by hand from the equations."""

from __future__ import annotations

import math

import numpy as np
import pytest

from mechanisms.school_world import school_world
from techsim.data.inputs import Tables
from techsim.mechanisms.choosing.onward.kernels import destination_weights, draw, technical_chance
from techsim.mechanisms.choosing.placement.kernels import score
from techsim.mechanisms.choosing.profile.kernels import logistic, profile_utility
from techsim.mechanisms.choosing.profile.process import process as choose_profiles
from techsim.population.states import Flag, Profile, Stage


@pytest.mark.parametrize(
    ("utility", "chance"),
    [(0.0, 0.5), (math.log(3), 0.75), (-math.log(9), 0.1), (30.0, 1.0), (-30.0, 0.0), (700.0, 1.0), (-700.0, 0.0)],
)
def test_logistic(utility: float, chance: float) -> None:
    assert logistic(utility) == pytest.approx(chance, abs=1e-9)


@pytest.mark.parametrize(
    ("values", "utility"),
    [
        ((0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), 0.0),
        ((-1.0, 1.2, 0.5, -0.45, 0.9, 0.1, 1.15, 0.2, 0.03), -1.0 + 0.6 - 0.45 + 0.09 + 0.23 + 0.03),
        ((1.0, 2.0, -1.0, 0.0, 1.0, -0.5, 1.0, -0.5, -0.1), 1.0 - 2.0 - 0.5 - 0.5 - 0.1),
    ],
)
def test_profile_utility(values: tuple[float, ...], utility: float) -> None:
    assert profile_utility(*values) == pytest.approx(utility)


@pytest.mark.parametrize(
    ("ability", "noise", "weight", "shift", "advice"),
    [(1.0, 5.0, 1.0, 0.0, 1.0), (1.0, 0.5, 0.0, 0.0, 0.5), (1.0, 1.0, 0.6, -0.35, 1.05), (-1.0, 2.0, 0.8, 0.1, 0.5)],
)
def test_advice_score(ability: float, noise: float, weight: float, shift: float, advice: float) -> None:
    assert score(ability, noise, weight, shift) == pytest.approx(advice)


@pytest.mark.parametrize(
    ("weights", "u", "index"),
    [
        ([1, 1, 2], 0.1, 0),
        ([1, 1, 2], 0.26, 1),
        ([1, 1, 2], 0.51, 2),
        ([1, 1, 2], 0.999, 2),
        ([0, 0, 1], 1e-9, 2),
        ([0, 1, 0], 0.5, 1),
        ([1, 0, 0], 0.999, 0),
        ([5], 0.3, 0),
    ],
)
def test_draw(weights: list[float], u: float, index: int) -> None:
    assert draw(np.cumsum(np.array(weights, dtype=np.float64)), u) == index


@pytest.mark.parametrize(
    ("penalty", "down", "ability", "leave", "expected"),
    [
        (0.0, 0.0, 0.0, 0.0, [0.1, 0.4, 0.3, 0.2]),
        (math.log(2), 0.0, 0.0, 0.0, [0.1, 0.4, 0.15, 0.2]),
        (0.0, math.log(2), 0.0, 0.0, [0.05, 0.4, 0.3, 0.2]),
        (0.0, 0.0, 2.0, 0.0, [0.1, 0.4, 0.3 * math.exp(0.8), 0.2]),
        (0.0, 0.0, 0.0, -math.log(4), [0.1, 0.4, 0.3, 0.05]),
        (50.0, 50.0, 0.0, 50.0, [0.0, 0.4, 0.0, 0.2 * math.exp(50)]),
    ],
)
def test_destination_weights(penalty: float, down: float, ability: float, leave: float, expected: list[float]) -> None:
    """Four destinations: down, the common way on, up, out."""
    out = np.empty(4)
    step = np.array([-1, 0, 1, 0], dtype=np.int8)
    destination_weights(np.array([0.1, 0.4, 0.3, 0.2]), step, penalty, down, ability, 0.4, leave, out)
    np.testing.assert_allclose(out, np.cumsum(expected), atol=1e-12)


@pytest.mark.parametrize(
    ("earlier", "route", "penalty", "utility"),
    [
        (0, 0.0, 0.0, 0.6),
        (1, 0.0, 0.0, 0.6),
        (0, 1.39, 0.0, 1.99),
        (1, 1.39, 0.0, 0.6),
        (0, 0.0, 0.4, 0.2),
        (1, 0.0, 0.4, 1.0),
        (0, 1.39, -0.6, 2.59),
    ],
)
def test_technical_chance(earlier: int, route: float, penalty: float, utility: float) -> None:
    found = technical_chance(-0.2, 0.4, 0.1, 0.2, route, penalty, earlier, 0.1)
    assert found == pytest.approx(1 / (1 + math.exp(-utility)))


@pytest.mark.parametrize(("intercept", "technical"), [(-30.0, False), (30.0, True)])
def test_shares_of_nobody_and_of_everybody(tables: Tables, intercept: float, technical: bool) -> None:
    world = school_world(tables, (2010, 9), 600, 1)
    world.people.stage[:], world.people.grade[:], world.people.profile[:] = Stage.VO, 6, Profile.NONE
    world.people.track[:] = np.arange(600) % 6
    world.people.flags[:] = 0
    world.schools.profile_intercept[:] = intercept
    world.schools.wiskunde_b_intercept[:] = intercept
    world.hooks["technologieroute.coverage"][:] = float(technical)
    choose_profiles(world)
    assert (world.people.profile == (Profile.TECHNICAL if technical else Profile.OTHER)).all()
    upper = world.people.track >= tables.dimensions.track.index("havo")
    upper &= world.people.track <= tables.dimensions.track.index("vwo")
    assert (((world.people.flags & Flag.WISKUNDE_B) > 0) == (upper & technical)).all()
    assert (((world.people.flags & Flag.TECHNOLOGIEROUTE) > 0) == (~upper & technical)).all()

"""Intercepts: conditions of the start year give the shares of the start year."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechanisms.school_world import DEFAULTS
from techsim.data.education import EARLIER, ORIGINS
from techsim.data.inputs import Tables
from techsim.mechanisms.choosing import intercepts
from techsim.mechanisms.choosing.intercepts import solve
from techsim.mechanisms.choosing.state import Schools, create_schools

POINTS = 4001


def density() -> tuple[np.ndarray, np.ndarray]:
    """Affinity from -8 to 8 and its normal weight."""
    a = np.linspace(-8, 8, POINTS)
    weight = np.exp(-0.5 * a * a)
    return a, weight / weight.sum()


def logistic(utility: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-utility))


@pytest.fixture(scope="module")
def schools(tables: Tables) -> Schools:
    return create_schools(tables, DEFAULTS, 2008)


def profile_chances(tables: Tables, schools: Schools, track: int, sex: int) -> np.ndarray:
    """P(technical) by background and affinity, under start-year conditions."""
    a, _ = density()
    label = tables.dimensions.sex[sex]
    shift = DEFAULTS[f"profile.norm_non_western_{label}"]
    norm = {"native": 0.0, "western": shift / 2, "non_western": shift}
    rows = [
        logistic(schools.profile_intercept[track, sex] + DEFAULTS["profile.affinity_weight"] * a + norm[b])
        for b in tables.dimensions.background
    ]
    return np.array(rows)


def test_profile_choice_gives_the_shares_of_the_start(tables: Tables, schools: Schools) -> None:
    _, weight = density()
    backgrounds = tables.demography.pupil_background_shares()
    shares = tables.education.profile_shares
    for track, sex in np.argwhere(shares > 0):
        integral = backgrounds @ profile_chances(tables, schools, track, sex) @ weight
        assert integral == pytest.approx(shares[track, sex], abs=0.002)


def test_wiskunde_b_gives_the_shares_of_the_start(tables: Tables, schools: Schools) -> None:
    a, weight = density()
    shares = tables.education.wiskunde_b_shares
    for track, sex in np.argwhere(shares > 0):
        utility = schools.wiskunde_b_intercept[track, sex] + DEFAULTS["profile.wiskunde_b_affinity_weight"] * a
        assert logistic(utility) @ weight == pytest.approx(shares[track, sex], abs=0.002)


def test_followup_gives_the_shares_of_the_start_among_choosers_and_others(tables: Tables, schools: Schools) -> None:
    a, weight = density()
    dims, shares = tables.dimensions, tables.education.followup_shares
    backgrounds = tables.demography.pupil_background_shares()
    for o, s, e in np.ndindex(*shares.shape):
        track = dims.track.index(ORIGINS[o] if ORIGINS[o] in dims.track else "vmbo_tl")
        chose = backgrounds @ profile_chances(tables, schools, track, s)
        mass = weight * (chose if EARLIER[e] == "technical" else 1.0 - chose)
        chance = logistic(schools.followup_intercept[o, s, e] + DEFAULTS["followup.affinity_weight"] * a)
        assert chance @ mass / mass.sum() == pytest.approx(shares[o, s, e], abs=0.002), (ORIGINS[o], s, e)


@pytest.mark.parametrize(
    ("share", "intercept"),
    [(0.5, 0.0), (0.0, -30.0), (1.0, 30.0), (-0.1, -30.0), (1.1, 30.0), (0.9, math.log(9)), (1e-9, math.log(1e-9))],
)
def test_solving_without_spread(share: float, intercept: float) -> None:
    assert solve(share, np.zeros(3), np.ones(3)) == pytest.approx(intercept, abs=1e-6)


def test_those_of_no_weight_do_not_count() -> None:
    assert solve(0.3, np.array([0.0, 50.0]), np.array([1.0, 0.0])) == pytest.approx(math.log(3 / 7))


@settings(max_examples=50, deadline=None)
@given(st.floats(0.001, 0.999), st.lists(st.floats(-5, 5), min_size=1, max_size=20))
def test_solving_gives_the_share_back_and_rises_with_it(share: float, utilities: list[float]) -> None:
    utility, weight = np.array(utilities), np.arange(1.0, len(utilities) + 1)
    found = solve(share, utility, weight)
    assert np.average(logistic(found + utility), weights=weight) == pytest.approx(share, abs=1e-9)
    assert solve(share / 2, utility, weight) < found


def test_what_is_kept_is_what_is_solved(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time nothing is solved, other weights of the same utilities are, and the bits are the same."""
    monkeypatch.setattr(intercepts, "_SOLVED", {})
    utility, weight = np.linspace(-1.0, 2.0, 31), np.arange(1.0, 32.0)
    found = [solve(0.3, utility, w) for w in (weight, weight, weight[::-1])]
    assert len(intercepts._SOLVED) == 2
    assert found[0] == found[1] != found[2]
    monkeypatch.setattr(intercepts, "_SOLVED", {})
    assert [solve(0.3, utility, w) for w in (weight, weight[::-1])] == [found[0], found[2]]

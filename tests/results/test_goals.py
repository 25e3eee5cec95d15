"""Where a curve meets a target, against a plain search along it."""

from __future__ import annotations

import numpy as np
import pytest

from techsim.results.goals import bracket, crossing, outwards, quantile, side

VOLUMES = np.array([0.0, 0.1, 0.3, 1.0])


def searched(values: np.ndarray, target: float, way: int) -> float:
    """The first of very many points along the curve that meets the target."""
    points = np.linspace(0.0, 1.0, 1_000_001)
    met = np.flatnonzero(way * (np.interp(points, VOLUMES, values) - target) >= 0.0)
    return float(points[met[0]]) if met.size else float("nan")


@pytest.mark.parametrize("way", [1, -1])
@pytest.mark.parametrize("target", [-0.4, 0.05, 0.31, 0.5, 0.9])
def test_crossing_is_the_first_place_that_meets_the_target(target: float, way: int) -> None:
    for seed in range(20):
        values = np.random.default_rng(seed).uniform(-0.5, 1.0, VOLUMES.size)
        found = crossing(VOLUMES, values, target, way)
        assert found == pytest.approx(searched(values, target, way), abs=2e-6, nan_ok=True)
        between = bracket(VOLUMES, values, target, way)
        if between is not None:
            assert between[0] < found <= between[1]
        else:
            assert np.isnan(found) or found == 0.0


def test_a_higher_target_never_needs_less() -> None:
    values = np.array([0.2, 0.5, 0.3, 0.6])
    found = [crossing(VOLUMES, values, target, 1) for target in np.linspace(0.1, 0.6, 26)]
    assert found[0] == 0.0
    assert found == sorted(found)
    assert found[-1] == 1.0


BOTH = np.array([-1.0, -0.3, 0.0, 0.5, 5.0])


@pytest.mark.parametrize(
    ("values", "target", "way", "sign"),
    [
        ([0.9, 0.5, 0.2, 0.1, 0.0], 0.6, 1, -1),  # met below none only
        ([0.0, 0.1, 0.2, 0.3, 0.9], 0.6, 1, 1),  # above only
        ([0.9, 0.8, 0.2, 0.7, 0.9], 0.6, 1, -1),  # on both, nearer below
        ([0.9, 0.3, 0.2, 0.9, 0.9], 0.6, 1, 1),  # on both, nearer above
        ([0.5, 0.4, 0.2, 0.1, 0.3], 0.6, 1, -1),  # on neither: below comes closest
        ([0.5, 0.4, 0.2, 0.1, 0.3], 0.15, -1, 1),  # to be undercut
        ([0.1, 0.1, 0.7, 0.1, 0.1], 0.6, 1, 1),  # none will do
    ],
)
def test_the_side_is_where_the_target_is_met_with_least(
    values: list[float], target: float, way: int, sign: int
) -> None:
    assert side(BOTH, np.array(values), target, way) == sign


def test_outwards_is_none_first_and_the_farthest_last() -> None:
    shuffled = BOTH[[3, 0, 2, 4, 1]]
    assert shuffled[outwards(shuffled, 1)].tolist() == [0.0, 0.5, 5.0]
    assert shuffled[outwards(shuffled, -1)].tolist() == [0.0, -0.3, -1.0]


def test_draws_that_never_get_there_need_more_than_any() -> None:
    found = np.array([0.2, np.nan, 0.1, 0.3])
    assert quantile(found, 0.05) == 0.1
    assert quantile(found, 0.5) == 0.3
    assert quantile(found, 0.95) is None

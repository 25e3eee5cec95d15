"""Regional trials by hand: what shows, what does not, and what luck is taken for."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from techsim.results.trials import Trial, smallest, trials

REGIONS, DRAWS, START, SCALE = 4, 60, 2026, 100.0
YEARS = np.arange(2020, 2032)


def world(effect: float, shared: float = 0.0, people: int = 2_000, seed: int = 1) -> xr.Dataset:
    """Counts of ``people`` simulated persons in each region and year; a regional shock a year of size ``shared``."""
    rng = np.random.default_rng(seed)
    chance = np.full((DRAWS, YEARS.size, REGIONS), 0.3) + shared * rng.standard_normal((DRAWS, YEARS.size, REGIONS))
    chance[:, YEARS >= START] += effect
    technical = rng.binomial(people, np.clip(chance, 0.0, 1.0))
    counts = SCALE * np.stack([people - technical, technical], axis=-1)
    coords = {"draw": np.arange(DRAWS), "year": YEARS, "region": list("abcd"), "technical": [False, True]}
    return xr.Dataset({"entrants": (("draw", "year", "region", "technical"), counts)}, coords)


def test_counting_luck_of_simulated_persons_is_taken_down_to_that_of_residents() -> None:
    found = {(t.regions, t.years): t for t in trials(world(0.01), world(0.0), "entrants", START, scale=SCALE)}
    simulated = np.sqrt(0.3 * 0.7 / 2_000 * (1 / 3 + 1 / 2) * (1 / 2 + 1 / 2))  # two years, two of four regions
    assert simulated / np.sqrt(SCALE) <= found[2, 2].noise < simulated / 2.0  # what is left: the error of 60 draws
    assert found[2, 2].effect == pytest.approx(0.01, abs=0.002)
    assert found[2, 2].power > 0.9


def test_luck_that_regions_share_stays() -> None:
    trial = next(t for t in trials(world(0.01, 0.02), world(0.0, 0.02), "entrants", START, scale=SCALE) if t.years == 6)
    expected = 0.02 * np.sqrt((1 / 3 + 1 / 6) * (1 + 1 / 3))  # one treated region of four, six years
    assert trial.noise == pytest.approx(expected, rel=0.25)
    assert trial.power < 0.5


def test_more_regions_and_years_show_more_and_none_shows_nothing() -> None:
    found = trials(world(0.06, 0.02, seed=2), world(0.0, 0.02, seed=2), "entrants", START, scale=SCALE)
    power = {(t.regions, t.years): t.power for t in found}
    assert power[1, 1] < power[2, 1] <= power[2, 6]
    least = smallest(found)
    assert least is not None
    assert least.power >= 0.8
    nothing = trials(world(0.0, 0.02), world(0.0, 0.02), "entrants", START, scale=SCALE)
    assert smallest(nothing) is None
    assert all(t.power == pytest.approx(0.05, abs=1e-9) for t in nothing)


def test_power_is_the_size_of_the_test_without_an_effect_and_a_half_at_its_edge() -> None:
    assert Trial(1, 1, 0.0, 1.0).power == pytest.approx(0.05)
    assert Trial(1, 1, 1.959964, 1.0).power == pytest.approx(0.5, abs=1e-3)
    assert Trial(1, 1, -2.801585, 1.0).power == pytest.approx(0.8, abs=1e-3)


@pytest.mark.parametrize("start", [2021, 2032, 2050])
def test_years_that_are_not_there_are_an_error(start: int) -> None:
    with pytest.raises(ValueError, match="is not known"):
        trials(world(0.0), world(0.0), "entrants", start, scale=SCALE)

"""Pairing lowers the variance of effects on technicians in 2035 at least ten times; how far worlds drift, in bounds."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from benchmarks import pairing

LEVERS = ("career_guidance", "deeltijd_ww", "technologieroute")
TIMES = 10.0


@pytest.fixture(scope="module")
def data() -> xr.Dataset:
    return pairing.run(LEVERS, draws=16, scale=1000, end=2035)


def test_pairing_is_worth_ten_draws(data: xr.Dataset) -> None:
    """Of the levers together: the ratio of one lever, of sixteen draws, may be half or twice the true one."""
    found = [gain for gain in pairing.gains(data) if gain.indicator == "technicians"]
    for gain in found:
        print(gain.lever, gain.year, round(gain.ratio, 1), round(gain.low, 1), round(gain.high, 1), gain.verdict)
    assert {gain.year for gain in found} == {2035}
    assert np.mean([gain.unpaired for gain in found]) >= TIMES * np.mean([gain.paired for gain in found])


def test_worlds_drift_apart_by_jobs_not_by_people(data: xr.Dataset) -> None:
    """Much of the labour market is another by 2035, of which little is effect."""
    for drift in pairing.drifts(data):
        print(drift)
        assert 0.0 < drift.elsewhere < 0.25
        assert drift.net_of_gross < 0.05

"""The benchmark of pairing: the interval of the variance ratio holds the true one as often as it says."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import pairing

SAMPLES = 4000


@pytest.mark.parametrize(("shared", "own"), [(1.0, 0.25), (1.0, 1.0), (3.0, 0.2)])
@pytest.mark.parametrize("draws", [6, 24])
def test_the_interval_holds_the_true_ratio_as_often_as_it_says(shared: float, own: float, draws: int) -> None:
    true = (shared**2 + own**2) / own**2
    rng = np.random.default_rng(5)
    common = shared * rng.standard_normal((SAMPLES, draws))
    first, second = (common + own * rng.standard_normal((SAMPLES, draws)) for _ in range(2))
    held = 0
    for a, b in zip(first, second, strict=True):
        gain = pairing.gain("any", "technicians", 2035, a, b + 7.0)
        assert gain.low < gain.ratio < gain.high
        held += gain.low <= true <= gain.high
    assert held / SAMPLES == pytest.approx(pairing.CERTAINTY, abs=4.0 * (0.9 * 0.1 / SAMPLES) ** 0.5)


def test_unpaired_is_the_variance_of_draws_that_share_nothing() -> None:
    rng = np.random.default_rng(6)
    a = rng.standard_normal(400_000) * 2.0
    assert pairing.unpaired(a, a + 1.0) == pytest.approx((a - np.roll(a, 1)).var(ddof=1), rel=0.02)


def test_verdicts_and_worlds_that_do_not_differ() -> None:
    a = np.random.default_rng(7).standard_normal(24)
    noise = np.random.default_rng(8).standard_normal(24)
    same = pairing.gain("any", "technicians", 2035, a, a)
    assert (same.ratio, same.paired, same.verdict) == (np.inf, 0.0, "yes")
    found = [pairing.gain("any", "technicians", 2035, a, a + sd * noise).verdict for sd in (0.1, 0.4, 1.5)]
    assert found == ["yes", "open", "no"]

"""The evaluation of short-time work on a pair of results, by hand."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from techsim.results.short_time import evaluate

TIME = np.array(["2009-01", "2009-02", "2009-03", "2009-04"], dtype="datetime64[ns]")
SECTOR, SPELL = ["manufacturing", "ict"], ["first", "later"]


def results(layoffs: list[int], employed: list[int], workers: list[int], euro: float, draws: int = 1) -> xr.Dataset:
    """A minimal Dataset; ``workers`` on short time by month, three quarters of them in manufacturing."""
    stock = np.array([[w * 3 // 4, w // 4] for w in workers])
    begun = np.diff(np.vstack([[0, 0], stock]), axis=0).clip(0)
    data = {
        "short_time_workers": (("time", "sector", "region"), stock[:, :, None]),
        "short_time_entries": (("time", "sector", "spell"), np.stack([begun, 0 * begun], axis=-1)),
        "separations_by_reason": (("time", "reason", "occupation", "level"), np.array(layoffs)[:, None, None, None]),
        "employed": (("time", "level"), np.array(employed)[:, None]),
        "spending": (("year", "lever", "item"), np.array([[[euro]]])),
    }
    coords = {
        "time": TIME, "sector": SECTOR, "region": ["North"], "spell": SPELL, "reason": ["layoff"],
        "occupation": ["other"], "level": ["hbo"], "year": [2009], "lever": ["deeltijd_ww"], "item": ["benefit"],
    }  # fmt: skip
    return xr.Dataset(data, coords=coords).expand_dims(draw=np.arange(draws))


def test_by_hand() -> None:
    with_it = results([10, 10, 10, 30], [100, 100, 100, 100], [0, 80, 80, 0], 5_000.0)
    without = results([10, 20, 20, 20], [100, 88, 76, 100], [0, 0, 0, 0], 0.0)
    found = evaluate(with_it, without, hours_share=0.5, months_after=1).isel(draw=0)
    assert found.workers == found.spells == 80
    assert found.worker_months == 160
    assert found.industry_share == 0.75
    assert found.jobs_claimed == 40
    # 10 and 10 fewer layoffs, then 10 more when it is over: ten jobs kept, thirty of the forty claimed are deadweight
    assert found.jobs_kept == 10
    assert found.deadweight == 0.75
    assert found.employed_years == pytest.approx(3.0)
    assert found.cost_per_job == 500.0
    # counted to the last spell only, the jobs that end anyway seem kept
    assert evaluate(with_it, without, 0.5, months_after=0).jobs_kept.item() == 20


def test_what_is_no_pair_is_refused() -> None:
    one = results([0] * 4, [0] * 4, [0, 8, 8, 0], 1.0)
    with pytest.raises(ValueError, match="differ in draw"):
        evaluate(one, results([0] * 4, [0] * 4, [0] * 4, 0.0, draws=2), 0.4)
    with pytest.raises(ValueError, match="nobody was on short-time work"):
        evaluate(results([0] * 4, [0] * 4, [0] * 4, 0.0), one, 0.4)


def test_a_run_that_ends_too_early_is_refused() -> None:
    """Jobs that end anyway when the scheme is over would be missed."""
    one, other = results([0] * 4, [0] * 4, [0, 8, 8, 0], 1.0), results([0] * 4, [0] * 4, [0] * 4, 0.0)
    assert evaluate(one, other, 0.4, months_after=1).sizes["draw"] == 1
    with pytest.raises(ValueError, match=r"ends 11 months too early: 12 months .* \(2009-03\)"):
        evaluate(one, other, 0.4)

"""The matching function and the Beveridge curve, read off made-up results."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from techsim.results import labour_market as lm

YEARS = 12
MONTH = np.tile(np.arange(1, 13), YEARS)


def made(on_unemployed: float = 0.6, on_vacancies: float = 0.4, noise: float = 0.0) -> lm.Months:
    """Months whose hires follow a matching function with seasons."""
    generator = np.random.default_rng(1)
    log_u, log_v = (generator.normal(size=12 * YEARS) * 0.3 + level for level in (13.0, 12.0))
    season = 0.2 * np.sin(MONTH)
    hires = np.exp(on_unemployed * log_u + on_vacancies * log_v + season + noise * generator.normal(size=12 * YEARS))
    year = 2000 + np.arange(12 * YEARS) // 12
    return lm.Months(MONTH, year, np.exp(log_u), np.exp(log_v), hires, hires / 4)


@pytest.mark.parametrize("without_work", [False, True])
def test_a_matching_function_is_found_back(without_work: bool) -> None:
    fit = lm.matching_function(made(), without_work)
    assert (fit["unemployed"], fit["vacancies"]) == pytest.approx((0.6, 0.4))
    assert fit.sum("unemployed", "vacancies") == pytest.approx(1.0)
    assert fit.explained == pytest.approx(1.0)
    assert fit.points == 12 * YEARS


def test_errors_without_lags_are_near_those_of_the_textbook() -> None:
    """With independent errors of one size White's errors tend to s / sqrt(n var x)."""
    found = made(noise=0.1)
    columns = {"unemployed": np.log(found.unemployed), "vacancies": np.log(found.vacancies)}
    fit = lm.regress(np.log(found.hires), columns, found.month, lags=0)
    expected = 0.1 / np.sqrt(12 * YEARS) / 0.3
    assert fit.error("unemployed") == pytest.approx(expected, rel=0.3)
    assert abs(fit["unemployed"] - 0.6) < 3 * fit.error("unemployed")


def test_errors_that_go_together_are_larger() -> None:
    """A shock that lasts for years in a regressor that lasts for years: the errors allow for it."""
    generator = np.random.default_rng(2)
    x, left = (np.repeat(generator.normal(size=YEARS), 12) for _ in range(2))
    wide, narrow = (lm.regress(2 * x + left, {"x": x}, MONTH, lags).error("x") for lags in (12, 0))
    assert wide > 1.5 * narrow


def test_the_error_of_a_sum_counts_the_covariance() -> None:
    fit = lm.matching_function(made(noise=0.1))
    apart = fit.error("unemployed") ** 2 + fit.error("vacancies") ** 2
    both = fit.error("unemployed", "vacancies") ** 2
    assert both == pytest.approx(apart + 2 * fit.covariance[0, 1])


def results() -> xr.Dataset:
    """Two draws of fourteen months: 50 and 150 unemployed, 900 at work, 20 vacancies in the second draw only."""
    time = np.arange("2008-01", "2009-03", dtype="datetime64[M]").astype("datetime64[ns]")
    months = np.arange(14.0)
    draws = np.array([[1.0], [3.0]])
    flow = np.broadcast_to(months, (2, 14))
    return xr.Dataset(
        {
            "unemployed": (("draw", "time", "field"), (50 * draws + 0 * months)[..., None]),
            "employed": (("draw", "time", "field"), np.full((2, 14, 1), 900.0)),
            "vacancies": (("draw", "time", "occupation"), ((draws - 1) * 10 + 0 * months)[..., None]),
            "hires_from_vacancies": (("draw", "time", "occupation"), flow[..., None]),
            "separations_by_reason": (
                ("draw", "time", "reason", "occupation", "level"),
                flow[..., None, None, None] / 2,
            ),
        },
        coords={"time": time, "reason": ["job_change"], "field": ["metal"]},
    )


def test_points_of_the_beveridge_curve_are_means_of_full_years() -> None:
    assert lm.beveridge(results()) == {2008: (pytest.approx(0.1), pytest.approx(10.0))}


def test_months_hold_the_stocks_at_their_start() -> None:
    found = lm.months(results())
    assert list(found.month) == [*range(2, 13), 1, 2]
    assert list(found.year) == [2008] * 11 + [2009] * 2
    assert found.hires[0] == 1.0  # of February, with the stock at the end of January
    assert found.hires_from_work[0] == 0.5
    assert found.unemployed[0] == 100.0
    assert list(found.between(2009, 2009).hires) == [12.0, 13.0]
    assert len(lm.together([found, found]).hires) == 26


def test_unemployment_is_by_draw() -> None:
    assert lm.unemployment(results(), ["metal"], 2008) == pytest.approx([50 / 950, 150 / 1050])


def test_shares_of_leavers_are_of_all_levels_together() -> None:
    working = np.zeros((1, 2, 2, 2))
    working[0, 0] = [[30, 10], [60, 0]]
    data = xr.Dataset(
        {"school_leavers_working": (("draw", "year", "level", "placement"), working)},
        coords={"year": [2010, 2011], "placement": ["own_field", "other_field"]},
    )
    assert lm.leaving_share(data, "school_leavers_working", [2010], ("other_field",)) == pytest.approx([0.1])


def test_pay_counts_groups_by_their_workers() -> None:
    data = xr.Dataset(
        {
            "employed_by_occupation": (("draw", "time", "occupation"), [[[300.0, 100.0, 50.0]]]),
            "employed": (("draw", "time", "level", "technical_occupation"), [[[[50.0, 100.0], [0.0, 300.0]]]]),
            "wages": (("draw", "time", "occupation", "level"), [[[[1.0, 1.2], [0.8, 0.8], [2.0, 9.0]]]]),
        },
        coords={"occupation": ["technical_metal", "technical_ict", "health"], "technical_occupation": [False, True]},
    )
    assert lm.technical_wage(data).item() == pytest.approx(0.75 * (0.25 * 1.0 + 0.75 * 1.2) + 0.25 * 0.8)
    assert lm.technical_wage(data, technical=False).item() == pytest.approx(2.0)

"""Quantities against sums worked out by hand on small results."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from techsim.report.catalogue import QUANTITIES
from techsim.report.quantities import Results, full_years, slumps, spread


@pytest.fixture
def small() -> Results:
    """Two draws, three years of entrants by level and sex; two years of months of people at work and without."""
    entrants = np.zeros((2, 3, 2, 2, 2))  # draw, year, level, sex, technical
    entrants[:, 0] = [[[30, 10], [40, 0]], [[50, 50], [20, 0]]]
    entrants[0, 1], entrants[1, 1] = entrants[0, 0] * 2, entrants[0, 0]
    entrants[:, 2] = np.nan
    times = np.arange("2010-01", "2012-01", dtype="datetime64[M]").astype("datetime64[ns]")
    unemployed = np.full((2, 24, 1), 10.0)
    unemployed[:, 12:] = 30.0
    return Results(
        xr.Dataset(
            {
                "entrants": (("draw", "year", "level", "sex", "technical"), entrants),
                "employed": (("draw", "time", "field", "technical_occupation"), np.full((2, 24, 1, 2), 45.0)),
                "unemployed": (("draw", "time", "field"), unemployed),
            },
            coords={
                "level": ["hbo", "wo"],
                "sex": ["male", "female"],
                "technical": [False, True],
                "technical_occupation": [False, True],
                "year": [2009, 2010, 2011],
                "time": times,
            },
        )
    )


def test_a_share_is_one_of_all_the_people_chosen(small: Results) -> None:
    # 60 of 200 entrants are technical; of the men 60 of 140, of hbo 10 of 80.
    assert small.by_year("technical_entrant_share").at(2009) == (0.3, 0.3, 0.3)
    men = small.by_year("technical_entrant_share", {"sex": ("male",)})
    assert men.at(2009)[0] == pytest.approx(60 / 140)  # type: ignore[index]
    both = small.by_year("technical_entrant_share", {"level": ("hbo", "wo"), "sex": ("female",)})
    assert both.at(2009)[0] == 0.0  # type: ignore[index]


def test_years_unknown_in_every_draw_are_left_out(small: Results) -> None:
    assert list(small.by_year("technical_entrants").x) == [2009, 2010]


def test_the_interval_is_over_draws(small: Results) -> None:
    mean, low, high = small.by_year("technical_entrants").at(2010)  # type: ignore[misc]
    assert mean == 90
    assert (low, high) == (pytest.approx(63), pytest.approx(117))


def test_months_are_averaged_over_the_year_and_the_quarter(small: Results) -> None:
    yearly = small.by_year("unemployment_rate")
    assert yearly.at(2010)[0] == pytest.approx(10 / 100)  # type: ignore[index]
    assert yearly.at(2011)[0] == pytest.approx(30 / 120)  # type: ignore[index]
    assert len(small.by_quarter("unemployment_rate")) == 8
    assert small.drawn("unemployment_rate", 2011, 1).tolist() == [0.25, 0.25]
    assert small.drawn("unemployment_rate", 2013, 0).size == 0
    assert small.drawn("technical_entrants", 2009, 2).size == 0, "a yearly quantity has no quarters"


@pytest.mark.parametrize("groups", [{"region": ("North",)}, {"level": ("mbo9",)}])
def test_a_group_that_is_not_there_is_an_error(small: Results, groups: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(KeyError):
        small.by_year("technical_entrants", groups)


def test_commuters_are_those_of_the_regions_chosen_who_work_elsewhere() -> None:
    people = np.array([[[[[70.0, 10.0], [5.0, 15.0]], [[0.0, 0.0], [100.0, 0.0]]]]])  # lives in, works in, technical
    axes = {"year": [2014], "region": ["A", "B"], "job_region": ["A", "B"], "technical_occupation": [False, True]}
    made = Results(xr.Dataset({"commuting": (("draw", *axes), people)}, coords=axes))
    assert made.by_year("commuters").at(2014)[0] == pytest.approx(20 / 200)  # type: ignore[index]
    assert made.by_year("commuters", {"region": ("A",)}).at(2014)[0] == pytest.approx(20 / 100)  # type: ignore[index]
    assert made.by_year("commuters", {"region": ("B",)}).at(2014)[0] == 0.0  # type: ignore[index]


def test_continuation_is_of_all_who_chose_technology_before() -> None:
    chosen = np.array([[[[[50.0, 10.0], [30.0, 70.0]], [[20.0, 5.0], [80.0, 20.0]]]]])  # origin, earlier, now
    axes = {"year": [2014], "origin": ["havo", "vwo"], "earlier_technical": [False, True], "technical": [False, True]}
    data = xr.Dataset({"field_switches": (("draw", *axes), chosen)}, coords=axes)
    results = Results(data)
    havo = results.by_year("technical_continuation_share", {"origin": ("havo",)})
    assert havo.at(2014) == pytest.approx((0.7, 0.7, 0.7))
    both = results.by_year("technical_continuation_share", {"origin": ("havo", "vwo")})
    assert both.at(2014) == pytest.approx((0.45, 0.45, 0.45)), "90 of 200, not the mean of 0.7 and 0.2"


def test_one_draw_has_no_interval() -> None:
    series = spread(np.array([1.0, 2.0]), np.array([[3.0, np.nan]]))
    assert (list(series.x), list(series.low), list(series.high)) == ([1.0], [3.0], [3.0])


def test_years_with_months_missing_are_not_full() -> None:
    times = np.arange("2010-01", "2011-06", dtype="datetime64[M]").astype("datetime64[ns]")
    assert full_years(xr.Dataset(coords={"time": times})) == [2010]


def test_every_quantity_is_known_to_the_made_up_results(dataset: xr.Dataset) -> None:
    results = Results(dataset)
    for name in QUANTITIES:
        assert results.knows(name)
        assert len(results.by_year(name)) > 10, name


def test_technical_graduates_from_abroad_stay_twice_as_often_as_others(dataset: xr.Dataset) -> None:
    """3,000 of 10,000 and 1,500 of 2,500 (conftest)."""
    assert Results(dataset).by_year("international_stay_ratio").mean == pytest.approx(2.0)


def test_four_quarters_together_are_free_of_seasons_and_equal_the_year(small: Results) -> None:
    four = small.by_quarter("unemployment_rate", together=4)
    assert len(four) == 5  # of eight quarters
    assert four.at(2010.375) == pytest.approx((0.1, 0.1, 0.1))
    assert four.at(2010.875) == pytest.approx((20 / 110,) * 3), "two quarters of each year"
    assert four.at(2011.375) == pytest.approx(small.by_year("unemployment_rate").at(2011))


def test_a_slump_is_half_a_year_or_more_below_trend() -> None:
    gap = np.zeros((1, 36))
    gap[:, 3:8] = -0.02  # five months
    gap[:, 14:21] = -0.02
    times = np.arange("2010-01", "2013-01", dtype="datetime64[M]").astype("datetime64[ns]")
    data = xr.Dataset({"output_gap": (("draw", "time"), gap)}, coords={"time": times})
    assert np.array(slumps(Results(data))) == pytest.approx(np.array([[2010 + 14 / 12, 2010 + 21 / 12]]))


def test_shortages_are_of_the_groups_chosen_and_unknown_months_do_not_count() -> None:
    """Two groups: 4 and 2 vacancies at 100 and 50 workers; only the first filled any, or both in one to three."""
    times = np.arange("2010-01", "2010-03", dtype="datetime64[M]").astype("datetime64[ns]")

    def variable(name: str, kind: str, values: list[list[float]]) -> tuple[tuple[str, ...], object, dict[str, str]]:
        return (("draw", "time", "occupation"), np.array([values]), {"kind": kind, "long_name": name})

    results = Results(
        xr.Dataset(
            {
                "vacancies": variable("vacancies", "stock", [[4.0, 2.0], [4.0, 2.0]]),
                "employed_by_occupation": variable("workers", "stock", [[100.0, 50.0], [100.0, 50.0]]),
                "months_to_fill": variable("months", "share", [[2.0, np.nan], [2.0, 6.0]]),
                "hires_from_vacancies": variable("filled", "stock", [[3.0, 0.0], [3.0, 1.0]]),
            },
            coords={"occupation": ["technical_metal", "health"], "time": times},
        )
    )
    rate = QUANTITIES["vacancy_rate"].compute(results.data)
    assert rate.values == pytest.approx(np.full((1, 2), 4.0))
    months = QUANTITIES["months_to_fill"].compute(results.data)
    assert months.values == pytest.approx(np.array([[2.0, (3 * 2 + 1 * 6) / 4]]))
    assert len(results.by_quarter("months_to_fill", {"occupation": ("health",)})) == 0  # unknown in a month of it
    assert results.by_year("vacancy_rate", {"occupation": ("health",)}).at(2010) == (4.0, 4.0, 4.0)


def test_pay_of_who_lacks_skills_is_against_others_of_the_same_level() -> None:
    pay = np.array([[[[1.0, 0.9, 0.8], [2.0, np.nan, 1.8], [1.1, np.nan, np.nan]]]])  # level, shortfall
    lack = np.array([[[[50.0, 5.0, 10.0], [80.0, 0.0, 30.0], [9.0, 0.0, 0.0]]]])
    axes = {"year": [2014], "level": ["mbo4", "hbo", "wo"], "shortfall": ["none", "level", "skills"]}
    over = ("draw", *axes)
    made = Results(xr.Dataset({"pay_of_technicians": (over, pay), "technicians_by_shortfall": (over, lack)}, axes))
    name = "pay_of_technicians_lacking_skills"
    assert made.by_year(name).at(2014)[0] == pytest.approx((10 * 0.8 + 30 * 0.9) / 40)  # type: ignore[index]
    assert made.by_year(name, {"level": ("hbo",)}).at(2014)[0] == pytest.approx(0.9)  # type: ignore[index]
    assert len(made.by_year(name, {"level": ("wo",)})) == 0

"""The evaluation of the bridging scheme on a pair of results, by hand."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from techsim.results.bridging import evaluate, fewer_places

YEARS = [2026, 2027, 2028]


def results(intake: list[int], paid: list[int], graduates: list[int], euro: float, draws: int = 1) -> xr.Dataset:
    """A minimal Dataset; half of the intake and all of the graduates of mbo3 technical, ten more of hbo."""
    both = np.array(intake)[:, None, None] / 2 * np.ones((1, 1, 2))
    diplomas = np.zeros((3, 2, 1, 1, 1, 2))
    diplomas[:, 0, 0, 0, 0, 1] = graduates
    diplomas[:, 1, 0, 0, 0, 1] = 10 * np.array(graduates)
    levels = ["mbo1", "mbo2", "mbo3", "mbo4"]
    mbo = np.concatenate([np.zeros((3, 2, 1, 1, 1, 2)), diplomas[:, :1], np.zeros((3, 1, 1, 1, 1, 2))], axis=1)
    data = {
        "apprenticeship_intake": (("year", "region", "technical"), both),
        "bridging_places": (("year", "region"), np.array(paid)[:, None]),
        "graduates": (
            ("year", "level", "pathway", "sex", "region", "technical"), np.concatenate([mbo, diplomas[:, 1:]], axis=1)
        ),
        "spending": (("year", "lever", "item"), np.array([euro, 0.0, 0.0])[:, None, None]),
    }  # fmt: skip
    coords = {"year": YEARS, "technical": [False, True], "level": [*levels, "hbo"]}
    return xr.Dataset(data, coords=coords).expand_dims(draw=np.arange(draws))


def test_by_hand() -> None:
    with_it = results([80, 70, 60], [80, 0, 0], [10, 15, 16], 40_000.0)
    without = results([60, 72, 60], [0, 0, 0], [10, 12, 12], 0.0)
    found = evaluate(with_it, without, years_after=2).isel(draw=0)
    assert found.places_paid == 80
    # twenty places more in the year in which the scheme took places on; sixty would have been there anyway
    assert found.places_more == 20
    assert found.deadweight == 0.75
    assert found.technical_graduates_more == found.graduates_more == 7
    assert found.cost == 40_000.0
    assert found.cost_per_place == 2_000.0
    assert found.cost_per_graduate == pytest.approx(40_000 / 7)
    assert evaluate(with_it, without, years_after=1).technical_graduates_more.item() == 3


def test_what_is_no_pair_or_ends_too_early_is_refused() -> None:
    one, none = results([1] * 3, [0, 1, 0], [1] * 3, 1.0), results([1] * 3, [0] * 3, [1] * 3, 0.0)
    with pytest.raises(ValueError, match="differ in draw"):
        evaluate(one, results([1] * 3, [0] * 3, [1] * 3, 0.0, draws=2))
    with pytest.raises(ValueError, match="no place was in a bridging scheme"):
        evaluate(none, one)
    with pytest.raises(ValueError, match="ends 4 school years too early"):
        evaluate(one, none)
    assert np.isnan(evaluate(one, none, years_after=1).cost_per_graduate.item())


def test_employers_who_offer_fewer_by_hand() -> None:
    def made(small: float, large: float) -> xr.Dataset:
        offered = np.array([[[20.0, 10.0], [4.0, 6.0]]])  # one sector, two sizes, two regions
        data = {
            "places_willing": (("year", "sector", "firm_size"), np.array([[[small, large]]])),
            "places_by_sector": (("sector", "firm_size", "region"), offered),
        }
        return xr.Dataset(data, coords={"year": [2018]})

    # (30 x 0.8 + 10 x 0.4) = 28 before, (30 x 0.6 + 10 x 0.3) = 21 after
    assert fewer_places(made(0.8, 0.4), made(0.6, 0.3)).item() == pytest.approx(0.25)

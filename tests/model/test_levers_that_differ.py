"""Levers that an alternative drops or has on other terms are evaluated too: from the whole model, both ways round."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
import xarray as xr

from model.runs import scenario
from techsim.experiment.comparing import prepare
from techsim.experiment.pairing import changed_levers
from techsim.experiment.study import Study
from techsim.model.catalogue import catalogue
from techsim.results import schemes
from techsim.results.effects import Table, changed, rows

END, SCALE = "2009-12", 2000
GUIDANCE: dict[str, Any] = {"career_guidance": {"start": "2008-09", "volume": 0.6}}
SHORT: dict[str, Any] = {"deeltijd_ww": {"start": "2009-01", "end": "2009-06"}}


def tax(volume: float, price: float = 2_000.0) -> dict[str, Any]:
    return {"wva_onderwijs": {"start": "2008-06", "volume": volume, "unit_cost": price}}


def study(name: str, *levers: dict[str, Any]) -> Study:
    return Study(replace(scenario(END, SCALE, levers=levers), name=name), catalogue())


@lru_cache(maxsize=1)
def there() -> xr.Dataset:
    """All levers beside none."""
    return prepare(study("none"), [study("all", GUIDANCE, SHORT, tax(0.5))]).execute().data


@lru_cache(maxsize=1)
def back() -> xr.Dataset:
    """None beside all, and other terms of one."""
    every = (GUIDANCE, SHORT)
    others = [study("none"), study("half", *every, tax(0.25)), study("dear", *every, tax(0.5, 3_000.0))]
    return prepare(study("all", *every, tax(0.5)), others).execute().data


def figures(data: xr.Dataset, name: str, lever: str) -> dict[str, float]:
    values = data["schemes"].sel(scenario=name, scheme=lever).values[0]
    return {str(f): float(v) for f, v in zip(data["figure"].values, values, strict=True) if not np.isnan(v)}


@pytest.mark.parametrize("lever", ["career_guidance", "deeltijd_ww", "wva_onderwijs"])
def test_what_is_dropped_is_the_opposite_of_what_is_added(lever: str) -> None:
    added, dropped = figures(there(), "all", lever), figures(back(), "none", lever)
    assert added["take_up"] > 0
    assert dropped == pytest.approx({name: -x for name, x in added.items()})
    assert dropped["deadweight"] + dropped["additional"] == pytest.approx(dropped["take_up"])
    assert changed(there(), "all")[lever] == schemes.ADDED
    assert changed(back(), "none")[lever] == schemes.DROPPED
    table = Table(rows(back()))
    row = table.find("none", "scheme_take_up", int(back()["horizon"].values[-1]), lever=lever)
    assert row is not None
    assert row.spread.mean == pytest.approx(-added["take_up"])


def test_on_other_terms_what_is_no_longer_paid_for_is_evaluated() -> None:
    """Half as many are paid for: the years of apprentices that are missed are those of the two worlds."""
    whole, half = figures(back(), "none", "wva_onderwijs"), figures(back(), "half", "wva_onderwijs")
    assert whole["take_up"] < half["take_up"] < 0
    assert half["deadweight"] + half["additional"] == pytest.approx(half["take_up"])
    paid = back()["spending"].sel(lever="wva_onderwijs").sum(["year", "item"]).isel(draw=0)
    euro = float(paid.sel(scenario="half") - paid.sel(scenario="all"))
    assert half["take_up"] == pytest.approx(euro / 2_000.0)
    assert changed(back(), "half") == {"wva_onderwijs": schemes.TERMS}


def test_at_another_price_it_is_who_is_paid_for_in_one_world_only() -> None:
    """Half of all are paid for in both worlds, at another price: of those who are in both, as many are."""
    dear = figures(back(), "dear", "wva_onderwijs")
    assert dear["deadweight"] == 0.0
    assert dear["take_up"] == dear["additional"] == pytest.approx(0.5 * dear["more_in_all"])
    assert dear["take_up"] > 0.0


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((), (GUIDANCE,), {"career_guidance": schemes.ADDED}),
        ((GUIDANCE,), (), {"career_guidance": schemes.DROPPED}),
        ((GUIDANCE,), (GUIDANCE,), {}),
        ((tax(0.5),), (tax(0.25),), {"wva_onderwijs": schemes.TERMS}),
        ((tax(0.5),), (tax(0.0),), {"wva_onderwijs": schemes.DROPPED}),
        ((tax(0.0),), (tax(0.5),), {"wva_onderwijs": schemes.ADDED}),
    ],
)
def test_how_levers_differ(
    before: tuple[dict[str, Any], ...], after: tuple[dict[str, Any], ...], expected: dict[str, str]
) -> None:
    base, other = (study(name, *levers).scenario for name, levers in (("base", before), ("other", after)))
    assert changed_levers(base, other) == expected

"""Comparisons of the whole model: what must differ by exactly zero, what must add up, and when effects may come."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

import techsim
from model.runs import scenario
from techsim.experiment.comparing import prepare
from techsim.experiment.study import Study
from techsim.levers import catalogue as lever_catalogue
from techsim.model.catalogue import catalogue
from techsim.results.compared import reduce
from techsim.results.comparison import read_dataset
from techsim.results.effects import Table, net, rows
from techsim.results.verdicts import lags

END, SCALE = "2012-12", 1000
ROUTE: dict[str, Any] = {"technologieroute": {"start": "2009-08", "volume": 0.5}}
GUIDANCE: dict[str, Any] = {"career_guidance": {"start": "2008-09", "volume": 0.6}}
SCHEME: dict[str, Any] = {"deeltijd_ww": {"start": "2009-01", "end": "2010-06"}}


ALONE = {"teachers.dropout": 0.0, "teachers.delay": 0.0, "internships.dropout": 0.0, "internships.delay": 0.0}
"""Students who do not get in each other's way: neither through class size nor through internships."""


def study(
    name: str,
    *levers: dict[str, Any],
    end: str = END,
    scale: int = SCALE,
    draws: int = 1,
    parameters: dict[str, float] | None = None,
) -> Study:
    made = scenario(end, scale, levers=levers, parameters=parameters or {})
    sections = made.draws.model_copy(update={"number": draws})
    return Study(replace(made, name=name, draws=sections), catalogue())


@lru_cache(maxsize=1)
def compared() -> xr.Dataset:
    """A baseline beside its like, levers of volume zero, each lever alone, and all in two orders."""
    none: list[dict[str, Any]] = [
        {name: {**fields, "volume": 0}} for x in (ROUTE, SCHEME) for name, fields in x.items()
    ]
    others = [
        study("like"),
        study("no volume", *none),
        study("route", ROUTE),
        study("scheme", SCHEME),
        study("all", ROUTE, SCHEME),
        study("all, in another order", SCHEME, ROUTE),
    ]
    return prepare(study("base"), others, draws=2).execute().data


def numeric(data: xr.Dataset) -> list[str]:
    return [str(name) for name in data.data_vars if str(name) != "short_time"]


@pytest.mark.parametrize("name", ["like", "no volume"])
def test_what_changes_nothing_differs_by_exactly_zero(name: str) -> None:
    data = compared()
    for variable in numeric(data):
        one, other = (data[variable].sel(scenario=x).values for x in ("base", name))
        np.testing.assert_array_equal(one, other, err_msg=variable)


@pytest.mark.parametrize(("name", "levers"), [("base", ()), ("all", (ROUTE, SCHEME))])
def test_a_comparison_holds_what_runs_hold(name: str, levers: tuple[dict[str, Any], ...]) -> None:
    """Forked or not, in a comparison or alone."""
    alone = reduce(study(name, *levers, draws=2).run())
    for variable, (_, values) in alone.items():
        np.testing.assert_array_equal(compared()[variable].sel(scenario=name).values, values, err_msg=variable)


def test_the_order_of_levers_does_not_matter() -> None:
    data = compared()
    for variable in numeric(data):
        one, other = (data[variable].sel(scenario=x).values for x in ("all", "all, in another order"))
        np.testing.assert_array_equal(one, other, err_msg=variable)
    assert any((data["technicians"].sel(scenario="all") != data["technicians"].sel(scenario="base")).values.ravel())


def test_displacement_sums_to_zero_and_agrees_with_totals() -> None:
    data = compared()
    for name in ("people_by_work", "people_by_diploma"):
        counts = data[name].values
        change = net(counts)
        assert np.abs(change).sum() > 0
        np.testing.assert_array_equal(change.sum(axis=-1), 0)
        # the baseline's people are the same, whatever they are compared with, but for those in one world only
        base = counts.sum(axis=-1)[..., :-1]
        np.testing.assert_array_equal(base, np.broadcast_to(base[:1], base.shape))
    # the technicians of the last December are those that the labour market counts
    workers = data["people_by_work"].sum(["sex", "background", "work_baseline"]).isel(work_alternative=slice(0, 5))
    assert float(workers.sum("work_alternative").min()) > 5e6


def test_take_up_is_deadweight_and_additional() -> None:
    data = compared()
    found = {str(q): data["short_time"].sel(scenario="scheme", quantity=q).values for q in data["quantity"].values}
    assert (found["jobs_claimed"] > 0).all()
    np.testing.assert_allclose(found["deadweight"] * found["jobs_claimed"] + found["jobs_kept"], found["jobs_claimed"])
    assert np.isnan(data["short_time"].sel(scenario=["route", "all"]).values).all(), "where other things differ too"
    joined = data["participants"].sel(programme="technologieroute")
    assert (joined.sel(scenario=["route", "all"]).sum(["in_baseline", "in_alternative"]) > 0).all()
    assert (joined.sel(scenario=["scheme", "like"]) == 0).all()
    for measure in ("technical_diploma", "technical_work"):  # take-up is the same, whatever is looked at
        one, other = (joined.sel(measure=m).sum(["in_baseline", "in_alternative"]).values for m in (measure, "at_work"))
        np.testing.assert_array_equal(one, other)


def test_spending_is_volume_times_unit_cost() -> None:
    """A euro more per pupil costs as many euro as there are pupils reached; and the volume, unless all are reached."""
    base = study("base", end="2009-12")
    twice = {"technologieroute": {**ROUTE["technologieroute"], "unit_cost": 1000.0}}
    half = {"technologieroute": {**ROUTE["technologieroute"], "volume": 0.25}}
    data = prepare(base, [study(n, x, end="2009-12") for n, x in (("once", ROUTE), ("twice", twice), ("half", half))])
    spent = data.execute().data["spending"].sum(["lever", "item"]).sel(year=2009).isel(draw=0)
    assert float(spent[0]) == 0
    default = lever_catalogue()["technologieroute"].fields.model_fields["unit_cost"].default
    pupils = float(spent[1]) / default * 12 / 5 / 0.5  # from August to December, a twelfth of the cost a month
    assert float(spent[2]) == pytest.approx(float(spent[1]) * 1000.0 / default)
    assert float(spent[3]) == pytest.approx(float(spent[1]) / 2)
    assert 180_000 < pupils < 320_000, "the upper years of vmbo"


def test_effects_come_after_their_lag() -> None:
    """Guidance from September 2008 reaches those who choose then: no diploma of mbo 4 can change before 2011.

    mbo 4 takes three years and more; the first whom guidance wins begin in September 2008. Those who are there already
    feel them only through class size and internships, which are left out here.
    """
    base, guided = (study(n, *x, scale=200, parameters=ALONE) for n, x in (("base", ()), ("guidance", (GUIDANCE,))))
    data = prepare(base, [guided]).execute().data
    mbo4 = data["technical_graduates_by_level"].sel(level="mbo4").isel(draw=0)
    apart = data["year"].values[(mbo4[1] != mbo4[0]).values & mbo4[0].notnull().values]
    assert apart.size, "it does change some in the end"
    assert apart.min() >= 2010  # the school year 2010/11 ends in July 2011
    first = {lag.indicator: lag.any for lag in lags(data)}
    assert first["technical_profiles"] == 2008
    graduates, entrants = first["technical_graduates"], first["technical_entrants"]
    assert graduates is not None
    assert entrants is not None
    assert entrants <= graduates


def test_a_mix_is_found_and_set_beside_its_parts() -> None:
    table = Table(rows(compared()))
    row = table.find("all, beyond its parts", "technicians", 2012)
    assert row is not None
    parts = [table.find(name, "technicians", 2012) for name in ("route", "scheme", "all")]
    means = [part.spread.mean for part in parts if part is not None]
    assert row.spread.mean == pytest.approx(means[2] - means[0] - means[1])


def test_from_python(tmp_path: Path) -> None:
    base, guided = study("base", end="2008-12"), study("guidance", GUIDANCE, end="2008-12")
    data = techsim.compare(base, guided, draws=2, scale=2000, seed=3, out=tmp_path / "x")
    assert data.sizes["scenario"] == data.sizes["draw"] == 2
    assert (data.attrs["scale"], data.attrs["seed"]) == (2000.0, 3)
    assert sorted(path.name for path in (tmp_path / "x").iterdir()) == [
        "comparison.csv", "comparison.nc", "comparison.xlsx", "manifest.json",
    ]  # fmt: skip
    xr.testing.assert_equal(read_dataset(tmp_path / "x")["technicians"], data["technicians"])

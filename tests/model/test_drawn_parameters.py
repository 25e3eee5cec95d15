"""Draws that differ in parameters: the model bears what the priors allow, and comparisons stay paired."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
import xarray as xr

from model.runs import scenario
from techsim.experiment.comparing import Comparison, prepare
from techsim.experiment.draws import plan
from techsim.experiment.relaxing import WORLDS, relaxed
from techsim.experiment.simulate import tables
from techsim.experiment.study import Study
from techsim.model.catalogue import catalogue
from techsim.model.simulation import TechsimModel
from techsim.population.start_rules import StartRules
from techsim.population.synthetic import synthesise
from techsim.results.compared import reduce
from techsim.results.effects import rows

GUIDANCE: dict[str, Any] = {"career_guidance": {"start": "2008-09", "volume": 0.6}}
DRAWS = 2


def study(name: str, *levers: dict[str, Any], end: str = "2009-12", scale: int = 4000, draws: int = DRAWS) -> Study:
    made = scenario(end, scale, levers=levers)
    sections = made.draws.model_copy(update={"number": draws, "parameters": "prior"})
    return Study(replace(made, name=name, draws=sections), catalogue())


def comparison(share_past: bool = True) -> Comparison:
    studies = [study("base"), study("like"), study("none", {"career_guidance": {"start": "2008-09", "volume": 0.0}})]
    set_by_hand = replace(study("set").scenario, parameters={"profile.peer_weight": 2.0})
    others = [*studies[1:], study("guidance", GUIDANCE), Study(set_by_hand, catalogue())]
    return prepare(studies[0], others, share_past=share_past)


@lru_cache(maxsize=1)
def compared() -> xr.Dataset:
    return comparison().execute().data


def test_prior_draws_run_and_stay_within_what_numbers_can_be() -> None:
    """Twenty sets from all over the priors: shares are shares, counts are counts, and the country stays the country."""
    data = study("prior", end="2009-12", draws=20).run()
    signed = {"output_gap", "expansion_demand", "pressure_by_sector"}
    assert data.sizes["draw"] == 20
    for name in data.data_vars:
        values, about = data[name].values, data[name].attrs
        assert not np.isinf(values).any(), name
        if name not in signed:
            assert not (values < 0).any(), name
        if about["kind"] == "share" and about["units"] == "share":
            assert not (values > 1 + 1e-9).any(), name
        if about["kind"] in ("stock", "flow") and "time" in data[name].dims:
            assert not np.isnan(values).any(), name
    assert ((data["unemployment_rate"] > 0.0) & (data["unemployment_rate"] < 0.2)).all()
    technicians = data["technicians"].sum([dim for dim in data["technicians"].dims if dim not in ("draw", "time")])
    assert abs(technicians.isel(time=-1) / technicians.isel(time=0) - 1).max() < 0.2


def test_equal_scenarios_differ_by_nothing_with_parameters_drawn() -> None:
    data = compared()
    for row in rows(data):
        if row.scenario in ("like", "none") and not row.indicator.startswith("scheme_"):
            assert row.spread.mean == row.spread.low == row.spread.high == 0.0, row
    chosen = data["technical_profiles"]
    assert np.nan_to_num(chosen.sel(scenario="guidance") - chosen.sel(scenario="base")).any()


def test_draws_differ_in_parameters_and_scenarios_do_not() -> None:
    data = compared()
    assert data.attrs["parameters"] == "prior"
    values = data["parameter_values"]
    assert values.sizes == {"draw": DRAWS, "parameter": len(catalogue().parameters)}
    apart = np.ptp(values.values, axis=0) > 0
    assert apart.mean() > 0.95
    plans = [plan(scenario, catalogue()) for scenario in comparison().scenarios]
    for base, *others, own in zip(*plans, strict=True):
        assert all(other.parameters == base.parameters for other in others)
        assert own.parameters == {**base.parameters, "profile.peer_weight": 2.0}


def test_the_common_past_is_that_of_the_draws_parameters() -> None:
    """Run on its own from the first month, each scenario gives the same to the last bit."""
    alone = comparison(share_past=False).execute().data
    xr.testing.assert_equal(compared(), alone)


def test_a_scenario_of_a_comparison_is_what_it_is_alone() -> None:
    alone = study("guidance", GUIDANCE).run()
    together = compared()["technical_profiles"].sel(scenario="guidance").values
    np.testing.assert_array_equal(reduce(alone)["technical_profiles"][1], together)
    assert np.isfinite(together).any()
    np.testing.assert_array_equal(alone["parameter_values"].values, compared()["parameter_values"].values)


def test_two_workers_give_what_one_gives() -> None:
    again = comparison().execute(threads=2).data
    xr.testing.assert_identical(compared(), again)


@pytest.mark.parametrize("pull", [1.0, 5.0])
def test_relaxing_never_tightens_what_a_draw_has(pull: float) -> None:
    own = {name: p.default for name, p in catalogue().parameters.items()} | {"matching.technical_pull": pull}
    changed = relaxed(WORLDS - 1, own)
    assert changed["matching.technical_pull"] == max(3.0, pull)
    assert changed["teachers.dropout"] == 0.0
    assert relaxed(0, own) == {}


def test_the_start_goes_by_its_parameters() -> None:
    """Each of another size: what the model begins with is what the start population makes of them."""
    rules = StartRules(tenure=60.0, search=20.0, temporary_share=0.2, kept=0.5, retirement_spread=4.0)
    named = {
        "start.tenure": rules.tenure,
        "start.search": rules.search,
        "start.temporary_share": rules.temporary_share,
        "start.kept": rules.kept,
        "retirement.spread": rules.retirement_spread,
    }
    world = TechsimModel(scenario(parameters=named), tables=tables()).world
    expected = synthesise(tables(), world.seed, world.scale, world.first, rules)
    for name in ("labour", "since", "flags"):
        np.testing.assert_array_equal(getattr(world.people, name), getattr(expected, name))
    assert not np.array_equal(world.people.since, synthesise(tables(), world.seed, world.scale, world.first).since)

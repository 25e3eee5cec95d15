"""Short-time work of 2008-2011 in the whole model, beside the run without it (W3)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import techsim
from model.runs import finished, scenario
from techsim.experiment.twins import twins
from techsim.mechanisms.working.short_time.declare import PARAMETERS
from techsim.results.short_time import evaluate

HOURS_SHARE = {p.name: p.default for p in PARAMETERS}["short_time.hours_share"]
SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[xr.Dataset, xr.Dataset]:
    """Historical with and without the schemes, to a year after their end, at 1:200: few jobs are kept beside luck, so
    that there are ten draws."""
    folder = tmp_path_factory.mktemp("pair")
    found = []
    for name in ("historical", "historical_without_deeltijd_ww"):
        path = folder / f"{name}.yaml"
        path.write_text(
            f"name: {name}\nextends: {(SCENARIOS / name).as_posix()}.yaml\nperiod: {{end: 2012-06}}\n"
            "draws: {number: 10}\npopulation: {scale: 200}\n",
            encoding="utf-8",
        )
        found.append(path)
    return twins(*found)


def test_take_up_is_that_of_the_evidence(pair: tuple[xr.Dataset, xr.Dataset]) -> None:
    """Figures stw_workers (121,890), stw_cost (EUR 760 mln), stw_metal_share (half)."""
    found = evaluate(*pair, HOURS_SHARE).mean("draw")
    assert found.workers.item() == pytest.approx(121_890, rel=0.2)
    assert found.cost.item() == pytest.approx(760e6, rel=0.25)
    assert found.industry_share.item() == pytest.approx(0.5, abs=0.1)


def test_jobs_kept_lie_well_below_take_up(pair: tuple[xr.Dataset, xr.Dataset]) -> None:
    """Public money replaces private in part: fewer jobs are kept than half of those claimed."""
    found = evaluate(*pair, HOURS_SHARE).mean("draw")
    assert 0 < found.jobs_kept.item() < 0.5 * found.jobs_claimed.item()
    assert 0.5 < found.deadweight.item() < 1.0
    # when it is over, some of the jobs kept end after all
    assert found.jobs_kept.item() < evaluate(*pair, HOURS_SHARE, months_after=0).mean("draw").jobs_kept.item() + 2000


def test_without_the_lever_nobody_is_on_short_time(pair: tuple[xr.Dataset, xr.Dataset]) -> None:
    assert pair[0].short_time_workers.sum() > 0
    assert not pair[1].short_time_workers.any()
    assert pair[1].spending.sel(lever="deeltijd_ww_2009").sum() == 0.0


def test_every_euro_is_booked_once() -> None:
    """Spending of the ledger is take-up times amounts, month by month; what is clawed back is booked as negative."""
    lever = {"replacement_rate": 0.8, "employer_contribution": 0.25, "training_share": 0.5, "training_cost": 10.0}
    lever |= {"clawback": 1.0, "unit_cost": 100.0, "start": "2009-01", "end": "2010-06"}
    gaps = {"2009": -0.06, "2010": -0.08}
    from techsim.experiment.simulate import tables
    from techsim.model.simulation import TechsimModel

    what = scenario(end="2010-12", scale=300, levers=({"deeltijd_ww": lever},), gaps=gaps)
    model = TechsimModel(what, tables=tables())
    world = model.world
    due = dict.fromkeys(("benefit", "training", "administration", "clawback"), 0.0)
    while model.running:
        model.step()
        paid = {name: float(amount.sum()) for name, amount in world.labour.short_time.paid.items()}
        if world.hooks["short_time.open"].any():
            due["benefit"] += 0.8 * 0.75 * paid["short_time_wages"]
            due["training"] += 10.0 * paid["short_time_training_hours"]
            due["administration"] += 100.0 * paid["short_time_entries"]
            due["clawback"] -= 1.0 * 0.8 * 0.75 * paid["short_time_repaid_wages"]
    p, record = world.parameters, world.recorder
    booked = record.arrays["spending"].sum(axis=(0, 1))
    assert dict(zip(model.world.institutions.government.books[1], booked, strict=True)) == pytest.approx(due)
    worker_months = 300 * record.arrays["short_time_workers"].sum()
    hours = worker_months * p["short_time.hours_share"] * p["short_time.month_hours"]
    assert due["training"] == pytest.approx(10.0 * 0.5 * hours)
    assert due["administration"] == pytest.approx(100.0 * 300 * record.arrays["short_time_entries"].sum())
    # the mean wage of those hours is that of people, of 2021 x price level
    assert 12.0 < due["benefit"] / 0.6 / hours < 30.0
    assert due["clawback"] <= 0.0


def test_the_recession_with_deeltijd_ww_loads_and_keeps_history() -> None:
    study = techsim.load(SCENARIOS / "recession_2026_deeltijd_ww.yaml")
    names = [lever.name for lever in study.scenario.levers]
    assert [name for name in names if name.startswith("deeltijd")] == ["deeltijd_ww", "deeltijd_ww_2009"]


def test_a_trigger_opens_and_closes_the_scheme() -> None:
    lever = {"start": "2008-02", "when": {"output_gap_below": -0.03}}
    gaps = {"2008": 0.0, "2009": -0.06, "2010": 0.0}
    record = finished(scenario(end="2010-12", levers=({"deeltijd_ww": lever},), gaps=gaps, scale=500)).world.recorder
    by_year = record.arrays["short_time_workers"].sum(axis=(1, 2)).reshape(3, 12).sum(axis=1)
    assert by_year[0] == by_year[2] == 0
    assert by_year[1] > 0
    assert np.array_equal(
        record.arrays["short_time_entries"].sum(axis=(1, 2)).cumsum()
        - record.arrays["short_time_ended"].sum(axis=(1, 2)).cumsum(),
        record.arrays["short_time_workers"].sum(axis=(1, 2)),
    )

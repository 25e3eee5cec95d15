"""mesa's own tools work on the model: batch_run, DataCollector, agent sets."""

from __future__ import annotations

import mesa
import numpy as np
import pandas as pd
import pytest

from model.runs import scenario
from techsim.experiment.simulate import tables
from techsim.mechanisms.working.employers import EmployerPlan, Floats, monthly_dither, plan_employer
from techsim.mechanisms.working.separations.process import (
    hours_of_staff,
    kept,
    left_at_firms,
    planned,
    shed_dither,
    tolerance,
    workers_in_spells,
)
from techsim.mechanisms.world import World
from techsim.model.institutions import Employer, Government, SchoolBoard
from techsim.model.simulation import TechsimModel
from techsim.population.clock import parse
from techsim.scenario import ScenarioError


def test_batch_run_varies_a_parameter() -> None:
    found = pd.DataFrame(
        mesa.batch_run(
            TechsimModel,
            parameters={
                "scenario": [scenario(end="2008-06")],
                "separations.quit": [0.0, 0.03],
                "draw_seed": [1, 2],
            },
            iterations=1,
            max_steps=100,
            data_collection_period=1,
            display_progress=False,
        )
    )
    last = found[found["Step"] == 5]
    assert len(last) == 4
    assert (found.groupby("RunId")["Step"].max() == 5).all()
    vacancies = last.groupby("separations.quit")["vacancies"].mean()
    assert vacancies[0.03] > vacancies[0.0]


def test_the_data_collector_keeps_headlines_by_month() -> None:
    model = TechsimModel(scenario(end="2008-12"), tables=tables())
    while model.running:
        model.step()
    frame = model.datacollector.get_model_vars_dataframe()
    assert len(frame) == 12
    assert frame["residents"].between(16e6, 17e6).all()
    assert (frame["employed"] > 10 * frame["unemployed"]).all()
    stock = model.world.recorder.arrays["vacancies"].sum(axis=(1, 2, 3, 4)) * 1000
    assert np.array_equal(frame["vacancies"].to_numpy(), stock)


def test_a_user_may_collect_what_agents_know() -> None:
    model = TechsimModel(scenario(), tables=tables())
    model.datacollector = mesa.DataCollector(
        agenttype_reporters={Employer: {"staff": lambda employer: employer.staff(employer.model.world)}}
    )
    model.step()
    frame = model.datacollector.get_agenttype_vars_dataframe(Employer)
    assert frame["staff"].sum() == model.world.labour.staff.sum()


def test_agents_stand_for_every_institution() -> None:
    model = TechsimModel(scenario(), tables=tables())
    dims = tables().dimensions
    assert len(model.agents_by_type[Employer]) == dims.employers * dims.size("region")
    assert len(model.agents_by_type[SchoolBoard]) == dims.size("region")
    assert len(model.agents_by_type[Government]) == 1


def test_employers_one_by_one_decide_as_all_at_once() -> None:
    model = TechsimModel(scenario(end="2009-12", scale=500), tables=tables())
    for _ in range(18):
        model.step()
    world = model.world
    p, labour = world.parameters, world.labour
    keeps, hours = kept(world), hours_of_staff(world)
    spells, dither = workers_in_spells(world), monthly_dither(labour.rounding, world.month)
    cuts, shed = planned(world, spells)
    left, of_shed = left_at_firms(world, spells, tolerance(world)), shed_dither(dither)
    together = plan_employer(
        desired=labour.desired,
        staff=labour.staff - labour.hours_lent,
        open_now=labour.open_vacancies,
        rounding=labour.rounding,
        dither=monthly_dither(labour.rounding, world.month),
        opening_speed=p["vacancies.opening_speed"],
        withdrawal_speed=p["vacancies.withdrawal_speed"],
    )
    for employer in world.institutions.employers:
        plan = employer.plan(world, dither[employer.where])
        cut = employer.cut(world, keeps[employer.where], hours[employer.where], dither[employer.where])
        assert np.array_equal(cut.flexible, cuts.flexible[employer.where])
        assert np.array_equal(cut.limit, cuts.limit[employer.where])
        too_many = float(left[employer.kind, employer.region])
        gone = employer.shed(world, too_many, of_shed[employer.where])
        assert np.array_equal(gone if too_many > 0.0 else 0 * gone, shed[employer.where])
        assert np.array_equal(plan.open, together.open[employer.where])
        assert np.array_equal(plan.withdraw, together.withdraw[employer.where])
    assert together.open.sum() > 0
    assert shed.sum() > 0


def test_employers_may_be_asked_in_any_order_or_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first, shuffled = (TechsimModel(scenario(end="2008-12"), tables=tables()) for _ in range(2))
    shuffled.world.institutions.employers.shuffle(inplace=True)
    while first.running:
        first.step()
    asked: list[int] = []
    decide = Employer.plan

    def plan(employer: Employer, world: World, dither: Floats) -> EmployerPlan:
        asked.append(employer.kind)
        return decide(employer, world, dither)

    monkeypatch.setitem(vars(shuffled.world.institutions), "alike", False)
    monkeypatch.setattr(Employer, "plan", plan)
    while shuffled.running:
        shuffled.step()
    assert len(set(asked)) == tables().dimensions.employers
    ours, theirs = first.world.recorder.arrays, shuffled.world.recorder.arrays
    assert all(np.array_equal(ours[name], theirs[name], equal_nan=True) for name in ours)


def test_after_the_last_month_nothing_happens() -> None:
    model = TechsimModel(scenario(end="2008-02"), tables=tables())
    for _ in range(5):
        model.step()
    assert not model.running
    assert model.world.month == parse("2008-02")


def test_an_unknown_override_is_an_error() -> None:
    with pytest.raises(ScenarioError, match=r"separations\.quit"):
        TechsimModel(scenario(), tables=tables(), **{"separations.quitt": 0.1})

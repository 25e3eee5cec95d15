"""Partnerships in the whole model (L5): every one accounted for, every euro booked, near what was counted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from model.runs import Case, record, scenario
from reference import partnerships as reference
from techsim.data.partnerships import SCHEMES
from techsim.experiment.simulate import tables
from techsim.mechanisms.learning.partnerships.state import HISTORY, LEVERS
from techsim.model.simulation import TechsimModel
from techsim.population.clock import month_index, parse
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import NEVER

UNIT_COST = 700_000
FUNDING = {"partnership_funding": {"start": "2009-01", "end": "2012-12", "volume": 60.0, "unit_cost": UNIT_COST}}


def as_dicts(model: TechsimModel) -> list[reference.Partnership]:
    roster = model.world.partnerships.roster
    columns = zip(roster.ident, roster.region, roster.group, roster.started, roster.fading, strict=True)
    return [
        {
            "ident": int(i),
            "region": int(r),
            "group": int(g),
            "started": int(s),
            "fading": None if f == NEVER else int(f),
        }
        for i, r, g, s, f in columns
    ]


def test_partnerships_and_euros_add_up() -> None:
    """Each month those there are, less those that the reference lets die away, plus those started; each start paid."""
    model = TechsimModel(scenario("2016-12", 4000, {"partnerships.gives_up": 0.05}, (FUNDING,)), tables=tables())
    world, paid, granted = model.world, 0, np.zeros(len(SCHEMES), dtype=np.int64)
    rules = {
        name: world.parameters[f"partnerships.{name}"]
        for name in ("goes_on", "gives_up", "fade_months", "build_months", "students")
    }

    def draw(ident: int, month: int, k: int) -> float:
        return float(uniform(world.seed, int(Purpose.PARTNERSHIP), np.uint64(ident), month, k))

    ended = 0
    while model.running:
        before = as_dicts(model)
        model.step()
        state, now = world.partnerships, as_dicts(model)
        left = reference.next_month(before, world.month, state.regional.tolist(), rules, draw)
        ended += len(before) - len(left)
        assert [p for p in now if p["started"] < world.month] == left
        assert len(now) - len(left) == state.started.sum()
        reached = np.zeros(state.reach.shape)
        for p in now:
            reached[p["group"], p["region"]] += rules["students"] * reference.size(p, world.month, rules)
        share = np.where(state.students > 0, reached / np.maximum(state.students, 1), 0)
        np.testing.assert_allclose(state.reach, np.minimum(1.0, share))
        paid += int(state.started[LEVERS].sum())
        granted += state.started[HISTORY].sum(axis=(1, 2))
    assert min(ended, paid, granted.sum()) > 20
    assert world.recorder.arrays["spending"].sum() == pytest.approx(UNIT_COST * paid)
    grants = world.recorder.arrays["partnership_grants"].sum(axis=(0, 2))
    np.testing.assert_allclose(grants, 1e6 * world.parameters["partnerships.grant"] * granted)
    assert (granted > 0).all()  # CIV, RIF and Centres of expertise


def test_no_money_after_the_lever_ends_and_no_more_than_offered() -> None:
    model = TechsimModel(scenario("2014-12", 4000, levers=(FUNDING,)), tables=tables())
    started = {}
    while model.running:
        model.step()
        started[model.world.month] = int(model.world.partnerships.started[LEVERS].sum())
    assert sum(started.values()) <= 4 * 60 + 10
    assert not any(n for month, n in started.items() if not parse("2009-01") <= month <= parse("2012-12"))


def case(scale: int = 2000, **parameters: float) -> Case:
    named = tuple((f"partnerships.{name}", value) for name, value in parameters.items())
    return Case(parameters=named, end="2019-12", scale=scale)


def number(of: Case) -> Any:
    """By school year from 2008, and level group."""
    return record(of).arrays["partnerships"].sum(axis=1)[1:]


def test_numbers_and_reach_are_near_those_counted() -> None:
    """Figures partnerships and partnership_reach; public figures P1596 and P1600 (324 and 10,000 firms in 2019)."""
    arrays, of_year = record(case(scale=400)).arrays, {2013: -7, 2019: -1}
    mbo = arrays["partnerships"].sum(axis=1)[:, 0]
    assert mbo[of_year[2013]] == pytest.approx(4, abs=2)
    assert mbo[of_year[2019]] == pytest.approx(150, rel=0.15)
    assert arrays["partnerships"][of_year[2019]].sum() == pytest.approx(350, rel=0.12)
    assert arrays["partnership_firms"][of_year[2019]].sum() == pytest.approx(10_000, rel=0.2)
    assert arrays["partnership_reach"][of_year[2019]].mean() == pytest.approx(0.10, abs=0.025)


def test_some_go_on_after_the_money_and_some_do_not() -> None:
    none, usual, all_ = (
        number(case(goes_on=c, gives_up=g, fade_months=1.0)) for c, g in ((0.0, 0.01), (1.3, 0.01), (5.0, 0.0))
    )
    assert none[-1].sum() < usual[-1].sum() - 20 < all_[-1].sum() - 40
    assert (none <= usual).all()
    assert (usual <= all_).all()


def test_guidance_reaches_more_where_partnerships_are() -> None:
    model = TechsimModel(scenario("2016-12", 4000), tables=tables())
    while model.world.month < month_index(2016, 11):
        model.step()
    world = model.world
    before = world.partnerships.mean_reach.copy()
    model.step()
    plain = world.tables.education.exposure_at("guidance_reach", world.school_year)
    more = world.hooks["guidance.reach"] - plain
    np.testing.assert_allclose(more, world.parameters["partnerships.guidance"] * before, atol=1e-12)
    assert more.max() > 0.0

"""Deadweight person by person in whole runs: against counts by hand of two finished runs, the ledger, and none."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
import xarray as xr

from model.runs import scenario
from techsim import levers
from techsim.experiment.comparing import prepare
from techsim.experiment.draws import plan
from techsim.experiment.pairing import compare_draw
from techsim.experiment.simulate import tables
from techsim.experiment.study import Study
from techsim.experiment.watching import never
from techsim.mechanisms.working.retraining.state import SINCE
from techsim.mechanisms.working.state import bbl_students
from techsim.model.catalogue import catalogue
from techsim.model.simulation import TechsimModel
from techsim.population import events
from techsim.population.clock import MONTHS, month_of, year_of
from techsim.results import schemes
from techsim.results.compared import reduce

END, SCALE, FROM = "2010-12", 2000, "2008-06"
LEVERS: dict[str, dict[str, Any]] = {
    "bridging_courses": {},
    "bridging_scheme": {"when": {"output_gap_below": 0.25}},
    "hybrid_programme": {},
    "international_retention": {},
    "praktijkleren": {},
    "retraining": {"volume": 60_000},
    "stap": {},
    "teacher_grants": {"volume": 1.0, "side_entry_grant": 60_000},
    "wva_onderwijs": {"volume": 0.3},
}
PRICES = {
    "bridging_courses": ("courses", "unit_cost"),
    "hybrid_programme": ("certificates", "unit_cost"),
    "international_retention": ("retention", "unit_cost"),
    "praktijkleren": ("subsidy", "unit_cost"),
    "retraining": ("retraining", "unit_cost"),
    "teacher_grants": ("side_entry", "side_entry_grant"),
    "wva_onderwijs": ("tax_reduction", "unit_cost"),
}
"""What the ledger books of those who are counted, and the field that is the price of one."""


def every(volume: float | None = None) -> list[dict[str, Any]]:
    less = {} if volume is None else {"volume": volume}
    return [{name: {"start": FROM, **fields, **less}} for name, fields in LEVERS.items()]


def study(name: str, *given: dict[str, Any], draws: int = 1) -> Study:
    made = scenario(END, SCALE, levers=given)
    sections = made.draws.model_copy(update={"number": draws})
    return Study(replace(made, name=name, draws=sections), catalogue())


@lru_cache(maxsize=2)
def compared(share: bool = True) -> xr.Dataset:
    others = [study("all", *every()), study("none of any", *every(0.0)), study("slim", {"slim": {"start": "2009-01"}})]
    return prepare(study("base"), others, draws=2 if share else 1, share_past=share).execute().data


def figures(data: xr.Dataset, name: str, lever: str, draw: int = 0) -> dict[str, float]:
    values = data["schemes"].sel(scenario=name, scheme=lever).values[draw]
    return {str(f): float(v) for f, v in zip(data["figure"].values, values, strict=True) if not np.isnan(v)}


def test_all_that_is_noted_is_tried_here() -> None:
    assert {*LEVERS, "slim"} == set(schemes.NOTED)


@pytest.mark.parametrize("lever", list(LEVERS))
def test_it_adds_up_and_is_what_the_ledger_paid(lever: str) -> None:
    for draw in range(2):
        found = figures(compared(), "all", lever, draw)
        assert found["deadweight"] + found["additional"] == pytest.approx(found["take_up"])
        assert found["additional"] + found["unpaid"] - found["displaced"] == pytest.approx(found["more_in_all"])
        if lever in PRICES:
            item, price = PRICES[lever]
            euro = float(compared()["spending"].sel(scenario="all", lever=lever, item=item)[draw].sum())
            fields = next(x.fields for x in study("all", *every()).scenario.levers if x.name == lever)
            assert found["take_up"] == pytest.approx(euro / getattr(fields, price))
    assert sum(figures(compared(), "all", lever, draw)["take_up"] for draw in range(2)) > 0
    assert set(PRICES) <= set(levers.catalogue())


def test_who_is_paid_for_is_who_the_results_count() -> None:
    """Budgets and places are of persons, whom the results count by payer and scheme."""
    results = study("all", *every(), draws=2).run()
    for draw in range(2):
        budgets = float(results["training_participants"].sel(payer="stap").isel(draw=draw).sum())
        assert figures(compared(), "all", "stap", draw)["take_up"] == pytest.approx(budgets)
        places = float(results["bridging_places"].isel(draw=draw).sum())
        assert figures(compared(), "all", "bridging_scheme", draw)["take_up"] == pytest.approx(places)


def test_a_lever_of_volume_zero_takes_nobody_up() -> None:
    data = compared()
    assert np.nan_to_num(data["schemes"].sel(scenario="none of any").values).max() == 0.0
    reasons = [line.split("\t") for line in data.attrs["not_measured"].split("\n")]
    assert {lever for name, lever, why in reasons if name == "none of any" and why == schemes.NOBODY} == set(LEVERS)


def test_where_the_past_is_shared_changes_nothing() -> None:
    """The first draw alone, each world from its first month."""
    for name, lever in (("all", lever) for lever in LEVERS):
        assert figures(compared(False), name, lever) == figures(compared(), name, lever)


def test_a_draw_alone_and_with_alternatives_in_another_order_is_what_it_is_among_others() -> None:
    """The second draw, before which nothing has run, with the alternatives the other way round."""
    given = [study("base", draws=2), study("none of any", *every(0.0), draws=2), study("all", *every(), draws=2)]
    scenarios = [one.scenario for one in given]
    plans = [plan(one, catalogue()) for one in scenarios]
    record = compare_draw(scenarios, plans, True, 1, plans[0][1], lambda done, total: None, never)
    for lever in LEVERS:
        assert record.runs[2].schemes[lever] == figures(compared(), "all", lever, 1)
        assert record.runs[1].schemes.get(lever, {}) == {}


def test_whom_it_notes_changes_no_result() -> None:
    alone = study("all", *every(), draws=2).run()
    for variable, (_, values) in reduce(alone).items():
        np.testing.assert_array_equal(compared()[variable].sel(scenario="all").values, values, err_msg=variable)


def test_spells_of_short_time_work_add_up_and_layoffs_are_those_of_the_results() -> None:
    lever = {"deeltijd_ww": {"start": "2009-01", "end": "2010-03"}}
    base, other = study("base"), study("short", lever)
    found = prepare(base, [other]).execute().data["short_time"].sel(scenario="short").isel(draw=0)
    values = {str(q): float(found.sel(quantity=q)) for q in found["quantity"].values}
    assert values["spells"] > 0
    assert sum(values[f"spells_{name}"] for name in ("anyway", "saved", "lost")) == pytest.approx(values["spells"])
    assert values["spells_anyway_share"] == pytest.approx(values["spells_anyway"] / values["spells"])
    model, let_go = TechsimModel(other.scenario, tables=tables()), 0
    while model.running:
        model.world.events = events.Events([events.LAID_OFF])
        model.step()
        let_go += sum(one.ids.size for one in model.world.events.take())
    layoffs = float(other.run()["separations_by_reason"].sel(reason="layoff").sum())
    assert SCALE * let_go == pytest.approx(layoffs)
    assert layoffs > 0


def test_retraining_and_places_counted_by_hand_from_two_runs() -> None:
    """From the roster of retraining and the students of each month, in sets; nothing that a comparison noted."""
    data, (base, other) = compared(), (_by_hand(given) for given in ((), every()))
    found = figures(data, "all", "praktijkleren")
    start = min(month for _, month in other["months"] if year_of(month) == 2008 and month_of(month) == 6)
    here, there = ({x for x in one["months"] if x[1] >= start} for one in (other, base))
    share = next(dict(x.fields)["volume"] for x in study("a", *every()).scenario.levers if x.name == "praktijkleren")
    each = share * SCALE / MONTHS
    assert found["take_up"] == pytest.approx(each * len(here))
    assert found["deadweight"] == pytest.approx(each * len(here & there))
    assert found["additional"] == pytest.approx(each * len(here - there))
    assert found["more_in_all"] == pytest.approx(SCALE / MONTHS * (len(here) - len(there)))
    for lever, key in (("retraining", "began"), ("bridging_scheme", "places")):
        count = [Counter(person for person, month in one[key] if month >= start) for one in (base, other)]
        more = figures(data, "all", lever)["more_in_all"]
        assert more == pytest.approx(SCALE * (count[1].total() - count[0].total()))
    courses = figures(data, "all", "stap")
    began = [{(person, year_of(month)) for person, month in one["courses"] if month >= start} for one in (base, other)]
    assert courses["more_in_all"] == pytest.approx(SCALE * (len(began[1]) - len(began[0])))
    paid = {(person, year_of(month)) for person, month in other["budgets"]}
    assert courses["take_up"] == SCALE * len(paid)
    assert courses["deadweight"] == SCALE * len(paid & began[0])
    assert courses["additional"] == SCALE * len(paid - began[0])
    placed = [[x for x in one["places"] if x[1] >= start] for one in (base, other)]
    assert len(placed[1]) == len(set(placed[1]))
    assert figures(data, "all", "bridging_scheme")["take_up"] == SCALE * len(placed[1]), "it is open to all"
    left = Counter(person for person, _ in placed[0])
    dead = 0
    for person, _ in sorted(placed[1], key=lambda x: x[1]):
        dead += left[person] > 0
        left[person] -= 1
    assert figures(data, "all", "bridging_scheme")["deadweight"] == SCALE * dead


def _by_hand(given: list[dict[str, Any]] | tuple[()]) -> dict[str, set[tuple[int, int]]]:
    """By what they do, persons and months of a run of the first draw."""
    made = study("by hand", *given, draws=1)
    model = TechsimModel(made.scenario, draw_seed=int(compared()["seed"].values[0]), tables=tables())
    world = model.world
    found: dict[str, set[tuple[int, int]]] = {
        name: set() for name in ("months", "began", "places", "courses", "budgets")
    }
    while model.running:
        world.events = events.Events([events.COURSE, events.IN_PLACE])
        model.step()
        people, month = world.people, world.month
        noted = world.events.take()
        state = world.labour.retraining
        found["began"] |= {(int(i), month) for i in state.id[state.programmes[SINCE] == month]}
        learns = bbl_students(people, world.tables)
        found["months"] |= {(int(i), month) for i in people.id[learns]}
        if month_of(month) == 9:
            found["places"] |= {(int(i), month) for i in people.id[learns & (people.enrolled == month)]}
        for one in noted:
            if one.kind == events.COURSE:
                found["courses"] |= {(int(i), month) for i in one.ids}
                found["budgets"] |= {(int(i), month) for i in one.ids[one.group == 3]}
    return found

"""Whom levers pay for, counted one by one; a year of the whole model books what its switchers cost."""

from __future__ import annotations

import numpy as np
import pytest

from model.runs import finished, scenario
from techsim.levers.base import COUNTS
from techsim.model.institutions import counts_for_levers
from techsim.model.simulation import TechsimModel
from techsim.model.take_up import PUPIL_COUNTS, WORK_HOURS, pupils
from techsim.population.states import Labour, Stage


@pytest.fixture(scope="module")
def model() -> TechsimModel:
    return finished(scenario("2008-10", scale=1000))


def test_every_count_of_pupils_is_known_as_one(model: TechsimModel) -> None:
    """Nobody is counted where none of these is wanted."""
    assert pupils(model.world, COUNTS).keys() == PUPIL_COUNTS
    assert pupils(model.world, set(COUNTS) - PUPIL_COUNTS) == {}


def test_people_are_counted_where_they_live(model: TechsimModel) -> None:
    world, dims = model.world, model.world.tables.dimensions
    counts = counts_for_levers(world, set(COUNTS))
    names = ("vo_girls", "vo_migration_pupils", "primary_pupils", "pabo_students", "unemployed")
    expected = {name: [0.0] * dims.size("region") for name in names}
    people, fields = world.people, world.tables.education.programme_field.tolist()
    for i in range(people.size):
        stage, region = people.stage[i], people.region[i]
        found = {
            "vo_girls": stage == Stage.VO and dims.sex[people.sex[i]] == "female",
            "vo_migration_pupils": stage == Stage.VO and dims.background[people.background[i]] != "native",
            "primary_pupils": stage == Stage.PRIMARY,
            "pabo_students": stage == Stage.HBO and dims.field[fields[people.programme[i]]] == "education",
            "unemployed": people.labour[i] == Labour.UNEMPLOYED,
        }
        for name, there in found.items():
            expected[name][region] += world.scale * bool(there)
    for name in names:
        assert counts[name].tolist() == expected[name]
        assert counts[name].min() > 0


def test_the_wage_bill_is_that_of_technical_workers(model: TechsimModel) -> None:
    world, dims = model.world, model.world.tables.dimensions
    wages = np.zeros(dims.size("region"))
    people = world.people
    for i in np.flatnonzero(people.labour == Labour.EMPLOYED):
        group, level = people.occupation[i], people.job_level[i]
        if dims.occupation_technical[group]:
            hourly = world.tables.short_time.hourly_wage[group, level] * world.labour.wages[group, level]
            wages[people.job_region[i]] += world.scale * WORK_HOURS * hourly
    np.testing.assert_allclose(counts_for_levers(world, {"technical_wages"})["technical_wages"], wages)


def test_switchers_are_paid_in_the_months_in_which_they_switch() -> None:
    model = TechsimModel(scenario("2009-02", scale=1000, levers=({"bridging_courses": {}},)))
    paid = {}
    while model.running:
        model.step()
        counts = counts_for_levers(model.world, {"switchers"})["switchers"]
        paid[model.world.calendar_month] = float(counts.sum())
        book = model.world.recorder.slot("spending", model.world.month)
    assert paid[9] > paid[2] > 0
    assert not any(euro for month, euro in paid.items() if month not in (2, 9))
    assert book.sum() == pytest.approx(paid[2] * 0.5 * 1_500.0)


PAID = {
    "career_guidance": "vo_pupils",
    "migration_background": "vo_migration_pupils",
    "pabo": "pabo_students",
    "role_models": "vo_girls",
    "technologieroute": "vmbo_upper_pupils",
    "wt_primary": "primary_pupils",
}
"""Programmes that are paid by the head, and for whom."""


def test_nobody_is_paid_for_whom_guidance_cannot_reach() -> None:
    """At the largest volume: the heads that schools do not reach anyway, times the unit cost."""
    fields = {"start": "2008-03", "end": "2008-03", "volume": 1.0, "unit_cost": 120.0}
    model = TechsimModel(scenario("2008-04", scale=2000, levers=({"career_guidance": fields},)))
    paid = 0.0
    while model.running:
        model.step()
        if model.world.calendar_month == 3:
            heads, anyway = pupils(model.world, {"vo_pupils"})["vo_pupils"], model.world.offered["guidance.reach"]
            assert ((anyway > 0.0) & (anyway < 1.0)).all()
            assert (model.world.hooks["guidance.reach"] == 1.0).all()
            paid = float((heads * (1.0 - anyway)).sum()) * 120.0 / 12
    book = model.world.recorder.arrays["spending"]
    assert book.sum() == pytest.approx(paid, abs=1.0)


@pytest.mark.parametrize("name", sorted(PAID))
def test_spending_is_volume_times_unit_cost(name: str) -> None:
    """The heads are counted month by month, not taken from the ledger; a twelfth of the yearly price for each."""
    fields = {"start": "2008-03", "end": "2008-05", "volume": 0.4, "unit_cost": 120.0}
    model = TechsimModel(scenario("2008-06", scale=2000, levers=({name: fields},)))
    paid = 0.0
    while model.running:
        model.step()
        if model.world.calendar_month in (3, 4, 5):
            heads = pupils(model.world, {PAID[name]})[PAID[name]].sum()
            assert heads > 0
            paid += 0.4 * heads * 120.0 / 12
    book = model.world.recorder.arrays["spending"]
    assert book.sum() == pytest.approx(paid, abs=1.0)  # booked in whole euro

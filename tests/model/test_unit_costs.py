"""Spending is volume times unit cost for levers at work: what is paid for is counted apart from what is paid.

People are counted one by one at the end of each month, new names on the roster of retraining and participants in
courses as the run records them; the ledger of the run must hold the price of each, and of nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from model.runs import scenario
from techsim.data.training import PAYERS
from techsim.experiment.simulate import tables
from techsim.mechanisms.working.retraining.state import SINCE
from techsim.model.simulation import TechsimModel
from techsim.model.take_up import WORK_HOURS
from techsim.population.states import Labour, Stage

SCALE = 1000
FIRST, LAST = "2008-02", "2008-11"
MONTHS = range(2, 12)
WHEN = {"start": FIRST, "end": LAST}
LEVERS = {
    "retraining": {"volume": 200_000.0, "unit_cost": 7_000.0},
    "stap": {"volume": 400_000.0, "unit_cost": 500.0},
    "slim": {"volume": 300_000.0, "coverage": 1.0, "rate": 0.6},
    "regional_matching": {"volume": 0.3, "unit_cost": 480.0},
    "pay_and_image": {"volume": 0.5, "pay": 0.1, "public_share": 0.4, "image": 0.2, "unit_cost": 36.0},
    "wva_onderwijs": {"volume": 0.6, "unit_cost": 2_400.0},
}
ALL_OF_THE_LEVER = {"retraining.places": 0.0}
"""Nobody is retrained but on places of the lever, so that everyone who begins is paid for."""


def months(**fields: float) -> Iterator[TechsimModel]:
    """The model after each month in which the levers act, and after the one in which they are over."""
    levers = tuple({name: {**WHEN, **LEVERS[name], **(fields if name == "stap" else {})}} for name in LEVERS)
    model = TechsimModel(scenario("2008-12", SCALE, ALL_OF_THE_LEVER, levers), tables=tables())
    while model.running:
        model.step()
        if model.world.calendar_month != 1:
            yield model


def booked(model: TechsimModel) -> dict[tuple[str, str], float]:
    """The ledger, by lever and item."""
    levers, items = model.world.institutions.government.books
    book = model.world.recorder.arrays["spending"].sum(axis=0)
    return {(x, y): float(book[i, j]) for i, x in enumerate(levers) for j, y in enumerate(items) if book[i, j]}


def due(model: TechsimModel) -> dict[tuple[str, str], float]:
    """The price of a month, person by person."""
    world, people = model.world, model.world.people
    dims, education, given = world.tables.dimensions, world.tables.education, LEVERS
    bbl = [dims.pathway[pathway] == "bbl" for pathway in education.programme_pathway]
    hourly = world.tables.short_time.hourly_wage * world.labour.wages
    seekers = pupils = apprentices = 0
    wages = 0.0
    for i in range(people.size):
        seekers += people.labour[i] == Labour.UNEMPLOYED
        pupils += people.stage[i] == Stage.VO
        works = people.labour[i] == Labour.EMPLOYED
        apprentices += bool(works and people.programme[i] >= 0 and bbl[people.programme[i]])
        group = people.occupation[i]
        if works and dims.occupation_technical[group]:
            wages += WORK_HOURS * hourly[group, people.job_level[i]]
    began = int((world.labour.retraining.programmes[SINCE] == world.month).sum())
    matching, pay, wva = given["regional_matching"], given["pay_and_image"], given["wva_onderwijs"]
    simulated = {
        ("retraining", "retraining"): began * given["retraining"]["unit_cost"],
        ("regional_matching", "skills_profiles"): 0.3 * seekers * matching["unit_cost"] / 12,
        ("pay_and_image", "wages"): 0.5 * wages * pay["pay"] * pay["public_share"],
        ("pay_and_image", "campaign"): 0.5 * pupils * pay["image"] * pay["unit_cost"] / 12,
        ("wva_onderwijs", "tax_reduction"): 0.6 * apprentices * wva["unit_cost"] / 12,
    }
    return {key: SCALE * euro for key, euro in simulated.items()}


@pytest.mark.parametrize("budget", [500.0, 2_000.0])
def test_spending_is_volume_times_unit_cost(budget: float) -> None:
    """A learning budget pays the price of a course at most, so that the dearer one is paid at that price."""
    expected: dict[tuple[str, str], float] = {}
    for model in months(unit_cost=budget):
        if model.world.calendar_month in MONTHS:
            for key, euro in due(model).items():
                expected[key] = expected.get(key, 0.0) + euro
    price, record = model.world.parameters["training.price"], model.world.recorder.arrays
    by_payer = record["training_participants"].sum(axis=(0, 1, 2))
    assert 500.0 < price < 2_000.0
    expected["stap", "budgets"] = SCALE * float(by_payer[PAYERS.index("stap")]) * min(budget, price)
    expected["slim", "subsidy"] = SCALE * float(by_payer[PAYERS.index("slim")]) * 0.6 * price
    found = booked(model)
    assert found.keys() == expected.keys()
    assert min(expected.values()) > 0.0
    for key, euro in expected.items():
        assert found[key] == pytest.approx(euro, abs=len(MONTHS)), key  # each month is booked in whole euro


def test_nothing_is_booked_when_the_levers_are_over() -> None:
    at_the_end = [booked(model) for model in months()][-2:]
    assert at_the_end[0] == at_the_end[1]
    assert np.all([euro > 0.0 for euro in at_the_end[0].values()])

"""What schemes paid for, from counts of two worlds made by hand."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import xarray as xr

from results.made_comparison import made
from techsim import levers
from techsim.population.reached import PROGRAMMES
from techsim.results import schemes
from techsim.results.effects import Table, rows
from techsim.results.outcomes import DIPLOMA, MEASURE, PROGRAMME, WORK, Pair
from techsim.results.schemes import Case, World, evaluate

PAYERS = ["employer", "fund", "own", "stap"]


def people() -> Pair:
    moves = np.zeros((2, 3, len(WORK), len(WORK)), dtype=np.int64)
    participants = np.zeros((len(PROGRAMME), len(MEASURE), 2, 2), dtype=np.int64)
    participants[PROGRAMME.index("technologieroute"), MEASURE.index("technical_diploma")] = [[50, 6], [2, 14]]
    choosers, took_up = np.zeros((len(PROGRAMMES), 2, 2), dtype=np.int64), np.zeros(len(PROGRAMMES), dtype=np.int64)
    choosers[PROGRAMMES.index("role_models")] = [[70, 5], [1, 24]]
    took_up[PROGRAMMES.index("role_models")] = 29
    placed = np.zeros((2, len(DIPLOMA), 2, 2), dtype=np.int64)
    return Pair(moves, moves, participants, choosers, took_up, placed, placed)


def results(lever: str, item: str, euro: float, **variables: xr.DataArray) -> xr.Dataset:
    spending = xr.DataArray([[[[euro]]]], dims=("draw", "year", "lever", "item"), coords={"lever": [lever]})
    return xr.Dataset({"spending": spending.assign_coords(item=[item])} | variables)


def case(
    lever: str, one: xr.Dataset, other: xr.Dataset, counted: tuple[float, float] = (0.0, 0.0), **fields: float
) -> Case:
    worlds = [World(d, dict.fromkeys(schemes.COUNTED, n)) for d, n in zip((one, other), counted, strict=True)]
    return Case(lever, SimpleNamespace(**fields), *worlds, people(), 100.0, 0.4, 0)


def began(number: float) -> xr.DataArray:
    steps = ["began", "completed", "dropped_out"]
    return xr.DataArray([[[number, 0, 0]]], dims=("draw", "year", "retraining_step"), coords={"retraining_step": steps})


def test_retraining_pays_for_those_who_are_in_the_baseline_too() -> None:
    """400 paid for, 1300 begin instead of 1000: beside the scheme 900 begin, so that it took over 100."""
    one, other = (results("retraining", "retraining", e, retraining=began(n)) for e, n in ((8e5, 1300), (0, 1000)))
    assert evaluate(case("retraining", one, other, unit_cost=2e3)) == {
        "take_up": 400, "deadweight": 100, "additional": 300,
    }  # fmt: skip
    assert evaluate(case("retraining", other, other, unit_cost=2e3)) == {}
    assert evaluate(case("retraining", one, other, unit_cost=0.0)) == {}


@pytest.mark.parametrize(
    ("lever", "item", "price"),
    [
        ("bridging_courses", "courses", "unit_cost"),
        ("teacher_grants", "side_entry", "side_entry_grant"),
        ("hybrid_programme", "certificates", "unit_cost"),
        ("international_recruitment", "scholarships", "unit_cost"),
    ],
)
def test_take_up_counted_month_by_month(lever: str, item: str, price: str) -> None:
    one, other = results(lever, item, 9e4), results(lever, item, 0.0)
    found = evaluate(case(lever, one, other, (550.0, 500.0), **{price: 1e3}))
    assert found == {"take_up": 90, "deadweight": 40, "additional": 50}
    assert item in levers.catalogue()[lever].items
    assert price in levers.catalogue()[lever].fields.model_fields


def test_people_are_looked_at_in_both_worlds() -> None:
    none = results("role_models", "role_models", 0.0)
    assert evaluate(case("role_models", none, none)) == {
        "take_up": 2900, "deadweight": 2400, "additional": 500, "displaced": 100,
    }  # fmt: skip
    assert evaluate(case("career_guidance", none, none)) == {}, "nobody was reached"
    found = evaluate(case("technologieroute", none, none))
    assert (found["take_up"], found["deadweight"], found["additional"]) == (2000, 1400, 600)


def test_training() -> None:
    def world(counts: list[float]) -> xr.Dataset:
        dims = ("draw", "year", "level", "technical_occupation", "payer")
        people = xr.DataArray(np.array(counts).reshape(1, 1, 1, 1, 4), dims=dims)
        money = 900.0 * people.sum("technical_occupation")
        given = {"training_participants": people, "courses": people, "course_money": money}
        coordinates = {"draw": [0], "year": [2026], "level": ["wo"], "payer": PAYERS}
        return results("stap", "budgets", 0.0, **given).assign_coords(coordinates)

    found = evaluate(case("stap", world([60, 0, 0, 50]), world([100, 0, 0, 0])))
    assert found == {
        "take_up": 50, "deadweight": 40, "additional": 10, "private_money_displaced": 36_000,
    }  # fmt: skip


def test_every_lever_is_evaluated_or_has_a_reason() -> None:
    known = set(levers.catalogue())
    assert set(schemes.SCHEMES) | set(schemes.WHY_NOT) == known
    assert not set(schemes.SCHEMES) & set(schemes.WHY_NOT)


def test_rows_of_schemes_and_what_is_not_measured() -> None:
    data = made()
    table = Table(rows(data))

    def figure(name: str) -> float:
        row = table.find("good", name, 2030, lever="bridging_scheme")
        assert row is not None
        return row.spread.mean

    assert figure("scheme_take_up") == 42.5
    assert figure("scheme_deadweight") == 32.5
    assert figure("scheme_additional") == 10
    assert figure("scheme_deadweight_share") == pytest.approx(np.mean([(30 + d) / (40 + d) for d in range(6)]))
    assert table.find("base", "scheme_take_up", 2030, lever="bridging_scheme") is None
    assert f"good\tpabo\t{schemes.WHY_NOT['pabo']}" in data.attrs["not_measured"].split("\n")


def test_a_baseline_that_differs_in_more_than_levers_says_nothing_of_deadweight() -> None:
    assert schemes.why_not("bridging_scheme", alike=False) == schemes.APART
    assert schemes.why_not("bridging_scheme") == schemes.NOBODY

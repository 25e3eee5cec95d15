"""What schemes paid for, from counts of two worlds made by hand."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import xarray as xr

from results.made_comparison import made
from results.test_bridging_evaluation import results as bridging_results
from results.test_short_time_evaluation import results as short_time_results
from techsim import levers
from techsim.population.reached import PROGRAMMES
from techsim.results import schemes
from techsim.results.effects import Table, rows
from techsim.results.outcomes import DIPLOMA, MEASURE, PROGRAMME, WORK, Pair
from techsim.results.schemes import Case, World, evaluate
from techsim.results.workbook import sheets

PAYERS = ["employer", "fund", "own"]


def people() -> Pair:
    moves = np.zeros((2, 3, len(WORK), len(WORK)), dtype=np.int64)
    participants = np.zeros((len(PROGRAMME), len(MEASURE), 2, 2), dtype=np.int64)
    participants[PROGRAMME.index("technologieroute"), MEASURE.index("technical_diploma")] = [[50, 6], [2, 14]]
    choosers, took_up = np.zeros((len(PROGRAMMES), 2, 2), dtype=np.int64), np.zeros(len(PROGRAMMES), dtype=np.int64)
    choosers[PROGRAMMES.index("role_models")] = [[70, 5], [1, 24]]
    took_up[PROGRAMMES.index("role_models")] = 29
    choosers[PROGRAMMES.index("coaching")] = [[40, 3], [2, 11]]
    took_up[PROGRAMMES.index("coaching")] = 14
    participants[PROGRAMME.index("wt_exposed"), MEASURE.index("technical_choice")] = [[80, 4], [1, 9]]
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


def test_what_is_dropped_is_negative_and_on_other_terms_is_what_is_paid_for_on_top() -> None:
    """On other terms: 400 paid for instead of 100, 1300 begin instead of 1000: all 300 begin by that."""
    one, other = (results("retraining", "retraining", e, retraining=began(n)) for e, n in ((8e5, 1300), (2e5, 1000)))
    both = case("retraining", one, other, unit_cost=2e3)
    assert evaluate(replace(both, change=schemes.DROPPED)) == {
        "take_up": -400, "deadweight": -100, "additional": -300,
    }  # fmt: skip
    terms = replace(both, change=schemes.TERMS, before=SimpleNamespace(unit_cost=2e3))
    assert evaluate(terms) == {"take_up": 300, "deadweight": 0, "additional": 300}
    less = replace(terms, one=both.other, other=both.one)
    assert evaluate(less) == {"take_up": -300, "deadweight": 0, "additional": -300}
    assert evaluate(replace(terms, before=SimpleNamespace(unit_cost=1e3))) == {}, "another price for the same"
    same = replace(terms, one=both.other)
    assert evaluate(same) == {}, "as much in both worlds"
    assert evaluate(replace(case("role_models", one, one), change=schemes.TERMS)) == {}, "whom it reaches in one only"


@pytest.mark.parametrize(
    ("lever", "item", "price"),
    [
        ("bridging_courses", "courses", "unit_cost"),
        ("teacher_grants", "side_entry", "side_entry_grant"),
        ("hybrid_programme", "certificates", "unit_cost"),
        ("international_recruitment", "scholarships", "unit_cost"),
        ("praktijkleren", "subsidy", "unit_cost"),
        ("wva_onderwijs", "tax_reduction", "unit_cost"),
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
    assert evaluate(case("migration_background", none, none)) == {
        "take_up": 1400, "deadweight": 1100, "additional": 300, "displaced": 200,
    }  # fmt: skip
    assert evaluate(case("wt_primary", none, none)) == {
        "take_up": 1300, "deadweight": 900, "additional": 400, "displaced": 100,
    }  # fmt: skip


def test_new_places_of_the_years_in_which_the_bridging_scheme_took_some_on() -> None:
    """80 paid for in 2026, when 80 began instead of 60; the intake of later years is not the scheme's."""
    one = bridging_results([80, 70, 60], [80, 0, 0], [10, 15, 16], 4e4)
    other = bridging_results([60, 72, 60], [0, 0, 0], [10, 12, 12], 0.0)
    assert evaluate(case("bridging_scheme", one, other)) == {
        "take_up": 80, "deadweight": 60, "additional": 20, "technical_graduates": 7,
    }  # fmt: skip
    assert evaluate(case("bridging_scheme", other, other)) == {}, "nobody was taken on"


@pytest.mark.parametrize("lever", ["deeltijd_ww", "deeltijd_ww_2009"])
def test_full_jobs_of_hours_cut(lever: str) -> None:
    """80 spells of 40 % are 32 jobs. Ten fewer layoffs in each of two months, ten more when it is over: ten."""
    one = short_time_results([10, 10, 10, 30], [100] * 4, [0, 80, 80, 0], 5e3)
    other = short_time_results([10, 20, 20, 20], [100, 88, 76, 100], [0] * 4, 0.0)
    assert evaluate(case(lever, one, other)) == {"take_up": 32, "deadweight": 22, "additional": 10}
    assert evaluate(case(lever, other, other)) == {}
    later = case(lever, one, other)
    assert evaluate(replace(later, first=3)) == {}, "what was before its first month is of both worlds"


def test_graduates_from_abroad_who_stay() -> None:
    """900 are paid for; 460 stay instead of 400: of the others reached 440 would have stayed, or leave all the same."""

    def world(stay: float, euro: float) -> xr.Dataset:
        numbers, dims = [[[1000.0 - stay, stay]]], ("draw", "year", "stayed")
        stayed = xr.DataArray(numbers, dims=dims, coords={"stayed": [False, True]})
        return results("international_retention", "retention", euro, international_stay=stayed)

    one, other = world(460.0, 1.8e6), world(400.0, 0.0)
    assert evaluate(case("international_retention", one, other, unit_cost=2e3)) == {
        "take_up": 900, "deadweight": 840, "additional": 60,
    }  # fmt: skip
    assert evaluate(case("international_retention", other, other, unit_cost=2e3)) == {}


@pytest.mark.parametrize("lever", ["stap", "slim"])
def test_training(lever: str) -> None:
    def world(counts: list[float]) -> xr.Dataset:
        dims = ("draw", "year", "level", "technical_occupation", "payer")
        people = xr.DataArray(np.array(counts).reshape(1, 1, 1, 1, 4), dims=dims)
        money = 900.0 * people.sum("technical_occupation")
        given = {"training_participants": people, "courses": people, "course_money": money}
        coordinates = {"draw": [0], "year": [2026], "level": ["wo"], "payer": [*PAYERS, lever]}
        return results(lever, "budgets", 0.0, **given).assign_coords(coordinates)

    found = evaluate(case(lever, world([60, 0, 0, 50]), world([100, 0, 0, 0])))
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
    assert schemes.why_not("bridging_scheme", change=schemes.TERMS) == schemes.BOTH_HAVE
    assert schemes.why_not("praktijkleren", change=schemes.TERMS) == schemes.AS_MUCH


def test_the_workbook_leads_from_a_ranking_to_the_lines_of_its_effect_and_cost() -> None:
    data = made()
    lines = rows(data)
    by_number = {row.number: row for row in lines}
    ((header, ranked),) = [(head, list(found)) for name, head, found in sheets(data, lines, {}) if name == "Ranking"]
    at = {word: k for k, word in enumerate(header)}
    first = [line for line in ranked if line[at["measure"]] == "technicians"]
    assert {line[0] for line in first} == {"base", "good", "bad", "mix"}
    for line in first:
        effect, cost = line[at["line of comparison.csv: effect"]], line[at["line of comparison.csv: cost"]]
        if line[0] == "base":
            assert effect is cost is None
            continue
        assert (by_number[effect].scenario, by_number[effect].indicator) == (line[0], "technicians")
        assert by_number[effect].spread.mean == line[at["effect"]]
        assert by_number[cost].spread.mean == line[at["cost"]]

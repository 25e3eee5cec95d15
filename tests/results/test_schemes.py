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
from techsim.population import events
from techsim.population.clock import parse
from techsim.population.events import IN_PLACE, NEW_PLACE, RETRAINING, Noted
from techsim.population.reached import PROGRAMMES
from techsim.results import schemes
from techsim.results.acts import WINDOWS, Act
from techsim.results.effects import Table, rows
from techsim.results.outcomes import DIPLOMA, MEASURE, PROGRAMME, WORK, Pair
from techsim.results.schemes import Case, World, evaluate
from techsim.results.verdicts import ENOUGH
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
    choosers[PROGRAMMES.index("wt_support")] = [[80, 4], [1, 9]]
    took_up[PROGRAMMES.index("wt_support")] = 13
    participants[PROGRAMME.index("wt_support"), MEASURE.index("technical_choice")] = [[1, 0], [0, 0]]
    placed = np.zeros((2, len(DIPLOMA), 2, 2), dtype=np.int64)
    return Pair(moves, moves, participants, choosers, took_up, placed, placed)


def results(lever: str, item: str, euro: float, **variables: xr.DataArray) -> xr.Dataset:
    spending = xr.DataArray([[[[euro]]]], dims=("draw", "year", "lever", "item"), coords={"lever": [lever]})
    return xr.Dataset({"spending": spending.assign_coords(item=[item])} | variables)


def act(kind: str, month: int, ids: range, group: int = 0, **paid: list[float]) -> Act:
    """People ``ids`` of one group did something in a month."""
    who = np.array(ids, dtype=np.uint64)
    noted = Noted(kind, month, who, np.full(who.size, group, dtype=np.int16))
    return Act(noted, {lever: np.array(shares) for lever, shares in paid.items()})


def case(
    lever: str,
    one: xr.Dataset,
    other: xr.Dataset,
    counted: tuple[float, float] = (0.0, 0.0),
    acts: tuple[tuple[Act, ...], tuple[Act, ...]] = ((), ()),
    **fields: float,
) -> Case:
    worlds = [
        World(d, dict.fromkeys(schemes.COUNTED, n), done)
        for d, n, done in zip((one, other), counted, acts, strict=True)
    ]
    return Case(lever, SimpleNamespace(**fields), *worlds, people(), 100.0, 0.4, 0)


NOTHING = results("retraining", "retraining", 0.0)


@pytest.mark.parametrize(
    "lever", ["retraining", "hybrid_programme", "teacher_grants", "bridging_courses", "international_retention"]
)
def test_who_is_paid_for_is_looked_up_in_the_baseline(lever: str) -> None:
    """Eight are paid for, two of whom do it in the baseline too; there four do it, two of them there only."""
    kind = schemes.NOTED[lever]
    acts = ((act(kind, 100, range(8), 1, **{lever: [0.0, 1.0]}),), (act(kind, 100, range(6, 10), 1),))
    assert evaluate(case(lever, NOTHING, NOTHING, acts=acts)) == {
        "take_up": 800, "deadweight": 200, "additional": 600, "displaced": 200, "unpaid": 0, "more_in_all": 400,
    }  # fmt: skip
    assert evaluate(case(lever, NOTHING, NOTHING, acts=(acts[1], acts[1]))) == {}, "nobody is paid for"


@pytest.mark.parametrize("lever", ["praktijkleren", "wva_onderwijs"])
def test_apprentices_are_counted_in_years(lever: str) -> None:
    """Half of six are paid for in each of two months; five of them are apprentices in the baseline in one of these."""
    one = tuple(act(IN_PLACE, month, range(6), 1, **{lever: [0.0, 0.5]}) for month in (100, 101))
    acts = one, (act(IN_PLACE, 101, range(5)),)
    found = evaluate(case(lever, NOTHING, NOTHING, acts=acts))
    expected = {
        "take_up": 6.0,
        "deadweight": 2.5,
        "additional": 3.5,
        "displaced": 0.0,
        "unpaid": 3.5,
        "more_in_all": 7.0,
    }
    assert found == pytest.approx({name: 100.0 * n / 12 for name, n in expected.items()})


def test_what_is_dropped_is_negative_and_on_other_terms_is_what_is_paid_for_on_top() -> None:
    """On other terms: eight paid for instead of four of whom six are in both worlds, two of them paid for in each."""

    def some(ids: range, paid: float) -> Act:
        return act(RETRAINING, 100, ids, retraining=[paid])

    one, other = (some(range(8), 1.0),), (some(range(2), 1.0), some(range(2, 6), 0.0), some(range(8, 10), 1.0))
    both = case("retraining", NOTHING, NOTHING, acts=(one, other))
    added = {"take_up": 400, "deadweight": 400, "additional": 0, "displaced": 0, "unpaid": 0, "more_in_all": 0}
    assert evaluate(replace(both, change=schemes.TERMS)) == added
    assert evaluate(replace(both, change=schemes.DROPPED)) == {name: -n for name, n in added.items()}
    less = replace(both, change=schemes.TERMS, one=both.other, other=both.one)
    assert evaluate(less) == {name: -n for name, n in added.items()}
    assert evaluate(replace(case("role_models", NOTHING, NOTHING), change=schemes.TERMS)) == {}, "reached in one only"


def test_scholarships_are_counted_month_by_month() -> None:
    """On other terms it is what is paid for on top, where one costs the same."""
    lever, item = "international_recruitment", "scholarships"
    one, other = results(lever, item, 9e4), results(lever, item, 0.0)
    there = case(lever, one, other, (550.0, 500.0), unit_cost=1e3)
    assert evaluate(there) == {"take_up": 90, "deadweight": 40, "additional": 50}
    assert evaluate(case(lever, one, other, (550.0, 500.0), unit_cost=0.0)) == {}
    terms = replace(there, change=schemes.TERMS, before=SimpleNamespace(unit_cost=1e3))
    assert evaluate(replace(terms, other=World(results(lever, item, 3e4), there.other.counted))) == {
        "take_up": 60, "deadweight": 10, "additional": 50,
    }  # fmt: skip
    assert evaluate(replace(terms, before=SimpleNamespace(unit_cost=2e3))) == {}, "another price for the same"
    assert item in levers.catalogue()[lever].items


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


def test_pupils_too_young_to_choose_are_no_take_up_of_nothing() -> None:
    none = results("wt_primary", "wt_schools", 0.0)
    young = case("wt_primary", none, none)
    young.people.choosers[PROGRAMMES.index("wt_support")] = [[80, 0], [0, 0]]
    young.people.took_up[:] = 0
    assert evaluate(young) == {}
    assert schemes.why_not("wt_primary") == schemes.TOO_YOUNG


def test_new_places_of_the_bridging_scheme() -> None:
    """Four paid for in 2026, when two of these begin in the baseline, one of them two years later."""
    one = bridging_results([80, 70, 60], [80, 0, 0], [10, 15, 16], 4e4)
    other = bridging_results([60, 72, 60], [0, 0, 0], [10, 12, 12], 0.0)
    paid = {"bridging_scheme": [0.0, 1.0]}
    acts = (
        (act(NEW_PLACE, 1000, range(4), 1, **paid), act(NEW_PLACE, 1000, range(4, 6), 0, **paid)),
        (act(NEW_PLACE, 1000, range(1), 0), act(NEW_PLACE, 1024, range(3, 4), 0)),
    )
    assert evaluate(case("bridging_scheme", one, other, acts=acts)) == {
        "take_up": 400, "deadweight": 200, "additional": 200, "displaced": 0, "unpaid": 200, "more_in_all": 400,
        "technical_mbo_diplomas": 7,
    }  # fmt: skip
    assert evaluate(case("bridging_scheme", other, other, acts=(acts[1], acts[1]))) == {}, "nobody was taken on"


@pytest.mark.parametrize("lever", ["deeltijd_ww", "deeltijd_ww_2009"])
def test_full_jobs_of_hours_cut(lever: str) -> None:
    """80 spells of 40 % are 32 jobs. Ten fewer layoffs in each of two months, ten more when it is over: ten."""
    one = short_time_results([10, 10, 10, 30], [100] * 4, [0, 80, 80, 0], 5e3)
    other = short_time_results([10, 20, 20, 20], [100, 88, 76, 100], [0] * 4, 0.0)
    assert evaluate(case(lever, one, other)) == {"take_up": 32, "deadweight": 22, "additional": 10}
    assert evaluate(case(lever, other, other)) == {}
    later = case(lever, one, other)
    assert evaluate(replace(later, first=3)) == {}, "what was before its first month is of both worlds"


def test_spells_by_what_becomes_of_their_workers() -> None:
    """Of six in February 2009 two are let go in the baseline within the year, one of them with the scheme too."""
    lever, first = "deeltijd_ww", parse("2009-02")
    one = short_time_results([10, 10, 10, 30], [100] * 4, [0, 80, 80, 0], 5e3)
    other = short_time_results([10, 20, 20, 20], [100, 88, 76, 100], [0] * 4, 0.0)
    acts = (
        (act(events.SPELL_BEGUN, first, range(6)), act(events.LAID_OFF, first + 1, range(2, 4))),
        (
            act(events.LAID_OFF, first - 1, range(5, 6)), act(events.LAID_OFF, first, range(2)),
            act(events.LAID_OFF, first + 2, range(1, 3)), act(events.LAID_OFF, first + 3, range(6)),
        ),
    )  # fmt: skip
    found = schemes.short_time_of(case(lever, one, other, acts=acts))
    assert found["months_after"] == 1, "the run ends in April, a month after the last spell"
    assert {name: found[name] for name in found if name.startswith("spells_")} == {
        "spells_anyway": 300, "spells_saved": 200, "spells_lost": 100, "spells_anyway_share": 0.5,
    }  # fmt: skip
    assert "spells_saved" not in schemes.short_time_of(case(lever, one, other)), "where nobody has noted any"


def test_graduates_from_abroad_who_stay() -> None:
    """Nine are reached, of whom five stay, three of them in the baseline too: the others leave all the same."""
    paid, kind = {"international_retention": [1.0, 1.0]}, events.DECIDED
    one = act(kind, 100, range(5), 1, **paid), act(kind, 100, range(5, 9), 0, **paid)
    other = act(kind, 100, range(3), 1), act(kind, 100, range(3, 9), 0)
    assert evaluate(case("international_retention", NOTHING, NOTHING, acts=(one, other))) == {
        "take_up": 900, "deadweight": 700, "additional": 200, "displaced": 0, "unpaid": 0, "more_in_all": 200,
    }  # fmt: skip


@pytest.mark.parametrize("lever", ["stap", "slim"])
def test_training(lever: str) -> None:
    """Five have a course paid, four of whom take one in the year in the baseline; one does in the next year."""

    def world(counts: list[float]) -> xr.Dataset:
        money = 900.0 * xr.DataArray(np.array(counts).reshape(1, 1, 1, 4), dims=("draw", "year", "level", "payer"))
        return results(lever, "budgets", 0.0, course_money=money).assign_coords(payer=[*PAYERS, lever])

    month = 12 * 2026
    acts = (
        (act(events.COURSE, month, range(5), 1, **{lever: [0.0, 1.0]}),),
        (act(events.COURSE, month + 11, range(4)), act(events.COURSE, month + 12, range(4, 5))),
    )
    found = evaluate(case(lever, world([60, 0, 0, 50]), world([100, 0, 0, 0]), acts=acts))
    assert found == {
        "take_up": 500, "deadweight": 400, "additional": 100, "displaced": 100, "unpaid": 0, "more_in_all": 0,
        "private_money_displaced": 36_000,
    }  # fmt: skip


def test_every_lever_is_evaluated_or_has_a_reason() -> None:
    known = set(levers.catalogue())
    assert set(schemes.SCHEMES) | set(schemes.WHY_NOT) == known
    assert not set(schemes.SCHEMES) & set(schemes.WHY_NOT)
    assert set(schemes.NOTED) <= {lever for lever, scheme in schemes.SCHEMES.items() if scheme.persons}
    assert set(schemes.NOTED.values()) == set(WINDOWS)
    assert set(events.KINDS) == {*WINDOWS, *schemes.NOTED_OF_SHORT_TIME}
    totals = {lever for lever, scheme in schemes.SCHEMES.items() if not scheme.persons}
    assert totals == {"deeltijd_ww", "deeltijd_ww_2009", "international_recruitment"}


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
    assert figure("scheme_deadweight_share") == pytest.approx(32.5 / 42.5), "of all draws together"
    assert table.find("base", "scheme_take_up", 2030, lever="bridging_scheme") is None
    assert f"good\tpabo\t{schemes.WHY_NOT['pabo']}" in data.attrs["not_measured"].split("\n")


def test_a_baseline_that_differs_in_more_than_levers_says_nothing_of_deadweight() -> None:
    assert schemes.why_not("bridging_scheme", alike=False) == schemes.APART
    assert schemes.why_not("bridging_scheme") == schemes.NOBODY
    assert schemes.why_not("bridging_scheme", change=schemes.TERMS) == schemes.AS_MUCH
    assert schemes.why_not("deeltijd_ww", change=schemes.TERMS) == schemes.BOTH_HAVE
    assert schemes.why_not("praktijkleren", change=schemes.TERMS) == schemes.AS_MUCH


def test_the_workbook_ranks_with_a_price_where_more_are_likely() -> None:
    data = made(few=ENOUGH)
    ((header, ranked),) = [
        (head, list(found)) for name, head, found in sheets(data, rows(data), {}) if name == "Ranking"
    ]
    at = {word: k for k, word in enumerate(header)}
    price = {line[0]: line[at["cost per unit"]] for line in ranked if line[at["measure"]] == "technicians"}
    assert np.isfinite(price["good"])
    assert np.isnan(price["bad"]), "in half of the draws there are fewer"


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

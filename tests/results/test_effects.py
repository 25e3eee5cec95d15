"""Effects, verdicts and money of a comparison, by hand on a made-up Dataset."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from results.made_comparison import DRAWS, LUCK, YEARS, made
from techsim.results import money
from techsim.results.comparison import COST_BY_ITEM, SHORT_TIME, read_dataset, with_mechanisms, write_dataset
from techsim.results.effects import BEYOND, Table, rows, spread, write_csv
from techsim.results.outcomes import WORK
from techsim.results.verdicts import ENOUGH, first_sure, gains, lags, ranking


def test_differences_are_within_draws() -> None:
    row = Table(rows(made())).find("good", "technicians", 2029)
    assert row is not None
    assert row.spread.mean == 20
    assert (row.spread.low, row.spread.high) == (17, 23)
    assert (row.spread.positive, row.spread.negative) == (1, 0)
    assert row.baseline == pytest.approx(1000 + LUCK.mean())
    early = Table(rows(made())).find("good", "technicians", 2026)
    assert early is not None
    assert (early.spread.mean, early.spread.positive, early.spread.negative) == (0, 0, 0)


def test_flows_are_counted_up_and_unknown_years_have_no_row() -> None:
    table = Table(rows(made()))
    row = table.find("good", "technical_graduates_cumulative", 2029)
    assert row is not None
    assert row.spread.mean == 60
    assert table.find("good", "technical_graduates_cumulative", 2030) is None
    # of a school year's end: its cost is that to the end of the next calendar year
    assert row.cost == pytest.approx(1e6 / 1.02 + 1e6 / 1.02**2)
    assert row.cost_per_unit[0] == pytest.approx(row.cost / 60)


def test_money_is_discounted_to_the_year_of_decision() -> None:
    data = made()
    assert data.attrs["discounted_to"] == money.DECIDED == 2026
    assert [money.discount_year(*period) for period in ((2008, 2040), (2008, 2015), (2027, 2040))] == [2026, 2008, 2027]
    np.testing.assert_allclose(money.factors(YEARS, 2027, 0.02), [1.02, 1, 1 / 1.02, 1.02**-2, 1.02**-3])
    cost = Table(rows(data)).find("bad", "discounted_spending_cumulative", 2030)
    assert cost is not None
    assert cost.spread.mean == pytest.approx(2e6 * (1 / 1.02 + 1 / 1.02**2))
    items = [r for r in rows(data) if (r.scenario, r.indicator, r.year) == ("bad", COST_BY_ITEM, 2030)]
    assert {(r.groups["lever"], r.groups["item"]): r.spread.mean for r in items} == {("b", "places"): cost.spread.mean}


def test_flows_of_one_year_have_no_price() -> None:
    """Money is counted up over the years: it did not buy the graduates of one of them."""
    row = Table(rows(made())).find("good", "technical_graduates", 2029)
    assert row is not None
    assert row.spread.mean > 0
    assert np.isnan(row.cost)
    assert np.isnan(row.cost_per_unit).all()


def test_the_price_of_a_job_kept_is_discounted() -> None:
    """As all money, and of short-time work alone: what the other levers of the alternative cost is left out."""
    data = made()
    data["short_time"][...] = np.array([5.0 if q == "jobs_kept" else 1.0 for q in data["quantity"].values])
    data = data.assign_coords(lever=["deeltijd_ww" if lever == "b" else lever for lever in data["lever"].values])
    table = Table(rows(data))
    cost, kept = (table.find("mix", name, 2030) for name in ("scheme_cost", "scheme_jobs_kept"))
    assert cost is not None
    assert kept is not None
    assert cost.spread.mean == kept.cost == 0.0, "the mix pays lever c"
    cost, kept = (table.find("bad", name, 2030) for name in ("scheme_cost", "scheme_jobs_kept"))
    assert cost is not None
    assert kept is not None
    assert cost.spread.mean == kept.cost == pytest.approx(2e6 * (1 / 1.02 + 1 / 1.02**2))
    assert kept.cost_per_unit[0] == pytest.approx(kept.cost / 5.0)


def test_what_an_alternative_costs_does_not_depend_on_its_companions() -> None:
    whole, pair = made(), made().isel(scenario=[0, 2])
    pair.attrs["mixes"] = ""
    rows_of = [Table(rows(data)).find("bad", "discounted_spending_cumulative", 2030) for data in (whole, pair)]
    assert rows_of[0] is not None
    assert rows_of[1] is not None
    assert rows_of[0].spread == rows_of[1].spread


def test_cost_per_unit_of_no_effect_has_no_limit() -> None:
    assert money.cost_per_unit(np.array([10.0, 10.0]), np.array([5.0, 2.0])) == (20 / 7, 2.0, 5.0)
    mean, low, high = money.cost_per_unit(np.array([10.0] * 10), np.array([5.0] * 9 + [-1.0]))
    assert (mean, low, high) == (pytest.approx(100 / 44), 2.0, np.inf)
    assert np.isnan(money.cost_per_unit(np.array([10.0]), np.array([-5.0]))[0])
    assert np.isnan(money.cost_per_unit(np.array([0.0]), np.array([5.0]))).all()
    assert np.isnan(money.cost_per_unit(np.array([-9.0, 1.0]), np.array([5.0, 5.0]))).all(), "a saving has no price"


def test_graduates_of_groups_counted_up_add_up_to_the_total() -> None:
    data = made()
    total = data["technical_graduates_cumulative"]
    assert "technicians_cumulative_by_level" not in data, "years of work are counted up in total alone"
    for group in ("level", "sex"):
        parts = data[f"technical_graduates_cumulative_by_{group}"]
        assert parts.dims == (*total.dims, group)
        np.testing.assert_allclose(parts.sum(group, skipna=False), total)
        assert parts.attrs["years_before"] == total.attrs["years_before"] == 1
    table = Table(rows(data))
    name = "technical_graduates_cumulative"
    shown = (
        table.find("good", name, 2029),
        *(table.find("good", f"{name}_by_sex", 2029, sex=x) for x in data["sex"].values),
    )
    whole, men, women = (row.spread.mean for row in shown if row is not None)
    assert men + women == pytest.approx(whole)


def test_the_same_people_in_both_worlds() -> None:
    table = Table(rows(made()))

    def people(indicator: str, **groups: str) -> float:
        row = table.find("good", indicator, 2030, **groups)
        assert row is not None
        return row.spread.mean

    assert people("moved_people_by_work", state_baseline="health", state_alternative="technical") == 200
    assert people("additional_technicians") == 200
    assert people("displaced_technicians") == -100
    net = {state: table.find("good", "people_by_work", 2030, state=state) for state in WORK}
    assert {s: r.spread.mean for s, r in net.items() if r} == {"technical": 100, "health": -200, "other": 100}
    assert sum(r.spread.mean for r in net.values() if r) == 0
    assert people("people_by_work", state="technical", sex="female") == -100
    both = table.find("good", "both_technicians", 2030)
    assert both is not None
    assert both.baseline == both.alternative == 700
    assert people("people_by_work", state="technical", level="hbo") == 100
    assert people("people_by_work", state="technical", level="mbo4") == 0
    takes = {"programme": "technologieroute", "measure": "technical_diploma"}
    shares = [
        people("participants", **takes, in_baseline=str(b), in_alternative=str(a))
        for b in (False, True)
        for a in (False, True)
    ]
    assert shares == [400, 200, 100, 300]


def test_lags_need_draws() -> None:
    found = {(lag.scenario, lag.indicator): lag for lag in lags(made(few=ENOUGH))}
    good, bad = found["good", "technicians"], found["bad", "technicians"]
    assert (good.any, good.sure, good.sign) == (2028, 2028, 1)
    assert (good.start, good.any_after, good.sure_after) == (2026, 2, 2)
    graduates = found["good", "technical_graduates"]  # of the school year 2027/28, known in summer 2028
    assert (graduates.any, graduates.any_after) == (2027, 2)
    assert (bad.any, bad.sure) == (2028, None)
    assert bad.sure_after is None
    assert all(lag.sure is None for lag in lags(made(few=ENOUGH - 1)))
    alike = made().assign_attrs(shared_until="\n2030-12\n2026-08\n2026-08")
    assert {lag.start for lag in lags(alike) if lag.scenario == "good"} == {None}, "one run to the end: nothing begins"


@pytest.mark.parametrize(
    ("effect", "sure", "sign"),
    [
        ([0, 5, 0, 5, 5], 2029, 1),  # one year alone may be luck
        ([0, 0, 0, 0, 5], None, 0),  # nothing follows the last year
        ([0, 5, -5, -5, 0], 2028, -1),  # the other side is no confirmation
        ([np.nan, 5, np.nan, 5, 0], 2027, 1),  # the next year that is known
    ],
)
def test_sure_is_what_two_years_in_a_row_say(effect: list[float], sure: int | None, sign: int) -> None:
    data = made(few=ENOUGH)
    values = data["technicians"].values
    values[1] = values[0] + np.asarray(effect, float)
    lag = next(x for x in lags(data) if (x.scenario, x.indicator) == ("good", "technicians"))
    assert (lag.sure, lag.sign) == (sure, sign)


def test_one_wild_draw_of_twenty_does_not_break_a_run_of_sure_years() -> None:
    """The interval reaches over zero there; the page calls the year sure, and so it is no single one."""
    difference = np.full((20, 4), 5.0)
    difference[0, 1] = -1000.0
    assert np.quantile(difference[:, 1], 0.05) < 0.0
    assert first_sure(difference) == (0, 3, 1)
    assert first_sure(-difference[:, :2]) == (0, 1, -1)


def test_where_there_is_no_effect_few_lags_are_sure() -> None:
    """A dozen independent years of nothing: a single year of five draws would be called sure more often than not."""
    random, called = np.random.default_rng(1), 0
    for _ in range(200):
        year, _, _ = first_sure(random.normal(size=(ENOUGH, 12)))
        called += year is not None
    assert called <= 5


def test_what_pairing_is_worth() -> None:
    gain = next(g for g in gains(made()) if (g.scenario, g.indicator) == ("good", "technicians"))
    wobble = 3 * (-1.0) ** np.arange(DRAWS)
    assert gain.unpaired == pytest.approx(LUCK.var(ddof=1) + (LUCK + wobble).var(ddof=1))
    assert gain.paired == pytest.approx(wobble.var(ddof=1))
    assert gain.factor > 30
    same = next(g for g in gains(made()) if (g.scenario, g.indicator) == ("mix", "technicians"))
    assert same.factor == np.inf  # the same effect in every draw: nothing is left of luck


def test_ranking_and_dominance() -> None:
    data = made()
    data["technicians"].values[2, 0] += 10  # in one draw the one that is dominated does more
    ranked = ranking(data, 2030)
    assert [r.scenario for r in ranked] == ["base", "good", "bad", "mix"], "of few draws nothing is likely: by cost"
    assert {r.scenario: r.dominated_by for r in ranked} == {"good": (), "bad": ("good",), "mix": (), "base": ()}
    assert ranked[2].in_draws == (5 / 6,)
    nothing = ranked[0]
    assert (nothing.cost.mean, nothing.effect.mean) == (0, 0)


def test_a_likely_gain_comes_before_a_cheaper_one_that_is_not_clear() -> None:
    """Of each euro the good one makes more on average, by few draws: the surer ones come first."""
    data = made(few=ENOUGH)
    base = data["technicians"].values[0]
    data["technicians"].values[1] = base + np.r_[np.full(6, 90.0), np.full(4, -30.0)][:, None]
    data["technicians"].values[2] = base + np.r_[np.full(9, 12.0), -1.0][:, None]
    ranked = ranking(data, 2030)
    assert [r.scenario for r in ranked] == ["mix", "bad", "base", "good"], "sure, likely, nothing, not clear"
    assert ranked[3].per_unit[0] < ranked[0].per_unit[0] < ranked[1].per_unit[0]


def test_doing_nothing_dominates_what_costs_and_harms() -> None:
    data = made(few=ENOUGH)
    data["technicians"].values[1] = data["technicians"].values[0] - 5
    ranked = {r.scenario: r for r in ranking(data, 2030)}
    at = ranked["good"].dominated_by.index("base")
    assert ranked["good"].in_draws[at] == 1
    order = [r.scenario for r in ranking(data, 2030)]
    assert order.index("base") < order.index("good") == len(order) - 1


def test_what_differs_in_more_than_levers_has_no_price_no_rank_and_no_start() -> None:
    """Of one with another cycle or other parameters nobody can tell what the money bought; the others keep theirs."""
    data, apart = made(few=ENOUGH), {"more_than_levers": "good\nmix"}
    assert {r.scenario for r in ranking(data.assign_attrs(apart), 2030)} == {"base", "bad"}
    assert ranking(data.assign_attrs(more_than_levers="good\nbad\nmix"), 2030) == []
    priced, told = ({(r.scenario, r.indicator) for r in rows(d) if np.isfinite(r.cost_per_unit[0])}
                    for d in (data, data.assign_attrs(apart)))  # fmt: skip
    assert ("good", "technicians") in priced
    assert {who for who, _ in told} == {"bad"}
    assert told == {each for each in priced if each[0] == "bad"}
    paid = Table(rows(data.assign_attrs(apart))).find("good", "technicians", 2030)
    assert paid is not None
    assert paid.cost > 0.0, "what is paid is known all the same"
    whole = {"shared_until": "\n\n2026-08\n2026-08", "more_than_levers": "good"}
    starts = {lag.scenario: lag.start for lag in lags(data.assign_attrs(whole))}
    assert starts == {"good": None, "bad": 2026, "mix": 2026}
    levers_alone = {lag.scenario: lag.start for lag in lags(data.assign_attrs(whole | {"more_than_levers": ""}))}
    assert levers_alone["good"] == 2026


def test_a_mix_beside_the_sum_of_its_parts() -> None:
    for effect, beyond in ((30.0, 2.0), (20.0, -8.0)):
        row = Table(rows(made(effect))).find("mix" + BEYOND, "technicians", 2030)
        assert row is not None
        assert row.spread.mean == pytest.approx(beyond)
        assert row.baseline == pytest.approx(28)


def test_numbers_of_rows_are_lines_of_the_file(tmp_path: Path) -> None:
    made_rows = rows(made())
    write_csv(made_rows, tmp_path / "comparison.csv")
    lines = list(csv.reader((tmp_path / "comparison.csv").open(encoding="utf-8")))
    header = lines[0]
    for row in made_rows:
        line = dict(zip(header, lines[row.number - 1], strict=True))
        assert (line["scenario"], line["indicator"], line["year"]) == (row.scenario, row.indicator, str(row.year))
        assert float(line["difference"]) == pytest.approx(row.spread.mean, rel=1e-6, abs=1e-6)


def test_the_file_holds_what_the_dataset_holds(tmp_path: Path) -> None:
    data = made()
    write_dataset(data, tmp_path / "comparison.nc")
    again = read_dataset(tmp_path)
    assert [r.spread for r in rows(again)] == [r.spread for r in rows(data)]
    assert set(again["quantity"].values) == set(SHORT_TIME)


def test_every_variable_has_the_mechanism_that_makes_it() -> None:
    known = {"employed": "W1", "employed_by_occupation": "W2", "graduates": "L1", "spending": "K5"}
    data = with_mechanisms(made(), known)
    found = {str(name): data[name].attrs["mechanism"] for name in data.data_vars}
    assert all(found.values())
    assert found["technicians"] == found["technicians_by_level"] == found["technicians_cumulative"] == "W1, W2"
    assert (found["technical_graduates_cumulative"], found[COST_BY_ITEM], found["spending"]) == ("L1", "K5", "K5")
    assert (found["people_by_work"], found["short_time"]) == ("W6", "W3")


def test_spread_of_one_draw_is_its_value() -> None:
    one = spread(np.array([-3.0]))
    assert (one.mean, one.low, one.high, one.positive, one.negative) == (-3, -3, -3, 0, 1)


def test_no_two_rows_are_about_the_same() -> None:
    data = made()
    data["short_time"][...] = 1.0
    keys = [(r.scenario, r.indicator, r.year, tuple(sorted(r.groups.items()))) for r in rows(data)]
    assert len(keys) == len(set(keys))
    assert any(indicator == "scheme_jobs_kept" for _, indicator, _, _ in keys)

"""The tidy summary, against numbers worked out by hand."""

import csv

import numpy as np
import pytest
from small_results import busy, dataset, recorder

from techsim.population.clock import month_index
from techsim.results.dataset import build
from techsim.results.derived import derive
from techsim.results.summary import _short, columns, quantiles, rows, write


def table(data, indicator):
    """Rows of an indicator, as dicts."""
    head = ("indicator", "year", *columns(data), "mean", "p05", "p50", "p95")
    return [dict(zip(head, row, strict=True)) for row in rows(data) if row[0] == indicator]


def one(found):
    """The only row."""
    assert len(found) == 1
    return found[0]


def test_a_stock_is_the_mean_of_its_months_and_a_flow_their_sum():
    filled = recorder()
    for month in range(1, 13):
        filled.slot("unemployed", month_index(2008, month))[0, 0, 0] = month
        filled.slot("hires", month_index(2008, month))[0] = month
        filled.slot("output_gap", month_index(2008, month))[...] = month / 100
    data = dataset(filled)
    total = one([r for r in table(data, "unemployed") if r["year"] == 2008 and r["field"] == r["level"] == r["region"]])
    assert total["region"] == "all"
    assert total["mean"] == pytest.approx(650)
    hires = one([r for r in table(data, "hires") if r["year"] == 2008 and r["occupation"] == "technical_metal"])
    assert hires["mean"] == 7800
    assert hires["sector"] == ""
    gap = one([r for r in table(data, "output_gap") if r["year"] == 2008])
    assert gap["mean"] == pytest.approx(0.065)


def test_quantiles_are_over_draws():
    draws = []
    for count in range(1, 22):
        filled = recorder()
        filled.slot("births", month_index(2008, 5))[0] = count
        draws.append(filled)
    north = one([r for r in table(dataset(*draws, scale=10), "births") if r["region"] == "North"])
    assert (north["mean"], north["p05"], north["p50"], north["p95"]) == pytest.approx((110, 20, 110, 200))


@pytest.mark.parametrize("unknown", [0.0, 0.02, 0.6])
def test_quantiles_are_of_the_draws_in_which_a_value_is_known(unknown):
    luck = np.random.default_rng(5)
    values = luck.lognormal(size=(9, 40, 3))
    values[luck.random(values.shape) < unknown] = np.nan
    values[0] = 1.0
    found = quantiles(values, (0.05, 0.5, 0.95))
    assert found.shape == (3, 40, 3)
    np.testing.assert_array_equal(found, np.nanquantile(values, (0.05, 0.5, 0.95), axis=0))


def test_totals_add_up_before_quantiles_are_taken():
    low, high = recorder(), recorder()
    low.slot("births", month_index(2008, 5))[:] = [10, 0]
    high.slot("births", month_index(2008, 5))[:] = [0, 10]
    total = one([r for r in table(dataset(low, high, scale=1), "births") if r["region"] == "all"])
    assert (total["p05"], total["p95"]) == (10, 10)


def test_unknown_years_have_no_row():
    filled = recorder()
    filled.slot("births", month_index(2009, 1))[0] = 1
    assert {row["year"] for row in table(dataset(filled), "births")} == {2009}


def test_a_year_that_the_run_does_not_hold_whole_has_no_flow():
    from small_results import INDICATORS, LABELS, record

    from techsim.results.coordinates import sizes
    from techsim.results.recorder import Recorder

    first, last = month_index(2008, 7), month_index(2009, 12)
    filled = Recorder(INDICATORS, sizes(LABELS), first, last)
    filled.arrays["hires"][...] = 1
    filled.arrays["unemployed"][...] = 1
    data = build(INDICATORS, [record(filled)], LABELS, first, last, {})
    assert {row["year"] for row in table(data, "hires")} == {2009}
    assert {row["year"] for row in table(data, "unemployed")} == {2008, 2009}


def test_groups_that_are_always_zero_have_no_row_but_totals_do():
    filled = recorder()
    filled.slot("births", month_index(2008, 1))[...] = 0
    filled.slot("births", month_index(2009, 1))[...] = 0
    assert [(row["year"], row["region"]) for row in table(dataset(filled), "births")] == [(2008, "all"), (2009, "all")]


def test_shares_are_never_added_up():
    data = derive(dataset(busy(1)))
    found = table(data, "n_profile_share")
    assert found
    assert all(row["track"] not in ("", "all") and row["sex"] not in ("", "all") for row in found)
    assert max(row["mean"] for row in found) <= 1


def test_each_margin_stands_once():
    found = table(dataset(busy(3)), "employed")
    keys = [
        tuple(row[c] for c in ("year", "field", "level", "region", "sector", "technical_occupation")) for row in found
    ]
    assert len(keys) == len(set(keys))
    year = [row for row in found if row["year"] == 2008]
    total = one([r for r in year if all(r[c] == "all" for c in ("field", "level", "region", "sector"))
                 and r["technical_occupation"] == "all"])  # fmt: skip
    by_region = [r for r in year if r["region"] != "all" and r["field"] == r["level"] == r["sector"] == "all"
                 and r["technical_occupation"] == "all"]  # fmt: skip
    assert len(by_region) == 2
    assert sum(row["mean"] for row in by_region) == pytest.approx(total["mean"])


def test_pairs_are_those_that_a_reader_asks_for_and_no_row_has_three_groups():
    data = dataset(busy(4))
    pairs = set()
    for name in data.data_vars:
        groups = [str(dim) for dim in data[name].dims[2:]]
        for row in table(data, name):
            kept = tuple(group for group in groups if row[group] != "all")
            assert len(kept) <= 2 or data[name].attrs["kind"] == "share"
            if len(kept) == 2:
                pairs.add((name, *kept))
    assert ("employed", "level", "technical_occupation") in pairs
    assert ("employed", "region", "sector") not in pairs
    assert ("vacancies", "occupation", "level") not in pairs
    assert ("entrants", "level", "technical") in pairs
    assert ("entrants", "level", "sex") in pairs
    assert ("entrants", "sex", "region") not in pairs
    assert ("cohort_flows", "from_stage", "to_stage") in pairs
    assert ("school_leavers_working", "level", "placement") in pairs
    assert ("spending", "lever", "item") in pairs


def test_a_pair_adds_up_to_its_groups():
    found = [row for row in table(dataset(busy(5)), "entrants") if row["year"] == 2008]
    by_level = {
        row["level"]: row["mean"]
        for row in found
        if row["level"] != "all" and row["technical"] == row["sex"] == row["region"] == row["pathway"] == "all"
    }
    for level, count in by_level.items():
        parts = [row["mean"] for row in found if row["level"] == level and row["technical"] != "all"]
        assert len(parts) == 2
        assert sum(parts) == pytest.approx(count)
    assert len(by_level) == 6


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.0, "0"), (1234.0, "1234"), (1366235.4444, "1366235"), (17_123_456.6, "17123457"), (0.123456789, "0.1234568"),
     (760_000_000.0, "760000000"), (-2.5, "-2.5"), (9_999_999.7, "10000000")],
)  # fmt: skip
def test_numbers_are_short(number, text):
    assert _short(number) == text


def test_the_file_is_tidy(tmp_path):
    data = derive(dataset(busy(1), busy(2)))
    write(data, tmp_path / "summary.csv")
    raw = (tmp_path / "summary.csv").read_bytes()
    assert b"\r" not in raw
    with (tmp_path / "summary.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    head = list(lines[0])
    assert head[:2] == ["indicator", "year"]
    assert head[-4:] == ["mean", "p05", "p50", "p95"]
    assert {line["indicator"] for line in lines} == set(data.data_vars)
    for line in lines:
        mean, low, middle, high = (float(line[name]) for name in head[-4:])
        assert low <= middle <= high
        assert low - 1e-9 <= mean <= high + 1e-9
    assert np.isfinite([float(line["mean"]) for line in lines]).all()

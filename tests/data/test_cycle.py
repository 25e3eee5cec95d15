"""The output gap: arithmetic of history, named paths, tables of the user."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from techsim.data.cycle import cycle_paths, gap_path, historical_gaps, output_gap, path_ends
from techsim.data.reader import Table, TableError, name, number, path_of, read
from techsim.data.smoothing import smoothest, solved
from techsim.population.clock import month_index

FIRST, LAST = month_index(2008, 1), month_index(2040, 12)
HISTORY_END = month_index(2024, 12)
FUTURES = [path for path in cycle_paths() if path != "historical"]


def yearly_means(gaps: np.ndarray, first_year: int) -> dict[int, float]:
    return {first_year + i: float(m) for i, m in enumerate(gaps.reshape(-1, 12).mean(axis=1))}


def test_the_gap_follows_from_growth_by_hand() -> None:
    years = np.array([2018.0, 2019.0, 2020.0])
    gaps = output_gap(years, np.array([0.03, 0.02, -0.04]), np.array([0.01, 0.01, 0.01]))
    level_2019 = 1.002
    np.testing.assert_allclose(gaps, [level_2019 / (1.02 / 1.01) - 1, 0.002, level_2019 * 0.96 / 1.01 - 1])


@pytest.mark.parametrize(
    ("year", "gap"),
    [(2008, 0.046), (2009, -0.005), (2013, -0.043), (2014, -0.043), (2017, -0.014), (2019, 0.002), (2020, -0.049)],
)
def test_history_is_about_what_is_known(year: int, gap: float) -> None:
    assert historical_gaps()[year] == pytest.approx(gap, abs=0.0025)


def test_the_table_of_paths_holds_the_arithmetic() -> None:
    table = Table("business_cycle", ("path", "period"), (name("path"), name("period"), number("gap")))
    rows = read(table)
    mine = rows["path"] == "historical"
    found = dict(zip(rows["period"][mine].astype(int), rows["gap"][mine], strict=True))
    assert found == {year: pytest.approx(gap, abs=5e-5) for year, gap in historical_gaps().items()}


def test_monthly_values_keep_the_means_of_the_years() -> None:
    found = yearly_means(gap_path("historical", FIRST, HISTORY_END), 2008)
    for year, gap in historical_gaps().items():
        if year >= 2008:
            assert found[year] == pytest.approx(gap, abs=5e-5)


@pytest.mark.parametrize("path", FUTURES)
def test_all_paths_share_the_past_and_2025(path: str) -> None:
    baseline = gap_path("baseline", FIRST, LAST)
    mine = gap_path(path, FIRST, LAST)
    shared = month_index(2025, 12) - FIRST + 1
    np.testing.assert_array_equal(mine[:shared], baseline[:shared])
    np.testing.assert_array_equal(mine[: HISTORY_END - FIRST + 1], gap_path("historical", FIRST, HISTORY_END))
    sudden = path == "covid"  # the spring of 2020 came at once
    assert np.abs(np.diff(mine)).max() < (0.03 if sudden else 0.02)


def test_what_the_futures_are() -> None:
    means = {path: yearly_means(gap_path(path, FIRST, LAST), 2008) for path in FUTURES}
    assert abs(means["baseline"][2032]) < 0.001
    assert means["recession_2026"][2027] == pytest.approx(-0.03625)
    assert means["boom"][2028] > 0.03
    assert means["stagnation"][2035] == pytest.approx(-0.02)
    v, u, slow = (means[f"recession_2026_{shape}"] for shape in "vul")
    assert v[2028] > u[2028] > slow[2029]
    assert slow[2032] < -0.02
    below = gap_path("recession_2026", FIRST, LAST)[month_index(2026, 1) - FIRST :] < -0.03
    assert 12 <= below.sum() <= 24
    assert min(means["great_recession"].values()) == pytest.approx(-0.0715)
    assert means["covid"][2026] < -0.04
    assert means["covid"][2028] > 0.03
    assert max(abs(means[path][2040]) for path in FUTURES if path != "stagnation") < 0.001


def quarters(path: str, year: int, count: int) -> np.ndarray:
    first = month_index(year, 1)
    return gap_path(path, first, first + 3 * count - 1).reshape(-1, 3).mean(axis=1)


def test_the_recession_of_2026_has_a_gap_of_4_per_cent_for_six_quarters() -> None:
    six = quarters("recession_2026", 2026, 7)[1:]
    assert six.mean() == pytest.approx(-0.04, abs=0.001)
    assert six.max() < -0.033
    assert six.min() > -0.045


def test_great_recession_moves_as_2008_to_2015_did() -> None:
    moves = np.diff(
        gap_path("great_recession", month_index(2025, 1), month_index(2033, 12)).reshape(-1, 12).mean(axis=1)
    )
    history = historical_gaps()
    np.testing.assert_allclose(moves, [history[year] - history[year - 1] for year in range(2008, 2016)], atol=1e-4)


def test_covid_moves_as_2020_to_2022_did() -> None:
    """Quarter by quarter, from the gaps of the year before."""
    before = historical_gaps()[2019]
    np.testing.assert_allclose(quarters("covid", 2026, 12) - 0.01, quarters("historical", 2020, 12) - before, atol=1e-4)


def test_a_longer_run_does_not_change_the_months_of_a_shorter_one() -> None:
    np.testing.assert_array_equal(gap_path("boom", FIRST, LAST)[:60], gap_path("boom", FIRST, FIRST + 59))


def test_paths_are_handed_out_as_copies() -> None:
    gap_path("baseline", FIRST, LAST)[:] = 9.0
    assert gap_path("baseline", FIRST, LAST).max() < 0.1


def test_an_unknown_path_names_the_nearest() -> None:
    with pytest.raises(TableError, match=r"no path 'recesion_2026'; did you mean recession_2026\?"):
        gap_path("recesion_2026", FIRST, LAST)


@pytest.mark.parametrize(
    ("path", "first", "last"),
    [
        ("historical", FIRST, HISTORY_END + 1),
        ("baseline", month_index(2002, 12), LAST),
        ("baseline", FIRST, month_index(2061, 1)),
    ],
)
def test_months_outside_a_path_are_refused(path: str, first: int, last: int) -> None:
    with pytest.raises(TableError, match=f"path {path} holds 2003-01 to"):
        gap_path(path, first, last)


def test_every_path_says_how_far_it_reaches() -> None:
    for path, end in path_ends().items():
        assert gap_path(path, FIRST, end).size == end - FIRST + 1
    assert path_ends()["historical"] == HISTORY_END


@pytest.mark.parametrize("size", [1, 2, 7, 60])
def test_elimination_solves(size: int) -> None:
    rng = np.random.default_rng(size)
    matrix, right = rng.normal(size=(size, size)), rng.normal(size=size)
    matrix[0, 0] = 0.0 if size > 1 else 1.0  # only with a change of rows
    np.testing.assert_allclose(matrix @ solved(matrix, right), right, atol=1e-9)


def test_a_singular_system_is_an_error() -> None:
    with pytest.raises(np.linalg.LinAlgError, match="singular"):
        solved(np.array([[1.0, 2.0], [2.0, 4.0]]), np.ones(2))


def test_smoothest_series_of_equal_means_is_flat() -> None:
    rows = np.kron(np.eye(3), np.full((1, 4), 0.25))
    np.testing.assert_allclose(smoothest(rows, np.full(3, 0.7)), 0.7)
    rising = smoothest(rows, np.array([0.0, 1.0, 2.0]), before=-0.5)
    assert (np.diff(rising) > 0).all()


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("business_cycle", "historical,2010,", "historical,2010Q5,", "'2010Q5' is no year"),
        ("business_cycle", "baseline,2027,", "baseline,2037,", "column period: nothing, or two rows, for 2027-01"),
        ("business_cycle", "baseline,2025,", "baseline,2026,", "path baseline must begin in 2025-01|stands already"),
        ("business_cycle", "boom,2025,", "bloom,2025,", "column path: 'bloom' is not in table cycle_paths"),
        ("gdp_growth", "2010,", "2110,", "table gdp_growth, column year: must count up by one"),
    ],
)
def test_faults_are_named(tmp_path: Path, table: str, old: str, new: str, message: str) -> None:
    for file in path_of("births").parent.glob("*.csv"):
        shutil.copy(file, tmp_path)
    path = tmp_path / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    ask = historical_gaps if table == "gdp_growth" else partial(gap_path, "baseline", FIRST, LAST)
    with pytest.raises(TableError, match=message):
        ask(folder=tmp_path)

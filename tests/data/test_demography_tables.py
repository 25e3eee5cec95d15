"""The demographic tables: totals, shares, hazards, the pension age, and faults in them."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from techsim.data.demography import AGES, EDUCATION, EVIDENCE_END, START_MONTHS, Demography, load_demography
from techsim.data.dimensions import load_dimensions
from techsim.data.reader import TableError, path_of
from techsim.data.start_population import fit_cells, single_years
from techsim.population.clock import month_index

DIMS = load_dimensions()
TABLES = load_demography(DIMS)
START = START_MONTHS[0]


def test_start_population_is_that_of_2008() -> None:
    assert TABLES.start.shape == (AGES, 2, 3, 5)
    assert TABLES.start.min() >= 0.0
    assert TABLES.start.sum() == pytest.approx(16_405_000)
    assert TABLES.start[:, 0].sum() == pytest.approx(8_112_000, rel=0.002)  # men, CBS


@pytest.mark.parametrize(("first", "end", "persons"), [(0, 20, 3_934_000), (40, 65, 5_790_000), (80, AGES, 618_000)])
def test_age_groups_are_kept_exactly(first: int, end: int, persons: float) -> None:
    assert TABLES.start[first:end].sum() == pytest.approx(persons)


def test_the_baby_boom_and_the_dip_of_the_seventies_are_there() -> None:
    by_age = TABLES.start.sum(axis=(1, 2, 3))
    assert by_age[61] > 1.2 * by_age[63]  # born in 1946, 1944
    assert by_age[38] > 1.2 * by_age[30]  # born in 1969, 1977


def test_no_steps_at_the_borders_of_age_groups() -> None:
    shape = np.linspace(100.0, 60.0, 50)
    out = single_years(shape, [0, 20, 35], np.array([2200.0, 1300.0, 900.0]))
    np.testing.assert_allclose([out[:20].sum(), out[20:35].sum(), out[35:].sum()], [2200.0, 1300.0, 900.0])
    factor = out / shape
    assert np.abs(np.diff(factor)).max() < 0.05


def test_impossible_age_groups_are_refused() -> None:
    with pytest.raises(TableError, match="no people would be left at age"):
        single_years(np.ones(30), [0, 10, 20], np.array([1000.0, 0.001, 1000.0]))


def test_cells_keep_all_margins() -> None:
    shares = TABLES.start.sum(axis=(0, 1))
    region = shares / shares.sum(axis=1, keepdims=True)
    # assumption of table start_regions: shares of the landsdelen in all
    np.testing.assert_allclose(shares.sum(axis=0) / shares.sum(), [0.104, 0.190, 0.256, 0.272, 0.178], atol=0.003)
    age_sex = np.array([[3.0, 1.0], [2.0, 4.0]])
    background = np.array([[0.5, 0.5], [0.8, 0.2]])
    cells = fit_cells(age_sex, background, np.array([[0.3, 0.7], [0.9, 0.1]]), np.array([[1.0, 2.0], [1.0, 1.0]]))
    np.testing.assert_allclose(cells.sum(axis=(2, 3)), age_sex, rtol=1e-6)
    np.testing.assert_allclose(cells.sum(axis=(1, 3)), age_sex.sum(axis=1)[:, None] * background, rtol=1e-6)
    by_region = cells.sum(axis=(0, 1))
    np.testing.assert_allclose(by_region / by_region.sum(axis=1, keepdims=True), [[0.3, 0.7], [0.9, 0.1]], rtol=1e-6)
    assert region.shape == (3, 5)


def test_a_region_is_as_old_as_its_ratio_says_whatever_its_backgrounds() -> None:
    # natives are older than others, and more of them live in the first region
    age_sex = np.array([[50.0], [50.0]])
    background = np.array([[0.6, 0.4], [0.8, 0.2]])
    region = np.array([[0.7, 0.3], [0.3, 0.7]])
    for old in (1.0, 1.2):
        cells = fit_cells(age_sex, background, region, np.array([[1.0, old], [1.0, 1.0]])).sum(axis=(1, 2))
        np.testing.assert_allclose((cells[1] / cells[0])[0] / (cells[1] / cells[0])[1], old, rtol=1e-6)
    start = TABLES.start.sum(axis=(1, 2))
    share = start[65:].sum(axis=0) / start.sum(axis=0)
    # CBS by province, from memory: North, East, North-West, South-West, South-East, 1 January 2008
    np.testing.assert_allclose(share, [0.158, 0.148, 0.135, 0.147, 0.158], atol=0.004)


@pytest.mark.parametrize(("year", "births"), [(2008, 184_634), (2010, 184_397), (2018, 168_525), (2022, 167_504)])
def test_births_are_those_of_the_statistics(year: int, births: int) -> None:
    # public_figures P0001 ff.
    at = month_index(year, 1) - START
    assert TABLES.births[at : at + 12].sum() == pytest.approx(births)


def test_births_and_immigrants_are_split_over_all_cells_of_every_month() -> None:
    for monthly in (TABLES.births, TABLES.immigrants):
        assert monthly.shape == (12 * 53, 2, 3, 5)
        assert (monthly > 0).all()


def test_population_identity_of_the_migration_table() -> None:
    # public_figures P0035: 1 January 2018 and 2020; net migration is what births and deaths leave over.
    # Deaths of 2018 and 2019 from memory (CBS): 153,363 and 151,885.
    net = (TABLES.migrants[10:12, 0] - TABLES.migrants[10:12, 1]).sum()
    births = 168_525 + 169_680
    assert 17_181_084 + births - 153_363 - 151_885 + net == pytest.approx(17_407_585, abs=2)


def test_outlook_acts_after_the_evidence_only() -> None:
    known = TABLES.births_before(EVIDENCE_END, 1.0)
    np.testing.assert_array_equal(TABLES.births_before(EVIDENCE_END, 2.0), known)
    later = EVIDENCE_END + 24
    grown = TABLES.births_before(later, 2.0) - known
    np.testing.assert_allclose(grown, 2.0 * (TABLES.births_before(later, 1.0) - known))
    np.testing.assert_array_equal(TABLES.immigrants_before(START, 3.0), 0.0)


def life_expectancy(tables: Demography, sex: int, age: int, month: int) -> float:
    monthly = np.repeat(tables.death_chances(month, 0.015)[age:, sex], 12)
    return float(np.cumprod(1.0 - monthly).sum() / 12.0)


@pytest.mark.parametrize(
    # CBS life tables of 2008, from memory: 78.3 and 82.3 at birth, 17.3 and 20.7 at 65.
    ("sex", "age", "years"),
    [(0, 0, 78.3), (1, 0, 82.3), (0, 65, 17.3), (1, 65, 20.7)],
)
def test_life_expectancy(sex: int, age: int, years: float) -> None:
    assert life_expectancy(TABLES, sex, age, START) == pytest.approx(years, abs=1.2)


def test_mortality_falls_and_rises_with_age() -> None:
    now, later = TABLES.death_chances(EVIDENCE_END, 0.01), TABLES.death_chances(EVIDENCE_END + 120, 0.01)
    assert (later[1:] < now[1:]).all()
    assert (np.diff(now[1:], axis=0) > 0).all()
    assert ((now > 0) & (now < 0.2)).all()
    assert (now[40:90, 0] > now[40:90, 1]).all()


def test_emigration_is_highest_among_young_westerners() -> None:
    rates = TABLES.emigration_chances(START, 1.0)
    assert rates.argmax() == np.ravel_multi_index((25, DIMS.background.index("western")), rates.shape)
    np.testing.assert_array_equal(TABLES.emigration_chances(START, 0.0), rates)
    np.testing.assert_array_equal(TABLES.emigration_chances(EVIDENCE_END, 0.0), 0.0)


@pytest.mark.parametrize(
    ("year", "month", "age"),
    [
        (2008, 1, 65.0),
        (2012, 12, 65.0),
        (2013, 1, 65 + 1 / 12),
        (2018, 6, 66.0),
        (2019, 5, 66 + 4 / 12),
        (2028, 1, 67.25),
    ],
)
def test_pension_age_by_law(year: int, month: int, age: float) -> None:
    assert TABLES.pension_age_at(month_index(year, month)) == pytest.approx(age)


def test_pension_age_never_falls() -> None:
    assert (np.diff(TABLES.pension_months) >= 0).all()


def test_background_shares() -> None:
    pupils = TABLES.pupil_background_shares()
    assert pupils.sum() == pytest.approx(1.0)
    everyone = TABLES.start.sum(axis=(0, 1, 3)) / TABLES.start.sum()
    np.testing.assert_allclose(everyone, [0.80, 0.09, 0.11], atol=0.006)
    assert pupils[2] > everyone[2]


def test_shares_of_educations_and_fields_add_up() -> None:
    for array in (TABLES.immigrant_education, TABLES.education_fields, TABLES.start_education):
        np.testing.assert_allclose(array.sum(axis=-1), 1.0, atol=1e-6)
    assert TABLES.start_education.shape == (AGES, 2, len(EDUCATION))
    assert TABLES.immigrant_ages.sum() == pytest.approx(1.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the packaged tables that a test may break."""
    for file in path_of("births").parent.glob("*.csv"):
        shutil.copy(file, tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("start_backgrounds", "0,native,0.765", "0,native,0.9", "start_backgrounds.*adds up to"),
        ("start_backgrounds", "0,native,", "0,martian,", "start_backgrounds, row 2, column background: 'martian'"),
        ("start_age_groups", "0,19,male", "1,19,male", "start_age_groups, column persons: no row for age_from"),
        ("start_age_groups", "65,79,", "65,78,", "start_age_groups, column age_to: groups must cover"),
        ("pension_age", "2002,65,0", "2009,65,0", "pension_age, column year: must begin by 2008"),
        ("emigration_rates", "18,western", "17,western", "emigration_rates, column rate: no row for"),
        ("birth_backgrounds", "2008,native,0.755", "2008,native,0.5", "birth_backgrounds.*adds up to"),
        ("mortality", "male,0.0138", "male,-0.0138", "mortality, row 2, column hazard_65: -0.0138 is outside"),
        ("births", "2007,181336", "2007,many", "births, row 106, column births: 'many' is not a number"),
    ],
)
def test_faults_are_named(folder: Path, table: str, old: str, new: str, message: str) -> None:
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(TableError, match=message):
        load_demography(DIMS, folder)

"""The labour tables: shapes, sums, paths, and faults named by table, row and column."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from techsim.data.dimensions import load_dimensions
from techsim.data.labour import AGES, load_labour
from techsim.data.reader import TableError, path_of

DIMS = load_dimensions()
LABOUR = load_labour(DIMS)


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A copy of the packaged tables that a test may break."""
    for file in path_of("sectors").parent.glob("*.csv"):
        shutil.copy(file, tmp_path)
    return tmp_path


@pytest.mark.parametrize("shares", ["occupation_shares", "job_levels", "sector_shares", "employer_shares", "commuting"])
def test_shares_sum_to_one(shares: str) -> None:
    np.testing.assert_allclose(getattr(LABOUR, shares).sum(axis=-1), 1.0, atol=1e-6)


def test_nobody_takes_part_below_fifteen_and_rates_are_chances() -> None:
    rates = LABOUR.participation_at(2008)
    assert rates.shape == (DIMS.size("sex"), AGES, DIMS.size("level"))
    assert not rates[:, :15].any()
    assert 0 < rates[:, 15:].min() <= rates.max() <= 1


def test_participation_of_older_women_rises_between_the_years_given() -> None:
    woman, level = DIMS.sex.index("female"), DIMS.level.index("mbo4")
    path = [LABOUR.participation_at(year)[woman, 57, level] for year in (2007, 2008, 2014, 2020, 2070)]
    assert path[0] == path[1] < path[2] < path[3] == path[4]
    assert path[2] == pytest.approx((path[1] + path[3]) / 2)


def test_retirement_age_follows_the_figures() -> None:
    assert LABOUR.retirement_age_at(2008, 65.0) == pytest.approx(61.9)
    assert LABOUR.retirement_age_at(2018, 66.0) == pytest.approx(65.1)


def test_own_occupation_fits_best() -> None:
    own = np.arange(DIMS.size("occupation"))
    assert (LABOUR.fit[own].argmax(axis=1) == own).all()
    assert LABOUR.related[own, own].all()


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("sectors", "manufacturing,1.35", "manufacturing,-1", "table sectors, row 3, column cycle_sensitivity"),
        ("commuting", "North,North,0.94", "North,North,0.90", "table commuting, row 2, column share"),
        ("demand_trends", "technical_ict", "technical_itc", "demand_trends, column label: 'technical_itc'"),
        ("education_groups", "hbo,high", "hbo,highest", "table education_groups, row 6, column education"),
        ("relatedness", "ict,technical_ict,1.0", "ict,technical_ict,0.9", "each field needs fit 1"),
    ],
)
def test_a_fault_is_named(tables: Path, table: str, old: str, new: str, message: str) -> None:
    file = tables / f"{table}.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(TableError) as fault:
        load_labour(load_dimensions(tables), tables)
    assert message in str(fault.value)

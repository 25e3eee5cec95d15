"""The historical run beside the evidence: the model within the tolerances that its table of figures states."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import techsim
from techsim.report.comparison import Row, compare

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
DRAWS = 8
"""Enough for the wide figures; the report of all ten draws stands in docs/model_beside_evidence.md."""


@pytest.fixture(scope="module")
def data() -> xr.Dataset:
    return techsim.load(SCENARIOS / "historical.yaml").run(draws=DRAWS)


@pytest.fixture(scope="module")
def rows(data: xr.Dataset) -> list[Row]:
    return compare(data)


def within(rows: list[Row], indicator: str, without: str = "") -> float:
    """Share of the figures on an indicator that the model meets; of groups that do not name ``without``."""
    mine = [row for row in rows if row.figure.indicator == indicator]
    mine = [row for row in mine if not without or without not in str(row.figure.groups)]
    assert len(mine) >= 2
    return float(np.mean([row.within for row in mine]))


@pytest.mark.parametrize(
    ("indicator", "least"),
    [
        ("n_profile_share", 0.9),
        ("technicians", 1.0),
        ("unemployment_rate", 0.85),
        ("vacancies", 0.8),
    ],
)
def test_figures_are_met(rows: list[Row], indicator: str, least: float) -> None:
    assert within(rows, indicator) >= least


def test_students_are_met_by_pathway_and_sector_and_less_so_by_level_of_mbo(rows: list[Row]) -> None:
    """By level the model is off: too few in mbo 1 and 3, too many in bbl of mbo 4 (three of eight within a fifth)."""
    students = [row for row in rows if row.figure.indicator == "students"]
    by_level = [row for row in students if re.search("'mbo[1-4]',\\)", str(row.figure.groups))]
    assert len(by_level) == 8
    assert np.mean([row.within for row in by_level]) >= 3 / 8
    assert np.mean([row.within for row in students if row not in by_level]) >= 0.95


def test_technical_shares_of_entrants_are_met(rows: list[Row]) -> None:
    """All but mbo-1: a few dozen simulated entrants a year, and a reform in 2012 that the model does not know."""
    assert within(rows, "technical_entrant_share", without="mbo1") >= 0.9


@pytest.mark.parametrize(("indicator", "definition"), [("unemployment_rate", "new survey"), ("vacancies", "")])
def test_unemployment_and_vacancies_trace_the_years(rows: list[Row], indicator: str, definition: str) -> None:
    """Correlation above 0.9, each year within 15 % after the simple fit (scripts/fit_labour_market.py)."""
    mine = [r for r in rows if r.figure.indicator == indicator and definition in r.figure.definition]
    mine = [r for r in mine if not r.figure.groups and not r.figure.quarter]
    model, evidence = (np.array(values) for values in zip(*((r.model, r.figure.value) for r in mine), strict=True))
    assert model.size >= 11
    assert np.corrcoef(model, evidence)[0, 1] > 0.9
    assert np.abs(model / evidence - 1).max() < 0.16  # a hundredth for the luck of eight draws


def test_leakage_and_underuse_by_level(rows: list[Row], data: xr.Dataset) -> None:
    """Within 4 points but for luck, of which the draws say how large it is; at forty draws all are (docs)."""
    found = [r for r in rows if r.figure.indicator in ("leakage", "underuse")]
    assert len(found) == 28
    off = np.array([r.model - r.figure.value for r in found])
    # Between the 5 and 95 % of eight draws, interpolated, lie some 2.5 standard deviations.
    error = np.array([(r.high - r.low) / 2.5 for r in found]) / data.sizes["draw"] ** 0.5
    beyond = {f"{r.figure.indicator} {r.figure.groups} {r.figure.year}": o for r, o, e in
              zip(found, off, error, strict=True) if abs(o) > 0.04 + 2.5 * e}  # fmt: skip
    assert len(beyond) <= 1, beyond  # of twenty-eight
    assert np.abs(off).max() < 0.09
    assert np.median(error) < 0.02
    assert np.mean(np.abs(off) <= 0.04) >= 0.65
    assert abs(np.mean(off)) < 0.015


def test_unemployment_rises_to_2014_and_falls_after(data: xr.Dataset) -> None:
    rate = data["unemployment_rate"].mean("draw").groupby("time.year").mean()
    assert rate.sel(year=2014) > 1.6 * rate.sel(year=2008)
    assert rate.sel(year=2018) < 0.75 * rate.sel(year=2014)
    cbs = [0.0416, 0.0494, 0.0562, 0.0562, 0.0652, 0.082, 0.083, 0.079, 0.070, 0.059, 0.049]
    assert np.corrcoef(rate.values, cbs)[0, 1] > 0.9

"""W5 in full: the baseline to 2040, its regions and its demography."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from techsim.experiment.simulate import tables
from techsim.model.simulation import TechsimModel
from techsim.population.clock import month_index
from techsim.results.coordinates import FLOW

BASELINE = Path(__file__).resolve().parent.parent.parent / "scenarios" / "baseline.yaml"
SCALE, START = 400, 2008
NORTH = 0
HIGHER = slice(4, 6)


@lru_cache(maxsize=1)
def model() -> TechsimModel:
    made = TechsimModel(BASELINE, scale=SCALE, tables=tables())
    while made.running:
        made.step()
    return made


def counted(name: str) -> np.ndarray:
    return np.asarray(model().world.recorder.arrays[name])


def shares(by_year: np.ndarray) -> np.ndarray:
    return np.asarray(by_year / by_year.sum(axis=1, keepdims=True))


@pytest.mark.parametrize(
    # public_figures P1508, P1514, P0035, P0037, P0041; P0071 and P0072 are forecasts of CBS
    ("year", "persons"),
    [
        (2010, 16_574_989),
        (2015, 16_900_726),
        (2018, 17_181_084),
        (2020, 17_407_585),
        (2024, 17_942_942),
        (2034, 19_000_000),
    ],
)
def test_population_is_within_two_percent(year: int, persons: int) -> None:
    assert SCALE * counted("population")[year - START].sum() == pytest.approx(persons, rel=0.02)


@pytest.mark.parametrize(
    # public_figures P0019 ff.
    ("year", "births"),
    [(2008, 184_634), (2010, 184_397), (2013, 171_341), (2016, 172_520), (2019, 169_680), (2022, 167_504)],
)
def test_births_are_within_two_percent(year: int, births: int) -> None:
    assert SCALE * counted("births")[year - START].sum() == pytest.approx(births, rel=0.02)


@pytest.mark.parametrize(
    # public_figures P1040, P1046, P1050, P1053, P1078, P1083, P1084
    ("year", "age"),
    [(2008, 65.0), (2014, 65.2), (2018, 66.0), (2021, 66.3), (2025, 67.0), (2030, 67.25), (2031, 67.25)],
)
def test_pension_age_is_within_two_percent(year: int, age: float) -> None:
    assert tables().demography.pension_age_at(month_index(year, 6)) == pytest.approx(age, rel=0.02)


def test_people_of_a_region_are_conserved_with_moves() -> None:
    """Population of January + births - deaths + immigrants - emigrants + moves in - moves out, exactly."""
    population = counted("population").sum(axis=(1, 2))
    born, dead = counted("births").sum(axis=(1, 2)), counted("deaths").sum(axis=(1, 2))
    migration, moves = counted("migration").sum(axis=(2, 3)), counted("moves").sum(axis=(3, 4, 5))
    came, went = migration[:, FLOW.index("immigration")], migration[:, FLOW.index("emigration")]
    after = population + born - dead + came - went + moves.sum(axis=1) - moves.sum(axis=2)
    assert moves.sum() > 0
    assert np.array_equal(after[:-1], population[1:])


def test_regional_shares_stay_plausible_for_thirty_years() -> None:
    """No region drifts off: shares of people within a sixth of those of 2008, of technicians and students a fifth."""
    people = shares(counted("population").sum(axis=(1, 2)))
    assert np.abs(people / people[0] - 1.0).max() < 1 / 6
    # P0067 to P0069: North, East and North-West in 2024
    assert people[2024 - START, :3] == pytest.approx([0.0985, 0.1860, 0.2693], rel=0.05)
    staff = model().world.labour.staff[:, tables().dimensions.occupation_technical].sum(axis=(0, 1, 2))
    assert np.abs(shares(staff[None])[0] / people[-1] - 1.0).max() < 0.25
    vacancies = counted("vacancies")
    groups = model().world.recorder.indicators["vacancies"].groups
    by_region = vacancies.sum(axis=tuple(1 + k for k, g in enumerate(groups) if g != "region"))
    years = by_region.reshape(-1, 12, by_region.shape[1]).sum(axis=1)
    last = shares(years[-10:].sum(axis=0)[None])[0]
    assert np.abs(last / people[-5] - 1.0).max() < 0.4


def test_shares_of_the_start_last() -> None:
    """Against the START, means of several years: people a sixth, vacancies a fifth, students four tenths (few here).

    Technicians by region of work: three tenths, as jobs follow people to the North-West.
    """
    people = shares(counted("population").sum(axis=(1, 2)))
    assert np.abs(people[-3:].mean(axis=0) / people[0] - 1.0).max() < 1 / 6
    technicians = counted("commuting")[..., 1].sum(axis=1).astype(float)
    first, last = (shares(technicians[years].sum(axis=0)[None])[0] for years in (slice(0, 2), slice(-3, None)))
    assert np.abs(last / first - 1.0).max() < 0.3
    groups = model().world.recorder.indicators["vacancies"].groups
    vacancies = counted("vacancies").sum(axis=tuple(1 + k for k, g in enumerate(groups) if g != "region"))
    first, last = (shares(vacancies[months].sum(axis=0)[None])[0] for months in (slice(0, 120), slice(-120, None)))
    assert np.abs(last / first - 1.0).max() < 0.2
    students = counted("students").sum(axis=(2, 3, 5)).astype(float)  # (years, level, region)
    for levels in (slice(0, 4), slice(4, 5), slice(5, 6)):
        of_level = students[:, levels].sum(axis=1)
        first, last = (shares(of_level[years].sum(axis=0)[None])[0] for years in (slice(3, 9), slice(-6, None)))
        assert np.abs(last / first - 1.0).max() < 0.4


def test_the_south_east_still_makes_more_than_the_country() -> None:
    dims = tables().dimensions
    made = [dims.occupation.index(f"technical_{kind}") for kind in ("metal", "process")]
    staff = model().world.labour.staff.sum(axis=(0, 2)).astype(float)
    share = staff[made].sum(axis=0) / staff.sum(axis=0)
    assert share[dims.region.index("South-East")] > 1.08 * staff[made].sum() / staff.sum()


def test_the_north_ages_and_loses_graduates() -> None:
    population = counted("population").sum(axis=1).astype(float)
    old = population[:, 13:].sum(axis=1) / population.sum(axis=1)
    assert old[-1, NORTH] == old[-1].max()
    assert old[-1, NORTH] > old[0, NORTH] + 0.05
    moves = counted("moves")[:, :, :, HIGHER].sum(axis=(0, 3, 4))
    graduates = moves[..., 1]
    assert graduates[NORTH].sum() > 1.1 * graduates[:, NORTH].sum()
    assert moves[NORTH].sum() > moves[:, NORTH].sum()


def test_students_live_where_programmes_are() -> None:
    students = counted("students")
    groups = model().world.recorder.indicators["students"].groups
    assert "region" in groups
    level, region = 1 + groups.index("level"), 1 + groups.index("region")
    of_wo = np.moveaxis(students, (0, level, region), (0, 1, 2))[:, 5]
    by_year = of_wo.reshape(*of_wo.shape[:2], -1).sum(axis=2).astype(float)
    early, late = (shares(by_year[years].sum(axis=0)[None])[0] for years in (slice(3, 9), slice(-6, None)))
    # Some 5,000 students of wo in six years at this scale: two standard errors are below 0.02.
    assert np.abs(late - early).max() < 0.06
    people = shares(counted("population").sum(axis=(1, 2)))[0]
    assert early[2] > people[2]
    assert early[4] < people[4]

"""W5 in full: the baseline to 2040, its regions and its demography."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from techsim.data.inputs import Tables
from techsim.data.start_population import fit_cells
from techsim.experiment.simulate import tables
from techsim.model.simulation import TechsimModel
from techsim.population.clock import month_index
from techsim.results.coordinates import FLOW, MOVE

BASELINE = Path(__file__).resolve().parent.parent.parent / "scenarios" / "baseline.yaml"
SCALE, START, DRAWS = 200, 2008, (1, 2)
"""Months cost most of a small run, so that two draws at this scale take little more than one at half of it."""
NORTH, EAST, NORTH_WEST, SOUTH_WEST, SOUTH_EAST = range(5)
HIGHER, OLD = slice(4, 6), slice(13, None)
LEVELS = {"mbo": slice(0, 4), "hbo": slice(4, 5), "wo": slice(5, 6)}


@dataclass(frozen=True)
class Run:
    """A draw to 2040 and its staff of every January, and of the last December, [years, E, G, R]."""

    model: TechsimModel
    staff: np.ndarray


def run(seed: int = DRAWS[0], flat: bool = False) -> Run:
    return _finished(seed, flat)


@lru_cache(maxsize=3)
def _finished(seed: int, flat: bool) -> Run:
    made = TechsimModel(BASELINE, scale=SCALE, tables=_flat(tables()) if flat else tables(), draw_seed=seed)
    staff = [made.world.labour.staff.sum(axis=2)]
    while made.running:
        made.step()
        if made.world.month % 12 == month_index(START, 12) % 12:
            staff.append(made.world.labour.staff.sum(axis=2))
    return Run(made, np.stack(staff).astype(float))


def _flat(found: Tables) -> Tables:
    """Everywhere the ages of the country."""
    start = found.demography.start
    background, region = start.sum(axis=(1, 3)), start.sum(axis=(0, 1))
    cells = fit_cells(
        age_sex=start.sum(axis=(2, 3)),
        background=background / background.sum(axis=1, keepdims=True),
        region=region / region.sum(axis=1, keepdims=True),
        tilt=np.ones((region.shape[1], len(start))),
    )
    return replace(found, demography=replace(found.demography, start=cells))


def model() -> TechsimModel:
    return run().model


def counted(name: str, seed: int = 1, flat: bool = False) -> np.ndarray:
    return np.asarray(run(seed, flat).model.world.recorder.arrays[name])


def together(name: str, *kept: str) -> np.ndarray:
    """Of all draws, by time and the groups kept."""
    groups = model().world.recorder.indicators[name].groups
    rest = tuple(1 + k for k, g in enumerate(groups) if g not in kept)
    return np.sum([counted(name, seed).sum(axis=rest) for seed in DRAWS], axis=0).astype(float)


def shares(by_year: np.ndarray) -> np.ndarray:
    """In percent of the sum over the last axis."""
    return np.asarray(100.0 * by_year / by_year.sum(axis=-1, keepdims=True))


def about(by_year: np.ndarray, years: int = 2) -> np.ndarray:
    """Sum over the years around each, as many on both sides as there are, at most ``years``."""
    return np.stack([by_year[max(y - years, 0) : y + years + 1].sum(axis=0) for y in range(len(by_year))])


def drift(path: np.ndarray, of: np.ndarray) -> float:
    """Furthest that shares come from their distance of the start (three years) to the shares ``of``, in points."""
    apart = path - of
    return float(np.abs(apart - apart[:3].mean(axis=0)).max())


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


def test_shares_of_people_stay_plausible_for_thirty_years() -> None:
    people = shares(together("population", "region"))
    assert np.abs(people / people[0] - 1.0).max() < 1 / 6
    # P0067 to P0069: North, East and North-West in 2024
    assert people[2024 - START, :3] == pytest.approx([9.85, 18.60, 26.93], rel=0.03)


def test_technicians_follow_the_jobs_of_their_region() -> None:
    """In all years and kind by kind: what moves the technicians of a region besides is that ICT grows in the country.

    Construction, metal and process together within a point of the path of the region's share of all jobs; ICT, few
    people here, within two. So a region's share of technicians is what its kinds of the start and the country's growth
    of each kind make of its jobs, within a point.
    """
    dims = tables().dimensions
    staff = sum(run(seed).staff for seed in DRAWS)
    by_group, jobs = staff.sum(axis=1), shares(staff.sum(axis=(1, 2)))
    technical, ict = dims.occupation_technical, np.array(dims.occupation) == "technical_ict"
    assert drift(shares(by_group[:, technical & ~ict].sum(axis=1)), of=jobs) < 1.0
    assert drift(shares(by_group[:, ict].sum(axis=1)), of=jobs) < 2.0
    kinds = by_group[:, technical]
    quotient = shares(kinds)[:3].mean(axis=0) / jobs[:3].mean(axis=0)
    national = kinds.sum(axis=2) / kinds.sum(axis=(1, 2))[:, None]
    expected = national @ quotient * jobs
    assert np.abs(shares(kinds.sum(axis=1)) - expected).max() < 1.0
    # The North's share of technicians, by where they live, beside its share of people at work.
    commuting = together("commuting", "region", "technical_occupation")
    assert drift(shares(commuting[..., 1])[:, [NORTH]], of=shares(commuting.sum(axis=2))[:, [NORTH]]) < 1.0


def test_vacancies_follow_the_jobs_of_their_region() -> None:
    """Over five years; the North has a point more, as its young leave it, and the North-West less."""
    vacancies = together("vacancies", "region").reshape(-1, 12, 5).sum(axis=1)
    jobs = sum(run(seed).staff for seed in DRAWS).sum(axis=(1, 2))[1:]
    assert np.abs(shares(about(vacancies)) - shares(about(jobs))).max() < 2.5


@pytest.mark.parametrize("level", LEVELS)
def test_students_stay_where_they_were(level: str) -> None:
    """Against the start, in points: mbo beside the path of those of 15 to 19, hbo and wo as they were."""
    students = about(together("students", "level", "region")[1:34, LEVELS[level]].sum(axis=1))
    young = about(together("population", "age_group", "region")[:, 3])
    of = shares(young) if level == "mbo" else np.zeros(students.shape)
    # wo: some 1,200 students a year and draw here, two standard errors are about two points
    assert drift(shares(students)[3:], of[3:]) < (3.5 if level == "wo" else 2.5)


def test_clusters_last() -> None:
    """Table region_sectors in all years to 2040: Brainport and Twente make things, Groningen and Rotterdam have energy.

    In South-West port, energy and waste of Rotterdam stand out, and ICT of Delft and The Hague beside South-East.
    """
    dims = tables().dimensions
    staff = sum(run(seed).staff for seed in DRAWS)
    sector = np.asarray(dims.employer_sector)
    technical = staff[:, :, dims.occupation_technical].sum(axis=2)

    def quotient(of: np.ndarray, name: str) -> np.ndarray:
        here = of[:, sector == dims.sector.index(name)].sum(axis=1)
        return np.asarray(shares(here) / shares(staff.sum(axis=(1, 2))))

    for of in (staff.sum(axis=2), technical):
        made = quotient(of, "manufacturing")
        assert (made[:, EAST] > 1.05).all()
        assert (made[:, SOUTH_EAST] > 1.3).all()
        assert (made[:, NORTH_WEST] < 0.8).all()
    assert quotient(staff.sum(axis=2), "energy_utilities")[:, NORTH].mean() > 1.05
    ict = quotient(staff.sum(axis=2), "ict")
    assert ict[:, NORTH_WEST].min() > 1.1
    assert quotient(staff.sum(axis=2), "energy_utilities")[:, SOUTH_WEST].min() > 1.1
    assert (ict[:, SOUTH_WEST] > 1.1 * ict[:, SOUTH_EAST]).all()
    metal = [dims.occupation.index(f"technical_{kind}") for kind in ("metal", "process")]
    share = shares(staff.sum(axis=1)[:, metal].sum(axis=1)) / shares(staff.sum(axis=(1, 2)))
    assert share[[0, -1], SOUTH_EAST].min() > 1.08
    assert share[:, EAST].mean() > 1.0


def grey_above_the_country(seed: int, flat: bool) -> np.ndarray:
    """Share of 65 and over in the North less that of the country, in points, by year."""
    population = counted("population", seed, flat).sum(axis=1).astype(float)
    here = population[:, OLD, NORTH].sum(axis=1) / population[..., NORTH].sum(axis=1)
    return np.asarray(100.0 * (here - population[:, OLD].sum(axis=(1, 2)) / population.sum(axis=(1, 2))))


def test_the_north_ages_more_than_the_country() -> None:
    """By about a point in thirty years (CBS: from 1.3 to 2.3 points above it in 2010 to 2023, from memory)."""
    above = np.mean([grey_above_the_country(seed, flat=False) for seed in DRAWS], axis=0)
    assert 0.8 < above[2] < 1.8
    assert 0.4 < above[-3:].mean() - above[:3].mean() < 2.2


def test_the_north_ages_from_a_flat_start_too() -> None:
    above = grey_above_the_country(DRAWS[0], flat=True)
    assert np.abs(above[0]) < 0.2
    assert above[-3:].mean() > 1.0


@pytest.mark.parametrize("seed", DRAWS)
def test_the_north_loses_graduates_and_some_return(seed: int) -> None:
    moves = counted("moves", seed)
    graduates = moves[:, :, :, HIGHER, :, MOVE.index("graduate")].sum(axis=(0, 3, 4))
    assert graduates[NORTH].sum() > 1.5 * graduates[:, NORTH].sum()
    higher = moves[:, :, :, HIGHER].sum(axis=(0, 3, 4, 5))
    assert higher[NORTH].sum() > 1.1 * higher[:, NORTH].sum()
    back = counted("return_moves", seed).sum(axis=(0, 3, 4))
    later = moves[..., MOVE.index("later")].sum(axis=(0, 3, 4))
    assert later[:, NORTH].sum() > later[NORTH].sum()
    assert 0.05 * moves.sum() < back.sum() < 0.5 * moves.sum()


def test_newcomers_from_abroad_land_in_the_west() -> None:
    came = together("migration", "flow", "region")[:, FLOW.index("immigration")].sum(axis=0)
    people = shares(together("population", "region").mean(axis=0))
    assert 0.65 < shares(came)[NORTH] / people[NORTH] < 0.95
    assert shares(came)[NORTH_WEST] > 1.05 * people[NORTH_WEST]


def test_students_live_where_programmes_are() -> None:
    students = counted("students")
    groups = model().world.recorder.indicators["students"].groups
    assert "region" in groups
    level, region = 1 + groups.index("level"), 1 + groups.index("region")
    of_wo = np.moveaxis(students, (0, level, region), (0, 1, 2))[:, 5]
    by_year = of_wo.reshape(*of_wo.shape[:2], -1).sum(axis=2).astype(float)
    early = shares(by_year[3:9].sum(axis=0))
    people = shares(counted("population").sum(axis=(1, 2)))[0]
    assert early[2] > people[2]
    assert early[4] < people[4]

"""Structural trends of demand (W1) and its accounts: shares of jobs move as the tables say, and are counted by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from techsim.data.labour import REASONS
from techsim.mechanisms.working.demand.process import process
from techsim.mechanisms.working.ledger.process import REPLACED
from techsim.mechanisms.working.state import count_staff
from techsim.mechanisms.world import World

Build = Callable[..., World]
YEARS = 12


def shares(world: World) -> np.ndarray:
    """Shares of the jobs wanted after ``YEARS`` years; [E, G, L, R]."""
    world.month += 12 * YEARS - 1  # no January: the year's start stays
    process(world)
    return np.asarray(world.labour.desired / world.labour.desired.sum())


@pytest.fixture
def still_and_moving(make_world: Build) -> tuple[np.ndarray, np.ndarray]:
    """Shares of jobs without trends, and with them."""
    months = 12 * YEARS + 2
    return shares(make_world(months=months, demand__trend_scale=0.0)), shares(make_world(months=months))


def test_without_trends_shares_are_those_of_the_start(make_world: Build) -> None:
    world = make_world(months=12 * YEARS + 2, demand__trend_scale=0.0)
    start = world.labour.staff.sum(axis=(0, 1, 2)) / world.labour.staff.sum()
    np.testing.assert_allclose(shares(world).sum(axis=(0, 1, 2)), start, atol=0.02)


def test_work_moves_up_from_the_lowest_levels(still_and_moving: tuple[np.ndarray, np.ndarray]) -> None:
    still, moving = (s.sum(axis=(0, 1, 3)) for s in still_and_moving)
    assert moving[:2].sum() < still[:2].sum()
    assert moving[-2:].sum() > still[-2:].sum()


def test_the_metropolis_pulls(make_world: Build, still_and_moving: tuple[np.ndarray, np.ndarray]) -> None:
    still, moving = (s.sum(axis=(0, 1, 2)) for s in still_and_moving)
    regions = make_world().tables.dimensions.region
    assert moving[regions.index("North-West")] > still[regions.index("North-West")]
    assert moving[regions.index("North")] < still[regions.index("North")]


def test_other_sectors_want_more_technicians(make_world: Build) -> None:
    months = 12 * YEARS + 2
    dims = make_world().tables.dimensions
    care = np.flatnonzero(dims.employer_sector == dims.sector.index("health_care"))
    few, many = (
        shares(make_world(months=months, demand__technical_outside=value))[care][:, dims.occupation_technical].sum()
        for value in (0.0, 0.03)
    )
    assert many > 1.2 * few


def test_expansion_is_the_change_of_jobs_wanted_within_the_year(make_world: Build) -> None:
    world = make_world(gap=np.linspace(0.0, 0.06, 24), months=24)
    start = None
    for _ in range(12):
        process(world)
        if world.calendar_month == 1:
            start = world.labour.year_start_desired.copy()
        world.month += 1
    world.month -= 1
    assert start is not None
    found = world.recorder.slot("expansion_demand", world.month)
    np.testing.assert_array_equal(found, np.rint(world.labour.desired.sum(axis=(0, 3)) - start))
    assert found.sum() > 0


def test_replacement_is_who_leaves_work_and_not_only_a_job(make_world: Build) -> None:
    from techsim.mechanisms.working.ledger.process import process as record

    world = make_world()
    world.labour.begin_month()
    rng = np.random.default_rng(2)
    world.labour.ledger.separated[:] = rng.integers(0, 3, world.labour.ledger.separated.shape)
    record(world)
    rows = [REASONS.index(reason) for reason in REPLACED]
    wanted = world.labour.ledger.separated[rows].sum(axis=(0, 1, 4))
    np.testing.assert_array_equal(world.recorder.slot("replacement_demand", world.month), wanted)
    assert {"quit", "layoff", "job_change"}.isdisjoint(REPLACED)


@pytest.mark.parametrize("removed", [1, 2])
def test_workers_who_left_the_population_are_known_or_counted(make_world: Build, removed: int) -> None:
    known, counted = make_world(), make_world()
    process(known)
    process(counted)
    before = known.labour.staff.copy()
    for world in (known, counted):
        world.month += 1
        for part in range(removed):  # what left in the last removal alone is known
            world.people.remove(np.arange(200 * part, 200 * part + 150))
    counted.labour.staff_at = -1
    for world in (known, counted):
        process(world)
        np.testing.assert_array_equal(world.labour.staff, count_staff(world.people, world.tables.dimensions))
    lost = known.labour.ledger.separated[REASONS.index("death_or_emigration")]
    np.testing.assert_array_equal(lost, before - known.labour.staff)
    np.testing.assert_array_equal(lost, counted.labour.ledger.separated[REASONS.index("death_or_emigration")])
    assert lost.sum() > 20

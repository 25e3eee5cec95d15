"""L7, labour migration: nothing changes in a usual market, and directions where it is not usual."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from techsim.data.demography import EVIDENCE_END
from techsim.data.inputs import load_tables
from techsim.mechanisms.demography.labour_migration.declare import PARAMETERS
from techsim.mechanisms.demography.labour_migration.process import WORKING, Split, follow, leaving, split
from techsim.mechanisms.demography.moving.state import Moving
from techsim.mechanisms.world import World

TABLES = load_tables()
DIMS = TABLES.dimensions
DEFAULTS = {p.name: p.default for p in PARAMETERS}
AGES = TABLES.demography.immigrant_ages
MONTHLY = TABLES.demography.immigrants[200]
LATER = EVIDENCE_END + 12


def market(vacancies: int = 10, by_region: tuple[float, ...] = (1.0,) * 5) -> SimpleNamespace:
    shape = (DIMS.employers, DIMS.size("occupation"), DIMS.size("level"), DIMS.size("region"))
    return SimpleNamespace(
        open_vacancies=np.full(shape, vacancies),
        staff=np.full(shape, 100),
        unemployment_rate=0.05,
        labour_force=np.full(5, 100_000.0),
        tightness=np.tile(by_region, (shape[1], 1)),
    )


def made(month: int = LATER, now: int = 10, **changes: object) -> tuple[Split, np.ndarray]:
    """The split of a month and the factor on leaving; the market was at 10 vacancies a cell before."""
    nothing = np.zeros(0)
    state = Moving(*[nothing] * 7)  # type: ignore[arg-type]
    world = cast("World", SimpleNamespace(month=month, parameters=DEFAULTS, tables=TABLES, labour=market()))
    follow(world, state)
    world.labour = market(now, **changes)  # type: ignore[arg-type, assignment]
    follow(world, state)
    return split(world, state, MONTHLY, AGES), leaving(world, state)


def test_a_usual_market_changes_nothing() -> None:
    parts, factor = made()
    assert parts.others.sum(axis=2) + parts.workers == pytest.approx(MONTHLY.sum(axis=2))
    assert parts.places == pytest.approx(MONTHLY.sum(axis=0) / MONTHLY.sum(axis=(0, 2))[:, None])
    people = parts.others.sum() * parts.other_ages + parts.workers.sum() * parts.worker_ages
    assert people == pytest.approx(MONTHLY.sum() * AGES)
    assert parts.education == pytest.approx(TABLES.demography.immigrant_education)
    assert factor == pytest.approx(1.0)
    assert parts.worker_ages[: WORKING.start].sum() == 0.0


def test_until_2024_the_table_knows() -> None:
    parts, factor = made(month=EVIDENCE_END - 1, now=30)
    assert parts.others.sum() + parts.workers.sum() == pytest.approx(MONTHLY.sum())
    assert factor == pytest.approx(1.0)


def test_more_vacancies_draw_more_and_hold_more() -> None:
    few, usual, many = (made(now=v) for v in (5, 10, 20))
    workers = [parts.workers.sum() for parts, _ in (few, usual, many)]
    assert workers[0] < workers[1] < workers[2]
    assert workers[2] <= 2.0 * workers[1]
    assert few[1][30] > usual[1][30] > many[1][30]
    assert (many[1][60:] == 1.0).all()
    assert all(np.array_equal(parts.others, usual[0].others) for parts, _ in (few, many))


def test_those_who_come_go_where_it_is_tight() -> None:
    even, uneven = made()[0], made(by_region=(1.0, 1.0, 1.0, 1.0, 3.0))[0]
    assert (uneven.places[:, 4] > even.places[:, 4]).all()
    assert uneven.places.sum(axis=1) == pytest.approx(1.0)
    assert np.array_equal(uneven.workers, even.workers)

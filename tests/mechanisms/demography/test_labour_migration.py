"""L7, labour migration: nothing changes in a usual market, and directions where it is not usual."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from techsim.data.demography import EVIDENCE_END
from techsim.data.inputs import load_tables
from techsim.mechanisms.demography.labour_migration.declare import PARAMETERS
from techsim.mechanisms.demography.labour_migration.process import WORKING, Split, follow, landing, leaving, split
from techsim.mechanisms.demography.moving.declare import PARAMETERS as MOVING
from techsim.mechanisms.demography.moving.state import Moving
from techsim.mechanisms.world import World

TABLES = load_tables()
DIMS = TABLES.dimensions
DEFAULTS = {p.name: p.default for p in (*PARAMETERS, *MOVING)}
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


def newcomers_find(parents: np.ndarray | None = None) -> Moving:
    """A state with as many people in each region, and of each background if not told otherwise."""
    nothing, even = np.zeros(0), np.full(5, 1000)
    parents = np.full((DIMS.size("background"), 5), 100) if parents is None else parents
    return Moving(nothing, nothing, even, even, parents, nothing, nothing, nothing)  # type: ignore[arg-type]


def made(month: int = LATER, now: int = 10, **changes: object) -> tuple[Split, np.ndarray]:
    """The split of a month and the factor on leaving; the market was at 10 vacancies a cell before."""
    state = newcomers_find()
    world = cast("World", SimpleNamespace(month=month, parameters=DEFAULTS, tables=TABLES, labour=market()))
    follow(world, state)
    world.labour = market(now, **changes)  # type: ignore[arg-type, assignment]
    follow(world, state)
    return split(world, state, MONTHLY, AGES), leaving(world, state)


def test_a_usual_market_changes_nothing() -> None:
    parts, factor = made()
    assert parts.others + parts.workers == pytest.approx(MONTHLY.sum(axis=2))
    assert parts.places == pytest.approx(parts.other_places)
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


def test_newcomers_go_to_their_kind_to_work_and_to_cities() -> None:
    labour = market()
    world = SimpleNamespace(parameters=DEFAULTS | {"moving.city_young": 0.0}, tables=TABLES, labour=labour)
    even = landing(cast("World", world), newcomers_find())
    assert even == pytest.approx(np.full(even.shape, 0.2))
    parents = np.full(even.shape, 100)
    parents[1, 3] = 300
    network = DEFAULTS["labour_migration.network"]
    among = landing(cast("World", world), newcomers_find(parents))
    assert among[1, 3] == pytest.approx(network * 3 / 7 + (1 - network) * 0.2)
    assert among[0] == pytest.approx(even[0])
    labour.staff[..., 0] *= 2
    work = landing(cast("World", world), newcomers_find())
    assert work[:, 0] == pytest.approx(network * 0.2 + (1 - network) / 3)
    none = np.zeros(even.shape, dtype=np.int64)
    assert landing(cast("World", world), newcomers_find(none))[:, 0] == pytest.approx(1 / 3)
    world.parameters = DEFAULTS
    urban = TABLES.regions.urban
    ratio = landing(cast("World", world), newcomers_find()) / work
    assert (np.argsort(ratio[0]) == np.argsort(urban)).all()


def test_those_who_come_go_where_it_is_tight() -> None:
    even, uneven = made()[0], made(by_region=(1.0, 1.0, 1.0, 1.0, 3.0))[0]
    assert (uneven.places[:, 4] > even.places[:, 4]).all()
    assert uneven.places.sum(axis=1) == pytest.approx(1.0)
    assert np.array_equal(uneven.workers, even.workers)

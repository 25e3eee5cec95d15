"""L7, labour migration: nothing changes in a usual market, and directions where it is not usual."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from techsim.data.demography import EVIDENCE_END
from techsim.data.inputs import load_tables
from techsim.mechanisms.demography.labour_migration.declare import PARAMETERS
from techsim.mechanisms.demography.labour_migration.process import (
    WORKING,
    Response,
    by_age,
    follow,
    landing,
    leaving,
    responses,
)
from techsim.mechanisms.demography.moving.declare import PARAMETERS as MOVING
from techsim.mechanisms.demography.moving.state import Moving
from techsim.mechanisms.world import World

TABLES = load_tables()
DIMS = TABLES.dimensions
DEFAULTS = {p.name: p.default for p in (*PARAMETERS, *MOVING)}
AGES = TABLES.demography.immigrant_ages
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


def made(month: int = LATER, now: int = 10, **changes: object) -> tuple[Response, np.ndarray]:
    """The response of a month and the factor on leaving; the market was at 10 vacancies a cell before."""
    state = newcomers_find()
    world = cast("World", SimpleNamespace(month=month, parameters=DEFAULTS, tables=TABLES, labour=market()))
    follow(world, state)
    world.labour = market(now, **changes)  # type: ignore[arg-type, assignment]
    follow(world, state)
    return responses(world, state), leaving(world, state, np.ones((AGES.size, 1)))


def land(world: SimpleNamespace, state: Moving | None = None) -> np.ndarray:
    """Where newcomers settle, the market seen once."""
    state = newcomers_find() if state is None else state
    follow(cast("World", world), state)
    return landing(cast("World", world), state)


def test_a_usual_market_changes_nothing() -> None:
    response, factor = made()
    assert response.workers == pytest.approx(1.0)
    assert response.worker_places == pytest.approx(response.places)
    assert response.education == pytest.approx(TABLES.demography.immigrant_education)
    assert factor == pytest.approx(1.0)


def test_who_comes_for_work_and_others_are_the_immigrants_of_the_table() -> None:
    ages = np.stack([AGES, np.roll(AGES, 5)])
    apart = by_age(ages, 0.4)
    assert 0.0 < apart.part[0] < 0.4
    part = apart.part[:, None]
    assert part * apart.worker_ages + (1.0 - part) * apart.other_ages == pytest.approx(ages)
    assert apart.worker_ages.sum(axis=1) == pytest.approx(1.0)
    assert apart.worker_ages[:, WORKING].sum() == pytest.approx(2.0)
    assert np.array_equal(by_age(ages, 0.0).other_ages, ages)


def test_until_2024_the_table_knows() -> None:
    response, factor = made(month=EVIDENCE_END - 1, now=30)
    assert response.workers == 1.0
    assert factor == pytest.approx(1.0)


def test_more_vacancies_draw_more_and_hold_more() -> None:
    few, usual, many = (made(now=v) for v in (5, 10, 20))
    workers = [response.workers for response, _ in (few, usual, many)]
    assert workers[0] < workers[1] < workers[2]
    assert workers[2] <= 2.0 * workers[1]
    assert few[1][30] > usual[1][30] > many[1][30]
    assert (many[1][60:] == 1.0).all()


def test_newcomers_go_to_their_kind_to_work_and_to_cities() -> None:
    labour = market()
    parameters = DEFAULTS | {"moving.city_young": 0.0}
    world = SimpleNamespace(month=LATER, parameters=parameters, tables=TABLES, labour=labour)
    even = land(world)
    assert even == pytest.approx(np.full(even.shape, 0.2))
    parents = np.full(even.shape, 100)
    parents[1, 3] = 300
    network = DEFAULTS["labour_migration.network"]
    among = land(world, newcomers_find(parents))
    assert among[1, 3] == pytest.approx(network * 3 / 7 + (1 - network) * 0.2)
    assert among[0] == pytest.approx(even[0])
    labour.staff[..., 0] *= 2
    work = land(world)
    assert work[:, 0] == pytest.approx(network * 0.2 + (1 - network) / 3)
    none = np.zeros(even.shape, dtype=np.int64)
    assert land(world, newcomers_find(none))[:, 0] == pytest.approx(1 / 3)
    world.parameters = DEFAULTS
    urban = TABLES.regions.urban
    ratio = land(world) / work
    assert (np.argsort(ratio[0]) == np.argsort(urban)).all()


def test_those_who_come_go_where_it_is_tight() -> None:
    even, uneven = made()[0], made(by_region=(1.0, 1.0, 1.0, 1.0, 3.0))[0]
    assert (uneven.worker_places[:, 4] > even.worker_places[:, 4]).all()
    assert uneven.worker_places.sum(axis=1) == pytest.approx(1.0)
    assert np.array_equal(uneven.places, even.places)
    assert uneven.workers == even.workers

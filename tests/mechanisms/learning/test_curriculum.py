"""What schools teach (L6): at rest at the start, then behind by how fast technology and schools move."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from reference import partnerships as reference
from techsim.data.inputs import Tables
from techsim.mechanisms.learning.curriculum import process as curriculum
from techsim.mechanisms.learning.curriculum.choice import lag_at_rest, renewal_at_rest
from techsim.mechanisms.learning.curriculum.declare import INDICATORS, PARAMETERS
from techsim.mechanisms.learning.curriculum.kernels import FASTEST, SLOWEST, fill_contact, renew, renewal
from techsim.mechanisms.learning.teachers.kernels import GRAIN
from techsim.mechanisms.learning.technical_students import technical_students
from techsim.mechanisms.world import World
from techsim.population.clock import month_index
from techsim.population.states import Stage
from techsim.results.coordinates import coordinates, sizes
from techsim.results.recorder import Recorder

FIRST = month_index(2008, 1)
DEFAULTS = {p.name: p.default for p in PARAMETERS} | {"currency.at_graduation": 0.9}


def students(tables: Tables, count: int = 3000) -> Any:
    rng = np.random.default_rng(3)
    return SimpleNamespace(
        stage=rng.choice([Stage.VO, Stage.MBO, Stage.HBO, Stage.WO_MASTER], count).astype(np.int8),
        programme=rng.integers(-1, tables.education.programme_field.size, count).astype(np.int8),
        region=rng.integers(0, tables.dimensions.size("region"), count).astype(np.int8),
    )


def world_of(tables: Tables, equipment: float = 0.0, reach: float | None = None, **chosen: float) -> World:
    values = DEFAULTS | {name.replace("__", "."): value for name, value in chosen.items()}
    people, regions = students(tables), tables.dimensions.size("region")
    return World(
        seed=1, month=FIRST - 1, first=FIRST, last=FIRST + 60, scale=100.0, people=people, tables=tables,
        parameters=values, hooks={"curriculum.equipment": np.full(regions, equipment)}, output_gap=np.zeros(61),
        recorder=Recorder(INDICATORS, sizes(coordinates(tables.dimensions)), FIRST, FIRST + 60),
        schools=None, labour=None,  # type: ignore[arg-type]
        partnerships=None if reach is None else SimpleNamespace(reach=np.full((2, regions), reach)),  # type: ignore
        curriculum=curriculum.create_curriculum(people, tables, values),
    )  # fmt: skip


def after(world: World, months: int = 36) -> np.ndarray[Any, Any]:
    """Currency taught in technical fields after some months."""
    for _ in range(months):
        world.month += 1
        curriculum.process(world)
    taught: np.ndarray[Any, Any] = world.curriculum.taught[world.tables.dimensions.field_technical]
    return taught


def test_students_are_counted_by_field_level_and_region(tables: Tables) -> None:
    people, education = students(tables), tables.education
    expected: dict[tuple[int, ...], int] = {}
    for stage, programme, region in zip(people.stage, people.programme, people.region, strict=True):
        field = education.programme_field[programme]
        if stage in (Stage.MBO, Stage.HBO, Stage.WO_MASTER) and programme >= 0 and tables.dimensions.technical[field]:
            cell = (int(field), int(education.programme_level[programme]), int(region))
            expected[cell] = expected.get(cell, 0) + 1
    found = technical_students(people, tables)
    assert {tuple(c): int(found[tuple(c)]) for c in np.argwhere(found).tolist()} == expected
    assert len(expected) > 50


@pytest.mark.parametrize("mean", [0.75, 0.9, 0.97])
def test_the_mean_at_the_start_is_that_of_the_parameter(tables: Tables, mean: float) -> None:
    world = world_of(tables, currency__at_graduation=mean)
    weights = technical_students(world.people, tables)
    assert (weights * world.curriculum.taught).sum() / weights.sum() == pytest.approx(mean, abs=1e-9)


def test_schools_are_at_rest_when_nothing_changes(tables: Tables) -> None:
    world = world_of(tables)
    before = world.curriculum.taught[tables.dimensions.field_technical].copy()
    np.testing.assert_allclose(after(world), before, rtol=1e-12)
    lag = world.recorder.arrays["teaching_lag"][1]
    assert np.nanmin(lag) == pytest.approx(np.nanmax(lag))
    assert np.isnan(lag[~tables.dimensions.field_technical]).all()


def test_a_month_is_that_of_the_reference(tables: Tables) -> None:
    world = world_of(tables, equipment=0.7, reach=0.2, curriculum__frontier_speed=1.8)
    p, delta = world.parameters, 1.8 * tables.curriculum.renewal
    start = renewal_at_rest(
        tables.curriculum.renewal, technical_students(world.people, tables).sum(axis=(1, 2)).astype(float), 0.9
    )
    usual = start - p["curriculum.contact"] * p["curriculum.contact_base"]
    pace = usual * 1.7 ** p["curriculum.equipment_elasticity"] + start - usual + 0.2 * p["curriculum.partnership"]
    for f in np.flatnonzero(tables.dimensions.field_technical):
        behind = tables.curriculum.renewal[f] * lag_at_rest(start)
        expected = reference.taught(24, delta[f], behind, pace)[-1]
        assert after(world_of(tables, 0.7, 0.2, curriculum__frontier_speed=1.8), 24)[f] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ({}, {"equipment": 0.5}), ({"equipment": 0.5}, {"equipment": 1.0}), ({"reach": 0.0}, {"reach": 0.2}),
        ({"curriculum__frontier_speed": 2.0}, {"curriculum__frontier_speed": 1.0}),
    ],
)  # fmt: skip
def test_what_raises_the_currency_taught(tables: Tables, low: dict[str, float], high: dict[str, float]) -> None:
    worse, better = after(world_of(tables, **low)), after(world_of(tables, **high))
    assert (better > worse).all()
    assert 0.0 < worse.min() < better.max() <= 1.0


def test_contact_with_firms_renews() -> None:
    assert [renewal(0.2, contact, 0.5, 0.0, 0.5) for contact in (0.0, 0.1)] == pytest.approx([0.2, 0.25])
    assert (renewal(0.2, -9.0, 0.5, 0.0, 0.5), renewal(0.2, 99.0, 0.5, 0.0, 0.5)) == (SLOWEST, FASTEST)


def test_contact_is_what_hybrid_teachers_teach_more() -> None:
    rng, segment_of = np.random.default_rng(8), np.array([1, 1, 0, 2])
    by_kind, usual, contact = rng.uniform(0.0, 9.0, (3, 2, 5)), rng.random((3, 2, 5)), np.empty((4, 5))
    hybrid = by_kind[:, 1]
    hours = hybrid + rng.uniform(0.0, 90.0, (3, 5))
    fill_contact(by_kind, hours, hybrid.sum(axis=1), hours.sum(axis=1), usual, 1, segment_of, contact)
    for lv, s in enumerate(segment_of):
        for r in range(5):
            country = hybrid[s].sum() / hours[s].sum()
            share = (hybrid[s, r] + GRAIN * country) / (hours[s, r] + GRAIN)
            assert contact[lv, r] == pytest.approx(share - usual[s, 1, r])


def test_schools_follow_the_frontier() -> None:
    rng, shape = np.random.default_rng(9), (3, 2, 5)
    invested, contact, reach = rng.uniform(0.0, 0.5, 5), rng.uniform(-0.3, 0.3, shape[1:]), rng.random(shape[1:])
    frontier, vintage, lag = rng.uniform(0.0, 1.0, 3), rng.uniform(-1.0, 1.0, shape), np.empty(shape)
    before = vintage.copy()
    renew(invested, 0.1, contact, 0.5, reach, 9.0, frontier, vintage, lag)
    for f, lv, r in np.ndindex(shape):
        pace = renewal(invested[r], max(0.1 + float(contact[lv, r]), 0.0), 0.5, reach[lv, r], 9.0)
        expected = before[f, lv, r] + pace / 12 * (frontier[f] - before[f, lv, r])
        assert vintage[f, lv, r] == pytest.approx(expected)
        assert lag[f, lv, r] == max(frontier[f] - vintage[f, lv, r], 0.0)
    assert {True, False} == set((lag > 0.0).ravel().tolist())


def test_ict_lags_most(tables: Tables) -> None:
    fields = [f for f, technical in zip(tables.dimensions.field, tables.dimensions.technical, strict=True) if technical]
    taught = after(world_of(tables)).mean(axis=(1, 2))
    assert fields[int(taught.argmin())] == "ict"

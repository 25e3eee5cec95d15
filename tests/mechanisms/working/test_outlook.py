"""When workers will retire (W1): by the rule by which they do."""

from __future__ import annotations

import numpy as np
import pytest
from labour_world import adults, copy_of, world_of

from techsim.data.inputs import Tables
from techsim.mechanisms.working.participation import outlook
from techsim.population.people import People
from techsim.population.randomness import Purpose, normal
from techsim.population.states import Labour


@pytest.fixture(scope="module")
def people(tables: Tables) -> People:
    return adults(tables, 4_000)


def test_classes_by_each_workers_own_age_of_retirement(people: People, tables: Tables) -> None:
    world = world_of(copy_of(people), tables)
    world.month += (12 - world.calendar_month) % 12
    outlook.process(world)
    found = world.recorder.arrays["workers_by_retirement"][0]
    pension = tables.demography.pension_age_at(world.month)
    mean, spread = tables.labour.retirement_age_at(world.year, pension), world.parameters["retirement.spread"]
    expected = np.zeros(found.shape)
    for i in np.flatnonzero(world.people.labour == Labour.EMPLOYED):
        own = mean + spread * normal(world.seed, int(Purpose.RETIREMENT), world.people.id[i], 0, 0)
        left = own - (world.month - int(world.people.birth_month[i])) / 12.0
        expected[0 if left <= 5 else 1 if left <= 10 else 2, world.people.occupation[i]] += 1
    np.testing.assert_array_equal(found, expected)
    assert (found[:2].sum(axis=1) > 50).all()


def test_it_is_recorded_in_december_only(people: People, tables: Tables) -> None:
    world = world_of(copy_of(people), tables)
    assert world.calendar_month != 12
    before = world.recorder.arrays["workers_by_retirement"].copy()
    outlook.process(world)
    np.testing.assert_array_equal(world.recorder.arrays["workers_by_retirement"], before)

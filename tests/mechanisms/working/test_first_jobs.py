"""First jobs of the start (W2): last summer's leavers are matched, nobody else is touched."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from techsim.mechanisms.working.matching.first_jobs import JOB, find_first_jobs, thinned
from techsim.mechanisms.working.placement.declare import OLDEST_LEAVER
from techsim.mechanisms.world import World
from techsim.model.simulation import TechsimModel
from techsim.population.clock import MONTHS
from techsim.population.people import FIELDS
from techsim.population.start_jobs import kept_apprentices
from techsim.population.start_rules import USUAL
from techsim.population.states import Labour, Stage
from techsim.population.synthetic import synthesise

Build = Callable[..., World]


def before_the_run(scale: int = 300) -> tuple[World, np.ndarray, np.ndarray]:
    """A world of the month before the first, with people as the tables place them; who is fresh, and who is kept."""
    model = TechsimModel("scenarios/baseline.yaml", scale=scale)
    world = model.world
    world.people = synthesise(world.tables, world.seed, float(scale), world.first)
    kept = kept_apprentices(
        world.people, world.tables.education, world.tables.dimensions, world.first, world.seed, USUAL.kept
    )
    fresh = (world.people.left_education >= world.first - MONTHS) & (world.people.stage == Stage.OUT)
    return world, fresh & (world.people.labour == Labour.EMPLOYED), kept


def test_only_fresh_leavers_change_jobs_and_all_keep_one() -> None:
    world, fresh, kept = before_the_run()
    before = {name: getattr(world.people, name).copy() for name in FIELDS}
    find_first_jobs(world, kept)
    others = ~fresh | kept
    for name in FIELDS:
        now = getattr(world.people, name)
        np.testing.assert_array_equal(now[others], before[name][others])
        if name not in JOB:
            np.testing.assert_array_equal(now, before[name])
    changed = (world.people.occupation != before["occupation"]) | (world.people.job_region != before["job_region"])
    assert changed[fresh & ~kept].mean() > 0.25
    assert (world.labour.open_vacancies >= 0).all()


def test_matched_leavers_work_in_their_field_more_often_than_the_tables_say() -> None:
    world, fresh, kept = before_the_run(scale=100)
    people, tables = world.people, world.tables
    technical = np.append(tables.dimensions.field_technical, False)[people.field]
    young = world.first - people.birth_month < 12 * OLDEST_LEAVER
    who = np.flatnonzero(fresh & ~kept & technical & young)
    by_table = tables.labour.related[people.field[who], people.occupation[who]].mean()
    find_first_jobs(world, kept)
    assert tables.labour.related[people.field[who], people.occupation[who]].mean() > by_table + 0.01


def test_no_vacancies_leave_everybody_where_the_tables_put_them() -> None:
    world, _, kept = before_the_run()
    world.labour.open_vacancies[:] = 0
    before = world.people.occupation.copy()
    find_first_jobs(world, kept)
    np.testing.assert_array_equal(world.people.occupation, before)


def test_kept_apprentices_work_in_the_field_of_their_training() -> None:
    world, fresh, kept = before_the_run(scale=100)
    people, education = world.people, world.tables.education
    np.testing.assert_array_equal(people.occupation[kept], people.field[kept])
    assert (people.job_level[kept] <= people.level[kept]).all()
    assert (kept <= fresh).all()
    mbo3 = fresh & (people.level == 2) & (people.field < world.tables.dimensions.general)
    technical = mbo3 & np.append(world.tables.dimensions.field_technical, False)[people.field]
    none = kept_apprentices(people, education, world.tables.dimensions, world.first, world.seed, 0.0)
    assert not none.any()
    assert kept[technical].mean() == pytest.approx(USUAL.kept * education.bbl_leavers[2, 1], abs=0.15)


@pytest.mark.parametrize("total", [0.0, 10.0, 57.3, 1000.0])
def test_thinned_vacancies_are_as_many_as_asked(total: float) -> None:
    vacancies = np.random.default_rng(3).integers(0, 4, (5, 4, 3, 2))
    some = thinned(vacancies, total)
    assert (some <= vacancies).all()
    assert (some >= 0).all()
    assert some.sum() == pytest.approx(min(total, vacancies.sum()), abs=0.1 * vacancies.sum())

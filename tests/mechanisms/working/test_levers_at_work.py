"""What pay, shown skills and transitions do at work: to desired staff, and to who gets which job."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest

from techsim.mechanisms.working.demand.process import dear_work, transitions
from techsim.mechanisms.working.demand.process import process as plan_staff
from techsim.mechanisms.working.matching.process import process as match
from techsim.mechanisms.working.matching.process import skills_shown
from techsim.mechanisms.world import World
from techsim.population.clock import MONTHS
from techsim.population.states import Labour

Build = Callable[..., World]
BEGIN = 2008.0
LATER = 24


def desired(make_world: Build, **parameters: float) -> np.ndarray:
    """Staff wanted after two years, by group and level."""
    world = make_world(demand__transitions_from=BEGIN, **parameters)
    world.month += LATER
    plan_staff(world)
    wanted: np.ndarray = world.labour.desired.sum(axis=(0, 3))
    return wanted


@pytest.mark.parametrize(
    ("transition", "grow", "shrink"),
    [
        ("energy_transition", ("technical_construction", "technical_metal"), ("health", "education", "business")),
        ("digitalisation", ("technical_ict",), ("business", "other")),
    ],
)
def test_a_transition_moves_jobs_and_makes_none(
    make_world: Build, transition: str, grow: tuple[str, ...], shrink: tuple[str, ...]
) -> None:
    groups = make_world().tables.dimensions.occupation
    plain, moved = desired(make_world), desired(make_world, **{f"demand__{transition}": 0.03})
    change = dict(zip(groups, (moved - plain).sum(axis=1), strict=True))
    assert all(change[group] > 0 for group in grow)
    assert all(change[group] < 0 for group in shrink)
    # Not to the last job: the sectors that grow swing more with the cycle than the others.
    assert moved.sum() == pytest.approx(plain.sum(), rel=1e-3)


def test_a_transition_by_hand(make_world: Build) -> None:
    """Growth of a cell: (weight of its sector + group + level) x rate x years, from its year on."""
    world = make_world(demand__energy_transition=0.02, demand__transitions_from=BEGIN)
    dims = world.tables.dimensions
    sector, group, level = (
        dims.sector.index("energy_utilities"), dims.occupation.index("technical_metal"), dims.level.index("mbo4"),
    )  # fmt: skip
    assert not transitions(world).any()
    world.month += LATER
    assert transitions(world)[sector, group, level] == pytest.approx((1.0 + 0.7 + 0.3) * 0.02 * LATER / MONTHS)
    other = dims.sector.index("health_care")
    assert transitions(world)[other, dims.occupation.index("health"), dims.level.index("wo")] == 0.0


def test_pay_that_employers_bear_lowers_technical_staff_wanted_where_they_bear_it(make_world: Build) -> None:
    world = make_world()
    share, technical = world.labour.base_share, world.tables.dimensions.occupation_technical
    assert dear_work(world, share) is share
    world.hooks["pay.employers"] = np.array([0.0, 0.1, 0.0, 0.0, 0.0])
    less = dear_work(world, share) / np.where(share > 0, share, 1.0)
    here = share > 0
    expected = np.ones_like(share)
    expected[:, technical, :, 1] = 1.1 ** -world.parameters["demand.wage_elasticity"]
    np.testing.assert_allclose(less[here], expected[here])


def hired_into_technology(make_world: Build, hook: str, value: float) -> int:
    world = make_world(matching__interview=0.9)
    world.labour.open_vacancies += 1
    world.labour.begin_month()
    world.hooks[hook] = np.full(5, value)
    match(world)
    return int(world.labour.ledger.hired[:, world.tables.dimensions.occupation_technical].sum())


def test_pay_draws_seekers_to_technology(make_world: Build) -> None:
    assert hired_into_technology(make_world, "pay.technical", 0.3) > hired_into_technology(
        make_world, "pay.technical", 0.0
    )


def test_skills_are_shown_of_the_unemployed_only_and_of_more_with_more_reach(make_world: Build) -> None:
    world = make_world()
    who = np.flatnonzero((world.people.labour == Labour.UNEMPLOYED) | (world.people.labour == Labour.EMPLOYED))
    idle = world.people.labour[who] == Labour.UNEMPLOYED
    shown = []
    for reach in (0.0, 0.3, 0.7, 1.0):
        world.hooks["matching.skills"] = np.full(5, reach)
        shown.append(skills_shown(world, who))
        assert shown[-1][idle].mean() == pytest.approx(reach, abs=0.1)
        assert not shown[-1][~idle].any()
    for fewer, more in itertools.pairwise(shown):
        assert not (fewer & ~more).any()
    world.month += 1
    world.hooks["matching.skills"] = np.full(5, 0.7)
    np.testing.assert_array_equal(skills_shown(world, who), shown[2])


def test_shown_skills_open_other_groups(make_world: Build) -> None:
    """Of the unemployed who find work, more do so outside the occupation group of their field."""
    moved = [0, 0]
    for seed in range(24):
        for reach in (0, 1):
            world = make_world(matching__interview=0.9, matching__shown_fit=0.6, matching__field_pull_floor=1.0)
            world.seed = seed
            world.labour.open_vacancies += 1
            world.labour.begin_month()
            world.hooks["matching.skills"] = np.full(5, float(reach))
            people = world.people
            idle = (people.labour == Labour.UNEMPLOYED) & (people.field < world.tables.dimensions.general)
            match(world)
            found = idle & (people.labour == Labour.EMPLOYED)
            moved[reach] += int((found & (people.occupation != people.field)).sum())
    assert moved[1] > 1.04 * moved[0]

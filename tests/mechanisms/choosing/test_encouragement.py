"""What levers of choosing do, person by person: nested sets, and nothing to those whom they do not concern."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest

from mechanisms.choosing.test_choosing_directions import (
    SEEDS,
    Bools,
    assert_nested,
    onward,
    onward_world,
    pupils,
    technical,
    technical_after,
)  # fmt: skip
from techsim.data.education import DESTINATIONS, DIPLOMAS
from techsim.data.inputs import Tables
from techsim.mechanisms.choosing.exposure.process import process as expose
from techsim.mechanisms.choosing.exposure.process import teaching
from techsim.mechanisms.choosing.onward.choice import UP, note_switchers, switched
from techsim.mechanisms.world import World
from techsim.population.states import Profile, Stage

FEMALE = 1
REACHING = ("guidance.reach", "role_models.girls", "role_models.migration")
"""Hooks of programmes that reach some pupils and not others, by their bit."""


def chosen(tables: Tables, seed: int, hook: str, value: float) -> tuple[World, Bools]:
    world = pupils(tables, seed, (2010, 9), Stage.VO, default=True)
    world.offered = {name: values.copy() for name, values in world.hooks.items()}
    world.hooks[hook][:] = value
    return world, technical_after(world)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("hook", "concerned"),
    [
        ("guidance.reach", lambda people: people.sex >= 0),
        ("role_models.girls", lambda people: people.sex == FEMALE),
        ("role_models.migration", lambda people: people.background > 0),
        ("image.reach", lambda people: people.sex >= 0),
        ("pay.technical", lambda people: people.sex >= 0),
    ],
)
def test_more_reach_never_lowers_technical_choice_and_leaves_others_alone(
    tables: Tables, seed: int, hook: str, concerned: Callable[..., Bools]
) -> None:
    few, many = (chosen(tables, seed, hook, value) for value in (0.0, 1.0))
    assert_nested(few[1], many[1])
    others = ~concerned(few[0].people)
    np.testing.assert_array_equal(few[1][others], many[1][others])


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("hook", REACHING)
def test_only_those_whom_a_programme_reaches_choose_otherwise(tables: Tables, seed: int, hook: str) -> None:
    """As many as it says of those at whom it is aimed, and nobody else."""
    outcomes = []
    for more in (0.0, 0.3):
        world = pupils(tables, seed, (2010, 9), Stage.VO, default=True)
        for name, usual in zip(REACHING, (0.5, 0.0, 0.0), strict=True):
            world.hooks[name][:] = usual
        world.offered = {name: world.hooks[name].copy() for name in REACHING}
        world.hooks[hook] += more
        outcomes.append(technical_after(world))
    people, kept = world.people, world.schools.reached
    aimed = {"role_models.girls": people.sex == FEMALE, "role_models.migration": people.background > 0}
    chooses = (people.profile != Profile.NONE) & aimed.get(hook, people.sex >= 0)
    reached = np.isin(people.id, kept.ids)
    assert set(kept.by.tolist()) == {1 << REACHING.index(hook)}
    assert not (reached & ~chooses).any()
    assert reached.sum() / chooses.sum() == pytest.approx(0.3, abs=0.05)
    assert_nested(*outcomes)
    assert not ((outcomes[0] != outcomes[1]) & ~reached).any()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("hook", ["image.reach", "pay.technical"])
def test_image_and_pay_never_lower_technical_followup(tables: Tables, seed: int, hook: str) -> None:
    outcomes = []
    for value in (0.0, 1.0):
        world = onward_world(tables, seed, followup__image_weight=1.0)
        world.hooks[hook][:] = value
        outcomes.append(technical(world, onward(world)))
    assert_nested(*outcomes)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("hook", ["exposure.support", "exposure.pabo"])
def test_more_and_better_science_never_lowers_affinity(tables: Tables, seed: int, hook: str) -> None:
    affinity = []
    for value in (0.1, 1.0):
        world = pupils(tables, seed, (2010, 8), Stage.PRIMARY, exposure__wt_effect=0.5, exposure__intensity=0.5)
        world.hooks[hook][:] = value
        expose(world)
        affinity.append(world.people.affinity.copy())
    assert (affinity[1] >= affinity[0]).all()
    assert (affinity[1] > affinity[0]).any()


def test_teachers_follow_their_pabo_late(tables: Tables) -> None:
    """After a year a share rho of the way; nothing at once, and never beyond."""
    world = pupils(tables, 1, (2010, 8), Stage.PRIMARY, default=True)
    world.schools.wt_teachers = np.full(5, world.schools.wt_reference)
    np.testing.assert_array_equal(teaching(world), np.ones(5))
    world.hooks["exposure.pabo"][:] = 1.0
    gaps = []
    for _ in range(3):
        gaps.append(1.0 - world.schools.wt_teachers[0])
        expose(world)
    ratios = [after / before for before, after in itertools.pairwise(gaps)]
    assert ratios == pytest.approx([1.0 - world.parameters["exposure.teacher_renewal"]] * 2)


def test_cheap_switching_in_a_region_moves_nobody_elsewhere(tables: Tables) -> None:
    found = []
    for courses in (0.0, 1.0):
        world = onward_world(tables, 2, switching__cost_weight_down=0.0, switching__cost=1.0, switching__relief=0.8)
        world.hooks["switching.courses"] = np.array([0.0, courses, 0.0, 0.0, 0.0])
        choices = onward(world)
        found.append((choices.destination.copy(), choices.field.copy()))
    elsewhere = world.people.region != 1
    for before, after in zip(*found, strict=True):
        np.testing.assert_array_equal(before[elsewhere], after[elsewhere])
        assert (before != after).any()


def test_switchers_are_those_who_go_up_or_change_kind(tables: Tables) -> None:
    world = onward_world(tables, 3)
    choices, dims = onward(world), world.tables.dimensions
    expected = [0] * dims.size("region")
    for n, i in enumerate(choices.who.tolist()):
        up = DESTINATIONS[choices.destination[n]] in UP.get(DIPLOMAS[world.people.diploma[i]], ())
        field = int(choices.field[n])
        if up or (field >= 0 and bool(dims.field_technical[field]) != bool(choices.earlier[n])):
            expected[world.people.region[i]] += 1
    note_switchers(world, switched(world, choices))
    assert world.schools.switchers.tolist() == expected
    assert min(expected) > 0

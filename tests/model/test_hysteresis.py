"""Those who leave technology in a slump seldom return (W3): followed one by one, in the whole model."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from model.runs import scenario
from techsim.experiment.simulate import tables
from techsim.mechanisms.world import World
from techsim.model.simulation import TechsimModel
from techsim.population.states import Labour, Stage

SLUMP = {"2009": -0.05, "2010": -0.05, "2011": -0.03, "2012": -0.01, "2013": 0.0, "2014": 0.0, "2015": 0.0}
SEEDS, SCALE, YEARS = (1, 2), 200, 3


def technicians(world: World, ids: np.ndarray) -> np.ndarray:
    """Of ``ids``, those in technical work now, of who still works or looks for work."""
    people, technical = world.people, world.tables.dimensions.occupation_technical
    rows = np.flatnonzero(np.isin(people.id, ids) & (people.stage == Stage.OUT))
    rows = rows[(people.labour[rows] == Labour.EMPLOYED) | (people.labour[rows] == Labour.UNEMPLOYED)]
    works = people.labour[rows] == Labour.EMPLOYED
    return np.asarray(works & technical[np.maximum(people.occupation[rows], 0)])


@lru_cache
def returned(**parameters: float) -> tuple[float, float]:
    """Share in technical work three years on: of technicians out of work for half a year or more in the slump, and of
    those who kept their job then."""
    lost, kept = [], []
    for seed in SEEDS:
        what = scenario("2013-12", SCALE, dict(parameters), gaps=SLUMP, seed=seed)
        model = TechsimModel(what, tables=tables(), draw_seed=seed)
        world = model.world
        while (world.year, world.calendar_month) != (2010, 6):
            model.step()
        people, dims = world.people, world.tables.dimensions
        was = dims.occupation_technical[np.maximum(people.occupation, 0)] & (people.occupation >= 0)
        was &= dims.field_technical[np.maximum(people.field, 0)] & (people.stage == Stage.OUT)
        young = world.month - people.birth_month < 12 * 55
        idle = was & young & (people.labour == Labour.UNEMPLOYED) & (world.month - people.since >= 6)
        works = was & young & (people.labour == Labour.EMPLOYED)
        groups = people.id[idle].copy(), people.id[works].copy()
        for _ in range(12 * YEARS):
            model.step()
        lost.append(technicians(world, groups[0]))
        kept.append(technicians(world, groups[1]))
    return float(np.concatenate(lost).mean()), float(np.concatenate(kept).mean())


def test_who_loses_technical_work_in_a_slump_is_seldom_back_three_years_on() -> None:
    lost, kept = returned()
    assert lost < kept - 0.2
    assert lost < 0.75


def test_skills_that_fade_keep_them_out() -> None:
    """Without fading, and where skills weigh nothing in what fits, more come back."""
    fading, _ = returned(**{"currency.fade": 0.04, "currency.weight": 0.9})
    lasting, _ = returned(**{"currency.fade": 0.0, "currency.weight": 0.0})
    assert lasting > fading + 0.02

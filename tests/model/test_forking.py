"""A run that goes on from another's state gives what a whole run gives, bit for bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from model.runs import scenario
from techsim.experiment.simulate import tables
from techsim.model.catalogue import catalogue
from techsim.model.forking import first_difference, fork, sketch, start
from techsim.model.simulation import TechsimModel
from techsim.population.clock import label
from techsim.population.people import FIELDS
from techsim.scenario import Scenario

SCALE = 1000
DEFAULTS = {name: parameter.default for name, parameter in catalogue().parameters.items()}


def model(what: Scenario, make: Any = start, **parameters: float) -> TechsimModel:
    return make(what, what.draws.seed, DEFAULTS | parameters, tables())


def go(what: TechsimModel, last: int | None = None) -> TechsimModel:
    while what.running and (last is None or what.world.month < last):
        what.step()
    return what


def everything(what: TechsimModel) -> dict[str, np.ndarray]:
    """The record, and the people by id."""
    people = what.world.people
    order = np.argsort(people.id)
    return dict(what.world.recorder.arrays) | {f"people.{name}": getattr(people, name)[order] for name in FIELDS}


def assert_same(one: TechsimModel, other: TechsimModel) -> None:
    a, b = everything(one), everything(other)
    assert a.keys() == b.keys()
    for name, values in a.items():
        np.testing.assert_array_equal(values, b[name], err_msg=name)
    for name, recorded in one.world.recorder.recorded.items():
        if one.world.recorder.indicators[name].kind == "money":
            continue  # without levers nobody asks for it; of money, what was never asked for is nothing
        np.testing.assert_array_equal(recorded, other.world.recorder.recorded[name], err_msg=name)
        np.testing.assert_array_equal(one.world.recorder.partial(name), other.world.recorder.partial(name))


LEVERS = (
    {"deeltijd_ww": {"start": "2009-07", "end": "2010-06"}},
    {"technologieroute": {"start": "2009-08", "volume": 0.5}},
)


def tax(**fields: Any) -> dict[str, Any]:
    """A lever that acts from February 2008."""
    return {"levers": ({"wva_onderwijs": {"start": "2008-02", "volume": 0.5} | fields},)}


SLUMP = {"2008": 0.0, "2009": 0.0, "2010": -0.06}
TRIGGERED = ({"deeltijd_ww": {"start": "2008-06", "end": "2010-12", "when": {"output_gap_below": -0.05}}},)


@pytest.mark.parametrize(
    ("base", "other", "month"),
    [
        pytest.param({}, {"levers": LEVERS}, "2009-07", id="levers"),
        pytest.param({"levers": LEVERS[1:]}, {"levers": LEVERS}, "2009-07", id="a lever more"),
        pytest.param(
            {"gaps": SLUMP}, {"gaps": SLUMP, "levers": TRIGGERED}, "2010-01", id="a lever that waits for a slump"
        ),
        pytest.param(tax(), tax(end="2009-06"), "2009-07", id="a lever that ends earlier"),
        pytest.param(tax(end="2009-06"), tax(), "2009-07", id="a lever that ends later"),
        pytest.param(tax(phase_in=14), tax(), "2008-02", id="a lever that is phased in"),
        pytest.param(tax(), tax(volume=0.4, end="2009-06"), "2008-02", id="a lever of another volume"),
        pytest.param({}, {"gaps": {"2010": -0.06}}, "2010-01", id="another cycle"),
        pytest.param({}, {"process": "2009-10"}, "2009-10", id="chance in the cycle"),
        pytest.param({}, {}, "2011-01", id="nothing: they never differ"),
    ],
)
def test_a_fork_is_a_whole_run(base: dict[str, Any], other: dict[str, Any], month: str) -> None:
    one, two = (scenario("2010-12", SCALE, **what) for what in (base, other))
    trunk, branch = model(one), model(two, sketch)
    first = first_difference(trunk, branch)
    assert label(first) == month
    go(trunk, first - 1)
    assert_same(go(fork(trunk, branch)), go(model(two)))
    assert_same(go(trunk), go(model(one)))  # the fork has left no mark on what it came from
    assert branch.scenario.population.scale == branch.world.scale == SCALE


def test_other_people_or_parameters_share_no_past() -> None:
    one = scenario("2010-12", SCALE)
    trunk = model(one)
    assert first_difference(trunk, model(one, sketch, **{"profile.peer_weight": 0.1})) == trunk.world.first
    assert first_difference(trunk, model(scenario("2010-12", SCALE, seed=2), sketch)) == trunk.world.first
    assert first_difference(trunk, model(scenario("2010-12", 2 * SCALE), sketch)) == trunk.world.first


def test_what_was_spent_by_a_lever_that_the_other_lacks_is_refused() -> None:
    """A fork too late would lose money."""
    paid = scenario("2009-12", SCALE, levers=({"career_guidance": {"start": "2008-01"}},))
    trunk = go(model(paid), scenario().period.first + 3)
    with pytest.raises(ValueError, match="career_guidance"):
        fork(trunk, model(scenario("2009-12", SCALE), sketch))

"""A lever of volume zero is no lever, exactly, in the whole model; whatever the lever."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pytest

from model.runs import finished, scenario
from techsim.levers import catalogue
from techsim.model.simulation import TechsimModel
from techsim.population.people import FIELDS

END, SCALE = "2009-12", 4000  # the slump of 2009 is in it, which some levers wait for
OLD = {"deeltijd_ww_2009"}
"""Levers that begin within these two years by their own dates."""


DEFAULTS = {"retraining": {"volume": 50_000}}
"""Where the default volume is less than a simulated person in a region."""


def fields(name: str, **others: Any) -> dict[str, Any]:
    return others if name in OLD else {"start": "2008-06", **others}


@lru_cache(maxsize=1)
def plain() -> TechsimModel:
    return finished(scenario(END, SCALE))


def alike(one: np.ndarray, other: np.ndarray) -> bool:
    return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")


def differences(one: TechsimModel, other: TechsimModel) -> list[str]:
    """What differs: indicators by name, columns of people."""
    mine, theirs = one.world.recorder.arrays, other.world.recorder.arrays
    found = [name for name in mine if name != "spending" and not alike(mine[name], theirs[name])]
    people = one.world.people, other.world.people
    if people[0].size != people[1].size:
        return [*found, "people"]
    return found + [f for f in FIELDS if not np.array_equal(getattr(people[0], f), getattr(people[1], f))]


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_no_volume_is_no_lever(name: str) -> None:
    assert "volume" in catalogue()[name].fields.model_fields
    empty = finished(scenario(END, SCALE, levers=({name: fields(name, volume=0.0)},)))
    assert differences(plain(), empty) == []
    assert not empty.world.recorder.arrays["spending"].any()


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_with_its_volume_it_does_something_in_these_years(name: str) -> None:
    """Else that nothing differs without would say nothing."""
    whole = finished(scenario(END, SCALE, levers=({name: fields(name, **DEFAULTS.get(name, {}))},)))
    assert differences(plain(), whole) or whole.world.recorder.arrays["spending"].any()

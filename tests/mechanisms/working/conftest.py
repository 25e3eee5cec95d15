"""Worlds of working, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from mechanisms.labour_world import MONTHS, adults, copy_of, world_of
from techsim.data.inputs import Tables
from techsim.mechanisms.world import World
from techsim.population.people import People


@pytest.fixture(scope="session")
def template(tables: Tables) -> People:
    """Six thousand adults; never changed by a test."""
    return adults(tables, 6000)


@pytest.fixture
def make_world(template: People, tables: Tables) -> Callable[..., World]:
    """Build a world on a fresh copy of the template; takes ``gap``, ``months`` and parameters."""

    def build(gap: float | np.ndarray = 0.02, months: int = MONTHS, **parameters: float) -> World:
        return world_of(copy_of(template), tables, gap, months, **parameters)

    return build

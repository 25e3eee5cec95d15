"""What teachers allow (L2): stretch, quality, places, and what they do to drop-out and diplomas. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from techsim.data.education import COLUMNS
from techsim.data.teaching import SEGMENTS
from techsim.mechanisms.learning.state import Counts, Floats

if TYPE_CHECKING:
    from techsim.mechanisms.world import World

GRAIN = 10.0
"""Simulated full-time teachers whose word a small cell takes from the country."""
COUNTRYWIDE = ("hbo", "wo")
"""Segments whose students come from the whole country."""
SEGMENT_OF = np.array([SEGMENTS.index("mbo" if c.startswith("mbo") else c[:3].rstrip("_")) for c in COLUMNS])
"""Segment of each column of education; (columns,)."""


def filled_share(available: Floats, wanted: Floats) -> Floats:
    """c = (A + g c_n) / (W + g), c_n = sum A / sum W over regions: posts filled; [S, K, R]."""
    country = available.sum(axis=2) / np.maximum(wanted.sum(axis=2), 1e-9)
    return np.asarray((available + GRAIN * country[..., None]) / (wanted + GRAIN))


def stretch_of(*, students: Floats, norm: Floats, available: Floats, wanted: Floats) -> Floats:
    """s+ = S / (n W c): students per teacher against the norm; [S, K, R], one where there are no posts."""
    teachers = np.maximum(wanted * filled_share(available, wanted), 1e-9)
    return np.where(wanted > 0.0, students / (norm * teachers), 1.0)


def quality_of(stretch: Floats, elasticity: float) -> Floats:
    """q = min(1, s+^-e_q); [S, K, R]."""
    return np.asarray(np.maximum(stretch, 1.0) ** -elasticity)


def places_of(*, norm: Floats, available: Floats, wanted: Floats, limit: Floats, staying: Counts) -> Counts:
    """Places for entrants of technical fields, max(0, floor(m n W c - students who stay)); [S, R].

    ``limit`` m : (R,). Segments of the whole country have all their places in the first region.
    """
    allowed = limit * (norm * wanted * filled_share(available, wanted))[:, 1]
    left = allowed - staying[:, 1]
    for name in COUNTRYWIDE:
        s = SEGMENTS.index(name)
        left[s, 0], left[s, 1:] = left[s].sum(), 0.0
    return np.maximum(np.floor(left), 0.0).astype(np.int64)


def strain(world: World, name: str) -> Floats:
    """Factor on drop-out (``dropout``) or on the chance of a diploma (``delay``); (columns, kinds, R).

    One where there are no teachers in the world, or where no teacher has more students than at the start.
    """
    shape = (len(COLUMNS), 2, world.tables.dimensions.size("region"))
    if world.teaching is None:
        return np.ones(shape)
    elasticity = strain_elasticities(world.parameters)[name]
    return np.asarray((np.maximum(world.teaching.stretch, 1.0) ** elasticity)[SEGMENT_OF])


def strain_elasticities(parameters: Mapping[str, float]) -> dict[str, float]:
    """e_d and -e_p."""
    return {"dropout": parameters["teachers.dropout"], "delay": -parameters["teachers.delay"]}

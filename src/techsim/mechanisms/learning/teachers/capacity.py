"""What teachers allow (L2): stretch, quality, places, and what they do to drop-out and diplomas. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from techsim.data.dimensions import Dimensions
from techsim.data.education import COLUMNS
from techsim.data.teaching import SEGMENTS
from techsim.mechanisms.learning.state import Counts, Floats, Mask
from techsim.mechanisms.learning.teachers.kernels import GRAIN, fill_stretch

if TYPE_CHECKING:
    from techsim.mechanisms.world import World

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
    stretch = np.empty(wanted.shape)
    fill_stretch(students, norm, available, wanted, available.sum(axis=2), wanted.sum(axis=2), stretch)
    return stretch


def quality_of(stretch: Floats, elasticity: float) -> Floats:
    """q = min(1, s+^-e_q); [S, K, R]."""
    return np.asarray(np.maximum(stretch, 1.0) ** -elasticity)


def next_turnover(*, before: Floats, students: Floats, staying: Counts, years: float) -> Floats:
    """v' = v + (o - v) / M, o = 1 - stay / S: technical students who leave in a year, of all; (S,).

    Parameters
    ----------
    before : (S,)
        v, not a number where there was none before.
    students, staying : [S, K, R]
        S at the last count, and those of them who stay.
    years : float
        M.
    """
    total = np.maximum(students[:, 1].sum(axis=1), 1.0)
    seen = np.clip(1.0 - staying[:, 1].sum(axis=1) / total, 0.0, 1.0)
    return np.asarray(np.where(np.isnan(before), seen, before + (seen - before) / years))


def places_of(
    *,
    norm: Floats,
    available: Floats,
    wanted: Floats,
    students: Floats,
    limit: Floats,
    turnover: Floats,
    years: float,
) -> Counts:
    """Places for this year's entrants of technical fields, max(0, floor(v S + (m n W c - S) / N)); [S, R].

    As many as usually leave, and a part of what is free or too many: programmes set places for the years ahead, not by
    who has happened to leave, which would let large and small years take turns.

    Parameters
    ----------
    norm, available, wanted, students : [S, K, R]
    limit : (R,)
        m.
    turnover : (S,)
        v.
    years : float
        N.

    Segments of the whole country have all their places in the first region.
    """
    allowed = limit * (norm * wanted * filled_share(available, wanted))[:, 1]
    now = students[:, 1]
    places = turnover[:, None] * now + (allowed - now) / years
    for name in COUNTRYWIDE:
        s = SEGMENTS.index(name)
        places[s, 0], places[s, 1:] = places[s].sum(), 0.0
    return np.maximum(np.floor(places), 0.0).astype(np.int64)


def strain(world: World, name: str) -> Floats:
    """Factor on drop-out (``dropout``) or on the chance of a diploma (``delay``); (columns, kinds, R).

    One where there are no teachers in the world, or where no teacher has more students than at the start.
    """
    shape = (len(COLUMNS), 2, world.tables.dimensions.size("region"))
    if world.teaching is None:
        return np.ones(shape)
    elasticity = strain_elasticities(world.parameters)[name]
    return np.asarray((np.maximum(world.teaching.stretch, 1.0) ** elasticity)[SEGMENT_OF])


def upper_tracks(dims: Dimensions) -> Mask:
    """Tracks whose upper years first-degree teachers teach: havo and vwo; bool (tracks,)."""
    return np.array([track in ("havo", "vwo") for track in dims.track])


def strain_in_vo(world: World, name: str) -> Floats:
    """The same for pupils, of those who teach them: segments vo_first and vo_second; (2, without and with technical
    subjects, R). With them, a share l of lessons is technical: s+ = l s+_technical + (1 - l) s+_other."""
    if world.teaching is None:
        return np.ones((2, 2, world.tables.dimensions.size("region")))
    other, technical = world.teaching.stretch[[SEGMENTS.index("vo_first"), SEGMENTS.index("vo_second")]].swapaxes(0, 1)
    lessons = world.parameters["teachers.technical_lessons"]
    stretch = np.stack([other, lessons * technical + (1.0 - lessons) * other], axis=1)
    elasticity = strain_elasticities(world.parameters)[name]
    return np.asarray(np.maximum(stretch, 1.0) ** elasticity)


def strain_elasticities(parameters: Mapping[str, float]) -> dict[str, float]:
    """e_d and -e_p."""
    return {"dropout": parameters["teachers.dropout"], "delay": -parameters["teachers.delay"]}

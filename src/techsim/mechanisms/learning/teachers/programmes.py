"""L2, technical programmes on offer in mbo: in September, before places. Thin regions offer fewer of them.

A school gives a programme if it can fill a group for it. Schools and programmes differ, so that of those in a region
the share

    a = Phi(log(n c / n_0) / sigma),   n = E / (J K)

is on offer: n entrants a year per school and programme, E those who choose the field in the region, smoothed over some
years, J schools (table ``mbo_schools``), K programmes of a field; c the share of teachers' posts that are filled (who
lacks teachers joins groups), n_0 the smallest group, sigma the spread. Choices of the start know what was on offer
then: of those who choose, 1 - a / a_start find their programme closed. A share travels to a school further away; the
others take another field at the same level.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from techsim.data.teaching import SEGMENTS
from techsim.mechanisms.choosing.onward.choice import Choices
from techsim.mechanisms.learning.state import Counts, Floats, Mask, Teaching
from techsim.mechanisms.learning.teachers.capacity import filled_share
from techsim.mechanisms.world import World
from techsim.population.draws import uniforms
from techsim.population.randomness import Purpose

MBO, TECHNICAL = SEGMENTS.index("mbo"), 1
NOBODY = 1e-9


def offered_share(*, group: Floats, filled: Floats, smallest: float, spread: float) -> Floats:
    """a = Phi(log(n c / n_0) / sigma); (F, R).

    Parameters
    ----------
    group : (F, R)
        n, persons.
    filled : (R,)
        c.
    smallest, spread : float
        n_0 [persons], sigma [log].
    """
    return np.asarray(ndtr(np.log(np.maximum(group * filled, NOBODY) / smallest) / spread))


def finds_closed(world: World, teaching: Teaching, choices: Choices, at: Counts, segment: Counts) -> Mask:
    """Who of ``at`` finds the programme closed and does not travel; the year's record; bool (k,)."""
    p, people, dims = world.parameters, world.people, world.tables.dimensions
    mbo = np.flatnonzero(segment[at] == MBO)
    who, field = choices.who[at[mbo]], choices.field[at[mbo]]
    region = people.region[who]
    now = np.zeros((dims.general, dims.size("region")))
    np.add.at(now, (field, region), world.scale)
    first = teaching.applicants is None
    before = now if teaching.applicants is None else teaching.applicants
    teaching.applicants = before + (now - before) / p["teachers.applicants_years"]
    filled = filled_share(teaching.fte + teaching.hybrid_fte, teaching.wanted)[MBO, TECHNICAL]
    share = offered_share(
        group=teaching.applicants / (world.tables.teaching.mbo_schools * p["teachers.programmes"]),
        filled=np.minimum(filled, 1.0),
        smallest=p["teachers.smallest_group"],
        spread=p["teachers.group_spread"],
    )
    if first:
        teaching.offered_start = share
    offered = np.minimum(share / np.maximum(teaching.offered_start, NOBODY), 1.0)
    technical = dims.field_technical[: dims.general]
    slot = world.recorder.slot("programmes_offered", world.month)
    slot[...] = np.nan
    slot[: dims.general][technical] = offered[technical]
    draw, travel = (uniforms(world.seed, int(Purpose.TEACHER), people.id[who], world.month, k) for k in (11, 12))
    closed = np.zeros(at.size, dtype=np.bool_)
    closed[mbo] = (draw >= offered[field, region]) & (travel >= p["teachers.travels"])
    return closed

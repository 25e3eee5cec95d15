"""L6 in the month: the frontier moves on, schools follow."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import numpy.typing as npt

from techsim.data.inputs import Tables
from techsim.data.teaching import KINDS, SEGMENTS
from techsim.mechanisms.learning.curriculum.choice import currency_taught, lag_at_rest, renewal_at_rest
from techsim.mechanisms.learning.curriculum.kernels import MONTHS_A_YEAR, fill_contact, renew
from techsim.mechanisms.learning.curriculum.state import Curriculum, Floats
from techsim.mechanisms.learning.technical_students import technical_students
from techsim.mechanisms.world import World
from techsim.population.people import People

JULY = 7
TECHNICAL = KINDS.index("technical")


def create_curriculum(people: People, tables: Tables, parameters: Mapping[str, float]) -> Curriculum:
    """Schools at rest at the table's speed, the mean currency over technical students that of the parameters."""
    dims, speed = tables.dimensions, tables.curriculum.renewal
    students = technical_students(people, tables)
    pace = renewal_at_rest(speed, students.sum(axis=(1, 2)).astype(np.float64), parameters["currency.at_graduation"])
    shape = (dims.size("field"), dims.size("level"), dims.size("region"))
    vintage = np.broadcast_to((-speed * lag_at_rest(pace))[:, None, None], shape).copy()
    frontier = np.zeros(shape[0])
    return Curriculum(
        frontier=frontier,
        vintage=vintage,
        usual=max(pace - parameters["curriculum.contact"] * parameters["curriculum.contact_base"], 0.0),
        taught=currency_taught(np.maximum(-vintage, 0.0)),
    )


def process(world: World) -> None:
    """Move frontier and vintage by a month; the record of a school year is that of its July."""
    state, p = world.curriculum, world.parameters
    speed = frontier_speed(world)
    state.frontier = state.frontier + speed / MONTHS_A_YEAR
    lag = np.empty_like(state.vintage)
    renew(
        invested=state.usual * (1.0 + world.hooks["curriculum.equipment"]) ** p["curriculum.equipment_elasticity"],
        contact_base=p["curriculum.contact_base"],
        contact=industry_contact(world),
        per_contact=p["curriculum.contact"],
        reach=partnerships_reach(world),
        per_reach=p["curriculum.partnership"],
        frontier=state.frontier,
        vintage=state.vintage,
        lag=lag,
    )
    currency = currency_taught(lag)
    state.taught = np.minimum(np.maximum(currency * teaching_quality(world), 0.0), 1.0)
    if world.calendar_month == JULY:
        technical = world.tables.dimensions.field_technical[:, None, None]
        years = (state.frontier[:, None, None] - state.vintage) / np.maximum(speed, 1e-9)[:, None, None]
        world.recorder.slot("taught_currency", world.month)[...] = np.where(technical, currency, np.nan)
        world.recorder.slot("teaching_lag", world.month)[...] = np.where(technical, years, np.nan)


def frontier_speed(world: World) -> Floats:
    """s delta, content that technology renews (L6), at the table's speed in worlds without schools; (fields,), log a
    year."""
    renewal_by_field = world.tables.curriculum.renewal
    if world.curriculum is None:
        return renewal_by_field
    return np.asarray(world.parameters["curriculum.frontier_speed"] * renewal_by_field)


def industry_contact(world: World) -> Floats:
    """Share of technical hours taught by hybrid teachers (L3), beyond that at the start; (levels, regions)."""
    teaching = world.teaching
    contact: Floats = np.zeros_like(world.curriculum.vintage[0])
    if teaching is None:
        return contact
    hybrid = teaching.hybrid_fte[:, TECHNICAL]
    hours = teaching.fte[:, TECHNICAL] + hybrid
    fill_contact(
        hybrid=teaching.hybrid_fte,
        hours=hours,
        all_hybrid=hybrid.sum(axis=1),
        all_hours=hours.sum(axis=1),
        usual=teaching.hybrid_share,
        kind=TECHNICAL,
        segment_of=segment_of_level(world),
        contact=contact,
    )
    return contact


def teaching_quality(world: World) -> Floats:
    """Quality of technical teaching, as students per teacher leave it (L2), one at the start; (levels, regions)."""
    if world.teaching is None:
        return np.ones_like(world.curriculum.vintage[0])
    return np.asarray(world.teaching.quality[segment_of_level(world), TECHNICAL])


def segment_of_level(world: World) -> npt.NDArray[np.int64]:
    """Segment of teachers of each level; (levels,)."""
    return _segments(world.tables.dimensions.level)


@cache
def _segments(levels: tuple[str, ...]) -> npt.NDArray[np.int64]:
    names = ["mbo" if level.startswith("mbo") else level for level in levels]
    return np.array([SEGMENTS.index(name) for name in names], dtype=np.int64)


def partnerships_reach(world: World) -> Floats:
    """Share of technical students whom partnerships reach (L5); (levels, regions)."""
    if world.partnerships is None:
        return np.zeros_like(world.curriculum.vintage[0])
    return np.asarray(world.partnerships.reach[world.tables.partnerships.group_of_level])


def taught_to_leavers(world: World) -> Floats:
    """Skill currency of who leaves technical education (W4), the mean of the start in worlds without schools' vintage;
    (fields, levels, regions)."""
    if world.curriculum is not None:
        return world.curriculum.taught
    dims = world.tables.dimensions
    shape = (dims.size("field"), dims.size("level"), dims.size("region"))
    return np.full(shape, world.parameters["currency.at_graduation"])

"""Every euro of the levers of learning stands in the ledger: what a run booked is counted again, month by month."""

from __future__ import annotations

import numpy as np
import pytest

from model.runs import scenario
from techsim.data.teaching import SEGMENTS
from techsim.experiment.simulate import tables
from techsim.mechanisms.learning.hybrid.process import CERTIFIED, WORK_HOURS
from techsim.mechanisms.world import World
from techsim.model.simulation import TechsimModel
from techsim.population.states import Stage

SCALE, TECHNICAL, OCTOBER = 400, 1, 10
GRANTS = {"start": "2008-03", "end": "2010-06", "volume": 0.5, "unit_cost": 3_000.0, "side_entry_factor": 4.0}
HYBRID = {"start": "2009-01", "volume": 0.6, "unit_cost": 8_000.0, "compensation": 0.25, "hourly_wage": 44.0}
EQUIPMENT = {"start": "2008-05", "end": "2011-04", "volume": 0.4, "unit_cost": 500.0}
CAPACITY = {"start": "2009-01", "volume": 0.2, "unit_cost": 3_600.0}
LEVERS = (
    {"teacher_grants": GRANTS}, {"hybrid_programme": HYBRID}, {"equipment": EQUIPMENT}, {"intake_capacity": CAPACITY},
)  # fmt: skip


def open_in(fields: dict[str, object], month: str) -> bool:
    """Whether a lever with these fields acts in a month, written YYYY-MM."""
    return str(fields["start"]) <= month <= str(fields.get("end", "9999-12"))


def technical_students(world: World) -> int:
    """Technical students of mbo, hbo and wo, in simulated persons."""
    people, dims, education = world.people, world.tables.dimensions, world.tables.education
    studies = (people.stage >= Stage.MBO) & (people.stage <= Stage.WO_MASTER)
    fields = education.programme_field[people.programme[studies]]
    return int(np.append(dims.field_technical, False)[fields].sum())


def capacity(world: World) -> float:
    """Technical students of mbo, hbo and wo for whom there are teachers at the ratio of the start."""
    teaching, total = world.teaching, 0.0
    assert teaching is not None
    for segment in map(SEGMENTS.index, ("mbo", "hbo", "wo")):
        for region in range(teaching.norm.shape[2]):
            at = (segment, TECHNICAL, region)
            total += float(teaching.norm[at] * (teaching.fte[at] + teaching.hybrid_fte[at]))
    return total


def side_entrants(world: World) -> int:
    """Who began in a post that asks for a teaching degree this month without one."""
    people, roster = world.people, world.teaching.regular  # type: ignore[union-attr]
    degree, education = world.tables.teaching.degree, world.tables.dimensions.field.index("education")
    count = 0
    for at in np.flatnonzero(roster.since == world.month):
        row = int(np.flatnonzero(people.id == roster.ids[at])[0])
        count += bool(degree[roster.segment[at], roster.kind[at]]) and people.field[row] != education
    return count


def posts_beyond_the_start(world: World) -> float:
    """Full-time posts of hybrid teachers beyond the share of the start, no more than the programme keeps."""
    teaching, total = world.teaching, 0.0
    assert teaching is not None
    for at in np.ndindex(teaching.wanted.shape):
        beyond = teaching.hybrid_fte[at] - teaching.hybrid_share[at] * teaching.wanted[at]
        total += min(max(beyond, 0.0), 0.6 * 0.05 * teaching.wanted[at])
    return total


def month_due(world: World) -> dict[str, float]:
    """Euro due for the month by item, by hand."""
    teaching, month = world.teaching, f"{2008 + (world.month - world.first) // 12}-{world.calendar_month:02d}"
    assert teaching is not None
    due: dict[str, float] = {}
    if open_in(GRANTS, month):
        teachers = sum(kind == TECHNICAL for kind in teaching.regular.kind.tolist())
        due["retention"] = SCALE * teachers * 0.5 * 3_000.0 / 12
        through = 0.5 * 4.0 / (1 + 0.5 * 3.0)
        due["side_entry"] = SCALE * side_entrants(world) * through * 20_000.0
    if open_in(HYBRID, month):
        roster = teaching.hybrid
        began = zip(roster.since.tolist(), roster.segment.tolist(), strict=True)
        new = sum(since == world.month and SEGMENTS[segment] in CERTIFIED for since, segment in began)
        due["certificates"], due["matching"] = SCALE * new * 0.6 * 8_000.0, SCALE * new * 0.6 * 2_000.0
        due["posts"] = SCALE * posts_beyond_the_start(world) * 60_000.0 / 12
        teaches = roster.hours[roster.ready <= world.month].sum() / 100
        lost = world.parameters["hybrid.lost_share"] * teaches
        due["compensation"] = SCALE * WORK_HOURS * lost * 0.6 * 0.25 * 44.0
    if open_in(EQUIPMENT, month):
        due["equipment"] = float(world.partnerships.students.sum()) * 0.4 * 500.0 / 12
    if open_in(CAPACITY, month):
        due["places"] = SCALE * capacity(world) * 0.2 * 3_600.0 / 12
    return due


def test_what_is_booked_is_what_is_due() -> None:
    what = scenario("2011-12", SCALE, {"teachers.side_entry": 0.005}, LEVERS)
    model = TechsimModel(what, tables=tables())
    world, total, paid_for_some = model.world, dict[str, float](), 0
    assert world.teaching is not None
    while model.running:
        model.step()
        if world.calendar_month == OCTOBER:  # counted early in the month, before some drop out
            assert world.partnerships.students.sum() == pytest.approx(SCALE * technical_students(world), rel=0.02)
        for item, euro in month_due(world).items():
            total[item] = total.get(item, 0.0) + euro
        paid_for_some += bool(world.teaching.paid["side_entrants"].sum())
    assert paid_for_some > 5
    _, items = world.institutions.government.books
    booked = dict(zip(items, world.recorder.arrays["spending"].sum(axis=(0, 1)).tolist(), strict=True))
    assert booked == pytest.approx(total)
    assert min(booked.values()) > 1e5

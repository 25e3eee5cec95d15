"""L3, hybrid teachers, in the month: right after teachers (L2)."""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from techsim.data.partnerships import LEVEL_GROUPS
from techsim.data.teaching import SEGMENTS
from techsim.mechanisms.learning.hybrid.kernels import Terms, find_applicants, find_room, find_staying, match_hybrids
from techsim.mechanisms.learning.state import Counts, Floats, Teaching
from techsim.mechanisms.learning.teachers.process import note_capacity, shape_of
from techsim.mechanisms.learning.teachers.start import EDUCATION, hours_of_hybrids, interested
from techsim.mechanisms.working.employers import STEP
from techsim.mechanisms.world import World
from techsim.population.events import HYBRID
from techsim.population.rosters import locate
from techsim.population.rounding import GOLDEN

OCTOBER = 10
CERTIFIED = ("vo_first", "vo_second", "mbo")
"""Segments that ask for the certificate (pdg)."""
ASKS_CERTIFICATE = np.array([name in CERTIFIED for name in SEGMENTS])
"""The same by segment; bool (S,)."""
WORK_HOURS = 160.0
"""Hours of full-time work in a month."""


def process(world: World) -> None:
    """Hybrid teachers stop or begin; hours taught, hours lent, and the capacity of schools."""
    teaching = world.teaching
    if teaching is None:
        return
    locate(teaching.hybrid, world.people)
    terms = _terms(world)
    _stop(world, teaching, terms)
    _begin(world, teaching, terms)
    _lend(world, teaching)
    note_capacity(world, teaching)


def _terms(world: World) -> Terms:
    """On what terms employers let their workers teach this month."""
    p, labour, dims = world.parameters, world.labour, world.tables.dimensions
    large = dims.employer_size == dims.firm_size.index("large")
    return Terms(
        base=np.where(large, p["hybrid.permission_large"], p["hybrid.permission_sme"]),
        sector_of=dims.employer_sector,
        pressure_weight=p["hybrid.permission_pressure"],
        pressure=labour.pressure,
        scarcity_weight=p["hybrid.permission_scarcity"],
        vacancy_rate=labour.remembered_rate,
        paid=np.exp(p["hybrid.permission_compensation"] * world.hooks["hybrid.compensation"]),
    )


def _stop(world: World, teaching: Teaching, terms: Terms) -> None:
    """Who loses or changes the job, gives up the certificate, or has had enough."""
    people, p, roster = world.people, world.parameters, teaching.hybrid
    stays = np.empty(roster.size, dtype=np.bool_)
    find_staying(
        seed=world.seed,
        month=world.month,
        ids=roster.ids,
        rows=roster.rows,
        since=roster.since,
        ready=roster.ready,
        labour=people.labour,
        stage=people.stage,
        occupation=people.occupation,
        employer=people.employer,
        job_region=people.job_region,
        in_job_since=people.since,
        education=world.tables.dimensions.occupation.index(EDUCATION),
        leave=p["hybrid.leave"],
        dropout=p["hybrid.pdg_dropout"],
        terms=terms,
        stays=stays,
    )
    roster.keep(stays)


def _begin(world: World, teaching: Teaching, terms: Terms) -> None:
    people, p, posts = world.people, world.parameters, world.tables.teaching
    roster, starters = teaching.hybrid, np.zeros(shape_of(teaching)[2])
    teaching.paid["hybrid_starters"] = starters
    room = _room(world, teaching)
    if room is None:
        return
    rows, kind = interested(people, world.tables, p, world.seed, world.month, roster.rows, every=False)
    some = find_applicants(
        seed=world.seed,
        month=world.month,
        who=rows,
        kind=kind,
        ids=people.id,
        level=people.level,
        employer=people.employer,
        job_region=people.job_region,
        applies=p["hybrid.applies"],
        mean_hours=p["hybrid.hours"],
        terms=terms,
    )
    segment, certified = np.empty(some.who.size, dtype=np.int8), np.empty(some.who.size, dtype=np.bool_)
    months = np.empty(some.who.size, dtype=np.int64)
    match_hybrids(
        order=np.lexsort((some.ids, some.turn)),
        kind=some.kind,
        level=some.level,
        region=some.region,
        pick=some.pick,
        min_level=posts.min_level,
        room=room,
        asks_certificate=ASKS_CERTIFICATE,
        pdg_months=p["hybrid.pdg_months"] * world.hooks["hybrid.pdg_factor"],
        segment=segment,
        certified=certified,
        months=months,
        count=starters,
    )
    starters *= world.scale
    if world.notes(HYBRID):
        world.note(HYBRID, some.who[certified], some.region[certified])
    roster.add(some.ids, some.who, segment, some.kind, some.hours, world.month, months)


def _room(world: World, teaching: Teaching) -> Counts | None:
    """People whom schools find this month for the hours that they have free for hybrid teachers, [S, K, R]; None where
    there are none.

    Each cell rounds by a threshold that moves with the month, so that fractions add up.
    """
    p, roster = world.parameters, teaching.hybrid
    room = np.empty(shape_of(teaching), dtype=np.int64)
    regular = (1.0 - teaching.hybrid_share) * teaching.wanted
    nobody, partnerships = np.zeros((len(LEVEL_GROUPS), room.shape[2])), world.partnerships
    some = find_room(
        segment=roster.segment,
        kind=roster.kind,
        rows=roster.rows,
        hours=roster.hours,
        job_region=world.people.job_region,
        usual=teaching.hybrid_share,
        extra=world.hooks["hybrid.posts"],
        wanted=teaching.wanted,
        regular=regular,
        fte=teaching.fte,
        all_regular=regular.sum(axis=2),
        all_fte=teaching.fte.sum(axis=2),
        vacancies=p["hybrid.vacancies"],
        matching=p["hybrid.matching"] * world.hooks["hybrid.matching"],
        partnership=p["hybrid.partnership"],
        reach=nobody if partnerships is None else partnerships.reach,
        lowest=_lowest_levels(world.tables.dimensions.level),
        group_of_level=world.tables.partnerships.group_of_level,
        each=p["hybrid.hours"],
        thresholds=_thresholds(room.shape),
        turn=world.month * STEP,
        room=room,
    )
    return room if some else None


@cache
def _thresholds(shape: tuple[int, int, int]) -> Floats:
    """At what fraction a cell has room for one more, before the month moves it; evenly spread, [S, K, R]."""
    return np.arange(1, math.prod(shape) + 1, dtype=np.float64).reshape(shape) * GOLDEN


@cache
def _lowest_levels(levels: tuple[str, ...]) -> Counts:
    """The lowest level that a segment teaches, -1 for those of vo, which teach none; int64 (S,)."""
    taught = [[n for n, level in enumerate(levels) if level.startswith(name)] for name in SEGMENTS]
    return np.array([min(mine, default=-1) for mine in taught], dtype=np.int64)


def _lend(world: World, teaching: Teaching) -> None:
    """Hours taught, and lost to production, by cell; employers are told of what goes beyond the start."""
    people, roster, lost = world.people, teaching.hybrid, world.parameters["hybrid.lost_share"]
    found = hours_of_hybrids(people, roster, world.tables, lost, world.month)
    teaching.hybrid_fte, teaching.hours_lent, by_region = found
    world.labour.hours_lent = teaching.hours_lent - teaching.usual_lent
    teaching.paid["hybrid_hours"] = world.scale * WORK_HOURS * by_region
    teaching.paid["hybrid_posts"] = _posts_kept(world, teaching)
    if world.calendar_month != OCTOBER and world.month != world.first:
        return
    slot = world.recorder.slot("hybrid_teachers", world.month)
    slot[...] = 0
    teaches = roster.ready <= world.month
    for at, who in enumerate((teaches, ~teaches)):
        np.add.at(slot[..., at], (roster.segment[who], roster.kind[who]), world.scale)
    slot[..., 2] = world.scale * teaching.hybrid_fte.sum(axis=2)
    slot[..., 3] = lost * slot[..., 2]


def _posts_kept(world: World, teaching: Teaching) -> Floats:
    """Posts of levers that are held, beyond those of the start; residents, (R,)."""
    extra = world.hooks["hybrid.posts"]
    if not extra.any():
        return np.zeros(extra.size)
    beyond = teaching.hybrid_fte - teaching.hybrid_share * teaching.wanted
    return np.asarray(world.scale * np.clip(beyond, 0.0, extra * teaching.wanted).sum(axis=(0, 1)))

"""L2, teachers, in the month: after the employers' plans and the levers, before the school year's events."""

from __future__ import annotations

import numpy as np

from techsim.data.labour import REASONS
from techsim.data.teaching import SEGMENTS
from techsim.mechanisms.learning.kernels import HUNDRED
from techsim.mechanisms.learning.state import Counts, Floats, Mask, Teaching
from techsim.mechanisms.learning.teachers.capacity import filled_share, quality_of, stretch_of
from techsim.mechanisms.learning.teachers.kernels import (
    ASKED_EVERY,
    appoint,
    check_posts,
    find_eligible,
    find_free_posts,
    find_looking,
    leave_for_industry,
    see_industry,
)
from techsim.mechanisms.learning.teachers.start import EDUCATION, candidates, learners
from techsim.mechanisms.world import World
from techsim.population.events import SIDE_ENTRY
from techsim.population.rosters import locate
from techsim.results.coordinates import TEACHER_EXIT

JANUARY, OCTOBER = 1, 10
TECHNICAL = 1
REASONS_TO_GO = np.array([TEACHER_EXIT.index(name) for name in ("industry", "retirement", "other")])
"""Why somebody gives up a post, as ``check_posts`` tells it."""


def process(world: World) -> None:
    """Teachers go, posts follow students, posts are filled; what is left of capacity is noted at the end (L3)."""
    teaching = world.teaching
    if teaching is None:
        return
    locate(teaching.regular, world.people)
    exits = world.recorder.slot("teachers_left", world.month)
    stays = _who_stays(world, teaching, exits)
    _plan_posts(world, teaching)
    _leave_for_industry(world, teaching, exits, stays)
    teaching.regular.keep(stays)
    teaching.fte = _appoint(world, teaching) / HUNDRED


def shape_of(teaching: Teaching) -> tuple[int, int, int]:
    """Segments, kinds and regions."""
    s, k, r = teaching.norm.shape
    return (s, k, r)


def _who_stays(world: World, teaching: Teaching, exits: Counts) -> Mask:
    """Those who no longer have a job in education give up their post; bool (m,), who does not."""
    people, roster = world.people, teaching.regular
    stays = np.empty(roster.size, dtype=np.bool_)
    check_posts(
        rows=roster.rows,
        labour=people.labour,
        stage=people.stage,
        occupation=people.occupation,
        education=world.tables.dimensions.occupation.index(EDUCATION),
        segment=roster.segment,
        kind=roster.kind,
        reasons=REASONS_TO_GO,
        exits=exits,
        stays=stays,
    )
    return stays


def _plan_posts(world: World, teaching: Teaching) -> None:
    """Students are counted in January; budgets follow them, posts follow budgets."""
    if world.calendar_month == JANUARY:
        teaching.students = learners(world.people, world.tables, staying=False).astype(np.float64)
    teaching.funded = teaching.funded + world.tables.teaching.pace * (teaching.students - teaching.funded)
    teaching.wanted = teaching.funded / teaching.norm


def _leave_for_industry(world: World, teaching: Teaching, exits: Counts, stays: Mask) -> None:
    """Technical teachers of those who stay so far; who leaves is taken off ``stays``."""
    people, labour, p, dims = world.people, world.labour, world.parameters, world.tables.dimensions
    roster = teaching.regular
    groups = dims.technical_groups
    grants = world.hooks["teachers.relative_pay"]
    pay, tightness = np.empty((2, labour.staff.shape[2])), np.empty(grants.size)
    see_industry(
        groups=groups,
        staff=labour.staff,
        wages=labour.wage_curve,
        education=dims.occupation.index(EDUCATION),
        tightness=labour.tightness,
        pay=pay,
        mean_tightness=tightness,
    )
    outside, own = np.log(pay)
    order = find_looking(
        seed=world.seed,
        month=world.month,
        stays=stays,
        kind=roster.kind,
        ids=roster.ids,
        rows=roster.rows,
        job_level=people.job_level,
        job_region=people.job_region,
        base=p["teachers.leave"],
        pay_gap=outside - own,
        grants=grants,
        pay_weight=p["teachers.leave_pay"],
        tightness=tightness,
        tightness_weight=p["teachers.leave_tightness"],
    )
    if not order.size:
        return
    leave_for_industry(
        seed=world.seed,
        month=world.month,
        order=order,
        rows=roster.rows,
        segment=roster.segment,
        kind=roster.kind,
        ids=people.id,
        field=people.field,
        groups=groups,
        occupation=people.occupation,
        job_level=people.job_level,
        job_region=people.job_region,
        employer=people.employer,
        since=people.since,
        row_changed=REASONS.index("job_change"),
        open_vacancies=labour.open_vacancies,
        staff=labour.staff,
        hires=labour.ledger.hired,
        filled=labour.ledger.filled,
        separated=labour.ledger.separated,
        reason=TEACHER_EXIT.index("industry"),
        exits=exits,
        stays=stays,
    )


def _appoint(world: World, teaching: Teaching) -> Counts:
    """Fill vacant posts of regular teachers from those who have a job in education and no post; hours of all who teach
    then, hundredths of full time, [S, K, R]."""
    people, p, posts = world.people, world.parameters, world.tables.teaching
    roster, shape = teaching.regular, shape_of(teaching)
    whole, room = np.zeros(shape, dtype=np.int64), np.empty(shape, dtype=np.int64)
    technical, vacant = np.zeros(shape[2], dtype=np.int64), np.empty(shape[2])
    free = find_free_posts(
        segment=roster.segment,
        kind=roster.kind,
        rows=roster.rows,
        hours=roster.hours,
        ready=roster.ready,
        job_region=people.job_region,
        month=world.month,
        hybrid_share=teaching.hybrid_share,
        wanted=teaching.wanted,
        degree=posts.degree,
        whole=whole,
        room=room,
        technical=technical,
        vacant=vacant,
    )
    side_entrants = teaching.paid["side_entrants"] = np.zeros(shape[2])
    if not free:
        teaching.paid["technical_teachers"] = np.asarray(world.scale * technical, dtype=np.float64)
        return whole
    chances = _chances(world, vacant)
    who, kind = candidates(
        people, world.tables, p, world.seed, world.first, roster.rows, world.month, float(chances.max())
    )
    some = find_eligible(
        seed=world.seed,
        month=world.month,
        who=who,
        kind=kind,
        ids=people.id,
        level=people.level,
        region=people.job_region,
        field=people.field,
        education=world.tables.dimensions.occupation.index(EDUCATION),
        mean_hours=p["teachers.hours"],
        min_level=posts.min_level,
        degree=posts.degree,
        chances=chances,
        room=room,
    )
    segment, side = np.empty(some.who.size, dtype=np.int8), np.empty(some.who.size, dtype=np.bool_)
    appoint(
        order=np.lexsort((some.ids, some.turn)),
        kind=some.kind,
        level=some.level,
        region=some.region,
        has_degree=some.has_degree,
        draw=some.draw,
        pick=some.pick,
        hours=some.hours,
        min_level=posts.min_level,
        degree=posts.degree,
        pull=posts.pull,
        chances=chances,
        room=room,
        segment=segment,
        side=side,
        side_entrants=side_entrants,
        whole=whole,
        technical=technical,
    )
    side_entrants *= world.scale
    teaching.paid["technical_teachers"] = np.asarray(world.scale * technical, dtype=np.float64)
    if world.notes(SIDE_ENTRY):
        world.note(SIDE_ENTRY, some.who[side], some.region[side])
    at_once = np.zeros_like(some.who)
    roster.add(some.ids, some.who, segment, some.kind, some.hours, since=world.month, months=at_once)
    return whole


def _chances(world: World, vacant: Floats) -> Floats:
    """Chances that somebody takes a post in the months until the next time of being asked: one that fits, one without
    the degree asked; (2, R). ``vacant`` (R,), see :func:`fill_share_vacant`."""
    p = world.parameters
    harder = np.exp(p["teachers.recruitment"] * vacant)
    chances = np.empty((2, vacant.size))
    chances[0] = p["teachers.appointment"]
    chances[1] = np.minimum(p["teachers.side_entry"] * world.hooks["teachers.side_entry"] * harder, 1.0)
    return np.asarray(1.0 - (1.0 - chances) ** ASKED_EVERY)


def note_capacity(world: World, teaching: Teaching) -> None:
    """What teachers and hybrid teachers allow this month, places of technical mbo, hbo and wo at the norm, by which
    levers pay, among it; in October, and in the first month, the record."""
    available = teaching.fte + teaching.hybrid_fte
    teaching.stretch = stretch_of(
        students=teaching.students, norm=teaching.norm, available=available, wanted=teaching.wanted
    )
    teaching.quality = quality_of(teaching.stretch, world.parameters["teachers.quality"])
    places = (teaching.norm * available)[SEGMENTS.index("mbo") :, TECHNICAL].sum(axis=0)
    teaching.paid["technical_capacity"] = world.scale * places
    if world.calendar_month != OCTOBER and world.month != world.first:
        return
    short = (teaching.wanted * np.maximum(1.0 - filled_share(available, teaching.wanted), 0.0)).sum(axis=2)
    slot = world.recorder.slot("teachers", world.month)
    slot[..., 0, 0] = world.scale * teaching.fte.sum(axis=2)
    slot[..., 1, 0] = world.scale * teaching.hybrid_fte.sum(axis=2)
    slot[..., 0, 1] = world.scale * short
    world.recorder.slot("teaching_quality", world.month)[...] = teaching.quality

"""L2, teachers, in the month: after the employers' plans and the levers, before the school year's events."""

from __future__ import annotations

import numpy as np

from techsim.data.labour import REASONS
from techsim.data.teaching import SEGMENTS
from techsim.mechanisms.learning.kernels import have_jobs
from techsim.mechanisms.learning.state import HUNDRED, Counts, Floats, Mask, Roster, Teaching
from techsim.mechanisms.learning.teachers.capacity import filled_share, quality_of, stretch_of
from techsim.mechanisms.learning.teachers.kernels import (
    ASKED_EVERY,
    appoint,
    count_staff_of,
    leave_for_industry,
    leaving_chances,
)
from techsim.mechanisms.learning.teachers.start import EDUCATION, candidates, learners, roster_of, teaching_hours
from techsim.mechanisms.world import World
from techsim.population.draws import uniforms
from techsim.population.events import SIDE_ENTRY
from techsim.population.randomness import Purpose
from techsim.population.rosters import locate
from techsim.population.states import Labour
from techsim.results.coordinates import TEACHER_EXIT

JANUARY, OCTOBER = 1, 10
TECHNICAL = 1
EMPLOYED, RETIRED = int(Labour.EMPLOYED), int(Labour.RETIRED)
GONE = -1
"""In place of the labour state of who has died or moved abroad."""


def process(world: World) -> None:
    """Teachers go, posts follow students, posts are filled; what is left of capacity is noted at the end (L3)."""
    teaching = world.teaching
    if teaching is None:
        return
    locate(teaching.regular, world.people)
    _take_off(world, teaching)
    _plan_posts(world, teaching)
    _leave_for_industry(world, teaching)
    _appoint(world, teaching)
    where = world.people.job_region[teaching.regular.rows]
    teaching.fte = teaching.regular.hours_by_cell(where, shape_of(teaching), world.month)


def shape_of(teaching: Teaching) -> tuple[int, int, int]:
    """Segments, kinds and regions."""
    s, k, r = teaching.norm.shape
    return (s, k, r)


def _take_off(world: World, teaching: Teaching) -> None:
    """Those who no longer have a job in education give up their post."""
    people, roster = world.people, teaching.regular
    education = world.tables.dimensions.occupation.index(EDUCATION)
    stays = np.empty(roster.size, dtype=np.bool_)
    have_jobs(roster.rows, people.labour, people.stage, people.occupation, education, True, stays)
    left = np.flatnonzero(~stays)
    rows = roster.rows[left]
    labour = np.where(rows >= 0, people.labour[rows], GONE)
    industry, retirement, other = (TEACHER_EXIT.index(name) for name in ("industry", "retirement", "other"))
    why = np.where(labour == EMPLOYED, industry, np.where(labour == RETIRED, retirement, other))
    _note_exits(world, roster, left, why)
    roster.keep(stays)


def _note_exits(world: World, roster: Roster, left: Counts, why: Counts) -> None:
    slot = world.recorder.slot("teachers_left", world.month)
    np.add.at(slot, (roster.segment[left], roster.kind[left], why), 1)


def _plan_posts(world: World, teaching: Teaching) -> None:
    """Students are counted in January; budgets follow them, posts follow budgets."""
    if world.calendar_month == JANUARY:
        teaching.students = learners(world.people, world.tables, staying=False).astype(np.float64)
    pace = (1.0 / world.tables.teaching.lag)[..., None]
    teaching.funded = teaching.funded + pace * (teaching.students - teaching.funded)
    teaching.wanted = teaching.funded / teaching.norm


def _leave_for_industry(world: World, teaching: Teaching) -> None:
    people, labour, p, dims = world.people, world.labour, world.parameters, world.tables.dimensions
    roster = teaching.regular
    groups = np.flatnonzero(dims.occupation_technical)
    education = dims.occupation.index(EDUCATION)
    industry = np.zeros((groups.size, labour.staff.shape[2]), dtype=np.int64)
    count_staff_of(groups, labour.staff, industry)
    paid = labour.wage_curve
    pay = (paid[groups] * industry).sum(axis=0) / np.maximum(industry.sum(axis=0), 1)
    gap = np.log(np.where(pay > 0.0, pay, paid[education])) - np.log(paid[education])
    grants = world.hooks["teachers.relative_pay"]
    tightness = labour.tightness[groups].mean(axis=0)
    chance = np.empty((gap.size, grants.size))
    leaving_chances(
        base=p["teachers.leave"],
        pay_gap=gap[:, None] - grants,
        pay_weight=p["teachers.leave_pay"],
        tightness=tightness,
        tightness_weight=p["teachers.leave_tightness"],
        chance=chance,
    )
    at = np.flatnonzero(roster.kind == TECHNICAL)
    rows = roster.rows[at]
    draw = uniforms(world.seed, int(Purpose.TEACHER), roster.ids[at], world.month, 5)
    looks = draw < chance[people.job_level[rows], people.job_region[rows]]
    at, draw = at[looks], draw[looks]
    if not at.size:
        return
    at = at[np.lexsort((roster.ids[at], draw))]
    left = np.zeros(at.size, dtype=np.bool_)
    leave_for_industry(
        seed=world.seed,
        month=world.month,
        order=roster.rows[at],
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
        left=left,
    )
    stays = np.ones(roster.size, dtype=np.bool_)
    stays[at[left]] = False
    _note_exits(world, roster, at[left], np.full(int(left.sum()), TEACHER_EXIT.index("industry")))
    roster.keep(stays)


def _appoint(world: World, teaching: Teaching) -> None:
    """Fill vacant posts of regular teachers from those who have a job in education and no post."""
    people, p, posts = world.people, world.parameters, world.tables.teaching
    roster, shape = teaching.regular, shape_of(teaching)
    filled = roster.hours_by_cell(people.job_region[roster.rows], shape, world.month)
    room = np.rint(HUNDRED * ((1.0 - teaching.hybrid_share) * teaching.wanted - filled)).astype(np.int64)
    teaching.paid["side_entrants"] = np.zeros(shape[2])
    if not (room > 0).any():
        return
    taken = np.zeros(people.size, dtype=np.bool_)
    taken[roster.rows] = True
    chances = np.empty((2, shape[2]))
    chances[0] = p["teachers.appointment"]
    harder = np.exp(p["teachers.recruitment"] * share_vacant(room, teaching.wanted, posts.degree))
    chances[1] = np.minimum(p["teachers.side_entry"] * world.hooks["teachers.side_entry"] * harder, 1.0)
    chances = 1.0 - (1.0 - chances) ** ASKED_EVERY
    most = float(chances.max())
    who, kind = candidates(people, world.tables, p, world.seed, world.first, taken, world.month, most)
    ids = people.id[who]
    has_degree = people.field[who] == world.tables.dimensions.occupation.index(EDUCATION)
    draw, turn, pick = (uniforms(world.seed, int(Purpose.TEACHER), ids, world.month, k) for k in (3, 4, 9))
    hours = teaching_hours(world.seed, ids, p["teachers.hours"])
    segment = np.full(who.size, -1, dtype=np.int8)
    appoint(
        order=np.lexsort((ids, turn)),
        kind=kind,
        level=people.level[who],
        region=people.job_region[who],
        has_degree=has_degree,
        draw=draw,
        pick=pick,
        hours=hours,
        min_level=posts.min_level,
        degree=posts.degree,
        pull=np.rint(HUNDRED * posts.pull).astype(np.int64),
        chances=chances,
        room=room,
        segment=segment,
    )
    new = segment >= 0
    side = new & posts.degree[np.maximum(segment, 0), kind] & ~has_degree
    count = np.bincount(people.job_region[who[side]], minlength=shape[2])
    teaching.paid["side_entrants"] = world.scale * count.astype(np.float64)
    world.note(SIDE_ENTRY, who[side], people.job_region[who[side]])
    roster.add(roster_of(people, who[new], segment[new], kind[new], hours[new], world.month, 0))


def share_vacant(room: Counts, wanted: Floats, degree: Mask) -> Floats:
    """f = vacant over funded posts, of those that ask for a teaching degree and are technical; (R,).

    Parameters
    ----------
    room : int64 [S, K, R]
        Vacant posts, hundredths of full time.
    wanted : [S, K, R]
        Posts.
    degree : bool [S, K]
    """
    asked = degree[:, TECHNICAL]
    vacant = np.maximum(room[asked, TECHNICAL], 0).sum(axis=0) / HUNDRED
    return np.asarray(np.clip(vacant / np.maximum(wanted[asked, TECHNICAL].sum(axis=0), 1e-9), 0.0, 1.0))


def note_capacity(world: World, teaching: Teaching) -> None:
    """What teachers and hybrid teachers allow this month; in October, and in the first month, the record."""
    available = teaching.fte + teaching.hybrid_fte
    teaching.stretch = stretch_of(
        students=teaching.students, norm=teaching.norm, available=available, wanted=teaching.wanted
    )
    teaching.quality = quality_of(teaching.stretch, world.parameters["teachers.quality"])
    _note_paid(world, teaching, available)
    if world.calendar_month != OCTOBER and world.month != world.first:
        return
    short = (teaching.wanted * np.maximum(1.0 - filled_share(available, teaching.wanted), 0.0)).sum(axis=2)
    slot = world.recorder.slot("teachers", world.month)
    slot[..., 0, 0] = world.scale * teaching.fte.sum(axis=2)
    slot[..., 1, 0] = world.scale * teaching.hybrid_fte.sum(axis=2)
    slot[..., 0, 1] = world.scale * short
    world.recorder.slot("teaching_quality", world.month)[...] = teaching.quality


def _note_paid(world: World, teaching: Teaching, available: Floats) -> None:
    """What levers pay by: technical teachers, places of technical mbo, hbo and wo at the norm; by region."""
    roster = teaching.regular
    region = world.people.job_region[roster.rows[roster.kind == TECHNICAL]]
    count = np.bincount(region, minlength=teaching.norm.shape[2])
    teaching.paid["technical_teachers"] = world.scale * count.astype(np.float64)
    places = (teaching.norm * available)[SEGMENTS.index("mbo") :, TECHNICAL].sum(axis=0)
    teaching.paid["technical_capacity"] = world.scale * places

"""L3, hybrid teachers, in the month: right after teachers (L2)."""

from __future__ import annotations

from functools import cache

import numpy as np

from techsim.data.teaching import SEGMENTS
from techsim.mechanisms.learning.hybrid.kernels import match_hybrids, permissions
from techsim.mechanisms.learning.kernels import have_jobs
from techsim.mechanisms.learning.state import Counts, Floats, Ids, Teaching
from techsim.mechanisms.learning.teachers.capacity import filled_share
from techsim.mechanisms.learning.teachers.process import note_capacity, shape_of
from techsim.mechanisms.learning.teachers.start import EDUCATION, hybrid_hours, interested, lent_by_cell, roster_of
from techsim.mechanisms.working.employers import monthly_dither
from techsim.mechanisms.world import World
from techsim.population.draws import uniforms
from techsim.population.events import HYBRID
from techsim.population.randomness import Purpose
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
    _stop(world, teaching)
    _begin(world, teaching)
    roster, shape = teaching.hybrid, shape_of(teaching)
    teaching.hybrid_fte = roster.hours_by_cell(world.people.job_region[roster.rows], shape, world.month)
    _lend(world, teaching)
    note_capacity(world, teaching)


def _chance_of_permission(world: World, rows: Counts) -> Floats:
    """Whether the employers of these people permit it; (m,)."""
    p, labour, dims = world.parameters, world.labour, world.tables.dimensions
    large = dims.employer_size == dims.firm_size.index("large")
    out = np.empty(rows.size)
    permissions(
        employer=world.people.employer[rows],
        sector_of=dims.employer_sector,
        base_of=np.where(large, p["hybrid.permission_large"], p["hybrid.permission_sme"]),
        pressure_weight=p["hybrid.permission_pressure"],
        pressure=labour.pressure,
        scarcity_weight=p["hybrid.permission_scarcity"],
        vacancy_rate=labour.remembered_rate,
        out=out,
    )
    paid = p["hybrid.permission_compensation"] * world.hooks["hybrid.compensation"][world.people.job_region[rows]]
    odds = out / np.maximum(1.0 - out, 1e-12) * np.exp(paid)
    return np.asarray(odds / (1.0 + odds))


def _draw(world: World, ids: Ids, k: int) -> Floats:
    return np.asarray(uniforms(world.seed, int(Purpose.HYBRID), ids, world.month, k))


def _stop(world: World, teaching: Teaching) -> None:
    """Who loses or changes the job, gives up the certificate, or has had enough."""
    people, p, roster = world.people, world.parameters, teaching.hybrid
    education = world.tables.dimensions.occupation.index(EDUCATION)
    rows = np.maximum(roster.rows, 0)
    stays = np.empty(roster.size, dtype=np.bool_)
    have_jobs(roster.rows, people.labour, people.stage, people.occupation, education, False, stays)
    in_training = roster.ready > world.month
    stays &= _draw(world, roster.ids, 5) >= p["hybrid.leave"] + np.where(in_training, p["hybrid.pdg_dropout"], 0.0)
    # Asked in the month after the change, once: posts of this month are filled after this.
    changed = stays & (people.since[rows] == world.month - 1) & (roster.since < world.month - 1)
    asked = np.flatnonzero(changed)
    stays[asked] = _draw(world, roster.ids[asked], 7) < _chance_of_permission(world, rows[asked])
    roster.keep(stays)


def _begin(world: World, teaching: Teaching) -> None:
    people, p, posts = world.people, world.parameters, world.tables.teaching
    roster, shape = teaching.hybrid, shape_of(teaching)
    teaching.paid["hybrid_starters"] = np.zeros(shape[2])
    room = _room(world, teaching)
    if not (room > 0).any():
        return
    taken = np.zeros(people.size, dtype=np.bool_)
    taken[roster.rows] = True
    rows, kind = interested(people, world.tables, p, world.seed, world.month, taken, every=False)
    applies = _draw(world, people.id[rows], 2) < p["hybrid.applies"]
    rows, kind = rows[applies], kind[applies]
    permitted = _draw(world, people.id[rows], 3) < _chance_of_permission(world, rows)
    rows, kind = rows[permitted], kind[permitted]
    ids = people.id[rows]
    hours = hybrid_hours(world.seed, ids, p["hybrid.hours"])
    segment = np.full(rows.size, -1, dtype=np.int8)
    match_hybrids(
        order=np.lexsort((ids, _draw(world, ids, 4))),
        kind=kind,
        level=people.level[rows],
        region=people.job_region[rows],
        pick=_draw(world, ids, 6),
        min_level=posts.min_level,
        room=room,
        segment=segment,
    )
    new = segment >= 0
    rows, kind, hours, segment = rows[new], kind[new], hours[new], segment[new]
    certified = ASKS_CERTIFICATE[segment]
    where = people.job_region[rows]
    pdg = np.rint(p["hybrid.pdg_months"] * world.hooks["hybrid.pdg_factor"]).astype(np.int64)[where]
    started = np.bincount(people.job_region[rows[certified]], minlength=shape[2])
    teaching.paid["hybrid_starters"] = world.scale * started.astype(np.float64)
    world.note(HYBRID, rows[certified], people.job_region[rows[certified]])
    roster.add(roster_of(people, rows, segment, kind, hours, world.month, np.where(certified, pdg, 0)))


def _room(world: World, teaching: Teaching) -> Counts:
    """People whom schools find this month for the hours that they have free for hybrid teachers; [S, K, R].

    Each cell rounds by a threshold that moves with the month, so that fractions add up.
    """
    p, roster = world.parameters, teaching.hybrid
    share = teaching.hybrid_share + world.hooks["hybrid.posts"]
    regular = (1.0 - teaching.hybrid_share) * teaching.wanted
    vacant = regular * np.maximum(1.0 - filled_share(teaching.fte, regular), 0.0)
    wanted = share * teaching.wanted + p["hybrid.vacancies"] * vacant
    held = roster.hours_by_cell(world.people.job_region[roster.rows], shape_of(teaching), np.iinfo(np.int64).max)
    matching = p["hybrid.matching"] * world.hooks["hybrid.matching"] * (1.0 + p["hybrid.partnership"] * _reach(world))
    free = np.minimum(matching, 1.0)[:, None, :] * np.maximum(wanted - held, 0.0)
    start: Floats = np.arange(1, free.size + 1, dtype=np.float64).reshape(free.shape) * GOLDEN
    dither = monthly_dither(start, world.month)
    return np.asarray(np.floor(free / p["hybrid.hours"] + dither)).astype(np.int64)


def _reach(world: World) -> Floats:
    """Share of technical students whom partnerships reach (L5), by segment and region; [S, R], zero in vo."""
    reach = np.zeros((len(SEGMENTS), world.hooks["hybrid.matching"].size))
    if world.partnerships is None:
        return reach
    for segment, level in _first_levels(world.tables.dimensions.level).items():
        reach[segment] = world.partnerships.reach[world.tables.partnerships.group_of_level[level]]
    return reach


@cache
def _first_levels(levels: tuple[str, ...]) -> dict[int, int]:
    """The lowest level that a segment teaches, for those that teach any."""
    taught = {s: [n for n, level in enumerate(levels) if level.startswith(name)] for s, name in enumerate(SEGMENTS)}
    return {s: mine[0] for s, mine in taught.items() if mine}


def _lend(world: World, teaching: Teaching) -> None:
    """Hours lost to production, by cell; employers are told of what goes beyond the start."""
    teaching.hours_lent = lent_by_cell(
        world.people, teaching.hybrid, world.tables, world.parameters["hybrid.lost_share"], world.month
    )
    world.labour.hours_lent = teaching.hours_lent - teaching.usual_lent
    by_region = teaching.hours_lent.sum(axis=(0, 1, 2))
    teaching.paid["hybrid_hours"] = world.scale * WORK_HOURS * by_region
    kept = world.hooks["hybrid.posts"] * teaching.wanted
    beyond = np.clip(teaching.hybrid_fte - teaching.hybrid_share * teaching.wanted, 0.0, kept)
    teaching.paid["hybrid_posts"] = world.scale * beyond.sum(axis=(0, 1))
    if world.calendar_month != OCTOBER and world.month != world.first:
        return
    roster, lost = teaching.hybrid, world.parameters["hybrid.lost_share"]
    slot = world.recorder.slot("hybrid_teachers", world.month)
    slot[...] = 0
    teaches = roster.ready <= world.month
    for at, who in enumerate((teaches, ~teaches)):
        np.add.at(slot[..., at], (roster.segment[who], roster.kind[who]), world.scale)
    slot[..., 2] = world.scale * teaching.hybrid_fte.sum(axis=2)
    slot[..., 3] = lost * slot[..., 2]

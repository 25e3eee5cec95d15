"""L5 in the month: firms commit themselves, plans and money meet, partnerships grow, go on or die away."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.data.inputs import Tables
from techsim.data.partnerships import LEVEL_GROUPS
from techsim.mechanisms.learning.partnerships.choice import (
    chance_to_give_up,
    chance_to_go_on,
    firms_commitment,
    members,
    to_start,
)
from techsim.mechanisms.learning.partnerships.kernels import (
    could_start,
    count_reach,
    count_technical,
    go_on_or_end,
    wait,
)
from techsim.mechanisms.learning.partnerships.state import HISTORY, LEVERS, PAYERS, Counts, Floats, Partnerships
from techsim.mechanisms.learning.technical_students import technical_students
from techsim.mechanisms.working.state import LabourMarket, months_share
from techsim.mechanisms.world import World
from techsim.population.people import People
from techsim.population.rounding import GOLDEN

MILLION = 1_000_000.0
OCTOBER = 10
MEMBERS_MONTHS = (8, 9)
"""Months in which employers offer apprenticeships and internships (L4): nobody else asks for members."""
SEEDS = {"mbo": "partnerships.seed_mbo", "hbo_wo": "partnerships.seed_hbo_wo"}
"""Hook of the seed money of levers, by level group."""
PLANS = tuple(f"partnerships.plans_{group}" for group in LEVEL_GROUPS)
"""Parameters, plans a year by level group."""


def create_partnerships(people: People, tables: Tables, labour: LabourMarket, scale: float) -> Partnerships:
    """No partnerships yet; plans and money start at evenly spread fractions, so that few partnerships a year still add
    up to what the money is for."""
    dims = tables.dimensions
    shape = (len(LEVEL_GROUPS), dims.size("region"))
    spread = (np.arange(PAYERS * shape[0] * shape[1]) + 1) * GOLDEN % 1.0
    rate, technical_staff = _technical_labour(labour, tables)
    return Partnerships(
        students=_students(people, tables, scale),
        start_outlook=rate,
        outlook=rate,
        plans=np.ones(shape),
        money=np.asarray(spread, dtype=np.float64).reshape(PAYERS, *shape),
        commitment=np.zeros(dims.employers),
        regional=np.zeros(shape[1]),
        started=np.zeros((PAYERS, *shape), dtype=np.int64),
        firms=np.zeros(shape),
        reach=np.zeros(shape),
        member_share=np.zeros((dims.employers, shape[1])),
        technical_staff=technical_staff,
    )


def firms_commit(world: World) -> Floats:
    """Firms' commitment of the month; plans and money that wait grow. S, partnerships a year that the money of each
    payer can start; (payers, groups, regions)."""
    state, labour, p, dims = world.partnerships, world.labour, world.parameters, world.tables.dimensions
    rate, state.technical_staff = _technical_labour(labour, world.tables)
    state.outlook += months_share(p["partnerships.outlook_months"]) * (rate - state.outlook)
    state.commitment = firms_commitment(
        large=dims.employer_size == dims.firm_size.index("large"),
        pressure=labour.pressure[dims.employer_sector],
        outlook=state.outlook / max(state.start_outlook, 1e-9),
        base=p["partnerships.commitment"],
        large_bonus=p["partnerships.large"],
        cycle=p["partnerships.cycle"],
        shortage=p["partnerships.shortage"],
    )
    offers, state.regional = np.empty(state.money.shape), np.empty(state.money.shape[2])
    for g, group in enumerate(LEVEL_GROUPS):
        offers[LEVERS, g] = world.hooks[SEEDS[group]]
    wait(
        a_year=np.array([p[name] for name in PLANS]),
        commitment=state.commitment,
        staff=state.technical_staff,
        history=world.tables.partnerships.seeding_at(world.year) / p["partnerships.grant"],
        share=regions_share(state),
        regional=state.regional,
        offers=offers,
        plans=state.plans,
        money=state.money,
    )
    return offers


def regions_share(state: Partnerships) -> Floats:
    """w: regions' shares of the technical students of a level group; (groups, regions)."""
    if state.shares is None:
        state.shares = np.asarray(state.students / np.maximum(state.students.sum(axis=1, keepdims=True), 1.0))
    return state.shares


def may_start(state: Partnerships, offers: Floats) -> npt.NDArray[np.bool_]:
    """Where :func:`start_in` could start any: a plan waits, and money of a payer who offers some; (groups, R)."""
    may = np.empty(state.plans.shape, dtype=np.bool_)
    could_start(state.plans, state.money, offers, may)
    return may


def start_in(state: Partnerships, offers: Floats, group: int, region: int) -> Counts:
    """Partnerships that start in a region and level group: payer by payer, levers last; (payers,)."""
    plans, started = float(state.plans[group, region]), []
    waiting_money, on_offer = state.money[:, group, region].tolist(), offers[:, group, region].tolist()
    for money, offered in zip(waiting_money, on_offer, strict=True):
        started.append(to_start(money, plans, offered))
        plans -= started[-1]
    return np.array(started, dtype=np.int64)


def process(world: World, started: Counts) -> None:
    """Book who starts, let the others go on, give up or die away, and count what they reach.

    ``started`` : int64 (payers, groups, regions).
    """
    state = world.partnerships
    state.started = started
    grants = world.recorder.slot("partnership_grants", world.month)
    begins = bool(started.any())
    if begins:
        state.plans = state.plans - started.sum(axis=0)
        state.money = state.money - started
        grants[...] += MILLION * world.parameters["partnerships.grant"] * started[HISTORY].sum(axis=2)
    _go_on_or_end(world)
    if begins:
        state.roster.add(world.month, started)
    if world.calendar_month == OCTOBER:
        state.students, state.shares = _students(world.people, world.tables, world.scale), None
    _count_reach(world)
    if world.calendar_month == OCTOBER:
        _record(world)


def pupils_reached(world: World) -> Floats:
    """u R_r: what partnerships add to the reach of guidance (K2) [share of pupils]; (R,)."""
    if world.partnerships is None:
        return np.zeros(world.tables.dimensions.size("region"))
    return np.asarray(world.parameters["partnerships.guidance"] * world.partnerships.mean_reach)


def seed_use(world: World) -> dict[str, Floats]:
    """Partnerships started on levers' money this month, per partnership a year on offer; (regions,) by count's name."""
    state, used = world.partnerships, {}
    for g, group in enumerate(LEVEL_GROUPS):
        offered = world.hooks[SEEDS[group]]
        use = state.started[LEVERS, g] / np.where(offered > 0.0, offered, 1.0)
        used[f"partnership_seed_use_{group}"] = np.where(offered > 0.0, use, 0.0)
    return used


def _go_on_or_end(world: World) -> None:
    state, p = world.partnerships, world.parameters
    roster = state.roster
    if not roster.size:
        return
    stays = np.empty(roster.size, dtype=np.bool_)
    go_on_or_end(
        seed=world.seed,
        month=world.month,
        ident=roster.ident,
        region=roster.region,
        started=roster.started,
        goes_on=chance_to_go_on(state.regional, p["partnerships.goes_on"]),
        gives_up=chance_to_give_up(state.regional, p["partnerships.gives_up"]),
        fade_months=p["partnerships.fade_months"],
        fading=roster.fading,
        stays=stays,
    )
    roster.keep(stays)


def _count_reach(world: World) -> None:
    state, p, dims = world.partnerships, world.parameters, world.tables.dimensions
    roster = state.roster
    state.reach, state.firms = np.empty((2, *state.reach.shape))
    count_reach(
        month=world.month,
        group=roster.group,
        region=roster.region,
        started=roster.started,
        fading=roster.fading,
        build=p["partnerships.build_months"],
        fade=p["partnerships.fade_months"],
        students=state.students,
        regional=state.regional,
        students_each=p["partnerships.students"],
        firms_each=p["partnerships.firms"],
        reach=state.reach,
        firms=state.firms,
    )
    if world.calendar_month not in MEMBERS_MONTHS:
        return
    small, large = p["partnerships.sme_workers"], p["partnerships.large_workers"]
    workers = np.where(dims.employer_size == dims.firm_size.index("large"), large, small)
    state.member_share = members(
        firms=world.scale * state.technical_staff / workers[:, None],
        commitment=state.commitment,
        workers=workers,
        pull=p["partnerships.size_pull"],
        joined=state.firms.sum(axis=0),
    )


def _record(world: World) -> None:
    state, slot = world.partnerships, world.recorder.slot
    slot("partnerships", world.month)[...] = state.roster.count(state.reach.shape).T
    slot("partnership_reach", world.month)[...] = state.reach.T
    slot("partnership_firms", world.month)[...] = state.firms.T
    slot("partnership_commitment", world.month)[...] = state.regional


def _technical_labour(labour: LabourMarket, tables: Tables) -> tuple[float, Counts]:
    """Open vacancies per worker of technical occupation groups; workers of technical sectors by type of employer and
    region, zero for other sectors, (E, R)."""
    dims, staff = tables.dimensions, labour.staff
    by_type = np.zeros((staff.shape[0], staff.shape[3]), dtype=np.int64)
    of_sectors = dims.sector_technical[dims.employer_sector]
    openings, workers = count_technical(labour.open_vacancies, staff, dims.occupation_technical, of_sectors, by_type)
    return openings / max(workers, 1), by_type


def _students(people: People, tables: Tables, scale: float) -> Floats:
    """Technical students by level group and region [residents]."""
    by_level = technical_students(people, tables).sum(axis=0)
    groups = np.zeros((len(LEVEL_GROUPS), by_level.shape[1]), dtype=np.int64)
    np.add.at(groups, tables.partnerships.group_of_level, by_level)
    return scale * groups.astype(np.float64)

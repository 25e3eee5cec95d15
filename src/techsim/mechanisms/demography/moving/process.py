"""W5, moves between regions, in the month: after the events of the school year, before people look for work."""

from __future__ import annotations

import numpy as np

from techsim.data.inputs import Tables
from techsim.mechanisms.demography.moving.kernels import ADULT, LATER, PARENT, STUDY, choose_regions, find_asked
from techsim.mechanisms.demography.moving.state import Codes, Counts, Floats, Mask, Moving
from techsim.mechanisms.demography.moving.utilities import (
    age_classes,
    chances_of_work,
    places_to_live,
    places_to_study,
    staying,
    travel,
)
from techsim.mechanisms.world import World
from techsim.population.clock import MONTHS
from techsim.population.parts import in_parts
from techsim.population.people import ORIGIN_BITS, People
from techsim.population.rosters import find_rows
from techsim.population.states import NEVER, Labour, Origin

JANUARY = 1
YOUNG, ROOTED = 30, 45
"""Age below which somebody who moves leaves home behind, and from which nobody returns to it."""
PARENTS, RAISING = (20, 40), (PARENT, PARENT + ADULT)
"""Ages of those who have children, and of those whose children are below ADULT."""
SWEEP = 5
"""Years after which those who died or emigrated are taken off the roster."""
HIGHER = "hbo"


def process(world: World) -> None:
    """Whoever asks where to live chooses; residents by region = before + arrivals - departures."""
    state = world.moving
    if state is None:
        return
    if world.calendar_month == JANUARY:
        observe(state, world.people, world.month, world.tables)
        if world.year % SWEEP == 0:  # nobody asks for those who died or left the country: they only take room
            rows = np.empty(state.ids.size, dtype=np.int64)
            find_rows(ids=world.people.id, missing=state.ids, rows=rows)
            state.settle(state.ids[rows < 0])
    people = world.people
    rows, kinds = _asked(world)
    home = _homes(world, state, rows, kinds)
    chosen = _choose(world, state, rows, kinds, home)
    moved = np.flatnonzero(chosen != people.region[rows])
    _note(world, rows[moved], kinds[moved], chosen[moved], home[moved])
    _follow_homes(world, state, rows, home, chosen)
    people.region[rows[moved]] = chosen[moved]


def observe(state: Moving, people: People, month: int, tables: Tables) -> None:
    """Count residents by region, those of the ages of parents by background, and what those who raise children are."""
    shape = (tables.dimensions.size("background"), tables.dimensions.size("region"))
    state.residents = np.bincount(people.region, minlength=shape[1]).astype(np.int64)
    age = (month - people.birth_month.astype(np.int64)) // MONTHS
    parents = np.flatnonzero((age >= PARENTS[0]) & (age < PARENTS[1]))
    cell = people.background[parents].astype(np.int64) * shape[1] + people.region[parents]
    state.parents = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape).astype(np.int64)
    rows = np.flatnonzero((age >= RAISING[0]) & (age < RAISING[1]))
    here = people.region[rows]
    higher = people.level[rows] >= tables.dimensions.level.index(HIGHER)
    works = (people.labour[rows] == Labour.EMPLOYED) & (people.job_region[rows] == here)
    of = np.stack([np.bincount(here, weights=w, minlength=shape[1]) for w in (higher, works)])
    state.raising = of / np.maximum(np.bincount(here, minlength=shape[1]), 1)


def places_of_birth(state: Moving, usual: Floats) -> Floats:
    """Shares of the regions in the births of a background, by where people of the ages of parents live.

    Parameters
    ----------
    usual : float64 (sexes, backgrounds, regions), of the table: how a background without parents here is spread

    Returns
    -------
    float64 (backgrounds, regions), each summing to one
    """
    parents = state.parents.sum(axis=1, keepdims=True)
    table = usual.sum(axis=0) / np.maximum(usual.sum(axis=(0, 2))[:, None], 1e-9)
    return np.asarray(np.where(parents > 0, state.parents / np.maximum(parents, 1), table))


def from_abroad(people: People, rows: Counts) -> Mask:
    """Who came to study from abroad: they have chosen their region before they came (L7); bool (m,)."""
    return np.asarray(people.id[rows] >> np.uint64(ORIGIN_BITS) == np.uint64(int(Origin.INTERNATIONAL)))


def _asked(world: World) -> tuple[Counts, Codes]:
    people = world.people
    who = people.born_in(world.month)
    began = np.flatnonzero((people.left_education == world.month) | (people.enrolled == world.month))
    began = began[(world.month - people.birth_month[began].astype(np.int64)) % MONTHS != 0]
    who = np.insert(who, np.searchsorted(who, began), began)

    def find(part: slice) -> tuple[Counts, Codes]:
        size = part.stop - part.start
        rows, kinds = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int8)
        found = find_asked(
            month=world.month,
            who=who[part],
            birth_month=people.birth_month,
            stage=people.stage,
            enrolled=people.enrolled,
            left_education=people.left_education,
            level=people.level,
            student_until=YOUNG,
            higher=world.tables.dimensions.level.index(HIGHER),
            rows=rows,
            kinds=kinds,
        )
        return rows[:found], kinds[:found]

    rows, kinds = (np.concatenate(c) for c in zip(*in_parts(world.threads, who.size, find), strict=True))
    new = np.flatnonzero(kinds == STUDY)
    stays = np.zeros(rows.size, dtype=np.bool_)
    stays[new] = from_abroad(people, rows[new])
    return rows[~stays], kinds[~stays]


def _homes(world: World, state: Moving, rows: Counts, kinds: Codes) -> Codes:
    """Home of each; only those below ROOTED can have left one."""
    people = world.people
    home = people.region[rows].copy()
    age = world.month - people.birth_month[rows].astype(np.int64)
    may = np.flatnonzero((age < MONTHS * (ROOTED + 1)) & ((kinds != LATER) | (people.left_education[rows] != NEVER)))
    home[may] = state.home_of(people.id[rows[may]], home[may])
    return home


def _choose(world: World, state: Moving, rows: Counts, kinds: Codes, home: Codes) -> Codes:
    people, tables, p, labour = world.people, world.tables, world.parameters, world.labour
    chosen = np.empty(rows.size, dtype=np.int8)
    none = np.empty((0, *state.residents.shape * 3))
    place, here = places_to_live(tables, p, state.residents, state.residents_at_start)
    seeker, worker = chances_of_work(labour.tightness, labour.staff.sum(axis=(0, 2)), p)
    choose_regions(
        seed=world.seed,
        month=world.month,
        rows=rows,
        kinds=kinds,
        home=home,
        ids=people.id,
        birth_month=people.birth_month,
        stage=people.stage,
        level=people.level,
        field=people.field,
        labour=people.labour,
        job_region=people.job_region,
        region=people.region,
        programme=people.programme,
        studies=places_to_study(tables, p) if (kinds == STUDY).any() else none,
        place=place,
        place_here=here,
        raising=state.raising,
        seeker=seeker,
        worker=worker,
        travel=travel(tables, p["moving.distance"]),
        stay=staying(p),
        age_class=age_classes(),
        at_home=float(np.exp(p["moving.home"])),
        job_pull=float(np.exp(p["moving.job"])),
        graduate=float(np.exp(p["moving.fresh"])),
        higher=tables.dimensions.level.index(HIGHER),
        chosen=chosen,
    )
    return chosen


def _follow_homes(world: World, state: Moving, rows: Counts, home: Codes, chosen: Codes) -> None:
    """Who returns home or has grown roots leaves the roster; who moves young comes onto it."""
    people = world.people
    age = world.month - people.birth_month[rows].astype(np.int64)
    here = people.region[rows]
    state.settle(people.id[rows[(home != here) & ((chosen == home) | (age >= MONTHS * ROOTED))]])
    leaves = (chosen != here) & (home == here) & (age < MONTHS * YOUNG) & (age >= MONTHS * 18)
    state.leave_home(people.id[rows[leaves]], here[leaves])


def _note(world: World, rows: Counts, kinds: Codes, chosen: Codes, home: Codes) -> None:
    people, dims = world.people, world.tables.dimensions
    technical = np.append(dims.field_technical, False)[people.field[rows]]
    slot = world.recorder.slot("moves", world.month)
    where = (people.region[rows], chosen, people.level[rows], technical.astype(np.int64), kinds)
    np.add.at(slot, tuple(w.astype(np.int64) for w in where), 1)
    back = chosen == home  # all of them move, so home is not where they are
    slot = world.recorder.slot("return_moves", world.month)
    np.add.at(slot, tuple(w[back].astype(np.int64) for w in where[:-1]), 1)

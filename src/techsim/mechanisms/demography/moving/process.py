"""W5, moves between regions, in the month: after the events of the school year, before people look for work."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from techsim.data.inputs import Tables
from techsim.mechanisms.demography.moving.kernels import (
    ADULT,
    PARENT,
    choose_regions,
    count_residents,
    find_asked,
    find_events,
    note_moves,
)
from techsim.mechanisms.demography.moving.state import Codes, Counts, Floats, Ids, Mask, Moving
from techsim.mechanisms.demography.moving.utilities import (
    age_classes,
    attraction,
    chances_of_work,
    places_to_live,
    weights,
)
from techsim.mechanisms.world import World
from techsim.population.clock import MONTHS
from techsim.population.people import People
from techsim.population.rosters import find_rows
from techsim.population.states import NEVER, Origin

JANUARY = 1
YOUNG, ROOTED = 30, 45
"""Age below which somebody who moves leaves home behind, and from which nobody returns to it."""
PARENTS, RAISING = (20, 40), (PARENT, PARENT + ADULT)
"""Ages of those who have children, and of those whose children are below ADULT."""
SWEEP = 5
"""Years after which those who died or emigrated are taken off the roster."""
HIGHER = "hbo"


@dataclass(frozen=True)
class Asked:
    """Who asks where to live: rows, ascending, kinds, where they live, ``here``, and ids, ``who``; (m,).

    may, may_ids : who of them may have left home (an index of ``rows``), and their ids, (k,).
    """

    rows: Counts
    kinds: Codes
    here: Codes
    who: Ids
    may: Counts
    may_ids: Ids


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
            state.renew(np.flatnonzero(rows < 0), state.ids[:0], state.home[:0])
    people = world.people
    asked = _asked(world)
    rows, kinds, here = asked.rows, asked.kinds, asked.here
    home, away, places = _homes(state, asked)
    chosen = _choose(world, state, asked, home)
    moved = np.flatnonzero(chosen != here)
    _note(world, rows[moved], kinds[moved], chosen[moved], home[moved])
    leaves = moved[home[moved] == here[moved]]
    _follow_homes(world, state, rows[away], places, chosen[away] == home[away], rows[leaves])
    people.region[rows[moved]] = chosen[moved]


def observe(state: Moving, people: People, month: int, tables: Tables) -> None:
    """Count residents by region, those of the ages of parents by background, and what those who raise children are."""
    dims = tables.dimensions
    regions = dims.size("region")
    state.residents = np.zeros(regions, dtype=np.int64)
    state.parents = np.zeros((dims.size("background"), regions), dtype=np.int64)
    found = np.zeros((3, regions), dtype=np.int64)
    count_residents(
        month=month,
        birth_month=people.birth_month,
        background=people.background,
        region=people.region,
        level=people.level,
        labour=people.labour,
        job_region=people.job_region,
        parents=PARENTS,
        raising=RAISING,
        higher=dims.level.index(HIGHER),
        residents=state.residents,
        of_age=state.parents,
        those=found,
    )
    state.raising = found[1:] / np.maximum(found[0], 1)
    state.attraction = None


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
    if parents.all():
        return np.asarray(state.parents / parents)
    table = usual.sum(axis=0) / np.maximum(usual.sum(axis=(0, 2))[:, None], 1e-9)
    return np.asarray(np.where(parents > 0, state.parents / np.maximum(parents, 1), table))


def _asked(world: World) -> Asked:
    people = world.people
    born, events = people.born_in(world.month), np.empty(people.size, dtype=np.int64)
    events = events[: find_events(world.month, people.left_education, people.enrolled, events)]
    most = born.size + events.size
    rows, may = np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int64)
    kinds, here = np.empty(most, dtype=np.int8), np.empty(most, dtype=np.int8)
    who, may_ids = np.empty(most, dtype=np.uint64), np.empty(most, dtype=np.uint64)
    found, left = find_asked(
        month=world.month,
        born=born,
        events=events,
        ids=people.id,
        birth_month=people.birth_month,
        stage=people.stage,
        enrolled=people.enrolled,
        left_education=people.left_education,
        level=people.level,
        student_until=YOUNG,
        higher=world.tables.dimensions.level.index(HIGHER),
        abroad=int(Origin.INTERNATIONAL),
        region=people.region,
        never=NEVER,
        rooted=ROOTED + 1,
        rows=rows,
        kinds=kinds,
        here=here,
        who=who,
        may=may,
        may_ids=may_ids,
    )
    return Asked(rows[:found], kinds[:found], here[:found], who[:found], may[:left], may_ids[:left])


def _homes(state: Moving, asked: Asked) -> tuple[Codes, Counts, Counts]:
    """Home of each, int8 (m,); who lives away from it, an index of those asked, and where they stand on the roster.

    Only those below ROOTED can have left one.
    """
    found = state.places_of(asked.may_ids)
    stands = np.flatnonzero(found >= 0)
    who, places = asked.may[stands], found[stands]
    home = asked.here.copy()
    home[who] = state.home[places]
    away = home[who] != asked.here[who]
    return home, who[away], places[away]


def _choose(world: World, state: Moving, asked: Asked, home: Codes) -> Codes:
    people, tables, p, labour = world.people, world.tables, world.parameters, world.labour
    chosen = np.empty(asked.rows.size, dtype=np.int8)
    if state.weights is None:
        state.weights = weights(tables, p)
    if state.attraction is None:
        place, here = places_to_live(tables, p, state.residents, state.residents_at_start)
        state.attraction = attraction(place, here, state.weights)
    seeker, worker = chances_of_work(labour.tightness, labour.staff.sum(axis=0).sum(axis=1), p)
    choose_regions(
        seed=world.seed,
        month=world.month,
        rows=asked.rows,
        kinds=asked.kinds,
        here=asked.here,
        home=home,
        ids=asked.who,
        birth_month=people.birth_month,
        stage=people.stage,
        level=people.level,
        field=people.field,
        labour=people.labour,
        job_region=people.job_region,
        programme=people.programme,
        studies=state.weights.studies,
        elsewhere=state.attraction.elsewhere,
        own=state.attraction.own,
        raising=state.raising,
        seeker=seeker,
        worker=worker,
        age_class=age_classes(),
        at_home=state.weights.at_home,
        job_pull=state.weights.job_pull,
        graduate=state.weights.graduate,
        higher=tables.dimensions.level.index(HIGHER),
        chosen=chosen,
    )
    return chosen


def _follow_homes(world: World, state: Moving, away: Counts, places: Counts, returns: Mask, leaves: Counts) -> None:
    """Who returns home or has grown roots leaves the roster; who moves young comes onto it.

    Parameters
    ----------
    away, places : int64 (a,), rows of those asked who live away from home, and where they stand on the roster
    returns : bool (a,), who of them returns
    leaves : int64 (k,), rows of those who move away from home
    """
    people, month = world.people, world.month
    settles = returns | (people.birth_month[away] <= month - MONTHS * ROOTED)
    born = people.birth_month[leaves]
    young = leaves[(born > month - MONTHS * YOUNG) & (born <= month - MONTHS * ADULT)]
    state.renew(np.sort(places[settles]), people.id[young], people.region[young])


def _note(world: World, rows: Counts, kinds: Codes, chosen: Codes, home: Codes) -> None:
    people, record = world.people, world.recorder
    note_moves(
        rows=rows,
        kinds=kinds,
        chosen=chosen,
        home=home,
        region=people.region,
        level=people.level,
        field=people.field,
        technical=world.tables.dimensions.field_technical,
        moves=record.slot("moves", world.month),
        returns=record.slot("return_moves", world.month),
    )

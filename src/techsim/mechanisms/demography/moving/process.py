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
    move,
)
from techsim.mechanisms.demography.moving.state import Codes, Counts, Floats, Ids, Moving
from techsim.mechanisms.demography.moving.utilities import (
    age_classes,
    attraction,
    chances_of_work,
    places_to_live,
    weights,
)
from techsim.mechanisms.working.kernels import by_group_and_region
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
            state.renew(rows < 0, state.ids[:0], state.home[:0])
    asked = _asked(world, state)
    home, places = _homes(state, asked)
    _move(world, state, asked, home, _choose(world, state, asked, home), places)


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
    state.attraction = state.settled = None


def places_of_birth(state: Moving, usual: Floats) -> Floats:
    """Shares of the regions in the births of a background, by where people of the ages of parents live.

    Parameters
    ----------
    usual : float64 (sexes, backgrounds, regions), of the table: how a background without parents here is spread

    Returns
    -------
    float64 (backgrounds, regions), each summing to one
    """
    shares = state.shares_of_parents()
    if shares is not None:
        return shares
    parents = state.parents.sum(axis=1, keepdims=True)
    table = usual.sum(axis=0) / np.maximum(usual.sum(axis=(0, 2))[:, None], 1e-9)
    return np.asarray(np.where(parents > 0, state.parents / np.maximum(parents, 1), table))


def _events(world: World, state: Moving) -> Counts:
    """Rows of who left education or enrolled this month."""
    people, rows = world.people, np.empty(world.people.size, dtype=np.int64)
    found = find_events(world.month, people.left_education, people.enrolled, rows)
    state.events, state.events_of = rows[:found].copy(), world.month
    return state.events


def _asked(world: World, state: Moving) -> Asked:
    people = world.people
    born, events = people.born_in(world.month), _events(world, state)
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


def _homes(state: Moving, asked: Asked) -> tuple[Codes, Counts]:
    """Home of each, int8 (m,); of those who live away from it, in their order, the places on the roster, (a,).

    Only those below ROOTED can have left one.
    """
    found = state.places_of(asked.may_ids)
    stands = (found >= 0).nonzero()[0]
    who, places = asked.may[stands], found[stands]
    home, left = asked.here.copy(), state.home[places]
    home[who] = left
    return home, places[left != asked.here[who]]


def _choose(world: World, state: Moving, asked: Asked, home: Codes) -> Codes:
    people, tables, p, labour = world.people, world.tables, world.parameters, world.labour
    chosen = np.empty(asked.rows.size, dtype=np.int8)
    if state.weights is None:
        state.weights = weights(tables, p)
    if state.attraction is None:
        place, here = places_to_live(tables, p, state.residents, state.residents_at_start)
        state.attraction = attraction(place, here, state.weights)
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
        chances=chances_of_work(labour.tightness, by_group_and_region(labour.staff), p),
        age_class=age_classes(),
        at_home=state.weights.at_home,
        job_pull=state.weights.job_pull,
        graduate=state.weights.graduate,
        higher=tables.dimensions.level.index(HIGHER),
        chosen=chosen,
    )
    return chosen


def _move(world: World, state: Moving, asked: Asked, home: Codes, chosen: Codes, places: Counts) -> None:
    """Who wants to live elsewhere moves; who returns home or has grown roots leaves the roster, who moves young comes.

    Parameters
    ----------
    home, chosen : int8 (m,), of those asked
    places : int64 (a,), as of :func:`_homes`
    """
    people, record, month = world.people, world.recorder, world.month
    gone = np.zeros(state.ids.size, dtype=np.bool_)
    ids, left = np.empty(chosen.size, dtype=np.uint64), np.empty(chosen.size, dtype=np.int8)
    found = move(
        rows=asked.rows,
        kinds=asked.kinds,
        here=asked.here,
        home=home,
        chosen=chosen,
        who=asked.who,
        places=places,
        birth_month=people.birth_month,
        level=people.level,
        field=people.field,
        technical=world.tables.dimensions.field_technical,
        rooted=month - MONTHS * ROOTED,
        young=month - MONTHS * YOUNG,
        grown=month - MONTHS * ADULT,
        region=people.region,
        moves=record.slot("moves", month),
        returns=record.slot("return_moves", month),
        gone=gone,
        new_ids=ids,
        new_home=left,
    )
    state.renew(gone, ids[:found], left[:found])

"""W2 and W4, retraining in the month, after lifelong learning has asked; and hires that cross between kinds of work."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.working.employers import Counts, Floats
from techsim.mechanisms.working.kernels import by_group_and_region
from techsim.mechanisms.working.matching.hiring.kernels import count_moves
from techsim.mechanisms.working.retraining import choice
from techsim.mechanisms.working.retraining.state import ENDS, GROUP, PAID, RETRAINER, SINCE
from techsim.mechanisms.working.retraining.trained import record_work, remember, rows_of
from techsim.mechanisms.world import World
from techsim.population.clock import MONTHS
from techsim.population.draws import normals, uniforms
from techsim.population.events import RETRAINING
from techsim.population.randomness import Purpose
from techsim.population.rosters import stands_on
from techsim.population.states import Labour, Stage
from techsim.results.coordinates import CROSSING, EDUCATION_OF_ENTRANT, RETRAINING_STEP

NOBODY: Counts = np.zeros(0, dtype=np.int64)
BEGAN, COMPLETED, DROPPED_OUT = range(len(RETRAINING_STEP))
BY_RETRAINER = ("retraining.uwv", "retraining.fund", "retraining.region")
"""Hooks, in the order of ``RETRAINERS``."""
MOVES = (
    *(CROSSING.index(way) for way in ("into_technical", "out_of_technical")),
    *(EDUCATION_OF_ENTRANT.index(kind) for kind in ("technical", "retrained", "other")),
)
"""Where hires that cross are counted, as :func:`count_moves` asks for it."""
_RETRAINING = int(Purpose.RETRAINING)
_EMPLOYED, _OUT = int(Labour.EMPLOYED), int(Stage.OUT)


def process(world: World) -> None:
    """Who is through completes; others begin."""
    if world.recorder.wants("retrained_a_year_on"):
        record_work(world)
    _complete(world)
    _begin(world)


def places(vacancies: Counts, per_vacancy: Floats, added: Floats | None) -> Floats:
    """n_kr = (s_k phi V_r + x_kr V_r / V) / 12, by retrainer and region; places in simulated persons (W2).

    Parameters
    ----------
    vacancies : int64 (R,); per_vacancy : float64 (retrainers, 1), s_k phi; added : float64 (retrainers, R), x, or None
    for none
    """
    a_year = per_vacancy * vacancies
    if added is not None:
        a_year += added * vacancies / max(float(vacancies.sum()), 1.0)
    return np.asarray(a_year / MONTHS)


def interested(world: World, asked: Counts, offered: npt.NDArray[np.bool_]) -> Counts:
    """Rows of those of ``asked`` (k,) who would be retrained, live where it is ``offered``, (R,), and are in no
    programme."""
    found = choice.interested(world, asked, offered)
    return found[~stands_on(world.people.id[found], np.sort(world.labour.retraining.id))]


def _begin(world: World) -> None:
    dims, state = world.tables.dimensions, world.labour.retraining
    shares = world.tables.training.retrainer_share[:, None]
    running = by_group_and_region(world.labour.open_vacancies)[dims.occupation_technical].cumsum(axis=0)
    in_region, added = running[-1], added_by_levers(world, shares)
    offered = places(in_region, shares * world.parameters["retraining.places"], added)
    state.carry = np.minimum(state.carry + offered, np.maximum(MONTHS * offered, 1.0))
    who, retrainer = _chosen(world)
    region = world.people.region[who]
    cell = retrainer * state.regions + region
    number = np.bincount(cell, minlength=state.carry.size).reshape(state.carry.shape)
    state.carry = state.carry - number
    share, state.paid = np.zeros(number.shape), dict.fromkeys(PAID, np.zeros(state.regions))
    if added is not None:
        extra = places(in_region, 0.0 * shares, added)
        share = np.where(offered > 0.0, extra / np.where(offered > 0.0, offered, 1.0), 0.0)
        use = np.where(added > 0.0, number * share / np.where(added > 0.0, added, 1.0), 0.0)
        state.paid = dict(zip(PAID, ((shares * use).sum(axis=0), *use), strict=True))
    _record(world, number, share)
    if not who.size:
        return
    world.note(RETRAINING, who, cell, share.ravel())
    luck, groups = uniforms(world.seed, _RETRAINING, world.people.id[who], world.month, 2), dims.technical_groups
    passed = ((running / np.maximum(in_region, 1.0))[:, region] <= luck).sum(axis=0)
    _enter(world, who, groups[np.minimum(passed, groups.size - 1)], retrainer)


def _record(world: World, number: Counts, share: Floats) -> None:
    """Who began, (retrainers, R), and what it costs where levers do not pay their share of it.

    Asked for every month, also where nobody begins, or the year counts as cut short.
    """
    recorder, month = world.recorder, world.month
    if recorder.wants("retraining"):
        recorder.slot("retraining", month)[BEGAN] += number.sum(axis=1)
    if recorder.wants("retraining_money"):
        money = recorder.slot("retraining_money", month)
        money += world.scale * (number * (1.0 - share)).sum(axis=1) * world.tables.training.retrainer_euro


def _chosen(world: World) -> tuple[Counts, Counts]:
    """Who begins, and whose programme; nobody is asked where no retrainer has a place."""
    offered = np.asarray((world.labour.retraining.carry >= 1.0).any(axis=0))
    if not offered.any():
        return NOBODY, NOBODY
    return _taken(world, _ranked(world, interested(world, world.labour.training.asked, offered)))


def _enter(world: World, who: Counts, group: Counts, retrainer: Counts) -> None:
    """Put people who begin on the roster."""
    state, ids = world.labour.retraining, world.people.id[who]
    state.followed.add(ids, who)
    state.id = np.concatenate((state.id, ids))
    entered = np.empty((4, who.size), dtype=np.int64)
    entered[GROUP], entered[RETRAINER], entered[SINCE] = group, retrainer, world.month
    entered[ENDS] = world.month + choice.rules_of(world).months[retrainer]
    state.programmes = np.concatenate((state.programmes, entered), axis=1)


def added_by_levers(world: World, shares: Floats) -> Floats | None:
    """x: places a year of levers, spread over retrainers as the table says, and those of one alone; (retrainers, R).

    None where no lever adds any.
    """
    nothing = np.zeros(world.labour.retraining.regions)
    held = np.array([world.hooks.get(name, nothing) for name in ("retraining.places", *BY_RETRAINER)])
    return np.asarray((shares * held[0] + held[1:]) / world.scale) if held.any() else None


def _ranked(world: World, who: Counts) -> Counts:
    """Those interested by region, the best first; ties by id."""
    people = world.people
    luck = normals(world.seed, _RETRAINING, people.id[who], world.month, 1)
    rank = people.ability[who] + world.parameters["retraining.noise"] * luck
    return np.asarray(who[np.lexsort((people.id[who], -rank, people.region[who]))])


def _taken(world: World, who: Counts) -> tuple[Counts, Counts]:
    """Who of ``who``, the best first, begins, and whose programme: one after the other take those whom they take.

    An O&O fund takes workers of the sectors that have one.
    """
    people, rules = world.people, choice.rules_of(world)
    kinds = np.where(people.labour[who] == _EMPLOYED, rules.kind[people.employer[who]], 0)
    left = world.labour.retraining.carry.astype(np.int64).tolist()
    begin: list[int] = []
    taken_by: list[int] = []
    for row, region, kind in zip(who.tolist(), people.region[who].tolist(), kinds.tolist(), strict=True):
        for at in rules.takers[kind]:
            if left[at][region] > 0:
                left[at][region] -= 1
                begin.append(row)
                taken_by.append(at)
                break
    return np.array(begin, dtype=np.int64), np.array(taken_by, dtype=np.int64)


def _complete(world: World) -> None:
    """At the end of a programme, for those who still live here and are out of education."""
    people, state, slot = world.people, world.labour.retraining, world.recorder.slot("retraining", world.month)
    goes_on = state.programmes[ENDS] > world.month
    if goes_on.all():
        return
    ends = ~goes_on
    over, rows = state.programmes[:, ends], rows_of(world, state.id[ends])
    retrainer = over[RETRAINER]
    state.id, state.programmes = state.id[goes_on], state.programmes[:, goes_on]
    # Row -1 is of somebody else: those who are gone are asked beside the others, and do not complete.
    done = choice.completing(world, rows, retrainer, over[SINCE]) & (people.stage[rows] == _OUT) & (rows >= 0)
    if world.recorder.wants("retraining"):
        np.add.at(slot, (np.where(done, COMPLETED, DROPPED_OUT), retrainer), 1)
    rows = rows[done]
    if not rows.size:
        return
    people.field[rows] = over[GROUP, done]
    people.currency[rows] = np.maximum(people.currency[rows], choice.rules_of(world).currency)
    remember(world, rows, retrainer[done])


def book_moves(world: World, rows: Counts, cells: Counts) -> None:
    """Hires that cross between technical and other work, by education; before they are carried out.

    Parameters
    ----------
    rows : int64 (m,), people hired; cells : int64 (m,), of the new jobs, type of employer x group x level x region
    """
    people, dims = world.people, world.tables.dimensions
    _, _, levels, regions = world.labour.staff.shape
    count_moves(
        rows=rows,
        cells=cells,
        a_group=levels * regions,
        ids=people.id,
        occupation=people.occupation,
        field=people.field,
        technical=dims.occupation_technical,
        technical_field=dims.field_technical,
        retrained=world.labour.retraining.retrained,
        codes=MOVES,
        moves=world.recorder.slot("side_entry", world.month),
    )

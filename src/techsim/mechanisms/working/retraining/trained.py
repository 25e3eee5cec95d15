"""Who has completed retraining: since when they hold their trade (W2), and what they do a year later."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.data.training import RETRAINERS
from techsim.mechanisms.working.employers import Counts, Floats
from techsim.mechanisms.working.matching.searching.kernels import revised
from techsim.mechanisms.world import World
from techsim.population.clock import MONTHS
from techsim.population.draws import uniforms
from techsim.population.randomness import Purpose
from techsim.population.rosters import stands_on
from techsim.population.states import Labour, Stage
from techsim.results.coordinates import WORK_OF_RETRAINED

LOCKED, AFTER = 4, 5
"""Numbers of the draws, of purpose RETRAINING, that decide on search during a programme and after it."""
TECHNICAL, OTHER, NO_WORK = range(len(WORK_OF_RETRAINED))


def remember(world: World, rows: Counts, retrainer: Counts) -> None:
    """Put people who complete this month on the roster; one who was on it, and learned something else since, anew."""
    state, ids = world.labour.retraining, world.people.id[rows]
    kept = ~stands_on(state.retrained, np.sort(ids))
    everyone = np.append(state.retrained[kept], ids)
    order = np.argsort(everyone)
    state.retrained = everyone[order]
    state.completed = np.append(state.completed[kept], np.full(ids.size, world.month))[order]
    state.completed_with = np.append(state.completed_with[kept], retrainer)[order]


def searchers(world: World, who: Counts) -> Counts:
    """Who searches of ``who``, all those found searching, less trainees, and with workers who have learned a trade."""
    people, p, state = world.people, world.parameters, world.labour.retraining
    locked = eager = np.zeros(0, dtype=np.int64)
    if state.id.size:
        rows = rows_of(world, state.id)
        rows = rows[rows >= 0]
        rows = np.sort(rows[people.labour[rows] == Labour.UNEMPLOYED])
        locked = rows[_draws(world, rows, LOCKED) >= p["retraining.search_inside"]]
    recent = state.completed > world.month - MONTHS
    if recent.any():
        found = rows_of(world, state.retrained[recent])
        rows = found[found >= 0]
        works = people.labour[rows] == Labour.EMPLOYED
        technical = world.tables.dimensions.occupation_technical[np.maximum(people.occupation[rows], 0)]
        rows = np.sort(rows[works & ~technical & (people.stage[rows] == Stage.OUT)])
        eager = rows[_draws(world, rows, AFTER) < p["retraining.search_after"]]
    some: Counts = revised(who, locked, eager) if locked.size or eager.size else who
    return some


def rows_of(world: World, ids: npt.NDArray[np.uint64]) -> Counts:
    """Rows, -1 for none, of people who are in a programme or whose programme was completed within a year; (k,).

    They are looked for once a month: from the month's search for work on, nobody comes, goes or is stored elsewhere.
    """
    state = world.labour.retraining
    if state.asked_in != world.month:
        recent = state.completed >= world.month - MONTHS
        state.followed.only(np.union1d(state.id, state.retrained[recent]), world.people)
        state.asked_in = world.month
    return state.followed.rows_of(ids)


def _draws(world: World, rows: Counts, number: int) -> Floats:
    drawn: Floats = uniforms(world.seed, int(Purpose.RETRAINING), world.people.id[rows], world.month, number)
    return drawn


def record_work(world: World) -> None:
    """What those who completed a year ago do now; who died or left the country is not counted."""
    people, state = world.people, world.labour.retraining
    slot = world.recorder.slot("retrained_a_year_on", world.month)  # asked every month, or the year counts as cut short
    due = state.completed == world.month - MONTHS
    if not due.any():
        return
    found = rows_of(world, state.retrained[due])
    here = found >= 0
    rows, retrainer = found[here], state.completed_with[due][here]
    technical = world.tables.dimensions.occupation_technical[np.maximum(people.occupation[rows], 0)]
    work = np.where(people.labour[rows] != Labour.EMPLOYED, NO_WORK, np.where(technical, TECHNICAL, OTHER))
    cell = retrainer * len(WORK_OF_RETRAINED) + work
    slot[...] += np.bincount(cell, minlength=slot.size).reshape(len(RETRAINERS), len(WORK_OF_RETRAINED))

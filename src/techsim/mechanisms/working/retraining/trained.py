"""Who has completed retraining: since when they hold their trade (W2), and what they do a year later."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.data.training import RETRAINERS
from techsim.mechanisms.working.employers import Counts
from techsim.mechanisms.world import World
from techsim.population.clock import MONTHS
from techsim.population.rosters import locate
from techsim.population.states import Labour
from techsim.results.coordinates import WORK_OF_RETRAINED

_EMPLOYED = int(Labour.EMPLOYED)
JANUARY = 1
TECHNICAL, OTHER, NO_WORK = range(len(WORK_OF_RETRAINED))


def remember(world: World, rows: Counts, retrainer: Counts) -> None:
    """Put people who complete this month on the roster; one who was on it, and learned something else since, anew."""
    state, ids = world.labour.retraining, world.people.id[rows]
    at = state.retrained.searchsorted(ids)
    again = state.retrained.searchsorted(ids, side="right") > at
    if again.any():
        for name in ("retrained", "completed", "completed_with"):
            setattr(state, name, np.delete(getattr(state, name), at[again]))
    everyone = np.concatenate((state.retrained, ids))
    order = everyone.argsort(kind="stable")  # quick where most are in order
    state.retrained = everyone[order]
    state.completed = np.concatenate((state.completed, np.full(ids.size, world.month)))[order]
    state.completed_with = np.concatenate((state.completed_with, retrainer))[order]


def trainees_and_retrained(world: World) -> tuple[Counts, Counts]:
    """Rows, ascending, of those in a programme and of those who have completed one within a year; int64 (k,) each."""
    state = world.labour.retraining
    recent = state.retrained[state.completed > world.month - MONTHS]
    if not state.id.size and not recent.size:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    rows = rows_of(world, np.concatenate((state.id, recent)))
    trainees, retrained = rows[: state.id.size], rows[state.id.size :]
    for some in (trainees, retrained):
        some.sort()
    return trainees[trainees.searchsorted(0) :], retrained[retrained.searchsorted(0) :]  # less those who are gone


def rows_of(world: World, ids: npt.NDArray[np.uint64]) -> Counts:
    """Rows, -1 for none, of people who are in a programme or whose programme was completed within a year; (k,).

    They are looked for once a month: from the month's search for work on, nobody comes, goes or is stored elsewhere.
    """
    state = world.labour.retraining
    if state.asked_in != world.month:
        if world.calendar_month == JANUARY:  # nobody asks for the others any longer
            recent = state.completed >= world.month - MONTHS
            state.followed.only(np.union1d(state.id, state.retrained[recent]), world.people)
        else:
            locate(state.followed, world.people)
        state.asked_in = world.month
    return state.followed.rows_of(ids)


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
    work = np.where(people.labour[rows] != _EMPLOYED, NO_WORK, np.where(technical, TECHNICAL, OTHER))
    cell = retrainer * len(WORK_OF_RETRAINED) + work
    slot[...] += np.bincount(cell, minlength=slot.size).reshape(len(RETRAINERS), len(WORK_OF_RETRAINED))

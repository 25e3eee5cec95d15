"""Spells of short-time work: who is in one, who begins and ends one, and how many of each are booked."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.working.short_time.kernels import count_by_employer, count_in_cells, rows_in_spell
from techsim.mechanisms.working.short_time.state import Ended, ShortTime
from techsim.mechanisms.world import World
from techsim.population.events import SPELL_BEGUN
from techsim.population.people import People
from techsim.population.states import NEVER, Flag, Labour, Stage
from techsim.results.coordinates import ENDING, SPELL

Counts = npt.NDArray[np.int64]
SHORT = int(Flag.SHORT_TIME)
NOT_SHORT = np.uint8(0xFF ^ SHORT)


def on_short_time(people: People) -> Counts:
    """Rows of the people whose hours are cut; int64 (m,)."""
    rows: Counts = rows_in_spell(people.flags)
    return rows


def per_employer(people: People, who: Counts, regions: int) -> Counts:
    """Type of employer and region of the job of ``who`` as one number; int64 (m,)."""
    return people.employer[who].astype(np.int64) * regions + people.job_region[who]


def workers_by_employer(people: People, who: Counts, shape: tuple[int, ...]) -> Counts:
    """How many of ``who`` each type of employer has in each region; int64 (E, R)."""
    count = np.zeros((shape[0], shape[-1]), dtype=np.int64)
    count_by_employer(who, people.employer, people.job_region, count)
    return count


def cells_of(people: People, who: Counts, shape: tuple[int, ...]) -> Counts:
    """Workers by the cell of their job, int64 [E, G, L, R]; IndexError if somebody has none."""
    count = np.zeros(shape, dtype=np.int64)
    if count_in_cells(who, people.employer, people.occupation, people.job_level, people.job_region, count):
        raise IndexError("a worker has no cell: employer, occupation, job level or job region is unset")
    return count


def begin_spells(world: World, who: Counts) -> None:
    """Begin spells this month, and book them by sector as first or later."""
    people, state = world.people, world.labour.short_time
    dims = world.tables.dimensions
    first = people.short_time[who] == NEVER
    sector = dims.employer_sector[people.employer[who]]
    slot = world.recorder.slot("short_time_entries", world.month)
    for name, mask in (("first", first), ("later", ~first)):
        slot[:, SPELL.index(name)] += np.bincount(sector[mask], minlength=slot.shape[0])
    state.entered += np.bincount(people.job_region[who], minlength=state.regions)
    world.note(SPELL_BEGUN, who, people.job_region[who])
    people.flags[who] |= np.uint8(SHORT)
    people.short_time[who] = world.month


def still_on(people: People, rows: Counts) -> npt.NDArray[np.bool_]:
    """Who of ``rows`` (m,) is on short time; bool (m,)."""
    return np.asarray((people.flags[rows] & np.uint8(SHORT)) != 0)


def works(people: People, rows: Counts) -> npt.NDArray[np.bool_]:
    """Who of ``rows`` (m,) works and has left education; bool (m,)."""
    return np.asarray((people.labour[rows] == int(Labour.EMPLOYED)) & (people.stage[rows] == int(Stage.OUT)))


def first_to_go(people: People, state: ShortTime) -> Counts:
    """Rows of the workers in a spell, or whose spell ended of late while staff was still too many; int64 (m,)."""
    ended = state.ended
    released = ended.row[ended.released & (ended.row >= 0)]
    rows = state.rows[still_on(people, state.rows)]
    who = np.unique(np.append(rows, released)) if released.size else rows
    return np.asarray(who[works(people, who)])


def end_spells(
    people: People, state: ShortTime, who: Counts, month: int, *, remember: bool, released: bool = False
) -> None:
    """End spells; ``remember`` those after which letting go has to be paid for, ``released`` while still too many."""
    people.flags[who] &= NOT_SHORT
    if remember and who.size:
        state.ended.add(people, who, month, month - people.short_time[who].astype(np.int64), released=released)


def book_endings(world: World, how: str, ended: Counts) -> None:
    """Add endings by type of employer and region, (E, R), to the record, by sector."""
    if world.recorder.wants("short_time_ended") and ended.any():
        slot = world.recorder.slot("short_time_ended", world.month)
        slot[ENDING.index(how)] += world.tables.dimensions.by_sector(ended).sum(axis=1)


def forget_movers(people: People, ended: Ended, month: int) -> None:
    """Forget the ended spells of people whose job or labour state began this month: no employer pays for them."""
    if ended.id.size:
        ended.keep((ended.row < 0) | (people.since[ended.row] != month))


def forget_spells(ended: Ended, month: int, months: float) -> None:
    """Forget spells that ended longer ago than letting go has to be paid for."""
    if ended.id.size:
        ended.keep(month - ended.month < months)


def owed_months(people: People, state: ShortTime, month: int) -> tuple[Counts, Counts]:
    """Rows of the workers let go this month on short time or soon after, and for how many months each was paid.

    Called after employers dismissed and before matching, which finds some of them another job: since the month's other
    separations were swept before, whoever is out of work in a spell was let go.
    """
    ended, idle = state.ended, int(Labour.UNEMPLOYED)
    now = state.rows[still_on(people, state.rows) & (people.labour[state.rows] == idle)]
    during = month - people.short_time[now].astype(np.int64)
    gone = (ended.row >= 0) & (people.since[ended.row] == month) & (people.labour[ended.row] == idle)
    gone &= ~still_on(people, ended.row)
    rows, first = np.unique(ended.row[gone], return_index=True)
    return np.append(now, rows), np.append(during, ended.months[gone][first])

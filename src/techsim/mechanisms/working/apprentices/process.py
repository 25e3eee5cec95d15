"""L4, apprentices in the month: hired after participation, and kept or let go when they finish."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.data.labour import REASONS
from techsim.mechanisms.working.apprentices.kernels import (
    count_apprentices,
    find_apprentices,
    find_finishing,
    finish_apprenticeships,
    hire_apprentices,
)
from techsim.mechanisms.working.employers import Counts, Floats, chance_of_offer, shortage_of_staff
from techsim.mechanisms.working.state import months_share, training_levels
from techsim.mechanisms.world import World
from techsim.population.draws import uniforms
from techsim.population.events import IN_PLACE
from techsim.population.randomness import Purpose
from techsim.population.states import Flag, Labour

INTAKE_MONTH = 9
BBL = "bbl"
ENDS = np.array([REASONS.index(reason) for reason in ("apprenticeship_end", "job_change")])
"""Reasons for which a job ends as an apprenticeship does: with it, and by moving up."""


def process(world: World) -> None:
    """Hire the bbl students who have no job that fits their programme; in September count the places filled."""
    people, labour, education = world.people, world.labour, world.tables.education
    learns = apprentices(world)
    labour.places.apprentices[:] = 0
    hire_apprentices(
        seed=world.seed,
        month=world.month,
        rows=learns,
        ids=people.id,
        programme=people.programme,
        region=people.region,
        field_of=education.programme_field,
        level_of=education.programme_level,
        shares=_employer_shares(world),
        at_level=world.tables.labour.apprentice_at_level,
        flags=people.flags,
        labour=people.labour,
        since=people.since,
        occupation=people.occupation,
        job_level=people.job_level,
        job_region=people.job_region,
        employer=people.employer,
        staff=labour.staff,
        hires=labour.ledger.hired,
        left=labour.ledger.separated[REASONS.index("job_change")],
        apprentices=labour.places.apprentices,
    )
    if world.notes(IN_PLACE):
        learns = apprentices(world)
        world.note(IN_PLACE, learns, people.job_region[learns])
    if world.calendar_month == INTAKE_MONTH:
        slot = world.recorder.slot("apprenticeship_places", world.month)
        slot[..., 1] = 0
        group = world.tables.education.programme_field[people.programme[learns]]
        np.add.at(slot[..., 1], (group, people.region[learns]), 1)


def finish(world: World) -> None:
    """Apprentices who leave education stay with their employer, at their level if it has a vacancy, or are let go."""
    people, labour, p = world.people, world.labour, world.parameters
    now = shortage_of_staff(desired=labour.desired.sum(axis=(2, 3)), staff=labour.staff.sum(axis=(2, 3)))
    pace = months_share(p["apprentices.plan_months"])
    labour.seen_shortage = labour.seen_shortage + pace * (now - labour.seen_shortage)
    who = finishing(world)
    if not who.size:
        return
    ids, counting = people.id[who], world.recorder.wants("apprentices_finished")
    rank = uniforms(world.seed, int(Purpose.PROMOTION_AT_WORK), ids, world.month, 1)
    order = who[np.lexsort((ids, rank))]
    learnt = who[(people.flags[who] & int(Flag.TEMPORARY)) != 0] if counting else who[:0]
    finish_apprenticeships(
        seed=world.seed,
        month=world.month,
        order=order,
        ids=people.id,
        level=people.level,
        employer=people.employer,
        occupation=people.occupation,
        job_region=people.job_region,
        stays=p["apprentices.stays"],
        temporary_chance=p["matching.temporary"],
        offer=chance_of_offer(
            shortage=labour.seen_shortage,
            base=p["apprentices.offer"],
            slope=p["apprentices.offer_shortage"],
        ),
        rows=ENDS,
        flags=people.flags,
        labour=people.labour,
        since=people.since,
        job_level=people.job_level,
        staff=labour.staff,
        open_vacancies=labour.open_vacancies,
        hires=labour.ledger.hired,
        filled=labour.ledger.filled,
        separated=labour.ledger.separated,
    )
    if not counting:
        return
    stayed, group = people.labour[learnt] == int(Labour.EMPLOYED), people.occupation[learnt].astype(np.int64)
    slot = world.recorder.slot("apprentices_finished", world.month)
    slot += np.bincount(2 * group + stayed, minlength=slot.size).reshape(slot.shape)


def finishing(world: World) -> Counts:
    """Rows of those who left education this month and have a job that began earlier, ascending; int64 (m,).

    They are among those who have just been asked where to live as their education began or ended (W5).
    """
    people, month, moving = world.people, world.month, world.moving
    rows = moving.events if moving is not None and moving.events_of == month else np.arange(people.size)
    found: Counts = find_finishing(rows, month, people.left_education, people.stage, people.labour, people.since)
    return found


def is_bbl(world: World) -> npt.NDArray[np.bool_]:
    """Whether a programme is work-based; (programmes,)."""
    return world.labour.fixed.bbl


def apprentices(world: World) -> npt.NDArray[np.int64]:
    """Rows of the bbl students, ascending; int64 (m,)."""
    people = world.people
    rows = np.empty(people.size, dtype=np.int64)
    return rows[: find_apprentices(people.stage, people.programme, is_bbl(world), rows)]


def apprentices_in_place(world: World) -> Counts:
    """bbl students who have not just got their diploma, by field of programme and region of residence; (G, R)."""
    people, labour = world.people, world.labour
    count = np.zeros(labour.places_free.shape, dtype=np.int64)
    count_apprentices(
        stage=people.stage,
        programme=people.programme,
        flags=people.flags,
        region=people.region,
        bbl=is_bbl(world),
        field_of=world.tables.education.programme_field,
        count=count,
    )
    return count


def training_staff(world: World) -> Floats:
    """Workers at the job levels beside which apprentices are trained; (E, G, R)."""
    staff: Floats = world.labour.staff[:, :, training_levels(world.tables.dimensions)].sum(axis=2).astype(np.float64)
    return staff


def _employer_shares(world: World) -> Floats:
    """Shares of types of employers in the places offered in a group and region; (E, G, R).

    By staff at mbo levels where nothing has been offered yet.
    """
    shares = world.labour.places.shares
    offered = shares.any(axis=0)
    if offered.all():
        return shares
    staff = training_staff(world)
    total = staff.sum(axis=0)
    elsewhere = world.tables.labour.employer_shares.T[:, :, None]
    return np.where(offered, shares, np.where(total > 0.0, staff / np.maximum(total, 1.0), elsewhere))

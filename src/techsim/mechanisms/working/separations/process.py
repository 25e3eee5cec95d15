"""W1 and W3, separations, in the month: after participation, before vacancies."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from techsim.data.labour import REASONS
from techsim.mechanisms.working.employers import (
    STEP,
    Counts,
    Cut,
    Floats,
    hoarded,
    monthly_dither,
    staff_kept,
    turned,
)
from techsim.mechanisms.working.kernels import by_type_and_region, cut_and_shed
from techsim.mechanisms.working.participation.process import mean_pressure
from techsim.mechanisms.working.separations.kernels import cells_that_let_go, end_jobs, let_go, rank_for_layoff
from techsim.mechanisms.working.short_time.spells import cells_of, first_to_go
from techsim.mechanisms.working.state import months_share
from techsim.mechanisms.working.surplus import (
    fall_of_output,
    left_to_shed,
    surplus_of_deep,
    surplus_share,
    surplus_to_dismiss,
)
from techsim.mechanisms.world import World
from techsim.population.events import LAID_OFF
from techsim.population.parts import Tally, in_parts, tallied
from techsim.population.states import Flag, Labour

ENDS, LETS_GO = (
    np.array([REASONS.index(reason) for reason in ("contract_end", other)]) for other in ("quit", "layoff")
)
"""Reasons for which a job ends by itself, and by the employer: of a temporary contract, and of others."""


def process(world: World) -> None:
    """Jobs that end, then cuts by all employers at once: the month without agents, for tests and experiments."""
    leave_jobs(world)
    lay_off_staff(world)


def lay_off_staff(world: World) -> None:
    """Cuts by all employers at once."""
    spells = workers_in_spells(world)
    dismiss(world, *planned(world, spells), planned_shed_of_spells(world, spells))


def leave_jobs(world: World) -> None:
    """Contracts that end or become permanent, and quits; attrition lets firms' staff follow output."""
    people, labour = world.people, world.labour
    pace = months_share(world.parameters["separations.staffing_months"])
    labour.staffed_for = labour.staffed_for + pace * (labour.pressure - labour.staffed_for)
    rules = ending_rules(world)

    def end(part: slice, staff: Tally, separated: Tally) -> None:
        end_jobs(
            seed=world.seed,
            month=world.month,
            ids=people.id[part],
            stage=people.stage[part],
            occupation=people.occupation[part],
            job_level=people.job_level[part],
            job_region=people.job_region[part],
            employer=people.employer[part],
            rules=rules,
            reasons=ENDS,
            flags=people.flags[part],
            labour=people.labour[part],
            since=people.since[part],
            staff=staff,
            separated=separated,
        )

    tallied(world.threads, people.size, (labour.staff, labour.ledger.separated), end)


def ending_rules(world: World) -> Floats:
    """Chances that :func:`~techsim.mechanisms.working.separations.kernels.ending` asks for; (5,)."""
    p = world.parameters
    return np.array(
        [
            1.0 / p["separations.temporary_months"],
            p["separations.not_renewed"],
            p["separations.made_permanent"],
            p["separations.permanent_end"],
            p["separations.quit"] * math.exp(p["separations.quit_cyclical"] * mean_pressure(world)),
        ]
    )


def tolerance(world: World) -> Floats:
    """Share of staff above what is wanted that employers keep, by type; (E,)."""
    return hoarded(
        usually=world.labour.fixed.hoarding,
        scarcity=world.parameters["separations.hoarding_scarcity"],
        remembered=world.labour.remembered_rate,
    )


def kept(world: World) -> Floats:
    """Staff that employers keep, [E, G, L, R]."""
    labour = world.labour
    return staff_kept(desired=labour.desired, tolerance=tolerance(world)[:, None, None, None], rounding=labour.rounding)


def hours_of_staff(world: World) -> Floats:
    """Staff in full hours worked: less the hours cut by short-time work and lent to schools; [E, G, L, R]."""
    labour = world.labour
    return np.asarray(labour.staff - labour.hours_cut - labour.hours_lent)


def planned(world: World, spells: Counts) -> tuple[Cut, Counts]:
    """Workers whom employers let go this month, and permanent ones whom firms in trouble do, [E, G, L, R]."""
    p, labour, keeps = world.parameters, world.labour, tolerance(world)
    flexible, limit, shed = cut_and_shed(
        desired=labour.desired,
        tolerance=keeps,
        rounding=labour.rounding,
        staff=labour.staff,
        hours_cut=labour.hours_cut,
        hours_lent=labour.hours_lent,
        left=left_at_firms(world, spells, keeps),
        trouble_speed=p["separations.trouble_speed"],
        turn=world.month * STEP,
        flex_speed=p["separations.flex_speed"],
        layoff_speed=p["separations.layoff_speed"],
    )
    return Cut(flexible, limit), shed


def fall_by_employer(world: World) -> Floats:
    """Fall of output against that for which firms are staffed, as a share of staff, by type of employer; (E,)."""
    labour = world.labour
    fall = fall_of_output(
        pressure=labour.pressure,
        staffed_for=labour.staffed_for,
        sensitivity=labour.sensitivity,
        response=world.parameters["demand.response"],
    )
    return np.asarray(fall[world.tables.dimensions.employer_sector])


def firms_surplus(world: World, tolerance: Floats) -> Floats:
    """Staff that firms in trouble have too many of beyond ``tolerance`` (E,), by type and region; (E, R)."""
    spread = world.parameters["separations.firm_spread"]
    share = surplus_share(fall=fall_by_employer(world), tolerance=tolerance, spread=spread)
    return np.asarray(share[:, None] * by_type_and_region(world.labour.staff))


def deep_surplus(world: World, fall: Floats, tolerance: Floats, staff: Counts) -> Floats:
    """Of that, what lies at firms deep enough in trouble to cut hours instead (short-time work); (E, R).

    ``fall`` (E,) as of :func:`fall_by_employer`, ``staff`` (E, R).
    """
    p = world.parameters
    share = surplus_of_deep(
        fall=fall,
        tolerance=tolerance,
        deep=p["short_time.min_fall"],
        spread=p["separations.firm_spread"],
    )
    return np.asarray(share[:, None] * staff)


def left_at_firms(world: World, spells: Counts, keeps: Floats) -> Floats:
    """What firms in trouble shed at the speed of layoffs, whoever it is, by type and region; (E, R).

    ``spells`` as of :func:`workers_in_spells`, ``keeps`` of :func:`tolerance`.
    """
    short = world.labour.short_time
    surplus = firms_surplus(world, keeps)
    left = left_to_shed(
        surplus=surplus, beyond=short.beyond, covered=short.covered, saved=short.saved, released=short.released
    )
    return left - left_of_spells(world, spells) if short.remembered and spells.any() else left


def left_of_spells(world: World, spells: Counts) -> Floats:
    """Of what they shed, what falls on workers on short-time work, or just off it: S + U, if they are as many; (E, R).

    ``spells`` are those workers by cell, [E, G, L, R].
    """
    short = world.labour.short_time
    return np.asarray(np.minimum(short.saved + short.released, by_type_and_region(spells)))


def workers_in_spells(world: World) -> Counts:
    """Workers on short-time work, or just off it while there were still too many, by cell; [E, G, L, R]."""
    people, state = world.people, world.labour.short_time
    if not state.remembered:
        return np.zeros(world.labour.staff.shape, dtype=np.int64)
    return cells_of(people, first_to_go(people, state), world.labour.staff.shape)


def planned_shed_of_spells(world: World, spells: Counts) -> Counts:
    """Workers on short-time work, or just off it, whom firms in trouble let go this month, [E, G, L, R]."""
    labour = world.labour
    if not (labour.short_time.remembered and spells.any()):
        return spells
    return surplus_to_dismiss(
        left=left_of_spells(world, spells),
        staff=spells,
        speed=world.parameters["separations.trouble_speed"],
        dither=shed_dither(turned(monthly_dither(labour.rounding, world.month), 0.25)),
    )


def shed_dither(dither: Floats) -> Floats:
    """Thresholds half a turn from those of other cuts, so that the two do not fall in the same month."""
    return turned(dither, 0.5)


def dismiss(world: World, cut: Cut, shed: Counts, of_spells: Counts) -> None:
    """Let workers go: those of ``cut``, temporary ones first, then permanent ones by rank at firms in trouble, which
    have ended their contracts for a time before; ties by id, never by storage order.

    Of these first those ``of_spells``, among the workers on short-time work or just off it; then ``shed``, among all.
    """
    people, labour = world.people, world.labour
    goes = cells_that_let_go(cut.flexible, cut.limit, shed, of_spells)
    if not goes.any():
        return
    who, cell, rank = ranked_workers(world, goes)
    permanent = _permanent(world, who) if world.notes(LAID_OFF) else who[:0]
    let_go(
        month=world.month,
        ids=people.id,
        who=who,
        cell=cell,
        rank=rank,
        in_spell=_in_spell(world, who, of_spells),
        reasons=LETS_GO,
        flags=people.flags,
        flexible=cut.flexible.ravel(),
        limit=cut.limit.ravel(),
        of_spells=of_spells.ravel(),
        shed=shed.ravel(),
        labour=people.labour,
        since=people.since,
        staff=labour.staff.reshape(-1),
        separated=labour.ledger.separated.reshape(len(REASONS), -1),
    )
    if world.notes(LAID_OFF):
        gone = permanent[people.labour[permanent] == int(Labour.UNEMPLOYED)]
        world.note(LAID_OFF, gone, np.zeros(gone.size, dtype=np.int64))


def _in_spell(world: World, who: Counts, of_spells: Counts) -> npt.NDArray[np.bool_]:
    """Who of ``who`` (m,), ascending, is on short-time work or just off it, asked only where any are to go; (m,)."""
    if not (world.labour.short_time.remembered and of_spells.any()):
        return np.zeros(who.size, dtype=np.bool_)
    first = first_to_go(world.people, world.labour.short_time)
    at = np.searchsorted(first, who)
    return np.asarray(np.append(first, -1)[at] == who)


Ranked = tuple[Counts, Counts, Floats]
"""Workers by row, with the cell of their job and their rank; (m,) each."""


def ranked_workers(world: World, cells: npt.NDArray[np.bool_]) -> Ranked:
    """Workers of some cells, [E, G, L, R], with their rank of the month: the lowest go first."""
    people = world.people

    def find(part: slice) -> Ranked:
        who, cell, rank = rank_for_layoff(
            seed=world.seed,
            month=world.month,
            ids=people.id[part],
            stage=people.stage[part],
            labour=people.labour[part],
            since=people.since[part],
            occupation=people.occupation[part],
            job_level=people.job_level[part],
            job_region=people.job_region[part],
            employer=people.employer[part],
            excess=cells,
            noise=world.parameters["separations.layoff_noise"],
        )
        return who + part.start if part.start else who, cell, rank

    found = in_parts(world.threads, people.size, find)
    if len(found) == 1:
        return found[0]
    who, cell, rank = map(np.concatenate, zip(*found, strict=True))
    return who, cell, rank


def _permanent(world: World, who: Counts) -> Counts:
    """Those of ``who`` who work on a permanent contract."""
    works = world.people.labour[who] == int(Labour.EMPLOYED)
    permanent: Counts = who[works & ((world.people.flags[who] & np.uint8(Flag.TEMPORARY)) == 0)]
    return permanent

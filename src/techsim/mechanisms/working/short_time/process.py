"""W3, short-time work, in the month: hours are cut before employers dismiss; who was let go is booked before matching,
all else is settled after it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from techsim.mechanisms.working.employers import Counts, Floats, monthly_dither
from techsim.mechanisms.working.kernels import by_type_and_region, first_of_each
from techsim.mechanisms.working.separations.process import deep_surplus, fall_by_employer, tolerance
from techsim.mechanisms.working.short_time.choice import (
    cost_of_keeping,
    cost_of_letting_go,
    covered_share,
    next_saved,
    taking_part,
    to_enter,
    to_recall,
    wanted_workers,
)
from techsim.mechanisms.working.short_time.kernels import choose_workers, train
from techsim.mechanisms.working.short_time.spells import (
    begin_spells,
    book_endings,
    cells_of,
    end_spells,
    forget_movers,
    forget_spells,
    on_short_time,
    owed_months,
    per_employer,
    still_on,
    workers_by_employer,
    works,
)
from techsim.mechanisms.working.short_time.state import PAID
from techsim.mechanisms.world import World
from techsim.population.draws import uniforms
from techsim.population.randomness import Purpose

WAGES_OF = 2021
"""Year of table ``hourly_wages``."""

NEGLIGIBLE = 1e-3
"""Staff (simulated persons) below which nothing is left to be let go."""


@dataclass(frozen=True)
class Terms:
    """The scheme of the month by region of the job, (R,), as the hooks ``short_time.*``; max_months is whole."""

    open: Floats
    replacement: Floats
    contribution: Floats
    max_months: Counts
    training: Floats
    clawback: Floats


def terms_of(world: World) -> Terms:
    """The month's effective hooks; closed where nobody holds them."""
    hooks, closed = world.hooks, np.zeros(world.tables.dimensions.size("region"))
    return Terms(
        open=hooks.get("short_time.open", closed),
        replacement=hooks.get("short_time.replacement", closed),
        contribution=hooks.get("short_time.employer_contribution", closed),
        max_months=np.maximum(np.rint(hooks.get("short_time.max_months", closed)).astype(np.int64), 1),
        training=hooks.get("short_time.training_share", closed),
        clawback=hooks.get("short_time.clawback", closed),
    )


def _is_open(world: World) -> bool:
    """Whether the scheme is open anywhere."""
    held = world.hooks.get("short_time.open")
    return held is not None and bool(held.any())


def process(world: World) -> None:
    """End spells and begin others, before employers dismiss."""
    people, state, p = world.people, world.labour.short_time, world.parameters
    state.entered[...], state.repaid[...] = 0, 0.0
    state.ended.locate(people)
    forget_movers(people, state.ended, world.month)
    if not (_is_open(world) or state.workers.any()):
        for left in (state.covered, state.beyond, state.saved):
            left[...] = 0.0
        state.rows = state.rows[:0]
        return
    terms = terms_of(world)
    state.hours_share = p["short_time.hours_share"]
    who = _sweep(world, on_short_time(people))
    fall, staff = fall_by_employer(world), by_type_and_region(world.labour.staff)
    claims = deep_surplus(world, fall, np.zeros_like(fall), staff)
    wanted = wanted_workers(
        claims=claims,
        takes_part=takes_part(world, terms),
        is_open=terms.open,
        hours=state.hours_share,
    )
    stay = _end_some(world, terms, wanted, who)
    begin = _begin_some(world, terms, wanted)
    state.beyond = deep_surplus(world, fall, tolerance(world), staff)
    state.covered = covered_share(
        hours_cut=np.asarray(state.hours_share * state.workers, dtype=np.float64), claims=claims
    )
    state.saved = np.minimum(state.saved, state.covered * state.beyond)
    state.rows = np.sort(np.append(stay, begin))
    _cut_hours(world, state.rows)


def book_let_go(world: World) -> None:
    """After employers dismissed: spells of those let go end, and what is owed for them."""
    state = world.labour.short_time
    if state.remembered:
        state.repaid = _let_go(world)


def settle(world: World) -> None:
    """After matching: who has left, training, and what is to be paid for those who remain."""
    people, state, p = world.people, world.labour.short_time, world.parameters
    for amount in state.paid.values():
        amount[...] = 0.0
    if not (state.active or _is_open(world)):
        return
    speed = p["separations.trouble_speed"]
    if state.rows.size:
        training = world.hooks.get("short_time.training_share", np.zeros(state.regions))
        who = _sweep(world, state.rows[still_on(people, state.rows)])
        _cut_hours(world, who)
        _train(world, who, training[people.job_region[who]])
        _pay(world, who, training)
    state.paid["short_time_repaid_wages"] = world.scale * state.repaid
    state.saved = next_saved(saved=state.saved, covered=state.covered, beyond=state.beyond, speed=speed)
    state.released = state.released * max(1.0 - speed - 1.0 / p["short_time.recovery_months"], 0.0)
    state.released[state.released < NEGLIGIBLE] = 0.0
    slot = world.recorder.slot("short_time_workers", world.month)
    slot[...] = world.tables.dimensions.by_sector(state.workers)
    forget_movers(people, state.ended, world.month)
    forget_spells(state.ended, world.month, p["short_time.clawback_months"])


def takes_part(world: World, terms: Terms) -> Floats:
    """Share of the employers in trouble who want to take part, by type and region; (E, R)."""
    p, dims, staff = world.parameters, world.tables.dimensions, world.labour.staff
    by_group = staff.reshape(*staff.shape[:2], -1).sum(axis=2)
    technical = by_group[:, dims.occupation_technical].sum(axis=1) / np.maximum(by_group.sum(axis=1), 1)
    letting_go = cost_of_letting_go(
        technical=technical,
        large=(dims.employer_size == dims.firm_size.index("large")).astype(np.float64),
        base=p["short_time.rehire_cost"],
        more_technical=p["short_time.rehire_technical"],
        more_large=p["short_time.rehire_large"],
    )
    longest = terms.max_months.astype(np.float64)
    keeping = cost_of_keeping(
        months=p["short_time.recovery_months"],
        replacement=terms.replacement,
        contribution=terms.contribution,
        overhead=p["short_time.overhead"],
        top_up=p["short_time.top_up"],
        training=terms.training,
        burden=p["short_time.training_burden"],
        failure=p["short_time.failure"],
        clawback=terms.clawback,
        longest=longest,
    )
    return taking_part(
        letting_go=letting_go,
        keeping=keeping,
        spared=np.minimum(longest / p["short_time.recovery_months"], 1.0),
        organisation=world.tables.short_time.organisation[dims.employer_sector],
        intercept=p["short_time.intercept"],
        weight=p["short_time.cost_weight"],
    )


def _sweep(world: World, who: Counts) -> Counts:
    """Spells of those of ``who`` end who are no longer in that job; rows of those who are."""
    people, state = world.people, world.labour.short_time
    stays = works(people, who) & (people.since[who] != world.month)
    end_spells(people, state, who[~stays], world.month, remember=False)
    left: Counts = who[stays]
    _count(world, "left", workers_by_employer(people, left, world.labour.staff.shape))
    return left


def _count(world: World, how: str, workers: Counts) -> None:
    """Book that spells have ended, so that ``workers`` (E, R) are left, and that jobs kept by them no longer are."""
    state = world.labour.short_time
    before, state.workers = state.workers, workers
    ended = before - workers
    if ended.any():
        state.saved = state.saved * (1.0 - ended / np.maximum(before, 1))
        book_endings(world, how, ended)


def _end_some(world: World, terms: Terms, wanted: Floats, who: Counts) -> Counts:
    """Spells of ``who``, all on short time, end by the longest spell, with the scheme, and by recall; who is left."""
    people, state = world.people, world.labour.short_time
    region = people.job_region[who]
    closed = terms.open[region] <= 0.0
    over = ~closed & (world.month - people.short_time[who].astype(np.int64) >= terms.max_months[region])
    for how, ends in (("scheme_ended", who[closed]), ("maximum", who[over])):
        if ends.size:
            _release(world, how, ends)
    who = who[~(closed | over)]
    months = world.parameters["short_time.recovery_months"]
    recall = to_recall(workers=state.workers, wanted=wanted, months=months, dither=_dither(world))
    ids = people.id[who]
    luck = uniforms(world.seed, int(Purpose.SHORT_TIME), ids, world.month, 1)
    cell = per_employer(people, who, state.regions)
    recalled = first_of_each(cell, luck, ids, recall.ravel())
    _end(world, "recalled", who[recalled])
    return np.delete(who, recalled)


def _release(world: World, how: str, who: Counts) -> None:
    """End spells of staff that is still too many: what they kept of jobs is let go from now on."""
    state = world.labour.short_time
    saved = state.saved
    _end(world, how, who, released=True)
    state.released = state.released + (saved - state.saved)


def _end(world: World, how: str, who: Counts, *, released: bool = False) -> None:
    if who.size:
        state = world.labour.short_time
        end_spells(world.people, state, who, world.month, remember=True, released=released)
        _count(world, how, state.workers - workers_by_employer(world.people, who, world.labour.staff.shape))


def _begin_some(world: World, terms: Terms, wanted: Floats) -> Counts:
    """Put permanent workers on short time, those first whom employers would miss most, ties by id; their rows."""
    people, state, p = world.people, world.labour.short_time, world.parameters
    entering = to_enter(workers=state.workers, wanted=wanted, speed=p["short_time.entry_speed"], dither=_dither(world))
    if not entering.any():
        return np.empty(0, dtype=np.int64)
    who: Counts = choose_workers(
        seed=world.seed,
        month=world.month,
        ids=people.id,
        stage=people.stage,
        labour=people.labour,
        flags=people.flags,
        since=people.since,
        began=people.short_time,
        employer=people.employer,
        job_region=people.job_region,
        currency=people.currency,
        entering=entering,
        max_months=terms.max_months,
        skilled_first=p["short_time.skilled_first"],
        noise=p["short_time.noise"],
    )
    begin_spells(world, who)
    state.workers = state.workers + workers_by_employer(people, who, world.labour.staff.shape)
    return who


def _let_go(world: World) -> Floats:
    """Wages of the hours not worked in spells of workers let go now, by region, in simulated persons; (R,) euro."""
    people, state = world.people, world.labour.short_time
    who, months = owed_months(people, state, world.month)
    wage = month_wages(world)[people.occupation[who], people.job_level[who]]
    gone = who[still_on(people, who)]
    end_spells(people, state, gone, world.month, remember=False)
    # Whom firms let go of those kept, k S, does not lower S: others stand for them until the claim itself shrinks.
    dismissed = workers_by_employer(people, gone, world.labour.staff.shape)
    state.workers = state.workers - dismissed
    book_endings(world, "dismissed", dismissed)
    owed = np.bincount(people.job_region[who], weights=state.hours_share * wage * months, minlength=state.regions)
    return np.asarray(owed)


def _cut_hours(world: World, who: Counts) -> None:
    """H = u n by cell, n of ``who``, all on short time."""
    labour = world.labour
    workers = cells_of(world.people, who, labour.staff.shape)
    labour.hours_cut = np.asarray(labour.short_time.hours_share * workers, dtype=np.float64)


def _train(world: World, who: Counts, share: Floats) -> None:
    people, p, dims = world.people, world.parameters, world.tables.dimensions
    train(
        who=who,
        occupation=people.occupation,
        field=people.field,
        technical_occupation=dims.occupation_technical,
        technical_field=dims.field_technical,
        hours=share * p["short_time.hours_share"],
        gain=p["short_time.training_gain"],
        currency=people.currency,
    )


def month_wages(world: World) -> Floats:
    """Gross wage of a full-time month by occupation group and level, in euro of the year; (G, L)."""
    p = world.parameters
    hourly = world.tables.short_time.hourly_wage * world.labour.wages
    prices = (1.0 + p["short_time.wage_growth"]) ** (world.year - WAGES_OF)
    return np.asarray(hourly * prices * p["short_time.month_hours"])


def _pay(world: World, who: Counts, training: Floats) -> None:
    """What levers pay by, for those on short time at the end of the month; residents and euro by region of the job.

    What is paid back comes last in ``PAID``, and has been booked.
    """
    people, state, p = world.people, world.labour.short_time, world.parameters
    wage = month_wages(world)[people.occupation[who], people.job_level[who]]
    region = people.job_region[who]
    workers = np.bincount(region, minlength=state.regions)
    wages = np.bincount(region, weights=wage, minlength=state.regions)
    hours = training * state.hours_share * p["short_time.month_hours"]
    for name, amount in zip(PAID[:-1], (state.hours_share * wages, state.entered, hours * workers), strict=True):
        state.paid[name] = np.asarray(world.scale * amount, dtype=np.float64)


def _dither(world: World) -> Floats:
    """This month's thresholds by type of employer and region; (E, R)."""
    return monthly_dither(world.labour.rounding[:, 0, 0, :], world.month)

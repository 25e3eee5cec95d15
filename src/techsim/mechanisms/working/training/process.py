"""W4, lifelong learning, in the month: after matching, when it shows who moved and whom firms lack."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from techsim.data.labour import REASONS
from techsim.data.training import PAYERS
from techsim.mechanisms.working.employers import Counts, Floats
from techsim.mechanisms.working.kernels import by_group_and_region
from techsim.mechanisms.working.state import months_share
from techsim.mechanisms.working.training.kernels import EMPLOYER, FUND, NOBODY, OWN, attend, decide, enrol
from techsim.mechanisms.working.training.state import Rules
from techsim.mechanisms.world import World
from techsim.population.clock import MONTHS
from techsim.population.draws import uniforms
from techsim.population.events import COURSE
from techsim.population.parts import Tally, in_parts, tallied
from techsim.population.randomness import Purpose

Bools = npt.NDArray[np.bool_]
STAP, SLIM = PAYERS.index("stap"), PAYERS.index("slim")
QUIT, JOB_CHANGE = REASONS.index("quit"), REASONS.index("job_change")
_COUNTED = ("training_asked", "training_participants", "courses")
"""Records of who decides and enrols, in the order of :func:`_enrol`."""
APPLY, ARRIVAL = 5, 6
"""Numbers of the draws that decide on applying and on who comes first."""


def process(world: World) -> None:
    """People of the month decide, purses are emptied in order of arrival, courses are followed."""
    _observe(world)
    people = world.people
    asked = people.born_in(world.month)
    if world.month == world.first:  # what the others follow they decided on in the year before, by private means
        others = np.setdiff1d(np.arange(people.size), asked, assume_unique=True)
        who, private, _, _, number = _decide(world, others)
        unrecorded = [np.zeros_like(world.recorder.slot(name, world.month)) for name in _COUNTED]
        _enrol(world, who, private, np.full(who.size, NOBODY), number, *unrecorded)
    who, private, wants, would_slim, number = _decide(world, asked)
    world.labour.training.asked = who
    public, granted = _spend(world, who, private, wants, would_slim)
    if world.notes(COURSE):
        _note(world, who, np.where(public != NOBODY, public, private))
    counted = (world.recorder.slot(name, world.month) for name in _COUNTED)
    bought = _enrol(world, who, private, public, number, *counted)
    _record_money(world, bought)
    if granted:
        _record_public(world, who, public)
    _attend(world)


def _note(world: World, who: Counts, first: Counts) -> None:
    """Who takes courses, by the payer of the first."""
    learns = first != NOBODY
    world.note(COURSE, who[learns], first[learns])


def _observe(world: World) -> None:
    """v_g and m_g, smoothed over M months; in the first of a run their mean so far."""
    labour, state, left = world.labour, world.labour.training, world.labour.ledger.separated
    cells = (labour.staff, labour.open_vacancies, left[QUIT], left[JOB_CHANGE])
    workers, vacancies, quits, changes = np.array([by_group_and_region(count) for count in cells]).sum(axis=2)
    seen = np.array((vacancies, MONTHS * (quits + changes))) / np.maximum(workers, 1)
    pace = max(1.0 / (world.month - world.first + 1), months_share(world.parameters["training.memory_months"]))
    state.rates = state.rates + pace * (seen - state.rates)


def scarcity(world: World) -> Floats:
    """k_g = log(v_g / v_0); (G,), within a factor of ten of the usual."""
    ratio = world.labour.training.vacancies / world.parameters["training.usual_vacancies"]
    return np.asarray(np.log(np.minimum(np.maximum(ratio, 0.1), 10.0)))


def month_wages(world: World, index: Floats | None = None) -> Floats:
    """W: wage of a full-time month by group and level, at mean pay or another index; (G, L), euro: prices of courses
    follow pay."""
    paid, hours = world.labour.wages if index is None else index, world.parameters["short_time.month_hours"]
    return np.asarray(world.tables.short_time.hourly_wage * paid * hours)


def attitudes(world: World) -> Floats:
    """a_gl = a_0 - b_m s_l + b_f f_g f_l: what hangs on group and level only; (G, L)."""
    p, table = world.parameters, world.tables.training
    fit = table.offer_by_group[:, None] * table.offer_by_level
    return np.asarray(p["training.inclination"] - p["training.memories"] * table.memories + p["training.fit"] * fit)


def rules_of(world: World) -> Rules:
    """What does not change in a run."""
    state, p, dims, table = world.labour.training, world.parameters, world.tables.dimensions, world.tables.training
    if state.rules is None:
        hundreds = p["training.hours"] / 100.0
        state.rules = Rules(
            attitude=attitudes(world),
            raises=(p["training.gain"], p["transferable.course"], p["wages.skill"], p["wages.transferable"]),
            weights=(
                *(p[f"training.{name}"] for name in ("returns", "age", "not_working")),
                *(hundreds * p[f"training.time_{name}"] for name in ("work", "care")),
                p["training.cost"] * MONTHS * p["training.pay_years"],
            ),
            overview=table.overview[dims.employer_size],
            fund=table.fund[dims.employer_sector],
            credit=np.array([1.0 - (1.0 - p["transferable.course"]) ** number for number in range(4)]),
        )
    return state.rules


def willingness(world: World, scarce: Floats, wages: Floats, share: float, culture: float) -> Floats:
    """Chance that an employer pays, where a share of the price is paid back and advice adds to it; (E, G, L).

    ``scarce``, ``wages`` : see :func:`scarcity`, (G,), and :func:`month_wages`, (G, L).
    """
    p, dims = world.parameters, world.tables.dimensions
    by_type = rules_of(world).overview + p["training.money"] * world.labour.pressure[dims.employer_sector]
    lost = p["training.production"] * p["training.hours"] / p["short_time.month_hours"] * np.exp(scarce)
    by_group = p["training.make_or_buy"] * scarce - p["training.poaching"] * world.labour.training.moves - lost
    price = p["training.employer_cost"] * p["training.price"] * (1.0 - share) / wages
    odds = p["training.employer"] + culture + by_type[:, None, None] + by_group[:, None] - price
    return np.asarray(1.0 / (1.0 + np.exp(-odds)))


def _decide(world: World, asked: Counts) -> tuple[Counts, Counts, Bools, Bools, Counts]:
    people, p, dims = world.people, world.parameters, world.tables.dimensions
    scarce, wages, rules = scarcity(world), month_wages(world), rules_of(world)
    willing = willingness(world, scarce, wages, 0.0, 0.0)
    slim = np.zeros((dims.size("region"), *willing.shape))
    for region, rate in enumerate(_hook(world, "training.slim_rate").tolist()):
        if rate > 0.0:
            small = dims.employer_size == dims.firm_size.index("sme")
            slim[region] = willingness(world, scarce, wages, rate, p["training.culture"]) * small[:, None, None]
    own_cost = p["training.cost"] * p["training.price"] / wages
    more = p["training.more"] + p["training.more_scarce"] * scarce

    def part_of(part: slice) -> tuple[Counts, Counts, Bools, Bools, Counts]:
        size = part.stop - part.start
        who = np.empty(size, dtype=np.int64)
        payer, courses = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
        wants, would_slim = np.empty(size, dtype=np.bool_), np.empty(size, dtype=np.bool_)
        found = decide(
            seed=world.seed,
            month=world.month,
            asked=asked[part],
            ids=people.id,
            birth_month=people.birth_month,
            stage=people.stage,
            labour=people.labour,
            level=people.level,
            field=people.field,
            occupation=people.occupation,
            job_level=people.job_level,
            job_region=people.job_region,
            employer=people.employer,
            currency=people.currency,
            transferable=people.transferable,
            technical_occupation=dims.occupation_technical,
            technical_field=dims.field_technical,
            attitude=rules.attitude,
            raises=rules.raises,
            weights=rules.weights,
            pension=world.tables.demography.pension_age_at(world.month),
            horizon=p["training.horizon"],
            own_cost=own_cost,
            willing=willing,
            willing_slim=slim,
            fund=rules.fund,
            more=more,
            more_needed=p["training.more_needed"],
            flags=people.flags,
            who=who,
            payer=payer,
            wants=wants,
            would_slim=would_slim,
            courses=courses,
        )
        return who[:found], payer[:found], wants[:found], would_slim[:found], courses[:found]

    found = in_parts(world.threads, asked.size, part_of)
    if len(found) == 1:
        return found[0]
    who, payer, wants, would_slim, courses = (np.concatenate(column) for column in zip(*found, strict=True))
    return who, payer, wants, would_slim, courses


def _hook(world: World, name: str) -> Floats:
    """A hook's effective value; nothing where nobody holds it."""
    held = world.hooks.get(name)
    return np.zeros(world.tables.dimensions.size("region")) if held is None else held


def _stap(world: World) -> Floats:
    """What STAP pays of a course, by region of residence; (R,), euro."""
    return np.minimum(_hook(world, "training.stap_amount"), world.parameters["training.price"])


def _slim(world: World) -> Floats:
    """What SLIM pays of a course, by region of the job; (R,), euro."""
    return np.asarray(world.parameters["training.price"] * _hook(world, "training.slim_rate"))


def _spend(world: World, who: Counts, private: Counts, wants: Bools, would_slim: Bools) -> tuple[Counts, bool]:
    """Public payer of each who decided, -1 for none: first STAP, then SLIM, as long as the region's purse lasts; and
    whether anybody has one."""
    state, people, p = world.labour.training, world.people, world.parameters
    public, some = np.full(who.size, NOBODY, dtype=np.int64), False
    for amount in state.paid.values():
        amount[...] = 0.0
    for name, code, is_open, budget, price_paid in (
        ("stap_euro", STAP, "training.stap_open", "training.stap_budget", _stap),
        ("slim_euro", SLIM, "training.slim_open", "training.slim_budget", _slim),
    ):
        a_year = _hook(world, budget)
        if not a_year.any():
            state.purse[name][:] = 0.0
            continue
        each = price_paid(world)
        # An employer's subsidy is that of the region of the job, a person's budget that of home.
        at = np.maximum(people.job_region[who], 0) if code == SLIM else people.region[who]
        kept = np.where((a_year > 0.0) & (world.calendar_month != 1), state.purse[name], 0.0)
        state.purse[name] = kept + a_year * _shares(world, code) / MONTHS
        reached = _hook(world, is_open)[at]
        if code == STAP:
            paid_for = (private == EMPLOYER) | (private == FUND)
            chance = reached * np.where(paid_for, p["training.apply_paid"], p["training.apply"])
            asks = np.flatnonzero(wants)
        else:
            chance, asks = reached, np.flatnonzero(would_slim & (public == NOBODY))
        ids = people.id[who[asks]]
        asks = asks[uniforms(world.seed, int(Purpose.LLO), ids, world.month, APPLY + 2 * code) < chance[asks]]
        ids = people.id[who[asks]]
        order = np.lexsort((ids, uniforms(world.seed, int(Purpose.LLO), ids, world.month, ARRIVAL + 2 * code)))
        asks = asks[order]
        there = at[asks]
        rank = np.empty(asks.size, dtype=np.int64)
        for region in range(each.size):
            mine = there == region
            rank[mine] = np.arange(1, mine.sum() + 1)
        granted = rank * world.scale * each[there] <= state.purse[name][there]
        public[asks[granted]] = code
        some = some or bool(granted.any())
        number = np.bincount(there[granted], minlength=each.size)
        state.paid[name] = np.asarray(number * each * world.scale, dtype=np.float64)
        state.purse[name] = state.purse[name] - state.paid[name]
    return public, some


def _shares(world: World, code: int) -> Floats:
    """Share of a purse for all regions that is each region's: by jobs for employers (SLIM), by residents for people."""
    regions = world.tables.dimensions.size("region")
    if code == SLIM:
        count = world.labour.staff.sum(axis=(0, 1, 2)).astype(np.float64)
    else:
        count = np.bincount(world.people.region, minlength=regions).astype(np.float64)
    return np.asarray(count / max(float(count.sum()), 1.0))


def _enrol(
    world: World,
    who: Counts,
    private: Counts,
    public: Counts,
    number: Counts,
    asked: Counts,
    participants: Counts,
    courses: Counts,
) -> Counts:
    """Write down what each of ``who`` follows; adds to the tallies of who decided, takes part, and of courses, see the
    kernel. Returns courses that private payers pay, by level; (L, payers)."""
    people = world.people
    bought = np.zeros((len(asked), len(PAYERS)), dtype=np.int64)
    enrol(
        who=who,
        private=private,
        public=public,
        number=number,
        level=people.level,
        labour=people.labour,
        occupation=people.occupation,
        technical_occupation=world.tables.dimensions.occupation_technical,
        flags=people.flags,
        asked=asked,
        participants=participants,
        courses=courses,
        bought=bought,
    )
    return bought


def _record_money(world: World, bought: Counts) -> None:
    """What private payers pay, as :func:`_enrol` says."""
    money: npt.NDArray[Any] = world.recorder.slot("course_money", world.month)
    money += world.scale * world.parameters["training.price"] * bought


def _record_public(world: World, who: Counts, public: Counts) -> None:
    """Who pays for courses with public money: the payer of the others pays the rest."""
    people, price = world.people, world.parameters["training.price"]
    money: npt.NDArray[Any] = world.recorder.slot("course_money", world.month)
    levels = money.shape[0]
    for code, each, rest, where in (
        (STAP, _stap(world), OWN, people.region),
        (SLIM, _slim(world), EMPLOYER, people.job_region),
    ):
        mine = np.flatnonzero(public == code)
        for region in range(each.size) if mine.size else ():
            there = who[mine[where[who[mine]] == region]]
            count = world.scale * np.bincount(people.level[there], minlength=levels)
            money[:, code] += each[region] * count
            money[:, rest] += (price - each[region]) * count


def _attend(world: World) -> None:
    people, dims, p = world.people, world.tables.dimensions, world.parameters
    slot = world.recorder.slot("in_training", world.month)
    slot[...] = 0
    # What is over in the first month had begun before it and was credited in the start population.
    credit = rules_of(world).credit if world.month > world.first else np.zeros(4)

    def part_of(part: slice, count: Tally) -> None:
        attend(
            month=world.month,
            birth_month=people.birth_month[part],
            labour=people.labour[part],
            level=people.level[part],
            field=people.field[part],
            occupation=people.occupation[part],
            technical_occupation=dims.occupation_technical,
            technical_field=dims.field_technical,
            months=world.tables.training.months,
            further_months=p["training.further_months"],
            gain=p["training.gain"],
            credit=credit,
            flags=people.flags[part],
            currency=people.currency[part],
            transferable=people.transferable[part],
            count=count,
        )

    tallied(world.threads, people.size, (slot,), part_of)

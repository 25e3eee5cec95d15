"""Institutions that decide, as mesa agents: employers, school boards, the government. Few, readable, no people.

Each month they are asked in the order of the schedule; what they decide are numbers that the processes read: vacancies,
dismissals, what schools offer, the effective hooks. Agents keep no secrets: what they know of the month is handed to
them as :class:`~techsim.mechanisms.world.World`, so that the order in which agents of a kind are asked cannot matter.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import mesa
import numpy as np
import numpy.typing as npt
from mesa.agent import AgentSet

from techsim.data.partnerships import LEVEL_GROUPS
from techsim.levers.applying import ActiveLever, apply, spending
from techsim.levers.hooks import HOOKS
from techsim.mechanisms.learning.partnerships.process import pupils_reached, seed_use
from techsim.mechanisms.working.employers import (
    Cut,
    EmployerPlan,
    Floats,
    monthly_dither,
    plan_employer,
    staff_to_cut,
)
from techsim.mechanisms.working.kernels import shed_of_employer
from techsim.mechanisms.working.places import bridging
from techsim.mechanisms.working.places import process as places
from techsim.mechanisms.working.separations.process import (
    dismiss,
    hours_of_staff,
    kept,
    left_at_firms,
    planned,
    planned_shed_of_spells,
    shed_dither,
    tolerance,
    workers_in_spells,
)
from techsim.mechanisms.working.vacancies import process as vacancies
from techsim.mechanisms.world import World
from techsim.model.take_up import LABOUR_COUNTS, choosers_paid, labour_paid, pupils
from techsim.results.coordinates import Label

NO_CHANGE = 1.0
EXPOSURE = {
    "exposure.wt_schools": "wt_schools",
    "guidance.reach": "guidance_reach",
    "technologieroute.coverage": "technologieroute_coverage",
    "exposure.pabo": "wt_pabo",
}
"""W&T in primary schools and at pabo's, guidance and technologieroute: series of the table ``exposure``, by hook."""
SEED_COUNTS = frozenset(f"partnership_seed_use_{group}" for group in LEVEL_GROUPS)


class Employer(mesa.Agent):
    """The employers of one sector and size class in one region (W1, W3): how many to hire, when to dismiss.

    Parameters
    ----------
    kind : int
        Type of employer: sector and size class (:class:`~techsim.data.dimensions.Dimensions`).
    region : int
    """

    def __init__(self, model: mesa.Model, kind: int, region: int) -> None:
        super().__init__(model)
        self.kind, self.region = kind, region
        self.where = (kind, slice(None), slice(None), region)

    def staff(self, world: World) -> int:
        """Workers, in simulated persons."""
        return int(world.labour.staff[self.where].sum())

    def vacancies(self, world: World) -> int:
        """Open vacancies, in simulated persons."""
        return int(world.labour.open_vacancies[self.where].sum())

    def cut(self, world: World, keeps: Floats, hours: Floats, dither: Floats) -> Cut:
        """Workers to let go this month, (occupation groups, job levels).

        ``keeps`` is the staff that it keeps, ``hours`` that it has, less the hours cut and lent to schools.
        """
        p = world.parameters
        return staff_to_cut(
            kept=keeps,
            hours=hours,
            flex_speed=p["separations.flex_speed"],
            layoff_speed=p["separations.layoff_speed"],
            dither=dither,
        )

    def shed(self, world: World, left: float, dither: Floats) -> npt.NDArray[np.int64]:
        """Permanent workers whom firms in trouble let go this month, of ``left`` that they have too many of."""
        speed = world.parameters["separations.trouble_speed"]
        gone: npt.NDArray[np.int64] = shed_of_employer(left, world.labour.staff[self.where], speed, dither)
        return gone

    def offer_places(self, world: World, support: Floats) -> places.Offers:
        """Apprenticeship places relative to normal, and the share of its firms willing; (groups,) each (L4)."""
        return places.offers(world, support, self.kind, self.region)

    def plan(self, world: World, dither: Floats) -> EmployerPlan:
        """Vacancies to open and to take back this month."""
        p, labour = world.parameters, world.labour
        return plan_employer(
            desired=labour.desired[self.where],
            staff=labour.staff[self.where] - labour.hours_lent[self.where],
            open_now=labour.open_vacancies[self.where],
            rounding=labour.rounding[self.where],
            dither=dither,
            opening_speed=p["vacancies.opening_speed"],
            withdrawal_speed=p["vacancies.withdrawal_speed"],
        )


class SchoolBoard(mesa.Agent):
    """The school boards of one region (K1, K2, K4): what their schools offer before any lever acts.

    Parameters
    ----------
    region : int
    """

    def __init__(self, model: mesa.Model, region: int) -> None:
        super().__init__(model)
        self.region = region
        self.offer: dict[str, float] = {}

    def set_offer(self, usual: Mapping[str, float], nearby: float) -> None:
        """What is ``usual`` this school year, by hook (:data:`EXPOSURE`).

        Partnerships' firms show themselves to pupils ``nearby`` too (L5; share of pupils).
        """
        self.offer = {**usual, "guidance.reach": min(1.0, usual["guidance.reach"] + nearby)}


class Government(mesa.Agent):
    """The government: its levers change what people and institutions face, and cost money.

    Parameters
    ----------
    levers : tuple of ActiveLever
    books : tuple of labels
        Levers and items of the ledger, in index order.
    """

    def __init__(
        self, model: mesa.Model, levers: tuple[ActiveLever, ...], books: tuple[tuple[Label, ...], tuple[Label, ...]]
    ) -> None:
        super().__init__(model)
        self.levers = levers
        self.books = books
        self.untouched: dict[str, Floats] = {}

    def govern(self, world: World, neutral: Mapping[str, Floats], offered: Mapping[str, Floats]) -> None:
        """Set the month's effective hooks from what is neutral, or ``offered`` by schools. Levers that act are asked
        for theirs only; other hooks stay the arrays that they are from the first month on."""
        world.offered = {**neutral, **offered}
        if not self.untouched:
            self.untouched = {hook: value.copy() for hook, value in neutral.items()}
            # What a lever says wrongly of itself is an error now, and not years later when it first acts.
            apply(self.levers, world.offered, world.month, world.gap)
        acting = [lever for lever in self.levers if lever.acts(world.month, world.gap)]
        asked = (*offered, *(hook for lever in acting for hook in lever.type.hooks))
        base = {hook: world.offered[hook] for hook in asked}
        world.hooks = {**self.untouched, **apply(acting, base, world.month, world.gap)}

    def pay(self, world: World) -> None:
        """Book what the levers cost this month, once, when its take-up is known."""
        if not self.levers:
            return
        slot = world.recorder.slot("spending", world.month)
        levers, items = self.books
        paying = [lever for lever in self.levers if lever.type.pays_on or lever.acts(world.month, world.gap)]
        counts = counts_for_levers(world, {name for lever in paying for name in lever.type.counts})
        for entry in spending(paying, world.month, world.gap, counts):
            slot[levers.index(entry.lever), items.index(entry.item)] += entry.euro


def counts_for_levers(world: World, wanted: Collection[str]) -> dict[str, Floats]:
    """What levers may pay for at the end of the month, by name of ``levers.base.COUNTS``; float64 (regions,).

    Those that take long to count are counted only where they are ``wanted``, pupils by a pass over everyone.
    """
    return {
        **pupils(world, wanted),
        **choosers_paid(world),
        **(labour_paid(world) if LABOUR_COUNTS & set(wanted) else {}),
        **({"technical_students": world.partnerships.students.sum(axis=0)} if "technical_students" in wanted else {}),
        **(seed_use(world) if SEED_COUNTS & set(wanted) else {}),
        **world.labour.short_time.paid,
        **world.labour.training.paid,
        **world.labour.retraining.paid,
        **({} if world.teaching is None else world.teaching.paid),
        **bridging.paid(world),
        **({} if world.international is None else world.international.paid),
    }


@dataclass(frozen=True)
class Institutions:
    """The agents of a model, by kind."""

    employers: AgentSet
    boards: AgentSet
    alliances: AgentSet
    government: Government

    @cached_property
    def alike(self) -> bool:
        """Whether all employers that a run begins with decide by the same rules: then they can be asked in one go, with
        the same result."""
        return all(type(employer) is Employer for employer in self.employers)


def schools_offer(world: World) -> None:
    """School boards set what they offer; the government's levers change it and the other hooks."""
    institutions = world.institutions
    regions = world.tables.dimensions.size("region")
    world.schools.switchers = np.zeros(regions)
    neutral, nearby = _neutral(regions), pupils_reached(world)
    education, year = world.tables.education, world.school_year
    usual = {hook: education.exposure_at(series, year) for hook, series in EXPOSURE.items()}
    offered: dict[str, Floats] = {}
    for board in institutions.boards:
        board.set_offer(usual, float(nearby[board.region]))
        for hook, value in board.offer.items():
            if hook not in offered:
                offered[hook] = neutral[hook].copy()
            offered[hook][board.region] = value
    institutions.government.govern(world, neutral, offered)


def neutral_hooks(regions: int) -> dict[str, Floats]:
    """What people and institutions face without a lever: factors of one; nothing added, paid or open."""
    return {name: value.copy() for name, value in _neutral(regions).items()}


@lru_cache(maxsize=8)
def _neutral(regions: int) -> dict[str, Floats]:
    """The same, to be read only."""
    neutral = {name: NO_CHANGE if hook.law == "multiply" else 0.0 for name, hook in HOOKS.items()}
    held = {n: np.full(regions, v) if HOOKS[n].shape == "region" else np.array(v) for n, v in neutral.items()}
    for value in held.values():
        value.flags.writeable = False
    return held


def employers_offer_places(world: World) -> None:
    """Employers offer apprenticeship places (L4)."""
    places.begin(world)
    support = places.support(world)
    if world.institutions.alike:
        places.apply_offers(world, places.offers(world, support))
        return
    level, willing = (np.zeros_like(world.labour.places.level) for _ in range(2))
    for employer in world.institutions.employers:
        offered = employer.offer_places(world, support)
        level[employer.kind, :, employer.region] = offered.level
        willing[employer.kind, :, employer.region] = offered.willing
    places.apply_offers(world, places.Offers(level, willing))


def government_pays(world: World) -> None:
    """The government pays for the month's levers."""
    world.institutions.government.pay(world)


def employers_dismiss(world: World) -> None:
    """Employers let go whom they can't keep: temporary workers, then those of the lowest rank (W3)."""
    spells = workers_in_spells(world)
    of_spells = planned_shed_of_spells(world, spells)
    if world.institutions.alike:
        dismiss(world, *planned(world, spells), of_spells)
        return
    left = left_at_firms(world, spells, tolerance(world))
    shed, flexible, limit = (np.zeros_like(world.labour.staff) for _ in range(3))
    keeps, dither = kept(world), monthly_dither(world.labour.rounding, world.month)
    of_shed, hours = shed_dither(dither), hours_of_staff(world)
    for employer in world.institutions.employers:
        mine = employer.where
        too_many = float(left[employer.kind, employer.region])
        if too_many > 0.0:
            shed[mine] = employer.shed(world, too_many, of_shed[mine])
        cut = employer.cut(world, keeps[mine], hours[mine], dither[mine])
        flexible[mine], limit[mine] = cut.flexible, cut.limit
    dismiss(world, Cut(flexible, limit), shed, of_spells)


def employers_advertise(world: World) -> None:
    """Employers open vacancies and take others back (W1)."""
    if world.institutions.alike:
        vacancies.process(world)
        return
    opened, withdrawn = (np.zeros_like(world.labour.staff) for _ in range(2))
    dither = monthly_dither(world.labour.rounding, world.month)
    for employer in world.institutions.employers:
        plan = employer.plan(world, dither[employer.where])
        opened[employer.where], withdrawn[employer.where] = plan.open, plan.withdraw
    vacancies.apply_vacancies(world, opened, withdrawn)

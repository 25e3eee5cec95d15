"""The month of working as a list: what the model's schedule calls, in this order, after demography."""

from __future__ import annotations

from collections.abc import Callable

from techsim.mechanisms.working.apprentices import process as apprentices
from techsim.mechanisms.working.currency import process as currency
from techsim.mechanisms.working.demand import process as demand
from techsim.mechanisms.working.ledger import process as ledger
from techsim.mechanisms.working.matching import process as matching
from techsim.mechanisms.working.participation import process as participation
from techsim.mechanisms.working.placement import process as placement
from techsim.mechanisms.working.places import bridging, internships
from techsim.mechanisms.working.places import process as places
from techsim.mechanisms.working.retraining import process as retraining
from techsim.mechanisms.working.separations import process as separations
from techsim.mechanisms.working.short_time import process as short_time
from techsim.mechanisms.working.training import process as training
from techsim.mechanisms.working.vacancies import process as vacancies
from techsim.mechanisms.working.wages import process as wages
from techsim.mechanisms.world import World

BEFORE_SCHOOL: tuple[tuple[str, int | None, Callable[[World], None]], ...] = (
    ("employers plan", None, demand.process),
    ("hiring needs of employers who train", None, places.observe),
    ("apprenticeship places", 8, places.offer_places),
)
"""(name, calendar month or None for each, process): before the school year's events."""

AFTER_SCHOOL: tuple[tuple[str, int | None, Callable[[World], None]], ...] = (
    ("participation and retirement", None, participation.process),
    ("apprentices who finish", None, apprentices.finish),
    ("apprentices are hired", None, apprentices.process),
    ("places of the bridging scheme", None, bridging.process),
    ("internships", 9, internships.process),
    ("skill currency", None, currency.process),
    ("quits and contracts that end", None, separations.leave_jobs),
    ("short-time work", None, short_time.process),
    ("layoffs", None, separations.lay_off_staff),
    ("short-time work of those let go", None, short_time.book_let_go),
    ("vacancies", None, vacancies.process),
    ("matching", None, matching.process),
    ("short-time work is settled", None, short_time.settle),
    ("wages", None, wages.process),
    ("placement of school leavers", None, placement.process),
    ("lifelong learning", None, training.process),
    ("retraining", None, retraining.process),
    ("working's record", None, ledger.process),
)
"""After the school year's events; identities hold when the last has run."""


def run_month(world: World) -> None:
    """All of working's month at once, for tests and experiments without schools."""
    for _, month, process in (*BEFORE_SCHOOL, *AFTER_SCHOOL):
        if month is None or month == world.calendar_month:
            process(world)

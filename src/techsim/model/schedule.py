"""The month as a list: what happens, when, and in which order. Order is economics.

Demography first; then the employers' plans, what schools offer and the government's levers; then teachers, who bound
what schools can do, and the school year's events in their months; then people enter and leave the labour force and
their jobs, before vacancies are opened and filled, so that a post left this month can be advertised this month; wages
move by who is left without work, and are met from the next month on; people decide on learning when it shows who moved;
last the records.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from techsim.mechanisms.choosing.exposure import process as exposure
from techsim.mechanisms.choosing.placement import process as placement
from techsim.mechanisms.choosing.profile import process as profile
from techsim.mechanisms.demography import process as demography
from techsim.mechanisms.demography.moving import process as moving
from techsim.mechanisms.learning.curriculum import process as curriculum
from techsim.mechanisms.learning.flows import process as flows
from techsim.mechanisms.learning.hybrid import process as hybrid
from techsim.mechanisms.learning.intake import process as intake
from techsim.mechanisms.learning.international import process as international
from techsim.mechanisms.learning.teachers import process as teachers
from techsim.mechanisms.learning.tertiary import process as tertiary
from techsim.mechanisms.learning.vo import process as vo
from techsim.mechanisms.working.apprentices import process as apprentices
from techsim.mechanisms.working.currency import process as currency
from techsim.mechanisms.working.demand import process as demand
from techsim.mechanisms.working.ledger import process as ledger
from techsim.mechanisms.working.matching import process as matching
from techsim.mechanisms.working.participation import process as participation
from techsim.mechanisms.working.placement import process as leavers
from techsim.mechanisms.working.places import bridging, internships
from techsim.mechanisms.working.places import process as places
from techsim.mechanisms.working.retraining import process as retraining
from techsim.mechanisms.working.separations import process as separations
from techsim.mechanisms.working.short_time import process as short_time
from techsim.mechanisms.working.training import process as training
from techsim.mechanisms.working.wages import process as wages
from techsim.mechanisms.world import World
from techsim.model import institutions
from techsim.model.alliances import partnerships_act

EVERY = frozenset(range(1, 13))
TEACHING = frozenset({9, 10, 11, 12, 1, 2, 3, 4, 5, 6})
FEBRUARY, JULY, AUGUST, SEPTEMBER, OCTOBER = (frozenset({m}) for m in (2, 7, 8, 9, 10))


@dataclass(frozen=True)
class Entry:
    """One line of the month: a name, the mechanism's id, the calendar months in which it happens, and the process.

    ``records`` is the indicator that it is there for alone: it is left out where nobody asks for that.
    """

    name: str
    mechanism: str
    months: frozenset[int]
    process: Callable[[World], None]
    records: str = ""


MONTH: tuple[Entry, ...] = (
    Entry("births, deaths, migration", "D1", EVERY, demography.process),
    Entry("employers plan staff", "W1", EVERY, demand.process),
    Entry("schools offer, levers act", "K1", EVERY, institutions.schools_offer),
    Entry("international students come or decide", "L7", EVERY, international.process),
    Entry("teachers", "L2", EVERY, teachers.process),
    Entry("hybrid teachers", "L3", EVERY, hybrid.process),
    Entry("partnerships start, go on, end", "L5", EVERY, partnerships_act),
    Entry("what is taught follows technology", "L6", EVERY, curriculum.process),
    Entry("hiring needs of employers who train", "L4", EVERY, places.observe),
    Entry("apprenticeship places", "L4", AUGUST, institutions.employers_offer_places),
    Entry("exams of vo", "L1", JULY, vo.exams),
    Entry("diplomas of mbo, hbo, wo", "L1", JULY, tertiary.diplomas),
    Entry("promotion in vo", "L1", AUGUST, vo.promotion),
    Entry("W&T in primary school", "K1", AUGUST, exposure.process),
    Entry("track placement", "K2", AUGUST, placement.process),
    Entry("onward choice and intake", "K3", SEPTEMBER, intake.process),
    Entry("internships", "L4", SEPTEMBER, internships.process),
    Entry("profile choice", "K2", SEPTEMBER, profile.process),
    Entry("switching sideways", "K3", FEBRUARY, tertiary.switching),
    Entry("drop-out", "L1", TEACHING, tertiary.dropping_out),
    Entry("pupils on 1 October", "L1", OCTOBER, vo.count_pupils, "pupils"),
    Entry("students on 1 October", "L1", OCTOBER, tertiary.count_students, "students"),
    Entry("international students on 1 October", "L7", OCTOBER, international.count, "international_students"),
    Entry("cohort flows", "L1", OCTOBER, flows.process),
    Entry("moves between regions", "W5", EVERY, moving.process),
    Entry("participation and retirement", "W1", EVERY, participation.process),
    # Who finishes is looked for among those whom W5 asked where to live: between the two nobody's education may end.
    Entry("apprentices who finish", "L4", EVERY, apprentices.finish),
    Entry("apprentices are hired", "L4", EVERY, apprentices.process),
    Entry("places of the bridging scheme", "L4", EVERY, bridging.process),
    Entry("skill currency", "W4", EVERY, currency.process),
    Entry("quits and contracts that end", "W3", EVERY, separations.leave_jobs),
    Entry("short-time work", "W3", EVERY, short_time.process),
    Entry("employers dismiss", "W3", EVERY, institutions.employers_dismiss),
    Entry("short-time work of those let go", "W3", EVERY, short_time.book_let_go),
    Entry("employers advertise", "W1", EVERY, institutions.employers_advertise),
    Entry("search and matching", "W2", EVERY, matching.process),
    Entry("short-time work is settled", "W3", EVERY, short_time.settle),
    Entry("wages", "W2", EVERY, wages.process),
    Entry("placement of school leavers", "W2", EVERY, leavers.process),
    Entry("lifelong learning", "W4", EVERY, training.process),
    Entry("retraining", "W2", EVERY, retraining.process),
    Entry("record of the labour market", "W1", EVERY, ledger.process),
    Entry("government pays", "K1", EVERY, institutions.government_pays),
)

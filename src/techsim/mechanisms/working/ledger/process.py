"""The month's record: the last process of working."""

from __future__ import annotations

from techsim.data.labour import REASONS
from techsim.mechanisms.working.kernels import count_commuters
from techsim.mechanisms.working.ledger.kernels import by_job, count_people, count_separated
from techsim.mechanisms.working.participation.outlook import process as retirement_outlook
from techsim.mechanisms.working.vacancies.ages import classes, grow_older, mean_months
from techsim.mechanisms.working.vacancies.process import observe
from techsim.mechanisms.world import World
from techsim.population.parts import Tally, tallied

DECEMBER = 12
STOCKS = (
    "employed",
    "unemployed",
    "unemployed_by_duration",
    "employed_by_occupation",
    "employed_by_background",
    "participation",
)
"""Stocks of people, counted in one pass."""
REPLACED = ("to_education", "left_labour_force", "retirement", "death_or_emigration")
"""Reasons by which a worker leaves work, not only a job."""
_REPLACED = [REASONS.index(reason) for reason in REPLACED]


def process(world: World) -> None:
    """Record stocks and flows of the month, then what is seen of the market."""
    people, record, dims = world.people, world.recorder, world.tables.dimensions
    slot = record.slot
    stocks = [slot(name, world.month) for name in STOCKS]

    def count(part: slice, *stocks: Tally) -> None:
        count_people(
            month=world.month,
            birth_month=people.birth_month[part],
            sex=people.sex[part],
            background=people.background[part],
            labour=people.labour[part],
            field=people.field[part],
            level=people.level[part],
            region=people.region[part],
            employer=people.employer[part],
            occupation=people.occupation[part],
            since=people.since[part],
            technical=dims.occupation_technical,
            sector_of=dims.employer_sector,
            **dict(zip(STOCKS, stocks, strict=True)),
        )

    tallied(world.threads, people.size, stocks, count)
    labour, ledger = world.labour, world.labour.ledger
    for name, cells in (
        ("vacancies", labour.open_vacancies),
        ("vacancies_opened", ledger.opened),
        ("vacancies_withdrawn", ledger.withdrawn),
        ("hires", ledger.hired),
        ("hires_from_vacancies", ledger.filled),
    ):
        if record.wants(name):
            by_job(cells, dims.employer_sector, slot(name, world.month))
    by_reason = slot("separations_by_reason", world.month)
    count_separated(ledger.separated, dims.employer_sector, slot("separations", world.month), by_reason)
    if record.wants("replacement_demand"):  # by_reason has just been written, whether it is kept or not
        slot("replacement_demand", world.month)[...] += by_reason[_REPLACED].sum(axis=0)
    _record_durations(world)
    if record.wants("workers_by_retirement"):
        retirement_outlook(world)
    if world.calendar_month == DECEMBER and record.wants("commuting"):
        _record_commuting(world)
    observe(world, slot("unemployed", world.month))


def _record_commuting(world: World) -> None:
    """Where people live and work, once a year."""
    p, technical = world.people, world.tables.dimensions.occupation_technical

    def count(part: slice, commuters: Tally) -> None:
        count_commuters(p.labour[part], p.region[part], p.job_region[part], p.occupation[part], technical, commuters)

    tallied(world.threads, p.size, (world.recorder.slot("commuting", world.month),), count)


def _record_durations(world: World) -> None:
    """Let vacancies grow older by the month's ledger, and record how long they are open."""
    labour, ledger = world.labour, world.labour.ledger
    still_open, filled = grow_older(labour.vacancy_ages, ledger.opened, ledger.filled, ledger.withdrawn)
    record = world.recorder
    if record.wants("vacancies_by_duration"):
        record.slot("vacancies_by_duration", world.month)[...] = classes(still_open)
    if record.wants("months_to_fill"):
        record.slot("months_to_fill", world.month)[...] = mean_months(filled)

"""What must hold exactly at the end of each month, as pure functions: residuals, zero where the identity holds."""

from __future__ import annotations

import numpy as np

from techsim.data.dimensions import Dimensions
from techsim.mechanisms.working.ledger.kernels import find_residuals, unsound_spells
from techsim.mechanisms.working.short_time.spells import Counts, cells_of, on_short_time
from techsim.mechanisms.working.state import LabourMarket, count_staff
from techsim.population.people import People

BY_CELL = (
    "staff_ledger",
    "staff_of_people",
    "vacancy_ledger",
    "vacancies_by_age",
    "vacancies_below_zero",
    "hours_cut",
    "short_time_beyond_staff",
)
"""Identities of each cell, in the order of :func:`~techsim.mechanisms.working.ledger.kernels.find_residuals`."""


def residuals_by_cell(
    labour: LabourMarket, people: People, dims: Dimensions, on_short: Counts, threads: int = 1
) -> dict[str, int]:
    """Largest absolute residual over all cells, by name of :data:`BY_CELL`.

    Staff is what the month's ledger makes of that before, and what is counted from the people (nobody works in two
    jobs); vacancies are what the ledger makes of them, and are there of some age; none of these is below zero (none was
    filled twice); hours cut are u times the workers of the cell on short time, who are no more than staff.

    ``on_short`` : int64 (m,), rows of who is on short time.
    """
    ledger, found = labour.ledger, np.zeros(len(BY_CELL), dtype=np.int64)
    find_residuals(
        staff=labour.staff,
        staff_before=ledger.staff,
        hired=ledger.hired,
        separated=ledger.separated,
        counted=count_staff(people, dims, threads),
        vacancies=labour.open_vacancies,
        vacancies_before=ledger.vacancies,
        opened=ledger.opened,
        filled=ledger.filled,
        withdrawn=ledger.withdrawn,
        ages=labour.vacancy_ages,
        on_short_time=cells_of(people, on_short, labour.staff.shape),
        hours_share=labour.short_time.hours_share,
        hours_cut=labour.hours_cut,
        largest=found,
    )
    return dict(zip(BY_CELL, found.tolist(), strict=True))


def short_time_residuals(labour: LabourMarket, people: People, on_short: Counts) -> dict[str, int]:
    """Short-time work: workers ``on_short`` booked by no employer, and people in a spell without that job; all zero."""
    workers, without_job = unsound_spells(
        who=on_short,
        labour=people.labour,
        stage=people.stage,
        since=people.since,
        began=people.short_time,
        employer=people.employer,
        job_region=people.job_region,
        workers=labour.short_time.workers,
    )
    return {"short_time_workers": workers, "short_time_without_job": without_job}


def ledger_residuals(labour: LabourMarket, people: People, dims: Dimensions, threads: int = 1) -> dict[str, int]:
    """Largest absolute residual of each identity of working; every value is zero in a sound month."""
    on_short = on_short_time(people)
    # By cell first: it raises an error if somebody on short time has no job at all, of whom the counts by employer ask.
    return {
        **residuals_by_cell(labour, people, dims, on_short, threads),
        **short_time_residuals(labour, people, on_short),
    }

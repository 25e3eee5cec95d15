"""What must hold exactly at the end of each month, as pure functions: residuals, zero where the identity holds."""

from __future__ import annotations

import numpy as np

from techsim.data.dimensions import Dimensions
from techsim.mechanisms.working.short_time.spells import cells_of, on_short_time, workers_by_employer
from techsim.mechanisms.working.state import Counts, LabourMarket, count_staff
from techsim.population.people import People
from techsim.population.states import Labour, Stage


def staff_ledger(labour: LabourMarket) -> Counts:
    """Staff - (staff before + hired - separated), by cell; all zero."""
    ledger = labour.ledger
    expected = ledger.staff + ledger.hired - ledger.separated.sum(axis=0)
    residual: Counts = labour.staff - expected
    return residual


def staff_of_people(labour: LabourMarket, people: People, dims: Dimensions, threads: int = 1) -> Counts:
    """Workers counted from the people - staff that employers hold, by cell; all zero (nobody works in two jobs)."""
    residual: Counts = count_staff(people, dims, threads) - labour.staff
    return residual


def vacancy_ledger(labour: LabourMarket) -> Counts:
    """Open - (open before + opened - filled - withdrawn), by cell; all zero."""
    ledger = labour.ledger
    expected = ledger.vacancies + ledger.opened - ledger.filled - ledger.withdrawn
    residual: Counts = labour.open_vacancies - expected
    return residual


def vacancies_by_age(labour: LabourMarket) -> Counts:
    """Vacancies summed over how long they are open - open vacancies, by cell; all zero."""
    residual: Counts = labour.vacancy_ages.sum(axis=0, dtype=np.int32) - labour.open_vacancies
    return residual


def vacancies_below_zero(labour: LabourMarket) -> Counts:
    """How far any stock of vacancies or staff lies below zero, by cell; all zero (none was filled twice)."""
    short: Counts = np.maximum(-labour.open_vacancies, 0) + np.maximum(-labour.staff, 0)
    short += np.maximum(-labour.vacancy_ages.min(axis=0), 0)
    return short


def short_time_residuals(labour: LabourMarket, people: People) -> dict[str, int]:
    """Short-time work: cells whose hours cut are not u times the workers in it, workers beyond staff, workers booked by
    no employer, and people in a spell without that job; every value is zero."""
    state, who = labour.short_time, on_short_time(people)
    counted = cells_of(people, who, labour.staff.shape)
    out = (people.labour[who] != int(Labour.EMPLOYED)) | (people.stage[who] != int(Stage.OUT))
    out |= people.since[who] >= people.short_time[who]
    return {
        "hours_cut": int(np.count_nonzero(labour.hours_cut != state.hours_share * counted)),
        "short_time_beyond_staff": max(int((counted - labour.staff).max()), 0),
        "short_time_workers": int(np.abs(workers_by_employer(people, who, counted.shape) - state.workers).max()),
        "short_time_without_job": int(np.count_nonzero(out)),
    }


def ledger_residuals(labour: LabourMarket, people: People, dims: Dimensions, threads: int = 1) -> dict[str, int]:
    """Largest absolute residual of each identity of working; every value is zero in a sound month."""
    return {
        "staff_ledger": int(np.abs(staff_ledger(labour)).max()),
        "staff_of_people": int(np.abs(staff_of_people(labour, people, dims, threads)).max()),
        "vacancy_ledger": int(np.abs(vacancy_ledger(labour)).max()),
        "vacancies_by_age": int(np.abs(vacancies_by_age(labour)).max()),
        "vacancies_below_zero": int(vacancies_below_zero(labour).max()),
        **short_time_residuals(labour, people),
    }

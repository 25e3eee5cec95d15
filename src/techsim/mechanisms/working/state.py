"""What employers and the labour market hold from month to month.

Cells are type of employer (sector x size class) x occupation group x job level x job region, in that order:
``[E, G, L, R]``. All counts are in
simulated persons. The ledger of a month (``opened`` ... ``separated``) is emptied when the month's first process of
working begins, so that at the month's end the identities of :mod:`~techsim.mechanisms.working.identities` can be held
against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from techsim.data.dimensions import Dimensions
from techsim.data.inputs import Tables
from techsim.data.labour import REASONS
from techsim.mechanisms.working.kernels import count_active, count_jobs
from techsim.mechanisms.working.matching.state import Standards, standards_of
from techsim.mechanisms.working.participation.state import Luck
from techsim.mechanisms.working.places.state import Places
from techsim.mechanisms.working.retraining.state import Retraining
from techsim.mechanisms.working.short_time.state import ShortTime
from techsim.mechanisms.working.training.state import Training
from techsim.mechanisms.working.wages.state import SkillPay
from techsim.population.parts import Tally, tallied
from techsim.population.people import People
from techsim.population.rounding import GOLDEN
from techsim.population.states import Stage

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

TRAINING_LEVELS = ("mbo1", "mbo2", "mbo3", "mbo4")
"""Job levels beside which apprentices are trained."""


@dataclass
class Ledger:
    """One month's flows by cell [E, G, L, R], and the stocks that the month began with.

    staff, vacancies : stocks before the month. opened, withdrawn, filled : vacancies. hired : people hired, with or
    without a vacancy (apprentices have none). separated : (reasons, E, G, L, R).
    """

    staff: Counts
    vacancies: Counts
    opened: Counts
    withdrawn: Counts
    filled: Counts
    hired: Counts
    separated: Counts


@dataclass(frozen=True)
class Fixed:
    """What is the same in all months of a run.

    pace : float64 (S,), weight of the newest month in the gap that the staff of a sector follows (W3). hoarding :
    float64 (E,), share of staff above what is wanted that employers keep in any case (W3). bbl : bool (programmes,),
    whether a programme is work-based. schooled : float64 (levels,), transferable skill of who leaves education (W4).
    """

    pace: Floats
    hoarding: Floats
    bbl: npt.NDArray[np.bool_]
    schooled: Floats


@dataclass
class LabourMarket:
    """State of working.

    staff, open_vacancies : int64 [E, G, L, R]. hours_cut : float64 [E, G, L, R], hours that short-time work takes off
    staff, in full-time workers. vacancy_ages : int32 (AGES, E, G, L, R), open vacancies by months open.
    desired : float64 [E, G, L, R], staff that employers want. base_share : float64 [E, G, L, R], shares of the jobs of
    a region at the start, one in all. local_jobs : (R,), jobs per member of the labour force in a region,
    relative to the country. rounding : float64 [E, G, L, R] within [0, 1), the fixed threshold at which a fraction of
    a vacancy counts as one.
    labour_force, labour_force_trend : (R,), now and smoothed. sector_gap : (S,), the output gap as staff has followed
    it. usual_gap : the gap to which employers are used. pressure : (S,), output of sectors against what they are used
    to. sensitivity : (S,), of sectors to the cycle, at the staff with which the month began. trend : (S, G, L), log
    change a year of a cell's share of jobs, the same in all months. tightness :
    (G, R), smoothed vacancies per unemployed person of the field. success : (G,), smoothed share of answered
    applications that lead to a job. prospects : (G,), log of a group's smoothed tightness against that of all, what
    choosers see (K2). unemployment_rate : share of the labour force, last month.
    places : what employers who train hold (L4). places_offered :
    (E, R), places_free : (G, R), apprenticeship places. year_start_desired : (G, L), desired staff when the calendar
    year began. wages : (G, L), index of mean pay, one in the run's first year. wage_curve : (G, L), what the wage curve
    makes of it: pay for given skill; skill_pay : what skill makes of it (W2). cell_unemployment,
    normal_cell_unemployment : (G, L), share of the labour force of a group and level, smoothed, and its mean over the
    run's first year.
    wage_prospects : (G,), log wage of a group, smoothed, what choosers see (K2). short_time : short-time work (W3).
    staffed_for : (S,), pressure for which firms are staffed, as attrition lets staff follow it. remembered_rate :
    (E,), open vacancies per worker as employers remember them. seen_shortage : (E, G), shortage of staff by which they
    plan whether to keep apprentices (L4). hours_lent : float64 [E, G, L, R], full-time workers
    whom teaching takes beyond the start (L3). training, retraining : lifelong learning, retraining (W4, W2). luck :
    what is kept of people's draws for taking part and for retiring (W1). standards : what seekers and employers hold to
    in matching (W2). fixed : what else is the same in all months. staff_at : how often people had been moved when staff
    was last held against them; -1 if it has to be.
    """

    staff: Counts
    desired: Floats
    open_vacancies: Counts
    hours_cut: Floats
    vacancy_ages: npt.NDArray[np.int32]
    base_share: Floats
    local_jobs: Floats
    rounding: Floats
    labour_force: Floats
    labour_force_trend: Floats
    sector_gap: Floats
    usual_gap: float
    pressure: Floats
    sensitivity: Floats
    trend: Floats
    remembered_rate: Floats
    seen_shortage: Floats
    success: Floats
    tightness: Floats
    prospects: Floats
    unemployment_rate: float
    places_offered: Counts
    places_free: Counts
    year_start_desired: Floats
    wages: Floats
    cell_unemployment: Floats
    normal_cell_unemployment: Floats
    wage_prospects: Floats
    standards: Standards
    fixed: Fixed
    ledger: Ledger = field(init=False)
    short_time: ShortTime = field(init=False)
    places: Places = field(init=False)
    staffed_for: Floats = field(init=False)
    hours_lent: Floats = field(init=False)
    training: Training = field(init=False)
    retraining: Retraining = field(init=False)
    wage_curve: Floats = field(init=False)
    skill_pay: SkillPay = field(init=False)
    luck: Luck = field(init=False, default_factory=Luck)
    staff_at: int = field(init=False, default=-1)

    def __post_init__(self) -> None:
        shape = self.staff.shape
        opened, withdrawn, filled, hired = (np.zeros(shape, dtype=np.int64) for _ in range(4))
        separated = np.zeros((len(REASONS), *shape), dtype=np.int64)
        stocks = self.staff.copy(), self.open_vacancies.copy()
        self.ledger = Ledger(*stocks, opened, withdrawn, filled, hired, separated)
        self.staffed_for = self.pressure.copy()
        self.hours_lent = np.zeros(shape)
        employers, groups, levels, regions = shape
        self.wage_curve = self.wages.copy()
        self.skill_pay = SkillPay(shape=(groups, levels))
        self.short_time = ShortTime(employers=employers, regions=regions)
        self.training = Training(groups=groups, regions=regions)
        self.retraining = Retraining(regions=regions)
        self.places = Places(employers=employers, groups=groups, regions=regions)

    def begin_month(self) -> None:
        """Empty the month's ledger and note the stocks that it begins with."""
        ledger = self.ledger
        ledger.staff[...], ledger.vacancies[...] = self.staff, self.open_vacancies
        for flow in (ledger.opened, ledger.withdrawn, ledger.filled, ledger.hired, ledger.separated):
            flow[...] = 0


def shape_of(dims: Dimensions) -> tuple[int, int, int, int]:
    """Numbers of types of employers, occupation groups, job levels and regions: the shape of a cell array."""
    return (dims.employers, len(dims.occupation), len(dims.level), len(dims.region))


def count_staff(people: People, dims: Dimensions, threads: int = 1) -> Counts:
    """Workers by cell, int64 [E, G, L, R]; IndexError if somebody works in no cell."""
    staff, lost = np.zeros(shape_of(dims), dtype=np.int64), np.zeros(1, dtype=np.int64)
    p = people

    def count(part: slice, staff: Tally, lost: Tally) -> None:
        where = (p.employer[part], p.occupation[part], p.job_level[part], p.job_region[part])
        lost[0] += count_jobs(p.labour[part], *where, staff)

    tallied(threads, people.size, (staff, lost), count)
    if lost[0]:
        raise IndexError("an employed person has no cell: employer, occupation, job level or job region is unset")
    return staff


def vacancies_per_worker(vacancies: Counts, workers: Counts) -> Floats:
    """V / N by type of employer; (E,)."""
    return np.asarray(vacancies / np.maximum(workers, 1), dtype=np.float64)


def count_labour_force(people: People, regions: int) -> Floats:
    """Workers and unemployed by region of residence, (R,)."""
    force = np.zeros(regions, dtype=np.int64)
    count_active(people.labour, people.region, force)
    return force.astype(np.float64)


def create_labour_market(
    people: People, tables: Tables, parameters: Mapping[str, float], output_gap: Floats
) -> LabourMarket:
    """The labour market at the start: base structure, desired staff and vacancies from the start population.

    Parameters
    ----------
    people : People
        The start population, placed in jobs.
    parameters : mapping
        Effective parameters by name.
    output_gap : float64 (months,)
        The run's output gaps; the first is taken as what sectors produce at.
    """
    from techsim.mechanisms.working.currency.process import schooled
    from techsim.mechanisms.working.employers import (
        desired_staff,
        shortage_of_staff,
        structural_trend,
        usually_hoarded,
        wanted_vacancies,
    )
    from techsim.mechanisms.working.vacancies.ages import start_ages

    dims = tables.dimensions
    shape = shape_of(dims)
    staff = count_staff(people, dims)
    force = count_labour_force(people, shape[3])
    jobs = staff.sum(axis=(0, 1, 2)).astype(np.float64)
    base_share = staff / np.maximum(jobs, 1.0)
    local_jobs = (jobs / np.maximum(force, 1.0)) / (jobs.sum() / max(force.sum(), 1.0))
    gap = float(output_gap[0])
    usual = parameters["demand.usual_gap_start"]
    sectors = dims.size("sector")
    pressure = np.full(sectors, gap - parameters["demand.habituation"] * usual)
    sensitivity = relative_sensitivity(staff.reshape(sectors, -1), tables.labour.cycle_sensitivity)
    desired = desired_staff(
        labour_force_trend=force,
        local_jobs=local_jobs,
        base_share=base_share,
        sector=dims.employer_sector,
        growth=np.ones((sectors, *shape[1:3])),
        pressure=pressure,
        sensitivity=sensitivity,
        response=parameters["demand.response"],
        slack=parameters["demand.structural_slack"],
    )
    rounding = np.asarray(np.arange(1, staff.size + 1) * GOLDEN % 1.0, dtype=np.float64).reshape(shape)
    vacancies = wanted_vacancies(desired=desired, staff=staff, rounding=rounding)
    return LabourMarket(
        staff=staff,
        desired=desired,
        open_vacancies=vacancies,
        hours_cut=np.zeros(shape),
        vacancy_ages=start_ages(vacancies),
        base_share=base_share,
        local_jobs=local_jobs,
        rounding=rounding,
        labour_force=force,
        labour_force_trend=force.copy(),
        sector_gap=np.full(sectors, gap),
        usual_gap=usual,
        pressure=pressure,
        sensitivity=sensitivity,
        trend=structural_trend(
            sectors=tables.labour.trend,
            groups=tables.labour.occupation_trend,
            levels=tables.labour.level_trend,
            outside=~dims.sector_technical[:, None] & dims.occupation_technical,
            technical_outside=parameters["demand.technical_outside"],
        ),
        remembered_rate=vacancies_per_worker(vacancies.sum(axis=(1, 2, 3)), staff.sum(axis=(1, 2, 3))),
        seen_shortage=shortage_of_staff(desired=desired.sum(axis=(2, 3)), staff=staff.sum(axis=(2, 3))),
        success=np.ones(shape[1]),
        tightness=np.zeros((shape[1], shape[3])),
        prospects=np.zeros(shape[1]),
        unemployment_rate=float(1.0 - jobs.sum() / max(force.sum(), 1.0)),
        places_offered=np.zeros((shape[0], shape[3]), dtype=np.int64),
        places_free=np.zeros((shape[1], shape[3]), dtype=np.int64),
        year_start_desired=desired.sum(axis=(0, 3)),
        wages=np.ones(shape[1:3]),
        cell_unemployment=np.zeros(shape[1:3]),
        normal_cell_unemployment=np.zeros(shape[1:3]),
        wage_prospects=np.zeros(shape[1]),
        standards=standards_of(tables, parameters),
        fixed=Fixed(
            pace=np.array([months_share(months) for months in tables.labour.lag * parameters["demand.lag_scale"]]),
            hoarding=usually_hoarded(
                base=parameters["separations.hoarding"],
                large=parameters["separations.hoarding_large"],
                is_large=dims.employer_size == dims.firm_size.index("large"),
            ),
            bbl=work_based(tables),
            schooled=schooled(parameters, shape[2]),
        ),
    )


def bbl_students(people: People, tables: Tables) -> npt.NDArray[np.bool_]:
    """Who is a bbl student; (n,)."""
    in_mbo = (people.stage == int(Stage.MBO)) & (people.programme >= 0)
    learns: npt.NDArray[np.bool_] = in_mbo & work_based(tables)[np.maximum(people.programme, 0)]
    return learns


def work_based(tables: Tables) -> npt.NDArray[np.bool_]:
    """Whether a programme is work-based, which makes its students apprentices; (programmes,)."""
    bbl: npt.NDArray[np.bool_] = tables.education.programme_pathway == tables.dimensions.pathway.index("bbl")
    return bbl


def training_levels(dims: Dimensions) -> list[int]:
    """Job levels beside which apprentices are trained."""
    return [dims.level.index(level) for level in TRAINING_LEVELS]


def relative_sensitivity(staff: Counts, sensitivity: Floats) -> Floats:
    """Sectors' sensitivity to the cycle, scaled so that the mean over staff (S, ...) is one; (S,)."""
    by_sector = staff.reshape(len(staff), -1).sum(axis=1)
    mean = float((by_sector * sensitivity).sum()) / max(float(by_sector.sum()), 1.0)
    scaled: Floats = sensitivity / max(mean, 1e-9)
    return scaled


def months_share(months: float) -> float:
    """Weight of the newest month in a mean that looks ``months`` back: 1 / months, at most one."""
    return 1.0 / max(months, 1.0)

"""W1 and W3, demand, in the month: the first process of working."""

from __future__ import annotations

import math

import numpy as np

from techsim.data.demography import EVIDENCE_END
from techsim.data.labour import REASONS
from techsim.mechanisms.working.employers import desired_staff, smooth_pressure
from techsim.mechanisms.working.kernels import count_jobs
from techsim.mechanisms.working.state import (
    Floats,
    count_labour_force,
    count_staff,
    months_share,
    relative_sensitivity,
)
from techsim.mechanisms.world import World
from techsim.population.clock import MONTHS, month_index
from techsim.population.people import JOB

JANUARY = 1
_LOST = REASONS.index("death_or_emigration")


def process(world: World) -> None:
    """Open the month's ledger, note who left the population, let employers set the staff that they want."""
    labour = world.labour
    labour.begin_month()
    _note_losses(world)
    _follow_output(world)
    if world.calendar_month == JANUARY:
        labour.year_start_desired = by_group_and_level(labour.desired)
    labour.desired = _desired(world)
    if world.recorder.wants("expansion_demand"):
        change = np.rint(by_group_and_level(labour.desired) - labour.year_start_desired).astype(np.int64)
        world.recorder.slot("expansion_demand", world.month)[...] = change
    world.recorder.slot("pressure_by_sector", world.month)[...] = labour.pressure


def by_group_and_level(staff: Floats) -> Floats:
    """Sums of staff wanted [E, G, L, R] over types of employers and regions; (G, L)."""
    return np.asarray(staff.sum(axis=3).sum(axis=0))  # both axes at once take twice as long


def _note_losses(world: World) -> None:
    """Workers whom demography removed this month leave the ledger as death or emigration.

    They are known, if it has removed people once since last month; else everyone is counted.

    Raises
    ------
    RuntimeError
        If everyone is counted, and a cell holds more workers than its employers know of: somebody was put into a job
        outside of working. The identities of the month's end say so in any case. Or if a worker who left had no cell.
    """
    labour, people = world.labour, world.people
    left, lost = people.jobs_left_since(labour.staff_at), labour.ledger.separated[_LOST]  # nothing, as the month begins
    if left is None:
        lost[...] = labour.staff - count_staff(people, world.tables.dimensions, world.threads)
        if lost.min() < 0:
            raise RuntimeError(f"{-lost[lost < 0].sum()} people work who were never hired (month {world.month})")
    elif count_jobs(*(left[name] for name in JOB), lost):
        raise RuntimeError(f"people have left work who had no cell (month {world.month})")
    labour.staff, labour.staff_at = labour.staff - lost, people.moves


def _follow_output(world: World) -> None:
    """Move what staff has followed and what employers are used to towards the month's output gap."""
    p, labour = world.parameters, world.labour
    labour.sector_gap = labour.sector_gap + labour.fixed.pace * (world.gap - labour.sector_gap)
    labour.usual_gap += months_share(p["demand.habituation_months"]) * (world.gap - labour.usual_gap)
    raw = labour.sector_gap - p["demand.habituation"] * labour.usual_gap
    labour.pressure = smooth_pressure(raw, p["demand.boom_weight"])


def _desired(world: World) -> Floats:
    p, labour, tables = world.parameters, world.labour, world.tables.labour
    labour.labour_force = count_labour_force(world.people, labour.labour_force.size)
    pace = months_share(p["demand.labour_force_months"])
    labour.labour_force_trend = labour.labour_force_trend + pace * (labour.labour_force - labour.labour_force_trend)
    by_sector = labour.ledger.staff.reshape(len(labour.pressure), -1)
    labour.sensitivity = relative_sensitivity(by_sector, tables.cycle_sensitivity)
    years = p["demand.trend_scale"] * trend_years(world.month, world.first, p["demand.trend_fade"])
    return desired_staff(
        labour_force_trend=labour.labour_force_trend,
        local_jobs=places_of_growth(labour.local_jobs, labour.labour_force_trend, years * tables.region_trend),
        base_share=dear_work(world, labour.base_share),
        sector=world.tables.dimensions.employer_sector,
        growth=np.exp(years * labour.trend + transitions(world)),
        pressure=labour.pressure,
        sensitivity=labour.sensitivity,
        response=p["demand.response"],
        slack=p["demand.structural_slack"],
    )


def transitions(world: World) -> Floats:
    """(E z_e + G z_d) T: log growth by energy transition and digitalisation; (S, G, L), or (1, 1, 1) while none."""
    p, tables = world.parameters, world.tables.labour
    since = max(world.month - month_index(int(p["demand.transitions_from"]), 1), 0) / MONTHS
    total: Floats = np.zeros((1, 1, 1))
    rates = {"energy_transition": p["demand.energy_transition"], "digitalisation": p["demand.digitalisation"]}
    if since == 0.0 or not any(rates.values()):
        return total
    for transition, rate in rates.items():
        by_sector, by_group, by_level = tables.transitions[transition]
        total = total + rate * since * (by_sector[:, None, None] + by_group[:, None] + by_level)
    return total


def dear_work(world: World, base_share: Floats) -> Floats:
    """Shares of technical groups x (1 + p_r)^-e_w, as employers bear pay beyond the market's; (E, G, L, R)."""
    # Employers plan before the month's levers act: they know what they bore last month, in the first month nothing.
    borne, elasticity = world.hooks.get("pay.employers"), world.parameters["demand.wage_elasticity"]
    if borne is None or not borne.any():
        return base_share
    less = (1.0 + borne) ** -elasticity
    factor = np.where(world.tables.dimensions.occupation_technical[:, None], less, 1.0)
    shares: Floats = base_share * factor[:, None]
    return shares


def trend_years(month: int, first: int, fade: float) -> float:
    """Y = t, and after the years of evidence M_t (1 - exp(-(t - t_e) / M_t)) more: trends ebb away; years of growth."""
    past = max(min(month, EVIDENCE_END) - first, 0) / MONTHS
    before, now = (max(m - EVIDENCE_END, 0) / MONTHS for m in (first, month))
    return past + fade * (math.exp(-before / fade) - math.exp(-now / fade))


def places_of_growth(local_jobs: Floats, labour_force: Floats, growth: Floats) -> Floats:
    """a_r exp(growth_r), scaled so that the jobs of the country stay as many; (R,)."""
    moved = local_jobs * np.exp(growth)
    scaled: Floats = moved * (local_jobs @ labour_force) / max(float(moved @ labour_force), 1e-9)
    return scaled

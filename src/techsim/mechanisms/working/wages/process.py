"""W2, wages, in the month: after matching, when it shows who is left without work, and who works where."""

from __future__ import annotations

import numpy as np

from techsim.mechanisms.working.state import months_share
from techsim.mechanisms.working.wages.curve import next_wages, unemployment_by_cell, wages_seen
from techsim.mechanisms.working.wages.kernels import WORTH, add_pay, count_unemployed
from techsim.mechanisms.working.wages.skill import log_pay, skill_part
from techsim.mechanisms.world import World
from techsim.population.clock import MONTHS
from techsim.population.states import Labour, Stage

DECEMBER = 12


def process(world: World) -> None:
    """Move wages by what unemployment has been, record them, and let them be seen; in the base year they stay one."""
    p, people, labour = world.parameters, world.people, world.labour
    staff = labour.staff.sum(axis=0).sum(axis=2)  # in two steps, the faster order
    unemployed = count_unemployed(
        labour=people.labour,
        occupation=people.occupation,
        job_level=people.job_level,
        field=people.field,
        level=people.level,
        staff=staff,
    )
    now = unemployment_by_cell(unemployed=unemployed, staff=staff, pooling=p["wages.pooling"])
    past = world.month - world.first
    if past < MONTHS:
        labour.normal_cell_unemployment = labour.normal_cell_unemployment + (now - labour.normal_cell_unemployment) / (
            past + 1
        )
        labour.cell_unemployment = labour.normal_cell_unemployment
    else:
        outlook = months_share(p["wages.outlook_months"])
        labour.cell_unemployment = labour.cell_unemployment + outlook * (now - labour.cell_unemployment)
    labour.wage_curve = next_wages(
        wages=labour.wage_curve,
        unemployment=labour.cell_unemployment,
        normal=labour.normal_cell_unemployment,
        elasticity=p["wages.elasticity"],
        pace=months_share(p["wages.agreement_months"]),
        downward=p["wages.downward"],
    )
    labour.wages = labour.wage_curve * skill_part(world, staff, past < MONTHS)
    seen = wages_seen(wages=labour.wages, staff=staff, technical=world.tables.dimensions.occupation_technical)
    labour.wage_prospects = labour.wage_prospects + months_share(p["vacancies.outlook_months"]) * (
        seen - labour.wage_prospects
    )
    world.recorder.slot("wages", world.month)[...] = labour.wages
    if world.calendar_month == DECEMBER and world.recorder.wants("pay_of_technicians"):
        _record_technicians(world)


def _record_technicians(world: World) -> None:
    """Mean pay of technicians out of education by level and what they lack; NaN where there are none."""
    people, p, slot = world.people, world.parameters, world.recorder.slot("pay_of_technicians", world.month)
    rows = np.flatnonzero((people.labour == int(Labour.EMPLOYED)) & (people.stage == int(Stage.OUT)))
    rows = rows[world.tables.dimensions.occupation_technical[people.occupation[rows]]]
    pay, count = (np.zeros(slot.shape, dtype=np.int64) for _ in range(2))
    add_pay(
        pay_of=np.exp(log_pay(world, rows)),
        height=world.tables.labour.ladder[people.level[rows]],
        job_height=world.tables.labour.ladder[people.job_level[rows]],
        level=people.level[rows],
        currency=people.currency[rows],
        level_gap=p["currency.level_gap"],
        asked=p["currency.asked"],
        pay=pay,
        count=count,
    )
    slot[...] = np.where(count > 0, pay / WORTH / np.maximum(count, 1), np.nan)

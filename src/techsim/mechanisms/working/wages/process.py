"""W2, wages, in the month: after matching, when it shows who is left without work."""

from __future__ import annotations

import numpy as np

from techsim.mechanisms.working.state import months_share
from techsim.mechanisms.working.wages.curve import count_unemployed, next_wages, unemployment_by_cell, wages_seen
from techsim.mechanisms.world import World
from techsim.population.clock import MONTHS
from techsim.population.states import Labour


def process(world: World) -> None:
    """Move wages by what unemployment has been, record them, and let them be seen; in the base year they stay one."""
    p, people, labour = world.parameters, world.people, world.labour
    staff = labour.staff.sum(axis=(0, 3))
    idle = np.flatnonzero(people.labour == Labour.UNEMPLOYED)
    unemployed = count_unemployed(
        occupation=people.occupation[idle],
        job_level=people.job_level[idle],
        field=people.field[idle],
        level=people.level[idle],
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
    labour.wages = next_wages(
        wages=labour.wages,
        unemployment=labour.cell_unemployment,
        normal=labour.normal_cell_unemployment,
        elasticity=p["wages.elasticity"],
        pace=months_share(p["wages.agreement_months"]),
        downward=p["wages.downward"],
    )
    seen = wages_seen(wages=labour.wages, staff=staff, technical=world.tables.dimensions.occupation_technical)
    labour.wage_prospects = labour.wage_prospects + months_share(p["vacancies.outlook_months"]) * (
        seen - labour.wage_prospects
    )
    world.recorder.slot("wages", world.month)[...] = labour.wages

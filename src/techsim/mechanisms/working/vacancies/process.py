"""W1, vacancies, in the month: after separations, before matching; what is seen of the market, at the end."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.working.employers import STEP
from techsim.mechanisms.working.kernels import open_and_withdraw
from techsim.mechanisms.working.state import months_share, vacancies_per_worker
from techsim.mechanisms.working.vacancies.kernels import count_market
from techsim.mechanisms.world import World

SMALL = 0.5
"""Added to counts of which the logarithm is taken."""


def process(world: World) -> None:
    """Open and withdraw vacancies by the plans of all employers."""
    p, labour = world.parameters, world.labour
    open_and_withdraw(
        desired=labour.desired,
        staff=labour.staff,
        hours_lent=labour.hours_lent,
        rounding=labour.rounding,
        turn=world.month * STEP,
        opening_speed=p["vacancies.opening_speed"],
        withdrawal_speed=p["vacancies.withdrawal_speed"],
        vacancies=labour.open_vacancies,
        opened=labour.ledger.opened,
        withdrawn=labour.ledger.withdrawn,
    )


def apply_vacancies(world: World, opened: npt.NDArray[np.int64], withdrawn: npt.NDArray[np.int64]) -> None:
    """Enter vacancies opened and withdrawn, [S, G, L, R], into the ledger."""
    labour = world.labour
    labour.ledger.opened += opened
    labour.ledger.withdrawn += withdrawn
    labour.open_vacancies += opened - withdrawn


def observe(world: World, unemployed: npt.NDArray[np.int64]) -> None:
    """Smooth what is seen of the market: vacancy rates, tightness, prospects, scarcity, the unemployment rate.

    ``unemployed`` int64 (fields, levels, regions); fields that are those of occupation groups come first.
    """
    labour = world.labour
    pace = months_share(world.parameters["vacancies.outlook_months"])
    by_group, (open_now, workers), idle = count_market(labour.open_vacancies, labour.staff, unemployed)
    vacancies, trained = by_group + SMALL
    every = vacancies / trained
    ratio, overall = every[:, :-1], (int(open_now.sum()) + SMALL) / (idle + SMALL)
    relative = np.log(every[:, -1]) - np.log(overall)
    first = world.month == world.first
    labour.tightness = ratio.copy() if first else labour.tightness + pace * (ratio - labour.tightness)
    labour.prospects = relative if first else labour.prospects + pace * (relative - labour.prospects)
    memory = months_share(world.parameters["separations.memory_months"])
    now = vacancies_per_worker(open_now, workers)
    labour.remembered_rate = labour.remembered_rate + memory * (now - labour.remembered_rate)
    labour.unemployment_rate = idle / max(idle + int(workers.sum()), 1)

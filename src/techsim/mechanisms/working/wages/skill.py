"""W2, pay by skill: what the skill of a cell's workers is worth against the base year, and what each is paid.

Cells are occupation groups x job levels, (G, L).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.working.currency.kernels import FRONTIER, FULL
from techsim.mechanisms.working.wages.kernels import CODES, WORTH, add_worth, compare_worth
from techsim.mechanisms.world import World
from techsim.population.parts import Tally, tallied
from techsim.population.people import CURRENCY_UNIT

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


@lru_cache(maxsize=4)
def worth_by_byte(skill: float, transferable: float) -> tuple[Floats, Floats]:
    """exp(rho C) of the upper byte of currency, then of the lower one, (512,), and exp(rho_t T) in units of 1 /
    ``WORTH``, (256,); by rho and rho_t, to be read only."""
    byte = np.arange(float(CODES))
    currency_worth = np.exp(skill * CURRENCY_UNIT * np.concatenate([CODES * byte, byte]))
    transferable_worth = WORTH * np.exp(transferable / FULL * byte)
    currency_worth.flags.writeable = transferable_worth.flags.writeable = False
    return currency_worth, transferable_worth


def count_worth(world: World) -> Counts:
    """Sum of exp(q) over the workers of each cell, in units of 1 / ``WORTH``; int64 (G, L)."""
    people, p = world.people, world.parameters
    currency_worth, transferable_worth = worth_by_byte(p["wages.skill"], p["wages.transferable"])
    total = np.zeros(world.labour.wages.shape, dtype=np.int64)

    def count(part: slice, total: Tally) -> None:
        add_worth(
            labour=people.labour[part],
            occupation=people.occupation[part],
            job_level=people.job_level[part],
            currency=people.currency[part],
            transferable=people.transferable[part],
            technical=world.tables.dimensions.occupation_technical,
            currency_worth=currency_worth,
            transferable_worth=transferable_worth,
            total=total,
        )

    tallied(world.threads, people.size, (total,), count)
    return total


def base_mean(worth: Counts, workers: Counts) -> Floats:
    """z_gl(0): mean of exp(q) over the workers of a cell; of its group where it has none, of all where that has none.

    Parameters
    ----------
    worth : int64 (G, L), sums in units of 1 / ``WORTH``; workers : int64 (G, L), somebody in all

    Returns
    -------
    float64 (G, L), above 0
    """
    mean = np.full(workers.shape, float(worth.sum()) / float(workers.sum()) / WORTH)
    by_group = workers.sum(axis=1)
    some = by_group > 0
    mean[some] = (worth.sum(axis=1)[some] / by_group[some] / WORTH)[:, None]
    there = workers > 0
    mean[there] = worth[there] / workers[there] / WORTH
    return mean


def skill_part(world: World, staff: Counts, base_year: bool) -> Floats:
    """z_gl / z_gl(0): what skill makes of a cell's pay; (G, L), one in the base year and where nobody works.

    Parameters
    ----------
    staff : int64 (G, L), workers
    """
    state, worth = world.labour.skill_pay, count_worth(world)
    state.mean, against = compare_worth(worth, staff, state.base)
    if base_year:
        state.base_worth, state.base_workers = state.base_worth + worth, state.base_workers + staff
        state.base = base_mean(state.base_worth, state.base_workers)
        return np.ones(state.shape)
    return np.asarray(against)


def log_offer(world: World) -> Floats:
    """log(v_gl / z_gl(0)): log index of pay in a cell beside q, what one's own skill is worth there; (G, L)."""
    return np.asarray(np.log(world.labour.wage_curve) - np.log(world.labour.skill_pay.base))


def log_pay(world: World, rows: Counts) -> Floats:
    """log of pay_i, index, of the workers ``rows``; (m,)."""
    people, p = world.people, world.parameters
    group, level = people.occupation[rows].astype(np.int64), people.job_level[rows].astype(np.int64)
    known = people.currency[rows] / FRONTIER * world.tables.dimensions.occupation_technical[group]
    worth = p["wages.skill"] * known + p["wages.transferable"] * (people.transferable[rows] / FULL)
    found: Floats = log_offer(world)[group, level] + worth
    return found

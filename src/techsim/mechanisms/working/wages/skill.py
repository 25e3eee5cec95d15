"""W2, pay by skill, on arrays: what the skill of a cell's workers is worth against the base year (``declare``).

Cells are occupation groups x job levels, (G, L).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.working.currency.kernels import FRONTIER, FULL, WORTH
from techsim.mechanisms.working.wages.state import SkillPay
from techsim.mechanisms.world import World

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


def mean_worth(worth: Counts, workers: Counts) -> Floats:
    """m_gl: mean of exp(q) over the workers of a cell; of its group where there are none, of all where that has none.

    Parameters
    ----------
    worth : int64 (G, L), sums in units of 1 / ``WORTH``; workers : int64 (G, L)

    Returns
    -------
    float64 (G, L), above 0; one where nobody works at all
    """
    everyone, everything = int(workers.sum()), float(worth.sum())
    mean = np.full(workers.shape, everything / everyone / WORTH if everyone else 1.0)
    by_group = workers.sum(axis=1)
    some = by_group > 0
    mean[some] = (worth.sum(axis=1)[some] / by_group[some] / WORTH)[:, None]
    there = workers > 0
    mean[there] = worth[there] / workers[there] / WORTH
    return mean


def base_worth(state: SkillPay) -> Floats:
    """m_gl(0), over the workers of the base year's months so far; (G, L)."""
    return mean_worth(state.base_worth, state.base_workers)


def skill_part(state: SkillPay) -> Floats:
    """m_gl / m_gl(0): what skill makes of a cell's pay; (G, L), one where nobody works."""
    there = state.workers > 0
    part = np.ones(state.shape)
    now = state.worth[there] / state.workers[there] / WORTH
    part[there] = now / base_worth(state)[there]
    return part


def log_offer(world: World) -> Floats:
    """log(c_gl / m_gl(0)): log index of pay in a cell beside q, what one's own skill is worth there; (G, L)."""
    labour = world.labour
    return np.asarray(np.log(labour.wage_curve) - np.log(base_worth(labour.skill_pay)))


def worth_of(world: World, rows: Counts, group: Counts) -> Floats:
    """q = rho C 1[g technical] + rho_t T of the people ``rows`` in the occupation groups ``group``; (m,), log wage."""
    people, p = world.people, world.parameters
    known = people.currency[rows] / FRONTIER * world.tables.dimensions.occupation_technical[group]
    return np.asarray(p["wages.skill"] * known + p["wages.transferable"] * (people.transferable[rows] / FULL))


def log_pay(world: World, rows: Counts) -> Floats:
    """log of pay_i, index, of the workers ``rows``: what the cell pays by skill, less that of the base year; (m,)."""
    people = world.people
    group, level = people.occupation[rows].astype(np.int64), people.job_level[rows].astype(np.int64)
    found: Floats = log_offer(world)[group, level] + worth_of(world, rows, group)
    return found

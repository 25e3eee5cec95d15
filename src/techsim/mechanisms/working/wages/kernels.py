"""W2, wages, on arrays of people: who is without work, what workers' skill is worth, and what technicians are paid."""

from __future__ import annotations

import numpy as np

from techsim.mechanisms.working.currency.kernels import FRONTIER, shortfall
from techsim.population.compiled import kernel
from techsim.population.draws import BLOCK, list_few, list_places
from techsim.population.states import Labour

_EMPLOYED, _UNEMPLOYED = np.int8(Labour.EMPLOYED), np.int8(Labour.UNEMPLOYED)
_BITS, _BYTE, _LOW, _ALL = np.uint32(8), np.uint32(256), np.uint32(255), np.uint16(65535)
WORTH = float(1 << 30)
"""Units of one in sums of what skill is worth: whole, so that the sum knows no order; tens of millions fit."""
TINY = 1e-9
"""Workers added to a weight, so that cells without workers have one."""
CODES = 256
"""Values of a byte: as many as tables have that are looked into by one."""


@kernel
def count_unemployed(labour, occupation, job_level, field, level, staff):
    """The unemployed by cell: of their last job, else of their education.

    Parameters
    ----------
    labour, occupation, job_level, field, level : int8 (n,)
        Of everybody. Group and level of the last job, negative without one; field of education (one that is no
        occupation group is spread over all groups, as staff is) and level of education.
    staff : int64 (G, L)

    Returns
    -------
    float64 (G, L), persons; sums to the number of the unemployed
    """
    groups, levels = staff.shape
    placed, others = np.zeros(staff.shape, dtype=np.int64), np.zeros(levels, dtype=np.int64)
    asked, rows = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64)
    for start in range(0, labour.size, BLOCK):
        state = labour[start : min(start + BLOCK, labour.size)]
        for i in range(state.size):
            asked[i] = state[i] == _UNEMPLOYED
        for k in rows[: list_few(asked, state.size, rows)]:
            i = start + k
            if occupation[i] >= 0:
                placed[occupation[i], job_level[i]] += 1
            elif 0 <= field[i] < groups:
                placed[field[i], level[i]] += 1
            else:
                others[level[i]] += 1
    unemployed = np.empty(staff.shape)
    for lv in range(levels):
        total = 0.0
        for g in range(groups):
            total += staff[g, lv] + TINY
        for g in range(groups):
            unemployed[g, lv] = placed[g, lv] + others[lv] * (staff[g, lv] + TINY) / total
    return unemployed


@kernel
def skill_worth(known, transferable, currency_worth, transferable_worth):
    """exp(q) = exp(rho C 1[g technical]) exp(rho_t T): what a worker's skill is worth in pay (W2).

    Parameters
    ----------
    known : uint16, currency [65535 is the frontier] where the group is technical, else zero
    transferable : uint8 [255 is all there is]
    currency_worth : float64 (512,), exp(rho C) of the upper byte of currency, then of the lower one
    transferable_worth : float64 (256,), exp(rho_t T), in the unit wanted
    """
    high, low = np.uint32(known) >> _BITS, _BYTE + (np.uint32(known) & _LOW)
    return transferable_worth[transferable] * currency_worth[high] * currency_worth[low]


@kernel
def add_worth(labour, occupation, job_level, currency, transferable, technical, currency_worth, transferable_worth,
              total):  # fmt: skip
    """What the skill of workers is worth, by group and job level.

    Those of a block who work are listed without a branch: whether somebody does is a guess that processors get wrong,
    at the cost of all else here. Codes of people at work are not negative, and are looked up as unsigned.

    Parameters
    ----------
    labour, occupation, job_level : int8 (n,); currency : uint16 (n,); transferable : uint8 (n,)
    technical : bool (groups,)
    currency_worth, transferable_worth : see :func:`skill_worth`, in units of 1 / WORTH
    total : int64 (groups, levels) [units of 1 / WORTH], added to
    """
    levels = np.uint32(total.shape[1])
    counts = np.zeros(CODES, dtype=np.uint16)  # all bits where the group is technical
    for g in range(technical.size):
        counts[g] = _ALL if technical[g] else np.uint16(0)
    sums = np.zeros(total.size, dtype=np.int64)
    works, rows = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64)
    for start in range(0, labour.size, BLOCK):
        block = slice(start, min(start + BLOCK, labour.size))
        state, group, level = labour[block], occupation[block], job_level[block]
        own, general = currency[block], transferable[block]
        for i in range(state.size):
            works[i] = state[i] == _EMPLOYED
        for j in range(list_places(works[: state.size], rows)):
            i = np.uint64(rows[j])
            g = np.uint8(group[i])
            worth = skill_worth(own[i] & counts[g], general[i], currency_worth, transferable_worth)
            sums[np.uint32(g) * levels + np.uint32(np.uint8(level[i]))] += np.int64(worth + 0.5)
    total += sums.reshape(total.shape)


@kernel
def compare_worth(worth, staff, base):
    """What skill is worth in a cell on average, and that against the base year; one where nobody works.

    Parameters
    ----------
    worth : int64 (G, L) [units of 1 / WORTH], sum over workers; staff : int64 (G, L), workers
    base : float64 (G, L), mean of the base year, above 0

    Returns
    -------
    two float64 (G, L)
    """
    mean, against = np.ones(staff.shape), np.ones(staff.shape)
    for g in range(staff.shape[0]):
        for lv in range(staff.shape[1]):
            if staff[g, lv] > 0:
                mean[g, lv] = worth[g, lv] / staff[g, lv] / WORTH
                against[g, lv] = mean[g, lv] / base[g, lv]
    return mean, against


@kernel
def add_pay(pay_of, height, job_height, level, currency, level_gap, asked, pay, count):
    """Pay of technicians by level and what they lack.

    Parameters
    ----------
    pay_of : float64 (m,) [index]; height, job_height : float64 (m,), of education and of the job on the level ladder
    level : int8 (m,); currency : uint16 (m,) [65535 is the frontier]
    level_gap, asked : float, see :func:`shortfall`
    pay : int64 (levels, 3) [units of 1 / WORTH: whole, so that the sum knows no order]; count : int64 (levels, 3)
    """
    for k in range(pay_of.size):
        lacks = shortfall(job_height[k], height[k], currency[k] / FRONTIER, level_gap, asked)
        pay[level[k], lacks] += np.int64(pay_of[k] * WORTH + 0.5)
        count[level[k], lacks] += 1

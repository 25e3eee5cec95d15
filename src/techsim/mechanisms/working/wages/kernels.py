"""W2, pay by skill, on arrays of people: what workers' skill is worth, and what technicians are paid."""

from __future__ import annotations

import numba
import numpy as np

from techsim.mechanisms.working.currency.kernels import FRONTIER, shortfall
from techsim.population.states import Labour

_EMPLOYED = np.int64(Labour.EMPLOYED)
_BITS, _BYTE, _LOW = np.uint64(8), np.uint64(256), np.uint64(255)
WORTH = float(1 << 30)
"""Units of one in sums of what skill is worth: whole, so that the sum knows no order; tens of millions fit."""
CODES = 256
"""Values of a byte: as many as tables have that are looked into by one."""


@numba.njit(cache=True, nogil=True)
def skill_worth(currency, transferable, counts, currency_worth, transferable_worth):
    """exp(q) = exp(rho C 1[g technical]) exp(rho_t T): what a worker's skill is worth in pay (W2).

    Parameters
    ----------
    currency : uint16 [65535 is the frontier]; transferable : uint8 [255 is all there is]
    counts : uint64, one where the group is technical, else zero
    currency_worth : float64 (512,), exp(rho C) of the upper byte of currency, then of the lower one
    transferable_worth : float64 (256,), exp(rho_t T), in the unit wanted
    """
    known = np.uint64(currency) * counts
    return transferable_worth[transferable] * currency_worth[known >> _BITS] * currency_worth[_BYTE + (known & _LOW)]


@numba.njit(cache=True, nogil=True)
def add_worth(labour, occupation, job_level, currency, transferable, technical, first, currency_worth,
              transferable_worth, total):  # fmt: skip
    """What the skill of workers is worth, by group and job level; of all others it is counted as nobody's.

    Without a branch: whether somebody works is a guess that processors get wrong, at the cost of all else here.

    Parameters
    ----------
    labour : int8 (n,); occupation, job_level : uint8 (n,), codes, 255 for none; currency : uint16 (n,)
    transferable : uint8 (n,)
    technical : uint64 (256,), one for codes of technical groups, else zero
    first : uint64 (256,), where in ``total`` the lowest level of a group stands
    currency_worth, transferable_worth : see :func:`skill_worth`, in units of 1 / WORTH
    total : int64 (1 + groups x levels,) [units of 1 / WORTH], nobody's first; added to
    """
    for i in range(labour.size):
        group = occupation[i]
        worth = skill_worth(currency[i], transferable[i], technical[group], currency_worth, transferable_worth)
        cell = first[group] + np.uint64(job_level[i])
        total[np.uint64(labour[i] == _EMPLOYED) * cell] += np.int64(worth + 0.5)


@numba.njit(cache=True, nogil=True)
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

"""W3, short-time work, on arrays: who is put on short time, and what training does."""

from __future__ import annotations

import math

import numba
import numpy as np

from techsim.mechanisms.working.currency.kernels import FRONTIER
from techsim.population.randomness import Purpose, normal
from techsim.population.states import NEVER, Flag, Labour, Stage

_OUT, _EMPLOYED = int(Stage.OUT), int(Labour.EMPLOYED)
_TEMPORARY, _SHORT_TIME = int(Flag.TEMPORARY), int(Flag.SHORT_TIME)
_P_SHORT_TIME = int(Purpose.SHORT_TIME)
_NEVER = NEVER


@numba.njit(cache=True, nogil=True)
def spell_rank(tenure, currency, skilled_first, noise, draw):
    """log(1 + T) + g C + sigma z: the highest are put on short time first."""
    return math.log(1.0 + tenure) + skilled_first * currency + noise * draw


@numba.njit(cache=True, nogil=True)
def may_begin(month, began, max_months):
    """Whether a worker may begin a spell: the first, or twice the longest spell after the last began."""
    return began == _NEVER or month - began >= 2 * max_months


@numba.njit(cache=True, nogil=True)
def trained_currency(currency, hours, gain):
    """C + g tau u (1 - C); ``hours`` is tau u, training as a share of a full month."""
    return currency + gain * hours * (1.0 - currency)


@numba.njit(cache=True, nogil=True)
def rank_candidates(
    seed,
    month,
    ids,
    stage,
    labour,
    flags,
    since,
    began,
    employer,
    job_region,
    currency,
    entering,
    max_months,
    skilled_first,
    noise,
    who,
    cell,
    rank,
):
    """Permanent workers who may be put on short time where employers want to; bbl students are spared.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (n,); stage, labour, employer, job_region : int8 (n,); flags : uint8 (n,); since, began : int16 (n,)
    currency : uint16 (n,) [65535 is the frontier]
    entering : int64 (E, R), workers to begin a spell; max_months : int64 (R,), longest spell
    skilled_first, noise : float [log months]
    who, cell : int64 (n,), rank : float64 (n,); written from the start; a cell is a type of employer in a region

    Returns
    -------
    int
        Number of candidates.
    """
    regions = entering.shape[1]
    found = 0
    for i in range(ids.size):
        if labour[i] != _EMPLOYED or stage[i] != _OUT or since[i] == month:
            continue
        if (flags[i] & np.uint8(_TEMPORARY | _SHORT_TIME)) != 0:
            continue
        e, r = employer[i], job_region[i]
        if entering[e, r] <= 0 or not may_begin(np.int64(month), np.int64(began[i]), max_months[r]):
            continue
        tenure = np.float64(np.int64(month) - np.int64(since[i]))
        who[found] = i
        cell[found] = np.int64(e) * regions + r
        draw = normal(seed, _P_SHORT_TIME, ids[i], month, 0)
        rank[found] = spell_rank(tenure, currency[i] / FRONTIER, skilled_first, noise, draw)
        found += 1
    return found


@numba.njit(cache=True, nogil=True)
def train(who, occupation, field, technical_occupation, technical_field, hours, gain, currency):
    """Training on short time, for those with technical work or a technical education.

    Parameters
    ----------
    who : int64 (m,), rows of the workers on short time; occupation, field : int8 (n,)
    technical_occupation : bool (groups,), technical_field : bool (fields,)
    hours : float64 (m,), training as a share of a full month; gain : float, share of the gap a full month
    currency : uint16 (n,), written
    """
    for k in range(who.size):
        i = who[k]
        educated = field[i] >= 0 and technical_field[field[i]]
        if educated or technical_occupation[occupation[i]]:
            now = trained_currency(currency[i] / FRONTIER, hours[k], gain)
            currency[i] = np.uint16(now * FRONTIER + 0.5)

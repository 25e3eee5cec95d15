"""W3 and W4, technical skill currency, on arrays."""

from __future__ import annotations

import numba
import numpy as np

from techsim.population.draws import BLOCK, list_places
from techsim.population.states import NEVER, Labour, Stage

_OUT, _EMPLOYED = int(Stage.OUT), int(Labour.EMPLOYED)
_NEVER = NEVER
_TWELVE, _OFFSET = np.uint16(12), 12 << 10
"""Months to add to a month of birth so that it is positive: whole years."""
_TECHNICAL_JOB, _EDUCATED, _TECHNICIAN, _BEGINS = (np.uint8(1 << bit) for bit in range(4))
"""What a month holds for somebody: technical work; work after technical education of which something is left; technical
work, not in education; the end of technical education, or arrival from abroad with it."""
FRONTIER = 65535.0
"""The frontier in units of ``People.currency``."""
FULL = 255.0
"""All transferable skill there is, in units of ``People.transferable``."""


@numba.njit(cache=True, nogil=True)
def next_currency(currency, technical_job, leaves_technical_education, gain, fade, aged, at_graduation):
    """a (C + g (1 - C)) in a technical job, a C (1 - d) otherwise, at least c_0 on leaving technical education (W4).

    ``aged`` is a = exp(-delta / 12), what a month of the frontier leaves of the share of it that is known.
    """
    kept = aged * (currency + gain * (1.0 - currency) if technical_job else currency * (1.0 - fade))
    return max(kept, at_graduation) if leaves_technical_education else kept


@numba.njit(cache=True, nogil=True)
def current_fit(fit, technical, currency, weight):
    """fit (1 - w (1 - C)) where field and occupation group are technical, else fit."""
    return fit * (1.0 - weight * (1.0 - currency)) if technical else fit


@numba.njit(cache=True, nogil=True)
def next_transferable(skill, works, months_idle, gain, fade):
    """T' = T + g (1 - T) in work, T (1 - f)^(m / 12) else; m months of the year without work."""
    if works:
        return skill + gain * (1.0 - skill)
    return skill * (1.0 - fade) ** (months_idle / 12.0)


@numba.njit(cache=True, nogil=True)
def update_transferable(
    month, birth_month, stage, labour, since, level, left_education, schooled, gain, fade, transferable
):
    """A year of work, or of none, for those born in this month of the year; what school gave to those who leave it,
    and to those who arrive from abroad with their education behind them.

    Parameters
    ----------
    month : int; birth_month, since, left_education : int16 (n,) [month index]
    stage, labour, level : int8 (n,)
    schooled : float64 (levels,), skill of who leaves education
    gain, fade : float, shares a year
    transferable : uint8 (n,), written [255 is all there is]
    """
    begins, turns, rows = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, np.int64)
    turn = np.uint16(np.int64(month) % 12)
    for start in range(0, stage.size, BLOCK):
        block = slice(start, min(start + BLOCK, stage.size))
        births, states, left, skill = birth_month[block], stage[block], left_education[block], transferable[block]
        for k in range(states.size):
            born = np.uint16(np.int32(births[k]) + _OFFSET)
            begins[k] = (left[k] == month) | ((left[k] == _NEVER) & (skill[k] == 0))
            turns[k] = (states[k] == _OUT) & (begins[k] | (born % _TWELVE == turn))
        for k in rows[: list_places(turns[: states.size], rows)]:
            i = start + k
            if begins[k]:
                skill[k] = max(skill[k], np.uint8(schooled[level[i]] * FULL + 0.5))
            else:
                idle = min(np.int64(month) - np.int64(since[i]), 12)
                now = next_transferable(skill[k] / FULL, labour[i] == _EMPLOYED, idle, gain, fade)
                skill[k] = np.uint8(now * FULL + 0.5)


@numba.njit(cache=True, nogil=True)
def shortfall(job_height, height, currency, level_gap, asked):
    """0 none, 1 level, 2 skills: H_l - H_e > x, else C < c_a: what a technician lacks for the work (W4)."""
    if job_height - height > level_gap:
        return 1
    return 2 if currency < asked else 0


@numba.njit(cache=True, nogil=True)
def bits(technical):
    """Bit for each of ``technical`` : bool (at most 31,); uint32."""
    found = np.uint32(0)
    for i in range(technical.size):
        found |= np.uint32(technical[i]) << np.uint32(i)
    return found


@numba.njit(cache=True, nogil=True)
def find_kinds(month, labour, occupation, field, stage, left_education, currency, of_group, of_field, kinds, more,
               code):  # fmt: skip
    """What the month holds for each of a block: bits of ``kinds``, and whose ageing of skill ``code`` concerns them.

    Parameters
    ----------
    month : int; labour, occupation, field, stage : int8 (n,); left_education : int16 (n,); currency : uint16 (n,)
    of_group, of_field : uint32, bit for each occupation group and field, one where technical
    kinds, code : uint8 (at least n,), written; ``code`` is the group of a technical job, else the field, 255 for none
    more : bool (at least n,), written: of whom there is more than a technical job to know
    """
    for i in range(labour.size):
        works, out = labour[i] == _EMPLOYED, stage[i] == _OUT
        educated = ((of_field >> np.uint32(field[i] & 31)) & np.uint32(1)) != 0
        technical_job = works & (((of_group >> np.uint32(occupation[i] & 31)) & np.uint32(1)) != 0)
        begins = (left_education[i] == month) | ((left_education[i] == _NEVER) & (currency[i] == 0))
        code[i] = np.uint8(occupation[i]) if technical_job else np.uint8(field[i])
        begins &= educated & out
        counts = works & educated & (technical_job | begins | (currency[i] != 0))
        kind = np.uint8(technical_job) | (np.uint8(counts) << 1) | (np.uint8(technical_job & out) << 2)
        kinds[i] = kind | (np.uint8(begins) << 3)
        more[i] = kinds[i] > _TECHNICAL_JOB


@numba.njit(cache=True, nogil=True)
def update_currency(
    month,
    labour,
    occupation,
    job_level,
    field,
    level,
    region,
    stage,
    left_education,
    technical_occupation,
    technical_field,
    gain,
    fade,
    aged,
    taught,
    from_abroad,
    ladder,
    level_gap,
    asked,
    currency,
    gap,
    count,
    short,
):
    """A month of technical work, or of none, for everyone; counts the gap of technically educated workers.

    Who leaves technical education has what its school taught; who comes from abroad brings what schools gave on average
    when the run began. Small loops without a branch over a block of people; one by one come those who begin or count.

    Parameters
    ----------
    month : int
    labour, occupation, job_level, field, level, region, stage : int8 (n,); left_education : int16 (n,) [month index]
    technical_occupation : bool (groups,); technical_field : bool (fields,), at most 31 of each
    gain, fade, from_abroad : float
    aged : float64 (fields,), what a month of the frontier leaves; an occupation group as its field
    taught : float64 (fields, levels, regions) [share of the frontier]
    ladder : float64 (levels,); level_gap, asked : float, beyond which, and below which, a technician lacks something
    currency : uint16 (n,), written [65535 is the frontier]
    gap : int64 (levels, groups) [units of 1 / 65535: whole, so that their sum knows no order]
    count : int64 (levels, groups); short : int64 (levels, 3), technicians by what they lack; all added to
    """
    of_group, of_field = bits(technical_occupation), bits(technical_field)
    aged_of = np.full(256, aged[-1])
    aged_of[: aged.size] = aged
    kinds, code = np.empty(BLOCK, dtype=np.uint8), np.empty(BLOCK, dtype=np.uint8)
    more = np.empty(BLOCK, dtype=np.bool_)
    ageing, now, rows = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK, dtype=np.int64)
    for start in range(0, labour.size, BLOCK):
        block = slice(start, min(start + BLOCK, labour.size))
        had = currency[block]
        find_kinds(
            month, labour[block], occupation[block], field[block], stage[block], left_education[block], had, of_group,
            of_field, kinds, more, code,
        )  # fmt: skip
        for k in range(had.size):
            ageing[k] = aged_of[code[k]]
        for k in range(had.size):
            technical_job = (kinds[k] & _TECHNICAL_JOB) != 0
            now[k] = next_currency(had[k] / FRONTIER, technical_job, False, gain, fade, ageing[k], 0.0)
        for k in rows[: list_places(more[: had.size], rows)]:
            i, kind = start + k, kinds[k]
            if kind & _BEGINS:
                brings = taught[field[i], level[i], region[i]] if left_education[i] == month else from_abroad
                job = (kind & _TECHNICAL_JOB) != 0
                now[k] = next_currency(had[k] / FRONTIER, job, True, gain, fade, ageing[k], brings)
            if kind & _EDUCATED:
                gap[level[i], occupation[i]] += np.int64(FRONTIER) - np.int64(now[k] * FRONTIER + 0.5)
                count[level[i], occupation[i]] += 1
            if kind & _TECHNICIAN:
                short[level[i], shortfall(ladder[job_level[i]], ladder[level[i]], now[k], level_gap, asked)] += 1
        for k in range(had.size):
            had[k] = np.uint16(np.int32(now[k] * FRONTIER + 0.5))

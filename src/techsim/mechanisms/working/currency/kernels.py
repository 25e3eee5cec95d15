"""W3 and W4, technical skill currency, on arrays."""

from __future__ import annotations

import numba
import numpy as np

from techsim.population.draws import BLOCK, list_places
from techsim.population.states import NEVER, Labour, Stage

_OUT, _EMPLOYED = int(Stage.OUT), int(Labour.EMPLOYED)
_NEVER = NEVER
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
def next_transferable(skill, works, gain, kept):
    """T' = T + g (1 - T) in work, T (1 - f)^(m / 12) else, ``kept`` as of :func:`kept_transferable`."""
    return skill + gain * (1.0 - skill) if works else skill * kept


@numba.njit(cache=True, nogil=True)
def kept_transferable(months_idle, fade):
    """(1 - f)^(m / 12), what m months of the year without work leave."""
    return (1.0 - fade) ** (months_idle / 12.0)


@numba.njit(cache=True, nogil=True)
def find_beginning(month, stage, left_education, transferable, begins):
    """Who left education this month, or is out of it and has never shown any skill; whether anybody did.

    Parameters
    ----------
    month : int; stage : int8 (n,); left_education : int16 (n,) [month index]; transferable : uint8 (n,)
    begins : bool (at least n,), written
    """
    anyone = False
    for k in range(stage.size):
        left = left_education[k]
        begins[k] = (stage[k] == _OUT) & ((left == month) | ((left == _NEVER) & (transferable[k] == 0)))
        anyone |= begins[k]
    return anyone


@numba.njit(cache=True, nogil=True)
def update_transferable(month, born, stage, labour, since, level, left_education, schooled, gain, fade, transferable):
    """A year of work, or of none, for those born in this month of the year; what school gave to those who leave it,
    and to those who arrive from abroad with their education behind them.

    Parameters
    ----------
    month : int; born : int64 (m,), rows of those born in this month of the year, ascending
    since, left_education : int16 (n,) [month index]
    stage, labour, level : int8 (n,)
    schooled : float64 (levels,), skill of who leaves education
    gain, fade : float, shares a year
    transferable : uint8 (n,), written [255 is all there is]
    """
    begins, rows, kept = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64), np.empty(13)
    for months in range(kept.size):
        kept[months] = kept_transferable(months, fade)
    turn = 0
    for start in range(0, stage.size, BLOCK):
        block = slice(start, min(start + BLOCK, stage.size))
        skill = transferable[block]
        anyone = find_beginning(month, stage[block], left_education[block], skill, begins)
        while turn < born.size and born[turn] < block.stop:
            i = born[turn]
            turn += 1
            if stage[i] == _OUT and not begins[i - start]:
                idle = min(np.int64(month) - np.int64(since[i]), 12)
                now = next_transferable(transferable[i] / FULL, labour[i] == _EMPLOYED, gain, kept[idle])
                transferable[i] = np.uint8(now * FULL + 0.5)
        if anyone:
            for k in rows[: list_places(begins[: skill.size], rows)]:
                skill[k] = max(skill[k], np.uint8(schooled[level[start + k]] * FULL + 0.5))


@numba.njit(cache=True, nogil=True)
def sum_transferable(stage, level, labour, transferable, total, count):
    """Transferable skill of those out of education, and how many they are, by level and labour state.

    Parameters
    ----------
    stage, level, labour : int8 (n,); transferable : uint8 (n,) [255 is all there is]
    total : float64 (levels, states), count : int64 (levels, states), added to
    """
    for i in range(stage.size):
        if stage[i] == _OUT:
            total[level[i], labour[i]] += transferable[i] / FULL
            count[level[i], labour[i]] += 1


@numba.njit(cache=True, nogil=True)
def shortfall(job_height, height, currency, level_gap, asked):
    """0 none, 1 level, 2 skills: H_l - H_e > x, else C < c_a: what a technician lacks for the work (W4)."""
    return 1 if job_height - height > level_gap else (2 if currency < asked else 0)


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
    """What the month holds for each of a block: bits of ``kinds``, and whose ageing of skill ``code`` concerns them;
    False where nobody has any skill or gets it.

    Parameters
    ----------
    month : int; labour, occupation, field, stage : int8 (n,); left_education : int16 (n,); currency : uint16 (n,)
    of_group, of_field : uint32, bit for each occupation group and field, one where technical
    kinds, code : uint8 (at least n,), written; ``code`` is the group of a technical job, else the field, 255 for none
    more : bool (at least n,), written: of whom there is more than a technical job to know
    """
    found = False
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
        found |= (kinds[i] != 0) | (currency[i] != 0)
    return found


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
        if not find_kinds(
            month, labour[block], occupation[block], field[block], stage[block], left_education[block], had, of_group,
            of_field, kinds, more, code,
        ):  # fmt: skip
            continue
        for k in range(had.size):
            ageing[k] = aged_of[code[k]]
        for k in range(had.size):
            technical_job = (kinds[k] & _TECHNICAL_JOB) != 0
            now[k] = next_currency(had[k] / FRONTIER, technical_job, False, gain, fade, ageing[k], 0.0)
        for k in rows[: list_places(more[: had.size], rows)]:
            # Codes of people at work are not negative: unsigned ones spare the test for places counted from the end.
            i, kind = np.uintp(start + k), kinds[k]
            lv, g = np.uint8(level[i]), np.uint8(occupation[i])
            if kind & _BEGINS:
                brings = taught[field[i], level[i], region[i]] if left_education[i] == month else from_abroad
                job = (kind & _TECHNICAL_JOB) != 0
                now[k] = next_currency(had[k] / FRONTIER, job, True, gain, fade, ageing[k], brings)
            if kind & _EDUCATED:
                gap[lv, g] += np.int64(FRONTIER) - np.int64(now[k] * FRONTIER + 0.5)
                count[lv, g] += 1
            if kind & _TECHNICIAN:
                lacks = shortfall(ladder[np.uint8(job_level[i])], ladder[lv], now[k], level_gap, asked)
                short[lv, np.uint8(lacks)] += 1
        for k in range(had.size):
            had[k] = np.uint16(np.int32(now[k] * FRONTIER + 0.5))

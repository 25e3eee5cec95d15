"""W3 and W4, technical skill currency, on arrays."""

from __future__ import annotations

import numba
import numpy as np

from techsim.population.states import NEVER, Labour, Stage

_OUT, _EMPLOYED = int(Stage.OUT), int(Labour.EMPLOYED)
_NEVER = NEVER
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
    for i in range(stage.size):
        if stage[i] != _OUT:
            continue
        arrives = left_education[i] == _NEVER and transferable[i] == 0
        if left_education[i] == month or arrives:
            transferable[i] = max(transferable[i], np.uint8(schooled[level[i]] * FULL + 0.5))
        elif (np.int64(month) - np.int64(birth_month[i])) % 12 == 0:
            idle = min(np.int64(month) - np.int64(since[i]), 12)
            now = next_transferable(transferable[i] / FULL, labour[i] == _EMPLOYED, idle, gain, fade)
            transferable[i] = np.uint8(now * FULL + 0.5)


@numba.njit(cache=True, nogil=True)
def shortfall(job_height, height, currency, level_gap, asked):
    """0 none, 1 level, 2 skills: H_l - H_e > x, else C < c_a: what a technician lacks for the work (W4)."""
    if job_height - height > level_gap:
        return 1
    return 2 if currency < asked else 0


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
    when the run began.

    Parameters
    ----------
    month : int
    labour, occupation, job_level, field, level, region, stage : int8 (n,); left_education : int16 (n,) [month index]
    technical_occupation : bool (groups,); technical_field : bool (fields,)
    gain, fade, from_abroad : float
    aged : float64 (fields,), what a month of the frontier leaves; an occupation group as its field
    taught : float64 (fields, levels, regions) [share of the frontier]
    ladder : float64 (levels,); level_gap, asked : float, beyond which, and below which, a technician lacks something
    currency : uint16 (n,), written [65535 is the frontier]
    gap : int64 (levels, groups) [units of 1 / 65535: whole, so that their sum knows no order]
    count : int64 (levels, groups); short : int64 (levels, 3), technicians by what they lack; all added to
    """
    for i in range(labour.size):
        educated = field[i] >= 0 and technical_field[field[i]]
        works = labour[i] == _EMPLOYED
        technical_job = works and technical_occupation[occupation[i]]
        out = educated and stage[i] == _OUT
        graduates = out and left_education[i] == month
        arrives = out and left_education[i] == _NEVER and currency[i] == 0
        if currency[i] == 0 and not technical_job and not graduates and not arrives:
            continue
        brings = taught[field[i], level[i], region[i]] if graduates else from_abroad
        ageing = aged[occupation[i]] if technical_job else aged[field[i]]
        now = next_currency(currency[i] / FRONTIER, technical_job, graduates or arrives, gain, fade, ageing, brings)
        currency[i] = np.uint16(now * FRONTIER + 0.5)
        if works and educated:
            gap[level[i], occupation[i]] += np.int64(FRONTIER) - np.int64(currency[i])
            count[level[i], occupation[i]] += 1
        if technical_job and stage[i] == _OUT:
            short[level[i], shortfall(ladder[job_level[i]], ladder[level[i]], now, level_gap, asked)] += 1

"""W2, who would be retrained, on arrays."""

from __future__ import annotations

import math

import numpy as np

from techsim.mechanisms.working.currency.kernels import FRONTIER
from techsim.population.compiled import kernel
from techsim.population.draws import BLOCK, fill_uniforms
from techsim.population.randomness import Purpose
from techsim.population.states import Labour

_P_RETRAINING = int(Purpose.RETRAINING)
_UNEMPLOYED, _EMPLOYED = int(Labour.UNEMPLOYED), int(Labour.EMPLOYED)
OLDEST = 55
USUAL_MONTHS = 6.0
"""Months of unemployment at which duration adds nothing to interest."""
INTEREST = 0
"""Number of the draw, of purpose RETRAINING, that decides on interest."""


@kernel
def interest(base, gain, scarce, months, woman, weights):
    """logit i = logit i_0 + b_w log(w_T / w) + b_v k + b_m log((1 + m) / (1 + m_0)) - b_f 1[woman]; chance a year.

    Parameters
    ----------
    base : float, logit i_0, of men where nothing else counts; gain : float, log(w_T / w)
    scarce : float, k, log of technical vacancies per worker over the usual
    months : float, of unemployment, m_0 for workers; woman : bool
    weights : b_w, b_v, b_m, b_f
    """
    duration = math.log((1.0 + months) / (1.0 + USUAL_MONTHS)) if months != USUAL_MONTHS else 0.0
    odds = base + weights[0] * gain + weights[1] * scarce + weights[2] * duration
    return 1.0 / (1.0 + math.exp(-(odds - weights[3] if woman else odds)))


@kernel
def gain_of_pay(technical_pay, learnt, own, known, more, paid_more):
    """log(w_T / w) = log w_T + m + c - log w, less the skill c' that is paid, and m, where the own work is technical.

    technical_pay, own : float, log wages without skill; learnt, known : float, c and c', log wage, what retraining and
    the present leave of skill; more : float, m, log wage that levers add to technical pay; paid_more : bool
    """
    gain = technical_pay + more + learnt - own
    return gain - (more + known) if paid_more else gain


@kernel
def list_able(
    month, asked, offered, region, birth_month, labour, field, occupation, technical_occupation, technical_field, rows
):
    """List those of ``asked`` who live where there is a place, are below ``OLDEST``, work or look for it, and have no
    technical education or work.

    Parameters
    ----------
    month : int; asked : int64 (k,), rows; offered : bool (regions,)
    birth_month : int16 (n,); region, labour, field, occupation : int8 (n,)
    technical_occupation : bool (groups,); technical_field : bool (fields,)
    rows : int64 (k,), written from the start

    Returns
    -------
    int
        Number of them.
    """
    near, found = 0, 0
    for i in asked:
        rows[near] = i
        near += int(offered[region[i]])
    for i in rows[:near]:
        works = labour[i] == _EMPLOYED
        young = np.int32(month) - np.int32(birth_month[i]) < OLDEST * 12
        technical = technical_field[field[i]] | (works & technical_occupation[max(occupation[i], 0)])
        rows[found] = i
        found += int(young & (works | (labour[i] == _UNEMPLOYED)) & (not technical))
    return found


@kernel
def usual_work(wages, scarcity, staff, technical):
    """Means over workers: log wage by level of technical work and of other work, float64 (levels,) each, and scarcity
    of technical groups.

    wages : float64 (groups, levels), log; scarcity : float64 (groups,), log; staff : int64 (E, groups, levels, R)
    technical : bool (groups,)
    """
    pay, workers = np.zeros((2, wages.shape[1])), np.zeros((2, wages.shape[1]))
    scarce, number = 0.0, 0
    for g in range(wages.shape[0]):
        kind, group = (0 if technical[g] else 1), 0
        for lv in range(wages.shape[1]):
            here = 0
            for e in range(staff.shape[0]):
                for r in range(staff.shape[3]):
                    here += staff[e, g, lv, r]
            pay[kind, lv] += wages[g, lv] * max(here, 1)
            workers[kind, lv] += max(here, 1)
            group += here
        if technical[g]:
            scarce += scarcity[g] * (group + 1)
            number += group + 1
    return pay[0] / workers[0], pay[1] / workers[1], scarce / number


@kernel
def list_interested(
    seed,
    month,
    asked,
    offered,
    ids,
    birth_month,
    sex,
    region,
    labour,
    since,
    level,
    field,
    occupation,
    job_level,
    currency,
    technical_occupation,
    technical_field,
    female,
    bases,
    wages,
    scarcity,
    staff,
    more,
    skill_pay,
    least,
    weights,
    rows,
):
    """List who of those ``asked`` would be retrained this year.

    Parameters
    ----------
    seed, month : int; asked : int64 (k,), rows; offered : bool (regions,), where there are places
    ids : uint64 (n,); birth_month, since : int16 (n,) [month index]; sex, region, labour, level, field, occupation,
    job_level : int8 (n,); currency : uint16 (n,) [65535 is the frontier]
    technical_occupation : bool (groups,); technical_field : bool (fields,); female : int, code of ``sex``
    bases : float64 (2,), logit i_0 of the unemployed and of workers, see :func:`interest`
    wages : float64 (groups, levels), log wages without skill, scarcity, staff : see :func:`usual_work`; who never had a
    job compares with the mean of other work at the own level
    more : float64 (regions,), log wage that levers add to technical pay at home
    skill_pay : float, rho; least : float, c_r, share of the frontier that retraining brings at least
    weights : float64 (4,), see :func:`interest`
    rows : int64 (k,), written from the start

    Returns
    -------
    int
        Number of them.
    """
    technical_pay, other_pay, scarce = usual_work(wages, scarcity, staff, technical_occupation)
    able = list_able(
        month,
        asked,
        offered,
        region,
        birth_month,
        labour,
        field,
        occupation,
        technical_occupation,
        technical_field,
        rows,
    )
    some, draws, found = np.empty(BLOCK, dtype=np.uint64), np.empty(BLOCK), 0
    for start in range(0, able, BLOCK):
        block = rows[start : min(start + BLOCK, able)]
        for k in range(block.size):
            some[k] = ids[block[k]]
        fill_uniforms(seed, _P_RETRAINING, some[: block.size], month, INTEREST, draws)
        for k in range(block.size):
            i = block[k]
            works, g, lv = labour[i] == _EMPLOYED, occupation[i], level[i]
            known = currency[i] * (1.0 / FRONTIER)
            own = wages[g, max(job_level[i], 0)] if g >= 0 else other_pay[lv]
            paid_more = g >= 0 and technical_occupation[g]
            learnt = skill_pay * max(known, least)
            gain = gain_of_pay(technical_pay[lv], learnt, own, skill_pay * known, more[region[i]], paid_more)
            months = USUAL_MONTHS if works else max(np.float64(month) - np.float64(since[i]), 0.0)
            chance = interest(bases[1 if works else 0], gain, scarce, months, sex[i] == female, weights)
            rows[found] = i
            found += int(draws[k] < chance)
    return found

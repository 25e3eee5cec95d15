"""W3, short-time work, on arrays: who is put on short time, and what training does."""

from __future__ import annotations

import math

import numpy as np

from techsim.mechanisms.working.currency.kernels import FRONTIER
from techsim.mechanisms.working.kernels import all_taken, offer, places_of
from techsim.population.compiled import kernel
from techsim.population.draws import BLOCK, SMALLEST, fill_uniforms, holds, list_few, list_places
from techsim.population.randomness import Purpose, normal
from techsim.population.states import NEVER, Flag, Labour, Stage

_OUT, _EMPLOYED = int(Stage.OUT), int(Labour.EMPLOYED)
_TEMPORARY, _SHORT_TIME = int(Flag.TEMPORARY), int(Flag.SHORT_TIME)
_P_SHORT_TIME = int(Purpose.SHORT_TIME)
_NEVER = NEVER
_USUAL, _STEPS = 600, 1024
"""Months of tenure whose logarithms stand in a table, as do the highest normal draws by steps of the uniform one."""
_ABOVE = 1.0 + 1e-12
"""What a bound is raised by, more than what rounding may add to a draw."""


@kernel
def chance_to_take_part(odds):
    """P = 1 / (1 + exp(-x)) of the log odds x, which count for no more than 500; float64 of the same shape (E, R)."""
    chance = np.empty(odds.shape)
    for e in range(odds.shape[0]):
        for r in range(odds.shape[1]):
            chance[e, r] = 1.0 / (1.0 + math.exp(-min(max(odds[e, r], -500.0), 500.0)))
    return chance


@kernel
def spell_rank(here, currency, skilled_first, noise, draw):
    """log(1 + T) + g C + sigma z, of which ``here`` is the first: the highest are put on short time first."""
    return here + skilled_first * currency + noise * draw


@kernel
def may_begin(month, began, max_months):
    """Whether a worker may begin a spell: the first, or twice the longest spell after the last began."""
    return began == _NEVER or month - began >= 2 * max_months


@kernel
def trained_currency(currency, hours, gain):
    """C + g tau u (1 - C); ``hours`` is tau u, training as a share of a full month."""
    return currency + gain * hours * (1.0 - currency)


@kernel
def count_in_cells(who, employer, occupation, job_level, job_region, count):
    """Count the people in rows ``who`` int64 (m,) by the cell of their job; codes int8 (n,), ``count`` int64
    (E, G, L, R), added to.

    Returns
    -------
    int
        How many of them have no cell, as part of it is unset.
    """
    kinds, groups, levels, regions = count.shape
    lost = 0
    for i in who:
        e, g, lv, r = employer[i], occupation[i], job_level[i], job_region[i]
        if 0 <= e < kinds and 0 <= g < groups and 0 <= lv < levels and 0 <= r < regions:
            count[e, g, lv, r] += 1
        else:
            lost += 1
    return lost


@kernel
def count_by_employer(who, employer, job_region, count):
    """Count the people in rows ``who`` int64 (m,) by type of employer and region of their job; codes int8 (n,),
    ``count`` int64 (E, R), added to."""
    for i in who:
        count[employer[i], job_region[i]] += 1


@kernel
def rows_in_spell(flags):
    """Rows of the people whose hours are cut; ``flags`` uint8 (n,), int64 (m,)."""
    rows, found = np.empty(flags.size, dtype=np.int64), 0
    marked, few = np.zeros(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64)
    for first in range(0, flags.size, BLOCK):
        marks = flags[first : min(first + BLOCK, flags.size)]
        for i in range(marks.size):
            marked[i] = (marks[i] & np.uint8(_SHORT_TIME)) != 0
        for k in few[: list_few(marked, marks.size, few)]:
            rows[found] = first + k
            found += 1
    return rows[:found].copy()


@kernel
def choose_workers(
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
):
    """Permanent workers put on short time where employers want to, the highest ranks first; bbl students are spared.

    Hardly any of those who may be chosen is. Whom a draw as high as his first word of luck allows would not carry past
    those chosen so far is not drawn for.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (n,); stage, labour, employer, job_region : int8 (n,); flags : uint8 (n,); since, began : int16 (n,)
    currency : uint16 (n,) [65535 is the frontier]
    entering : int64 (E, R), workers to begin a spell; max_months : int64 (R,), longest spell
    skilled_first, noise : float [log months]; noise is not below zero

    Returns
    -------
    int64 (m,)
        Their rows.
    """
    regions, many = np.uint32(entering.shape[1]), entering.ravel()
    enters = np.zeros(many.size + 1, dtype=np.bool_)  # the last for whoever can't be chosen
    enters[: many.size] = many > 0
    nowhere, now = np.uint32(many.size), np.int16(month)
    start, taken = places_of(many), np.zeros(many.size, dtype=np.int64)
    ranks, chosen = np.empty(start[many.size]), np.empty(start[many.size], dtype=np.int64)
    persons = np.empty(start[many.size], dtype=np.uint64)
    rows, cells = np.empty(BLOCK, dtype=np.uint16), np.empty(BLOCK, dtype=np.uint32)
    asked, people, luck = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.uint64), np.empty(BLOCK)
    long_here, highest = logs_of_tenure(_USUAL), highest_normals(_STEPS)
    for first in range(0, ids.size, BLOCK):
        block = slice(first, min(first + BLOCK, ids.size))
        state, at, marks, start_of_job = labour[block], stage[block], flags[block], since[block]
        by_e, by_r = employer[block], job_region[block]
        if not holds(state, np.int8(_EMPLOYED)):
            continue
        for i in range(state.size):
            cells[i] = np.uint32(by_e[i]) * regions + np.uint32(by_r[i])
        for i in range(state.size):
            free = (marks[i] & np.uint8(_TEMPORARY | _SHORT_TIME)) == 0
            free &= (state[i] == _EMPLOYED) & (at[i] == _OUT) & (start_of_job[i] != now)
            cells[i] = cells[i] if free else nowhere
        for i in range(state.size):
            asked[i] = enters[cells[i]]
        found = list_places(asked[: state.size], rows)
        for k in range(found):
            people[k] = ids[first + rows[k]]
        fill_uniforms(seed, _P_SHORT_TIME, people[:found], month, 0, luck)
        for k in range(found):
            i, c = first + rows[k], cells[rows[k]]
            if not may_begin(np.int64(month), np.int64(began[i]), max_months[job_region[i]]):
                continue
            tenure = np.int64(month) - np.int64(since[i])
            here = long_here[tenure] if tenure < _USUAL else math.log(1.0 + tenure)
            skill = currency[i] / FRONTIER
            if taken[c] == many[c]:
                best = spell_rank(here, skill, skilled_first, noise, highest[np.intp(luck[k] * _STEPS)])
                if -best > ranks[start[c + 1] - 1]:
                    continue
            draw = normal(seed, _P_SHORT_TIME, ids[i], month, 0)
            rank = spell_rank(here, skill, skilled_first, noise, draw)
            offer(c, -rank, ids[i], i, start, taken, ranks, persons, chosen)
    return all_taken(start, taken, chosen)


@kernel
def logs_of_tenure(months):
    """log(1 + T) of each T below ``months``; float64 (months,)."""
    logs = np.empty(months)
    for tenure in range(months):
        logs[tenure] = math.log(1.0 + tenure)
    return logs


@kernel
def highest_normals(steps):
    """The highest that ``normal`` can be where ``uniform`` lies from k / steps on; float64 (steps,)."""
    highest = np.empty(steps)
    for k in range(steps):
        highest[k] = math.sqrt(-2.0 * math.log(max(k / steps, SMALLEST))) * _ABOVE
    return highest


@kernel
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

"""W1 and W3, separations, on arrays."""

from __future__ import annotations

import math

import numpy as np

from techsim.mechanisms.working.kernels import list_workers, offer, places_of
from techsim.population.compiled import kernel
from techsim.population.draws import BLOCK, ceiling, fill_first, holds, list_few, list_places, unit
from techsim.population.randomness import Purpose, normal, uniform
from techsim.population.states import Flag, Labour, Stage

_OUT = int(Stage.OUT)
_UNEMPLOYED, _EMPLOYED = int(Labour.UNEMPLOYED), int(Labour.EMPLOYED)
_P_CONTRACT, _P_RENEWAL, _P_LAYOFF = int(Purpose.CONTRACT), int(Purpose.RENEWAL), int(Purpose.LAYOFF)
_TEMPORARY = int(Flag.TEMPORARY)
_STAYS, _CONTRACT_END, _QUIT, _PERMANENT = -1, 0, 1, 2


@kernel
def ending(temporary, draw, renewal, rules):
    """What happens to a job: -1 it stays as it is, 0 the contract ends, 1 the worker quits, 2 it becomes permanent.

    Parameters
    ----------
    temporary : bool; draw, renewal : float, uniform; the second is asked where a temporary contract comes to a decision
    rules : float64 (5,), chance of a decision, e_f, p, e_p, chance to quit
    """
    decision = rules[0] if temporary else rules[3]
    if draw < decision:
        if not temporary or renewal < rules[1]:
            return _CONTRACT_END
        return _PERMANENT if renewal < rules[1] + (1.0 - rules[1]) * rules[2] else _STAYS
    return _QUIT if draw < decision + rules[4] else _STAYS


@kernel
def layoff_rank(tenure, noise, draw):
    """log(1 + T) + sigma z: the lowest go first."""
    return math.log(1.0 + tenure) + noise * draw


@kernel
def end_jobs(
    seed,
    month,
    ids,
    stage,
    occupation,
    job_level,
    job_region,
    employer,
    rules,
    reasons,
    flags,
    labour,
    since,
    staff,
    separated,
):
    """Contracts that end or become permanent, and quits; who was hired this month stays.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (n,); stage : int8 (n,)
    occupation, job_level, job_region, employer : int8 (n,)
    rules : float64 (5,), see :func:`ending`
    reasons : int64 (2,), rows of ``separated`` for contract end, quit
    flags : uint8 (n,), labour : int8 (n,), since : int16 (n,), written
    staff : int64 (E, G, L, R), lowered; separated : int64 (reasons, E, G, L, R), added to
    """
    asked, rows = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.uint16)
    workers, few = np.empty(BLOCK, dtype=np.uint64), np.empty(BLOCK, dtype=np.int64)
    words = np.empty(BLOCK, dtype=np.uint32)
    most = max(rules[0], rules[3]) + rules[4]
    highest = ceiling(most)
    for start in range(0, ids.size, BLOCK):
        block = slice(start, min(start + BLOCK, ids.size))
        people, found = ids[block], list_workers(labour[block], stage[block], asked, rows)
        for k in range(found):
            workers[k] = people[np.uintp(rows[k])]
        fill_first(seed, _P_CONTRACT, workers, found, month, words)
        for k in range(found):
            asked[k] = words[k] <= highest
        for k in few[: list_places(asked[:found], few)]:
            draw, i = unit(words[k]), start + rows[k]
            if draw >= most or since[i] == month:
                continue
            temporary = (flags[i] & np.uint8(_TEMPORARY)) != 0
            decided = temporary and draw < rules[0]
            what = ending(temporary, draw, uniform(seed, _P_RENEWAL, ids[i], month, 0) if decided else 0.0, rules)
            if what == _STAYS:
                continue
            if what == _PERMANENT:
                flags[i] &= np.uint8(0xFF ^ _TEMPORARY)
                continue
            e, g, lv, r = employer[i], occupation[i], job_level[i], job_region[i]
            staff[e, g, lv, r] -= 1
            separated[reasons[what], e, g, lv, r] += 1
            labour[i] = _UNEMPLOYED
            since[i] = month


@kernel
def rank_for_layoff(
    seed,
    month,
    ids,
    stage,
    labour,
    since,
    occupation,
    job_level,
    job_region,
    employer,
    excess,
    noise,
):
    """Workers of the cells that let people go, with their rank; bbl students are spared.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (n,); stage, labour, occupation, job_level, job_region, employer : int8 (n,); since : int16 (n,)
    excess : bool (E, G, L, R), cells that let workers go: few workers are in one
    noise : float [log months]

    Returns
    -------
    int64 (m,), int64 (m,), float64 (m,)
        Rows of the candidates, cells of their jobs, ranks.
    """
    _, groups, levels, regions = excess.shape
    groups, levels, regions = np.uint32(groups), np.uint32(levels), np.uint32(regions)
    lets_go = np.zeros(excess.size + 1, dtype=np.bool_)  # the last for who has no job, or learns beside it
    lets_go[: excess.size] = excess.ravel()
    nowhere, places = np.uint32(excess.size), np.empty(BLOCK, dtype=np.uint32)
    asked, few = np.zeros(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64)
    rows, found = np.empty(ids.size, dtype=np.int64), 0
    for start in range(0, ids.size, BLOCK):
        block = slice(start, min(start + BLOCK, ids.size))
        state, at, by_e, by_g = labour[block], stage[block], employer[block], occupation[block]
        by_l, by_r = job_level[block], job_region[block]
        if not holds(state, np.int8(_EMPLOYED)):
            continue
        for i in range(state.size):
            e, g, lv, r = np.uint32(by_e[i]), np.uint32(by_g[i]), np.uint32(by_l[i]), np.uint32(by_r[i])
            places[i] = ((e * groups + g) * levels + lv) * regions + r
        for i in range(state.size):  # in a loop of its own: as a condition in the first it takes three times as long
            places[i] = places[i] if (state[i] == _EMPLOYED) & (at[i] == _OUT) else nowhere
        for i in range(state.size):
            asked[i] = lets_go[places[i]]
        for k in few[: list_few(asked, state.size, few)]:
            rows[found] = start + k
            found += 1
    who, cell, rank = rows[:found].copy(), np.empty(found, dtype=np.int64), np.empty(found)
    for k in range(found):
        i = who[k]
        e, g, lv, r = np.int64(employer[i]), np.int64(occupation[i]), np.int64(job_level[i]), np.int64(job_region[i])
        cell[k] = ((e * groups + g) * levels + lv) * regions + r
        tenure = np.float64(np.int64(month) - np.int64(since[i]))
        rank[k] = layoff_rank(tenure, noise, normal(seed, _P_LAYOFF, ids[i], month, 0))
    return who, cell, rank


@kernel
def cells_that_let_go(flexible, limit, shed, of_spells):
    """Cells in which any of these, int64 (E, G, L, R), is above zero; bool of that shape."""
    found = np.empty(limit.shape, dtype=np.bool_)
    goes, one, two, three, four = found.ravel(), flexible.ravel(), limit.ravel(), shed.ravel(), of_spells.ravel()
    for c in range(goes.size):
        goes[c] = (one[c] > 0) | (two[c] > 0) | (three[c] > 0) | (four[c] > 0)
    return found


@kernel
def let_go(
    month,
    ids,
    who,
    cell,
    rank,
    in_spell,
    reasons,
    flags,
    flexible,
    limit,
    of_spells,
    shed,
    labour,
    since,
    staff,
    separated,
):
    """Let workers go: by the rule of :func:`let_some_go` first, then permanent ones ``of_spells``, then of ``shed``.

    Parameters
    ----------
    month, ids, who, cell, rank, reasons, flags, flexible, limit, labour, since, staff, separated :
        As of :func:`let_some_go`.
    in_spell : bool (m,), whom ``of_spells`` may fall on
    of_spells, shed : int64 (cells,)
    """
    at, cells = numbered(cell, limit.size)
    every, none = np.ones(who.size, dtype=np.bool_), np.zeros(limit.size, dtype=np.int64)
    for among, permanent_only, first, most in (
        (every, False, flexible, limit),
        (in_spell, True, none, of_spells),
        (every, True, none, shed),
    ):
        let_some_go(
            month,
            ids,
            who,
            at,
            cells,
            rank,
            among,
            permanent_only,
            reasons,
            flags,
            first,
            most,
            labour,
            since,
            staff,
            separated,
        )


@kernel
def numbered(cell, cells):
    """Number of the cell of each by first appearance, and which cell that is; ``cell`` int64 (m,), below ``cells``;
    int64 (m,) and (k,)."""
    number, some = np.full(cells, -1, dtype=np.int64), 0
    at, found = np.empty(cell.size, dtype=np.int64), np.empty(min(cell.size, cells), dtype=np.int64)
    for k in range(cell.size):
        c = cell[k]
        if number[c] < 0:
            number[c], found[some] = some, c
            some += 1
        at[k] = number[c]
    return at, found[:some]


@kernel
def let_some_go(
    month,
    ids,
    who,
    at,
    cells,
    rank,
    among,
    permanent_only,
    reasons,
    flags,
    flexible,
    limit,
    labour,
    since,
    staff,
    separated,
):
    """Let workers go, in each cell temporary ones first, up to ``flexible``, then others while fewer than ``limit``
    went; of each the lowest ranks, ties by id.

    Parameters
    ----------
    month : int
    ids : uint64 (n,)
    who, at : int64 (m,), rank : float64 (m,), among : bool (m,); who has gone already, or is not among them, is
    passed over
    cells : int64 (k,), which cell the numbers ``at`` stand for, see :func:`numbered`
    permanent_only : bool, whether temporary workers are passed over
    reasons : int64 (2,), rows of ``separated`` for contract end, layoff
    flags : uint8 (n,)
    flexible, limit : int64, by cell
    labour : int8 (n,), since : int16 (n,), written
    staff : int64, by cell, lowered; separated : int64 (reasons, ...), by cell, added to
    """
    some = cells.size
    many = np.empty(2 * some, dtype=np.int64)  # temporary workers of each of these cells, then the others
    for j in range(some):
        c = cells[j]
        many[j], many[some + j] = max(flexible[c], limit[c]), limit[c]
    start, taken = places_of(many), np.zeros(2 * some, dtype=np.int64)
    if start[2 * some] == 0:
        return
    ranks, rows = np.empty(start[2 * some]), np.empty(start[2 * some], dtype=np.int64)
    persons = np.empty(start[2 * some], dtype=np.uint64)
    for k in range(who.size):
        i, j = who[k], at[k]
        temporary = (flags[i] & np.uint8(_TEMPORARY)) != 0
        if many[j] == 0 or not among[k] or labour[i] != _EMPLOYED or (permanent_only and temporary):
            continue
        offer(j if temporary else some + j, rank[k], ids[i], i, start, taken, ranks, persons, rows)
    for j in range(some):
        c = cells[j]
        for place, reason in ((j, reasons[0]), (some + j, reasons[1])):
            leave = taken[place] if place == j else min(taken[place], limit[c] - taken[j])
            for k in range(start[place], start[place] + leave):
                staff[c] -= 1
                separated[reason, c] += 1
                labour[rows[k]] = _UNEMPLOYED
                since[rows[k]] = month

"""Working on arrays: people counted by the cell of their job and by where they live, and the first few of each cell;
what an employer does in a cell.

The rules of a cell stand by themselves; an employer's few cells pass through them in one call, as numpy's many small
steps would take most of the time.
"""

from __future__ import annotations

import math

import numpy as np

from techsim.population.compiled import kernel
from techsim.population.draws import BLOCK, holds, list_places
from techsim.population.states import Labour, Stage

_EMPLOYED, _UNEMPLOYED, _OUT = int(Labour.EMPLOYED), int(Labour.UNEMPLOYED), int(Stage.OUT)
_SPARE = 16
"""Places in which who has no job is counted, so that the count of one need not wait for that of another."""


@kernel
def find_jobs(labour, employer, occupation, job_level, job_region, kinds, groups, levels, regions, works):
    """Mark in a block of people who works in a cell that there is; whether anyone works in none.

    Parameters
    ----------
    labour, employer, occupation, job_level, job_region : int8 (n,)
    kinds, groups, levels, regions : uint8, how many there are; what is unset is more than that, read as uint8
    works : bool (at least n,), written
    """
    lost = False
    for i in range(labour.size):
        known = (np.uint8(employer[i]) < kinds) & (np.uint8(occupation[i]) < groups)
        known &= (np.uint8(job_level[i]) < levels) & (np.uint8(job_region[i]) < regions)
        employed = labour[i] == _EMPLOYED
        works[i] = employed & known
        lost |= employed & (not known)
    return lost


@kernel
def fill_cells(employer, occupation, job_level, job_region, works, groups, levels, regions, nobody, places):
    """Cells of a block of people, as numbers; one of the _SPARE from ``nobody`` on for who works in none.

    Parameters
    ----------
    employer, occupation, job_level, job_region : int8 (n,); works : bool (at least n,)
    groups, levels, regions, nobody : int32
    places : int32 (at least n,), written
    """
    for i in range(employer.size):
        cell = np.int32(((employer[i] * groups + occupation[i]) * levels + job_level[i]) * regions + job_region[i])
        spare = np.int32(nobody + np.int32(i & (_SPARE - 1)))
        places[i] = cell if works[i] else spare


@kernel
def count_jobs(labour, employer, occupation, job_level, job_region, staff):
    """Count the employed by cell.

    Where each is counted is worked out for a block of people at a time without a branch, by the vector unit, with
    numbers of 8 or of 32 bits alone in a loop: numba widens sums and products to 64, but each result is made 32 again.

    Parameters
    ----------
    labour, employer, occupation, job_level, job_region : int8 (n,)
    staff : int64 (E, G, L, R), contiguous, added to

    Returns
    -------
    bool
        Whether any of them has no cell, as part of it is unset.
    """
    kinds, groups, levels, regions = staff.shape
    sizes = (np.uint8(kinds), np.uint8(groups), np.uint8(levels), np.uint8(regions))
    by_group, by_level, by_region, nobody = np.int32(groups), np.int32(levels), np.int32(regions), np.int32(staff.size)
    counts, places = np.zeros(staff.size + _SPARE, dtype=np.int32), np.empty(BLOCK, dtype=np.int32)
    works, lost = np.empty(BLOCK, dtype=np.bool_), False
    for start in range(0, labour.size, BLOCK):
        block = slice(start, min(start + BLOCK, labour.size))
        if not holds(labour[block], np.int8(_EMPLOYED)):
            continue
        where = (employer[block], occupation[block], job_level[block], job_region[block])
        lost |= find_jobs(labour[block], *where, *sizes, works)
        fill_cells(*where, works, by_group, by_level, by_region, nobody, places)
        for place in places[: where[0].size]:
            counts[np.uint32(place)] += 1
    total = staff.ravel()
    for cell in range(total.size):
        total[cell] += counts[cell]
    return lost


@kernel
def count_commuters(labour, region, job_region, occupation, technical, commuters):
    """Count the employed by where they live and where they work.

    Parameters
    ----------
    labour, region, job_region, occupation : int8 (n,)
    technical : bool (G,)
    commuters : int64 (R, R, 2), region of residence x region of the job x technical occupation, added to
    """
    for i in range(labour.size):
        if labour[i] == _EMPLOYED:
            commuters[region[i], job_region[i], np.int64(technical[occupation[i]])] += 1


@kernel
def count_active(labour, region, force):
    """Count the labour force, employed and unemployed, by region of residence: a region at a time, block by block.

    Parameters
    ----------
    labour, region : int8 (n,)
    force : int64 (R,), added to
    """
    for start in range(0, labour.size, BLOCK):
        block = slice(start, min(start + BLOCK, labour.size))
        state, lives_in = labour[block], region[block]
        for r in range(force.size):
            code, there = np.int8(r), np.uint16(0)  # narrow, so that the vector unit adds many at once
            for i in range(state.size):
                active = (state[i] == _EMPLOYED) | (state[i] == _UNEMPLOYED)
                there = np.uint16(there + np.uint16(active & (lives_in[i] == code)))
            force[r] += there


@kernel
def list_workers(labour, stage, asked, rows):
    """Where in a block people work and have left education, into ``rows``, and how many those are.

    Parameters
    ----------
    labour, stage : int8 (n,), at most BLOCK
    asked : bool (BLOCK,), rows : uint16 (BLOCK,); written
    """
    anybody = False
    for i in range(labour.size):
        asked[i] = (labour[i] == _EMPLOYED) & (stage[i] == _OUT)
        anybody |= asked[i]
    return list_places(asked[: labour.size], rows) if anybody else 0


@kernel
def places_of(many):
    """Where the places of each cell begin, ``many`` (cells,) of them or none; int64 (cells + 1,)."""
    start = np.zeros(many.size + 1, dtype=np.int64)
    for c in range(many.size):
        start[c + 1] = start[c] + max(many[c], 0)
    return start


@kernel
def offer(c, rank, person, row, start, taken, ranks, persons, rows):
    """Give somebody one of the places of cell ``c`` if all are not taken by those before, and keep them in order.

    The lowest rank comes first, of equal ones the lowest id: whom the places go to doesn't depend on who is seen first.
    As only few of a cell are asked for, most people meet no more than its last.

    Parameters
    ----------
    c : int; rank : float; person : uint64, id; row : int
    start : int64 (cells + 1,), see :func:`places_of`
    taken : int64 (cells,); ranks : float64, persons : uint64, rows : int64 (places,); written
    """
    first, at = start[c], start[c] + taken[c]
    if at == start[c + 1]:
        if at == first:
            return
        at -= 1
        if rank > ranks[at] or (rank == ranks[at] and person > persons[at]):
            return
    else:
        taken[c] += 1
    while at > first and (rank < ranks[at - 1] or (rank == ranks[at - 1] and person < persons[at - 1])):
        ranks[at], persons[at], rows[at] = ranks[at - 1], persons[at - 1], rows[at - 1]
        at -= 1
    ranks[at], persons[at], rows[at] = rank, person, row


@kernel
def all_taken(start, taken, rows):
    """Rows of all who have a place, cell by cell; int64 (m,). Arguments as of :func:`offer`."""
    chosen, found = np.empty(taken.sum(), dtype=np.int64), 0
    for c in range(taken.size):
        for at in range(start[c], start[c] + taken[c]):
            chosen[found] = rows[at]
            found += 1
    return chosen


@kernel
def first_of_each(cell, rank, ids, many):
    """Positions of the first of each cell, those of the lowest rank, ties by id; int64, cell by cell.

    Parameters
    ----------
    cell : int64 (m,), rank : float64 (m,), ids : uint64 (m,)
    many : int64 (cells,), how many of each
    """
    start, taken = places_of(many), np.zeros(many.size, dtype=np.int64)
    places = start[many.size]
    ranks, rows = np.empty(places), np.empty(places, dtype=np.int64)
    persons = np.empty(places, dtype=np.uint64)
    for k in range(cell.size):
        offer(cell[k], rank[k], ids[k], k, start, taken, ranks, persons, rows)
    return all_taken(start, taken, rows)


@kernel
def vacancies_wanted(desired, staff, rounding):
    """V* = floor(max(D - N, 0) + r), zero where nobody is wanted (W1); int."""
    if desired <= 0.0:
        return 0
    return np.int64(math.floor(max(desired - staff, 0.0) + rounding))


@kernel
def step_towards(target, now, speed, dither):
    """min(floor(k max(T - X, 0) + r), T - X): whole steps up from X to T in a month, never beyond (W1); int."""
    missing = max(target - now, 0)
    return min(np.int64(math.floor(speed * missing + dither)), missing)


@kernel
def staff_kept_in_cell(desired, tolerance, rounding):
    """K = max(D (1 + h), floor(D + r)) (W3); float."""
    return max(desired * (1.0 + tolerance), np.floor(desired + rounding))


@kernel
def turned(threshold, turn):
    """A threshold within [0, 1) that has moved on by ``turn``; float."""
    moved = threshold + turn
    return moved - np.floor(moved)


@kernel
def dismissed(kept, hours, speed, dither):
    """floor(k max(N - K, 0) + r), N staff in full hours worked, never more than there are (W3); int."""
    excess = hours - kept
    if excess <= 0.0:
        return 0
    return min(np.int64(math.floor(speed * excess + dither)), np.int64(math.ceil(hours)))


@kernel
def shed(share, staff, dither):
    """min(floor(a N + r), N): staff shed at a share a of it, zero where the share is (W3); int."""
    if share * staff <= 0.0:
        return 0
    return min(np.int64(math.floor(share * staff + dither)), np.int64(staff))


@kernel
def wanted_in_cells(desired, staff, rounding):
    """:func:`vacancies_wanted` by cell; arrays of one shape, int64 of that shape."""
    wanted = np.empty(desired.shape, dtype=np.int64)
    for c in np.ndindex(desired.shape):
        wanted[c] = vacancies_wanted(desired[c], staff[c], rounding[c])
    return wanted


@kernel
def plan_cells(desired, staff, open_now, rounding, dither, opening_speed, withdrawal_speed):
    """Vacancies to open and to take back, by cell: :func:`step_towards` the vacancies wanted, or down to them.

    Parameters
    ----------
    desired, staff, open_now, rounding, dither : arrays of one shape
    opening_speed, withdrawal_speed : float

    Returns
    -------
    two int64 arrays of that shape
    """
    opened, withdrawn = np.empty(desired.shape, dtype=np.int64), np.empty(desired.shape, dtype=np.int64)
    opens, withdraws = opened.ravel(), withdrawn.ravel()  # cell after cell, for the vector unit
    desires, works, now, fixed, moved = (
        desired.ravel(),
        staff.ravel(),
        open_now.ravel(),
        rounding.ravel(),
        dither.ravel(),
    )
    for c in range(desires.size):
        wanted = vacancies_wanted(desires[c], works[c], fixed[c])
        opens[c] = step_towards(wanted, now[c], opening_speed, moved[c])
        withdraws[c] = step_towards(now[c], wanted, withdrawal_speed, moved[c])
    return opened, withdrawn


@kernel
def open_and_withdraw(
    desired, staff, hours_lent, rounding, turn, opening_speed, withdrawal_speed, vacancies, opened, withdrawn
):
    """:func:`plan_cells` of all employers in one pass, and entered into their books.

    Parameters
    ----------
    desired, hours_lent, rounding : float64 (E, G, L, R); staff : int64 (E, G, L, R); all contiguous
    turn : float, by how much the thresholds ``rounding`` have moved on this month
    opening_speed, withdrawal_speed : float
    vacancies, opened, withdrawn : int64 (E, G, L, R), contiguous, added to
    """
    desires, works, lent, fixed = desired.reshape(-1), staff.reshape(-1), hours_lent.reshape(-1), rounding.reshape(-1)
    now, opens, withdraws = vacancies.reshape(-1), opened.reshape(-1), withdrawn.reshape(-1)
    for c in range(desires.size):
        wanted, dither = vacancies_wanted(desires[c], works[c] - lent[c], fixed[c]), turned(fixed[c], turn)
        more = step_towards(wanted, now[c], opening_speed, dither)
        less = step_towards(now[c], wanted, withdrawal_speed, dither)
        opens[c] += more
        withdraws[c] += less
        now[c] += more - less


@kernel
def cut_cells(kept, hours, flex_speed, layoff_speed, dither):
    """:func:`dismissed` by cell at two speeds; ``kept``, ``hours`` and ``dither`` of one shape, two int64 of it."""
    flexible, limit = np.empty(kept.size, dtype=np.int64), np.empty(kept.size, dtype=np.int64)
    keeps, works, threshold = kept.ravel(), hours.ravel(), dither.ravel()
    for c in range(kept.size):
        flexible[c] = dismissed(keeps[c], works[c], flex_speed, threshold[c])
        limit[c] = dismissed(keeps[c], works[c], layoff_speed, threshold[c])
    return flexible.reshape(kept.shape), limit.reshape(kept.shape)


@kernel
def shed_of_employer(left, staff, speed, dither):
    """:func:`shed` by cell of one employer, who has ``left`` too many; ``staff``, ``dither`` (G, L), int64 of it."""
    share = speed * left / max(staff.sum(), 1)
    gone = np.empty(staff.shape, dtype=np.int64)
    for c in np.ndindex(staff.shape):
        gone[c] = shed(share, staff[c], dither[c])
    return gone


@kernel
def shed_in_cells(share, staff, dither):
    """:func:`shed` by cell, at the ``share`` (E, R) of its type and region; int64 (E, G, L, R), as the others are."""
    gone = np.empty(staff.shape, dtype=np.int64)
    kinds, groups, levels, regions = staff.shape
    for e in range(kinds):
        for g in range(groups):
            for lv in range(levels):
                for r in range(regions):
                    gone[e, g, lv, r] = shed(share[e, r], staff[e, g, lv, r], dither[e, g, lv, r])
    return gone


@kernel
def by_type_and_region(counts):
    """Sums of ``counts`` int64 (E, G, L, R) over occupation groups and levels; int64 (E, R)."""
    kinds, groups, levels, regions = counts.shape
    total = np.zeros((kinds, regions), dtype=np.int64)
    for e in range(kinds):
        for g in range(groups):
            for lv in range(levels):
                for r in range(regions):
                    total[e, r] += counts[e, g, lv, r]
    return total


@kernel
def workers_of_sectors(staff, sectors):
    """Workers by sector, at least one of each, and in all: float64 (sectors,), whole, and float.

    ``staff`` : int64 (E, G, L, R), contiguous; types of employers of a sector stand side by side.
    """
    by_sector, workers, everybody = staff.reshape((sectors, staff.size // sectors)), np.empty(sectors), 0.0
    for s in range(sectors):
        workers[s] = max(by_sector[s].sum(), 1)
        everybody += workers[s]
    return workers, everybody


@kernel
def by_group_and_region(counts):
    """Sums of ``counts`` int64 (E, G, L, R) over types of employers and levels; int64 (G, R)."""
    kinds, groups, levels, regions = counts.shape
    total = np.zeros((groups, regions), dtype=np.int64)
    for e in range(kinds):
        for g in range(groups):
            for lv in range(levels):
                for r in range(regions):
                    total[g, r] += counts[e, g, lv, r]
    return total


@kernel
def share_to_dismiss(left, staff, speed):
    """k L / N: the share of its staff that each type and region sheds this month; float64 (E, R).

    ``left`` float64 (E, R), what its firms in trouble have too many of; ``staff`` int64 (E, G, L, R); ``speed`` float.
    """
    workers, share = by_type_and_region(staff), np.empty(left.shape)
    for e in range(left.shape[0]):
        for r in range(left.shape[1]):
            share[e, r] = speed * left[e, r] / max(workers[e, r], 1)
    return share


@kernel
def cut_and_shed(
    desired,
    tolerance,
    rounding,
    staff,
    hours_cut,
    hours_lent,
    left,
    turn,
    flex_speed,
    layoff_speed,
    trouble_speed,
):
    """:func:`cut_cells` and :func:`shed_in_cells` of all employers in one pass, from what these are worked out by.

    Parameters
    ----------
    desired, rounding, hours_cut, hours_lent : float64 (E, G, L, R); staff : int64 (E, G, L, R)
    tolerance : float64 (E,), h; left : float64 (E, R), what firms in trouble have too many of
    turn : float, by how much the thresholds ``rounding`` have moved on this month; that of the shed half a turn more
    flex_speed, layoff_speed, trouble_speed : float

    Returns
    -------
    three int64 (E, G, L, R)
        Who goes if temporary, who goes in all, who is shed.
    """
    flexible, limit = np.empty(staff.shape, dtype=np.int64), np.empty(staff.shape, dtype=np.int64)
    gone = np.empty(staff.shape, dtype=np.int64)
    kinds, groups, levels, regions = staff.shape
    share = share_to_dismiss(left, staff, trouble_speed)
    for e in range(kinds):
        for g in range(groups):
            for lv in range(levels):
                for r in range(regions):
                    wanted, fixed, works = desired[e, g, lv, r], rounding[e, g, lv, r], staff[e, g, lv, r]
                    kept, dither = staff_kept_in_cell(wanted, tolerance[e], fixed), turned(fixed, turn)
                    hours = works - hours_cut[e, g, lv, r] - hours_lent[e, g, lv, r]
                    flexible[e, g, lv, r] = dismissed(kept, hours, flex_speed, dither)
                    limit[e, g, lv, r] = dismissed(kept, hours, layoff_speed, dither)
                    gone[e, g, lv, r] = shed(share[e, r], works, turned(dither, 0.5))
    return flexible, limit, gone


@kernel
def normal_below(z):
    """Phi(z), how much of a normal distribution lies below z; float64 (n,) of float64 (n,)."""
    below = np.empty(z.size)
    for k in range(z.size):
        below[k] = 0.5 * math.erfc(-z[k] / math.sqrt(2.0))
    return below


@kernel
def mean_beyond(beyond, z, bell, spread):
    """max(d Phi(z) + sigma phi(z), 0), d the mean of a normal distribution: the mean of what of it lies above zero.

    Parameters
    ----------
    beyond : float64 (n,), d; spread : float, sigma, above 0; z : float64 (n,), d / sigma
    bell : float64 (n,), exp(-z^2 / 2)
    """
    below, mean = normal_below(z), np.empty(z.size)
    for k in range(z.size):
        mean[k] = max(beyond[k] * below[k] + spread * (bell[k] / math.sqrt(2.0 * math.pi)), 0.0)
    return mean

"""L5, partnerships, on arrays: what is counted, and who goes on."""

from __future__ import annotations

import numpy as np

from techsim.population.compiled import kernel
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import NEVER

_NEVER, _P_PARTNERSHIP = int(NEVER), int(Purpose.PARTNERSHIP)
FUNDED_MONTHS = 48
"""Seed money runs for four years."""
GO_ON, GIVE_UP = 0, 1
MONTHS_A_YEAR = 12


@kernel
def count_technical(vacancies, staff, technical, of_sectors, by_type):
    """Open vacancies and workers of technical occupation groups, two ints; and workers of technical sectors.

    Parameters
    ----------
    vacancies, staff : int64 (E, G, L, R)
    technical : bool (G,), occupation groups; of_sectors : bool (E,), types of employers of technical sectors
    by_type : int64 (E, R), zero, added to; of technical sectors only
    """
    openings, workers = 0, 0
    for e, g, lv, r in np.ndindex(staff.shape):
        if technical[g]:
            openings += vacancies[e, g, lv, r]
            workers += staff[e, g, lv, r]
        if of_sectors[e]:
            by_type[e, r] += staff[e, g, lv, r]
    return openings, workers


@kernel
def waiting(stock, yearly):
    """X' = min(X + a / 12, 1 + a): plans or money that wait, a year's worth and one partnership at most (L5)."""
    return min(stock + yearly / MONTHS_A_YEAR, 1.0 + yearly)


@kernel
def regional_commitment(commitment, staff, regional):
    """C_r: mean of C_e float64 (E,) over staff of technical sectors, int64 (E, R); regional : float64 (R,), written."""
    for r in range(regional.size):
        workers, regional[r] = 0, 0.0
        for e in range(commitment.size):
            workers += staff[e, r]
        for e in range(commitment.size):
            regional[r] += commitment[e] * (staff[e, r] / max(workers, 1))


@kernel
def wait(a_year, commitment, staff, history, share, regional, offers, plans, money):
    """Plans and money that wait grow by a month (:func:`waiting`), plans by what firms commit themselves to.

    Parameters
    ----------
    a_year : float64 (g,), plans a year of a country whose firms all commit themselves
    commitment, staff, regional : as of :func:`regional_commitment`
    history : float64 (schemes, g), partnerships a year that the schemes of history can start in the country
    share : float64 (g, R), of a region in the students of a level group
    offers : float64 (payers, g, R), S: partnerships a year that the money of each payer can start; written, of levers,
        the last payer, the country's before
    plans : float64 (g, R), money : float64 (payers, g, R); written
    """
    regional_commitment(commitment, staff, regional)
    for s, g, r in np.ndindex(offers.shape):
        everywhere = history[s, g] if s < history.shape[0] else offers[s, g, r]
        offers[s, g, r] = everywhere * share[g, r]
        money[s, g, r] = waiting(money[s, g, r], offers[s, g, r])
    for g, r in np.ndindex(plans.shape):
        plans[g, r] = waiting(plans[g, r], a_year[g] * share[g, r] * regional[r])


@kernel
def could_start(plans, money, offers, may):
    """Where any partnership could start: a plan waits, and money of a payer who offers some.

    Parameters
    ----------
    plans : float64 (g, R); money, offers : float64 (payers, g, R)
    may : bool (g, R), written
    """
    for g, r in np.ndindex(may.shape):
        may[g, r] = False
        for s in range(money.shape[0]):
            may[g, r] |= plans[g, r] >= 1.0 and money[s, g, r] >= 1.0 and offers[s, g, r] > 0.0


@kernel
def list_started(month, started):
    """Partnerships that start in a month, int64 (payers, g, R), one by one: columns of a roster, int64 (5, k)."""
    groups, regions = started.shape[1:]
    columns, at = np.empty((5, started.sum()), dtype=np.int64), 0
    for cell, number in enumerate(started.reshape(-1)):
        # Rank within the cell, so that money of one payer gives nobody else another number.
        for rank in range(number):
            columns[0, at] = ((month * started.size + cell) << 16) + rank
            columns[1, at], columns[2, at] = cell % regions, cell // regions % groups
            columns[3, at], columns[4, at] = month, _NEVER
            at += 1
    return columns


@kernel
def go_on_or_end(seed, month, ident, region, started, goes_on, gives_up, fade_months, fading, stays):
    """Partnerships whose funding ends go on or begin to fade, those that went on may give up, the faded end.

    Parameters
    ----------
    seed, month : int
    ident, region, started : int64 (n,), as of a roster
    goes_on, gives_up : float64 (R,), chances
    fade_months : float
    fading : int64 (n,), written
    stays : bool (n,), written
    """
    for j in range(ident.size):
        age = month - started[j]
        fails = False
        if age == FUNDED_MONTHS:
            fails = uniform(seed, _P_PARTNERSHIP, ident[j], month, GO_ON) >= goes_on[region[j]]
        elif age > FUNDED_MONTHS and fading[j] == _NEVER:
            fails = uniform(seed, _P_PARTNERSHIP, ident[j], month, GIVE_UP) < gives_up[region[j]]
        if fails:
            fading[j] = month
        stays[j] = fading[j] == _NEVER or month - fading[j] < fade_months


@kernel
def size_of(age, fading, build, fade):
    """z = min(1, age / b) max(0, 1 - fading / h): a partnership's size, within [0, 1].

    age : months since it started; fading : months since it failed to go on, zero for the others.
    """
    return min(1.0, age / build) * max(0.0, 1.0 - fading / fade)


@kernel
def count_reach(
    month, group, region, started, fading, build, fade, students, regional, students_each, firms_each, reach, firms,
):  # fmt: skip
    """Whom partnerships reach, by the sum of :func:`size_of` by level group and region.

    Parameters
    ----------
    month : int
    group, region, started, fading : int64 (n,), as of a roster
    build, fade : float, b and h
    students : float64 (g, R), of technical fields; regional : float64 (R,), commitment
    students_each, firms_each : float, of a full-grown partnership, firms where all commit themselves
    reach : float64 (g, R), written, share of students; firms : float64 (g, R), written, firms in partnerships
    """
    total = np.zeros(reach.shape)
    for j in range(group.size):
        faded = month - fading[j] if fading[j] != _NEVER else 0
        total[group[j], region[j]] += size_of(month - started[j], faded, build, fade)
    for g, r in np.ndindex(reach.shape):
        reached = students_each * total[g, r] / max(students[g, r], 1.0)
        reach[g, r] = min(1.0, reached) if students[g, r] > 0.0 else 0.0
        firms[g, r] = firms_each * regional[r] * total[g, r]

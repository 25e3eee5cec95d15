"""The month's stocks, counted in one pass.

Where each is counted is worked out for a block of people at a time by the vector unit, in loops without a branch. All
numbers in such a loop are of 32 bits or fewer, each result made so: numba widens sums and products to 64, of which the
unit holds half as many, and a choice between such ones is made one by one.
"""

from __future__ import annotations

import numpy as np

from techsim.population.compiled import kernel
from techsim.population.draws import BLOCK
from techsim.population.states import Labour, Stage

_UNEMPLOYED, _EMPLOYED = np.int32(Labour.UNEMPLOYED), np.int32(Labour.EMPLOYED)
_OUT = np.int32(Stage.OUT)
MONTHS_PER_AGE_GROUP = 60
UNEMPLOYED_FROM = (6, 12)
"""First month of each class of ``results.coordinates.UNEMPLOYED_FOR`` but the first."""
_SPARE = 16
"""Places in which who neither works nor looks for work is counted, so that no count need wait for the last one."""


@kernel
def fill_ages(now, born, last, age):
    """Age groups of a block of people: now : int16, month; born : int16 (n,); last : uint16, the last group, which is
    open-ended; age : uint8 (at least n,), written."""
    for i in range(born.size):
        age[i] = min(np.uint16(now - born[i]) // np.uint16(MONTHS_PER_AGE_GROUP), last)


@kernel
def fill_who(state, sex, age, background, group, ages, states, groups, kinds, half, who):
    """Places of a block of people by sex, age group and kind: labour state, or background and group of who works.

    Neighbours are often alike: every other one has a place in a second half, so that the count of one need not wait for
    that of the other.

    Parameters
    ----------
    state, sex, background, group : int8 (n,); age : uint8 (at least n,)
    ages, states, groups, kinds, half : int32, how many there are
    who : int32 (at least n,), written
    """
    for i in range(state.size):
        s, job = np.int32(state[i]), np.int32(states + background[i] * groups + group[i])
        kind = job if s == _EMPLOYED else s
        who[i] = np.int32((sex[i] * ages + np.int32(age[i])) * kinds + kind) + np.int32(i & 1) * half


@kernel
def fill_homes(field, level, region, fields, levels, regions, home):
    """Places of a block of people by education and region of residence.

    Parameters
    ----------
    field, level, region : int8 (n,)
    fields, levels, regions : int32, how many there are; who has no field is in the last one
    home : int32 (at least n,), written
    """
    for i in range(field.size):
        f = np.int32(field[i])
        home[i] = ((f if f >= 0 else fields - np.int32(1)) * levels + level[i]) * regions + region[i]


@kernel
def fill_where(state, home, begun, now, jobs, idle, durations, nobody, where):
    """Places of a block of people by home; of workers with room for a kind of job, of the unemployed by how long.

    Parameters
    ----------
    state : int8 (n,), begun : int16 (n,), home : int32 (at least n,)
    now : int32, month; jobs, durations : int32, kinds of job, and classes of how long
    idle : int32, first place of the unemployed; nobody : int32, first of _SPARE for all others
    where : int32 (at least n,), written
    """
    for i in range(state.size):
        s, months = np.int32(state[i]), np.int32(now - begun[i])
        duration = np.int32(months >= UNEMPLOYED_FROM[0]) + np.int32(months >= UNEMPLOYED_FROM[1])
        at_work = np.int32(home[i] * jobs)
        without = np.int32(idle + home[i] * durations + duration)
        other = np.int32(nobody + np.int32(i & (_SPARE - 1)))
        out = without if s == _UNEMPLOYED else other
        where[i] = at_work if s == _EMPLOYED else out


@kernel
def fill_jobs(state, employer, group, groups, no_job, job):
    """Jobs of a block of people, by type of employer and group, ``no_job`` for who has none; int8 (n,), int32 numbers,
    job : int32 (at least n,), written."""
    for i in range(state.size):
        mine = np.int32(employer[i] * groups + group[i])
        job[i] = mine if np.int32(state[i]) == _EMPLOYED else no_job


@kernel
def count_people(
    month,
    birth_month,
    sex,
    background,
    labour,
    field,
    level,
    region,
    employer,
    occupation,
    since,
    technical,
    sector_of,
    employed,
    unemployed,
    unemployed_by_duration,
    employed_by_occupation,
    employed_by_background,
    participation,
):
    """Add everyone to the stocks.

    Each is counted twice: by who they are (sex, age, labour state; workers by background and group as well) and where
    (education, region; workers by job, the unemployed by how long).

    Parameters
    ----------
    month : int
    birth_month, since : int16 (n,); sex, background, labour, field, level, region, employer, occupation : int8 (n,)
    technical : bool (groups,); sector_of : int64 (employers,), sector of a type of employer
    employed : int64 (fields, levels, regions, sectors, 2), contiguous, added to; who has no field is in the last one
    unemployed : int64 (fields, levels, regions), added to
    unemployed_by_duration : int64 (durations, levels), added to; durations as of UNEMPLOYED_FROM
    employed_by_occupation : int64 (groups, sexes), employed_by_background : int64 (backgrounds, 2), added to
    participation : int64 (sexes, age groups, labour states), added to
    """
    fields, levels, regions = np.int32(employed.shape[0]), np.int32(employed.shape[1]), np.int32(employed.shape[2])
    groups, backgrounds = np.int32(employed_by_occupation.shape[0]), np.int32(employed_by_background.shape[0])
    ages, states = np.int32(participation.shape[1]), np.int32(participation.shape[2])
    durations, jobs = np.int32(unemployed_by_duration.shape[0]), np.int32(employed.shape[3] * 2)
    kinds = np.int32(states + backgrounds * groups)
    idle, nobody = np.int32(employed.size), np.int32(employed.size + unemployed.size * durations)
    no_job = np.int32(sector_of.size * groups)
    kind_of_job = np.zeros(no_job + 1, dtype=np.int32)
    for e in range(sector_of.size):
        for g in range(groups):
            kind_of_job[e * groups + g] = sector_of[e] * 2 + np.int64(technical[g])
    half = np.int32(participation.shape[0] * ages * kinds)
    who, where = np.zeros(2 * half, dtype=np.int32), np.zeros(nobody + _SPARE, dtype=np.int32)
    age, home, job = np.empty(BLOCK, np.uint8), np.empty(BLOCK, np.int32), np.empty(BLOCK, np.int32)
    person, place = np.empty(BLOCK, np.int32), np.empty(BLOCK, np.int32)
    for start in range(0, labour.size, BLOCK):
        block = slice(start, min(start + BLOCK, labour.size))
        state, group = labour[block], occupation[block]
        fill_ages(np.int16(month), birth_month[block], np.uint16(ages - 1), age)
        fill_who(state, sex[block], age, background[block], group, ages, states, groups, kinds, half, person)
        fill_homes(field[block], level[block], region[block], fields, levels, regions, home)
        fill_where(state, home, since[block], np.int32(month), jobs, idle, durations, nobody, place)
        fill_jobs(state, employer[block], group, groups, no_job, job)
        for i in range(state.size):
            who[np.uint32(person[i])] += 1
            where[np.uint32(place[i] + kind_of_job[np.uint32(job[i])])] += 1
    at_work = employed.ravel()
    for cell in range(idle):
        at_work[cell] += where[cell]
    cell = idle
    for f in range(fields):
        for lv in range(levels):
            for r in range(regions):
                for d in range(durations):
                    unemployed[f, lv, r] += where[cell]
                    unemployed_by_duration[d, lv] += where[cell]
                    cell += 1
    cell = 0
    for s in range(participation.shape[0]):
        for a in range(participation.shape[1]):
            for kind in range(kinds):
                count = who[cell] + who[half + cell]
                if kind < states:
                    participation[s, a, kind] += count
                else:
                    b, g = (kind - states) // groups, (kind - states) % groups
                    participation[s, a, np.int64(_EMPLOYED)] += count
                    employed_by_occupation[g, s] += count
                    employed_by_background[b, np.int64(technical[g])] += count
                cell += 1


@kernel
def by_job(cells, sector_of, jobs):
    """Counts by type of employer as counts by sector, in the order of the results.

    Parameters
    ----------
    cells : int64 (E, G, L, R); sector_of : int64 (E,), sector of a type of employer
    jobs : int64 (G, L, R, sectors), contiguous, written
    """
    jobs[...] = 0
    by_employer = cells.reshape((cells.shape[0], -1))
    by_sector = jobs.reshape((by_employer.shape[1], -1))
    for e in range(sector_of.size):
        for c in range(by_employer.shape[1]):
            by_sector[c, sector_of[e]] += by_employer[e, c]


@kernel
def count_separated(separated, sector_of, jobs, by_reason):
    """Separations by job, as :func:`by_job` has them, and by reason.

    Parameters
    ----------
    separated : int64 (reasons, E, G, L, R); sector_of : int64 (E,), sector of a type of employer
    jobs : int64 (G, L, R, sectors), by_reason : int64 (reasons, G, L), contiguous, written
    """
    jobs[...] = 0
    by_reason[...] = 0
    reasons, regions = separated.shape[0], separated.shape[4]
    by_employer = separated.reshape((reasons, sector_of.size, -1))
    by_sector, of_reason = jobs.reshape((by_employer.shape[2], -1)), by_reason.reshape((reasons, -1))
    for k in range(reasons):
        for e in range(sector_of.size):
            for c in range(by_employer.shape[2]):
                if by_employer[k, e, c]:
                    by_sector[c, sector_of[e]] += by_employer[k, e, c]
                    of_reason[k, c // regions] += by_employer[k, e, c]


@kernel
def unsound_spells(who, labour, stage, since, began, employer, job_region, workers):
    """Largest difference between who is on short time and whom employers have booked so; and how many are not in the
    job any longer in which they were put on it.

    Parameters
    ----------
    who : int64 (m,), rows of who is on short time
    labour, stage, employer, job_region : int8 (n,)
    since, began : int16 (n,), month in which the job, and the spell, began
    workers : int64 (E, R), as booked
    """
    missing, without_job, largest = workers.copy(), 0, 0
    for i in who:
        missing[employer[i], job_region[i]] -= 1
        without_job += (labour[i] != _EMPLOYED) | (stage[i] != _OUT) | (since[i] >= began[i])
    for e in range(missing.shape[0]):
        for r in range(missing.shape[1]):
            largest = max(largest, abs(missing[e, r]))
    return largest, without_job


@kernel
def find_residuals(
    staff,
    staff_before,
    hired,
    separated,
    counted,
    vacancies,
    vacancies_before,
    opened,
    filled,
    withdrawn,
    ages,
    on_short_time,
    hours_share,
    hours_cut,
    largest,
):
    """Largest absolute residual of each identity that holds in every cell; all are zero in a sound month.

    A block of cells at a time, which stays in the processor's first cache while reasons and ages are added up.

    Parameters
    ----------
    staff, staff_before, hired, counted : int64 (E, G, L, R), contiguous as all are; ``counted`` are workers of people
    separated : int64 (reasons, E, G, L, R)
    vacancies, vacancies_before, opened, filled, withdrawn : int64 (E, G, L, R); ages : int32 (AGES, E, G, L, R)
    on_short_time : int64 (E, G, L, R), workers; hours_share : float, hours cut of each
    hours_cut : float64 (E, G, L, R)
    largest : int64 (7,), written: staff - (before + hired - separated); counted - staff; vacancies - (before + opened -
        filled - withdrawn); vacancies - those of all ages; how far vacancies, staff and vacancies of an age lie below
        zero; cells whose hours cut are not those of who is on short time; who is on short time beyond staff
    """
    largest[:] = 0
    cells = staff.size
    works, worked, found, came = staff.ravel(), staff_before.ravel(), counted.ravel(), hired.ravel()
    vacant, was_vacant, begun = vacancies.ravel(), vacancies_before.ravel(), opened.ravel()
    taken, closed, short, cut = filled.ravel(), withdrawn.ravel(), on_short_time.ravel(), hours_cut.ravel()
    by_reason, by_age = separated.reshape((-1, cells)), ages.reshape((-1, cells))
    gone = np.empty(BLOCK, dtype=np.int64)
    of_age, lowest = np.empty(BLOCK, dtype=np.int32), np.empty(BLOCK, dtype=np.int32)
    for start in range(0, cells, BLOCK):
        block = slice(start, min(start + BLOCK, cells))
        now, open_now = works[block], vacant[block]
        gone[:], of_age[:], lowest[:] = 0, 0, 0
        for k in range(by_reason.shape[0]):
            of_reason = by_reason[k, block]
            for c in range(now.size):
                gone[c] += of_reason[c]
        for a in range(by_age.shape[0]):
            there = by_age[a, block]
            for c in range(now.size):
                of_age[c] = np.int32(of_age[c] + there[c])
                lowest[c] = min(lowest[c], there[c])
        before, new, of_people = worked[block], came[block], found[block]
        for c in range(now.size):
            largest[0] = max(largest[0], abs(now[c] - (before[c] + new[c] - gone[c])))
            largest[1] = max(largest[1], abs(of_people[c] - now[c]))
        before, new, full, back = was_vacant[block], begun[block], taken[block], closed[block]
        for c in range(now.size):
            largest[2] = max(largest[2], abs(open_now[c] - (before[c] + new[c] - full[c] - back[c])))
            largest[3] = max(largest[3], abs(open_now[c] - of_age[c]))
            below = max(-open_now[c], 0) + max(-now[c], 0) + max(-lowest[c], 0)
            largest[4] = max(largest[4], below)
        shorter, hours = short[block], cut[block]
        for c in range(now.size):
            largest[5] += hours[c] != hours_share * shorter[c]
            largest[6] = max(largest[6], shorter[c] - now[c])

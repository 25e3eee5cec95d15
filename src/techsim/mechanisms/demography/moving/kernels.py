"""W5, moves between regions, on arrays: who is asked, and where each wants to live."""

from __future__ import annotations

import numpy as np

from techsim.population.compiled import inlined, kernel, unchecked
from techsim.population.draws import BLOCK, fill_uniforms, holds, list_places
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import Labour, Stage

_VO, _MBO, _HBO, _OUT = int(Stage.VO), int(Stage.MBO), int(Stage.HBO), int(Stage.OUT)
_EMPLOYED, _RETIRED = int(Labour.EMPLOYED), int(Labour.RETIRED)
_P_MOVE = int(Purpose.MOVE)
STUDY, GRADUATE, LATER = 0, 1, 2
_PARENTS_LEVEL, _PARENTS_WORK = 3, 4
"""Draws of a lifetime: what the parents of a child are."""
ADULT = 18
"""Age from which people move for themselves; children move with parents of about PARENT years more."""
_FEW = 256
"""People in a block that is passed over if nothing happens in it."""
_ORIGIN = np.uint64(62)
"""Bits of an id below the origin."""
PARENT = 30
_ROUNDED = 1e-9
"""Share of all weights, far above what rounding makes of their sum, and a few steps from one draw to the next."""


@kernel
def find_events(month, left_education, enrolled, rows):
    """Rows of who left education or enrolled in the month, ascending; returns how many.

    Most months nearly nobody did: a block in which nobody did is passed over in the vector units.

    Parameters
    ----------
    month : int
    left_education, enrolled : int16 (n,)
    rows : int64 (n,), written
    """
    now, found = np.int16(month), 0
    for first in range(0, enrolled.size, _FEW):
        some, others = left_education[first : first + _FEW], enrolled[first : first + _FEW]
        if holds(some, now) or holds(others, now):
            for k in range(some.size):
                if some[k] == now or others[k] == now:
                    rows[found] = first + k
                    found += 1
    return found


@kernel
def find_asked(
    month,
    born,
    events,
    ids,
    birth_month,
    stage,
    enrolled,
    left_education,
    level,
    student_until,
    higher,
    abroad,
    region,
    never,
    rooted,
    rows,
    kinds,
    here,
    who,
    may,
    may_ids,
):
    """Rows of those who ask themselves this month where to live, ascending, and why; who of them may have left home.

    Parameters
    ----------
    month, student_until, higher, abroad, never, rooted : int
        Age from which a new student stays; lowest level of hbo and wo; origin of who came from abroad to study, and has
        chosen a region before; ``left_education`` of who never did; age from which nobody has a home elsewhere.
    born, events : int64 (b,), (e,), rows, ascending, of all who were born in this month of the year, and of all who
        left education or enrolled this month
    ids : uint64 (n,); birth_month, enrolled, left_education : int16 (n,); stage, level : int8 (n,)
    region : int8 (n,)
    rows : int64 (b + e,), kinds, here : int8 (b + e,), written, the last where they live; who : uint64 (b + e,),
        written, their ids
    may : int64 (b + e,), may_ids : uint64 (b + e,), written: among those asked, who may have left home, and the ids

    Returns
    -------
    tuple of int, how many are asked, and how many of them may have left home
    """
    found, left, b = np.uint64(0), np.uint64(0), 0
    for e in range(events.size + 1):
        until = np.searchsorted(born, events[e]) if e < events.size else born.size
        # A birthday and nothing else. Without a branch, which the processor would guess wrong for many.
        for a in range(b, until):
            i = np.uint64(born[a])
            rows[found], kinds[found], here[found], who[found] = born[a], LATER, region[i], ids[i]
            may[left], may_ids[left] = found, ids[i]
            asks = (stage[i] < _MBO) | (stage[i] == _OUT)
            recent = np.int32(month) - np.int32(birth_month[i]) < 12 * rooted
            left += np.uint64(asks & recent & (left_education[i] != never))
            found += np.uint64(asks)
        if e == events.size:
            break
        i = events[e]
        birthday = until < born.size and born[until] == i
        b = until + int(birthday)
        kind, age = -1, np.int32(month) - np.int32(birth_month[i])
        if stage[i] == _OUT and left_education[i] == month and level[i] >= higher:
            kind = GRADUATE
        elif _HBO <= stage[i] < _OUT:
            if enrolled[i] == month and age < 12 * student_until and ids[i] >> _ORIGIN != np.uint64(abroad):
                kind = STUDY
        elif stage[i] != _MBO and birthday:
            kind = LATER
        if kind >= 0:
            rows[found], kinds[found], here[found], who[found] = i, kind, region[i], ids[i]
            may[left], may_ids[left] = found, ids[i]
            left += np.uint64((age < 12 * rooted) & ((kind != LATER) | (left_education[i] != never)))
            found += np.uint64(1)
    return found, left


@kernel
def renew_roster(ids, home, gone, new_ids, new_home, out_ids, out_home):
    """The roster of those away from home, without some and with others; how many are on it then.

    Parameters
    ----------
    ids : uint64 (m,), ascending, home : int8 (m,), the roster; gone : bool (m,), who leaves it
    new_ids : uint64 (k,), ascending, new_home : int8 (k,); who of them is on the roster keeps the first home, or leaves
    out_ids : uint64 (m + k,), out_home : int8 (m + k,), written
    """
    at, k = 0, 0
    for a in range(ids.size):
        while k < new_ids.size and new_ids[k] <= ids[a]:
            out_ids[at], out_home[at] = new_ids[k], new_home[k]
            at, k = at + int(new_ids[k] < ids[a]), k + 1
        out_ids[at], out_home[at] = ids[a], home[a]
        at += int(not gone[a])
    rest = new_ids.size - k
    out_ids[at : at + rest], out_home[at : at + rest] = new_ids[k:], new_home[k:]
    return at + rest


@kernel
def move(
    rows,
    kinds,
    here,
    home,
    chosen,
    who,
    places,
    birth_month,
    level,
    field,
    technical,
    rooted,
    young,
    grown,
    region,
    moves,
    returns,
    gone,
    new_ids,
    new_home,
):
    """Let people move to the region that each has chosen, count them, and follow who lives away from home.

    Parameters
    ----------
    rows : int64 (m,); kinds, here, home, chosen : int8 (m,); who : uint64 (m,), ids; of those asked
    places : int64 (a,), on the roster, of those who live away from home, in the order of ``rows``
    birth_month : int16 (n,); level, field : int8 (n,), the last NONE of who has none; technical : bool (fields,)
    rooted, young, grown : int, birth months: who is born until the first has no home elsewhere any more; who is born
        after the second, until the last, leaves home behind
    region : int8 (n,), written
    moves : int64 (regions, regions, levels, 2, kinds); returns : int64 (regions, regions, levels, 2); added to
    gone : bool (roster,), set for who leaves the roster
    new_ids : uint64 (m,), new_home : int8 (m,), written, who comes onto it

    Returns
    -------
    int, how many come onto the roster
    """
    found, stray = 0, 0
    for a in range(rows.size):
        at, goes, from_home = here[a], chosen[a], home[a] == here[a]
        if goes == at and from_home:
            continue
        i = rows[a]
        born = birth_month[i]
        if not from_home:
            gone[places[stray]] = goes == home[a] or born <= rooted
            stray += 1
        if goes == at:
            continue
        t = int((field[i] >= 0) & technical[field[i]])
        moves[at, goes, level[i], t, kinds[a]] += 1
        if from_home:
            new_ids[found], new_home[found] = who[a], at
            found += int(young < born <= grown)
        elif goes == home[a]:
            returns[at, goes, level[i], t] += 1
        region[i] = goes
    return found


@kernel
def drawn(weights, u):
    """Index drawn by weights (k,) with a uniform draw."""
    total = 0.0
    for r in range(weights.size):
        total += weights[r]
    left, r = u * total, 0
    while r < weights.size - 1 and left >= weights[r]:
        left -= weights[r]
        r += 1
    return r


@inlined
def _years(month, birth_month):
    """Age in years, uint32."""
    return np.uint32(np.int32(month) - np.int32(birth_month)) // np.uint32(12)


@inlined
def _grown(years, oldest):
    """Age of who decides, at most ``oldest``: that of a parent for who is no adult; uint32."""
    return min(years + np.uint32(PARENT) if years < np.uint32(ADULT) else years, oldest)


@unchecked
def sure_to_stay(elsewhere, own, chances, seekers, age_class, job_pull, lowest, highest):
    """Luck between which who is at home stays, at whatever level and work: the others are weighed one by one.

    With regions in their order, who stays draws above the share of all regions before the own one, and below one less
    the share of all after it. Of both no more is made than can be: the job pulls to the strongest of them.

    Parameters
    ----------
    elsewhere : float64 (age classes, 2, regions, regions); own : float64 (ages, 2, regions)
    chances : float64 (kinds of work, regions), of which who is at work has those from ``seekers`` on
    age_class : int64 (ages,); seekers : int; job_pull : float
    lowest, highest : float64 (ages, regions), written; draws strictly between them
    """
    regions = elsewhere.shape[3]
    before, after = np.zeros(elsewhere.shape[:3]), np.zeros(elsewhere.shape[:3])
    for c in range(elsewhere.shape[0]):
        for high in range(2):
            for here in range(regions):
                for work in range(chances.shape[0]):
                    more = max(job_pull, 1.0) - 1.0 if work >= seekers else 0.0
                    earlier, later, first, last = 0.0, 0.0, 0.0, 0.0
                    for r in range(here):
                        worth = elsewhere[c, high, here, r] * chances[work, r]
                        earlier, first = earlier + worth, max(first, worth)
                    for r in range(here + 1, regions):
                        worth = elsewhere[c, high, here, r] * chances[work, r]
                        later, last = later + worth, max(last, worth)
                    stays = chances[work, here] * (min(job_pull, 1.0) if work >= seekers else 1.0)
                    before[c, high, here] = max(before[c, high, here], (earlier + more * first) / stays)
                    after[c, high, here] = max(after[c, high, here], (later + more * last) / stays)
    lowest[:], highest[:] = 0.0, 1.0
    for age in range(own.shape[0]):
        for high in range(2):
            for here in range(regions):
                earlier, later = before[age_class[age], high, here], after[age_class[age], high, here]
                stays = own[age, high, here]
                # One less the rest, not the share itself: of a weight beyond all bounds it is one, not unknown.
                lowest[age, here] = max(lowest[age, here], 1.0 - stays / (stays + earlier) + _ROUNDED)
                highest[age, here] = min(highest[age, here], stays / (stays + later) - _ROUNDED)


@kernel
def choose_regions(
    seed,
    month,
    rows,
    kinds,
    here,
    home,
    ids,
    birth_month,
    stage,
    level,
    field,
    labour,
    job_region,
    programme,
    studies,
    elsewhere,
    own,
    raising,
    chances,
    age_class,
    at_home,
    job_pull,
    graduate,
    higher,
    chosen,
):
    """Region in which each of those asked wants to live: logit over regions, every factor an exponential of W5.

    Nearly everybody stays: who is at home, and whose luck lets nobody of that age and region leave, is asked no more.

    Parameters
    ----------
    seed, month, higher : int
    rows : int64 (m,); kinds, here, home : int8 (m,); ids : uint64 (m,)
    birth_month : int16 (n,); stage, level, field, labour, job_region, programme : int8 (n,)
    studies : float64 (programmes, homes, regions here, regions), weights of those who begin to study
    elsewhere : float64 (age classes, 2, regions, regions), by whether of hbo or wo, from and to
    own : float64 (ages, 2, regions), of the region lived in
    raising : float64 (2, regions), chances that parents are of hbo or wo, and that they work where they live
    chances : float64 (kinds of work, regions), of work: 1 for who asks for none, then by field, the general one last,
        for who has none, then for who has
    age_class : int64 (ages,)
    at_home, job_pull, graduate : float, factors on the home that was left, on the region of the job, on the own region
    chosen : int8 (m,), written
    """
    regions, oldest, general = elsewhere.shape[3], np.uint32(own.shape[0] - 1), chances.shape[0] // 2 - 1
    lowest, highest = np.empty((own.shape[0], regions)), np.empty((own.shape[0], regions))
    sure_to_stay(elsewhere, own, chances, general + 2, age_class, job_pull, lowest, highest)
    least, most = lowest.reshape(-1), highest.reshape(-1)
    luck, asked = np.empty(BLOCK), np.empty(BLOCK, dtype=np.bool_)
    births, cell = np.empty(BLOCK, dtype=np.int16), np.empty(BLOCK, dtype=np.uint32)
    weighed, weights = np.empty(BLOCK, dtype=np.int64), np.empty(regions)
    for first in range(0, rows.size, BLOCK):
        some, reasons = rows[first : first + BLOCK], kinds[first : first + BLOCK]
        place, homes = here[first : first + BLOCK], home[first : first + BLOCK]
        fill_uniforms(seed, _P_MOVE, ids[first : first + BLOCK], month, LATER, luck)
        # One thing at a time, most of them in the vector units.
        for k in range(some.size):
            births[k] = birth_month[np.uint64(some[k])]
        for k in range(some.size):
            cell[k] = _grown(_years(month, births[k]), oldest) * np.uint32(regions) + np.uint32(place[k])
        for k in range(some.size):
            asked[k] = (luck[k] <= least[cell[k]]) | (luck[k] >= most[cell[k]])
        for k in range(some.size):
            asked[k] |= (homes[k] != place[k]) | (reasons[k] != LATER)
        chosen[first : first + BLOCK] = place
        for k in weighed[: list_places(asked[: some.size], weighed)]:
            i, kind, pid, at = some[k], reasons[k], ids[first + k], place[k]
            if kind != LATER:
                luck[k] = uniform(seed, _P_MOVE, pid, month, kind)
            if kind == STUDY:
                chosen[first + k] = drawn(studies[programme[i], homes[k], at], luck[k])
                continue
            age = _years(month, birth_month[i])
            if age < ADULT:
                high = int(uniform(seed, _P_MOVE, pid, 0, _PARENTS_LEVEL) < raising[0, at])
                works = int(uniform(seed, _P_MOVE, pid, 0, _PARENTS_WORK) < raising[1, at])
                asks, works_in, about = works, at, general
            else:
                high, works = int(level[i] >= higher), int(labour[i] == _EMPLOYED)
                works_in, about = job_region[i], int(field[i])
                asks = int((stage[i] == _OUT) & (labour[i] != _RETIRED) & (about >= 0))
            age = _grown(age, oldest)
            work = asks * (1 + about + works * (general + 1))
            for r in range(regions):
                w = elsewhere[age_class[age], high, at, r] * (at_home if homes[k] == r else 1.0)
                if r == at:
                    w = own[age, high, at] * (graduate if kind == GRADUATE else 1.0)
                w *= chances[work, r]
                weights[r] = w * (job_pull if asks & works and works_in == r else 1.0)
            chosen[first + k] = drawn(weights, luck[k])


@kernel
def count_residents(
    month,
    birth_month,
    background,
    region,
    level,
    labour,
    job_region,
    parents,
    raising,
    higher,
    residents,
    of_age,
    those,
):
    """Count residents, those of the ages of parents, and what those are who raise children.

    Parameters
    ----------
    month, higher : int, the last the lowest level of hbo and wo
    birth_month : int16 (n,); background, region, level, labour, job_region : int8 (n,)
    parents, raising : tuple of two int, first age and the one after the last
    residents : int64 (regions,); of_age : int64 (backgrounds, regions), parents; added to
    those : int64 (3, regions), added to, of who raises children: all, those of hbo or wo, those who work in the region
    """
    for i in range(birth_month.size):
        r = np.uint8(region[i])
        residents[r] += 1
        age = np.int16(month) - birth_month[i]
        if 12 * parents[0] <= age < 12 * parents[1]:
            of_age[np.uint8(background[i]), r] += 1
        if 12 * raising[0] <= age < 12 * raising[1]:
            those[0, r] += 1
            those[1, r] += level[i] >= higher
            those[2, r] += (labour[i] == _EMPLOYED) & (job_region[i] == region[i])

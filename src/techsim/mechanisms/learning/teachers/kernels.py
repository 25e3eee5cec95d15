"""L2, teachers, on arrays."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from techsim.mechanisms.learning.kernels import HUNDRED, is_at_work, is_marked, marked
from techsim.population.compiled import kernel
from techsim.population.draws import BLOCK, fill_uniforms, list_few
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import Flag, Labour, Profile, Stage

_OUT, _VO, _MBO = int(Stage.OUT), int(Stage.VO), int(Stage.MBO)
_HBO = int(Stage.HBO)
_EMPLOYED, _RETIRED = int(Labour.EMPLOYED), int(Labour.RETIRED)
_GRADUATED, _TECHNICAL = int(Flag.GRADUATED), int(Profile.TECHNICAL)
_P_TEACHER = int(Purpose.TEACHER)
ASKED_EVERY = 3
"""Months between two times that somebody is asked for a teaching post."""
_OFFSET = 12 * 4096
GRAIN = 10.0
"""Simulated full-time teachers whose word a small cell takes from the country."""
SPREAD = 0.2
"""Teachers' hours lie so far around their mean."""
LOWER = 3
"""Last year of the lower part of vo; the upper part of vmbo begins in it."""


@kernel
def is_exact(seed, pid, before, start_share, share):
    """Whether a person with a teaching degree teaches an exact or technical subject: a draw made once in a life."""
    return uniform(seed, _P_TEACHER, pid, 0, 0) < (start_share if before else share)


@kernel
def find_candidates(
    seed, first, ids, birth_month, stage, labour, occupation, level, field, left_education, posted, education, lowest,
    shares, technical, month, chance, who, kind,
):  # fmt: skip
    """People with a job in education and no teaching post who could hold one.

    Parameters
    ----------
    seed, first : int, first month of the run
    ids : uint64 (n,); birth_month, left_education : int16 (n,)
    stage, labour, occupation, level, field : int8 (n,)
    posted : int64 (k,), rows of those who have a post
    education, lowest : int, field and occupation group of education, lowest level
    shares : float64 (2,), exact among teaching degrees at the start, and of later graduates
    technical : bool (fields,)
    month : int; chance : float, that somebody asked this month takes a post at all: others are passed over; at one,
        everybody is taken
    who : int64 (n,), kind : int8 (n,), written from the start

    Returns
    -------
    int
        Number found.
    """
    found, everybody = 0, chance >= 1.0
    offset, every = np.uint16(_OFFSET), np.uint16(ASKED_EVERY)
    turn = np.uint16(np.uint32(month + _OFFSET) % np.uint32(ASKED_EVERY))
    group, least = np.int8(education), np.int8(lowest)
    marks, rows = np.zeros(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64)
    few, draws = np.empty(BLOCK, dtype=np.uint64), np.empty(BLOCK)
    taken = marked(posted, ids.size)
    for start in range(0, ids.size, BLOCK):
        block = slice(start, min(start + BLOCK, ids.size))
        born, at_school, state, job = birth_month[block], stage[block], labour[block], occupation[block]
        degree = level[block]
        for i in range(state.size):
            # Unsigned division by a constant is of the vector unit, the remainder is not.
            months = np.uint16(np.uint16(born[i]) + offset)
            rest = np.uint16(months - np.uint16(np.uint16(months // every) * every))
            asked = (job[i] == group) & (state[i] == _EMPLOYED) & (at_school[i] == _OUT) & (degree[i] >= least)
            marks[i] = asked & (everybody | (rest == turn))
        listed = 0
        for k in rows[: list_few(marks, state.size, rows)]:
            rows[listed] = start + k
            listed += int(not is_marked(taken, start + k))
        if not everybody:
            for a in range(listed):
                few[a] = ids[rows[a]]
            fill_uniforms(seed, _P_TEACHER, few[:listed], month, 3, draws)
        for a in range(listed):
            if not everybody and draws[a] >= chance:
                continue
            i = rows[a]
            is_technical = technical[field[i]]
            if field[i] == education:
                is_technical = is_exact(seed, ids[i], left_education[i] < first, shares[0], shares[1])
            who[found], kind[found] = i, 1 if is_technical else 0
            found += 1
    return found


@kernel
def appoint(
    order, kind, level, region, has_degree, draw, pick, hours, min_level, degree, pull, chances, room, segment, side,
    side_entrants, whole, technical,
):  # fmt: skip
    """Give posts to candidates, one by one: a segment with room, drawn by its room.

    Parameters
    ----------
    order : int64 (m,), positions of candidates in the order in which they are asked
    kind, level, region : int8 (m,); has_degree : bool (m,); draw, pick : float64 (m,), uniform
    hours : int64 (m,), hundredths of full time
    min_level : int64 (S, K); degree : bool (S, K); pull : float64 (S, K), weight of a vacancy, to the hundredth
    chances : float64 (2, R), that somebody takes a post this month: one that fits, one without the degree asked
    room : int64 (S, K, R), hundredths of full-time posts free, lowered
    segment : int8 (m,), written, -1 without a post
    side : bool (m,), written, who has a post without the degree asked; side_entrants : float64 (R,), added to
    whole : int64 (S, K, R), hours, and technical : int64 (R,), technical teachers; added to
    """
    for a in range(order.size):
        j = order[a]
        k, r = kind[j], region[j]
        segment[j], side[j] = -1, False
        total = 0
        for turn in range(2):
            target = math.floor(pick[j] * total)
            passed = 0
            for s in range(room.shape[0]):
                short = degree[s, k] and not has_degree[j]
                fits = level[j] >= min_level[s, k] and draw[j] < chances[1 if short else 0, r]
                # Half a post more or less: posts filled are right on average.
                if fits and 2 * room[s, k, r] >= hours[j]:
                    passed += np.int64(np.rint(HUNDRED * pull[s, k])) * room[s, k, r]
                if turn == 1 and segment[j] < 0 and passed > target:
                    segment[j] = s
            total = passed
            if total == 0:
                break
        if segment[j] >= 0:
            side[j] = degree[segment[j], k] and not has_degree[j]
            side_entrants[r] += side[j]
            room[segment[j], k, r] -= hours[j]
            whole[segment[j], k, r] += hours[j]
            technical[r] += k


class Eligible(NamedTuple):
    """Candidates whom some segment might take, arrays (m,): rows and ids of people, what of them :func:`appoint` asks,
    and their draws; ``turn`` is that of the queue."""

    who: np.ndarray
    ids: np.ndarray
    kind: np.ndarray
    level: np.ndarray
    region: np.ndarray
    has_degree: np.ndarray
    draw: np.ndarray
    pick: np.ndarray
    hours: np.ndarray
    turn: np.ndarray


@kernel
def hours_of(mean, draw):
    """A teacher's hours, hundredths of full time; float64, a whole number."""
    return min(np.rint(HUNDRED * (mean + SPREAD * (2.0 * draw - 1.0))), np.float64(HUNDRED))


@kernel
def draw_hours(seed, ids, mean):
    """Hours of people ``ids`` uint64 (m,) with a post, drawn once in a life; hundredths of full time, int64 (m,)."""
    draws, hours = np.empty(ids.size), np.empty(ids.size, dtype=np.int64)
    fill_uniforms(seed, _P_TEACHER, ids, 0, 1, draws)
    for j in range(ids.size):
        hours[j] = np.int64(hours_of(mean, draws[j]))
    return hours


@kernel
def find_eligible(
    seed, month, who, kind, ids, level, region, field, education, mean_hours, min_level, degree, chances, room,
):  # fmt: skip
    """Candidates whom any segment with room would take as far as their draw goes, an :class:`Eligible`: nobody else
    gets a post.

    Parameters
    ----------
    seed, month : int
    who : int64 (k,), rows of candidates; kind : int8 (k,)
    ids : uint64 (n,); level, region, field : int8 (n,), region of the job
    education : int, field of education
    mean_hours : float, share of full time
    min_level, degree, chances, room : as of :func:`appoint`
    """
    every, draws = np.empty(who.size, dtype=np.uint64), np.empty(who.size)
    places, found = np.empty(who.size, dtype=np.int64), 0
    for j in range(who.size):
        every[j] = ids[who[j]]
    fill_uniforms(seed, _P_TEACHER, every, month, 3, draws)
    for j in range(who.size):
        i, k = who[j], kind[j]
        r, fits = region[i], False
        for s in range(room.shape[0]):
            short = degree[s, k] and field[i] != education
            able = level[i] >= min_level[s, k] and draws[j] < chances[1 if short else 0, r]
            fits = fits or (able and room[s, k, r] > 0)
        places[found] = j
        found += int(fits)
    rows, few, turn = np.empty(found, dtype=np.int64), np.empty(found, dtype=np.uint64), np.empty(found)
    kinds = np.empty(found, dtype=np.int8)
    levels, regions = np.empty_like(kinds), np.empty_like(kinds)
    has_degree, draw, pick = np.empty(found, dtype=np.bool_), np.empty(found), np.empty(found)
    for a in range(found):
        j = places[a]
        i = who[j]
        rows[a], few[a], kinds[a], levels[a], regions[a] = i, every[j], kind[j], level[i], region[i]
        has_degree[a], draw[a] = field[i] == education, draws[j]
    fill_uniforms(seed, _P_TEACHER, few, month, 4, turn)
    fill_uniforms(seed, _P_TEACHER, few, month, 9, pick)
    hours = draw_hours(seed, few, mean_hours)
    return Eligible(rows, few, kinds, levels, regions, has_degree, draw, pick, hours, turn)


@kernel
def fill_share_vacant(room, wanted, degree, share):
    """f = vacant over funded posts, of those that ask for a teaching degree and are technical.

    Parameters
    ----------
    room : int64 (S, K, R), vacant posts, hundredths of full time; wanted : float64 (S, K, R), posts
    degree : bool (S, K)
    share : float64 (R,), written
    """
    for r in range(share.size):
        vacant, posts = 0, 0.0
        for s in range(room.shape[0]):
            if degree[s, 1]:
                vacant += max(room[s, 1, r], 0)
                posts += wanted[s, 1, r]
        share[r] = min(max(vacant / HUNDRED / max(posts, 1e-9), 0.0), 1.0)


@kernel
def check_posts(rows, labour, stage, occupation, education, segment, kind, reasons, exits, stays):
    """Who of a roster still has a job in education; the others are counted by why they go.

    Parameters
    ----------
    rows : int64 (m,), -1 for who is not here any more; segment, kind : int8 (m,)
    labour, stage, occupation : int8 (n,)
    education : int, group of education
    reasons : int64 (3,), places among the reasons of another job, retirement and all else
    exits : int64 (S, K, reasons), added to
    stays : bool (m,), written
    """
    for j in range(rows.size):
        i = rows[j]
        stays[j] = is_at_work(i, labour, stage) and occupation[i] == education
        if not stays[j]:
            why = 2 if i < 0 else (0 if labour[i] == _EMPLOYED else (1 if labour[i] == _RETIRED else 2))
            exits[segment[j], kind[j], reasons[why]] += 1


@kernel
def find_free_posts(
    segment, kind, rows, hours, ready, job_region, month, hybrid_share, wanted, degree, whole, room, technical, vacant,
):  # fmt: skip
    """Hours that regular teachers teach in ``month``, and the posts that are left.

    Parameters
    ----------
    segment, kind : int8 (m,); rows, hours, ready : int64 (m,), as of a roster
    job_region : int8 (n,)
    month : int
    hybrid_share, wanted : float64 (S, K, R), posts, and the part of them that is for hybrid teachers
    degree : bool (S, K)
    whole : int64 (S, K, R), zero, written: hundredths of full time
    room : int64 (S, K, R), written, the same
    technical : int64 (R,), added to, technical teachers
    vacant : float64 (R,), written, see :func:`fill_share_vacant`

    Returns
    -------
    bool
        Whether any post is free.
    """
    for j in range(rows.size):
        r = job_region[rows[j]]
        technical[r] += kind[j]
        if ready[j] <= month:
            whole[segment[j], kind[j], r] += hours[j]
    free = False
    for s, k, r in np.ndindex(room.shape):
        filled = whole[s, k, r] / HUNDRED
        room[s, k, r] = np.int64(np.rint(HUNDRED * ((1.0 - hybrid_share[s, k, r]) * wanted[s, k, r] - filled)))
        free = free or room[s, k, r] > 0
    fill_share_vacant(room, wanted, degree, vacant)
    return free


@kernel
def filled_part(available, wanted, all_available, all_wanted):
    """c = (A + g A_n / W_n) / (W + g): posts filled in a cell, A_n and W_n being those of the country."""
    return (available + GRAIN * (all_available / max(all_wanted, 1e-9))) / (wanted + GRAIN)


@kernel
def fill_stretch(students, norm, available, wanted, all_available, all_wanted, stretch):
    """s+ = S / (n W c): students per teacher against the norm.

    Parameters
    ----------
    students, norm, available, wanted : float64 (S, K, R)
    all_available, all_wanted : float64 (S, K), over regions
    stretch : float64 (S, K, R), written; one where there are no posts
    """
    for s, k, r in np.ndindex(stretch.shape):
        posts = wanted[s, k, r]
        filled = filled_part(available[s, k, r], posts, all_available[s, k], all_wanted[s, k])
        teachers = max(posts * filled, 1e-9)
        stretch[s, k, r] = students[s, k, r] / (norm[s, k, r] * teachers) if posts > 0.0 else 1.0


@kernel
def leaving_chance(base, pay_gap, pay_weight, tightness, tightness_weight):
    """P = min(1, l exp(eta (log w_t - log w_e - b)) min(theta, 1)^tau): a technical teacher looks outside."""
    return min(1.0, base * math.exp(pay_weight * pay_gap) * min(max(tightness, 0.05), 1.0) ** tightness_weight)


@kernel
def see_industry(groups, staff, wages, education, tightness, pay, mean_tightness):
    """What teachers would find outside.

    Parameters
    ----------
    groups : int64 (t,), technical occupation groups; education : int, the group of teachers
    staff : int64 (E, G, L, R)
    wages : float64 (G, L); tightness : float64 (G, R)
    pay : float64 (2, L), written: mean pay over workers of ``groups``, a teacher's where there are none; a teacher's
    mean_tightness : float64 (R,), written
    """
    for lv in range(staff.shape[2]):
        workers, paid = 0, 0.0
        for g in groups:
            here = 0
            for e in range(staff.shape[0]):
                for r in range(staff.shape[3]):
                    here += staff[e, g, lv, r]
            workers += here
            paid += wages[g, lv] * here
        mean = paid / max(workers, 1)
        pay[1, lv] = wages[education, lv]
        pay[0, lv] = mean if mean > 0.0 else pay[1, lv]
    for r in range(mean_tightness.size):
        total = 0.0
        for g in groups:
            total += tightness[g, r]
        mean_tightness[r] = total / groups.size


@kernel
def leaving_chances(base, pay_gap, grants, pay_weight, tightness, tightness_weight, chance):
    """:func:`leaving_chance` by level and region, ``chance`` float64 (L, R), written; of ``pay_gap`` float64 (L,), log
    pay outside less a teacher's, and ``grants``, in the same unit, and ``tightness`` float64 (R,)."""
    for lv in range(chance.shape[0]):
        for r in range(chance.shape[1]):
            gap = pay_gap[lv] - grants[r]
            chance[lv, r] = leaving_chance(base, gap, pay_weight, tightness[r], tightness_weight)


@kernel
def find_looking(
    seed, month, stays, kind, ids, rows, job_level, job_region, base, pay_gap, grants, pay_weight, tightness,
    tightness_weight,
):  # fmt: skip
    """Technical teachers who look outside this month, of those who stay so far: their places on the roster, int64 (k,),
    in order of their draw.

    Parameters
    ----------
    seed, month : int
    stays : bool (m,); kind : int8 (m,); ids : uint64 (m,); rows : int64 (m,), as of a roster
    job_level, job_region : int8 (n,)
    base, pay_gap, grants, pay_weight, tightness, tightness_weight : as of :func:`leaving_chances`
    """
    technical, few, draws = np.empty(kind.size, dtype=np.int64), np.empty(kind.size, dtype=np.uint64), 0
    for j in range(kind.size):
        technical[draws], few[draws] = j, ids[j]
        draws += int(stays[j] and kind[j] == 1)
    luck, chance = np.empty(draws), np.empty((pay_gap.size, grants.size))
    order, found = np.empty(draws, dtype=np.int64), 0
    fill_uniforms(seed, _P_TEACHER, few[:draws], month, 5, luck)
    leaving_chances(base, pay_gap, grants, pay_weight, tightness, tightness_weight, chance)
    for a in range(draws):
        i = rows[technical[a]]
        if luck[a] < chance[job_level[i], job_region[i]]:
            at = found
            while at > 0 and (luck[order[at - 1]], few[order[at - 1]]) > (luck[a], few[a]):
                order[at] = order[at - 1]
                at -= 1
            order[at] = a
            found += 1
    return technical[order[:found]]


@kernel
def leave_for_industry(
    seed, month, order, rows, segment, kind, ids, field, groups, occupation, job_level, job_region, employer, since,
    row_changed, open_vacancies, staff, hires, filled, separated, reason, exits, stays,
):  # fmt: skip
    """Technical teachers who look outside take a vacancy of a technical group at their level and place, if any is open.

    Parameters
    ----------
    seed, month : int
    order : int64 (k,), places on the roster of those who look, in order of their draw
    rows : int64 (m,); segment, kind : int8 (m,), as of a roster
    ids : uint64 (n,); field : int8 (n,)
    groups : int64 (t,), technical occupation groups
    occupation, job_level, job_region, employer : int8 (n,), since : int16 (n,); written
    row_changed : int, row of ``separated`` for a job change
    open_vacancies, staff : int64 (E, G, L, R), changed; hires, filled, separated[reasons] : added to
    reason : int, for industry; exits : int64 (S, K, reasons), who has left, added to
    stays : bool (m,), written for those who leave
    """
    for j in order:
        i = rows[j]
        lv, r = job_level[i], job_region[i]
        own, total = False, 0
        for g in groups:
            own = own or field[i] == g
        for g in groups:
            if not own or field[i] == g:
                for e in range(staff.shape[0]):
                    total += open_vacancies[e, g, lv, r]
        target, passed = math.floor(uniform(seed, _P_TEACHER, ids[i], month, 6) * total), 0
        for g in groups:
            if own and field[i] != g:
                continue
            for e in range(staff.shape[0]):
                passed += open_vacancies[e, g, lv, r]
                if not stays[j] or passed <= target:
                    continue
                stays[j] = False
                exits[segment[j], kind[j], reason] += 1
                staff[employer[i], occupation[i], lv, r] -= 1
                separated[row_changed, employer[i], occupation[i], lv, r] += 1
                open_vacancies[e, g, lv, r] -= 1
                filled[e, g, lv, r] += 1
                hires[e, g, lv, r] += 1
                staff[e, g, lv, r] += 1
                occupation[i], employer[i], since[i] = g, e, month


@kernel
def taught_by(upper_track, grade, profile):
    """Who teaches a pupil: segment, 0 first-degree and 1 second-degree teachers; 1 if in technical subjects, too.

    Lower vo and vmbo are taught by second-degree teachers, upper havo and vwo (from year 4) by first-degree ones.
    Technical subjects: in upper havo and vwo those with an N profile, in lower vo everyone, in upper vmbo those in a
    technical sector.
    """
    high = upper_track and grade > LOWER
    lower = grade < LOWER or (upper_track and not high)
    return (0 if high else 1), (1 if lower or profile == _TECHNICAL else 0)


@kernel
def count_learners(stage, track, grade, profile, programme, region, flags, upper, technical_of, staying, count):
    """Pupils and students by segment, kind and region.

    Technical subjects of vo as :func:`taught_by`; the rest of the subjects: everyone in vo.

    Parameters
    ----------
    stage, track, grade, profile, programme, region : int8 (n,); flags : uint8 (n,)
    upper : bool (tracks,), havo and vwo
    technical_of : bool (programmes,)
    staying : bool, leave out those with a diploma who have yet to choose
    count : int64 (S, K, R), added to
    """
    asked, rows = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64)
    for start in range(0, stage.size, BLOCK):
        learns = stage[start : start + BLOCK]
        for i in range(learns.size):
            asked[i] = (learns[i] >= _VO) & (learns[i] < _OUT)
        for k in rows[: list_few(asked, learns.size, rows)]:
            i = start + k
            r = region[i]
            if stage[i] == _VO:
                s, exact = taught_by(upper[track[i]], grade[i], profile[i])
                count[s, 0, r] += 1
                if exact:
                    count[s, 1, r] += 1
            elif not staying or not flags[i] & np.uint8(_GRADUATED):
                s = 2 if stage[i] == _MBO else (3 if stage[i] == _HBO else 4)
                count[s, 1 if technical_of[programme[i]] else 0, r] += 1

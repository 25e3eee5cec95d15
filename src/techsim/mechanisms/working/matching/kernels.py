"""W2, matching, on arrays: who searches, where seekers apply, how employers rank, who is hired."""

from __future__ import annotations

import math

import numba
import numpy as np

from techsim.mechanisms.working.currency.kernels import FRONTIER, FULL, current_fit
from techsim.mechanisms.working.matching.deciding.kernels import first_call, most_deciding, pick, share_deciding
from techsim.population.draws import BLOCK, anyone, fill_uniforms, fill_whole, list_places
from techsim.population.randomness import Purpose, normal, normal_of
from techsim.population.states import Flag, Labour, Stage

_OUT = int(Stage.OUT)
_UNEMPLOYED, _EMPLOYED = int(Labour.UNEMPLOYED), int(Labour.EMPLOYED)
_P_SEARCH, _P_APPLY, _P_RANK = int(Purpose.SEARCH), int(Purpose.APPLY), int(Purpose.RANK)
_SHORT_TIME = int(Flag.SHORT_TIME)
_PER_ROUND = 4


@numba.njit(cache=True, nogil=True)
def search_chance(base, short, mismatched, short_ratio, mismatch_ratio):
    """o m_T m_q: chance that a worker searches this month."""
    chance = base * (short_ratio if short else 1.0) * (mismatch_ratio if mismatched else 1.0)
    return min(1.0, chance)


@numba.njit(cache=True, nogil=True)
def field_weight(base, specificity, floor, fade_years, years):
    """b = b_f k_e (w + (1 - w) exp(-years / tau)): pull of the field, by level and years since school."""
    return base * specificity * (floor + (1.0 - floor) * math.exp(-years / fade_years))


@numba.njit(cache=True, nogil=True)
def attachment_weight(base, years, build_years):
    """b_a (1 - exp(-years / tau)): hold of the last occupation group, which grows as that of the field fades."""
    return base * (1.0 - math.exp(-max(years, 0.0) / build_years))


@numba.njit(cache=True, nogil=True)
def taste(fit, own_last, woman_in_technical, field_pull, attachment, women_technical):
    """b fit + a 1[last group] - b_w 1[woman, technical]: utility of an occupation group."""
    utility = field_pull * fit
    if own_last:
        utility += attachment
    if woman_in_technical:
        utility -= women_technical
    return utility


@numba.njit(cache=True, nogil=True)
def quality(fit, gap, pay, hold, field_pull, step_down):
    """Q = b fit - d_0 (H_e - H_l)+ + eta log v_gl + a 1[last group], quality of a match.

    ``gap`` is H_l - H_e, ``pay`` eta log v_gl, ``hold`` a where the group is that of the last job.
    """
    return field_pull * fit + step_down * min(gap, 0.0) + pay + hold


@numba.njit(cache=True, nogil=True)
def highest_level(fit, level, experience, ladder, high_level, max_shortfall, min_fit):
    """Highest job level of a group for which employers consider a seeker; -1 for none.

    Parameters
    ----------
    fit : float; level : int, of education; experience : int, level of the last job if in this group, else -1
    ladder : float64 (levels,); high_level : int, lowest level at which the field must fit
    max_shortfall, min_fit : float
    """
    found = -1
    while found + 1 < ladder.size:
        job = found + 1
        if ladder[job] - ladder[level] > max_shortfall or (job >= high_level and fit < min_fit):
            break
        found = job
    return max(found, experience)


@numba.njit(cache=True, nogil=True)
def score_of(fit, experienced, gap, months_idle, transferable, weights, draw):
    """g_f fit + g_e experience - g_s shortfall + g_o surplus - g_u log(1 + months) + sigma z + g_t T.

    ``gap`` is H_l - H_e; weights : float64 (7,), g_f, g_e, g_s, g_o, g_u, sigma, g_t
    """
    score = weights[0] * fit - weights[2] * max(gap, 0.0) + weights[3] * max(-gap, 0.0)
    if experienced:
        score += weights[1]
    return score - weights[4] * math.log(1.0 + months_idle) + weights[5] * draw + weights[6] * transferable


@numba.njit(cache=True, nogil=True)
def depth_of(month, labour, since, trained, depth_months):
    """How many of ``depth_months`` float64 (depths - 1,) a seeker has been idle since the last training; int."""
    idle = 0 if labour == _EMPLOYED else np.int64(month) - np.int64(since)
    months = min(idle, np.int64(month) - np.int64(trained))
    depth = 0
    while depth < depth_months.size and months >= depth_months[depth]:
        depth += 1
    return depth


@numba.njit(cache=True, nogil=True)
def find_seekers(
    seed,
    month,
    ids,
    stage,
    labour,
    flags,
    since,
    level,
    field,
    occupation,
    job_level,
    related,
    base,
    short_tenure,
    short_ratio,
    mismatch_ratio,
    short_time_ratio,
    who,
):
    """The unemployed, and workers who search this month.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (n,); stage, labour, level, field, occupation, job_level : int8 (n,); flags : uint8 (n,)
    since : int16 (n,)
    related : bool (fields, occupations)
    base : float [chance a month]; short_tenure : float [months]; short_ratio, mismatch_ratio,
    short_time_ratio : float, search of workers on short-time work relative to others
    who : int64 (n,), written from the start

    Returns
    -------
    int
        Number of seekers.
    """
    found = 0
    draws, rows, asked = np.empty(BLOCK), np.empty(BLOCK, dtype=np.int64), np.empty(BLOCK, dtype=np.bool_)
    most = search_chance(base, True, True, max(short_ratio, 1.0), max(mismatch_ratio, 1.0)) * max(short_time_ratio, 1.0)
    for start in range(0, ids.size, BLOCK):
        block = slice(start, min(start + BLOCK, ids.size))
        states, stages = labour[block], stage[block]
        if anyone(states, _EMPLOYED, _EMPLOYED):
            fill_uniforms(seed, _P_SEARCH, ids[block], month, 0, draws)
        for k in range(states.size):
            # Nobody's chance is higher than ``most``: few workers are looked at.
            may = (states[k] == _UNEMPLOYED) | ((states[k] == _EMPLOYED) & (draws[k] < most))
            asked[k] = may & (stages[k] == _OUT)
        for k in rows[: list_places(asked[: states.size], rows)]:
            i = start + k
            if states[k] == _EMPLOYED:
                short = np.int64(month) - np.int64(since[i]) < short_tenure
                mismatched = job_level[i] < level[i] or not related[field[i], occupation[i]]
                chance = search_chance(base, short, mismatched, short_ratio, mismatch_ratio)
                if (flags[i] & np.uint8(_SHORT_TIME)) != 0:
                    chance *= short_time_ratio
                if draws[k] >= chance:
                    continue
            who[found] = i
            found += 1
    return found


@numba.njit(cache=True, nogil=True)
def apply_for_jobs(
    seed,
    month,
    turn,
    who,
    ids,
    sex,
    region,
    level,
    field,
    labour,
    since,
    trained,
    occupation,
    job_level,
    job_region,
    currency,
    transferable,
    hired,
    shown,
    shown_fit,
    shown_hold,
    weight,
    total_of,
    open_of,
    fit,
    pay,
    technical,
    technical_field,
    currency_weight,
    skill_pay,
    ladder,
    depth_months,
    woman,
    high_level,
    interview,
    field_pull,
    technical_pull,
    specific,
    chose,
    fade_floor,
    fade_years,
    attachment,
    attachment_years,
    field_relief,
    women_technical,
    step_down,
    move_noise,
    max_shortfall,
    min_fit,
    rank_weights,
    first,
    cell_of,
    number_of,
    vacancy,
    score,
):
    """One application of each seeker who gets to apply, to one vacancy that comes to a decision.

    Parameters
    ----------
    seed, month, turn : int
        ``turn`` is the round within the month.
    who : int64 (m,), rows of the seekers; ids : uint64 (m,); hired : bool (m,), those who found a job in an earlier
        round
    sex, region, level, field, labour, occupation, job_level, job_region :
        int8 (n,)
    since : int16 (n,) [month index]; trained : int16 (m,), month in which each seeker left education or completed
        retraining; currency : uint16 (n,) [65535 is the frontier]
    transferable : uint8 (n,) [255 is all there is]
    shown : bool (m,), whose skills are shown beside the diploma; shown_fit : float, fit that they show at least;
        shown_hold : float, what remains of the hold of their last group
    weight : float64 (depths, levels, regions, groups, levels x regions), willingness x nearness x chances x pay x
        vacancies that come to a decision; total_of, open_of : float64 (depths, levels, regions, groups, levels), sums
        of it up to a job level, and of the same over all open vacancies
    fit : float64 (fields, groups); pay : float64 (groups, levels, regions), eta log v and levers' pay
    technical : bool (groups,); technical_field : bool (fields,)
    currency_weight : float, w of :func:`current_fit`; skill_pay : float, eta rho, what pay by skill does to the
        utility of technical work; ladder : float64 (levels,)
    depth_months : float64 (depths - 1,) [months unemployed, since the last training]
    field_relief : float64 (depths,), what remains of the pull of field and last group
    woman : int, code of the sex; high_level : int, lowest level at which the field must fit
    specific : float64 (m,), k of each seeker's level, or of the trade learned in retraining; chose : bool
        (m,), who learned one
    rank_weights : float64 (7,), see :func:`score_of`
    interview : float, chance to apply for an open vacancy, of which those that come to no decision answer nothing
    first, cell_of, number_of : the list of these vacancies, see :func:`find_deciding`
    vacancy : int64 (m,), written: position in that list of the vacancy applied to, -1 for none
    score : float64 (m,), written
    """
    groups, places, regions = fit.shape[1], weight.shape[4], weight.shape[2]
    worth, limit = np.zeros(groups), np.zeros(groups, dtype=np.int64)
    suits, utility, bound = np.empty(groups), np.empty(groups), np.empty(max(groups, places))
    considered = np.empty((fit.shape[0], ladder.size, groups), dtype=np.int64)
    for f in range(fit.shape[0]):
        for e in range(ladder.size):
            for g in range(groups):
                considered[f, e, g] = highest_level(fit[f, g], e, -1, ladder, high_level, max_shortfall, min_fit)
    likeliest = most_deciding(total_of, open_of, considered)
    k = turn * _PER_ROUND
    draws, invited, rows = np.empty(BLOCK), np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64)
    asked, lucks, ranks = np.empty(BLOCK, np.uint64), np.empty(BLOCK, np.uint64), np.empty(BLOCK, np.uint64)
    for start in range(0, who.size, BLOCK):
        size = min(BLOCK, who.size - start)
        for j in range(size):
            vacancy[start + j] = -1
        fill_uniforms(seed, _P_APPLY, ids[start : start + size], month, k, draws)
        for j in range(size):
            invited[j] = (draws[j] < interview) & (not hired[start + j])
        found = 0
        for j in rows[: list_places(invited[:size], rows)]:
            n = start + j
            i = who[n]
            depth = depth_of(month, labour[i], since[i], trained[n], depth_months)
            most_likely = 1.0 if shown[n] else likeliest[depth, level[i], region[i], field[i]]
            last = occupation[i]
            if last >= 0:
                where = (depth, level[i], region[i], last, job_level[i])
                most_likely = max(most_likely, share_deciding(total_of[where], open_of[where]))
            if draws[j] < interview * most_likely:  # else they do not apply, whatever they would choose
                rows[found], asked[found], draws[found] = j, ids[n], draws[j]
                found += 1
        fill_whole(seed, _P_APPLY, asked[:found], month, k + 1, lucks)
        fill_whole(seed, _P_RANK, asked[:found], month, turn, ranks)
        for q in range(found):
            n = start + rows[q]
            i = who[n]
            works = labour[i] == _EMPLOYED
            depth = depth_of(month, labour[i], since[i], trained[n], depth_months)
            e, f, last = level[i], field[i], occupation[i]
            years = (np.int64(month) - np.int64(trained[n])) / 12.0
            own_pull = field_pull * technical_pull if technical_field[f] else field_pull
            b = field_relief[depth] * field_weight(own_pull, specific[n], fade_floor, fade_years, years)
            hold = field_relief[depth] * attachment_weight(attachment, years, attachment_years)
            least = 0.0
            if shown[n]:
                hold *= shown_hold
                least = shown_fit
            current = currency[i] / FRONTIER
            distaste = sex[i] == woman and not chose[n]
            for g in range(groups):  # without a branch, for the vector unit
                skilled = technical_field[f] & technical[g]
                suits[g] = max(current_fit(fit[f, g], skilled, current, currency_weight), least)
                utility[g] = taste(suits[g], g == last, distaste & technical[g], b, hold, women_technical)
                utility[g] += skill_pay * (current - 1.0) if skilled else 0.0
            drawn, every = total_of[depth, e, region[i]], open_of[depth, e, region[i]]
            total, among = 0.0, 0.0
            for g in range(groups):
                most = considered[f, e, g]
                if shown[n]:
                    most = highest_level(max(fit[f, g], least), e, -1, ladder, high_level, max_shortfall, min_fit)
                if g == last:
                    most = max(most, job_level[i])
                limit[g] = (most + 1) * regions
                worth[g] = 0.0
                if most >= 0:
                    pull = math.exp(utility[g])
                    worth[g] = pull * drawn[g, most]
                    total += worth[g]
                    among += pull * every[g, most]
            if draws[q] * among >= interview * total:
                continue  # the vacancy that this seeker would choose of all those open comes to no decision
            g = first_call(lucks[q], 0, worth, groups, bound)
            c = first_call(lucks[q], groups + g * places, weight[depth, e, region[i], g], limit[g], bound)
            at, job = g * places + c, c // regions
            gap = ladder[job] - ladder[e]
            skilled = technical_field[f] and technical[g]
            if works:
                skilled_now = technical_field[f] and technical[last]
                now = quality(
                    current_fit(fit[f, last], skilled_now, current, currency_weight),
                    ladder[job_level[i]] - ladder[e],
                    pay[last, job_level[i], job_region[i]] + (skill_pay * (current - 1.0) if skilled_now else 0.0),
                    hold,
                    b,
                    step_down,
                )
                paid = pay[g, job, c % regions] + (skill_pay * (current - 1.0) if skilled else 0.0)
                new = quality(suits[g], gap, paid, hold if g == last else 0.0, b, step_down)
                # Most would gain by the move: the others alone need a draw.
                if new < now and new < now - move_noise * abs(normal(seed, _P_APPLY, ids[n], month, k + 3)):
                    continue
            experienced = g == last and job_level[i] >= job
            vacancy[n] = pick(lucks[q], first[at], first[at + 1], cell_of, number_of)
            skill, chance = transferable[i] / FULL, normal_of(ranks[q])
            idle = 0.0 if works else np.float64(np.int64(month) - np.int64(since[i]))
            score[n] = score_of(suits[g], experienced, gap, idle, skill, rank_weights, chance)

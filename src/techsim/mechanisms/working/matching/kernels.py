"""W2, matching, on arrays: who searches, where seekers apply, how employers rank, who is hired."""

from __future__ import annotations

import math

import numba
import numpy as np

from techsim.mechanisms.working.currency.kernels import FRONTIER, FULL, current_fit
from techsim.population.draws import BLOCK, anyone, fill_uniforms, list_places
from techsim.population.randomness import Purpose, mixed, normal, uniform_of, word
from techsim.population.states import Flag, Labour, Stage

_OUT = int(Stage.OUT)
_UNEMPLOYED, _EMPLOYED = int(Labour.UNEMPLOYED), int(Labour.EMPLOYED)
_P_SEARCH, _P_APPLY, _P_RANK = int(Purpose.SEARCH), int(Purpose.APPLY), int(Purpose.RANK)
_SHORT_TIME = int(Flag.SHORT_TIME)
_PER_ROUND = 4
_VACANCIES, _MOST = 1 << 40, 1 << 20
"""Items of a seeker's word: those of vacancies lie beyond those of places, by cell and number."""
_ROUNDING = 1.0 + 1e-9
"""So that what is rounded off passes no bound."""
_STEP_CELL, _STEP_VACANCY = 0.7548776662466927, 0.6180339887498949
"""Irrational steps that spread decisions evenly: plastic number, golden ratio."""


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
def decides(cell, number, turn, share):
    """Whether an open vacancy comes to a decision: ((c + 1) a + (v + 1) b + u_t) mod 1 < phi, u_t uniform by round.

    Evenly spread over vacancies and cells, so that a share ``share`` of any few of them decides in a round; by chance
    from round to round, so that waits do not depend on how many vacancies a cell has, and thereby on the scale; and
    by the vacancy alone: one more of them changes nothing for another.

    Parameters
    ----------
    cell, number : int
        c, cell of the job, type of employer x group x level x region; v, number of the vacancy within it.
    turn : int
        t, rounds since the start of time (month x rounds + round).
    """
    position = (cell + 1) * _STEP_CELL + (number + 1) * _STEP_VACANCY + uniform_of(np.uint64(turn), 0)
    return position % 1.0 < share


@numba.njit(cache=True, nogil=True)
def find_deciding(open_vacancies, turn, share, first, cell_of, number_of, counts):
    """List the vacancies that come to a decision in this round, by place.

    Parameters
    ----------
    open_vacancies : int64 (E, places)
    turn : int, as of :func:`decides`; share : float, phi
    first : int64 (places + 1,), written: where each place begins in the list
    cell_of, number_of : int64 (open vacancies,), written from the start: what :func:`decides` asks for
    counts : int64 (places,), written: how many they are
    """
    kinds, places = open_vacancies.shape
    found = 0
    for c in range(places):
        first[c] = found
        for e in range(kinds):
            for v in range(open_vacancies[e, c]):
                if decides(e * places + c, v, turn, share):
                    cell_of[found], number_of[found] = e * places + c, v
                    found += 1
        counts[c] = found - first[c]
    first[places] = found


@numba.njit(cache=True, nogil=True)
def first_call(luck, item, weight, size):
    """Which calls first, each after a time -log(u) / w, u of the seeker and the item: chances w / sum w; int.

    Where another world has more of one of them, whoever goes elsewhere goes there: others stay (an exponential race).

    Parameters
    ----------
    luck : uint64, the seeker's word of this round; item : int, what the first of them is in that word
    weight : float64 (size or more,), w; zero where there is none
    """
    best, least = 0, np.inf
    for c in range(size):
        w = weight[c]
        if w <= 0.0:
            continue
        u = uniform_of(luck, item + c)
        if 1.0 - u >= least * w:
            continue  # later than the first so far, as -log u >= 1 - u
        time = -math.log(u) / w
        if time < least:
            best, least = c, time
    return best


@numba.njit(cache=True, nogil=True)
def pick(luck, begin, end, cell_of, number_of):
    """One of the vacancies ``begin`` to ``end`` of the list, each as likely: that with the largest word; int."""
    best, most = begin, np.uint64(0)
    for v in range(begin, end):
        drawn = mixed(luck, _VACANCIES + cell_of[v] * _MOST + number_of[v])
        if drawn >= most:
            best, most = v, drawn
    return best


@numba.njit(cache=True, nogil=True)
def weigh_places(willing, near, promising, deciding, there, weight, total_of, open_of):
    """What draws seekers of each kind to the vacancies of each place: willingness x nearness x chances x pay of each.

    Parameters
    ----------
    willing : float64 (depths, levels, job levels); near : float64 (regions, job regions)
    promising : float64 (groups, job levels, job regions), chances x pay
    deciding, there : int64 (groups, job levels, job regions), vacancies that come to a decision, and all open ones
    weight : float64 (depths, levels, regions, groups, job levels, job regions), written: of those deciding
    total_of, open_of : float64 (depths, levels, regions, groups, job levels), written: its sums up to a job level, and
        those over all that are open
    """
    depths, levels, jobs = willing.shape
    for d in range(depths):
        for e in range(levels):
            for h in range(near.shape[0]):
                for g in range(promising.shape[0]):
                    total, among = 0.0, 0.0
                    for lv in range(jobs):
                        here, anywhere = 0.0, 0.0
                        for r in range(near.shape[1]):
                            pull = willing[d, e, lv] * near[h, r] * promising[g, lv, r]
                            drawn = pull * deciding[g, lv, r]
                            weight[d, e, h, g, lv, r] = drawn
                            here += drawn
                            anywhere += pull * there[g, lv, r]
                        total += here
                        among += anywhere
                        total_of[d, e, h, g, lv] = total
                        open_of[d, e, h, g, lv] = among


@numba.njit(cache=True, nogil=True)
def share_deciding(total, there):
    """Bound of the share of vacancies that decide, of which ``total`` and ``there`` are weighted sums; float."""
    return total / there * _ROUNDING if there > 0.0 else 0.0


@numba.njit(cache=True, nogil=True)
def most_deciding(total_of, open_of, considered):
    """Highest share of vacancies that decide, over groups: nobody's who has no job level of before, a weighted mean of
    them, is above.

    Parameters
    ----------
    total_of, open_of : float64 (depths, levels, regions, groups, levels), see :func:`apply_for_jobs`
    considered : int64 (fields, levels, groups), highest job level for which employers consider a seeker, -1 for none

    Returns
    -------
    float64 (depths, levels, regions, fields)
    """
    fields, levels, groups = considered.shape
    found = np.zeros((total_of.shape[0], levels, total_of.shape[2], fields))
    for d, e, h, f in np.ndindex(found.shape):
        for g in range(groups):
            top = considered[f, e, g]
            if top >= 0:
                share = share_deciding(total_of[d, e, h, g, top], open_of[d, e, h, g, top])
                found[d, e, h, f] = max(found[d, e, h, f], share)
    return found


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
    who : int64 (m,), rows of the seekers; hired : bool (m,), those who found a job in an earlier round
    ids : uint64 (n,); sex, region, level, field, labour, occupation, job_level, job_region :
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
    groups = fit.shape[1]
    places = weight.shape[4]
    regions = weight.shape[2]
    worth = np.zeros(groups)
    limit = np.zeros(groups, dtype=np.int64)
    considered = np.empty((fit.shape[0], ladder.size, groups), dtype=np.int64)
    for f in range(fit.shape[0]):
        for e in range(ladder.size):
            for g in range(groups):
                considered[f, e, g] = highest_level(fit[f, g], e, -1, ladder, high_level, max_shortfall, min_fit)
    likeliest = most_deciding(total_of, open_of, considered)
    k = turn * _PER_ROUND
    asked, draws = np.empty(BLOCK, dtype=np.uint64), np.empty(BLOCK)
    for n in range(who.size):
        if n % BLOCK == 0:
            size = min(BLOCK, who.size - n)
            for j in range(size):
                asked[j] = ids[who[n + j]]
            fill_uniforms(seed, _P_APPLY, asked[:size], month, k, draws)
        vacancy[n] = -1
        i = who[n]
        if hired[n] or draws[n % BLOCK] >= interview:
            continue
        works = labour[i] == _EMPLOYED
        idle = 0.0 if works else np.float64(np.int64(month) - np.int64(since[i]))
        depth = 0
        months = np.int64(month) - np.int64(trained[n])
        while depth < depth_months.size and min(idle, months) >= depth_months[depth]:
            depth += 1
        e, f, last = level[i], field[i], occupation[i]
        most_likely = 1.0 if shown[n] else likeliest[depth, e, region[i], f]
        if last >= 0:
            held = total_of[depth, e, region[i], last, job_level[i]], open_of[depth, e, region[i], last, job_level[i]]
            most_likely = max(most_likely, share_deciding(held[0], held[1]))
        if draws[n % BLOCK] >= interview * most_likely:
            continue  # whatever this seeker would choose
        years = months / 12.0
        own_pull = field_pull * technical_pull if technical_field[f] else field_pull
        b = field_relief[depth] * field_weight(own_pull, specific[n], fade_floor, fade_years, years)
        hold = field_relief[depth] * attachment_weight(attachment, years, attachment_years)
        least = 0.0
        if shown[n]:
            hold *= shown_hold
            least = shown_fit
        current = currency[i] / FRONTIER
        distaste = sex[i] == woman and not chose[n]
        total, among = 0.0, 0.0
        for g in range(groups):
            experience = job_level[i] if g == last else -1
            if shown[n]:
                most = highest_level(max(fit[f, g], least), e, experience, ladder, high_level, max_shortfall, min_fit)
            else:
                most = max(considered[f, e, g], experience)
            limit[g] = (most + 1) * regions
            if most < 0:
                worth[g] = 0.0
                continue
            suits = max(current_fit(fit[f, g], technical_field[f] and technical[g], current, currency_weight), least)
            utility = taste(suits, g == last, distaste and technical[g], b, hold, women_technical)
            if technical[g] and technical_field[f]:
                utility += skill_pay * (current - 1.0)
            pull = math.exp(utility)
            worth[g] = pull * total_of[depth, e, region[i], g, most]
            total += worth[g]
            among += pull * open_of[depth, e, region[i], g, most]
        if draws[n % BLOCK] * among >= interview * total:
            continue  # the vacancy that this seeker would choose of all those open comes to no decision
        luck = word(seed, _P_APPLY, ids[i], month, k + 1)
        g = first_call(luck, 0, worth, groups)
        c = first_call(luck, groups + g * places, weight[depth, e, region[i], g], limit[g])
        at, job = g * places + c, c // regions
        gap = ladder[job] - ladder[e]
        suits = max(current_fit(fit[f, g], technical_field[f] and technical[g], current, currency_weight), least)
        if works:
            now = quality(
                current_fit(fit[f, last], technical_field[f] and technical[last], current, currency_weight),
                ladder[job_level[i]] - ladder[e],
                pay[last, job_level[i], job_region[i]]
                + (skill_pay * (current - 1.0) if technical[last] and technical_field[f] else 0.0),
                hold,
                b,
                step_down,
            )
            paid = pay[g, job, c % regions] + (
                skill_pay * (current - 1.0) if technical[g] and technical_field[f] else 0.0
            )
            new = quality(suits, gap, paid, hold if g == last else 0.0, b, step_down)
            if new < now - move_noise * abs(normal(seed, _P_APPLY, ids[i], month, k + 3)):
                continue
        experienced = g == last and job_level[i] >= job
        vacancy[n] = pick(luck, first[at], first[at + 1], cell_of, number_of)
        skill, chance = transferable[i] / FULL, normal(seed, _P_RANK, ids[i], month, turn)
        score[n] = score_of(suits, experienced, gap, idle, skill, rank_weights, chance)

"""W2, matching, on arrays: where seekers apply, how employers rank."""

from __future__ import annotations

import math

import numpy as np

from techsim.mechanisms.working.currency.kernels import FRONTIER, FULL, current_fit
from techsim.mechanisms.working.matching.deciding.kernels import (
    call_groups,
    call_places,
    pick,
    time_of_call,
)
from techsim.population.compiled import inlined, kernel, unchecked
from techsim.population.draws import BLOCK, DOUBT, LARGEST, fill_uniforms, fill_whole, list_places, near_exp
from techsim.population.randomness import Purpose, normal, normal_of, stride_of
from techsim.population.states import Labour

_EMPLOYED = int(Labour.EMPLOYED)
_P_APPLY, _P_RANK = int(Purpose.APPLY), int(Purpose.RANK)
_PER_ROUND = 4
_FEW = 128
"""Seekers who are weighed at a time: what is known of them and of all groups fits the processor's first cache."""


@kernel
def left_after(months, years):
    """exp(-m / 12 tau) after m months, ``years`` tau: what is left by then; float64 (months,), m from 0 on."""
    left = np.empty(months)
    for m in range(months):
        left[m] = math.exp(-(m / 12.0) / years)
    return left


@kernel
def field_weight(base, specificity, floor, left):
    """b = b_f k_e (w + (1 - w) exp(-years / tau)): pull of the field, by level and years since school; ``left`` is the
    exponential."""
    return base * specificity * (floor + (1.0 - floor) * left)


@kernel
def attachment_weight(base, left):
    """b_a (1 - exp(-years / tau)): hold of the last occupation group, which grows as that of the field fades; ``left``
    is the exponential."""
    return base * (1.0 - left)


@kernel
def quality(fit, gap, pay, hold, field_pull, step_down):
    """Q = b fit - d_0 (H_e - H_l)+ + eta log v_gl + a 1[last group], quality of a match.

    ``gap`` is H_l - H_e, ``pay`` eta log v_gl, ``hold`` a where the group is that of the last job.
    """
    return field_pull * fit + step_down * min(gap, 0.0) + pay + hold


@kernel
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


@kernel
def score_of(fit, experienced, gap, months_idle, transferable, weights, draw):
    """g_f fit + g_e experience - g_s shortfall + g_o surplus - g_u log(1 + months) + sigma z + g_t T.

    ``gap`` is H_l - H_e; weights : float64 (7,), g_f, g_e, g_s, g_o, g_u, sigma, g_t
    """
    score = weights[0] * fit - weights[2] * max(gap, 0.0) + weights[3] * max(-gap, 0.0)
    if experienced:
        score += weights[1]
    return score - weights[4] * math.log(1.0 + months_idle) + weights[5] * draw + weights[6] * transferable


@kernel
def depth_of(month, labour, since, trained, depth_months):
    """How many of ``depth_months`` int64 (depths - 1,) a seeker has been idle since the last training; int.

    Without a branch, which the processor would guess wrong.
    """
    months = np.int64(month) - max(np.int64(since), np.int64(trained))
    depth = 0
    for d in range(depth_months.size):
        depth += int(months >= depth_months[d])
    return depth if labour != _EMPLOYED else 0


@kernel
def levels_considered(fit, ladder, high_level, max_shortfall, min_fit):
    """For how many job levels, from the lowest, employers consider who has worked in no group, by field, level of
    education and group; int64 (fields, levels, groups)."""
    fields, groups = fit.shape
    considered = np.empty((fields, ladder.size, groups), dtype=np.int64)
    for f in range(fields):
        for e in range(ladder.size):
            for g in range(groups):
                highest = highest_level(fit[f, g], e, -1, ladder, high_level, max_shortfall, min_fit)
                considered[f, e, g] = highest + 1
    return considered


@kernel
def describe_seekers(
    month,
    who,
    labour,
    since,
    region,
    level,
    field,
    occupation,
    job_level,
    left_education,
    places,
    completed,
    shown,
    depth_months,
    fields,
    groups,
    levels,
    regions,
    trained,
    chose,
    kind,
    of_field,
    of_job,
):
    """What of a seeker a month's searches do not change, most of it as places in what is worked out for all of a kind.

    Who learned a trade holds to it from then on, instead of to what school taught earlier.

    Parameters
    ----------
    month : int; who : int64 (m,), rows of the seekers
    labour, region, level, field, occupation, job_level : int8 (n,)
    since, left_education : int16 (n,) [month index]
    places : int64 (m,), where each stands among those who have completed retraining, -1 for who has not
    completed : int64 (k,), when they did [month index]
    shown : bool (m,), whose skills are shown beside the diploma
    depth_months : int64 (depths - 1,) [months unemployed, since the last training]
    fields, groups, levels, regions : int
    trained : int16 (m,), chose : bool (m,), written, see :func:`apply_for_jobs`
    kind : int32 (m,), written: depth x level x region
    of_field, of_job : int32 (m,), written: where the bounds of :func:`bound_chances` stand
    """
    kinds = (depth_months.size + 1) * levels * regions
    for n in range(who.size):
        i, at = who[n], places[n]
        trained[n], chose[n] = left_education[i], False
        if at >= 0 and completed[at] >= trained[n]:
            trained[n], chose[n] = completed[at], True
        depth = depth_of(month, labour[i], since[i], trained[n], depth_months)
        here, last = (depth * levels + level[i]) * regions + region[i], occupation[i]
        kind[n] = here
        known = field[i] if field[i] >= 0 else fields - 1  # who has no field is of the general one, the last
        of_field[n] = kinds * fields if shown[n] else here * fields + known
        upto = here * (levels + 1) + job_level[i] + 1
        of_job[n] = upto * groups + last if last >= 0 else kinds * (levels + 1) * groups


@kernel
def find_asking(seed, month, turn, ids, hired, of_field, of_job, highest_of_field, highest_of_job, rows, draws):
    """Who may apply in a round: the others would not, whatever they would choose. How many those are.

    Parameters
    ----------
    ids : uint64 (m,); hired : bool (m,), those who found a job in an earlier round
    of_field, of_job : int32 (m,), see :func:`describe_seekers`
    highest_of_field, highest_of_job : float64, see :func:`bound_chances`
    rows : int64, draws : float64 (m,), written: positions of those who may, and the draw that decides it
    """
    drawn, asked, places = np.empty(BLOCK), np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64)
    found = 0
    for start in range(0, ids.size, BLOCK):
        block = slice(start, min(start + BLOCK, ids.size))
        some, by_field, by_job, gone = ids[block], of_field[block], of_job[block], hired[block]
        fill_uniforms(seed, _P_APPLY, some, month, turn * _PER_ROUND, drawn)
        for j in range(some.size):
            most = max(highest_of_field[np.uint32(by_field[j])], highest_of_job[np.uint32(by_job[j])])
            asked[j] = (drawn[j] < most) & (not gone[j])
        for j in places[: list_places(asked[: some.size], places)]:
            rows[found], draws[found] = start + j, drawn[j]
            found += 1
    return found


@kernel
def weigh_groups(field, last, pull, hold, least, kept, skill, distaste, fit_of, technical, suits, utility, drawn):
    """U = b fit + a 1[last group] - b_w 1[woman, technical] + eta rho (C - 1) 1[both technical], within what exp can
    hold, utility of groups to few seekers, and exp U, nearly: group by group, for the vector unit.

    Parameters
    ----------
    field, last : int64 (k,), the former not below zero, the latter -1 for none
    pull, hold : float64 (k,), b and a; least : float64 (k,), fit that is shown at least
    kept, skill : float64 (k,), what is left of the fit of technical groups, and what pay by skill does to their
        utility: one and zero where the field is none
    distaste : float64 (k,), b_w, zero for whom it does not concern
    fit_of : float64 (groups, fields); technical : bool (groups,)
    suits, utility, drawn : float64 (groups, k or more), written: the fit, U, and exp U but for a share of ``NEAR``
    """
    for g in range(technical.size):
        of_field, suit, value, near = fit_of[g], suits[g], utility[g], drawn[g]
        for q in range(field.size):
            suit[q] = of_field[np.uint64(field[q])]
        if technical[g]:
            for q in range(field.size):
                suit[q] = max(suit[q] * kept[q], least[q])
                value[q] = pull[q] * suit[q] + (hold[q] if g == last[q] else 0.0) - distaste[q] + skill[q]
        else:
            for q in range(field.size):
                suit[q] = max(suit[q], least[q])
                value[q] = pull[q] * suit[q] + (hold[q] if g == last[q] else 0.0)
        for q in range(field.size):
            value[q] = min(max(value[q], -LARGEST), LARGEST)
            near[q] = near_exp(value[q])


@inlined
def worth_of_group(g, utility, q, upto, sums, kind):
    """exp U x ``sums``: what the vacancies of a group that a seeker is considered for are worth; float.

    Parameters
    ----------
    g : int, group; utility : float64 (groups, k); q : int, column of the seeker
    upto : int64 (groups,), how many job levels, from the lowest; sums : float64 (kinds, levels + 1, groups); kind : int
    """
    return math.exp(utility[g, q]) * sums[kind, upto[g], g]


@kernel
def sum_worth(utility, q, upto, sums, kind):
    """Sum of :func:`worth_of_group` over groups; float. Arguments as there."""
    total = 0.0
    for g in range(upto.size):
        total += worth_of_group(g, utility, q, upto, sums, kind)
    return total


@kernel
def applies(draw, interview, among, total, utility, q, upto, open_of, total_of, kind):
    """Whether the vacancy that a seeker would choose of all those open comes to a decision; bool.

    u sum of exp U x open < phi x sum of exp U x deciding, of which ``among`` and ``total`` are the sums but for a share
    of ``NEAR`` in each exponential: where that leaves it in doubt, they are worked out as they are.

    Parameters
    ----------
    draw, interview : float, u and phi
    utility, q, upto, kind : as of :func:`worth_of_group`
    open_of, total_of : ``sums`` of those open and of those that decide
    """
    share, limit = draw * among, interview * total
    if abs(share - limit) <= DOUBT * limit:
        share = draw * sum_worth(utility, q, upto, open_of, kind)
        limit = interview * sum_worth(utility, q, upto, total_of, kind)
    return share < limit


@unchecked
def first_group(luck, strides, utility, q, upto, sums, kind):
    """The group that calls first, of :func:`call_groups`, by exponentials and logarithms; int."""
    best, least = 0, np.inf
    for g in range(upto.size):
        time = time_of_call(luck, strides[g], worth_of_group(g, utility, q, upto, sums, kind))
        if time < least:
            best, least = g, time
    return best


@kernel
def apply_for_jobs(
    seed,
    month,
    turn,
    who,
    ids,
    sex,
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
    kind,
    of_field,
    of_job,
    highest_of_field,
    highest_of_job,
    shown_fit,
    shown_hold,
    weight,
    total_of,
    open_of,
    places,
    strides,
    begin,
    considered,
    fit,
    pay,
    technical,
    technical_field,
    currency_weight,
    skill_pay,
    ladder,
    woman,
    high_level,
    interview,
    field_pull,
    technical_pull,
    specificity,
    specific_trade,
    chose,
    fade_floor,
    field_left,
    attachment,
    attachment_left,
    field_relief,
    women_technical,
    step_down,
    move_noise,
    max_shortfall,
    min_fit,
    rank_weights,
    first,
    strides_of,
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
    sex, level, field, labour, occupation, job_level, job_region :
        int8 (n,)
    since : int16 (n,) [month index]; trained : int16 (m,), month in which each seeker left education or completed
        retraining; currency : uint16 (n,) [65535 is the frontier]
    transferable : uint8 (n,) [255 is all there is]
    shown : bool (m,), whose skills are shown beside the diploma; shown_fit : float, fit that they show at least;
        shown_hold : float, what remains of the hold of their last group
    kind, of_field, of_job, highest_of_field, highest_of_job : see :func:`find_asking`
    weight : float64 (depths x levels x regions, places that come to a decision), willingness x nearness x chances x
        pay x vacancies that do; total_of, open_of : float64 (depths x levels x regions, levels + 1, groups), sums of it
        over so many of the lowest job levels, and of the same over all open vacancies
    places, strides, begin : those places, see :func:`list_drawing`
    considered : int64 (fields, levels, groups), see :func:`levels_considered`
    fit : float64 (fields, groups); pay : float64 (groups, levels, regions), eta log v and levers' pay
    technical : bool (groups,); technical_field : bool (fields,)
    currency_weight : float, w of :func:`current_fit`; skill_pay : float, eta rho, what pay by skill does to the
        utility of technical work; ladder : float64 (levels,)
    field_relief : float64 (depths,), what remains of the pull of field and last group
    woman : int, code of the sex; high_level : int, lowest level at which the field must fit
    specificity : float64 (levels,), k; specific_trade : float, of a trade learned in retraining, if that is more;
        chose : bool (m,), who learned one
    field_left, attachment_left : float64, what is left of the pull of the field, and of growing attached, by months
        since training, see :func:`left_after`
    rank_weights : float64 (7,), see :func:`score_of`
    interview : float, chance to apply for an open vacancy, of which those that come to no decision answer nothing
    first, strides_of : the list of these vacancies, see :func:`find_deciding`
    vacancy : int64 (m,), written: position in that list of the vacancy applied to, -1 for none
    score : float64 (m,), written
    """
    groups, levels, regions = pay.shape
    a_depth = np.uint32(weight.shape[0] // field_relief.size)
    vacancy[:] = -1
    rows, draws = np.empty(who.size, dtype=np.int64), np.empty(who.size)
    found = find_asking(seed, month, turn, ids, hired, of_field, of_job, highest_of_field, highest_of_job, rows, draws)
    k = turn * _PER_ROUND
    fields, lasts, fit_of = np.empty(_FEW, np.int64), np.empty(_FEW, np.int64), fit.T.copy()
    pull, hold, least, distaste = np.empty(_FEW), np.empty(_FEW), np.empty(_FEW), np.empty(_FEW)
    left, skill = np.empty(_FEW), np.empty(_FEW)
    suits, utility, attractive = np.empty((groups, _FEW)), np.empty((groups, _FEW)), np.empty((groups, _FEW))
    upto, of_all = np.empty((_FEW, groups), np.int64), np.empty(groups, np.int64)
    worth, shortest, second = np.empty((groups, _FEW)), np.empty(_FEW), np.empty(_FEW)
    kinds, at_places = np.empty(_FEW, np.int64), np.empty(_FEW, np.int64)
    chosen, stays, asked = np.empty(_FEW, np.int64), np.empty(_FEW, np.int64), np.empty(_FEW, np.uint64)
    lucks, ranks, of_group = np.empty(_FEW, np.uint64), np.empty(_FEW, np.uint64), np.empty(groups, np.uint64)
    bounds, at_work, able, idle = np.empty(places.size), np.empty(_FEW, np.bool_), np.empty(_FEW), np.empty(_FEW)
    for g in range(groups):
        of_group[g] = stride_of(g)
    for start in range(0, found, _FEW):
        size = min(_FEW, found - start)
        for q in range(size):
            # No row is negative: what is unsigned is looked up without asking.
            n = np.uint64(rows[start + q])
            i = np.uint64(who[n])
            fields[q], lasts[q] = field[i] if field[i] >= 0 else fit.shape[0] - 1, occupation[i]
            skilled, months = technical_field[np.uint64(fields[q])], np.uint64(np.int64(month) - np.int64(trained[n]))
            relief = field_relief[np.uint32(kind[n]) // a_depth]
            own_pull = field_pull * technical_pull if skilled else field_pull
            usual = specificity[np.uint8(level[i])]
            specific = max(usual, specific_trade) if chose[n] else usual
            pull[q] = relief * field_weight(own_pull, specific, fade_floor, field_left[months])
            hold[q] = relief * attachment_weight(attachment, attachment_left[months])
            least[q] = 0.0
            if shown[n]:
                hold[q] *= shown_hold
                least[q] = shown_fit
            current = currency[i] / FRONTIER
            left[q] = current_fit(1.0, skilled, current, currency_weight)
            skill[q] = skill_pay * (current - 1.0) if skilled else 0.0
            at_work[q], able[q] = labour[i] == _EMPLOYED, transferable[i] / FULL
            idle[q] = 0.0 if at_work[q] else np.float64(np.int64(month) - np.int64(since[i]))
            distaste[q] = women_technical if sex[i] == woman and not chose[n] else 0.0
        weigh_groups(
            fields[:size], lasts, pull, hold, least, left, skill, distaste, fit_of, technical, suits,
            utility, attractive,
        )  # fmt: skip
        kept = 0
        for q in range(size):
            n = np.uint64(rows[start + q])
            i = np.uint64(who[n])
            e, f, last = np.uint8(level[i]), np.uint64(fields[q]), lasts[q]
            here, total, among = np.uint64(kind[n]), 0.0, 0.0
            for g in range(groups):
                of_all[g] = considered[f, e, g]
            if shown[n]:
                for g in range(groups):
                    suit = max(fit[f, g], least[q])
                    of_all[g] = 1 + highest_level(suit, e, -1, ladder, high_level, max_shortfall, min_fit)
            if last >= 0:
                of_all[last] = max(of_all[last], job_level[i] + 1)
            for g in range(groups):
                most = np.uint64(of_all[g])
                worth[g, kept] = attractive[g, q] * total_of[here, most, g]
                total += worth[g, kept]
                among += attractive[g, q] * open_of[here, most, g]
                upto[kept, g] = of_all[g]
            stays[kept], asked[kept], kinds[kept] = q, ids[n], kind[n]
            draw = draws[start + q]
            kept += int(applies(draw, interview, among, total, utility, q, of_all, open_of, total_of, here))
        fill_whole(seed, _P_APPLY, asked[:kept], month, k + 1, lucks)
        fill_whole(seed, _P_RANK, asked[:kept], month, turn, ranks)
        call_groups(lucks[:kept], of_group, worth, shortest, second, chosen)
        for s in range(kept):
            if chosen[s] < 0:
                chosen[s] = first_group(lucks[s], of_group, utility, stays[s], upto[s], total_of, kinds[s])
        call_places(lucks[:kept], chosen, upto, kinds, begin, strides, weight, bounds, at_places)
        for s in range(kept):
            q, g = stays[s], chosen[s]
            n = np.uint64(rows[start + q])
            i = np.uint64(who[n])
            works, e, f, last = at_work[q], np.uint8(level[i]), fields[q], lasts[q]
            at = places[at_places[s]]
            job, region = at // regions - g * levels, at % regions
            gap = ladder[job] - ladder[e]
            if works:
                now = quality(
                    fit[f, last] * left[q] if technical[last] else fit[f, last],
                    ladder[job_level[i]] - ladder[e],
                    pay[last, job_level[i], job_region[i]] + (skill[q] if technical[last] else 0.0),
                    hold[q],
                    pull[q],
                    step_down,
                )
                paid = pay[g, job, region] + (skill[q] if technical[g] else 0.0)
                new = quality(suits[g, q], gap, paid, hold[q] if g == last else 0.0, pull[q], step_down)
                # Most would gain by the move: the others alone need a draw.
                if new < now and new < now - move_noise * abs(normal(seed, _P_APPLY, ids[n], month, k + 3)):
                    continue
            experienced = g == last and job_level[i] >= job
            vacancy[n] = pick(lucks[s], strides_of, first[at], first[at + 1])
            score[n] = score_of(suits[g, q], experienced, gap, idle[q], able[q], rank_weights, normal_of(ranks[s]))

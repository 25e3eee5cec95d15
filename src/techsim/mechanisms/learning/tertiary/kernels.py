"""L1, mbo, hbo and wo, on arrays."""

from __future__ import annotations

import math

import numpy as np

from techsim.population.compiled import kernel
from techsim.population.draws import BLOCK, fill_uniforms, list_few
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import Flag, Stage

_MBO, _MASTER, _OUT = int(Stage.MBO), int(Stage.WO_MASTER), int(Stage.OUT)
_BACHELOR = int(Stage.WO_BACHELOR)
_GRADUATED, _ROUTE = int(Flag.GRADUATED), int(Flag.TECHNOLOGIEROUTE)
_SLACK = 1.0 + 1e-9
"""What rounding can't reach."""
_P_EXAM, _P_DROPOUT, _P_SWITCH = int(Purpose.DELAY), int(Purpose.DROPOUT), int(Purpose.SWITCH)


@kernel
def misfit(weight, affinity, technical):
    """m = exp(-beta_d a) in a technical field, else 1; ratio."""
    return math.exp(-weight * affinity) if technical else 1.0


@kernel
def monthly(yearly):
    """Chance in each of the ten teaching months that adds up to ``yearly`` over the year."""
    return 1.0 - (1.0 - min(1.0, yearly)) ** 0.1


@kernel
def most_of_month(yearly):
    """What :func:`monthly` is below, without a root: it bends upwards, so up to a half it lies below its chord."""
    return 0.14 * yearly if yearly < 0.5 else yearly


@kernel
def finish(
    seed,
    month,
    ids,
    stage,
    programme,
    enrolled,
    sex,
    region,
    years,
    column,
    level_of,
    field_of,
    pathway_of,
    technical,
    passed,
    ease,
    diploma_of,
    waits,
    diploma,
    level,
    field,
    flags,
    background,
    count,
    by_background,
):
    """Diplomas in July for those who have studied the nominal duration.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (n,); stage, programme, sex, region, background : int8 (n,); enrolled : int16 (n,) [month index]
    years, column, level_of, field_of, pathway_of : int8 (programmes,)
    technical : bool (fields,)
    passed, diploma_of : float64, int8 (columns,)
    ease : float64 (columns, 2, regions), factor on ``passed`` by kind of field (L2)
    waits : bool (n,), those whom a missing internship keeps from the diploma (L4)
    diploma, level, field : int8 (n,), written; diploma and level never lowered
    flags : uint8 (n,), written
    count : int64 (levels, pathways, sexes, regions, 2), added to; bachelors of wo are counted when they leave
    by_background : int64 (levels, backgrounds, 2), the same, added to
    """
    for i in range(ids.size):
        if stage[i] < _MBO or stage[i] > _MASTER:
            continue
        p = programme[i]
        if waits[i] or (month - enrolled[i] + 2) // 12 < years[p]:
            continue
        kind = 1 if technical[field_of[p]] else 0
        if uniform(seed, _P_EXAM, ids[i], month, 0) >= passed[column[p]] * ease[column[p], kind, region[i]]:
            continue
        diploma[i] = max(diploma[i], diploma_of[column[p]])
        if level_of[p] >= level[i]:
            level[i] = level_of[p]
            field[i] = field_of[p]
        flags[i] |= np.uint8(_GRADUATED)
        if stage[i] != _BACHELOR:
            count[level_of[p], pathway_of[p], sex[i], region[i], kind] += 1
            by_background[level_of[p], background[i], kind] += 1


@kernel
def drop_out(
    seed,
    month,
    ids,
    sex,
    region,
    affinity,
    flags,
    enrolled,
    column,
    level_of,
    field_of,
    pathway_of,
    technical,
    first,
    later,
    strain,
    misfit_weight,
    route_ratio,
    stage,
    programme,
    left_education,
    count,
):
    """A teaching month's drop-out.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (n,); sex, region : int8 (n,); affinity : float32 (n,); flags : uint8 (n,); enrolled : int16 (n,)
    column, level_of, field_of, pathway_of : int8 (programmes,); technical : bool (fields,)
    first, later : float64 (columns,) [chance a year]
    strain : float64 (columns, 2, regions), factor on them by kind of field (L2)
    misfit_weight, route_ratio : float
    stage, programme : int8 (n,), written
    left_education : int16 (n,) [month index], written
    count : int64 (levels, pathways, sexes, regions, 2), added to
    """
    asked, rows = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64)
    few, draws = np.empty(BLOCK, dtype=np.uint64), np.empty(BLOCK)
    usual = np.empty(column.size)
    for p in range(column.size):
        c, kind, most = column[p], 1 if technical[field_of[p]] else 0, 0.0
        for r in range(strain.shape[2]):
            most = max(most, strain[c, kind, r])
        usual[p] = max(first[c], later[c]) * most * max(1.0, route_ratio)
    for start in range(0, ids.size, BLOCK):
        studies = stage[start : start + BLOCK]
        for i in range(studies.size):
            asked[i] = (studies[i] >= _MBO) & (studies[i] <= _MASTER)
        listed = list_few(asked, studies.size, rows)  # most blocks are of people of an age at which few study
        least, most = np.float32(np.inf), np.float32(-np.inf)
        for a in range(listed):
            rows[a] += start
            i = np.uintp(rows[a])  # unsigned: no place is counted from the end
            few[a] = ids[i]
            least, most = min(least, affinity[i]), max(most, affinity[i])
        fill_uniforms(seed, _P_DROPOUT, few[:listed], month, 0, draws)
        # Misfit rises or falls with affinity: nobody's is above the higher of the two ends'. Few need their own.
        ends = misfit(misfit_weight, np.float64(least), True), misfit(misfit_weight, np.float64(most), True)
        bound = _SLACK * max(1.0, ends[0], ends[1])
        for a in range(listed):
            i, draw = np.uintp(rows[a]), draws[a]
            p = np.uintp(programme[i])
            if draw >= most_of_month(bound * usual[p]):
                continue
            chance = first[column[p]] if month - enrolled[i] < 12 else later[column[p]]
            chance *= misfit(misfit_weight, np.float64(affinity[i]), technical[field_of[p]])
            chance *= strain[column[p], 1 if technical[field_of[p]] else 0, region[i]]
            if flags[i] & np.uint8(_ROUTE):
                chance *= route_ratio
            if draw < most_of_month(chance) and draw < monthly(chance):  # few need the root
                count[level_of[p], pathway_of[p], sex[i], region[i], 1 if technical[field_of[p]] else 0] += 1
                stage[i] = _OUT
                programme[i] = -1
                left_education[i] = month


@kernel
def switch(
    seed,
    month,
    ids,
    stage,
    sex,
    region,
    affinity,
    column,
    level_of,
    field_of,
    pathway_of,
    technical,
    programme_of,
    chance_of,
    field_shares,
    level_row,
    misfit_weight,
    affinity_weight,
    kind_ratio,
    penalty,
    programme,
    enrolled,
    count,
):
    """Switching sideways in February of the first year (K3).

    Parameters
    ----------
    seed, month : int
    ids : uint64 (n,); stage, sex, region : int8 (n,); affinity : float32 (n,)
    column, level_of, field_of, pathway_of : int8 (programmes,); technical : bool (fields,)
    programme_of : int8 (columns, pathways, fields)
    chance_of : float64 (columns,) [chance in the first year]
    field_shares : float64 (levels of choice, sexes, fields) [share within kind]; level_row : int8 (columns,)
    misfit_weight, affinity_weight, kind_ratio : float; penalty : float64 (regions,) [utility]
    programme : int8 (n,), written
    enrolled : int16 (n,) [month index], written: who switches starts anew, and loses the year
    count : int64 (levels, sexes, 2, 2), added to
    """
    for i in range(ids.size):
        if stage[i] < _MBO or stage[i] > _MASTER or month - enrolled[i] >= 12 or pathway_of[programme[i]] == 1:
            continue
        p = programme[i]
        c, old = column[p], field_of[p]
        chance = (
            chance_of[c]
            * misfit(misfit_weight, np.float64(affinity[i]), technical[old])
            * math.exp(-penalty[region[i]])
        )
        if uniform(seed, _P_SWITCH, ids[i], month, 0) >= min(1.0, chance):
            continue
        total = 0.0
        weights = np.zeros(technical.size)
        for f in range(technical.size):
            if f != old:
                pull = affinity_weight * np.float64(affinity[i]) if technical[f] else 0.0
                kind = 1.0 if technical[f] == technical[old] else kind_ratio
                total += field_shares[level_row[c], sex[i], f] * math.exp(pull) * kind
            weights[f] = total
        u = uniform(seed, _P_SWITCH, ids[i], month, 1) * total
        f = 0
        while f < technical.size - 1 and weights[f] < u:
            f += 1
        programme[i] = programme_of[c, pathway_of[p], f]
        enrolled[i] = month
        count[level_of[p], sex[i], 1 if technical[old] else 0, 1 if technical[f] else 0] += 1

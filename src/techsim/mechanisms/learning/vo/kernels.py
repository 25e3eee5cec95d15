"""L1, vo, on arrays."""

from __future__ import annotations

import math

import numpy as np

from techsim.mechanisms.learning.teachers.kernels import taught_by
from techsim.population.compiled import kernel
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import Flag, Profile, Stage

_VO, _OUT = int(Stage.VO), int(Stage.OUT)
_GRADUATED = int(Flag.GRADUATED)
_TECHNICAL = int(Profile.TECHNICAL)
_P_EXAM, _P_PROMOTION = int(Purpose.EXAM), int(Purpose.PROMOTION)
_SIXTEEN = 192


@kernel
def shifted(chance, shift):
    """logistic(logit(chance) + shift); chances of 0 and 1 stay; float64."""
    if chance <= 0.0 or chance >= 1.0:
        return chance
    odds = chance / (1.0 - chance) * math.exp(shift)
    return odds / (1.0 + odds)


@kernel
def sit_exams(
    seed,
    month,
    ids,
    stage,
    track,
    grade,
    sex,
    region,
    profile,
    ability,
    last,
    passed,
    upper,
    ease,
    ability_weight,
    diploma_of,
    level_of,
    diploma,
    level,
    flags,
    count,
):
    """The final exams of vo in July.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (n,); stage, track, grade, sex, region, profile : int8 (n,); ability : float32 (n,)
    last : int8 (tracks,)
        Final grade.
    passed : float64 (tracks, grades) [chance]
    upper : bool (tracks,), havo and vwo; ease : float64 (2, 2, regions), factor on the chance, of first- and
        second-degree teachers of other and technical subjects (L2)
    ability_weight : float [utility per standard deviation]
    diploma_of, level_of : int8 (tracks,)
        Diploma and labour-market level that the exam gives.
    diploma, level : int8 (n,), written, never lowered
    flags : uint8 (n,), written
    count : int64 (tracks, sexes, regions, 2), added to
    """
    for i in range(ids.size):
        if stage[i] != _VO:
            continue
        t, g = track[i], grade[i]
        if g != last[t]:
            continue
        segment, exact = taught_by(upper[t], g, profile[i])
        chance = shifted(passed[t, g], ability_weight * np.float64(ability[i])) * ease[segment, exact, region[i]]
        if uniform(seed, _P_EXAM, ids[i], month, 0) < chance:
            diploma[i] = max(diploma[i], diploma_of[t])
            level[i] = max(level[i], level_of[t])
            flags[i] |= np.uint8(_GRADUATED)
            count[t, sex[i], region[i], 1 if profile[i] == _TECHNICAL else 0] += 1


@kernel
def promote(
    seed,
    month,
    ids,
    birth_month,
    ability,
    region,
    profile,
    upper,
    strain,
    last,
    repeat,
    down,
    leave,
    lower,
    ability_weight,
    down_penalty,
    stage,
    track,
    grade,
    flags,
    left_education,
):
    """Promotion in August of those who did not graduate.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (n,); birth_month : int16 (n,); ability : float32 (n,); region, profile : int8 (n,)
    upper : bool (tracks,), havo and vwo; strain : float64 (2, 2, regions), factor on repeating, as ``ease`` of
        :func:`sit_exams`
    last : int8 (tracks,)
        Final grade.
    repeat, down, leave : float64 (tracks, grades) [chance a year]
    lower : int8 (tracks,)
        Track below, -1 for none.
    ability_weight : float [utility per standard deviation]
    down_penalty : float64 (regions,) [utility], w_down (kappa - 1)
    stage, track, grade : int8 (n,), written
    flags : uint8 (n,), read
    left_education : int16 (n,), written
    """
    for i in range(ids.size):
        if stage[i] != _VO or flags[i] & np.uint8(_GRADUATED):
            continue
        t, g = track[i], grade[i]
        u = uniform(seed, _P_PROMOTION, ids[i], month, 0)
        x = ability_weight * np.float64(ability[i])
        bound = leave[t, g]
        if u < bound:
            if month - birth_month[i] >= _SIXTEEN:
                stage[i] = _OUT
                left_education[i] = month
            continue
        if g == last[t]:
            continue
        segment, exact = taught_by(upper[t], g, profile[i])
        bound += shifted(repeat[t, g], -x) * strain[segment, exact, region[i]]
        if u < bound:
            continue
        bound += shifted(down[t, g], -x - down_penalty[region[i]])
        if u < bound and lower[t] >= 0:
            track[i] = lower[t]
        grade[i] = min(g + 1, last[track[i]])

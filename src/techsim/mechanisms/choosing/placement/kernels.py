"""K2, placement, on arrays."""

from __future__ import annotations

import math

import numpy as np

from techsim.population.compiled import kernel
from techsim.population.randomness import Purpose, normal
from techsim.population.states import FlowNode, Stage

_PRIMARY, _VO = int(Stage.PRIMARY), int(Stage.VO)
_START = int(FlowNode.VO_START)
_PURPOSE = int(Purpose.PLACEMENT)
_TWELVE = 143
"""Months of age in August of the youngest who turn twelve before 1 October."""


@kernel
def score(ability, noise, weight, shift):
    """Advice score: weight * ability + sqrt(1 - weight^2) * noise + shift; standard deviations."""
    return weight * ability + math.sqrt(1.0 - weight * weight) * noise + shift


@kernel
def place(
    seed,
    month,
    cohort_year,
    ids,
    birth_month,
    sex,
    background,
    ability,
    weight,
    shifts,
    order,
    bounds,
    stage,
    track,
    grade,
    cohort,
    node,
    count,
):
    """Place the pupils who turn twelve before 1 October.

    Parameters
    ----------
    seed, month, cohort_year : int
    ids : uint64 (n,)
    birth_month : int16 (n,) [month index]
    sex, background : int8 (n,)
    ability : float32 (n,) [standard deviations]
    weight : float
    shifts : float64 (backgrounds,) [standard deviations]
    order : int8 (tracks,)
        Tracks from the lowest advice to the highest.
    bounds : float64 (tracks,) [standard deviations]
        Upper bound of the score in that order; the last is infinite.
    stage, track, grade, node : int8 (n,), written
    cohort : int8 (n,) [years since 2000], written
    count : int64 (tracks, sexes, backgrounds), added to
    """
    for i in range(ids.size):
        if stage[i] != _PRIMARY or month - birth_month[i] < _TWELVE:
            continue
        noise = normal(seed, _PURPOSE, ids[i], 0, 0)
        z = score(np.float64(ability[i]), noise, weight, shifts[background[i]])
        k = 0
        while z >= bounds[k]:
            k += 1
        stage[i], track[i], grade[i] = _VO, order[k], 1
        cohort[i] = cohort_year
        node[i] = _START
        count[order[k], sex[i], background[i]] += 1

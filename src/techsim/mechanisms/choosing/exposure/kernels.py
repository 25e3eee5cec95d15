"""K1 on arrays."""

from __future__ import annotations

import numpy as np

from techsim.population.compiled import kernel
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import Flag, Stage

_PRIMARY = int(Stage.PRIMARY)
_EXPOSED = int(Flag.WT_EXPOSED)
_PURPOSE = int(Purpose.EXPOSURE)
_TEN, _ELEVEN = 119, 131
"""Months of age in August of the pupils who turn ten before 1 October."""


@kernel
def expose(
    seed,
    month,
    ids,
    birth_month,
    stage,
    sex,
    background,
    region,
    share,
    support,
    teaching,
    intensity,
    effects,
    affinity,
    flags,
    reached,
    count,
):
    """Expose the ten-year-olds of the schools that offer W&T.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (n,)
    birth_month : int16 (n,) [month index]
    stage, sex, background, region : int8 (n,)
    share : float64 (regions,) [share of schools]
    support : float64 (regions,) [share of schools]
        Of those with a lever's support, which are among those that offer it.
    teaching : float64 (regions,) [relative to the start]
    intensity : float [ratio]
        How much more exposure does with support.
    effects : float64 (3,) [standard deviations]
        For all, extra for girls, extra for pupils with a migration background.
    affinity : float32 (n,) [standard deviations], written
    flags : uint8 (n,), written
    reached : bool (n,), written
        Whom schools with support teach; of length 0 where there are none.
    count : int64 (sexes, regions), added to
    """
    for i in range(ids.size):
        age = month - birth_month[i]
        if stage[i] != _PRIMARY or age < _TEN or age >= _ELEVEN:
            continue
        u = uniform(seed, _PURPOSE, ids[i], 0, 0)
        if u < share[region[i]]:
            shift = effects[0]
            if sex[i] == 1:
                shift += effects[1]
            if background[i] != 0:
                shift += effects[2]
            quality = teaching[region[i]]
            if reached.size and u < support[region[i]]:
                reached[i] = True
                quality *= 1.0 + intensity
            affinity[i] = np.float32(affinity[i] + shift * quality)
            flags[i] |= np.uint8(_EXPOSED)
            count[sex[i], region[i]] += 1

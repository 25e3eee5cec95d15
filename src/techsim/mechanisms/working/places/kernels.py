"""L4, places, on arrays."""

from __future__ import annotations

import math

import numpy as np

from techsim.mechanisms.working.participation.kernels import WIDEST
from techsim.population.compiled import kernel
from techsim.population.draws import BLOCK, fill_words, list_few
from techsim.population.randomness import Purpose, normal_of
from techsim.population.states import Labour, Stage

_EMPLOYED, _MBO = int(Labour.EMPLOYED), int(Stage.MBO)
_P_RETIREMENT = int(Purpose.RETIREMENT)


@kernel
def count_retiring(seed, ages_before, ids, birth_month, month, labour, luck, employer, occupation, spread, count):
    """Add workers who reach their own age of retirement within some years to ``count``, for several numbers of them.

    Parameters
    ----------
    seed, month : int
    ages_before : float64 (k,)
        Mean age of retirement less the years [years].
    ids : uint64 (n,); birth_month : int16 (n,); labour, employer, occupation : int8 (n,)
    luck : int16 (n,) [months], what is kept of the draw for retiring, see ``participation.state.Luck``: it spares most
        of those who do not reach it the normal draw
    spread : float, standard deviation of ages of retirement [years]
    count : int64 (k, E, G), added to
    """
    youngest, lowest = np.empty(ages_before.size, dtype=np.int32), np.inf
    for h in range(ages_before.size):
        youngest[h] = math.ceil((ages_before[h] - WIDEST * spread) * 12.0)
        lowest = min(lowest, ages_before[h])
    born = np.int16(month - math.ceil((lowest - WIDEST * spread) * 12.0))
    latest = np.int16(month - math.floor(lowest * 12.0))
    asked, rows = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64)
    some, first = np.empty(BLOCK, dtype=np.uint64), np.empty(BLOCK, dtype=np.uint32)
    second = np.empty_like(first)
    for start in range(0, ids.size, BLOCK):
        block = slice(start, min(start + BLOCK, ids.size))
        births, states, lots = birth_month[block], labour[block], luck[block]
        for i in range(states.size):
            may = (births[i] <= born) & (np.int16(births[i] + lots[i]) <= latest)
            asked[i] = may & (states[i] == _EMPLOYED)
        found = list_few(asked, states.size, rows)
        for k in range(found):
            rows[k] += start
            some[k] = ids[rows[k]]
        fill_words(seed, _P_RETIREMENT, some[:found], 0, first, second)
        for k in range(found):
            i = rows[k]
            months = np.int32(month) - np.int32(birth_month[i])
            later = spread * normal_of((np.uint64(first[k]) << np.uint64(32)) | np.uint64(second[k]))
            for h in range(youngest.size):
                if months >= youngest[h] and months / 12.0 >= ages_before[h] + later:
                    count[h, employer[i], occupation[i]] += 1


@kernel
def count_students(stage, programme, region, pathway_of, pathway, field_of, count):
    """Add mbo students of a pathway to ``count`` by field of the programme and region of residence.

    Parameters
    ----------
    stage, programme, region : int8 (n,); pathway_of, field_of : int8 (programmes,); pathway : int
    count : int64 (G, R), added to
    """
    for i in range(stage.size):
        if stage[i] == _MBO and programme[i] >= 0 and pathway_of[programme[i]] == pathway:
            count[field_of[programme[i]], region[i]] += 1

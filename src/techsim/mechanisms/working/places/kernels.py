"""L4, places, on arrays."""

from __future__ import annotations

import math

import numba
import numpy as np

from techsim.mechanisms.working.participation.kernels import WIDEST, find_retiring
from techsim.population.draws import BLOCK, list_places
from techsim.population.randomness import Purpose, normal
from techsim.population.states import Labour, Stage

_EMPLOYED, _MBO = int(Labour.EMPLOYED), int(Stage.MBO)
_P_RETIREMENT = int(Purpose.RETIREMENT)


@numba.njit(cache=True, nogil=True)
def count_retiring(seed, ages_before, ids, birth_month, month, labour, employer, occupation, spread, count):
    """Add workers who reach their own age of retirement within the training to ``count``.

    Parameters
    ----------
    seed, month : int
    ages_before : float
        Mean age of retirement less the years of training [years].
    ids : uint64 (n,); birth_month : int16 (n,); labour, employer, occupation : int8 (n,)
    spread : float, standard deviation of ages of retirement [years]
    count : int64 (E, G), added to
    """
    some, rows, may = np.empty(BLOCK, dtype=np.uint64), np.empty(BLOCK, dtype=np.int64), np.empty(BLOCK, dtype=np.bool_)
    youngest = np.int32(math.ceil((ages_before - WIDEST * spread) * 12.0))
    for start in range(0, ids.size, BLOCK):
        block = slice(start, min(start + BLOCK, ids.size))
        births, states = birth_month[block], labour[block]
        if month - births.min() < youngest:
            continue
        may[:] = False
        find_retiring(seed, month, ids[block], births, states, youngest, ages_before, spread, some, rows, may)
        for k in rows[: list_places(may[: states.size], rows)]:
            i, age = start + k, (np.int32(month) - np.int32(births[k])) / 12.0
            if states[k] == _EMPLOYED and age >= ages_before + spread * normal(seed, _P_RETIREMENT, ids[i], 0, 0):
                count[employer[i], occupation[i]] += 1


@numba.njit(cache=True, nogil=True)
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

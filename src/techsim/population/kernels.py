"""People counted for the identities of a month: by stage, and those whose codes contradict each other."""

from __future__ import annotations

import numba
import numpy as np

from techsim.population.draws import BLOCK
from techsim.population.states import NONE, Labour, Stage

_VO, _MBO, _MASTER, _OUT = int(Stage.VO), int(Stage.MBO), int(Stage.WO_MASTER), int(Stage.OUT)
_EMPLOYED, _UNEMPLOYED = int(Labour.EMPLOYED), int(Labour.UNEMPLOYED)
_NONE, _STATES = NONE, len(Labour)
_BYTES = 4 * BLOCK
"""People whose stage is compared at a time, fewer than a count of 16 bits holds."""
CONTRADICTIONS = (
    "students without a programme of their stage",
    "pupils without track and grade",
    "people out of school with a programme",
    "people in no known state",
    "full-time students in the labour force",
    "bbl students without a job",
)
"""What :func:`count_contradictions` counts, in its order."""


@numba.njit(cache=True, nogil=True)
def count_contradictions(stage, programme, track, grade, labour, programme_stage, bbl, found):
    """Count the people whose codes contradict each other.

    Parameters
    ----------
    stage, programme, track, grade, labour : int8 (n,)
    programme_stage : int (programmes,)
    bbl : bool (programmes,)
        Whether a programme is work-based.
    found : int64 (6,), added to, by :data:`CONTRADICTIONS`
    """
    rows, looked_at = np.empty(BLOCK, dtype=np.int32), np.empty(BLOCK, dtype=np.uint8)
    for start in range(0, stage.size, BLOCK):
        block = slice(start, min(start + BLOCK, stage.size))
        stages, programmes, states = stage[block], programme[block], labour[block]
        tracks, grades = track[block], grade[block]
        some = np.uint8(0)
        # Most are plainly in order. The vector unit tells, if there is no branch.
        for i in range(stages.size):
            s, p, state = stages[i], programmes[i], states[i]
            studies = (s == _VO) & (p < 0) & (tracks[i] != _NONE) & (grades[i] >= 1)
            plain = (s < _VO) | ((s == _OUT) & (p == _NONE)) | (studies & (state != _EMPLOYED) & (state != _UNEMPLOYED))
            looked_at[i] = not (plain & (state >= 0) & (state < _STATES))
            some |= looked_at[i]
        if not some:
            continue
        count = 0
        for i in range(stages.size):
            rows[count] = i
            count += looked_at[i]
        for i in rows[:count]:
            s, p, state = stages[i], programmes[i], states[i]
            if state < 0 or state >= _STATES:
                found[3] += 1
            if s == _OUT:
                found[2] += p != _NONE
            elif _VO <= s <= _MASTER:
                if s == _VO:
                    found[1] += tracks[i] == _NONE or grades[i] < 1
                elif p == _NONE or programme_stage[p] != s:
                    found[0] += 1
                if p >= 0 and bbl[p]:
                    found[5] += state != _EMPLOYED
                else:
                    found[4] += state in (_EMPLOYED, _UNEMPLOYED)


@numba.njit(cache=True, nogil=True)
def count_stages(stage, count):
    """Count people by stage, a stage at a time in blocks: the vector unit compares some 60 of them at once.

    Parameters
    ----------
    stage : int8 (n,)
    count : int64 (stages,), added to; who has none of these is not counted
    """
    for start in range(0, stage.size, _BYTES):
        block = stage[start : start + _BYTES]
        for s in range(count.size):
            code, there = np.int8(s), np.uint16(0)  # of 16 bits, as many more of them are added at once than of 64
            for i in range(block.size):
                there = np.uint16(there + np.uint16(block[i] == code))
            count[s] += there

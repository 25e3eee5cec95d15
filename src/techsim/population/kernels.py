"""People whose codes contradict each other: an identity of the month, counted in one pass over everyone."""

from __future__ import annotations

import numba

from techsim.population.states import NONE, Labour, Stage

_VO, _MBO, _MASTER, _OUT = int(Stage.VO), int(Stage.MBO), int(Stage.WO_MASTER), int(Stage.OUT)
_EMPLOYED, _UNEMPLOYED = int(Labour.EMPLOYED), int(Labour.UNEMPLOYED)
_NONE, _STATES = NONE, len(Labour)
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
    for i in range(stage.size):
        s, p, state = stage[i], programme[i], labour[i]
        if state < 0 or state >= _STATES:
            found[3] += 1
        if s == _OUT:
            found[2] += p != _NONE
        elif _VO <= s <= _MASTER:
            if s == _VO:
                found[1] += track[i] == _NONE or grade[i] < 1
            elif p == _NONE or programme_stage[p] != s:
                found[0] += 1
            if p >= 0 and bbl[p]:
                found[5] += state != _EMPLOYED
            else:
                found[4] += state in (_EMPLOYED, _UNEMPLOYED)

"""People counted for the identities of a month, by stage and by contradictions; at the start, exchanges of jobs (W5),
ranks within groups and the categories to which they lead."""

from __future__ import annotations

import math

import numpy as np

from techsim.population.compiled import kernel
from techsim.population.draws import BLOCK, list_few
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import NONE, Labour, Stage

_VO, _MBO, _MASTER, _OUT = int(Stage.VO), int(Stage.MBO), int(Stage.WO_MASTER), int(Stage.OUT)
_EMPLOYED, _UNEMPLOYED = int(Labour.EMPLOYED), int(Labour.UNEMPLOYED)
_START_JOB = int(Purpose.START_JOB)
_NONE, _STATES = NONE, len(Labour)
_BYTES = 2 * BLOCK
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


@kernel
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
    rows, looked_at = np.empty(BLOCK, dtype=np.int64), np.empty(BLOCK, dtype=np.bool_)
    for start in range(0, stage.size, BLOCK):
        block = slice(start, min(start + BLOCK, stage.size))
        stages, programmes, states = stage[block], programme[block], labour[block]
        tracks, grades = track[block], grade[block]
        # Most are plainly in order. The vector unit tells, if there is no branch.
        for i in range(stages.size):
            s, p, state = stages[i], programmes[i], states[i]
            studies = (s == _VO) & (p < 0) & (tracks[i] != _NONE) & (grades[i] >= 1)
            plain = (s < _VO) | ((s == _OUT) & (p == _NONE)) | (studies & (state != _EMPLOYED) & (state != _UNEMPLOYED))
            looked_at[i] = not (plain & (state >= 0) & (state < _STATES))
        for i in rows[: list_few(looked_at, stages.size, rows)]:
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


@kernel
def count_stages(stage, count):
    """Count people by stage, a stage at a time in blocks: the vector unit compares many of them at once.

    People are stored by age, so that most blocks hold few stages: the last is asked for first, as most have left
    education, then the others in their order, until everyone is counted.

    Parameters
    ----------
    stage : int8 (n,)
    count : int64 (stages,), added to; who has none of these is not counted
    """
    for start in range(0, stage.size, _BYTES):
        block = stage[start : start + _BYTES]
        left = block.size
        for turn in range(count.size):
            if left == 0:
                break
            s = turn - 1 if turn else count.size - 1
            code, there = np.int8(s), np.uint16(0)  # of 16 bits, as many more of them are added at once than of 64
            for i in range(block.size):
                there = np.uint16(there + np.uint16(block[i] == code))
            count[s] += there
            left -= there


@kernel
def exchange_jobs(seed, draw, distance, ids, within, size, region, odds, sector_of, occupation, employer):
    """Let people at a distance meet, who exchange jobs with chance min(1, q[r, s'] q[r', s] / (q[r, s] q[r', s'])).

    Parameters
    ----------
    draw : int, of purpose START_JOB; distance : int, a power of two
    ids : uint64 (n,), people by group; within, size : int64 (n,), position in the group and people in it
    region : int8 (n,), of the job; odds : float64 (regions, sectors), log q
    sector_of : int64 (employers,), sector of a type of employer
    occupation, employer : int8 (n,), exchanged
    """
    for i in range(ids.size):
        if within[i] & distance or within[i] + distance >= size[i]:
            continue
        j = i + distance
        r, o, s, t = region[i], region[j], sector_of[employer[i]], sector_of[employer[j]]
        gain = odds[r, t] + odds[o, s] - odds[r, s] - odds[o, t]
        if gain >= 0.0 or math.log(uniform(seed, _START_JOB, ids[i], 0, draw)) < gain:
            occupation[i], occupation[j] = occupation[j], occupation[i]
            employer[i], employer[j] = employer[j], employer[i]


@kernel
def rank_within(order, group, sizes, rank):
    """Count people within their groups, in an order.

    Parameters
    ----------
    order : int64 (n,), everybody once
    group : int64 (n,), position in ``sizes``
    sizes : int64 (groups,), zeros; filled with the people of each group
    rank : int64 (n,), filled
    """
    for i in order:
        rank[i] = sizes[group[i]]
        sizes[group[i]] += 1


@kernel
def count_reached(value, group, limits, reached):
    """Count the limits of their group that people reach.

    Parameters
    ----------
    value : float64 (n,)
    group : int64 (n,), row of ``limits``
    limits : float64 (groups, k)
    reached : int64 (n,), filled
    """
    for i in range(value.size):
        count = np.int64(0)
        for k in range(limits.shape[1]):
            count += value[i] >= limits[group[i], k]
        reached[i] = count

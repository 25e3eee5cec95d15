"""Rosters of learning on arrays: who works, hours summed by cell, who leaves and who comes."""

from __future__ import annotations

import numpy as np

from techsim.population.compiled import kernel
from techsim.population.draws import BLOCK, list_few
from techsim.population.states import Labour, Stage

_EMPLOYED, _OUT = int(Labour.EMPLOYED), int(Stage.OUT)
_MBO, _MASTER = int(Stage.MBO), int(Stage.WO_MASTER)
HUNDRED = 100
"""Parts of a full-time post that hours of persons are counted in."""


@kernel
def is_at_work(row, labour, stage):
    """Whether somebody stored in ``row``, -1 for who is not here any more, has left education and has a job."""
    return row >= 0 and labour[row] == _EMPLOYED and stage[row] == _OUT


@kernel
def marked(rows, size):
    """A bit for each of ``size`` people, set for those in ``rows`` int64 (k,); uint8, a few thousand bytes to look in
    where a bool each would take the cache."""
    bits = np.zeros((size + 7) >> 3, dtype=np.uint8)
    for row in rows:
        bits[row >> 3] |= np.uint8(1 << (row & 7))
    return bits


@kernel
def is_marked(bits, row):
    """Whether the bit of a row is set in what :func:`marked` has made."""
    return (bits[row >> 3] >> np.uint8(row & 7)) & np.uint8(1) != 0


@kernel
def sum_lent(
    segment, kind, rows, hours, ready, month, lost, employer, occupation, job_level, job_region, whole, lent, by_region,
):  # fmt: skip
    """Hours of those who teach in ``month``, and the hours of production that they take, by the cell of their job
    elsewhere.

    Parameters
    ----------
    segment, kind : int8 (m,); rows, hours, ready : int64 (m,), as of a roster
    month : int
    employer, occupation, job_level, job_region : int8 (n,)
    lost : float, full-time workers for each hundredth of full time that is taught
    whole : int64 (S, K, R), zero, written: hundredths of full time
    lent : float64 (E, G, L, R), zero, written; full-time workers
    by_region : float64 (R,), zero, written, the same over all else
    """
    for j in range(rows.size):
        if ready[j] <= month:
            i = rows[j]
            r = job_region[i]
            whole[segment[j], kind[j], r] += hours[j]
            lent[employer[i], occupation[i], job_level[i], r] += hours[j]
    # Whole numbers until here: no sum hangs on who comes first.
    cells = lent.reshape(lent.size // by_region.size, by_region.size)
    for c, r in np.ndindex(cells.shape):
        cells[c, r] *= lost
        by_region[r] += cells[c, r]


@kernel
def _put(some, here, others, there):
    """Copy entry ``here`` of the columns of a roster to entry ``there`` of another's."""
    others[0][there], others[1][there], others[2][there] = some[0][here], some[1][here], some[2][here]
    others[3][there], others[4][there], others[5][there] = some[3][here], some[4][here], some[5][here]
    others[6][there] = some[6][here]


@kernel
def close_ranks(columns, stays):
    """Move up those who stay; the number of them.

    Parameters
    ----------
    columns : tuple of seven arrays (m,), written
    stays : bool (m,)
    """
    kept = 0
    for j in range(stays.size):
        if stays[j]:
            if kept < j:
                _put(columns, j, columns, kept)
            kept += 1
    return kept


@kernel
def merge(ours, theirs, since, months):
    """A roster and those of other people who have a segment become one, seven arrays, in order of id.

    Parameters
    ----------
    ours : tuple of seven arrays (m,); first ids, uint64, ascending
    theirs : tuple of the first five of them (k,), in any order; segment, the third, is -1 for those who don't come
    since : int, month in which they begin; months : int64 (k,), after which they teach
    """
    ids, segment = theirs[0], theirs[2]
    order, comes = np.empty(ids.size, dtype=np.int64), 0
    for j in range(ids.size):
        if segment[j] >= 0:
            at = comes
            while at > 0 and ids[order[at - 1]] > ids[j]:
                order[at] = order[at - 1]
                at -= 1
            order[at] = j
            comes += 1
    size = ours[0].size + comes
    whole = (np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64))
    codes = (np.empty(size, dtype=np.int8), np.empty(size, dtype=np.int8))
    every = (np.empty(size, dtype=np.uint64), np.empty(size, dtype=np.int64), *codes, *whole)
    a, b = 0, 0
    for at in range(size):
        if b == comes or (a < ours[0].size and ours[0][a] < ids[order[b]]):
            _put(ours, a, every, at)
            a += 1
        else:
            j = order[b]
            every[0][at], every[1][at], every[2][at] = ids[j], theirs[1][j], segment[j]
            every[3][at], every[4][at], every[5][at] = theirs[3][j], theirs[4][j], since
            every[6][at] = since + months[j]
            b += 1
    return every


@kernel
def count_technical_students(stage, programme, region, field_of, level_of, technical, count):
    """Students of technical fields by field, level and region of residence.

    Parameters
    ----------
    stage, programme, region : int8 (n,)
    field_of, level_of : int8 (programmes,)
    technical : bool (fields,)
    count : int64 (fields, levels, R), added to
    """
    asked, rows = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64)
    for start in range(0, stage.size, BLOCK):
        studies = stage[start : start + BLOCK]
        for i in range(studies.size):
            asked[i] = (studies[i] >= _MBO) & (studies[i] <= _MASTER)
        for k in rows[: list_few(asked, studies.size, rows)]:
            i = start + k
            p = programme[i]
            if p >= 0 and technical[field_of[p]]:
                count[field_of[p], level_of[p], region[i]] += 1

"""Rosters of learning on arrays: hours summed by cell, and two lists by id made one."""

from __future__ import annotations

import numba
import numpy as np

from techsim.population.states import Labour, Stage

_EMPLOYED, _OUT = int(Labour.EMPLOYED), int(Stage.OUT)


@numba.njit(cache=True, nogil=True)
def have_jobs(rows, labour, stage, occupation, education, inside, stays):
    """Who of a list has left education and has a job, in education if ``inside`` and elsewhere if not.

    Parameters
    ----------
    rows : int64 (m,), -1 for who is not here any more
    labour, stage, occupation : int8 (n,)
    education : int, group of education
    inside : bool
    stays : bool (m,), written
    """
    for j in range(rows.size):
        i = rows[j]
        works = i >= 0 and labour[i] == _EMPLOYED and stage[i] == _OUT
        stays[j] = works and (occupation[i] == education) == inside


@numba.njit(cache=True, nogil=True)
def sum_hours(segment, kind, region, hours, ready, month, whole):
    """Hours of those who teach in ``month``, by segment, kind and region.

    Parameters
    ----------
    segment, kind, region : int8 (m,); hours : int64 (m,); ready : int64 (m,), month from which they teach
    month : int
    whole : int64 (S, K, R), added to
    """
    for j in range(segment.size):
        if ready[j] <= month:
            whole[segment[j], kind[j], region[j]] += hours[j]


@numba.njit(cache=True, nogil=True)
def sum_lent(rows, hours, ready, month, employer, occupation, job_level, job_region, whole):
    """Hours of those who teach in ``month``, by the cell of their job elsewhere.

    Parameters
    ----------
    rows, hours, ready : int64 (m,), as of :func:`sum_hours`
    month : int
    employer, occupation, job_level, job_region : int8 (n,)
    whole : int64 (E, G, L, R), added to
    """
    for j in range(rows.size):
        if ready[j] <= month:
            i = rows[j]
            whole[employer[i], occupation[i], job_level[i], job_region[i]] += hours[j]


@numba.njit(cache=True, nogil=True)
def merged(ours, theirs):
    """Order in which two lists, one put behind the other, are one list; int64 (m + k,).

    Parameters
    ----------
    ours, theirs : uint64 (m,), (k,), ascending each, with nobody in both
    """
    order = np.empty(ours.size + theirs.size, dtype=np.int64)
    a, b = 0, 0
    for at in range(order.size):
        if b == theirs.size or (a < ours.size and ours[a] < theirs[b]):
            order[at] = a
            a += 1
        else:
            order[at] = ours.size + b
            b += 1
    return order

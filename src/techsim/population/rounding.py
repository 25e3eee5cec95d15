"""Whole people from fractions: roundings that keep margins, and draws that keep shares."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.population.kernels import count_reached, rank_within

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

GOLDEN = 0.6180339887498949
"""Fractional part of the golden ratio: its multiples fill the unit interval evenly."""
_SIXTEEN_BITS = 65535
"""Largest whole number that numpy sorts by radix."""


def controlled(values: Floats, sums: Counts | None = None, margins: Floats | None = None) -> Counts:
    """Round a table so that the sums of rows, of columns and of groups of columns stay close.

    Rows are rounded in turn; what a column is owed is carried to the next row, and whole people go first to the
    columns to which, with their margins, most is owed (error diffusion).

    Parameters
    ----------
    values : float64 (rows, columns), not negative
    sums : int64 (rows,), optional
        Sums of the rows; otherwise those of the running total rounded.
    margins : float64 (columns, groups), optional
        1 where a column belongs to a group whose sum over all rows shall stay close too.

    Returns
    -------
    int64 (rows, columns)
    """
    out = np.zeros(values.shape, dtype=np.int64)
    owed = np.zeros(values.shape[1])
    wanted = np.diff(np.rint(np.cumsum(values.sum(axis=1))), prepend=0.0) if sums is None else sums
    for row in range(len(values)):
        owed += values[row]
        given = np.maximum(np.floor(owed), 0.0)
        missing = int(wanted[row] - given.sum())
        if missing:
            _give(given, owed, missing, margins)
        out[row] = given
        owed -= given
    return out


def _give(given: Floats, owed: Floats, missing: int, margins: Floats | None) -> None:
    """Give ``missing`` whole people more, or take as many if it is negative, of who has any; all (columns,)."""
    step = 1 if missing > 0 else -1
    urgency = _urgency(given, owed, step, margins)
    for _ in range(abs(missing)):
        most = int(urgency.argmax())
        given[most] += step
        if margins is not None:
            urgency = _urgency(given, owed, step, margins)
        else:  # it is another of this column alone
            urgency[most] = -np.inf if given[most] == 0 and step < 0 else step * (owed[most] - given[most])


def _urgency(given: Floats, owed: Floats, step: int, margins: Floats | None) -> Floats:
    urgency = step * (owed - given)
    if margins is not None:
        urgency = urgency + margins @ (margins.T @ urgency)
    if step < 0:
        urgency[given == 0] = -np.inf
    return np.asarray(urgency)


def ranks(group: npt.NDArray[np.int64], key: Floats) -> tuple[Counts, Counts]:
    """Rank of each person within his or her group by ``key``, and the group's size; two int64 arrays (n,)."""
    least, most = (int(group.min()), int(group.max())) if group.size else (0, 0)
    from_zero = group - least
    sizes, rank = np.zeros(most - least + 1, dtype=np.int64), np.empty(group.size, dtype=np.int64)
    rank_within(_by_key(key), from_zero, sizes, rank)
    return rank, sizes[from_zero]


def by_group(group: npt.NDArray[np.int64], key: Floats, ids: npt.NDArray[np.uint64] | None = None) -> Counts:
    """As ``np.lexsort((ids, key, group))``, of equals in their order without ``ids``, at a fraction of its time.

    Groups are sorted by radix.
    """
    order = _by_key(key, ids)
    of_key = group[order]
    if group.size and of_key.min() >= 0 and of_key.max() <= _SIXTEEN_BITS:
        of_key = of_key.astype(np.uint16)
    return order[np.argsort(of_key, kind="stable")]


def _by_key(key: Floats, ids: npt.NDArray[np.uint64] | None = None) -> Counts:
    """As ``np.lexsort((ids, key))``: by a quick sort, after which the few keys that are equal are put in order."""
    order = np.argsort(key)
    ascending = key[order]
    equal = np.flatnonzero(ascending[1:] == ascending[:-1])
    for run in np.split(equal, np.flatnonzero(np.diff(equal) > 1) + 1) if equal.size else ():
        some = slice(run[0], run[-1] + 2)
        order[some] = np.sort(order[some])
        if ids is not None:
            order[some] = order[some][np.argsort(ids[order[some]], kind="stable")]
    return order


def stratified(group: npt.NDArray[np.int64], key: Floats, shares: Floats) -> Counts:
    """Give each person a category such that the group's shares are kept as closely as whole people allow.

    Parameters
    ----------
    group : int64 (n,)
        Row of ``shares``.
    key : float64 (n,)
        Order within the group: the first categories go to those with the lowest key.
    shares : float64 (groups, categories), rows adding up to one

    Returns
    -------
    int64 (n,), category
    """
    rank, size = ranks(group, key)
    shift = np.arange(1, len(shares) + 1) * GOLDEN % 1.0
    u = (rank + shift[group]) / np.maximum(size, 1)
    return reached(u, group, np.cumsum(shares, axis=1)[:, :-1] - 1e-12)


def reached(value: Floats, group: npt.NDArray[np.int64], limits: Floats) -> Counts:
    """How many of the limits of their group people reach; int64 (n,). value : (n,); limits : (groups, k)."""
    out = np.empty(group.size, dtype=np.int64)
    count_reached(value, group, np.ascontiguousarray(limits), out)
    return out


def chosen(chance: Floats, key: Floats, group: npt.NDArray[np.int64] | None = None) -> npt.NDArray[np.bool_]:
    """Who is chosen, each with his or her chance, such that the number chosen is the sum of chances rounded.

    Systematic sampling in the order of ``key``, of groups one after the other if there are any; bool (n,).
    """
    order = by_group(np.zeros(key.size, dtype=np.int64) if group is None else group, key)
    steps = np.floor(np.cumsum(chance[order]) + 0.5)
    out = np.empty(chance.size, dtype=np.bool_)
    out[order] = np.diff(steps, prepend=0.0) > 0
    return out

"""Series that are as smooth as given sums allow."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def smoothest(constraints: Floats, totals: Floats, before: float | None = None) -> Floats:
    """The series x that minimises the sum of its squared first differences subject to ``constraints @ x = totals``.

    The principle of Boot, Feibes and Lisman, "Further methods of derivation of quarterly figures from annual data",
    Applied Statistics 16 (1967): no steps at the borders of groups, and the sums are kept exactly.

    Parameters
    ----------
    constraints : float64 (groups, entries)
        Independent rows.
    totals : float64 (groups,)
    before : float, optional
        The entry before the first; the step from it counts as a difference too.

    Returns
    -------
    float64 (entries,)
    """
    groups, entries = constraints.shape
    steps = np.diff(np.eye(entries), axis=0)
    start = np.zeros(entries)
    if before is not None:
        steps = np.vstack([np.eye(1, entries), steps])
        start[0] = before
    system = np.zeros((entries + groups, entries + groups))
    system[:entries, :entries] = steps.T @ steps
    system[:entries, entries:] = constraints.T
    system[entries:, :entries] = constraints
    return solved(system, np.concatenate([start, totals]))[:entries]


def solved(matrix: Floats, right: Floats) -> Floats:
    """Solve ``matrix @ x = right`` by Gaussian elimination with partial pivoting, element by element.

    ``np.linalg.solve`` adds in an order that depends on the number of threads that its library uses, so that a worker
    with one thread got another last digit than a process with two; here the order is fixed.

    Parameters
    ----------
    matrix : float64 (n, n)
    right : float64 (n,)

    Returns
    -------
    float64 (n,)

    Raises
    ------
    numpy.linalg.LinAlgError
        If the matrix is singular.
    """
    size = right.size
    rows = np.column_stack([matrix, right])
    for k in range(size):
        pivot = k + int(np.argmax(np.abs(rows[k:, k])))
        if rows[pivot, k] == 0.0:
            raise np.linalg.LinAlgError("singular matrix")
        rows[[k, pivot]] = rows[[pivot, k]]
        below = k + 1 + np.flatnonzero(rows[k + 1 :, k])
        filled = k + np.flatnonzero(rows[k, k:])
        rows[np.ix_(below, filled)] -= np.multiply.outer(rows[below, k] / rows[k, k], rows[k, filled])
    for k in range(size - 1, -1, -1):
        rows[k, size] /= rows[k, k]
        rows[:k, size] -= rows[:k, k] * rows[k, size]
    return np.asarray(rows[:, size])

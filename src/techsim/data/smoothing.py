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
    solution = np.linalg.solve(system, np.concatenate([start, totals]))
    return np.asarray(solution[:entries])

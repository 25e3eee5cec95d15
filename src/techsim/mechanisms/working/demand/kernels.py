"""W1, demand, on arrays: the staff that employers want, cell by cell."""

from __future__ import annotations

import numpy as np

from techsim.population.compiled import kernel


@kernel
def fill_desired(base_share, sector, growth, jobs, cycle, desired):
    """D = N_r (1 - u) a_r b_sglr g_sgl (1 + e c_s x_s): a region's jobs by its cells' shares, and by the cycle.

    Parameters
    ----------
    base_share : float64 (E, G, L, R), b
    sector : int64 (E,), of a type of employer
    growth : float64 (S, G, L), g
    jobs : float64 (R,), N (1 - u) a
    cycle : float64 (S,), 1 + e c x
    desired : float64 (E, G, L, R), written
    """
    employers, groups, levels, regions = base_share.shape
    total = np.zeros(regions)
    for e in range(employers):
        for g in range(groups):
            for lv in range(levels):
                for r in range(regions):
                    moved = base_share[e, g, lv, r] * growth[sector[e], g, lv]
                    desired[e, g, lv, r] = moved
                    total[r] += moved
    for r in range(regions):
        if total[r] <= 0.0:
            total[r] = 1.0
    for e in range(employers):
        for g in range(groups):
            for lv in range(levels):
                for r in range(regions):
                    desired[e, g, lv, r] = desired[e, g, lv, r] / total[r] * jobs[r] * cycle[sector[e]]

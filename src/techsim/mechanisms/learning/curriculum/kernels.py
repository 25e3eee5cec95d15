"""L6, what is taught, on arrays: contact with firms, and schools that follow the frontier."""

from __future__ import annotations

import numpy as np

from techsim.mechanisms.learning.teachers.kernels import GRAIN
from techsim.population.compiled import kernel

MONTHS_A_YEAR = 12
SLOWEST, FASTEST = 0.01, 12.0
"""Bounds of renewal [share of the lag a year]: a century, and a month."""


@kernel
def fill_contact(hybrid, hours, all_hybrid, all_hours, usual, kind, segment_of, contact):
    """Hours of technical teaching by hybrid teachers (L3), beyond their share at the start.

    A region of few simulated teachers has part of the country's share (as in the module ``capacity`` of L2).

    Parameters
    ----------
    hybrid : float64 (S, K, R), hours taught by hybrid teachers; hours : float64 (S, R), technical ones of all;
        all_hybrid, all_hours : float64 (S,), technical ones over regions
    usual : float64 (S, K, R), share of hybrid teachers at the start; kind : int, technical
    segment_of : int64 (levels,), segment of teachers of each level
    contact : float64 (levels, R), written, share
    """
    for lv, s in enumerate(segment_of):
        country = all_hybrid[s] / max(all_hours[s], 1e-9)
        for r in range(contact.shape[1]):
            contact[lv, r] = (hybrid[s, kind, r] + GRAIN * country) / (hours[s, r] + GRAIN) - usual[s, kind, r]


@kernel
def renewal(invested, contact, per_contact, reach, per_reach):
    """rho = rho_0 (1 + i)^e + k h + g R (L6) [share of the lag a year]; ``invested`` is rho_0 (1 + i)^e."""
    return min(max(invested + per_contact * contact + per_reach * reach, SLOWEST), FASTEST)


@kernel
def renew(invested, contact_base, contact, per_contact, reach, per_reach, frontier, vintage, lag):
    """V' = V + (rho / 12) (F - V) (L6), at most F.

    Parameters
    ----------
    invested : float64 (R,), as of :func:`renewal`
    contact_base : float, contact at the start; contact : float64 (levels, R), beyond it
    reach : float64 (levels, R), R; per_contact, per_reach : float, k and g
    frontier : float64 (fields,), F
    vintage : float64 (fields, levels, R), V, written
    lag : float64 (fields, levels, R), written, F - V', zero at least
    """
    for f, lv, r in np.ndindex(vintage.shape):
        pace = renewal(invested[r], max(contact_base + contact[lv, r], 0.0), per_contact, reach[lv, r], per_reach)
        vintage[f, lv, r] += min(pace / MONTHS_A_YEAR, 1.0) * (frontier[f] - vintage[f, lv, r])
        lag[f, lv, r] = max(frontier[f] - vintage[f, lv, r], 0.0)

"""L4, what one employer offers: pure functions that broadcast, for one type and region or for all at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

LEAST_NEED = 0.01
"""Hiring need over a training that is left in the deepest slump; share of staff."""
PRIOR_APPRENTICES = 5.0
"""Weight of the country's ratio in that of a region, in simulated apprentices: small cells are no evidence."""


def hiring_need(*, retiring: Counts, desired: Floats, staff: Counts) -> Floats:
    """n = max(R / N + (D - N) / N, least): who retires within the training, and staff wanted beyond that there is.

    Parameters
    ----------
    retiring, staff : int64 (E, G), desired : float64 (E, G)
        R, N and D, over levels and regions: firms of a kind face the same market.
    """
    total = np.maximum(staff, 1)
    return np.asarray(np.maximum(retiring / total + (desired - staff) / total, LEAST_NEED))


def willing_share(
    *,
    worth: Floats,
    support: Floats,
    cost: Floats,
    slump: Floats,
    weight: float,
    spread: float,
    members: Floats,
    partnership: float,
) -> Floats:
    """W = (1 - m) L(z) + m L(z + B / sigma), z = (v + s - c (1 + w x)) / sigma, L(z) = 1 / (1 + exp(-z)).

    The share of a type's firms to whom a place is worth its net cost, as what it is worth differs between firms.

    Parameters
    ----------
    worth, slump : by type of employer
        v [euro a year], x [how far output lies below the usual, share].
    support, members : by region
        s [public euro a year and place], m [share of firms in a partnership].
    cost : by occupation group
        c [euro a year, net of production, before support].
    weight, spread, partnership : float
        w, sigma [euro], B [euro a year].
    """
    z = (worth + support - cost * (1.0 + weight * slump)) / spread
    share: Floats = (1.0 - members) / (1.0 + np.exp(-z)) + members / (1.0 + np.exp(-(z + partnership / spread)))
    return share


def wanted_level(
    *, need: Floats, usual_need: Floats, willing: Floats, usual_willing: Floats, elasticity: float
) -> Floats:
    """o = (n / n_0)^h W / W_0: places wanted, relative to normal."""
    ratio = need / np.maximum(usual_need, LEAST_NEED)
    return np.asarray(ratio**elasticity * willing / np.maximum(usual_willing, 1e-9))


def next_level(*, level: Floats, wanted: Floats, up: float, down: float) -> Floats:
    """a' = a + k_up max(o - a, 0) - k_down max(a - o, 0): who trains goes on; who does not starts slowly."""
    gap = wanted - level
    return np.asarray(level + np.where(gap > 0.0, up, down) * gap)


def internship_level(*, share: float, willing: Floats, usual_willing: Floats, closed: Floats) -> Floats:
    """i = (1 - phi + phi W / W_0) (1 - closed): internships offered, relative to normal."""
    kept = 1.0 - share + share * willing / np.maximum(usual_willing, 1e-9)
    return np.asarray(kept * (1.0 - closed))


def regional_ratio(*, learners: Counts, staff: Floats, spare: float) -> Floats:
    """q_gr = (1 + spare) q_g (A_gr + k) / (q_g N_gr + k), q_g = A_g / N_g: places per worker at mbo levels; (G, R).

    Parameters
    ----------
    learners : int64 (G, R); staff : float64 (G, R)
        A, students of the start in the group, and N. k is :data:`PRIOR_APPRENTICES`.
    """
    country = learners.sum(axis=1) / np.maximum(staff.sum(axis=1), 1.0)
    expected = country[:, None] * staff
    ratio: Floats = country[:, None] * (learners + PRIOR_APPRENTICES) / (expected + PRIOR_APPRENTICES)
    return (1.0 + spare) * ratio


def followed(*, ratio: Floats, demand: Floats, staff: Floats, spare: float, speed: float) -> Floats:
    """i' = i (1 - f + f (1 + spare) S_g / sum_r i N_r): internships are sought where students are; (G, R).

    Parameters
    ----------
    ratio, staff : float64 (G, R); demand : float64 (G,)
        i, N, and S, the bol students of the group.
    """
    normal = (ratio * staff).sum(axis=1)
    factor = np.where(normal > 0.0, (1.0 + spare) * demand / np.where(normal > 0.0, normal, 1.0), 1.0)
    return np.asarray(ratio * (1.0 - speed + speed * factor)[:, None])


def expected_cover(*, cap: float, intake: float) -> float:
    """min(1, cap / intake): share of new places that employers expect a scheme with a cap to pay for; no cap is 0."""
    return 1.0 if cap <= 0.0 else min(1.0, cap / max(intake, 1.0))

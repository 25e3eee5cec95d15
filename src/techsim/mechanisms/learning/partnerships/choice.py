"""What schools and firms decide about partnerships (L5): pure functions on arrays; no numba, numbers are few."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def firms_commitment(
    *,
    large: npt.NDArray[np.bool_],
    pressure: Floats,
    outlook: float,
    base: float,
    large_bonus: float,
    cycle: float,
    shortage: float,
) -> Floats:
    """C_e = 1 / (1 + exp(-(a + l 1[large] + k x + m ln(v / v_0)))) (L5); (E,), share of firms.

    Parameters
    ----------
    large : (E,)
    pressure : (E,), x [share of output]
    outlook : v / v_0 of technical groups
    base, large_bonus, cycle, shortage : a, l, k, m [log odds]
    """
    odds = base + large_bonus * large + cycle * pressure + shortage * np.log(max(outlook, 1e-3))
    return np.asarray(1.0 / (1.0 + np.exp(-odds)), dtype=np.float64)


def to_start(money: float, plans: float, offered: float) -> int:
    """floor(min(P, Q)) while there is an offer (L5): partnerships that start this month."""
    return int(min(money, plans)) if offered > 0.0 else 0


def chance_to_go_on(commitment: Floats, ratio: float) -> Floats:
    """min(1, c C_r), when funding ends (L5)."""
    return np.asarray(np.minimum(1.0, ratio * commitment))


def chance_to_give_up(commitment: Floats, rate: float) -> Floats:
    """d (1 - C_r) a month (L5)."""
    return np.asarray(rate * (1.0 - commitment))


def members(*, firms: Floats, commitment: Floats, workers: Floats, pull: float, joined: Floats) -> Floats:
    """m_er = min(1, M_r u_e / sum F_er u_e), u_e = C_e size_e^y (L5); (E, R), share of firms.

    Parameters
    ----------
    firms : (E, R), F of technical sectors, zero for others
    commitment, workers : (E,)
    pull : y
    joined : (R,), M, firms in partnerships
    """
    weight = (commitment * workers**pull)[:, None]
    total = (firms * weight).sum(axis=0)
    share = np.where(total > 0.0, joined / np.where(total > 0.0, total, 1.0), 0.0) * weight
    return np.asarray(np.where(firms > 0.0, np.minimum(1.0, share), 0.0))

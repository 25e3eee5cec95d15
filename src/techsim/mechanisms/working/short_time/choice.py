"""W3, short-time work: whether employers take part, and how many workers begin and end. Plain functions on arrays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.working.short_time.kernels import chance_to_take_part

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


def cost_of_letting_go(
    *, technical: Floats, large: Floats, base: float, more_technical: float, more_large: float
) -> Floats:
    """L = l_0 + l_t technical share + l_l 1[large]; (E,) monthly wages per worker."""
    cost: Floats = base + more_technical * technical + more_large * large
    return cost


def cost_of_keeping(
    *,
    months: float,
    replacement: Floats,
    contribution: Floats,
    overhead: float,
    top_up: float,
    training: Floats,
    burden: float,
    failure: float,
    clawback: Floats,
    longest: Floats,
) -> Floats:
    """K = T' (c rho + v + w (1 - rho) + y tau + p rho (1 - c) q), T' = min(T, longest spell), by region.

    (R,), monthly wages per full job of hours cut.
    """
    monthly = contribution * replacement + overhead + top_up * (1.0 - replacement) + burden * training
    paid_back = failure * replacement * (1.0 - contribution) * clawback
    cost: Floats = np.minimum(months, longest) * (monthly + paid_back)
    return cost


def taking_part(
    *, letting_go: Floats, keeping: Floats, spared: Floats, organisation: Floats, intercept: float, weight: float
) -> Floats:
    """P = 1 / (1 + exp(-(b_0 + o + b (L T' / T - K)))), of L and o (E,), K and T' / T, ``spared``, (R,); (E, R)."""
    gain = letting_go[:, None] * spared[None, :] - keeping[None, :]
    share: Floats = chance_to_take_part(intercept + organisation[:, None] + weight * gain)
    return share


def wanted_workers(*, claims: Floats, takes_part: Floats, is_open: Floats, hours: float) -> Floats:
    """n* = open_r P_e X / u; (E, R).

    Parameters
    ----------
    claims : (E, R), X; takes_part : (E, R), P_e; is_open : (R,); hours : u
    """
    wanted: Floats = takes_part * is_open[None, :] * claims / hours
    return wanted


def to_recall(*, workers: Counts, wanted: Floats, months: float, dither: Floats) -> Counts:
    """floor(n / T + (n - n*)+ + r), never more than there are; (E, R)."""
    recalled = np.floor(workers / months + np.maximum(workers - wanted, 0.0) + dither).astype(np.int64)
    return np.asarray(np.minimum(recalled, workers))


def to_enter(*, workers: Counts, wanted: Floats, speed: float, dither: Floats) -> Counts:
    """floor(k_n (n* - n)+ + r), none where none is wanted; (E, R)."""
    missing = np.maximum(wanted - workers, 0.0)
    entering = np.floor(speed * missing + dither).astype(np.int64)
    return np.where(missing > 0.0, entering, 0)


def covered_share(*, hours_cut: Floats, claims: Floats) -> Floats:
    """kappa = min(1, H / X), zero where nothing is claimed; (E, R)."""
    return np.minimum(np.where(claims > 0.0, hours_cut / np.where(claims > 0.0, claims, 1.0), 0.0), 1.0)


def next_saved(*, saved: Floats, covered: Floats, beyond: Floats, speed: float) -> Floats:
    """S' = S + k (kappa A_0 - S)+; (E, R)."""
    more: Floats = saved + speed * np.maximum(covered * beyond - saved, 0.0)
    return more

"""Firms in trouble (W1, W3): what single firms have too many of while their type as a whole still hires.

A type of employer stands for many firms. Output lies below that for which they are staffed by a share of staff

    f_s  = e c_s (u_s - x_s)                       e response, c_s sensitivity, x_s pressure (demand)
    u_s' = u_s + (x_s - u_s) / M_u                 staff follows by attrition within some months

on average; that of a single firm is normal around it with spread sigma. Firms whose staff is too large by more than a
share t of it have too many, as a share of all staff of the type,

    a(t) = E[max(F - t, 0)] = (f - t) Phi(z) + sigma phi(z),   z = (f - t) / sigma

Of what exceeds the tolerance h they lay off a share k_d a month (separations). Those whose staff is too large by more
than t_0 may cut hours instead: what they have too many of beyond t is

    a(t, t_0) = E[max(F - t, 0) 1(F > t_0)] = a(max(t, t_0)) + max(t_0 - t, 0) Phi((f - t_0) / sigma)

never more than a(t): where t exceeds t_0, every firm that has too many may cut hours.

Attrition at these firms and new trouble elsewhere balance: the distribution stays as it is.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.working.kernels import mean_beyond, normal_below, share_to_dismiss, shed_in_cells

Floats = npt.NDArray[np.float64]


def fall_of_output(*, pressure: Floats, staffed_for: Floats, sensitivity: Floats, response: float) -> Floats:
    """f = e c (u - x) by sector; (S,), share of staff, below zero while output rises."""
    fall: Floats = response * sensitivity * (staffed_for - pressure)
    return fall


def surplus_share(*, fall: Floats, tolerance: Floats, spread: float) -> Floats:
    """a(t) = E[max(F - t, 0)], F ~ N(fall, spread): surplus of firms in trouble, share of all staff; (E,).

    Parameters
    ----------
    fall, tolerance : (E,)
        Shares of staff.
    spread : float
        Standard deviation over firms; zero makes all firms alike.
    """
    beyond = np.asarray(fall - tolerance, dtype=np.float64)
    if spread <= 0.0:
        return np.maximum(beyond, 0.0)
    z = beyond / spread
    share: Floats = mean_beyond(beyond, z, np.exp(-0.5 * z * z), spread)
    return share


def surplus_of_deep(*, fall: Floats, tolerance: Floats, deep: float, spread: float) -> Floats:
    """a(t, t_0): surplus beyond t of the firms whose staff is too large by more than t_0; (E,), share of all staff.

    ``tolerance`` is t, ``deep`` is t_0.
    """
    alike = spread <= 0.0
    firms = np.asarray(fall > deep, dtype=np.float64) if alike else normal_below((fall - deep) / spread)
    share: Floats = surplus_share(fall=fall, tolerance=np.maximum(tolerance, deep), spread=spread)
    return np.asarray(share + np.maximum(deep - tolerance, 0.0) * firms)


def left_to_shed(*, surplus: Floats, beyond: Floats, covered: Floats, saved: Floats, released: Floats) -> Floats:
    """A - kappa A_0 + S + U, by type and region: what firms in trouble shed at speed k.

    Parameters
    ----------
    surplus : (E, R)
        A, staff beyond the tolerance at firms in trouble.
    beyond : (E, R)
        A_0, of it at firms that may cut hours instead.
    covered : (E, R)
        kappa, share of the surplus of these firms on short-time work; zero where there is none.
    saved : (E, R)
        S, jobs that short-time work has kept so far: firms on short-time work would not have laid these off twice.
    released : (E, R)
        U, staff whose short-time work ended while it was still too many.
    """
    return np.asarray(np.maximum(surplus - covered * beyond, 0.0) + saved + released)


def surplus_to_dismiss(
    *, left: Floats, staff: npt.NDArray[np.int64], speed: float, dither: Floats
) -> npt.NDArray[np.int64]:
    """floor(k L N_c / N + r_t): the shed of a type and region, spread over its cells by staff; never more than staff.

    Parameters
    ----------
    left : (E, R)
    staff, dither : (E, G, L, R)
    """
    out: npt.NDArray[np.int64] = shed_in_cells(share_to_dismiss(left, staff, speed), staff, dither)
    return out

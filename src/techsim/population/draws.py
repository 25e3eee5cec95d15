"""Draws for many people at once: the array form of :mod:`techsim.population.randomness`."""

from __future__ import annotations

import numba
import numpy as np

from techsim.population.randomness import normal, uniform


@numba.njit(cache=True, nogil=True)
def uniforms(seed, purpose, ids, month, k):  # type: ignore[no-untyped-def]
    """One uniform draw of each person: float64 (n,) in (0, 1); arguments as of ``uniform``, ids : uint64 (n,)."""
    out = np.empty(ids.size)
    for i in range(ids.size):
        out[i] = uniform(seed, purpose, ids[i], month, k)
    return out


@numba.njit(cache=True, nogil=True)
def spell_uniforms(seed, purpose, ids, since):  # type: ignore[no-untyped-def]
    """One uniform draw of each person for a spell that began in month ``since`` : int16 (n,); float64 (n,)."""
    out = np.empty(ids.size)
    for i in range(ids.size):
        out[i] = uniform(seed, purpose, ids[i], since[i], 0)
    return out


@numba.njit(cache=True, nogil=True)
def normals(seed, purpose, ids, month, k):  # type: ignore[no-untyped-def]
    """One standard normal draw of each person: float64 (n,); arguments as of ``normal``, ids : uint64 (n,)."""
    out = np.empty(ids.size)
    for i in range(ids.size):
        out[i] = normal(seed, purpose, ids[i], month, k)
    return out

"""Intercepts of the logit choices: what makes start-year conditions give the start-year shares.

Solved once per run, before the first month, by integrating over the distribution of affinity and background; later
shares are never fed in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from scipy.special import expit, ndtri

from techsim.data.education import ORIGINS
from techsim.data.inputs import Tables

Floats = npt.NDArray[np.float64]

_POINTS = 1001
_GRID = ndtri((np.arange(_POINTS) + 0.5) / _POINTS)
"""Affinity of equally likely people; many, as few choosers of rare technical profiles stand in the upper tail."""
_BISECTIONS = 60
_SOLVED: dict[tuple[float, bytes], float] = {}
_KEPT = 4096
"""Solutions of some sixty parameter sets: models of the same conditions are started by the hundred in a comparison."""
_TRACK_OF_ORIGIN = {
    "vmbo_bb": "vmbo_bb",
    "vmbo_kb": "vmbo_kb",
    "vmbo_gl": "vmbo_gl",
    "vmbo_tl": "vmbo_tl",
    "havo": "havo",
    "vwo": "vwo",
}


def solve(share: float, utility: Floats, weight: Floats) -> float:
    """The intercept a with sum(weight * logistic(a + utility)) / sum(weight) = share; bisection on [-30, 30]."""
    if share <= 0.0 or share >= 1.0:
        return -30.0 if share <= 0.0 else 30.0
    key = share, hashlib.blake2b(utility.tobytes() + weight.tobytes(), digest_size=16).digest()
    known = _SOLVED.get(key)
    if known is None:
        if len(_SOLVED) >= _KEPT:
            _SOLVED.clear()
        known = _SOLVED[key] = _bisect(share, utility, weight)
    return known


def _bisect(share: float, utility: Floats, weight: Floats) -> float:
    low, high, total = -30.0, 30.0, weight.sum()
    for _ in range(_BISECTIONS):
        middle = 0.5 * (low + high)
        if float((expit(middle + utility) * weight).sum() / total) < share:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def share_intercepts(shares: Floats, affinity_weight: float) -> Floats:
    """Intercepts for an array of shares when only affinity matters; same shape."""
    flat = [solve(float(s), affinity_weight * _GRID, np.ones(_GRID.size)) for s in shares.ravel()]
    return np.array(flat).reshape(shares.shape)


def background_norms(tables: Tables, parameters: Mapping[str, float]) -> Floats:
    """Utility of technology by (sexes, backgrounds): norms of pupils with a migration background (K2)."""
    dims = tables.dimensions
    norms = np.zeros((dims.size("sex"), dims.size("background")))
    western, other = dims.background.index("western"), dims.background.index("non_western")
    for sex, label in enumerate(dims.sex):
        norms[sex, other] = parameters[f"profile.norm_non_western_{label}"]
        norms[sex, western] = 0.5 * norms[sex, other]
    return norms


def profile_intercepts(tables: Tables, parameters: Mapping[str, float]) -> Floats:
    """Intercepts of profile choice; (tracks, sexes)."""
    norms = background_norms(tables, parameters)
    backgrounds = pupil_backgrounds(tables)
    shares = tables.education.profile_shares
    out = np.empty(shares.shape)
    weight = np.repeat(backgrounds, _GRID.size)
    for track, sex in np.ndindex(*shares.shape):
        utility = (norms[sex][:, None] + parameters["profile.affinity_weight"] * _GRID[None, :]).ravel()
        out[track, sex] = solve(float(shares[track, sex]), utility, weight)
    return out


def pupil_backgrounds(tables: Tables) -> Floats:
    """Shares of the backgrounds among pupils; (backgrounds,)."""
    return np.asarray(tables.demography.pupil_background_shares(), dtype=np.float64)


def followup_intercepts(tables: Tables, parameters: Mapping[str, float], profile: Floats) -> Floats:
    """Intercepts of the technical choice after a diploma; (origins, sexes, earlier).

    Those who chose technology before have more affinity than those who did not: the distribution of affinity is
    that of the choosers and non-choosers of the profile, over all backgrounds.
    """
    dims, shares = tables.dimensions, tables.education.followup_shares
    out = np.empty(shares.shape)
    weight = parameters["followup.affinity_weight"]
    before = parameters["profile.affinity_weight"]
    norms, backgrounds = background_norms(tables, parameters), pupil_backgrounds(tables)
    for origin, sex, earlier in np.ndindex(*shares.shape):
        track = _TRACK_OF_ORIGIN.get(ORIGINS[origin], "vmbo_tl")
        utility = profile[dims.track.index(track), sex] + norms[sex][:, None] + before * _GRID[None, :]
        chosen = backgrounds @ expit(utility)
        mass = chosen if earlier else 1.0 - chosen
        out[origin, sex, earlier] = solve(float(shares[origin, sex, earlier]), weight * _GRID, mass + 1e-12)
    return out

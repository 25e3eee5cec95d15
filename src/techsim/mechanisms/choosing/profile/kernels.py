"""K2 on arrays: profile choice, wiskunde B, entry to the technologieroute (K4)."""

from __future__ import annotations

import math

import numpy as np

from techsim.population.compiled import kernel
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import Flag, Profile, Stage

_VO = int(Stage.VO)
_OTHER, _TECHNICAL, _UNCHOSEN = int(Profile.OTHER), int(Profile.TECHNICAL), int(Profile.NONE)
_WISKUNDE_B, _ROUTE = int(Flag.WISKUNDE_B), int(Flag.TECHNOLOGIEROUTE)
_P_PROFILE, _P_WISKUNDE, _P_ROUTE = int(Purpose.PROFILE), int(Purpose.WISKUNDE_B), int(Purpose.TECHNOLOGIEROUTE)
_P_REACH = int(Purpose.REACH)


@kernel
def logistic(utility):
    """1 / (1 + exp(-utility)), the chance of a binary logit; float64."""
    return 1.0 / (1.0 + math.exp(-utility))


@kernel
def profile_utility(
    intercept, affinity_weight, affinity, norm, peer_weight, peers, guidance_weight, guidance, prospects
):
    """U = alpha + beta_a a + nu + beta_p (q - q0) + beta_g (g - g0) + beta_m m; peers and guidance as differences."""
    return intercept + affinity_weight * affinity + norm + peer_weight * peers + guidance_weight * guidance + prospects


@kernel
def met(seed, person, share, aimed):
    """The programmes that reach a pupil, a bit each: those aimed at the pupil, where v_k < R_k; int.

    v_k is drawn once in a life, so that who is reached by less is reached by more.

    Parameters
    ----------
    seed : int
    person : uint64
    share : float64 (programmes,) [share of those aimed at]
        R_k.
    aimed : bool (programmes,)
    """
    by = 0
    for k in range(share.size):
        if aimed[k] and share[k] > 0.0 and uniform(seed, _P_REACH, person, 0, k) < share[k]:
            by |= 1 << k
    return by


@kernel
def choose_profiles(
    seed,
    month,
    ids,
    stage,
    track,
    grade,
    sex,
    background,
    region,
    affinity,
    choice_grade,
    intercept,
    wiskunde_intercept,
    norms,
    peers,
    guidance,
    guidance_weights,
    reach,
    aimed,
    gains,
    route_coverage,
    affinity_weight,
    wiskunde_weight,
    peer_weight,
    prospects,
    profile,
    flags,
    reached,
    chosen,
    wiskunde,
    route,
):
    """Let the pupils who stand before the choice choose.

    Parameters
    ----------
    seed, month : int
    ids : uint64 (n,)
    stage, track, grade, sex, background, region : int8 (n,)
    affinity : float32 (n,) [standard deviations]
    choice_grade : int8 (tracks,)
        Grade of the choice; 0 where none is made.
    intercept, wiskunde_intercept : float64 (tracks, sexes) [utility]
    norms : float64 (regions, sexes, backgrounds) [utility]
        Of sex and background, and what pay and image add to them.
    peers : float64 (regions, tracks, sexes) [difference of shares]
    guidance : float64 (regions,) [difference of reach]
    guidance_weights : float64 (sexes, backgrounds) [utility per unit reach]
    reach : float64 (regions, programmes) [share of those aimed at]
        Of the programmes that reach some pupils and not others.
    aimed : bool (sexes, backgrounds, programmes)
    gains : float64 (sexes, backgrounds, programmes) [utility of a pupil reached]
    route_coverage : float64 (regions,) [share of vmbo pupils]
    affinity_weight, wiskunde_weight, peer_weight, prospects : float
        ``prospects`` is beta_m m.
    profile : int8 (n,), written
    flags : uint8 (n,), written
    reached : uint8 (n,), written
        Bits of the programmes that reached those who choose; of length 0 where no programme reaches anybody.
    chosen : int64 (tracks, sexes, backgrounds, regions, 2), added to
    wiskunde : int64 (tracks, sexes), added to
    route : int64 (tracks, sexes, regions), added to
    """
    for i in range(ids.size):
        if stage[i] != _VO or profile[i] != _UNCHOSEN:
            continue
        t, s, b, r = track[i], sex[i], background[i], region[i]
        if choice_grade[t] == 0 or grade[i] < choice_grade[t]:
            continue
        a = np.float64(affinity[i])
        utility = profile_utility(
            intercept[t, s],
            affinity_weight,
            a,
            norms[r, s, b],
            peer_weight,
            peers[r, t, s],
            guidance_weights[s, b],
            guidance[r],
            prospects,
        )
        if reached.size:
            reached[i] = met(seed, ids[i], reach[r], aimed[s, b])
            for k in range(reach.shape[1]):
                if reached[i] >> k & 1:
                    utility += gains[s, b, k]
        technical = uniform(seed, _P_PROFILE, ids[i], month, 0) < logistic(utility)
        profile[i] = _TECHNICAL if technical else _OTHER
        chosen[t, s, b, r, 1 if technical else 0] += 1
        if choice_grade[t] == 4:
            chance = logistic(wiskunde_intercept[t, s] + wiskunde_weight * a)
            if technical and uniform(seed, _P_WISKUNDE, ids[i], month, 0) < chance:
                flags[i] |= np.uint8(_WISKUNDE_B)
                wiskunde[t, s] += 1
        elif uniform(seed, _P_ROUTE, ids[i], month, 0) < route_coverage[r]:
            flags[i] |= np.uint8(_ROUTE)
            route[t, s, r] += 1

"""K3 on arrays: destination, kind, field and pathway after a diploma."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from techsim.population.compiled import kernel
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import Diploma, Flag

_ROUTE, _WISKUNDE_B = int(Flag.TECHNOLOGIEROUTE), int(Flag.WISKUNDE_B)
_VMBO_BB, _VMBO_TL = int(Diploma.VMBO_BB), int(Diploma.VMBO_TL)
_P_ONWARD, _P_FIELD, _P_PATHWAY = int(Purpose.ONWARD), int(Purpose.FIELD), int(Purpose.PATHWAY)


class Weights(NamedTuple):
    """Parameters of the onward choice, in the units of declare.py.

    switch_penalty, down_penalty, barrier : float64 (regions,); the rest are floats.
    """

    switch_penalty: np.ndarray
    down_penalty: np.ndarray
    ability: float
    age: float
    unemployment: float
    route_onward: float
    route_technical: float
    affinity: float
    guidance: float
    barrier: np.ndarray
    persistence: float


@kernel
def draw(cumulative, u):
    """Index of the first entry of ``cumulative`` (k,), increasing, not below u x its last; int."""
    target = u * cumulative[-1]
    k = 0
    while k < cumulative.size - 1 and cumulative[k] < target:
        k += 1
    return k


@kernel
def destination_weights(share, step, penalty, down_penalty, ability, ability_weight, leave, out):
    """exp(V_k) of each destination, the last being out.

    share : float64 (destinations,) [share]. step : int8 (destinations,), 1 up, -1 down, else 0. penalty, down_penalty :
    (kappa - 1) times w and w_down [utility]. ability [sd]. leave : utility added to out. out : float64
    (destinations,), written with cumulative weights.
    """
    total = 0.0
    last = share.size - 1
    for k in range(share.size):
        value = 0.0
        if step[k] > 0:
            value = ability_weight * ability - penalty
        elif step[k] < 0:
            value = -down_penalty
        if k == last:
            value += leave
        if share[k] > 0.0:  # most have none, and most of the others no utility: exp is what takes the time
            total += share[k] if value == 0.0 else share[k] * math.exp(value)
        out[k] = total


@kernel
def technical_chance(intercept, affinity, guidance, prospects, route, penalty, earlier, inclusive):
    """P(technical) of a follow-up; all arguments utilities but ``earlier`` (0 other, 1 technical)."""
    utility = intercept + affinity + guidance + prospects + inclusive
    if earlier == 1:
        utility += penalty
    else:
        utility += route - penalty
    return 1.0 / (1.0 + math.exp(-utility))


@kernel
def choose_onward(
    seed,
    month,
    who,
    ids,
    birth_month,
    sex,
    region,
    ability,
    affinity,
    flags,
    diploma,
    earlier,
    field,
    onward,
    step,
    origin_of,
    intercept,
    level_of,
    kind_shift,
    field_shares,
    technical,
    needs_wiskunde_b,
    prospects,
    guidance,
    image,
    bbl_shares,
    unemployment,
    w,
    destination,
    chosen_field,
    wants_bbl,
):
    """Choose for those who stand before the choice.

    Parameters
    ----------
    seed, month : int
    who : int64 (m,)
        Rows of the choosers.
    ids : uint64 (n,); birth_month : int16 (n,); sex, region, diploma, field : int8 (n,)
    ability, affinity : float32 (n,) [standard deviations]
    flags : uint8 (n,)
    earlier : int8 (m,)
        0 other, 1 technical.
    onward : float64 (diplomas, destinations) [share]
    step : int8 (diplomas, destinations)
        1 up, -1 down, 0 the common way on.
    origin_of : int8 (diplomas,)
    intercept : float64 (origins, sexes, 2) [utility]
    level_of : int8 (destinations,)
        Row of ``field_shares``, -1 where the destination has no field.
    kind_shift : float64 (levels of choice,) [utility]
        Of a technical field, by what is on offer at the level.
    field_shares : float64 (levels of choice, sexes, fields) [share within kind]
    technical : bool (fields,)
    needs_wiskunde_b : bool (destinations, fields)
    prospects : float64 (fields,) [utility], already weighted
    guidance : float64 (regions,) [difference of reach]
    image : float64 (regions,) [utility]
        Of a technical field, by what levers do to pay and image.
    bbl_shares : float64 (mbo levels, 2, 2) [share by kind and young or adult]
    unemployment : float [change of the rate]
    w : Weights
    destination, chosen_field : int8 (m,), written
    wants_bbl : bool (m,), written
    """
    cumulative = np.empty(onward.shape[1])
    fields = np.empty(technical.size)
    mean = np.zeros(2)
    size = np.zeros(2)
    for f in range(technical.size):
        size[1 if technical[f] else 0] += 1.0
        mean[1 if technical[f] else 0] += prospects[f]
    mean /= size
    pull = np.empty(technical.size)
    for f in range(technical.size):
        pull[f] = math.exp(prospects[f] - mean[1 if technical[f] else 0])
    for j in range(who.size):
        i = who[j]
        d, s, e, r = diploma[i], sex[i], earlier[j], region[i]
        age = (month - birth_month[i]) / 12.0
        route = (flags[i] & np.uint8(_ROUTE)) != 0 and _VMBO_BB <= d <= _VMBO_TL
        leave = w.age * max(0.0, age - 21.0) - w.unemployment * unemployment
        if route:
            leave -= w.route_onward
        x = np.float64(ability[i])
        destination_weights(onward[d], step[d], w.switch_penalty[r], w.down_penalty[r], x, w.ability, leave, cumulative)
        k = draw(cumulative, uniform(seed, _P_ONWARD, ids[i], month, 0))
        destination[j], chosen_field[j], wants_bbl[j] = k, -1, False
        if level_of[k] < 0:
            continue
        lacks = (flags[i] & np.uint8(_WISKUNDE_B)) == 0
        inside = 0.0
        for f in range(technical.size):
            fields[f] = field_shares[level_of[k], s, f]
            if lacks and needs_wiskunde_b[k, f]:
                fields[f] *= math.exp(-w.barrier[r])
            if technical[f]:
                inside += fields[f]
        chance = technical_chance(
            intercept[origin_of[d], s, e] + kind_shift[level_of[k]],
            w.affinity * np.float64(affinity[i]),
            w.guidance * guidance[r],
            mean[1] - mean[0] + image[r],
            w.route_technical if route else 0.0,
            w.switch_penalty[r],
            e,
            math.log(max(inside, 1e-12)),
        )
        kind = 1 if uniform(seed, _P_FIELD, ids[i], month, 0) < chance else 0
        old = field[i]
        keeps = old >= 0 and old < technical.size and technical[old] == (kind == 1)
        if keeps and uniform(seed, _P_FIELD, ids[i], month, 1) < w.persistence:
            chosen_field[j] = old
        else:
            total = 0.0
            for f in range(technical.size):
                if technical[f] == (kind == 1):
                    total += fields[f] * pull[f]
                fields[f] = total
            chosen_field[j] = draw(fields, uniform(seed, _P_FIELD, ids[i], month, 2))
        if level_of[k] < bbl_shares.shape[0]:
            share = bbl_shares[level_of[k], kind, 1 if age >= 21.0 else 0]
            wants_bbl[j] = uniform(seed, _P_PATHWAY, ids[i], month, 0) < share

"""Choosing (K1 to K4) from its equations, in plain Python: people are dicts, one at a time; no kernel is imported."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import Any

from reference.philox import normal, uniform

Person = dict[str, Any]
Rules = dict[str, Any]

EXPOSURE, PLACEMENT, PROFILE, WISKUNDE_B, TECHNOLOGIEROUTE, ONWARD, FIELD, PATHWAY = 8, 9, 11, 12, 13, 17, 18, 19
REACH = 61
PRIMARY, VO = 1, 2
UNCHOSEN, OTHER, TECHNICAL = 0, 1, 2
HAS_WISKUNDE_B, HAS_ROUTE = 1, 2


def logistic(utility: float) -> float:
    """1 / (1 + exp(-U))."""
    return 1.0 / (1.0 + math.exp(-utility))


def quality_of_teaching(pabo: float, trained: float, rules: Rules) -> float:
    """1 + kappa (W - W(0)), W after this year's new teachers."""
    now = trained + rules["renewal"] * (pabo - trained)
    return max(1 + rules["weight"] * (now - rules["trained0"]), 0.0)


def shift_by_exposure(seed: int, month: int, p: Person, rules: Rules) -> tuple[float, bool] | None:
    """e_i (1 + mu s_i) (delta + delta_f [girl] + delta_m [migration background]) and s_i; None for e_i = 0.

    Ten on 1 October: the tenth birthday falls in the twelve months that end in September.
    """
    tenth_birthday = p["birth_month"] + 120
    september = month + 1
    if p["stage"] != PRIMARY or not september - 11 <= tenth_birthday <= september:
        return None
    u = uniform(seed, EXPOSURE, p["id"], 0, 0)
    if u >= rules["share"][p["region"]]:
        return None
    supported = u < rules["support"][p["region"]]
    shift: float = rules["all"]
    if p["sex"] == 1:
        shift += rules["girls"]
    if p["background"] > 0:
        shift += rules["migration"]
    return shift * rules["quality"][p["region"]] * (1 + rules["intensity"] * supported), supported


def advised_track(seed: int, month: int, p: Person, rules: Rules) -> int | None:
    """The track of a pupil placed this August; ``rules["ladder"]``: (track, share) from the lowest advice up."""
    if p["stage"] != PRIMARY or p["birth_month"] + 144 > month + 1:
        return None
    rho, theta = rules["rho"], rules["theta"]
    mean = sum(t * w for t, w in zip(theta, rules["backgrounds"], strict=True))
    z = rho * p["ability"] + math.sqrt(1 - rho * rho) * normal(seed, PLACEMENT, p["id"], 0, 0)
    z += theta[p["background"]] - mean
    cumulative = 0.0
    for track, share in rules["ladder"][:-1]:
        cumulative += share
        if cumulative > 0.0 and (cumulative >= 1.0 or z < NormalDist().inv_cdf(cumulative)):
            return int(track)
    return int(rules["ladder"][-1][0])


def reached(seed: int, p: Person, rules: Rules) -> set[str]:
    """The programmes of levers that reach a pupil: each one aimed at whom it has drawn, once in a life."""
    r = p["region"]
    shares = {
        "guidance": rules["reach"][r] - rules["usual"][r],
        "role_models": rules["role_models"][r] if p["sex"] == 1 else 0.0,
        "coaching": rules["coached"][r] if p["background"] > 0 else 0.0,
    }
    return {name for k, (name, share) in enumerate(shares.items()) if uniform(seed, REACH, p["id"], 0, k) < share}


def profile_chance(seed: int, p: Person, rules: Rules) -> float:
    """P(technical) of the profile choice."""
    t, s, b, r = p["track"], p["sex"], p["background"], p["region"]
    guided = rules["beta_g"]
    if s == 1:
        guided += rules["beta_gf"]
    if b > 0:
        guided += rules["beta_gm"]
    utility = rules["alpha"][t][s] + rules["beta_a"] * p["affinity"] + rules["nu"][s][b]
    utility += rules["beta_p"] * (rules["q"][r][t][s] - rules["q0"][t][s])
    utility += guided * (rules["usual"][r] - rules["reach0"]) + rules["beta_m"] * rules["m"]
    by = reached(seed, p, rules)
    utility += guided * ("guidance" in by) + rules["gamma_f"] * ("role_models" in by)
    utility += rules["gamma_m"] * ("coaching" in by)
    utility += rules["iota"] * rules["image"][r] + rules["beta_m"] * rules["psi"] * math.log(1 + rules["paid"][r])
    return logistic(utility)


def profile(seed: int, month: int, p: Person, rules: Rules) -> dict[str, bool] | None:
    """What a pupil chooses in September: technical, wiskunde_b, route; None for those who do not choose."""
    grade = rules["choice_grade"][p["track"]] if p["track"] >= 0 else None
    if p["stage"] != VO or p["profile"] != UNCHOSEN or grade is None or p["grade"] < grade:
        return None
    technical = uniform(seed, PROFILE, p["id"], month, 0) < profile_chance(seed, p, rules)
    havo_or_vwo = grade == 4
    chance_b = logistic(rules["alpha_w"][p["track"]][p["sex"]] + rules["beta_w"] * p["affinity"])
    return {
        "technical": technical,
        "wiskunde_b": havo_or_vwo and technical and uniform(seed, WISKUNDE_B, p["id"], month, 0) < chance_b,
        "route": not havo_or_vwo
        and uniform(seed, TECHNOLOGIEROUTE, p["id"], month, 0) < rules["coverage"][p["region"]],
    }


def seen_share(before: float, technical: int, chose: int, smoothing: float) -> float:
    """q(y) = (1 - s) q(y-1) + s x share; as before where nobody chose."""
    return before if chose == 0 else (1 - smoothing) * before + smoothing * technical / chose


def pick(weights: Sequence[float], u: float) -> int:
    """Index drawn with chances in proportion to ``weights``."""
    target, running = u * sum(weights), 0.0
    for i, weight in enumerate(weights):
        running += weight
        if running >= target and weight > 0:
            return i
    return len(weights) - 1


def earlier_kind(p: Person, rules: Rules) -> int:
    """1 after a technical choice: the field of a diploma after vo, or the profile."""
    if p["field"] != len(rules["technical"]):
        return int(rules["technical"][p["field"]])
    return int(p["profile"] == TECHNICAL)


def _on_route(p: Person, rules: Rules) -> bool:
    """Whether the technologieroute counts in the choice: after vmbo only."""
    return bool(p["flags"] & HAS_ROUTE) and str(rules["diplomas"][p["diploma"]]).startswith("vmbo")


def destination_weights(p: Person, month: int, rules: Rules) -> list[float]:
    """exp(V_k) of every destination, out last."""
    names, origin = rules["destinations"], rules["diplomas"][p["diploma"]]
    cost = rules["w"] * (rules["kappa"][p["region"]] - 1)
    weights = []
    for k, share in enumerate(rules["onward"][p["diploma"]]):
        value = 0.0
        if (origin, names[k]) in rules["up"]:
            value += rules["beta_x"] * p["ability"] - cost
        if (origin, names[k]) in rules["down"]:
            value -= rules["w_down"] * (rules["kappa"][p["region"]] - 1)
        if names[k] == "out":
            value += rules["eta"] * max(0.0, (month - p["birth_month"]) / 12 - 21)
            value -= rules["upsilon"] * rules["unemployment_rise"]
            value -= rules["rho"] if _on_route(p, rules) else 0.0
        weights.append(share * math.exp(value))
    return weights


def field_weights(p: Person, destination: str, rules: Rules) -> list[float]:
    """s_f exp(-b_f) of every field."""
    shares = rules["field_shares"][rules["level_of"][destination]][p["sex"]]
    closed = destination == "wo_bachelor" and not p["flags"] & HAS_WISKUNDE_B
    barrier = rules["omega"] * rules["kappa"][p["region"]]
    return [
        s * math.exp(-barrier) if closed and name in rules["needs_wiskunde_b"] else s
        for s, name in zip(shares, rules["fields"], strict=True)
    ]


def followup_chance(p: Person, destination: str, rules: Rules) -> float:
    """P(technical) at a destination."""
    e, technical = earlier_kind(p, rules), rules["technical"]
    origin = rules["origin_of"][rules["diplomas"][p["diploma"]]]
    cost = rules["w"] * (rules["kappa"][p["region"]] - 1)
    m = [rules["prospects"][f] for f, t in enumerate(technical) if t]
    others = [rules["prospects"][f] for f, t in enumerate(technical) if not t]
    utility = rules["alpha_field"][origin][p["sex"]][e] + rules["offer"][rules["level_of"][destination]]
    utility += rules["beta_f"] * p["affinity"] + rules["beta_h"] * (rules["reach"][p["region"]] - rules["reach0"])
    utility += rules["beta_n"] * (sum(m) / len(m) - sum(others) / len(others))
    paid = math.log(1 + rules["paid"][p["region"]])
    utility += rules["beta_n"] * rules["psi"] * paid + rules["iota_h"] * rules["image"][p["region"]]
    if e == 0 and _on_route(p, rules):
        utility += rules["tau"]
    utility += cost if e == 1 else -cost
    inside = sum(w for w, t in zip(field_weights(p, destination, rules), technical, strict=True) if t)
    return logistic(utility + math.log(max(inside, 1e-12)))


def onward(seed: int, month: int, p: Person, rules: Rules) -> tuple[str, int, bool]:
    """Destination, field (-1 for none) and whether bbl is wanted, of one who stands before the choice."""
    weights = destination_weights(p, month, rules)
    destination = rules["destinations"][pick(weights, uniform(seed, ONWARD, p["id"], month, 0))]
    if destination not in rules["level_of"]:
        return destination, -1, False
    chosen = uniform(seed, FIELD, p["id"], month, 0) < followup_chance(p, destination, rules)
    kind = [f for f, t in enumerate(rules["technical"]) if t == chosen]
    if p["field"] in kind and uniform(seed, FIELD, p["id"], month, 1) < rules["persistence"]:
        field = p["field"]
    else:
        mean = sum(rules["prospects"][f] for f in kind) / len(kind)
        open_to = field_weights(p, destination, rules)
        pulls = [open_to[f] * math.exp(rules["beta_n"] * (rules["prospects"][f] - mean)) for f in kind]
        field = kind[pick(pulls, uniform(seed, FIELD, p["id"], month, 2))]
    wants_bbl = False
    if destination.startswith("mbo"):
        adult = month - p["birth_month"] >= 21 * 12
        share = rules["bbl"][rules["level_of"][destination]][int(chosen)][int(adult)]
        wants_bbl = uniform(seed, PATHWAY, p["id"], month, 0) < share
    return destination, field, wants_bbl

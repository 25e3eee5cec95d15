"""L7 in plain Python, from the equations of its docstring."""

from __future__ import annotations

import math

from reference.philox import unit, words

STAY = 48


def stay_chance(
    usual: float, theta: float, theta_first: float, weight: float, lever: float, odds: float, graduated: bool
) -> float:
    """P(stays) by its logit."""
    logit = math.log(usual / (1.0 - usual)) + weight * math.log(theta / theta_first) + lever
    if not graduated:
        logit += math.log(odds)
    return 1.0 / (1.0 + math.exp(-logit))


def stays(seed: int, month: int, person: int, chance: float) -> bool:
    """The decision of one person."""
    return unit(words(seed, STAY, person, month, 0)[0]) < chance


def departs(seed: int, month: int, person: int, months: float) -> int:
    """Month in which a leaver goes."""
    return month + 1 + int(unit(words(seed, STAY, person, month, 1)[0]) * months)


def response(usual: float, offered: float, amount: float, cost: float, elasticity: float) -> float:
    """Factor on applicants whose expected costs fall by a chance of a scholarship."""
    left = max(1.0 - min(1.0, offered / usual) * amount / cost, 0.05)
    return math.exp(-elasticity * math.log(left))


def admitted(wanting: float, places: float, english: float) -> float:
    """Factor on applicants, some of whom need a place taught in English: who needs none, and who finds one."""
    need = english * wanting
    return (wanting - need + min(need, places)) / wanting

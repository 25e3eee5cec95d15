"""Short-time work (W3) from its equations, in plain Python: people are dicts; no kernel is imported."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

Person = dict[str, Any]
EMPLOYED, OUT, NEVER = 2, 7, -32768
TEMPORARY, SHORT_TIME = 16, 32
PURPOSE = 41
WHOLE = 65535


def surplus_share(fall: float, tolerance: float, spread: float, steps: int = 20_000, deep: float = -1e9) -> float:
    """E[max(F - t, 0) 1(F > t_0)], F ~ N(fall, spread), by the midpoint rule over eight standard deviations."""
    low, high = fall - 8 * spread, fall + 8 * spread
    width = (high - low) / steps
    total = 0.0
    for k in range(steps):
        x = low + (k + 0.5) * width
        density = math.exp(-0.5 * ((x - fall) / spread) ** 2) / (spread * math.sqrt(2 * math.pi))
        total += max(x - tolerance, 0.0) * density * width if x > deep else 0.0
    return total


def takes_part(rules: dict[str, float], terms: dict[str, float], technical: float, large: bool, usual: float) -> float:
    """P_e."""
    letting_go = rules["rehire_cost"] + rules["rehire_technical"] * technical + (rules["rehire_large"] if large else 0)
    T, rho = min(rules["recovery_months"], terms["longest"]), terms["replacement"]
    letting_go *= T / rules["recovery_months"]
    keeping = T * (
        terms["contribution"] * rho
        + rules["overhead"]
        + rules["top_up"] * (1 - rho)
        + rules["training_burden"] * terms["training"]
    )
    keeping += rules["failure"] * rho * (1 - terms["contribution"]) * terms["clawback"] * T
    return 1 / (1 + math.exp(-(rules["intercept"] + usual + rules["cost_weight"] * (letting_go - keeping))))


def begin(
    people: list[Person],
    entering: dict[tuple[int, int], int],
    month: int,
    longest: int,
    rules: dict[str, float],
    normal: Callable[[int, int, int, int], float],
) -> set[int]:
    """Ids of those put on short time, by type of employer and region."""
    chosen: set[int] = set()
    for cell, many in entering.items():
        ranked = []
        for person in people:
            if person["labour"] != EMPLOYED or person["stage"] != OUT or person["since"] == month:
                continue
            if (person["employer"], person["job_region"]) != cell or person["flags"] & (TEMPORARY | SHORT_TIME):
                continue
            if person["short_time"] != NEVER and month - person["short_time"] < 2 * longest:
                continue
            rank = math.log(1 + month - person["since"]) + rules["skilled_first"] * person["currency"] / WHOLE
            rank += rules["noise"] * normal(PURPOSE, person["id"], month, 0)
            ranked.append((-rank, person["id"]))
        chosen |= {who for _, who in sorted(ranked)[:many]}
    return chosen


def trained(currency: int, share: float, hours: float, gain: float) -> int:
    """Currency after a month of training, in units of 1 / 65535."""
    now = currency / WHOLE
    return math.floor((now + gain * share * hours * (1 - now)) * WHOLE + 0.5)

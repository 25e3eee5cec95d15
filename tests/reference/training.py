"""Lifelong learning person by person in plain Python (W4)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

OUT, EMPLOYED, RETIRED, FRONTIER = 7, 2, 3, 65535
Draw = Callable[[int], float]


def chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def decision(p: dict[str, Any], month: int, rules: dict[str, Any], draw: Draw) -> tuple[bool, int, int] | None:
    """Whether a free course is wanted, the private payer (-1 nobody, 0 employer, 1 fund, 2 own money), courses; None
    for who is not asked."""
    age = month - p["birth_month"]
    if age % 12 or p["stage"] != OUT or not 25 <= age // 12 < 65 or p["labour"] == RETIRED:
        return None
    works = p["labour"] == EMPLOYED
    group = p["occupation"] if works else len(rules["technical"]) - 1
    technical = rules["technical_field"][p["field"]] or (works and rules["technical"][group])
    need = 1 - p["currency"] / FRONTIER if technical else 0.0
    ahead = min((67 - age // 12) / rules["horizon"], 1)
    wish = rules["inclination"] + rules["attitude"][p["level"]] + rules["returns"] * need * ahead
    wish -= rules["age"] * (1 - ahead) + (0 if works else rules["not_working"])
    if draw(0) >= chance(wish):
        return False, -1, 0
    payer = -1
    if works and draw(1) < rules["willing"][p["employer"]][group][p["job_level"]]:
        payer = 0
    elif works and draw(2) < rules["fund"][p["employer"]]:
        payer = 1
    cost = rules["own_cost"][group][p["job_level"] if works else p["level"]]
    if payer < 0 and draw(0) < chance(wish - cost):
        payer = 2
    more = chance(rules["more"][group] + rules["more_needed"] * need)
    return True, payer, 1 + (draw(3) < more) + (draw(4) < more)

"""D1 in plain Python, from the equations of its docstring: one person at a time, dicts and lists."""

from __future__ import annotations

import math

from reference.philox import unit, words

SURVIVAL = 1
FOUR_YEARS = 48


def death_chance(
    age: int, hazards: dict[str, float], ratio: float, years_past: float, years_later: float, i: float
) -> float:
    """P(dies) within a month at a completed age; hazards: at 65, at 85, floor, infant."""
    if age == 0:
        yearly = hazards["infant"]
    else:
        beta = math.log(hazards["85"] / hazards["65"]) / 20.0
        fallen = (1.0 - 0.015) ** years_past * (1.0 - i) ** years_later
        yearly = hazards["floor"] + hazards["65"] * math.exp(beta * (age + 0.5 - 65.0)) * fallen
    return 1.0 - math.exp(-ratio * yearly / 12.0)


def emigration_chance(rate: float, ratio: float) -> float:
    """P(emigrates) within a month."""
    return 1.0 - math.exp(-rate * ratio / 12.0)


def fate(
    seed: int,
    month: int,
    person: dict[str, int],
    death: list[list[float]],
    emigrate: list[list[float]],
    plan: str = "free",
) -> str:
    """What the month brings a person: ``dies``, ``emigrates`` or ``stays``; plan: ``free``, ``bound`` or ``goes``."""
    first, second, _, _ = words(seed, SURVIVAL, person["id"], month, 0)
    age = min((month - person["birth_month"]) // 12, len(death) - 1)
    if unit(first) < death[age][person["sex"]]:
        return "dies"
    if plan != "free":
        return "emigrates" if plan == "goes" else "stays"
    if unit(second) < emigrate[age][person["background"]]:
        return "emigrates"
    return "stays"


def newcomers(before: float, after: float, scale: float, threshold: float) -> int:
    """Simulated people of a cell who come between two cumulative numbers."""
    return math.floor(after / scale + threshold) - math.floor(before / scale + threshold)

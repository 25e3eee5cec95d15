"""Partnerships (L5) and what is taught (L6) in plain Python, from the equations of their declarations."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

Partnership = dict[str, Any]
Draw = Callable[[int, int, int], float]
FUNDED = 48


def next_month(
    there: list[Partnership], month: int, commitment: list[float], rules: dict[str, float], draw: Draw
) -> list[Partnership]:
    """Who is left of those that there are, a month on; ``fading`` is None for those that go on."""
    left = []
    for p in there:
        c, fading = commitment[p["region"]], p["fading"]
        age = month - p["started"]
        if age == FUNDED and draw(p["ident"], month, 0) >= min(1.0, rules["goes_on"] * c):
            fading = month
        if age > FUNDED and fading is None and draw(p["ident"], month, 1) < rules["gives_up"] * (1 - c):
            fading = month
        if fading is None or month - fading < rules["fade_months"]:
            left.append(p | {"fading": fading})
    return left


def size(p: Partnership, month: int, rules: dict[str, float]) -> float:
    """Size of a partnership against a full-grown one."""
    fading = 0 if p["fading"] is None else month - p["fading"]
    return min(1.0, (month - p["started"]) / rules["build_months"]) * max(0.0, 1 - fading / rules["fade_months"])


def taught(months: int, delta: float, behind: float, pace: float) -> list[float]:
    """Currency by month, of a school that is ``behind`` the frontier in log units and renews ``pace`` of it a year."""
    frontier, vintage, found = 0.0, -behind, []
    for _ in range(months):
        frontier += delta / 12
        vintage += pace / 12 * (frontier - vintage)
        found.append(math.exp(vintage - frontier))
    return found

"""Apprenticeship places (L4) from their equations, in plain Python, one firm or person at a time."""

from __future__ import annotations

import math


def logistic(z: float) -> float:
    """1 / (1 + exp(-z))."""
    return 1 / (1 + math.exp(-z))


def willing(worth: float, support: float, cost: float, slump: float, members: float, p: dict[str, float]) -> float:
    """Share of firms to whom a place is worth its net cost."""
    z = (worth + support - cost * (1 + p["places.slump_weight"] * slump)) / p["places.spread"]
    with_partners = z + p["places.partnership_value"] / p["places.spread"]
    return (1 - members) * logistic(z) + members * logistic(with_partners)


def next_level(level: float, need: float, usual: float, share: float, usual_share: float, p: dict[str, float]) -> float:
    """Places offered relative to normal, after a year in which ``need`` and willingness were these."""
    wanted = (need / usual) ** p["places.elasticity"] * share / usual_share
    speed = p["places.up"] if wanted > level else p["places.down"]
    return level + speed * (wanted - level)


def internships(seekers: list[tuple[int, int, int, float]], offered: dict[tuple[int, int], int]) -> set[int]:
    """Ids without an internship; seekers are (id, group, region, draw); first those of the region, then all left."""
    left = dict(offered)
    queue = sorted(seekers, key=lambda s: (s[3], s[0]))
    without = []
    for person in queue:
        cell = person[1], person[2]
        if left.get(cell, 0) > 0:
            left[cell] -= 1
        else:
            without.append(person)
    lacking = set()
    for pid, group, _, _ in without:
        cells = [cell for cell in left if cell[0] == group and left[cell] > 0]
        if cells:
            left[cells[0]] -= 1
        else:
            lacking.add(pid)
    return lacking


def bridged(new: list[tuple[int, int, float]], share: list[float], anyway: list[int], cap: int | None) -> list[int]:
    """Ids of the new places, (id, region, draw), that the scheme takes on, in the order of the draw; the first
    ``anyway`` of a region are passed over."""
    reached, seen = [], [0] * len(share)
    for pid, region, draw in sorted(new, key=lambda n: (n[2], n[0])):
        if draw < share[region]:
            seen[region] += 1
            if seen[region] > anyway[region]:
                reached.append(pid)
    return reached if cap is None else reached[:cap]

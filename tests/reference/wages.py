"""Wages (W2) from its equations, in plain Python: people are dicts, cells are (group, level); no kernel is imported."""

from __future__ import annotations

import math
from typing import Any

Cells = dict[tuple[int, int], float]
UNEMPLOYED, EMPLOYED, OUT = 1, 2, 7


def unemployed(people: list[dict[str, Any]], staff: Cells) -> Cells:
    """U: who is without work, in the cell of the last job, else of education, else spread over the groups."""
    groups = {g for g, _ in staff}
    found = dict.fromkeys(staff, 0.0)
    for person in people:
        if person["labour"] != UNEMPLOYED:
            continue
        level = person["level"]
        if person["occupation"] >= 0:
            found[person["occupation"], person["job_level"]] += 1.0
        elif person["field"] in groups:
            found[person["field"], level] += 1.0
        else:
            workers = sum(staff[g, level] for g in groups)
            for g in groups:
                found[g, level] += staff[g, level] / workers if workers else 1.0 / len(groups)
    return found


def rates(idle: Cells, staff: Cells, k: float) -> Cells:
    """u_gl."""
    total, people = sum(idle.values()), sum(idle.values()) + sum(staff.values())
    u = (total + 0.5) / (people + 1.0)
    found = {}
    for g, level in staff:
        of_group = [cell for cell in staff if cell[0] == g]
        U_g = sum(idle[cell] for cell in of_group)
        F_g = U_g + sum(staff[cell] for cell in of_group)
        u_g = (U_g + k * u) / (F_g + k)
        found[g, level] = (idle[g, level] + k * u_g) / (idle[g, level] + staff[g, level] + k)
    return found


def wage(before: float, seen: float, normal: float, rules: dict[str, float]) -> float:
    """w(t) of one cell."""
    d = -rules["e"] * math.log(seen / normal) - math.log(before)
    return before * math.exp((d if d > 0 else rules["delta"] * d) / rules["c"])


def path(months: list[Cells], rules: dict[str, float]) -> list[Cells]:
    """Wages month by month, from u_gl month by month; the first twelve are the base year."""
    cells = list(months[0])
    normal = {cell: sum(u[cell] for u in months[:12]) / 12 for cell in cells}
    seen, wages = dict(normal), dict.fromkeys(cells, 1.0)
    found = [dict(wages) for _ in months[:12]]
    for u in months[12:]:
        for cell in cells:
            seen[cell] += (u[cell] - seen[cell]) / rules["m"]
            wages[cell] = wage(wages[cell], seen[cell], normal[cell], rules)
        found.append(dict(wages))
    return found


def seen_by_choosers(wages: Cells, staff: Cells, technical: list[bool]) -> list[float]:
    """Log wage of each group, its kind's plain mean moved to the log of the kind's mean wage."""

    def mean(groups: list[int]) -> float:
        cells = [cell for cell in staff if cell[0] in groups]
        return sum(staff[c] * wages[c] for c in cells) / sum(staff[c] for c in cells)

    logs = [math.log(mean([g])) for g in range(len(technical))]
    found = []
    for g, kind in enumerate(technical):
        same = [h for h, other in enumerate(technical) if other == kind]
        found.append(logs[g] + math.log(mean(same)) - sum(logs[h] for h in same) / len(same))
    return found


def worth(person: dict[str, Any], rules: dict[str, Any]) -> float:
    """exp(q): what a worker's skill is worth."""
    q = rules["rho_t"] * person["transferable"] / 255
    if rules["technical"][person["occupation"]]:
        q += rules["rho"] * person["currency"] / 65535
    return math.exp(q)


def worth_by_cell(people: list[dict[str, Any]], rules: dict[str, Any]) -> dict[tuple[int, int], list[float]]:
    """exp(q) of every worker."""
    found: dict[tuple[int, int], list[float]] = {}
    for person in people:
        if person["labour"] == EMPLOYED:
            found.setdefault((person["occupation"], person["job_level"]), []).append(worth(person, rules))
    return found


def pay_by_lack(
    people: list[dict[str, Any]], curve: Cells, base: Cells, rules: dict[str, Any]
) -> dict[tuple[int, str], float]:
    """Mean pay of technicians by level and what they lack; ``base`` is the base year's mean of exp(q) by cell."""
    found: dict[tuple[int, str], list[float]] = {}
    for person in people:
        cell = person["occupation"], person["job_level"]
        if person["labour"] != EMPLOYED or person["stage"] != OUT or not rules["technical"][cell[0]]:
            continue
        step = rules["ladder"][cell[1]] - rules["ladder"][person["level"]]
        lacks = "skills" if person["currency"] / 65535 < rules["asked"] else "none"
        lacks = "level" if step > rules["level_gap"] else lacks
        found.setdefault((person["level"], lacks), []).append(curve[cell] * worth(person, rules) / base[cell])
    return {cell: sum(pay) / len(pay) for cell, pay in found.items()}

"""Teachers (L2) and hybrid teachers (L3) from their equations, in plain Python, without the kernels."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

Person = dict[str, Any]
Cell = tuple[int, int, int]
Uniform = Callable[[int, int, int, int], float]
OUT, VO, MBO, HBO, EMPLOYED, GRADUATED = 7, 2, 3, 4, 2, 8
TEACHER, HYBRID = 42, 43


def candidates(people: list[Person], rules: dict[str, Any], month: int, uniform: Uniform) -> dict[int, int]:
    """Kind by id of those who could take a post, uniform(purpose, id, month, k)."""
    found = {}
    for p in people:
        works = p["labour"] == EMPLOYED and p["stage"] == OUT and p["occupation"] == rules["education"]
        if not works or p["taken"] or p["level"] < rules["lowest"]:
            continue
        if rules["chance"] < 1.0:
            asked = (month - p["birth_month"]) % 3 == 0
            if not asked or uniform(TEACHER, p["id"], month, 3) >= rules["chance"]:
                continue
        technical = rules["technical"][p["field"]]
        if p["field"] == rules["education"]:
            share = rules["start_share"] if p["left_education"] < rules["first"] else rules["share"]
            technical = uniform(TEACHER, p["id"], 0, 0) < share
        found[p["id"]] = int(technical)
    return found


def interested(
    people: list[Person], rules: dict[str, Any], month: int, every: bool, uniform: Uniform
) -> dict[int, int]:
    """Kind by id of workers outside education who want to teach."""
    found = {}
    for p in people:
        works = p["labour"] == EMPLOYED and p["stage"] == OUT and p["occupation"] != rules["education"]
        age = month - p["birth_month"]
        if not works or p["taken"] or p["level"] < rules["lowest"] or not (every or age % 12 == 0):
            continue
        share = min(1.0, rules["interest"][p["field"]] * math.exp(rules["age_effect"] * (age / 12 - 40) / 10))
        if uniform(HYBRID, p["id"], 0, 0) < share:
            found[p["id"]] = int(rules["technical"][p["field"]])
    return found


def posts_given(
    queue: list[Person], room: dict[Cell, int], rules: dict[str, Any], segments: int
) -> tuple[list[int], dict[Cell, int]]:
    """Segment of each in the queue (-1: none), and what is left; a segment is drawn by its room times its pull.

    ``rules``: min_level, pull by (segment, kind); degree, set of (segment, kind); chances by (lacks degree, region);
    ``half`` whether a post may be a half too large; ``unit`` whether everyone takes one.
    """
    left, given = dict(room), []
    for p in queue:
        k, r = p["kind"], p["region"]
        weights = []
        for s in range(segments):
            free = left[s, k, r]
            lacks = (s, k) in rules["degree"] and not p["has_degree"]
            fits = p["level"] >= rules["min_level"][s, k] and p["draw"] < rules["chances"][int(lacks), r]
            enough = 2 * free >= p["hours"] if rules["half"] else free > 0
            weights.append(rules["pull"][s, k] * free if fits and enough and free > 0 else 0)
        target, passed, chosen = math.floor(p["pick"] * sum(weights)), 0, -1
        for s, weight in enumerate(weights):
            passed += weight
            if chosen < 0 and passed > target:
                chosen = s
        given.append(chosen)
        if chosen >= 0:
            left[chosen, k, r] -= p["hours"] if rules["half"] else 1
    return given, left


def learners(people: list[Person], upper: list[bool], technical: list[bool], staying: bool) -> dict[Cell, int]:
    """Pupils and students by segment, kind and region."""
    count: dict[Cell, int] = {}

    def add(s: int, k: int, r: int) -> None:
        count[s, k, r] = count.get((s, k, r), 0) + 1

    for p in people:
        if p["stage"] == VO:
            high = upper[p["track"]] and p["grade"] >= 4
            segment = 0 if high else 1
            add(segment, 0, p["region"])
            lower_part = not high and (upper[p["track"]] or p["grade"] <= 2)
            if lower_part or p["profile"] == 2:
                add(segment, 1, p["region"])
        elif VO < p["stage"] < OUT and not (staying and p["flags"] & GRADUATED):
            segment = {MBO: 2, HBO: 3}.get(p["stage"], 4)
            add(segment, int(technical[p["programme"]]), p["region"])
    return count


def permission(large: bool, pressure: float, vacancy_rate: float, paid: float, rules: dict[str, float]) -> float:
    """P of the employer."""
    odds = rules["large"] if large else rules["sme"]
    odds += rules["paid"] * paid - rules["pressure"] * pressure - rules["scarcity"] * vacancy_rate
    return 1 / (1 + math.exp(-odds))


def leaving(rules: dict[str, float], pay: float, own_pay: float, grant: float, tightness: float) -> float:
    """Chance to look for a job in industry."""
    gap = math.log(pay) - math.log(own_pay) - grant
    return min(
        1.0, rules["leave"] * math.exp(rules["pay"] * gap) * min(max(tightness, 0.05), 1.0) ** rules["tightness"]
    )


def admitted(people: list[Person], places: dict[int, int]) -> set[int]:
    """Ids of those with a place: the best of each cell, ties by id."""
    inside: set[int] = set()
    for cell, many in places.items():
        mine = sorted((p for p in people if p["cell"] == cell), key=lambda p: (-p["score"], p["id"]))
        inside |= {p["id"] for p in mine[:many]}
    return inside


def moves_to_industry(
    queue: list[Person], vacancies: dict[tuple[int, int, int, int], int], technical: list[int], employers: int
) -> tuple[dict[int, tuple[int, int]], dict[tuple[int, int, int, int], int]]:
    """New type of employer and group by id, and vacancies left: in the own technical group, or any without one."""
    left, moved = dict(vacancies), {}
    for p in queue:
        groups = [p["field"]] if p["field"] in technical else technical
        cells = [(e, g, p["job_level"], p["job_region"]) for g in groups for e in range(employers)]
        target, passed = math.floor(p["pick"] * sum(left[c] for c in cells)), 0
        for cell in cells:
            passed += left[cell]
            if passed > target:
                moved[p["id"]] = cell[:2]
                left[cell] -= 1
                break
    return moved, left

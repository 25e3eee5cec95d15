"""Working (W1, W2) from its equations, in plain Python: people are dicts, cells are tuples; no kernel is imported.

``draw(purpose, person, month, k)`` and ``gauss(...)`` hand out the random numbers, so that the reference holds whatever
generator stands behind them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

Person = dict[str, Any]
Cell = tuple[int, int, int, int]
Draw = Callable[[int, int, int, int], float]

OUTSIDE, UNEMPLOYED, EMPLOYED, RETIRED = 0, 1, 2, 3
VO, MBO, OUT = 2, 3, 7
PARTICIPATION, RETIREMENT, QUIT, LAYOFF, SEARCH, APPLY, RANK, SECTOR, APPRENTICE, CONTRACT = (
    24, 25, 26, 27, 28, 29, 30, 31, 32, 37,
)  # fmt: skip


def labour_state(person: Person, month: int, rules: dict[str, Any], draw: Draw, gauss: Draw) -> int:
    """The state that age, education and the year ask for."""
    age_months = month - person["birth_month"]
    if age_months < 15 * 12:
        return int(person["labour"])
    if VO <= person["stage"] < OUT:
        learns = person["programme"] >= 0 and rules["bbl"][person["programme"]]
        return int(person["labour"]) if learns else OUTSIDE
    if person["labour"] == RETIRED:
        return RETIRED
    if age_months / 12 >= rules["retirement_age"] + rules["spread"] * gauss(RETIREMENT, person["id"], 0, 0):
        return RETIRED
    rate = rules["rates"][person["sex"]][min(age_months // 12, len(rules["rates"][0]) - 1)][person["level"]]
    rate = min(1.0, max(0.0, rate + rules["cyclical"] * (1.0 - rate)))
    if draw(PARTICIPATION, person["id"], 0, 0) >= rate:
        return OUTSIDE
    return UNEMPLOYED if person["labour"] == OUTSIDE else int(person["labour"])


def end_of_job(person: Person, month: int, rules: dict[str, float], draw: Draw) -> str | None:
    """Why a worker's job ends this month, None if it does not."""
    if person["labour"] != EMPLOYED or person["stage"] != OUT:
        return None
    tenure = month - person["since"]
    if person["left_education"] == month and tenure > 0:
        return "apprenticeship_end" if draw(APPRENTICE, person["id"], month, 0) >= rules["retention"] else None
    end = rules["end_short"] if tenure < rules["short_tenure"] else rules["end_long"]
    u = draw(CONTRACT, person["id"], month, 0)
    if u < end:
        return "contract_end"
    return "quit" if u < end + rules["quit"] else None


def laid_off(people: list[Person], month: int, dismiss: dict[Cell, int], noise: float, gauss: Draw) -> set[int]:
    """Ids of the workers dismissed: per cell, those of the lowest log(1 + T) + sigma z."""
    gone: set[int] = set()
    for cell, count in dismiss.items():
        mine = [p for p in people if p["labour"] == EMPLOYED and p["stage"] == OUT and cell_of(p) == cell]
        mine.sort(key=lambda p: (math.log(1 + month - p["since"]) + noise * gauss(LAYOFF, p["id"], month, 0), p["id"]))
        gone |= {p["id"] for p in mine[:count]}
    return gone


def cell_of(person: Person) -> Cell:
    """Sector, occupation group, job level, job region."""
    return person["employer"], person["occupation"], person["job_level"], person["job_region"]


def seekers(people: list[Person], month: int, rules: dict[str, Any], draw: Draw) -> list[Person]:
    """The unemployed and the workers who search."""
    found = []
    for p in people:
        if p["stage"] != OUT or p["labour"] not in (UNEMPLOYED, EMPLOYED):
            continue
        if p["labour"] == EMPLOYED:
            chance = rules["search"]
            if month - p["since"] < rules["short_tenure"]:
                chance *= rules["search_short"]
            if p["job_level"] < p["level"] or not rules["related"][p["field"]][p["occupation"]]:
                chance *= rules["search_mismatch"]
            if draw(SEARCH, p["id"], month, 0) >= min(1.0, chance):
                continue
        found.append(p)
    return found


def application(
    p: Person,
    month: int,
    turn: int,
    vacancies: dict[tuple[int, int, int], int],
    rules: dict[str, Any],
    draw: Draw,
    gauss: Draw,
) -> tuple[tuple[int, int, int], float] | None:
    """The cell (group, level, region) to which a seeker applies and the score there; None if it comes to nothing."""
    k = 4 * turn
    if draw(APPLY, p["id"], month, k) >= rules["interview"]:
        return None
    works = p["labour"] == EMPLOYED
    idle = 0 if works else month - p["since"]
    depth = sum(idle >= limit for limit in rules["depths"])
    height, e = rules["ladder"], p["level"]
    down = rules["step_down"] * rules["relief"] ** depth

    years = (month - p["left_education"]) / 12
    fade = rules["field_pull_floor"] + (1 - rules["field_pull_floor"]) * math.exp(-years / rules["field_pull_years"])
    b = rules["field_pull"] * rules["specificity"][e] * fade

    def pull(group: int, level: int, region: int) -> float:
        gap = height[level] - height[e]
        willing = math.exp(down * min(gap, 0.0) - rules["step_up"] * max(gap, 0.0))
        return float(willing * rules["near"][p["region"]][region] * vacancies.get((group, level, region), 0))

    places = [(lv, r) for lv in range(len(height)) for r in range(len(rules["near"]))]
    weights = []
    for g in range(len(rules["fit"][0])):
        utility = b * rules["fit"][p["field"]][g]
        if g == p["occupation"]:
            utility += rules["attachment"]
        if p["sex"] == 1 and rules["technical"][g]:
            utility -= rules["women_technical"]
        weights.append(math.exp(utility) * sum(pull(g, lv, r) for lv, r in places))
    if sum(weights) <= 0:
        return None
    group = pick(weights, draw(APPLY, p["id"], month, k + 1))
    level, region = places[pick([pull(group, lv, r) for lv, r in places], draw(APPLY, p["id"], month, k + 2))]
    fit, gap = rules["fit"][p["field"]][group], height[level] - height[e]
    if works:
        now = b * rules["fit"][p["field"]][p["occupation"]]
        now += rules["step_down"] * min(height[p["job_level"]] - height[e], 0.0)
        new = b * fit + rules["step_down"] * min(gap, 0.0)
        if new < now - rules["move_noise"] * abs(gauss(APPLY, p["id"], month, k + 3)):
            return None
    experienced = group == p["occupation"] and p["job_level"] >= level
    unfit = level >= rules["high_level"] and fit < rules["min_fit"]
    if not experienced and (gap > rules["max_shortfall"] or unfit):
        return None
    score = rules["rank_fit"] * fit + rules["rank_experience"] * experienced
    score += rules["rank_surplus"] * max(-gap, 0.0) - rules["rank_shortfall"] * max(gap, 0.0)
    score -= rules["rank_duration"] * math.log(1 + idle)
    score += rules["rank_noise"] * gauss(RANK, p["id"], month, turn)
    return (group, level, region), score


def pick(weights: list[float], u: float) -> int:
    """Index drawn with chances in proportion to ``weights``."""
    target, running = u * sum(weights), 0.0
    for i, weight in enumerate(weights):
        running += weight
        if running >= target:
            return i
    return len(weights) - 1


def match_round(
    people: list[Person],
    month: int,
    turn: int,
    vacancies: dict[Cell, int],
    decided: dict[tuple[int, int, int], int],
    rules: dict[str, Any],
    draw: Draw,
    gauss: Draw,
) -> dict[int, Cell]:
    """Who is hired where among the seekers ``people``: id to cell; ``vacancies`` is lowered."""
    open_by_place: dict[tuple[int, int, int], int] = {}
    for (_, g, lv, r), count in vacancies.items():
        open_by_place[g, lv, r] = open_by_place.get((g, lv, r), 0) + count
    queues: dict[tuple[int, int, int], list[tuple[float, int]]] = {}
    for p in people:
        outcome = application(p, month, turn, open_by_place, rules, draw, gauss)
        if outcome is not None:
            queues.setdefault(outcome[0], []).append((-outcome[1], p["id"]))
    hired: dict[int, Cell] = {}
    for place, queue in queues.items():
        for _, pid in sorted(queue)[: decided.get(place, 0)]:
            sectors = [s for s in range(rules["employers"]) for _ in range(vacancies.get((s, *place), 0))]
            if not sectors:
                break
            sector = sectors[int(draw(SECTOR, pid, month, turn) * len(sectors))]
            vacancies[sector, *place] -= 1
            hired[pid] = (sector, *place)
    return hired


def strayed(path: list[float], first: int, start: int, tau: float, spread: float, low: float, high: float,
            shock: Callable[[int], float]) -> list[float]:  # fmt: skip
    """W3: the path plus the sum of all shocks so far, each weighted (k + 1) r^k after k months.

    The moving-average form of (1 - r L)^2 d = sigma e; sigma from the variance sum of these weights, spread^2.
    """
    r = math.exp(-1.0 / tau)
    sigma = spread / math.sqrt(math.fsum(((k + 1) * r**k) ** 2 for k in range(int(60 * tau) + 200)))
    found = []
    for at, planned in enumerate(path):
        month = first + at
        if month < start:
            found.append(planned)
            continue
        weights = ((month - then + 1) * r ** (month - then) * shock(then) for then in range(start, month + 1))
        found.append(min(max(planned + sigma * math.fsum(weights), low), high))
    return found

"""Lifelong learning person by person in plain Python (W4)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

OUT, UNEMPLOYED, EMPLOYED, RETIRED, FRONTIER = 7, 1, 2, 3, 65535
Draw = Callable[[int], float]


def chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def decision(p: dict[str, Any], month: int, rules: dict[str, Any], draw: Draw) -> tuple[bool, int, int] | None:
    """Whether a free course is wanted, the private payer (-1 nobody, 0 employer, 1 fund, 2 own money), courses
    that they pay; None for who is not asked."""
    age = month - p["birth_month"]
    if age % 12 or p["stage"] != OUT or not 25 <= age // 12 < 65 or p["labour"] == RETIRED:
        return None
    works = p["labour"] == EMPLOYED
    group = p["occupation"] if works else len(rules["technical"]) - 1
    technical = rules["technical_field"][p["field"]] or (works and rules["technical"][group])
    need = 1 - p["currency"] / FRONTIER if technical else 0.0
    ahead = min(max((rules["pension"] - age // 12) / rules["horizon"], 0), 1)
    fit = rules["offer_by_group"][group] * rules["offer_by_level"][p["level"]]
    wish = rules["inclination"] - rules["memories"] * rules["bad"][p["level"]] + rules["fit"] * fit
    wish += rules["returns"] * need * ahead - rules["age"] * (1 - ahead)
    if works:
        rise = rules["rho_t"] * rules["course"] * (1 - p["transferable"] / 255)
        if rules["technical"][group]:
            rise += rules["rho"] * rules["gain"] * (1 - p["currency"] / FRONTIER)
        wish += rules["cost"] * 12 * rules["pay_years"] * rise * ahead
    wish -= rules["hours"] / 100 * rules["time_work"] if works else rules["not_working"]
    wish -= rules["hours"] / 100 * rules["time_care"] if 30 <= age // 12 < 45 else 0
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
    if payer < 0:
        return True, payer, 0
    more = chance(rules["more"][group] + rules["more_needed"] * need)
    return True, payer, 1 + (draw(3) < more) + (draw(4) < more)


def attended(p: dict[str, Any], month: int, rules: dict[str, Any]) -> dict[str, Any]:
    """Courses, currency (65535ths), transferable skill (255ths) after the month, and whether a course is followed."""
    number = p["courses"]
    if number == 0:
        return p | {"follows": False}
    months = math.floor(rules["months"][p["level"]] + (number - 1) * rules["further_months"] + 0.5)
    if (month - p["birth_month"]) % 12 >= months:
        known = p["transferable"] / 255
        known += (1 - (1 - rules["course"]) ** number) * (1 - known)
        return p | {"courses": 0, "transferable": math.floor(255 * known + 0.5), "follows": False}
    currency = p["currency"] / FRONTIER
    if rules["technical_field"][p["field"]] or (p["labour"] == EMPLOYED and rules["technical"][p["occupation"]]):
        currency += rules["gain"] * number / months * (1 - currency)
    return p | {"currency": math.floor(FRONTIER * currency + 0.5), "follows": True}


def enrolled(
    p: dict[str, Any], private: int, public: int, number: int, technical: list[bool]
) -> tuple[tuple[int, int], int, int, dict[int, int]]:
    """Level and whether in technical work; courses followed; who pays the first, -1 nobody; courses by payer."""
    cell = (p["level"], int(p["labour"] == EMPLOYED and technical[p["occupation"]]))
    follows = number if private >= 0 else int(public >= 0)
    paid: dict[int, int] = {}
    if public >= 0:
        paid[public] = 1
    if private >= 0:
        paid[private] = number - len(paid)
    return cell, follows, public if public >= 0 else private, paid


def interest(p: dict[str, Any], month: int, rules: dict[str, Any]) -> float | None:
    """Chance that a person would be retrained in the year (W2); None for who is not asked."""
    works, g, lv = p["labour"] == EMPLOYED, p["occupation"], p["level"]
    technical = rules["technical_field"][p["field"]] or (works and rules["technical"][g])
    if technical or month - p["birth_month"] >= 55 * 12 or p["labour"] not in (UNEMPLOYED, EMPLOYED):
        return None
    known, more = p["currency"] / FRONTIER, rules["more"][p["region"]]
    there = rules["mean_technical"][lv] + more + rules["rho"] * max(known, rules["least"])
    here = rules["offer"][g][p["job_level"]] if g >= 0 else rules["mean_other"][lv]
    if g >= 0 and rules["technical"][g]:
        here += more + rules["rho"] * known
    base = rules["workers"] if works else rules["unemployed"]
    idle = 6 if works else max(month - p["since"], 0)
    odds = math.log(base / (1 - base)) + rules["pay"] * (there - here) + rules["vacancies"] * rules["scarce"]
    odds += rules["duration"] * math.log((1 + idle) / 7) - (rules["women"] if p["sex"] == rules["female"] else 0)
    return chance(odds)

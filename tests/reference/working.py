"""Working (W1, W2) from its equations, in plain Python: people are dicts, cells are tuples; no kernel is imported.

``draw(purpose, person, month, k)``, ``gauss(...)`` and ``bits(...)`` hand out the random numbers, so that the reference
holds whatever generator stands behind them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from typing import Any

Person = dict[str, Any]
Cell = tuple[int, int, int, int]
Vacancy = tuple[int, int]
"""Cell, counted from the first, and number within it."""
Draw = Callable[[int, int, int, int], float]
Bits = Callable[[int, int, int, int], int]

OUTSIDE, UNEMPLOYED, EMPLOYED, RETIRED = 0, 1, 2, 3
VO, MBO, OUT = 2, 3, 7
PARTICIPATION, RETIREMENT, LAYOFF, SEARCH, APPLY, RANK, SECTOR, APPRENTICE, CONTRACT, RENEWAL, AT_WORK = (
    24, 25, 27, 28, 29, 30, 31, 32, 37, 38, 39,
)  # fmt: skip
SKILLS_SHOWN = 60
TEMPORARY, SHORT_TIME = 16, 32
FRONTIER, NEVER = 65535, -32768


def stocks(
    people: list[Person], month: int, technical: Any, sector_of: Any, fields: int
) -> dict[str, dict[tuple[int, ...], int]]:
    """The month's stocks by indicator and cell."""
    names = ("employed", "unemployed", "unemployed_by_duration", "employed_by_occupation", "employed_by_background")
    found: dict[str, Counter[tuple[int, ...]]] = {name: Counter() for name in (*names, "participation")}
    for p in people:
        group = min((month - p["birth_month"]) // 60, 19)
        found["participation"][p["sex"], group, p["labour"]] += 1
        home = (p["field"] if p["field"] >= 0 else fields - 1, p["level"], p["region"])
        if p["labour"] == EMPLOYED:
            kind = int(technical[p["occupation"]])
            found["employed"][*home, int(sector_of[p["employer"]]), kind] += 1
            found["employed_by_occupation"][p["occupation"], p["sex"]] += 1
            found["employed_by_background"][p["background"], kind] += 1
        elif p["labour"] == UNEMPLOYED:
            months = month - p["since"]
            found["unemployed"][home] += 1
            found["unemployed_by_duration"][0 if months < 6 else 1 if months < 12 else 2, p["level"]] += 1
    return {name: dict(counts) for name, counts in found.items()}


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
    """What becomes of a worker's job this month: contract_end, quit, permanent; None if nothing."""
    if person["labour"] != EMPLOYED or person["stage"] != OUT or person["since"] == month:
        return None
    temporary = bool(person["flags"] & TEMPORARY)
    decision = 1 / rules["temporary_months"] if temporary else rules["permanent_end"]
    u = draw(CONTRACT, person["id"], month, 0)
    if u < decision:
        renewal = draw(RENEWAL, person["id"], month, 0)
        if not temporary or renewal < rules["not_renewed"]:
            return "contract_end"
        goes_on = 1 - rules["not_renewed"]
        return "permanent" if renewal < rules["not_renewed"] + goes_on * rules["made_permanent"] else None
    return "quit" if u < decision + rules["quit"] else None


def let_go(
    people: list[Person], month: int, flexible: dict[Cell, int], limit: dict[Cell, int], noise: float, gauss: Draw
) -> dict[int, str]:
    """Who is let go and why: temporary workers first, then those of the lowest log(1 + T) + sigma z."""
    gone: dict[int, str] = {}
    for cell in set(flexible) | set(limit):
        mine = [p for p in people if p["labour"] == EMPLOYED and p["stage"] == OUT and cell_of(p) == cell]
        mine.sort(key=lambda p: (math.log(1 + month - p["since"]) + noise * gauss(LAYOFF, p["id"], month, 0), p["id"]))
        temporary = [p["id"] for p in mine if p["flags"] & TEMPORARY]
        others = [p["id"] for p in mine if not p["flags"] & TEMPORARY]
        count, allowed = limit.get(cell, 0), max(flexible.get(cell, 0), limit.get(cell, 0))
        first = temporary[:allowed]
        gone |= dict.fromkeys(first, "contract_end")
        gone |= dict.fromkeys(others[: max(count - len(first), 0)], "layoff")
    return gone


def finished(
    people: list[Person],
    month: int,
    vacancies: dict[Cell, int],
    offer: Callable[[int, int], float],
    stays: float,
    draw: Draw,
) -> dict[int, Cell | None]:
    """Apprentices who leave education: id to the cell in which they go on working, None for those without a job."""
    mine = [
        p for p in people
        if p["stage"] == OUT and p["labour"] == EMPLOYED and p["left_education"] == month and p["since"] < month
    ]  # fmt: skip
    mine.sort(key=lambda p: (draw(AT_WORK, p["id"], month, 1), p["id"]))
    result: dict[int, Cell | None] = {}
    for p in mine:
        e, g, level, r = cell_of(p)
        wants = draw(APPRENTICE, p["id"], month, 0) < stays
        keeps = wants and draw(APPRENTICE, p["id"], month, 1) < offer(e, g)
        if p["flags"] & TEMPORARY and not keeps:
            result[p["id"]] = None
        elif p["level"] > level and vacancies.get((e, g, p["level"], r), 0) > 0:
            vacancies[e, g, p["level"], r] -= 1
            result[p["id"]] = (e, g, p["level"], r)
        else:
            result[p["id"]] = (e, g, level, r)
    return result


def next_currency(person: Person, month: int, rules: dict[str, Any]) -> int:
    """Technical skill currency at the end of the month, in units of the frontier."""
    educated = person["field"] >= 0 and rules["technical_field"][person["field"]]
    works = person["labour"] == EMPLOYED and rules["technical"][person["occupation"]]
    now = person["currency"] / FRONTIER
    now = now + rules["gain"] * (1 - now) if works else now * (1 - rules["fade"])
    now *= math.exp(-rules["renewal"][person["occupation"] if works else person["field"]] / 12)
    arrived = person["left_education"] == NEVER and person["currency"] == 0
    if educated and person["stage"] == OUT and (person["left_education"] == month or arrived):
        school = rules["taught"][person["field"]][person["level"]][person["region"]]
        now = max(now, rules["at_graduation"] if person["left_education"] != month else school)
    return math.floor(now * FRONTIER + 0.5)


def cell_of(person: Person) -> Cell:
    """Type of employer, occupation group, job level, job region."""
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
            chance = min(1.0, chance)
            if p["flags"] & SHORT_TIME:
                chance *= rules["search_on_short_time"]
            if draw(SEARCH, p["id"], month, 0) >= chance:
                continue
        found.append(p)
    return found


def application(
    p: Person,
    month: int,
    turn: int,
    vacancies: dict[tuple[int, int, int], list[Vacancy]],
    posted: dict[tuple[int, int, int], int],
    rules: dict[str, Any],
    draw: Draw,
    gauss: Draw,
    bits: Bits,
) -> tuple[Vacancy, float] | None:
    """Vacancy and score of an application; None if it fails, as where the choice, of the ``posted``, does not decide.

    ``vacancies`` come to a decision, by (group, level, region); ``posted`` counts all that are open.
    """
    k = 4 * turn
    works = p["labour"] == EMPLOYED
    idle = 0 if works else month - p["since"]
    depth = sum(min(idle, month - p["left_education"]) >= limit for limit in rules["depths"])
    height, e = rules["ladder"], p["level"]
    down = rules["step_down"] * rules["relief"] ** depth

    years = (month - p["left_education"]) / 12
    fade = rules["field_pull_floor"] + (1 - rules["field_pull_floor"]) * math.exp(-years / rules["field_pull_years"])
    relief = rules["field_relief"] ** depth
    specific = p.get("specific", rules["specificity"][e])
    own = rules["technical_pull"] if rules["technical_field"][p["field"]] else 1.0
    b = relief * (rules["field_pull"] * own) * specific * fade
    hold = relief * rules["attachment"] * (1 - math.exp(-max(years, 0) / rules["attachment_years"]))
    shown = not works and draw(SKILLS_SHOWN, p["id"], p["since"], 0) < rules["shown"][p["region"]]
    least = rules["shown_fit"] if shown else 0.0
    hold *= rules["shown_hold"] if shown else 1.0
    current = p["currency"] / FRONTIER

    def suits(group: int) -> float:
        value = float(rules["fit"][p["field"]][group])
        if rules["technical_field"][p["field"]] and rules["technical"][group]:
            value *= 1 - rules["currency_weight"] * (1 - current)
        return max(value, least)

    def pull(group: int, level: int, region: int) -> float:
        gap = height[level] - height[e]
        willing = math.exp(down * min(gap, 0.0) - rules["step_up"] * max(gap, 0.0))
        attractive = rules["chances"][group] * math.exp(rules["pay"][group][level][region])
        return float(willing * rules["near"][p["region"]][region] * attractive)

    def paid_for_skill(group: int) -> float:
        """eta rho (C - 1) in technical work, of the technically educated."""
        technical = rules["technical"][group] and rules["technical_field"][p["field"]]
        return float(rules["skill_pay"] * (p["currency"] / 65535 - 1)) if technical else 0.0

    def considered(group: int) -> list[tuple[int, int]]:
        fit = max(rules["fit"][p["field"]][group], least)
        allowed = [
            lv
            for lv in range(len(height))
            if (
                height[lv] - height[e] <= rules["max_shortfall"]
                and not (lv >= rules["high_level"] and fit < rules["min_fit"])
            )
            or (group == p["occupation"] and lv <= p["job_level"])
        ]
        return [(lv, r) for lv in allowed for r in range(len(rules["near"]))]

    weights = []
    for g in range(len(rules["fit"][0])):
        utility = b * suits(g)
        if g == p["occupation"]:
            utility += hold
        if p["sex"] == 1 and "specific" not in p and rules["technical"][g]:
            utility -= rules["women_technical"]
        utility += paid_for_skill(g)
        weights.append(math.exp(utility))
    drawn_to = {(g, lv, r): weights[g] * pull(g, lv, r) for g in range(len(weights)) for lv, r in considered(g)}
    deciding = sum(w * len(vacancies.get(place, [])) for place, w in drawn_to.items())
    among = sum(w * posted.get(place, 0) for place, w in drawn_to.items())
    if draw(APPLY, p["id"], month, k) * among >= rules["interview"] * deciding:
        return None
    word = bits(APPLY, p["id"], month, k + 1)
    levels, regions = len(height), len(rules["near"])

    def first_call(item: int, worth: dict[int, float]) -> int:
        times = {c: -math.log(((mixed(word, item + c) >> 12) + 0.5) / 2**52) / w for c, w in worth.items() if w > 0}
        return min(times, key=lambda c: times[c])

    worth: list[dict[int, float]] = [{} for _ in weights]
    for (g, lv, r), w in drawn_to.items():
        worth[g][lv * regions + r] = w * len(vacancies.get((g, lv, r), []))
    group = first_call(0, {g: sum(of_group.values()) for g, of_group in enumerate(worth)})
    level, region = divmod(first_call(len(weights) + group * levels * regions, worth[group]), regions)
    gap = height[level] - height[e]
    if works:
        now = b * suits(p["occupation"]) + rules["pay"][p["occupation"]][p["job_level"]][p["job_region"]]
        now += rules["step_down"] * min(height[p["job_level"]] - height[e], 0.0) + hold
        now += paid_for_skill(p["occupation"])
        new = (
            hold * (group == p["occupation"])
            + b * suits(group)
            + rules["step_down"] * min(gap, 0.0)
            + rules["pay"][group][level][region]
            + paid_for_skill(group)
        )
        if new < now - rules["move_noise"] * abs(gauss(APPLY, p["id"], month, k + 3)):
            return None
    experienced = group == p["occupation"] and p["job_level"] >= level
    chosen = max(vacancies[group, level, region], key=lambda one: mixed(word, 2**40 + one[0] * 2**20 + one[1]))
    score = rules["rank_fit"] * suits(group) + rules["rank_experience"] * experienced
    score += rules["rank_surplus"] * max(-gap, 0.0) - rules["rank_shortfall"] * max(gap, 0.0)
    score -= rules["rank_duration"] * math.log(1 + idle)
    score += rules["rank_noise"] * gauss(RANK, p["id"], month, turn)
    score += rules["rank_transferable"] * p["transferable"] / 255
    return chosen, score


def mixed(word: int, item: int) -> int:
    """64 bits of an item for a person's word (SplitMix64)."""
    whole = 2**64
    x = (word + item * 0x9E3779B97F4A7C15) % whole
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9 % whole
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB % whole
    return x ^ (x >> 31)


def decides(cell: int, number: int, turn: int, share: float) -> bool:
    """Whether a vacancy comes to a decision in a round, counted from the start of time."""
    position = (
        (cell + 1) * 0.7548776662466927 + (number + 1) * 0.6180339887498949 + ((mixed(turn, 0) >> 12) + 0.5) / 2**52
    )
    return position % 1.0 < share


def match_round(
    people: list[Person],
    month: int,
    turn: int,
    vacancies: dict[Cell, int],
    rules: dict[str, Any],
    draw: Draw,
    gauss: Draw,
    bits: Bits,
) -> dict[int, Cell]:
    """Who is hired where among the seekers ``people``: id to cell; ``vacancies`` is lowered."""
    deciding: dict[tuple[int, int, int], list[Vacancy]] = {}
    cells: dict[Vacancy, Cell] = {}
    for at, (cell, count) in enumerate(sorted(vacancies.items())):  # every cell is there
        for number in range(count):
            if decides(at, number, month * rules["rounds"] + turn, rules["decision"]):
                deciding.setdefault(cell[1:], []).append((at, number))
                cells[at, number] = cell
    posted: dict[tuple[int, int, int], int] = {}
    for cell, count in vacancies.items():
        posted[cell[1:]] = posted.get(cell[1:], 0) + count
    queues: dict[Vacancy, list[tuple[float, int]]] = {}
    for p in people:
        outcome = application(p, month, turn, deciding, posted, rules, draw, gauss, bits)
        if outcome is not None:
            queues.setdefault(outcome[0], []).append((-outcome[1], p["id"]))
    hired: dict[int, Cell] = {}
    for vacancy, queue in queues.items():
        hired[min(queue)[1]] = cells[vacancy]
        vacancies[cells[vacancy]] -= 1
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


def jobs_by_cell(people: list[Person]) -> dict[Cell, int]:
    """Workers by the cell of their job."""
    return Counter(cell_of(p) for p in people if p["labour"] == EMPLOYED)


def labour_force_by_region(people: list[Person]) -> dict[int, int]:
    """Workers and unemployed by region of residence."""
    return Counter(p["region"] for p in people if p["labour"] in (EMPLOYED, UNEMPLOYED))


def month_older(ages: list[int], opened: int, filled: int, withdrawn: int) -> tuple[list[int], list[int]]:
    """A cell's vacancies and the filled a month later, by age: the oldest are filled, then the oldest withdrawn."""
    last = len(ages) - 1
    single = [0] * opened + [min(age + 1, last) for age, count in enumerate(ages) for _ in range(count)]
    single.sort()
    gone = [single.pop() for _ in range(filled)]
    for _ in range(withdrawn):
        single.pop()
    return [single.count(age) for age in range(len(ages))], [gone.count(age) for age in range(len(ages))]

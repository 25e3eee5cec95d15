"""Learning (L1) from its equations, in plain Python: people are dicts, one at a time; no kernel is imported."""

from __future__ import annotations

import math
from typing import Any

from reference.choosing import onward, pick
from reference.philox import uniform

Person = dict[str, Any]
Rules = dict[str, Any]

PROMOTION, EXAM, DROPOUT, PLACE, SWITCH, REENTRY, ADULT_BBL, DELAY, INTERNSHIP = 14, 15, 16, 20, 21, 22, 23, 35, 45
VO, MBO, HBO, BACHELOR, MASTER, OUT = 2, 3, 4, 5, 6, 7
UNEMPLOYED, EMPLOYED = 1, 2
TECHNICAL = 2
JANUARY = 0  # month indices count from a January
HAS_ROUTE, GRADUATED = 2, 8
NODES = (
    "not_started", "vo_start", "vmbo_technical", "vmbo_other", "havo_technical", "havo_other", "vwo_technical",
    "vwo_other", "mbo_technical", "mbo_other", "hbo_technical", "hbo_other", "wo_technical", "wo_other",
    "work_technical", "work_other", "not_working",
)  # fmt: skip
STAGE_NAMES = {MBO: "mbo", HBO: "hbo", BACHELOR: "wo", MASTER: "wo"}


def shifted(chance: float, shift: float) -> float:
    """logistic(logit(p) + shift)."""
    if chance in (0.0, 1.0):
        return chance
    return 1 / (1 + math.exp(-(math.log(chance / (1 - chance)) + shift)))


def taught_by(p: Person, rules: Rules) -> tuple[int, int]:
    """First- (0) or second-degree (1) teachers; 1 where technical subjects are taught, too."""
    high = p["track"] in rules["upper"] and p["grade"] >= 4
    if high:
        return 0, int(p["profile"] == TECHNICAL)
    lower = p["grade"] <= (3 if p["track"] in rules["upper"] else 2)
    return 1, int(lower or p["profile"] == TECHNICAL)


def stretch(segment: int, kind: int, p: Person, rules: Rules) -> float:
    """Pupils per teacher against the start, over the pupil's lessons."""
    other, technical = (rules["stretch"][segment][k][p["region"]] for k in (0, 1))
    return rules["lessons"] * technical + (1 - rules["lessons"]) * other if kind else other


def passes_vo(seed: int, month: int, p: Person, rules: Rules) -> bool:
    """Whether a pupil gets the diploma in July."""
    if p["stage"] != VO or p["grade"] != rules["last"][p["track"]]:
        return False
    chance = shifted(rules["passed"][p["track"]][p["grade"]], rules["beta"] * p["ability"])
    segment, kind = taught_by(p, rules)
    chance *= max(1, stretch(segment, kind, p, rules)) ** -rules["e_p"]
    return uniform(seed, EXAM, p["id"], month, 0) < chance


def promoted(seed: int, month: int, p: Person, rules: Rules) -> Person:
    """A pupil after August's promotion."""
    after = dict(p)
    if p["stage"] != VO or p["flags"] & GRADUATED:
        return after
    t, g = p["track"], p["grade"]
    segment, kind = taught_by(p, rules)
    repeat = shifted(rules["repeat"][t][g], -rules["beta"] * p["ability"])
    repeat *= max(1, stretch(segment, kind, p, rules)) ** rules["e_d"]
    down = shifted(
        rules["down"][t][g], -rules["beta"] * p["ability"] - rules["w_down"] * (rules["kappa"][p["region"]] - 1)
    )
    u = uniform(seed, PROMOTION, p["id"], month, 0)
    if u < rules["leave"][t][g]:
        if month - p["birth_month"] >= 16 * 12:
            after.update(stage=OUT, left_education=month)
    elif g != rules["last"][t] and u >= rules["leave"][t][g] + repeat:
        below = rules["below"].get(t)
        if below is not None and u < rules["leave"][t][g] + repeat + down:
            after["track"] = below
        after["grade"] = min(g + 1, rules["last"][after["track"]])
    return after


def finishes(seed: int, month: int, p: Person, rules: Rules) -> bool:
    """Whether a student of mbo, hbo or wo gets the diploma in July: years ended in July since enrolment count."""
    if not MBO <= p["stage"] <= MASTER:
        return False
    programme = rules["programmes"][p["programme"]]
    years = (month + 2 - p["enrolled"]) // 12
    lacks = p["stage"] == MBO and p["id"] in rules["without_internship"]
    if lacks and uniform(seed, INTERNSHIP, p["id"], month, 1) < rules["delay"]:
        return False
    return years >= programme["years"] and (
        uniform(seed, DELAY, p["id"], month, 0) < rules["passed"][programme["column"]]
    )


def with_diploma(p: Person, rules: Rules) -> Person:
    """A student after the diploma: nothing is lowered; the field is that of the highest level."""
    programme = rules["programmes"][p["programme"]]
    after = dict(p, flags=p["flags"] | GRADUATED)
    after["diploma"] = max(p["diploma"], rules["diploma_of"][programme["column"]])
    if programme["level"] >= p["level"]:
        after.update(level=programme["level"], field=programme["field"])
    return after


def misfit(p: Person, rules: Rules) -> float:
    """m_i = exp(-beta_d a_i) in a technical field, else 1."""
    technical = rules["technical"][rules["programmes"][p["programme"]]["field"]]
    return math.exp(-rules["beta_d"] * p["affinity"]) if technical else 1.0


def drops_out(seed: int, month: int, p: Person, rules: Rules) -> bool:
    """Whether a student leaves this month without the diploma."""
    if not MBO <= p["stage"] <= MASTER:
        return False
    column = rules["programmes"][p["programme"]]["column"]
    d = rules["first" if month - p["enrolled"] < 12 else "later"][column]
    theta = rules["theta"] if p["flags"] & HAS_ROUTE else 1.0
    chance = 1 - (1 - min(1.0, d * misfit(p, rules) * theta)) ** (1 / 10)
    if month % 12 == JANUARY and p["stage"] == MBO and p["id"] in rules["without_internship"]:
        gives_up = uniform(seed, INTERNSHIP, p["id"], month, 2) < rules["gives_up"]
        return gives_up or uniform(seed, DROPOUT, p["id"], month, 0) < chance
    return uniform(seed, DROPOUT, p["id"], month, 0) < chance


def switched(seed: int, month: int, p: Person, rules: Rules) -> int | None:
    """The new field of a first-year student who switches in February, None for the others."""
    if not MBO <= p["stage"] <= MASTER or month - p["enrolled"] >= 12:
        return None
    programme = rules["programmes"][p["programme"]]
    if programme["pathway"] == "bbl":
        return None
    chance = (
        rules["switch"][programme["column"]]
        * misfit(p, rules)
        * math.exp(-rules["w"] * (rules["kappa"][p["region"]] - 1))
    )
    if uniform(seed, SWITCH, p["id"], month, 0) >= min(1.0, chance):
        return None
    old, technical = programme["field"], rules["technical"]
    weights = []
    for f, share in enumerate(rules["shares"][programme["column"]][p["sex"]]):
        weight = share * math.exp(rules["beta_f"] * p["affinity"] * technical[f])
        if technical[f] != technical[old]:
            weight *= rules["phi"]
        weights.append(0.0 if f == old else weight)
    return pick(weights, uniform(seed, SWITCH, p["id"], month, 1))


def stands_before_choice(seed: int, month: int, p: Person, rules: Rules) -> bool:
    """July's graduates, and some of those out of education under 28."""
    if p["flags"] & GRADUATED:
        return True
    waits = p["id"] in rules.get("waiting", ())
    age = (month - p["birth_month"]) / 12
    diploma = rules["diplomas"][p["diploma"]]
    if p["stage"] != OUT or not 16 <= age < 28 or diploma in ("hbo", "wo_bachelor", "wo_master"):
        return False
    if waits:
        return True
    base = rules["reentry_general"] if diploma in ("havo", "vwo") else rules["reentry"]
    return uniform(seed, REENTRY, p["id"], month, 0) < base * 0.5 ** max(0.0, age - 20)


def adult_wants_bbl(seed: int, month: int, p: Person, rules: Rules) -> bool:
    """Whether an adult, not among those who choose, wants a bbl programme one level up."""
    age = (month - p["birth_month"]) / 12
    return (
        p["stage"] == OUT
        and 20 <= age < 45
        and p["labour"] in (UNEMPLOYED, EMPLOYED)
        and rules["levels"][p["level"]] in ("mbo1", "mbo2", "mbo3")
        and p["occupation"] >= 0
        and (
            p["id"] in rules.get("waiting_adults", ())
            or uniform(seed, ADULT_BBL, p["id"], month, 0) < rules["adult_bbl"]
        )
    )


def served(
    seed: int,
    month: int,
    applicants: list[tuple[int, bool, tuple[int, int]]],
    places: dict[tuple[int, int], int],
    rules: Rules,
) -> dict[int, int]:
    """Group of the place of those who get one, by id; applicants are (id, adult, cell); ``places`` is lowered."""
    found: dict[int, int] = {}
    queue = sorted((adult, uniform(seed, PLACE, pid, month, 0), pid, cell) for pid, adult, cell in applicants)
    for _, _, pid, cell in queue:
        _take(places, cell, pid, found)
    left = dict(places)
    for _, _, pid, (group, region) in queue:
        if pid in found or uniform(seed, PLACE, pid, month, 2) >= rules["other_field"]:
            continue
        kind = rules["technical"][group]
        others = [g for g in range(len(rules["groups"])) if g != group and rules["technical"][g] == kind]
        there = [g for g in others if left[g, region] > 0]
        if there:
            weights = [float(left[g, region]) for g in there]
            _take(places, (there[pick(weights, uniform(seed, PLACE, pid, month, 3))], region), pid, found)
    return found


def _take(places: dict[tuple[int, int], int], cell: tuple[int, int], pid: int, found: dict[int, int]) -> None:
    if places.get(cell, 0) > 0:
        places[cell] -= 1
        found[pid] = cell[0]


def without_place(seed: int, month: int, pid: int, rules: Rules) -> str:
    """What a school leaver without a place does: ``bol``, ``wait`` or ``leave``."""
    u = uniform(seed, PLACE, pid, month, 1)
    if u < rules["bol_without_place"]:
        return "bol"
    return "wait" if u < rules["bol_without_place"] + rules["wait_without_place"] else "leave"


def node(month: int, p: Person, rules: Rules) -> str:
    """The node of the flow diagram in which a person stands on 1 October."""
    old, kind = NODES[p["node"]], ("other", "technical")
    if p["stage"] == VO:
        track = rules["tracks"][p["track"]].split("_")[0]
        if p["profile"] == 0 or track == "pro":
            return "vo_start" if old in ("not_started", "vo_start") else old
        return f"{track}_{kind[p['profile'] == 2]}"
    if p["stage"] in STAGE_NAMES:
        technical = rules["technical"][rules["programmes"][p["programme"]]["field"]]
        return f"{STAGE_NAMES[p['stage']]}_{kind[technical]}"
    settled = old.startswith("work_") or old == "not_working"
    if p["stage"] == OUT and not settled and month - p["left_education"] >= 18:
        if p["labour"] != EMPLOYED:
            return "not_working"
        return f"work_{kind[p['occupation'] >= 0 and rules['technical'][p['occupation']]]}"
    return old


def intake(seed: int, month: int, people: list[Person], rules: Rules, places: dict[tuple[int, int], int]) -> Rules:
    """September: ``people`` afterwards, ``chose`` (id to destination, field, bbl wanted), ``placed`` and ``applied``.

    ``places`` is lowered. Programmes are found by (column name, pathway, field).
    """
    young = {p["id"]: onward(seed, month, p, rules) for p in people if stands_before_choice(seed, month, p, rules)}
    grown = {p["id"] for p in people if p["id"] not in young and adult_wants_bbl(seed, month, p, rules)}
    applicants = [
        (p["id"], False, (young[p["id"]][1], p["region"])) for p in people if young.get(p["id"], (0, 0, 0))[2]
    ]
    applicants += [(p["id"], True, (p["occupation"], p["region"])) for p in people if p["id"] in grown]
    placed = served(seed, month, applicants, places, rules)
    after, waiting, adults = [], set(), set()
    for p in people:
        if p["id"] in young:
            destination, field, wants = young[p["id"]]
            if wants and p["id"] not in placed:
                does = without_place(seed, month, p["id"], rules)
                destination = destination if does == "bol" else "out"
                waiting |= {p["id"]} if does == "wait" else set()
            field = placed.get(p["id"], field)
            after.append(_sent(month, p, destination, field, p["id"] in placed, rules))
        elif p["id"] in placed:
            column = rules["levels"][p["level"] + 1]
            after.append(_enrolled(month, p, (column, "bbl", placed[p["id"]]), rules))
        else:
            if p["id"] in grown and uniform(seed, PLACE, p["id"], month, 1) < rules["adult_waits"]:
                adults.add(p["id"])
            after.append(dict(p))
    return {
        "people": after,
        "chose": young,
        "placed": set(placed),
        "applied": [a[0] for a in applicants],
        "waiting": waiting,
        "waiting_adults": adults,
    }


def _enrolled(month: int, p: Person, programme: tuple[str, str, int], rules: Rules) -> Person:
    row = rules["programme_of"][programme]
    return dict(p, stage=rules["programmes"][row]["stage"], programme=row, enrolled=month, grade=1)


def _sent(month: int, p: Person, destination: str, field: int, placed: bool, rules: Rules) -> Person:
    done = dict(p, flags=p["flags"] & ~GRADUATED)
    if destination == "out":
        return done if p["stage"] == OUT else done | {"stage": OUT, "programme": -1, "left_education": month}
    if destination in ("havo", "vwo"):
        done.update(stage=VO, track=rules["tracks"].index(destination), programme=-1)
        done["grade"] = {"havo": 4, "vwo": 5}[destination]
        if destination == "havo":
            done["profile"] = 0
        return done
    school = "bol" if destination.startswith("mbo") else "none"
    return _enrolled(month, done, (destination, "bbl" if placed else school, field), rules)

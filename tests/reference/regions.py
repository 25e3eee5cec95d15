"""W5 in plain Python: the utilities of the regions, and whom a draw sends where."""

from __future__ import annotations

import math

ADULT, PARENT, ROOTED = 18, 30, 65


def near(commuting: list[list[float]], here: int, there: int) -> float:
    """How often one works there against chance, root of both directions, relative to the own regions."""
    size = len(commuting)
    total = sum(map(sum, commuting))
    jobs = [sum(row[r] for row in commuting) * size / total for r in range(size)]

    def ratio(a: int, b: int) -> float:
        return commuting[a][b] / jobs[b] / size

    return math.sqrt(ratio(here, there) * ratio(there, here) / (ratio(here, here) * ratio(there, there)))


def utility(region: int, person: dict, land: dict, p: dict[str, float]) -> float:
    """V of a region for somebody who asks on the birthday, or when leaving education."""
    here, age = person["region"], person["age"]
    child = age < ADULT
    age += PARENT if child else 0  # high, works and job_region of a child are those of the parents
    before = [n / sum(land["at_start"]) for n in land["at_start"]]
    share = land["residents"][region] / sum(land["residents"])
    urban = land["urban"][region] - sum(u * b for u, b in zip(land["urban"], before, strict=True))
    group = "young" if age < 30 else "family" if age < 45 else "old"
    pull = p[f"city_{group}"]
    if person["high"]:
        pull += {"young": p["city_higher"], "family": p["city_career"], "old": 0.0}[group]
    v = pull * urban - p["housing"] * math.log(share / before[region])
    if region == here:
        v += p["stay"] + p["attachment"] * (min(max(age, ADULT), ROOTED) - ADULT) / 10
        v += p["fresh"] if person["graduates"] else 0.0
    else:
        v += math.log(share) + p["distance"] * math.log(near(land["commuting"], here, region))
        v += p["home"] if region == person["home"] else 0.0
    if person["works"] if child else person["out"] and not person["retired"]:
        v += land["chances"][person["field"]][region] * (p["with_work"] if person["works"] else 1.0)
        v += p["job"] if person["works"] and person["job_region"] == region else 0.0
    return v


def study_utility(region: int, home: int, here: int, wo: bool, share: float, land: dict, p: dict[str, float]) -> float:
    """V of a region for a new student."""
    v = math.log(share)
    if region == home:
        return v + p["study_wo" if wo else "study_hbo"]
    v += p["study_distance"] * math.log(near(land["commuting"], home, region))
    return v + (p["study_stay"] if region == here else 0.0)


def drawn(utilities: list[float], u: float) -> int:
    """The region that a uniform draw falls on."""
    weights = [math.exp(v) for v in utilities]
    left = u * sum(weights)
    for r, weight in enumerate(weights[:-1]):
        if left < weight:
            return r
        left -= weight
    return len(weights) - 1

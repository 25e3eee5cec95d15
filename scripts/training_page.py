"""Write docs/lifelong_learning.md: who learns beside the evidence, and what STAP and SLIM did, by level.

    python scripts/training_page.py [--draws 8]

Some minutes on two cores. The numbers are those of the code at hand.
"""

from __future__ import annotations

import argparse

import xarray as xr
from pages import ROOT, pair, run, with_error

from techsim.report.quantities import Results
from techsim.results.training import evaluate

PAGE = ROOT / "docs" / "lifelong_learning.md"
LEVELS = ("mbo1", "mbo2", "mbo3", "mbo4", "hbo", "wo")
UP_TO_MBO = LEVELS[:4]
HEAD = """# Lifelong learning: who learns, and what public money for it does

Made by `scripts/training_page.py`, 1:100, default parameters, draws of luck. How people and employers decide stands in
the declaration (`techsim explain W4`); participation by level beside the evidence in
[model_beside_evidence.md](model_beside_evidence.md). Here: who learns, what technicians lack, who retires, and the two
public schemes, each in the years that it was there, beside the same people and the same luck without it. In brackets:
standard errors over the {draws} draws.
"""
SCHEMES_HEAD = """
## The public schemes

**Users** are those whose course the scheme paid for. **People more** are those who follow a course with the scheme and
none without; the others would have learnt anyway: **deadweight**. **Displaced** is what employers, funds and people
themselves spend less than without it. Levels are those of the highest diploma; mbo1 stands for the basic level, too.
How many are reached is the volume of the lever, no finding. The errors are those of luck only: parameters have their
defaults. These are totals of the two worlds; a comparison counts deadweight user by user
([comparing.md](comparing.md)).
"""
SCHEMES = {
    "stap": (
        "STAP, 2022 and 2023",
        "levers:\n  - stap: {start: 2022-03, end: 2023-12}\n",
        2022,
        2023,
    ),
    "slim": (
        "SLIM, 2020 to 2023",
        "levers:\n  - slim: {start: 2020-03, end: 2023-12}\n",
        2020,
        2023,
    ),
}
CAUTION = """
Left out: that a course paid for by STAP need not serve work, rounds that are sold out in hours (whose speed favours who
is quick), fraud, and what employers learn of each other. Costs of running the schemes are not in the ledger.
"""


BY_LEVEL = """\
From 2011 to 2016 participation of people with hbo or wo rises some four points in the record (from 22 to 26 %, after
24 % in 2009; Onderwijs in cijfers) and is flat in the model; that of mbo-1 falls from 11 to 9 %, in the model by less.
No figure of participation by occupation group was at hand: the columns stand beside none, and the ratio of technical to
other work partly follows from table `training_groups`, whose differences between groups are assumptions."""
YEARS = (2009, 2013, 2018, 2024, 2030, 2040)
SERIES = (
    (
        "participation of people of 25 to 64, %",
        "training_participation",
        100,
        1,
        "17.0 % in 2010, 19.0 % in 2018 (P1190 ff.)",
    ),
    ("the same in technical occupations, times that of others", "training_in_technical_work", 1, 2, "none published"),
    ("courses of a participant in technical work", "courses_per_participant", 1, 2, "1.5 in 2013, 1.8 in 2018"),
    ("technicians whose education lies below their work, %", "undereducated", 100, 1, "7 % in 2013, rising"),
    ("technicians who retire within 5 years, %", "retiring_5_years", 100, 1, ""),
    ("the same within 10 years, %", "retiring_10_years", 100, 1, "25 % within 5 to 10 years from 2011"),
)
TECHNICAL = {"courses_per_participant": {"technical_occupation": ("True",)}}


def learners(data: xr.Dataset) -> list[str]:
    """Who learns, by level and kind of work, and what becomes of it over time."""
    results = Results(data)
    follow = data["in_training"].groupby("time.year").mean() / data["training_asked"]
    lines = [
        "\n## Who learns, what technicians lack, who retires\n",
        "Share of people of 25 to 64 who follow a course, %, by highest diploma and work:\n",
        "| level | technical work, 2013 | other or no work, 2013 | technical work, 2018 | other or no work, 2018 |",
        "|---|---|---|---|---|",
    ]
    for level in LEVELS:
        cells = [
            with_error(100 * follow.sel(year=year, level=level).isel(technical_occupation=kind), 1)
            for year in (2013, 2018)
            for kind in (1, 0)
        ]
        lines.append(f"| {level} | " + " | ".join(cells) + " |")
    lines += [
        f"\n{BY_LEVEL}\n",
        "| | " + " | ".join(map(str, YEARS)) + " | published |",
        "|---" * (len(YEARS) + 2) + "|",
    ]
    for words, quantity, times, digits, published in SERIES:
        drawn = [results.drawn(quantity, year, 0, TECHNICAL.get(quantity, ())) for year in YEARS]
        cells = [with_error(xr.DataArray(times * d, dims="draw"), digits) if d.size else "" for d in drawn]
        lines.append(f"| {words} | " + " | ".join(cells) + f" | {published} |")
    return lines


def scheme(lever: str, draws: int) -> list[str]:
    """A scheme's table by level, and the totals beside what is known of it."""
    title, levers, first, last = SCHEMES[lever]
    without, with_ = pair("baseline.yaml", "baseline.yaml", f"{last + 1}-12", draws, levers)
    years = last - first + 1
    found = evaluate(with_, without, lever)
    lines = [
        f"\n### {title}\n",
        "| level | users a year | share of users, % | people more a year | deadweight, % of users |"
        " private money displaced, % of public |",
        "|---|---|---|---|---|---|",
    ]
    everyone = found["users"].sum("level")
    for level in (*LEVELS, "all"):
        mine = found.sum("level") if level == "all" else found.sel(level=level)
        users = mine["users"]
        dead = 100 * (1.0 - mine["participants_more"] / users.where(users > 0))
        cells = (
            with_error(users / years),
            f"{100 * float((users / everyone).mean()):.0f}",
            with_error(mine["participants_more"] / years),
            with_error(dead),
            with_error(100 * mine["money_displaced"] / mine["public_money"].where(mine["public_money"] > 0)),
        )
        lines.append(f"| {level} | " + " | ".join(cells) + " |")
    low = found["users"].sel(level=list(UP_TO_MBO)).sum("level") / everyone
    total = found.sum("level")
    lines += [
        "",
        f"Public money: EUR {float((total['public_money'] / years).mean()) / 1e6:,.0f} million a year, EUR "
        f"{float((total['public_money'] / everyone).mean()):,.0f} a user. Courses more: "
        f"{with_error(total['courses_more'] / years)} a year. "
        f"Users with mbo 4 at most: {100 * float(low.mean()):.0f} %.",
        f"Technical skill of technically educated workers at the end: "
        f"{skill(with_, without, last)} of the frontier more.",
    ]
    if lever == "stap":
        lines.append(
            "Evidence: 214,000 grants in 2022 (P1219) of EUR 800 on average (P1220); more than half of the applicants "
            "had mbo 4 at most (P1228). How many would have learnt anyway was not measured: deadweight rests on the "
            "chances to apply of those whom nobody else pays and of those for whom an employer or fund would "
            "(`training.apply`, `training.apply_paid`), assumptions with wide priors whose spread is not in the errors."
        )
    return lines


def skill(with_: xr.Dataset, without: xr.Dataset, year: int) -> str:
    """How much smaller the mean gap to the frontier is in a year, over levels and occupation groups."""
    gaps = [d["skill_currency"].sel(year=year).mean(["level", "occupation"]) for d in (without, with_)]
    return with_error(gaps[0] - gaps[1], digits=5)


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--draws", type=int, default=8)
    draws = parser.parse_args().draws
    known = learners(run("baseline.yaml", "2040-12", draws))
    lines = [
        HEAD.format(draws=draws),
        *known,
        SCHEMES_HEAD,
        *(line for lever in SCHEMES for line in scheme(lever, draws)),
        CAUTION,
    ]
    PAGE.write_text("\n".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

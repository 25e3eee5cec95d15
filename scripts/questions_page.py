"""Write docs/questions.md: the questions that policy teams ask, each with its commands and what came out.

    python scripts/questions_page.py [--draws 20] [--only 1 2 3 4 5 6]

An hour on two cores. Parts left out keep what stands in the page. The numbers are those of the code at hand.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import xarray as xr
from pages import ROOT, pair, run

import techsim
from techsim import levers
from techsim.report import answers, cohort, numbers, opening, signs
from techsim.report.quantities import Results
from techsim.results import certainty, effects, verdicts, waterbed
from techsim.results.compared import BY_NAME
from techsim.results.comparison import COST, read_dataset
from techsim.results.effects import Table, rows
from techsim.results.trials import smallest, trials

PAGE = ROOT / "docs" / "questions.md"
SCENARIOS = ROOT / "scenarios"
COHORT = 2015
HEAD = """# The questions that policy teams ask

Made by `scripts/questions_page.py`, 1:100, default parameters unless a part says otherwise: ranges are luck alone, over
draws. Each part gives the commands that its numbers come from; `python scripts/questions_page.py --only N` makes part
N. **The model is not formally calibrated: read a number as what the model implies, not as advice**, and where it says
"not clear", believe that.
"""
BUDGET = "500e6"
"""Public money of the mix that is sought [EUR]."""
TITLES = {
    1: "A recession in 2026, with a bridging scheme, deeltijd-WW, or both",
    2: "Which lever yields most per euro, how sure, at whose expense",
    3: 'What "4 op 10" would take, and what binds first',
    4: f"The cohort that entered secondary school in {COHORT}",
    5: "Which regional experiment could show an effect",
    6: f"The best mix of levers within EUR {float(BUDGET) / 1e6:,.0f} million",
}


def command(*words: str) -> tuple[Path, str]:
    """Run a command of techsim from the repository's root; where it wrote, and what it said."""
    folder = Path(tempfile.mkdtemp()) / "results"
    made = subprocess.run(
        [sys.executable, "-m", "techsim", *words, "--out", str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    said = [line.rstrip() for line in made.stderr.splitlines() if line.startswith("  ")]  # progress and folders are not
    return folder, "\n".join(said)


def shown(*words: str) -> str:
    """The command as a reader types it."""
    return "```\ntechsim " + " ".join(words) + "\n```\n"


def compared(*words: str) -> tuple[xr.Dataset, Table]:
    """A comparison's Dataset and its rows."""
    folder, _ = command("compare", *words)
    data = read_dataset(folder)
    return data, Table(rows(data))


def sentences(data: xr.Dataset, table: Table) -> list[str]:
    """What the report says of each alternative."""
    lines = []
    for scenario in effects.alternatives(data):
        lines.append(f"\n**{scenario}**\n")
        lines += [f"- {said.text}" for said in answers.sentences(data, table, scenario)]
    return lines


def in_short(data: xr.Dataset, table: Table) -> list[str]:
    """What the report says first, of all alternatives at once, which go by letters in it."""
    letters = [f"{answers.letter(i)}: {name}" for i, name in enumerate(effects.alternatives(data))]
    said = [sentence.text for sentence in opening.verdict(data, table)]
    return [f"**In short** ({'; '.join(letters)}). {' '.join(said)}\n"]


YEARLY = {
    "technical_vacancies": "open technical vacancies",
    "unemployment_rate": "unemployment, percentage points",
    "technicians": "people in technical occupations",
    "places_filled": "apprenticeship places filled",
    "leakage": "leakage, percentage points",
    "technical_graduates": "technical graduates",
}
"""Of what a school year ends with, a column has the school year that ends in its year, as the sentences below do."""


def by_year(data: xr.Dataset, table: Table, years: Sequence[int], draws: int) -> list[str]:
    """A table for each alternative: what differs, year by year."""
    lines = []
    for scenario in effects.alternatives(data):
        lines += [
            f"\n*{scenario}*, more or fewer than without it; graduates and leakage of the school year that ends in the"
            " year:\n",
            "| | " + " | ".join(map(str, years)) + " |",
            "|---" * (len(years) + 1) + "|",
        ]
        for name, words in YEARLY.items():
            found = [table.by(year, scenario, name, int(BY_NAME[name].ends)) for year in years]
            if any(row is not None for row in found):
                cells = ["" if row is None else _said(row, draws) for row in found]
                lines.append(f"| {words} | " + " | ".join(cells) + " |")
    return lines


SLUMP_YEARS = (2026, 2027, 2028, 2029, 2030, 2032, 2035, 2040)
"""Years of the tables of question 1."""
LONG = ("--end", "2040-12")


def recession(draws: int) -> list[str]:
    """Question 1, to 2040: what schemes of a slump do to diplomas shows only after it."""
    names = ("", "_bridging", "_deeltijd_ww", "_both")
    words = [*(f"scenarios/recession_2026{name}.yaml" for name in names), *LONG, "--draws", str(draws)]
    data, table = compared(*words)
    slump = ["scenarios/baseline.yaml", "scenarios/recession_2026.yaml", *LONG, "--draws", str(draws)]
    first, first_table = compared(*slump)
    unsure = [*words, "--parameters", "prior"]
    wide, wide_table = compared(*unsure)
    return [
        "What the slump does, beside the baseline without one:\n", shown("compare", *slump),
        *in_short(first, first_table),
        *by_year(first, first_table, SLUMP_YEARS, draws), *sentences(first, first_table),
        "\nWhat the schemes do, beside the slump without them:\n", shown("compare", *words),
        *in_short(data, table),
        *by_year(data, table, SLUMP_YEARS, draws), *sentences(data, table),
        "\nThe same where each draw has parameters of its own, from their priors, so that ranges hold what is not known"
        " of people and firms as well as luck:\n", shown("compare", *unsure),
        *in_short(wide, wide_table),
        *by_year(wide, wide_table, SLUMP_YEARS, draws), *sentences(wide, wide_table),
    ]  # fmt: skip


SOUGHT = (
    "career_guidance", "technologieroute", "role_models", "intake_capacity", "teacher_grants",
    "international_retention",
)  # fmt: skip
"""Levers of the mix: those that add graduates, or keep them, at some price."""
SEARCH = ("--trials", "48", "--draws", "10")
"""How far the search goes."""


def per_euro(draws: int) -> list[str]:
    """Question 2: every ready lever beside the baseline."""
    known = sorted(path.name for path in SCENARIOS.glob("*_2040.yaml"))
    left_out = {"digitalisation_2040.yaml", "energy_transition_2040.yaml"}
    alternatives = [f"scenarios/{name}" for name in known if name not in left_out]
    words = ["scenarios/baseline.yaml", *alternatives, "--draws", str(draws)]
    data, table = compared(*words)
    assert all(effects.priceable(data, name) for name in effects.alternatives(data)), "levers alone have a rank"
    first = [
        "Every ready lever at the volume of its scenario, beside the baseline to 2040:\n",
        shown("compare", "scenarios/baseline.yaml", "scenarios/*_2040.yaml", "--draws", str(draws)),
        "| lever | money, EUR mln, by 2030 | by 2040 | technicians 2030 | EUR per technician 2030 | technicians 2040 |"
        " EUR per technician 2040 | EUR per year of a technician's work | technical graduates by 2040 |"
        " EUR per graduate | deadweight, % |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    second = [
        "\nWhere the waterbed rises, by 2040: open vacancies, and people by work, net, person by person:\n",
        "| lever | open vacancies: technology | care | education | at work: technology | health | education | business"
        " | other | not working |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for rank in verdicts.ranking(data, 2040, "technical_graduates_cumulative"):
        name = rank.scenario
        if name not in effects.alternatives(data):
            continue
        cells = [_money(table, name, 2030), _money(table, name, 2040)]
        for year in (2030, 2040):
            cells += [_effect(table, name, "technicians", year, draws)]
            cells += [_price(table.find(name, "technicians", year), draws)]
        cells += [_price(table.find(name, "technicians_cumulative", 2040), draws)]
        cells += [_effect(table, name, "technical_graduates_cumulative", 2040, draws)]
        cells += [_price(table.by(2040, name, "technical_graduates_cumulative", 1), draws)]
        cells += [_deadweight(data, table, name)]
        first.append(f"| {name} | " + " | ".join(cells) + " |")
        moved = waterbed.vacancies(table, name, 2040)
        cells = [_said(row, draws) for _, row in moved.rows] if moved else [""] * 3
        cells += [_net(data, name, state, draws) for state in ("technical", "health", "education", "business", "other")]
        cells.append(_net(data, name, "not_working", draws))
        second.append(f"| {name} | " + " | ".join(cells) + " |")
    return [
        *first,
        "\nMean over draws; bold where 95 of 100 draws or more have that sign, from ten draws on. Sure"
        " gains of graduates first, then likely ones, each by euro per graduate; then those that are not clear and"
        " likely losses, both by cost. A price (and its 90 % range) stands where it is at least likely that there are"
        " more, as in the report; none (–) where no more is paid. Deadweight: of what the lever paid for, what was"
        " there anyway ([comparing.md](comparing.md)).",
        *second,
    ]  # fmt: skip


def within_budget(_: int) -> list[str]:
    """Question 6, with trials and draws of its own."""
    mix = ["frontier", "scenarios/baseline.yaml", "--budget", BUDGET, "--levers", ",".join(SOUGHT), *SEARCH]
    folder, said = command(*mix, "--study", str(Path(tempfile.mkdtemp()) / "search.study"))
    return [shown(*mix), "```\n" + said + "\n```\n", *_front(folder), *_tried(folder)]


def _money(table: Table, scenario: str, year: int) -> str:
    cost = table.find(scenario, COST, year)
    return numbers.whole(cost.spread.mean / 1e6) if cost is not None else "0"


def _effect(table: Table, scenario: str, indicator: str, year: int, draws: int) -> str:
    row = table.by(year, scenario, indicator, 1 if "graduates" in indicator else 0)
    return "" if row is None else _said(row, draws)


def _price(row: effects.Row | None, draws: int) -> str:
    """As the report gives prices: where it is at least likely that there are more; with its range."""
    if row is None or not row.cost > 0.0:
        return numbers.UNKNOWN
    if certainty.likely(row.spread.negative, draws):
        return "fewer"
    if not signs.priced(row.spread, draws) or not np.isfinite(row.cost_per_unit[0]):
        return "not clear"
    return f"{numbers.rounded(row.cost_per_unit[0])} ({answers.price_range(row)})"


def _deadweight(data: xr.Dataset, table: Table, scenario: str) -> str:
    """By lever of the scenario that can be evaluated, with the 90 % interval."""
    found = []
    for lever in map(str, data["scheme"].values):
        row = table.find(scenario, "scheme_deadweight_share", 2040, lever=lever)
        if row is not None and np.isfinite(row.spread.mean):
            found.append(f"{100 * row.spread.mean:.0f} ({100 * row.spread.low:.0f} to {100 * row.spread.high:.0f})")
    return "; ".join(found)


def _net(data: xr.Dataset, scenario: str, state: str, draws: int) -> str:
    """People in a state by work in the last December, in the alternative less in the baseline."""
    counts = data["people_by_work"].sel(scenario=scenario).isel(horizon=-1)
    over = [d for d in counts.dims if d not in ("draw", "work_baseline", "work_alternative")]
    counts = counts.sum(over)
    there = counts.sel(work_alternative=state).sum("work_baseline")
    net = (there - counts.sel(work_baseline=state).sum("work_alternative")).values
    said = signs.signed(float(net.mean()))
    sure = certainty.sure(float(max((net > 0).mean(), (net < 0).mean())), draws)
    return f"**{said}**" if sure else said


def _mixes(path: Path) -> list[dict[str, str]]:
    """The mixes of a file, without the one that does nothing; the cheapest first."""
    with path.open(encoding="utf-8", newline="") as stream:
        mixes = [row for row in csv.DictReader(stream) if row["trial"] != "none"]
    return sorted(mixes, key=lambda row: float(row["cost_euro"]))


def _volumes(row: dict[str, str]) -> str:
    known = levers.catalogue()
    there = [f"{name} {numbers.volume(float(row[name]))}" for name in row if name in known and float(row[name]) != 0.0]
    return ", ".join(there) or "nothing"


def _tried(folder: Path) -> list[str]:
    """All mixes of the search, with its own draws and scale."""
    lines = [
        "\nAll that the search tried, by cost, with its own luck at 1:400 (not confirmed; whoever picks the best of"
        " these picks luck as well):\n",
        "| mix (volumes) | money, EUR mln | technicians in 2040: 90 % of draws reach | mean | technical graduates |",
        "|---|---|---|---|---|",
    ]
    rows = []
    for row in _mixes(folder / "trials.csv"):
        cells = [numbers.whole(float(row["cost_euro"]) / 1e6) + ("" if row["within_budget"] == "1" else " (too dear)")]
        keys = ("technicians_90_percent_certain", "technicians_mean", "technical_graduates_mean")
        cells += [signs.signed(float(row[key])) for key in keys]
        rows.append(f"| {_volumes(row)} | " + " | ".join(cells) + " |")
    return [*lines, *dict.fromkeys(rows)]  # what the search came upon twice stands once


def _front(folder: Path) -> list[str]:
    """The mixes of the front by cost, as other seeds confirmed them."""
    lines = [
        "The front of the search, run again with other seeds at 1:100. `holds`: neither doing nothing nor another mix"
        " beats it there, in cost and in technicians of whom one can be certain.\n",
        "| mix (volumes) | money, EUR mln | technicians in 2040: 90 % of draws reach | mean | technical graduates |"
        " holds |",
        "|---|---|---|---|---|---|",
    ]
    for row in _mixes(folder / "frontier.csv"):
        cost, certain, mean, more = (
            float(row[f"confirmed_{key}"]) for key in ("cost", "certain", "technicians", "graduates")
        )
        numbers_ = [numbers.whole(cost / 1e6), *(signs.signed(x) for x in (certain, mean, more))]
        holds = "yes" if row["holds"] == "1" else "no"
        lines.append(f"| {_volumes(row)} | " + " | ".join([*numbers_, holds]) + " |")
    return lines


def _said(row: effects.Row, draws: int) -> str:
    most = max(row.spread.positive, row.spread.negative)
    said = f"{100 * row.spread.mean:+.2f}" if row.unit == "share" else signs.signed(row.spread.mean)
    return f"**{said}**" if certainty.sure(most, draws) else said


def four_in_ten(draws: int) -> list[str]:
    """Question 3."""
    few = str(max(draws // 2, effects.FEW))
    parts = []
    for words in (
        ("bottleneck", "scenarios/baseline.yaml", "--target", "technical_graduate_share=0.40", "--draws", few),
        ("goal", "scenarios/guidance_and_technologieroute_2040.yaml", "--target", "technical_graduate_share=0.40",
         "--year", "2035", "--draws", few),
    ):  # fmt: skip
        _, said = command(*words)
        parts += [shown(*words), "```\n" + said + "\n```\n"]
    return parts


def followed(draws: int) -> list[str]:
    """Question 4."""
    few = max(draws // 4, 2)
    data = run("baseline.yaml", "2038-12", few)
    results = Results(data)
    lines = [
        shown("run", "scenarios/baseline.yaml", "--draws", str(few)),
        "Read from `results.nc` by the script of this page: `cohort_flows` and `cohort_flows_by_region`, to 2038. After"
        " a technical profile or sector: technical education, other education, none. After technical education, a year"
        " and a half on: technical work, other work, none.\n",
        "| group | with technical profile | technical education, % | other, % | none, % |"
        " technically educated | technical work, % | other work, % | none, % |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    groups: list[tuple[str, dict[str, str]]] = [("all", {})]
    groups += [(label, {dimension: label}) for dimension, label in cohort.groups_of(results)]
    for name, chosen in groups:
        flows = cohort.flows_of(results, COHORT, chosen)
        one, two = cohort.after_profile(flows, name), cohort.after_education(flows, name)
        lines.append(_cohort_row(name, one, two))
    flows = cohort.flows_of(results, COHORT)
    for track in cohort.TRACKS:
        lines.append(f"| {track} | {_transition(cohort.after_profile(flows, track, (track,)))} | | | | |")
    for column in cohort.EDUCATION:
        one = cohort.after_profile(flows, column, into=(column,))
        two = cohort.after_education(flows, column, (column,))
        technical, other, _ = one.shares
        lines.append(
            f"| {column} | {one.people:,.0f} | {100 * technical:.0f} | {100 * other:.0f} | | {_transition(two)} |"
        )
    lines.append(
        "\nBy region: where people grew up, which is the region that they left before the age of thirty as long as they"
        " may return, else the one that they live in; the flows of the regions add up to all. vmbo, havo, vwo: those"
        " with a technical profile or sector of that track; once in further education their track is not told apart."
        " mbo, hbo, wo: before, those with a technical profile or sector who went there from secondary school (none of"
        " them stopped); after, all who left technical education there, also those who were elsewhere first."
    )
    return lines


def _cohort_row(name: str, one: cohort.Transition, two: cohort.Transition) -> str:
    return f"| {name} | {_transition(one)} | {_transition(two)} |"


def _transition(found: cohort.Transition) -> str:
    return f"{found.people:,.0f} | " + " | ".join(f"{100 * share:.0f}" for share in found.shares)


TRIED = ("guidance_2040.yaml", "role_models_2040.yaml")
SEEN_IN = {
    "profile_choices": "technical share of profile and sector choices",
    "entrants": "technical share of entrants",
}


def trial(draws: int) -> list[str]:
    """Question 5."""
    few = max(draws // 2, 2)
    lines = [
        shown("run", "scenarios/baseline.yaml", "--draws", str(few)),
        f"and the same with the measure ({' or '.join(f'`scenarios/{name}`' for name in TRIED)}), both with"
        " `population: {regions: provinces}` and to 2035: pairs of draws, which the script of this page evaluates, as"
        " no command does yet. A trial starts in September 2026 in some regions; an evaluator sets the change of a"
        " share there, from three school years before to the years since, beside that in the other"
        " regions. **Effect** is what the measure moves in the model; **noise** what the same comparison shows where"
        " nobody has the measure, the luck of counting taken down from simulated people to residents"
        " (`techsim.results.trials`). A trial shows its effect if it would be significant at 5 % in 80 of 100 cases.\n",
    ]
    for name in TRIED:
        title = techsim.load(SCENARIOS / name).scenario.name
        both = "population: {regions: provinces}\n"
        without, with_ = pair("baseline.yaml", name, "2035-12", few, both=both)
        for variable, words in SEEN_IN.items():
            found = trials(with_, without, variable, 2026, scale=100.0)
            least = smallest(found)
            lines += [
                f"\n**{title}, {words}**: "
                + (
                    "no trial of these regions and years would show it."
                    if least is None
                    else f"{least.regions} region(s), {least.years} year(s): effect {100 * least.effect:+.2f} points,"
                    f" noise {100 * least.noise:.2f}, power {100 * least.power:.0f} %."
                ),
                "\n| regions | " + " | ".join(f"{years} y" for years in YEARS_SHOWN) + " |",
                "|---" * (len(YEARS_SHOWN) + 1) + "|",
            ]
            power = {(t.regions, t.years): t.power for t in found}
            for regions in (1, 2, 3, 4, 6):
                cells = [f"{100 * power[regions, y]:.0f} %" if (regions, y) in power else "" for y in YEARS_SHOWN]
                lines.append(f"| {regions} | " + " | ".join(cells) + " |")
    lines.append(
        "\nPower by number of treated provinces and years. Real regions have shocks that the model lacks, so that the"
        " noise here is a lower bound; and few draws leave an error in it that errs upwards."
    )
    return lines


YEARS_SHOWN = (1, 2, 3, 5, 8)
MAKERS: dict[int, Callable[[int], list[str]]] = {
    1: recession, 2: per_euro, 3: four_in_ten, 4: followed, 5: trial, 6: within_budget,
}  # fmt: skip


def standing() -> dict[int, str]:
    """The parts that the page has, by number."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    return {int(m[1]): m[2].strip() for m in re.finditer(r"^## (\d)\. [^\n]*\n(.*?)(?=^## |\Z)", text, re.M | re.S)}


def main() -> None:
    """Run and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--draws", type=int, default=20)
    parser.add_argument("--only", type=int, nargs="*", default=sorted(MAKERS))
    options = parser.parse_args()
    parts = standing()
    for number in options.only:
        parts[number] = "\n".join(MAKERS[number](options.draws)).strip()
        body = "\n".join(f"\n## {n}. {TITLES[n]}\n\n{parts[n]}" for n in sorted(parts))
        PAGE.write_text(HEAD + body + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    os.environ.setdefault("COLUMNS", "200")
    main()

"""Write docs/learning_bottlenecks.md: teachers, hybrid teachers and partnerships in the model and in the evidence.

    python scripts/learning_page.py [--draws 4]

Some minutes on two cores. The numbers are those of the code at hand; the words around them say what was tuned.
"""

from __future__ import annotations

import argparse

import numpy as np
import xarray as xr
from pages import ROOT, percent, run, spread

from techsim.results.derived import technical_occupations

PAGE = ROOT / "docs" / "learning_bottlenecks.md"
CAMPAIGN = "  - career_guidance: {start: 2012-09, volume: 1.0}\n"
STRONG = "followup.guidance_weight: 2.0"
TEACHERS = (
    "  - teacher_grants: {start: 2009-01, volume: 1.0, unit_cost: 6000}\n"
    "  - hybrid_programme: {start: 2009-01, volume: 1.0}\n"
)
ARMS = (
    ("no more students per teacher than at the start (m = 1.0)", "teachers.max_stretch: 1.0", ""),
    (
        "the same, with grants for teachers and the hybrid programme at full volume",
        "teachers.max_stretch: 1.0",
        TEACHERS,
    ),
    ("as in the baseline (m = 1.8)", "teachers.max_stretch: 1.8", ""),
    ("no limit on students per teacher", "teachers.max_stretch: 10.0", ""),
)
"""Ways in which places are bound: name, limit, levers in both runs of the pair."""
HYBRID = "levers:\n  - hybrid_programme: {start: 2026-01, volume: 1.0}\n"


def teachers(data: xr.Dataset, segment: str, year: int) -> xr.DataArray:
    """Full-time technical teachers of a segment, without hybrid ones; by draw."""
    return data["teachers"].sel(segment=segment, technical=True, measure="fte", kind="regular", year=year)


def students_per_teacher(data: xr.Dataset, year: int) -> xr.DataArray:
    """Technical wo students per full-time teacher; by draw."""
    students = data["students"].sel(level="wo", technical=True, year=year).sum(["pathway", "sex", "region"])
    return students / teachers(data, "wo", year)


def evidence(data: xr.Dataset) -> list[str]:
    """History beside the figures."""
    students = data["students"].sum(["sex", "region", "technical"])
    bbl = students.sel(level=["mbo1", "mbo2", "mbo3", "mbo4"]).sum("level")
    hybrid = (
        data["hybrid_teachers"]
        .sel(year=2017, hybrid_measure=["persons"])
        .sum(["segment", "technical", "hybrid_measure"])
    )
    parts, firms = data["partnerships"].sum("region"), data["partnership_firms"]
    rows = [
        *(
            (f"bbl students {year}", spread(bbl.sel(pathway="bbl", year=year)), f"{figure:,}")
            for year, figure in ((2009, 167_000), (2011, 154_400), (2013, 120_700), (2015, 95_700))
        ),
        ("bol students 2009 and 2015", f"{spread(bbl.sel(pathway='bol', year=2009))}; "
         f"{spread(bbl.sel(pathway='bol', year=2015))}", "rising"),
        ("technical second-degree teachers 2013 to 2018",
         percent(teachers(data, "vo_second", 2018) / teachers(data, "vo_second", 2013) - 1), "-20 %"),
        ("technical first-degree teachers 2008 to 2018",
         percent(teachers(data, "vo_first", 2018) / teachers(data, "vo_first", 2008) - 1), "0 %"),
        ("students per teacher in technical wo 2008", spread(students_per_teacher(data, 2008), 1), "12"),
        ("the same in 2017", spread(students_per_teacher(data, 2017), 1), "19"),
        ("hybrid teachers 2017", spread(hybrid), "50,000"),
        ("partnerships of mbo 2013", spread(parts.sel(level_group="mbo", year=2013)), "4"),
        ("partnerships of mbo 2019", spread(parts.sel(level_group="mbo", year=2019)), "about 150"),
        ("partnerships 2019", spread(parts.sel(year=2019).sum("level_group")), "about 350"),
        ("firms in them 2019", spread(firms.sel(year=2019).sum(["region", "level_group"])), "10,000"),
    ]  # fmt: skip
    return ["| | model | figure |", "|---|---|---|", *(f"| {a} | {b} | {c} |" for a, b, c in rows), ""]


def campaign(draws: int) -> list[str]:
    """A strong campaign where places are bound in four ways, from no more than the start's to no bound at all."""
    rows = [
        "| technical, 2016 to 2025 | entrants | graduates | students per teacher, mbo to wo |",
        "|---|---|---|---|",
    ]
    for name, limit, levers in ARMS:
        asked = [f"levers:\n{text}" if text else "" for text in (levers, levers + CAMPAIGN)]
        plain, more = (run("baseline.yaml", "2026-12", draws, (STRONG, limit), text) for text in asked)
        change = []
        for what in ("entrants", "graduates"):
            counts = [
                d[what].sel(technical=True, year=slice(2016, 2025)).sum(
                    ["year", "level", "pathway", "sex", "region"]
                )
                for d in (plain, more)
            ]  # fmt: skip
            change.append(percent(counts[1] / counts[0] - 1))
        loads = [load(d) for d in (plain, more)]
        rows.append(f"| {name} | {change[0]} | {change[1]} | {percent(loads[1] / loads[0] - 1)} |")
    return [*rows, ""]


def load(data: xr.Dataset) -> xr.DataArray:
    """Technical students of mbo, hbo and wo per full-time teacher, hybrid ones included, mean of 2016 to 2025."""
    years, segments = slice(2016, 2025), ["mbo", "hbo", "wo"]
    students = data["students"].sel(technical=True, year=years).sum(["level", "pathway", "sex", "region"])
    held = data["teachers"].sel(segment=segments, technical=True, measure="fte", year=years).sum(["segment", "kind"])
    return (students / held).mean("year")


def hybrid_programme(draws: int) -> list[str]:
    """What more hybrid teachers give and take, in the parts of both signs."""
    base, more = (run("baseline.yaml", "2040-12", draws, levers=levers) for levers in ("", HYBRID))
    rows = ["| with the programme, less without | 2028 | 2032 | 2036 | 2040 |", "|---|---|---|---|---|"]
    taught, lost = (
        [d["hybrid_teachers"].sel(hybrid_measure=m, technical=True).sum("segment") for d in (base, more)]
        for m in ("fte_taught", "fte_lost")
    )
    graduates = [
        d["graduates"].sel(technical=True).sum(["level", "pathway", "sex", "region"]).cumsum("year")
        for d in (base, more)
    ]
    technical = technical_occupations(base)
    staff = [d["employed_by_occupation"].sel(occupation=technical) for d in (base, more)]
    people = [s.sum([d for d in s.dims if d not in ("draw", "time")]).groupby("time.year").mean() for s in staff]
    net = [head - away.reindex(year=head["year"]) for head, away in zip(people, lost, strict=True)]
    for name, (without, with_) in (
        ("hours taught in technical subjects by hybrid teachers, full-time (+)", taught),
        ("hours of production that they take, full-time (-)", lost),
        ("technical graduates since 2026 (+)", graduates),
        ("people in technical occupations", people),
        ("net: people less the hours that hybrid teachers take, full-time", net),
    ):
        cells = []
        for year in (2028, 2032, 2036, 2040):
            at = min(year, int(without["year"].max()))
            cells.append(spread(with_.sel(year=at) - without.sel(year=at)))
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    euro = more["spending"].sel(lever="hybrid_programme").sum(["year", "item"]) / 1e6
    return [*rows, "", f"Public money to 2040: EUR {spread(euro)} mln.", ""]


def main() -> None:
    """Run and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--draws", type=int, default=4)
    draws = parser.parse_args().draws
    text = f"""# Bottlenecks of learning in the model and in the evidence

Made by `scripts/learning_page.py`, 1:100, {draws} draws of luck at default parameters; in brackets the lowest
and the highest draw. What the institutions are stands in their declarations: `techsim explain L2`, `L3`,
`L4`, `L5`, `L6`. Bbl places have a page of their own, [apprenticeship_places.md](apprenticeship_places.md).

## Beside the evidence

`baseline.yaml`. Tuned by hand to these figures, so that agreement is no independent evidence: the slump's weight on
places and `intake.adult_bbl`; chances to leave teaching, to enter it from the side and to be recruited; technical wo
staff at the start (the model's own students over 12) and the lag of its budgets, which makes the ratio rise; hybrid
posts, `hybrid.applies` and `hybrid.leave`; the table of seed money, `partnerships.grant`, `students` and `firms`.

"""
    lines = evidence(run("baseline.yaml", "2020-12", draws))
    text += "\n".join(lines)
    text += """
## More inflow without teachers does not become more graduates

A campaign that reaches all pupils from 2012, at ten times the usual weight of guidance (a thought
experiment), beside the same run without it, four times: where technical programmes take in no more students per
teacher than at the start, without and with policies that bring teachers; by the rule of the baseline; and where they
take in all who come, whatever that does to classes.

"""
    text += "\n".join(campaign(draws))
    text += """
## A hybrid teacher programme over fifteen years

`hybrid_programme` at full volume from 2026: a short certificate, matching, posts and compensation. What is
taught is not produced; firms seek others for the hours that they lend, where they can find them. Technicians are
counted as people: those who teach part of the week still are; the net takes off the hours that they do not produce.

"""
    text += "\n".join(hybrid_programme(draws))
    PAGE.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    np.seterr(all="ignore")
    main()

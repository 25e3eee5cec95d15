"""Write docs/regions.md and its picture: who moves where, the regions to 2040, labour migration.

    python scripts/regions_page.py [--draws 2] [--scale 100]

A minute or two. The numbers are those of the code at hand; the words around them say what was tuned.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import regions_words as words

from techsim.experiment.simulate import tables
from techsim.model.simulation import TechsimModel
from techsim.population.clock import month_index
from techsim.report import figures
from techsim.report.figures import Dot, Line, Panel
from techsim.report.quantities import spread
from techsim.report.sheet import sheet
from techsim.results.coordinates import MOVE

ROOT = Path(__file__).resolve().parent.parent
PAGE, PICTURE = ROOT / "docs" / "regions.md", ROOT / "docs" / "figures" / "regions.svg"
FIRST, LAST = 2008, 2040
SHOWN = (2008, 2016, 2024, 2032, 2040)
MBO, HIGHER = slice(0, 4), slice(4, 6)
OLD, TWENTIES = slice(13, None), slice(4, 6)
POPULATION = {2010: 16574989, 2015: 16900726, 2018: 17181084, 2020: 17407585, 2024: 17942942, 2034: 19000000}
BIRTHS = {2008: 184634, 2010: 184397, 2013: 171341, 2016: 172520, 2019: 169680, 2022: 167504}
PENSION = {2014: 65.2, 2018: 66.0, 2022: 66.6, 2028: 67.25, 2031: 67.25}
Array = npt.NDArray[np.float64]
Draw = dict[str, Array]


def run(name: str, seed: int, scale: int) -> Draw:
    """What the page needs of one draw, in residents; the last axis of stocks and flows of a region is the region."""
    model = TechsimModel(ROOT / "scenarios" / name, scale=scale, tables=tables(), draw_seed=seed)
    while model.running:
        model.step()
    record = model.world.recorder

    def by(indicator: str, *kept: str) -> Array:
        groups = record.indicators[indicator].groups
        found = record.arrays[indicator].sum(axis=tuple(1 + k for k, g in enumerate(groups) if g not in kept))
        return np.asarray(scale * found, dtype=np.float64)

    vacancies, at_work = by("vacancies", "region"), by("commuting", "region", "job_region", "technical_occupation")
    return {
        "population": by("population", "age_group", "region"),
        "births": by("births", "region"),
        "moves": by("moves", "region", "to_region", "level", "move"),
        "back": by("return_moves", "region", "to_region"),
        "commuting": at_work.sum(axis=3),
        "jobs": at_work.sum(axis=(1, 3)),
        "technicians": at_work[..., 1].sum(axis=1),
        "vacancies": vacancies.reshape(-1, 12, vacancies.shape[1]).mean(axis=1),
        "students": by("students", "level", "region")[1:],  # the first school year began before the run
        "labour_immigrants": by("labour_immigrants", "region"),
    }


def percent(values: Array) -> str:
    """Shares of their sum as cells of a table."""
    return " | ".join(f"{100 * v:.1f}" for v in values / values.sum())


def people(values: Array) -> str:
    """Numbers to the hundred, with their sign, as cells of a table."""
    return " | ".join(f"{round(v, -2) + 0.0:+,.0f}" for v in values)


def net(moves: Array) -> Array:
    """Arrivals less departures a year; moves (years, from, to, ...)."""
    yearly = moves.mean(axis=0)
    rest = tuple(range(2, yearly.ndim))
    flow = yearly.sum(axis=rest) if rest else yearly
    return np.asarray(flow.sum(axis=0) - flow.sum(axis=1))


def around(by_year: Array) -> Array:
    """Sum of each year and its neighbours, of which the first and the last year have one."""
    padded = np.pad(by_year, ((1, 1), (0, 0)))
    return np.asarray(padded[:-2] + padded[1:-1] + padded[2:])


def mean(draws: Sequence[Draw], what: Callable[[Draw], Array]) -> Array:
    """Mean over draws."""
    return np.asarray(np.mean([what(d) for d in draws], axis=0))


def picture(draws: Sequence[Draw], responses: dict[str, Array]) -> str:
    """Share of residents, of those of 65 and over, and net moves of people of hbo and wo, by region."""
    regions, years = tables().dimensions.region, np.arange(FIRST, LAST + 1, dtype=np.float64)

    def lines(what: Callable[[Draw], Array]) -> tuple[Line, ...]:
        rows = np.stack([what(d) for d in draws])
        return tuple(Line(r, spread(years, rows[:, :, k]), k) for k, r in enumerate(regions))

    def share(d: Draw) -> Array:
        total = d["population"].sum(axis=1)
        return np.asarray(total / total.sum(axis=1, keepdims=True))

    def old(d: Draw) -> Array:
        return np.asarray(d["population"][:, OLD].sum(axis=1) / d["population"].sum(axis=1))

    def gained(d: Draw) -> Array:
        of_higher = d["moves"][:, :, :, HIGHER].sum(axis=(3, 4))
        yearly = of_higher.sum(axis=1) - of_higher.sum(axis=2)
        five, years_in = np.ones(5), np.convolve(np.ones(len(yearly)), np.ones(5), "same")
        return np.stack([np.convolve(yearly[:, k], five, "same") / years_in for k in range(len(regions))], axis=1)

    found = (Dot(2024, 0.0985, "North 2024, CBS"), Dot(2024, 0.186, "East"), Dot(2024, 0.2693, "North-West"))
    panels = [
        Panel("Residents, share of the country", "share", lines(share), dots=found),
        Panel("65 and over, share of residents", "share", lines(old)),
        Panel("Net moves, hbo and wo, mean of five years", "persons", lines(gained), from_zero=False),
        Panel(
            "Immigrants who come to work",
            "persons",
            tuple(Line(n, spread(years[10:], v[:, 10:]), k) for k, (n, v) in enumerate(responses.items())),
        ),
    ]
    return sheet([(panel.title, figures.draw(panel)) for panel in panels])


def page(draws: Sequence[Draw], responses: dict[str, Array], scale: int) -> str:
    """The page."""
    regions = tables().dimensions.region
    head = f"| | {' | '.join(regions)} |\n|---|{'---|' * len(regions)}"
    stocks = {
        "residents": mean(draws, lambda d: d["population"].sum(axis=1)),
        "jobs, December": mean(draws, lambda d: d["jobs"]),
        "technicians, December": mean(draws, lambda d: d["technicians"]),
        "vacancies, mean of up to three years": mean(draws, lambda d: around(d["vacancies"])),
        "students of mbo": mean(draws, lambda d: d["students"][:, MBO].sum(axis=1)),
        "students of hbo": mean(draws, lambda d: d["students"][:, 4]),
        "students of wo": mean(draws, lambda d: d["students"][:, 5]),
    }
    rows = [f"| {label} {year} | {percent(stock[year - FIRST])} |" for label, stock in stocks.items() for year in SHOWN]
    share = {label: 100 * stock / stock.sum(axis=1, keepdims=True) for label, stock in stocks.items()}
    ages = []
    for year in SHOWN:
        now = mean(draws, lambda d, at=year - FIRST: d["population"][at])  # type: ignore[misc]
        for label, part in (("65 and over", OLD), ("20 to 29", TWENTIES)):
            cells = " | ".join(f"{100 * v:.1f}" for v in now[part].sum(axis=0) / now.sum(axis=0))
            ages.append(f"| {label}, {year} | {cells} |")
    flows = [
        f"| {label} | {people(mean(draws, lambda d, k=k: net(d['moves'][..., k])))} |"  # type: ignore[misc]
        for k, label in enumerate(MOVE)
    ]
    flows.append(f"| all, of hbo and wo | {people(mean(draws, lambda d: net(d['moves'][:, :, :, HIGHER])))} |")
    back, every = (mean(draws, lambda d, k=k: d[k].sum(axis=0)) for k in ("back", "moves"))  # type: ignore[misc]
    every = every.sum(axis=(2, 3))
    years = LAST - FIRST + 1
    flows.append(f"| come back home (of those who arrive) | {people(back.sum(axis=0) / years)} |")
    flows.append(f"| go back home (of those who leave) | {people(-back.sum(axis=1) / years)} |")
    commuters = mean(draws, lambda d: d["commuting"][[0, -1]])
    own = 100 * np.diagonal(commuters, axis1=1, axis2=2) / commuters.sum(axis=2)
    works = [
        f"| lives in {region} | {percent(commuters[-1, k])} | {own[0, k]:.1f} |" for k, region in enumerate(regions)
    ]
    by_work = f"| | {' | '.join(regions)} | own part, {FIRST} |\n|---|{'---|' * (len(regions) + 1)}"
    by_reason = [mean(draws, lambda d, k=k: net(d["moves"][..., k])) for k in range(len(MOVE))]  # type: ignore[misc]
    of_higher = mean(draws, lambda d: net(d["moves"][:, :, :, HIGHER]))
    residents = mean(draws, lambda d: d["population"])
    then = [2010 - FIRST, LAST - FIRST]
    old = 100 * residents[then][:, OLD].sum(axis=1) / residents[then].sum(axis=1)
    country = 100 * residents[then][:, OLD].sum(axis=(1, 2)) / residents[then].sum(axis=(1, 2))
    drifts = words.named([words.furthest(label, stock, regions) for label, stock in share.items()])
    apart = words.beside(share["technicians, December"], share["jobs, December"], regions)
    technicians = (
        f"Technicians beside all jobs of their part of the country, change from {FIRST} to {LAST} in points: {apart}. "
        "Each kind of technician keeps to the jobs of its region (`tests/model/test_regions.py`), so that this is what "
        "the growth of ICT in the country makes of them."
    )
    moved = mean(draws, lambda d: np.array([d["moves"].sum() / d["population"].sum()]))[0]
    total = mean(draws, lambda d: d["population"].sum(axis=(1, 2)))
    born = mean(draws, lambda d: d["births"].sum(axis=1))
    off = [f"| residents {y} | {total[y - FIRST]:,.0f} | {v:,} | {total[y - FIRST] / v - 1:+.2%} |"
           for y, v in POPULATION.items()]  # fmt: skip
    off += [f"| births {y} | {born[y - FIRST]:,.0f} | {v:,} | {born[y - FIRST] / v - 1:+.2%} |"
            for y, v in BIRTHS.items()]  # fmt: skip
    age = {y: tables().demography.pension_age_at(month_index(y, 6)) for y in PENSION}
    off += [f"| pension age {y} | {age[y]:.2f} | {v} | {age[y] / v - 1:+.2%} |" for y, v in PENSION.items()]
    come = [
        f"| {name} | {' | '.join(f'{v[:, y - FIRST].mean():,.0f}' for y in (2025, 2026, 2027, 2029))} |"
        for name, v in responses.items()
    ]
    lines = "\n".join
    return f"""# Regions: who moves where, and what becomes of them by 2040

Made by `scripts/regions_page.py`: `baseline.yaml`, 1:{scale}, default parameters; draws of luck in the mean:
{len(draws)}. What is claimed stands in the declaration: `techsim explain W5` (moves) and `techsim explain L7` (labour
migration).

![regions](figures/regions.svg)

No rate of moving is fed in, and no share of newcomers from abroad. Everybody chooses a region, by chances of work,
distance, attachment, the pull of the city at their age and level, the home that was left, and how scarce homes get
where more come; newcomers settle where people of their background live, where work is and in cities. Tuned by hand:
that {moved:.2%} of residents move to another part of the country in a year (about 1 in 100, from memory, as no figure
was at hand), and the pull of the city, so that shares of residents in 2024 are near those of CBS. Agreement with these
is no independent evidence: {words.against_cbs(share["residents"][2024 - FIRST], regions)}.

## Shares of the country, in percent

{head}
{lines(rows)}

{words.para(f"Furthest from their share of {FIRST} end {drifts}.")}

{words.para(technicians)}

No trend of a region's jobs is fed in (`demand_trends` holds zeros for regions): jobs follow the people who move, and a
sector's jobs are where its firms are at the start (`region_sectors`).

## Age, in percent of the region's residents

{head}
{lines(ages)}

{words.para(words.ages(old, country, 2010, LAST, regions))}

## Arrivals less departures a year, persons

{head}
{lines(flows)}

{words.para(words.moves(*by_reason, of_higher, regions), words.returns(back, every, regions))}

## Where people work in {LAST}, in percent of those at work who live in a region

{by_work}
{lines(works)}

## Demography against the figures

| | model | figure | off by |
|---|---|---|---|
{lines(off)}

The figure of 2034 is the forecast of CBS (19 million), births are those of the tables spread over regions by where
people of 20 to 39 live.

## Labour migration follows the market

| immigrants who come to work | 2025 | 2026 | 2027 | 2029 |
|---|---|---|---|---|
{lines(come)}

The table's path is for a usual market; until 2024 its numbers are history, and nothing is added. After it a boom draws
more and a slump fewer, by an elasticity without a source of its own (0.4, prior 0 to 1); what has lasted five years is
usual, so that migration as a whole keeps to the table.

## Smaller regions

A scenario asks for them with `population: {{regions: provinces}}` (North Brabant in two), with the 35
`labour_market_regions`, or with the path of a table of one's own ([guide](guide.md)). They add up to the five
landsdelen: residents, students from abroad, places of study, mbo schools, urbanity, commuters. Universities stand in
their cities (none in Zeeland, Drenthe and Flevoland). Levers name landsdelen, which stand for all their parts, or
parts. From Python, `tables=refined(Path("my_regions.csv"))` of `techsim.data.refining` does the same for a scenario of
landsdelen.

Between parts of two landsdelen people commute by size, not by distance, so neighbours across the border of a
landsdeel (Arnhem and Nijmegen are in one, Utrecht and Ede are not) are no nearer than others. Ages and trends of jobs
are those of the landsdeel. Sectors have quotients of each part within its landsdeel, so that at the start Brainport
(Zuidoost-Brabant and Helmond-De Peel) makes more than its neighbours and has more ICT, Delft (Haaglanden) has ICT,
Rotterdam (Rijnmond) trade, transport and energy, and Twente makes things. They are from memory, and scaled so that
each landsdeel keeps its sectors (`region_sectors`); technical work follows as far as it is work of those sectors.

## What it can't do

Wages and prices of homes by region, couples and families as such (children move by the choices of people of
their parents' age), institutions that open or close, mbo students who move. Places of study by region, and how urban
regions are, are from memory; every weight is an assumption with a wide prior.
"""


def main() -> None:
    """Run and write."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--draws", type=int, default=2)
    asked.add_argument("--scale", type=int, default=100)
    given = asked.parse_args()
    seeds = range(1, given.draws + 1)
    draws = [run("baseline.yaml", seed, given.scale) for seed in seeds]
    responses = {"baseline": np.stack([d["labour_immigrants"].sum(axis=1) for d in draws])}
    for name in ("boom", "recession_2026"):
        others = [run(f"{name}.yaml", seed, given.scale)["labour_immigrants"].sum(axis=1) for seed in seeds]
        whole = np.full((len(others), LAST - FIRST + 1), np.nan)
        whole[:, : len(others[0])] = np.stack(others)
        responses[name.replace("_", " ")] = whole
    PICTURE.write_text(picture(draws, responses), encoding="utf-8")
    PAGE.write_text(page(draws, responses, given.scale), encoding="utf-8")


if __name__ == "__main__":
    main()

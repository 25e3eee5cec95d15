"""The pictures of docs/labour_market.md, drawn from its runs (``labour_market_page.py``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import xarray as xr

from techsim.data.evidence import load_evidence
from techsim.report import figures, scatter
from techsim.report.comparison import dots
from techsim.report.figures import Dot, Line, Panel
from techsim.report.quantities import Results, Series, decimal_years, slumps, spread
from techsim.report.scatter import Path, Plane
from techsim.report.sheet import sheet
from techsim.results import labour_market
from techsim.results.derived import OTHER_FIELD, ratio, technical_fields, technical_occupations, total

Runs = Mapping[str, xr.Dataset]
BLUE, ORANGE, GREEN, PURPLE, GOLD, GREY = range(figures.COLOURS)
NEW = "ILO, new"
FITTED = (2008, 2018)
"""Years to which the free parameters were fitted."""
SERVICES = ["health", "education", "business"]
FROM = 2024.0
"""Where pictures of the slump begin."""


def quarters(values: xr.DataArray, together: int = 1, start: float = 0.0) -> Series:
    """Monthly values (draw, time) as means of quarters, of ``together`` in a row, from a year on."""
    x = decimal_years(values["time"].values)
    rows = values.transpose("draw", "time").values.astype(np.float64)
    whole = len(x) // 3 * 3
    means = np.nanmean(rows[:, :whole].reshape(len(rows), -1, 3), axis=2)
    places = x[:whole:3]
    if together > 1:
        means = np.stack([np.convolve(row, np.full(together, 1 / together), "valid") for row in means])
        places = places[together - 1 :] - (together - 1) / 8
    keep = places >= start
    return spread(places[keep], means[:, keep])


def without_seasons(found: labour_market.Months, values: np.ndarray) -> np.ndarray:
    """Logs of monthly values (T,) less what is usual in their calendar month."""
    logs = np.log(values)
    usual = np.array([logs[found.month == month].mean() for month in range(1, 13)])
    return logs - usual[found.month - 1] + logs.mean()


def matching(data: Runs) -> str:
    """Hires per unemployed against tightness: all hires, and those of people without a job."""
    parts = {
        "2008–18": (labour_market.months(data["historical"]), GREY),
        "recession": (labour_market.months(data["recession"]).between(2024, 2033), ORANGE),
        "boom": (labour_market.months(data["boom"]).between(2024, 2033), BLUE),
    }
    planes = []
    for title, without in (("All vacancies filled", False), ("Filled by people who had no job", True)):
        paths = []
        for name, (found, colour) in parts.items():
            hires = found.hires - found.hires_from_work if without else found.hires
            columns = (found.vacancies / found.unemployed, hires / found.unemployed)
            n = len(found.month) // 3 * 3
            x, y = (without_seasons(found, column)[:n].reshape(-1, 3).mean(axis=1) for column in columns)
            paths.append(Path(name, tuple(x), tuple(y), colour, joined=False))
        planes.append(Plane(title, "log of vacancies per unemployed", "log", "log of hires per unemployed a month",
                            "log", tuple(paths)))  # fmt: skip
    return sheet([(plane.title, scatter.draw(plane)) for plane in planes])


def evidence() -> dict[int, tuple[float, float]]:
    """Published unemployment (new method) and open vacancies by year."""
    rows = [figure for figure in load_evidence() if not figure.groups and not figure.quarter]
    rate = {f.year: f.value for f in rows if f.indicator == "unemployment_rate" and f.definition.startswith(NEW)}
    posts = {f.year: f.value for f in rows if f.indicator == "vacancies"}
    return {year: (rate[year], posts[year]) for year in sorted(rate) if year in posts}


def curve(
    name: str, points: Mapping[int, tuple[float, float]], colour: int, said: Sequence[int], hollow: bool = False
) -> Path:
    """A path of the Beveridge curve through years; ``said`` are the years that are written beside it."""
    labels = tuple(f"’{year % 100:02d}" if year in said else "" for year in points)
    return Path(name, [x for x, _ in points.values()], [y for _, y in points.values()], colour, labels, hollow=hollow)


def beveridge(data: Runs) -> str:
    """Beveridge curves: 2008-2018 beside the evidence, and the slump and the boom to come."""

    def years(run: str, first: int, last: int) -> dict[int, tuple[float, float]]:
        return {y: point for y, point in labour_market.beveridge(data[run]).items() if first <= y <= last}

    known = {year: point for year, point in evidence().items() if year <= FITTED[1]}
    past = (
        curve("model", years("historical", *FITTED), BLUE, (2008, 2010, 2012, 2014, 2016, 2018)),
        curve("published", known, ORANGE, (2008, 2009, 2013, 2015, 2017, 2018), hollow=True),
    )
    future = (
        curve("recession", years("recession", 2025, 2032), ORANGE, (2026, 2027, 2028, 2029)),
        curve("boom", years("boom", 2025, 2032), BLUE, (2025, 2032)),
    )
    planes = [
        Plane(title, "unemployment", "share", "open vacancies", "vacancies", paths)
        for title, paths in (("2008 to 2018", past), ("From 2025: a recession and a boom", future))
    ]
    return sheet([(plane.title, scatter.draw(plane)) for plane in planes])


def history(data: Runs) -> str:
    """Unemployment and vacancies by year beside the evidence; after 2018 nothing was fitted."""
    results = Results(data["baseline"])
    panels = []
    for quantity, title, unit, definition in (
        ("unemployment_rate", "Unemployment", "share", NEW), ("vacancies", "Open vacancies", "vacancies", ""),
    ):  # fmt: skip
        s = results.by_year(quantity)
        keep = s.x <= 2024
        line = Series(s.x[keep], s.mean[keep], s.low[keep], s.high[keep])
        found = tuple(d for d in dots(load_evidence(), quantity, (), definition) if d.x <= 2024)
        panels.append(Panel(title, unit, (Line("model", line, BLUE, found),), shades=((2018.5, 2024.0),)))
    drawn = [(f"{panel.title}; grey: years not fitted", figures.draw(panel)) for panel in panels]
    return sheet(drawn)


def _line(label: str, series: Series, colour: int, marks: tuple[Dot, ...] = ()) -> Line:
    return Line(label, series, colour, marks)


def recession(data: Runs) -> str:
    """The slump of 2026 beside its paired baseline."""
    base, slump = data["baseline"], data["recession"]
    shades = tuple((a, b) for a, b in slumps(Results(slump)) if b > FROM)

    def both(make: Callable[[xr.Dataset], xr.DataArray]) -> tuple[xr.DataArray, xr.DataArray]:
        return make(base), make(slump)

    def less(make: Callable[[xr.Dataset], xr.DataArray], together: int = 1) -> Series:
        without, with_slump = both(make)
        return quarters(with_slump - without, together, FROM)

    def idle(fields: list[str]) -> Callable[[xr.Dataset], xr.DataArray]:
        def rate(d: xr.Dataset) -> xr.DataArray:
            out, at_work = (total(d, n, "field").sel(field=fields).sum("field") for n in ("unemployed", "employed"))
            return ratio(out, out + at_work)

        return rate

    def posts(names: Sequence[str], dimension: str) -> Callable[[xr.Dataset], xr.DataArray]:
        return lambda d: total(d, "vacancies", dimension).sel({dimension: list(names)}).sum(dimension)

    technical = posts(technical_occupations(base), "occupation")
    pay = both(labour_market.technical_wage)
    other = both(lambda d: labour_market.technical_wage(d, technical=False))
    cohorts = [
        _line(label, scars(base, slump, name, first, last, shift), colour)
        for label, name, first, last, shift, colour in (
            ("1.5 years on", "school_leavers_working", 2025, 2032, 1, BLUE),
            ("5 years on", "school_leavers_five_years_on", 2024, 2027, 0, ORANGE),
        )
    ]
    sectors = [
        _line(label, _ratio(both(posts([name], "sector"))), colour)
        for label, name, colour in (
            ("industry", "manufacturing", BLUE), ("building", "construction_installation", ORANGE),
            ("health", "health_care", GREEN), ("public", "education_government", PURPLE),
        )
    ]  # fmt: skip
    panels = [
        Panel("Open technical vacancies", "vacancies", (
            _line("baseline", quarters(technical(base), 1, FROM), GREY),
            _line("recession", quarters(technical(slump), 1, FROM), ORANGE)), shades=shades),
        Panel("Unemployment less baseline, mean of a year", "share", (
            _line("technical", less(idle(technical_fields(base)), 4), BLUE),
            _line("services", less(idle(SERVICES), 4), GREEN)), shades=shades),
        Panel("Leakage less baseline, by school year of leaving", "share", tuple(cohorts), shades=shades),
        Panel("Open vacancies less baseline, share of it", "share", tuple(sectors), shades=shades),
        Panel("Pay less baseline, share of it", "share", (
            _line("technical", _ratio(pay), BLUE), _line("other", _ratio(other), GREY)), shades=shades),
        Panel("Months to fill a vacancy, less baseline", "months", (
            _line("technical", less(filling(technical_occupations(base)), 4), BLUE),
            _line("care, educ.", less(filling(["health", "education"]), 4), GREEN)), shades=shades),
    ]  # fmt: skip
    axis = (FROM, 2033.75)
    room = figures.room_for_labels(panels)
    return sheet([(panel.title, figures.draw(panel, axis, room)) for panel in panels])


def filling(names: list[str]) -> Callable[[xr.Dataset], xr.DataArray]:
    """Mean months that filled vacancies of some occupation groups had been open; a month without any is unknown."""

    def mean(data: xr.Dataset) -> xr.DataArray:
        months = data["months_to_fill"].sel(occupation=names)
        filled = total(data, "hires_from_vacancies", "occupation").sel(occupation=names).where(months.notnull())
        return ratio((months * filled).sum("occupation"), filled.sum("occupation"))

    return mean


def scars(base: xr.Dataset, slump: xr.Dataset, name: str, first: int, last: int, shift: int) -> Series:
    """Leakage of cohorts by school year of leaving, less that of the baseline; ``shift`` from year of measurement."""
    years = list(range(first, last + 1))
    less = [
        labour_market.leaving_share(slump, name, [y], OTHER_FIELD)
        - labour_market.leaving_share(base, name, [y], OTHER_FIELD)
        for y in years
    ]
    return spread(np.array(years, dtype=np.float64) - shift, np.array(less).T)


def _ratio(pair: tuple[xr.DataArray, xr.DataArray]) -> Series:
    return quarters(pair[1] / pair[0] - 1, 4, FROM)


PICTURES: Mapping[str, Callable[[Runs], str]] = {
    "matching_function": matching,
    "beveridge_curve": beveridge,
    "labour_market_history": history,
    "recession": recession,
}
"""Files of docs/figures and how each is drawn."""

"""The answer first: the headline indicators in numbers and in sentences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from techsim.data.evidence import Groups
from techsim.report import numbers
from techsim.report.catalogue import QUANTITIES
from techsim.report.figures import spark
from techsim.report.quantities import Results, Series, full_years, slumps

GOAL, GOAL_YEAR = 0.40, 2025
"""4 op 10: the share of graduates with a technical diploma that the Techniekpact aims at (mechanisms, K5)."""


@dataclass(frozen=True)
class Card:
    """A headline indicator: first and last year, and the line between; ``school`` if its years are school years."""

    label: str
    unit: str
    series: Series
    colour: int
    source: str
    goal: float | None = None
    school: bool = False

    @property
    def first(self) -> str:
        """The value of the first year."""
        return numbers.of_unit(float(self.series.mean[0]), self.unit)

    @property
    def last(self) -> str:
        """The value of the last year."""
        return numbers.of_unit(float(self.series.mean[-1]), self.unit)

    @property
    def around(self) -> str:
        """The interval in the last year; empty with one draw."""
        low, high = float(self.series.low[-1]), float(self.series.high[-1])
        return numbers.interval(low, high, self.unit) if high > low else ""

    @property
    def around_first(self) -> str:
        """The interval in the first year; empty with one draw."""
        low, high = float(self.series.low[0]), float(self.series.high[0])
        return numbers.interval(low, high, self.unit) if high > low else ""

    @property
    def years(self) -> tuple[str, str]:
        """First and last year; a school year by both its years."""
        first, last = float(self.series.x[0]), float(self.series.x[-1])
        if self.school:
            return numbers.school_year(first), numbers.school_year(last)
        return str(int(first)), str(int(last))

    @property
    def line(self) -> Markup:
        """The line between, as a drawing."""
        return spark(self.series, self.colour, self.goal)


def technical_fields(results: Results) -> Groups:
    """The fields that train for technical occupations, as groups to choose; none if there are no such fields."""
    trained = {x.removeprefix("technical_") for x in results.labels("occupation") if x.startswith("technical_")}
    fields = tuple(x for x in results.labels("field") if x in trained)
    return (("field", fields),) if fields else ()


def whole_years(results: Results, series: Series) -> Series:
    """A yearly series without calendar years of which the run holds only a part."""
    full = full_years(results.data)
    keep = np.isin(series.x, full) if full else np.ones(len(series), dtype=bool)
    return Series(series.x[keep], series.mean[keep], series.low[keep], series.high[keep])


def cards(results: Results) -> list[Card]:
    """The headline indicators that the results hold."""
    technical = technical_fields(results)
    wanted: tuple[tuple[str, str, Groups, int, float | None], ...] = (
        ("Graduates with a technical diploma", "technical_graduate_share", (), 0, GOAL),
        ("People in technical occupations", "technicians", (), 0, None),
        ("Open technical vacancies", "technical_vacancies", (), 1, None),
        ("Unemployment, everyone", "unemployment_rate", (), 5, None),
        ("Unemployment, technically educated", "unemployment_rate", technical, 0, None),
        ("Leakage of technical school leavers", "leakage", (), 1, None),
        ("Under-use of technical school leavers", "underuse", (), 3, None),
    )
    found = []
    for label, quantity, groups, colour, goal in wanted:
        if not results.knows(quantity) or (quantity == "unemployment_rate" and "technically" in label and not groups):
            continue
        spec = QUANTITIES[quantity]
        series = results.by_year(quantity, groups)
        school = not any("time" in results.data[name].dims for name in spec.needs)
        if not school:
            series = whole_years(results, series)
        if len(series):
            found.append(Card(label, spec.unit, series, colour, ", ".join(spec.needs), goal, school))
    return found


def sentences(results: Results) -> list[str]:
    """What the run says, in a few sentences."""
    return [
        said
        for said in (_goal(results), _technicians(results), _cycle(results), _slump(results), _leakage(results))
        if said
    ]


def _goal(results: Results) -> str:
    if not results.knows("technical_graduate_share"):
        return ""
    s = results.by_year("technical_graduate_share")
    if not len(s):
        return ""
    said = (
        f"Of all who graduate from mbo, hbo and wo in the school year {numbers.school_year(s.x[-1])}, {_with(s, -1)} "
        f"have a technical diploma; in {numbers.school_year(s.x[0])} it was {numbers.percent(float(s.mean[0]))}."
    )
    # The diplomas of 2025 are those of the school year that starts in 2024.
    there = s.at(GOAL_YEAR - 1)
    if there:
        gap = GOAL - there[0]
        how = f"missed by {gap * 100:.0f} percentage points" if gap > 0 else "reached"
        said += f" The goal for {GOAL_YEAR}, 4 out of 10, is {how} in this run."
    return said


def _technicians(results: Results) -> str:
    if not results.knows("technicians"):
        return ""
    s = whole_years(results, results.by_year("technicians"))
    if len(s) < 2:
        return ""
    change = float(s.mean[-1] / s.mean[0] - 1) if s.mean[0] else float("nan")
    if not np.isfinite(change):
        return ""
    much = f"{numbers.percent(abs(change), 0)} {'more than' if change > 0 else 'fewer than'}"
    if abs(change) < 0.005:
        much = "about as many as"
    return (
        f"In {int(s.x[-1])}, {_with(s, -1, 'persons')} people work in technical occupations: {much} in {int(s.x[0])}."
    )


def _cycle(results: Results) -> str:
    said = ""
    if results.knows("unemployment_rate"):
        s = whole_years(results, results.by_year("unemployment_rate"))
        if len(s):
            top, bottom = int(np.argmax(s.mean)), int(np.argmin(s.mean))
            said += (
                f"Unemployment is highest in {int(s.x[top])} ({numbers.percent(float(s.mean[top]))}) and lowest in "
                f"{int(s.x[bottom])} ({numbers.percent(float(s.mean[bottom]))}). "
            )
    if results.knows("technical_vacancies"):
        s = whole_years(results, results.by_year("technical_vacancies"))
        if len(s):
            top, bottom = int(np.argmax(s.mean)), int(np.argmin(s.mean))
            said += (
                f"Open technical vacancies range from {numbers.rounded(float(s.mean[bottom]))} ({int(s.x[bottom])}) to "
                f"{numbers.rounded(float(s.mean[top]))} ({int(s.x[top])})."
            )
    return said.strip()


def _slump(results: Results) -> str:
    """The last slump of the run: unemployment and technical vacancies in the year before it and at their worst."""
    spans = slumps(results)
    if not spans or not (results.knows("unemployment_rate") and results.knows("technical_vacancies")):
        return ""
    start, end = spans[-1]
    first = int(start + 0.25)  # one that begins in the last quarter is one of the next year
    years = range(first, int(end) + 2)  # the labour market follows output by a year

    def worst(quantity: str, sign: int) -> tuple[float, float, int] | None:
        s = whole_years(results, results.by_year(quantity))
        before = s.at(first - 1)
        found = [(sign * there[0], year) for year in years if (there := s.at(year))]
        if not before or not found:
            return None
        value, year = max(found)
        return before[0], sign * value, year

    without, posts = worst("unemployment_rate", 1), worst("technical_vacancies", -1)
    if not without or not posts or without[1] <= without[0] or posts[1] >= posts[0]:
        return ""
    return (
        f"In the last slump, from {first}, unemployment rises from {numbers.percent(without[0])} the year before "
        f"to {numbers.percent(without[1])} in {without[2]}, and open technical vacancies fall from "
        f"{numbers.rounded(posts[0])} to {numbers.rounded(posts[1])} in {posts[2]}."
    )


def _leakage(results: Results) -> str:
    if not results.knows("leakage"):
        return ""
    out, below = results.by_year("leakage"), results.by_year("underuse")
    if not len(out):
        return ""
    return (
        f"Of the technical school leavers with work, {_with(out, -1)} work in another field a year and a half after "
        f"leaving ({numbers.school_year(out.x[-1])}; {numbers.percent(float(out.mean[0]))} in "
        f"{numbers.school_year(out.x[0])}), and {_with(below, -1)} work below their level."
    )


def _with(series: Series, at: int, unit: str = "share") -> str:
    mean, low, high = float(series.mean[at]), float(series.low[at]), float(series.high[at])
    said = numbers.of_unit(mean, unit)
    return f"{said} ({numbers.interval(low, high, unit)})" if high > low else said

"""Charts that set technical work beside other work: shortages, pay, short-time work, and what a slump leaves behind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from techsim.report import figures
from techsim.report.figures import Line, Panel

if TYPE_CHECKING:
    from techsim.report.sections import Chart, Drawer

BLUE, ORANGE, GREEN, PURPLE, GOLD, GREY = range(figures.COLOURS)
TECHNICAL = "technical_"
SCARS_SHIFT = 1
"""School years from leaving education to the measurement a year and a half after."""


def shortages(d: Drawer) -> Chart | None:
    """W6: vacancies per 100 workers by occupation group, technical and others, and how long filling one takes."""
    known = d.results.labels("occupation") if d.results.has("vacancies") else []
    technical = tuple(label for label in known if label.startswith(TECHNICAL))
    others = tuple(label for label in known if not label.startswith(TECHNICAL))

    def line(quantity: str, label: str, groups: tuple[str, ...], colour: int) -> Line | None:
        return d.line(label, quantity, (("occupation", groups),), colour, quarters=True, together=4)

    def each(groups: tuple[str, ...]) -> list[Line | None]:
        names = ((x, x.removeprefix(TECHNICAL).replace("ict", "ICT")) for x in groups)
        return [
            line("vacancy_rate", name, (label,), colour)
            for (label, name), colour in zip(names, range(figures.COLOURS), strict=False)
        ]

    kinds = [
        line("months_to_fill", name, groups, colour)
        for name, groups, colour in (
            ("technical", technical, BLUE),
            ("health", tuple(x for x in others if x == "health"), GREEN),
            ("education", tuple(x for x in others if x == "education"), PURPLE),
            ("other", tuple(x for x in others if x not in ("health", "education")), GREY),
        )
        if groups
    ]
    return d.chart(
        "Shortages beside each other",
        "Technical work competes with care and education for the same people. Open vacancies per 100 workers, and how "
        "long the vacancies that were filled had been open; means of four quarters.",
        [
            d.panel("technical groups, per 100 workers", "per 100 workers", each(technical), shades=d.shades),
            d.panel("other groups, per 100 workers", "per 100 workers", each(others), shades=d.shades),
            d.panel("months to fill a vacancy", "months", kinds, shades=d.shades),
        ],
        "vacancies, employed_by_occupation, months_to_fill, hires_from_vacancies",
        same_reach=True,
    )


def pay_and_scars(d: Drawer) -> Chart | None:
    """W2, W3 and W4: pay, also by skill, short-time work where there is any, leakage a year and a half and five years
    after leaving."""
    pay = [
        d.line("technical", "wage_technical", (), BLUE, quarters=True, together=4),
        d.line("other", "wage_other", (), GREY, quarters=True, together=4),
    ]
    short = d.line("", "short_time_workers", (), ORANGE, quarters=True) if _any_short_time(d) else None
    soon = d.line("1.5 years on", "leakage", (), BLUE)
    if soon:  # measured in a later school year than that of leaving
        series = replace(soon.series, x=soon.series.x - SCARS_SHIFT)
        soon = Line(soon.label, series, soon.colour)
    panels: list[Panel | None] = [
        d.panel("pay, first year = 100", "index", pay, shades=d.shades, from_zero=False),
        d.panel(
            "pay of technicians who lack skills, against others",
            "ratio",
            [d.line("", "pay_of_technicians_lacking_skills", (), PURPLE)],
            shades=d.shades,
            from_zero=False,
        ),
        d.panel("people on short time", "persons", [short], shades=d.shades),
        d.panel(
            "leakage by school year of leaving",
            "share",
            [soon, d.line("5 years on", "leakage_five_years_on", (), ORANGE)],
            shades=d.shades,
        ),
    ]
    return d.chart(
        "Pay, and what a slump leaves behind",
        "Pay relative to the general trend of productivity: 98 is 2 % less than in the first year beside that trend. "
        "Technicians who lack skills: pay over that of technicians of their level of education who lack nothing. "
        "Leakage: technical school leavers who work in another field, a year and a half and five years after leaving"
        + ("; workers on short-time work by quarter." if short else "."),
        panels,
        "wages, pay_of_technicians, technicians_by_shortfall, school_leavers_working, school_leavers_five_years_on"
        + (", short_time_workers" if short else ""),
    )


def _any_short_time(d: Drawer) -> bool:
    """Whether anybody was on short time in this run."""
    return d.results.has("short_time_workers") and bool(np.nansum(d.results.data["short_time_workers"].values) > 0)

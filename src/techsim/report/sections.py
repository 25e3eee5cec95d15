"""The chapters of the report: which charts, with which words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from markupsafe import Markup

from techsim.data.evidence import Figure, Groups
from techsim.report import binding, figures, numbers
from techsim.report.catalogue import QUANTITIES
from techsim.report.comparison import dots
from techsim.report.crossing import crossing
from techsim.report.figures import Dot, Line, Panel
from techsim.report.headline import GOAL, technical_fields, whole_years
from techsim.report.names import plain
from techsim.report.quantities import Results, Series, slumps, spread
from techsim.report.shortages import pay_and_scars, shortages

MBO = ("mbo1", "mbo2", "mbo3", "mbo4")
VMBO = ("vmbo_bb", "vmbo_kb", "vmbo_gl", "vmbo_tl")
SCHOOLS = ("vmbo", "havo", "vwo", "mbo", "hbo", "wo")
"""Words that keep their small letter at the start of a title."""
BLUE, ORANGE, GREEN, PURPLE, GOLD, GREY = range(figures.COLOURS)


@dataclass(frozen=True)
class Chart:
    """A figure of the page: panels side by side, how to read them, and where the numbers come from."""

    title: str
    words: str
    drawings: tuple[tuple[str, Markup], ...]
    table: Markup
    source: str
    small: bool = False


@dataclass(frozen=True)
class Section:
    """A chapter; ``missing`` names what the results do not hold."""

    key: str
    title: str
    words: str
    charts: tuple[Chart, ...]
    missing: tuple[str, ...] = ()


class Drawer:
    """Builds charts from the results, and keeps a note of what is missing."""

    def __init__(self, results: Results, evidence: Sequence[Figure]) -> None:
        self.results, self.evidence = results, evidence
        self.missing: list[str] = []
        self.shades = slumps(results)

    def line(
        self, label: str, quantity: str, groups: Groups = (), colour: int = BLUE, definition: str = "",
        quarters: bool = False, together: int = 1,
    ) -> Line | None:  # fmt: skip
        """A line with its published figures; None if the results do not hold it.

        With ``quarters`` a monthly quantity is drawn by quarter, each the mean of ``together`` quarters.
        """
        if not self.results.knows(quantity):
            self.missing += [n for n in QUANTITIES[quantity].needs if not self.results.has(n)]
            return None
        try:
            series = self.results.by_year(quantity, groups)
            monthly = any("time" in self.results.data[n].dims for n in QUANTITIES[quantity].needs)
            if monthly:
                series = whole_years(self.results, series)
            fine = self.results.by_quarter(quantity, groups, together) if quarters and monthly else series
        except KeyError as error:
            self.missing.append(str(error.args[0]))
            return None
        if not len(fine):
            return None
        found = dots(self.evidence, quantity, groups, definition)
        if quarters and monthly:  # a mean over a year stands in the middle of it
            found = tuple(
                Dot(d.x + 0.375 if float(d.x).is_integer() else d.x, d.value, d.words, d.recalled) for d in found
            )
        return Line(label, fine, colour, found, series)

    def panel(self, title: str, unit: str, lines: Sequence[Line | None], **more: object) -> Panel | None:
        """A panel of the lines that there are; None if there are none."""
        there = tuple(line for line in lines if line is not None)
        if not title.startswith(SCHOOLS):
            title = title[0].upper() + title[1:]
        return Panel(title, unit, there, **more) if there else None  # type: ignore[arg-type]

    def chart(
        self, title: str, words: str, panels: Sequence[Panel | None], source: str, same_reach: bool = False
    ) -> Chart | None:
        """A chart whose panels share their axis of years; with ``same_reach`` also that of values, by unit.

        None without panels.
        """
        there = [panel for panel in panels if panel is not None]
        if same_reach:
            tops: dict[str, float] = {}
            for panel in there:
                tops[panel.unit] = max(figures.top(panel), tops.get(panel.unit, 0.0))
            there = [replace(panel, top=tops[panel.unit]) for panel in there]
        if not there:
            return None
        years, labels = figures.span(there), figures.room_for_labels(there)
        return Chart(
            title,
            words,
            tuple((panel.title, figures.draw(panel, years, labels)) for panel in there),
            figures.table(there),
            source,
            small=there[0].width < figures.WIDTH,
        )

    def section(self, key: str, title: str, words: str, charts: Sequence[Chart | None]) -> Section:
        """A section of the charts that there are."""
        missing = tuple(dict.fromkeys(self.missing))
        self.missing = []
        return Section(key, title, words, tuple(chart for chart in charts if chart is not None), missing)


def choosing(d: Drawer) -> Section:
    """K2: profiles by track, sex and background."""
    panels: list[Panel | None] = []
    for title, tracks in (("havo, year 4", ("havo",)), ("vwo, year 4", ("vwo",)), ("vmbo, year 3, all paths", VMBO)):
        lines = [
            d.line(word, "n_profile_share", (("track", tracks), ("sex", (sex,))), colour)
            for word, sex, colour in (("boys", "male", GREEN), ("girls", "female", PURPLE))
        ]
        panels.append(d.panel(title, "share", lines))
    background = [
        d.line(word, "n_profile_share", (("background", (label,)), ("track", ("havo", "vwo"))), colour)
        for word, label, colour in (
            ("none", "native", BLUE),
            ("western", "western", GOLD),
            ("non-west.", "non_western", ORANGE),
        )
    ]
    charts = [
        d.chart(
            "Share of pupils who choose a technical profile or sector",
            "N profiles in havo and vwo, the technical sector in vmbo.",
            panels,
            "profile_choices",
            same_reach=True,
        ),
        d.chart(
            "By migration background, and in numbers",
            "Share with an N profile in havo and vwo together by background; pupils with an N profile.",
            [
                d.panel("havo and vwo, by migration background", "share", background),
                d.panel(
                    "pupils with an N profile", "persons",
                    [
                        d.line("both", "n_profile_pupils", (("track", ("havo", "vwo")),), BLUE),
                        d.line("havo", "n_profile_pupils", (("track", ("havo",)),), GREEN),
                        d.line("vwo", "n_profile_pupils", (("track", ("vwo",)),), GOLD),
                    ],
                ),
            ],
            "profile_choices",
        ),
    ]  # fmt: skip
    words = "At fourteen to sixteen pupils choose a profile: the first fork on the way to technology."
    return d.section("choosing", "Choosing", words, charts)


def learning(d: Drawer) -> Section:
    """K5 and L1 to L5: entrants, students and graduates, and what binds."""
    levels: tuple[tuple[str, tuple[str, ...], int], ...] = (
        ("mbo", MBO, BLUE),
        ("hbo", ("hbo",), GREEN),
        ("wo", ("wo",), GOLD),
    )

    women = ("sex", ("female",))

    def by_level(quantity: str, *more: tuple[str, tuple[str, ...]]) -> list[Line | None]:
        return [d.line(word, quantity, (("level", labels), *more), colour) for word, labels, colour in levels]

    charts = [
        d.chart(
            "Who starts a technical programme",
            "Entrants of mbo (from outside it), hbo and wo (first-time, bachelor).",
            [
                d.panel("technical share of entrants", "share", by_level("technical_entrant_share")),
                d.panel("technical share among women", "share", by_level("technical_entrant_share", women)),
                d.panel("technical entrants", "persons", by_level("technical_entrants")),
            ],
            "entrants",
        ),
        d.chart(
            "Who finishes one",
            "Diplomas by school year, given by the year in which it starts.",
            [
                d.panel(
                    "technical share of all graduates", "share",
                    [d.line("all", "technical_graduate_share", (), BLUE)], goal=(GOAL, "goal for 2025: 4 out of 10"),
                ),
                d.panel("technical share of graduates by level", "share", by_level("technical_graduate_share")),
                d.panel("technical graduates", "persons", by_level("technical_graduates")),
            ],
            "graduates",
        ),
        d.chart(
            "Students",
            "On 1 October. Bbl students work at an employer who trains them: places follow the cycle.",
            [
                d.panel(
                    "mbo by pathway", "persons",
                    [
                        d.line("bol", "students", (("level", MBO), ("pathway", ("bol",))), BLUE),
                        d.line("bbl", "students", (("level", MBO), ("pathway", ("bbl",))), ORANGE),
                    ],
                    shades=d.shades,
                ),
                d.panel(
                    "hbo and wo", "persons",
                    [
                        d.line("hbo", "students", (("level", ("hbo",)),), GREEN),
                        d.line("wo", "students", (("level", ("wo",)),), GOLD),
                    ],
                ),
                d.panel(
                    "apprenticeship places", "places",
                    [d.line("offered", "places_offered", (), GREY), d.line("filled", "places_filled", (), ORANGE)],
                    shades=d.shades,
                ),
            ],
            "students, apprenticeship_places",
        ),
        binding.teachers(d),
        binding.partnerships(d),
    ]  # fmt: skip
    words = "From entrance to diploma in mbo, hbo and wo."
    return d.section("learning", "Learning", words, charts)


def working(d: Drawer) -> Section:
    """W1 to W3: the labour market over the cycle, leakage and under-use."""
    technical = technical_fields(d.results)
    gap: Line | None = None
    if d.results.has("output_gap") and d.results.data["output_gap"].ndim == 2:
        s = d.results.monthly("output_gap")
        quarter = np.isclose((s.x * 4) % 1, 0)
        thin = Series(s.x[quarter], s.mean[quarter], s.low[quarter], s.high[quarter])
        gap = Line("gap", thin, GREY, filled=True) if len(thin) else None
    else:
        d.missing.append("output_gap")
    cycle = d.chart(
        "The cycle and the labour market",
        "By quarter; unemployment as the mean of four quarters, since school leavers look for work in summer. Grey "
        "spans: output more than 1 % below its trend.",
        [
            d.panel("output, difference from its trend", "share", [gap], shades=d.shades),
            d.panel(
                "unemployment", "share",
                [
                    d.line("all", "unemployment_rate", (), GREY, definition="ILO, new", quarters=True, together=4),
                    d.line("technical", "unemployment_rate", technical, BLUE, quarters=True, together=4)
                    if technical
                    else None,
                ],
                shades=d.shades,
            ),
            d.panel(
                "open vacancies", "vacancies",
                [
                    d.line("all", "vacancies", (), GREY, quarters=True),
                    d.line("technical", "technical_vacancies", (), ORANGE, quarters=True),
                ],
                shades=d.shades,
            ),
        ],
        "output_gap, employed, unemployed, vacancies",
    )  # fmt: skip
    return d.section(
        "working", "Working", "Who finds technical work, and what the business cycle does to it.",
        [cycle, shortages(d), _employment(d, technical), crossing(d), pay_and_scars(d), _mismatch(d)],
    )  # fmt: skip


def _employment(d: Drawer, technical: Groups) -> Chart | None:
    levels: tuple[tuple[str, tuple[str, ...], int], ...] = (
        ("mbo 1–2", ("mbo1", "mbo2"), GOLD),
        ("mbo 3–4", ("mbo3", "mbo4"), BLUE),
        ("hbo", ("hbo",), GREEN),
        ("wo", ("wo",), PURPLE),
    )
    sectors: list[Line | None] = []
    if d.results.has("employed") and "sector" in d.results.data["employed"].dims:
        found = [
            (label, d.line(_sector(label), "technicians", (("sector", (label,)),)))
            for label in d.results.labels("sector")
        ]
        there = sorted((line for _, line in found if line), key=lambda line: -float(line.series.mean[-1]))
        sectors = [
            Line(x.label, x.series, colour, x.dots, x.table) for x, colour in zip(there[:4], range(4), strict=False)
        ]
    vacancies: list[Line | None] = []
    if d.results.has("vacancies"):
        occupations = [x for x in d.results.labels("occupation") if x.startswith("technical_")]
        vacancies = [
            d.line(x.removeprefix("technical_").replace("ict", "ICT"), "vacancies", (("occupation", (x,)),), colour)
            for x, colour in zip(occupations, range(figures.COLOURS), strict=False)
        ]
    used = [d.line("all", "technical_education_used", technical, BLUE)] if technical else []
    return d.chart(
        "People in technical occupations",
        "Mean over the year: all, by level of education, in the four sectors with most of them; open vacancies; and "
        "the share of the technically educated workers, of any age, who work in a technical occupation.",
        [
            d.panel("all", "persons", [d.line("all", "technicians", (), BLUE)], shades=d.shades),
            d.panel(
                "by level of education", "persons",
                [d.line(word, "technicians", (("level", labels),), colour) for word, labels, colour in levels],
                shades=d.shades,
            ),
            d.panel("by sector", "persons", sectors, shades=d.shades),
            d.panel("vacancies by occupation group", "vacancies", vacancies, shades=d.shades),
            d.panel("technically educated in technical work", "share", used, shades=d.shades),
        ],
        "employed, vacancies",
    )  # fmt: skip


def _mismatch(d: Drawer) -> Chart | None:
    def panels(quantity: str, title: str) -> list[Panel | None]:
        together = dots(d.evidence, quantity, (("level", ("mbo2", "mbo3", "mbo4")),))
        mbo = [
            d.line("mbo 2–3", quantity, (("level", ("mbo2", "mbo3")),), BLUE),
            d.line("mbo 4", quantity, (("level", ("mbo4",)),), ORANGE),
        ]
        higher = [
            d.line("hbo", quantity, (("level", ("hbo",)),), GREEN),
            d.line("wo", quantity, (("level", ("wo",)),), GOLD),
        ]
        return [
            d.panel(f"{title}, mbo", "share", mbo, dots=together, shades=d.shades),
            d.panel(f"{title}, hbo and wo", "share", higher, shades=d.shades),
        ]

    return d.chart(
        "Leakage and under-use of technical school leavers",
        "Of those with work a year and a half after leaving education: leakage is work in another field, under-use is "
        "work below their level. Grey marks: mbo 2 to 4 together.",
        [*panels("leakage", "leakage"), *panels("underuse", "under-use")],
        "school_leavers_working",
        same_reach=True,
    )


def regions(d: Drawer) -> Section:
    """W5: small multiples by region."""
    names = d.results.labels("region")

    def multiples(title: str, words: str, quantity: str, rate: bool, colour: int) -> Chart | None:
        panels: list[Panel | None] = []
        for region in names:
            here = d.line("", quantity, (("region", (region,)),), colour)
            lines = [Line("", here.series, colour) if here else None]
            if rate:
                country = d.line("country", quantity, (), GREY)
                lines.insert(0, Line("country", country.series, GREY, named=False) if country else None)
            panels.append(d.panel(region, QUANTITIES[quantity].unit, lines, height=158.0, width=figures.SMALL))
        return d.chart(title, words, panels, ", ".join(QUANTITIES[quantity].needs), same_reach=True)

    def moves() -> Chart | None:
        panels = []
        for region in names:
            lines = [
                d.line("arrive", "moves", (("to_region", (region,)),), BLUE),
                d.line("leave", "moves", (("region", (region,)),), ORANGE),
                d.line("return", "return_moves", (("to_region", (region,)),), GREEN),
            ]
            panels.append(d.panel(region, "persons", lines, height=158.0, width=figures.SMALL))
        words = (
            "People who come from and leave for other parts of the country in a year; who returns to the part left "
            "before the age of 30 is one of those who arrive."
        )
        return d.chart("Moves between parts of the country", words, panels, "moves, return_moves", same_reach=True)

    charts: list[Chart | None] = []
    if names:
        beside = "Each region beside the country (grey)."
        charts = [
            multiples("Technical share of graduates", beside, "technical_graduate_share", True, BLUE),
            multiples("Unemployment", beside, "unemployment_rate", True, ORANGE),
            multiples("Open technical vacancies", "Mean over the year.", "technical_vacancies", False, ORANGE),
            moves(),
            multiples("Work in another part of the country, of those at work", beside, "commuters", True, PURPLE),
        ]
    several = f"The {numbers.in_words(len(names))} parts of the country, each at the same scale."
    return d.section("regions", "Regions", several if len(names) > 1 else "The country.", charts)


def money(d: Drawer) -> Section | None:
    """The levers' spending; None if there is none."""
    if not d.results.has("spending"):
        return None
    spending = d.results.data["spending"]
    by_lever = spending.sum([x for x in spending.dims if x not in ("draw", "year", "lever")])
    lines: list[Line] = []
    years = by_lever["year"].values.astype(np.float64)
    for colour, lever in enumerate(x for x in d.results.labels("lever") if x != "none"):
        values = by_lever.sel(lever=lever).transpose("draw", "year").values.astype(np.float64)
        if np.nansum(values) > 0:
            lines.append(Line(plain(lever), spread(years, values), colour % figures.COLOURS))
    if not lines:
        return None
    chart = d.chart(
        "Public money by lever",
        "Euro of the base year, per year.",
        [Panel(line.label, "euro", (Line("", line.series, line.colour),)) for line in lines],
        "spending",
    )
    return d.section("money", "Money", "What the levers of this scenario cost.", [chart])


def _sector(label: str) -> str:
    return plain(label).split(" and ")[0].replace("business services", "business").replace("education", "public")


CHAPTERS: tuple[Callable[[Drawer], Section | None], ...] = (choosing, learning, working, regions, money)
"""The chapters with charts of lines, in order; the cohort, the evidence and the rest stand in ``page``."""

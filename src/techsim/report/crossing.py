"""Into and out of technical work: side entry, retraining, and who will retire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from techsim.report import figures

if TYPE_CHECKING:
    from techsim.report.sections import Chart, Drawer

BLUE, ORANGE, GREEN, PURPLE, GOLD, GREY = range(figures.COLOURS)
EDUCATION = (("technical diploma", "technical", BLUE), ("retrained", "retrained", GREEN), ("neither", "other", GREY))
RETRAINERS = (("UWV", "uwv", BLUE), ("O&O funds", "fund", ORANGE), ("regions", "region", GREEN))
STEPS = (("began", "began", GREY), ("completed", "completed", BLUE), ("dropped out", "dropped_out", ORANGE))


def crossing(d: Drawer) -> Chart | None:
    """W2 and W4: hires that cross between technical and other work, retraining, retirement ahead."""

    def moves(way: str) -> list[figures.Line | None]:
        return [
            d.line(word, "side_entry", (("crossing", (way,)), ("education", (label,))), colour)
            for word, label, colour in EDUCATION
        ]

    return d.chart(
        "Into and out of technical work",
        "Hires in the year of people whose last job was of the other kind, by their education; retraining for "
        "technical work without and with levers, and how many of those who completed it a year ago have technical "
        "work; technicians whose own retirement is near, by the retirement age of the year.",
        [
            d.panel("into technical work", "persons", moves("into_technical"), shades=d.shades),
            d.panel("out of technical work", "persons", moves("out_of_technical"), shades=d.shades),
            d.panel(
                "retraining", "persons",
                [d.line(w, "retraining", (("retraining_step", (label,)),), colour) for w, label, colour in STEPS],
                shades=d.shades,
            ),
            d.panel(
                "retrained: in technical work a year on", "share",
                [d.line("all", "retrained_in_technical_work", (), BLUE)],
                shades=d.shades,
            ),
            d.panel(
                "begun with", "persons",
                [
                    d.line(w, "retraining", (("retraining_step", ("began",)), ("retrainer", (label,))), colour)
                    for w, label, colour in RETRAINERS
                ],
                shades=d.shades,
            ),
            d.panel(
                "technicians who retire", "share",
                [
                    d.line("within 5 years", "retiring_5_years", (), GREY),
                    d.line("within 10 years", "retiring_10_years", (), BLUE),
                ],
                shades=d.shades,
            ),
        ],
        "side_entry, retraining, retrained_a_year_on, workers_by_retirement",
    )  # fmt: skip

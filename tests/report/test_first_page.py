"""The first page of a comparison: sure years to their end, single ones, the lowest price, which way is better."""

from __future__ import annotations

import numpy as np
import pytest

from results.made_comparison import made
from techsim.report import opening, signs
from techsim.report.glance import HEADLINES, glance
from techsim.report.numbers import MINUS, THIN
from techsim.results.effects import Table, rows
from techsim.results.verdicts import ENOUGH
from techsim.results.workbook import sheets

NEVER = "the number of technicians surely differs in no two years in a row"
SINGLE, BESIDE = ", but does in single ones: ", ", and surely differ in single years: "


@pytest.mark.parametrize(
    ("effect", "says"),
    [
        ([0, 0, 7, 7, 7], "surely more technicians from 2028 on, 2 years after the start"),
        ([0, 5, 0, 0, 0], f"{NEVER}{SINGLE}more in 2027 (+5)"),
        ([5, 0, 4, 0, 3], f"{NEVER}{SINGLE}more in 2026 (+5), more in 2028 (+4), more in 2030 (+3)"),
        ([0, 9, 9, 0, -4], f"technicians from 2027 to 2028, 1 year after the start{BESIDE}fewer in 2030 ({MINUS}4)"),
    ],
)
def test_sure_years_are_told_to_their_end_and_single_ones_by_name(effect: list[float], says: str) -> None:
    data = made(few=ENOUGH)
    values = data["technicians"].values
    values[1] = values[0] + np.asarray(effect, float)
    (line,) = (line for line in glance(data, Table(rows(data)), "good") if line.label == "Year by year")
    assert line.said.text.replace(THIN, " ").endswith(f"{says}."), line.said.text
    technicians = line.said.text.split(";")[1]
    assert len(line.said.lines) >= technicians.count("(") == says.count("(")


def test_luck_has_its_chance_at_every_figure_of_the_page() -> None:
    vacancies_beside_those_of_technology = 2
    assert len(HEADLINES) + vacancies_beside_those_of_technology == signs.HEADLINES


def test_the_lowest_price_is_the_lowest_whether_sure_or_likely() -> None:
    """The good one surely adds technicians; the bad one likely does, for less each."""
    data = made(few=ENOUGH)
    values = data["technicians"].values
    values[2, :, -1] = values[0, :, -1] + np.where(np.arange(ENOUGH) < 1, -1.0, 4000.0)
    cheap = next(said for said in opening.verdict(data, Table(rows(data))) if said.text.startswith("Lowest price"))
    technician = cheap.text.replace(THIN, " ").split(";")[0]
    assert technician.endswith("for each additional technician in 2030, with B, which likely adds some"), technician


def test_the_sheet_of_ranks_has_the_signs_of_the_lines_that_it_names() -> None:
    """What there should be less of is below zero where there is less, and said to be better so."""
    data = made(few=ENOUGH)
    table = Table(rows(data))
    header, lines = next(
        (header, list(lines)) for name, header, lines in sheets(data, table.rows, {}) if name == "Ranking"
    )
    at = {word: header.index(word) for word in ("better", "effect", "effect p05", "effect p95")}
    number = next(i for i, word in enumerate(header) if word.endswith(": effect"))
    seen = set()
    for line in lines:
        assert line[at["effect p05"]] <= line[at["effect p95"]]
        assert "-0" not in {repr(line[at[word]])[:2] for word in at if line[at[word]] == 0}
        if line[number]:
            spread = table.rows[int(line[number]) - 2].spread
            assert (line[at["effect"]], line[at["effect p05"]]) == pytest.approx((spread.mean, spread.low))
            seen.add(line[at["better"]])
    assert seen >= {"more"}

"""The answer on one page: a verdict by the rule of sure and likely, and a row for each alternative, by its lines."""

from __future__ import annotations

import re

import numpy as np
import pytest
import xarray as xr

from report.test_compared import NO_RESULTS, NUMBER, figures_of
from report.test_signs import two_horizons
from results.made_comparison import made
from techsim.report.compared import render
from techsim.report.glance import glance
from techsim.report.numbers import THIN
from techsim.report.opening import Brief, briefs, verdict
from techsim.report.signs import nought, signed
from techsim.results.effects import Table, rows
from techsim.results.verdicts import ENOUGH


def told(data: xr.Dataset) -> list[str]:
    return [said.text.replace(THIN, " ") for said in verdict(data, Table(rows(data)))]


def changed(effects: dict[str, list[float]], names: tuple[str, ...] = ("good", "bad", "mix")) -> xr.Dataset:
    """Ten draws, in which technicians of 2030 differ by these."""
    data = made(few=ENOUGH).sel(scenario=["base", *names])
    data.attrs["mixes"] = ""
    there = data["technicians"]
    for name, by_draw in effects.items():
        there.loc[{"scenario": name, "year": 2030}] = there.sel(scenario="base", year=2030).values + np.array(by_draw)
    return data


def test_the_verdict_names_who_surely_and_likely_adds() -> None:
    technicians, graduates, price = told(made(few=ENOUGH))
    assert technicians == "A (+20) and C (+30) surely add people in technical occupations in 2030."
    assert graduates.startswith("A (+60) and C (+90) surely add technical graduates by 2030")
    assert price == (
        "Lowest price: EUR 97 100 (84 400 to 114 000) for each additional technician in 2030, with A; "
        "EUR 32 400 (28 100 to 38 100) for each additional technical graduate, with A."
    )
    likely = [5.0] * 9 + [-1.0]
    text, *_ = told(changed({"good": likely, "bad": [-5.0] * 10, "mix": [-5.0] * 9 + [1.0]}))
    assert text == (
        "None of the three surely adds people in technical occupations in 2030; A (+4) likely does; B (-5) surely "
        "has fewer; C (-4) likely has fewer."
    ).replace("-", "\u2212")


def test_what_is_not_levers_alone_has_no_price_and_the_page_says_why() -> None:
    """Another cycle or other parameters: what its money bought cannot be told from what they did."""
    data = made(few=ENOUGH).assign_attrs(more_than_levers="good")
    good, bad, _ = briefs(data, Table(rows(data)))
    for cell in (good.per_technician, good.per_graduate):
        assert (cell.text, cell.around) == ("no price", "not levers alone")
    assert bad.per_technician.around != "not levers alone"
    assert ", with A" not in told(data)[-1]
    (cost,) = (line.said.text for line in glance(data, Table(rows(data)), "good") if line.label == "Cost")
    assert cost.endswith("there is no price of what it does, as it differs from the baseline in more than levers.")
    page = render(data, {}, rows(data))
    assert "Not levers alone: A differs from the baseline in more than levers" in page
    assert ">A. good<" not in page.partition("<caption>Additional people")[2].partition("</table>")[0]
    assert "Not levers alone" not in render(made(few=ENOUGH), {}, rows(made(few=ENOUGH)))
    every = made(few=ENOUGH).assign_attrs(more_than_levers="good\nbad\nmix")
    assert not any(said.startswith("Lowest price") for said in told(every))
    assert "<caption>Additional people" not in render(every, {}, rows(every))


def test_one_draw_is_called_one_and_has_no_shares() -> None:
    data = made(few=1)
    (good, *_) = briefs(data, Table(rows(data)))
    assert (good.technicians.grade, good.technicians.share, good.technicians.around) == ("", "", "")
    page = render(data, {}, rows(data))
    assert "by 2030: of one draw</caption>" in page
    assert "One draw does not tell an effect from luck" in page


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("good",), "The alternative does not surely add"),
        (("good", "bad"), "Neither of the two surely adds"),
        (("good", "bad", "mix"), "None of the three surely adds"),
    ],
)
def test_where_none_surely_adds_the_verdict_says_so(names: tuple[str, ...], words: str) -> None:
    text, *_ = told(changed(dict.fromkeys(names, [5.0] * 8 + [-5.0] * 2), names))
    assert text == f"{words} people in technical occupations in 2030."


def test_an_effect_with_the_mean_on_the_other_side_is_no_gain() -> None:
    text, *_ = told(changed({"good": [1.0] * 9 + [-90.0]}, ("good",)))
    assert text.startswith("The alternative does not surely add")
    assert "likely" not in text


def test_years_in_which_none_surely_adds_are_told_in_one_sentence() -> None:
    data = two_horizons()
    data["technicians"].loc[{"scenario": "good"}] = data["technicians"].sel(scenario="base")
    first, *rest = told(data)
    assert first == "The alternative does not surely add people in technical occupations in 2028 or 2030."
    assert not any("technical occupations" in text for text in rest)
    both = [text for text in told(two_horizons()) if "technical occupations" in text]
    assert both == [
        "A (+5) surely adds people in technical occupations in 2030.",
        "A (+20) surely adds people in technical occupations in 2028.",
    ]


def test_of_few_draws_there_is_no_verdict() -> None:
    assert told(made(few=3)) == ["Three draws are too few to say of any alternative that it surely changes anything."]
    (brief, *_) = briefs(made(few=3), Table(rows(made(few=3))))
    assert brief.technicians.grade == ""
    assert brief.per_technician.text == "takes ten draws"


def row_of(data: xr.Dataset, letter: str) -> Brief:
    return next(brief for brief in briefs(data, Table(rows(data))) if brief.letter == letter)


def test_a_row_has_effect_certainty_cost_price_and_deadweight() -> None:
    good, bad = (row_of(made(few=ENOUGH), letter) for letter in "AB")
    assert (good.name, good.technicians.text, good.technicians.around) == ("good", "+20", "17 to 23")
    assert (good.technicians.grade, good.technicians.share) == ("sure", f"more in 100{THIN}%")
    assert (bad.technicians.grade, bad.technicians.share) == ("not clear", f"more in 50{THIN}%")
    assert good.cost.text.replace(THIN, " ") == "+1.94 million"
    assert good.per_graduate.text.replace(THIN, " ") == "32 400"
    assert good.per_graduate.around.replace(THIN, " ") == "28 100 to 38 100"
    assert (bad.per_technician.text, bad.per_technician.around) == ("no price", "not clear that more")
    (anyway,) = good.anyway
    assert anyway.around.replace(THIN, " ") == "75 % to 79 %; bridging scheme, person by person"
    fewer = row_of(changed({"good": [-5.0] * 10}), "A")
    assert (fewer.per_technician.text, fewer.per_technician.around) == ("no price", "fewer, not more")
    same = row_of(changed({"good": [0.0] * 10}), "A")
    assert same.technicians.text == "no difference"


def test_every_number_of_verdict_and_rows_is_in_the_lines_beside_it() -> None:
    data = made(few=ENOUGH)
    table = Table(rows(data))
    known = {row.number: row for row in table.rows}
    texts = [(said.text, said.lines) for said in verdict(data, table)]
    for brief in briefs(data, table):
        cells = (brief.technicians, brief.graduates, brief.cost, brief.per_technician, brief.per_graduate)
        for cell in (*cells, *brief.anyway):
            texts.append((f"{cell.text} {cell.around} {cell.share}", cell.lines))
            assert set(cell.lines) <= set(brief.lines)
    seen = 0
    for text, used in texts:
        allowed = {each for line in used for each in figures_of(known[line])}
        for found in (each.strip() for each in NUMBER.findall(text)):
            if found.replace(THIN, " ") not in NO_RESULTS - {"2"}:
                assert found in allowed, (text, found)
                seen += 1
    assert seen > 40


def test_the_page_opens_with_the_verdict_and_the_table_and_prints_them_first() -> None:
    data = made(few=ENOUGH)
    told_of = {"scenario": {"name": "base"}, "alternatives": [{"scenario": {"description": "What it is."}}] * 3}
    page = render(data, told_of, rows(data))
    parts = (
        '<p class="verdict">A (+20)',
        '<table class="briefs">',
        "by cost for each",
        "What it is.",
        "Not clear</dt>",
    )
    at = [page.index(part) for part in (*parts, '<dl class="facts">')]
    assert at == sorted(at)
    body = page.partition('<table class="briefs">')[2].partition("</table>")[0]
    assert len(re.findall('<th scope="row">', body)) == 3
    assert "@page" in page
    assert "page-break" not in page


def test_of_many_alternatives_the_verdict_gives_letters_and_the_largest() -> None:
    few = made(few=ENOUGH)
    many = few.isel(scenario=[0, *[1, 3] * 11]).assign_coords(scenario=["base", *(f"s{i}" for i in range(22))])
    many.attrs = dict(few.attrs, mixes="", levers_changed="", not_measured="")
    text = told(many)[0]
    assert text.startswith("A, B, C, D,")
    assert "and V (most: B, +30) surely add people" in text
    assert len(briefs(many, Table(rows(many)))) == 22


def test_tables_by_year_have_both_intervals_the_share_of_draws_and_the_line() -> None:
    data = made(few=ENOUGH)
    made_rows = rows(data)
    page = render(data, {}, made_rows)
    years = "".join(re.findall('<table class="years">.*?</table>', page, re.DOTALL))
    row = Table(made_rows).find("good", "technicians", 2029)
    assert row is not None
    (line,) = (part for part in years.split("<tr>") if "A, 2029</th>" in part and f">{row.number}<" in part)
    assert [cell.replace(THIN, " ") for cell in re.findall("<td[^>]*>([^<]*)</td>", line)] == [
        "1 002", "20", "17 to 23", "17 to 23", "100 %", str(row.number),
    ]  # fmt: skip
    assert "50&#8239;% of draws" in years
    source = page.partition('<section id="effects">')[2].partition("<details")[0]
    assert "indicators technicians" in source, "the source is printed, the tables are not"


def test_cost_is_drawn_against_technicians_and_against_graduates() -> None:
    page = render(made(few=ENOUGH), {}, rows(made(few=ENOUGH)))
    assert "additional people in technical occupations, 2030" in page
    assert "additional technical graduates by 2030" in page


def test_who_is_told_for_earlier_horizons_too() -> None:
    data = two_horizons()
    kept = {name: data[name] for name in ("people_by_work", "technicians")}
    page = render(data.assign(kept), {}, rows(data))
    (who,) = re.findall('<section id="who">.*?</section>', page, re.DOTALL)
    assert who.index("Who works in technology, December 2030") < who.index("Who works in technology, December 2028")


@pytest.mark.parametrize(("value", "text"), [(0.3, "0"), (-0.3, "0"), (0.0, "0"), (1.2, "+1"), (-1.2, "\u22121")])
def test_what_rounds_to_nothing_has_no_sign(value: float, text: str) -> None:
    assert signed(value) == text


def test_a_mean_of_nothing_is_neither_more_nor_fewer() -> None:
    assert [nought(*what) for what in ((0.4, "persons"), (0.6, "persons"), (0.00004, "share"), (0.0001, "share"))] == [
        True, False, True, False,
    ]  # fmt: skip
    few = made(few=3).sel(scenario=["base", "good"])
    few.attrs["mixes"] = ""
    few["technicians"].loc[{"scenario": "good", "year": 2030}] = few["technicians"].sel(
        scenario="base", year=2030
    ).values + np.array([0.3, 0.3, 0.2])
    (line, *_) = glance(few, Table(rows(few)), "good")
    assert line.said.text.startswith("about as many people in technical occupations in 2030")

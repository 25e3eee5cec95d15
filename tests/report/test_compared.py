"""The report of a comparison: complete in itself, honest about few draws, every number with its line."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import numpy as np
import pytest

from cli.page_commands import command_of
from results.made_comparison import LABELS, YEARS, Made, made, paying_for_hours
from techsim.report import numbers
from techsim.report.answers import _beyond, after, by_lever, letter, lines, sentences
from techsim.report.compared import render, who
from techsim.report.glance import glance
from techsim.report.numbers import THIN
from techsim.report.signs import Said, certainty
from techsim.results.comparison import COST_BY_ITEM, build
from techsim.results.effects import Row, Table, rows, spread
from techsim.results.verdicts import ENOUGH
from techsim.results.workbook import sheets


class Checker(HTMLParser):
    """Fails on tags that are not closed."""

    VOID = frozenset({"meta", "link", "br", "col", "line", "rect", "circle", "polyline", "polygon", "path"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


@pytest.fixture(scope="module")
def page() -> str:
    data = made()
    return render(data, {"scenario": {"name": "base"}, "alternatives": []}, rows(data))


def test_page_is_whole_and_loads_nothing(page: str) -> None:
    checker = Checker()
    checker.feed(page)
    assert checker.open == []
    assert not re.findall(r'(?:src|href)="(?!#|data:)[^"]*"', page)
    assert "nan" not in re.sub(r"<[^>]*>", " ", page.partition("<main>")[2].partition("<script>")[0]).lower().split()


@pytest.mark.parametrize("chapter", ["short", "each", "effects", "who", "money", "people", "lag", "sure", "again"])
def test_every_chapter_is_there(page: str, chapter: str) -> None:
    assert f'<section id="{chapter}">' in page
    assert f'href="#{chapter}"' in page


def test_numbers_name_lines_that_hold_them() -> None:
    data = made()
    table = Table(rows(data))
    said = sentences(data, table, "good")
    known = {row.number: row for row in table.rows}
    first = said[0].text.replace(THIN, " ")
    assert first.startswith(
        "In 2030, on average over the year: 20 more people in technical occupations (90 % of draws: 17 to 23; "
    )
    assert first.endswith("more in 100 % of the draws, of only 6).")
    (number,) = said[0].lines
    assert (known[number].indicator, known[number].spread.mean) == ("technicians", 20)
    assert all(line in known for sentence in said for line in sentence.lines)
    mix = [s for s in sentences(data, table, "mix") if "than the sum of the parts" in s.text]
    assert len(mix) == 1
    assert isinstance(mix[0], Said)
    assert "not clear whether synergy or overlap" in mix[0].text, "six draws are too few"


@pytest.mark.parametrize(
    ("luck", "words"),
    [
        ((9, 8, 7, 9, 8, 9, 8, 7, 9, 8), "sure: more in 100 % of the draws), synergy"),
        ((-9, -8, -7, -9, -8, -9, -8, -7, 1, -8), "likely: fewer in 90 % of the draws), overlap"),
        ((9, 8, 7, 9, 8, -2, -2, -2, -2, -2), "of the draws), not clear whether synergy or overlap"),
        ((90, -1, -1, -1, -1, -1, -1, -1, -1, -1), "fewer in 90 % of the draws), not clear whether synergy or overlap"),
        ((0,) * 10, "exactly as many technicians in 2030"),
    ],
)
def test_synergy_is_told_by_the_draws_and_not_by_the_mean_alone(luck: tuple[int, ...], words: str) -> None:
    values = np.array(luck, dtype=np.float64)
    row = Row(2, "mix", "technicians", 2030, {}, "persons", 0.0, 0.0, spread(values))
    assert words in _beyond(row, "technicians in 2030", 10).replace(THIN, " ")


NUMBER = re.compile(r"\d[\d\u202f]*(?:[.,]\d+)?(?:\u202f(?:million|billion))?(?:[ \u202f]?%)?")
NO_RESULTS = {"90 %", "2", "2.00 %", "2026", "2030"}
"""Numbers in sentences that are no result: the interval, the discount rate, years."""


def figures_of(row: Row) -> set[str]:
    """Every way in which a sentence may write a number of a row."""
    spread = row.spread
    values = [spread.mean, *spread.quantiles, row.cost, *row.cost_per_unit]
    texts = {numbers.rounded(abs(x)) for x in values if np.isfinite(x)}
    texts |= {numbers.of_unit(abs(x), row.unit) for x in values if np.isfinite(x)}
    shares = [spread.positive, spread.negative, *(values if row.unit == "share" else [])]
    texts |= {numbers.percent(abs(x), 0) for x in shares if np.isfinite(x)}
    return {found.strip() for text in texts for found in NUMBER.findall(text)}


@pytest.mark.parametrize("scenario", ["good", "bad", "mix"])
def test_every_number_of_a_sentence_is_one_of_its_rows(scenario: str) -> None:
    data = made()
    table = Table(rows(data))
    known = {row.number: row for row in table.rows}
    seen = 0
    for said in sentences(data, table, scenario):
        if said.where:  # another sheet
            continue
        allowed = {text for line in said.lines for text in figures_of(known[line])}
        if "of them have" in said.text:  # shares of the four rows together
            four = [known[line].spread.mean for line in said.lines]
            allowed = {numbers.rounded(sum(four)), *(numbers.percent(x / sum(four), 0) for x in four)}
        for text in (found.strip() for found in NUMBER.findall(said.text)):
            plain_text = text.replace("\u202f", " ")
            if plain_text not in NO_RESULTS and plain_text != f"{data.sizes['draw']}":
                assert text in allowed, (text, said)
                seen += 1
    assert seen > 20


def test_who_is_told_with_the_years_that_it_is_of() -> None:
    data = made(few=ENOUGH)
    shown = {title: dict(groups) for letter, title, groups in who(data, Table(rows(data)), 2030) if letter == "A"}
    assert "People in technical occupations, 2030" in shown
    graduates = shown["Technical graduates of mbo, hbo and wo by 2030, all years together"]
    assert {row.year for row in graduates["sex"]} == {2029}, "the school year that ends in 2030 is the last known"
    assert sum(row.spread.mean for row in graduates["sex"]) == pytest.approx(60), "as on the first page"


def test_lags_are_told_in_years_with_the_rows_of_their_sheet() -> None:
    """Ten draws, in which the good one is sure two years after the start; every row named holds what is said of it."""
    data = made(few=ENOUGH)
    said = next(s for s in sentences(data, Table(rows(data)), "good") if s.text.startswith("Differs"))
    assert said.text == (
        "Differs (years after the start, 2026, until it is known) surely: "
        "graduates from 2027/28 on (after 2 years); technicians from 2028 on (after 2 years). "
        "First year in which any draw differs, chance included: "
        "graduates 2027/28 (after 2 years); technicians 2028 (after 2 years)."
    )
    unsure = [s.text for s in sentences(data, Table(rows(data)), "bad") if "any draw differs" in s.text]
    assert "until it is known) not surely: graduates; technicians. First year" in unsure[0]
    few = [s.text for s in sentences(made(), Table(rows(made())), "good") if "any draw differs" in s.text]
    assert few[0].startswith("First year in which any draw differs, chance included (years after the start, 2026, ")
    assert said.where == "comparison.xlsx, sheet Lag, rows 3, 2"
    table = {name: list(lines) for name, _, lines in sheets(data, rows(data), {})}["Lag"]
    assert [table[row - 2][:2] for row in (3, 2)] == [("good", "technical_graduates"), ("good", "technicians")]
    text = render(data, {}, rows(data))
    for row, line in enumerate(table, 2):
        scenario, name, first, sure, *_ = line
        if first is not None:
            cell = rf"<td[^>]*>{first}, after \d</td><td[^>]*>{sure or 'not'}[^<]*</td><td[^>]*>{row}</td>"
            assert re.search(cell, text), (scenario, name)


def test_lags_are_at_once_or_after_years() -> None:
    assert [after(years) for years in (None, 0, 1, 5)] == ["", " (at once)", " (after 1 year)", " (after 5 years)"]


def test_the_first_page_says_what_is_sure_and_what_is_not() -> None:
    data = made(few=ENOUGH)
    good, bad = (
        {line.label: line.said.text.replace(THIN, " ") for line in glance(data, Table(rows(data)), name)}
        for name in ("good", "bad")
    )
    assert good["Sure"] == "20 more people in technical occupations in 2030 (17 to 23); " + (
        "60 more technical graduates by 2030, counted by diploma (51 to 69)."
    )
    assert "EUR 97 100 for each additional technician in 2030" in good["Cost"]
    assert good["Anyway"].startswith("would have been there without it: 78 % (75 % to 79 %) of the 44 new")
    assert "surely more technicians from 2028 on, 2 years after the start" in good["Year by year"]
    assert bad["Not clear"].startswith("whether there are more or fewer people in technical occupations in 2030 (")
    assert "no price for each technician in 2030 or technical graduate, as it is not clear that" in bad["Cost"]
    assert "the number of technicians surely differs in no two years in a row." in bad["Year by year"]
    ranked = render(data, {}, rows(data)).partition("<caption>Additional people")[2].partition("</table>")[0]
    prices = {name: row for row in ranked.split("<tr>") for name in ("good", "bad") if f". {name}<" in row}
    assert '<td class="n">not clear</td>' in prices["bad"]
    assert "not clear" not in prices["good"]
    few = glance(made(few=3), Table(rows(made(few=3))), "good")
    assert [line.label for line in few] == ["In 3 draws", "Cost", "Anyway"]
    assert "too few draws to be sure" in few[0].said.text
    same = glance(made(mix=0.0), Table(rows(made(mix=0.0))), "mix")
    assert "No difference" in [line.label for line in same]


@pytest.mark.parametrize("scenario", ["good", "bad", "mix"])
def test_every_number_of_the_first_page_is_one_of_its_rows(scenario: str) -> None:
    data = made(few=ENOUGH)
    known = {row.number: row for row in rows(data)}
    seen = 0
    for said in (line.said for line in glance(data, Table(rows(data)), scenario) if not line.said.where):
        allowed = {text for line in said.lines for text in figures_of(known[line])}
        for text in (found.strip() for found in NUMBER.findall(said.text)):
            if text.replace(THIN, " ") not in NO_RESULTS:
                assert text in allowed, (text, said)
                seen += 1
    assert seen >= 6


@pytest.mark.parametrize(("kept", "clear"), [(40.0, True), (-40.0, False)])
def test_a_job_kept_has_a_price_where_it_is_clear_that_some_are(kept: float, clear: bool) -> None:
    data = paying_for_hours(made(few=ENOUGH))
    scheme = data["short_time"].sel(scenario="good")
    scheme.loc[{"quantity": "cost"}] = 2e6
    scheme.loc[{"quantity": "jobs_kept"}] = np.r_[np.full(4, kept), np.full(6, 40.0)]
    table = Table(rows(data))
    (said,) = (s for s in sentences(data, table, "good") if "by short-time work" in s.text)
    assert [table.rows[line - 2].indicator for line in said.lines] == ["scheme_jobs_kept"]
    text = said.text.replace(THIN, " ")
    # Of the ledger, discounted: a million in each of two years.
    assert text.startswith("EUR 48 500 per additional job kept" if clear else "There is no price of a job kept")


def test_what_levers_of_the_baseline_pay_more_is_told_apart() -> None:
    """The lever of the bad one is in the baseline, too, and pays 3000 more beside the good one."""
    data = made()
    assert by_lever(data, Table(rows(data)), "good", 2030) == ("", ()), "one lever pays it all"
    paid = data[COST_BY_ITEM].sel(lever="b", item="places")
    paid[0] += 5_000.0
    paid[1] += 8_000.0
    table = Table(rows(data))
    text, lines = by_lever(data, table, "good", 2030)
    assert text.replace(THIN, " ") == " (a +1.94 million, b +3 000)"
    assert [(r.groups["lever"], r.scenario) for r in table.rows if r.number in lines] == [("a", "good"), ("b", "good")]
    assert text in next(line.said.text for line in glance(data, table, "good") if line.label == "Cost")
    assert text in next(said.text for said in sentences(data, table, "good") if said.text.startswith("It costs"))


def test_a_number_of_another_row_is_found_out() -> None:
    data = made()
    table = Table(rows(data))
    said = sentences(data, table, "good")[0]
    other = table.find("bad", "technicians", 2029)
    assert other is not None
    assert not {found.strip() for found in NUMBER.findall(said.text)} <= figures_of(other) | NO_RESULTS | {"6"}


def test_schemes_are_told_with_what_is_not_measurable(page: str) -> None:
    said = [s.text.replace(THIN, " ") for s in sentences(made(), Table(rows(made())), "good")]
    (scheme,) = (text for text in said if text.startswith("Bridging scheme"))
    assert (
        "42 new apprenticeship places, of which 32 would have been there anyway (deadweight of what it paid for, 76 % "
        "(90 % of draws:" in scheme
    )
    assert any("Pabo: deadweight is not measurable: pupils" in text for text in said)
    assert "Do nothing" in page


def test_who_shows_technicians_and_graduates_by_background_and_so_does_the_workbook() -> None:
    class WithBackground(Made):
        def __init__(self, draw: int, effect: float) -> None:
            super().__init__(draw, effect, 0.0, "a", 0.0)
            for name in ("technicians", "technical_graduates"):
                values = self.indicators[name][1]
                parts = np.stack([0.7 * values, 0.1 * values, 0.2 * values], axis=1)
                self.indicators[f"{name}_by_background"] = (("year", "background"), parts)  # type: ignore[assignment]

    draws = [(d, d, [WithBackground(d, 0.0), WithBackground(d, 20.0)]) for d in range(2)]
    data = build(["base", "good"], draws, YEARS, [2030], LABELS, 100.0, 0.02, {})
    made_rows = rows(data)
    (shown,) = re.findall(r'<section id="who">.*?</section>', render(data, {}, made_rows), re.DOTALL)
    for title in ("people in technical occupations", "technical graduates"):
        part = shown.lower().partition(title)[2].partition("</details>")[0]
        assert "non-western background" in part
    sheet = {name: list(lines) for name, _, lines in sheets(data, made_rows, {})}["Who"]
    found = {line[3]: line[6] for line in sheet if (line[1], line[2]) == ("technicians_by_background", 2030)}
    assert found == pytest.approx({"native": 14.0, "western": 2.0, "non_western": 4.0})


def test_two_deadweights_of_one_lever_say_of_what_each_is() -> None:
    """Of the ten who take the route three have the diploma in both worlds; of the five paid for who have it, three."""

    class WithRoute(Made):
        def __init__(self, draw: int, effect: float) -> None:
            super().__init__(draw, effect, 0.0, "technologieroute", 1e6 if effect else 0.0)
            found = {"take_up": 500.0, "deadweight": 300.0, "additional": 200.0}
            bridged = {"take_up": 40.0, "deadweight": 30.0, "additional": 10.0}
            self.schemes = {"technologieroute": found, "bridging_scheme": bridged} if effect else {}

    draws = [(d, d, [WithRoute(d, 0.0), WithRoute(d, 20.0)]) for d in range(2)]
    data = build(["base", "good"], draws, YEARS, [2030], LABELS, 100.0, 0.02, {})
    said = [s.text.replace(THIN, " ") for s in sentences(data, Table(rows(data)), "good")]
    (people,) = (text for text in said if "take the technologieroute" in text)
    assert "30 % of them have a technical diploma in both worlds (deadweight among those who take part)" in people
    (paid,) = (text for text in said if text.startswith("Technologieroute by 2030"))
    assert "300 would have been there anyway (deadweight of what it paid for, 60 %" in paid
    apart = "This deadweight is of pupils who take the route and have a technical diploma; the one among those who take"
    assert apart in paid
    (other,) = (text for text in said if text.startswith("Bridging scheme by 2030"))
    assert "This deadweight" not in other


def test_the_page_says_when_draws_are_few(page: str) -> None:
    assert "With 6 draws" in page
    many = np.r_[np.ones(19), -1.0]
    assert certainty(spread(many), 20).replace(THIN, " ") == "sure: more in 95 % of the draws"
    assert certainty(spread(np.r_[np.ones(17), -np.ones(3)]), 20).startswith("likely: more")
    assert certainty(spread(np.r_[np.ones(11), -np.ones(9)]), 20).startswith("not clear which way")
    assert certainty(spread(np.zeros(20)), 20) == "no difference in any draw"
    assert "chance" in certainty(spread(np.ones(1)), 1)


def test_one_line_per_alternative() -> None:
    assert [line.partition(",")[0] for line in lines(made())] == ["good", "bad", "mix"]
    assert [letter(i) for i in (0, 25, 26)] == ["A", "Z", "AA"]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("default", "know nothing of what we do not know about the parameters"),
        ("prior", "values of its own, drawn from their priors"),
        ("fit <1>.csv", "has a set of fit &lt;1&gt;.csv"),
    ],
)
def test_the_page_says_what_its_intervals_hold(source: str, words: str) -> None:
    data = made()
    data.attrs["parameters"] = source
    page = render(data, {"scenario": {"name": "base"}, "alternatives": []}, rows(data))
    assert page.count(words) == 2  # where it says how to read, and what is sure
    assert ("parameters.csv" in page) == (source != "default")
    assert "fit <1>" not in page


@pytest.mark.parametrize("given", [False, True])
def test_the_command_that_runs_it_again_has_the_end_that_was_asked_for(given: bool) -> None:
    page = render(made(), {"end_given": given}, rows(made()))
    (command,) = re.findall("<pre><code>(techsim compare .*?)</code>", page)
    assert ("--end" in command) == given
    assert not given or "--end 2030-12" in command
    assert command.startswith("techsim compare BASE.yaml A.yaml B.yaml C.yaml --draws 6 ")


def test_the_command_that_runs_it_again_names_the_files() -> None:
    page = render(made(), {"files": ["base.yaml", "one.yaml", "its levers.yaml", "two.yaml"]}, rows(made()))
    assert command_of(page)[:5] == ["compare", "base.yaml", "one.yaml", "its levers.yaml", "two.yaml"]

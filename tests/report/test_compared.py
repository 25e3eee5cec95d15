"""The report of a comparison: complete in itself, honest about few draws, every number with its line."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import numpy as np
import pytest

from results.made_comparison import made
from techsim.report.answers import Said, certainty, letter, lines, sentences
from techsim.report.compared import render
from techsim.report.numbers import THIN
from techsim.results.effects import Table, rows, spread


class Checker(HTMLParser):
    """Fails on tags that are not closed."""

    VOID = frozenset({"meta", "link", "br", "line", "rect", "circle", "polyline", "polygon", "path"})

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
    assert first.startswith("In 2030: 20 more people in technical occupations (90 % of draws: 17 to 23; more in 100 %")
    assert first.endswith("of only 6).")
    (number,) = said[0].lines
    assert (known[number].indicator, known[number].spread.mean) == ("technicians", 20)
    assert all(line in known for sentence in said for line in sentence.lines)
    mix = [s for s in sentences(data, table, "mix") if "than the sum of the parts" in s.text]
    assert len(mix) == 1
    assert isinstance(mix[0], Said)
    assert "synergy" in mix[0].text


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

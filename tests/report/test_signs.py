"""Words of sign: they go by most draws, follow the mean on a tie, and say where the mean lies on the other side."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from results.made_comparison import LABELS, YEARS, Made, made, paying_for_hours
from techsim.report.answers import sentences
from techsim.report.compared import render
from techsim.report.glance import glance
from techsim.report.numbers import THIN
from techsim.report.signs import against, certainty, change, flipped, priced, rule, torn, way
from techsim.results.comparison import build
from techsim.results.effects import FEW, Row, Table, rows, spread
from techsim.results.verdicts import ENOUGH

SKEWED = np.r_[np.full(17, -100.0), np.full(3, 4_000.0)]
"""Fewer in 17 of 20 draws, more by the mean."""


def row(values: np.ndarray) -> Row:
    return Row(2, "x", "technicians", 2030, {}, "persons", 0.0, 0.0, spread(values))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (SKEWED, "the mean lies on the other side of most draws: fewer in 85 % of the draws"),
        (-SKEWED, "the mean lies on the other side of most draws: more in 85 % of the draws"),
        (np.r_[np.full(10, -3.0), np.full(10, 1.0)], "not clear which way: fewer in 50 % of the draws"),
        (np.r_[np.full(10, -1.0), np.full(10, 3.0)], "not clear which way: more in 50 % of the draws"),
        (np.r_[np.full(6, -1.0), np.zeros(8), np.full(6, 2.0)], "not clear which way: more in 30 % of the draws"),
        (np.r_[np.full(3, -3.0), np.full(3, 1.0)], "not clear which way: fewer in 50 % of the draws, of only 6"),
        (np.r_[np.full(4, -1.0), 9.0], "the mean lies on the other side of most draws: fewer in 80 % of the draws, of"),
        (np.r_[np.full(17, -100.0), np.full(3, 100.0)], "likely: fewer in 85 % of the draws"),
        (np.r_[np.full(10, -1.0), np.full(9, 3.0), 0.0], "not clear which way: more in 45 % of the draws"),
        (
            np.r_[np.zeros(5), np.full(4, -1.0), 99.0],
            "the mean lies on the other side of most draws that differ: fewer in 40 % of the draws",
        ),
        (np.r_[np.full(8, 1.0), np.full(2, -1.0)], "not clear which way: more in 80 % of the draws"),
        (np.r_[np.full(9, 1.0), -1.0], "likely: more in 90 % of the draws"),
    ],
)
def test_certainty_goes_by_most_draws_and_by_the_mean_on_a_tie(values: np.ndarray, words: str) -> None:
    assert certainty(spread(values), values.size).replace(THIN, " ").startswith(words)


def test_a_tie_is_told_with_the_sign_of_its_mean() -> None:
    said = change(row(np.r_[np.full(10, -2_000.0), np.full(10, 200.0)]), "open vacancies", 20).replace(THIN, " ")
    assert said.startswith("900 fewer open vacancies (")
    assert said.endswith("not clear which way: fewer in 50 % of the draws)")


def test_which_way() -> None:
    assert way(spread(SKEWED)) == ("fewer", 0.85)
    assert against(spread(SKEWED))
    assert not torn(spread(SKEWED))
    even = spread(np.array([-5.0, 1.0]))
    assert way(even) == ("fewer", 0.5)
    assert torn(even)
    assert not against(even)
    nothing = spread(np.zeros(4))
    assert not torn(nothing)
    assert not against(nothing)


def test_the_rule_is_told_with_how_often_luck_alone_meets_it() -> None:
    assert rule(10).replace(THIN, " ") == (
        "Sure: 10 of the 10 draws or more agree on more or fewer; likely: 9 or more. A figure that nothing moves is "
        "called so by luck in 2.1 % of comparisons, one of nine such figures in 18 %."
    )
    assert "likely: 16 or more" in rule(20)
    assert "Nothing is called sure or likely" in rule(9)


def test_there_is_a_price_where_more_are_likely() -> None:
    eight, nine = (np.r_[np.full(n, 1.0), np.full(10 - n, -1.0)] for n in (8, 9))
    assert [priced(spread(x), 10) for x in (eight, nine, -nine)] == [False, True, False]
    page = skewed(ENOUGH, 10.0, -10.0, 1)["Cost"]
    assert "EUR 243 000 for each additional technician in 2030 (194 000 to no limit)" in page
    assert "no price for each technician" in skewed(ENOUGH, 10.0, -10.0, 2)["Cost"]


def test_the_opposite_of_a_spread() -> None:
    values = np.array([1.0, 2.0, 3.0, -7.0])
    one, other = flipped(spread(values)), spread(-values)
    assert (one.mean, one.positive, one.negative) == (other.mean, other.positive, other.negative)
    assert one.quantiles == pytest.approx(other.quantiles)


def skewed(few: int, most: float, rest: float, share: int) -> dict[str, str]:
    """The first page of an alternative whose technicians of 2030 differ by ``most`` but in ``share`` draws."""
    data = made(few=few)
    technicians = data["technicians"]
    technicians.loc[{"scenario": "good", "year": 2030}] = (
        technicians.sel(scenario="base", year=2030).values
        + np.r_[np.full(few - share, most), np.full(share, rest)]
    )  # fmt: skip
    return {line.label: line.said.text.replace(THIN, " ") for line in glance(data, Table(rows(data)), "good")}


def test_the_first_page_takes_more_or_fewer_from_most_draws() -> None:
    page = skewed(ENOUGH, -10.0, 200.0, 1)
    assert page["Likely"].startswith("fewer people in technical occupations in 2030 in most draws (")
    assert page["Likely"].endswith("though the mean is 11 more.")
    assert "no price for each technician in 2030" in page["Cost"]
    assert skewed(ENOUGH, -10.0, 10.0, 1)["Likely"].startswith("8 fewer people in technical occupations")


def test_the_first_page_of_few_draws_says_where_they_are_torn() -> None:
    torn_page, clear = skewed(4, -10.0, 4.0, 2)["In 4 draws"], skewed(4, -10.0, 6.0, 1)["In 4 draws"]
    assert torn_page.startswith("3 fewer people in technical occupations in 2030 (")
    assert "as many draws more as fewer" in torn_page
    assert clear.startswith("6 fewer people in technical occupations")
    assert "as many draws" not in clear


def test_there_is_no_price_of_a_few_draws() -> None:
    few, enough = paying_for_hours(made(few=FEW - 1)), paying_for_hours(made(few=FEW))
    for data, told in ((few, False), (enough, True)):
        data["short_time"].loc[{"scenario": "good", "quantity": "cost"}] = 2e6
        data["short_time"].loc[{"scenario": "good", "quantity": "jobs_kept"}] = 40.0
        table = Table(rows(data))
        texts = [said.text.replace(THIN, " ") for said in sentences(data, table, "good")]
        (cost,) = (text for text in texts if text.startswith("It costs"))
        (first,) = (line.said.text for line in glance(data, table, "good") if line.label == "Cost")
        (job,) = (text for text in texts if "by short-time work" in text)
        page = render(data, {}, rows(data))
        assert ("EUR 97" in cost) == told
        assert ("for each additional" in first) == told
        assert (job == "The price of a job kept by short-time work takes ten draws.") != told
        takes = "the price of a technician in 2030 or a year of a technician's work or a technical graduate takes ten"
        assert (takes in cost) != told
        assert ("takes ten draws" in first) != told
        assert ('<td class="n">takes ten draws</td>' in page) != told


class TwiceLooked(Made):
    def __init__(self, draw: int, effect: float, euro: float) -> None:
        super().__init__(draw, effect, 0.0, "a", euro)
        self.people = (self.people[0], self.people[0])


def two_horizons() -> xr.Dataset:
    """The same world looked at in 2028 and in 2030: technicians of 2030 differ by less than those of 2028."""
    draws = [(d, d, [TwiceLooked(d, 0.0, 0.0), TwiceLooked(d, 20.0, 1e6)]) for d in range(ENOUGH)]
    data = build(["base", "good"], draws, YEARS, [2028, 2030], LABELS, 100.0, 0.02, {})
    data["technicians"].loc[{"scenario": "good", "year": 2030}] -= 15.0
    return data


def test_the_first_page_has_earlier_horizons_beside_the_last() -> None:
    data = two_horizons()
    table = Table(rows(data))
    page = {line.label: line.said for line in glance(data, table, "good")}
    assert page["Sure"].text.startswith("5 more people in technical occupations in 2030 (")
    text = page["By 2028"].text.replace(THIN, " ")
    assert text.startswith("Sure: 20 more people in technical occupations in 2028 (20 to 20); 20 more technical grad")
    assert text.endswith("Cost: EUR 1.94 million more public money.")
    known = {row.number: row for row in table.rows}
    assert {known[line].year for line in page["By 2028"].lines} == {2027, 2028}
    assert "(and by 2028, in a line of its own)" in render(data, {}, rows(data))
    assert not any(line.label.startswith("By ") for line in glance(made(), Table(rows(made())), "good"))
    data["technicians"].loc[{"scenario": "good", "year": 2028}] += np.r_[np.full(5, -50.0), np.full(5, 0.0)]
    unclear = {line.label: line.said.text for line in glance(data, Table(rows(data)), "good")}["By 2028"]
    assert "Not clear: whether there are more or fewer people in technical occupations in 2028" in unclear

"""The answer of ``techsim goal`` in words and as a chart, from documents made by hand."""

from __future__ import annotations

import re
from typing import Any

import pytest

from techsim.report.goal import curve, sentences
from techsim.report.numbers import MINUS, THIN

TOP, BOTTOM = 0.0, 320.0


def spread(mean: float) -> dict[str, float]:
    return {"mean": mean, "p05": mean * 0.9, "p50": mean, "p95": mean * 1.1}


def document(
    target: float, levels: list[float], best: int, at_least: bool = True, levers: tuple[str, ...] = ("pabo",)
) -> dict[str, Any]:
    """Nothing reaches the target; the best of the amounts 0, 0.5 and 1 is the one at ``best``."""
    amounts = [0.0, 0.5, 1.0]
    cost = [spread(2e7 * x) for x in amounts]
    return {
        "indicator": "technicians",
        "long_name": "technicians",
        "unit": "persons",
        "target": target,
        "at_least": at_least,
        "year": 2030,
        "of_school_year": None,
        "amount_is": "factor" if len(levers) > 1 else "volume",
        "levers": [{"name": name, "largest": 1.0, "unit": "share", "fields": {"volume": 1.0}} for name in levers],
        "largest": 1.0,
        "draws": 4,
        "discount_rate": 0.02,
        "discounted_to": 2026,
        "answer": {
            "reached": False,
            "without_it": False,
            "amount": amounts[best],
            "volumes": dict.fromkeys(levers, amounts[best]),
            "level": spread(levels[best]),
            "cost": cost[best],
            "draws_that_reach_it_at_some_amount": 0.0,
            "amount_quantiles": {"p05": None, "p50": None, "p95": None},
        },
        "worlds": [{"amount": x, "level": spread(y), "cost": c} for x, y, c in zip(amounts, levels, cost, strict=True)],
    }


@pytest.mark.parametrize("target", [1_300.0, 40_000.0, 10.0])
def test_the_target_is_drawn_within_the_plot(target: float) -> None:
    """Also where nothing reaches it; the grid of the axis holds it."""
    svg = str(curve(document(target, [1_000.0, 1_100.0, 1_050.0], 1)))
    goal = re.search(r'class="goal" x1="[^"]+" y1="([^"]+)" x2="[^"]+" y2="([^"]+)"', svg)
    assert goal is not None
    grid = [float(y) for y in re.findall(r'class="grid"[^>]* y1="([^"]+)"', svg)]
    assert all(min(grid) <= float(y) <= max(grid) for y in goal.groups())
    assert all(TOP < y < BOTTOM for y in grid)


@pytest.mark.parametrize(
    ("at_least", "levers", "words"),
    [
        (True, ("pabo",), "more of it does not raise it"),
        (False, ("pabo",), "more of it does not lower it"),
        (True, ("pabo", "stap"), "more of them does not raise it"),
    ],
)
def test_what_does_not_help_is_said_and_no_price_of_nothing(
    at_least: bool, levers: tuple[str, ...], words: str
) -> None:
    levels = [1_000.0, 900.0, 800.0] if at_least else [800.0, 900.0, 1_000.0]
    said = " ".join(sentences(document(2_000.0 if at_least else 10.0, levels, 0, at_least, levers)))
    assert "cannot bring" in said
    assert words in said
    assert "volume 0" not in said
    assert "It costs" not in said


def both_ways(target: float, levels: list[float], best: int) -> dict[str, Any]:
    """Of a lever that may take away: amounts -1, 0 and 1; a mean that reaches the target is the answer."""
    made = document(target, levels, best)
    made["smallest"], amount = -1.0, (-1.0, 0.0, 1.0)[best]
    for world, x in zip(made["worlds"], (-1.0, 0.0, 1.0), strict=True):
        world["amount"] = x
    made["answer"] |= {"amount": amount, "volumes": {"pabo": amount}, "draws_that_reach_it_this_way": 0.0}
    return made


def test_a_lever_that_takes_away_is_told_by_its_side() -> None:
    short = both_ways(2_000.0, [1_900.0, 1_000.0, 1_100.0], 0)
    said = " ".join(sentences(short)).replace(THIN, " ")
    assert f"of 3 volumes simulated, {MINUS}1 to 1, the best is" in said
    assert f"at volume {MINUS}1." in said
    assert "in none of 4 draws at any amount" in said
    short["answer"]["draws_that_reach_it_at_some_amount"] = 0.25
    assert "it is reached in 25 % of 4 draws the other way only" in " ".join(sentences(short)).replace(THIN, " ")
    none = " ".join(sentences(both_ways(2_000.0, [900.0, 1_000.0, 800.0], 1)))
    assert "neither more nor less of it raises it" in none

    found = both_ways(1_500.0, [1_900.0, 1_000.0, 1_100.0], 0)
    found["answer"] |= {
        "reached": True, "amount": -0.5, "volumes": {"pabo": -0.5}, "draws_that_reach_it_at_some_amount": 1.0,
        "draws_that_reach_it_this_way": 0.75, "amount_quantiles": {"p05": -0.4, "p50": -0.5, "p95": None},
    }  # fmt: skip
    said = " ".join(sentences(found)).replace(THIN, " ")
    assert f"at volume {MINUS}0.5 (of {MINUS}1 to 1) brings technicians to at least" in said
    assert f"reached with less of it in 75 % of 4 draws: at {MINUS}0.4 or nearer to none in 5 % of the draws" in said
    assert "not in 95 % of them at any amount simulated this way" in said
    found["answer"] |= {"without_it": True, "amount": 0.0}
    assert "the target is reached without it or with more in 75" in " ".join(sentences(found))
    goal = re.search(r'class="goal" x1="([^"]+)"[^>]* x2="([^"]+)"', str(curve(found)))
    assert goal is not None
    assert float(goal[1]) < float(goal[2]) - 300.0, "the line of the target spans both sides"


def test_the_best_that_falls_short_is_said_with_its_price() -> None:
    said = " ".join(sentences(document(2_000.0, [1_000.0, 1_100.0, 1_050.0], 1)))
    assert "the best is" in said
    assert "at volume 0.5" in said.replace("\u2009", " ")
    assert "It costs" in said

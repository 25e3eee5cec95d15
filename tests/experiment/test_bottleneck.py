"""``bottleneck``: sixteen worlds from one past, and values that add up."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from techsim.experiment.bottleneck import Bottleneck, against, decomposed, prepare, rows, write
from techsim.experiment.comparing import ComparisonError
from techsim.experiment.draws import plan
from techsim.experiment.relaxing import RELAXATIONS, WORLDS, name_of, relaxed_draw, scenario_of
from techsim.experiment.study import Study
from techsim.experiment.watching import never
from techsim.mechanisms.demography import course
from techsim.mechanisms.working.currency.process import schooled
from techsim.mechanisms.working.matching import state
from techsim.mechanisms.working.retraining.choice import rules_of as rules_of_retraining
from techsim.mechanisms.working.state import create_labour_market
from techsim.mechanisms.working.training.process import attitudes, rules_of
from techsim.model.catalogue import catalogue
from techsim.population.clock import parse
from techsim.report.bottleneck import clear, sentences
from techsim.report.numbers import THIN
from techsim.results.compared import reduce
from techsim.scenario import load_text

BASE = """name: base
period: {start: 2008-01, end: 2011-12}
population: {scale: 2000}
levers:
  - praktijkleren: {start: 2008-06}
"""


def study(more: str = "") -> Study:
    return Study(load_text(BASE + more, catalogue()), catalogue())


@pytest.fixture(scope="module")
def answered() -> tuple[Bottleneck, dict[str, Any], dict[str, Any]]:
    asked = prepare(study(), year=2010)
    return asked, *asked.execute()


def test_every_parameter_and_lever_that_is_relaxed_exists_within_its_bounds() -> None:
    known = catalogue()
    for relaxation in RELAXATIONS:
        assert relaxation.levers or relaxation.parameters
        for name, value in relaxation.parameters.items():
            assert known.parameters[name].low <= value <= known.parameters[name].high, name
            assert value != known.parameters[name].default, name
    made = scenario_of(study().scenario, known, WORLDS - 1, "2009-01")
    levers = {lever.name: lever.fields for lever in made.levers}
    assert set(levers) == {"praktijkleren"} | {name for each in RELAXATIONS for name in each.levers}
    assert all(dict(fields)["start"] == "2009-01" for fields in levers.values())


def test_nothing_relaxed_is_the_scenario_and_the_values_add_up(
    answered: tuple[Bottleneck, dict[str, Any], dict[str, Any]],
) -> None:
    asked, document, _ = answered
    plain = reduce(asked.study.run())
    share, technicians = document["indicators"]
    assert share["places"][0]["baseline"]["mean"] == plain["technical_graduate_share"][1][0, 2]
    assert technicians["places"][0]["baseline"]["mean"] == plain["technicians"][1][0, 3]
    for indicator in document["indicators"]:
        assert [place["region"] for place in indicator["places"]] == ["all", *catalogue().regions]
        for place in indicator["places"]:
            whole = place["all_relaxed"]["mean"] - place["baseline"]["mean"]
            parts = sum(each["shapley"]["mean"] for each in place["bottlenecks"])
            assert parts == pytest.approx(whole, rel=1e-12, abs=1e-12)
            assert place["together"]["mean"] == pytest.approx(whole, rel=1e-12, abs=1e-12)
    # A few simulated people in all: several worlds come out alike, but not most.
    assert len({spread["mean"] for spread in technicians["places"][0]["worlds"].values()}) > 4


def test_files_are_written_whole(answered: tuple[Bottleneck, dict[str, Any], dict[str, Any]], tmp_path: Path) -> None:
    _, document, made = answered
    target = write(document, made, tmp_path / "out")
    assert sorted(path.name for path in target.iterdir()) == ["bottleneck.csv", "bottleneck.json", "manifest.json"]
    table = rows(document)
    assert {len(line) for line in table} == {len(table[0])}
    assert len(table) == 1 + 2 * (1 + len(catalogue().regions)) * (3 * len(RELAXATIONS) + 1 + WORLDS)


def test_parameters_are_relaxed_by_themselves_from_the_month_on_only() -> None:
    """Equal levers in all worlds: what differs are parameters, and what is before the month is the same.

    Where a teacher can bear no more students than at the start, many are turned away who get in with teachers relaxed.
    """
    asked = prepare(study("parameters: {teachers.max_stretch: 1.0}\n"), year=2010)
    draw = plan(asked.study.scenario, catalogue())[0]
    scenarios = [
        asked.study.scenario
    ] * 3  # by their numbers: nothing, choice (levers alone), teachers (parameters alone)
    base, choice, teachers = relaxed_draw(
        scenarios, parse("2009-07"), ("technical_entrants",), 1, draw, _deaf, never
    ).levels
    entrants = [each["technical_entrants"] for each in (base, choice, teachers)]
    np.testing.assert_array_equal(entrants[0], entrants[1])
    np.testing.assert_array_equal(entrants[0][:2], entrants[2][:2])
    assert entrants[2][2] > 1.2 * entrants[0][2], entrants


def _deaf(done: int, total: int) -> None:
    assert done <= total


def test_the_largest_is_the_one_that_brings_most_of_what_is_wanted() -> None:
    levels = np.array([[sum(bit + 1 for bit in range(4) if world >> bit & 1)] * 3 for world in range(WORLDS)], float)
    assert [each["draws_in_which_largest"] for each in decomposed(levels, 1)["bottlenecks"]] == [0, 0, 0, 1]
    assert [each["draws_in_which_largest"] for each in decomposed(levels, -1)["bottlenecks"]] == [1, 0, 0, 0]
    assert name_of(0) == "nothing"
    assert name_of(5) == "choice + places"


def test_regions_are_held_against_their_goals(answered: tuple[Bottleneck, dict[str, Any], dict[str, Any]]) -> None:
    _, document, _ = answered
    share, technicians = document["indicators"]
    goals = {place["region"]: place["goal"] for place in share["places"]}
    assert {name: (goal["of"], goal["value"]) for name, goal in goals.items()} == {
        "all": ("all", 0.4), "North": ("North", 0.3), "East": ("all", 0.4), "North-West": ("all", 0.4),
        "South-West": ("all", 0.4), "South-East": ("all", 0.4),
    }  # fmt: skip
    for place in share["places"]:
        assert place["goal"]["met"] == (place["baseline"]["mean"] >= place["goal"]["value"])  # of one draw
    assert all(place["goal"] is None for place in technicians["places"])
    text = " ".join(sentences(document)).replace(THIN, " ")
    assert "Held against the goal of North, 30.0 %:" in text
    assert "that may be luck" in text
    finer = BASE.replace("scale: 2000", "scale: 2000, regions: labour_market_regions")
    parts = prepare(Study(load_text(finer, catalogue()), catalogue()), year=2010)
    found = parts._goals(parts.specs[0])
    assert found["Friesland"] == ("North", 0.3)
    assert found["Zeeland"] == ("Zeeland", 0.35)
    assert found["Zwolle"] == ("all", 0.4)
    counted = prepare(study(), target="technicians=2000000", year=2010)
    assert counted._goals(counted.specs[0]) == {"all": ("all", 2e6)}, "people of the country, not of each region"


def test_goals_are_met_draw_by_draw() -> None:
    levels = np.array([[0.28, 0.31, 0.33, 0.29], [0.5] * 4, [0.39, 0.41, 0.42, 0.43]])
    assert against(("North", 0.3), levels, 1) == {"of": "North", "value": 0.3, "met": 0.5, "met_all_relaxed": 1.0}
    assert against(("North", 0.3), levels, -1) == {"of": "North", "value": 0.3, "met": 0.5, "met_all_relaxed": 0.0}
    assert against(None, levels, 1) is None


def told(draws: int, worth: tuple[float, ...], luck: float = 0.0) -> list[str]:
    """The answer where each bottleneck adds something of its own, in the country and in one region."""
    wobble = luck * (-1.0) ** np.arange(draws)
    levels = np.array(
        [
            0.28 + sum((w + wobble * (bit == 0)) for bit, w in enumerate(worth) if world >> bit & 1) + 0 * wobble
            for world in range(WORLDS)
        ]
    )
    place = decomposed(levels, 1) | {"goal": against(("North", 0.3), levels, 1)}
    indicator = {
        "name": "x", "long_name": "share", "unit": "share", "better": 1,
        "places": [place | {"region": "all"}, place | {"region": "North"}],
    }  # fmt: skip
    document = {"year": 2035, "draws": draws, "target": None, "indicators": [indicator]}
    return [line.replace(THIN, " ") for line in sentences(document)]


def test_what_binds_is_said_of_enough_draws_that_agree() -> None:
    few = told(9, (0.03, 0.02, 0.0, 0.0))
    assert "it is not clear which binds most; on the mean choice, worth +3.00 percentage points" in few[0]
    assert "9 draws, too few to say" in few[0]
    assert few[1] == "By region it is not clear what binds: that takes 10 draws or more."
    many = told(10, (0.03, 0.02, 0.0, 0.0))
    assert "choice binds most, worth +3.00 percentage points (largest in 100 % of 10 draws)" in many[0]
    assert many[1] == "By region most is bound by choice in North."
    assert many[2].startswith("Held against the goal of North, 30.0 %: met with all four relaxed: North (28.0 % to 33")
    torn = told(10, (0.021, 0.02, 0.0, 0.0), luck=0.01)
    assert "not clear which binds most" in torn[0]
    assert "too few" not in torn[0]
    assert torn[1] == "By region it is not clear what binds in North."


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"target": "technician"}, "technicians"),
        ({"target": "technical_graduate_share=40"}, r"write 0\.40 or 40%"),
        ({"year": 2040}, "--year 2040"),
        ({"start": "2011-01"}, "--start 2011-01"),
        ({"start": "2008-01"}, "--start 2008-01"),
        ({"start": "soon"}, "--start soon"),
    ],
)
def test_what_cannot_be_asked_is_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ComparisonError, match=words):
        prepare(study(), **({"year": 2010} | options))


@pytest.mark.parametrize(("agree", "binds"), [(7, False), (8, False), (9, True)])
def test_eight_of_ten_draws_agree_too_often_by_luck(agree: int, binds: bool) -> None:
    assert clear({"draws": 10}, agree / 10) == binds


def test_what_is_worked_out_once_a_run_is_not_relaxed() -> None:
    """A world with other parameters goes on from a past: what was worked out of them at its start stays as it was."""
    once = (state, create_labour_market, schooled, course, rules_of, attitudes, rules_of_retraining)
    text = "".join(map(inspect.getsource, once)) + '"demand.technical_outside"'
    named = set(re.findall(r'"([a-z_]+\.[a-z_]+)"', text))
    relaxed = {name for relaxation in RELAXATIONS for name in relaxation.parameters}
    assert "matching.step_up" in named
    assert {"demography.births_outlook", "training.inclination", "retraining.dropout"} <= named
    assert {"separations.hoarding", "transferable.school"} <= named
    assert relaxed
    assert not relaxed & named
    assert not [name for name in relaxed if name.startswith(("training.", "retraining."))]

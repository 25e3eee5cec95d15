"""``bottleneck``: sixteen worlds from one past, and values that add up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from techsim.experiment.bottleneck import Bottleneck, decomposed, prepare, rows, write
from techsim.experiment.comparing import ComparisonError
from techsim.experiment.draws import plan
from techsim.experiment.relaxing import RELAXATIONS, WORLDS, name_of, relaxed_draw, scenario_of
from techsim.experiment.study import Study
from techsim.experiment.watching import never
from techsim.model.catalogue import catalogue
from techsim.population.clock import parse
from techsim.results.compared import reduce
from techsim.scenario import load_text

BASE = """name: base
period: {start: 2008-01, end: 2011-12}
population: {scale: 2000}
levers:
  - praktijkleren: {start: 2008-06}
"""


def study() -> Study:
    return Study(load_text(BASE, catalogue()), catalogue())


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
    assert all(fields.start == "2009-01" for fields in levers.values())  # type: ignore[attr-defined]


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
    """Equal levers in all worlds: what differs are parameters, and what is before the month is the same."""
    asked = prepare(study(), year=2010)
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
    assert entrants[2][2] >= entrants[0][2]  # at 1:2000 nobody may have been turned away


def _deaf(done: int, total: int) -> None:
    assert done <= total


def test_the_largest_is_the_one_that_brings_most_of_what_is_wanted() -> None:
    levels = np.array([[sum(bit + 1 for bit in range(4) if world >> bit & 1)] * 3 for world in range(WORLDS)], float)
    assert [each["draws_in_which_largest"] for each in decomposed(levels, 1)["bottlenecks"]] == [0, 0, 0, 1]
    assert [each["draws_in_which_largest"] for each in decomposed(levels, -1)["bottlenecks"]] == [1, 0, 0, 0]
    assert name_of(0) == "nothing"
    assert name_of(5) == "choice + places"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"target": "technician"}, "technicians"),
        ({"year": 2040}, "--year 2040"),
        ({"start": "2011-01"}, "--start 2011-01"),
        ({"start": "2008-01"}, "--start 2008-01"),
        ({"start": "soon"}, "--start soon"),
    ],
)
def test_what_cannot_be_asked_is_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ComparisonError, match=words):
        prepare(study(), **({"year": 2010} | options))

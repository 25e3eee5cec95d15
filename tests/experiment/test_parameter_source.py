"""Where draws have their parameters from, in every command that has draws."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from techsim.experiment import bottleneck, comparing, frontier, goal, worlds
from techsim.experiment.draws import plan
from techsim.experiment.study import Study, manifest_of
from techsim.model.catalogue import catalogue
from techsim.results import uncertainty
from techsim.results.parameter_table import write_of
from techsim.scenario import Scenario, ScenarioError, load_text

NAME = "profile.peer_weight"


def study(more: str = "") -> Study:
    text = f"name: base\nperiod: {{start: 2008-01, end: 2011-12}}\n{more}\nlevers: [{{career_guidance: {{}}}}]\n"
    return Study(load_text(text, catalogue()), catalogue())


def frontier_scenarios(base: Study, source: str | Path) -> list[Scenario]:
    asked = frontier.plan(base, 1e6, ["technologieroute"], start="2009-09", draws=4, parameters=source)
    return [asked.study.scenario, asked.full.scenario]


ASKED: dict[str, Callable[[Study, str | Path], list[Scenario]]] = {
    "run": lambda base, source: [base.with_options(parameters=source).scenario],
    "compare": lambda base, source: list(comparing.prepare(base, [study()], parameters=source).scenarios),
    "goal": lambda base, source: [
        goal.prepare(base, [], "technical_entrants=1", 2010, parameters=source).scenario(volume)
        for volume in (0.0, 0.5)
    ],
    "bottleneck": lambda base, source: [
        bottleneck.prepare(base, year=2010, start="2009-09", parameters=source).study.scenario
    ],
    "frontier": frontier_scenarios,
}


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    path = tmp_path / "fit.csv"
    path.write_text(f"{NAME}\n0.25\n0.5\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ASKED)
def test_the_option_reaches_all_worlds_of_a_command(name: str, sets: Path) -> None:
    if name == "frontier":
        pytest.importorskip("optuna")
    for scenario in ASKED[name](study("draws: {number: 2}"), sets):
        drawn = [draw.parameters[NAME] for draw in plan(scenario, catalogue())]
        assert drawn[:2] == [0.25, 0.5][: len(drawn)]
        assert scenario.parameter_source == "fit.csv"
    for scenario in ASKED[name](study("draws: {number: 2}"), "prior"):
        drawn = [draw.parameters[NAME] for draw in plan(scenario, catalogue())]
        assert len(set(drawn)) == len(drawn) > 1
    for scenario in ASKED[name](study("draws: {number: 2, parameters: prior}"), "default"):
        assert {draw.parameters[NAME] for draw in plan(scenario, catalogue())} == {catalogue().parameters[NAME].default}


@pytest.mark.parametrize("name", ASKED)
def test_what_cannot_be_used_is_refused(name: str, sets: Path) -> None:
    if name == "frontier":
        pytest.importorskip("optuna")
    sets.write_text(f"{NAME}\n-7\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"fit\.csv:2:1: profile\.peer_weight: is out of bounds"):
        ASKED[name](study(), sets)


def test_an_alternatives_own_source_gives_way_and_it_says_so() -> None:
    found = comparing.prepare(study(), [study("draws: {parameters: prior}")])
    assert [scenario.parameter_source for scenario in found.scenarios] == ["default", "default"]
    assert any("parameters prior" in note and "parameters default" in note for note in found.given_up)


def test_the_confirmation_of_a_search_has_parameters_of_its_own() -> None:
    pytest.importorskip("optuna")
    search, confirmation = (
        {draw.parameters[NAME] for draw in plan(scenario, catalogue())}
        for scenario in frontier_scenarios(study(), "prior")
    )
    assert not search & confirmation


def test_an_answer_keeps_the_parameters_of_its_draws(tmp_path: Path) -> None:
    drawn = ASKED["run"](study("draws: {number: 3}"), "prior")[0]
    records = [
        worlds.PairedRecord(draw.number, draw.seed, draw.parameters, (), {}) for draw in plan(drawn, catalogue())
    ]
    made = manifest_of(drawn, records, {})
    assert made["parameters_from"] == {"source": "prior"}
    write_of(made, tmp_path)
    again = drawn_from(tmp_path / "parameters.csv")
    assert [draw.parameters for draw in plan(again, catalogue())] == [record.parameters for record in records]
    write_of(made | {"parameters_from": {"source": "default"}}, tmp_path / "nowhere")  # writes nothing


def drawn_from(path: Path) -> Scenario:
    return study("draws: {number: 3}").with_options(parameters=path).scenario


def test_the_manifest_says_which_file(sets: Path) -> None:
    made = manifest_of(drawn_from(sets), [], {})["parameters_from"]
    assert (made["source"], made["sets"], made["parameters"], made["weighted"]) == ("fit.csv", 2, 1, False)
    assert len(made["sha256"]) == 64


@pytest.mark.parametrize(
    ("source", "words", "others"),
    [
        ("default", ("luck alone", "know nothing of what we do not know about the parameters"), ("priors",)),
        ("prior", ("luck and what is unknown about the parameters", "drawn from their priors"), ("alone",)),
        ("fit.csv", ("luck and parameters", "fit.csv"), ("alone", "priors")),
    ],
)
def test_what_intervals_hold_is_said_in_words(source: str, words: tuple[str, ...], others: tuple[str, ...]) -> None:
    said = uncertainty.holds(source, 20)
    assert all(word in said for word in words)
    assert not any(word in said for word in others)

"""Making scenarios comparable: what the baseline decides, what is refused, which alternatives are mixes."""

from __future__ import annotations

from typing import Any

import pytest

from techsim.experiment.comparing import Comparison, ComparisonError, prepare
from techsim.experiment.pairing import horizons
from techsim.experiment.study import Study
from techsim.model.catalogue import catalogue
from techsim.results import schemes
from techsim.scenario import ScenarioError, load_text

A = "technologieroute: {start: 2009-08, volume: 0.5}"
B = "career_guidance: {start: 2009-08}"
C = "deeltijd_ww: {start: 2009-01}"


def study(name: str, *levers: str, more: str = "", end: str = "2012-12") -> Study:
    lines = [f"name: {name}", f"period: {{start: 2008-01, end: {end}}}", more, "levers:" if levers else ""]
    text = "\n".join([line for line in lines if line] + [f"  - {lever}" for lever in levers])
    return Study(load_text(text, catalogue()), catalogue())


def prepared(*others: Study, base: Study | None = None, **options: Any) -> Comparison:
    return prepare(base or study("base"), others, **options)


def test_draws_seed_and_scale_are_the_baselines_and_it_says_so() -> None:
    base = study("base", more="draws: {number: 3, seed: 7}\npopulation: {scale: 500}")
    found = prepared(study("x", A, more="draws: {number: 9, seed: 8}"), base=base, draws=4)
    for scenario in found.scenarios:
        assert (scenario.draws.number, scenario.draws.seed, scenario.population.scale) == (4, 7, 500)
    assert any("seed 8" in note and "seed 7" in note for note in found.given_up)
    assert any("scale 100" in note for note in found.given_up)


def test_names_differ_in_the_results() -> None:
    found = prepared(study("base"), study("base", A))
    assert [scenario.name for scenario in found.scenarios] == ["base", "base (2)", "base (3)"]


@pytest.mark.parametrize(("base", "other"), [("2012-12", "2013-12"), ("2013-12", "2012-12")])
def test_what_goes_on_longer_is_compared_to_the_earliest_end_and_it_says_so(base: str, other: str) -> None:
    found = prepared(study("other", A, end=other), base=study("base", end=base))
    assert {scenario.period.end for scenario in found.scenarios} == {"2012-12"}
    longer = "base" if base > other else "other"
    assert found.given_up == (f"{longer}: runs to 2013-12, is compared to 2012-12, the earliest end",)


def test_what_begins_after_the_earliest_end_is_left_out_and_it_says_so() -> None:
    late = study("late", A, "teacher_grants: {start: 2013-06}", end="2013-12")
    found = prepared(late)
    assert [lever.name for lever in found.scenarios[1].levers] == ["technologieroute"]
    assert "without teacher_grants, which would begin later" in found.given_up[0]


@pytest.mark.parametrize(
    ("others", "options", "words"),
    [
        ((), {}, "at least one alternative"),
        ((study("x"),), {"discount": -0.01}, "--discount"),
        ((study("x"),), {"discount": 2.25}, "--discount"),
    ],
)
def test_what_cannot_be_compared_is_refused(others: tuple[Study, ...], options: dict[str, Any], words: str) -> None:
    with pytest.raises(ComparisonError, match=words):
        prepared(*others, **options)


def test_options_out_of_bounds_are_refused() -> None:
    with pytest.raises(ScenarioError, match="--draws"):
        prepared(study("x"), draws=0)


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ((study("a", A), study("b", B), study("ab", A, B)), {"ab": ("a", "b")}),
        ((study("ab", B, A), study("b", B), study("a", A)), {"ab": ("b", "a")}),
        ((study("a", A), study("b", B), study("c", C), study("abc", A, B, C)), {"abc": ("a", "b", "c")}),
        ((study("a", A), study("bc", B, C), study("abc", A, B, C)), {"abc": ("a", "bc")}),
        ((study("a", A), study("ab", A, B)), {}),
        ((study("a", A), study("b", "career_guidance: {start: 2010-08}"), study("ab", A, B)), {}),
        ((study("a", A), study("b", B, more="cycle: {path: boom}"), study("ab", A, B)), {}),
        ((study("a", A, more="parameters: {profile.peer_weight: 0.1}"), study("b", B), study("ab", A, B)), {}),
    ],
)
def test_mixes_are_alternatives_with_the_levers_of_others(
    others: tuple[Study, ...], expected: dict[str, tuple[str, ...]]
) -> None:
    from techsim.experiment.comparing import mixes

    assert mixes(prepared(*others).scenarios) == expected


@pytest.mark.parametrize(
    ("end", "years"),
    [("2012-12", (2012,)), ("2030-12", (2030,)), ("2035-06", (2030, 2034)), ("2045-12", (2030, 2040, 2045))],
)
def test_horizons_are_those_asked_for_and_the_last_whole_year(end: str, years: tuple[int, ...]) -> None:
    assert horizons(study("x", end=end).scenario) == years


def test_levers_are_not_evaluated_beside_another_cycle() -> None:
    slump = study("slump", A, more="cycle: {path: recession_2026}\npopulation: {scale: 5000}", end="2010-12")
    found = prepare(study("base", more="population: {scale: 5000}", end="2010-12"), [slump], draws=1).execute()
    assert found.data.attrs["not_measured"] == f"slump\ttechnologieroute\t{schemes.APART}"
    assert found.data.attrs["more_than_levers"] == "slump"

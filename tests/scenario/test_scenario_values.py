"""What a loaded scenario is: defaults, strict readings, frozen, hashed by what affects results."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle

import pytest
from good_scenarios import FULL, PROCESS
from pydantic import ValidationError

from techsim.population.clock import parse
from techsim.scenario import Catalogue, load_text


def test_the_shortest_scenario_is_all_defaults(catalogue: Catalogue) -> None:
    assert load_text("name: Short\n", catalogue).resolved() == {
        "name": "Short",
        "description": "",
        "period": {"start": "2008-01", "end": "2030-12"},
        "population": {"scale": 100},
        "cycle": {"path": "baseline", "table": {}},
        "draws": {"number": 1, "seed": 1, "parameters": "default"},
        "parameters": {},
        "levers": [],
    }


def test_a_full_scenario_is_read_as_written(catalogue: Catalogue) -> None:
    scenario = load_text(FULL, catalogue)
    assert scenario.description == "Two\nlines."
    assert (scenario.period.first, scenario.period.last) == (parse("2008-01"), parse("2020-06"))
    assert scenario.cycle.table == {"2009": -0.02, "2009-03": -0.05}
    assert scenario.parameters == {"choice.peer_weight": 0.1}
    (lever,) = scenario.levers
    assert lever.name == "career_guidance"
    assert lever.fields.model_dump() == {
        "volume": 0.15, "start": "2010-01", "end": "2010-12", "phase_in": 6, "coverage": 0.5,
        "regions": ("North", "East"), "when": None, "unit_cost": 12.0,
    }  # fmt: skip
    assert json.loads(json.dumps(scenario.resolved())) == scenario.resolved()


@pytest.mark.parametrize(
    "line",
    [
        "name: Same # but for this",
        "'name': 'Same'",
        '"name": "Same"',
        "name: >-\n  Same",
        "\ufeffname: Same",
        "%YAML 1.2\n---\nname: Same\n...",
        "{name: Same}",
        "name: Same\r\nperiod: {}\r\nlevers: []\r\nparameters: {}",
        "name: Same\nperiod: {end: '2030-12'}\ncycle: {path: 'baseline'}",
    ],
)
def test_ways_to_write_the_same(line: str, catalogue: Catalogue) -> None:
    same, plain = load_text(line, catalogue), load_text("name: Same", catalogue)
    assert same.resolved() == plain.resolved()
    assert same.hash == plain.hash


@pytest.mark.parametrize(
    "text", ["no", "2008", "1:30", "null and void", "2008-01-01", "true", "0x1F", "Zuid-Holland é"]
)
def test_yaml_does_not_guess_names(text: str, catalogue: Catalogue) -> None:
    assert load_text(f"name: {text}\n", catalogue).name == text


def test_months_are_not_dates_and_years_not_numbers(catalogue: Catalogue) -> None:
    scenario = load_text("name: A\nperiod: {end: 2012-12}\ncycle: {table: {2010-01: 0, 2011: 0}}\n", catalogue)
    assert scenario.period.end == "2012-12"
    assert list(scenario.cycle.table) == ["2010-01", "2011"]


def test_a_table_replaces_the_path_a_month_before_its_year(catalogue: Catalogue) -> None:
    cycle = load_text(FULL, catalogue).cycle
    gaps = cycle.applied([0.01] * 30, parse("2008-01"))
    assert gaps == [0.01] * 12 + [-0.02] * 2 + [-0.05] + [-0.02] * 9 + [0.01] * 6


def test_a_process_has_a_start_and_its_model(catalogue: Catalogue) -> None:
    scenario = load_text(PROCESS, catalogue)
    assert scenario.cycle.process is not None
    assert scenario.cycle.process.first == parse("2026-01")
    assert scenario.resolved()["cycle"] == {
        "path": "boom", "table": {}, "process": {"start": "2026-01", "model": "ar2"},
    }  # fmt: skip


def test_a_cycle_without_a_process_has_no_key_for_it(catalogue: Catalogue) -> None:
    """Its hash is that of before there were processes."""
    scenario = load_text("name: A\ncycle: {path: boom}\n", catalogue)
    assert scenario.cycle.process is None
    assert scenario.resolved()["cycle"] == {"path": "boom", "table": {}}


CHANGES = {
    "end": "period: {end: 2030-11}",
    "scale": "population: {scale: 101}",
    "path": "cycle: {path: boom}",
    "process": "cycle: {process: {start: 2026-01}}",
    "later process": "cycle: {process: {start: 2026-02}}",
    "table": "cycle: {table: {2026: 0.001}}",
    "draws": "draws: {number: 2}",
    "seed": "draws: {seed: 2}",
    "prior": "draws: {parameters: prior}",
    "parameter": "parameters: {search.rounds: 2}",
    "lever": "levers: [{career_guidance: {}}]",
    "lever's field": "levers: [{career_guidance: {coverage: 0.5}}]",
}


def test_the_hash_knows_whatever_affects_results(catalogue: Catalogue) -> None:
    hashes = {load_text(f"name: A\n{line}\n", catalogue).hash for line in ["", *CHANGES.values()]}
    assert len(hashes) == len(CHANGES) + 1
    assert all(len(value) == 64 and set(value) <= set("0123456789abcdef") for value in hashes)


def test_the_hash_does_not_know_names_and_order(catalogue: Catalogue) -> None:
    one = load_text("name: A\nlevers: [{technologieroute: {}}, {career_guidance: {regions: [East, North]}}]", catalogue)
    other = load_text(
        "levers: [{career_guidance: {regions: [North, East], volume: 0.150}}, {technologieroute: {}}]\nname: B\n"
        "cycle: {path: baseline}\ndescription: other",
        catalogue,
    )
    assert one.hash == other.hash
    assert load_text("name: A\ncycle: {table: {2026: -0.0}}", catalogue).hash == (
        load_text("name: A\ncycle: {table: {2026: 0}}", catalogue).hash
    )


def test_the_hash_is_the_same_for_ever(catalogue: Catalogue) -> None:
    """Results are found again by it; if this fails on purpose, say so in the changelog."""
    expected = "dc04ce5bea1205ca416ffb85f78f2fef181d959dc9cbf98f5e656adeca4cbbbf"
    assert load_text(FULL, catalogue).hash == expected


def test_a_loaded_scenario_does_not_change(catalogue: Catalogue) -> None:
    scenario = load_text(FULL, catalogue)
    with pytest.raises(dataclasses.FrozenInstanceError):
        scenario.name = "B"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        scenario.period.end = "2009-01"
    with pytest.raises(ValidationError):
        scenario.levers[0].fields.volume = 1.0  # type: ignore[attr-defined]
    for table in (scenario.parameters, scenario.cycle.table, scenario.sources):
        for change in (
            lambda t: t.__setitem__("x", 1.0), lambda t: t.update(x=1.0), lambda t: t.pop("x", None),
            lambda t: t.clear(), lambda t: t.setdefault("x", 1.0), lambda t: t.__delitem__("x"), lambda t: t.popitem(),
        ):  # fmt: skip
            with pytest.raises(TypeError, match="does not change"):
                change(table)


def test_a_scenario_survives_a_process_border(catalogue: Catalogue) -> None:
    scenario = load_text(FULL, catalogue)
    for again in (pickle.loads(pickle.dumps(scenario)), copy.deepcopy(scenario)):
        assert again == scenario
        assert again.hash == scenario.hash
        with pytest.raises(TypeError):
            again.parameters["x"] = 1.0


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Recession 2026 with a bridging scheme", "recession_2026_with_a_bridging_scheme"),
        ("  Één / twee..\\drie  ", "een_twee_drie"),
        ("../../etc/passwd", "etc_passwd"),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_name_becomes_a_folder(name: str, slug: str, catalogue: Catalogue) -> None:
    assert load_text(f"name: {json.dumps(name)}\n", catalogue).slug == slug


def test_a_name_in_another_script_becomes_a_folder_too(catalogue: Catalogue) -> None:
    slug = load_text("name: 技術\n", catalogue).slug
    assert slug.startswith("scenario_")
    assert len(slug) == 17

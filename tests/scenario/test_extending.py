"""Chains of ``extends``: the later file wins, what it replaced is logged, and a broken chain is shown."""

from __future__ import annotations

import os
import pickle
import sys
import time
from pathlib import Path

import pytest
from good_scenarios import BASE
from sample_catalogue import Write

from techsim.scenario import Catalogue, ScenarioError, load, load_text, with_options
from techsim.scenario.loading import MAX_CHAIN
from yardstick import slowness

HEIR = """\
name: Heir
extends: base.yaml
period: {end: 2035-12}
cycle: {path: recession_2026}
draws: {number: 3}
parameters: {choice.peer_weight: 0.7, choice.affinity_weight: 1}
levers:
  - technologieroute: {volume: 0.3, regions: [East]}
  - career_guidance: {}
"""


def test_the_later_file_wins_key_by_key(write: Write, catalogue: Catalogue) -> None:
    write({"base.yaml": BASE, "heir.yaml": HEIR})
    resolved = load("heir.yaml", catalogue).resolved()
    (guidance,), (route,) = (entry.values() for entry in resolved.pop("levers"))
    assert resolved == {
        "name": "Heir",
        "description": "",
        "period": {"start": "2008-01", "end": "2035-12"},
        "population": {"scale": 50},
        "cycle": {"path": "recession_2026", "table": {}},
        "draws": {"number": 3, "seed": 9, "parameters": "default"},
        "parameters": {"choice.affinity_weight": 1.0, "choice.peer_weight": 0.7, "search.rounds": 4.0},
    }
    assert route == {
        "volume": 0.3, "start": "2026-09", "end": None, "phase_in": 0, "coverage": 1.0, "regions": ["East"],
        "when": {"output_gap_below": -0.01}, "unit_cost": 500.0,
    }  # fmt: skip
    assert guidance["volume"] == 0.15


def test_a_cycle_is_replaced_whole(write: Write, catalogue: Catalogue) -> None:
    """The base's table would otherwise reach into the heir's path."""
    write({"base.yaml": BASE, "heir.yaml": "name: H\nextends: base.yaml\ncycle: {table: {2027: 0.02}}\n"})
    cycle = load("heir.yaml", catalogue).cycle
    assert (cycle.path, cycle.table) == ("baseline", {"2027": 0.02})


def test_what_was_replaced_is_logged_with_both_places(write: Write, catalogue: Catalogue) -> None:
    write({"base.yaml": BASE, "heir.yaml": HEIR})
    log = {o.path: (o.old, o.new, o.old_at, o.new_at) for o in load("heir.yaml", catalogue).overrides}
    assert log == {
        "period.end": ("2040-12", "2035-12", "base.yaml:3:15", "heir.yaml:3:15"),
        "cycle": (
            {"path": "boom", "table": {"2026": 0.01}},
            {"path": "recession_2026"},
            "base.yaml:5:1",
            "heir.yaml:4:1",
        ),
        "parameters.choice.peer_weight": (0.5, 0.7, "base.yaml:7:34", "heir.yaml:6:34"),
        "parameters.choice.affinity_weight": (1.2, 1.0, "default", "heir.yaml:6:63"),
        "parameters.search.rounds": (2.0, 4.0, "default", "base.yaml:7:54"),
        "levers.technologieroute.volume": (0.2, 0.3, "base.yaml:9:32", "heir.yaml:8:32"),
        "levers.technologieroute.regions": (["South-East", "North"], ["East"], "base.yaml:9:95", "heir.yaml:8:46"),
    }


def test_every_value_remembers_where_it_stands(write: Write, catalogue: Catalogue) -> None:
    write({"base.yaml": BASE, "heir.yaml": HEIR})
    places = {path: str(place) for path, place in load("heir.yaml", catalogue).sources.items()}
    assert places["population.scale"] == "base.yaml:4:21"
    assert places["period.end"] == "heir.yaml:3:15"
    assert places["levers.technologieroute.when.output_gap_below"] == "base.yaml:9:78"
    assert "period.start" not in places


def test_paths_start_from_their_file(write: Write, catalogue: Catalogue) -> None:
    write(
        {
            "sub/heir.yaml": "name: Heir\nextends: ../other/middle.yaml\n",
            "other/middle.yaml": "name: M\nextends: base.yaml\n",
            "other/base.yaml": BASE,
        }
    )
    scenario = load("sub/heir.yaml", catalogue)
    assert scenario.population.scale == 50
    assert scenario.files == tuple(
        os.path.join(*parts) for parts in (("other", "base.yaml"), ("other", "middle.yaml"), ("sub", "heir.yaml"))
    )
    assert load_text("name: T\nextends: other/base.yaml\n", catalogue).draws.seed == 9
    assert load_text("name: T\nextends: base.yaml\n", catalogue, folder="other").draws.seed == 9


def refused(path: str, catalogue: Catalogue) -> str:
    begun = time.process_time()
    with pytest.raises(ScenarioError) as caught:
        load(path, catalogue)
    assert time.process_time() - begun < slowness()
    return str(caught.value)


@pytest.mark.parametrize("length", [1, 2, 5])
def test_a_circle_is_shown(length: int, write: Write, catalogue: Catalogue) -> None:
    write({f"s{i}.yaml": f"name: S{i}\nextends: ./s{(i + 1) % length}.yaml\n" for i in range(length)})
    message = refused("s0.yaml", catalogue)
    chain = " -> ".join(f"s{i % length}.yaml" for i in range(length + 1))
    assert message.startswith(f"s{length - 1}.yaml:2:10: extends: goes in a circle")
    assert chain in message


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_circle_through_a_link_is_seen(write: Write, catalogue: Catalogue) -> None:
    folder = write({"a.yaml": "name: A\nextends: b.yaml\n"})
    (folder / "b.yaml").symlink_to("a.yaml")
    assert "goes in a circle" in refused("a.yaml", catalogue)
    (folder / "loop.yaml").symlink_to("loop.yaml")
    assert "loop.yaml: cannot be read" in refused("loop.yaml", catalogue)


def test_a_chain_has_an_end(write: Write, catalogue: Catalogue) -> None:
    links = {f"s{i}.yaml": f"name: S{i}\nextends: s{i + 1}.yaml\n" for i in range(MAX_CHAIN)}
    write({**links, f"s{MAX_CHAIN}.yaml": "name: End\n"})
    message = refused("s0.yaml", catalogue)
    assert message.startswith(f"s{MAX_CHAIN - 1}.yaml:2:10: extends: the chain is too long")
    assert "allowed: a chain of up to 16 files" in message
    assert len(load("s1.yaml", catalogue).files) == MAX_CHAIN


def test_a_missing_base_is_shown_with_its_heir(write: Write, catalogue: Catalogue) -> None:
    write({"base.yaml": BASE, "a.yaml": "name: A\nextends: b.yaml\n", "b.yaml": "name: B\n\nextends: basee.yaml\n"})
    message = refused("a.yaml", catalogue)
    assert "b.yaml:3:10: extends: cannot be read" in message
    assert "chain: a.yaml -> b.yaml -> basee.yaml" in message
    assert "basee.yaml: there is no such file" in message
    assert "did you mean 'base.yaml'?" in message


@pytest.mark.parametrize(
    ("extends", "says"),
    [
        ("[a.yaml, b.yaml]", "extends: must be a text"),
        ("", "extends: must be a text"),
        ("'a\\0'", "there is no such file"),
        ('"a\\0"', "extends: is not a usable text"),
        ("..", "is a folder"),
    ],
)
def test_an_extends_that_is_no_file(extends: str, says: str, write: Write, catalogue: Catalogue) -> None:
    write({"a.yaml": f"name: A\nextends: {extends}\n"})
    assert says in refused("a.yaml", catalogue)


def test_a_fault_in_the_base_counts_even_if_replaced(write: Write, catalogue: Catalogue) -> None:
    write(
        {
            "base.yaml": "name: B\npopulation: {scale: 0}\n",
            "a.yaml": "name: A\nextends: base.yaml\npopulation: {scale: 5}\nx: 1\n",
        }
    )
    message = refused("a.yaml", catalogue)
    assert "base.yaml:2:21: population.scale: is out of bounds" in message
    assert "a.yaml:4:1: x: is not a known key" in message


def test_what_only_the_merged_scenario_breaks_names_the_file_to_blame(write: Write, catalogue: Catalogue) -> None:
    write({"base.yaml": BASE, "a.yaml": "name: A\nextends: base.yaml\nperiod: {end: 2020-12}\n"})
    message = refused("a.yaml", catalogue)
    assert message.startswith("base.yaml:9:44: levers.technologieroute.start: starts after the period")
    assert "a month up to 2020-12" in message


def test_options_stand_above_the_file(write: Write, catalogue: Catalogue) -> None:
    write({"base.yaml": BASE})
    scenario = load("base.yaml", catalogue)
    changed = with_options(scenario, catalogue, draws=7, scale=50)
    assert (changed.draws.number, changed.draws.seed, changed.population.scale) == (7, 9, 50)
    assert scenario.draws.number == 3
    assert [o.as_dict() for o in changed.overrides[len(scenario.overrides) :]] == [
        {"path": "draws.number", "old": 3, "new": 7, "old_at": "base.yaml:6:17", "new_at": "--draws"}
    ]
    with pytest.raises(ScenarioError, match=r"(?s)^--draws: draws.number: is out of bounds.*--seed: draws.seed"):
        with_options(scenario, catalogue, draws=0, seed=-1)


def test_another_end_is_checked_against_what_the_file_holds(write: Write, catalogue: Catalogue) -> None:
    write({"base.yaml": BASE})
    scenario = load("base.yaml", catalogue)
    changed = with_options(scenario, catalogue, end="2044-06")
    assert (changed.period.start, changed.period.end) == (scenario.period.start, "2044-06")
    assert changed.overrides[-1].as_dict()["new_at"] == "--end"
    for end, words in (
        ("2050-13", "must be a month YYYY-MM"),
        (scenario.period.start, "must come after period.start"),
        ("2020-12", r"levers\.technologieroute\.start: starts after the period"),
        ("2050-06", r"is after the end of the cycle: cycle\.path boom ends in 2045-12"),
    ):
        with pytest.raises(ScenarioError, match=f"^--end: .*{words}"):
            with_options(scenario, catalogue, end=end)


def test_an_error_survives_a_process_border(write: Write, catalogue: Catalogue) -> None:
    write({"a.yaml": "name: A\nx: 1\n"})
    with pytest.raises(ScenarioError) as caught:
        load("a.yaml", catalogue)
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)
    assert again.problems == caught.value.problems


def test_a_levers_own_dates_may_lie_outside_the_period(tmp_path: Path) -> None:
    """The baseline's laws of the past and of later years stand in runs that end before or begin after them."""
    import techsim

    baseline = Path(__file__).resolve().parents[2] / "scenarios" / "baseline.yaml"
    path = tmp_path / "short.yaml"
    path.write_text(f"name: short\nextends: {baseline.as_posix()}\nperiod: {{end: 2012-12}}\n", encoding="utf-8")
    names = {lever.name for lever in techsim.load(path).scenario.levers}
    assert {"praktijkleren", "wva_onderwijs"} <= names

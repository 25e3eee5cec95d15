"""The command on a page, from a manifest made by hand."""

from __future__ import annotations

from typing import Any

from techsim.report.again import again, written
from techsim.report.sensitivity import _again


def test_options_are_quoted_and_those_without_a_value_left_out() -> None:
    options = {"lever": ["a", "b"], "start": None, "no-confirm": True, "quiet": False, "parameters": "my fit.csv"}
    made = again("goal", {"files": ["my base.yaml"], "techsim": "9"}, options)
    assert made.command == "techsim goal 'my base.yaml' --lever a --lever b --no-confirm --parameters 'my fit.csv'"
    assert made.lead == "With techsim 9, in the folder of the scenario files:"
    changed = again("goal", {"revision": {"commit": "0123456789abcdef", "changed": True}}, {})
    assert changed.command == "techsim goal SCENARIO.yaml"
    assert "commit 0123456789ab and uncommitted changes" in changed.lead


def test_numbers_keep_their_digits() -> None:
    assert [written(x) for x in (5e6, 0.1 + 0.2, 3, "x")] == ["5000000", "0.30000000000000004", "3", "x"]


def test_a_study_of_the_largest_gives_their_number_and_one_of_named_parameters_the_names() -> None:
    asked: dict[str, Any] = {"asked": None, "top": 20, "method": "morris", "repeats": 6}
    manifest = {"files": ["a.yaml", "b.yaml"], "scale": 400, "seed": 1, "sensitivity": asked}
    end = "--method morris --trajectories 6 --scale 400 --seed 1"
    assert _again(manifest).command == f"techsim sensitivity a.yaml b.yaml --top 20 {end}"
    named = manifest | {"sensitivity": asked | {"asked": ["a.x", "a.y"], "top": None}}
    assert _again(named).command == f"techsim sensitivity a.yaml b.yaml --parameters a.x,a.y {end}"

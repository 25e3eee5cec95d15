"""STAP in the whole model, 2022 and 2023 (W4): who uses it, what it displaces, what it adds, by level.

The same people and luck without it; the three draws are added up, as one of them has fifty users of a level.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from techsim.experiment.twins import twins
from techsim.results.training import evaluate

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
DRAWS, SCALE = 3, 500
UP_TO_MBO = ["mbo1", "mbo2", "mbo3", "mbo4"]
LEVELS = [*UP_TO_MBO, "hbo", "wo"]
STAP = "levers:\n  - stap: {start: 2022-03, end: 2023-12}\n"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> xr.Dataset:
    """By draw and level; the two worlds share all before March 2022."""
    files = []
    for name, levers in (("without", ""), ("with", STAP)):
        file = tmp_path_factory.mktemp("stap") / f"{name}.yaml"
        lines = f"name: {name}\nextends: {(SCENARIOS / 'baseline.yaml').as_posix()}\nperiod: {{end: 2023-12}}\n"
        file.write_text(lines + levers, encoding="utf-8")
        files.append(file)
    without, with_ = twins(*files, DRAWS, scale=SCALE)
    return evaluate(with_, without, "stap")


def test_more_than_half_of_the_users_have_mbo_4_at_most(found: xr.Dataset) -> None:
    """UWV: more than half of the applicants (public figures P1228); in each draw."""
    users = found["users"]
    low = users.sel(level=UP_TO_MBO).sum("level") / users.sum("level")
    assert (low > 0.5).all(), low.values
    assert (low < 0.75).all(), low.values  # those with hbo or wo want to learn most and do use it


def test_deadweight_rises_with_the_level(found: xr.Dataset) -> None:
    """Who learns most anyway adds least: from level to level, all draws taken together, and end to end in each."""
    total = found.sum("draw").sel(level=LEVELS)
    assert (total["users"] > 100 * SCALE).all()
    deadweight = (1.0 - total["participants_more"] / total["users"]).values
    assert (np.diff(deadweight) > 0.0).all(), deadweight
    assert 0.2 < deadweight[0] < deadweight[-1] < 1.0
    assert (found["deadweight"].sel(level="wo") > found["deadweight"].sel(level="mbo1") + 0.2).all()


def test_public_money_displaces_a_part_of_private_money(found: xr.Dataset) -> None:
    """Of a public euro some goes to courses that people, employers and funds would have paid for, the rest to more."""
    total = found.sum("level")
    displaced = total["money_displaced"] / total["public_money"]
    assert ((displaced > 0.0) & (displaced < 1.0)).all(), displaced.values
    assert (total["courses_more"] > 0.0).all()
    by_level = found.sum("draw")
    by_level = by_level["money_displaced"] / by_level["public_money"]
    assert ((by_level > 0.0) & (by_level < 1.0)).all(), by_level.values

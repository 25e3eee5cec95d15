"""Twins are the whole results of both scenarios, to the bit, with the common past run once."""

from __future__ import annotations

from pathlib import Path

import pytest
import xarray as xr

import techsim
from techsim.experiment.twins import twins

BASE = """name: base
period: {start: 2008-01, end: 2009-03}
population: {scale: 5000}
cycle: {path: historical}
"""
CAMPAIGN = "levers:\n  - pay_and_image: {start: %s, volume: 1, pay: 0.2}\n"


@pytest.mark.parametrize("start", ["2008-01", "2008-11"])
def test_twins_equal_two_whole_runs(tmp_path: Path, start: str) -> None:
    (tmp_path / "base.yaml").write_text(BASE)
    (tmp_path / "other.yaml").write_text("extends: base.yaml\nname: other\n" + CAMPAIGN % start)
    paths = tmp_path / "base.yaml", tmp_path / "other.yaml"
    found = twins(*paths, draws=2)
    for mine, path in zip(found, paths, strict=True):
        whole = techsim.load(path).run(draws=2)
        xr.testing.assert_equal(mine, whole)
    assert not found[0].equals(found[1])

"""``techsim levers``: every lever with all that a user needs to set it."""

from __future__ import annotations

import pytest

from techsim.cli.describing import WIDTH
from techsim.cli.main import main
from techsim.scenario import Catalogue


def test_every_lever_with_its_fields(known: Catalogue, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["levers"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    blocks = out.split("\n\n")
    assert [block.splitlines()[0] for block in blocks] == sorted(known.levers)
    for block, (_, lever) in zip(blocks, sorted(known.levers.items()), strict=True):
        text = " ".join(block.split())
        assert lever.doc in text
        assert all(hook in text for hook in lever.hooks)
        assert all(effect in text for effect in lever.side_effects)
        for name, field in lever.fields.model_fields.items():
            assert f"\n    {name} " in block
            assert field.description is not None
            assert field.description in text
        assert all(len(line) <= WIDTH for line in block.splitlines())


def test_units_defaults_bounds_and_sources(known: Catalogue, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["levers"]) == 0
    blocks = capsys.readouterr().out.split("\n\n")
    guidance = " ".join(next(block for block in blocks if block.startswith("career_guidance")).split())
    assert "guidance.reach (add): pupils in vo reached" in guidance
    assert "default 10 [euro per pupil a year]; a number from 0 to 2000" in guidance
    assert "source: arithmetic: figures vo_budget, 5.7 mln EUR" in guidance
    assert "default 0 [months]; a whole number from 0 to 240" in guidance
    assert "default left out; a month YYYY-MM" in guidance
    assert "default left out; {output_gap_below: a number from -0.25 to 0.25}" in guidance

"""``techsim check``: what it says, where, and its exit status."""

from __future__ import annotations

from pathlib import Path

import pytest
from good_scenarios import FULL, PROCESS

from techsim.cli.main import main
from techsim.scenario import Catalogue, load

pytestmark = pytest.mark.usefixtures("known")


def test_a_good_scenario(tmp_path: Path, capsys: pytest.CaptureFixture[str], known: Catalogue) -> None:
    path = tmp_path / "full.yaml"
    path.write_text(FULL, encoding="utf-8")
    assert main(["check", str(path)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    lines = [line.strip() for line in out.splitlines()]
    assert lines[0] == "OK"
    assert "period     2008-01 to 2020-06 (150 months)" in lines
    assert "scale      1:1000" in lines
    assert "cycle      boom, 2 entries of its own" in lines
    assert "draws      2, seed 0" in lines
    assert (
        "parameters those that the scenario does not set have a value from their prior, another in each draw" in lines
    )
    assert "parameter  choice.peer_weight = 0.1" in lines
    assert (
        "lever      career_guidance: volume 0.15, start 2010-01, end 2010-12, phase_in 6, coverage 0.5, "
        "regions North East, unit_cost 12"
    ) in lines
    assert lines[-1] == f"hash       {load(path, known).hash}"


def test_a_stochastic_cycle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "chance.yaml"
    path.write_text(PROCESS, encoding="utf-8")
    assert main(["check", str(path)]) == 0
    assert "  cycle      boom, ar2 process from 2026-01\n" in capsys.readouterr().out


def test_a_broken_scenario(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("name: A\nscale: 3\nperiod: {end: soon}\n", encoding="utf-8")
    assert main(["check", str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{path}:2:1: scale: is not a known key\n")
    assert f"{path}:3:15: period.end: must be a month YYYY-MM" in err
    assert err.endswith(f"2 problems in {path}\n")
    assert "Traceback" not in err


def test_no_such_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "none.yaml")]) == 2
    assert "there is no such file" in capsys.readouterr().err


def test_quiet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("name: A\n", encoding="utf-8")
    assert main(["check", "--quiet", str(path)]) == 0
    assert capsys.readouterr() == ("", "")
    path.write_text("nam: A\n", encoding="utf-8")
    assert main(["check", "--quiet", str(path)]) == 2
    assert "did you mean 'name'?" in capsys.readouterr().err

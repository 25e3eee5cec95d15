"""``techsim report``: the report of earlier results again."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from typer.testing import CliRunner

from techsim.cli.report import report
from techsim.results.writing import TargetError, write_dataset

MANIFEST = {"techsim": "0.1.0", "scenario": {"name": "Small one"}, "seed": 3, "scale": 100}


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A directory of small results."""
    graduates = np.array([[[600.0, 400.0], [500.0, 500.0]]])
    data = xr.Dataset(
        {"graduates": (("draw", "year", "technical"), graduates, {"units": "persons", "kind": "flow"})},
        coords={"draw": [0], "year": [2010, 2011], "technical": [False, True]},
    )
    write_dataset(data, tmp_path / "results.nc")
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> str:
    """Run the command; its stderr."""
    import typer

    app = typer.Typer()
    app.command()(report)
    result = CliRunner().invoke(app, list(arguments), standalone_mode=False)
    if result.exception:
        raise result.exception
    assert result.stdout == ""
    return result.stderr


def test_the_report_is_made_again_beside_the_results(directory: Path) -> None:
    (directory / "report.html").write_text("old")
    said = run(str(directory))
    html = (directory / "report.html").read_text(encoding="utf-8")
    assert "Small one" in html
    assert "50.0\u202f%" in html
    assert said == f"Wrote {directory / 'report.html'}\n"
    assert sorted(path.name for path in directory.iterdir()) == ["manifest.json", "report.html", "results.nc"]


def test_the_evidence_can_be_written_as_markdown(directory: Path, tmp_path: Path) -> None:
    said = run(str(directory), "--evidence", str(tmp_path / "beside.md"))
    text = (tmp_path / "beside.md").read_text(encoding="utf-8")
    assert text.startswith("# The model beside the evidence")
    assert "| all | 2010 | 40.0\u202f% | one value | 25.0\u202f% | +15.0 points | **no** | [1] |" in text
    assert said.count("Wrote") == 2


def test_quiet_says_nothing(directory: Path) -> None:
    assert run(str(directory), "--quiet") == ""


@pytest.mark.parametrize("absent", ["results.nc", "manifest.json"])
def test_a_directory_without_results_is_named(directory: Path, absent: str) -> None:
    (directory / absent).unlink()
    with pytest.raises(TargetError, match=f"holds no {absent}"):
        run(str(directory))
    assert not (directory / "report.html").exists()


@pytest.mark.parametrize("name", ["goal", "bottleneck", "frontier", "sensitivity"])
def test_an_answer_that_cannot_be_read_is_named(directory: Path, name: str) -> None:
    (directory / f"{name}.json").write_text("{}")
    with pytest.raises(TargetError, match="its answer cannot be read"):
        run(str(directory))
    assert not (directory / "report.html").exists()


@pytest.mark.parametrize("broken", ["results.nc", "manifest.json"])
def test_results_that_cannot_be_read_are_named(directory: Path, broken: str) -> None:
    (directory / broken).write_bytes(b"{ nothing of the kind")
    with pytest.raises(TargetError, match="its results cannot be read"):
        run(str(directory))


def test_a_place_that_cannot_be_written_to_is_named(directory: Path, tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="cannot be written"):
        run(str(directory), "--evidence", str(tmp_path / "no" / "such" / "folder.md"))

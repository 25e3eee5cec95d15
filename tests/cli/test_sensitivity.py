"""``techsim sensitivity`` as a user meets it."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.page_commands import command_of
from techsim.cli.main import main

pytest.importorskip("SALib")
BASE = "name: Base\nperiod: {start: 2008-01, end: 2008-12}\n"
LEVERS = "levers:\n  - pay_and_image: {start: 2008-07, volume: 1, pay: 0.2}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "pay.yaml").write_text("name: Pay\nextends: base.yaml\n" + LEVERS, encoding="utf-8")
    return tmp_path


def techsim(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "techsim", "sensitivity", *arguments]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, timeout=300, check=False, env=os.environ)


def test_a_study_writes_its_files_whatever_the_workers(folder: Path) -> None:
    """Of a lever that moves people at once, in a year of few people: what is asked is that the files are right."""
    asked = ["base.yaml", "pay it.yaml", "--parameters", "matching.search,matching.wage_pull", "--trajectories", "2"]
    asked += ["--scale", "4000"]
    (folder / "pay.yaml").rename(folder / "pay it.yaml")
    done = techsim(folder, *asked, "--threads", "1")
    assert done.returncode == 0, done.stderr
    assert "23 runs of both scenarios at scale 1:4000" in done.stderr
    assert "Warning: At 1:4000" in done.stderr
    target = folder / "outputs" / "sensitivity_of_base_vs_pay"
    assert sorted(path.name for path in target.iterdir()) == [
        "manifest.json", "points.csv", "report.html", "sensitivity.csv", "sensitivity.json",
    ]  # fmt: skip
    points = list(csv.DictReader((target / "points.csv").open(encoding="utf-8")))
    assert [point["pass"] for point in points] == ["study"] * 6 + ["swing"] * 5 + ["luck"] * 12
    assert len({tuple(point.values()) for point in points[:6]}) == 6
    lines = list(csv.DictReader((target / "sensitivity.csv").open(encoding="utf-8")))
    assert {line["parameter"] for line in lines} == {"matching.search", "matching.wage_pull"}
    assert all(float(line["mu_star"]) >= abs(float(line["mu"])) - 1e-6 for line in lines)
    assert any(float(line["mu_star"]) for line in lines if line["outcome"] == "technicians")
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["sensitivity"]["points"] == 23
    for line in lines:
        there = [float(point[line["outcome"]]) for point in points if point["pass"] == "swing"]
        assert float(line["at_default"]) == pytest.approx(there[0], rel=1e-5)
        assert any(float(line["at_swing_to"]) == pytest.approx(value, rel=1e-5) for value in there)
    page = (target / "report.html").read_text(encoding="utf-8")
    assert "Tornado plot of swings" in page
    assert page.index("At 1:4000") < page.index("<main")
    assert "Levels at 1:400" in page

    assert ("<h2>Notes</h2>" in page) == bool(manifest["notes"])
    (target / "report.html").unlink()
    assert main(["report", str(target), "--quiet"]) == 0
    assert (target / "report.html").read_text(encoding="utf-8") == page
    there = command_of(page)
    assert there[:3] == ["sensitivity", "base.yaml", "pay it.yaml"]
    again = techsim(folder, *there[1:], "--threads", "2", "--out", "two", "-q")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    for name in ("points.csv", "sensitivity.csv", "sensitivity.json", "report.html"):
        assert (folder / "two" / name).read_bytes() == (target / name).read_bytes(), name


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--parameters", "nonsense"], "no parameter"),
        (["--parameters", "profile.", "--top", "3"], "--top"),
        (["--method", "fast"], "--method"),
        (["--method", "sobol", "--trajectories", "6"], "power of two"),
        (["--trajectories", "1"], "too few"),
    ],
)
def test_wrong_input_is_status_2(
    folder: Path, arguments: list[str], words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert main(["sensitivity", "base.yaml", "pay.yaml", *arguments]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert "Traceback" not in said
    assert not (folder / "outputs").exists()

"""``techsim frontier`` as a user meets it."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.page_commands import command_of
from techsim.cli.main import main

pytest.importorskip("optuna")
BASE = "name: Base\nperiod: {start: 2008-01, end: 2008-12}\npopulation: {scale: 4000}\n"
ASKED = [
    "base.yaml", "--budget", "50e6", "--levers", "technologieroute,teacher_grants", "--start", "2008-07",
    "--scale", "4000", "--draws", "2", "--threads", "1",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    return tmp_path


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "techsim", "frontier", *arguments]


def techsim(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), cwd=folder, capture_output=True, text=True, timeout=300, check=False, env=os.environ
    )


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.open(encoding="utf-8")))


def test_a_search_is_written_goes_on_and_is_confirmed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a process of its own first, then in this one, which has nothing to load any more."""
    done = techsim(folder, *ASKED, "--trials", "4", "--no-confirm")
    assert done.returncode == 0, done.stderr
    assert "With 2 draws nothing is 90" in done.stderr
    assert "Warning: At 1:4000" in done.stderr
    target = folder / "outputs" / "frontier_of_base"
    names = ["frontier.csv", "frontier.json", "manifest.json", "report.html", "trials.csv"]
    assert sorted(path.name for path in target.iterdir()) == names
    first = rows(target / "trials.csv")
    assert len(first) == 4
    assert all(float(row["cost_euro"]) > 0 for row in first)
    assert "confirmed with" not in (target / "report.html").read_text(encoding="utf-8")
    assert json.loads((target / "manifest.json").read_text(encoding="utf-8"))["confirmed_with"] is None
    front = rows(target / "frontier.csv")
    assert front[0]["trial"] == "none"
    assert all(float(row["cost_euro"]) <= 50e6 for row in front)

    name, *there = command_of((target / "report.html").read_text(encoding="utf-8"))
    assert (name, there[0]) == ("frontier", "base.yaml")
    monkeypatch.chdir(folder)
    assert main([name, *there, "--study", "same.study", "--out", "same", "--threads", "1"]) == 0
    assert rows(folder / "same" / "trials.csv") == first

    capsys.readouterr()
    assert main([name, *ASKED, "--trials", "5", "--out", "more"]) == 0
    assert "searching: 4 of 5" in capsys.readouterr().err
    again = rows(folder / "more" / "trials.csv")
    assert again[:4] == first
    assert len(again) == 5
    manifest = json.loads((folder / "more" / "manifest.json").read_text(encoding="utf-8"))
    real = [row for row in rows(folder / "more" / "frontier.csv") if row["trial"] != "none"]
    for row in real:
        assert float(row["confirmed_cost"]) > 0
        # other luck, if the same scale: hardly ever the same people in the same numbers
        assert row["confirmed_cost"] != row["cost_euro"]
    assert manifest["frontier"]["budget"] == 50e6
    page = (folder / "more" / "report.html").read_text(encoding="utf-8")
    assert "The front of the search" in page
    assert page.index("At 1:4000") < page.index("<main")
    assert "Levels at 1:400" in page
    assert (manifest["confirmed_with"] is not None) == bool(real) == ("confirmed with" in page)
    assert "teacher grants, share" in page

    for written in ("outputs/frontier_of_base", "more"):
        page_file = folder / written / "report.html"
        first_page = page_file.read_text(encoding="utf-8")
        page_file.unlink()
        assert main(["report", str(folder / written), "--quiet"]) == 0
        assert page_file.read_text(encoding="utf-8") == first_page

    assert main([name, *ASKED, "--seed", "9"]) == 2
    assert "another search" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--budget", "0"], "--budget"),
        (["--levers", "nonsense"], "no lever (known"),
        (["--levers", "technologyroute"], "no lever; did you mean technologieroute?"),
        (["--trials", "0"], "--trials"),
        (["--start", "2030-01"], "outside the period"),
        (["--out", "found", "--study", "found/kept.study"], "lies in --out"),
    ],
)
def test_wrong_input_is_status_2(
    folder: Path, arguments: list[str], words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert main(["frontier", *ASKED, *arguments]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert "Traceback" not in said
    assert not (folder / "outputs").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_keeps_what_is_finished(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = command(*ASKED, "--trials", "500", "--study", "kept.study")
    with subprocess.Popen(line, cwd=folder, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stderr is not None
        for said in process.stderr:
            if said.startswith("searching: 4 of 500"):
                break
        time.sleep(0.5)
        os.killpg(process.pid, signal.SIGINT)
        rest = process.communicate(timeout=30)[1]
    assert process.returncode == 1
    assert "the finished trials are kept in kept.study; the same command goes on" in rest.strip().splitlines()[-1]
    assert not (folder / "outputs" / "frontier_of_base").exists()
    monkeypatch.chdir(folder)
    assert main(["frontier", *ASKED, "--trials", "5", "--study", "kept.study"]) == 0
    assert "searching: 0 of" not in capsys.readouterr().err
    assert len(rows(folder / "outputs" / "frontier_of_base" / "trials.csv")) >= 5

"""``techsim compare`` as a user meets it."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from techsim.cli.main import main

BASE = "name: Base\nperiod: {start: 2008-01, end: 2009-12}\npopulation: {scale: 2000}\ndraws: {number: 2}\n"
LEVERS = "levers:\n  - technologieroute: {start: 2008-09, volume: 0.5}\n"
FILES = ["comparison.csv", "comparison.nc", "comparison.xlsx", "manifest.json", "report.html"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "route.yaml").write_text("name: Route\nextends: base.yaml\n" + LEVERS, encoding="utf-8")
    return tmp_path


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "techsim", "compare", *arguments]


def techsim(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), cwd=folder, capture_output=True, text=True, timeout=300, check=False, env=os.environ
    )


def test_a_comparison_writes_five_files_whatever_the_workers(folder: Path) -> None:
    done = techsim(folder, "base.yaml", "route.yaml", "--discount", "0.03")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    target = folder / "outputs" / "base_vs_route"
    assert sorted(path.name for path in target.iterdir()) == FILES
    assert "Route, 2009:" in done.stderr
    assert "simulating" in done.stderr
    assert "Warning: At 1:2000" in done.stderr
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["discount_rate"] == 0.03
    assert [x["scenario"]["name"] for x in manifest["alternatives"]] == ["Route"]
    assert manifest["alternatives"][0]["shared_with_baseline_until"] == "2008-08"
    lines = list(csv.DictReader((target / "comparison.csv").open(encoding="utf-8")))
    assert {line["scenario"] for line in lines} == {"Route"}
    assert any(float(line["difference"]) for line in lines if line["indicator"] == "spending")
    with zipfile.ZipFile(target / "comparison.xlsx") as book:
        names = book.read("xl/workbook.xml").decode()
    assert all(
        f'name="{sheet}"' in names
        for sheet in ("About", "Ranking", "Waterbed", "Effects", "Lag", "Pairing", "Indicators")
    )

    tables = ["--parquet"] if importlib.util.find_spec("pyarrow") else []
    again = techsim(
        folder, "base.yaml", "route.yaml", "--discount", "0.03", "--out", "two", "--threads", "2", "-q", *tables
    )
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    for name in ("comparison.nc", "comparison.csv", "comparison.xlsx", "report.html"):
        assert (folder / "two" / name).read_bytes() == (target / name).read_bytes(), name

    assert (folder / "two" / "comparison.parquet").exists() == bool(tables)

    page = (target / "report.html").read_bytes()
    (target / "report.html").unlink()
    assert main(["report", str(target), "--quiet"]) == 0
    assert (target / "report.html").read_bytes() == page


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["base.yaml"], "ALT.yaml"),
        (["base.yaml", "nowhere.yaml"], "nowhere.yaml"),
        (["base.yaml", "route.yaml", "--discount", "7"], "--discount"),
        (["base.yaml", "route.yaml", "--draws", "0"], "--draws"),
        (["base.yaml", "route.yaml", "--end", "2008-06"], "--end: levers.technologieroute.start"),
        (["base.yaml", "route.yaml", "--end", "2008-06"], "(scenario 'Route')"),
        (["base.yaml", "route.yaml", "--out", "."], "holds no results"),
    ],
)
def test_wrong_input_is_status_2(
    folder: Path, arguments: list[str], words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert main(["compare", *arguments]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert "Traceback" not in said
    assert not (folder / "outputs").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_stops_and_leaves_nothing(folder: Path) -> None:
    line = command("base.yaml", "route.yaml", "--draws", "500", "--out", "out")
    with subprocess.Popen(line, cwd=folder, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stderr is not None
        for said in process.stderr:
            if said.startswith(("simulating", "compiling")):
                break
        time.sleep(1.0)
        os.killpg(process.pid, signal.SIGINT)
        rest = process.communicate(timeout=20)[1]
    assert process.returncode == 1
    assert rest.strip().splitlines()[-1] == "Stopped: nothing was written."
    assert not (folder / "out").exists()
    assert sorted(path.name for path in folder.iterdir()) == ["base.yaml", "route.yaml"]

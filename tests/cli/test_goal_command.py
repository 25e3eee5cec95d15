"""``techsim goal`` as a user meets it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cli.page_commands import command_of
from techsim.cli.main import main

BASE = """name: Base
period: {start: 2008-01, end: 2009-12}
population: {scale: 2000}
draws: {number: 2}
levers:
  - technologieroute: {start: 2008-09, volume: 0.5}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_an_answer_is_written_and_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["goal", "base.yaml", "--target", "technical_entrants=1e9", "--year", "2009", "--threads", "1"]
    arguments += ["--seed", "7", "--discount", "0.03"]
    assert main(arguments) == 0
    target = folder / "outputs" / "goal_base_technologieroute_technical_entrants_2009"
    names = ["goal.csv", "goal.json", "manifest.json", "report.html"]
    assert sorted(path.name for path in target.iterdir()) == names
    said = capsys.readouterr().err
    assert said.index("Warning: At 1:2000") < said.index("simulating") < said.index("cannot bring")
    document = json.loads((target / "goal.json").read_text(encoding="utf-8"))
    assert document["answer"]["reached"] is False
    assert len(document["worlds"]) == 7
    page = (target / "report.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert page.index("At 1:2000") < page.index("<main")
    assert not re.search(r"""(src|href)=["'](?!#|data:)""", page)
    assert page.index("cannot bring") < page.index("<svg") < page.index("<table")

    (target / "report.html").unlink()
    assert main(["report", str(target), "-q"]) == 0
    assert (target / "report.html").read_text(encoding="utf-8") == page

    assert main([*command_of(page), "--out", "again", "--threads", "1", "-q"]) == 0
    for name in ("goal.json", "goal.csv", "report.html"):
        assert (folder / "again" / name).read_bytes() == (target / name).read_bytes(), name


def test_wrong_input_is_said_before_anything_is_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["goal", "base.yaml", "--target", "technicians=1", "--year", "2030"]) == 2
    assert "--year 2030" in capsys.readouterr().err
    assert main(["goal", "base.yaml", "--target", "technical_graduate_share=40", "--year", "2009"]) == 2
    assert "write 0.40 or 40%" in capsys.readouterr().err
    assert not (folder / "outputs").exists()

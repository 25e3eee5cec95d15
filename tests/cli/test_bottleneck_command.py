"""``techsim bottleneck`` as a user meets it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.page_commands import command_of
from techsim.cli.main import main

BASE = "name: Base\nperiod: {start: 2008-01, end: 2009-12}\npopulation: {scale: 5000}\ndraws: {number: 2}\n"


def test_an_answer_is_written_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    arguments = ["bottleneck", "base.yaml", "--target", "technical_entrants", "--year", "2009", "--threads", "1"]
    assert main(arguments) == 0
    target = tmp_path / "outputs" / "bottleneck_base_technical_entrants_2009"
    names = ["bottleneck.csv", "bottleneck.json", "manifest.json", "report.html"]
    assert sorted(path.name for path in target.iterdir()) == names
    said = capsys.readouterr().err
    assert "binds" in said
    assert said.index("Warning: At 1:5000") < said.index("simulating")
    page = (target / "report.html").read_text(encoding="utf-8")
    assert page.index("binds it" if "binds it" in said else "binds most") < page.index("<svg") < page.index("<table")
    assert page.index("At 1:5000") < page.index("<main")
    assert not re.search(r"""(src|href)=["'](?!#|data:)""", page)

    (target / "report.html").unlink()
    assert main(["report", str(target), "-q"]) == 0
    assert (target / "report.html").read_text(encoding="utf-8") == page

    assert main([*command_of(page), "--out", "again", "--threads", "1", "-q"]) == 0
    for name in ("bottleneck.json", "bottleneck.csv", "report.html"):
        assert (tmp_path / "again" / name).read_bytes() == (target / name).read_bytes(), name

"""Fixtures of the scenario tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from sample_catalogue import CATALOGUE, Write

from techsim.scenario import Catalogue


@pytest.fixture
def catalogue() -> Catalogue:
    return CATALOGUE


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write files into an empty folder and stand in it; returns the folder."""

    def files(contents: Mapping[str, str | bytes]) -> Path:
        for name, content in contents.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return tmp_path

    monkeypatch.chdir(tmp_path)
    return files

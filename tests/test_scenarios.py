"""The ready scenarios: each is valid, and each lever has one."""

from __future__ import annotations

from pathlib import Path

import pytest

from techsim.levers import catalogue as levers
from techsim.model.catalogue import catalogue
from techsim.scenario import load

FOLDER = Path(__file__).resolve().parent.parent / "scenarios"
FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_ready_scenario_is_valid_and_says_what_it_is(path: Path) -> None:
    scenario = load(path, catalogue())
    assert scenario.name
    assert path.read_text(encoding="utf-8").count("description:") == 1


def test_names_differ() -> None:
    """A comparison names its alternatives by them."""
    names = [load(path, catalogue()).name for path in FILES]
    assert len(set(names)) == len(names)


def test_every_lever_has_a_scenario_of_its_own() -> None:
    """A file that sets it, beside what it extends; a lever of history has the baseline."""
    texts = [path.read_text(encoding="utf-8") for path in FILES]
    missing = [name for name in levers() if not any(f"  - {name}:" in text for text in texts)]
    assert missing == []

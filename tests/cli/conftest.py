"""Fixtures of the command tests."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "scenario"))
from sample_catalogue import CATALOGUE

from techsim.scenario import Catalogue


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """The commands see the sample catalogue in place of the model's."""
    module = ModuleType("techsim.model.catalogue")
    module.catalogue = lambda: CATALOGUE  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "techsim.model.catalogue", module)
    return CATALOGUE

"""The packaged tables; ``tests/`` on the path, for the references written in plain Python."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from techsim.data.inputs import Tables, load_tables

sys.path.insert(0, str(Path(__file__).parents[2]))


@pytest.fixture(scope="session")
def tables() -> Tables:
    """The packaged tables."""
    return load_tables()

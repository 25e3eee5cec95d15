"""The packaged tables, for the tests of mechanisms."""

from __future__ import annotations

import pytest

from techsim.data.inputs import Tables, load_tables


@pytest.fixture(scope="session")
def tables() -> Tables:
    """The packaged tables."""
    return load_tables()

"""The order of the suite: files that take longest go first, so that neither worker waits for the other at the end."""

from __future__ import annotations

import gc

import pytest

from techsim.cli.main import GARBAGE_AT

LONG = (
    "test_recession",
    "test_model_beside_evidence",
    "test_short_time_scheme",
    "test_apprenticeship_places",
    "test_sensitivity",
    "test_directions",
    "test_directions_of_levers",
    "test_compare",
    "test_frontier",
    "test_threads",
)
"""Files of twenty seconds and more; any other order gives the same results, later."""


def pytest_configure() -> None:
    """Python looks for cycles as seldom as in the program."""
    gc.set_threshold(GARBAGE_AT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    rank = {name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(LONG)))

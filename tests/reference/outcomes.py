"""Counts of the same people in two worlds, from the definition, with Python dicts."""

from __future__ import annotations

from collections import Counter


def moves(before: dict[int, str], after: dict[int, str], absent: str) -> Counter[tuple[str, str]]:
    """How many are in each pair of states; who is not there is ``absent``."""
    return Counter((before.get(person, absent), after.get(person, absent)) for person in before.keys() | after.keys())

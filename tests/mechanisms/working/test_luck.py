"""What is kept of the draws of a life: it never hides a change, and stays with the people however they are stored."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from techsim.mechanisms.working.participation.kernels import luck_needed, note_luck
from techsim.mechanisms.working.participation.process import keep_luck
from techsim.mechanisms.working.participation.state import Luck
from techsim.population.draws import normals, uniforms
from techsim.population.people import People
from techsim.population.randomness import Purpose

SEED, SPREAD = 3, 2.4
WORDS = 2**32


def noted(people: People) -> tuple[list[int], list[int]]:
    """Luck of everybody, by row, noted anew."""
    part, retire = np.empty(people.size, dtype=np.uint8), np.empty(people.size, dtype=np.int16)
    note_luck(SEED, people.id, np.arange(people.size), 12 * SPREAD, part, retire)
    return part.tolist(), retire.tolist()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["add", "remove", "arrange", "keep"]), max_size=12), st.integers(0, 2**16))
def test_luck_stays_with_the_people_however_they_are_stored(events: list[str], seed: int) -> None:
    rng = np.random.default_rng(seed)
    people, luck, newest = People(), Luck(), 0
    for event in ["add", "keep", *events, "keep"]:
        if event == "add":
            count = int(rng.integers(1, 60))
            ids = np.arange(newest, newest + count, dtype=np.uint64) * np.uint64(7919)
            people.add({"id": ids, "birth_month": rng.integers(0, 300, count)})
            newest += count
        elif event == "remove":
            people.remove(np.flatnonzero(rng.random(people.size) < 0.2))
        elif event == "arrange":
            people.arrange()
        else:
            keep_luck(luck, people, SEED, SPREAD)
            assert (luck.part[: people.size].tolist(), luck.retire[: people.size].tolist()) == noted(people)


def test_only_those_stored_where_others_were_are_drawn_for() -> None:
    people, luck = People(), Luck()
    people.add({"id": np.arange(100, dtype=np.uint64)})
    keep_luck(luck, people, SEED, SPREAD)
    people.remove(np.array([5, 99]))
    people.add({"id": np.arange(200, 203, dtype=np.uint64)})
    luck.part[:], luck.retire[:] = 7, 7
    expected = noted(people)
    keep_luck(luck, people, SEED, SPREAD)
    others = [5, 98, 99, 100]
    found = people.others_since(luck.seen - 1, 100)
    assert found is not None
    assert found.tolist() == others
    for kept, anew in ((luck.part.tolist(), expected[0]), (luck.retire.tolist(), expected[1])):
        assert [kept[row] for row in others] == [anew[row] for row in others]
        assert {kept[row] for row in range(people.size) if row not in others} == {7}


@pytest.mark.parametrize("chance", [0.0, 1e-9, 0.25, 0.5, 1 / 3, 0.998, 255 / 256, 1.0 - 1e-9, 1.0])
def test_a_byte_tells_of_all_others_on_which_side_of_a_chance_they_are(chance: float) -> None:
    needed = int(luck_needed(chance))
    first, last = needed & 255, needed >> 8
    for byte in range(256):
        lowest, highest = ((byte * 2**24 + 0.5) / WORDS, (byte * 2**24 + 2**24 - 0.5) / WORDS)
        if byte < first:
            assert highest < chance
        if byte > last:
            assert lowest >= chance
    assert last - first <= 1


def test_nobody_retires_before_what_is_kept_says_and_few_long_after() -> None:
    people = People()
    people.add({"id": np.arange(1, 200_001, dtype=np.uint64)})
    part, retire = (np.array(kept) for kept in noted(people))
    z = normals(SEED, int(Purpose.RETIREMENT), people.id, 0, 0)
    late = 12 * SPREAD * z - retire
    assert late.min() >= 0.0
    assert late.mean() < 5.0
    draws = uniforms(SEED, int(Purpose.PARTICIPATION), people.id, 0, 0)
    assert part.tolist() == [math.floor(256 * draw) for draw in draws.tolist()]

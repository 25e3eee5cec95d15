"""Lists of people by id: found again wherever they are stored, however they were moved."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from techsim.population.people import People
from techsim.population.rosters import UNSEEN, Followed, find_places, find_rows

Rows = npt.NDArray[np.int64]


def by_hand(people: People, ids: npt.NDArray[np.uint64]) -> list[int]:
    """Where each of ``ids`` is stored, -1 for nowhere."""
    where = {int(pid): row for row, pid in enumerate(people.id)}
    return [where.get(int(pid), -1) for pid in ids]


@settings(deadline=None)
@given(
    events=st.lists(st.sampled_from(("add", "keep", "arrange", "locate")), max_size=12),
    seed=st.integers(min_value=0, max_value=999),
)
def test_followed_people_are_found_again(events: list[str], seed: int) -> None:
    rng, people, followed, newest = np.random.default_rng(seed), People(4), Followed(), 40
    people.add({"id": rng.permutation(40).astype(np.uint64), "birth_month": rng.integers(0, 300, 40)})
    rows = rng.permutation(40)[:12]
    followed.add(people.id[rows], rows)
    for event in (*events, "locate"):
        if event == "add":
            people.add({"id": np.arange(newest, newest + 3, dtype=np.uint64), "birth_month": rng.integers(0, 300, 3)})
            newest += 3
        elif event == "keep":
            people.remove(np.flatnonzero(rng.random(people.size) >= 0.9))
        elif event == "arrange":
            people.arrange()
        else:
            followed.only(followed.ids, people)
            assert followed.rows.tolist() == by_hand(people, followed.ids)


def test_who_is_followed_anew_is_looked_for_among_everybody() -> None:
    people, followed = People(), Followed()
    people.add({"id": np.arange(10, dtype=np.uint64)[::-1]})
    followed.only(np.array([3, 7], dtype=np.uint64), people)
    followed.only(np.array([2, 7, 99], dtype=np.uint64), people)
    assert followed.rows_of(np.array([99, 2, 7], dtype=np.uint64)).tolist() == [-1, 7, 2]


def test_who_is_followed_already_is_followed_once() -> None:
    people, followed = People(), Followed()
    people.add({"id": np.arange(10, dtype=np.uint64)[::-1]})
    for ids in ([7, 3], [5, 3], [3]):
        some = np.array(ids, dtype=np.uint64)
        followed.add(some, 9 - some.astype(np.int64))
    assert followed.ids.tolist() == [3, 5, 7]
    assert followed.rows.tolist() == [6, 4, 2]


@pytest.mark.parametrize("arranged", [False, True])
def test_only_the_latest_removal_is_known(arranged: bool) -> None:
    people = People()
    people.add({"id": np.arange(10, dtype=np.uint64)})
    people.remove(np.array([2]))
    assert people.moved_since(people.moves).tolist() == []  # type: ignore[union-attr]
    assert people.moved_since(people.moves - 1).tolist() == [2]  # type: ignore[union-attr]
    if arranged:
        people.arrange()
    else:
        people.remove(np.array([0]))
    assert people.moved_since(people.moves - 2) is None
    assert people.moved_since(UNSEEN) is None


@given(
    roster=st.sets(st.integers(0, 2**64 - 1), max_size=80),
    others=st.lists(st.integers(0, 2**64 - 1), max_size=80),
    seed=st.integers(0, 99),
)
def test_people_and_rosters_find_each_other(roster: set[int], others: list[int], seed: int) -> None:
    listed = np.array(sorted(roster), dtype=np.uint64)
    some = [*sorted(roster)[::2], *sorted(set(others) - roster)]
    ids = np.random.default_rng(seed).permutation(np.array(some, dtype=np.uint64))
    places, rows = np.full(ids.size, 7, dtype=np.int64), np.full(listed.size, 7, dtype=np.int64)
    find_places(ids, listed, places)
    find_rows(ids, listed, rows)
    where, stored = listed.tolist(), ids.tolist()
    assert places.tolist() == [where.index(pid) if pid in roster else -1 for pid in stored]
    assert rows.tolist() == [stored.index(pid) if pid in stored else -1 for pid in where]

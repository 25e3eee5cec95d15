"""The struct of arrays: adding, removing, unset values, ids."""

from __future__ import annotations

import copy
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from techsim.population.people import FIELDS, JOB, People, first_id, person_id
from techsim.population.states import NEVER, NONE, Labour, Origin, Stage


def some_people(count: int, capacity: int = 4) -> People:
    people = People(capacity)
    people.add({"id": np.arange(count, dtype=np.uint64), "birth_month": np.arange(count)})
    return people


def test_a_person_takes_at_most_48_bytes() -> None:
    assert People().bytes_per_person <= 48


def test_unset_values_of_the_newborn() -> None:
    people = some_people(2)
    assert people.stage.tolist() == [Stage.CHILD] * 2
    assert people.labour.tolist() == [Labour.OUTSIDE] * 2
    assert people.programme.tolist() == [NONE] * 2
    assert people.left_education.tolist() == [NEVER] * 2


def test_storage_grows_and_keeps_what_it_held() -> None:
    people = some_people(3, capacity=3)
    people.sex[:] = 1
    people.add({"id": np.arange(100, 200, dtype=np.uint64)})
    assert people.size == 103
    assert people.sex.tolist() == [1] * 3 + [0] * 100
    assert people.id[:3].tolist() == [0, 1, 2]
    for name, (dtype, _) in FIELDS.items():
        assert getattr(people, name).dtype == dtype
        assert getattr(people, name).size == 103


def test_groups_are_added_one_after_the_other() -> None:
    people = some_people(2, capacity=2)
    people.add({"id": np.array([7], dtype=np.uint64), "sex": 1}, {"id": np.array([9, 8], dtype=np.uint64)})
    assert people.id.tolist() == [0, 1, 7, 9, 8]
    assert people.sex.tolist() == [0, 0, 1, 0, 0]
    with pytest.raises(ValueError, match="id"):
        people.add({"id": np.array([11], dtype=np.uint64)}, {"sex": 1})
    assert people.size == 5


@settings(deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_remove_removes_exactly_those_and_moves_whole_people(mask: list[bool]) -> None:
    people = some_people(len(mask))
    people.remove(np.flatnonzero(~np.array(mask)))
    assert sorted(people.id.tolist()) == [i for i, stays in enumerate(mask) if stays]
    assert people.birth_month.tolist() == people.id.tolist()
    assert all(
        array[people.size :].tolist() == [FIELDS[name][1]] * len(array[people.size :])
        for name, array in people._store.items()
    )
    people.add({"id": np.array([999], dtype=np.uint64)})
    assert people.birth_month[-1] == 0, "a freed slot must not hand down what it held"


def test_replacing_is_removing_and_adding() -> None:
    one, other = some_people(50), some_people(50)
    gone, new = np.array([3, 7, 48]), {"id": np.array([70, 71], dtype=np.uint64), "sex": 1}
    one.remove(gone)
    one.add(new)
    other.replace(gone, new)
    assert other.id.tolist() == one.id.tolist()
    assert other.sex.tolist() == one.sex.tolist()
    assert other.moves == one.moves == 1
    rows = [people.others_since(0, 50) for people in (one, other)]
    assert rows[0] is not None
    assert rows[1] is not None
    assert rows[0].tolist() == rows[1].tolist() == [3, 7, 47, 48]


@pytest.mark.parametrize("columns", [{"birth_month": [1]}, {"id": [1], "shoe_size": [43]}])
def test_unknown_arrays_and_missing_ids_are_refused(columns: dict[str, list[int]]) -> None:
    with pytest.raises(ValueError, match="id"):
        People().add(columns)


@given(
    st.sets(
        st.tuples(
            st.sampled_from(list(Origin)),
            st.integers(0, 2**16 - 1),
            st.integers(0, 2**14 - 1),
            st.integers(0, 2**32 - 1),
        ),
        min_size=2,
        max_size=20,
    )
)
def test_ids_are_unique_in_origin_cohort_cell_and_rank(parts: set[tuple[Origin, int, int, int]]) -> None:
    ids = {int(person_id(int(o), cohort, cell, np.array([rank]))[0]) for o, cohort, cell, rank in parts}
    assert len(ids) == len(parts)
    for o, cohort, cell, _ in parts:
        assert first_id(int(o), cohort, cell) == person_id(int(o), cohort, cell, np.zeros(1, dtype=np.int64))[0]


@settings(deadline=None)
@given(st.lists(st.integers(-900, 120), max_size=40), st.randoms(use_true_random=False))
def test_arranged_people_lie_by_age_in_two_runs_and_stay_who_they_are(births: list[int], luck: random.Random) -> None:
    ids = list(range(len(births)))
    luck.shuffle(ids)
    people = People(4)
    people.add({"id": np.array(ids, dtype=np.uint64), "birth_month": np.array(births, dtype=np.int64)})
    people.arrange()
    assert dict(zip(people.id.tolist(), people.birth_month.tolist(), strict=True)) == dict(
        zip(ids, births, strict=True)
    )
    odd = (people.id % np.uint64(2)).tolist()
    assert odd == sorted(odd)
    for run in (0, 1):
        born = people.birth_month[people.id % np.uint64(2) == run]
        assert (np.diff(born) >= 0).all()


def test_who_is_born_in_a_month_of_the_year_is_found_after_every_change() -> None:
    luck, people = np.random.default_rng(4), People(4)
    changes = (
        lambda: people.add({"id": np.arange(2500, dtype=np.uint64), "birth_month": luck.integers(-1200, 400, 2500)}),
        lambda: people.add(
            {"id": np.arange(2500, 2510, dtype=np.uint64), "birth_month": luck.integers(-1200, 400, 10)}
        ),
        lambda: people.remove(np.flatnonzero(luck.random(people.size) >= 0.8)),
        people.arrange,
    )
    for change in changes:
        change()
        for month in (500, 501, 513):
            expected = [row for row, born in enumerate(people.birth_month.tolist()) if (month - born) % 12 == 0]
            assert people.born_in(month).tolist() == expected


def test_jobs_of_those_who_left_are_known_of_the_latest_removal_only() -> None:
    people = People(4)
    people.add({"id": np.arange(9, dtype=np.uint64), "labour": np.arange(9) % 4, "employer": np.arange(9)})
    assert people.jobs_left_since(people.moves) is None
    at = people.moves
    people.remove(np.array([1, 7]))
    left = people.jobs_left_since(at)
    assert left is not None
    assert list(left) == list(JOB)
    assert (left["labour"].tolist(), left["employer"].tolist()) == ([1, 3], [1, 7])
    copied = copy.deepcopy(people).jobs_left_since(at)
    assert copied is not None
    assert copied["employer"].tolist() == [1, 7]
    people.add({"id": np.array([10], dtype=np.uint64)})
    assert people.jobs_left_since(at) is left
    assert people.jobs_left_since(people.moves) is None
    people.remove(np.array([0]))
    assert people.jobs_left_since(at) is None
    at = people.moves
    people.arrange()
    assert people.jobs_left_since(at) is None

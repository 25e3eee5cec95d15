"""Whole people from fractions."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from techsim.population.rounding import by_group, chosen, controlled, ranks, stratified

TABLES = arrays(np.float64, st.tuples(st.integers(1, 40), st.integers(1, 8)), elements=st.floats(0.0, 9.0))


@settings(deadline=None)
@given(TABLES)
def test_controlled_rounding_keeps_rows_and_columns(values: np.ndarray) -> None:
    out = controlled(values)
    assert (out >= 0).all()
    assert np.abs(out.sum(axis=1) - values.sum(axis=1)).max() <= 1.0 + 1e-9
    assert abs(out.sum() - values.sum()) <= 0.5 + 1e-9
    assert np.abs(out.sum(axis=0) - values.sum(axis=0)).max() < 2.0


@settings(deadline=None)
@given(TABLES)
def test_controlled_rounding_of_whole_numbers_changes_nothing(values: np.ndarray) -> None:
    whole = np.floor(values)
    np.testing.assert_array_equal(controlled(whole), whole)


def test_controlled_rounding_gives_rows_the_sums_asked_for() -> None:
    values = np.full((6, 3), 0.4)
    sums = np.array([3, 0, 1, 2, 1, 0])
    np.testing.assert_array_equal(controlled(values, sums=sums).sum(axis=1), sums)


@given(st.lists(st.tuples(st.integers(-1, 3), st.sampled_from([0.0, -0.0, 0.25, 0.5, 0.75])), max_size=40))
def test_who_has_the_same_key_is_ranked_in_order(people: list[tuple[int, float]]) -> None:
    group, key = np.array([g for g, _ in people], dtype=np.int64), np.array([k for _, k in people])
    rank, size = ranks(group, key)
    for i, (g, k) in enumerate(people):
        mine = [j for j, (other, _) in enumerate(people) if other == g]
        assert size[i] == len(mine)
        assert rank[i] == sum((people[j][1], j) < (k, i) for j in mine)


@given(st.lists(st.tuples(st.integers(-1, 2), st.sampled_from([0.0, 0.25, 0.5])), max_size=30), st.randoms())
def test_people_lie_by_group_then_key_then_id(people: list[tuple[int, float]], luck: random.Random) -> None:
    ids = list(range(len(people)))
    luck.shuffle(ids)
    group, key = np.array([g for g, _ in people], dtype=np.int64), np.array([k for _, k in people])
    order = by_group(group, key, np.array(ids, dtype=np.uint64))
    assert order.tolist() == sorted(range(len(people)), key=lambda i: (*people[i], ids[i]))


def test_ranks_count_within_groups_by_key() -> None:
    rank, size = ranks(np.array([1, 0, 1, 0, 1]), np.array([0.3, 0.9, 0.1, 0.2, 0.2]))
    assert rank.tolist() == [2, 1, 0, 0, 1]
    assert size.tolist() == [3, 2, 3, 2, 3]


def test_stratified_draws_keep_the_shares_and_the_order() -> None:
    generator = np.random.default_rng(1)
    group = generator.integers(0, 3, 3000)
    key = generator.random(3000)
    shares = np.array([[0.2, 0.5, 0.3], [1.0, 0.0, 0.0], [0.0, 0.25, 0.75]])
    out = stratified(group, key, shares)
    for g in range(3):
        mine = group == g
        found = np.bincount(out[mine], minlength=3)
        assert np.abs(found - shares[g] * mine.sum()).max() <= 1.0
        assert (np.diff(out[mine][np.argsort(key[mine])]) >= 0).all()


def test_chosen_are_as_many_as_the_chances_say() -> None:
    generator = np.random.default_rng(1)
    chance = generator.random(1001)
    out = chosen(chance, generator.random(1001))
    assert abs(out.sum() - chance.sum()) <= 0.5
    assert not chosen(np.zeros(10), np.arange(10.0)).any()
    assert chosen(np.ones(10), np.arange(10.0)).all()


def test_who_is_chosen_of_groups_hangs_on_those_before() -> None:
    chance, key = np.full(6, 0.5), np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
    group = np.array([1, 0, 1, 0, 1, 0])
    expected = chosen(chance, np.lexsort((key, group)).argsort().astype(np.float64))
    assert chosen(chance, key, group).tolist() == expected.tolist()
    assert chosen(chance, key, group).tolist() != chosen(chance, key).tolist()

"""Philox against the vectors published with Random123, and draws against the plain-Python reference."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reference import philox as reference
from techsim.population.draws import (
    BLOCK,
    NEAR,
    ceiling,
    fill_first,
    fill_uniforms,
    fill_whole,
    fill_words,
    holds,
    list_few,
    list_places,
    near_exp,
    normals,
    uniforms,
    unit,
)
from techsim.population.randomness import Purpose, normal, philox4x32, stride_of, uniform, uniform_at, uniform_of

KNOWN_ANSWERS = [
    # kat_vectors of Random123 1.09, lines "philox4x32 10": counter, key, answer
    (
        (0x00000000, 0x00000000, 0x00000000, 0x00000000),
        (0x00000000, 0x00000000),
        (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8),
    ),
    (
        (0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF),
        (0xFFFFFFFF, 0xFFFFFFFF),
        (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
    ),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]

PERSON = st.integers(0, 2**64 - 1)
SMALL = st.integers(0, 2**16)
SEED = st.integers(0, 2**32 - 1)


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_published_vectors(
    counter: tuple[int, int, int, int], key: tuple[int, int], answer: tuple[int, int, int, int]
) -> None:
    assert reference.philox4x32(counter, key) == answer
    found = philox4x32(*(np.uint32(c) for c in counter), *(np.uint32(k) for k in key))
    assert tuple(int(word) for word in found) == answer


@settings(max_examples=200, deadline=None)
@given(seed=SEED, person=PERSON, month=SMALL, k=st.integers(0, 9), purpose=st.sampled_from(list(Purpose)))
def test_draws_equal_the_reference(seed: int, person: int, month: int, k: int, purpose: Purpose) -> None:
    arguments = (seed, int(purpose), np.uint64(person), month, k)
    assert uniform(*arguments) == reference.uniform(seed, int(purpose), person, month, k)
    assert normal(*arguments) == pytest.approx(reference.normal(seed, int(purpose), person, month, k), abs=1e-12)


def test_arrays_equal_single_draws_in_any_order() -> None:
    ids = np.array([3, 2**63, 2**40 + 5, 17], dtype=np.uint64)
    for many, one in ((uniforms, uniform), (normals, normal)):
        all_at_once = many(5, 6, ids, 1300, 2)
        np.testing.assert_array_equal(all_at_once, [one(5, 6, i, 1300, 2) for i in ids])
        np.testing.assert_array_equal(many(5, 6, ids[::-1].copy(), 1300, 2), all_at_once[::-1])


@settings(max_examples=50, deadline=None)
@given(seed=SEED, month=SMALL, count=st.integers(0, 70), step=st.integers(1, 2**50))
def test_buffers_hold_what_single_draws_give(seed: int, month: int, count: int, step: int) -> None:
    """Vector units or not, and whatever stands behind the last person of a buffer."""
    ids = np.arange(count, dtype=np.uint64) * np.uint64(step)
    one = np.full(count + 1, -1.0)
    first, second = np.full(count + 1, 9, dtype=np.uint32), np.full(count + 1, 9, dtype=np.uint32)
    fill_uniforms(seed, 3, ids, month, 0, one)
    fill_words(seed, 3, ids, month, first, second)
    np.testing.assert_array_equal(one, [*(uniform(seed, 3, i, month, 0) for i in ids), -1.0])
    words = [reference.philox4x32((int(i) % 2**32, int(i) >> 32, month, 0), (seed, 3)) for i in ids]
    np.testing.assert_array_equal(first, [*(word[0] for word in words), 9])
    np.testing.assert_array_equal(second, [*(word[1] for word in words), 9])
    fill_first(seed, 3, ids[::-1].copy(), count, month, second)
    np.testing.assert_array_equal(second, [*first[:count][::-1], 9])
    assert [unit(word) for word in first[:count]] == one[:count].tolist()
    whole = np.zeros(count + 1, dtype=np.uint64)
    fill_whole(seed, 3, ids, month, 0, whole)
    assert whole.tolist() == [*((word[0] << 32) + word[1] for word in words), 0]


@settings(deadline=None)
@given(word=st.integers(0, 2**32 - 1), chance=st.floats(0.0, 1.0))
@example(word=0, chance=0.0)
@example(word=2**32 - 1, chance=1.0)
@example(word=7, chance=7.5 / 2**32)
def test_no_draw_below_a_chance_is_of_a_word_above_its_ceiling(word: int, chance: float) -> None:
    for near in (chance, (word + 0.5) / 2**32, (word + 0.75) / 2**32):
        if word > ceiling(near):
            assert unit(np.uint32(word)) >= near
        assert ceiling(near) <= near * 2**32


@settings(deadline=None)
@given(x=st.floats(-700.0, 700.0))
@example(x=0.0)
@example(x=0.5 * math.log(2.0))
def test_exponentials_are_nearly_right(x: float) -> None:
    assert near_exp(x) == pytest.approx(math.exp(x), rel=NEAR)


@settings(deadline=None)
@given(st.sets(st.integers(0, BLOCK - 1), max_size=20), st.integers(0, BLOCK))
def test_places_are_listed_in_order(places: set[int], size: int) -> None:
    asked, rows = np.zeros(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64)
    asked[list(places)] = True
    assert rows[: list_places(asked, rows)].tolist() == sorted(places)
    within = sorted(place for place in places if place < size)  # what stands beyond is of a block before
    assert rows[: list_few(asked, size, rows)].tolist() == within
    assert np.flatnonzero(asked).tolist() == within


def test_whether_a_code_is_held() -> None:
    codes = np.zeros(100, dtype=np.int8)
    codes[77] = -3
    assert holds(codes, np.int8(-3))
    assert not holds(codes[:77], np.int8(-3))
    assert not holds(codes[:0], np.int8(0))


def test_every_part_of_the_address_matters() -> None:
    base = {"seed": 1, "purpose": 1, "person": np.uint64(1), "month": 1, "k": 1}
    draws = [uniform(**base)]
    for part in base:
        changed = {**base, part: np.uint64(2) if part == "person" else 2}
        draws.append(uniform(**changed))
    high_bits = {**base, "person": np.uint64(1 + 2**32)}
    draws.append(uniform(**high_bits))
    assert len(set(draws)) == len(draws)


def test_uniforms_are_uniform_and_never_at_the_ends() -> None:
    # False-alarm rate: |z| > 4.5 for the mean is below 1e-5; the seed is fixed, so the test is deterministic.
    draws = uniforms(11, 12, np.arange(200_000, dtype=np.uint64), 7, 0)
    assert draws.min() > 0.0
    assert draws.max() < 1.0
    assert abs(draws.mean() - 0.5) < 4.5 / np.sqrt(12 * draws.size)
    counts = np.bincount((draws * 100).astype(int), minlength=100)
    chi_square = float(((counts - 2000.0) ** 2 / 2000.0).sum())
    assert 45.0 < chi_square < 170.0  # 99 degrees of freedom: outside with a chance below 1e-5


def test_normals_have_mean_zero_and_deviation_one() -> None:
    draws = normals(11, 12, np.arange(200_000, dtype=np.uint64), 7, 0)
    assert abs(draws.mean()) < 4.5 / np.sqrt(draws.size)
    assert abs(draws.std() - 1.0) < 4.5 / np.sqrt(2 * draws.size)


def test_purposes_have_one_number_each_and_none_is_reused() -> None:
    numbers = [int(p) for p in Purpose]
    assert numbers == sorted(set(numbers)), "appended in order, none twice"
    frozen = {"SURVIVAL": 1, "EMIGRATION": 2, "ABILITY": 6, "PROFILE": 11, "ONWARD": 17, "RANK": 30, "MASTER": 36}
    assert {p.name: int(p) for p in Purpose if p.name in frozen} == frozen


@settings(deadline=None)
@given(word=PERSON, item=st.integers(0, 2**60))
def test_items_have_draws_of_splitmix(word: int, item: int) -> None:
    whole = 2**64
    x = (word + item * 0x9E3779B97F4A7C15) % whole
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9 % whole
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB % whole
    expected = (((x ^ (x >> 31)) >> 12) + 0.5) / 2**52
    assert uniform_of(np.uint64(word), item) == expected
    assert int(stride_of(item)) == item * 0x9E3779B97F4A7C15 % whole
    assert uniform_at(np.uint64((word + int(stride_of(item))) % whole)) == expected

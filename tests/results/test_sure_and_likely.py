"""How sure a sign is: the binomial rule by hand, and how often nothing at all is called likely."""

from __future__ import annotations

import numpy as np
import pytest

from techsim.results.certainty import BOUND, LIKELY, SURE, by_luck, grade, likely, needed, sure


@pytest.mark.parametrize(
    ("agree", "draws", "rate"), [(10, 10, 2 / 1024), (9, 10, 22 / 1024), (8, 10, 112 / 1024), (5, 10, 1.0), (1, 1, 1.0)]
)
def test_how_often_luck_alone_agrees(agree: int, draws: int, rate: float) -> None:
    assert by_luck(agree, draws) == pytest.approx(rate)


@pytest.mark.parametrize(
    ("draws", "for_likely", "for_sure"), [(10, 9, 10), (11, 10, 11), (12, 10, 12), (20, 16, 19), (50, 40, 48)]
)
def test_how_many_draws_must_agree(draws: int, for_likely: int, for_sure: int) -> None:
    assert (needed(draws), needed(draws, SURE)) == (for_likely, for_sure)


def test_of_a_few_draws_nothing_is_likely() -> None:
    assert needed(5) == 6, "all five of five go one way in one of sixteen"
    assert not likely(1.0, 9)
    assert not sure(1.0, 9)
    assert [grade(share, 10) for share in (0.8, 0.9, 1.0)] == [0, 1, 2]


@pytest.mark.parametrize("draws", range(10, 60))
def test_where_there_is_no_effect_the_bound_holds(draws: int) -> None:
    least = needed(draws)
    assert by_luck(least, draws) <= BOUND
    assert least >= LIKELY * draws
    signs = np.random.default_rng(draws).normal(size=(2_000, draws)) > 0.0
    share = np.maximum(signs.mean(axis=1), 1.0 - signs.mean(axis=1))
    assert np.mean([likely(float(each), draws) for each in share]) <= BOUND + 0.015

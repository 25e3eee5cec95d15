"""Kernels of the month's record equal their plain-Python references, and each identity of a cell can fail."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest

from techsim.mechanisms.working.identities import BY_CELL
from techsim.mechanisms.working.ledger.kernels import (
    MONTHS_PER_AGE_GROUP,
    by_job,
    count_separated,
    fill_ages,
    find_residuals,
    unsound_spells,
)
from techsim.population.draws import BLOCK
from techsim.population.states import Labour, Stage

SHAPE = (7, 4, 6, 9)
"""Types of employers, groups, levels and regions: more cells than a block."""
SECTOR_OF = np.array([0, 0, 1, 2, 2, 2, 3])
REASONS, AGES = 3, 5


def counts(seed: int, *leading: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 3, (*leading, *SHAPE))


def as_counter(array: np.ndarray) -> Counter[tuple[int, ...]]:
    return Counter({tuple(at): int(array[tuple(at)]) for at in np.argwhere(array).tolist()})


def test_flows_are_summed_over_employers_of_a_sector_as_by_hand() -> None:
    cells = counts(1)
    found = np.full((*SHAPE[1:], 4), 9)
    by_job(cells, SECTOR_OF, found)
    expected: Counter[tuple[int, ...]] = Counter()
    for (e, g, level, region), count in as_counter(cells).items():
        expected[g, level, region, int(SECTOR_OF[e])] += count
    assert as_counter(found) == expected


def test_separations_are_counted_by_job_and_by_reason_as_by_hand() -> None:
    separated = counts(2, REASONS)
    jobs, by_reason = np.full((*SHAPE[1:], 4), 9), np.full((REASONS, *SHAPE[1:3]), 9)
    count_separated(separated, SECTOR_OF, jobs, by_reason)
    expected_jobs: Counter[tuple[int, ...]] = Counter()
    expected_reasons: Counter[tuple[int, ...]] = Counter()
    for (reason, e, g, level, region), count in as_counter(separated).items():
        expected_jobs[g, level, region, int(SECTOR_OF[e])] += count
        expected_reasons[reason, g, level] += count
    assert as_counter(jobs) == expected_jobs
    assert as_counter(by_reason) == expected_reasons


@pytest.mark.parametrize("months", [0, 59, 60, 1199, 1200, 1500])
def test_age_groups_are_of_five_years_and_the_last_is_open(months: int) -> None:
    age = np.zeros(1, dtype=np.uint8)
    fill_ages(np.int16(100), np.array([100 - months], dtype=np.int16), np.uint16(19), age)
    assert age[0] == min(months // MONTHS_PER_AGE_GROUP, 19)


def sound() -> dict[str, Any]:
    """A month whose books close."""
    flows = {name: counts(k) for k, name in enumerate(("hired", "opened", "filled", "withdrawn", "on_short_time"), 3)}
    separated, ages = counts(20, REASONS), counts(21, AGES).astype(np.int32)
    vacancies = ages.sum(axis=0, dtype=np.int64)
    before = counts(22) + separated.sum(axis=0) + flows["on_short_time"]
    staff = before + flows["hired"] - separated.sum(axis=0)
    return {
        **flows,
        "staff": staff,
        "staff_before": before,
        "counted": staff.copy(),
        "separated": separated,
        "vacancies": vacancies,
        "vacancies_before": vacancies - flows["opened"] + flows["filled"] + flows["withdrawn"],
        "ages": ages,
        "hours_share": 0.4,
        "hours_cut": 0.4 * flows["on_short_time"],
    }


def residuals(month: dict[str, Any]) -> dict[str, int]:
    largest = np.full(len(BY_CELL), 9)
    find_residuals(**month, largest=largest)
    return dict(zip(BY_CELL, largest.tolist(), strict=True))


def test_a_sound_month_has_no_residual() -> None:
    assert np.prod(SHAPE) > BLOCK
    assert set(residuals(sound()).values()) == {0}


CELL = (6, 3, 5, 8)
"""The last one, beyond the first block."""


@pytest.mark.parametrize(
    ("array", "by", "found"),
    [
        ("hired", 3, {"staff_ledger": 3}),
        ("staff_before", -2, {"staff_ledger": 2}),
        ("counted", 2, {"staff_of_people": 2}),
        ("opened", 4, {"vacancy_ledger": 4}),
        ("filled", 1, {"vacancy_ledger": 1}),
        ("withdrawn", -5, {"vacancy_ledger": 5}),
        ("vacancies_before", 2, {"vacancy_ledger": 2}),
        ("hours_cut", 0.001, {"hours_cut": 1}),
    ],
)
def test_each_identity_of_a_cell_can_fail(array: str, by: float, found: dict[str, int]) -> None:
    month = sound()
    month[array][CELL] += by
    assert {name: value for name, value in residuals(month).items() if value} == found


def test_separations_and_ages_count_each() -> None:
    month = sound()
    month["separated"][1][CELL] += 2
    month["ages"][3][CELL] += 4
    assert {name: value for name, value in residuals(month).items() if value} == {
        "staff_ledger": 2,
        "vacancies_by_age": 4,
    }


def test_stocks_below_zero_are_found() -> None:
    month = sound()
    for name, value in (("staff", -2), ("vacancies", -1)):
        month[name][CELL] = value
    month["ages"][:, *CELL] = [0, -3, 0, 2, 0]
    month["on_short_time"][CELL] = 3
    found = residuals(month)
    assert found["vacancies_below_zero"] == 2 + 1 + 3
    assert found["short_time_beyond_staff"] == 3 + 2
    assert found["vacancies_by_age"] == 0


def test_spells_out_of_order_are_counted() -> None:
    rng, size = np.random.default_rng(4), 60
    who = np.arange(0, size, 2)
    labour = rng.choice([Labour.EMPLOYED, Labour.UNEMPLOYED], size, p=[0.8, 0.2]).astype(np.int8)
    stage = rng.choice([Stage.OUT, Stage.MBO], size, p=[0.8, 0.2]).astype(np.int8)
    since, began = (rng.integers(0, 4, size).astype(np.int16) + later for later in (0, 2))
    employer, region = rng.integers(0, 3, size).astype(np.int8), rng.integers(0, 2, size).astype(np.int8)
    booked = np.zeros((3, 2), dtype=np.int64)
    for i in who:
        booked[employer[i], region[i]] += 1
    wrong = [i for i in who if labour[i] != Labour.EMPLOYED or stage[i] != Stage.OUT or since[i] >= began[i]]
    for by in (0, 3, -5):
        booked[1, 1] += by
        found = unsound_spells(who, labour, stage, since, began, employer, region, booked)
        booked[1, 1] -= by
        assert found == (abs(by), len(wrong))
    assert 0 < len(wrong) < who.size

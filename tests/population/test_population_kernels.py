"""Counts for the identities of a month equal their plain-Python references."""

from __future__ import annotations

import numpy as np
import pytest

from techsim.population.kernels import count_contradictions, count_stages, exchange_jobs
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import Labour, Stage

OUTSIDE, UNEMPLOYED, EMPLOYED = int(Labour.OUTSIDE), int(Labour.UNEMPLOYED), int(Labour.EMPLOYED)
PROGRAMME_STAGE = np.array([Stage.MBO, Stage.MBO, Stage.HBO, Stage.WO_BACHELOR])
BBL = np.array([True, False, False, False])


def contradictions(stage: int, programme: int, track: int, grade: int, labour: int) -> list[int]:
    """Of one person, by what ``CONTRADICTIONS`` says of each."""
    pupil, student = stage == Stage.VO, Stage.MBO <= stage <= Stage.WO_MASTER
    works = programme >= 0 and bool(BBL[programme])
    return [
        int(student and (programme < 0 or PROGRAMME_STAGE[programme] != stage)),
        int(pupil and (track < 0 or grade < 1)),
        int(stage == Stage.OUT and programme >= 0),
        int(not 0 <= labour < len(Labour)),
        int((pupil or student) and not works and labour in (UNEMPLOYED, EMPLOYED)),
        int((pupil or student) and works and labour != EMPLOYED),
    ]


@pytest.mark.parametrize("size", [0, 1, 1024, 9_001])
def test_contradictions_are_counted_as_by_hand(size: int) -> None:
    rng = np.random.default_rng(size)
    columns = [
        rng.integers(low, high, size).astype(np.int8) for low, high in ((0, 8), (-1, 4), (-1, 3), (-1, 3), (-1, 5))
    ]
    found = np.zeros(6, dtype=np.int64)
    count_contradictions(*columns, PROGRAMME_STAGE, BBL, found)
    people = zip(*(column.tolist() for column in columns), strict=True)
    expected = np.sum([[0] * 6, *(contradictions(*person) for person in people)], axis=0)
    assert found.tolist() == expected.tolist()
    assert size < 1000 or found.all()


@pytest.mark.parametrize("size", [0, 7, 4096, 200_003])
def test_stages_are_counted_as_by_hand(size: int) -> None:
    stage = np.random.default_rng(size).choice([-1, *Stage, len(Stage)], size).astype(np.int8)
    stage[: size // 2] = Stage.OUT  # thousands in a row
    count = np.zeros(len(Stage), dtype=np.int64)
    count_stages(stage, count)
    assert count.tolist() == [stage.tolist().count(s) for s in Stage]


@pytest.mark.parametrize("distance", [1, 2, 8, 64])
def test_jobs_are_exchanged_as_by_hand(distance: int) -> None:
    rng = np.random.default_rng(distance)
    sizes, sector_of = [70, 1, 29], np.array([0, 0, 1, 2])
    within, size = np.concatenate([np.arange(n) for n in sizes]), np.repeat(sizes, sizes)
    ids, region = rng.integers(0, 1 << 60, 100).astype(np.uint64), rng.integers(0, 2, 100).astype(np.int8)
    occupation, employer = (rng.integers(0, 4, 100).astype(np.int8) for _ in range(2))
    q = np.array([[1.0, 2.0, 0.5], [1.0, 0.4, 3.0]])
    jobs = list(zip(occupation.tolist(), employer.tolist(), strict=True))
    begun = list(jobs)
    for i in range(100):
        if within[i] // distance % 2 or within[i] + distance >= size[i]:
            continue
        j = i + distance
        (r, s), (o, t) = ((region[k], sector_of[jobs[k][1]]) for k in (i, j))
        chance = q[r, t] * q[o, s] / (q[r, s] * q[o, t])
        if uniform(7, int(Purpose.START_JOB), ids[i], 0, 3) < chance * (1.0 + 1e-12):
            jobs[i], jobs[j] = jobs[j], jobs[i]
    exchange_jobs(7, 3, distance, ids, within, size, region, np.log(q), sector_of, occupation, employer)
    assert list(zip(occupation.tolist(), employer.tolist(), strict=True)) == jobs
    assert jobs != begun

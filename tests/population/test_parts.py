"""People in parts: every row once, tallies whole, errors told, and a run the same to the bit."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier

import numpy as np
import pytest

from techsim.model.simulation import TechsimModel
from techsim.population import parts
from techsim.population.parts import in_parts, tallied

BASELINE = Path(__file__).resolve().parents[2] / "scenarios" / "baseline.yaml"


@pytest.fixture
def every_part_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "WORTH_IT", 1)


@pytest.mark.usefixtures("every_part_is_worth_it")
@pytest.mark.parametrize(("threads", "size", "count"), [(1, 10, 1), (3, 10, 3), (8, 5, 5), (2, 0, 1)])
def test_every_row_is_in_one_part(threads: int, size: int, count: int) -> None:
    found = in_parts(threads, size, lambda part: np.arange(part.start, part.stop))
    assert len(found) == count
    np.testing.assert_array_equal(np.concatenate(found), np.arange(size))


def test_few_people_are_one_part() -> None:
    assert in_parts(4, parts.WORTH_IT - 1, lambda part: part) == [slice(0, parts.WORTH_IT - 1)]


@pytest.mark.usefixtures("every_part_is_worth_it")
def test_parts_are_side_by_side() -> None:
    meeting = Barrier(2)
    in_parts(2, 10, lambda part: meeting.wait(timeout=20))  # alone, either would wait in vain


@pytest.mark.usefixtures("every_part_is_worth_it")
@pytest.mark.parametrize("threads", [1, 2, 5])
def test_tallies_add_up(threads: int) -> None:
    values = np.arange(97) % 7
    counts, total = np.ones(7, dtype=np.int64), np.zeros(1, dtype=np.int64)

    def count(part: slice, counts: parts.Tally, total: parts.Tally) -> None:
        counts += np.bincount(values[part], minlength=7)
        total += values[part].sum()

    tallied(threads, values.size, (counts, total), count)
    np.testing.assert_array_equal(counts, 1 + np.bincount(values))
    assert total[0] == values.sum()


@pytest.mark.usefixtures("every_part_is_worth_it")
@pytest.mark.parametrize("failing", [0, 7])
def test_an_error_in_a_part_is_told(failing: int) -> None:
    def work(part: slice) -> None:
        if part.start <= failing < part.stop:
            raise ValueError("cannot")

    with pytest.raises(ValueError, match="cannot"):
        in_parts(2, 10, work)


@pytest.mark.usefixtures("every_part_is_worth_it")
def test_a_run_is_the_same_in_any_number_of_parts() -> None:
    models = [TechsimModel(BASELINE, scale=2000, threads=threads) for threads in (1, 3)]
    for _ in range(20):
        for model in models:
            model.step()
    one, other = (model.world for model in models)
    for name, array in one.recorder.arrays.items():
        np.testing.assert_array_equal(array, other.recorder.arrays[name], err_msg=name)
    for name in ("id", "labour", "since", "employer", "currency", "flags"):
        np.testing.assert_array_equal(getattr(one.people, name), getattr(other.people, name), err_msg=name)

"""What a run says does not hang on how many people stand for the country: matching is by single vacancies (W2)."""

from __future__ import annotations

import numpy as np
import pytest

from model.runs import Case, record
from techsim.experiment.simulate import tables

SCALES = (100, 400)
END = "2011-12"
CLOSE = {"vacancies": 0.15, "unemployed": 0.06, "hires_from_vacancies": 0.08, "employed": 0.01}
"""Largest relative difference between the scales; chance alone gives about a third of each at 1:400."""


@pytest.fixture(scope="module")
def found() -> list[dict[str, float]]:
    """Sums over 2009-2011, in persons, by scale."""
    result = []
    for scale in SCALES:
        recorder = record(Case(end=END, scale=scale, path="historical"))
        result.append({name: scale * float(recorder.arrays[name][12:].sum()) for name in CLOSE})
    return result


@pytest.mark.parametrize("name", CLOSE)
def test_coarse_and_fine_runs_agree(found: list[dict[str, float]], name: str) -> None:
    fine, coarse = (values[name] for values in found)
    assert coarse == pytest.approx(fine, rel=CLOSE[name])


def test_technical_vacancies_agree() -> None:
    technical = tables().dimensions.occupation_technical
    fine, coarse = (
        scale * float(record(Case(end=END, scale=scale, path="historical")).arrays["vacancies"][12:, technical].sum())
        for scale in SCALES
    )
    assert np.log(coarse / fine) == pytest.approx(0.0, abs=0.2)

"""What a run says does not hang on how many people stand for the country: matching is by single vacancies (W2)."""

from __future__ import annotations

import numpy as np
import pytest

from model.runs import Case, finished, record, scenario
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
    """Of one run at 1:400 they have a standard error of 6 %; of three the mean is compared."""
    technical = tables().dimensions.occupation_technical
    fine_scale, coarse_scale = SCALES
    of_seeds = [
        coarse_scale * float(one.arrays["vacancies"][12:, technical].sum())
        for one in (
            record(Case(end=END, scale=coarse_scale, path="historical")),
            *(finished(scenario(end=END, scale=coarse_scale, seed=s)).world.recorder for s in (2, 3)),
        )
    ]
    fine = record(Case(end=END, scale=fine_scale, path="historical"))
    expected = fine_scale * float(fine.arrays["vacancies"][12:, technical].sum())
    assert np.log(np.mean(of_seeds) / expected) == pytest.approx(0.0, abs=0.2)

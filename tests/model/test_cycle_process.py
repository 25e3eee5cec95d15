"""The stochastic cycle in whole runs: recorded, paired, and nothing else moves before its start."""

from __future__ import annotations

import numpy as np

from model.runs import finished, scenario
from techsim.data.cycle import gap_path
from techsim.population.clock import month_index
from techsim.results.recorder import Recorder

START, SHOCKED = "2009-07", 18
"""The first month of chance, and its place in the record."""


def run(process: bool, seed: int = 1, gaps: dict[str, float] | None = None) -> Recorder:
    """Two and a half years at a coarse scale."""
    what = scenario(end="2010-06", scale=2000, seed=seed, gaps=gaps or {}, process=START if process else None)
    return finished(what).world.recorder


def test_nothing_differs_before_the_start_and_the_economy_after_it() -> None:
    without, chance = run(False), run(True)
    for name in ("output_gap", "vacancies", "employed", "unemployed", "hires"):
        one, other = without.arrays[name], chance.arrays[name]
        assert np.array_equal(one[:SHOCKED], other[:SHOCKED]), name
        assert not np.array_equal(one[SHOCKED:], other[SHOCKED:]), name
    assert np.array_equal(without.arrays["births"], chance.arrays["births"])


def test_the_gap_is_recorded_and_shared_by_scenarios_of_one_seed() -> None:
    path = gap_path("historical", month_index(2008, 1), month_index(2010, 6))
    first, again, other = (run(True, seed).arrays["output_gap"] for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert np.array_equal(first[:SHOCKED], path[:SHOCKED])
    assert (first[SHOCKED:] != other[SHOCKED:]).all()
    slump = run(True, gaps={"2009": -0.08, "2010": -0.08}).arrays["output_gap"]
    np.testing.assert_allclose(slump[SHOCKED:] + 0.08, first[SHOCKED:] - path[SHOCKED:], rtol=0, atol=1e-15)

"""Commuters of December: equal to a count by hand, and to the staff of the regions."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from techsim.data.inputs import load_tables
from techsim.mechanisms.working.kernels import count_commuters
from techsim.model.simulation import TechsimModel
from techsim.population.states import Labour

SCENARIO = Path(__file__).resolve().parents[3] / "scenarios" / "baseline.yaml"
TABLES = load_tables()


def test_the_kernel_counts_as_by_hand() -> None:
    rng = np.random.default_rng(4)
    labour = rng.integers(0, 4, 400).astype(np.int8)
    region, job_region, occupation = (rng.integers(0, 3, 400).astype(np.int8) for _ in range(3))
    technical = np.array([True, False, True])
    found = np.zeros((3, 3, 2), dtype=np.int64)
    count_commuters(labour, region, job_region, occupation, technical, found)
    wanted = np.zeros_like(found)
    for k in range(400):
        if labour[k] == int(Labour.EMPLOYED):
            wanted[region[k], job_region[k], int(technical[occupation[k]])] += 1
    assert wanted.sum() > 0
    assert np.array_equal(found, wanted)


def test_commuters_of_december_are_the_staff_of_the_regions() -> None:
    model = TechsimModel(SCENARIO, scale=2000, tables=TABLES)
    for _ in range(12):
        model.step()
    record = model.world.recorder
    commuters = record.arrays["commuting"][0]
    assert record.indicators["commuting"].groups == ("region", "job_region", "technical_occupation")
    technical = TABLES.dimensions.occupation_technical
    staff = model.world.labour.staff
    assert np.array_equal(commuters.sum(axis=(0, 2)), staff.sum(axis=(0, 1, 2)))
    assert commuters[..., 1].sum() == staff[:, technical].sum()
    assert commuters.sum() > np.trace(commuters.sum(axis=2)) > 0.8 * commuters.sum()

"""W5 in labour-market regions: clusters stand out in their landsdeel at the start, and ten years later."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from techsim.data.refining import landsdelen_of, tables_of
from techsim.model.simulation import TechsimModel

SCENARIO = """
name: Clusters
period: {start: 2008-01, end: 2018-01}
population: {scale: 500, regions: labour_market_regions}
"""
TABLES = tables_of("labour_market_regions")
BRAINPORT = ("Zuidoost-Brabant", "Helmond-De Peel")


@lru_cache(maxsize=1)
def staff() -> np.ndarray:
    """Of January 2008 and 2018; (years, employers, occupations, levels, regions)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clusters.yaml"
        path.write_text(SCENARIO, encoding="utf-8")
        model = TechsimModel(path, draw_seed=1)
    before = model.world.labour.staff.copy()
    for _ in range(120):
        model.step()
    return np.stack([before, model.world.labour.staff]).astype(float)


@pytest.mark.parametrize("year", [0, 1])
@pytest.mark.parametrize(
    # At this scale a part has some 500 to 1,400 jobs, so that a ratio has a standard error of a tenth or less.
    ("names", "sectors", "least"),
    [
        (BRAINPORT, ("manufacturing", "ict"), 1.2),
        (("Rijnmond",), ("trade_transport", "energy_utilities"), 1.1),
        (("Haaglanden",), ("ict", "business_services"), 1.15),
        (("Twente",), ("manufacturing", "ict"), 1.1),
    ],
)
def test_clusters_last(year: int, names: tuple[str, ...], sectors: tuple[str, ...], least: float) -> None:
    dims = TABLES.dimensions
    of_sectors = np.isin(np.asarray(dims.sector)[np.asarray(dims.employer_sector)], sectors)
    mine, rest = here(names)
    jobs = staff()[year].sum(axis=(1, 2))
    share = [jobs[of_sectors][:, kept].sum() / jobs[:, kept].sum() for kept in (mine, rest)]
    assert share[0] > least * share[1]


@pytest.mark.parametrize("year", [0, 1])
def test_brainport_keeps_more_technical_work_than_the_rest_of_its_landsdeel(year: int) -> None:
    mine, rest = here(BRAINPORT)
    groups = staff()[year].sum(axis=(0, 2))
    technical = groups[TABLES.dimensions.occupation_technical].sum(axis=0)
    share = [technical[kept].sum() / groups[:, kept].sum() for kept in (mine, rest)]
    assert share[0] > share[1] + 0.01


def here(names: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """The parts of these names, and the rest of their landsdeel."""
    whole, mine = np.asarray(landsdelen_of(TABLES.dimensions)), np.isin(TABLES.dimensions.region, names)
    return mine, (whole == whole[mine][0]) & ~mine

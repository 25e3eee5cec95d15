"""Refined regions: what is split adds up, what is copied holds, and the model runs with them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import techsim
from techsim.data.inputs import load_tables
from techsim.data.reader import TableError, path_of
from techsim.data.refining import RULES, landsdelen_of, read_mapping, refined
from techsim.model.simulation import TechsimModel
from techsim.scenario import ScenarioError

COARSE, FINE = load_tables(), refined()
PARTS = read_mapping()
OF = np.repeat(np.arange(len(PARTS)), [len(parts) for parts in PARTS.values()])
SCENARIO = Path(__file__).resolve().parent.parent.parent / "scenarios" / "baseline.yaml"


def summed(fine: np.ndarray, axis: int = -1) -> np.ndarray:
    """Parts added up to the regions that they are of."""
    moved = np.moveaxis(fine, axis, 0)
    return np.moveaxis(np.stack([moved[k == OF].sum(axis=0) for k in range(len(PARTS))]), 0, axis)


def test_the_parts_are_regions_and_add_up() -> None:
    assert FINE.dimensions.region == tuple(part.name for parts in PARTS.values() for part in parts)
    assert len(FINE.dimensions.region) > len(COARSE.dimensions.region)
    for name in ("start", "births", "immigrants"):
        fine, coarse = getattr(FINE.demography, name), getattr(COARSE.demography, name)
        assert summed(fine).sum() == pytest.approx(coarse.sum(), rel=1e-6)
        assert summed(fine)[..., 0].sum() == pytest.approx(coarse[..., 0].sum(), rel=0.01)
    assert summed(FINE.regions.places) == pytest.approx(COARSE.regions.places)
    assert FINE.regions.urban == pytest.approx(COARSE.regions.urban[OF])
    assert FINE.labour.region_trend == pytest.approx(COARSE.labour.region_trend[OF])


def test_commuters_to_other_regions_are_as_many() -> None:
    fine = summed(FINE.labour.commuting)
    assert fine == pytest.approx(COARSE.labour.commuting[OF])
    assert (np.diag(FINE.labour.commuting) > 0.8 * np.diag(COARSE.labour.commuting)[OF]).all()


def test_every_table_with_a_region_has_a_rule() -> None:
    special = {"dimensions", "demand_trends", "commuting", "region_refinement"}
    for path in path_of("dimensions").parent.glob("*.csv"):
        header = path.read_text(encoding="utf-8").splitlines()[0].split(",")
        assert ("region" in header or "job_region" in header) <= (path.stem in {*RULES, *special}), path.stem


def test_shares_that_do_not_add_up_are_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "mine.csv"
    wrong.write_text("part,region,share,own,source,status\nA,North,0.4,0.9,made,assumption\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"mine.*adds up"):
        read_mapping(wrong)


def test_a_year_runs_with_refined_regions() -> None:
    model = TechsimModel(SCENARIO, scale=2000, tables=FINE)
    for _ in range(12):
        model.step()
    assert model.world.people.region.max() == len(OF) - 1
    assert model.world.recorder.arrays["moves"].sum() > 0
    assert set(model.auditor.largest.values()) == {0}


def test_a_scenario_asks_for_provinces_and_levers_name_landsdelen(tmp_path: Path) -> None:
    path = tmp_path / "provinces.yaml"
    path.write_text(
        "name: Provinces\nperiod: {end: 2009-06}\npopulation: {scale: 2000, regions: provinces}\n"
        "levers:\n  - career_guidance: {start: 2008-01, regions: [North]}\n",
        encoding="utf-8",
    )
    data = techsim.load(path).run()
    assert tuple(data.region.values) == FINE.dimensions.region
    model = TechsimModel(path)
    (lever,) = model.world.institutions.government.levers
    north = {part.name for part in read_mapping()["North"]}
    assert {r for r, on in zip(FINE.dimensions.region, lever.regions, strict=True) if on} == north
    assert landsdelen_of(COARSE.dimensions) == COARSE.dimensions.region


def test_unknown_regions_are_an_error_with_the_nearest_name(tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text("name: Wrong\npopulation: {regions: province}\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"(?s)wrong.yaml:2:23.*did you mean .provinces"):
        techsim.load(path)

"""Derived indicators, against numbers worked out by hand."""

import numpy as np
import pytest
from small_results import LABELS, busy, dataset, recorder

from techsim.population.clock import month_index
from techsim.results.derived import DERIVED, derive

MARCH = month_index(2008, 3)
JULY = month_index(2008, 7)


def at(**labels):
    """Index of a cell, by the order in which the labels are given."""
    return tuple(LABELS[name].index(label) for name, label in labels.items())


@pytest.fixture
def data():
    """Results in which a few cells are filled."""
    filled = recorder()
    employed, unemployed = filled.slot("employed", MARCH), filled.slot("unemployed", MARCH)
    inside = {"level": "hbo", "region": "North", "sector": "manufacturing"}
    employed[at(field="metal", **inside, technical_occupation=True)] = 6
    employed[at(field="metal", **inside, technical_occupation=False)] = 2
    employed[at(field="health", **inside, technical_occupation=True)] = 1
    employed[at(field="general", level="mbo1", region="East", sector="health_care", technical_occupation=False)] = 9
    unemployed[at(field="metal", level="hbo", region="North")] = 1
    unemployed[at(field="general", level="mbo1", region="East")] = 1
    vacancies = filled.slot("vacancies", MARCH)
    vacancies[at(occupation="technical_metal", level="hbo", region="North", sector="manufacturing")] = 3
    vacancies[at(occupation="health", level="hbo", region="East", sector="health_care")] = 5
    leavers = filled.slot("school_leavers_working", MARCH)
    leaver = {"sex": "female", "background": "native", "region": "East"}
    leavers[at(level="mbo4", **leaver, placement="own_field")] = 5
    leavers[at(level="mbo4", **leaver, placement="other_field")] = 2
    leavers[at(level="mbo4", **leaver, placement="below_level")] = 2
    leavers[at(level="mbo4", **leaver, placement="other_field_below_level")] = 1
    leavers[at(level="hbo", **leaver, placement="own_field")] = 10
    places = filled.slot("apprenticeship_places", MARCH)
    places[at(sector="manufacturing", region="North", place="offered")] = 8
    places[at(sector="manufacturing", region="North", place="filled")] = 6
    choices = filled.slot("profile_choices", month_index(2008, 8))
    for sex, technical, count in (("male", True, 3), ("male", False, 1), ("female", True, 1), ("female", False, 3)):
        choices[at(track="havo", sex=sex, background="native", region="North", technical=technical)] = count
    choices[at(track="vmbo_tl", sex="male", background="native", region="North", technical=True)] = 10
    entrants = filled.slot("entrants", month_index(2008, 9))
    students = filled.slot("students", month_index(2008, 10))
    for level, pathway, sex, technical, count in (
        ("mbo2", "bol", "male", True, 3),
        ("mbo4", "bbl", "male", False, 1),
        ("mbo4", "bol", "female", False, 4),
        ("wo", "none", "female", True, 2),
    ):
        cell = at(level=level, pathway=pathway, sex=sex, region="East", technical=technical)
        entrants[cell] = students[cell] = count
    graduates = filled.slot("graduates", JULY)
    for region, technical, count in (("North", True, 1), ("North", False, 3), ("East", True, 3), ("East", False, 1)):
        graduates[at(level="hbo", pathway="none", sex="male", region=region, technical=technical)] = count
    return derive(dataset(filled)).sel(draw=0)


def test_unemployment(data):
    now = data.sel(time="2008-03").squeeze("time")
    assert now["unemployment_rate"] == pytest.approx(2 / 20)
    assert now["unemployment_rate_level"].sel(level="hbo") == pytest.approx(1 / 10)
    assert now["unemployment_rate_region"].sel(region="East") == pytest.approx(1 / 10)
    assert now["unemployment_rate_field"].sel(field="metal") == pytest.approx(1 / 9)
    assert np.isnan(now["unemployment_rate_level"].sel(level="wo"))


def test_technicians_and_vacancies(data):
    now = data.sel(time="2008-03").squeeze("time")
    assert now["technicians"] == 700
    assert now["technicians_level"].sel(level="mbo1") == 0
    assert now["vacancies_total"] == 800
    assert now["technical_vacancies"] == 300
    assert now["technical_vacancies_region"].values.tolist() == [300, 0]
    assert now["tightness"] == pytest.approx(8 / 2)
    assert now["technical_education_used"].sel(level="hbo") == pytest.approx(6 / 8)
    assert data["technicians"].dtype.kind == "i"


def test_leakage_and_underuse(data):
    year = data.sel(year=2008)
    assert year["leakage"].sel(level="mbo4") == pytest.approx(3 / 10)
    assert year["underuse"].sel(level="mbo4") == pytest.approx(3 / 10)
    assert year["leakage"].sel(level="hbo") == 0
    assert np.isnan(year["leakage"].sel(level="wo"))
    assert year["leakage_total"] == pytest.approx(3 / 20)
    assert year["underuse_total"] == pytest.approx(3 / 20)


def test_choices(data):
    year = data.sel(year=2008)
    assert year["n_profile_share"].sel(track="havo").values == pytest.approx([0.75, 0.25])
    assert year["n_profile_share_track"].sel(track="havo") == pytest.approx(0.5)
    assert year["n_profile_share_background"].sel(track="havo", background="native") == pytest.approx(0.5)
    assert year["n_profile_pupils"] == 400
    assert np.isnan(data["n_profile_pupils"].sel(year=2007))


def test_entrants_students_graduates(data):
    year = data.sel(year=2008)
    assert year["technical_entrant_share"].sel(level="mbo4").values == pytest.approx([0, 0])
    assert year["technical_entrant_share_level"].sel(level="wo") == 1
    assert year["technical_entrant_share_mbo"].values == pytest.approx([3 / 4, 0])
    assert year["students_level"].sel(level="mbo4") == 500
    assert year["mbo_students"].values.tolist() == [700, 100, 0]
    assert year["mbo_students"].pathway.values.tolist() == ["bol", "bbl", "none"]
    before = data.sel(year=2007)
    assert before["technical_graduate_share"] == pytest.approx(0.5)
    assert before["technical_graduate_share_region"].values == pytest.approx([1 / 4, 3 / 4])
    assert np.isnan(before["technical_entrant_share_level"]).all()


def test_goals_are_indicators(data):
    """K5: each goal of the Technology Pact has its indicator, derived from counts; nothing in the model reads it."""
    goals = {"technical_graduate_share", "technical_graduate_share_region", "technical_graduate_share_level"}
    assert {derived.name for derived in DERIVED if derived.mechanism == "K5"} >= goals
    for name in goals:
        assert data[name].attrs["units"] == "share"
        assert ((data[name] >= 0) & (data[name] <= 1) | np.isnan(data[name])).all()


def test_places(data):
    assert data["apprenticeship_filled_share"].sel(year=2008, region="North") == pytest.approx(6 / 8)


def test_recorded_variables_are_not_replaced():
    raw = dataset(busy(1))
    raw["leakage"] = raw["output_gap"] * 0 + 42
    assert (derive(raw)["leakage"] == 42).all()


def test_what_is_missing_is_left_out():
    raw = dataset(busy(1)).drop_vars("unemployed")
    data = derive(raw)
    assert "unemployment_rate" not in data
    assert "technicians" in data


def test_each_is_described_and_its_dims_lead_with_draw():
    filled = busy(1), busy(2)
    for one in filled:
        one.arrays["apprenticeship_places"][..., 0] += 100
    data = derive(dataset(*filled))
    names = [derived.name for derived in DERIVED]
    assert len(names) == len(set(names))
    for derived in DERIVED:
        if derived.name not in data:
            assert derived.needs == ("field_switches",)
            continue
        variable = data[derived.name]
        assert variable.dims[0] == "draw"
        assert variable.dims[1] in ("time", "year")
        assert set(variable.attrs) >= {"units", "long_name", "mechanism", "kind", "period", "derived_from"}
        if variable.attrs["units"] == "share":
            known = variable.values[~np.isnan(variable.values)]
            assert ((known >= 0) & (known <= 1)).all()

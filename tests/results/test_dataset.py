"""The Dataset: persons, axes, what is unknown, and names as the outputs contract has them."""

from types import SimpleNamespace

import numpy as np
import pytest
from small_results import DIMENSIONS, FIRST, INDICATORS, LABELS, LAST, busy, dataset, record, recorder

from techsim.data.dimensions import load_dimensions
from techsim.population.clock import month_index
from techsim.results.coordinates import AGE_GROUP, age_group_starts, coordinates, of_scenario, sizes
from techsim.results.dataset import build


def test_counts_are_written_in_persons_and_stay_whole():
    filled = recorder()
    filled.slot("hires", month_index(2008, 3))[:] = [2, 5]
    data = dataset(filled, scale=100)
    assert data["hires"].dtype == np.int32
    assert data["hires"].sel(draw=0, time="2008-03").values.tolist() == [[200, 500]]
    assert int(data["hires"].sum()) == 700


def test_counts_that_need_it_are_wide():
    filled = recorder()
    filled.slot("hires", FIRST)[0] = 2**31
    data = dataset(filled, scale=1)
    assert data["hires"].dtype == np.int64
    assert int(data["hires"].max()) == 2**31


def test_money_and_shares_are_not_scaled():
    filled = recorder()
    filled.slot("spending", FIRST)[...] = 1500.5
    filled.slot("output_gap", FIRST)[...] = -0.03
    data = dataset(filled)
    assert data["spending"].sel(year=2008).item() == 1500.5
    assert data["output_gap"].values[0, 0] == -0.03
    assert data["spending"].sel(year=2009).item() == 0.0  # nothing spent is known, not unknown


def test_a_year_that_nobody_recorded_is_unknown_but_a_recorded_zero_is_zero():
    filled = recorder()
    filled.slot("entrants", month_index(2008, 9))[...] = 0
    filled.slot("graduates", month_index(2008, 7))[0] = 1
    data = dataset(filled)
    assert np.isnan(data["entrants"].sel(year=2007)).all()
    assert (data["entrants"].sel(year=2008) == 0).all()
    assert float(data["graduates"].sel(year=2007).sum()) == 100 * 3 * 2 * 2 * 2


def test_a_yearly_flow_that_the_run_cuts_short_is_unknown():
    filled = recorder()
    for month in range(FIRST, FIRST + 18):
        filled.slot("births", month)[...] += 1
        filled.slot("students", month)[...] += 1
    data = dataset(filled)
    assert (data["births"].sel(year=2008) == 1200).all()
    assert np.isnan(data["births"].sel(year=2009)).all()
    assert not np.isnan(data["students"].sel(year=2008)).any()  # a stock needs no whole year


def test_what_is_written_past_the_slots_counts_as_recorded():
    filled = recorder()
    filled.arrays["births"][1, 0] = 4
    data = dataset(filled)
    assert np.isnan(data["births"].sel(year=2008)).all()
    assert data["births"].sel(year=2009).values.tolist() == [[400, 0]]


def test_the_year_axis_holds_calendar_and_school_years():
    data = dataset(busy(1))
    assert data["year"].values.tolist() == [2007, 2008, 2009]
    assert data["months_simulated"].values.tolist() == [0, 12, 12]
    assert data["school_year_months_simulated"].values.tolist() == [7, 12, 5]
    assert np.isnan(data["births"].sel(year=2007)).all()
    assert not np.isnan(data["students"]).any()
    assert data["cohort"].values.tolist() == [2007, 2008, 2009]


def test_time_is_the_first_day_of_each_month():
    data = dataset(busy(1))
    assert data["time"].dtype == np.dtype("datetime64[ns]")
    assert str(data["time"].values[0])[:10] == "2008-01-01"
    assert str(data["time"].values[-1])[:10] == "2009-12-01"
    assert data.sizes["time"] == 24


def test_variables_say_what_they_are():
    data = dataset(busy(1))
    for item in INDICATORS:
        attributes = data[item.name].attrs
        assert (attributes["units"], attributes["long_name"]) == (item.unit, item.long_name)
        assert (attributes["mechanism"], attributes["kind"], attributes["period"]) == (
            item.mechanism,
            item.kind,
            item.period,
        )
        assert data[item.name].dims[0] == "draw"
        assert data[item.name].dims[2:] == item.groups


def test_draws_are_in_order_whatever_order_they_come_in():
    first, second = busy(1), busy(2)
    records = [record(second, 1), record(first, 0)]
    data = build(INDICATORS, records, LABELS, FIRST, LAST, {})
    assert data["draw"].values.tolist() == [0, 1]
    assert data["seed"].values.tolist() == [7, 8]
    assert data.equals(build(INDICATORS, records[::-1], LABELS, FIRST, LAST, {}))
    assert np.array_equal(data["hires"].values[0], first.arrays["hires"] * 100)


def test_labels_that_do_not_fit_are_an_error():
    labels = LABELS | {"region": ("North", "East", "West")}
    with pytest.raises(ValueError, match="shape"):
        build(INDICATORS, [record(busy(1))], labels, FIRST, LAST, {})


def test_labels_match_the_outputs_contract():
    labels = coordinates(load_dimensions())
    assert labels["level"] == ("mbo1", "mbo2", "mbo3", "mbo4", "hbo", "wo")
    assert set(labels["track"]) >= {"vmbo_bb", "vmbo_kb", "vmbo_gl", "vmbo_tl", "havo", "vwo"}
    assert labels["pathway"] == ("bol", "bbl", "none")
    assert labels["technical"] == (False, True)
    assert labels["technical_occupation"] == (False, True)
    assert labels["sex"] == ("male", "female")
    assert labels["background"] == ("native", "western", "non_western")
    assert labels["region"] == ("North", "East", "North-West", "South-West", "South-East")
    assert labels["placement"][:3] == ("own_field", "other_field", "below_level")
    assert labels["place"] == ("offered", "filled")
    assert labels["flow"] == ("immigration", "emigration")
    assert [name for name in labels["occupation"] if name.startswith("technical_")] == [
        "technical_construction",
        "technical_metal",
        "technical_ict",
        "technical_process",
    ]
    assert min(sizes(labels).values()) > 0


def test_age_groups_cover_every_age_once():
    assert len(AGE_GROUP) == len(age_group_starts())
    assert AGE_GROUP[0] == "0-4"
    assert AGE_GROUP[-1] == "95+"
    assert age_group_starts()[3] == 15


def test_levers_of_a_scenario_name_the_ledger():
    guidance = SimpleNamespace(name="career_guidance", items=("guidance", "events"))
    other = SimpleNamespace(name="other", items=("events",))
    catalogue = SimpleNamespace(levers={"career_guidance": guidance, "other": other})
    labels = of_scenario(SimpleNamespace(levers=(guidance, other)), catalogue, DIMENSIONS)
    assert labels["lever"] == ("career_guidance", "other")
    assert labels["item"] == ("guidance", "events")
    none = of_scenario(SimpleNamespace(levers=()), catalogue, DIMENSIONS)
    assert none["lever"] == none["item"] == ("none",)

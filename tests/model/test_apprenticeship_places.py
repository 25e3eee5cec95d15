"""Apprenticeship places, their subsidy and the bridging scheme in the whole model (L4)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import techsim
from model.runs import Case, finished, record, scenario
from techsim.experiment.simulate import tables
from techsim.experiment.twins import twins
from techsim.model.checks import Auditor
from techsim.model.schedule import MONTH
from techsim.model.simulation import TechsimModel
from techsim.results.bridging import evaluate, fewer_places
from techsim.results.recorder import Recorder

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
BBL = {2009: 167_000, 2011: 154_400, 2013: 120_700, 2015: 95_700}


def file_of(folder: Path, name: str, extends: str, lines: str = "") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(f"name: {name}\nextends: {(SCENARIOS / extends).as_posix()}.yaml\n{lines}", encoding="utf-8")
    return path


def run_of(folder: Path, name: str, extends: str, lines: str = "") -> xr.Dataset:
    return techsim.load(file_of(folder, name, extends, lines)).run()


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> xr.Dataset:
    """The baseline to 2020 at 1:200."""
    lines = "period: {end: 2020-12}\npopulation: {scale: 200}\n"
    return run_of(tmp_path_factory.mktemp("history"), "history", "baseline", lines)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[xr.Dataset, xr.Dataset]:
    """The recession of 2026 with and without the bridging scheme, at 1:400, three draws: one has luck of some 2,000
    diplomas. To 2032, when the last of its places (of 2029) are paid for to the end."""
    folder = tmp_path_factory.mktemp("pair")
    lines = "period: {end: 2032-12}\npopulation: {scale: 400}\ndraws: {number: 3}\n"
    return twins(
        file_of(folder, "with", "recession_2026_bridging", lines), file_of(folder, "without", "recession_2026", lines)
    )


def test_bbl_students_of_history(history: xr.Dataset) -> None:
    """Figures mbo_students, and P0462 ff. of 2019/20, within a tenth; bol rises meanwhile."""
    students = history.students.isel(draw=0).sum(["level", "sex", "region", "technical"])
    for year, wanted in {**BBL, 2019: 127_755}.items():
        assert students.sel(year=year, pathway="bbl").item() == pytest.approx(wanted, rel=0.1), year
    assert students.sel(year=2015, pathway="bol") > students.sel(year=2009, pathway="bol")


def test_places_of_2012_and_2013(history: xr.Dataset) -> None:
    """Figures apprentice_training_spend: a tenth fewer in a year."""
    offered = history.apprenticeship_places.isel(draw=0).sel(place="offered").sum(["occupation", "region"])
    change = offered.sel(year=2013).item() / offered.sel(year=2012).item() - 1
    assert change == pytest.approx(-0.10, abs=0.04)


def test_places_filled_never_exceed_those_offered(history: xr.Dataset) -> None:
    places = history.apprenticeship_places.isel(draw=0).sel(year=slice(2008, None))
    assert (places.sel(place="filled") <= places.sel(place="offered")).all()
    assert places.sel(place="filled", year=2012).sum() > 50_000
    by_sector = history.places_by_sector.isel(draw=0).sel(year=slice(2008, None)).sum(["sector", "firm_size"])
    np.testing.assert_array_equal(by_sector, places.sel(place="offered").sum("occupation"))
    internships = history.internship_places.isel(draw=0).sum(["region"])
    assert (internships.sel(internship="filled") <= internships.sel(internship="offered")).all()


def test_no_more_begin_bbl_than_there_are_places_in_a_group_and_region() -> None:
    """By the cells in which places are sought, at the intake: those taken are those that are no longer free."""
    model = TechsimModel(scenario("2011-12", 400), tables=tables())
    world, education = model.world, model.world.tables.education
    bbl = education.programme_pathway == world.tables.dimensions.pathway.index("bbl")
    seen = 0
    while model.running:
        if world.calendar_month != 8:  # the month before the next
            model.step()
            continue
        world.month += 1
        world.recorder.slot("output_gap", world.month)[...] = world.gap
        for entry in MONTH:
            if world.calendar_month not in entry.months:
                continue
            free = world.labour.places_free.copy()
            entry.process(world)
            if entry.name != "onward choice and intake":
                continue
            people, taken = world.people, np.zeros_like(free)
            new = np.flatnonzero((people.programme >= 0) & (people.enrolled == world.month) & bbl[people.programme])
            np.add.at(taken, (education.programme_field[people.programme[new]], people.region[new]), 1)
            np.testing.assert_array_equal(free - taken, world.labour.places_free)
            assert (world.labour.places_free >= 0).all()
            seen += new.size
        model.auditor = Auditor()
    assert seen > 300


def test_internships_were_short_in_2020(history: xr.Dataset) -> None:
    """Figures place_shortage_covid: 20,587, 4 % of mbo students."""
    lacking = history.internship_places.isel(draw=0).sel(internship="lacking").sum(["region", "technical"])
    assert 12_000 < lacking.sel(year=2020).item() < 32_000
    assert lacking.sel(year=2019) < 0.2 * lacking.sel(year=2020)


def test_a_quarter_offers_fewer_without_the_subsidy_and_more_in_a_slump(history: xr.Dataset, tmp_path: Path) -> None:
    """Figures subsidy_dependence, at the time of the survey (2018); more in the slump (2014)."""
    lost = {}
    for year in (2014, 2018):
        lines = (
            f"period: {{end: {year}-12}}\npopulation: {{scale: 200}}\n"
            f"levers:\n  - praktijkleren: {{start: 2014-01, end: {year}-07}}\n"
        )
        without = run_of(tmp_path, f"without_{year}", "baseline", lines)
        lost[year] = fewer_places(history, without).sel(year=year).item()
    assert 0.19 < lost[2018] < 0.31
    assert lost[2018] < lost[2014] < 0.36


def test_four_in_five_bbl_graduates_stay_with_their_employer(history: xr.Dataset) -> None:
    """Figures bbl_retention: 80 to 82 %; fewer in the slump, out of what employers decide."""
    finished = history.apprentices_finished.isel(draw=0).sum("occupation").sel(year=slice(2008, 2018))
    kept = finished.sel(stayed=True) / finished.sum("stayed")
    assert kept.mean().item() == pytest.approx(0.81, abs=0.04)
    assert kept.sel(year=[2013, 2014]).mean() < kept.sel(year=[2008, 2009]).mean() - 0.05
    assert kept.min() > 0.6


def test_the_bridging_scheme_carries_training_through_the_slump(pair: tuple[xr.Dataset, xr.Dataset]) -> None:
    """bbl intake falls less, technical graduates follow, most of the money pays for what was there anyway."""
    found = evaluate(*pair, years_after=2).mean("draw")
    intake = [data.apprenticeship_intake.sum(["region", "technical"]).mean("draw") for data in pair]
    for year in (2026, 2027, 2028):
        assert intake[0].sel(year=year) > 1.05 * intake[1].sel(year=year)
    diplomas = [
        data.graduates.sel(technical=True, level=["mbo1", "mbo2", "mbo3", "mbo4"], year=[2028, 2029]) for data in pair
    ]
    more = (
        diplomas[0].sum(["year", "level", "pathway", "sex", "region"])
        - diplomas[1].sum(["year", "level", "pathway", "sex", "region"])
    ).mean("draw")
    assert more.item() > 1_000  # some 3,100 in docs/apprenticeship_places.md, with luck of about 1,400 here
    assert 0.5 < found.deadweight.item() < 1.0
    assert found.places_more.item() > 10_000
    assert 30_000 < (found.cost / found.places_more).item() < 100_000


def test_before_the_slump_nothing_differs(tmp_path: Path) -> None:
    """Two whole runs, of which nothing is shared, with a slump in their third year."""
    lines = "period: {end: 2010-12}\npopulation: {scale: 1000}\ncycle: {table: {2008: 0.0, 2009: 0.0, 2010: -0.06}}\n"
    scheme = "levers:\n  - bridging_scheme: {when: {output_gap_below: -0.03}}\n"
    runs = [run_of(tmp_path, name, "baseline", lines + more) for name, more in (("with", scheme), ("without", ""))]
    for name in ("students", "graduates", "entrants", "apprenticeship_places"):
        assert np.array_equal(*(data[name].sel(year=slice(2008, 2009)).values for data in runs)), name
    assert runs[1].bridging_places.sum() == 0
    assert runs[0].bridging_places.sel(year=slice(2008, 2009)).sum() == 0 < runs[0].bridging_places.sum()


def test_without_a_slump_the_scheme_does_and_costs_nothing() -> None:
    """Identical bytes, but for its empty line in the ledger, in a boom as in years without a gap."""
    gaps = {"2008": 0.02, "2009": 0.03, "2010": 0.0}
    with_it = finished(scenario("2010-12", 1000, levers=({"bridging_scheme": {}},), gaps=gaps)).world.recorder
    without = record(Case(end="2010-12", scale=1000, gaps=tuple(gaps.items())))
    for name, array in without.arrays.items():
        if name == "spending":
            assert not with_it.arrays[name].any()
        else:
            assert with_it.arrays[name].tobytes() == array.tobytes(), name


def test_places_that_count_as_there_anyway_cost_less_and_draw_fewer() -> None:
    """Paid are fewer places; a firm that trains as before or not at all expects less, so that fewer are added."""
    gaps = tuple({"2009": -0.06, "2010": -0.05, "2011": -0.05}.items())
    runs = {
        share: record(
            Case(end="2011-12", scale=400, gaps=gaps, lever="bridging_scheme", fields=(("there_anyway", share),))
        )
        for share in (0.0, 0.5)
    }
    none = record(Case(end="2011-12", scale=400, gaps=gaps))
    paid = {share: float(found.arrays["bridging_places"].sum()) for share, found in runs.items()}
    began = {share: float(found.arrays["apprenticeship_intake"].sum()) for share, found in runs.items()}
    assert 0.2 * paid[0.0] < paid[0.5] < 0.7 * paid[0.0]
    assert none.arrays["apprenticeship_intake"].sum() < began[0.5] < began[0.0]
    spent = {share: float(found.arrays["spending"].sum()) for share, found in runs.items()}
    assert 0.0 < spent[0.5] < 0.7 * spent[0.0]


def test_every_euro_is_booked_once() -> None:
    """Spending is take-up times amounts, month by month, also when the slump, and with it the scheme, is over."""
    scheme = {"unit_cost": 3_600.0, "months": 30, "when": {"output_gap_below": -0.03}, "max_places": 20_000}
    subsidy = {"start": "2008-01", "volume": 0.5, "unit_cost": 2_400.0}
    gaps = {"2009": -0.06} | dict.fromkeys(("2010", "2011", "2012", "2013"), 0.0)
    what = scenario("2013-12", 400, levers=({"bridging_scheme": scheme}, {"praktijkleren": subsidy}), gaps=gaps)
    model = TechsimModel(what, tables=tables())
    world, due, months = model.world, np.zeros(2), []
    while model.running:
        model.step()
        bridged = 400 * int(world.labour.places.bridged.sum())
        due += bridged * 300.0, 400 * int(world.labour.places.apprentices.sum()) * 0.5 * 200.0
        months.append(bridged)
    booked = world.recorder.arrays["spending"].sum(axis=0)
    names = [lever.name for lever in what.levers]
    by_lever = {name: booked[i].sum() for i, name in enumerate(names)}
    assert [by_lever["bridging_scheme"], by_lever["praktijkleren"]] == pytest.approx(due.tolist())
    taken = 400 * world.recorder.arrays["bridging_places"].sum(axis=1)
    assert taken.max() <= 20_000
    assert taken.sum() > 10_000
    assert months[12 * 2 + 6] > 0, "places taken on in 2009 are paid for in 2010"
    assert months[-1] == 0


def test_the_ready_scenario_loads() -> None:
    study = techsim.load(SCENARIOS / "recession_2026_bridging.yaml")
    names = {lever.name for lever in study.scenario.levers}
    assert names == {"bridging_scheme", "praktijkleren", "wva_onderwijs", "deeltijd_ww_2009"}


def totals(recorder: Recorder) -> dict[str, float]:
    """Places offered and internships lacking over the run."""
    return {
        "offered": float(recorder.arrays["apprenticeship_places"][..., 0].sum()),
        "lacking": float(recorder.arrays["internship_places"][..., 2].sum()),
        "dropouts": float(recorder.arrays["dropouts"].sum()),
    }


@pytest.mark.parametrize(
    ("low", "high", "quantity"),
    [
        (Case(lever="wva_onderwijs", fields=(("volume", 0.0),)), Case(lever="wva_onderwijs"), "offered"),
        (
            Case(parameters=(("places.slump_weight", 30.0),)),
            Case(parameters=(("places.slump_weight", 0.0),)),
            "offered",
        ),
        (
            Case(parameters=(("internships.spare", 0.3),)),
            Case(parameters=(("internships.spare", 0.0),)),
            "lacking",
        ),
        (
            Case(parameters=(("internships.spare", 0.0), ("internships.dropout", 0.0))),
            Case(parameters=(("internships.spare", 0.0), ("internships.dropout", 0.5))),
            "dropouts",
        ),
    ],
)
def test_directions(low: Case, high: Case, quantity: str) -> None:
    assert totals(record(low))[quantity] < totals(record(high))[quantity]

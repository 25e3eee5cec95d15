"""Refined regions: what is split adds up, what is said of parts holds, and the model runs with them."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import techsim
from techsim.data.inputs import Tables, load_tables
from techsim.data.reader import TableError, path_of
from techsim.data.refining import MOST, PACKAGED, RULES, STUDY, Part, landsdelen_of, read_mapping, refined, tables_of
from techsim.data.regions import KIND, TAUGHT
from techsim.experiment import comparing
from techsim.experiment.comparing import ComparisonError
from techsim.experiment.study import load
from techsim.levers.hooks import LeverError
from techsim.model.simulation import TechsimModel
from techsim.scenario import ScenarioError

COARSE = load_tables()
MAPPING = {name: read_mapping(packaged=name) for name in PACKAGED}
SCENARIO = Path(__file__).resolve().parent.parent.parent / "scenarios" / "baseline.yaml"
WITHOUT_UNIVERSITY = ("Zeeland", "Drenthe", "Flevoland")

both = pytest.mark.parametrize("division", PACKAGED)
HEADER = "part,region,share,own,source,status\n"
MINE = HEADER + "Low,North,0.4,0.9,made,assumption\nHigh,North,0.6,0.9,made,assumption\n"


@cache
def fine_of(division: str) -> Tables:
    """The tables of a division, made when a test asks for them first."""
    return tables_of(division)


def of(division: str) -> np.ndarray:
    """Landsdeel of each part."""
    parts = MAPPING[division]
    return np.repeat(np.arange(len(parts)), [len(mine) for mine in parts.values()])


def every(division: str) -> list[Part]:
    return [part for mine in MAPPING[division].values() for part in mine]


def summed(fine: np.ndarray, division: str, axis: int = -1) -> np.ndarray:
    """Parts added up to the regions that they are of."""
    moved = np.moveaxis(fine, axis, 0)
    whole = of(division)
    return np.moveaxis(np.stack([moved[k == whole].sum(axis=0) for k in range(whole.max() + 1)]), 0, axis)


def tables_with(tmp_path: Path, text: str) -> Tables:
    (tmp_path / "mine.csv").write_text(text, encoding="utf-8")
    return refined(tmp_path / "mine.csv")


def scenario_with(tmp_path: Path, regions: str, more: str = "", name: str = "wrong.yaml") -> Path:
    path = tmp_path / name
    path.write_text(f"name: {path.stem}\npopulation: {{regions: {regions}}}\n{more}", encoding="utf-8")
    return path


@both
def test_the_parts_are_regions_and_add_up(division: str) -> None:
    fine, parts = fine_of(division), MAPPING[division]
    assert fine.dimensions.region == tuple(part.name for part in every(division))
    assert landsdelen_of(fine.dimensions) == tuple(region for region, mine in parts.items() for _ in mine)
    for name in ("start", "births", "immigrants"):
        whole, part = getattr(COARSE.demography, name), getattr(fine.demography, name)
        assert part.sum() == pytest.approx(whole.sum(), rel=1e-6)
        assert summed(part, division)[..., 0].sum() == pytest.approx(whole[..., 0].sum(), rel=0.01)
    assert summed(fine.regions.places, division) == pytest.approx(COARSE.regions.places, abs=1e-12)
    assert summed(fine.international.entrants, division) == pytest.approx(COARSE.international.entrants, rel=1e-9)
    assert summed(fine.teaching.mbo_schools, division) == pytest.approx(COARSE.teaching.mbo_schools, rel=1e-12)
    assert fine.labour.region_trend == pytest.approx(COARSE.labour.region_trend[of(division)])
    residents = np.array([part.share for part in every(division)])
    assert summed(residents * fine.regions.urban, division) == pytest.approx(COARSE.regions.urban, rel=1e-12)


def test_there_are_35_labour_market_regions_and_13_parts_of_provinces() -> None:
    assert {name: len(every(name)) for name in PACKAGED} == {"labour_market_regions": 35, "provinces": 13}


@both
def test_the_rows_themselves_add_up(division: str) -> None:
    """The tables are exact to the last digit written: nothing is left to the scaling of the reader."""
    with path_of(PACKAGED[division]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for k, region in enumerate(COARSE.dimensions.region):
        mine = [row for row in rows if row["region"] == region]
        for column in ("share", *STUDY, "mbo"):
            assert sum(float(row[column]) for row in mine) == pytest.approx(1.0, abs=1e-9), (region, column)
        urban = sum(float(row["share"]) * float(row["urban"]) for row in mine)
        assert urban == pytest.approx(COARSE.regions.urban[k], abs=1e-4), region


@both
def test_clusters_of_parts_add_up_to_those_of_their_region(division: str) -> None:
    """Over the region's jobs, by where people who live in it work; a part's quotients keep the ratios of its table."""
    fine, parts = fine_of(division).labour.clusters, every(division)
    assert summed(jobs_of(division)[:, None] * fine, division, axis=0) == pytest.approx(COARSE.labour.clusters)
    whole = of(division)
    for k in range(whole.max() + 1):
        mine = np.flatnonzero(whole == k)
        given = np.array([[dict(parts[p].sectors).get(s, 1.0) for s in COARSE.dimensions.sector] for p in mine])
        assert fine[mine] / fine[mine[:1]] == pytest.approx(given / given[:1])


def jobs_of(division: str) -> np.ndarray:
    """Share of the jobs that a region's residents hold within it, by part: from the commuters of the parts."""
    whole, parts = of(division), every(division)
    stay = fine_of(division).labour.commuting * (whole[:, None] == whole)
    jobs = np.array([part.share for part in parts]) @ stay
    return np.asarray(jobs / np.bincount(whole, jobs)[whole])


def test_clusters_are_told_apart_in_labour_market_regions() -> None:
    fine = fine_of("labour_market_regions")
    at = {name: k for k, name in enumerate(fine.dimensions.region)}
    for part, sector in (
        ("Zuidoost-Brabant", "manufacturing"),
        ("Zuidoost-Brabant", "ict"),
        ("Haaglanden", "ict"),
        ("Rijnmond", "trade_transport"),
        ("Rijnmond", "energy_utilities"),
        ("Twente", "manufacturing"),
        ("Twente", "ict"),
        ("Helmond-De Peel", "manufacturing"),
    ):
        s, whole = COARSE.dimensions.sector.index(sector), of("labour_market_regions")[at[part]]
        assert fine.labour.clusters[at[part], s] > 1.1 * COARSE.labour.clusters[whole, s], (part, sector)


def test_a_table_of_ones_own_may_say_where_clusters_are(tmp_path: Path) -> None:
    text = "part,region,share,own,ict,source,status\nLow,North,0.4,0.9,3,made,assumption\n"
    fine = tables_with(tmp_path, text + "High,North,0.6,0.9,1,made,assumption\n").labour.clusters
    ict = COARSE.dimensions.sector.index("ict")
    assert fine[:2, ict] == pytest.approx(COARSE.labour.clusters[0, ict] * np.array([3.0, 1.0]) / 1.8)
    rest = np.arange(len(COARSE.dimensions.sector)) != ict
    assert np.array_equal(fine[:2, rest], np.repeat(COARSE.labour.clusters[:1, rest], 2, axis=0))
    assert np.array_equal(fine[2:], COARSE.labour.clusters[1:])
    far = text.replace("ict", "agriculture_other").replace("0.4,0.9,3", "0.01,0.5,5")
    furthest = tables_with(tmp_path, far + "High,North,0.99,0.5,0.2,made,assumption\n")
    assert furthest.labour.clusters.max() > 20.0


@both
def test_universities_stand_in_their_cities(division: str) -> None:
    fine = fine_of(division)
    wo = fine.regions.places[TAUGHT.index("wo")]
    at = {name: k for k, name in enumerate(fine.dimensions.region)}
    assert (wo[:, [at[name] for name in WITHOUT_UNIVERSITY]] == 0.0).all()
    technical = wo[KIND.index("technical")]
    delft, eindhoven = ("Haaglanden", "Zuidoost-Brabant") if len(at) == 35 else ("South Holland", "Rest of Brabant")
    assert list(np.argsort(-technical)[:2]) == [at[delft], at[eindhoven]]
    assert technical[at[eindhoven]] > 0.15
    assert fine.regions.urban[at["Zeeland"]] < 0.5 * COARSE.regions.urban[COARSE.dimensions.region.index("South-West")]


@both
def test_commuters_to_other_regions_are_as_many(division: str) -> None:
    fine = fine_of(division).labour.commuting
    assert summed(fine, division) == pytest.approx(COARSE.labour.commuting[of(division)])
    own = np.array([part.own for part in every(division)])
    assert (np.diag(fine) > own * np.diag(COARSE.labour.commuting)[of(division)]).all()


def test_every_table_with_a_region_has_a_rule() -> None:
    special = {"dimensions", "demand_trends", "commuting", *PACKAGED.values()}
    for path in path_of("dimensions").parent.glob("*.csv"):
        header = path.read_text(encoding="utf-8").splitlines()[0].split(",")
        assert ("region" in header or "job_region" in header) <= (path.stem in {*RULES, *special}), path.stem


def test_what_a_table_leaves_out_is_as_in_the_region(tmp_path: Path) -> None:
    fine = tables_with(tmp_path, MINE)
    assert fine.dimensions.region == ("Low", "High", *COARSE.dimensions.region[1:])
    assert fine.regions.places[..., 0] == pytest.approx(0.4 * COARSE.regions.places[..., 0])
    assert fine.regions.urban[:2] == pytest.approx(COARSE.regions.urban[0])
    assert fine.regions.places[..., 2:] == pytest.approx(COARSE.regions.places[..., 1:])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            HEADER + "A,North,0.4,0.9,made,assumption\n",
            r"table mine, row 2, column share: North adds up to 0\.4, not 1",
        ),
        (MINE.replace("0.6", "0,6"), r"table mine, row 3, column"),
        (MINE.replace("0.6", "x"), r"table mine, row 3, column share: 'x' is not a number"),
        (
            MINE.replace("High,North", "High,Noord"),
            r"table mine, row 3, column region: 'Noord' is unknown; allowed: Nor",
        ),
        (MINE.replace("High", "Low"), r"table mine, row 3, column part: Low stands already in row 2"),
        (MINE.replace("High", "East"), r"table mine, row 3, column part: 'East' is the name of a region"),
        (MINE.replace("High", "North"), r"table mine, row 3, column part: 'North' is the name of a region"),
        (MINE.replace("0.9,made", ",made"), r"table mine, row 2, column own: is empty"),
        (MINE.replace("own", "owned"), r"table mine: column own is missing"),
        (MINE.replace("status", "status,wo"), r"table mine: unknown column wo"),
        (MINE.replace("made,assumption", "made,guess"), r"table mine, row 2, column status: 'guess' is unknown"),
        (MINE.replace("own,", "own,mbo,").replace("0.9,", "0.9,0.3,"), r"row 2, column mbo: North adds up to 0\.6"),
        (MINE.replace("own,", "own,ict,").replace("0.9,", "0.9,9,"), r"row 2, column ict: 9 is outside \[0\.2, 5\]"),
        (MINE.replace("own,", "own,itc,").replace("0.9,", "0.9,2,"), r"table mine: unknown column itc; allowed: .*own"),
        ("", r"table mine: column part is missing"),
    ],
)
def test_tables_that_cannot_be_used_are_refused_by_row_and_column(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(TableError, match=said):
        tables_with(tmp_path, text)
    path = scenario_with(tmp_path, "mine.csv", "levers: [{career_guidance: {regions: [Low]}}]\nscael: 3\n")
    with pytest.raises(ScenarioError, match=rf"(?s)wrong.yaml:2:23: population.regions: .*{said}") as caught:
        techsim.load(path)
    # Levers that name parts are not blamed for the table, and what else is wrong is told, too.
    assert "career_guidance" not in str(caught.value)
    assert "scael" in str(caught.value)


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    rows = "".join(f"P{k},North,{1 / MOST},0.5,made,assumption\n" for k in range(MOST))
    with pytest.raises(TableError, match=r"mine, column part: 126 parts are too many"):
        tables_with(tmp_path, HEADER + rows)


def test_a_table_of_a_spreadsheet_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    assert tables_with(tmp_path, "\ufeff" + MINE).dimensions.region[0] == "Low"


@pytest.mark.parametrize("division", [*PACKAGED, "mine.csv"])
def test_two_years_with_smaller_regions_pass_the_identities(tmp_path: Path, division: str) -> None:
    (tmp_path / "mine.csv").write_text(MINE, encoding="utf-8")
    path = scenario_with(tmp_path, division, "extends: base.yaml\nperiod: {end: 2009-12}\n")
    (tmp_path / "base.yaml").write_text("name: B\npopulation: {scale: 1000}\n", encoding="utf-8")
    model = TechsimModel(path)
    for _ in range(24):
        model.step()
    count = model.world.tables.dimensions.size("region")
    assert set(np.unique(model.world.people.region)) == set(range(count))
    assert model.world.recorder.arrays["moves"].sum() > 0
    assert len(model.auditor.largest) > 0
    assert set(model.auditor.largest.values()) == {0}


def test_results_have_the_parts(tmp_path: Path) -> None:
    path = scenario_with(
        tmp_path, "labour_market_regions", "extends: base.yaml\nperiod: {end: 2008-12}\n", name="regions.yaml"
    )
    (tmp_path / "base.yaml").write_text("name: B\npopulation: {scale: 5000}\n", encoding="utf-8")
    assert tuple(techsim.load(path).run().region.values) == fine_of("labour_market_regions").dimensions.region


def lever_regions(path: Path, tables: Tables | None = None) -> set[str]:
    model = TechsimModel(path, scale=5000, tables=tables)
    (lever,) = model.world.institutions.government.levers
    names = model.world.tables.dimensions.region
    return {name for name, on in zip(names, lever.regions, strict=True) if on}


def acting(regions: str) -> str:
    return f"levers: [{{career_guidance: {{start: 2008-01, regions: [{regions}]}}}}]\n"


@both
def test_levers_name_landsdelen_or_parts(tmp_path: Path, division: str) -> None:
    north = {part.name for part in MAPPING[division]["North"]}
    mixed = scenario_with(tmp_path, division, acting("North, Zeeland"))
    assert lever_regions(mixed) == {*north, "Zeeland"}
    assert lever_regions(scenario_with(tmp_path, division, acting("Drenthe"))) == {"Drenthe"}
    # A landsdeel and all its parts are the same scenario.
    hashes = {
        techsim.load(scenario_with(tmp_path, division, acting(names))).scenario.hash
        for names in ("North", ", ".join(sorted(north)), ", ".join(sorted(north, reverse=True)))
    }
    assert len(hashes) == 1
    # Tables that are handed to the model refine what the scenario calls by landsdeel.
    plain = scenario_with(tmp_path, "landsdelen", acting("North"))
    assert lever_regions(plain, fine_of(division)) == north


def test_unknown_regions_are_an_error_with_the_nearest_name(tmp_path: Path) -> None:
    for regions, text, said in (
        ("province", "", r"wrong.yaml:2:23.*did you mean .provinces"),
        ("labour_market_region", "", r"did you mean .labour_market_regions"),
        ("landsdelen", acting("Twente"), r"wrong.yaml:3.*is not a known name.*'Twente'"),
        ("provinces", acting("Twente"), r"wrong.yaml:3.*is not a known name.*'Twente'"),
        ("labour_market_regions", acting("Haaglande"), r"wrong.yaml:3.*did you mean 'Haaglanden'"),
        ("labour_market_regions", acting("Nord"), r"did you mean 'North'"),
        ("labour_market_regions", acting("North, Drenthe"), r"region is doubled.*'Drenthe'"),
        ("my.csv", "", r"wrong.yaml:2:23: population.regions: cannot be read.*my.csv: there is no such file"),
        ("mien.csv", "", r"did you mean 'mine.csv'"),
        ("mine.csv", acting("Hihg"), r"did you mean 'High'"),
    ):
        (tmp_path / "mine.csv").write_text(MINE, encoding="utf-8")
        with pytest.raises(ScenarioError, match=f"(?s){said}"):
            techsim.load(scenario_with(tmp_path, regions, text))
    plain = techsim.load(scenario_with(tmp_path, "landsdelen", acting("North"))).scenario
    (setting,) = plain.levers
    wrong = replace(setting, fields=setting.fields.model_copy(update={"regions": ("Haaglande",)}))
    with pytest.raises(LeverError, match="unknown region 'Haaglande'; did you mean 'Haaglanden'"):
        TechsimModel(replace(plain, levers=(wrong,)), scale=5000, tables=fine_of("labour_market_regions"))


def test_levers_that_pay_for_the_same_are_seen_by_their_parts(tmp_path: Path) -> None:
    levers = "levers: [{deeltijd_ww: {start: 2011-05, regions: [North]}}, {deeltijd_ww_2009: {regions: [%s]}}]\n"
    with pytest.raises(ScenarioError, match="both act in Drenthe in 2011-05"):
        techsim.load(scenario_with(tmp_path, "provinces", levers % "Drenthe"))
    techsim.load(scenario_with(tmp_path, "provinces", levers % "Zeeland"))


def test_the_hash_goes_with_the_content_of_the_table(tmp_path: Path) -> None:
    def hashed(text: str, name: str = "mine.csv", folder: str = ".") -> str:
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
        return techsim.load(scenario_with(tmp_path / folder, name, name="same.yaml")).scenario.hash

    first = hashed(MINE)
    assert hashed(MINE) == first
    assert hashed(MINE, "other.csv", "elsewhere") == first
    changed = (MINE.replace("0.4", "0.41").replace("0.6", "0.59"), MINE.replace("0.9", "0.8"), MINE.replace("Hi", "hi"))
    assert len({first, *(hashed(text) for text in changed)}) == 4
    clusters = [MINE.replace("own,", "own,ict,").replace("0.9,", f"0.9,{quotient},") for quotient in (1, 2)]
    assert len({first, *map(hashed, clusters)}) == 3
    assert first != techsim.load(scenario_with(tmp_path, "landsdelen", name="same.yaml")).scenario.hash


def test_the_path_starts_from_the_file_that_has_it(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "mine.csv").write_text(MINE, encoding="utf-8")
    scenario_with(tmp_path / "base", "mine.csv", name="base.yaml")
    heir = tmp_path / "heir.yaml"
    heir.write_text(f"name: Heir\nextends: base/base.yaml\n{acting('High')}", encoding="utf-8")
    assert lever_regions(heir) == {"High"}
    # What an heir replaces is not read: the base's table may be gone.
    (tmp_path / "base" / "mine.csv").unlink()
    heir.write_text("name: Heir\nextends: base/base.yaml\npopulation: {regions: provinces}\n", encoding="utf-8")
    assert techsim.load(heir).scenario.division == "provinces"


def test_the_usual_division_is_as_before() -> None:
    scenario = techsim.load(SCENARIO).scenario
    assert "regions" not in scenario.effective()["population"]
    assert scenario.division == "landsdelen"
    assert landsdelen_of(COARSE.dimensions) == COARSE.dimensions.region


def test_alternatives_may_not_act_in_regions_that_the_baseline_lacks(tmp_path: Path) -> None:
    base = load(scenario_with(tmp_path, "landsdelen", name="base.yaml"))
    other = load(scenario_with(tmp_path, "provinces", acting("Zeeland"), name="other.yaml"))
    with pytest.raises(ComparisonError, match="acts in Zeeland, which is no region of the baseline"):
        comparing.prepare(base, [other])
    fine = load(scenario_with(tmp_path, "provinces", name="fine.yaml"))
    assert comparing.prepare(fine, [other]).scenarios[1].division == "provinces"

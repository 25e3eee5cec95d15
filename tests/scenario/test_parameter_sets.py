"""Files of parameter sets: what is read, and how each fault is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from techsim.scenario import Catalogue, Scenario, ScenarioError, load, load_text, with_options
from techsim.scenario import parameter_sets as module

GOOD = "draw,seed,choice.peer_weight,weight\n0,1,0.25,1\n1,2,0.5,3\n"


def scenario_with(folder: Path, catalogue: Catalogue, text: str, name: str = "fit.csv") -> Scenario:
    (folder / name).write_text(text, encoding="utf-8")
    return load_text(f"name: A\ndraws: {{parameters: {name}}}\n", catalogue, folder=folder)


def refused(folder: Path, catalogue: Catalogue, text: str, name: str = "fit.csv") -> str:
    with pytest.raises(ScenarioError) as caught:
        scenario_with(folder, catalogue, text, name)
    return str(caught.value)


def test_sets_are_read(tmp_path: Path, catalogue: Catalogue) -> None:
    scenario = scenario_with(tmp_path, catalogue, GOOD)
    sets = scenario.own_sets
    assert sets is not None
    assert (sets.parameters, sets.rows, sets.weights) == (("choice.peer_weight",), ((0.25,), (0.5,)), (1.0, 3.0))
    assert sets.values(1) == {"choice.peer_weight": 0.5}
    assert scenario.parameter_source == "fit.csv"


def test_the_hash_goes_with_the_content_not_with_the_name(tmp_path: Path, catalogue: Catalogue) -> None:
    once = scenario_with(tmp_path, catalogue, GOOD)
    assert scenario_with(tmp_path, catalogue, GOOD, "other.csv").hash == once.hash
    assert scenario_with(tmp_path, catalogue, "choice.peer_weight,weight\n0.25,1\n0.50,3\n").hash == once.hash
    assert scenario_with(tmp_path, catalogue, GOOD.replace("0.5", "0.51")).hash != once.hash
    assert scenario_with(tmp_path, catalogue, GOOD.replace("3\n", "4\n")).hash != once.hash
    assert load_text("name: A\ndraws: {parameters: prior}\n", catalogue).hash != once.hash


def test_the_path_starts_from_the_file_that_writes_it(tmp_path: Path, catalogue: Catalogue) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "fit.csv").write_text(GOOD, encoding="utf-8")
    (tmp_path / "below" / "base.yaml").write_text("name: B\ndraws: {parameters: fit.csv}\n", encoding="utf-8")
    (tmp_path / "child.yaml").write_text("name: C\nextends: below/base.yaml\n", encoding="utf-8")
    assert load(tmp_path / "child.yaml", catalogue).parameter_source == "fit.csv"
    text = "name: D\nextends: below/base.yaml\ndraws: {parameters: default}\n"
    assert load_text(text, catalogue, folder=tmp_path).own_sets is None


def test_an_option_takes_the_place_of_what_the_file_says(tmp_path: Path, catalogue: Catalogue) -> None:
    scenario = scenario_with(tmp_path, catalogue, GOOD)
    assert with_options(scenario, catalogue, parameters="default").own_sets is None
    assert with_options(scenario, catalogue, draws=3).own_sets == scenario.own_sets
    plain = load_text("name: A\n", catalogue)
    chosen = with_options(plain, catalogue, parameters=tmp_path / "fit.csv")
    assert chosen.own_sets == scenario.own_sets
    assert chosen.overrides[-1].path == "draws.parameters"
    with pytest.raises(ScenarioError) as caught:
        with_options(plain, catalogue, parameters="pror")
    assert "--parameters: draws.parameters: is not a known name" in str(caught.value)
    assert "did you mean 'prior'?" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("choice.peer_weigth\n1\n", ("fit.csv:1:1: column 1: is not a known parameter", "'choice.peer_weigth'",
                                     "did you mean 'choice.peer_weight'?")),
        ("choice.peer_weight,wieght\n1,1\n", ("fit.csv:1:1: column 2", "did you mean 'weight'?")),
        ("choice.peer_weight,choice.peer_weight\n1,1\n", ("stands in two columns", "column 2")),
        ("choice.peer_weight\n0.5\n9\n", ("fit.csv:3:1: choice.peer_weight: is out of bounds", "found:   9",
                                          "a number from 0 to")),
        ("choice.peer_weight\nlow\n", ("fit.csv:2:1: choice.peer_weight: must be a number", "'low'")),
        ("choice.peer_weight\nnan\n", ("fit.csv:2:1: choice.peer_weight: must be a finite number",)),
        ('choice.peer_weight\n"0,5"\n', ("write a decimal point",)),
        ("choice.peer_weight,weight\n0.5,-1\n", ("fit.csv:2:1: weight: is out of bounds", "at least 0")),
        ("choice.peer_weight,weight\n0.5,\n", ("fit.csv:2:1: weight: must be a number", "nothing")),
        ("choice.peer_weight,weight\n0.5,0\n", ("weight: adds up to nothing usable", "a sum above 0")),
        ("choice.peer_weight\n0.5,1\n", ("fit.csv:2:1: row: has another number of cells", "2 cells")),
        ("draw,seed\n1,1\n", ("fit.csv:1:1: columns: name no parameter",)),
        ("choice.peer_weight\n", ("holds no set", "a row per set")),
        ("", ("fit.csv: is empty",)),
        ('choice.peer_weight\n"0.5\n', ("cannot be read as CSV",)),
    ],
)  # fmt: skip
def test_faults_say_where_and_what(tmp_path: Path, catalogue: Catalogue, text: str, parts: tuple[str, ...]) -> None:
    message = refused(tmp_path, catalogue, text)
    assert message.startswith("<text>:2:21: draws.parameters: cannot be used")
    for part in parts:
        assert part in message


def test_every_fault_is_told_at_once(tmp_path: Path, catalogue: Catalogue) -> None:
    message = refused(tmp_path, catalogue, "choice.peer_weight,weight\n9,1\n0.5,x\n")
    assert "fit.csv:2:1: choice.peer_weight" in message
    assert "fit.csv:3:1: weight" in message


def test_a_file_that_is_not_there_and_one_that_is_too_large(
    tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fit.csv").write_text(GOOD, encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"did you mean 'fit\.csv'"):
        load_text("name: A\ndraws: {parameters: fits.csv}\n", catalogue, folder=tmp_path)
    monkeypatch.setattr(module, "MOST_SETS", 1)
    assert "holds too many sets" in refused(tmp_path, catalogue, GOOD)
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    assert "is too large for a parameter set" in refused(tmp_path, catalogue, GOOD)


def test_parquet_says_the_same_as_csv(tmp_path: Path, catalogue: Catalogue) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    table = {"choice.peer_weight": [0.25, 0.5], "weight": [1, 3], "__index_level_0__": [0, 1]}
    parquet.write_table(pa.table(table), tmp_path / "fit.parquet")
    scenario = load_text("name: A\ndraws: {parameters: fit.parquet}\n", catalogue, folder=tmp_path)
    assert scenario.hash == scenario_with(tmp_path, catalogue, GOOD).hash
    parquet.write_table(pa.table({"choice.peer_weight": [0.25, None, 9.0]}), tmp_path / "fit.parquet")
    with pytest.raises(ScenarioError) as caught:
        load_text("name: A\ndraws: {parameters: fit.parquet}\n", catalogue, folder=tmp_path)
    assert "fit.parquet:3:1: choice.peer_weight: must be a number" in str(caught.value)
    assert "fit.parquet:4:1: choice.peer_weight: is out of bounds" in str(caught.value)
    assert "cannot be read as Parquet" in refused(tmp_path, catalogue, GOOD, "broken.parquet")

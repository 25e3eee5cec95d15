"""The evidence table: strict reading, and figures that are what their sources say."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path

import pytest

from techsim.data.dimensions import DIMENSIONS, load_dimensions
from techsim.data.education import ORIGINS
from techsim.data.evidence import load_evidence
from techsim.data.partnerships import LEVEL_GROUPS
from techsim.data.reader import TableError

HEADER = "indicator,groups,year,quarter,value,unit,tolerance,rule,definition,source,status\n"
ROW = "leakage,level=hbo,2014,0,0.19,share,0.04,points,ROA,SEO table 2.1,sourced\n"


def table(folder: Path, *rows: str) -> Path:
    (folder / "evidence.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    return folder


def test_a_row_is_read_as_it_stands(tmp_path: Path) -> None:
    (figure,) = load_evidence(table(tmp_path, ROW))
    assert (figure.indicator, figure.year, figure.quarter, figure.value) == ("leakage", 2014, 0, 0.19)
    assert figure.groups == (("level", ("hbo",)),)
    assert (figure.tolerance, figure.rule, figure.from_memory) == (0.04, "points", False)


def test_groups_are_dimensions_in_order_with_their_labels(tmp_path: Path) -> None:
    (figure,) = load_evidence(table(tmp_path, ROW.replace("level=hbo", "track=havo+vwo;sex=female")))
    assert figure.groups == (("sex", ("female",)), ("track", ("havo", "vwo")))
    (figure,) = load_evidence(table(tmp_path, ROW.replace("level=hbo", "all")))
    assert figure.groups == ()


@pytest.mark.parametrize("groups", ["hbo", "level=", "=hbo", "level=hbo;level=wo", "level=hbo+hbo", "level=hbo;"])
def test_groups_that_do_not_read_as_such_are_refused(tmp_path: Path, groups: str) -> None:
    with pytest.raises(TableError, match="table evidence, row 3, column groups"):
        load_evidence(table(tmp_path, ROW, ROW.replace("level=hbo", groups)))


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("points", "percent", "rule"),
        ("share", "euro", "unit"),
        ("0.19", "-1", "value"),
        (",0,0.19", ",5,0.19", "quarter"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path: Path, old: str, new: str, column: str) -> None:
    with pytest.raises(TableError, match=f"table evidence, row 2, column {column}"):
        load_evidence(table(tmp_path, ROW.replace(old, new, 1)))


def test_a_figure_stands_once(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="stands already in row 2"):
        load_evidence(table(tmp_path, ROW, ROW.replace("0.19", "0.20")))


def test_the_packaged_table_uses_labels_that_exist() -> None:
    dimensions = load_dimensions()
    for figure in load_evidence():
        for dimension, labels in figure.groups:
            truth = {"true", "false"}
            fixed = {"technical": truth, "technical_occupation": truth, "origin": set(ORIGINS)}
            fixed["level_group"] = set(LEVEL_GROUPS)
            assert dimension in fixed or dimension in DIMENSIONS
            known = fixed.get(dimension) or set(dimensions.labels(dimension))
            assert set(labels) <= known, figure


def test_figures_of_the_core_evidence_are_in_the_table() -> None:
    values = {(f.indicator, f.groups, f.year, f.definition.split(",")[0]): f.value for f in load_evidence()}
    wo = (("level", ("wo",)),)
    assert values["leakage", wo, 2014, "ROA school leavers survey"] == 0.21
    assert values["underuse", (("level", ("mbo4",)),), 2015, "ROA school leavers survey"] == 0.23
    girls = (("sex", ("female",)), ("track", ("vwo",)))
    assert values["n_profile_share", girls, 2016, "N profile (NT"] == 0.60
    assert values["technical_entrant_share", wo, 2013, "first-time entrants"] == 0.34
    bbl = (("level", ("mbo1", "mbo2", "mbo3", "mbo4")), ("pathway", ("bbl",)))
    assert values["students", bbl, 2013, "CBS basis"] == 127_513


def test_tolerances_are_those_agreed() -> None:
    for figure in load_evidence():
        if figure.indicator in ("leakage", "underuse"):
            assert (figure.tolerance, figure.rule) == (0.04, "points")
        elif figure.unit == "share" and figure.indicator != "unemployment_rate":
            assert (figure.tolerance, figure.rule) == (0.05, "points")
        else:
            assert (figure.tolerance, figure.rule) == (0.2, "relative")


def test_what_is_recalled_says_so() -> None:
    for figure in load_evidence():
        if "from memory" in figure.source and figure.status != "arithmetic":
            assert figure.from_memory, figure
        if figure.from_memory:
            assert "to be verified" in figure.source


HERE = Path(__file__).parent
FACT = ("id", "quantity", "group", "period")


def listed(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_core_figure_of_the_period_is_shown_or_left_out_with_a_reason() -> None:
    """``core_figures.csv``: each figure of 2008 to 2018 on K1-K5, L1, L7 and W1-W4 that the project set as a target."""
    shown: dict[tuple[str, ...], list[float]] = {}
    with (files("techsim.data") / "tables" / "evidence.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            at = tuple(row[name] for name in ("indicator", "groups", "year", "quarter"))
            shown.setdefault(at, []).append(float(row["value"]))
    left_out = {tuple(row[name] for name in FACT): row["reason"] for row in listed("evidence_left_out.csv")}
    core = listed("core_figures.csv")
    assert len({tuple(row[name] for name in FACT) for row in core}) == len(core) > 100
    unseen = []
    for row in core:
        fact = tuple(row[name] for name in FACT)
        value = float(row["value"]) / (100 if row["unit"] == "percent" else 1)
        found = shown.get(tuple(row[name] for name in ("indicator", "groups", "year", "quarter")), [])
        if fact in left_out:
            assert not row["indicator"], f"{fact} is left out and shown"
        elif not any(number == pytest.approx(value) for number in found):
            unseen.append(fact)
    assert unseen == []


def test_what_is_left_out_is_a_core_figure_and_has_a_reason() -> None:
    core = {tuple(row[name] for name in FACT) for row in listed("core_figures.csv")}
    rows = listed("evidence_left_out.csv")
    assert len({tuple(row[name] for name in FACT) for row in rows}) == len(rows)
    for row in rows:
        assert tuple(row[name] for name in FACT) in core
        assert len(row["reason"].split()) >= 5, row


def test_figures_that_the_model_misses_are_there() -> None:
    """They were once left out, and nothing said so."""
    table = {(f.indicator, f.groups, f.year): f for f in load_evidence()}
    entrants = table["entrants", (("level", ("hbo",)),), 2009]
    assert entrants.value == 104_620
    assert "part-time" in entrants.definition
    assert table["technical_continuation_share", (("origin", ("havo",)),), 2014].value == 0.55
    assert table["students", (("level", ("mbo4",)), ("pathway", ("bbl",))), 2015].value == 24_439
    assert [table["unemployed", (), year].value for year in (2012, 2013, 2014)] == [516_000, 647_000, 660_000]

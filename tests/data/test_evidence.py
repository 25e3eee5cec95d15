"""The evidence table: strict reading, and figures that are what their sources say."""

from __future__ import annotations

from pathlib import Path

import pytest

from techsim.data.dimensions import DIMENSIONS, load_dimensions
from techsim.data.evidence import load_evidence
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
            known = {"true", "false"} if dimension == "technical" else set(dimensions.labels(dimension))
            assert dimension == "technical" or dimension in DIMENSIONS
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

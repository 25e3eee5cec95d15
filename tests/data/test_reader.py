"""The table reader: every fault is named by table, row and column."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from techsim.data.reader import STATUSES, Sum, Table, TableError, dense, name, number, path_of, read, yearly

TABLE = Table(
    "fruit",
    ("kind", "year"),
    (name("kind", ("apple", "pear")), number("year"), number("share", 0, 1)),
    (Sum("share", ("year",)),),
)
HEADER = "kind,year,share,source,status"
GOOD = ["apple,2008,0.25,orchard,sourced", "pear,2008,0.75,orchard,assumption"]


def write(folder: Path, lines: list[str], header: str = HEADER) -> Path:
    (folder / "fruit.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return folder


def test_a_sound_table_is_read_by_column(tmp_path: Path) -> None:
    rows = read(TABLE, write(tmp_path, GOOD))
    assert rows["share"].tolist() == [0.25, 0.75]
    assert rows["kind"].tolist() == ["apple", "pear"]
    assert rows["status"].tolist() == ["sourced", "assumption"]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["apple,2008,0.25,orchard,sourced"], r"row 2, column share: 2008.0 adds up to 0.25, not 1"),
        ([*GOOD, GOOD[0]], r"row 4, column kind/year: apple/2008.0 stands already in row 2"),
        (["plum,2008,1,orchard,sourced"], r"row 2, column kind: 'plum' is unknown; allowed: apple, pear"),
        (["apple,2008,1.5,orchard,sourced"], r"row 2, column share: 1.5 is outside \[0, 1\]"),
        (["apple,2008,much,orchard,sourced"], r"row 2, column share: 'much' is not a number"),
        (["apple,2008,nan,orchard,sourced"], r"row 2, column share: nan is outside"),
        (["apple,2008,1,,sourced"], r"row 2, column source: is empty"),
        (["apple,2008,1,orchard,hearsay"], r"row 2, column status: 'hearsay' is unknown"),
        (["apple,2008"], r"row 2, column share: is empty"),
    ],
)
def test_faults_are_named(tmp_path: Path, lines: list[str], message: str) -> None:
    with pytest.raises(TableError, match=r"table fruit.*" + message):
        read(TABLE, write(tmp_path, lines))


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("kind,year,source,status", "column share is missing"),
        ("kind,year,share,status", "column source is missing"),
        ("kind,year,share,colour,source,status", "unknown column colour"),
    ],
)
def test_headers_are_checked(tmp_path: Path, header: str, message: str) -> None:
    with pytest.raises(TableError, match=message):
        read(TABLE, write(tmp_path, [], header))


def test_a_missing_or_binary_file_is_a_table_error(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="cannot be read"):
        read(TABLE, tmp_path)
    (tmp_path / "fruit.csv").write_bytes(b"kind,\xff\xfe\n")
    with pytest.raises(TableError, match="cannot be read"):
        read(TABLE, tmp_path)


def test_dense_puts_values_in_place_and_names_missing_cells(tmp_path: Path) -> None:
    rows = read(TABLE, write(tmp_path, GOOD))
    axes = {"year": [2008], "kind": ["pear", "apple"]}
    np.testing.assert_array_equal(dense(TABLE, rows, "share", axes), [[0.75, 0.25]])
    with pytest.raises(TableError, match="no row for year 2009, kind pear"):
        dense(TABLE, rows, "share", {"year": [2008, 2009], "kind": ["pear", "apple"]})
    with pytest.raises(TableError, match="row 2, column kind: 'apple' is unknown"):
        dense(TABLE, rows, "share", {"kind": ["pear"]})


def test_yearly_is_linear_between_and_constant_outside() -> None:
    out = yearly(np.array([2012.0, 2010.0]), np.array([4.0, 2.0]), 2009, 2013)
    np.testing.assert_array_equal(out, [2.0, 2.0, 3.0, 4.0, 4.0])


def test_every_packaged_table_says_where_each_row_comes_from() -> None:
    import csv

    for path in sorted(path_of("dimensions").parent.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows, path.name
        for line, row in enumerate(rows, 2):
            assert row["source"], f"{path.name}, row {line}"
            assert row["status"] in STATUSES, f"{path.name}, row {line}"

"""A workbook holds what it was given: read back as the standard says, without the code that wrote it."""

from __future__ import annotations

import datetime
import math
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from techsim.results import xlsx

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MADE = datetime.datetime(2020, 1, 1)
WIDTHS = (30, 12.5)


def written(path: Path, *sheets: xlsx.Sheet, title: str = "A & B") -> ZipFile:
    xlsx.write(path, title, MADE, sheets, WIDTHS)
    return ZipFile(path)


def cells(book: ZipFile, sheet: int) -> dict[str, Any]:
    """Value by reference: numbers as float, words as str."""
    found: dict[str, Any] = {}
    for cell in ElementTree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml")).iter(f"{MAIN}c"):
        number, words = cell.find(f"{MAIN}v"), cell.find(f"{MAIN}is/{MAIN}t")
        if number is not None:
            found[cell.attrib["r"]] = float(number.text or "")
        elif words is not None:
            found[cell.attrib["r"]] = words.text
    return found


def test_words_and_numbers_come_back_and_what_is_unknown_is_empty(tmp_path: Path) -> None:
    lines = [("x", 1, 0.1 + 0.2, math.nan), ("", None, -1e-300, math.inf), ("<&> \"'", -math.inf, 2.5e20, "é€")]
    found = cells(written(tmp_path / "a.xlsx", ("One", list("abcd"), iter(lines))), 1)
    assert found == {
        "A1": "a", "B1": "b", "C1": "c", "D1": "d",
        "A2": "x", "B2": 1.0, "C2": pytest.approx(0.3, rel=1e-15),
        "C3": -1e-300, "D3": "no limit",
        "A4": "<&> \"'", "B4": "-no limit", "C4": 2.5e20, "D4": "é€",
    }  # fmt: skip


def test_what_xml_cannot_hold_stands_by_its_code(tmp_path: Path) -> None:
    found = cells(written(tmp_path / "a.xlsx", ("One", ["w"], [["a\x07b"], ["_x0041_"], ["a_b"], [" edge\n"]])), 1)
    assert found == {"A1": "w", "A2": "a_x0007_b", "A3": "_x005F_x0041_", "A4": "a_b", "A5": " edge\n"}


def test_columns_are_named_as_in_a_workbook(tmp_path: Path) -> None:
    found = cells(written(tmp_path / "a.xlsx", ("One", [str(k) for k in range(703)], [])), 1)
    assert list(found) == [f"{name}1" for name in _names(703)]


def _names(count: int) -> list[str]:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    two = [a + b for a in letters for b in letters]
    return [*letters, *two, *("A" + name for name in two)][:count]


def test_sheets_are_listed_with_a_header_in_sight_and_a_filter_over_their_lines(tmp_path: Path) -> None:
    book = written(tmp_path / "a.xlsx", ("One", ["a", "b", "c"], [[1], [2]]), ("No lines", ["a"], []))
    names = book.namelist()
    listed = ElementTree.fromstring(book.read("xl/workbook.xml"))
    assert [sheet.attrib["name"] for sheet in listed.iter(f"{MAIN}sheet")] == ["One", "No lines"]
    assert [found.text for found in listed.iter(f"{MAIN}definedName")] == ["'One'!$A$1:$C$3"]
    one, two = (ElementTree.fromstring(book.read(f"xl/worksheets/sheet{k}.xml")) for k in (1, 2))
    assert [found.attrib["ref"] for found in one.iter(f"{MAIN}autoFilter")] == ["A1:C3"]
    assert not list(two.iter(f"{MAIN}autoFilter"))
    assert [found.attrib["state"] for found in one.iter(f"{MAIN}pane")] == ["frozen"]
    spans = [(found.attrib["min"], found.attrib["max"]) for found in one.iter(f"{MAIN}col")]
    assert spans == [("1", "1"), ("2", "3")]
    assert [found.attrib["max"] for found in two.iter(f"{MAIN}col")] == ["1"]
    styles = [cell.attrib.get("s") for cell in one.iter(f"{MAIN}c")]
    assert styles == ["1", "1", "1", None, None]
    types = book.read("[Content_Types].xml").decode()
    assert all(f"/{name}" in types for name in names if name.startswith(("xl/w", "xl/s", "doc")))
    for name in names:
        ElementTree.fromstring(book.read(name))
    assert "A &amp; B" in book.read("docProps/core.xml").decode()


def test_the_same_tables_give_the_same_bytes_and_too_many_lines_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 1201)
    for name in ("a", "b"):
        written(tmp_path / name, ("One", ["n"], ([k] for k in range(2000))))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    found = cells(ZipFile(tmp_path / "a"), 1)
    assert len(found) == 1201
    assert found["A1201"] == 1199.0

"""Workbooks of plain tables as Office Open XML (ECMA-376): a comparison has half a million cells, for each of which a
library that can do all that a workbook can takes four times as long.

A sheet has a bold header that stays in sight, a filter and widths of columns; the same tables give the same bytes.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Sheet = tuple[str, Sequence[str], Iterable[Sequence[Any]]]
"""Name, header and lines."""
MOST_ROWS = 1_048_576
"""Rows that a sheet can hold; what is beyond is left out."""
BESIDE = 0.7109375
"""Space beside the letters of a column, in letters."""
AT_ONCE = 500
"""Lines handed on together."""
_CODED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What a workbook writes by its code: what XML knows not, and an underscore that looks like the beginning of a code."""
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SCHEMAS = "http://schemas.openxmlformats.org"
_MAIN = f'xmlns="{_SCHEMAS}/spreadsheetml/2006/main" xmlns:r="{_SCHEMAS}/officeDocument/2006/relationships"'
_STYLES = (
    f"<styleSheet {_MAIN}>"
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '<border><left/><right/><top/><bottom style="thin"><color auto="1"/></bottom><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
"""Plain cells, and those of a header: bold over a line."""


def write(path: Path, title: str, made: datetime.datetime, sheets: Sequence[Sheet], widths: Sequence[float]) -> None:
    """Write a workbook.

    Parameters
    ----------
    title, made
        Of the file's properties.
    sheets : sequence of Sheet
        Values are str, numbers or None. What is unknown (None, NaN or "") is an empty cell, infinity "no limit".
    widths : sequence of float
        Columns of each sheet in letters; the last is that of all others.
    """
    refs = []
    with ZipFile(path, "w", ZIP_DEFLATED) as book:
        for name, text in _frame([name for name, _, _ in sheets], title, made).items():
            book.writestr(_part(name), _XML + text)
        for k, (_, header, lines) in enumerate(sheets, 1):
            with book.open(_part(f"xl/worksheets/sheet{k}.xml"), "w") as file:
                file.write(_head(k == 1, len(header), widths).encode())
                letters = [_letters(column) for column in range(len(header))]
                file.write(_row(1, letters, header, ' s="1"').encode())
                last, rest = 1, islice(lines, MOST_ROWS - 1)
                while some := list(islice(rest, AT_ONCE)):
                    file.write("".join(_row(last + i, letters, line) for i, line in enumerate(some, 1)).encode())
                    last += len(some)
                refs.append((letters[-1], last))
                file.write(_tail(*refs[-1]).encode())
        book.writestr(_part("xl/workbook.xml"), _XML + _workbook([name for name, _, _ in sheets], refs))


def _part(name: str) -> ZipInfo:
    """A file of the workbook, of the first day that there are in such files."""
    part = ZipInfo(name)
    part.compress_type = ZIP_DEFLATED
    return part


def _letters(column: int) -> str:
    """Name of a column, from 0: A to Z, then AA and on."""
    before, letter = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + letter)


def _row(number: int, letters: Sequence[str], line: Sequence[Any], style: str = "") -> str:
    """A line of a sheet. Numbers are numbers; what is unknown is empty, infinity a word: a workbook knows neither."""
    cells = []
    for letter, value in zip(letters, line, strict=False):
        if isinstance(value, str):
            if value:
                cells.append(f'<c r="{letter}{number}"{style} t="inlineStr">{_text(value)}</c>')
        elif value is not None and math.isfinite(value):
            cells.append(f'<c r="{letter}{number}"{style}><v>{value:.16G}</v></c>')
        elif value is not None and math.isinf(value):
            words = "no limit" if value > 0 else "-no limit"
            cells.append(f'<c r="{letter}{number}"{style} t="inlineStr">{_text(words)}</c>')
    return f'<row r="{number}">{"".join(cells)}</row>'


@lru_cache(maxsize=4096)
def _text(words: str) -> str:
    coded = escape(_CODED.sub(lambda found: f"_x{ord(found[0]):04X}_", words))
    kept = "" if words == words.strip() else ' xml:space="preserve"'
    return f"<is><t{kept}>{coded}</t></is>"


def _head(first: bool, columns: int, widths: Sequence[float]) -> str:
    """A sheet up to its rows; the first of a workbook is the one in sight."""
    last = len(widths)
    spans = [(k, columns if k == last else k, width) for k, width in enumerate(widths, 1) if k <= columns]
    cols = "".join(f'<col min="{a}" max="{b}" width="{width + BESIDE}" customWidth="1"/>' for a, b, width in spans)
    selected = ' tabSelected="1"' if first else ""
    return (
        f'{_XML}<worksheet {_MAIN}><sheetViews><sheetView{selected} workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>'
        f'</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{cols}</cols><sheetData>'
    )


def _tail(column: str, row: int) -> str:
    """A sheet after its rows: a filter over them, if there are any but the header."""
    found = f'<autoFilter ref="A1:{column}{row}"/>' if row > 1 else ""
    return f"</sheetData>{found}</worksheet>"


def _workbook(names: Sequence[str], refs: Sequence[tuple[str, int]]) -> str:
    """The list of sheets, and the cells over which each has a filter."""
    sheets = "".join(f'<sheet name="{name}" sheetId="{k}" r:id="rId{k}"/>' for k, name in enumerate(names, 1))
    filters = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{k}" hidden="1">'
        f"'{name}'!$A$1:${column}${row}</definedName>"
        for k, (name, (column, row)) in enumerate(zip(names, refs, strict=True))
        if row > 1
    )
    return (
        f'<workbook {_MAIN}><bookViews><workbookView windowWidth="24000" windowHeight="12000"/></bookViews>'
        f"<sheets>{sheets}</sheets><definedNames>{filters}</definedNames></workbook>"
    )


def _frame(names: Sequence[str], title: str, made: datetime.datetime) -> dict[str, str]:
    """All files by name but the sheets and their list."""
    package, office = f"{_SCHEMAS}/package/2006", f"{_SCHEMAS}/officeDocument/2006/relationships"
    parts = {f"/xl/worksheets/sheet{k}.xml": f"{_OFFICE}.worksheet+xml" for k in range(1, len(names) + 1)}
    parts |= {"/xl/workbook.xml": f"{_OFFICE}.sheet.main+xml", "/xl/styles.xml": f"{_OFFICE}.styles+xml"}
    parts["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    types = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    files = [(f"{office}/worksheet", f"worksheets/sheet{k}.xml") for k in range(1, len(names) + 1)]
    return {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": _relations(
            [
                (f"{office}/officeDocument", "xl/workbook.xml"),
                (f"{package}/relationships/metadata/core-properties", "docProps/core.xml"),
            ]
        ),
        "xl/_rels/workbook.xml.rels": _relations([*files, (f"{office}/styles", "styles.xml")]),
        "xl/styles.xml": _STYLES,
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{package}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<dc:title>{escape(title)}</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">{made.isoformat()}Z'
        "</dcterms:created></cp:coreProperties>",
    }


def _relations(files: Sequence[tuple[str, str]]) -> str:
    """Files that belong to another, by kind, numbered."""
    listed = "".join(
        f'<Relationship Id="rId{k}" Type="{kind}" Target="{name}"/>' for k, (kind, name) in enumerate(files, 1)
    )
    return f'<Relationships xmlns="{_SCHEMAS}/package/2006/relationships">{listed}</Relationships>'

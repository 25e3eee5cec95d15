"""What is likely wrong where the YAML parser gave up, in plain words: most often the indentation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from techsim.scenario.nodes import quote

BLOCK = "one `key: value` a line; the keys of one block begin in the same column, those below a key further in"
LIST = "`- item` lines that begin in the same column"
_KEY = re.compile(r"\s*(?:- +)?[^\s#'\"\[\]{}][^:#]*:(?P<value>\s.*)?$")
_SPACES = re.compile(" *")


class Said(NamedTuple):
    """The line as found, what is allowed there, and what is likely wrong; each may be empty."""

    found: str
    allowed: str
    hint: str


def explain(reason: str, lines: Sequence[str], row: int, column: int) -> Said:
    """What the parser's ``reason`` at (``row``, ``column``), both from 0, means to who wrote the lines."""
    line = lines[row] if row < len(lines) else ""
    found = f"line {row + 1}: {quote(line.strip())}" if line.strip() else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return Said(found, "", "a tab stands in the indentation: indent with spaces")
    above = _above(lines, row)
    if "mapping values are not allowed" in reason:
        return Said(found, BLOCK, _colon(lines, row, column, above))
    if "did not find expected key" in reason or "expected <block end>" in reason:
        return Said(found, BLOCK, _column(lines, row))
    if "'-' indicator" in reason:
        hint = f"line {row + 1} begins in the column of a list's items: begin it with `- `, or indent it as its block"
        return Said(found, LIST, hint)
    if "could not find expected ':'" in reason and above is not None:
        return Said(f"line {above + 1}: {quote(lines[above].strip())}", BLOCK, "a key without its colon?")
    if "expected ',' or" in reason:
        return Said(found, "", "a bracket that opens before here is not closed, or a comma is missing")
    if "unexpected end of stream" in reason:
        return Said(found, "", "a quote or a bracket is not closed")
    if "cannot start any token" in reason:
        return Said(found, "", "put a value that begins with this character in quotes")
    return Said(found, "", "")


def _colon(lines: Sequence[str], row: int, column: int, above: int | None) -> str:
    """A colon where no key can stand: the line is too deep below a value, or a value holds a colon."""
    deeper = above is not None and _indent(lines[row]) > _indent(lines[above])
    key = _KEY.fullmatch(lines[above]) if above is not None else None
    if deeper and above is not None and (key is None or (key["value"] or "").strip()):
        return (
            f"likely the indentation: line {row + 1} begins in column {_indent(lines[row]) + 1}, further in than line "
            f"{above + 1} (column {_indent(lines[above]) + 1}), which has a value already: begin both in one column"
        )
    if ": " in lines[row][:column] or lines[row][:column].rstrip().endswith(":"):
        return "a value that holds a colon and a space needs quotes"
    return "likely the indentation of this line, or of the one above"


def _column(lines: Sequence[str], row: int) -> str:
    """A line in a column where no block begins: between two blocks, or further in than the last."""
    here = _indent(lines[row]) if row < len(lines) else 0
    columns: list[int] = []
    for line in reversed(lines[:row]):
        indent = _indent(line)
        if line.strip() and not line.lstrip().startswith("#") and indent not in columns:
            if not columns or indent < columns[-1]:
                columns.append(indent)
            if indent == 0:
                break
    if not columns or here in columns:
        return "likely the indentation of this line, or of the one above"
    words = " or ".join(str(column + 1) for column in sorted(columns))
    return f"likely the indentation: line {row + 1} begins in column {here + 1}, the blocks above it in column {words}"


def _above(lines: Sequence[str], row: int) -> int | None:
    """The last line before ``row`` that says something."""
    for at in range(min(row, len(lines)) - 1, -1, -1):
        if lines[at].strip() and not lines[at].lstrip().startswith("#"):
            return at
    return None


def _indent(line: str) -> int:
    found = _SPACES.match(line)
    return found.end() if found else 0

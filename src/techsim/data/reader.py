"""Reading the packaged tables strictly: every fault is named by table, row and column.

Tables are small tidy CSV files that are read at the start of each run; the standard library's csv module reads them
with the line numbers that the errors need, without the half second that importing a data-frame library takes.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

STATUSES = ("sourced", "from memory", "arithmetic", "law", "assumption")
"""How a row's value is known: a figure with an address, one recalled and to be verified, worked out from others, a law,
or assumed."""


class TableError(ValueError):
    """A packaged or user table that breaks its rules; the message names table, row and column."""


@dataclass(frozen=True)
class Column:
    """A column: names (optionally of a closed set) or numbers (optionally within bounds)."""

    name: str
    names: tuple[str, ...] | None = None
    low: float = -math.inf
    high: float = math.inf
    number: bool = False


@dataclass(frozen=True)
class Sum:
    """Within each group of ``by``, ``column`` adds up to ``total`` within ``tolerance``."""

    column: str
    by: tuple[str, ...] = ()
    total: float = 1.0
    tolerance: float = 1e-6


@dataclass(frozen=True)
class Table:
    """A table's rules. Every table also has the columns ``source`` and ``status``."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    sums: tuple[Sum, ...] = ()


def number(name: str, low: float = -math.inf, high: float = math.inf) -> Column:
    """A numeric column within ``[low, high]``."""
    return Column(name, low=low, high=high, number=True)


def name(column: str, names: Sequence[str] | None = None) -> Column:
    """A column of names, of the closed set ``names`` if given."""
    return Column(column, names=None if names is None else tuple(names))


def path_of(table: str, folder: Path | None = None) -> Path:
    """Where the CSV file of a table lies: in ``folder``, or in the package."""
    base = Path(str(resources.files("techsim.data"))) / "tables" if folder is None else folder
    return base / f"{table}.csv"


def header_of(table: str, folder: Path | None = None) -> tuple[str, ...]:
    """Names of a table's columns; none if it cannot be read, which :func:`read` then says."""
    try:
        with path_of(table, folder).open(encoding="utf-8-sig", newline="") as file:
            return tuple(csv.DictReader(file).fieldnames or ())
    except (OSError, UnicodeDecodeError, csv.Error):
        return ()


def read(table: Table, folder: Path | None = None) -> dict[str, npt.NDArray[Any]]:
    """Read and check a table.

    Returns
    -------
    dict of arrays (rows,)
        float64 for numeric columns, str objects for the others.

    Raises
    ------
    TableError
        On a missing file or column, an unknown column, an empty or unknown name, a number that is none or out of
        bounds, a doubled key, a group that misses its sum, or a row without source.
    """
    path = path_of(table.name, folder)
    try:
        # Spreadsheets begin a file with a byte order mark.
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            header = list(reader.fieldnames or ())
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TableError(f"table {table.name}: cannot be read: {error}") from error
    wanted = [column.name for column in table.columns] + ["source", "status"]
    for missing in [column for column in wanted if column not in header]:
        raise TableError(f"table {table.name}: column {missing} is missing")
    for extra in [column for column in header if column not in wanted]:
        raise TableError(f"table {table.name}: unknown column {extra}; allowed: {', '.join(wanted)}")
    status = Column("status", names=STATUSES)
    result: dict[str, npt.NDArray[Any]] = {}
    for column in (*table.columns, Column("source"), status):
        values = [_cell(table, i, column, row[column.name]) for i, row in enumerate(rows, 2)]
        result[column.name] = np.array(values, dtype=np.float64 if column.number else object)
    _check_keys(table, result)
    for rule in table.sums:
        _check_sum(table, rule, result)
    return result


def _cell(table: Table, row: int, column: Column, text: str | None) -> float | str:
    where = f"table {table.name}, row {row}, column {column.name}"
    if text is None or not text.strip():
        raise TableError(f"{where}: is empty")
    text = text.strip()
    if not column.number:
        if column.names is not None and text not in column.names:
            raise TableError(f"{where}: {text!r} is unknown; allowed: {', '.join(column.names)}")
        return text
    try:
        value = float(text)
    except ValueError:
        raise TableError(f"{where}: {text!r} is not a number") from None
    if not column.low <= value <= column.high:
        raise TableError(f"{where}: {value:g} is outside [{column.low:g}, {column.high:g}]")
    return value


def _check_keys(table: Table, columns: Mapping[str, npt.NDArray[Any]]) -> None:
    seen: dict[tuple[Any, ...], int] = {}
    for i, key in enumerate(zip(*(columns[k] for k in table.key), strict=True), 2):
        if key in seen:
            raise TableError(
                f"table {table.name}, row {i}, column {'/'.join(table.key)}: "
                f"{'/'.join(map(str, key))} stands already in row {seen[key]}"
            )
        seen[key] = i


def _check_sum(table: Table, rule: Sum, columns: Mapping[str, npt.NDArray[Any]]) -> None:
    sums: dict[tuple[Any, ...], list[float]] = {}
    rows: dict[tuple[Any, ...], int] = {}
    values = columns[rule.column]
    for i in range(len(values)):
        group = tuple(columns[k][i] for k in rule.by)
        sums.setdefault(group, []).append(float(values[i]))
        rows.setdefault(group, i + 2)
    for group, parts in sums.items():
        total = math.fsum(parts)
        if abs(total - rule.total) > rule.tolerance:
            what = "/".join(map(str, group)) or "all rows"
            raise TableError(
                f"table {table.name}, row {rows[group]}, column {rule.column}: "
                f"{what} adds up to {total:g}, not {rule.total:g}"
            )


def dense(
    table: Table,
    columns: Mapping[str, npt.NDArray[Any]],
    value: str,
    axes: Mapping[str, Sequence[Any]],
    missing: float | None = None,
) -> npt.NDArray[np.float64]:
    """A column as an array with one axis per key column.

    Parameters
    ----------
    value : str
        The numeric column.
    axes : mapping of column name to its labels, in order
        Labels are names, or numbers for numeric key columns.
    missing : float, optional
        Value of cells without a row; without it such a cell is a TableError.

    Returns
    -------
    float64 array, shape as the lengths of ``axes``
    """
    shape = tuple(len(labels) for labels in axes.values())
    out = np.full(shape, np.nan if missing is None else missing)
    positions = [{label: i for i, label in enumerate(labels)} for labels in axes.values()]
    filled = np.zeros(shape, dtype=bool)
    for i in range(len(columns[value])):
        where = []
        for column, position in zip(axes, positions, strict=True):
            label = columns[column][i]
            if label not in position:
                raise TableError(f"table {table.name}, row {i + 2}, column {column}: {label!r} is unknown")
            where.append(position[label])
        out[tuple(where)] = columns[value][i]
        filled[tuple(where)] = True
    if missing is None and not filled.all():
        cell = np.argwhere(~filled)[0]
        names = ", ".join(f"{c} {axes[c][j]}" for c, j in zip(axes, cell, strict=True))
        raise TableError(f"table {table.name}, column {value}: no row for {names}")
    return out


def yearly(
    years: npt.NDArray[np.float64], values: npt.NDArray[np.float64], first: int, last: int
) -> npt.NDArray[np.float64]:
    """Values for each year ``first..last``: linear between the years given, constant outside them."""
    order = np.argsort(years)
    return np.interp(np.arange(first, last + 1), years[order], values[order])

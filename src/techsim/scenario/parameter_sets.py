"""A file of parameter sets, of which each draw takes one: what a calibration writes, and ``parameters.csv`` of a run.

A row per set; columns are parameters by their dotted names and, if sets count unequally, ``weight``. A parameter that
has no column keeps its default. ``draw`` and ``seed``, which a run's own ``parameters.csv`` has, are passed over. CSV,
or Parquet, which needs pyarrow.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from techsim.declarations import Parameter
from techsim.scenario.names import did_you_mean, listed
from techsim.scenario.nodes import Place, Scalar, quote
from techsim.scenario.problems import Problem, ScenarioError
from techsim.scenario.reading import decode, read_bytes
from techsim.scenario.values import Number

if TYPE_CHECKING:
    from techsim.scenario.catalogue import Catalogue

WEIGHT, PASSED_OVER = "weight", ("draw", "seed")
MOST_SETS, MOST_BYTES, MOST_PROBLEMS = 10_000, 128 * 1024 * 1024, 200
LARGEST_WEIGHT = 1e300
WHAT = "a parameter set"


@dataclass(frozen=True)
class ParameterSets:
    """The sets of a file.

    Parameters
    ----------
    name : str
        Of the file, without its folders.
    parameters : tuple of str
        Columns, in the order of the file.
    rows : tuple of tuple of float
        (set, parameter).
    weights : tuple of float
        By set, above zero in all; empty if all count alike.
    """

    name: str
    parameters: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]
    weights: tuple[float, ...] = ()

    def values(self, row: int) -> dict[str, float]:
        """A set, by name of the parameter."""
        return dict(zip(self.parameters, self.rows[row], strict=True))

    def described(self) -> dict[str, Any]:
        """What the sets are, whatever the file is called and however its columns are ordered."""
        order = sorted(range(len(self.parameters)), key=lambda k: self.parameters[k])
        told = hashlib.sha256(repr([self.parameters[k] for k in order]).encode())
        for row in self.rows:
            told.update(repr([row[k] for k in order]).encode())
        told.update(repr(self.weights).encode())
        return {
            "sets": len(self.rows),
            "parameters": len(self.parameters),
            "weighted": bool(self.weights),
            "sha256": told.hexdigest(),
        }


def read_sets(path: Path, shown: str, catalogue: Catalogue) -> ParameterSets:
    """Read and check a file of parameter sets; ``shown`` is its name in messages.

    Raises
    ------
    ScenarioError
        With every problem found, each with its line (Parquet: row), field, what was found and what is allowed.
    """
    data = read_bytes(path, shown, MOST_BYTES, WHAT)
    reader = _Reader(shown, catalogue)
    lines = _parquet(data, shown) if path.suffix.lower() == ".parquet" else _csv(data, shown)
    header = next(lines, None)
    if header is None:
        raise ScenarioError([Problem(Place(shown), "is empty", allowed="a header and a row per set")])
    reader.header(*header)
    for place, cells in lines:
        reader.row(place, cells)
        if len(reader.problems) >= MOST_PROBLEMS or len(reader.rows) > MOST_SETS:
            break
    return reader.sets(path.name)


Line = tuple[Place, Sequence[object]]


def _csv(data: bytes, shown: str) -> Iterator[Line]:
    text = decode(data, shown, MOST_BYTES, WHAT)
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in rows:
            if cells:
                yield Place(shown, rows.line_num, 1), cells
    except csv.Error as error:
        raise ScenarioError([Problem(Place(shown, rows.line_num, 1), f"cannot be read as CSV: {error}")]) from None


def _parquet(data: bytes, shown: str) -> Iterator[Line]:
    """The header, then the rows, the first of which is line 2 as in a CSV file."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        hint = 'install it with: pip install "techsim[parquet]", or write the sets as CSV'
        raise ScenarioError([Problem(Place(shown), "reading Parquet needs pyarrow", hint=hint)]) from None
    try:
        file = parquet.ParquetFile(pa.BufferReader(data))
        if file.metadata.num_rows > MOST_SETS:  # before a small file unfolds into a large table
            raise ScenarioError([_too_many(shown, f"{file.metadata.num_rows:,} rows")])
        table = file.read()
    except ScenarioError:
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        first = str(error).split("\n", maxsplit=1)[0]
        raise ScenarioError([Problem(Place(shown), f"cannot be read as Parquet: {first}")]) from None
    # pandas keeps the numbers of rows as a column of this name
    names = [name for name in table.column_names if not name.startswith("__index_level_")]
    yield Place(shown, 1, 1), names
    for at, cells in enumerate(zip(*(table[name].to_pylist() for name in names), strict=True)):
        yield Place(shown, at + 2, 1), cells


def _too_many(shown: str, found: str) -> Problem:
    return Problem(Place(shown), "holds too many sets", found=found, allowed=f"up to {MOST_SETS:,}")


class _Reader:
    """Checks a header and rows; what is wrong piles up in ``problems``."""

    def __init__(self, shown: str, catalogue: Catalogue) -> None:
        self.shown, self.catalogue = shown, catalogue
        self.problems: list[Problem] = []
        self.columns: list[tuple[int, Parameter]] = []
        self.width, self.weight = 0, -1
        self.rows: list[tuple[float, ...]] = []
        self.weights: list[float] = []

    def header(self, place: Place, cells: Sequence[object]) -> None:
        """Which column is which."""
        seen: set[str] = set()
        self.width = len(cells)
        for at, cell in enumerate(cells):
            name, known = str(cell).strip(), self.catalogue.parameters
            if name in seen:
                self._add(place, name, "stands in two columns", f"column {at + 1}", "a parameter once")
            elif name in known:
                self.columns.append((at, known[name]))
            elif name == WEIGHT:
                self.weight = at
            elif name not in PASSED_OVER:
                group = [other for other in known if other.split(".")[0] == name.split(".")[0]]
                allowed = listed(group) if group else "parameters by their dotted names (`techsim explain`), and weight"
                hint = did_you_mean(name, (*known, WEIGHT)) if len(self.problems) < MOST_PROBLEMS else ""
                self._add(place, f"column {at + 1}", "is not a known parameter", quote(name), allowed, hint)
            seen.add(name)
        if not self.columns and not self.problems:
            self._add(place, "columns", "name no parameter", listed(map(str, cells)), "at least one parameter")

    def row(self, place: Place, cells: Sequence[object]) -> None:
        """One set."""
        if len(cells) != self.width:
            found, allowed = f"{len(cells)} cells", f"{self.width}, as the header has"
            self._add(place, "row", "has another number of cells than the header", found, allowed)
            return
        row = tuple(self._number(place, p.name, cells[at], p.low, p.high, p) for at, p in self.columns)
        self.rows.append(row)
        if self.weight >= 0:
            self.weights.append(self._number(place, WEIGHT, cells[self.weight], 0.0, LARGEST_WEIGHT, None))

    def sets(self, name: str) -> ParameterSets:
        """The sets; ScenarioError if anything is wrong."""
        if not self.problems and not self.rows:
            self._add(Place(self.shown), "", "holds no set", "a header alone", "a row per set")
        if len(self.rows) > MOST_SETS:
            self.problems.append(_too_many(self.shown, "more rows"))
        total = math.fsum(self.weights)
        if self.weights and not self.problems and not 0.0 < total < math.inf:
            self._add(Place(self.shown), WEIGHT, "adds up to nothing usable", f"{total:g}", "a sum above 0")
        if self.problems:
            raise ScenarioError(self.problems)
        return ParameterSets(name, tuple(p.name for _, p in self.columns), tuple(self.rows), tuple(self.weights))

    def _number(
        self, place: Place, name: str, cell: object, low: float, high: float, parameter: Parameter | None
    ) -> float:
        """The cell as a number within its bounds; NaN, and a problem, if it is none."""
        if isinstance(cell, int | float) and not isinstance(cell, bool) and low <= cell <= high:
            return float(cell) + 0.0
        text = "" if cell is None else cell.strip() if isinstance(cell, str) else repr(cell)
        try:
            return Number(low, high).read(Scalar(text, True, place))
        except PydanticCustomError as fault:
            told = fault.context or {}
            unit = f" [{parameter.unit}]; default {parameter.default:g}" if parameter else ""
            allowed = f"a number of at least {low:g}" if parameter is None else f"{told['allowed']}{unit}"
            self._add(place, name, told["message"], told["found"], allowed, told["hint"])
            return math.nan

    def _add(self, place: Place, path: str, message: str, found: str = "", allowed: str = "", hint: str = "") -> None:
        self.problems.append(Problem(place, message, path, found, allowed, hint))

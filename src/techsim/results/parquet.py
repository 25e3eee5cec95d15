"""``comparison.parquet``: the rows of ``comparison.csv`` with their types, for those who go on with them."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path

from techsim.results import effects

COMPARISON_PARQUET = "comparison.parquet"
_WORDS = ("scenario", "indicator", *effects.GROUPS, "unit")


def installed() -> bool:
    """Whether the optional extra ``parquet`` is there."""
    return importlib.util.find_spec("pyarrow") is not None


def write(made: Sequence[effects.Row], path: Path) -> None:
    """Write ``comparison.parquet``.

    Columns and rows as in ``comparison.csv``, at full precision: text, ``year`` int32, the others float64. A group that
    a row is not given by is the empty text, a number that is unknown is null.
    """
    import pyarrow as pa
    from pyarrow import parquet

    lines = [effects.cells(row) for row in made]
    columns = {}
    for at, name in enumerate(effects.COLUMNS):
        kind = pa.string() if name in _WORDS else pa.int32() if name == "year" else pa.float64()
        values = [line[at] for line in lines]
        known = values if name in _WORDS else [None if value == "" else value for value in values]
        columns[name] = pa.array(known, type=kind)
    parquet.write_table(pa.table(columns), path, compression="zstd")

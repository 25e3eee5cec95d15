"""``comparison.parquet`` holds what ``comparison.csv`` does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from techsim.results import parquet
from techsim.results.effects import COLUMNS, Row, spread

pq = pytest.importorskip("pyarrow.parquet")


def test_rows_come_back_with_their_types(tmp_path: Path) -> None:
    change = spread(np.array([1.0, 2.0, 6.0]))
    rows = [
        Row(2, "A", "technicians", 2030, {"region": "North"}, "persons", 1 / 3, 4.0, change),
        Row(3, "A", "spending", 2031, {}, "euro", 0.0, 9.0, change, 5.0, (1.0, 2.0, np.inf)),
    ]
    parquet.write(rows, tmp_path / parquet.COMPARISON_PARQUET)
    table = pq.read_table(tmp_path / parquet.COMPARISON_PARQUET)
    assert tuple(table.column_names) == COLUMNS
    one, two = table.to_pylist()
    assert (one["year"], one["region"], one["baseline"], one["difference"]) == (2030, "North", 1 / 3, 3.0)
    assert (one["cost"], two["cost"], two["region"], two["cost_per_unit_p95"]) == (None, 5.0, "", np.inf)

"""What the currency of teaching needs of tables (L6): how fast technology renews what a field has to know."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from techsim.data.dimensions import Dimensions
from techsim.data.reader import Table, dense, name, number, read

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Curriculum:
    """renewal : (fields,), content of technical fields that technology renews, zero for other fields [log a year]."""

    renewal: Floats


def load_curriculum(dims: Dimensions, folder: Path | None = None) -> Curriculum:
    """Read and check the table; TableError names what is wrong."""
    technical = tuple(field for field, is_technical in zip(dims.field, dims.technical, strict=True) if is_technical)
    table = Table("technology_renewal", ("field",), (name("field", technical), number("renewal", 0.001, 1)))
    columns = read(table, folder)
    found = dense(table, columns, "renewal", {"field": technical})
    renewal = np.zeros(dims.size("field"))
    renewal[dims.field_technical] = found
    return Curriculum(renewal=renewal)

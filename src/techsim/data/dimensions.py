"""The dimensions of the model: their labels come from ``dimensions.csv``, sizes are never literals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from techsim.data.reader import Table, TableError, name, number, read

DIMENSIONS = ("sex", "background", "region", "track", "level", "pathway", "field", "occupation", "sector", "firm_size")

TABLE = Table(
    name="dimensions",
    key=("dimension", "label"),
    columns=(name("dimension", DIMENSIONS), number("position", 0, 126), name("label"), number("technical", 0, 1)),
)


@dataclass(frozen=True)
class Dimensions:
    """Labels per dimension, in the order in which arrays are indexed.

    ``field`` has one entry more than ``occupation``: the last, ``general``, is education without a field. Field i
    trains for occupation group i. A type of employer is a sector and a size class, sector by sector:
    ``employer = sector x sizes + size``. ``part_of`` : landsdeel of each region; empty where regions are landsdelen.
    """

    sex: tuple[str, ...]
    background: tuple[str, ...]
    region: tuple[str, ...]
    track: tuple[str, ...]
    level: tuple[str, ...]
    pathway: tuple[str, ...]
    field: tuple[str, ...]
    occupation: tuple[str, ...]
    sector: tuple[str, ...]
    firm_size: tuple[str, ...]
    technical: tuple[bool, ...]
    technical_sectors: tuple[bool, ...]
    part_of: tuple[str, ...] = ()

    @cached_property
    def field_technical(self) -> npt.NDArray[np.bool_]:
        """Whether a field is technical; bool (fields,)."""
        return np.array(self.technical)

    @cached_property
    def occupation_technical(self) -> npt.NDArray[np.bool_]:
        """Whether an occupation group is technical; bool (occupations,)."""
        return np.array(self.technical[: len(self.occupation)])

    @cached_property
    def technical_groups(self) -> npt.NDArray[np.int64]:
        """The technical occupation groups; int64 (k,)."""
        return np.flatnonzero(self.occupation_technical)

    @cached_property
    def sector_technical(self) -> npt.NDArray[np.bool_]:
        """Whether a sector is technical; bool (sectors,)."""
        return np.array(self.technical_sectors)

    @property
    def employers(self) -> int:
        """Number of types of employers: sectors x size classes."""
        return len(self.sector) * len(self.firm_size)

    @cached_property
    def employer_sector(self) -> npt.NDArray[np.int64]:
        """Sector of each type of employer; int64 (employers,)."""
        return np.repeat(np.arange(len(self.sector)), len(self.firm_size))

    @cached_property
    def employer_size(self) -> npt.NDArray[np.int64]:
        """Size class of each type of employer; int64 (employers,)."""
        return np.tile(np.arange(len(self.firm_size)), len(self.sector))

    def by_sector(self, cells: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Sums over size classes of an array whose first axis is the type of employer: (sectors, ...)."""
        return np.asarray(cells.reshape(len(self.sector), len(self.firm_size), *cells.shape[1:]).sum(axis=1))

    @property
    def general(self) -> int:
        """Index of the field of those whose education has none."""
        return len(self.field) - 1

    def size(self, dimension: str) -> int:
        """Number of labels of a dimension."""
        return len(getattr(self, dimension))

    def labels(self, dimension: str) -> tuple[str, ...]:
        """Labels of a dimension, in index order."""
        found: tuple[str, ...] = getattr(self, dimension)
        return found


def load_dimensions(folder: Path | None = None) -> Dimensions:
    """Read ``dimensions.csv``; TableError where it breaks its rules."""
    rows = read(TABLE, folder)
    labels: dict[str, tuple[str, ...]] = {}
    technical: dict[str, tuple[bool, ...]] = {}
    for dimension in DIMENSIONS:
        mine = rows["dimension"] == dimension
        order = np.argsort(rows["position"][mine])
        if not np.array_equal(rows["position"][mine][order], np.arange(mine.sum())):
            raise TableError(f"table dimensions, column position: {dimension} must count from 0 without gaps")
        labels[dimension] = tuple(rows["label"][mine][order])
        technical[dimension] = tuple(bool(v) for v in rows["technical"][mine][order])
    fields, groups = labels["field"], labels["occupation"]
    if len(fields) != len(groups) + 1 or technical["field"][:-1] != technical["occupation"]:
        raise TableError("table dimensions: each field but the last needs its occupation group")
    return Dimensions(**labels, technical=technical["field"], technical_sectors=technical["sector"])

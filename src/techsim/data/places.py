"""What apprenticeship and internship places need of tables (L4): what a place costs, and what the pandemic closed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from techsim.data.dimensions import Dimensions
from techsim.data.reader import Table, dense, name, number, read

Floats = npt.NDArray[np.float64]

LEVELS = ("mbo1", "mbo2", "mbo3", "mbo4")
YEARS = 4
"""Years of training that the table of costs holds."""


@dataclass(frozen=True)
class Places:
    """Dense arrays; index orders are those of :class:`Dimensions`.

    net_cost : (levels, YEARS), wage and guidance less production of an apprentice in a year of training, euro; zero
    where there is no bbl. closures : by school year, (sectors,), share of internships that cannot be given.
    """

    net_cost: Floats
    closures: dict[int, Floats]

    def closed(self, school_year: int) -> Floats:
        """Share of internships that cannot be given in a school year; (sectors,)."""
        some = next(iter(self.closures.values()))
        return self.closures.get(school_year, np.zeros_like(some))


def load_places(dims: Dimensions, folder: Path | None = None) -> Places:
    """Read and check the tables; TableError names what is wrong."""
    axes = {"level": LEVELS, "year": [float(year) for year in range(1, YEARS + 1)]}
    table = Table(
        "place_costs",
        ("level", "year"),
        (
            name("level", LEVELS),
            number("year", 1, YEARS),
            number("cost", 0, 100_000),
            number("production", 0, 100_000),
        ),
    )
    rows = read(table, folder)
    given = dense(table, rows, "cost", axes) - dense(table, rows, "production", axes)
    net = np.zeros((dims.size("level"), YEARS))
    net[[dims.level.index(level) for level in LEVELS]] = given
    return Places(net_cost=net, closures=_closures(dims, folder))


def _closures(dims: Dimensions, folder: Path | None) -> dict[int, Floats]:
    table = Table(
        "closures",
        ("sector", "school_year"),
        (name("sector", dims.sector), number("school_year", 1900, 2100), number("share", 0, 1)),
    )
    rows = read(table, folder)
    years = sorted(set(rows["school_year"].tolist()))
    shares = dense(table, rows, "share", {"sector": dims.sector, "school_year": years})
    return {int(year): shares[:, column] for column, year in enumerate(years)}

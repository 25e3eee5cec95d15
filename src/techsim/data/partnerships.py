"""What partnerships need of tables (L5): the public seed money of history, by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from techsim.data.dimensions import Dimensions
from techsim.data.reader import Table, dense, name, number, read

Floats = npt.NDArray[np.float64]

LEVEL_GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"mbo": ("mbo1", "mbo2", "mbo3", "mbo4"), "hbo_wo": ("hbo", "wo")}
)
"""Levels that found partnerships together, by group."""
SCHEMES = ("civ", "rif", "coe")
"""Public schemes of history: Centres of innovative craftsmanship and the Regional investment fund (mbo), Centres of
expertise with other start-up help (hbo, wo)."""
FIRST_YEAR, LAST_YEAR = 2000, 2060


@dataclass(frozen=True)
class Partnerships:
    """Dense arrays.

    seeding : (years from ``FIRST_YEAR``, schemes, level groups), seed money on offer [million euro a year].
    group_of_level : int64 (levels,), level group of each level.
    """

    seeding: Floats
    group_of_level: npt.NDArray[np.int64]

    def seeding_at(self, year: int) -> Floats:
        """Seed money on offer in a calendar year [million euro]; (schemes, level groups). Nothing outside the table."""
        at = year - FIRST_YEAR
        if not 0 <= at < len(self.seeding):
            return np.zeros(self.seeding.shape[1:])
        return np.asarray(self.seeding[at])


def load_partnerships(dims: Dimensions, folder: Path | None = None) -> Partnerships:
    """Read and check the table; TableError names what is wrong."""
    groups = tuple(LEVEL_GROUPS)
    table = Table(
        "partnership_seeding",
        ("scheme", "level_group", "year"),
        (
            name("scheme", SCHEMES),
            name("level_group", groups),
            number("year", FIRST_YEAR, LAST_YEAR),
            number("million_euro", 0, 1000),
        ),
    )
    axes = {
        "year": [float(year) for year in range(FIRST_YEAR, LAST_YEAR + 1)],
        "scheme": SCHEMES,
        "level_group": groups,
    }
    of_level = {level: groups.index(group) for group, levels in LEVEL_GROUPS.items() for level in levels}
    return Partnerships(
        seeding=dense(table, read(table, folder), "million_euro", axes, missing=0.0),
        group_of_level=np.array([of_level[level] for level in dims.level]),
    )

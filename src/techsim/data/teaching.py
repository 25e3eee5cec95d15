"""Teaching posts and mbo schools as tables (L2, L3): posts at the start, who may hold them, how budgets follow."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from techsim.data.dimensions import Dimensions
from techsim.data.reader import Table, dense, name, number, read

Floats = npt.NDArray[np.float64]

SEGMENTS = ("vo_first", "vo_second", "mbo", "hbo", "wo")
"""Where teachers teach: vo with a first-degree or a second-degree qualification, mbo, hbo, wo."""
KINDS = ("other", "technical")
"""What they teach, in the order of the dimension ``technical``."""


@dataclass(frozen=True)
class Teaching:
    """Dense arrays (segments, kinds), kinds other and technical.

    fte : full-time teachers at the start, of the country. min_level : int64, lowest level of education. degree : bool,
    whether a teaching degree is asked. older : how many times as likely those of 50 and over hold a post at the start.
    pull : how a vacancy draws those who could teach elsewhere, too, by pay and standing. lag : months over which
    budgets follow students. hybrid_share : hours of hybrid teachers at the start per hour of others. mbo_schools :
    (regions,), number of them.
    """

    fte: Floats
    min_level: npt.NDArray[np.int64]
    degree: npt.NDArray[np.bool_]
    older: Floats
    pull: Floats
    lag: Floats
    hybrid_share: Floats
    mbo_schools: Floats

    @cached_property
    def lowest_level(self) -> int:
        """Lowest level of education with which somebody may teach anything."""
        return int(self.min_level.min())

    @cached_property
    def pace(self) -> Floats:
        """Share of what students have changed by that budgets follow in a month; (segments, kinds, 1)."""
        return np.asarray((1.0 / self.lag)[..., None])


def load_teaching(dims: Dimensions, folder: Path | None = None) -> Teaching:
    """Read and check the tables ``teacher_posts`` and ``mbo_schools``; TableError names what is wrong."""
    table = Table(
        "teacher_posts",
        ("segment", "kind"),
        (
            name("segment", SEGMENTS),
            name("kind", KINDS),
            number("fte", 1, 1e6),
            name("min_level", dims.level),
            number("degree", 0, 1),
            number("older", 0.01, 100),
            number("pull", 0.01, 100),
            number("lag", 1, 600),
            number("hybrid_share", 0, 1),
        ),
    )
    schools = Table("mbo_schools", ("region",), (name("region", dims.region), number("schools", 0.01, 1000)))
    rows = read(table, folder)
    rows["level"] = np.array([float(dims.level.index(label)) for label in rows["min_level"]])

    def column(value: str) -> npt.NDArray[Any]:
        return dense(table, rows, value, {"segment": SEGMENTS, "kind": KINDS})

    return Teaching(
        fte=column("fte"),
        min_level=column("level").astype(np.int64),
        degree=column("degree") > 0.5,
        older=column("older"),
        pull=column("pull"),
        lag=column("lag"),
        hybrid_share=column("hybrid_share"),
        mbo_schools=dense(schools, read(schools, folder), "schools", {"region": dims.region}),
    )

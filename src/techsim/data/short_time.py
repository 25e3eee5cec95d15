"""What short-time work needs of tables (W3): how used sectors are to it, and what an hour of work is paid."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from techsim.data.dimensions import Dimensions
from techsim.data.reader import Table, dense, name, number, read

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ShortTime:
    """Dense arrays; index orders are those of :class:`Dimensions`.

    organisation : (sectors,), log odds of taking part, relative to manufacturing. hourly_wage : (occupations, levels),
    gross, euro of 2021.
    """

    organisation: Floats
    hourly_wage: Floats


def load_short_time(dims: Dimensions, folder: Path | None = None) -> ShortTime:
    """Read and check the tables; TableError names what is wrong."""
    use = Table("short_time_use", ("sector",), (name("sector", dims.sector), number("organisation", -20, 20)))
    axes = {"occupation": dims.occupation, "level": dims.level}
    wages = Table(
        "hourly_wages",
        tuple(axes),
        (name("occupation", dims.occupation), name("level", dims.level), number("euro", 5, 200)),
    )
    return ShortTime(
        organisation=dense(use, read(use, folder), "organisation", {"sector": dims.sector}),
        hourly_wage=dense(wages, read(wages, folder), "euro", axes),
    )

"""What lifelong learning needs of tables (W4): attitudes by level, overview by size of firm, funds by sector."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from techsim.data.dimensions import Dimensions
from techsim.data.reader import Table, dense, name, number, read

Floats = npt.NDArray[np.float64]

PAYERS = ("employer", "fund", "own", "stap", "slim")
"""Who pays for a course: the last two are public."""


@dataclass(frozen=True)
class Training:
    """Dense arrays; index orders are those of :class:`Dimensions`.

    attitude : (levels,), log odds of wanting to learn. months : (levels,), months that a course runs. overview :
    (sizes,), log odds that an employer pays. fund : (sectors,), share of the workers whose employer does not pay for
    whom an O&O fund does.
    """

    attitude: Floats
    months: Floats
    overview: Floats
    fund: Floats


def load_training(dims: Dimensions, folder: Path | None = None) -> Training:
    """Read and check the tables; TableError names what is wrong."""
    levels = Table(
        "training_levels", ("level",), (name("level", dims.level), number("attitude", -20, 20), number("months", 1, 4))
    )
    sizes = Table("training_sizes", ("firm_size",), (name("firm_size", dims.firm_size), number("overview", -20, 20)))
    funds = Table("training_funds", ("sector",), (name("sector", dims.sector), number("share", 0, 1)))
    by_level, axis = read(levels, folder), {"level": dims.level}
    return Training(
        attitude=dense(levels, by_level, "attitude", axis),
        months=dense(levels, by_level, "months", axis),
        overview=dense(sizes, read(sizes, folder), "overview", {"firm_size": dims.firm_size}),
        fund=dense(funds, read(funds, folder), "share", {"sector": dims.sector}),
    )

"""What lifelong learning needs of tables (W4): memories of school and courses on offer by level, courses on offer by
occupation group, overview by size of firm, funds by sector."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from techsim.data.dimensions import Dimensions
from techsim.data.reader import Sum, Table, dense, name, number, read

Floats = npt.NDArray[np.float64]

PAYERS = ("employer", "fund", "own", "stap", "slim")
"""Who pays for a course: the last two are public."""
RETRAINERS = ("uwv", "fund", "region")
"""Who runs programmes of retraining: the benefit agency, O&O funds of sectors, regions."""


@dataclass(frozen=True)
class Training:
    """Dense arrays; index orders are those of :class:`Dimensions`.

    memories : (levels,), share with bad memories of school. offer_by_level, (levels,), offer_by_group, (groups,), share
    of the courses on offer that fit. months : (levels,), months that a course runs. overview : (sizes,), log odds that
    an employer pays. fund : (sectors,), share of the workers whose employer does not pay for whom an O&O fund does.

    Of retrainers (``RETRAINERS``), (3,) each: retrainer_share, of places without a lever; retrains_unemployed,
    retrains_workers, bool, whom they take; retrainer_length, retrainer_dropout, relative to the parameters;
    retrainer_euro a person.
    """

    memories: Floats
    offer_by_level: Floats
    offer_by_group: Floats
    months: Floats
    overview: Floats
    fund: Floats
    retrainer_share: Floats
    retrains_unemployed: npt.NDArray[np.bool_]
    retrains_workers: npt.NDArray[np.bool_]
    retrainer_length: Floats
    retrainer_dropout: Floats
    retrainer_euro: Floats


def load_training(dims: Dimensions, folder: Path | None = None) -> Training:
    """Read and check the tables; TableError names what is wrong."""
    levels = Table(
        "training_levels",
        ("level",),
        (name("level", dims.level), number("memories", 0, 1), number("offer", 0, 1), number("months", 1, 4)),
    )
    groups = Table("training_groups", ("occupation",), (name("occupation", dims.occupation), number("offer", 0, 1)))
    sizes = Table("training_sizes", ("firm_size",), (name("firm_size", dims.firm_size), number("overview", -20, 20)))
    funds = Table("training_funds", ("sector",), (name("sector", dims.sector), number("share", 0, 1)))
    by_level, axis = read(levels, folder), {"level": dims.level}
    programmes = Table(
        "retraining_programmes",
        ("retrainer",),
        (
            name("retrainer", RETRAINERS),
            *(number(column, 0, 1) for column in ("share", "unemployed", "workers")),
            *(number(column, 0, 10) for column in ("length", "dropout")),
            number("euro", 0, 100_000),
        ),
        (Sum("share", (), total=1.0),),
    )
    of_retrainers = read(programmes, folder)

    def column(label: str) -> Floats:
        return dense(programmes, of_retrainers, label, {"retrainer": RETRAINERS})

    return Training(
        memories=dense(levels, by_level, "memories", axis),
        offer_by_level=dense(levels, by_level, "offer", axis),
        offer_by_group=dense(groups, read(groups, folder), "offer", {"occupation": dims.occupation}),
        months=dense(levels, by_level, "months", axis),
        overview=dense(sizes, read(sizes, folder), "overview", {"firm_size": dims.firm_size}),
        fund=dense(funds, read(funds, folder), "share", {"sector": dims.sector}),
        retrainer_share=column("share"),
        retrains_unemployed=column("unemployed") > 0.0,
        retrains_workers=column("workers") > 0.0,
        retrainer_length=column("length"),
        retrainer_dropout=column("dropout"),
        retrainer_euro=column("euro"),
    )

"""What regions are like (W5): how urban they are, and where programmes of hbo and wo are taught."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from techsim.data.dimensions import Dimensions
from techsim.data.reader import Sum, Table, dense, name, number, read

Floats = npt.NDArray[np.float64]

TAUGHT = ("hbo", "wo")
KIND = ("other", "technical")


@dataclass(frozen=True)
class Regions:
    """Dense arrays; index orders are those of TAUGHT, KIND and :class:`Dimensions`.

    urban : (regions,), share of residents in very or strongly urban municipalities. places : (TAUGHT, KIND, regions),
    share of the country's places in programmes, by where the institution stands.
    """

    urban: Floats
    places: Floats


def load_regions(dims: Dimensions, folder: Path | None = None) -> Regions:
    """Read and check the tables; TableError names what is wrong."""
    character = Table("region_character", ("region",), (name("region", dims.region), number("urban", 0, 1)))
    axes = {"level": TAUGHT, "kind": KIND, "region": dims.region}
    columns = (*(name(key, labels) for key, labels in axes.items()), number("share", 0, 1))
    places = Table("study_places", tuple(axes), columns, (Sum("share", ("level", "kind")),))
    return Regions(
        urban=dense(character, read(character, folder), "urban", {"region": dims.region}),
        places=dense(places, read(places, folder), "share", axes),
    )

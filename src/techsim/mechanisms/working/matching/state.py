"""What seekers and employers hold to in all months of a run (W2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from techsim.data.inputs import Tables
from techsim.mechanisms.working.matching.declare import DEPTHS
from techsim.mechanisms.working.matching.kernels import left_after, levels_considered

_MONTHS = 1 << 16
"""More than lie between the months that int16 can tell: who never left education did so in the first of them."""
FIELD_MATTERS_FROM = "mbo4"
"""Lowest job level at which employers ask for a field."""


RANKING = (
    "matching.rank_fit",
    "matching.rank_experience",
    "matching.rank_shortfall",
    "matching.rank_surplus",
    "matching.rank_duration",
    "matching.rank_noise",
    "matching.rank_transferable",
)
"""Weights of the ranking, in the order of :func:`~techsim.mechanisms.working.matching.kernels.score_of`."""


@dataclass(frozen=True)
class Standards:
    """What the month does not change.

    willing : float64 (depths, levels, job levels), willingness to work at a level; considered : int64 (fields, levels,
    groups), see :func:`levels_considered`; depth_months : int64 (depths - 1,); field_left, attachment_left,
    field_relief, rank_weights : float64, see :func:`apply_for_jobs`.
    """

    willing: npt.NDArray[np.float64]
    considered: npt.NDArray[np.int64]
    depth_months: npt.NDArray[np.int64]
    field_left: npt.NDArray[np.float64]
    attachment_left: npt.NDArray[np.float64]
    field_relief: npt.NDArray[np.float64]
    rank_weights: npt.NDArray[np.float64]


def standards_of(tables: Tables, parameters: Mapping[str, float]) -> Standards:
    """Those of a run."""
    p, labour = parameters, tables.labour
    gap = labour.ladder[None, :] - labour.ladder[:, None]
    depths = np.arange(len(DEPTHS) + 1)
    relief = p["matching.step_down_relief"] ** depths
    down = p["matching.step_down"] * relief[:, None, None] * np.minimum(gap, 0.0)
    willing = np.exp(down - p["matching.step_up"] * np.maximum(gap, 0.0))
    considered = levels_considered(
        fit=labour.fit,
        ladder=labour.ladder,
        high_level=tables.dimensions.level.index(FIELD_MATTERS_FROM),
        max_shortfall=p["matching.max_shortfall"],
        min_fit=p["matching.min_fit"],
    )
    return Standards(
        willing=willing,
        considered=considered,
        depth_months=np.array(DEPTHS),
        field_left=left_after(_MONTHS, p["matching.field_pull_years"]),
        attachment_left=left_after(_MONTHS, p["matching.attachment_years"]),
        field_relief=np.asarray(p["matching.field_relief"] ** depths, dtype=np.float64),
        rank_weights=np.array([p[name] for name in RANKING]),
    )

"""What choosers see of the labour market: lagged tightness and wages against the first year of the run (K2)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.world import World

Floats = npt.NDArray[np.float64]


def relative_prospects(world: World) -> Floats:
    """theta_g + psi w_g by occupation group (groups,), as change since the run's first school year; log ratio."""
    labour, weight = world.labour, world.parameters["prospects.wage_weight"]
    now = np.asarray(labour.prospects + weight * labour.wage_prospects, dtype=np.float64)
    if world.schools.prospects_reference is None:
        world.schools.prospects_reference = now.copy()
    change: Floats = now - world.schools.prospects_reference
    return change


def technical_prospects(world: World) -> float:
    """Mean relative prospects of the technical groups against those of the others; log ratio."""
    technical = world.tables.dimensions.occupation_technical
    change = relative_prospects(world)
    return float(change[technical].mean() - change[~technical].mean())


def unemployment_change(world: World) -> float:
    """Unemployment rate less that of the run's first school year; share of the labour force."""
    now = float(world.labour.unemployment_rate)
    if world.schools.unemployment_reference is None:
        world.schools.unemployment_reference = now
    return now - world.schools.unemployment_reference

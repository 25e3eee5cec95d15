"""What schools hold from year to year: intercepts of the choices, and what last year's peers chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from techsim.data.inputs import Tables
from techsim.mechanisms.choosing.intercepts import (
    followup_intercepts,
    profile_intercepts,
    share_intercepts,
)
from techsim.population.reached import Reached

Floats = npt.NDArray[np.float64]


@dataclass
class Schools:
    """State of choosing.

    profile_intercept, wiskunde_b_intercept : (tracks, sexes). followup_intercept : (origins, sexes, earlier).
    peer_reference : (tracks, sexes) share that chose technology in the start year. peer_share : (regions, tracks,
    sexes) share seen by this year's choosers. prospects_reference : (occupations,) prospects in the first year of
    the run, from which later ones are counted; None until then. unemployment_reference : share, likewise.
    guidance_reference : reach in the start year. wt_teachers : (regions,) share of primary teachers who learned W&T at
    their pabo; wt_reference : that of the start. switchers : (regions,) people who switched up or between kinds of
    field this month, simulated persons. reached : whom levers reached at their choice or before.
    """

    profile_intercept: Floats
    wiskunde_b_intercept: Floats
    followup_intercept: Floats
    peer_reference: Floats
    peer_share: Floats
    guidance_reference: float
    wt_teachers: Floats
    wt_reference: float
    switchers: Floats
    prospects_reference: Floats | None = None
    unemployment_reference: float | None = None
    reached: Reached = field(default_factory=Reached)


def create_schools(tables: Tables, parameters: Mapping[str, float], start_year: int) -> Schools:
    """Schools at the start: intercepts such that start-year conditions give the start-year shares."""
    education = tables.education
    regions = tables.dimensions.size("region")
    peers = np.repeat(education.profile_shares[None], regions, axis=0)
    profile = profile_intercepts(tables, parameters)
    return Schools(
        profile_intercept=profile,
        wiskunde_b_intercept=share_intercepts(
            education.wiskunde_b_shares, parameters["profile.wiskunde_b_affinity_weight"]
        ),
        followup_intercept=followup_intercepts(tables, parameters, profile),
        peer_reference=education.profile_shares.copy(),
        peer_share=peers,
        guidance_reference=education.exposure_at("guidance_reach", start_year),
        wt_teachers=np.full(regions, education.exposure_at("wt_pabo", start_year)),
        wt_reference=education.exposure_at("wt_pabo", start_year),
        switchers=np.zeros(regions),
    )

"""K2, profile choice, in the month: September, after intake."""

from __future__ import annotations

import numpy as np

from techsim.mechanisms.choosing.encouragement import image, programmes, usual_guidance
from techsim.mechanisms.choosing.intercepts import background_norms
from techsim.mechanisms.choosing.profile.kernels import choose_profiles
from techsim.mechanisms.choosing.prospects import technical_prospects
from techsim.mechanisms.world import World

CHOICE_GRADE = {"vmbo_bb": 3, "vmbo_kb": 3, "vmbo_gl": 3, "vmbo_tl": 3, "havo": 4, "vwo": 4}
"""Grade in which the profile or sector is chosen (Wet voortgezet onderwijs 2020, art. 2.20 ff.)."""


def process(world: World) -> None:
    """Let vmbo-3, havo-4 and vwo-4 choose; remember the shares that next year's peers will see."""
    p, people, dims, schools = world.parameters, world.people, world.tables.dimensions, world.schools
    guidance = np.full((dims.size("sex"), dims.size("background")), p["profile.guidance_weight"])
    guidance[dims.sex.index("female")] += p["profile.guidance_weight_girls"]
    guidance[:, 1:] += p["profile.guidance_weight_migration"]
    meeting = programmes(world, guidance)
    reached = np.zeros(people.size if meeting.share.any() else 0, dtype=np.uint8)
    drawn = image(world, p["profile.image_weight"], p["profile.prospects_weight"])
    chosen = world.recorder.slot("profile_choices", world.month)
    before = chosen.copy()
    choose_profiles(
        seed=world.seed,
        month=world.month,
        ids=people.id,
        stage=people.stage,
        track=people.track,
        grade=people.grade,
        sex=people.sex,
        background=people.background,
        region=people.region,
        affinity=people.affinity,
        choice_grade=np.array([CHOICE_GRADE.get(t, 0) for t in dims.track], dtype=np.int8),
        intercept=schools.profile_intercept,
        wiskunde_intercept=schools.wiskunde_b_intercept,
        norms=background_norms(world.tables, p)[None] + drawn[:, None, None],
        peers=schools.peer_share - schools.peer_reference[None],
        guidance=usual_guidance(world) - schools.guidance_reference,
        guidance_weights=guidance,
        reach=meeting.share,
        aimed=meeting.aimed,
        gains=meeting.gains,
        route_coverage=world.hooks["technologieroute.coverage"],
        affinity_weight=p["profile.affinity_weight"],
        wiskunde_weight=p["profile.wiskunde_b_affinity_weight"],
        peer_weight=p["profile.peer_weight"],
        prospects=p["profile.prospects_weight"] * technical_prospects(world),
        profile=people.profile,
        flags=people.flags,
        reached=reached,
        chosen=chosen,
        wiskunde=world.recorder.slot("wiskunde_b", world.month),
        route=world.recorder.slot("technologieroute_entrants", world.month),
    )
    rows = np.flatnonzero(reached)
    schools.reached.add(people.id[rows], reached[rows])
    _remember(world, chosen - before)


def _remember(world: World, chosen: np.ndarray) -> None:
    """q(y) = (1 - s) q(y-1) + s x share, per region, track and sex; unchanged where nobody chose."""
    smoothing = world.parameters["profile.peer_smoothing"]
    by_cell = chosen.sum(axis=2).transpose(2, 0, 1, 3)
    total = by_cell.sum(axis=-1)
    share = np.divide(by_cell[..., 1], total, out=world.schools.peer_share.copy(), where=total > 0)
    world.schools.peer_share += smoothing * (share - world.schools.peer_share)

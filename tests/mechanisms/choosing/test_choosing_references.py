"""Kernels of choosing equal their plain-Python references, person by person and count by count."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest

from mechanisms.school_world import as_dicts, onward_rules, school_world, wild
from reference import choosing as reference
from techsim.data.education import DESTINATIONS
from techsim.data.inputs import Tables
from techsim.mechanisms.choosing.exposure.process import process as expose
from techsim.mechanisms.choosing.intercepts import background_norms
from techsim.mechanisms.choosing.onward.choice import choose
from techsim.mechanisms.choosing.placement.process import ORDER
from techsim.mechanisms.choosing.placement.process import process as place
from techsim.mechanisms.choosing.profile.process import CHOICE_GRADE
from techsim.mechanisms.choosing.profile.process import process as choose_profiles
from techsim.mechanisms.world import World
from techsim.population.people import COHORT_BASE
from techsim.population.reached import PROGRAMMES
from techsim.population.states import Flag, FlowNode, Profile, Stage

SEEDS = [1, 2, 3]


def counted(world: World, indicator: str) -> dict[tuple[int, ...], int]:
    """The month's non-zero counts of an indicator."""
    slot = world.recorder.slot(indicator, world.month)
    return {tuple(int(x) for x in at): int(slot[tuple(at)]) for at in np.argwhere(slot)}


@pytest.mark.parametrize("seed", SEEDS)
def test_exposure_to_science_and_technology(tables: Tables, seed: int) -> None:
    world = school_world(tables, (2010, 8), 2000, seed)
    p = world.parameters
    rules = {
        "share": world.hooks["exposure.wt_schools"].tolist(),
        "all": p["exposure.wt_effect"],
        "girls": p["exposure.wt_effect_girls"],
        "migration": p["exposure.wt_effect_migration"],
        "renewal": p["exposure.teacher_renewal"],
        "weight": p["exposure.teacher_weight"],
        "intensity": p["exposure.intensity"],
        "trained0": world.schools.wt_reference,
    }
    rules["support"] = world.hooks["exposure.support"].tolist()
    cells = zip(world.hooks["exposure.pabo"].tolist(), world.schools.wt_teachers.tolist(), strict=True)
    rules["quality"] = [reference.quality_of_teaching(*cell, rules) for cell in cells]
    before = as_dicts(world.people)
    shifts = [reference.shift_by_exposure(seed, world.month, person, rules) for person in before]
    expose(world)
    assert sum(shift is not None for shift in shifts) > 10
    expected = Counter()
    for person, after, shift in zip(before, as_dicts(world.people), shifts, strict=True):
        changed = (
            person
            if shift is None
            else person
            | {
                "affinity": float(np.float32(person["affinity"] + shift[0])),
                "flags": person["flags"] | Flag.WT_EXPOSED,
            }
        )
        assert after == changed
        if shift is not None:
            expected[person["sex"], person["region"]] += 1
    assert counted(world, "wt_exposed") == expected
    supported = {p["id"] for p, shift in zip(before, shifts, strict=True) if shift is not None and shift[1]}
    kept = world.schools.reached
    assert 0 < len(supported) < expected.total()
    assert set(kept.ids.tolist()) == supported
    assert set(kept.by.tolist()) == {1 << PROGRAMMES.index("wt_support")}


@pytest.mark.parametrize("seed", SEEDS)
def test_placement_in_tracks(tables: Tables, seed: int) -> None:
    world = school_world(wild(tables, seed), (2010, 8), 2000, seed)
    dims, p = tables.dimensions, world.parameters
    shift = p["placement.advice_non_western"]
    theta = {"native": 0.0, "western": shift / 2, "non_western": shift}
    shares = world.tables.education.track_shares_at(2010)
    rules = {
        "rho": p["placement.ability_weight"],
        "theta": [theta[b] for b in dims.background],
        "backgrounds": tables.demography.pupil_background_shares().tolist(),
        "ladder": [(dims.track.index(t), float(shares[dims.track.index(t)])) for t in ORDER],
    }
    before = as_dicts(world.people)
    tracks = [reference.advised_track(seed, world.month, person, rules) for person in before]
    place(world)
    expected = Counter()
    for person, after, track in zip(before, as_dicts(world.people), tracks, strict=True):
        placed = {
            "stage": Stage.VO,
            "track": track,
            "grade": 1,
            "cohort": 2010 - COHORT_BASE,
            "node": FlowNode.VO_START,
        }
        assert after == (person if track is None else person | placed)
        if track is not None:
            expected[track, person["sex"], person["background"]] += 1
    assert len(set(tracks)) > 5
    assert counted(world, "pupils_placed") == expected


def profile_rules(world: World) -> dict[str, Any]:
    """What the reference of the profile choice needs."""
    p, tables, schools = world.parameters, world.tables, world.schools
    pay = p["prospects.wage_weight"] * world.labour.wage_prospects
    change = world.labour.prospects + pay - schools.prospects_reference
    technical = tables.dimensions.occupation_technical
    return {
        "choice_grade": [CHOICE_GRADE.get(track) for track in tables.dimensions.track],
        "alpha": schools.profile_intercept.tolist(),
        "alpha_w": schools.wiskunde_b_intercept.tolist(),
        "nu": background_norms(tables, p).tolist(),
        "q": schools.peer_share.tolist(),
        "q0": tables.education.profile_shares.tolist(),
        "reach": world.hooks["guidance.reach"].tolist(),
        "usual": world.offered["guidance.reach"].tolist(),
        "reach0": schools.guidance_reference,
        "coverage": world.hooks["technologieroute.coverage"].tolist(),
        "m": float(change[technical].mean() - change[~technical].mean()),
        "beta_a": p["profile.affinity_weight"],
        "beta_p": p["profile.peer_weight"],
        "beta_g": p["profile.guidance_weight"],
        "beta_gf": p["profile.guidance_weight_girls"],
        "beta_gm": p["profile.guidance_weight_migration"],
        "beta_m": p["profile.prospects_weight"],
        "beta_w": p["profile.wiskunde_b_affinity_weight"],
        "gamma_f": p["profile.role_model_weight"],
        "gamma_m": p["profile.coaching_weight"],
        "iota": p["profile.image_weight"],
        "psi": p["prospects.wage_weight"],
        "role_models": world.hooks["role_models.girls"].tolist(),
        "coached": world.hooks["role_models.migration"].tolist(),
        "image": world.hooks["image.reach"].tolist(),
        "paid": world.hooks["pay.technical"].tolist(),
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_profile_choice_wiskunde_b_and_technologieroute(tables: Tables, seed: int) -> None:
    world = school_world(tables, (2010, 9), 1500, seed)
    world.people.flags &= np.uint8(0xFF ^ (Flag.WISKUNDE_B | Flag.TECHNOLOGIEROUTE))
    world.offered["guidance.reach"] = world.hooks["guidance.reach"] * np.array([1.0, 0.4, 0.7, 0.0, 1.0])
    rules, before, seen = profile_rules(world), as_dicts(world.people), world.schools.peer_share.copy()
    choices = [reference.profile(seed, world.month, person, rules) for person in before]
    choose_profiles(world)
    profiles, wiskunde, route = Counter(), Counter(), Counter()
    met: dict[int, int] = {}
    for person, after, choice in zip(before, as_dicts(world.people), choices, strict=True):
        if choice is None:
            assert after == person
            continue
        t, s, b, r = (person[name] for name in ("track", "sex", "background", "region"))
        flags = person["flags"] | choice["wiskunde_b"] * Flag.WISKUNDE_B | choice["route"] * Flag.TECHNOLOGIEROUTE
        profile = Profile.TECHNICAL if choice["technical"] else Profile.OTHER
        assert after == person | {"profile": profile, "flags": flags}
        profiles[t, s, b, r, int(choice["technical"])] += 1
        if by := reference.reached(seed, person, rules):
            met[person["id"]] = sum(1 << PROGRAMMES.index(name) for name in by)
        if choice["wiskunde_b"]:
            wiskunde[t, s] += 1
        if choice["route"]:
            route[t, s, r] += 1
    assert min(sum(profiles.values()) - 50, sum(wiskunde.values()) - 2, sum(route.values()) - 10) > 0
    assert {by >> k & 1 for by in met.values() for k in range(3)} == {0, 1}
    kept = world.schools.reached
    assert list(zip(kept.ids.tolist(), kept.by.tolist(), strict=True)) == sorted(met.items())
    assert counted(world, "profile_choices") == profiles
    assert counted(world, "wiskunde_b") == wiskunde
    assert counted(world, "technologieroute_entrants") == route
    smoothing = world.parameters["profile.peer_smoothing"]
    for r, t, s in np.ndindex(*seen.shape):
        cell = [c for c in profiles.elements() if (c[3], c[0], c[1]) == (r, t, s)]
        share = reference.seen_share(float(seen[r, t, s]), sum(c[4] for c in cell), len(cell), smoothing)
        assert world.schools.peer_share[r, t, s] == pytest.approx(share, abs=1e-12)


@pytest.mark.parametrize("redrawn", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_onward_choice(tables: Tables, seed: int, redrawn: bool) -> None:
    world = school_world(wild(tables, seed) if redrawn else tables, (2010, 9), 1200, seed)
    rules, people = onward_rules(world), as_dicts(world.people)
    who = np.random.default_rng(seed).permutation(world.people.size)[:600]
    choices = choose(world, who)
    assert as_dicts(world.people) == people, "choosing writes nothing of the people"
    for j, i in enumerate(who):
        expected = reference.onward(seed, world.month, people[i], rules)
        found = DESTINATIONS[choices.destination[j]], int(choices.field[j]), bool(choices.wants_bbl[j])
        assert found == expected, people[i]
        assert choices.earlier[j] == reference.earlier_kind(people[i], rules)
    assert choices.wants_bbl.sum() > 20
    assert np.unique(choices.field).size == tables.dimensions.general + 1

"""Random worlds of pupils, students and school leavers, for the tests of choosing and learning."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from techsim.data.inputs import Tables
from techsim.mechanisms.choosing.exposure import declare as exposure
from techsim.mechanisms.choosing.onward import declare as onward
from techsim.mechanisms.choosing.placement import declare as placement
from techsim.mechanisms.choosing.profile import declare as profile
from techsim.mechanisms.choosing.state import create_schools
from techsim.mechanisms.learning.flows import declare as flows
from techsim.mechanisms.learning.intake import declare as intake
from techsim.mechanisms.learning.tertiary import declare as tertiary
from techsim.mechanisms.learning.vo import declare as vo
from techsim.mechanisms.working.places.state import Places
from techsim.mechanisms.world import World
from techsim.population.clock import month_index
from techsim.population.people import COHORT_BASE, FIELDS, People
from techsim.population.states import NEVER, NONE, Diploma, FlowNode, Labour, Stage
from techsim.results.coordinates import coordinates, sizes
from techsim.results.recorder import Recorder

MODULES = (exposure, placement, profile, onward, vo, tertiary, intake, flows)
DEFAULTS = {p.name: p.default for module in MODULES for p in module.PARAMETERS}
FIRST, LAST = month_index(2008, 1), month_index(2012, 12)
STUDENTS = (Stage.MBO, Stage.HBO, Stage.WO_BACHELOR, Stage.WO_MASTER)


def wild(tables: Tables, seed: int) -> Tables:
    """The tables with every chance of the school years redrawn: far from 0 and 1, so that everything happens."""
    rng = np.random.default_rng(seed)
    e = tables.education
    field_shares = rng.dirichlet(np.ones(4), (*e.field_shares.shape[:2], 2)).reshape(e.field_shares.shape)
    grade_chances = {name: rng.uniform(0.0, 0.4, e.vo_repeat.shape) for name in ("vo_repeat", "vo_down", "vo_leave")}
    columns = e.passed.shape
    return replace(
        tables,
        education=replace(
            e,
            **grade_chances,
            vo_passed=rng.uniform(0.2, 0.9, e.vo_passed.shape),
            track_shares=rng.dirichlet(np.ones(e.track_shares.shape[1]), e.track_shares.shape[0]),
            onward=rng.dirichlet(np.full(e.onward.shape[1], 0.6), e.onward.shape[0]),
            field_shares=field_shares,
            kind_shift=rng.normal(0, 0.5, e.kind_shift.shape),
            bbl_shares=rng.uniform(0.1, 0.9, e.bbl_shares.shape),
            passed=rng.uniform(0.2, 0.9, columns),
            dropout_first=rng.uniform(0.3, 1.0, columns),
            dropout_later=rng.uniform(0.1, 0.9, columns),
            switch_first=rng.uniform(0.2, 0.9, columns),
        ),
    )


def parameters(seed: int | None, **chosen: float) -> dict[str, float]:
    """Every parameter: the defaults, or draws within half and one and a half of them; ``chosen`` as group__name."""
    rng = np.random.default_rng(seed)
    values = dict(DEFAULTS)
    if seed is not None:
        for p in (p for module in MODULES for p in module.PARAMETERS):
            values[p.name] = float(np.clip(p.default * rng.uniform(0.5, 1.5), p.low, p.high))
    chosen = {name.replace("__", "."): value for name, value in chosen.items()}
    assert set(chosen) <= set(values), "a test names a parameter that does not exist"
    return values | chosen


def crowd(tables: Tables, count: int, seed: int, month: int) -> People:
    """``count`` people of six to 45 in random but consistent states."""
    rng = np.random.default_rng(seed)
    dims, education = tables.dimensions, tables.education
    stages = (Stage.PRIMARY, Stage.VO, *STUDENTS, Stage.OUT)
    stage = rng.choice(stages, count, p=[0.1, 0.3, 0.15, 0.08, 0.08, 0.04, 0.25])
    age = np.select(
        [stage == Stage.PRIMARY, stage == Stage.VO, stage == Stage.OUT],
        [rng.integers(112, 150, count), rng.integers(144, 222, count), rng.integers(185, 560, count)],
        rng.integers(190, 330, count),
    )
    track = np.where(stage == Stage.PRIMARY, NONE, rng.integers(0, dims.size("track"), count))
    programme = np.full(count, NONE)
    for code in STUDENTS:
        rows = np.flatnonzero(stage == code)
        programme[rows] = rng.choice(np.flatnonzero(education.programme_stage == code), rows.size)
    diploma = np.where(stage == Stage.VO, rng.integers(0, 4, count), rng.integers(0, len(Diploma), count))
    general = rng.random(count) < 0.5
    labour = np.where(stage == Stage.OUT, rng.integers(0, 4, count), int(Labour.OUTSIDE))
    has_worked = (labour == Labour.EMPLOYED) | (rng.random(count) < 0.3)
    people = People(count)
    people.add(
        {
            "id": rng.permutation(np.arange(1, count + 1)).astype(np.uint64) * np.uint64(104_729 * 2**20 + 7),
            "birth_month": month - age,
            "sex": rng.integers(0, dims.size("sex"), count),
            "background": rng.integers(0, dims.size("background"), count),
            "region": rng.integers(0, dims.size("region"), count),
            "stage": stage,
            "track": track,
            "grade": np.minimum(rng.integers(1, 7, count), education.vo_last_grade[track]) * (stage == Stage.VO),
            "programme": programme,
            "enrolled": np.where(programme >= 0, month - rng.integers(1, 60, count), NEVER),
            "profile": np.where(track == NONE, 0, rng.integers(0, 3, count)),
            "flags": rng.integers(0, 16, count),
            "ability": rng.standard_normal(count),
            "affinity": rng.standard_normal(count),
            "diploma": np.where(stage == Stage.PRIMARY, 0, diploma),
            "level": rng.integers(0, dims.size("level"), count) * (diploma > 0),
            "field": np.where(general, dims.general, rng.integers(0, dims.general, count)),
            "left_education": np.where(stage == Stage.OUT, month - rng.integers(0, 40, count), NEVER),
            "labour": labour,
            "occupation": np.where(has_worked, rng.integers(0, dims.size("occupation"), count), NONE),
            "cohort": rng.integers(2005, 2014, count) - COHORT_BASE,
            "node": rng.integers(0, len(FlowNode), count),
        }
    )
    return people


def school_world(
    tables: Tables, month: tuple[int, int], count: int = 400, seed: int = 1, people: People | None = None, **chosen: Any
) -> World:
    """A world in a month (year, month): schools, hooks and what is seen of the labour market, all away from neutral.

    ``chosen``: parameters as ``group__name``, and ``default=True`` for the defaults elsewhere.
    """
    at = month_index(*month)
    rng = np.random.default_rng(1000 + seed)
    dims = tables.dimensions
    values = parameters(None if chosen.pop("default", False) else seed, **chosen)
    regions = dims.size("region")
    schools = create_schools(tables, values, 2008)
    schools.peer_share = np.clip(schools.peer_share + rng.normal(0, 0.15, schools.peer_share.shape), 0, 1)
    schools.prospects_reference = rng.normal(0, 0.3, dims.size("occupation"))
    schools.unemployment_reference = 0.04
    schools.wt_teachers = rng.uniform(0.1, 0.9, regions)
    labour = SimpleNamespace(
        prospects=rng.normal(0, 0.5, dims.size("occupation")),
        unemployment_rate=0.07,
        places_free=rng.integers(0, 3, (dims.size("occupation"), regions)),
        places=Places(employers=dims.employers, groups=dims.size("occupation"), regions=regions),
        wage_prospects=rng.normal(0, 0.05, dims.size("occupation")),
    )
    return World(
        seed=seed,
        month=at,
        first=FIRST,
        last=LAST,
        scale=100.0,
        people=crowd(tables, count, seed, at) if people is None else people,
        tables=tables,
        parameters=values,
        hooks={
            "exposure.wt_schools": rng.uniform(0.2, 0.9, regions),
            "guidance.reach": rng.uniform(0.1, 0.9, regions),
            "technologieroute.coverage": rng.uniform(0.1, 0.7, regions),
            "switching.courses": rng.uniform(0.0, 1.0, regions),
            "exposure.support": rng.uniform(0.0, 1.0, regions),
            "exposure.pabo": rng.uniform(0.2, 0.9, regions),
            "role_models.girls": rng.uniform(0.0, 0.9, regions),
            "role_models.migration": rng.uniform(0.0, 0.9, regions),
            "image.reach": rng.uniform(0.0, 0.9, regions),
            "pay.technical": rng.uniform(0.0, 0.3, regions),
        },
        output_gap=np.zeros(LAST - FIRST + 1),
        recorder=Recorder([i for m in MODULES for i in m.INDICATORS], sizes(coordinates(dims)), FIRST, LAST),
        schools=schools,
        labour=labour,  # type: ignore[arg-type]
    )


def as_dicts(people: People) -> list[dict[str, Any]]:
    """People as dicts of Python numbers."""
    columns = {name: getattr(people, name).tolist() for name in FIELDS}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def copied(people: People, order: np.ndarray | None = None) -> People:
    """A copy, optionally stored in another order."""
    rows = np.arange(people.size) if order is None else order
    twin = People(people.size)
    twin.add({name: getattr(people, name)[rows].copy() for name in FIELDS})
    return twin


def programmes(tables: Tables) -> list[dict[str, Any]]:
    """The programmes as the references know them."""
    e, dims = tables.education, tables.dimensions
    rows = zip(
        e.programme_stage.tolist(),
        e.programme_column.tolist(),
        e.programme_level.tolist(),
        e.programme_pathway.tolist(),
        e.programme_field.tolist(),
        e.programme_years.tolist(),
        strict=True,
    )
    return [
        {"stage": s, "column": c, "level": lv, "pathway": dims.pathway[p], "field": f, "years": y}
        for s, c, lv, p, f, y in rows
    ]


def onward_rules(world: World) -> dict[str, Any]:
    """What the reference of the onward choice needs, from tables, parameters and hooks."""
    p, e, dims = world.parameters, world.tables.education, world.tables.dimensions
    destinations = ("mbo1", "mbo2", "mbo3", "mbo4", "havo", "vwo", "hbo", "wo_bachelor", "wo_master", "out")
    diplomas = ("none", "vmbo_bb", "vmbo_kb", "vmbo_gl", "vmbo_tl", "mbo1", "mbo2", "mbo3", "mbo4", "havo", "vwo")
    diplomas += ("hbo", "wo_bachelor", "wo_master")
    origins = ("none", "vmbo_bb", "vmbo_kb", "vmbo_gl", "vmbo_tl", "havo", "vwo", "mbo", "hbo", "wo")
    levels = {"mbo1": 0, "mbo2": 1, "mbo3": 2, "mbo4": 3, "hbo": 4, "wo_bachelor": 5, "wo_master": 5}
    up = {("vmbo_gl", "havo"), ("vmbo_tl", "havo"), ("havo", "vwo"), ("mbo4", "hbo"), ("hbo", "wo_master")}
    pay = p["prospects.wage_weight"] * np.asarray(world.labour.wage_prospects)
    seen = np.asarray(world.labour.prospects) + pay - np.asarray(world.schools.prospects_reference)
    below = {"mbo2": 1, "mbo3": 2, "mbo4": 3, "havo": 4, "hbo": 4, "vwo": 5, "wo_bachelor": 5, "wo_master": 6}
    columns = ("mbo1", "mbo2", "mbo3", "mbo4", "hbo", "wo_bachelor")
    down = {(diploma, column) for diploma, count in below.items() for column in columns[:count]}
    return {
        "destinations": destinations,
        "diplomas": diplomas,
        "origin_of": {d: origins.index(d if d in origins else "wo" if d.startswith("wo") else "mbo") for d in diplomas},
        "level_of": levels,
        "up": up,
        "down": down,
        "onward": e.onward.tolist(),
        "field_shares": e.field_shares.tolist(),
        "fields": dims.field[:-1],
        "technical": dims.field_technical[:-1].tolist(),
        "needs_wiskunde_b": ("construction", "metal", "ict"),
        "offer": e.kind_shift.tolist(),
        "bbl": e.bbl_shares.tolist(),
        "alpha_field": world.schools.followup_intercept.tolist(),
        "prospects": seen.tolist(),
        "reach": world.hooks["guidance.reach"].tolist(),
        "reach0": world.schools.guidance_reference,
        "unemployment_rise": world.labour.unemployment_rate - float(world.schools.unemployment_reference or 0.0),
        "kappa": cost_of_switching(world),
        "psi": p["prospects.wage_weight"],
        "iota_h": p["followup.image_weight"],
        "image": world.hooks["image.reach"].tolist(),
        "paid": world.hooks["pay.technical"].tolist(),
        "w": p["switching.cost_weight"],
        "w_down": p["switching.cost_weight_down"],
        "omega": p["switching.wiskunde_b_barrier"],
        "beta_x": p["onward.ability_weight"],
        "eta": p["onward.age_weight"],
        "upsilon": p["onward.unemployment_weight"],
        "rho": p["technologieroute.onward"],
        "tau": p["technologieroute.technical"],
        "beta_f": p["followup.affinity_weight"],
        "beta_h": p["followup.guidance_weight"],
        "beta_n": p["followup.prospects_weight"],
        "persistence": p["onward.field_persistence"],
    }


def cost_of_switching(world: World) -> list[float]:
    """kappa by region: courses take a part of it away from those for whom there is one."""
    p = world.parameters
    return [p["switching.cost"] * (1.0 - p["switching.relief"] * u) for u in world.hooks["switching.courses"].tolist()]

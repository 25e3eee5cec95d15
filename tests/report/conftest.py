"""Made-up results with the variables of the outputs contract, and their manifest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import xarray as xr

from techsim.data.dimensions import load_dimensions
from techsim.data.education import ORIGINS
from techsim.population.states import FlowNode
from techsim.report.page import render

FIRST, LAST = 2008, 2030
DIMS = load_dimensions()
MAKE = Callable[..., xr.Dataset]

NODES = tuple(node.name.lower() for node in FlowNode)
FLOWS = {
    ("not_started", "vo_start"): 190_000,
    ("vo_start", "vmbo_technical"): 22_000,
    ("vo_start", "vmbo_other"): 75_000,
    ("vo_start", "havo_technical"): 19_000,
    ("vo_start", "havo_other"): 30_000,
    ("vo_start", "vwo_technical"): 24_000,
    ("vo_start", "vwo_other"): 16_000,
    ("vmbo_other", "havo_other"): 6_000,
    ("vmbo_technical", "mbo_technical"): 15_000,
    ("vmbo_technical", "mbo_other"): 6_500,
    ("vmbo_other", "mbo_technical"): 8_000,
    ("vmbo_other", "mbo_other"): 58_000,
    ("havo_technical", "hbo_technical"): 8_000,
    ("havo_technical", "hbo_other"): 8_500,
    ("havo_other", "hbo_other"): 27_000,
    ("havo_other", "hbo_technical"): 2_000,
    ("havo_other", "work_other"): 1_500,
    ("vwo_technical", "wo_technical"): 11_000,
    ("vwo_technical", "wo_other"): 9_000,
    ("vwo_technical", "hbo_technical"): 2_500,
    ("vwo_other", "wo_other"): 13_000,
    ("vwo_other", "hbo_other"): 2_000,
    ("mbo_technical", "hbo_technical"): 5_000,
    ("mbo_technical", "work_technical"): 11_000,
    ("mbo_technical", "work_other"): 5_500,
    ("mbo_technical", "not_working"): 1_500,
    ("mbo_technical", "mbo_other"): 900,
    ("mbo_other", "hbo_other"): 20_000,
    ("mbo_other", "work_other"): 36_000,
    ("mbo_other", "work_technical"): 3_000,
    ("mbo_other", "not_working"): 6_000,
    ("hbo_technical", "work_technical"): 12_000,
    ("hbo_technical", "work_other"): 3_000,
    ("hbo_technical", "wo_technical"): 900,
    ("hbo_other", "work_other"): 46_000,
    ("hbo_other", "work_technical"): 3_500,
    ("hbo_other", "not_working"): 4_000,
    ("wo_technical", "work_technical"): 8_500,
    ("wo_technical", "work_other"): 2_500,
    ("wo_other", "work_other"): 19_000,
    ("wo_other", "not_working"): 1_500,
}


def make(draws: int = 5, seed: int = 1) -> xr.Dataset:
    """Results of 2008 to 2030 with plausible sizes and a slump in 2012 to 2014."""
    generator = np.random.default_rng(seed)
    times = np.arange(f"{FIRST}-01", f"{LAST + 1}-01", dtype="datetime64[M]").astype("datetime64[ns]")
    years = np.arange(FIRST - 1, LAST + 1)
    month = np.arange(len(times)) / 12 + FIRST
    gap = -0.03 * np.exp(-((month - 2013.3) ** 2) / 2) + 0.012 * np.sin((month - 2016) / 1.6)
    labels: dict[str, Any] = {name: list(DIMS.labels(name)) for name in (
        "sex", "background", "region", "track", "level", "pathway", "field", "occupation", "sector")}  # fmt: skip
    labels |= {
        "technical": [False, True],
        "technical_occupation": [False, True],
        "placement": ["own_field", "other_field", "below_level", "other_field_below_level"],
        "place": ["offered", "filled"],
        "segment": ["vo_first", "vo_second", "mbo", "hbo", "wo"],
        "kind": ["regular", "hybrid"],
        "measure": ["fte", "shortage"],
        "hybrid_measure": ["persons", "in_training", "fte_taught", "fte_lost"],
        "level_group": ["mbo", "hbo_wo"],
        "origin": ORIGINS,
        "payer": ["employer", "fund", "own", "stap", "slim"],
        "shortfall": ["none", "level", "skills"],
        "crossing": ["into_technical", "out_of_technical"],
        "education": ["technical", "retrained", "other"],
        "retraining_step": ["began", "completed", "dropped_out"],
        "retrainer": ["uwv", "fund", "region"],
        "work_of_retrained": ["technical", "other", "none"],
        "retires": ["within_5_years", "in_5_to_10_years", "later"],
        "earlier_technical": [False, True],
        "stayed": [False, True],
        "to_region": list(DIMS.labels("region")),
        "job_region": list(DIMS.labels("region")),
        "from_stage": NODES,
        "to_stage": NODES,
        "lever": ["bridging_scheme"],
        "item": ["places"],
    }
    sizes = {name: len(values) for name, values in labels.items()}
    variables: dict[str, Any] = {}

    def add(name: str, dims: tuple[str, ...], base: Any, wiggle: Any, kind: str = "stock") -> None:
        axis = {"time": len(times), "year": len(years)}[dims[0]]
        shape = (draws, axis, *(sizes[d] for d in dims[1:]))
        along = np.asarray(wiggle).reshape((1, axis) + (1,) * (len(dims) - 1))
        luck = 1 + 0.02 * generator.standard_normal((draws, axis) + (1,) * (len(dims) - 1))
        values = np.broadcast_to(np.asarray(base), shape[2:])[None, None] * along * luck
        attributes = {"units": "persons", "long_name": name.replace("_", " "), "mechanism": "K2", "kind": kind}
        variables[name] = (("draw", *dims), np.broadcast_to(values, shape).copy(), attributes)

    trend = 1 + 0.004 * (years - FIRST)
    technical = np.array([0.72, 0.28])
    profile = np.full((7, 2, 3, 5, 2), 400.0) * np.array([0.62, 0.38])
    profile[:4, 1] = np.array([800 * 0.97, 800 * 0.03])
    profile[5] = 400 * np.array([0.4, 0.6])
    add("profile_choices", ("year", "track", "sex", "background", "region", "technical"), profile, trend, "flow")
    schooling = np.full((6, 3, 2, 5, 1), 1800.0) * technical
    schooling[:4, 2] = 0
    schooling[4:, :2] = 0
    for name, factor in (("entrants", 1.0), ("students", 3.5), ("graduates", 0.8)):
        add(name, ("year", "level", "pathway", "sex", "region", "technical"), schooling * factor, trend, "flow")
    add("field_switches", ("year", "origin", "earlier_technical", "technical"),
        np.array([[9000.0, 1000.0], [3000.0, 5000.0]]), trend, "flow")  # fmt: skip
    leavers = np.full((6, 1), 8000.0) * np.array([0.6, 0.17, 0.16, 0.07])
    asked = leavers[:, None, None, None] / 30.0  # of each sex, background and region
    by = ("level", "sex", "background", "region")
    add("school_leavers_working", ("year", *by, "placement"), asked, 1 + 0 * years, "flow")
    variables["school_leavers_working"][1][:, :3] = np.nan
    add("school_leavers_five_years_on", ("year", *by, "placement"), asked, 1 + 0 * years, "flow")
    variables["school_leavers_five_years_on"][1][:, -5:] = 0.0
    add("apprenticeship_places", ("year", "sector", "region", "place"), np.array([3800.0, 3400.0]), trend)
    posts = np.array([[[6000.0, 300.0], [600.0, 0.0]]])
    add("teachers", ("year", "segment", "technical", "kind", "measure"), posts, trend, "share")
    add("hybrid_teachers", ("year", "segment", "technical", "hybrid_measure"), 1500.0, trend, "share")
    add("partnerships", ("year", "region", "level_group"), 20.0, trend, "share")
    add("employed", ("time", "field", "level", "region", "sector", "technical_occupation"),
        8_300_000 / (9 * 6 * 5 * 9) * np.array([0.84, 0.16]), 1 + gap * 0.6)  # fmt: skip
    add("unemployed", ("time", "field", "level", "region"), 400_000 / (9 * 6 * 5), 1 - 18 * gap)
    add("vacancies", ("time", "occupation", "level", "region", "sector"), 190_000 / (8 * 6 * 5 * 9), 1 + 15 * gap)
    add("hires_from_vacancies", ("time", "occupation", "level", "region", "sector"), 90_000 / (8 * 6 * 5 * 9), 1 + gap,
        "flow")  # fmt: skip
    add("months_to_fill", ("time", "occupation"), np.arange(1.0, 9.0) / 2, 1 + 5 * gap, "share")
    variables["months_to_fill"][1][:, ::7, 0] = np.nan  # a group that filled no vacancy in some months
    add("employed_by_occupation", ("time", "occupation", "sex"), 8_300_000 / (8 * 2), 1 + gap * 0.6)
    add("wages", ("time", "occupation", "level"), 1.0, 1 + gap, "share")
    add("short_time_workers", ("time", "sector", "region"), 600.0, (np.abs(month - 2013) < 0.5) * 1.0)
    add("in_training", ("time", "level", "technical_occupation"), 130_000.0, 1 + gap)
    add("training_asked", ("year", "level", "technical_occupation"), 700_000.0, trend, "flow")
    paid_for = np.array([50_000.0, 4_000.0, 20_000.0, 0.0, 0.0])
    add("training_participants", ("year", "level", "technical_occupation", "payer"), paid_for, trend, "flow")
    add("courses", ("year", "level", "technical_occupation", "payer"), 1.6 * paid_for, trend, "flow")
    add("technicians_by_shortfall", ("year", "level", "shortfall"), np.array([200_000.0, 2_000.0, 14_000.0]), trend)
    add("pay_of_technicians", ("year", "level", "shortfall"), np.array([1.02, 1.0, 0.9]), 1 + 0 * years, "share")
    variables["pay_of_technicians"][1][:, :, -1] = np.nan  # no technicians of that level
    add("spending", ("year", "lever", "item"), 12_000_000.0, (years >= 2026) * 1.0, "money")
    add("side_entry", ("year", "crossing", "education"), np.array([20_000.0, 1_000.0, 40_000.0]), trend, "flow")
    steps = np.array([[900.0, 500.0, 600.0], [650.0, 430.0, 480.0], [250.0, 60.0, 120.0]])
    add("retraining", ("year", "retraining_step", "retrainer"), steps, trend, "flow")
    work = np.array([300.0, 250.0, 100.0])
    add("retrained_a_year_on", ("year", "retrainer", "work_of_retrained"), work, trend, "flow")
    soon = np.array([[9_000.0], [12_000.0], [79_000.0]])
    add("workers_by_retirement", ("year", "retires", "occupation"), soon, trend)
    between = 1_000.0 * (1.0 + np.arange(5.0)) * (1.0 - np.eye(5))
    add("moves", ("year", "region", "to_region"), between, trend, "flow")
    add("return_moves", ("year", "region", "to_region"), 0.2 * between, trend, "flow")
    add("commuting", ("year", "region", "job_region"), 2_000.0 * (1.0 + 29.0 * np.eye(5)), trend)
    decided = np.array([[7_000.0, 3_000.0], [1_000.0, 1_500.0]])
    add("international_stay", ("year", "technical", "stayed"), decided, trend, "flow")
    variables["output_gap"] = (("draw", "time"), np.repeat(gap[None], draws, 0), {"units": "share", "kind": "share"})
    cohorts = np.arange(FIRST - 1, LAST + 1)
    flows = np.zeros((draws, len(cohorts), len(NODES), len(NODES), 2, 3))
    for (source, target), people in FLOWS.items():
        flows[:, :, NODES.index(source), NODES.index(target)] = people / 6
    variables["cohort_flows"] = (
        ("draw", "cohort", "from_stage", "to_stage", "sex", "background"), flows, {"units": "persons", "kind": "flow"},
    )  # fmt: skip
    parts = np.arange(1, len(labels["region"]) + 1) / np.arange(1, len(labels["region"]) + 1).sum()
    variables["cohort_flows_by_region"] = (
        ("draw", "cohort", "from_stage", "to_stage", "region"), flows.sum(axis=(4, 5))[..., None] * parts,
        {"units": "persons", "kind": "flow"},
    )  # fmt: skip
    used = {d for dims, *_ in variables.values() for d in dims}
    axes = {"draw": np.arange(draws), "time": times, "year": years, "cohort": cohorts}
    return xr.Dataset(variables, coords={d: (d, axes[d] if d in axes else np.array(labels[d])) for d in used})


MANIFEST: dict[str, Any] = {
    "techsim": "0.1.0",
    "scenario": {
        "name": "Baseline",
        "description": "The Netherlands from 2008 to 2030 on the real business cycle, and no shocks after it.",
        "period": {"start": "2008-01", "end": "2030-12"},
        "draws": {"number": 5, "seed": 42, "parameters": "default"},
    },
    "scenario_hash": "9f2c6f1e0b7a4d5c8e3f1a2b9f2c6f1e0b7a4d5c8e3f1a2b",
    "seed": 42,
    "scale": 100,
    "timings": {"phases": {"simulate": 9.1}},
}


@pytest.fixture(scope="session")
def dataset() -> xr.Dataset:
    """Results of five draws."""
    return make()


@pytest.fixture(scope="session")
def one_draw() -> xr.Dataset:
    """Results of one draw."""
    return make(draws=1)


@pytest.fixture
def manifest() -> dict[str, Any]:
    """The manifest of the made-up run."""
    return {**MANIFEST, "scenario": dict(MANIFEST["scenario"])}


@pytest.fixture(scope="session")
def page(dataset: xr.Dataset) -> str:
    """The report of five draws."""
    return render(dataset, MANIFEST)

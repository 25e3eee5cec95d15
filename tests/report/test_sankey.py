"""The flow diagram: widths, order and room, on flows of made-up and random stages."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from techsim.report import cohort, sankey
from techsim.report.cohort import Flow
from techsim.report.quantities import Results

STAGES = ("vo_start", "vmbo_technical", "vmbo_other", "havo_technical", "mbo_technical", "mbo_other", "hbo_other",
          "wo_technical", "work_technical", "work_other", "not_working", "strange", "strange_technical")  # fmt: skip


def flows(*triples: tuple[str, str, float]) -> list[Flow]:
    return [Flow(*triple) for triple in triples]


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(STAGES), st.sampled_from(STAGES)), st.floats(1, 1e5), min_size=1, max_size=30
    )
)
def test_bars_never_overlap_nor_leave_the_drawing(pairs: dict[tuple[str, str], float]) -> None:
    plan = sankey.layout(flows(*((a, b, n) for (a, b), n in pairs.items() if a != b)), extent=400, gap=12)
    assert plan.scale > 0
    for column in plan.columns:
        for a, b in itertools.pairwise(column):
            assert b.cross - (a.cross + a.people * plan.scale) > -1e-6
        assert all(item.cross > -1e-6 and item.cross + item.people * plan.scale < 400 + 1e-6 for item in column)
    drawn = sum(path.flow.people for path in plan.paths) + sum(flow.people for flow in plan.left_out)
    assert drawn == pytest.approx(sum(n for (a, b), n in pairs.items() if a != b))


def test_back_sideways_and_small_flows_are_left_out_and_named() -> None:
    plan = sankey.layout(
        flows(("vo_start", "havo_other", 1000), ("havo_other", "hbo_other", 900), ("hbo_other", "mbo_other", 50),
              ("havo_other", "vwo_other", 40), ("havo_other", "wo_other", 1)),
        extent=400, gap=12,
    )  # fmt: skip
    assert {(f.source, f.target) for f in plan.left_out} == {
        ("hbo_other", "mbo_other"), ("havo_other", "vwo_other"), ("havo_other", "wo_other"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("vo_start", "havo_technical", "stay"),
        ("vo_start", "havo_other", "rest"),
        ("havo_technical", "hbo_technical", "stay"),
        ("havo_technical", "hbo_other", "lost"),
        ("hbo_technical", "not_working", "lost"),
        ("havo_other", "hbo_technical", "won"),
        ("mbo_other", "work_other", "rest"),
    ],
)
def test_a_flow_is_coloured_by_what_it_means_for_technology(source: str, target: str, expected: str) -> None:
    assert sankey.kind(Flow(source, target, 1)) == expected


def test_the_cohort_is_the_latest_that_has_settled(dataset: xr.Dataset) -> None:
    assert cohort.choose(Results(dataset)) == 2011
    short = dataset.sel(time=slice("2008-01", "2018-12"))
    assert cohort.choose(Results(short)) == 2007, "none has settled: the first"
    assert cohort.choose(Results(dataset.drop_vars("cohort_flows"))) is None
    nobody = dataset.assign(cohort_flows=dataset["cohort_flows"] * 0)
    assert cohort.choose(Results(nobody)) is None


def test_flows_are_means_over_draws_and_sizes_those_who_entered(dataset: xr.Dataset) -> None:
    found = {(f.source, f.target): f.people for f in cohort.flows_of(Results(dataset), 2015)}
    assert found["havo_technical", "hbo_technical"] == pytest.approx(8000)
    girls = {(f.source, f.target): f.people for f in cohort.flows_of(Results(dataset), 2015, {"sex": "female"})}
    assert girls["havo_technical", "hbo_technical"] == pytest.approx(4000)
    assert cohort.size(cohort.flows_of(Results(dataset), 2015)) == pytest.approx(190_000)


def test_a_cohort_is_followed_by_sex_background_and_region_of_which_each_adds_up(dataset: xr.Dataset) -> None:
    results = Results(dataset)
    groups = cohort.groups_of(results)
    assert {dim for dim, _ in groups} == {"sex", "background", "region"}
    assert groups == [(d, label) for d in ("sex", "background", "region") for label in results.labels(d)]
    everyone = cohort.after_profile(cohort.flows_of(results, 2015), "all").people
    assert everyone > 0
    for dimension in ("sex", "background", "region"):
        parts = [cohort.after_profile(cohort.flows_of(results, 2015, {d: label}), label).people
                 for d, label in groups if d == dimension]  # fmt: skip
        assert sum(parts) == pytest.approx(everyone)
        assert max(parts) < everyone
    region = dict(groups[::-1])["region"]
    found = {(f.source, f.target): f.people for f in cohort.flows_of(results, 2015, {"region": region})}
    assert found["havo_technical", "hbo_technical"] == pytest.approx(8000 / 15), "the first of five parts 1:2:3:4:5"
    older = Results(dataset.drop_vars("cohort_flows_by_region"))
    assert {dim for dim, _ in cohort.groups_of(older)} == {"sex", "background"}


def test_those_who_work_and_study_again_have_not_arrived() -> None:
    some = flows(("vo_start", "mbo_other", 100), ("mbo_other", "work_other", 60), ("mbo_other", "not_working", 20),
                 ("work_other", "mbo_other", 7))  # fmt: skip
    assert cohort.arrived(some) == 73


def test_transitions_are_shares_of_those_who_moved_on() -> None:
    some = flows(("havo_technical", "hbo_technical", 30), ("havo_technical", "hbo_other", 60),
                 ("vwo_technical", "not_working", 10), ("havo_other", "hbo_technical", 99),
                 ("havo_technical", "vwo_technical", 5), ("hbo_technical", "work_technical", 3),
                 ("mbo_technical", "work_other", 1))  # fmt: skip
    after = cohort.after_profile(some, "all")
    assert (after.people, after.shares) == (100, (0.3, 0.6, 0.1))
    assert cohort.after_profile(some, "havo", ("havo",)).shares == (30 / 90, 60 / 90, 0.0)
    into = cohort.after_profile(some, "hbo", into=("hbo",))
    assert (into.people, into.shares) == (90, (30 / 90, 60 / 90, 0.0))
    assert cohort.after_education(some, "all").shares == (0.75, 0.25, 0.0)
    assert cohort.after_education(some, "hbo", ("hbo",)).shares == (1.0, 0.0, 0.0)
    assert np.isnan(cohort.after_education([], "none").shares[0])


@pytest.mark.parametrize("how", [sankey.WIDE, sankey.TALL])
def test_the_drawing_stays_within_its_frame(dataset: xr.Dataset, how: sankey.Drawing) -> None:
    svg, plan = sankey.draw(cohort.flows_of(Results(dataset), 2015), {}, how, "words")
    width, height = (how.cross, how.main) if how.upright else (how.main, how.cross)
    for path in re.findall(r' d="([^"]+)"', svg):
        points = [tuple(map(float, pair.split(","))) for pair in re.findall(r"-?[\d.]+,-?[\d.]+", path)]
        assert all(-0.1 <= x <= width + 0.1 and -0.1 <= y <= height + 0.1 for x, y in points)
    assert svg.count('class="bar') == sum(1 for column in plan.columns for item in column if item.stage)
    places = [(float(x), float(y)) for x, y in re.findall(r'<(?:text|tspan)[^>]* x="([\d.]+)" y="([\d.]+)"', svg)]
    assert all(0 <= x <= width and 0 <= y <= height for x, y in places)

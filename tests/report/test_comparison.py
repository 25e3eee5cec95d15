"""The model beside the evidence."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from techsim.data.evidence import Figure, load_evidence
from techsim.report.catalogue import QUANTITIES
from techsim.report.comparison import Row, compare, dots, grouped, markdown, score


def figure(value: float, tolerance: float = 0.2, rule: str = "relative", **more: object) -> Figure:
    fields = {
        "indicator": "graduates", "groups": (("level", ("hbo",)),), "year": 2012, "quarter": 0, "value": value,
        "unit": "persons", "tolerance": tolerance, "rule": rule, "definition": "d", "source": "s", "status": "sourced",
    } | more  # fmt: skip
    return Figure(**fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(("model", "within"), [(120, True), (121, False), (80, True), (79, False)])
def test_a_level_may_differ_by_a_fifth_of_the_figure(model: float, within: bool) -> None:
    assert Row(figure(100), model, model, model).within is within


@pytest.mark.parametrize(("model", "within"), [(0.35, True), (0.351, False), (0.25, True), (0.24, False)])
def test_a_share_may_differ_by_points(model: float, within: bool) -> None:
    assert Row(figure(0.3, 0.05, "points", unit="share"), model, model, model).within is within


def test_the_model_is_the_mean_over_draws_with_its_interval(dataset: xr.Dataset) -> None:
    (row,) = compare(dataset, [figure(1000)])
    drawn = dataset["graduates"].sel(year=2012, level="hbo").sum(["pathway", "sex", "region", "technical"]).values
    assert row.model == pytest.approx(drawn.mean())
    assert [row.low, row.high] == pytest.approx(np.quantile(drawn, (0.05, 0.95)))


def test_figures_that_the_run_does_not_cover_have_no_row(dataset: xr.Dataset) -> None:
    outside = [
        figure(1, year=1995), figure(1, indicator="teachers"), figure(1, groups=(("region", ("Mars",)),)),
        figure(1, groups=(("sector", ("ict",)),)), figure(1, quarter=1),
    ]  # fmt: skip
    assert compare(dataset, outside) == []
    assert compare(dataset.drop_vars("graduates"), [figure(1)]) == []


def test_every_indicator_of_the_packaged_evidence_can_be_worked_out(dataset: xr.Dataset) -> None:
    assert {f.indicator for f in load_evidence()} <= set(QUANTITIES)
    covered = {(r.figure.indicator, r.figure.groups) for r in compare(dataset)}
    assert covered == {(f.indicator, f.groups) for f in load_evidence()}


def test_dots_are_those_of_the_group_and_definition() -> None:
    evidence = load_evidence()
    girls = dots(evidence, "n_profile_share", (("track", ("havo",)), ("sex", ("female",))))
    assert [d.x for d in girls] == [2008, 2009, 2010, 2013, 2016]
    assert girls[0].value == 0.28
    assert dots(evidence, "n_profile_share", (("track", ("pro",)),)) == ()
    old = dots(evidence, "unemployment_rate", (), "ILO, old")
    assert [d.recalled for d in old if d.x in (2014, 2016)] == [False, True]


def test_the_score_counts_by_quantity(dataset: xr.Dataset) -> None:
    rows = compare(dataset)
    assert sum(count for _, _, count in score(rows)) == len(rows)
    assert sum(good for _, good, _ in score(rows)) == sum(row.within for row in rows)
    assert [what for what, _, _ in score(rows)] == [what for what, _ in grouped(rows, lambda row: row.what)]


def test_markdown_holds_every_figure_and_its_source(dataset: xr.Dataset) -> None:
    rows = compare(dataset)
    text = markdown(dataset)
    lines = [line for line in text.splitlines() if line.startswith("|") and "](" not in line and "[" in line]
    assert len(lines) == len(rows)
    assert f"Of {len(rows)} published figures" in text
    assert all(row.figure.source in text for row in rows)
    assert "†" in text
    widths = {line.count("|") for line in lines}
    assert widths == {9}

"""Sensitivity indices on functions whose indices are known, and the choice of parameters."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from techsim.declarations import Parameter, Prior
from techsim.experiment import screening, sensitivity
from techsim.experiment.screening import MORRIS, SOBOL, Floats, SensitivityError
from techsim.model.catalogue import catalogue

pytest.importorskip("SALib")
NAMES = ("x1", "x2", "x3")


def ishigami(points: Floats) -> Floats:
    from SALib.test_functions import Ishigami

    return np.asarray(Ishigami.evaluate(-np.pi + 2 * np.pi * points))


def test_sobol_finds_the_known_indices_of_ishigami() -> None:
    found = screening.screen(SOBOL, NAMES, 2048, 1, ishigami)
    s1, st = ([index.values[key] for index in found] for key in ("S1", "ST"))
    assert s1 == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)  # a = 7, b = 0.1, as published
    assert st == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)


def test_morris_tells_what_ishigami_does() -> None:
    found = {index.parameter: index.values for index in screening.screen(MORRIS, NAMES, 200, 1, ishigami)}
    assert min(x["mu_star"] for x in found.values()) > 1.0
    assert abs(found["x3"]["mu"]) < 0.2 * found["x3"]["mu_star"]  # it acts through x1 alone, either way


def test_morris_is_exact_on_a_plane() -> None:
    def plane(points: Floats) -> Floats:
        return 100.0 + 3.0 * points[:, 0] - 2.0 * points[:, 1]

    x1, x2, x3 = screening.screen(MORRIS, NAMES, 4, 1, plane)
    assert [x1.values["mu"], x2.values["mu"], x3.values["mu"]] == pytest.approx([3.0, -2.0, 0.0])
    assert x2.values["mu_star"] == pytest.approx(2.0)
    assert x1.values["sigma"] == pytest.approx(0.0, abs=1e-9)
    assert x3.values["mu_star"] == 0.0
    assert [i.parameter for i in screening.ranked(MORRIS, [x3, x2, x1])] == ["x1", "x2", "x3"]


def test_luck_alone_stays_below_the_floor_19_times_in_20() -> None:
    noise = np.random.default_rng(5)
    floor = screening.floor(MORRIS, noise.normal(0.0, 7.0, 4000), 6)
    names = [f"x{i}" for i in range(40)]
    found = [
        index.values["mu_star"]
        for seed in range(25)
        for index in screening.screen(MORRIS, names, 6, seed, lambda points: noise.normal(0.0, 7.0, len(points)))
    ]
    assert np.mean(np.array(found) > floor) == pytest.approx(0.05, abs=0.025)
    assert np.isnan(screening.floor(MORRIS, np.zeros(2), 6))


@pytest.mark.parametrize("method", [MORRIS, SOBOL])
def test_luck_that_never_shows_is_not_known(method: str) -> None:
    """Twelve seeds with one outcome: few people, where one chance event would lie above a floor of nothing."""
    varied = np.arange(24.0)
    assert np.isnan(screening.floor(method, np.full(12, 5.0), 4, varied))
    assert screening.floor(method, np.array([5.0] * 11 + [6.0]), 4, varied) > 0.0


def test_luck_alone_stays_below_the_floor_of_sobol_19_times_in_20() -> None:
    noise = np.random.default_rng(6)
    lucky, names, above = noise.normal(3.0, 7.0, 4000), [f"x{i}" for i in range(8)], []
    for seed in range(100):
        points = screening.sample(SOBOL, names, 32, seed)
        y = 50.0 * points[:, 0] + noise.normal(0.0, 7.0, len(points))  # one parameter, and luck
        found = screening.analyse(SOBOL, names, points, "y", y, seed)
        above.append([index.values["ST"] > screening.floor(SOBOL, lucky, 32, y) for index in found])
    share = np.array(above).mean(axis=0)
    assert share[0] == 1.0
    assert share[1:].mean() == pytest.approx(0.05, abs=0.02)
    assert np.isnan(screening.floor(SOBOL, lucky, 32))
    assert np.isnan(screening.floor(SOBOL, lucky, 4, np.ones(16)))


def test_an_unknown_outcome_has_no_indices() -> None:
    with pytest.raises(SensitivityError, match="unknown at"):
        screening.screen(MORRIS, NAMES, 2, 1, lambda points: np.where(points[:, 0] > 0.5, np.nan, 1.0))


def test_values_lie_in_the_prior_and_rise() -> None:
    for parameter in catalogue().parameters.values():
        for method in (MORRIS, SOBOL):
            ends = [screening.value(method, parameter, u) for u in (0.0, 1 / 3, 2 / 3, 1.0)]
            assert ends == sorted(ends), parameter.name
            assert parameter.low <= ends[0] <= ends[-1] <= parameter.high
    uniform = Parameter("a.b", "", 0.5, 0.0, 1.0, Prior("uniform", 0.0, 1.0), "assumption: x", "x", "X1")
    assert screening.value(MORRIS, uniform, 0.0) == pytest.approx(0.05)
    assert screening.value(MORRIS, uniform, 1.0) == pytest.approx(0.95)


def test_parameters_are_named_or_grouped() -> None:
    known = catalogue().parameters
    chosen = [p.name for p in screening.choose(known, [], ["profile.", "apprentices.offer"])]
    assert "apprentices.offer" in chosen
    assert len(chosen) > 5
    assert all(name.startswith(("profile.", "apprentices.offer")) for name in chosen)
    everything = [p.name for p in screening.choose(known, ["apprentices.offer"], None)]
    assert "apprentices.offer" not in everything
    assert len(everything) > 100


@pytest.mark.parametrize(
    ("fixed", "wanted", "words"),
    [
        ([], ["nonsense"], r"no parameter is or begins with 'nonsense' \(groups"),
        ([], ["aprentices.ofer"], r"did you mean apprentices\.offer\?"),
        ([], ["teacher"], r"did you mean teachers\.\?"),
        (["apprentices.offer"], ["apprentices.offer"], "is set by"),
    ],
)
def test_names_that_cannot_vary_are_refused(fixed: list[str], wanted: list[str], words: str) -> None:
    with pytest.raises(SensitivityError, match=words):
        screening.choose(catalogue().parameters, fixed, wanted)


def test_the_page_counts_the_runs_of_its_example() -> None:
    asked = sensitivity.Plan(cast("Any", None), cast("Any", ("a", "b", "c", "d")), MORRIS, 2)
    assert (asked.points, asked.swung, asked.luck) == (31, 9, 12)
    page = (Path(__file__).parents[2] / "docs" / "sensitivity.md").read_text(encoding="utf-8")
    assert "(31 runs: 10 of the study, 9 for swings, 12 for luck" in page


@pytest.mark.parametrize(("method", "repeats"), [(MORRIS, 3), (SOBOL, 8)])
def test_the_points_are_as_many_as_said(method: str, repeats: int) -> None:
    assert len(screening.sample(method, NAMES, repeats, 1)) == screening.runs(method, 3, repeats)

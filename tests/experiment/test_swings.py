"""Swings: an outcome at either end of one parameter's range, in numbers and in the picture."""

from __future__ import annotations

import math
import re
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from techsim.declarations import Parameter, Prior
from techsim.experiment import headline
from techsim.experiment.screening import MORRIS, Index
from techsim.experiment.sensitivity import Findings, outcome_of, swings_of
from techsim.report import tornado
from techsim.report.sensitivity import _section, lines

ONE, TWO, THREE = (
    Parameter(f"a.{name}", "", 0.5, 0, 1, Prior("uniform", 0, 1), "assumption", "", "K1") for name in ("x", "y", "z")
)


def test_the_largest_swing_comes_first_whichever_end_it_is() -> None:
    found = swings_of((ONE, TWO, THREE), np.array([10.0, 9.0, 12.0, 4.0, 11.0, 8.0, math.nan]), np.array([9.0, 10, 11]))
    assert found is not None
    assert found.middle == 10.0
    assert [(s.parameter, s.low, s.high) for s in found.swings] == [("a.y", 4.0, 11.0), ("a.x", 9.0, 12.0)]
    assert found.luck == pytest.approx(1.96 * math.sqrt(2.0))


def test_what_is_unknown_at_the_defaults_has_no_swings() -> None:
    assert swings_of((ONE,), np.array([math.nan, 1.0, 2.0]), np.zeros(12)) is None
    found = swings_of((ONE,), np.array([1.0, 1.0, 2.0]), np.array([1.0, math.nan, 2.0]))
    assert found is not None
    assert math.isnan(found.luck)


def test_luck_that_never_shows_is_not_known() -> None:
    found = swings_of((ONE,), np.array([10.0, 9.0, 12.0]), np.full(12, 10.0))
    assert found is not None
    assert math.isnan(found.luck)


def test_where_luck_is_not_known_nothing_is_said_to_lie_above_it() -> None:
    index = Index("a.x", headline.TECHNICIANS, {"mu": 12_000.0, "mu_star": 12_000.0, "sigma": 0.0, "mu_star_conf": 0.0})
    asked = SimpleNamespace(method=MORRIS)
    points = [("study", {}, {headline.TECHNICIANS: float(x)}) for x in range(3)]
    for floor, words in ((math.nan, "luck is not known"), (10.0, "1 of 1 above luck")):
        found = Findings(
            cast("Any", asked), (ONE,), {headline.TECHNICIANS: [index]}, {headline.TECHNICIANS: floor}, points
        )
        outcome = outcome_of(found, headline.TECHNICIANS)
        (line,) = lines({"method": MORRIS, "outcomes": [outcome], "notes": []})
        assert words in line
        assert ("above luck" in line) == math.isfinite(floor)
        said = " ".join(_section(MORRIS, outcome).words)
        assert ("luck is not known" in said) == math.isnan(floor)


def test_where_luck_is_not_known_and_nothing_moved_only_that_is_said() -> None:
    still = Index("a.x", headline.TECHNICIANS, {"mu": 0.0, "mu_star": 0.0, "sigma": 0.0, "mu_star_conf": 0.0})
    asked = cast("Any", SimpleNamespace(method=MORRIS))
    for floor, words in ((math.nan, "luck is not known [1 varied]"), (1.0, "told from luck [0 of 1 above luck]")):
        found = Findings(
            asked, (ONE,), {headline.TECHNICIANS: [still]}, {headline.TECHNICIANS: floor},
            [("study", {}, {headline.TECHNICIANS: 0.0})],
        )  # fmt: skip
        (line,) = lines({"method": MORRIS, "outcomes": [outcome_of(found, headline.TECHNICIANS)], "notes": []})
        assert line.endswith(words)
        assert ("nothing that can be told" in line) == math.isfinite(floor)
        section = _section(MORRIS, outcome_of(found, headline.TECHNICIANS))
        assert not section.drawing
        assert section.words[-1].startswith("All of these are zero")


def test_bars_go_from_the_default_to_both_ends() -> None:
    drawn = str(tornado.swings("effect", "persons", 10.0, [tornado.Ends("a.x", 4.0, 12.0)], 1.0))
    bars = [
        (found["colour"], float(found["x"]), float(found["width"]))
        for found in re.finditer(
            r'<rect class="end c(?P<colour>.)" x="(?P<x>[^"]+)" y="[^"]+" width="(?P<width>[^"]+)"', drawn
        )
    ]
    (low, low_at, low_wide), (high, high_at, high_wide) = bars
    assert (low, high) == ("1", "0")
    assert low_at + low_wide == pytest.approx(high_at, abs=0.2)  # both begin at the default
    assert low_wide == pytest.approx(3.0 * high_wide, rel=0.05)
    assert drawn.count('class="goal"') == 2
    assert "10 at the defaults" in drawn

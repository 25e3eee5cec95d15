"""Levers on international students (L7), by hand."""

from __future__ import annotations

import numpy as np
import pytest
from sample_levers import REGIONS

from techsim.levers import catalogue
from techsim.levers.applying import activate, apply, spending
from techsim.levers.hooks import HOOKS
from techsim.population.clock import parse
from techsim.scenario import LeverSetting

FIRST = parse("2008-01")
BASE = {
    hook.name: np.full(len(REGIONS) if hook.shape == "region" else (), 1.0 if hook.law == "multiply" else 0.0)
    for hook in HOOKS.values()
}


def active(name: str, **fields: object):
    lever = catalogue()[name]
    return activate([LeverSetting(name, lever.fields(**fields))], catalogue(), REGIONS, FIRST, FIRST + 120)


def test_recruitment() -> None:
    levers = active("international_recruitment", volume=0.5, other_fields=0.4, regions=("East",), unit_cost=1000.0)
    hooks = apply(levers, BASE, FIRST, 0.0)
    np.testing.assert_allclose(hooks["international.technical"], [1.0, 1.5, 1.0, 1.0, 1.0])
    np.testing.assert_allclose(hooks["international.other"], [1.0, 1.2, 1.0, 1.0, 1.0])
    # 150 x 1/3 = 50 and 240 x 1/6 = 40 came because of it, in the East only
    came = {"international_technical": np.full(5, 150.0), "international_other": np.full(5, 240.0)}
    (spent,) = spending(levers, FIRST, 0.0, came)
    assert spent.euro == pytest.approx(90_000.0)


def test_fewer_students_cost_nothing_and_bring_no_receipts() -> None:
    levers = active("international_recruitment", volume=-1.0)
    assert not apply(levers, BASE, FIRST, 0.0)["international.technical"].any()
    came = {"international_technical": np.zeros(5), "international_other": np.full(5, 240.0)}
    assert sum(s.euro for s in spending(levers, FIRST, 0.0, came)) == 0.0


def test_retention() -> None:
    levers = active("international_retention", volume=0.5, coverage=0.5, log_odds=0.8, unit_cost=100.0)
    np.testing.assert_allclose(apply(levers, BASE, FIRST, 0.0)["international.stay"], np.full(5, 0.2))
    (spent,) = spending(levers, FIRST, 0.0, {"international_graduates": np.array([40.0, 0.0, 0.0, 0.0, 60.0])})
    # 100 graduates x 0.25
    assert spent.euro == pytest.approx(2500.0)

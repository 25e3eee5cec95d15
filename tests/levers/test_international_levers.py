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
    levers = active("international_recruitment", volume=500.0, other_fields=0.2, regions=("East",), unit_cost=1000.0)
    hooks = apply(levers, BASE, FIRST, 0.0)
    np.testing.assert_allclose(hooks["international.scholarships_technical"], [0.0, 400.0, 0.0, 0.0, 0.0])
    np.testing.assert_allclose(hooks["international.scholarships_other"], [0.0, 100.0, 0.0, 0.0, 0.0])
    np.testing.assert_allclose(hooks["international.scholarship_amount"], [0.0, 1000.0, 0.0, 0.0, 0.0])
    # all 150 + 40 who got one in the East are paid, whatever brought them
    came = {"scholarships_technical": np.full(5, 150.0), "scholarships_other": np.full(5, 40.0)}
    (spent,) = spending(levers, FIRST, 0.0, came)
    assert spent.euro == pytest.approx(190_000.0)


def test_places_in_english() -> None:
    levers = active("international_places", volume=-0.5, technical=0.4, masters=0.5, coverage=0.5)
    hooks = apply(levers, BASE, FIRST, 0.0)
    wanted = {"bachelor_technical": 0.9, "bachelor_other": 0.75, "master_technical": 0.95, "master_other": 0.875}
    for name, value in wanted.items():
        np.testing.assert_allclose(hooks[f"international.english_{name}"], np.full(5, value))
    assert sum(s.euro for s in spending(levers, FIRST, 0.0, {})) == 0.0


def test_retention() -> None:
    levers = active("international_retention", volume=0.5, coverage=0.5, unit_cost=100.0)
    np.testing.assert_allclose(apply(levers, BASE, FIRST, 0.0)["international.stay"], np.full(5, 0.25))
    (spent,) = spending(levers, FIRST, 0.0, {"international_graduates": np.array([40.0, 0.0, 0.0, 0.0, 60.0])})
    # 100 graduates x 0.25
    assert spent.euro == pytest.approx(2500.0)

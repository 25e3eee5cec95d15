"""The training levers by hand (W4)."""

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
    name: np.zeros(len(REGIONS)) if hook.shape == "region" else np.array(0.0)
    for name, hook in HOOKS.items()
    if name.startswith(("training.", "retraining."))
}


def month(name: str, counts: dict[str, np.ndarray], **fields: object):
    lever = catalogue()[name]
    levers = activate([LeverSetting(name, lever.fields(**fields))], catalogue(), REGIONS, FIRST, FIRST + 120)
    return apply(levers, BASE, FIRST, 0.0), {s.item: s.euro for s in spending(levers, FIRST, 0.0, counts)}


def test_stap_by_hand() -> None:
    euro = {"stap_euro": np.array([100.0, 1_000.0, 10.0, 0.0, 0.0])}
    hooks, spent = month("stap", euro, volume=2_000.0, unit_cost=800.0, regions=("East", "North-West"), coverage=0.5)
    np.testing.assert_array_equal(hooks["training.stap_open"], [0.0, 0.5, 0.5, 0.0, 0.0])
    np.testing.assert_array_equal(hooks["training.stap_amount"], [0.0, 800.0, 800.0, 0.0, 0.0])
    np.testing.assert_array_equal(hooks["training.stap_budget"], [0.0, 1_600_000.0, 1_600_000.0, 0.0, 0.0])
    assert spent == {"budgets": 1_010.0}


def test_slim_by_hand() -> None:
    euro = {"slim_euro": np.array([100.0, 1_000.0, 10.0, 0.0, 0.0])}
    hooks, spent = month("slim", euro, volume=10.0, unit_cost=600.0, rate=0.6, regions=("North",), coverage=1.0)
    np.testing.assert_array_equal(hooks["training.slim_rate"], [0.6, 0.0, 0.0, 0.0, 0.0])
    np.testing.assert_array_equal(hooks["training.slim_budget"], [6_000.0, 0.0, 0.0, 0.0, 0.0])
    assert spent == {"subsidy": 100.0}


def test_retraining_by_hand() -> None:
    use = {"retraining_use": np.array([0.1, 0.2, 0.0, 0.0, 0.0])}
    hooks, spent = month("retraining", use, volume=100.0, unit_cost=5_000.0, regions=("North",))
    np.testing.assert_array_equal(hooks["retraining.places"], [100.0, 0.0, 0.0, 0.0, 0.0])
    assert spent == {"retraining": pytest.approx(50_000.0)}


def test_retraining_by_one_retrainer() -> None:
    use = {"retraining_use": np.ones(5), "retraining_use_fund": np.array([0.1, 0.2, 0.0, 0.0, 0.0])}
    hooks, spent = month("retraining", use, volume=100.0, unit_cost=5_000.0, retrainer="fund", coverage=0.5)
    np.testing.assert_array_equal(hooks["retraining.fund"], np.full(5, 50.0))
    for other in ("places", "uwv", "region"):
        np.testing.assert_array_equal(hooks[f"retraining.{other}"], np.zeros(5))
    assert spent == {"retraining": pytest.approx(75_000.0)}

"""Levers of choosing and matching by hand: what they change where, and what they cost."""

from __future__ import annotations

import numpy as np
import pytest
from sample_levers import REGIONS

from techsim.levers import catalogue
from techsim.levers.applying import ActiveLever, activate, apply, spending
from techsim.levers.base import COUNTS
from techsim.model.institutions import neutral_hooks
from techsim.population.clock import parse
from techsim.scenario import LeverSetting

FIRST = parse("2026-09")
PEOPLE = {name: np.array([100.0, 200.0, 300.0, 400.0, 500.0]) for name in COUNTS}
EAST = ("East",)


def active(name: str, **fields: object) -> tuple[ActiveLever, ...]:
    return activate([LeverSetting(name, catalogue()[name].fields(**fields))], catalogue(), REGIONS, FIRST, FIRST + 60)


def changed(levers: tuple[ActiveLever, ...]) -> dict[str, list[float]]:
    """The hooks that differ from what they are without a lever."""
    base = neutral_hooks(len(REGIONS))
    effective = apply(levers, base, FIRST, 0.0)
    return {name: v.tolist() for name, v in effective.items() if v.tobytes() != base[name].tobytes()}


def euro(levers: tuple[ActiveLever, ...]) -> dict[str, float]:
    return {entry.item: entry.euro for entry in spending(levers, FIRST, 0.0, PEOPLE)}


@pytest.mark.parametrize(
    ("name", "hook", "item"),
    [
        ("role_models", "role_models.girls", "role_models"),
        ("migration_background", "role_models.migration", "coaching"),
        ("pabo", "exposure.pabo", "pabo_curriculum"),
        ("regional_matching", "matching.skills", "skills_profiles"),
    ],
)
def test_levers_that_reach_a_share(name: str, hook: str, item: str) -> None:
    levers = active(name, volume=0.4, coverage=0.5, regions=EAST, unit_cost=60.0)
    assert changed(levers) == {hook: [0.0, 0.2, 0.0, 0.0, 0.0]}
    # 200 in the East x 0.2, at 5 euro a month
    assert euro(levers) == pytest.approx({item: 200.0})


def test_wt_primary() -> None:
    levers = active("wt_primary", volume=0.8, coverage=0.5, regions=EAST, unit_cost=60.0)
    assert changed(levers) == {
        "exposure.wt_schools": [0.0, 0.4, 0.0, 0.0, 0.0],
        "exposure.support": [0.0, 0.4, 0.0, 0.0, 0.0],
    }
    assert euro(levers) == pytest.approx({"wt_schools": 200 * 0.4 * 5.0})


def test_bridging_courses() -> None:
    levers = active("bridging_courses", volume=0.5, regions=EAST, unit_cost=1_000.0)
    assert changed(levers) == {"switching.courses": [0.0, 0.5, 0.0, 0.0, 0.0]}
    assert euro(levers) == pytest.approx({"courses": 200 * 0.5 * 1_000.0})


@pytest.mark.parametrize("public", [0.0, 0.25, 1.0])
def test_pay_is_borne_by_state_and_employers_together(public: float) -> None:
    levers = active("pay_and_image", volume=0.5, pay=0.04, image=0.2, public_share=public, regions=EAST, unit_cost=12.0)
    hooks = changed(levers)
    assert hooks["pay.technical"] == [0.0, 0.02, 0.0, 0.0, 0.0]
    assert hooks["image.reach"] == [0.0, 0.1, 0.0, 0.0, 0.0]
    employers = hooks.get("pay.employers", [0.0] * 5)[1]
    spent = euro(levers)
    assert 200 * employers + spent["wages"] == pytest.approx(200 * 0.02)
    assert spent["wages"] == pytest.approx(public * 200 * 0.02)
    assert spent["campaign"] == pytest.approx(200 * 0.1)


def test_unit_costs_come_to_the_budgets_of_their_sources() -> None:
    """Figures wt_budget and pabo_budget, four years each, at what they won (wt_schools 0.22, wt_pabo a third)."""
    for name, count, people, volume, budget in (
        ("wt_primary", "primary_pupils", 1_500_000.0, 0.22, 14e6),
        ("pabo", "pabo_students", 55_000.0, 1 / 3, 9e6),
    ):
        (spent,) = spending(active(name, volume=volume), FIRST, 0.0, {count: np.array([people, 0, 0, 0, 0])})
        assert 48 * spent.euro == pytest.approx(budget, rel=0.05)

"""Mixes: from weights to volumes within a budget, to scenarios, and which of them no other beats."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from techsim.experiment.mixes import Choice, FrontierError, choices, front, mixed, volumes
from techsim.model.catalogue import catalogue
from techsim.scenario import Scenario, load_text

TEXT = "name: base\nperiod: {start: 2008-01, end: 2030-12}\n"
A, B, FREE = (Choice(name, SimpleNamespace(), most) for name, most in (("a", 1.0), ("b", 500.0), ("free", 2.0)))
PRICES = {"a": 1e8, "b": 2e5, "free": 0.0}


def scenario(more: str = "") -> Scenario:
    return load_text(TEXT + more, catalogue())


def test_the_budget_is_shared_by_what_weights_have_over_a_half() -> None:
    found = volumes((A, B, FREE), PRICES, 1e7, 0.5, (0.7, 1.0, 0.75))
    assert found == pytest.approx([0.5 * 1e7 * 2 / 7 / 1e8, 0.5 * 1e7 * 5 / 7 / 2e5, 1.0])
    assert (volumes((A, B, FREE), PRICES, 1e7, 1.0, (0.5, 0.3, 0.0)) == 0.0).all()


@given(st.floats(0, 1), st.lists(st.floats(0, 1), min_size=3, max_size=3), st.floats(1.0, 1e12))
def test_no_mix_is_planned_beyond_the_budget_or_the_bounds(share: float, weights: list[float], budget: float) -> None:
    found = volumes((A, B, FREE), PRICES, budget, share, weights)
    assert (found >= 0).all()
    assert (found <= [1.0, 500.0, 2.0]).all()
    assert found @ [PRICES[x.name] for x in (A, B, FREE)] <= budget * (1 + 1e-9)


def test_what_the_scenario_has_is_added_to() -> None:
    own = Choice("a", SimpleNamespace(), 1.0, base=0.4)
    assert volumes((own,), PRICES, 1e7, 1.0, (0.0,)) == pytest.approx([0.4])
    assert volumes((own,), PRICES, 1e7, 1.0, (1.0,)) == pytest.approx([0.5])


points = st.lists(st.tuples(st.integers(0, 9), st.integers(-5, 5), st.booleans()), max_size=20)


@given(points)
def test_the_front_is_what_nobody_beats(tried: list[tuple[int, int, bool]]) -> None:
    cost, effect, ok = ([x[i] for x in tried] for i in range(3))
    kept = front(cost, effect, [bool(x) for x in ok])
    allowed = [i for i in range(len(tried)) if ok[i]]
    beaten = {
        i
        for i in allowed
        for j in allowed
        if cost[j] <= cost[i] and effect[j] >= effect[i] and (cost[j], effect[j], j) != (cost[i], effect[i], i)
        and ((cost[j], effect[j]) != (cost[i], effect[i]) or j < i)
    }  # fmt: skip
    assert sorted(kept) == sorted(set(allowed) - beaten)
    assert [cost[i] for i in kept] == sorted(cost[i] for i in kept)


def test_levers_are_those_that_the_scenario_has_not() -> None:
    base = scenario("levers:\n  - technologieroute: {start: 2021-01, volume: 0.2}\n")
    found = {choice.name: choice for choice in choices(base, catalogue(), None, "2022-09")}
    assert "technologieroute" not in found
    assert not {"deeltijd_ww", "deeltijd_ww_2009", "bridging_scheme"} & set(found)
    assert found["equipment"].fields.start == "2022-09"
    assert (found["equipment"].far, found["equipment"].base) == (5.0, 0.0)
    (own,) = choices(base, catalogue(), ["technologieroute"], "2022-09")
    assert (own.fields.start, own.base) == ("2021-01", 0.2)


def test_a_lever_that_takes_away_is_searched_from_what_the_scenario_has_down_to_its_lowest() -> None:
    base = scenario("levers:\n  - international_places: {start: 2021-01, volume: -0.4}\n")
    (own,) = choices(base, catalogue(), ["international_places"], None)
    assert (own.base, own.far) == (-0.4, -1.0)
    assert mixed(base, (own,), volumes((own,), {own.name: 0.0}, 1e9, 1.0, (0.0,)), "base").hash == base.hash
    assert volumes((own,), {own.name: 0.0}, 1e9, 1.0, (1.0,)) == pytest.approx([-1.0])
    assert volumes((own,), {own.name: 1e9}, 1e8, 1.0, (1.0,)) == pytest.approx([-0.5])
    (new,) = choices(scenario(), catalogue(), ["international_places"], None)
    assert (new.base, new.far) == (0.0, -1.0)
    (made,) = mixed(scenario(), (new,), [-0.3], "fewer").levers
    assert dict(made.fields)["volume"] == -0.3
    more = scenario("levers:\n  - international_places: {start: 2021-01, volume: 0.5}\n")
    (up,) = choices(more, catalogue(), ["international_places"], None)
    assert (up.base, up.far) == (0.5, 5.0)


def test_a_mix_has_its_levers_and_no_others() -> None:
    base = scenario("levers:\n  - technologieroute: {start: 2021-01, volume: 0.2}\n")
    chosen = choices(base, catalogue(), ["technologieroute", "equipment", "pabo"], "2022-09")
    assert [c.name for c in chosen] == ["equipment", "pabo", "technologieroute"]
    made = mixed(base, chosen, [2.0, 0.0, 0.3], "mix")
    assert {x.name: dict(x.fields)["volume"] for x in made.levers} == {"equipment": 2.0, "technologieroute": 0.3}
    assert mixed(base, chosen, [0.0, 0.0, 0.2], "base").hash == base.hash
    assert np.isclose(dict(chosen[0].at(99.0).fields)["volume"], 5.0)


@pytest.mark.parametrize(
    ("wanted", "start", "words"),
    [
        (["nonsense"], None, "no lever"),
        (["deeltijd_ww", "deeltijd_ww_2009"], None, "pay for the same"),
        (["pabo"], "2031-01", "outside the period"),
        (["pabo"], "soon", "no month"),
    ],
)
def test_searches_that_cannot_be_made_are_refused(wanted: list[str], start: str | None, words: str) -> None:
    with pytest.raises(FrontierError, match=words):
        choices(scenario(), catalogue(), wanted, start)

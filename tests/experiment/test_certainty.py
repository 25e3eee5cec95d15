"""What a search may call certain, and what is left of its front with other luck."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest

from techsim.experiment.frontier import DRAWS, ENOUGH, NOTHING, Mix, certain, chance, front_of, held, plan
from techsim.experiment.mixes import unit_of_volume
from techsim.experiment.study import Study
from techsim.model.catalogue import catalogue
from techsim.report.frontier import _seeds, lines
from techsim.report.numbers import MINUS
from techsim.scenario import load_text

TEXT = "name: base\nperiod: {start: 2008-01, end: 2009-12}\ndraws: {seed: 5}\n"
UNIT = unit_of_volume(catalogue().levers["equipment"].fields)


def mix(trial: int, cost: float, effect: float, confirmed: dict[str, float] | None = None) -> Mix:
    return Mix(trial, (0.5,), cost, effect, effect, effect, True, confirmed or {})


@pytest.mark.parametrize("draws", [1, 8, 19, 20, 37])
def test_what_is_certain_is_what_nine_in_ten_draws_reach(draws: int) -> None:
    values = np.random.default_rng(draws).normal(size=draws)
    assert certain(values) in values
    assert (values >= certain(values)).mean() >= 0.9
    assert np.flatnonzero(np.sort(values) == certain(values)).tolist() == [{1: 0, 8: 0, 19: 1, 20: 1, 37: 2}[draws]]


def test_another_draw_reaches_it_nine_times_in_ten() -> None:
    """What a line between two draws, or the usual draws of before, do not hold."""
    random = np.random.default_rng(1)
    draws, others = random.normal(size=(4000, DRAWS)), random.normal(size=4000)
    reached = np.mean([other >= certain(row) for row, other in zip(draws, others, strict=True)])
    between = np.mean(others >= np.quantile(draws[:, :8], 0.1, axis=1))
    assert reached > 0.89
    assert between < 0.85


def test_a_front_that_was_luck_does_not_hold() -> None:
    nothing = Mix(NOTHING, (0.0,), 0.0, 0.0, 0.0, 0.0, True)
    lucky = mix(0, 10.0, 50.0, {"cost": 10.0, "certain": -5.0})
    good = mix(1, 20.0, 60.0, {"cost": 21.0, "certain": 40.0})
    dear = mix(2, 30.0, 70.0, {"cost": 29.0, "certain": 35.0})
    assert [m.holds for m in held([nothing, lucky, good, dear], 30.0)] == [True, False, True, False]
    assert not any(m.holds for m in held([mix(0, 10.0, 50.0)], 30.0)), "what was not run again is not known to hold"
    assert [m.holds for m in held([nothing, lucky, good, dear], 20.5)] == [True, False, False, False], "21 is too dear"
    assert [m.trial for m in front_of([lucky, good, dear], (0.0,))] == [NOTHING, 0, 1, 2]


def document(front: tuple[Mix, ...], tried: tuple[Mix, ...], draws: int = 20, again: int = 20) -> dict[str, Any]:
    """What ``frontier.json`` has of a search that its answer is made of."""
    confirmed = any(mix.confirmed for mix in front)
    return {
        "draws": draws, "seed": 1, "confirmed_with": {"draws": again, "seed": 1_000_004} if confirmed else None,
        "levers": [{"name": "equipment", "unit": UNIT, "base": 0.0}],
        "front": [asdict(m) for m in front], "tried": [asdict(m) for m in tried],
    }  # fmt: skip


def told(tried: tuple[Mix, ...], front: tuple[Mix, ...], draws: int = 20, again: int = 20) -> list[str]:
    """The answer of a search with ``draws``, confirmed with ``again``."""
    written = document(front, tried, draws, again)
    return [line.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{THIN SPACE}", " ") for line in lines(written)]


@pytest.mark.parametrize(("draws", "percent"), [(1, "50 %"), (2, "67 %"), (8, "89 %")])
def test_few_draws_say_the_chance_that_is_theirs(draws: int, percent: str) -> None:
    """Of draws of one kind the lowest of n is the lowest of n + 1 with a chance of n / (n + 1)."""
    assert chance(draws) == pytest.approx(draws / (draws + 1))
    tried = (mix(0, 10e6, 500.0),)
    numbers = {"cost": 11e6, "certain": 400.0, "technicians": 450.0}
    for answer in (
        told(tried, tried, draws),
        told(tried, (), draws),
        told(tried, held([mix(0, 10e6, 500.0, numbers)], 30e6), again=draws),
    ):
        whole = " ".join(answer)
        assert f"chance of {percent}" in whole
        assert "90 % of draws" not in whole
        assert "certainty of 90 %" not in whole
        assert "nothing is 90 % certain" in whole
    assert "certain" not in " ".join(told(tried, tried, ENOUGH)).replace("90 % of draws reach", "")


def test_levers_of_a_mix_are_named_in_words_with_the_unit_of_their_volume() -> None:
    assert UNIT
    assert f"equipment 0.5 ({UNIT})" in told((mix(0, 10e6, 500.0),), (mix(0, 10e6, 500.0),))[0]


def test_a_mix_that_takes_away_is_named_with_what_it_takes_and_doing_nothing_is_what_the_scenario_has() -> None:
    """The lever's volume is below zero: it differs from what the scenario has all the same."""
    fewer = {"name": "international_places", "unit": UNIT, "base": -0.2}
    less = (replace(mix(0, 10.0, 50.0), volumes=(-0.4,)),)
    assert f"international places {MINUS}0.4 (" in " ".join(lines(document(less, less) | {"levers": [fewer]}))
    assert front_of([mix(0, 10.0, 50.0)], (-0.2,))[0].volumes == (-0.2,)


def test_the_confirmed_number_is_the_answer() -> None:
    tried = (mix(0, 10e6, 500.0), mix(1, 20e6, 600.0))

    def said(*front: Mix) -> list[str]:
        return told(tried, front)

    numbers = {"cost": 11e6, "certain": 400.0, "technicians": 450.0}
    kept, lost = said(*held([mix(0, 10e6, 500.0, numbers), mix(1, 20e6, 600.0, numbers | {"cost": 20e6})], 30e6))
    assert "400 additional technicians" in kept
    assert "the search said 500" in kept
    assert "1 of the 2 mixes" in lost
    nothing = Mix(NOTHING, (0.0,), 0.0, 0.0, 0.0, 0.0, True)
    *_, last = said(*held([nothing, mix(0, 10e6, 500.0, numbers | {"certain": -1.0})], 30e6))
    assert "no mix raises technicians" in last
    assert said(*tried)[-1].startswith("Not confirmed")
    saves = mix(2, -1e6, -900.0, {"cost": -2e6, "certain": -800.0, "technicians": -90.0})
    first, cheaper = said(*held([saves, mix(0, 10e6, 500.0, numbers)], 30e6))
    assert "400 additional technicians" in first
    assert cheaper.startswith("1 mix on the front costs less than doing nothing, and adds no technicians with a ")
    *_, last = said(*held([saves], 30e6))
    assert "no mix raises technicians" in last
    assert "doing nothing is not beaten" in said(mix(2, -1e6, -900.0))[0]


def test_the_seed_of_the_confirmation_is_said_only_if_there_was_one() -> None:
    numbers = {"cost": 11e6, "certain": 400.0, "technicians": 450.0}
    nothing, tried = Mix(NOTHING, (0.0,), 0.0, 0.0, 0.0, 0.0, True), mix(0, 10e6, 500.0)
    assert _seeds(document((nothing, tried), (tried,))) == "1"
    again = document((nothing, mix(0, 10e6, 500.0, numbers)), (tried,))
    assert _seeds(again) == "1; confirmed with 1000004"


def test_the_confirmation_has_seeds_of_its_own() -> None:
    pytest.importorskip("optuna")
    from techsim.experiment.draws import plan as draws_of

    study = Study(load_text(TEXT, catalogue()), catalogue())
    asked = plan(study, 1e6, ["technologieroute"], start="2009-01")
    search, again = ({d.seed for d in draws_of(s.scenario, s.catalogue)} for s in (asked.study, asked.full))
    assert len(search) == DRAWS
    assert len(again) >= DRAWS
    assert not search & again

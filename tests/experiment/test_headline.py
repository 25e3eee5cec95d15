"""The headline effects are those of the comparison, digit for digit."""

from __future__ import annotations

import numpy as np
import pytest

from techsim.experiment import headline
from techsim.experiment.comparing import prepare
from techsim.experiment.draws import plan
from techsim.experiment.study import Study
from techsim.experiment.watching import never
from techsim.model.catalogue import catalogue
from techsim.results.comparison import COST
from techsim.scenario import load_text

TEXT = "name: {}\nperiod: {{start: 2008-01, end: 2011-12}}\npopulation: {{scale: 4000}}\n"
LEVERS = "levers:\n  - technologieroute: {start: 2008-09, volume: 1.0}\n  - teacher_grants: {start: 2009-01}\n"


def study(name: str, more: str = "") -> Study:
    return Study(load_text(TEXT.format(name) + more, catalogue()), catalogue())


def test_effects_are_those_of_the_comparison() -> None:
    made = prepare(study("base"), [study("both", LEVERS), study("none")])
    data = made.execute().data
    first = headline.discount_year(made.scenarios[0])
    assert first == int(data.attrs["discounted_to"])
    draw = plan(made.scenarios[0], catalogue())[0]
    point = headline.evaluate(made.scenarios, made.discount, first, 1, draw, lambda done, total: None, never)
    both, none = point.effects
    last = data.sel(year=2011).isel(draw=0)
    assert both.technicians == float(last["technicians"][1] - last["technicians"][0])
    assert both.cost == pytest.approx(float(last[COST][1] - last[COST][0]))
    assert both.cost > 0
    graduates = data["technical_graduates_cumulative"].sel(year=2010).isel(draw=0)
    assert both.technical_graduates == float(graduates[1] - graduates[0])
    leaked = data["leaked_cumulative"].sel(year=2010).isel(draw=0)
    assert both.leaked == float(leaked[1] - leaked[0])
    assert both.technical_vacancies == float(last["technical_vacancies"][1] - last["technical_vacancies"][0])
    assert none == headline.Effects(0.0, 0.0, 0.0)


def test_ratios_are_unknown_without_a_gain_or_a_cost() -> None:
    assert headline.Effects(1.0, 4.0, 2e6).values()[headline.PER_GRADUATE] == 5e5
    assert headline.Effects(1.0, 4.0, 2e6).values()[headline.PER_MILLION] == 2.0
    assert np.isnan(headline.Effects(1.0, -4.0, 2e6).values()[headline.PER_GRADUATE])
    assert np.isnan(headline.Effects(1.0, 4.0, 0.0).values()[headline.PER_MILLION])

"""Nothing of a draw stays in memory once it is done but what is kept of it."""

from __future__ import annotations

import gc

import pytest

from techsim.experiment.comparing import prepare
from techsim.experiment.study import Study
from techsim.experiment.twins import twins
from techsim.model.catalogue import catalogue
from techsim.model.simulation import TechsimModel
from techsim.population.people import People
from techsim.scenario import load_text

TEXT = "name: {}\nperiod: {{start: 2008-01, end: 2008-06}}\npopulation: {{scale: 5000}}\n"
LEVER = "levers:\n  - pay_and_image: {start: 2008-03}\n"


def study(name: str, more: str = "") -> Study:
    return Study(load_text(TEXT.format(name) + more, catalogue()), catalogue())


def alive() -> int:
    return sum(isinstance(thing, TechsimModel | People) for thing in gc.get_objects())


@pytest.mark.parametrize("what", ["run", "compare", "compare apart", "twins", "twins apart"])
def test_no_model_outlives_its_draw(what: str) -> None:
    """Though nothing looks for what is left in cycles."""
    gc.collect()
    before, base, other = alive(), study("base"), study("other", LEVER)
    gc.disable()
    try:
        if what == "run":
            base.run(draws=2)
        elif what == "twins":
            twins(base, other, draws=2)
        elif what == "twins apart":
            twins(base, study("apart", LEVER.replace("2008-03", "2008-01")), draws=2)
        else:
            prepare(base, [other], draws=2, share_past=what == "compare").execute()
        assert alive() == before
    finally:
        gc.enable()

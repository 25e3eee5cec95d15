"""A stand-in for the simulation: same interface, numbers from the seed alone. Put in place by ``install``."""

import os
import sys
import time
from types import ModuleType

import numpy as np

from techsim.data.dimensions import load_dimensions
from techsim.declarations import Indicator, Parameter, Prior, by_name
from techsim.experiment.study import Study
from techsim.results.coordinates import of_scenario, sizes
from techsim.results.recorder import Recorder
from techsim.scenario import Catalogue, load_text

INDICATORS = (
    Indicator("hires", "hires", "persons", "W1", "month", ("occupation", "region"), "flow"),
    Indicator(
        "employed", "employed", "persons", "W1", "month",
        ("field", "level", "region", "sector", "technical_occupation"), "stock",
    ),
    Indicator("unemployed", "unemployed", "persons", "W1", "month", ("field", "level", "region"), "stock"),
    Indicator("spending", "spending", "euro", "W6", "year", ("lever", "item"), "money"),
)  # fmt: skip
WEIGHT = Parameter("choice.weight", "", 0.5, 0, 1, Prior("uniform", 0, 1), "assumption", "weight", "K1")
REGIONS = load_dimensions().region
CATALOGUE = Catalogue(
    parameters=by_name((WEIGHT,)), levers={}, cycle_paths={"baseline": "flat"}, regions=REGIONS, indicators=INDICATORS
)
TEXT = "name: Small\nperiod: {start: 2008-01, end: 2009-12}\ndraws: {number: 2, seed: 5, parameters: prior}\n"
PAUSE = 0.0


class Simulation:
    """Poisson counts, a month at a time."""

    pause = PAUSE

    def __init__(self, scenario, draw, seed, parameters, tables, threads=1):
        self.scenario, self.seed, self.parameters, self.tables = scenario, seed, parameters, tables
        self.timings = {}

    def run(self, progress, stop):
        period = self.scenario.period
        labels = of_scenario(self.scenario, CATALOGUE, self.tables.dimensions)
        recorder = Recorder(INDICATORS, sizes(labels), period.first, period.last)
        rng = np.random.default_rng(self.seed)
        if os.environ.get("FAIL_IN_MODEL"):
            raise ZeroDivisionError("nobody to divide by")
        for done, month in enumerate(range(period.first, period.last + 1), 1):
            if stop():
                break
            for name in ("hires", "employed", "unemployed"):
                slot = recorder.slot(name, month)
                slot += rng.poisson(10 * self.parameters["choice.weight"], slot.shape)
            time.sleep(self.pause)
            progress(done, period.last - period.first + 1)
        self.timings = {"hiring": 0.25}
        return recorder


def install(pause=0.0):
    """Put the stand-in where the simulation is imported from."""
    module = ModuleType("techsim.model.simulation")
    Simulation.pause = pause
    module.Simulation = Simulation
    sys.modules["techsim.model.simulation"] = module


def study(text=TEXT):
    """A study of the stand-in."""
    return Study(load_text(text, CATALOGUE), CATALOGUE)

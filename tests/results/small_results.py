"""A tiny set of results, filled by hand."""

import numpy as np

from techsim.data.dimensions import Dimensions
from techsim.declarations import Indicator
from techsim.population.clock import month_index
from techsim.results.coordinates import coordinates, sizes
from techsim.results.dataset import DrawRecord, build, in_persons
from techsim.results.recorder import Recorder

DIMENSIONS = Dimensions(
    sex=("male", "female"),
    background=("native", "western", "non_western"),
    region=("North", "East"),
    track=("vmbo_tl", "havo", "vwo"),
    level=("mbo1", "mbo2", "mbo3", "mbo4", "hbo", "wo"),
    pathway=("bol", "bbl", "none"),
    field=("metal", "health", "general"),
    occupation=("technical_metal", "health"),
    sector=("manufacturing", "health_care"),
    firm_size=("sme", "large"),
    technical=(True, False, False),
    technical_sectors=(True, False),
)
LABELS = coordinates(DIMENSIONS)
FIRST, LAST = month_index(2008, 1), month_index(2009, 12)


def indicator(name, period, groups, kind):
    """An indicator with made-up words."""
    return Indicator(name, f"the {name}", "persons", "K1", period, groups, kind)


INDICATORS = (
    indicator("employed", "month", ("field", "level", "region", "sector", "technical_occupation"), "stock"),
    indicator("unemployed", "month", ("field", "level", "region"), "stock"),
    indicator("vacancies", "month", ("occupation", "level", "region", "sector"), "stock"),
    indicator("hires", "month", ("occupation",), "flow"),
    indicator("output_gap", "month", (), "share"),
    indicator("profile_choices", "school_year", ("track", "sex", "background", "region", "technical"), "flow"),
    indicator("entrants", "school_year", ("level", "pathway", "sex", "region", "technical"), "flow"),
    indicator("students", "school_year", ("level", "pathway", "sex", "region", "technical"), "stock"),
    indicator("graduates", "school_year", ("level", "pathway", "sex", "region", "technical"), "flow"),
    indicator("school_leavers_working", "year", ("level", "sex", "background", "region", "placement"), "flow"),
    indicator("births", "year", ("region",), "flow"),
    indicator("apprenticeship_places", "year", ("sector", "region", "place"), "stock"),
    indicator("spending", "year", ("lever", "item"), "money"),
    indicator("cohort_flows", "cohort", ("from_stage", "to_stage", "sex", "background"), "flow"),
)


def recorder():
    """An empty recorder of two years."""
    return Recorder(INDICATORS, sizes(LABELS), FIRST, LAST)


def record(filled, draw=0, scale=100):
    """The record of a draw."""
    return DrawRecord(draw, 7 + draw, {"choice.weight": 0.5}, in_persons(filled, scale), {"ageing": 0.25})


def dataset(*filled, scale=100):
    """The Dataset of draws."""
    records = [record(one, draw, scale) for draw, one in enumerate(filled)]
    return build(INDICATORS, records, LABELS, FIRST, LAST, {"scale": scale, "draws": len(records)})


def busy(seed):
    """A recorder full of numbers."""
    filled, rng = recorder(), np.random.default_rng(seed)
    for name, array in filled.arrays.items():
        array[...] = rng.poisson(3, array.shape)
        filled.recorded[name][...] = True
    return filled

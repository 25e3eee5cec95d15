"""A small labour market on the real tables: random people, placed in jobs by the start tables."""

from __future__ import annotations

import numpy as np

from techsim.data.inputs import Tables
from techsim.mechanisms.working.currency.process import begin as begin_currency
from techsim.mechanisms.working.declarations import INDICATORS, PARAMETERS
from techsim.mechanisms.working.state import create_labour_market
from techsim.mechanisms.world import World
from techsim.population.clock import month_index
from techsim.population.people import People
from techsim.population.randomness import Purpose, normal, uniform
from techsim.population.start_rules import USUAL
from techsim.population.states import NEVER, NONE, Labour, Stage
from techsim.results.coordinates import coordinates, sizes
from techsim.results.recorder import Recorder

FIRST = month_index(2008, 1)
MONTHS = 36
DEFAULTS = {parameter.name: parameter.default for parameter in PARAMETERS}


def adults(tables: Tables, count: int, seed: int = 1) -> People:
    """``count`` people of 15 to 74 out of education, who work, look for work or do not, as the start tables say."""
    rng = np.random.default_rng(seed)
    dims = tables.dimensions
    age_months = rng.integers(15 * 12, 75 * 12, count)
    level = rng.choice(dims.size("level"), count, p=[0.22, 0.14, 0.12, 0.22, 0.19, 0.11])
    field = np.where(level == 0, dims.general, rng.integers(0, dims.size("field"), count))
    columns: dict[str, np.ndarray] = {
        "id": np.arange(1, count + 1, dtype=np.uint64) * np.uint64(7919),
        "birth_month": FIRST - age_months,
        "sex": rng.integers(0, 2, count),
        "region": rng.choice(dims.size("region"), count, p=[0.10, 0.19, 0.27, 0.27, 0.17]),
        "stage": np.full(count, int(Stage.OUT)),
        "level": level,
        "field": field,
        "left_education": np.full(count, NEVER),
        "since": FIRST - rng.integers(1, 240, count),
    }
    _place(columns, tables, rng)
    people = People(count)
    people.add(columns)
    return people


def _place(columns: dict[str, np.ndarray], tables: Tables, rng: np.random.Generator) -> None:
    """Labour states by the thresholds of the first month, jobs by the start tables."""
    dims, labour = tables.dimensions, tables.labour
    count = len(columns["id"])
    rates = labour.participation_at(2008)
    retire = labour.retirement_age_at(2008, tables.demography.pension_age_at(FIRST))
    state = np.empty(count, dtype=np.int64)
    cells = {name: np.full(count, NONE) for name in ("occupation", "job_level", "job_region", "employer")}
    for i in range(count):
        age = (FIRST - columns["birth_month"][i]) / 12
        pid, sex, level = columns["id"][i], columns["sex"][i], columns["level"][i]
        if age >= retire + USUAL.retirement_spread * normal(1, int(Purpose.RETIREMENT), pid, 0, 0):
            state[i] = Labour.RETIRED
        elif uniform(1, int(Purpose.PARTICIPATION), pid, 0, 0) >= rates[sex, int(age), level]:
            state[i] = Labour.OUTSIDE
        elif rng.random() < labour.start_unemployment[int(age), level]:
            state[i] = Labour.UNEMPLOYED
        else:
            state[i] = Labour.EMPLOYED
            occupation = rng.choice(
                dims.size("occupation"), p=labour.occupation_shares[level, columns["field"][i], sex]
            )
            cells["occupation"][i] = occupation
            cells["job_level"][i] = rng.choice(dims.size("level"), p=labour.job_levels[level])
            cells["job_region"][i] = rng.choice(dims.size("region"), p=labour.commuting[columns["region"][i]])
            cells["employer"][i] = rng.choice(dims.employers, p=labour.employer_shares[occupation])
    columns["labour"] = state
    columns.update(cells)


def world_of(
    people: People,
    tables: Tables,
    gap: float | np.ndarray = 0.02,
    months: int = MONTHS,
    **parameters: float,
) -> World:
    """A world of these people with working only; ``parameters`` as ``group__name``."""
    values = DEFAULTS | {name.replace("__", "."): value for name, value in parameters.items()}
    assert set(values) == set(DEFAULTS), "a test names a parameter that does not exist"
    path = np.broadcast_to(np.asarray(gap, dtype=np.float64), (months,)).copy()
    last = FIRST + months - 1
    begin_currency(people, tables, values, FIRST)
    return World(
        seed=1,
        month=FIRST,
        first=FIRST,
        last=last,
        scale=100.0,
        people=people,
        tables=tables,
        parameters=values,
        hooks={name: np.zeros(tables.dimensions.size("region")) for name in ("matching.skills", "pay.technical")},
        output_gap=path,
        recorder=Recorder(INDICATORS, sizes(coordinates(tables.dimensions)), FIRST, last),
        schools=None,  # type: ignore[arg-type]
        labour=create_labour_market(people, tables, values, path),
    )


def copy_of(people: People, order: np.ndarray | None = None) -> People:
    """A copy, optionally stored in another order."""
    rows = np.arange(people.size) if order is None else order
    twin = People(people.size)
    twin.add({name: getattr(people, name)[rows].copy() for name in people._store})
    return twin

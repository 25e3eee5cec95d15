"""Students of hbo and wo at the start live where they chose to study (W5)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from techsim.data.inputs import Tables
from techsim.mechanisms.demography.moving.process import YOUNG, observe
from techsim.mechanisms.demography.moving.state import Moving
from techsim.mechanisms.demography.moving.utilities import places_to_study
from techsim.population.attainment import choose_rows
from techsim.population.clock import MONTHS
from techsim.population.draws import uniforms
from techsim.population.people import People
from techsim.population.randomness import Purpose
from techsim.population.states import Stage


def create_moving(people: People, tables: Tables, parameters: Mapping[str, float], seed: int, month: int) -> Moving:
    """Ask the students of the start population once, as they were asked when they enrolled; who moved has a home.

    Changes ``people.region`` of students, before anything else is counted by region.
    """
    dims = tables.dimensions
    shape = (dims.size("sex"), dims.size("background"), dims.size("region"))
    age = month - people.birth_month.astype(np.int64)
    studies = (people.stage >= int(Stage.HBO)) & (people.stage <= int(Stage.WO_MASTER))
    who = np.flatnonzero(studies & (age < MONTHS * YOUNG))
    here = people.region[who].astype(np.int64)
    weights = places_to_study(tables, parameters)[people.programme[who], here, here]
    draws = uniforms(seed, int(Purpose.MOVE), people.id[who], 0, 0)
    chosen = choose_rows(np.cumsum(weights, axis=1), draws).astype(np.int8)
    nobody = np.zeros(0, dtype=np.int64)
    state = Moving(
        ids=nobody.astype(np.uint64),
        home=nobody.astype(np.int8),
        residents=nobody,
        residents_at_start=nobody,
        parents=np.zeros(shape[1:], dtype=np.int64),
        raising=np.zeros((2, shape[2])),
        workers=np.zeros(shape[:2]),
        jobs=np.zeros(shape[2], dtype=np.int64),
    )
    moved = chosen != here
    state.leave_home(people.id[who[moved]], people.region[who[moved]])
    people.region[who] = chosen
    observe(state, people, month, tables)
    state.residents_at_start = state.residents.copy()
    return state

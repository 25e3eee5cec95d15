"""International students at the start (L7): students of foreign background, as many as the table has."""

from __future__ import annotations

import numpy as np

from techsim.data.education import COLUMNS
from techsim.data.inputs import Tables
from techsim.data.international import INTO
from techsim.mechanisms.learning.international.state import STUDYING, International
from techsim.population.draws import uniforms
from techsim.population.people import People
from techsim.population.randomness import Purpose
from techsim.population.rounding import chosen
from techsim.population.states import Stage


def create_international(people: People, tables: Tables, seed: int, scale: float) -> International:
    """The roster of the first month.

    Each student of a column, kind of field and background is one with the chance that gives the table's number.
    """
    dims, education, table = tables.dimensions, tables.education, tables.international
    who = np.flatnonzero((people.stage >= int(Stage.HBO)) & (people.stage <= int(Stage.WO_MASTER)))
    programme = people.programme[who]
    column = education.programme_column[programme] - COLUMNS.index(INTO[0])
    field = education.programme_field[programme]
    kind = dims.field_technical[field].astype(np.int64)
    cell = np.ravel_multi_index((column, kind, people.background[who]), table.students.shape)
    there = np.bincount(cell, minlength=table.students.size)
    chance = np.minimum(table.students.ravel() / scale / np.maximum(there, 1), 1.0)[cell]
    key = uniforms(seed, int(Purpose.INTERNATIONAL), people.id[who], 0, 2)
    at = np.flatnonzero(chosen(chance, key))
    at = at[np.argsort(people.id[who[at]])]
    return International(
        ids=people.id[who[at]].copy(),
        rows=who[at],
        column=column[at],
        field=field[at],
        departs=np.full(at.size, STUDYING, dtype=np.int64),
        arrived=np.zeros(table.entrants.shape[1:]),
    )

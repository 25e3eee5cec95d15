"""How many technical students there are, for what schools do for them (L5, L6)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.data.inputs import Tables
from techsim.population.people import People
from techsim.population.states import Stage


def technical_students(people: People, tables: Tables) -> npt.NDArray[np.int64]:
    """Students of technical fields by field, level and region of residence; int64 (fields, levels, regions)."""
    dims, education = tables.dimensions, tables.education
    here = np.flatnonzero(
        (people.stage >= int(Stage.MBO)) & (people.stage <= int(Stage.WO_MASTER)) & (people.programme >= 0)
    )
    programme = people.programme[here]
    where = (education.programme_field[programme], education.programme_level[programme], people.region[here])
    shape = (dims.size("field"), dims.size("level"), dims.size("region"))
    cell = np.ravel_multi_index(tuple(w.astype(np.int64) for w in where), shape)
    count = np.bincount(cell, minlength=int(np.prod(shape))).reshape(shape)
    count[~dims.field_technical] = 0
    return np.asarray(count, dtype=np.int64)

"""How many technical students there are, for what schools do for them (L5, L6)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.data.inputs import Tables
from techsim.mechanisms.learning.kernels import count_technical_students
from techsim.population.people import People


def technical_students(people: People, tables: Tables) -> npt.NDArray[np.int64]:
    """Students of technical fields by field, level and region of residence; int64 (fields, levels, regions)."""
    dims, education = tables.dimensions, tables.education
    count = np.zeros((dims.size("field"), dims.size("level"), dims.size("region")), dtype=np.int64)
    count_technical_students(
        stage=people.stage,
        programme=people.programme,
        region=people.region,
        field_of=education.programme_field,
        level_of=education.programme_level,
        technical=dims.field_technical,
        count=count,
    )
    return count

"""D1: the columns of the newborn and of immigrants, made from tables and keyed draws."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from techsim.data.demography import EDUCATION, Demography
from techsim.data.dimensions import Dimensions
from techsim.mechanisms.demography.kernels import draw_lives, draw_places, list_people
from techsim.population.attainment import attained, traits
from techsim.population.people import first_id
from techsim.population.randomness import Purpose
from techsim.population.states import Labour, Origin

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_GOLDEN = 0.6180339887498949
"""Fractional part of the golden ratio: its multiples fill the unit interval evenly."""
_HIGHER = np.array([name in ("hbo", "wo") for name in EDUCATION])
_BEFORE_HIGHER = EDUCATION.index("vwo")


@dataclass(frozen=True)
class Arrivals:
    """What a group of immigrants has of its own.

    ages : (AGES,), shares. education : (backgrounds, EDUCATION), shares from 18 on; the table's if None. places :
    (backgrounds, regions), shares by which their regions are drawn; as their cells say if None. purpose : of their
    draws. first_cell : where their cells begin within the ids, so that no two groups share any.
    """

    ages: Floats
    education: Floats | None = None
    places: Floats | None = None
    purpose: Purpose = Purpose.IMMIGRATION
    first_cell: int = 0


def whole_people(before: Floats, after: Floats, scale: float) -> Counts:
    """Simulated people who come between two cumulative numbers of residents, by cell.

    ``floor(after / scale + u) - floor(before / scale + u)`` with a fixed threshold u per cell: summed over months each
    cell stays within one person of the table, the cells together closer than by chance.

    Parameters
    ----------
    before, after : float64 (any shape) [persons]
        Residents who came until the beginning and the end of the month; ``after >= before``.
    scale : float
        Residents per simulated person.

    Returns
    -------
    int64, same shape
    """
    threshold = _thresholds(before.shape)
    return np.asarray(np.floor(after / scale + threshold) - np.floor(before / scale + threshold), dtype=np.int64)


@lru_cache
def _thresholds(shape: tuple[int, ...]) -> Floats:
    """Threshold of each cell of a table, multiples of the golden ratio within the unit interval; not to be changed."""
    found = np.asarray(np.arange(1, math.prod(shape) + 1) * _GOLDEN % 1.0, dtype=np.float64).reshape(shape)
    found.flags.writeable = False
    return found


def columns(numbers: Counts, origin: Origin, month: int, first_cell: int = 0) -> dict[str, Any]:
    """Ids, sex, background and region of the people of each cell.

    Parameters
    ----------
    numbers : int64 (sexes, backgrounds, regions)
    month : int
        Month of birth or arrival, part of the id.
    first_cell : int
        Added to the cell in the id.
    """
    count = int(numbers.sum())
    ids = np.empty(count, dtype=np.uint64)
    sex, background, region = (np.empty(count, dtype=np.int8) for _ in range(3))
    list_people(numbers, first_id(int(origin), month, first_cell), ids, sex, background, region)
    return {"id": ids, "sex": sex, "background": background, "region": region}


def place(made: dict[str, Any], shares: Floats, seed: int, purpose: Purpose) -> None:
    """Draw the region of people made without one, each by the person's own draw.

    Who they are then hangs on no region: where the shares differ between paired runs, the same people live elsewhere.

    Parameters
    ----------
    made : dict of arrays (n,)
        ``region`` is written.
    shares : float64 (backgrounds, regions)
    """
    draw_places(seed, int(purpose), made["id"], made["background"], shares, made["region"])


def newborn(numbers: Counts, seed: int, month: int, dims: Dimensions) -> dict[str, Any]:
    """Columns of the children born in a month; numbers : int64 (sexes, backgrounds, regions)."""
    made = columns(numbers, Origin.BIRTH, month)
    return {**made, **traits(seed, made["id"]), "birth_month": month, "field": dims.general}


def immigrants(
    numbers: Counts, seed: int, month: int, dims: Dimensions, tables: Demography, arrivals: Arrivals
) -> dict[str, Any]:
    """Columns of the people who arrive in a month; numbers : int64 (sexes, backgrounds, regions).

    Age by single year and month, and from 18 on an education with its field, are drawn once from the tables. Under
    four they are children, up to 15 pupils of primary school (who enter vo in August, the older ones after what is
    in reality a transition class), older ones out of education and outside the labour force.
    """
    made = columns(numbers, Origin.IMMIGRATION, month, arrivals.first_cell)
    if arrivals.places is not None:
        place(made, arrivals.places, seed, arrivals.purpose)
    ids, count = made["id"], len(made["id"])
    months, education = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int64)
    stage, field = np.empty(count, dtype=np.int8), np.empty(count, dtype=np.int8)
    draw_lives(
        seed=seed,
        purpose=int(arrivals.purpose),
        ids=ids,
        sex=made["sex"],
        background=made["background"],
        ages=arrivals.ages,
        shares=tables.immigrant_education if arrivals.education is None else arrivals.education,
        fields=tables.education_fields,
        higher=_HIGHER,
        before_higher=_BEFORE_HIGHER,
        months=months,
        stage=stage,
        education=education,
        field=field,
    )
    diploma, level = attained(education, dims)
    return {
        **made,
        **traits(seed, ids),
        "birth_month": (month - months).astype(np.int16),
        "stage": stage,
        "diploma": diploma,
        "level": level,
        "field": field,
        "labour": int(Labour.OUTSIDE),
        "since": month,
    }

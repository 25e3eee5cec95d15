"""D1: the columns of the newborn and of immigrants, made from tables and keyed draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from techsim.data.demography import EDUCATION, Demography
from techsim.data.dimensions import Dimensions
from techsim.population.attainment import attained, choose_rows, traits
from techsim.population.draws import uniforms
from techsim.population.people import person_id
from techsim.population.randomness import Purpose
from techsim.population.states import Labour, Origin, Stage

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_GOLDEN = 0.6180339887498949
"""Fractional part of the golden ratio: its multiples fill the unit interval evenly."""
PLACED = 7
"""Number of the draw of a region among those of its purpose."""
_FOUR, _VO_LAST, _ADULT, _GRADUATE = 4, 16, 18, 22
"""Ages: primary school begins; too old for the first class of vo; has an education; may have one of hbo or wo."""
_HIGHER, _BEFORE_HIGHER = ("hbo", "wo"), "vwo"


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
    threshold = (np.arange(1, before.size + 1) * _GOLDEN % 1.0).reshape(before.shape)
    return np.asarray(np.floor(after / scale + threshold) - np.floor(before / scale + threshold), dtype=np.int64)


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
    cells = np.repeat(np.arange(numbers.size), numbers.ravel())
    first = np.concatenate([[0], np.cumsum(numbers.ravel())[:-1]])
    rank = np.arange(cells.size) - first[cells]
    sex, background, region = np.unravel_index(cells, numbers.shape)
    return {
        "id": person_id(int(origin), month, first_cell + cells.astype(np.int64), rank.astype(np.int64)),
        "sex": sex.astype(np.int8),
        "background": background.astype(np.int8),
        "region": region.astype(np.int8),
    }


def place(made: dict[str, Any], shares: Floats, seed: int, purpose: Purpose) -> None:
    """Draw the region of people made without one, each by the person's own draw.

    Who they are then hangs on no region: where the shares differ between paired runs, the same people live elsewhere.

    Parameters
    ----------
    made : dict of arrays (n,)
        ``region`` is written.
    shares : float64 (backgrounds, regions)
    """
    draws = uniforms(seed, int(purpose), made["id"], 0, PLACED)
    made["region"] = choose_rows(np.cumsum(shares, axis=1)[made["background"]], draws).astype(np.int8)


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
    ids, purpose, ages = made["id"], int(arrivals.purpose), arrivals.ages
    count = len(ids)
    years = np.searchsorted(np.cumsum(ages), uniforms(seed, purpose, ids, 0, 0))
    years = np.minimum(years, ages.size - 1)
    months = 12 * years + (12.0 * uniforms(seed, purpose, ids, 0, 1)).astype(np.int64)
    stage = np.full(count, int(Stage.OUT), dtype=np.int8)
    stage[years < _VO_LAST] = int(Stage.PRIMARY)
    stage[years < _FOUR] = int(Stage.CHILD)
    shares = np.cumsum(tables.immigrant_education if arrivals.education is None else arrivals.education, axis=1)[
        made["background"]
    ]
    education = choose_rows(shares, uniforms(seed, purpose, ids, 0, 2))
    higher = np.array([name in _HIGHER for name in EDUCATION])[education]
    education[(years < _GRADUATE) & higher] = EDUCATION.index(_BEFORE_HIGHER)
    education[years < _ADULT] = 0
    fields = np.cumsum(tables.education_fields, axis=2)[education, made["sex"]]
    diploma, level = attained(education, dims)
    return {
        **made,
        **traits(seed, ids),
        "birth_month": (month - months).astype(np.int16),
        "stage": stage,
        "diploma": diploma,
        "level": level,
        "field": choose_rows(fields, uniforms(seed, purpose, ids, 0, 3)).astype(np.int8),
        "labour": int(Labour.OUTSIDE),
        "since": month,
    }

"""The start population's first columns: id, birth month, sex, background, region."""

from __future__ import annotations

from typing import Any

import numpy as np

from techsim.data.demography import Demography
from techsim.population.clock import MONTHS
from techsim.population.people import person_id
from techsim.population.rounding import GOLDEN, controlled
from techsim.population.states import Origin

KEPT = 1_000_000
"""Residents at most that are kept for the next draw: 13 megabytes."""


def residents(tables: Demography, scale: float, month: int) -> dict[str, Any]:
    """Columns of everyone who lives here at the beginning of ``month``, the same in every draw; not to be changed.

    Age x sex, background and region margins of the tables hold within a person or so of the simulated ones. Birth
    months are spread evenly over each year of age; ids count within (birth month, sex x background x region).
    """
    if (scale, month) in tables.residents:
        return tables.residents[scale, month]
    tables.residents.clear()  # of the scale asked for last: of all, people of whom nobody asks would fill memory
    made = _residents(tables, scale, month)
    if made["id"].size <= KEPT:
        tables.residents[scale, month] = made
    return made


def _residents(tables: Demography, scale: float, month: int) -> dict[str, Any]:
    shape = tables.start.shape
    cells = tables.start.reshape(shape[0] * shape[1], shape[2] * shape[3]) / scale
    by_sex = controlled(tables.start.sum(axis=(2, 3)) / scale)
    numbers = controlled(cells, sums=by_sex.ravel(), margins=_margins(*shape[2:])).ravel()
    cell = np.repeat(np.arange(numbers.size), numbers)
    rank = np.arange(cell.size) - np.repeat(np.cumsum(numbers) - numbers, numbers)
    age, sex, background, region = np.unravel_index(cell, shape)
    spread = (rank + (cell + 1) * GOLDEN % 1.0) / numbers[cell]
    birth_month = month - 1 - MONTHS * age - np.minimum((MONTHS * spread).astype(np.int64), MONTHS - 1)
    kind = np.ravel_multi_index((sex, background, region), shape[1:])
    return {
        "id": person_id(int(Origin.START), birth_month, kind, _count_within(birth_month, kind)),
        "birth_month": birth_month.astype(np.int16),
        "sex": sex.astype(np.int8),
        "background": background.astype(np.int8),
        "region": region.astype(np.int8),
    }


def _count_within(birth_month: np.ndarray[Any, Any], kind: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """0, 1, 2 ... within each (birth month, kind); int64 (n,)."""
    order = np.lexsort((kind, birth_month))
    new = np.r_[True, (np.diff(birth_month[order]) != 0) | (np.diff(kind[order]) != 0)]
    first = np.flatnonzero(new)
    out = np.empty(order.size, dtype=np.int64)
    out[order] = np.arange(order.size) - np.repeat(first, np.diff(np.r_[first, order.size]))
    return out


def _margins(backgrounds: int, regions: int) -> np.ndarray[Any, Any]:
    """Which background and which region each background x region column belongs to; (columns, groups)."""
    background, region = np.divmod(np.arange(backgrounds * regions), regions)
    return np.column_stack([np.eye(backgrounds)[background], np.eye(regions)[region]])

"""D1: the newborn and immigrants, made from tables and keyed draws."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from techsim.data.demography import EDUCATION, Demography
from techsim.data.dimensions import Dimensions
from techsim.mechanisms.demography.kernels import draw_lives, make_people
from techsim.population.attainment import of_education
from techsim.population.people import People, first_id
from techsim.population.randomness import Purpose
from techsim.population.states import Origin

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_AS_CELLS_SAY = np.zeros((0, 0))
"""Shares of the regions where nobody draws one."""
_GOLDEN = 0.6180339887498949
"""Fractional part of the golden ratio: its multiples fill the unit interval evenly."""
_HIGHER = np.array([name in ("hbo", "wo") for name in EDUCATION])
_BEFORE_HIGHER = EDUCATION.index("vwo")


@dataclass(frozen=True)
class Births:
    """The children born in a month.

    numbers : int64 (sexes, backgrounds, regions). places : (backgrounds, regions), shares by which their regions are
    drawn; as their cells say if None. Who they are then hangs on no region, and where the shares differ between
    paired runs, the same people live elsewhere.
    """

    numbers: Counts
    places: Floats | None = None


@dataclass(frozen=True)
class Arrivals:
    """What a group of immigrants has of its own.

    numbers : int64 (sexes, backgrounds, regions). ages : (AGES,), shares. education : (backgrounds, EDUCATION), shares
    from 18 on; the table's if None. places : as of :class:`Births`. purpose : of their draws. first_cell : where their
    cells begin within the ids, so that no two groups share any.
    """

    numbers: Counts
    ages: Floats
    education: Floats | None = None
    places: Floats | None = None
    purpose: Purpose = Purpose.IMMIGRATION
    first_cell: int = 0


def whole_people(before: Floats, after: Floats, scale: float) -> Counts:
    """Simulated people who come between two cumulative numbers of residents, by cell; see :func:`whole_so_far`.

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
    return np.asarray(whole_so_far(after, scale) - whole_so_far(before, scale), dtype=np.int64)


def whole_so_far(until: Floats, scale: float, cells: int | None = None) -> Floats:
    """Simulated people who came so far: ``floor(until / scale + u)`` with a fixed threshold u per cell.

    The difference of two months is who came between them: summed over months each cell stays within one person of the
    table, the cells together closer than by chance. ``until``, float64 (..., any shape) [persons], has cells along its
    last ``cells`` dimensions, all if left out.
    """
    shape = until.shape if cells is None else until.shape[-cells:]
    return np.asarray(np.floor(until / scale + _thresholds(shape)))


@lru_cache
def _thresholds(shape: tuple[int, ...]) -> Floats:
    """Threshold of each cell of a table, multiples of the golden ratio within the unit interval; not to be changed."""
    found = np.asarray(np.arange(1, math.prod(shape) + 1) * _GOLDEN % 1.0, dtype=np.float64).reshape(shape)
    found.flags.writeable = False
    return found


def newborn(people: People, rows: slice, births: Births, seed: int, month: int, dims: Dimensions) -> None:
    """Let those in ``rows``, unset so far and as many as the numbers say, be born in the month."""
    _make(people, rows, births, first_id(int(Origin.BIRTH), month, 0), seed, Purpose.MOVE)
    people.birth_month[rows] = month
    people.field[rows] = dims.general


def immigrants(
    people: People, rows: slice, arrivals: Arrivals, seed: int, month: int, dims: Dimensions, tables: Demography
) -> None:
    """Let those in ``rows``, unset so far and as many as the numbers say, arrive in the month.

    Age by single year and month, and from 18 on an education with its field, are drawn once from the tables. Under
    four they are children, up to 15 pupils of primary school (who enter vo in August, the older ones after what is
    in reality a transition class), older ones out of education, and all outside the labour force, as nobody is in it
    from the first.
    """
    _make(people, rows, arrivals, first_id(int(Origin.IMMIGRATION), month, arrivals.first_cell), seed, arrivals.purpose)
    diploma_of, level_of = of_education(dims.level)
    draw_lives(
        seed=seed,
        purpose=int(arrivals.purpose),
        month=month,
        ids=people.id[rows],
        sex=people.sex[rows],
        background=people.background[rows],
        ages=arrivals.ages,
        shares=tables.immigrant_education if arrivals.education is None else arrivals.education,
        fields=tables.education_fields,
        higher=_HIGHER,
        before_higher=_BEFORE_HIGHER,
        diploma_of=diploma_of,
        level_of=level_of,
        birth_month=people.birth_month[rows],
        stage=people.stage[rows],
        diploma=people.diploma[rows],
        level=people.level[rows],
        field=people.field[rows],
    )
    people.since[rows] = month


def _make(people: People, rows: slice, group: Births | Arrivals, head: np.uint64, seed: int, purpose: Purpose) -> None:
    """Ids, from ``head`` on, sex, background, region and traits of the people of each cell."""
    make_people(
        seed,
        int(purpose),
        group.numbers,
        head,
        _AS_CELLS_SAY if group.places is None else group.places,
        people.id[rows],
        people.sex[rows],
        people.background[rows],
        people.region[rows],
        people.ability[rows],
        people.affinity[rows],
    )

"""Person by person: what becomes of the same people in two worlds (W6, and deadweight).

Worlds of one seed share their people, so that a count over both says more than a difference of totals: who is a
technician in the alternative only (additional), in the baseline only (displaced), in both (anyway), and where those
won come from. Each person of either world is in one state in each, somebody who is not there (not born, died, abroad)
in ``absent``: so the net moves over all states sum to zero.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from techsim.data.dimensions import Dimensions
from techsim.population.people import People
from techsim.population.reached import PROGRAMMES, Reached
from techsim.population.states import NEVER, Diploma, Flag, Labour, Profile

Counts = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int8]

TECHNICAL, ABSENT = "technical", "absent"
WORK = (TECHNICAL, "health", "education", "business", "other", "not_working", ABSENT)
"""Occupation group of the job, technical ones as one; everybody without a job, children included; not there."""
DIPLOMA = (TECHNICAL, "health", "education", "business", "other", "none", ABSENT)
"""Field of the highest diploma of mbo, hbo or wo; none: no such diploma; not there."""
PROGRAMME = ("technologieroute", "wt_support", "short_time")
"""What a person can have taken part in: the technologieroute, W&T in a primary school with a lever's support, a spell
of short-time work."""
MEASURE = ("technical_diploma", "technical_work", "at_work", "technical_choice")
"""What participants are looked at for; the last: an N profile or technical sector in secondary education."""
_LAST = len(WORK) - 1


@dataclass(frozen=True)
class Outcomes:
    """Everybody of a world in a month, ordered by id; arrays (n,).

    ``work`` and ``diploma`` are positions in ``WORK`` and ``DIPLOMA``; ``flags`` those of a person, the
    technologieroute among them; ``short_time`` the month in which the last spell of short-time work began. ``level`` is
    that of the highest diploma, ``region`` that of residence, ``technical_choice`` whether an N profile or technical
    sector was chosen. ``reached`` : whom levers had reached at their choice or before, also those who are gone since.
    """

    id: npt.NDArray[np.uint64]
    work: Codes
    diploma: Codes
    sex: Codes
    background: Codes
    flags: npt.NDArray[np.uint8]
    short_time: npt.NDArray[np.int16]
    level: Codes
    region: Codes
    technical_choice: npt.NDArray[np.bool_]
    reached: Reached


def take(people: People, dims: Dimensions, reached: Reached | None = None) -> Outcomes:
    """The outcomes of the people as they are now; ``reached`` is that of the schools, nobody if left out."""
    order = np.argsort(people.id, kind="stable")  # people stand by age for the most part, and so do ids
    groups = np.array([WORK.index(TECHNICAL if o.startswith("technical_") else o) for o in dims.occupation], np.int8)
    fields = [TECHNICAL if t else f for f, t in zip(dims.field, dims.field_technical, strict=False)]
    fields += list(dims.field[len(fields) :])
    named = np.array([DIPLOMA.index(f) if f in DIPLOMA else DIPLOMA.index("other") for f in fields], np.int8)
    of_diploma = np.zeros(max(Diploma) + 1, dtype=np.bool_)
    of_diploma[[d for d in Diploma if d.name.startswith(("MBO", "HBO", "WO_"))]] = True
    tertiary = of_diploma[people.diploma]
    works = people.labour == int(Labour.EMPLOYED)
    work = np.where(works, groups[np.maximum(people.occupation, 0)], WORK.index("not_working"))
    diploma = np.where(tertiary, named[np.maximum(people.field, 0)], DIPLOMA.index("none"))
    return Outcomes(
        id=people.id[order],
        work=work.astype(np.int8)[order],
        diploma=diploma.astype(np.int8)[order],
        sex=people.sex[order],
        background=people.background[order],
        flags=people.flags[order],
        short_time=people.short_time[order],
        level=people.level[order],
        region=people.region[order],
        technical_choice=(people.profile == Profile.TECHNICAL)[order],
        reached=Reached() if reached is None else Reached(reached.ids, reached.by),
    )


@dataclass(frozen=True)
class Pair:
    """Counts of the people of two worlds, in simulated persons.

    ``work`` and ``diploma``: int64 (sex, background, state in the baseline, state in the alternative).
    ``participants``: int64 (PROGRAMME, MEASURE, 2, 2), people who take part in the alternative only, by whether they
    have the measure in the baseline and in the alternative.
    ``choosers``: int64 (PROGRAMMES, 2, 2), those whom a lever reached in the alternative at their choice or before it,
    by whether they chose technology in the baseline and in the alternative; not those who are gone from both.
    ``took_up``: int64 (PROGRAMMES,), those of them who chose technology, counted in the alternative alone.
    ``levels`` and ``regions``: int64 (2, state, label, 2), work and diploma: people in a state by level or region, in
    the baseline and in the alternative; a person may have another level or region in each.
    """

    work: Counts
    diploma: Counts
    participants: Counts
    choosers: Counts
    took_up: Counts
    levels: Counts
    regions: Counts


@dataclass(frozen=True)
class Sizes:
    """Numbers of labels."""

    sex: int
    background: int
    level: int
    region: int


def compare(baseline: Outcomes, alternative: Outcomes, sizes: Sizes) -> Pair:
    """Count the people of either world by what they are in each."""
    in_one = _in_one(baseline.id, alternative.id)
    _, won = _there(in_one, alternative.id)
    a, b = _with_absent(baseline, in_one[won]), _with_absent(alternative, in_one[~won])
    ids = a.id
    here = a.work < _LAST
    sex, background = np.where(here, a.sex, b.sex), np.where(here, a.background, b.background)
    cell = sex.astype(np.int16) * np.int16(sizes.background) + background
    participants = np.zeros((len(PROGRAMME), len(MEASURE), 2, 2), dtype=np.int64)
    measures = tuple(zip(_measures(a), _measures(b), strict=True))
    for i, joined in enumerate(_joined(a, b)):
        for j, (before, after) in enumerate(measures):
            np.add.at(participants[i, j], (before[joined].astype(int), after[joined].astype(int)), 1)
    choosers, took_up = np.zeros((len(PROGRAMMES), 2, 2), dtype=np.int64), np.zeros(len(PROGRAMMES), dtype=np.int64)
    both = 2 * a.technical_choice + b.technical_choice.astype(np.int64)
    for k in range(len(PROGRAMMES)):
        reached = _by(alternative.reached, k)
        at, there = _there(reached, ids)
        choosers[k] = np.bincount(both[at[there]], minlength=4).reshape(2, 2)
        at, there = _there(reached, alternative.id)
        took_up[k] = np.count_nonzero(there & alternative.technical_choice[at])
    shape = (sizes.sex, sizes.background, len(WORK), len(WORK))
    return Pair(
        work=_moves(cell, a.work, b.work, shape),
        diploma=_moves(cell, a.diploma, b.diploma, shape),
        participants=participants,
        choosers=choosers,
        took_up=took_up,
        levels=_labelled(a, b, "level", sizes.level),
        regions=_labelled(a, b, "region", sizes.region),
    )


def _labelled(a: Outcomes, b: Outcomes, group: str, labels: int) -> Counts:
    """People by state and label in each world; int64 (work and diploma, state, label, world)."""
    counts = np.zeros((2, len(WORK), labels, 2), dtype=np.int64)
    for w, world in enumerate((a, b)):
        label = getattr(world, group)
        for i, state in enumerate((world.work, world.diploma)):
            code = state.astype(np.int16) * np.int16(labels) + label
            counts[i, ..., w] = np.bincount(code, minlength=len(WORK) * labels).reshape(len(WORK), labels)
    counts[:, _LAST] = 0  # who is not there has neither
    return counts


def _moves(cell: npt.NDArray[np.int16], before: Codes, after: Codes, shape: tuple[int, ...]) -> Counts:
    code = (cell * np.int16(shape[-2]) + before) * np.int16(shape[-1]) + after
    return np.bincount(code, minlength=int(np.prod(shape))).reshape(shape)


def _in_one(some: npt.NDArray[np.uint64], others: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Ids in one of two ascending arrays alone, ascending; merged, which takes a fifth of a search."""
    ids = np.sort(np.concatenate([some, others]), kind="stable")
    twice = ids[1:] == ids[:-1]
    alone = np.ones(ids.size, dtype=np.bool_)
    alone[1:] &= ~twice
    alone[:-1] &= ~twice
    return ids[alone]


def _there(
    ids: npt.NDArray[np.uint64], among: npt.NDArray[np.uint64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Where each of ``ids`` stands in ``among``, both ascending, and whether it does; int64 and bool (n,)."""
    at = np.minimum(np.searchsorted(among, ids), len(among) - 1)
    return at, np.asarray(among[at] == ids)


def _with_absent(one: Outcomes, ids: npt.NDArray[np.uint64]) -> Outcomes:
    """The outcomes of everybody there, and of ``ids``, who are not, as absent."""
    if not ids.size:
        return one
    at = np.searchsorted(one.id, ids)
    absent = dict.fromkeys(("sex", "background", "flags", "level", "region", "technical_choice"), 0)
    absent |= {"work": _LAST, "diploma": _LAST, "short_time": NEVER}
    added: dict[str, Any] = {name: np.insert(getattr(one, name), at, value) for name, value in absent.items()}
    return replace(one, id=np.insert(one.id, at, ids), **added)


def _joined(a: Outcomes, b: Outcomes) -> tuple[npt.NDArray[np.bool_], ...]:
    """Who takes part in the alternative and not in the baseline, by programme."""
    route = (b.flags & ~a.flags & Flag.TECHNOLOGIEROUTE) > 0
    had, has = (np.isin(one.id, _by(one.reached, PROGRAMMES.index("wt_support"))) for one in (a, b))
    began = (b.short_time != a.short_time) & (b.short_time != NEVER)
    return route, has & ~had & (b.work < _LAST), began


def _by(reached: Reached, programme: int) -> npt.NDArray[np.uint64]:
    """Ids of those whom a programme reached, a position in ``PROGRAMMES``; also those who are gone since."""
    return reached.ids[(reached.by >> programme & 1) > 0]


def _measures(one: Outcomes) -> tuple[npt.NDArray[np.bool_], ...]:
    return (one.diploma == 0, one.work == 0, one.work < WORK.index("not_working"), one.technical_choice)

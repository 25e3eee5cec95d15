"""Deadweight person by person of what people do in a month: did the same person do the same in the paired baseline?

Two worlds of a draw share their people. Who did something that a scheme pays for in one world is looked up in the
other, within a window: with a the k-th time that a person does it in the window in the world with the scheme and b the
same in the one without, w and v the shares of a and b that the scheme pays for there, and sums over people, windows, k:

    take-up      T = sum_a w - sum_b v
    deadweight   D = sum over those in both (w - v)
    additional   A = sum_a only w - sum_b only v                                    D + A = T
    displaced    X = sum_b only (1 - v)
    unpaid       U = sum_a only (1 - w)                            all of a less all of b = A + U - X

Without the scheme v is zero. Where a lever pays for a share of those who do it (of the apprentices, the switchers, the
graduates whom it reaches), nobody knows whose: each counts by that share. Whom the drift of the two worlds moves is in
A, U and X alike, and falls out of A + U - X.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from techsim.population import events
from techsim.population.clock import school_year_of, year_of
from techsim.population.events import Noted

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Act:
    """People who did something in a month, and by lever what share of each of their groups it paid for, (groups,)."""

    noted: Noted
    paid: Mapping[str, Floats]


Window = Callable[[int], int]
"""Number of the window in which a month lies."""


def _whole(month: int) -> int:
    return 0


def _same(month: int) -> int:
    return month


WINDOWS: Mapping[str, tuple[str, Window]] = {
    events.COURSE: ("in the same calendar year", year_of),
    events.RETRAINING: ("at any time up to the end of the period", _whole),
    events.SWITCH: ("in the same school year", school_year_of),
    events.NEW_PLACE: ("at any time up to the end of the period", _whole),
    events.IN_PLACE: ("in the same month", _same),
    events.DECIDED: ("at any time up to the end of the period", _whole),
    events.SIDE_ENTRY: ("at any time up to the end of the period", _whole),
    events.HYBRID: ("at any time up to the end of the period", _whole),
}
"""Within which the same person counts as having done the same: courses are asked for once a year, in the month of
birth; a subsidy for a place is paid by the month; what one does once in a life may come earlier or later. From the
first month on for which the scheme pays in either world."""


@dataclass(frozen=True)
class Tally:
    """Figures of a scheme in simulated persons, as at the head of this module."""

    take_up: float
    deadweight: float
    additional: float
    displaced: float
    unpaid: float

    @property
    def more(self) -> float:
        """Times that it is done more in the world with the scheme, by whom and paid for or not."""
        return self.additional + self.unpaid - self.displaced


def tally(one: Sequence[Act], other: Sequence[Act], lever: str, kind: str) -> Tally | None:
    """Those who did it in the world with the lever, held against the same people in the other; None if none is paid.

    Parameters
    ----------
    one, other : sequence of Act
        Of the world with the lever and of the one without, or with it on other terms; of any kinds.
    """
    worlds = [[act for act in acts if act.noted.kind == kind] for acts in (one, other)]
    paid = [act.noted.month for acts in worlds for act in acts if _shares(act, lever).any()]
    if not paid:
        return None
    (ids, window, share, done), (ids_b, window_b, share_b, done_b) = (
        _flat([act for act in acts if act.noted.month >= min(paid)], lever, WINDOWS[kind][1]) for acts in worlds
    )
    in_both, in_both_b = np.zeros(ids.size, dtype=np.bool_), np.zeros(ids_b.size, dtype=np.bool_)
    in_both[done], in_both_b[done_b] = _matched(ids[done], window[done], ids_b[done_b], window_b[done_b])
    only, only_b = done & ~in_both, done_b & ~in_both_b
    return Tally(
        take_up=math.fsum(share) - math.fsum(share_b),
        deadweight=math.fsum(share[~only]) - math.fsum(share_b[~only_b]),
        additional=math.fsum(share[only]) - math.fsum(share_b[only_b]),
        displaced=math.fsum(1.0 - share_b[only_b]),
        unpaid=math.fsum(1.0 - share[only]),
    )


@dataclass(frozen=True)
class Spells:
    """Spells of short-time work in simulated persons, by whether their worker was let go afterwards (W3).

    ``anyway`` of workers who are not let go in the world without the scheme; ``saved`` of those who are let go there
    and not with it; ``lost`` of those who are let go in both. They add up to all spells.
    """

    anyway: int
    saved: int
    lost: int


def spells(one: Sequence[Act], other: Sequence[Act], first: int, last: int) -> Spells:
    """The spells that begin from month ``first`` on with the scheme; who was let go since, to month ``last``.

    Parameters
    ----------
    one, other : sequence of Act
        Of the world with the scheme and of the one without; of any kinds.
    """
    began = [act.noted for act in one if act.noted.kind == events.SPELL_BEGUN and first <= act.noted.month <= last]
    ids = np.concatenate([np.zeros(0, dtype=np.uint64), *(noted.ids for noted in began)])
    month = np.repeat([noted.month for noted in began], [noted.ids.size for noted in began])
    gone = [_last_let_go(ids, acts, last) >= month for acts in (one, other)]
    return Spells(
        anyway=int((~gone[1]).sum()), saved=int((gone[1] & ~gone[0]).sum()), lost=int((gone[1] & gone[0]).sum())
    )


def _last_let_go(ids: npt.NDArray[np.uint64], acts: Sequence[Act], last: int) -> Counts:
    """Month in which each of ``ids`` was last let go, to month ``last``; -1 for never; (m,)."""
    left = [act.noted for act in acts if act.noted.kind == events.LAID_OFF and act.noted.month <= last]
    gone = np.concatenate([np.zeros(1, dtype=np.uint64), *(noted.ids for noted in left)])
    month = np.repeat([-1, *(noted.month for noted in left)], [1, *(noted.ids.size for noted in left)])
    order = np.lexsort((month, gone))
    gone, month = gone[order], month[order]
    at = np.searchsorted(gone, ids, side="right") - 1  # the last of those of the same person
    return np.where(gone[at] == ids, month[at], -1)


def _shares(act: Act, lever: str) -> Floats:
    """Share of each of the people that the lever pays for; (m,)."""
    by_group = act.paid.get(lever)
    if by_group is None:
        return np.zeros(act.noted.ids.size)
    return np.asarray(by_group[act.noted.group], dtype=np.float64)


def _flat(acts: Sequence[Act], lever: str, window: Window) -> tuple[npt.NDArray[np.uint64], Counts, Floats, Bools]:
    """Ids, windows, shares paid for, and whether they did it, in the order of the months; (m,) each.

    Who decided to leave (``events.DECIDED``) was reached and did not stay: all others did what they are noted for.
    """
    if not acts:
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0, dtype=np.bool_)
    acts = sorted(acts, key=lambda act: act.noted.month)
    done = [
        act.noted.group % 2 == 1 if act.noted.kind == events.DECIDED else np.ones(act.noted.ids.size, dtype=np.bool_)
        for act in acts
    ]
    return (
        np.concatenate([act.noted.ids for act in acts]),
        np.concatenate([np.full(act.noted.ids.size, window(act.noted.month), dtype=np.int64) for act in acts]),
        np.concatenate([_shares(act, lever) for act in acts]),
        np.concatenate(done),
    )


def _matched(
    ids: npt.NDArray[np.uint64], window: Counts, ids_b: npt.NDArray[np.uint64], window_b: Counts
) -> tuple[Bools, Bools]:
    """Which times of either world the other has too: the k-th of a person in a window; both in order of time."""
    everyone = np.concatenate([ids, ids_b])
    if not everyone.size:
        return np.zeros(0, dtype=np.bool_), np.zeros(0, dtype=np.bool_)
    windows = np.concatenate([window, window_b])
    person = np.unique(everyone, return_inverse=True)[1].astype(np.int64)
    key = person * (int(windows.max() - windows.min()) + 1) + (windows - windows.min())
    ranks = [_rank(part) for part in (key[: ids.size], key[ids.size :])]
    key = key * (int(np.concatenate(ranks).max()) + 1) + np.concatenate(ranks)
    a, b = key[: ids.size], key[ids.size :]
    return np.isin(a, b), np.isin(b, a)


def _rank(key: Counts) -> Counts:
    """How many of the same key come before each; (m,)."""
    order = np.argsort(key, kind="stable")
    first = np.searchsorted(key[order], key[order], side="left")
    rank = np.empty(key.size, dtype=np.int64)
    rank[order] = np.arange(key.size) - first
    return rank

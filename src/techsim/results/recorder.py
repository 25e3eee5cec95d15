"""The recorder: dense arrays of counts that the month's processes add to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from techsim.declarations import Indicator
from techsim.population.clock import MONTHS, SCHOOL_YEAR_START, month_index, school_year_of, year_of

Values = npt.NDArray[np.float64] | npt.NDArray[np.int64]
Slot = npt.NDArray[np.int64]
"""What is written to, said to hold whole numbers, as most of it does."""
_Kept = tuple[Slot, npt.NDArray[np.bool_], defaultdict[int, set[int]] | None, int, int]
"""Of an indicator its values and where they are recorded, the months that asked, months of an entry, the first one."""


class Recorder:
    """Counts of one draw, in simulated persons (or euro, or shares), by indicator.

    ``arrays`` holds the values, ``recorded`` (bool, along the axis of the period) whether anything asked for that
    month or year: what was never asked for is unknown, not zero, as the intake of a school year that began before
    the run did.

    Of an indicator that nobody wants nothing is kept: what is written of it goes to ``_unread``, one array for all
    months. No process may read from a slot what it has not just written there, but of those that the model wants.

    Parameters
    ----------
    indicators : iterable of Indicator
    sizes : mapping of group dimension to its number of labels
    first, last : int
        First and last month index of the run.
    wanted : collection of str, optional
        Indicators that somebody will ask for; all if left out.
    """

    def __init__(
        self,
        indicators: Iterable[Indicator],
        sizes: Mapping[str, int],
        first: int,
        last: int,
        wanted: Collection[str] | None = None,
    ) -> None:
        self.first, self.last = first, last
        self.indicators = {indicator.name: indicator for indicator in indicators}
        self._unread: dict[str, Slot] = {}
        self.arrays: dict[str, Values] = {}
        self.recorded: dict[str, npt.NDArray[np.bool_]] = {}
        self._asked: dict[str, defaultdict[int, set[int]]] = {}
        january, august = month_index(year_of(first), 1), month_index(school_year_of(first), SCHOOL_YEAR_START)
        begins = {"month": (1, first), "year": (MONTHS, january)}
        self._kept: dict[str, _Kept] = {}
        for indicator in self.indicators.values():
            groups = tuple(sizes[g] for g in indicator.groups)
            if wanted is not None and indicator.name not in wanted:
                self._unread[indicator.name] = cast("Slot", _nothing(indicator, groups))
                continue
            shape = (self.length(indicator.period), *groups)
            values = self.arrays[indicator.name] = cast("Slot", _nothing(indicator, shape))
            recorded = self.recorded[indicator.name] = np.zeros(shape[0], dtype=np.bool_)
            if indicator.kind == "flow" and indicator.period in ("year", "school_year"):
                self._asked[indicator.name] = defaultdict(set)
            asked = self._asked.get(indicator.name)
            self._kept[indicator.name] = (values, recorded, asked, *begins.get(indicator.period, (MONTHS, august)))

    def length(self, period: str) -> int:
        """Number of entries along the axis of a period."""
        if period == "month":
            return self.last - self.first + 1
        return len(self.years(period))

    def years(self, period: str) -> range:
        """The years along the axis of a yearly period (school years by the year of their start)."""
        if period == "year":
            return range(year_of(self.first), year_of(self.last) + 1)
        return range(school_year_of(self.first), school_year_of(self.last) + 1)

    def wants(self, name: str) -> bool:
        """Whether anybody will ask for an indicator: what is counted for it alone can be left out otherwise."""
        return name in self.arrays

    def at(self, name: str, month: int) -> int:
        """Entry of an indicator along the axis of its period that ``month`` belongs to."""
        *_, months, begins = self._kept[name]
        return (month - begins) // months

    def slot(self, name: str, month: int) -> Slot:
        """The writable part of an indicator that ``month`` belongs to; shape: its groups."""
        if name in self._unread:
            return self._unread[name]
        values, recorded, asked, months, begins = self._kept[name]
        at = (month - begins) // months
        recorded[at] = True
        if asked is not None:
            asked[at].add(month)
        # The ellipsis gives an indicator without groups as an array of no dimensions, which can be written to.
        return values[at, ...]

    def partial(self, name: str) -> npt.NDArray[np.bool_]:
        """Entries of a yearly flow that fewer months went into than into the fullest: the run cut that year short."""
        short = np.zeros(self.arrays[name].shape[0], dtype=np.bool_)
        if name in self._asked:
            months = {at: len(asked) for at, asked in self._asked[name].items()}
            for at, count in months.items():
                short[at] = count < max(months.values())
        return short

    def slot_of_year(self, name: str, year: int) -> Slot | None:
        """The writable part of a yearly indicator for ``year``, None if the run does not hold it."""
        years = self.years(self.indicators[name].period)
        if year not in years:
            return None
        if name in self._unread:
            return self._unread[name]
        self.recorded[name][year - years.start] = True
        return cast("Slot", self.arrays[name][year - years.start, ...])

    def continue_from(
        self, other: Recorder, theirs: Mapping[str, Sequence[Any]], ours: Mapping[str, Sequence[Any]]
    ) -> None:
        """Hold what another recorder of the same months holds, as a run does that goes on from where another is.

        Parameters
        ----------
        other : Recorder
            Of which at least as much is wanted.
        theirs, ours : mapping of group dimension to its labels
            Of the dimensions whose labels differ between scenarios: what the other has recorded for labels that this
            one lacks must be nothing.

        Raises
        ------
        ValueError
            If it is something; or if the other has not recorded what is wanted here.
        """
        if lacking := sorted(self.arrays.keys() - other.arrays.keys()):
            raise ValueError(f"a run cannot go on from one that did not record {', '.join(lacking)}")
        for name in self.arrays:
            indicator, found = self.indicators[name], other.arrays[name]
            for axis, group in enumerate(indicator.groups, 1):
                if group in theirs and tuple(theirs[group]) != tuple(ours[group]):
                    found = _relabelled(name, found, axis, theirs[group], ours[group])
            # Months after the last that anything was asked for hold nothing, and months are most of a record.
            reached = np.flatnonzero(other.recorded[name]).max(initial=-1) + 1
            until = reached if indicator.period == "month" else len(found)
            self.arrays[name][:until] = found[:until]
            self.recorded[name][...] = other.recorded[name]
        for name, asked in self._asked.items():
            asked.clear()
            asked.update({at: set(months) for at, months in other._asked[name].items()})


def _nothing(indicator: Indicator, shape: tuple[int, ...]) -> Values:
    """Zeros of the indicator's type: persons are whole."""
    if indicator.kind in ("stock", "flow"):
        return np.zeros(shape, dtype=np.int64)
    return np.zeros(shape, dtype=np.float64)


def _relabelled(name: str, found: Any, axis: int, theirs: Sequence[Any], ours: Sequence[Any]) -> Any:
    """``found`` with its labels along ``axis`` in the order of ``ours``; nothing for those that it lacks."""
    shape = list(found.shape)
    shape[axis] = len(ours)
    spread, moved = np.zeros(shape, dtype=found.dtype), np.moveaxis(found, axis, 0)
    for at, label in enumerate(theirs):
        if label in ours:
            np.moveaxis(spread, axis, 0)[list(ours).index(label)] = moved[at]
        elif moved[at].any():
            raise ValueError(f"indicator {name} holds something for {label!r}, which the other run has not")
    return spread

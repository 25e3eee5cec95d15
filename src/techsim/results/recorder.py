"""The recorder: dense arrays of counts that the month's processes add to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

import numpy as np
import numpy.typing as npt

from techsim.declarations import Indicator
from techsim.population.clock import school_year_of, year_of


class Recorder:
    """Counts of one draw, in simulated persons (or euro, or shares), by indicator.

    ``arrays`` holds the values, ``recorded`` (bool, along the axis of the period) whether anything asked for that
    month or year: what was never asked for is unknown, not zero, as the intake of a school year that began before
    the run did.

    Parameters
    ----------
    indicators : iterable of Indicator
    sizes : mapping of group dimension to its number of labels
    first, last : int
        First and last month index of the run.
    """

    def __init__(self, indicators: Iterable[Indicator], sizes: Mapping[str, int], first: int, last: int) -> None:
        self.first, self.last = first, last
        self.indicators = {indicator.name: indicator for indicator in indicators}
        self.arrays: dict[str, npt.NDArray[np.float64] | npt.NDArray[np.int64]] = {}
        self.recorded: dict[str, npt.NDArray[np.bool_]] = {}
        self._asked: dict[str, dict[int, set[int]]] = {}
        for indicator in self.indicators.values():
            shape = (self.length(indicator.period), *(sizes[g] for g in indicator.groups))
            whole = indicator.kind in ("stock", "flow")
            zeros: npt.NDArray[np.float64] | npt.NDArray[np.int64]
            zeros = np.zeros(shape, dtype=np.int64) if whole else np.zeros(shape, dtype=np.float64)
            self.arrays[indicator.name] = zeros
            self.recorded[indicator.name] = np.zeros(shape[0], dtype=np.bool_)
            self._asked[indicator.name] = {}

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

    def slot(self, name: str, month: int) -> npt.NDArray[np.int64]:
        """The writable part of an indicator that ``month`` belongs to; shape: its groups."""
        period = self.indicators[name].period
        if period == "month":
            at = month - self.first
        elif period == "year":
            at = year_of(month) - year_of(self.first)
        else:
            at = school_year_of(month) - school_year_of(self.first)
        self.recorded[name][at] = True
        self._asked[name].setdefault(at, set()).add(month)
        # The ellipsis gives an indicator without groups as an array of no dimensions, which can be written to.
        return cast("npt.NDArray[np.int64]", self.arrays[name][at, ...])

    def partial(self, name: str) -> npt.NDArray[np.bool_]:
        """Entries of a yearly flow that fewer months went into than into the fullest: the run cut that year short."""
        indicator = self.indicators[name]
        short = np.zeros(self.arrays[name].shape[0], dtype=np.bool_)
        if indicator.kind == "flow" and indicator.period in ("year", "school_year"):
            months = {at: len(asked) for at, asked in self._asked[name].items()}
            for at, count in months.items():
                short[at] = count < max(months.values())
        return short

    def slot_of_year(self, name: str, year: int) -> npt.NDArray[np.int64] | None:
        """The writable part of a yearly indicator for ``year``, None if the run does not hold it."""
        years = self.years(self.indicators[name].period)
        if year not in years:
            return None
        self.recorded[name][year - years.start] = True
        return cast("npt.NDArray[np.int64]", self.arrays[name][year - years.start, ...])

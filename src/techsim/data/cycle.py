"""The business cycle as named monthly paths of the output gap, a share of potential output.

History is arithmetic on GDP growth (table ``gdp_growth``); what comes after it is a scenario (table
``business_cycle``). All paths share the months of history; a path's first row after it is spread over its months before
the later ones, so that paths with the same first row (2025) share that year too and part only where they differ.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from techsim.data.reader import Table, TableError, name, number, read
from techsim.data.smoothing import smoothest
from techsim.population.clock import MONTHS, label, month_index

Floats = npt.NDArray[np.float64]

HISTORICAL = "historical"
"""The path that has no future; every other one begins with it."""
ANCHOR_YEAR = 2019
ANCHOR_GAP = 0.002
"""Output gap in a year in which the economy ran at about potential: an assumption that sets the level of all years."""
LAST_MONTH = month_index(2060, 12)
_QUARTER = 3


def output_gap(years: Floats, growth: Floats, potential: Floats) -> Floats:
    """Yearly output gaps from growth: ``1 + g_t = (1 + g_(t-1)) (1 + growth_t) / (1 + potential_t)``.

    Parameters
    ----------
    years : float64 (years,)
        Consecutive, with ANCHOR_YEAR among them, where the gap is ANCHOR_GAP.
    growth, potential : float64 (years,) [share a year]

    Returns
    -------
    float64 (years,) [share of potential output]
    """
    level = np.cumprod((1.0 + growth) / (1.0 + potential))
    anchor = level[np.flatnonzero(years == ANCHOR_YEAR)[0]]
    return np.asarray((1.0 + ANCHOR_GAP) * level / anchor - 1.0)


def historical_gaps(folder: Path | None = None) -> dict[int, float]:
    """Output gap by year of history, from table ``gdp_growth``; TableError if its years have gaps."""
    bounds = (-0.3, 0.3)
    table = Table(
        "gdp_growth", ("year",), (number("year", 1900, 2200), number("growth", *bounds), number("potential", *bounds))
    )
    rows = read(table, folder)
    if (np.diff(rows["year"]) != 1).any() or ANCHOR_YEAR not in rows["year"]:
        raise TableError(f"table gdp_growth, column year: must count up by one and hold {ANCHOR_YEAR}")
    gaps = output_gap(rows["year"], rows["growth"], rows["potential"])
    return {int(year): float(gap) for year, gap in zip(rows["year"], gaps, strict=True)}


@lru_cache(maxsize=4)
def cycle_paths(folder: Path | None = None) -> Mapping[str, str]:
    """What each named path is, by name."""
    table = Table("cycle_paths", ("path",), (name("path"), name("description")))
    rows = read(table, folder)
    return MappingProxyType(dict(zip(rows["path"], rows["description"], strict=True)))


def gap_path(path: str, first: int, last: int, folder: Path | None = None) -> Floats:
    """A named path by month.

    Monthly values are the smoothest whose mean over each year (or quarter, where the table has quarters) is the
    table's. After the last row the gap stays at its value.

    Parameters
    ----------
    path : str
        A name of :func:`cycle_paths`.
    first, last : int
        Month indices, both included.

    Returns
    -------
    float64 (last - first + 1,) [share of potential output]

    Raises
    ------
    TableError
        If there is no such path (with the nearest name), or it does not reach ``first`` or ``last``.
    """
    known = cycle_paths(folder)
    if path not in known:
        near = difflib.get_close_matches(path, known, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise TableError(f"table cycle_paths: no path {path!r}{hint} Known: {', '.join(known)}")
    begin, gaps = _monthly(path, folder)
    end = begin + gaps.size - 1
    if first < begin or last > end:
        raise TableError(
            f"table business_cycle: path {path} holds {label(begin)} to {label(end)}, "
            f"asked {label(first)} to {label(last)}"
        )
    return gaps[first - begin : last - begin + 1].copy()


def path_ends(folder: Path | None = None) -> Mapping[str, int]:
    """Last month index for which each named path has a value."""
    history = month_index(max(historical_gaps(folder)), MONTHS)
    return MappingProxyType({path: history if path == HISTORICAL else LAST_MONTH for path in cycle_paths(folder)})


def _means(lengths: list[int]) -> Floats:
    """Rows that take the mean over consecutive spans; (spans, sum of lengths)."""
    rows = np.zeros((len(lengths), sum(lengths)))
    at = 0
    for row, length in enumerate(lengths):
        rows[row, at : at + length] = 1.0 / length
        at += length
    return rows


@lru_cache(maxsize=32)
def _monthly(path: str, folder: Path | None) -> tuple[int, Floats]:
    """First month and monthly gaps of a path."""
    table = Table("business_cycle", ("path", "period"), (name("path"), name("period"), number("gap", -0.5, 0.5)))
    rows = read(table, folder)
    unknown = set(rows["path"]) - set(cycle_paths(folder))
    if unknown:
        raise TableError(f"table business_cycle, column path: {sorted(unknown)[0]!r} is not in table cycle_paths")
    begin, history = _spread(_rows_of(rows, HISTORICAL), None)
    if path == HISTORICAL:
        return begin, history
    spans = _rows_of(rows, path)
    if spans[0] is None or spans[0][0] != begin + history.size:
        raise TableError(f"table business_cycle: path {path} must begin in {label(begin + history.size)}")
    _, present = _spread(spans[:1], float(history[-1]))
    _, future = _spread([*spans[1:], None], float(present[-1]))
    return begin, np.concatenate([history, present, future])


Span = tuple[int, int, float]
"""First month, number of months, mean gap."""


def _rows_of(rows: dict[str, npt.NDArray[np.object_]], path: str) -> list[Span | None]:
    mine = rows["path"] == path
    spans: list[Span | None] = []
    for period, gap in zip(rows["period"][mine], rows["gap"][mine], strict=True):
        year, _, quarter = str(period).partition("Q")
        if len(year) != 4 or not year.isdigit() or quarter not in ("", "1", "2", "3", "4") or period[-1] == "Q":
            raise TableError(f"table business_cycle, column period: {period!r} is no year (2026) or quarter (2026Q1)")
        begin = month_index(int(year), _QUARTER * (int(quarter) - 1) + 1 if quarter else 1)
        spans.append((begin, _QUARTER if quarter else MONTHS, float(gap)))
    if not spans:
        raise TableError(f"table business_cycle: no rows for path {path}")
    return spans


def _spread(spans: list[Span | None], before: float | None) -> tuple[int, Floats]:
    """Monthly values with the spans' means; a final None holds the last value until LAST_MONTH."""
    given = [span for span in spans if span is not None]
    for one, following in pairwise(given):
        if following[0] != one[0] + one[1]:
            raise TableError(f"table business_cycle, column period: nothing, or two rows, for {label(one[0] + one[1])}")
    begin, gap = given[0][0], given[-1][2]
    end = given[-1][0] + given[-1][1]
    lengths, means = [span[1] for span in given], [span[2] for span in given]
    while spans[-1] is None and end <= LAST_MONTH:
        lengths.append(MONTHS)
        means.append(gap)
        end += MONTHS
    return begin, smoothest(_means(lengths), np.array(means), before)

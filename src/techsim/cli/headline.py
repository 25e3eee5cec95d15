"""The five numbers that ``techsim run`` ends with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from techsim.results.summary import yearly

if TYPE_CHECKING:
    import xarray as xr

HEADLINES = (
    ("unemployment_rate", "Unemployment rate"),
    ("technicians", "People in technical occupations"),
    ("technical_vacancies", "Open technical vacancies"),
    ("technical_graduate_share", "Technical share of graduates"),
    ("leakage_total", "Leakage of technical school leavers"),
)


@dataclass(frozen=True)
class Headline:
    """A label and its number, as text, in the first and the last year that the run covers."""

    label: str
    text: str


def headlines(data: xr.Dataset) -> list[Headline]:
    """The headline numbers that the results hold: first and last year, and the range over draws in the last."""
    found = []
    for name, label in HEADLINES:
        if name not in data:
            continue
        years, values = yearly(data[name])
        known = [i for i in range(len(years)) if not np.isnan(values[:, i]).any() and _whole(data, name, years[i])]
        if not known:
            continue
        share = data[name].attrs["kind"] == "share"
        first, last = values[:, known[0]], values[:, known[-1]]
        then, now = (_year(data, name, years[i]) for i in (known[0], known[-1]))
        text = f"{_show(first.mean(), share)} ({then}) -> {_show(last.mean(), share)} ({now})"
        if len(last) > 1:
            low, high = np.quantile(last, (0.05, 0.95))
            text += f", {_show(low, share)} to {_show(high, share)} over {len(last)} draws"
        found.append(Headline(label, text))
    return found


def _year(data: xr.Dataset, name: str, year: int) -> str:
    """A calendar year, or a school year by both its years."""
    return f"{year}/{(year + 1) % 100:02d}" if data[name].attrs["period"] == "school_year" else str(year)


def _whole(data: xr.Dataset, name: str, year: int) -> bool:
    """Whether a calendar year lies wholly within the run (school years count what happens in their one month)."""
    if data[name].attrs["period"] == "school_year" or "months_simulated" not in data.coords:
        return True
    return int(data["months_simulated"].sel(year=year)) == 12


def _show(value: float, share: bool) -> str:
    return f"{100 * value:.1f} %" if share else f"{value:,.0f}"

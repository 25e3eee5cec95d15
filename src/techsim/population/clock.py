"""Months as integers: month 0 is January 1900."""

from __future__ import annotations

EPOCH_YEAR = 1900
MONTHS = 12
SCHOOL_YEAR_START = 8
"""August, the month in which a school year begins (Wet voortgezet onderwijs 2020, art. 1.1)."""


def month_index(year: int, month: int) -> int:
    """Months since January 1900 of the calendar ``month`` (1..12) of ``year``."""
    if not 1 <= month <= MONTHS:
        raise ValueError(f"month {month} is not within 1..12")
    return (year - EPOCH_YEAR) * MONTHS + month - 1


def year_of(index: int) -> int:
    """The calendar year of a month index."""
    return EPOCH_YEAR + index // MONTHS


def month_of(index: int) -> int:
    """The calendar month, 1..12, of a month index."""
    return index % MONTHS + 1


def school_year_of(index: int) -> int:
    """The school year of a month index, named by the calendar year in which it starts."""
    year = year_of(index)
    return year if month_of(index) >= SCHOOL_YEAR_START else year - 1


def label(index: int) -> str:
    """``YYYY-MM`` of a month index."""
    return f"{year_of(index):04d}-{month_of(index):02d}"


def parse(text: str) -> int:
    """The month index of ``YYYY-MM``; ValueError if the text is anything else."""
    year, _, month = text.partition("-")
    if len(year) != 4 or len(month) != 2 or not (year + month).isdigit():
        raise ValueError(f"{text!r} is not a month of the form YYYY-MM")
    return month_index(int(year), int(month))

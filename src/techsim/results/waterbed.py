"""The waterbed at work (W6): an alternative's effect on vacancies of care and education beside that on technology."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from techsim.results.effects import Row, Table

WHERE: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("technology", "technical_vacancies", {}),
    ("care", "group_vacancies_by_occupation", {"occupation": "health"}),
    ("education", "group_vacancies_by_occupation", {"occupation": "education"}),
)
"""Where vacancies are compared: words, indicator, groups."""


@dataclass(frozen=True)
class Vacancies:
    """Open vacancies of an alternative by a horizon, beside the baseline's: a row for each place of ``WHERE``."""

    scenario: str
    horizon: int
    rows: tuple[tuple[str, Row], ...]


def vacancies(table: Table, scenario: str, horizon: int) -> Vacancies | None:
    """The rows of technology, care and education; None where results do not hold them all."""
    found = [(words, table.find(scenario, name, horizon, **groups)) for words, name, groups in WHERE]
    rows = tuple((words, row) for words, row in found if row is not None)
    return Vacancies(scenario, horizon, rows) if len(rows) == len(WHERE) else None

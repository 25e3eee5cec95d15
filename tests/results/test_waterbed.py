"""Vacancies of technology, care and education side by side: in the rows, in the sentence, in the workbook's sheet."""

from __future__ import annotations

import numpy as np
import xarray as xr

from results.made_comparison import LABELS, YEARS, Made
from techsim.report.answers import sentences
from techsim.results.comparison import build
from techsim.results.effects import Table, rows
from techsim.results.waterbed import vacancies
from techsim.results.workbook import sheets

OCCUPATIONS = ("technical_metal", "health", "education")
MORE = np.array([-30.0, 20.0, 5.0])


class WithVacancies(Made):
    """Also holds vacancies: technical ones fall, those of care and education rise."""

    def __init__(self, draw: int, effect: float) -> None:
        super().__init__(draw, effect, 0.0, "a", effect)
        by_group = np.array([100.0, 200.0, 300.0]) + (MORE if effect else 0.0)
        self.indicators |= {
            "technical_vacancies": (("year",), np.full(5, by_group[0])),
            "group_vacancies_by_occupation": (("year", "occupation"), np.tile(by_group, (5, 1))),
        }


def made(kind: type[Made] = WithVacancies) -> tuple[xr.Dataset, Table]:
    draws = [(d, d, [kind(d, 0.0), kind(d, 20.0)]) for d in range(2)]  # type: ignore[call-arg]
    data = build(["base", "good"], draws, YEARS, [2030], LABELS | {"occupation": OCCUPATIONS}, 100.0, 0.02, {})
    return data, Table(rows(data))


def test_care_and_education_stand_beside_technology() -> None:
    found = vacancies(made()[1], "good", 2030)
    assert found is not None
    assert [(words, row.baseline, row.spread.mean) for words, row in found.rows] == [
        ("technology", 100, -30), ("care", 200, 20), ("education", 300, 5),
    ]  # fmt: skip


def test_they_are_said_and_stand_in_the_workbook() -> None:
    data, table = made()
    (said,) = [s.text for s in sentences(data, table, "good") if s.text.startswith("Open vacancies in 2030")]
    assert "30 fewer in technology" in said
    assert "20 more in care" in said
    assert "5 more in education" in said
    (lines,) = [lines for name, _, lines in sheets(data, table.rows, {}) if name == "Waterbed"]
    assert [(line[1], line[4]) for line in lines] == [("technology", -30), ("care", 20), ("education", 5)]
    rows_of = {row.number: row for row in table.rows}
    assert [rows_of[line[-1]].spread.mean for line in lines] == [-30, 20, 5]


def test_without_vacancies_nothing_is_said() -> None:
    class Without(WithVacancies):
        def __init__(self, draw: int, effect: float) -> None:
            super().__init__(draw, effect)
            del self.indicators["group_vacancies_by_occupation"]

    assert vacancies(made(Without)[1], "good", 2030) is None

"""The evidence: published figures that the model's results are laid beside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from techsim.data.reader import Table, TableError, name, number, read

RULES = ("relative", "points")
"""How a tolerance counts: as a share of the figure, or as a difference (0.05 = 5 percentage points)."""
UNITS = ("share", "persons", "vacancies", "ratio", "partnerships", "courses")
ALL = "all"
"""What ``groups`` reads where a figure is about everyone."""

TABLE = Table(
    name="evidence",
    key=("indicator", "groups", "year", "quarter", "definition"),
    columns=(
        name("indicator"),
        name("groups"),
        number("year", 1990, 2100),
        number("quarter", 0, 4),
        number("value", 0),
        name("unit", UNITS),
        number("tolerance", 0, 1),
        name("rule", RULES),
        name("definition"),
    ),
)

Groups = tuple[tuple[str, tuple[str, ...]], ...]
"""Labels by dimension, over which the model's counts are added up before a share is taken."""


@dataclass(frozen=True)
class Figure:
    """One published figure.

    ``year`` is a calendar year, or a school year by the year in which it starts; ``quarter`` 1 to 4 narrows a monthly
    indicator to a quarter, 0 is the whole year. ``tolerance`` is how far the model may lie from it, by ``rule``.
    """

    indicator: str
    groups: Groups
    year: int
    quarter: int
    value: float
    unit: str
    tolerance: float
    rule: str
    definition: str
    source: str
    status: str

    @property
    def from_memory(self) -> bool:
        """Whether the figure is recalled and still to be verified."""
        return self.status == "from memory"


def load_evidence(folder: Path | None = None) -> tuple[Figure, ...]:
    """All figures, in the order of the table.

    Raises
    ------
    TableError
        If the table breaks its rules, or a cell of ``groups`` does not read ``dimension=label+label;dimension=label``.
    """
    columns = read(TABLE, folder)
    return tuple(
        Figure(
            indicator=columns["indicator"][i],
            groups=_groups(columns["groups"][i], i + 2),
            year=int(columns["year"][i]),
            quarter=int(columns["quarter"][i]),
            value=float(columns["value"][i]),
            unit=columns["unit"][i],
            tolerance=float(columns["tolerance"][i]),
            rule=columns["rule"][i],
            definition=columns["definition"][i],
            source=columns["source"][i],
            status=columns["status"][i],
        )
        for i in range(len(columns["value"]))
    )


def _groups(text: str, row: int) -> Groups:
    if text == ALL:
        return ()
    found: dict[str, tuple[str, ...]] = {}
    for part in text.split(";"):
        dimension, _, labels = part.partition("=")
        chosen = tuple(labels.split("+"))
        if not dimension or not all(chosen) or dimension in found or len(set(chosen)) != len(chosen):
            raise TableError(
                f"table {TABLE.name}, row {row}, column groups: {text!r} should read "
                f"dimension=label+label;dimension=label, each once, or {ALL}"
            )
        found[dimension] = chosen
    return tuple(sorted(found.items()))

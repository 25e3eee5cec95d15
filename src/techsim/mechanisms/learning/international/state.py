"""International students from month to month (L7): a roster by id, and what has come so far."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from techsim.mechanisms.learning.international.kernels import drop_settled
from techsim.mechanisms.learning.state import Codes, Counts, Floats, Ids
from techsim.population.rosters import UNSEEN

STUDYING = 1 << 30
"""Month of departure of those who have not decided."""
PAID = ("scholarships_technical", "scholarships_other", "international_graduates")
"""What levers are paid by (``levers.base.COUNTS``)."""
COLUMNS = ("ids", "rows", "column", "field", "departs")


@dataclass(frozen=True)
class Applicants:
    """Who came this September and has yet to enrol: rows, destination and field, (m,) each."""

    rows: Counts
    destination: Codes
    field: Codes

    @classmethod
    def nobody(cls) -> Applicants:
        """Nobody."""
        return cls(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int8), np.zeros(0, dtype=np.int8))


@dataclass
class International:
    """People who came to study and have not settled, in order of id; arrays (m,).

    ids : uint64. rows : int64, where they are stored. column : int8, of ``data.international.INTO``, in which they
    study or last did. field : int8, of their programme. departs : int64, month in which they leave the country, or
    STUDYING. arrived : entrants so far, in residents, (INTO, fields, sexes, backgrounds, regions). applicants : those
    of this September. reference : ln theta by occupation group of the first months, (groups,), None before it is
    known. paid : by name of PAID, (regions,), in residents. seen : moves of the people when ``rows`` were last looked
    up.
    """

    ids: Ids
    rows: Counts
    column: Codes
    field: Codes
    departs: Counts
    arrived: Floats
    applicants: Applicants = dataclasses.field(default_factory=Applicants.nobody)
    reference: Floats | None = None
    seen: int = UNSEEN
    paid: dict[str, Floats] = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        self.pay_nothing()

    def pay_nothing(self) -> None:
        """Begin a month's counts anew."""
        self.paid = {name: np.zeros(self.arrived.shape[-1]) for name in PAID}

    def take_off(self, settled: Counts) -> None:
        """Take those off who are not here any more, and those who have settled, places (k,), ascending."""
        kept = drop_settled(self.ids, self.rows, self.column, self.field, self.departs, settled)
        if kept < self.ids.size:
            for name in COLUMNS:
                setattr(self, name, getattr(self, name)[:kept])

    def add(self, ids: Ids, rows: Counts, column: Codes, fields: Codes) -> None:
        """Put students on the roster, none of whom stands here."""
        new = (ids, rows, column, fields, np.full(ids.size, STUDYING, dtype=np.int64))
        order = np.argsort(np.concatenate([self.ids, ids]))
        for name, values in zip(COLUMNS, new, strict=True):
            setattr(self, name, np.concatenate([getattr(self, name), values])[order])

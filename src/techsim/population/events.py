"""Who did what schemes pay for: ids of people, noted month by month while a comparison asks for it.

A comparison looks the same people up in two worlds (``results.acts``). What somebody did in a month is in no column of
the people, so that the processes say it as it happens. Nothing of a run reads it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

COURSE = "course"
"""Began a course (W4); group: who pays for the first."""
RETRAINING = "retraining"
"""Began retraining (W2); group: retrainer and region."""
SWITCH = "switch"
"""Switched up or between kinds of field (K3); group: region."""
NEW_PLACE = "new_place"
"""Took a new apprenticeship place (L4); group: one where the bridging scheme pays for it."""
IN_PLACE = "in_place"
"""Was an apprentice with a job in the month (L4); group: region of the job."""
DECIDED = "decided"
"""Graduated, came from abroad, and decided whether to stay (L7); group: two for each region, the second stay."""
SIDE_ENTRY = "side_entry"
"""Entered teaching from another job (L2); group: region of the job."""
HYBRID = "hybrid"
"""Began the certificate for hybrid teachers (L3); group: region of the job."""
SPELL_BEGUN = "spell_begun"
"""Began a spell of short-time work (W3); group: region of the job."""
LAID_OFF = "laid_off"
"""Was let go from a permanent job (W2); one group."""
KINDS = (COURSE, RETRAINING, SWITCH, NEW_PLACE, IN_PLACE, DECIDED, SIDE_ENTRY, HYBRID, SPELL_BEGUN, LAID_OFF)


@dataclass(frozen=True)
class Noted:
    """People who did something in a month: ``ids`` uint64 (m,), ``group`` int16 (m,).

    ``share``, float64 (groups,): what part of each group public money paid for; None where levers alone know.
    """

    kind: str
    month: int
    ids: npt.NDArray[np.uint64]
    group: npt.NDArray[np.int16]
    share: Floats | None = None


class Events:
    """What is noted this month, of some kinds only."""

    def __init__(self, kinds: Collection[str]) -> None:
        unknown = set(kinds) - set(KINDS)
        if unknown:
            raise ValueError(f"unknown kinds of events: {sorted(unknown)}")
        self.kinds = frozenset(kinds)
        self.noted: list[Noted] = []

    def note(
        self,
        kind: str,
        month: int,
        ids: npt.NDArray[np.uint64],
        group: npt.NDArray[np.integer],
        share: Floats | None = None,
    ) -> None:
        """Note people, none twice, if the kind is asked for."""
        if kind in self.kinds and ids.size:
            self.noted.append(Noted(kind, month, ids.copy(), group.astype(np.int16), share))

    def take(self) -> list[Noted]:
        """What was noted since it was last taken."""
        noted, self.noted = self.noted, []
        return noted

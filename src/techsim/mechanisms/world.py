"""What a process of a mechanism is handed: the people, what institutions hold, tables, parameters, hooks."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from techsim.population.clock import month_of, school_year_of, year_of
from techsim.population.events import Events
from techsim.population.people import People
from techsim.results.recorder import Recorder

if TYPE_CHECKING:
    from techsim.data.inputs import Tables
    from techsim.mechanisms.choosing.state import Schools
    from techsim.mechanisms.demography.course import Course
    from techsim.mechanisms.demography.moving.state import Moving
    from techsim.mechanisms.learning.curriculum.state import Curriculum
    from techsim.mechanisms.learning.international.state import International
    from techsim.mechanisms.learning.partnerships.state import Partnerships
    from techsim.mechanisms.learning.state import Teaching
    from techsim.mechanisms.working.state import LabourMarket
    from techsim.model.institutions import Institutions


@dataclass
class World:
    """One run's state as the processes see it; changed in place, month by month.

    ``parameters`` holds every declared parameter by name; ``hooks`` the month's effective values of what levers may
    change, by hook name (arrays per region, or of shape () ), ``offered`` the same before any lever acts.
    ``output_gap`` is a share of potential output, one value per month of the run; ``scale`` the number of residents
    that one simulated person stands for.
    ``institutions`` are the model's agents, of which the mechanisms know nothing; ``teaching`` (L2, L3),
    ``partnerships`` (L5) and ``curriculum`` (L6) are what schools hold beside, ``international`` the students who came
    from abroad (L7), ``moving`` who lives away from home (W5), ``course`` what is known of births, deaths
    and migration in advance (D1), None until it is asked for. Worlds made for one mechanism have none of
    these; ``schools`` and ``labour`` follow once people live there. ``threads`` is how many parts of the people may
    pass through a kernel side by side (:mod:`~techsim.population.parts`); it changes nothing. ``events`` is where a
    comparison has it noted who did what this month; None, and nothing is.
    """

    seed: int
    month: int
    first: int
    last: int
    scale: float
    people: People
    tables: Tables
    parameters: Mapping[str, float]
    hooks: dict[str, npt.NDArray[np.float64]]
    output_gap: npt.NDArray[np.float64]
    recorder: Recorder
    schools: Schools = dataclasses.field(default=None)  # type: ignore[assignment]
    labour: LabourMarket = dataclasses.field(default=None)  # type: ignore[assignment]
    institutions: Institutions = dataclasses.field(default=None)  # type: ignore[assignment]
    teaching: Teaching | None = None
    partnerships: Partnerships = dataclasses.field(default=None)  # type: ignore[assignment]
    curriculum: Curriculum = dataclasses.field(default=None)  # type: ignore[assignment]
    international: International | None = None
    moving: Moving | None = None
    course: Course | None = None
    threads: int = 1
    offered: dict[str, npt.NDArray[np.float64]] = dataclasses.field(default_factory=dict)
    events: Events | None = None

    def notes(self, kind: str) -> bool:
        """Whether anybody asks who did something of this kind (``population.events``)."""
        return self.events is not None and kind in self.events.kinds

    def note(
        self,
        kind: str,
        rows: npt.NDArray[np.int64],
        group: npt.NDArray[np.integer],
        share: npt.NDArray[np.float64] | None = None,
    ) -> None:
        """Note who did something this month, if anybody asks; rows of people, as ``population.events.Noted``."""
        if self.events is not None:
            self.events.note(kind, self.month, self.people.id[rows], group, share)

    @property
    def year(self) -> int:
        """Calendar year of the month."""
        return year_of(self.month)

    @property
    def calendar_month(self) -> int:
        """Month of the year, 1..12."""
        return month_of(self.month)

    @property
    def school_year(self) -> int:
        """School year of the month, by the year in which it starts."""
        return school_year_of(self.month)

    @property
    def gap(self) -> float:
        """The month's output gap."""
        return float(self.output_gap[self.month - self.first])

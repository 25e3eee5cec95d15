"""Identities of a run, checked each month: nothing leaks, or the run stops.

People: people(t) = people(t - 1) + births + immigrants - deaths - emigrants. Students by stage: no process but those of
the school year moves anyone between stages, and each moves as many as it books. Jobs and vacancies: those of
:mod:`techsim.mechanisms.working.identities`. All in whole simulated persons, so "exactly" means to the person.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.working.apprentices.process import is_bbl
from techsim.mechanisms.working.identities import ledger_residuals
from techsim.mechanisms.world import World
from techsim.population.clock import label
from techsim.population.kernels import CONTRADICTIONS, count_contradictions, count_stages
from techsim.population.parts import Tally, tallied
from techsim.population.states import Flag, Stage
from techsim.results.coordinates import FLOW

Counts = npt.NDArray[np.int64]
STAGES = len(Stage)
STUDYING = slice(int(Stage.MBO), int(Stage.WO_MASTER) + 1)
_ABROAD = "international students come or decide"
"""The last entry of a month that adds or removes people; "births, deaths, migration" is the other."""
_COMING_AND_GOING = ("births", "deaths", "migration")
ASKED = {
    _ABROAD: _COMING_AND_GOING,
    "track placement": ("pupils_placed",),
    "drop-out": ("dropouts",),
}
"""Flows that are held against the stocks after an entry; nobody may book any of them between two of its entries."""
BOOKED = (*_COMING_AND_GOING, "pupils_placed", "dropouts")
_NOBODY: Counts = np.zeros(STAGES, dtype=np.int64)
INTAKE = 9
"""Calendar month of the entry "onward choice and intake"."""


class IdentityError(RuntimeError):
    """The books of a month do not close: a fault of the program."""


class Stocks(NamedTuple):
    """People, and by stage, int64 (stages,), of them graduates who have yet to choose; what was booked when last asked.

    Graduates are counted before the intake only: nothing else asks for them.
    """

    people: int
    stage: Counts
    graduates: Counts
    booked: dict[str, int]


class Books:
    """What has been booked of ``BOOKED`` since the run began; only the month or year that is open is added up anew."""

    def __init__(self) -> None:
        self._open = dict.fromkeys(BOOKED, 0)
        self._closed = dict.fromkeys(BOOKED, 0)

    def read(self, world: World, names: Sequence[str] = BOOKED) -> dict[str, int]:
        """Totals by name, simulated persons."""
        total = {}
        for name in names:
            at = world.recorder.at(name, world.month)
            if at > self._open[name]:
                self._closed[name] += _booked(world, name, slice(self._open[name], at))
                self._open[name] = at
            total[name] = self._closed[name] + _booked(world, name, slice(at, at + 1))
        return total


def _booked(world: World, name: str, entries: slice) -> int:
    found = world.recorder.arrays[name][entries]
    if name == "migration":
        return int(found[:, FLOW.index("immigration")].sum() - found[:, FLOW.index("emigration")].sum())
    return int(found.sum())


def take_stock(world: World, booked: dict[str, int], graduates: bool = False) -> Stocks:
    """Count the people by stage, beside what is ``booked``; graduates, if asked to."""
    people, stage, left = world.people, np.zeros(STAGES, dtype=np.int64), _NOBODY
    count_stages(people.stage, stage)
    if graduates:
        graduated = (people.flags & np.uint8(Flag.GRADUATED)) != 0
        left = np.bincount(people.stage[graduated], minlength=STAGES)
    return Stocks(people.size, stage, left, booked)


def people_residual(before: Stocks, after: Stocks) -> int:
    """People - (people before + births + net migration - deaths)."""
    flow = {name: after.booked[name] - before.booked[name] for name in _COMING_AND_GOING}
    return after.people - (before.people + flow["births"] - flow["deaths"] + flow["migration"])


def stageless(after: Stocks) -> int:
    """People in no known stage, zero."""
    return after.people - int(after.stage.sum())


def unmoved(before: Stocks, after: Stocks) -> Counts:
    """Change of people by stage, where nothing may change; (stages,), zero."""
    return after.stage - before.stage


def placement_residual(before: Stocks, after: Stocks) -> Counts:
    """Change by stage - what track placement booked: from primary school to vo; (stages,), zero."""
    placed = after.booked["pupils_placed"] - before.booked["pupils_placed"]
    expected = before.stage.copy()
    expected[Stage.PRIMARY] -= placed
    expected[Stage.VO] += placed
    return np.asarray(after.stage - expected)


def promotion_residual(before: Stocks, after: Stocks) -> Counts:
    """Change by stage, where pupils may leave vo and nothing else; (stages,), zero."""
    residual = after.stage - before.stage
    left = -residual[Stage.VO]
    residual[Stage.VO] += left
    residual[Stage.OUT] -= left
    return np.asarray(residual)


def dropout_residual(before: Stocks, after: Stocks) -> Counts:
    """Students and people out of education against the drop-outs booked; (2,), zero."""
    booked = after.booked["dropouts"] - before.booked["dropouts"]
    students = after.stage[STUDYING].sum() - before.stage[STUDYING].sum() + booked
    out = after.stage[Stage.OUT] - before.stage[Stage.OUT] - booked
    return np.array([students, out])


def intake_residual(world: World, before: Stocks, after: Stocks) -> Counts:
    """Students by stage - (before - graduates + enrolled this month), and people in all; (5,), zero."""
    people = world.people
    arrived = np.bincount(people.stage[people.enrolled == world.month], minlength=STAGES)[STUDYING]
    expected = before.stage[STUDYING] - before.graduates[STUDYING] + arrived
    return np.append(after.stage[STUDYING] - expected, after.stage.sum() - before.stage.sum())


def contradictions(world: World) -> dict[str, int]:
    """People whose codes contradict each other, by kind; every value is zero."""
    people, found = world.people, np.zeros(len(CONTRADICTIONS), dtype=np.int64)
    stages, bbl = world.tables.education.programme_stage, is_bbl(world)

    def count(part: slice, found: Tally) -> None:
        count_contradictions(
            people.stage[part],
            people.programme[part],
            people.track[part],
            people.grade[part],
            people.labour[part],
            stages,
            bbl,
            found,
        )

    tallied(world.threads, people.size, (found,), count)
    return dict(zip(CONTRADICTIONS, found.tolist(), strict=True))


def month_residuals(world: World) -> dict[str, int]:
    """The identities that hold at each month's end, by name; every value is zero."""
    return {
        **ledger_residuals(world.labour, world.people, world.tables.dimensions, world.threads),
        **contradictions(world),
    }


class Auditor:
    """Holds the stocks against the books while a month goes by.

    ``largest`` keeps the largest absolute residual of each identity over the run: all zero, as a run whose books do not
    close stops with an IdentityError.
    """

    def __init__(self) -> None:
        self.largest: dict[str, int] = {}
        self._last: Stocks | None = None
        self._books = Books()

    def begin(self, world: World) -> None:
        """Before the month's first process: what the last one ended with, as nothing happens between months."""
        if self._last is None:
            self._last = take_stock(world, self._books.read(world))

    def after(self, name: str, world: World) -> None:
        """After the entry ``name`` of the schedule; does nothing for those that come between school events."""
        if name not in _EVENTS or self._last is None:
            return
        before, asked = self._last, ASKED.get(name, ())
        booked = {**before.booked, **self._books.read(world, asked)} if asked else before.booked
        before_intake = name == _ABROAD and world.calendar_month == INTAKE
        now = self._last = take_stock(world, booked, graduates=before_intake)
        residual: Counts
        if name == _ABROAD:
            residual = np.array([people_residual(before, now), stageless(now)])
        elif name == "track placement":
            residual = placement_residual(before, now)
        elif name == "promotion in vo":
            residual = promotion_residual(before, now)
        elif name == "onward choice and intake":
            residual = intake_residual(world, before, now)
        elif name == "drop-out":
            residual = dropout_residual(before, now)
        else:
            residual = unmoved(before, now)
        self._note(world, {_EVENTS[name]: max(map(abs, residual.tolist()))})

    def end(self, world: World) -> None:
        """After the month's last process."""
        self._note(world, month_residuals(world))

    def _note(self, world: World, residuals: dict[str, int]) -> None:
        for name, residual in residuals.items():
            self.largest[name] = max(self.largest.get(name, 0), abs(residual))
        if wrong := {name: residual for name, residual in residuals.items() if residual}:
            said = "; ".join(f"{name}: {residual}" for name, residual in wrong.items())
            raise IdentityError(f"the books of {label(world.month)} do not close (simulated persons): {said}")


_EVENTS = {
    name: f"{name}: people by stage"
    for name in (
        _ABROAD,
        "diplomas of mbo, hbo, wo",
        "promotion in vo",
        "W&T in primary school",
        "track placement",
        "onward choice and intake",
        "switching sideways",
        "drop-out",
        "record of the labour market",
    )
}
"""Entries after which stocks are held against books, each with its identity; nobody changes stage between two."""

"""Forks of a run: another scenario goes on from where this one is, as if it had been run from the start.

Scenarios with the same people, luck and parameters are one run until the first month in which a lever or the cycle
differs. Running that past once and going on from copies of its state saves most of the time of a comparison; that the
copy gives what a whole run gives, bit for bit, is tested.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np
from mesa.agent import AgentSet

from techsim.levers.applying import ActiveLever
from techsim.model.simulation import TechsimModel

if TYPE_CHECKING:
    from techsim.data.inputs import Tables
    from techsim.mechanisms.world import World
    from techsim.scenario import Scenario

NOT_STATE = ("model", "unique_id", "pos", "levers", "books")
"""What an agent is, or has from its scenario: a fork keeps its own."""
OWN = ("output_gap", "recorder", "institutions")
"""Fields of the world that a fork has from its own scenario."""
SHARED = ("tables", "parameters")
"""Fields of the world that nothing changes: the fork shares them."""


def start(
    scenario: Scenario,
    seed: int,
    parameters: Mapping[str, float],
    tables: Tables,
    threads: int = 1,
    wanted: Collection[str] | None = None,
) -> TechsimModel:
    """The model before its first month; ``wanted`` as of :class:`~techsim.model.simulation.TechsimModel`."""
    return TechsimModel(scenario, draw_seed=seed, parameters=parameters, tables=tables, threads=threads, wanted=wanted)


class _Sketch(TechsimModel):
    """A model without its people, and without what follows from them."""

    def _begin(self, tables: Tables, parameters: Mapping[str, float], draw_seed: int | None) -> World:
        return self._frame(tables, parameters, draw_seed)


def sketch(
    scenario: Scenario,
    seed: int,
    parameters: Mapping[str, float],
    tables: Tables,
    wanted: Collection[str] | None = None,
) -> TechsimModel:
    """The model with nobody in it: its levers, cycle, record and institutions are the scenario's.

    To be given the state of another run by :func:`fork`, so that nobody is made for nothing.
    """
    return _Sketch(scenario, draw_seed=seed, parameters=parameters, tables=tables, wanted=wanted)


STRENGTH = ("start", "end", "phase_in", "coverage", "regions", "when")
"""Fields that say when and where a lever acts, and how much of it: all of ``ActiveLever.strength``, nothing else."""


def first_difference(one: TechsimModel, other: TechsimModel) -> int:
    """The first month in which two models just started can differ; the month after the last if they never do.

    From the parameters, the seed and the scale (all months differ), the output gap by month, and the first month in
    which any lever acts that only one of them has, or has with other fields: until its start and its trigger on the
    cycle, a lever has no strength and changes nothing. If the fields differ in when and where it acts alone, it is the
    first month in which its strength does: a subsidy that ends earlier is the same until then.
    """
    a, b = one.world, other.world
    same_tables = one.scenario.division == other.scenario.division
    same_people = same_tables and one.scenario.population == other.scenario.population and a.seed == b.seed
    if (a.first, a.last) != (b.first, b.last) or not same_people or a.parameters != b.parameters:
        return a.first
    months = [a.first + int(k) for k in np.flatnonzero(a.output_gap != b.output_gap)[:1]]
    mine, others = _levers(one), _levers(other)
    months += [_apart(lever, others, a) for lever in mine] + [_apart(lever, mine, b) for lever in others]
    return min([*months, a.last + 1])


def fork(model: TechsimModel, onto: TechsimModel) -> TechsimModel:
    """Let ``onto`` go on from where ``model`` is; ``model`` stays as it is, and they share nothing that changes.

    Parameters
    ----------
    model : TechsimModel
        Before the first month in which the two differ.
    onto : TechsimModel
        A :func:`sketch` or a model just started, of which no more is wanted; returned with the state of ``model`` and
        its own levers, cycle and record.
    """
    ours, theirs = model.world, onto.world
    memo: dict[int, Any] = {id(getattr(ours, name)): getattr(theirs, name) for name in (*OWN, *SHARED)}
    memo[id(model)] = onto
    for field in dataclasses.fields(ours):
        if field.name not in (*OWN, *SHARED):
            setattr(theirs, field.name, copy.deepcopy(getattr(ours, field.name), memo))
    theirs.recorder.continue_from(ours.recorder, _books(model), _books(onto))
    for mine, other in zip(_agents(ours.institutions), _agents(theirs.institutions), strict=True):
        for name, value in vars(mine).items():
            if name not in NOT_STATE and not name.startswith("_mesa"):
                setattr(other, name, copy.deepcopy(value, memo))
    onto.running = model.running
    return onto


def _levers(model: TechsimModel) -> tuple[ActiveLever, ...]:
    levers: tuple[ActiveLever, ...] = model.world.institutions.government.levers
    return levers


def _apart(lever: ActiveLever, others: Sequence[ActiveLever], world: World) -> int:
    """The first month in which a lever acts otherwise than that of its name among ``others``; as :func:`_acts`."""
    like = next((other for other in others if other.type.name == lever.type.name), None)
    if like is None or _terms(lever) != _terms(like):
        return _acts(lever, world)
    if lever.fields == like.fields:  # then the strength is the same wherever the gap is, which is compared apart
        return world.last + 1
    for month in range(world.first, world.last + 1):
        gap = float(world.output_gap[month - world.first])
        if not np.array_equal(lever.strength(month, gap), like.strength(month, gap)):
            return month
    return world.last + 1


def _terms(lever: ActiveLever) -> Mapping[str, Any]:
    """The fields of a lever that are not in its strength."""
    terms: dict[str, Any] = lever.fields.model_dump(exclude=set(STRENGTH))
    return terms


def _acts(lever: ActiveLever, world: World) -> int:
    """The first month in which a lever has any strength; the month after the last if in none."""
    for month in range(max(lever.first, world.first), min(lever.last, world.last) + 1):
        if lever.strength(month, float(world.output_gap[month - world.first])).any():
            return month
    return world.last + 1


def _books(model: TechsimModel) -> Mapping[str, tuple[Any, ...]]:
    levers, items = model.world.institutions.government.books
    return {"lever": levers, "item": items}


def _agents(institutions: Any) -> Iterator[mesa.Agent]:
    """Every agent, in an order that two models of one scenario period share."""
    for field in dataclasses.fields(institutions):
        kind = getattr(institutions, field.name)
        yield from sorted(kind, key=lambda agent: agent.unique_id) if isinstance(kind, AgentSet) else (kind,)

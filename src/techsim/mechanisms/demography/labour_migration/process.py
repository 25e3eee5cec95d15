"""L7 and D1, labour migration in the month: called by demography where it adds immigrants and lets people leave."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from techsim.data.demography import EVIDENCE_END
from techsim.mechanisms.demography.moving.state import Moving
from techsim.mechanisms.demography.moving.utilities import urbanity
from techsim.mechanisms.world import World
from techsim.population.attainment import of_education

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

WORKING = slice(20, 46)
"""Ages of those who come, or leave, for work."""
NARROWEST, WIDEST = 0.5, 2.0
LEAST = 1e-4


@dataclass(frozen=True)
class Apart:
    """Immigrants by age and year, those who come for work apart: part, (years,), their share in all; other_ages,
    worker_ages, (years, AGES), shares of others and of theirs. Both together are the table's."""

    part: Floats
    other_ages: Floats
    worker_ages: Floats


@dataclass(frozen=True)
class Response:
    """What the market makes of immigrants in a month.

    workers : factor on who comes for work. places, worker_places : where others and they settle, (backgrounds,
    regions), shares. education : of workers, (backgrounds, EDUCATION).
    """

    workers: float
    places: Floats
    worker_places: Floats
    education: Floats


def response(now: Floats, usual: Floats | float, elasticity: float) -> Floats:
    """(now / usual)^e within bounds, from logs; any shape."""
    return np.asarray(np.minimum(np.maximum(np.exp(elasticity * (now - usual)), NARROWEST), WIDEST))


def follow(world: World, state: Moving) -> None:
    """Note how tight the market is, as last month left it, and let what is usual follow."""
    labour = world.labour
    unemployed = float(labour.unemployment_rate * labour.labour_force.sum())
    vacancies, jobs = _by_level_and_region(labour.open_vacancies).sum(axis=1), _by_level_and_region(labour.staff)
    state.jobs, staff = jobs.sum(axis=0), jobs.sum(axis=1)
    tight = float(np.log(max(vacancies.sum() / max(unemployed, 1.0), LEAST)))
    levels = np.log(np.maximum(vacancies / np.maximum(staff, 1), LEAST))
    pace = 1.0 / max(world.parameters["labour_migration.memory"], 1.0)
    if state.usual_tightness is None or state.usual_levels is None:
        state.usual_tightness, state.usual_levels = tight, levels
    state.usual_tightness += pace * (tight - state.usual_tightness)
    state.usual_levels = state.usual_levels + pace * (levels - state.usual_levels)
    state.tightness, state.levels = tight, levels


def leaving(world: World, state: Moving, usual: Floats) -> Floats:
    """Chances of emigrating by age, from the ``usual`` ones, (AGES, any), which stay as they are."""
    if world.month < EVIDENCE_END:
        return usual
    chances = usual.copy()
    chances[WORKING] *= _factor(state, -world.parameters["labour_migration.leaving"])
    return chances


def by_age(ages: Floats, share: float) -> Apart:
    """Immigrants by age, those who come for work apart: a ``share`` of each age; ages : float64 (years, AGES)."""
    of_age = np.zeros(ages.shape)
    of_age[:, WORKING] = share * ages[:, WORKING]
    part = of_age.sum(axis=1)
    return Apart(
        part=part,
        other_ages=(ages - of_age) / np.maximum(1.0 - part, 1e-12)[:, None],
        worker_ages=of_age / np.maximum(part, 1e-12)[:, None],
    )


def responses(world: World, state: Moving) -> Response:
    """How many come for work against the usual, where newcomers settle, and what workers have learnt."""
    p = world.parameters
    directed, settle = p["labour_migration.directed"], landing(world, state)
    places = settle * _pull_of_regions(world, directed)
    return Response(
        workers=_factor(state, p["labour_migration.tightness"]) if world.month >= EVIDENCE_END else 1.0,
        places=settle,
        worker_places=places / np.maximum(places.sum(axis=1, keepdims=True), 1e-12),
        education=_education(world, state, directed),
    )


def _factor(state: Moving, elasticity: float) -> float:
    """As :func:`response`, to how tight the market is against the usual."""
    usual = state.tightness if state.usual_tightness is None else state.usual_tightness
    return min(max(float(np.exp(elasticity * (state.tightness - usual))), NARROWEST), WIDEST)


def landing(world: World, state: Moving) -> Floats:
    """(n M_br / M_b + (1 - n) J_r / J) exp(b m_r), summing to one: where newcomers settle; (backgrounds, regions)."""
    jobs = state.jobs / max(int(state.jobs.sum()), 1)
    like = state.shares_of_parents()
    if like is None:
        here = state.parents.sum(axis=1, keepdims=True)
        like = np.where(here > 0, state.parents / np.maximum(here, 1), jobs)
    network = world.parameters["labour_migration.network"]
    if state.city is None:
        state.city = np.exp(world.parameters["moving.city_young"] * urbanity(world.tables, state.residents_at_start))
    weight = (network * like + (1.0 - network) * jobs) * state.city
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def _by_level_and_region(count: Counts) -> Counts:
    """Of counts (E, G, L, R) those by level and region, (L, R): one row after the other, as they are stored."""
    return np.asarray(count.reshape(-1, *count.shape[2:]).sum(axis=0))


def _pull_of_regions(world: World, elasticity: float) -> Floats:
    """(theta_r / mean theta)^p within bounds; (regions,)."""
    tightness = world.labour.tightness
    theta = np.maximum(tightness.sum(axis=0) / len(tightness), LEAST)
    return response(np.log(theta), np.log(theta.sum() / theta.size), elasticity)


def _education(world: World, state: Moving, elasticity: float) -> Floats:
    _, level = of_education(world.tables.dimensions.level)
    now, usual = np.asarray(state.levels), np.asarray(state.usual_levels)
    shares = world.tables.demography.immigrant_education * response(now, usual, elasticity)[level]
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))

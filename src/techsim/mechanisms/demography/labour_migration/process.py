"""L7 and D1, labour migration in the month: called by demography where it adds immigrants and lets people leave."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from techsim.data.demography import AGES, EVIDENCE_END
from techsim.mechanisms.demography.moving.state import Moving
from techsim.mechanisms.demography.moving.utilities import urbanity
from techsim.mechanisms.world import World
from techsim.population.attainment import level_of_education

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

WORKING = slice(20, 46)
"""Ages of those who come, or leave, for work."""
NARROWEST, WIDEST = 0.5, 2.0
LEAST = 1e-4


@dataclass(frozen=True)
class Split:
    """Immigrants of a month, in persons, with their shares by age (AGES,).

    others, other_ages : who do not come for work, (sexes, backgrounds). workers, worker_ages : who do. other_places,
    places : where they settle, (backgrounds, regions), shares. education : of workers, (backgrounds, EDUCATION).
    """

    others: Floats
    other_ages: Floats
    other_places: Floats
    workers: Floats
    worker_ages: Floats
    education: Floats
    places: Floats


def response(now: Floats, usual: Floats, elasticity: float) -> Floats:
    """(now / usual)^e within bounds, from logs; any shape."""
    return np.asarray(np.minimum(np.maximum(np.exp(elasticity * (now - usual)), NARROWEST), WIDEST))


def follow(world: World, state: Moving) -> None:
    """Note how tight the market is, as last month left it, and let what is usual follow."""
    labour = world.labour
    unemployed = float(labour.unemployment_rate * labour.labour_force.sum())
    vacancies, staff = (where.sum(axis=1) for where in (_by_place(labour.open_vacancies), _by_place(labour.staff)))
    tight = float(np.log(max(vacancies.sum() / max(unemployed, 1.0), LEAST)))
    levels = np.log(np.maximum(vacancies / np.maximum(staff, 1), LEAST))
    pace = 1.0 / max(world.parameters["labour_migration.memory"], 1.0)
    if state.usual_tightness is None or state.usual_levels is None:
        state.usual_tightness, state.usual_levels = tight, levels
    state.usual_tightness += pace * (tight - state.usual_tightness)
    state.usual_levels = state.usual_levels + pace * (levels - state.usual_levels)
    state.tightness, state.levels = tight, levels


def leaving(world: World, state: Moving) -> Floats:
    """Factor on the chances of emigrating by age; (AGES, 1)."""
    factor = np.ones((AGES, 1))
    elasticity = -world.parameters["labour_migration.leaving"]
    if world.month >= EVIDENCE_END:
        factor[WORKING] = response(np.array(state.tightness), np.array(state.usual_tightness), elasticity)
    return factor


def split(world: World, state: Moving, monthly: Floats, ages: Floats) -> Split:
    """Immigrants of the month, those who come for work apart.

    Without a response both together are the table's: numbers and ages add up to ``monthly`` and ``ages``.

    Parameters
    ----------
    monthly : float64 (sexes, backgrounds, regions), persons, of which the regions are not read; ages : float64
        (AGES,), shares
    """
    p = world.parameters
    share, elasticity = p["labour_migration.share"], p["labour_migration.tightness"]
    monthly, settle = monthly.sum(axis=2), landing(world, state)
    of_age = np.zeros(AGES)
    of_age[WORKING] = share * ages[WORKING]
    part = float(of_age.sum())
    factor = float(response(np.array(state.tightness), np.array(state.usual_tightness), elasticity))
    directed = p["labour_migration.directed"]
    places = settle * _pull_of_regions(world, directed)
    return Split(
        others=monthly * (1.0 - part),
        other_ages=(ages - of_age) / max(1.0 - part, 1e-12),
        other_places=settle,
        workers=monthly * part * (factor if world.month >= EVIDENCE_END else 1.0),
        worker_ages=of_age / max(part, 1e-12),
        education=_education(world, state, directed),
        places=places / np.maximum(places.sum(axis=1, keepdims=True), 1e-12),
    )


def landing(world: World, state: Moving) -> Floats:
    """(n M_br / M_b + (1 - n) J_r / J) exp(b m_r), summing to one: where newcomers settle; (backgrounds, regions)."""
    jobs = _by_place(world.labour.staff).sum(axis=0)
    jobs = jobs / max(int(jobs.sum()), 1)
    here = state.parents.sum(axis=1, keepdims=True)
    like = np.where(here > 0, state.parents / np.maximum(here, 1), jobs)
    network = world.parameters["labour_migration.network"]
    if state.city is None:
        state.city = np.exp(world.parameters["moving.city_young"] * urbanity(world.tables, state.residents_at_start))
    weight = (network * like + (1.0 - network) * jobs) * state.city
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def _by_place(count: Counts) -> Counts:
    """Of counts (E, G, L, R) those by level and region, (L, R): one row after the other, as they are stored."""
    return np.asarray(count.reshape(-1, *count.shape[2:]).sum(axis=0))


def _pull_of_regions(world: World, elasticity: float) -> Floats:
    """(theta_r / mean theta)^p within bounds; (regions,)."""
    theta = np.maximum(world.labour.tightness.mean(axis=0), LEAST)
    return response(np.log(theta), np.log(theta.mean()), elasticity)


def _education(world: World, state: Moving, elasticity: float) -> Floats:
    level = level_of_education(world.tables.dimensions)
    now, usual = np.asarray(state.levels), np.asarray(state.usual_levels)
    shares = world.tables.demography.immigrant_education * response(now, usual, elasticity)[level]
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))

"""What the regions are worth to those who choose (W5): factors, exponentials of the terms of V; arrays, no people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from techsim.data.demography import AGES
from techsim.data.inputs import Tables
from techsim.data.regions import KIND, TAUGHT
from techsim.population.states import Stage

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

ADULT, TEN_YEARS, ROOTED = 18, 10.0, 65
CLASSES = (ADULT, 30, 45)
"""Ages at which the pull of the city changes: young, parents, all older ones."""
LEAST = 0.01
"""Vacancies per unemployed person, and shares of jobs, below which nobody sees a difference."""


@dataclass(frozen=True)
class Weights:
    """Factors that follow from tables and parameters alone, the same all through a run.

    travel : (R, R). stay : (AGES,). studies : (programmes, R, R, R), see :func:`places_to_study`. at_home, job_pull,
    graduate : on the home that was left, on the region of the job, on the own region of new graduates.
    """

    travel: Floats
    stay: Floats
    studies: Floats
    at_home: float
    job_pull: float
    graduate: float


@dataclass(frozen=True)
class Attraction:
    """Factors that hold from one January to the next.

    elsewhere : (age classes, 2 by hbo and wo, from, to), on living in another region. own : (AGES, 2, R), on staying.
    """

    elsewhere: Floats
    own: Floats


def weights(tables: Tables, parameters: Mapping[str, float]) -> Weights:
    """Those of a run."""
    p = parameters
    return Weights(
        travel=travel(tables, p["moving.distance"]),
        stay=staying(p),
        studies=places_to_study(tables, p),
        at_home=float(np.exp(p["moving.home"])),
        job_pull=float(np.exp(p["moving.job"])),
        graduate=float(np.exp(p["moving.fresh"])),
    )


def attraction(place: Floats, here: Floats, constant: Weights) -> Attraction:
    """From :func:`places_to_live` and the weights of the run."""
    return Attraction(
        elsewhere=place[:, :, None, :] * constant.travel,
        own=here[age_classes()] * constant.stay[:, None, None],
    )


@lru_cache
def age_classes() -> Counts:
    """Class of each single year of age: 0 young (and younger), 1 parents, 2 older; (AGES,), not to be changed."""
    return np.asarray(np.searchsorted(CLASSES[1:], np.arange(AGES), side="right"), dtype=np.int64)


def nearness(tables: Tables) -> Floats:
    """c, how often people of a region work in another against chance, root of both directions; (R, R)."""
    commuting = tables.labour.commuting
    jobs = commuting.mean(axis=0) / commuting.mean()
    ratio = commuting / jobs / len(jobs)
    own = np.diag(ratio)
    return np.asarray(np.sqrt(ratio * ratio.T / np.outer(own, own)))


def travel(tables: Tables, elasticity: float) -> Floats:
    """c^d, one for staying where one is; (from, to)."""
    return np.asarray(nearness(tables) ** elasticity)


def staying(parameters: Mapping[str, float]) -> Floats:
    """exp(s_0 + s_1 y) by age; (AGES,)."""
    years = np.clip(np.arange(AGES), ADULT, ROOTED) - ADULT
    return np.asarray(np.exp(parameters["moving.stay"] + parameters["moving.attachment"] * years / TEN_YEARS))


def urbanity(tables: Tables, at_start: Counts) -> Floats:
    """m_r, against where the mean resident of the start lived; (R,)."""
    urban = tables.regions.urban
    return np.asarray(urban - float(urban @ at_start) / max(int(at_start.sum()), 1))


def places_to_live(
    tables: Tables, parameters: Mapping[str, float], residents: Counts, at_start: Counts
) -> tuple[Floats, Floats]:
    """n_r (n_r / n_r0)^-e exp(b_a m_r), and the same without n_r, for who stays; (age classes, 2 by hbo and wo, R).

    How many live in a region is how many homes and people may be found there: it draws those who come, and is no
    reason to stay, else small regions would empty by their size alone.
    """
    p = parameters
    young, family, old = p["moving.city_young"], p["moving.city_family"], p["moving.city_old"]
    more = (p["moving.city_higher"], p["moving.city_career"])
    pull = np.array([[young, young + more[0]], [family, family + more[1]], [old, old]])
    share, before = residents / residents.sum(), at_start / at_start.sum()
    urban = urbanity(tables, at_start)
    crowding = np.where(before > 0.0, share / np.maximum(before, 1e-9), 1.0) ** -p["moving.housing"]
    here = crowding * np.exp(pull[:, :, None] * urban)
    return np.asarray(share * here), np.asarray(here)


def chances_of_work(tightness: Floats, staff: Counts, parameters: Mapping[str, float]) -> Floats:
    """(theta_gr / theta_g)^l Q_gr^k by kind of work: (1 + 2 groups + 2, R).

    The first row is 1, of who asks for no work; then groups, the general field last as their mean, for seekers; then
    the same for workers.

    Parameters
    ----------
    tightness : (groups, R); staff : int64 (groups, R)
    """
    groups, regions = tightness.shape
    theta, jobs = np.maximum(tightness, LEAST), np.maximum(staff, 1)
    relative = np.log(theta) - np.log(theta.sum(axis=1, keepdims=True) / regions)
    by_region = jobs.sum(axis=0)
    quotient = np.log(np.maximum(jobs / jobs.sum(axis=1, keepdims=True) / (by_region / by_region.sum()), LEAST))
    value = np.zeros((1 + 2 * (groups + 1), regions))
    seeker = value[1 : groups + 2]
    seeker[:-1] = parameters["moving.tightness"] * relative + parameters["moving.cluster"] * quotient
    seeker[-1] = seeker[:-1].sum(axis=0) / groups
    value[groups + 2 :] = parameters["moving.with_work"] * seeker
    return np.exp(value)


def places_to_study(tables: Tables, parameters: Mapping[str, float]) -> Floats:
    """exp(V) of new students by programme, home and region lived in; (programmes, homes, here, R)."""
    p, education, regions = parameters, tables.education, tables.regions
    count = len(regions.urban)
    same = np.eye(count, dtype=np.bool_)
    base = travel(tables, p["moving.study_distance"])
    out = np.empty((len(TAUGHT), len(KIND), count, count, count))
    for t, level in enumerate(TAUGHT):
        at_home = np.where(same, np.exp(p[f"moving.study_{level}"]), base)
        here = np.where(same, np.exp(p["moving.study_stay"]), 1.0)
        away = np.where(same[:, None, :], 1.0, here[None, :, :])
        out[t] = regions.places[t][:, None, None, :] * at_home[None, :, None, :] * away[None]
    of_wo = (education.programme_stage > int(Stage.HBO)).astype(np.int64)
    kind = tables.dimensions.field_technical[education.programme_field].astype(np.int64)
    return np.ascontiguousarray(out[of_wo, kind])

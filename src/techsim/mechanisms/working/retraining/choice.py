"""Who would be retrained, and who does not complete: the two choices of people in retraining (W2)."""

from __future__ import annotations

import numpy as np

from techsim.mechanisms.working.employers import Counts, Floats
from techsim.mechanisms.working.training.process import month_wages, scarcity
from techsim.mechanisms.world import World
from techsim.population.draws import uniforms
from techsim.population.people import CURRENCY_UNIT
from techsim.population.randomness import Purpose
from techsim.population.states import Labour

USUAL_MONTHS = 6.0
"""Months of unemployment at which duration adds nothing to interest."""
INTEREST, COMPLETES = 0, 3
"""Numbers of the draws, of purpose RETRAINING, that decide on interest and on completing."""


def log_odds(chance: Floats) -> Floats:
    """log(p / (1 - p)), within what floats can hold."""
    inside = np.clip(chance, 1e-9, 1.0 - 1e-9)
    return np.asarray(np.log(inside / (1.0 - inside)))


def chance_of(odds: Floats) -> Floats:
    """The chance of log odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-odds)))


def interest(
    base: Floats, gain: Floats, scarce: float, months: Floats, woman: Floats, weights: tuple[float, float, float, float]
) -> Floats:
    """logit i = logit i_0 + b_w log(w_T / w) + b_v k + b_m log((1 + m) / (1 + m_0)) - b_f 1[woman].

    Parameters
    ----------
    base : float64 (m,), i_0, chance a year of men where nothing else counts; gain : float64 (m,), log(w_T / w)
    scarce : float, k, log of technical vacancies per worker over the usual
    months : float64 (m,), of unemployment, m_0 for workers; woman : float64 (m,), one or zero
    weights : b_w, b_v, b_m, b_f
    """
    duration = np.log((1.0 + months) / (1.0 + USUAL_MONTHS))
    odds = log_odds(base) + weights[0] * gain + weights[1] * scarce + weights[2] * duration - weights[3] * woman
    return chance_of(odds)


def gain_of_pay(world: World, who: Counts) -> Floats:
    """log(w_T / w): technical pay at the level of each of ``who`` over that of their job, or of the last; (m,).

    Each counts on pay by the own skill (W2): in technical work by what retraining leaves, C' = max(C, c_r), in the
    job by what is known now; transferable skill is paid alike in both. Who never had a job compares with other work at
    the own level. What a lever adds to technical pay counts where it adds it: in the region in which one lives.
    """
    people, dims = world.people, world.tables.dimensions
    technical = dims.occupation_technical
    wages = np.log(month_wages(world, world.labour.wage_curve)) - np.log(world.labour.skill_pay.base)
    known, rho = people.currency[who] * CURRENCY_UNIT, world.parameters["wages.skill"]
    learnt = rho * np.maximum(known, world.parameters["retraining.currency"])
    staff = np.maximum(world.labour.staff.sum(axis=(0, 3)), 1)
    mean = [np.average(wages[of], axis=0, weights=staff[of]) for of in (technical, ~technical)]
    group, level = people.occupation[who], people.level[who]
    own = np.where(group >= 0, wages[np.maximum(group, 0), np.maximum(people.job_level[who], 0)], mean[1][level])
    more = np.log1p(world.hooks["pay.technical"])[people.region[who]] if "pay.technical" in world.hooks else 0.0
    paid_more = (group >= 0) & technical[np.maximum(group, 0)]
    return np.asarray(mean[0][level] + more + learnt - own - (more + rho * known) * paid_more)


def interested(world: World, who: Counts) -> Counts:
    """Who of ``who`` would be retrained this year."""
    people, p, dims = world.people, world.parameters, world.tables.dimensions
    works = people.labour[who] == Labour.EMPLOYED
    technical = dims.occupation_technical
    scarce = float(
        np.average(scarcity(world)[technical], weights=world.labour.staff.sum(axis=(0, 2, 3))[technical] + 1)
    )
    months = np.where(works, USUAL_MONTHS, world.month - people.since[who].astype(np.float64))
    chance = interest(
        base=np.where(works, p["retraining.workers"], p["retraining.unemployed"]),
        gain=gain_of_pay(world, who),
        scarce=scarce,
        months=np.maximum(months, 0.0),
        woman=(people.sex[who] == dims.sex.index("female")).astype(np.float64),
        weights=(
            p["retraining.interest_pay"],
            p["retraining.interest_vacancies"],
            p["retraining.interest_duration"],
            p["matching.women_technical"],
        ),
    )
    draw = uniforms(world.seed, int(Purpose.RETRAINING), people.id[who], world.month, INTEREST)
    return np.asarray(who[draw < chance])


def completing(world: World, rows: Counts, retrainer: Counts, began: Counts) -> np.ndarray:
    """Who of those whose programme is over completes: logit of not = logit(d o) - b_a ability + b_j 1[new job]; (m,).

    A new job is one found since the programme began, by the unemployed as by workers.
    """
    people, p = world.people, world.parameters
    risk = log_odds(p["retraining.dropout"] * world.tables.training.retrainer_dropout[retrainer])
    new_job = (people.labour[rows] == Labour.EMPLOYED) & (people.since[rows] > began)
    odds = risk - p["retraining.dropout_ability"] * people.ability[rows] + p["retraining.dropout_job"] * new_job
    draw = uniforms(world.seed, int(Purpose.RETRAINING), people.id[rows], world.month, COMPLETES)
    return np.asarray(draw >= chance_of(odds))

"""Who would be retrained, and who does not complete: the two choices of people in retraining (W2)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.data.training import RETRAINERS
from techsim.mechanisms.working.employers import Counts, Floats
from techsim.mechanisms.working.retraining.kernels import list_interested
from techsim.mechanisms.working.retraining.state import Rules
from techsim.mechanisms.working.training.process import month_wages, scarcity
from techsim.mechanisms.world import World
from techsim.population.draws import uniforms
from techsim.population.people import CURRENCY_UNIT
from techsim.population.randomness import Purpose
from techsim.population.states import Labour

_EMPLOYED = int(Labour.EMPLOYED)
WEIGHTS = (*(f"retraining.interest_{name}" for name in ("pay", "vacancies", "duration")), "matching.women_technical")
"""Parameters in the order in which :func:`~techsim.mechanisms.working.retraining.kernels.interest` asks for them."""
COMPLETES = 3
"""Number of the draw, of purpose RETRAINING, that decides on completing."""


def log_odds(chance: Floats) -> Floats:
    """log(p / (1 - p)), within what floats can hold."""
    inside = np.minimum(np.maximum(chance, 1e-9), 1.0 - 1e-9)
    return np.asarray(np.log(inside / (1.0 - inside)))


def chance_of(odds: Floats) -> Floats:
    """The chance of log odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-odds)))


def rules_of(world: World) -> Rules:
    """What does not change in a run."""
    state, p, table = world.labour.retraining, world.parameters, world.tables.training
    if state.rules is None:
        without_fund = np.arange(len(RETRAINERS)) != RETRAINERS.index("fund")
        takes = (
            table.retrains_unemployed & without_fund,
            table.retrains_workers & without_fund,
            table.retrains_workers,
        )
        state.rules = Rules(
            bases=log_odds(np.array([p["retraining.unemployed"], p["retraining.workers"]])),
            dropout=log_odds(p["retraining.dropout"] * table.retrainer_dropout),
            months=np.maximum(np.rint(p["retraining.months"] * table.retrainer_length), 1.0).astype(np.int64),
            currency=np.uint16(round(p["retraining.currency"] / CURRENCY_UNIT)),
            takers=tuple(np.flatnonzero(taken).tolist() for taken in takes),
            kind=np.where(table.fund[world.tables.dimensions.employer_sector] > 0.0, 2, 1),
        )
    return state.rules


def interested(world: World, asked: Counts, offered: npt.NDArray[np.bool_]) -> Counts:
    """Rows of those of ``asked`` who would be retrained this year, without technical education or work, and live in a
    region where it is ``offered``, (R,).

    Each counts on pay by the own skill (W2): in technical work by what retraining leaves, C' = max(C, c_r), in the
    job by what is known now; transferable skill is paid alike in both. Who never had a job compares with other work at
    the own level. What a lever adds to technical pay counts where it adds it: in the region in which one lives.
    """
    people, p, dims = world.people, world.parameters, world.tables.dimensions
    wages = np.log(month_wages(world, world.labour.wage_curve)) - np.log(world.labour.skill_pay.base)
    paid_more = world.hooks.get("pay.technical")
    rows = np.empty(asked.size, dtype=np.int64)
    found = list_interested(
        seed=world.seed,
        month=world.month,
        asked=asked,
        offered=offered,
        ids=people.id,
        birth_month=people.birth_month,
        sex=people.sex,
        region=people.region,
        labour=people.labour,
        since=people.since,
        level=people.level,
        field=people.field,
        occupation=people.occupation,
        job_level=people.job_level,
        currency=people.currency,
        technical_occupation=dims.occupation_technical,
        technical_field=dims.field_technical,
        female=dims.sex.index("female"),
        bases=rules_of(world).bases,
        wages=wages,
        scarcity=scarcity(world),
        staff=world.labour.staff,
        more=np.zeros(dims.size("region")) if paid_more is None else np.log1p(paid_more),
        skill_pay=p["wages.skill"],
        least=p["retraining.currency"],
        weights=np.array([p[name] for name in WEIGHTS]),
        rows=rows,
    )
    return rows[:found]


def completing(world: World, rows: Counts, retrainer: Counts, began: Counts) -> np.ndarray:
    """Who of those whose programme is over completes: logit of not = logit(d o) - b_a ability + b_j 1[new job]; (m,).

    A new job is one found since the programme began, by the unemployed as by workers.
    """
    people, p = world.people, world.parameters
    risk = rules_of(world).dropout[retrainer]
    new_job = (people.labour[rows] == _EMPLOYED) & (people.since[rows] > began)
    odds = risk - p["retraining.dropout_ability"] * people.ability[rows] + p["retraining.dropout_job"] * new_job
    draw = uniforms(world.seed, int(Purpose.RETRAINING), people.id[rows], world.month, COMPLETES)
    return np.asarray(draw >= chance_of(odds))

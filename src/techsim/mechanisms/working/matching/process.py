"""W2, matching, in the month: after vacancies."""

from __future__ import annotations

import math

import numpy as np

from techsim.data.labour import REASONS
from techsim.mechanisms.working.employers import Counts, Floats
from techsim.mechanisms.working.matching.declare import DEPTHS, ROUNDS
from techsim.mechanisms.working.matching.kernels import apply_for_jobs, find_seekers, hire
from techsim.mechanisms.working.participation.process import mean_pressure
from techsim.mechanisms.working.state import GOLDEN
from techsim.mechanisms.world import World

FIELD_MATTERS_FROM = "mbo4"
"""Lowest job level at which employers ask for a field."""
RANKING = (
    "matching.rank_fit",
    "matching.rank_experience",
    "matching.rank_shortfall",
    "matching.rank_surplus",
    "matching.rank_duration",
    "matching.rank_noise",
)
"""Weights of the ranking, in the order of :func:`score_of`."""


def process(world: World) -> None:
    """Let seekers apply and employers hire, ``ROUNDS`` times."""
    who = _seekers(world)
    hired = np.zeros(who.size, dtype=np.bool_)
    for turn in range(ROUNDS):
        cell, score = _apply(world, who, hired, turn)
        applicants = np.flatnonzero(cell >= 0)
        order = applicants[np.lexsort((world.people.id[who[applicants]], -score[applicants], cell[applicants]))]
        _hire(world, who, hired, cell, order, turn)


def _seekers(world: World) -> Counts:
    people, p = world.people, world.parameters
    who = np.empty(people.size, dtype=np.int64)
    found = find_seekers(
        seed=world.seed,
        month=world.month,
        ids=people.id,
        stage=people.stage,
        labour=people.labour,
        since=people.since,
        level=people.level,
        field=people.field,
        occupation=people.occupation,
        job_level=people.job_level,
        related=world.tables.labour.related,
        base=p["matching.search"] * math.exp(p["matching.search_cyclical"] * mean_pressure(world)),
        short_tenure=p["separations.short_tenure"],
        short_ratio=p["matching.search_short"],
        mismatch_ratio=p["matching.search_mismatch"],
        who=who,
    )
    return who[:found]


def pull_of_cells(world: World) -> Floats:
    """Willingness x nearness x vacancies; (depths, education levels, home regions, groups, job levels, job regions)."""
    p, tables, labour = world.parameters, world.tables.labour, world.labour
    gap = tables.ladder[None, :] - tables.ladder[:, None]
    relief = p["matching.step_down_relief"] ** np.arange(len(DEPTHS) + 1)
    down = p["matching.step_down"] * relief[:, None, None] * np.minimum(gap, 0.0)
    willing = np.exp(down - p["matching.step_up"] * np.maximum(gap, 0.0))
    jobs = np.maximum(labour.staff.sum(axis=(0, 1, 2)), 1)
    near = tables.commuting / (jobs / jobs.sum())
    vacancies = labour.open_vacancies.sum(axis=0).astype(np.float64)
    pull: Floats = willing[:, :, None, None, :, None] * near[None, None, :, None, None, :] * vacancies[None, None, None]
    return pull


def _apply(world: World, who: Counts, hired: np.ndarray, turn: int) -> tuple[Counts, Floats]:
    people, p, tables, dims = world.people, world.parameters, world.tables.labour, world.tables.dimensions
    pull = pull_of_cells(world)
    cumulative = np.cumsum(pull.reshape(*pull.shape[:4], -1), axis=-1)
    cell, score = np.empty(who.size, dtype=np.int64), np.empty(who.size, dtype=np.float64)
    apply_for_jobs(
        seed=world.seed,
        month=world.month,
        turn=turn,
        who=who,
        ids=people.id,
        sex=people.sex,
        region=people.region,
        level=people.level,
        field=people.field,
        labour=people.labour,
        since=people.since,
        left_education=people.left_education,
        occupation=people.occupation,
        job_level=people.job_level,
        currency=people.currency,
        hired=hired,
        weight=np.ascontiguousarray(cumulative[..., -1]),
        cumulative=cumulative,
        fit=tables.fit,
        technical=dims.occupation_technical,
        technical_field=dims.field_technical,
        currency_weight=p["currency.weight"],
        ladder=tables.ladder,
        depth_months=np.array(DEPTHS),
        woman=dims.sex.index("female"),
        high_level=dims.level.index(FIELD_MATTERS_FROM),
        interview=p["matching.interview"],
        field_pull=p["matching.field_pull"],
        specificity=tables.specificity,
        fade_floor=p["matching.field_pull_floor"],
        fade_years=p["matching.field_pull_years"],
        attachment=p["matching.attachment"],
        women_technical=p["matching.women_technical"],
        step_down=p["matching.step_down"],
        move_noise=p["matching.move_noise"],
        max_shortfall=p["matching.max_shortfall"],
        min_fit=p["matching.min_fit"],
        rank_weights=np.array([p[name] for name in RANKING]),
        cell=cell,
        score=score,
    )
    return cell, score


def decisions(vacancies: Counts, share: float, month: int, turn: int) -> Counts:
    """floor(phi V + r): vacancies of a cell that come to a decision in a round; flat, never more than are open."""
    position = np.arange(1, vacancies.size + 1) + (month * ROUNDS + turn) * 2.0**0.5
    threshold = position * GOLDEN % 1.0
    decided: Counts = np.minimum(np.floor(share * vacancies.ravel() + threshold).astype(np.int64), vacancies.ravel())
    return decided


def _hire(world: World, who: Counts, hired: np.ndarray, cell: Counts, order: Counts, turn: int) -> None:
    people, labour = world.people, world.labour
    hire(
        seed=world.seed,
        month=world.month,
        turn=turn,
        order=order,
        who=who,
        cell=cell,
        ids=people.id,
        decisions=decisions(
            labour.open_vacancies.sum(axis=0), world.parameters["matching.decision"], world.month, turn
        ),
        occupation=people.occupation,
        job_level=people.job_level,
        job_region=people.job_region,
        employer=people.employer,
        flags=people.flags,
        labour=people.labour,
        since=people.since,
        reason=REASONS.index("job_change"),
        technical=world.tables.dimensions.occupation_technical,
        temporary_chance=world.parameters["matching.temporary"],
        hired=hired,
        open_vacancies=labour.open_vacancies,
        staff=labour.staff,
        filled=labour.ledger.filled,
        hires=labour.ledger.hired,
        separated=labour.ledger.separated,
        changes=world.recorder.slot("job_changes", world.month),
    )

"""W2, matching, in the month: after vacancies."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from techsim.data.labour import REASONS
from techsim.mechanisms.working.employers import Counts, Floats
from techsim.mechanisms.working.matching.deciding.kernels import (
    bound_chances,
    find_deciding,
    list_drawing,
    nearness,
    weigh_places,
)
from techsim.mechanisms.working.matching.declare import ROUNDS
from techsim.mechanisms.working.matching.hiring.kernels import find_best, hire
from techsim.mechanisms.working.matching.kernels import apply_for_jobs, describe_seekers
from techsim.mechanisms.working.matching.searching.kernels import find_seekers
from techsim.mechanisms.working.matching.state import FIELD_MATTERS_FROM
from techsim.mechanisms.working.participation.process import mean_pressure
from techsim.mechanisms.working.retraining.process import book_moves
from techsim.mechanisms.working.retraining.trained import trainees_and_retrained
from techsim.mechanisms.working.state import months_share
from techsim.mechanisms.world import World
from techsim.population.draws import spell_uniforms
from techsim.population.parts import in_parts
from techsim.population.randomness import Purpose
from techsim.population.rosters import find_places
from techsim.population.states import Labour

Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Traits:
    """What a month's searches do not change, by seeker; (m,).

    ids : uint64; trained : int16, month since when each has been trained; chose : bool, who chose a trade; shown :
    bool, whose skills are shown beside the diploma. kind, of_field, of_job : int32, see :func:`describe_seekers`.
    """

    ids: npt.NDArray[np.uint64]
    trained: npt.NDArray[np.int16]
    chose: Flags
    shown: Flags
    kind: Places
    of_field: Places
    of_job: Places


@dataclass(frozen=True)
class Prospects:
    """What a month's searches do not change, by kind of vacancy.

    promising : float64 (groups, job levels, job regions), chances x pay; pay : float64 (groups, job levels, job
    regions), see :func:`pull_of_pay`.
    """

    promising: Floats
    pay: Floats


@dataclass(frozen=True)
class Deciding:
    """Vacancies that come to a decision in a round, listed by place (group x level x region).

    first, cell_of, strides : see :func:`find_deciding`.
    """

    first: Counts
    cell_of: Counts
    strides: npt.NDArray[np.uint64]


def process(world: World) -> None:
    """Let seekers apply and employers hire, ``ROUNDS`` times."""
    who = seekers(world)
    hired = np.zeros(who.size, dtype=np.bool_)
    answered, successful = (np.zeros(world.labour.staff.shape[1], dtype=np.int64) for _ in range(2))
    traits, prospects = traits_of(world, who), prospects_of(world)
    for turn in range(ROUNDS):
        deciding = find(world, turn)
        vacancy, score = apply(world, who, traits, prospects, hired, deciding, turn)
        winners = find_best(traits.ids, vacancy, score, deciding.cell_of.size)
        if world.recorder.wants("side_entry"):
            book_moves(world, who[winners], deciding.cell_of[vacancy[winners]])
        _hire(world, who, traits, deciding, vacancy, winners, turn, hired, answered, successful)
    pace = months_share(world.parameters["matching.directed_months"])
    chance = (successful + 1.0) / (answered + 1.0)
    world.labour.success = world.labour.success + pace * (chance - world.labour.success)


def by_place(cells: Counts) -> Counts:
    """Cells [E, G, L, R] as (E, places), places group x level x region."""
    return cells.reshape(len(cells), -1)


def find(world: World, turn: int) -> Deciding:
    """The vacancies that come to a decision in round ``turn`` of the month."""
    labour = world.labour
    return Deciding(
        *find_deciding(
            by_place(labour.open_vacancies), world.month * ROUNDS + turn, world.parameters["matching.decision"]
        )
    )


def seekers(world: World) -> Counts:
    """Rows of those who search this month; int64 (m,)."""
    people, p, dims = world.people, world.parameters, world.tables.dimensions
    base = p["matching.search"] * math.exp(p["matching.search_cyclical"] * mean_pressure(world))
    trainees, retrained = trainees_and_retrained(world)

    def find(part: slice) -> Counts:
        who = np.empty(part.stop - part.start, dtype=np.int64)
        found = find_seekers(
            seed=world.seed,
            month=world.month,
            first=part.start,
            ids=people.id[part],
            stage=people.stage[part],
            labour=people.labour[part],
            flags=people.flags[part],
            since=people.since[part],
            level=people.level[part],
            field=people.field[part],
            occupation=people.occupation[part],
            job_level=people.job_level[part],
            related=world.tables.labour.related,
            technical=dims.occupation_technical,
            trainees=trainees,
            retrained=retrained,
            base=base,
            short_tenure=p["matching.short_tenure"],
            short_ratio=p["matching.search_short"],
            mismatch_ratio=p["matching.search_mismatch"],
            short_time_ratio=p["short_time.search"],
            of_trainees=p["retraining.search_inside"],
            of_retrained=p["retraining.search_after"],
            who=who,
        )
        return who[:found]

    found = in_parts(world.threads, people.size, find)
    return found[0] if len(found) == 1 else np.concatenate(found)


def pull_of_pay(world: World) -> Floats:
    """eta (log v + log(1 + s_r) 1[technical]): what pay does to applications; (groups, job levels, job regions).

    v is pay for given skill (W2): what skill makes of the mean pay of who works in a cell is nothing to others.
    """
    levers = world.tables.dimensions.occupation_technical[:, None, None] * np.log1p(world.hooks["pay.technical"])
    pay: Floats = world.parameters["matching.wage_pull"] * (np.log(world.labour.wage_curve)[:, :, None] + levers)
    return pay


def skills_shown(world: World, who: Counts) -> Flags:
    """Whose skills are shown beside the diploma, of seekers ``who``: the unemployed, drawn once a spell; (m,)."""
    people, reach = world.people, world.hooks["matching.skills"]
    shown = np.zeros(who.size, dtype=np.bool_)
    if reach.any():
        idle = np.flatnonzero(people.labour[who] == int(Labour.UNEMPLOYED))
        rows = who[idle]
        # One draw a spell, so that a larger share reaches whom a smaller one reaches, too.
        draw = spell_uniforms(world.seed, int(Purpose.SKILLS_SHOWN), people.id[rows], people.since[rows])
        shown[idle] = draw < reach[people.region[rows]]
    return shown


def prospects_of(world: World) -> Prospects:
    """What people's searches of this month have in common."""
    success = world.labour.success
    chances = (success / (success.sum() / success.size)) ** world.parameters["matching.directed"]
    pay = pull_of_pay(world)
    return Prospects(chances[:, None, None] * np.exp(pay), pay)


def traits_of(world: World, who: Counts) -> Traits:
    """What the month's searches of ``who`` have in common."""
    people, shown, roster = world.people, skills_shown(world, who), world.labour.retraining
    ids, places = people.id.take(who), np.empty(who.size, dtype=np.int64)
    find_places(ids, roster.retrained, places)
    trained, chose = np.empty(who.size, dtype=np.int16), np.empty(who.size, dtype=np.bool_)
    kind, of_field, of_job = (np.empty(who.size, dtype=np.int32) for _ in range(3))
    _, groups, levels, regions = world.labour.staff.shape
    describe_seekers(
        month=world.month,
        who=who,
        labour=people.labour,
        since=people.since,
        region=people.region,
        level=people.level,
        field=people.field,
        occupation=people.occupation,
        job_level=people.job_level,
        left_education=people.left_education,
        places=places,
        completed=roster.completed,
        shown=shown,
        depth_months=world.labour.standards.depth_months,
        fields=world.tables.labour.fit.shape[0],
        groups=groups,
        levels=levels,
        regions=regions,
        trained=trained,
        chose=chose,
        kind=kind,
        of_field=of_field,
        of_job=of_job,
    )
    return Traits(ids, trained, chose, shown, kind, of_field, of_job)


def apply(
    world: World,
    who: Counts,
    traits: Traits,
    prospects: Prospects,
    hired: np.ndarray,
    deciding: Deciding,
    turn: int,
) -> tuple[Counts, Floats]:
    """For which of the deciding vacancies each seeker applies, and how he ranks there; int64 (m,), -1, and float64."""
    people, p, tables, dims = world.people, world.parameters, world.tables.labour, world.tables.dimensions
    standards = world.labour.standards
    places, strides, begin = list_drawing(deciding.first, *prospects.pay.shape)
    weight, total_of, open_of = weigh_places(
        willing=standards.willing,
        near=nearness(world.labour.staff, tables.commuting),
        promising=prospects.promising,
        first=deciding.first,
        open_vacancies=by_place(world.labour.open_vacancies),
        places=places,
    )
    highest_of_field, highest_of_job = bound_chances(total_of, open_of, standards.considered, p["matching.interview"])
    groups, levels, _ = prospects.pay.shape
    total_of, open_of = (sums.reshape(-1, levels + 1, groups) for sums in (total_of, open_of))
    weight = weight.reshape(len(total_of), -1)
    vacancy, score = np.empty(who.size, dtype=np.int64), np.empty(who.size)

    def apply_some(part: slice) -> None:
        apply_for_jobs(
            seed=world.seed,
            month=world.month,
            turn=turn,
            who=who[part],
            ids=traits.ids[part],
            sex=people.sex,
            level=people.level,
            field=people.field,
            labour=people.labour,
            since=people.since,
            trained=traits.trained[part],
            occupation=people.occupation,
            job_level=people.job_level,
            job_region=people.job_region,
            currency=people.currency,
            transferable=people.transferable,
            hired=hired[part],
            shown=traits.shown[part],
            kind=traits.kind[part],
            of_field=traits.of_field[part],
            of_job=traits.of_job[part],
            highest_of_field=highest_of_field,
            highest_of_job=highest_of_job,
            shown_fit=p["matching.shown_fit"],
            shown_hold=p["matching.shown_attachment"],
            weight=weight,
            total_of=total_of,
            open_of=open_of,
            places=places,
            strides=strides,
            begin=begin,
            considered=standards.considered,
            fit=tables.fit,
            pay=prospects.pay,
            technical=dims.occupation_technical,
            technical_field=dims.field_technical,
            currency_weight=p["currency.weight"],
            skill_pay=p["matching.wage_pull"] * p["wages.skill"],
            ladder=tables.ladder,
            woman=dims.sex.index("female"),
            high_level=dims.level.index(FIELD_MATTERS_FROM),
            interview=p["matching.interview"],
            field_pull=p["matching.field_pull"],
            technical_pull=p["matching.technical_pull"],
            specificity=tables.specificity,
            specific_trade=p["retraining.specificity"],
            chose=traits.chose[part],
            fade_floor=p["matching.field_pull_floor"],
            field_left=standards.field_left,
            attachment=p["matching.attachment"],
            attachment_left=standards.attachment_left,
            field_relief=standards.field_relief,
            women_technical=p["matching.women_technical"],
            step_down=p["matching.step_down"],
            move_noise=p["matching.move_noise"],
            max_shortfall=p["matching.max_shortfall"],
            min_fit=p["matching.min_fit"],
            rank_weights=standards.rank_weights,
            first=deciding.first,
            strides_of=deciding.strides,
            vacancy=vacancy[part],
            score=score[part],
        )

    in_parts(world.threads, who.size, apply_some, least=1000)
    return vacancy, score


def _hire(
    world: World,
    who: Counts,
    traits: Traits,
    deciding: Deciding,
    vacancy: Counts,
    winners: Counts,
    turn: int,
    hired: Flags,
    answered: Counts,
    successful: Counts,
) -> None:
    people, labour = world.people, world.labour
    hire(
        seed=world.seed,
        month=world.month,
        turn=turn,
        winners=winners,
        who=who,
        ids=traits.ids,
        vacancy=vacancy,
        first=deciding.first,
        cell_of=deciding.cell_of,
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
        open_vacancies=labour.open_vacancies,
        staff=labour.staff,
        filled=labour.ledger.filled,
        hires=labour.ledger.hired,
        separated=labour.ledger.separated,
        changes=world.recorder.slot("job_changes", world.month),
        hired=hired,
        answered=answered,
        successful=successful,
    )

"""L7, international students, in the month: those who have left education decide, and in September others come."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.data.education import COLUMNS, DESTINATIONS
from techsim.data.international import INTO
from techsim.mechanisms.demography.newcomers import whole_people
from techsim.mechanisms.learning.international.coming import KINDS, coming
from techsim.mechanisms.learning.international.kernels import decide, follow
from techsim.mechanisms.learning.international.state import STUDYING, Applicants, International
from techsim.mechanisms.learning.state import Counts, Floats, Ids, Mask
from techsim.mechanisms.tallies import tally
from techsim.mechanisms.world import World
from techsim.population.attainment import choose_rows, traits
from techsim.population.clock import MONTHS
from techsim.population.draws import uniforms
from techsim.population.events import DECIDED
from techsim.population.people import person_id
from techsim.population.randomness import Purpose
from techsim.population.rosters import locate
from techsim.population.states import Diploma, Labour, Origin, Profile, Stage
from techsim.results.coordinates import FLOW

SEPTEMBER = 9
FIRST_COLUMN = COLUMNS.index(INTO[0])
DIPLOMA_TO_ENTER = np.array([Diploma.HAVO, Diploma.VWO, Diploma.WO_BACHELOR], dtype=np.int8)
"""Diploma with which they come, by column of INTO."""
DIPLOMA_OF = np.array([Diploma.HBO, Diploma.WO_BACHELOR, Diploma.WO_MASTER], dtype=np.int8)
"""Diploma that a column of INTO ends with."""
LEVEL_TO_ENTER, LEVEL_OF = ("mbo4", "mbo4", "wo"), ("hbo", "wo", "wo")
LEAST_TIGHTNESS = 0.01
"""Vacancies per unemployed person below which nobody sees a difference."""


def process(world: World) -> None:
    """Decisions of those who have left education since last month; arrivals in September."""
    state = world.international
    if state is None:
        return
    state.pay_nothing()
    if state.applicants.rows.size:
        state.applicants = Applicants.nobody()
    locate(state, world.people)
    state.take_off(_settling(world, state, _follow(world, state)))
    if world.calendar_month == SEPTEMBER:
        _arrive(world, state)


def _follow(world: World, state: International) -> Counts:
    """Column and field of those who study; who studies again after all stays for now.

    Returns where those stand on the roster who have left education and not decided.
    """
    people, education = world.people, world.tables.education
    left = np.empty(state.rows.size, dtype=np.int64)
    found = follow(
        rows=state.rows,
        stage=people.stage,
        programme=people.programme,
        column_of=education.programme_column,
        field_of=education.programme_field,
        first_column=FIRST_COLUMN,
        studying=STUDYING,
        column=state.column,
        field=state.field,
        departs=state.departs,
        left=left,
    )
    return left[:found]


def _settling(world: World, state: International, left: Counts) -> Counts:
    """Those of ``left``, places on the roster, who decide to stay; the others are given a month in which they leave."""
    people, dims = world.people, world.tables.dimensions
    slot = world.recorder.slot("international_stay", world.month)
    if not left.size and state.reference is not None:
        return left
    tighter = tightness_change(world, state)
    if not left.size:
        return left
    p, lever = world.parameters, world.hooks["international.stay"]
    graduated, stays = np.empty((2, left.size), dtype=np.bool_)
    count = np.zeros(lever.size, dtype=np.int64)
    decide(
        seed=world.seed,
        month=world.month,
        left=left,
        ids=state.ids,
        rows=state.rows,
        column=state.column,
        field=state.field,
        region=people.region,
        diploma=people.diploma,
        diploma_of=DIPLOMA_OF,
        technical=dims.field_technical,
        usual=world.tables.international.stay,
        dropout_odds=p["international.dropout_stay"],
        pull=pull_to_stay(tighter, p["international.tightness"], p["international.retention"] * lever),
        leaving_months=p["international.leaving_months"],
        departs=state.departs,
        graduated=graduated,
        stays=stays,
        count=count,
    )
    if world.recorder.wants("international_stay"):
        place = left[graduated]
        level = np.array([dims.level.index(name) for name in LEVEL_OF])[state.column[place]]
        kind = dims.field_technical[state.field[place]].astype(np.int64)
        tally(slot, (level, kind, stays[graduated].astype(np.int64)))
    if world.notes(DECIDED):
        rows = state.rows[left[graduated]]
        world.note(DECIDED, rows, 2 * people.region[rows].astype(np.int64) + stays[graduated])
    state.paid["international_graduates"] = np.asarray(world.scale * count, dtype=np.float64)
    return np.asarray(left[stays])


def pull_to_stay(tighter: Floats, weight: float, lever: Floats) -> Floats:
    """exp(tau (ln theta - ln theta_0) + h), factor on the odds to stay; of ``tighter`` (fields,) and ``lever`` (R,)."""
    return np.asarray(np.exp(weight * tighter[:, None] + lever))


def tightness_change(world: World, state: International) -> Floats:
    """ln theta_g - ln theta_g0 by field (groups,); zero until the labour market has been seen."""
    theta = world.labour.tightness
    if state.reference is None and not theta.any():
        return np.zeros(len(theta))
    now = np.log(np.maximum(theta.sum(axis=1) / theta.shape[1], LEAST_TIGHTNESS))
    if state.reference is None:
        state.reference = now
    return np.asarray(now - state.reference)


def _arrive(world: World, state: International) -> None:
    people, dims = world.people, world.tables.dimensions
    new = coming(world)
    after = state.arrived + new.entrants
    numbers = whole_people(before=state.arrived, after=after, scale=world.scale)
    state.arrived = after
    cells = np.repeat(np.arange(numbers.size), numbers.ravel())
    rank = np.arange(cells.size) - np.searchsorted(cells, cells)
    column, field, sex, background, region = np.unravel_index(cells, numbers.shape)
    ids = person_id(int(Origin.INTERNATIONAL), world.month, cells.astype(np.int64), rank.astype(np.int64))
    technical = dims.field_technical[field]
    where = {"sex": sex, "background": background, "region": region}
    people.add({**_columns(world, ids, column, field, technical), **where})
    booked = world.recorder.slot("migration", world.month)[FLOW.index("immigration")]
    tally(booked, (sex, background, region))
    for kind, recipients in zip(KINDS, new.recipients, strict=True):
        state.paid[f"scholarships_{kind}"] = recipients
    rows = np.arange(people.size - ids.size, people.size)
    state.add(ids, rows, column.astype(np.int8), field.astype(np.int8))
    destination = np.array([DESTINATIONS.index(name) for name in INTO], dtype=np.int8)[column]
    state.applicants = Applicants(rows, destination, field.astype(np.int8))


def _columns(world: World, ids: Ids, column: Counts, field: Counts, technical: Mask) -> dict[str, npt.ArrayLike]:
    """What the people who come have: an age, a diploma that admits, a liking for their field."""
    dims, purpose = world.tables.dimensions, int(Purpose.INTERNATIONAL)
    ages = np.cumsum(world.tables.international.ages, axis=1)[column]
    years = choose_rows(ages, uniforms(world.seed, purpose, ids, world.month, 0))
    months = MONTHS * years + (MONTHS * uniforms(world.seed, purpose, ids, world.month, 1)).astype(np.int64)
    drawn = traits(world.seed, ids)
    level = np.array([dims.level.index(name) for name in LEVEL_TO_ENTER])
    return {
        "id": ids,
        "birth_month": world.month - months,
        "stage": int(Stage.OUT),
        "ability": np.abs(drawn["ability"]),
        "affinity": np.where(technical, np.abs(drawn["affinity"]), drawn["affinity"]),
        "diploma": DIPLOMA_TO_ENTER[column],
        "level": level[column],
        "field": np.where(DIPLOMA_TO_ENTER[column] == Diploma.WO_BACHELOR, field, dims.general),
        "profile": np.where(technical, int(Profile.TECHNICAL), int(Profile.OTHER)),
        "labour": int(Labour.OUTSIDE),
        "since": world.month,
    }


def count(world: World) -> None:
    """International students on 1 October."""
    state = world.international
    if state is None:
        return
    people, dims, education = world.people, world.tables.dimensions, world.tables.education
    stage = people.stage[state.rows]
    rows = state.rows[(stage >= int(Stage.HBO)) & (stage <= int(Stage.WO_MASTER))]
    programme = people.programme[rows]
    technical = dims.field_technical[education.programme_field[programme]].astype(np.int64)
    slot = world.recorder.slot("international_students", world.month)
    np.add.at(slot, (education.programme_level[programme], technical, people.region[rows]), 1)

"""W3 and W4, technical skill currency, in the month: after people have entered and left work, before matching."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from techsim.data.inputs import Tables
from techsim.mechanisms.learning.curriculum.process import frontier_speed, taught_to_leavers
from techsim.mechanisms.working.currency.kernels import FULL, sum_transferable, update_currency, update_transferable
from techsim.mechanisms.world import World
from techsim.population.clock import MONTHS
from techsim.population.parts import Tally, in_parts, tallied
from techsim.population.people import CURRENCY_UNIT, People
from techsim.population.states import NEVER, Labour, Stage

ADULT, DECEMBER = 18 * MONTHS, 12


def process(world: World) -> None:
    """Bring everyone's currency up to the month; the year's record is that of its last month."""
    people, p, dims = world.people, world.parameters, world.tables.dimensions
    record = world.recorder
    counting = record.wants("skill_currency") or record.wants("technicians_by_shortfall")
    slot, short = (record.slot(name, world.month) for name in ("skill_currency", "technicians_by_shortfall"))
    gap, count = (np.zeros(slot.shape, dtype=np.int64) for _ in range(2))
    short[...] = 0
    taught, aged = taught_to_leavers(world), np.exp(-frontier_speed(world) / MONTHS)

    def update(part: slice, gap: Tally, count: Tally, short: Tally) -> None:
        update_currency(
            month=world.month,
            labour=people.labour[part],
            occupation=people.occupation[part],
            job_level=people.job_level[part],
            field=people.field[part],
            level=people.level[part],
            region=people.region[part],
            stage=people.stage[part],
            left_education=people.left_education[part],
            technical_occupation=dims.occupation_technical,
            technical_field=dims.field_technical,
            gain=p["currency.gain"],
            fade=p["currency.fade"],
            aged=aged,
            taught=taught,
            from_abroad=p["currency.at_graduation"],
            ladder=world.tables.labour.ladder,
            level_gap=p["currency.level_gap"],
            asked=p["currency.asked"],
            counting=counting,
            currency=people.currency[part],
            gap=gap,
            count=count,
            short=short,
        )

    tallied(world.threads, people.size, (gap, count, short), update)
    if counting:
        slot[...] = np.nan
        np.divide(CURRENCY_UNIT * gap, count, out=slot, where=count > 0)
    _transferable(world)


def schooled(parameters: Mapping[str, float], levels: int) -> npt.NDArray[np.float64]:
    """t_0 + t_1 h: transferable skill of who leaves education, by level; (levels,)."""
    basis, step = parameters["transferable.school"], parameters["transferable.level"]
    return np.array([min(max(basis + step * height, 0.0), 1.0) for height in range(levels)])


def _transferable(world: World) -> None:
    """A year of work or of none for those born in this month of the year; in December the means are recorded."""
    people, p = world.people, world.parameters
    born = people.born_in(world.month)

    def update(part: slice) -> None:
        update_transferable(
            month=world.month,
            born=born,
            first=part.start,
            stage=people.stage[part],
            labour=people.labour[part],
            since=people.since[part],
            level=people.level[part],
            left_education=people.left_education[part],
            schooled=world.labour.fixed.schooled,
            gain=p["transferable.gain"],
            fade=p["transferable.fade"],
            transferable=people.transferable[part],
        )

    in_parts(world.threads, people.size, update)
    if world.calendar_month != DECEMBER or not world.recorder.wants("transferable_skill"):
        return
    slot = world.recorder.slot("transferable_skill", world.month)
    total, count = np.zeros(slot.shape), np.zeros(slot.shape, dtype=np.int64)
    sum_transferable(people.stage, people.level, people.labour, people.transferable, total, count)
    slot[...] = np.where(count > 0, total / np.maximum(count, 1), np.nan)


def begin(people: People, tables: Tables, parameters: Mapping[str, float], month: int) -> None:
    """Currency of the start population: on the way to rest in technical work, from what school taught or, without
    technical education, from nothing; faded since education for technically educated others."""
    dims, speed = tables.dimensions, tables.curriculum.renewal
    gain, fade, at_graduation = (parameters[f"currency.{name}"] for name in ("gain", "fade", "at_graduation"))
    technical = (people.field >= 0) & dims.field_technical[np.maximum(people.field, 0)]
    educated = technical & (people.stage == Stage.OUT)
    works = (people.labour == Labour.EMPLOYED) & dims.occupation_technical[np.maximum(people.occupation, 0)]
    aged = np.exp(-speed / MONTHS)
    currency = np.zeros(people.size)
    rows = np.flatnonzero(educated & ~works)
    idle = np.maximum(month - people.left_education[rows].astype(np.float64), 0.0)
    currency[rows] = at_graduation * (aged[people.field[rows]] * (1.0 - fade)) ** idle
    rows = np.flatnonzero(works)
    tenure = np.maximum(month - people.since[rows].astype(np.float64), 0.0)
    here = aged[people.occupation[rows]]
    rest = here * gain / (1.0 - here * (1.0 - gain))
    began = np.where(educated[rows], at_graduation, 0.0)
    currency[rows] = rest + (began - rest) * (here * (1.0 - gain)) ** tenure
    people.currency[...] = np.rint(currency / CURRENCY_UNIT).astype(np.uint16)
    _begin_transferable(people, parameters, dims.size("level"), month)


def _begin_transferable(people: People, parameters: Mapping[str, float], levels: int, month: int) -> None:
    """Years since education in work, with the courses usual in them; those without work have lost some since it ended;
    none before education ends."""
    fade = parameters["transferable.fade"]
    taught = (1.0 - parameters["transferable.course"]) ** parameters["transferable.usual_courses"]
    kept = (1.0 - parameters["transferable.gain"]) * taught
    rows = np.flatnonzero(people.stage == Stage.OUT)
    ended = people.left_education[rows]
    left = np.where(ended == NEVER, people.birth_month[rows] + ADULT, ended)
    years = np.maximum(month - left.astype(np.float64), 0.0) / MONTHS
    idle = np.minimum(np.maximum(month - people.since[rows].astype(np.float64), 0.0) / MONTHS, years)
    works = people.labour[rows] == Labour.EMPLOYED
    base = schooled(parameters, levels)[people.level[rows]]
    skill = 1.0 - (1.0 - base) * kept ** np.where(works, years, years - idle)
    skill[~works] *= (1.0 - fade) ** idle[~works]
    people.transferable[...] = 0
    people.transferable[rows] = np.rint(FULL * skill).astype(np.uint8)

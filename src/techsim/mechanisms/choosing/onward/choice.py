"""Gathering for the onward choice: the arrays that the kernel needs, made from tables, parameters and hooks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from techsim.data.education import COLUMNS, DESTINATIONS, DIPLOMAS, LEVELS_OF_CHOICE, ORIGINS
from techsim.mechanisms.choosing.encouragement import image
from techsim.mechanisms.choosing.onward.kernels import Weights, choose_onward
from techsim.mechanisms.choosing.prospects import relative_prospects, unemployment_change
from techsim.mechanisms.world import World
from techsim.population.events import SWITCH
from techsim.population.states import Profile

UP = {
    "vmbo_gl": ("havo",),
    "vmbo_tl": ("havo",),
    "havo": ("vwo",),
    "mbo4": ("hbo",),
    "hbo": ("wo_master",),
}
"""Moves up that are not the common way on, by diploma (K3)."""
PREPARES_FOR = {
    "mbo2": "mbo2",
    "mbo3": "mbo3",
    "mbo4": "mbo4",
    "havo": "hbo",
    "vwo": "wo_bachelor",
    "hbo": "hbo",
    "wo_bachelor": "wo_bachelor",
    "wo_master": "wo_master",
}
"""The column that a diploma prepares for, or that it ends; vmbo and mbo1 lead to several levels of mbo."""
DOWN = {diploma: COLUMNS[: COLUMNS.index(column)] for diploma, column in PREPARES_FOR.items()}
"""Moves down, by diploma: to a column below the one that it prepares for (K3)."""
NEEDS_WISKUNDE_B = ("construction", "metal", "ict")
"""Fields whose wo bachelors ask for wiskunde B (Regeling aanmelding en toelating hoger onderwijs)."""


@dataclass(frozen=True)
class Choices:
    """Onward choices of the people in ``who`` (m,): destination code, field or -1, earlier kind, bbl wanted."""

    who: npt.NDArray[np.int64]
    destination: npt.NDArray[np.int8]
    field: npt.NDArray[np.int8]
    earlier: npt.NDArray[np.int8]
    wants_bbl: npt.NDArray[np.bool_]


@cache
def origin_codes() -> npt.NDArray[np.int8]:
    """Origin of each diploma; int8 (diplomas,)."""

    def origin(diploma: str) -> str:
        return "mbo" if diploma.startswith("mbo") else "wo" if diploma.startswith("wo") else diploma

    return np.array([ORIGINS.index(origin(d)) for d in DIPLOMAS], dtype=np.int8)


@cache
def level_of_destination() -> npt.NDArray[np.int8]:
    """Row of the field shares for each destination, -1 where it has no field; int8 (destinations,)."""

    def level(destination: str) -> int:
        if destination not in COLUMNS:
            return -1
        return LEVELS_OF_CHOICE.index("wo" if destination.startswith("wo") else destination)

    return np.array([level(d) for d in DESTINATIONS], dtype=np.int8)


@cache
def steps() -> npt.NDArray[np.int8]:
    """Where a destination lies from a diploma: 1 up, -1 down, 0 the common way; int8 (diplomas, destinations)."""
    return np.array(
        [[(k in UP.get(d, ())) - (k in DOWN.get(d, ())) for k in DESTINATIONS] for d in DIPLOMAS], dtype=np.int8
    )


def earlier_kind(world: World, who: npt.NDArray[np.int64]) -> npt.NDArray[np.int8]:
    """Whether the earlier choice was technical: the profile, or the field of a diploma after vo; int8 (m,)."""
    people, dims = world.people, world.tables.dimensions
    after_vo = people.field[who] != dims.general
    by_field = dims.field_technical[np.where(after_vo, people.field[who], dims.general)]
    technical = np.where(after_vo, by_field, people.profile[who] == Profile.TECHNICAL)
    return technical.astype(np.int8)


def weights(world: World) -> Weights:
    """The parameters of the choice under this month's cost of switching, which is another in each region."""
    p = world.parameters
    cost = p["switching.cost"] * (1.0 - p["switching.relief"] * world.hooks["switching.courses"])
    return Weights(
        switch_penalty=p["switching.cost_weight"] * (cost - 1.0),
        down_penalty=p["switching.cost_weight_down"] * (cost - 1.0),
        ability=p["onward.ability_weight"],
        age=p["onward.age_weight"],
        unemployment=p["onward.unemployment_weight"],
        route_onward=p["technologieroute.onward"],
        route_technical=p["technologieroute.technical"],
        affinity=p["followup.affinity_weight"],
        guidance=p["followup.guidance_weight"],
        barrier=p["switching.wiskunde_b_barrier"] * cost,
        persistence=p["onward.field_persistence"],
    )


def choose(world: World, who: npt.NDArray[np.int64]) -> Choices:
    """Let ``who`` choose where to go; nothing of the people is written."""
    people, dims, education, p = world.people, world.tables.dimensions, world.tables.education, world.parameters
    fields = dims.field[:-1]
    needs = np.zeros((len(DESTINATIONS), len(fields)), dtype=np.bool_)
    needs[DESTINATIONS.index("wo_bachelor")] = [f in NEEDS_WISKUNDE_B for f in fields]
    earlier = earlier_kind(world, who)
    destination = np.empty(who.size, dtype=np.int8)
    field = np.empty(who.size, dtype=np.int8)
    wants_bbl = np.empty(who.size, dtype=np.bool_)
    choose_onward(
        seed=world.seed,
        month=world.month,
        who=who,
        ids=people.id,
        birth_month=people.birth_month,
        sex=people.sex,
        region=people.region,
        ability=people.ability,
        affinity=people.affinity,
        flags=people.flags,
        diploma=people.diploma,
        earlier=earlier,
        field=people.field,
        onward=education.onward,
        step=steps(),
        origin_of=origin_codes(),
        intercept=world.schools.followup_intercept,
        level_of=level_of_destination(),
        kind_shift=education.kind_shift,
        field_shares=education.field_shares,
        technical=dims.field_technical[:-1],
        needs_wiskunde_b=needs,
        prospects=p["followup.prospects_weight"] * relative_prospects(world),
        guidance=world.hooks["guidance.reach"] - world.schools.guidance_reference,
        image=image(world, p["followup.image_weight"], p["followup.prospects_weight"]),
        bbl_shares=education.bbl_shares,
        unemployment=unemployment_change(world),
        w=weights(world),
        destination=destination,
        chosen_field=field,
        wants_bbl=wants_bbl,
    )
    return Choices(who, destination, field, earlier, wants_bbl)


def switched(world: World, choices: Choices) -> npt.NDArray[np.int64]:
    """Rows of those who went up beyond the common way or into the other kind of field: whom bridging courses serve."""
    up = steps()[world.people.diploma[choices.who], choices.destination] > 0
    technical = world.tables.dimensions.field_technical[np.maximum(choices.field, 0)]
    sideways = (choices.field >= 0) & (technical != (choices.earlier == 1))
    rows: npt.NDArray[np.int64] = choices.who[up | sideways]
    return rows


def note_switchers(world: World, rows: npt.NDArray[np.int64]) -> None:
    """Count this month's switchers by region."""
    world.note(SWITCH, rows, world.people.region[rows])
    regions = world.tables.dimensions.size("region")
    counted = np.bincount(world.people.region[rows], minlength=regions)
    world.schools.switchers = world.schools.switchers + counted

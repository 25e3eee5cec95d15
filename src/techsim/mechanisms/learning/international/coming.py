"""L7, who comes this September: applicants answer scholarships, places taught in English limit them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from techsim.data.demography import EVIDENCE_END
from techsim.data.international import CYCLES
from techsim.mechanisms.learning.state import Floats
from techsim.mechanisms.world import World

KINDS = ("other", "technical")
SCHOLARSHIPS = ("international.scholarships_other", "international.scholarships_technical")
ENGLISH = {
    "bachelor": ("international.english_bachelor_other", "international.english_bachelor_technical"),
    "master": ("international.english_master_other", "international.english_master_technical"),
}
"""Hooks, in the order of ``KINDS``."""
"""Kinds of field by code, as hooks and counts name them."""
LEAST_COST = 0.05
"""Share of the first year's costs below which a scholarship changes nothing more."""


@dataclass(frozen=True)
class Coming:
    """entrants : persons, (INTO, fields, sexes, backgrounds, regions). recipients : of scholarships, (kinds, regions);
    those who would have come anyhow are among them."""

    entrants: Floats
    recipients: Floats


def response(*, usual: Floats, offered: Floats, amount: Floats, cost: float, elasticity: float) -> Floats:
    """Factor on the applicants, (1 - q a / c) ** -eta with q = min(1, offered / usual): the chance by last years'
    numbers of getting one (L7); all (...,)."""
    chance = np.minimum(offered / np.maximum(usual, 1e-9), 1.0)
    left = np.maximum(1.0 - chance * amount / cost, LEAST_COST)
    return np.asarray(left**-elasticity)


def admitted(*, wanting: Floats, places: Floats, english: Floats) -> Floats:
    """Factor on the applicants, 1 - e (1 - min(1, P / (e N))): who needs a place taught in English finds one or stays
    away (L7); all (...,)."""
    found = np.minimum(places / np.maximum(english * wanting, 1e-9), 1.0)
    return np.asarray(1.0 - english * (1.0 - found))


def coming(world: World) -> Coming:
    """This year's entrants and recipients."""
    table, p, hooks = world.tables.international, world.parameters, world.hooks
    kind_of = world.tables.dimensions.field_technical[:-1].astype(np.int64)
    outlook = p["demography.immigration_outlook"] if world.month >= EVIDENCE_END else 1.0
    wanting = outlook * table.entrants[table.at(world.month)]
    usual = by_kind(wanting, kind_of).sum(axis=0)
    share = usual / np.maximum(usual.sum(axis=1, keepdims=True), 1e-9)
    offered = share * np.stack([hooks[name] for name in SCHOLARSHIPS])
    factor = response(
        usual=usual,
        offered=offered,
        amount=hooks["international.scholarship_amount"],
        cost=p["international.first_year_cost"],
        elasticity=p["international.price_elasticity"],
    )
    wanting = wanting * factor[kind_of][:, None, None, :]
    open_places = np.stack([np.stack([hooks[name] for name in ENGLISH[cycle]]) for cycle in CYCLES])
    limit = admitted(
        wanting=by_kind(wanting, kind_of),
        places=(1.0 + p["international.spare_places"]) * table.needed[table.at(world.month)] * open_places[table.cycle],
        english=table.english[:, None, None],
    )
    entrants = wanting * limit[:, kind_of][:, :, None, None, :]
    return Coming(entrants, np.minimum(offered, by_kind(entrants, kind_of).sum(axis=0)))


def by_kind(entrants: Floats, kind_of: np.ndarray) -> Floats:
    """Sums over the fields of each kind, sexes and backgrounds; (INTO, kinds, regions)."""
    cells = entrants.sum(axis=(2, 3))
    return np.stack([cells[:, kind_of == kind].sum(axis=1) for kind in range(len(KINDS))], axis=1)

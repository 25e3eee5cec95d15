"""Technologieroute vmbo-mbo (Sterk Techniekonderwijs): more vmbo pupils follow a continuous learning line (K4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import numpy as np
from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.population.clock import MONTHS
from techsim.scenario.values import Number

if TYPE_CHECKING:
    from techsim.levers.base import Values


class TechnologierouteFields(LeverFields):
    """Fields of ``technologieroute``."""

    volume: Annotated[float, Number(0, 1)] = Field(
        default=0.1,
        description="Share of the vmbo pupils who choose a sector, in schools that take part, on the route beyond "
        "those who take it anyway.",
        json_schema_extra={
            "unit": "share of pupils",
            "source": "assumption: the number of participants is limited (seed 2.1.6)",
        },
    )
    unit_cost: Annotated[float, Number(0, 20_000)] = Field(
        default=500.0,
        description="Public money per pupil on the route in a year.",
        json_schema_extra={
            "unit": "euro per pupil a year",
            "source": "arithmetic: figures sterk_techniekonderwijs, 100 mln EUR a year, over 201,566 pupils in "
            "vmbo 3-4 (public figures P0081) = 496; assumption: as much per pupil on the route",
        },
    )


def effect(fields: TechnologierouteFields, strength: Values) -> tuple[Change, ...]:
    """More vmbo pupils enter the route, per region."""
    return (Change("technologieroute.coverage", "add", fields.volume * strength),)


def cost(fields: TechnologierouteFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """A twelfth of the yearly cost, of the upper vmbo pupils in the programme.

    min(volume x strength x pupils, pupils not on the route anyway): nobody is on it, and paid for, twice. Pupils who
    entered before an end of the lever finish their route unpaid; pupils of the first year of the lever are paid for
    from its first month, though they enter in September.
    """
    wanted = fields.volume * strength * counts["vmbo_upper_pupils"]
    pupils = float(np.minimum(wanted, counts["vmbo_upper_pupils_off_route"]).sum())
    return {"technologieroute": pupils * fields.unit_cost / MONTHS}


LEVER = LeverType(
    name="technologieroute",
    doc="Continuous learning lines vmbo-mbo (technologieroute, Sterk Techniekonderwijs) take in more vmbo pupils.",
    mechanisms=("K4",),
    hooks=("technologieroute.coverage",),
    fields=TechnologierouteFields,
    side_effects=(
        "pupils won for technology are lost to other fields (W6)",
        "more technical entrants meet the limits of places in mbo",
    ),
    items=("technologieroute",),
    counts=("vmbo_upper_pupils", "vmbo_upper_pupils_off_route"),
    effect=effect,
    cost=cost,
)

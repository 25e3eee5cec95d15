"""Intake capacity: limits on places (numerus fixus) in technical programmes are lifted, for a price (L2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.population.clock import MONTHS
from techsim.scenario.values import Number

if TYPE_CHECKING:
    from techsim.levers.base import Values


class IntakeCapacityFields(LeverFields):
    """Fields of ``intake_capacity``."""

    volume: Annotated[float, Number(0, 1)] = Field(
        default=0.1,
        description="Places added, as a share of the students whom teachers can teach at the ratio of the start.",
        json_schema_extra={"unit": "share of places", "source": "assumption: one in ten"},
    )
    unit_cost: Annotated[float, Number(0, 100_000)] = Field(
        default=4_000.0,
        description="Public money per place added (rooms, laboratories), filled or not, per year.",
        json_schema_extra={
            "unit": "euro per place a year",
            "source": "assumption: some third of what government pays for a technical student in wo or hbo; verify",
        },
    )


def effect(fields: IntakeCapacityFields, strength: Values) -> tuple[Change, ...]:
    """More students per teacher are taken in, per region; mbo as well as hbo and wo."""
    return (Change("teachers.max_stretch", "add", fields.volume * strength),)


def cost(fields: IntakeCapacityFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """A twelfth of the yearly price of the places of mbo, hbo and wo, also of those that nobody asks for."""
    places = float((fields.volume * strength * counts["technical_capacity"]).sum())
    return {"places": places * fields.unit_cost / MONTHS}


LEVER = LeverType(
    name="intake_capacity",
    doc="Intake capacity: limits on places (numerus fixus) in technical programmes are lifted.",
    mechanisms=("L2",),
    hooks=("teachers.max_stretch",),
    fields=IntakeCapacityFields,
    side_effects=(
        "more students per teacher: quality falls, more drop out or finish later",
        "deadweight: where places do not bind, nothing changes and the places are paid for",
        "students won for technology are lost to other fields (W6)",
    ),
    items=("places",),
    counts=("technical_capacity",),
    effect=effect,
    cost=cost,
)

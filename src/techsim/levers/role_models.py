"""Girls and female role models (VHTO, Girlsday) in vo (K2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.population.clock import MONTHS
from techsim.scenario.values import Number

if TYPE_CHECKING:
    from techsim.levers.base import Values


class RoleModelsFields(LeverFields):
    """Fields of ``role_models``."""

    volume: Annotated[float, Number(0, 1)] = Field(
        default=0.3,
        description="Share of girls in vo, in schools that take part, whom role models reach beyond those reached by "
        "guidance.",
        json_schema_extra={
            "unit": "share of girls",
            "source": "assumption: some 30 %, twice the gain in reach of guidance 2013-2016",
        },
    )
    unit_cost: Annotated[float, Number(0, 2000)] = Field(
        default=15.0,
        description="Public money per girl reached in a year.",
        json_schema_extra={
            "unit": "euro per girl a year",
            "source": "assumption: half as much again as guidance (career_guidance, 10 EUR), as role models travel to "
            "schools",
        },
    )


def effect(fields: RoleModelsFields, strength: Values) -> tuple[Change, ...]:
    """More girls reached, per region; boys are left alone."""
    return (Change("role_models.girls", "add", fields.volume * strength),)


def cost(fields: RoleModelsFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """A twelfth of the yearly cost of the girls in the programme, also of those who would have chosen technology."""
    girls = float((fields.volume * strength * counts["vo_girls"]).sum())
    return {"role_models": girls * fields.unit_cost / MONTHS}


LEVER = LeverType(
    name="role_models",
    doc="Female role models (VHTO, Girlsday) meet girls in vo before they choose.",
    mechanisms=("K2",),
    hooks=("role_models.girls",),
    fields=RoleModelsFields,
    side_effects=(
        "girls won for technology are lost to care and education above all (W6)",
        "girls won draw other girls of their region in later years (peers)",
        "deadweight: girls who would have chosen technology anyway are reached and paid for too",
    ),
    items=("role_models",),
    counts=("vo_girls",),
    effect=effect,
    cost=cost,
)

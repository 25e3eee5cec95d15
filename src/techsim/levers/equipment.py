"""Investment in equipment and infrastructure of technical education: what is taught follows technology faster (L6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.population.clock import MONTHS
from techsim.scenario.values import Number

if TYPE_CHECKING:
    from techsim.levers.base import Values


class EquipmentFields(LeverFields):
    """Fields of ``equipment``."""

    volume: Annotated[float, Number(0, 5)] = Field(
        default=0.5,
        description="Investment in equipment beyond the usual, as a share of it, in schools that take part.",
        json_schema_extra={"unit": "share of the usual", "source": "assumption: half as much again"},
    )
    unit_cost: Annotated[float, Number(0, 20_000)] = Field(
        default=600.0,
        description="Public money per technical student in a year for as much again as the usual investment.",
        json_schema_extra={
            "unit": "euro per student a year",
            "source": "assumption: usual investment in equipment of technical education, some 7 % of about EUR 9,000 "
            "a student",
        },
    )


def effect(fields: EquipmentFields, strength: Values) -> tuple[Change, ...]:
    """More investment, per region."""
    return (Change("curriculum.equipment", "add", fields.volume * strength),)


def cost(fields: EquipmentFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """A twelfth of the yearly cost, of the technical students of mbo, hbo and wo."""
    students = float((fields.volume * strength * counts["technical_students"]).sum())
    return {"equipment": students * fields.unit_cost / MONTHS}


LEVER = LeverType(
    name="equipment",
    doc="Investment in equipment and infrastructure brings what technical education teaches nearer to the frontier.",
    mechanisms=("L6",),
    hooks=("curriculum.equipment",),
    fields=EquipmentFields,
    side_effects=(
        "diminishing returns: teachers and curricula must follow",
        "the gain fades when the money ends, as technology moves on",
        "better skills move technicians into technical work, away from other work (W6)",
    ),
    items=("equipment",),
    counts=("technical_students",),
    effect=effect,
    cost=cost,
)

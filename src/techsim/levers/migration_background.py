"""Pupils with a migration background (JINC): visits to firms, coaching by people who work (K2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.population.clock import MONTHS
from techsim.scenario.values import Number

if TYPE_CHECKING:
    from techsim.levers.base import Values


class MigrationBackgroundFields(LeverFields):
    """Fields of ``migration_background``."""

    volume: Annotated[float, Number(0, 1)] = Field(
        default=0.3,
        description="Share of pupils with a migration background in vo, in schools that take part, reached "
        "beyond those reached by guidance.",
        json_schema_extra={
            "unit": "share of pupils",
            "source": "assumption: JINC works in some ten cities, where most of these pupils live",
        },
    )
    unit_cost: Annotated[float, Number(0, 2000)] = Field(
        default=60.0,
        description="Public money per pupil reached in a year.",
        json_schema_extra={
            "unit": "euro per pupil a year",
            "source": "assumption: visits and coaching in small groups; JINC some 20 mln EUR for some "
            "70,000 projects of "
            "pupils a year, part of it private, from memory",
        },
    )


def effect(fields: MigrationBackgroundFields, strength: Values) -> tuple[Change, ...]:
    """More pupils with a migration background reached, per region; others are left alone."""
    return (Change("role_models.migration", "add", fields.volume * strength),)


def cost(fields: MigrationBackgroundFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """A twelfth of the yearly cost of the pupils in the programme."""
    pupils = float((fields.volume * strength * counts["vo_migration_pupils"]).sum())
    return {"coaching": pupils * fields.unit_cost / MONTHS}


LEVER = LeverType(
    name="migration_background",
    doc="Pupils with a migration background meet technical firms and coaches (JINC) before they choose.",
    mechanisms=("K2",),
    hooks=("role_models.migration",),
    fields=MigrationBackgroundFields,
    side_effects=(
        "pupils won for technology are lost to other fields, care and education among them (W6)",
        "advice at twelve stays as low as it is: the lever acts after placement",
        "deadweight: pupils who would have chosen technology anyway are reached and paid for too",
    ),
    items=("coaching",),
    counts=("vo_migration_pupils",),
    effect=effect,
    cost=cost,
)

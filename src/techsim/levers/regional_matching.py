"""Skills-based regional matching (UWV): employers and job seekers see skills beside diplomas (W2, W5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.population.clock import MONTHS
from techsim.scenario.values import Number

if TYPE_CHECKING:
    from techsim.levers.base import Values


class RegionalMatchingFields(LeverFields):
    """Fields of ``regional_matching``."""

    volume: Annotated[float, Number(0, 1)] = Field(
        default=0.2,
        description="Share of the unemployed, in regions that take part, whose skills are shown.",
        json_schema_extra={
            "unit": "share of the unemployed",
            "source": "assumption: one in five",
        },
    )
    unit_cost: Annotated[float, Number(0, 20000)] = Field(
        default=600.0,
        description="Public money per unemployed person in the programme in a year.",
        json_schema_extra={
            "unit": "euro per person a year",
            "source": "assumption: some ten hours of an adviser and a test of skills",
        },
    )


def effect(fields: RegionalMatchingFields, strength: Values) -> tuple[Change, ...]:
    """More of the unemployed with their skills shown, per region where they live."""
    return (Change("matching.skills", "add", fields.volume * strength),)


def cost(fields: RegionalMatchingFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """A twelfth of the yearly cost of the unemployed in the programme, also of those who find work by themselves."""
    seekers = float((fields.volume * strength * counts["unemployed"]).sum())
    return {"skills_profiles": seekers * fields.unit_cost / MONTHS}


LEVER = LeverType(
    name="regional_matching",
    doc="Employment offices of the regions (UWV) show what job seekers can do beside their "
    "diplomas, across occupations.",
    mechanisms=(
        "W2",
        "W5",
    ),
    hooks=("matching.skills",),
    fields=RegionalMatchingFields,
    side_effects=(
        "technicians see jobs outside technology, too: leakage may rise as well as fall",
        "those helped go before others in the queue: displacement of other seekers",
        "seekers of care and education who find technical work are missed there (W6)",
    ),
    items=("skills_profiles",),
    counts=("unemployed",),
    effect=effect,
    cost=cost,
)

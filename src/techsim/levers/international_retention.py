"""Retention of international graduates: orientation on work, language and career programmes; more of them stay (L7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.scenario.values import Number

if TYPE_CHECKING:
    from techsim.levers.base import Values


class InternationalRetentionFields(LeverFields):
    """Fields of ``international_retention``."""

    volume: Annotated[float, Number(0, 1)] = Field(
        default=0.5,
        description="Share of international graduates reached.",
        json_schema_extra={"unit": "share of graduates", "source": "assumption: every other one"},
    )
    unit_cost: Annotated[float, Number(0, 100_000)] = Field(
        default=1_500.0,
        description="Public money per graduate reached, whether he or she stays or not.",
        json_schema_extra={"unit": "euro per graduate", "source": "assumption: a language course and some guidance"},
    )


def effect(fields: InternationalRetentionFields, strength: Values) -> tuple[Change, ...]:
    """Share of graduates reached, per region; what it does to them is parameter ``international.retention``."""
    return (Change("international.stay", "add", fields.volume * strength),)


def cost(fields: InternationalRetentionFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """Everyone reached, in the month in which they decide."""
    reached = float((fields.volume * strength * counts["international_graduates"]).sum())
    return {"retention": reached * fields.unit_cost}


LEVER = LeverType(
    name="international_retention",
    doc="Orientation on work, language and career programmes: more international graduates stay.",
    mechanisms=("L7",),
    hooks=("international.stay",),
    fields=InternationalRetentionFields,
    side_effects=(
        "deadweight: graduates who would have stayed are paid for too",
        "graduates of all fields stay, not only those of technical ones",
    ),
    items=("retention",),
    counts=("international_graduates",),
    effect=effect,
    cost=cost,
)

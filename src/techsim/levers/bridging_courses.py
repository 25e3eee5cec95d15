"""Bridging courses for switchers (schakelprogramma's): switching becomes simple and cheap (K3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.scenario.values import Number

if TYPE_CHECKING:
    from techsim.levers.base import Values


class BridgingCoursesFields(LeverFields):
    """Fields of ``bridging_courses``."""

    volume: Annotated[float, Number(0, 1)] = Field(
        default=0.5,
        description="Share of switchers, in regions and schools that take part, for whom there is a course.",
        json_schema_extra={
            "unit": "share of switchers",
            "source": "assumption: half",
        },
    )
    unit_cost: Annotated[float, Number(0, 50000)] = Field(
        default=1500.0,
        description="Public money per switcher who takes a course.",
        json_schema_extra={
            "unit": "euro per course",
            "source": "assumption: a summer course or half a year beside school, as part of a year of hbo "
            "at some 8,000 EUR",
        },
    )


def effect(fields: BridgingCoursesFields, strength: Values) -> tuple[Change, ...]:
    """Share of switchers with a course, per region; what it does to their cost is parameter ``switching.relief``."""
    return (Change("switching.courses", "add", fields.volume * strength),)


def cost(fields: BridgingCoursesFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """Courses of those who switched this month, also of those who would have switched without."""
    courses = float((fields.volume * strength * counts["switchers"]).sum())
    return {"courses": courses * fields.unit_cost}


LEVER = LeverType(
    name="bridging_courses",
    doc="Bridging courses lower the cost in time and money of switching up or into another kind of field.",
    mechanisms=("K3",),
    hooks=("switching.courses",),
    fields=BridgingCoursesFields,
    side_effects=(
        "switching out of technology and moves down become easier, too",
        "who goes on to a higher level works years later: fewer mbo technicians, more of hbo and wo",
        "deadweight: those who would have switched anyway take courses too",
    ),
    items=("courses",),
    counts=("switchers",),
    effect=effect,
    cost=cost,
)

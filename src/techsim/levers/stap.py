"""Personal learning budget (STAP): people get a course paid, first come, first served, as long as money lasts (W4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import numpy as np
from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.scenario.values import Number

if TYPE_CHECKING:
    from techsim.levers.base import Values


class StapFields(LeverFields):
    """Fields of ``stap``."""

    volume: Annotated[float, Number(0, 5_000_000)] = Field(
        default=150_000.0,
        description="Budgets a year, were all regions to get as much as these, for which there is money at `unit_cost` "
        "each; what is left of a month is kept.",
        json_schema_extra={
            "unit": "budgets a year",
            "source": "figures stap_people: 100,000 to 200,000 people a year",
        },
    )
    coverage: Annotated[float, Number(0, 1)] = Field(
        default=1.0,
        description="Share of the people whom the budget reaches.",
        json_schema_extra={"unit": "share of people"},
    )
    unit_cost: Annotated[float, Number(0, 20_000)] = Field(
        default=1_000.0,
        description="Public money for a course at most.",
        json_schema_extra={
            "unit": "euro per budget",
            "source": "figures stap_budget: EUR 1,000 to 2,000; public_figures P1221",
        },
    )


def effect(fields: StapFields, strength: Values) -> tuple[Change, ...]:
    """Budgets are open to a share of people by region, and the year's money is there."""
    is_open = strength if fields.volume > 0.0 else np.zeros_like(strength)
    here = (is_open > 0.0).astype(np.float64)
    a_year = fields.volume * fields.unit_cost * here
    return (
        Change("training.stap_open", "max", is_open),
        Change("training.stap_amount", "max", here * fields.unit_cost),
        Change("training.stap_budget", "add", a_year),
    )


def cost(fields: StapFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """The budgets granted, in regions where they are open."""
    here = (fields.volume * strength > 0.0).astype(np.float64)
    return {"budgets": float((here * counts["stap_euro"]).sum())}


LEVER = LeverType(
    name="stap",
    doc="Personal learning budget (STAP): whoever wants to learn gets a course paid, first come, first served.",
    mechanisms=("W4",),
    hooks=("training.stap_open", "training.stap_amount", "training.stap_budget"),
    fields=StapFields,
    side_effects=(
        "deadweight: courses that people, employers or funds would have paid for",
        "who wants to learn most anyway, the higher educated, asks most",
        "most courses add nothing to technical skills",
    ),
    items=("budgets",),
    counts=("stap_euro",),
    effect=effect,
    cost=cost,
    alone="training.stap_open",
)

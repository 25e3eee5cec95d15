"""Training subsidy for small and medium employers (SLIM, MKB!dee): a share of the price, advice, culture (W4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import numpy as np
from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.scenario.values import Number

if TYPE_CHECKING:
    from techsim.levers.base import Values


class SlimFields(LeverFields):
    """Fields of ``slim``."""

    volume: Annotated[float, Number(0, 5_000_000)] = Field(
        default=76_000.0,
        description="Workers a year, were all regions to get as much as these, for whose course there is money at "
        "`unit_cost` each.",
        json_schema_extra={
            "unit": "workers a year",
            "source": "arithmetic: figures sme_learning_culture, EUR 48 mln a year (P1438), at unit_cost",
        },
    )
    coverage: Annotated[float, Number(0, 1)] = Field(
        default=0.35,
        description="Share of the small and medium employers whom the subsidy reaches.",
        json_schema_extra={
            "unit": "share of employers",
            "source": "assumption: three in ten applications are granted (P1442), MKB!dee besides",
        },
    )
    rate: Annotated[float, Number(0, 1)] = Field(
        default=0.7,
        description="Share of the price of a course that is paid.",
        json_schema_extra={
            "unit": "share of the price",
            "source": "public_figures P1233: 80 and 60 %",
        },
    )
    unit_cost: Annotated[float, Number(0, 25_000)] = Field(
        default=630.0,
        description="Public money set aside per worker; what is paid is `rate` times the price of a course.",
        json_schema_extra={
            "unit": "euro per worker",
            "source": "arithmetic: rate x price of a course (parameter training.price)",
        },
    )


def effect(fields: SlimFields, strength: Values) -> tuple[Change, ...]:
    """The subsidy is open to a share of employers by region, and the year's money is there."""
    is_open = strength if fields.volume > 0.0 else np.zeros_like(strength)
    here = (is_open > 0.0).astype(np.float64)
    a_year = fields.volume * fields.unit_cost * here
    return (
        Change("training.slim_open", "max", is_open),
        Change("training.slim_rate", "max", here * fields.rate),
        Change("training.slim_budget", "add", a_year),
    )


def cost(fields: SlimFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """The subsidies granted, in regions where they are open."""
    here = (fields.volume * strength > 0.0).astype(np.float64)
    return {"subsidy": float((here * counts["slim_euro"]).sum())}


LEVER = LeverType(
    name="slim",
    doc="Training subsidy for small and medium employers (SLIM, MKB!dee): a share of the price, and advice.",
    mechanisms=("W4",),
    hooks=("training.slim_open", "training.slim_rate", "training.slim_budget"),
    fields=SlimFields,
    side_effects=(
        "deadweight: courses that employers would have paid for",
        "workers with skills that others want are hired away",
    ),
    items=("subsidy",),
    counts=("slim_euro",),
    effect=effect,
    cost=cost,
    alone="training.slim_open",
)

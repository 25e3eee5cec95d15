"""Seed money for public-private partnerships (RIF; CIV and Centres of expertise): more are started (L5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.scenario.values import Number

if TYPE_CHECKING:
    from techsim.levers.base import Values


class PartnershipFundingFields(LeverFields):
    """Fields of ``partnership_funding``."""

    volume: Annotated[float, Number(0, 500)] = Field(
        default=26.0,
        description="Partnerships a year that the money can start if all regions take part, beyond those of history's "
        "schemes; regions get their share of technical students.",
        json_schema_extra={
            "unit": "partnerships a year",
            "source": "arithmetic: public figures P1154, EUR 25 mln a year (from memory), at unit_cost",
        },
    )
    unit_cost: Annotated[float, Number(0, 20_000_000)] = Field(
        default=950_000.0,
        description="Public money for one partnership over its four years, booked when it starts.",
        json_schema_extra={
            "unit": "euro per partnership",
            "source": "assumption: as parameter partnerships.grant: EUR 25 mln a year (public figures P1154) and about "
            "150 partnerships of mbo in 2019 (figures partnerships)",
        },
    )
    mbo_share: Annotated[float, Number(0, 1)] = Field(
        default=0.5,
        description="Share of the money for mbo; the rest is for hbo and wo.",
        json_schema_extra={
            "unit": "share of the money",
            "source": "assumption: half of the partnerships of 2019 were of mbo (figures partnerships)",
        },
    )


def effect(fields: PartnershipFundingFields, strength: Values) -> tuple[Change, ...]:
    """More seed money on offer, per region and level group."""
    a_year = fields.volume * strength
    return (
        Change("partnerships.seed_mbo", "add", fields.mbo_share * a_year),
        Change("partnerships.seed_hbo_wo", "add", (1.0 - fields.mbo_share) * a_year),
    )


def cost(fields: PartnershipFundingFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """The whole grant of every partnership that starts, in the month in which it starts; money without takers is kept.

    Partnerships per partnership on offer, times what this lever offers: so several levers of the kind share them out.
    """
    a_year = fields.volume * strength
    mbo = (fields.mbo_share * a_year * counts["partnership_seed_use_mbo"]).sum()
    higher = ((1.0 - fields.mbo_share) * a_year * counts["partnership_seed_use_hbo_wo"]).sum()
    return {"seed_money_mbo": float(mbo) * fields.unit_cost, "seed_money_hbo_wo": float(higher) * fields.unit_cost}


LEVER = LeverType(
    name="partnership_funding",
    doc="Seed money (RIF, CIV, Centres of expertise) starts public-private partnerships of schools and firms.",
    mechanisms=("L5",),
    hooks=("partnerships.seed_mbo", "partnerships.seed_hbo_wo"),
    fields=PartnershipFundingFields,
    side_effects=(
        "many don't go on when the money ends, more so in a slump",
        "deadweight: plans that history's money or firms would have paid for",
        "more money than plans finds no takers",
    ),
    items=("seed_money_mbo", "seed_money_hbo_wo"),
    counts=("partnership_seed_use_mbo", "partnership_seed_use_hbo_wo"),
    effect=effect,
    cost=cost,
)

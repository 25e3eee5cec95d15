"""Pay and image of technical work: technicians earn more, and a campaign shows what they do (K2, K3, W2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.population.clock import MONTHS
from techsim.scenario.values import Number

if TYPE_CHECKING:
    from techsim.levers.base import Values


class PayAndImageFields(LeverFields):
    """Fields of ``pay_and_image``."""

    volume: Annotated[float, Number(0, 1)] = Field(
        default=1.0,
        description="Share of employers of technicians, and of schools, that take part.",
        json_schema_extra={
            "unit": "share",
            "source": "assumption: all, as collective agreements bind whole branches",
        },
    )
    pay: Annotated[float, Number(0, 0.5)] = Field(
        default=0.02,
        description="Rise of technical pay beyond the market's at employers that take part.",
        json_schema_extra={
            "unit": "share of the wage",
            "source": "assumption: two percent, a tenth of the spread of pay between groups",
        },
    )
    public_share: Annotated[float, Number(0, 1)] = Field(
        default=0.5,
        description="Part of the rise that the state pays; employers bear the rest, and want fewer technicians for it.",
        json_schema_extra={
            "unit": "share",
            "source": "assumption: half",
        },
    )
    image: Annotated[float, Number(0, 1)] = Field(
        default=0.3,
        description="Share of pupils and students of schools that take part whom a campaign reaches.",
        json_schema_extra={
            "unit": "share of pupils",
            "source": "assumption: as role_models",
        },
    )
    unit_cost: Annotated[float, Number(0, 1000)] = Field(
        default=5.0,
        description="Public money per pupil in vo whom the campaign reaches in a year.",
        json_schema_extra={
            "unit": "euro per pupil a year",
            "source": "assumption: half of guidance (career_guidance, 10 EUR), as nobody comes in person",
        },
    )


def effect(fields: PayAndImageFields, strength: Values) -> tuple[Change, ...]:
    """Pay that choosers and seekers see, what employers bear of it, and the campaign, per region."""
    share = fields.volume * strength
    return (
        Change("pay.technical", "add", fields.pay * share),
        Change("pay.employers", "add", (1.0 - fields.public_share) * fields.pay * share),
        Change("image.reach", "add", fields.image * share),
    )


def cost(fields: PayAndImageFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """The state's part of the wages of the month, of all technicians at employers that take part, and the campaign."""
    share = fields.volume * strength
    return {
        "wages": float((share * counts["technical_wages"]).sum()) * fields.pay * fields.public_share,
        "campaign": float((share * counts["vo_pupils"]).sum()) * fields.image * fields.unit_cost / MONTHS,
    }


LEVER = LeverType(
    name="pay_and_image",
    doc="Technical work is paid more than the market gives, by employers and the state, and a "
    "campaign lifts its image.",
    mechanisms=(
        "K2",
        "K3",
        "W2",
        "W1",
    ),
    hooks=(
        "pay.technical",
        "pay.employers",
        "image.reach",
    ),
    fields=PayAndImageFields,
    side_effects=(
        "deadweight: everyone who is a technician anyway is paid more",
        "employers who bear part of the rise want fewer technicians; what they pay is not in "
        "the ledger of public money",
        "seekers and pupils drawn to technology are missed elsewhere, in care and education too (W6)",
    ),
    items=(
        "wages",
        "campaign",
    ),
    counts=(
        "technical_wages",
        "vo_pupils",
    ),
    effect=effect,
    cost=cost,
)

"""Places taught in English in hbo and wo: fewer, or more, for students from abroad (L7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.scenario.values import Number

if TYPE_CHECKING:
    from techsim.levers.base import Values


class InternationalPlacesFields(LeverFields):
    """Fields of ``international_places``."""

    volume: Annotated[float, Number(-1, 5)] = Field(
        default=-0.4,
        description="First-year places taught in English in bachelors (hbo, wo), more "
        "than without the lever, as a share; negative for fewer.",
        json_schema_extra={
            "unit": "share of places",
            "source": "assumption, after the bill on internationalisation in balance (from memory)",
        },
    )
    technical: Annotated[float, Number(0, 1)] = Field(
        default=1.0,
        description="How much of it holds for technical fields; none if fields short of people are exempt.",
        json_schema_extra={"unit": "share", "source": "assumption: no field is exempt"},
    )
    masters: Annotated[float, Number(0, 1)] = Field(
        default=0.25,
        description="How much of it holds for masters.",
        json_schema_extra={"unit": "share", "source": "assumption: most masters stay in English"},
    )
    unit_cost: Annotated[float, Number(0, 100_000)] = Field(
        default=0.0,
        description="None: what schools get for students is not in the ledger.",
        json_schema_extra={"unit": "euro", "source": "assumption: a rule, which costs no grant"},
    )


def effect(fields: InternationalPlacesFields, strength: Values) -> tuple[Change, ...]:
    """Factors on the places, by column and kind of field, per region."""
    share = fields.volume * strength
    return (
        Change("international.english_bachelor_technical", "multiply", 1.0 + fields.technical * share),
        Change("international.english_bachelor_other", "multiply", 1.0 + share),
        Change("international.english_master_technical", "multiply", 1.0 + fields.masters * fields.technical * share),
        Change("international.english_master_other", "multiply", 1.0 + fields.masters * share),
    )


def cost(fields: InternationalPlacesFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """A rule: nothing is paid."""
    return {"places": 0.0}


LEVER = LeverType(
    name="international_places",
    doc="Places taught in English in hbo and wo: fewer (or more), which limits who comes from abroad.",
    mechanisms=("L7",),
    hooks=(
        "international.english_bachelor_technical",
        "international.english_bachelor_other",
        "international.english_master_technical",
        "international.english_master_other",
    ),
    fields=InternationalPlacesFields,
    side_effects=(
        "more places than applicants bring nobody; by default there are a quarter more than entrants need "
        "(international.spare_places), so that the first cut of a fifth binds nowhere",
        "fewer graduates from abroad stay to work, years later",
        "receipts and costs of schools are not in the ledger",
    ),
    items=("places",),
    counts=(),
    effect=effect,
    cost=cost,
)

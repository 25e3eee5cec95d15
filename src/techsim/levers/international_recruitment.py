"""Recruitment of students from abroad by scholarships: applicants answer them, all who get one are paid (L7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import numpy as np
from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.scenario.values import Number

if TYPE_CHECKING:
    from techsim.levers.base import Values


class InternationalRecruitmentFields(LeverFields):
    """Fields of ``international_recruitment``."""

    volume: Annotated[float, Number(0, 100_000)] = Field(
        default=2_000.0,
        description="Scholarships a year if all regions take part; regions get their share of the entrants from "
        "abroad. How many more come is what applicants make of it (parameter international.price_elasticity).",
        json_schema_extra={
            "unit": "scholarships a year",
            "source": "assumption: a fifth to a quarter of the technical entrants of 2023",
        },
    )
    coverage: Annotated[float, Number(0, 1)] = Field(
        default=1.0,
        description="Share of the scholarships of `volume` that there are.",
        json_schema_extra={"unit": "share of scholarships"},
    )
    other_fields: Annotated[float, Number(0, 1)] = Field(
        default=0.1,
        description="Share of the scholarships for fields that are not technical.",
        json_schema_extra={"unit": "share", "source": "assumption: aimed at technology"},
    )
    unit_cost: Annotated[float, Number(0, 200_000)] = Field(
        default=5_000.0,
        description="The scholarship, once, in the first year: public money for each student who gets one, those who "
        "would have come anyhow among them.",
        json_schema_extra={
            "unit": "euro per scholarship",
            "source": "from memory; verify: Holland Scholarship, 5,000 euro in the first year",
        },
    )


def effect(fields: InternationalRecruitmentFields, strength: Values) -> tuple[Change, ...]:
    """Scholarships on offer, per region."""
    number = fields.volume * strength
    return (
        Change("international.scholarships_technical", "add", (1.0 - fields.other_fields) * number),
        Change("international.scholarships_other", "add", fields.other_fields * number),
        Change("international.scholarship_amount", "max", np.where(number > 0.0, fields.unit_cost, 0.0)),
    )


def cost(fields: InternationalRecruitmentFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """Everyone who gets a scholarship, in the month in which he or she comes."""
    here = fields.volume * strength > 0.0
    paid = counts["scholarships_technical"] + counts["scholarships_other"]
    return {"scholarships": float((here * paid).sum()) * fields.unit_cost}


LEVER = LeverType(
    name="international_recruitment",
    doc="Scholarships for students from abroad: more come, as far as applicants answer them.",
    mechanisms=("L7",),
    hooks=(
        "international.scholarships_technical",
        "international.scholarships_other",
        "international.scholarship_amount",
    ),
    fields=InternationalRecruitmentFields,
    side_effects=(
        "deadweight: most who get a scholarship would have come anyhow",
        "where places taught in English run out nobody more comes, and all are paid",
        "technical places that bind are shared with Dutch applicants: some of these are turned away (L2)",
        "most leave after their studies; budgets of schools for them are not in the ledger",
    ),
    items=("scholarships",),
    counts=("scholarships_technical", "scholarships_other"),
    effect=effect,
    cost=cost,
    alone="international.scholarship_amount",
)

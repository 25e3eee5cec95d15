"""Recruitment of students from abroad: more come, or fewer where English-taught places are cut (L7)."""

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

    volume: Annotated[float, Number(-1, 5)] = Field(
        default=0.1,
        description="Students from abroad who come for technical fields more than without the lever, as a share; "
        "negative for fewer (places taught in English that are cut).",
        json_schema_extra={"unit": "share of entrants from abroad", "source": "assumption: one in ten more"},
    )
    other_fields: Annotated[float, Number(0, 1)] = Field(
        default=0.5,
        description="How much of it holds for fields that are not technical.",
        json_schema_extra={
            "unit": "share",
            "source": "assumption: aimed at technology, it spills over",
        },
    )
    unit_cost: Annotated[float, Number(0, 200_000)] = Field(
        default=5_000.0,
        description="Public money for each student who came because of it, booked when he or she comes.",
        json_schema_extra={
            "unit": "euro per extra student",
            "source": "from memory; verify: Holland Scholarship, 5,000 euro in the first year",
        },
    )


def effect(fields: InternationalRecruitmentFields, strength: Values) -> tuple[Change, ...]:
    """More or fewer who come, per region."""
    share = fields.volume * strength
    return (
        Change("international.technical", "multiply", 1.0 + share),
        Change("international.other", "multiply", 1.0 + fields.other_fields * share),
    )


def cost(fields: InternationalRecruitmentFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """Of those who come the share v / (1 + v) has come because of the lever; fewer students are no receipts."""
    more = np.maximum(fields.volume * strength, 0.0)
    other = fields.other_fields * more
    extra = counts["international_technical"] * more / (1.0 + more)
    extra = extra + counts["international_other"] * other / (1.0 + other)
    return {"recruitment": float(extra.sum()) * fields.unit_cost}


LEVER = LeverType(
    name="international_recruitment",
    doc="Recruitment of students from abroad, or fewer places taught in English.",
    mechanisms=("L7",),
    hooks=("international.technical", "international.other"),
    fields=InternationalRecruitmentFields,
    side_effects=(
        "technical places that bind are shared with Dutch applicants: some of these are turned away (L2)",
        "most leave after their studies; budgets of schools for them are not in the ledger",
    ),
    items=("recruitment",),
    counts=("international_technical", "international_other"),
    effect=effect,
    cost=cost,
)

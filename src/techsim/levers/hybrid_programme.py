"""Hybrid teacher programme: a short certificate, matching, posts, and compensation of wages (L3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.population.clock import MONTHS
from techsim.scenario.values import Number

if TYPE_CHECKING:
    from techsim.levers.base import Values

USUAL_MONTHS = 18.0
"""Duration of the certificate without the programme (figures pdg_duration)."""


class HybridProgrammeFields(LeverFields):
    """Fields of ``hybrid_programme``."""

    volume: Annotated[float, Number(0, 1)] = Field(
        default=0.5,
        description="Share of schools and employers that the programme reaches.",
        json_schema_extra={"unit": "share", "source": "assumption: half"},
    )
    unit_cost: Annotated[float, Number(0, 100_000)] = Field(
        default=9_000.0,
        description="Public money per person who begins the certificate in the programme.",
        json_schema_extra={
            "unit": "euro per person",
            "source": "assumption: tuition of a tailor-made programme; verify",
        },
    )
    pdg_months: Annotated[float, Number(1, 60)] = Field(
        default=10.0,
        description="Duration of the certificate in the programme.",
        json_schema_extra={"unit": "months", "source": "figures pdg_duration, short track"},
    )
    matching: Annotated[float, Number(1, 50)] = Field(
        default=2.0,
        description="How many times as fast schools in the programme find hybrid teachers.",
        json_schema_extra={"unit": "ratio", "source": "assumption: no size given"},
    )
    posts: Annotated[float, Number(0, 1)] = Field(
        default=0.05,
        description="Posts that schools in the programme keep for hybrid teachers beyond those of the start.",
        json_schema_extra={"unit": "share of posts", "source": "assumption: half as many as there are"},
    )
    compensation: Annotated[float, Number(0, 1)] = Field(
        default=0.2,
        description="Share of the wage for hours lent that employers in the programme get.",
        json_schema_extra={"unit": "share of the wage", "source": "assumption: a fifth, about what VAT adds"},
    )
    hourly_wage: Annotated[float, Number(5, 500)] = Field(
        default=40.0,
        description="Wage of an hour lent, charges included.",
        json_schema_extra={
            "unit": "euro per hour",
            "source": "assumption: gross wages of hbo and wo (table hourly_wages) and employer's charges",
        },
    )

    match_cost: Annotated[float, Number(0, 100_000)] = Field(
        default=2_000.0,
        description="Public money per person matched in the programme: who brings firms and schools together.",
        json_schema_extra={"unit": "euro per person", "source": "assumption: two weeks of a coordinator"},
    )
    post_cost: Annotated[float, Number(0, 200_000)] = Field(
        default=60_000.0,
        description="Yearly cost of a full-time post that schools keep for hybrid teachers beyond those of the start.",
        json_schema_extra={"unit": "euro a year", "source": "assumption: cost of a full-time teacher (teacher_grants)"},
    )


def effect(fields: HybridProgrammeFields, strength: Values) -> tuple[Change, ...]:
    """Duration (the mean of those in the programme and others), matching, posts and compensation, per region."""
    share = fields.volume * strength
    return (
        Change("hybrid.pdg_factor", "multiply", 1.0 + share * (fields.pdg_months / USUAL_MONTHS - 1.0)),
        Change("hybrid.matching", "multiply", 1.0 + share * (fields.matching - 1.0)),
        Change("hybrid.posts", "add", fields.posts * share),
        Change("hybrid.compensation", "add", fields.compensation * share),
    )


def cost(fields: HybridProgrammeFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """Certificates and matches, posts added, wages for hours lent; also for those who would have taught anyway."""
    share = fields.volume * strength
    return {
        "matching": float((share * counts["hybrid_starters"]).sum()) * fields.match_cost,
        "posts": float(((share > 0.0) * counts["hybrid_posts"]).sum()) * fields.post_cost / MONTHS,
        "certificates": float((share * counts["hybrid_starters"]).sum()) * fields.unit_cost,
        "compensation": float((share * counts["hybrid_hours"]).sum()) * fields.compensation * fields.hourly_wage,
    }


LEVER = LeverType(
    name="hybrid_programme",
    doc="Hybrid teachers: a short certificate (pdg), matching, posts, and compensation of wages.",
    mechanisms=("L3",),
    hooks=("hybrid.pdg_factor", "hybrid.matching", "hybrid.posts", "hybrid.compensation"),
    fields=HybridProgrammeFields,
    side_effects=(
        "hours in front of a class are hours not produced: firms seek others for them (crowding out)",
        "deadweight: those who would have taught anyway are paid for too",
    ),
    items=("certificates", "matching", "posts", "compensation"),
    counts=("hybrid_starters", "hybrid_hours", "hybrid_posts"),
    effect=effect,
    cost=cost,
)

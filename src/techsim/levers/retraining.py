"""Retraining of job seekers and side entrants for technical work (UWV, O&O funds, regions) (W2, W4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.scenario.values import Number, OneOf

if TYPE_CHECKING:
    from techsim.levers.base import Values


class RetrainingFields(LeverFields):
    """Fields of ``retraining``."""

    volume: Annotated[float, Number(0, 500_000)] = Field(
        default=3_000.0,
        description="People a year retrained if all regions take part, beyond those who are anyway; regions get their "
        "share of open technical vacancies.",
        json_schema_extra={
            "unit": "people a year",
            "source": "arithmetic: 350 more in Gelderland (seed 2.3.4), an eighth of the country",
        },
    )
    coverage: Annotated[float, Number(0, 1)] = Field(
        default=1.0,
        description="Share of the places of `volume` that there are.",
        json_schema_extra={"unit": "share of places"},
    )
    retrainer: Annotated[str, OneOf(("all", "uwv", "fund", "region"))] = Field(
        default="all",
        description="Who runs the programmes: the benefit agency (uwv) takes the unemployed, O&O funds (fund) take "
        "workers of sectors that have one, regional programmes (region) take both; all: each its usual share.",
    )
    unit_cost: Annotated[float, Number(0, 100_000)] = Field(
        default=6_000.0,
        description="Public money per person who begins, booked then.",
        json_schema_extra={
            "unit": "euro per person",
            "source": "assumption: 16 weeks of practical training (figures side_entry_training), EUR 375 a week",
        },
    )


def effect(fields: RetrainingFields, strength: Values) -> tuple[Change, ...]:
    """More places, per region, of the retrainer chosen."""
    hook = "retraining.places" if fields.retrainer == "all" else f"retraining.{fields.retrainer}"
    return (Change(hook, "add", fields.volume * strength),)


def cost(fields: RetrainingFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """The price of everyone who begins on a place of the lever: who begins per place a year, times its places."""
    name = "retraining_use" if fields.retrainer == "all" else f"retraining_use_{fields.retrainer}"
    begin = float((fields.volume * strength * counts[name]).sum())
    return {"retraining": begin * fields.unit_cost}


LEVER = LeverType(
    name="retraining",
    doc="Retraining of job seekers and workers outside technology for technical work (UWV, O&O funds, regions).",
    mechanisms=("W2", "W4"),
    hooks=("retraining.places", "retraining.uwv", "retraining.fund", "retraining.region"),
    fields=RetrainingFields,
    side_effects=(
        "other sectors lose those who change (W6)",
        "some drop out, some go back to other work",
        "more places than interested people find no takers",
    ),
    items=("retraining",),
    counts=("retraining_use", "retraining_use_uwv", "retraining_use_fund", "retraining_use_region"),
    effect=effect,
    cost=cost,
)

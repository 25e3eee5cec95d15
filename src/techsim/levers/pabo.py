"""W&T in the curriculum of pabo, the colleges for primary teachers (K1): new teachers teach it better."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.population.clock import MONTHS
from techsim.scenario.values import Number

if TYPE_CHECKING:
    from techsim.levers.base import Values


class PaboFields(LeverFields):
    """Fields of ``pabo``."""

    volume: Annotated[float, Number(0, 1)] = Field(
        default=0.333,
        description="Share of pabo's that put W&T firmly in the curriculum beyond those that do anyway.",
        json_schema_extra={
            "unit": "share of pabo's",
            "source": "arithmetic: what is left of figures wt_pabo, two thirds in 2017",
        },
    )
    unit_cost: Annotated[float, Number(0, 20000)] = Field(
        default=120.0,
        description="Public money per student in a pabo won a year.",
        json_schema_extra={
            "unit": "euro per student a year",
            "source": "arithmetic: figures pabo_budget, 9 mln EUR over 2013-2016, over the third of pabo's "
            "won (figures "
            "wt_pabo) x some 55,000 students of hbo education; assumption: the number of students, from memory",
        },
    )


def effect(fields: PaboFields, strength: Values) -> tuple[Change, ...]:
    """More pabo's with W&T, per region; teachers follow as pabo's students replace those who leave."""
    return (Change("exposure.pabo", "add", fields.volume * strength),)


def cost(fields: PaboFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """A twelfth of the yearly cost, of the students of the pabo's in the programme."""
    students = float((fields.volume * strength * counts["pabo_students"]).sum())
    return {"pabo_curriculum": students * fields.unit_cost / MONTHS}


LEVER = LeverType(
    name="pabo",
    doc="Teacher-training colleges (pabo) put W&T firmly in their curriculum; new teachers "
    "bring it to primary schools.",
    mechanisms=("K1",),
    hooks=("exposure.pabo",),
    fields=PaboFields,
    side_effects=(
        "pupils won for technology are lost to other fields, care and education among them (W6)",
        "slow: new teachers replace some four percent of those in primary schools a year, and "
        "their pupils choose later",
        "hours for W&T in pabo are hours not spent on other subjects (not modelled)",
    ),
    items=("pabo_curriculum",),
    counts=("pabo_students",),
    effect=effect,
    cost=cost,
)

"""Career guidance and role models in vo: LOB, Jet-Net/TechNet, VHTO reach more pupils before they choose (K2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import numpy as np
from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.population.clock import MONTHS
from techsim.scenario.values import Number

if TYPE_CHECKING:
    from techsim.levers.base import Values


class CareerGuidanceFields(LeverFields):
    """Fields of ``career_guidance``."""

    volume: Annotated[float, Number(0, 1)] = Field(
        default=0.15,
        description="Share of vo pupils reached, in schools that take part, beyond those reached anyway: half of all "
        "since 2019 (table exposure), so that more than the other half reaches nobody more, and costs no more.",
        json_schema_extra={
            "unit": "share of pupils",
            "source": "assumption: the gain in reach 2013-2016 of table exposure (guidance_reach), about 0.15",
        },
    )
    unit_cost: Annotated[float, Number(0, 2000)] = Field(
        default=10.0,
        description="Public money per pupil reached in a year.",
        json_schema_extra={
            "unit": "euro per pupil a year",
            "source": "arithmetic: figures vo_budget, 5.7 mln EUR over the four years 2013-2016, over 950,447 pupils "
            "(public figures P0078) x 0.15 reached more; assumption: that gain in reach",
        },
    )


def effect(fields: CareerGuidanceFields, strength: Values) -> tuple[Change, ...]:
    """More pupils reached, per region; those reached anyway count in the base."""
    return (Change("guidance.reach", "add", fields.volume * strength),)


def cost(fields: CareerGuidanceFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """A twelfth of the yearly cost of the pupils in the programme, also of those it need not have reached.

    min(volume x strength x pupils, pupils not reached anyway): nobody is reached, and paid for, twice.
    """
    wanted = fields.volume * strength * counts["vo_pupils"]
    pupils = float(np.minimum(wanted, counts["vo_pupils_unguided"]).sum())
    return {"guidance": pupils * fields.unit_cost / MONTHS}


LEVER = LeverType(
    name="career_guidance",
    doc="Career guidance (LOB), Jet-Net/TechNet and role models (VHTO) reach more pupils before they choose.",
    mechanisms=("K2",),
    hooks=("guidance.reach",),
    fields=CareerGuidanceFields,
    side_effects=(
        "pupils won for technology are lost to other fields (W6)",
        "deadweight: pupils who would have chosen technology anyway are reached and paid for too",
    ),
    items=("guidance",),
    counts=("vo_pupils", "vo_pupils_unguided"),
    effect=effect,
    cost=cost,
)

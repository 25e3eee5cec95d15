"""W&T in primary school: schools offer science and technology, and more of it (K1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.population.clock import MONTHS
from techsim.scenario.values import Number

if TYPE_CHECKING:
    from techsim.levers.base import Values


class WtPrimaryFields(LeverFields):
    """Fields of ``wt_primary``."""

    volume: Annotated[float, Number(0, 1)] = Field(
        default=1.0,
        description="Share of primary schools, among those that take part, that offer W&T with the programme's "
        "support; those that offer it anyway (all from 2020) gain its intensity (parameter exposure.intensity).",
        json_schema_extra={
            "unit": "share of schools",
            "source": "assumption: every school, as the duty of 2020 (figures wt_schools)",
        },
    )
    unit_cost: Annotated[float, Number(0, 2000)] = Field(
        default=11.0,
        description="Public money per pupil in primary school in the programme a year.",
        json_schema_extra={
            "unit": "euro per pupil a year",
            "source": "arithmetic: figures wt_budget, 14 mln EUR over 2013-2016, over the 0.22 of schools won (figures "
            "wt_schools) x some 1.5 million pupils = 10.6; assumption: the number of pupils, from memory",
        },
    )


def effect(fields: WtPrimaryFields, strength: Values) -> tuple[Change, ...]:
    """Share of schools with support, which all offer W&T; what support does is parameter ``exposure.intensity``.

    Whom they teach is kept (``Schools.reached``): from 2020 on no school offers it anew.
    """
    reach = fields.volume * strength
    return (Change("exposure.wt_schools", "max", reach), Change("exposure.support", "add", reach))


def cost(fields: WtPrimaryFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """A twelfth of the yearly cost, of all pupils of the schools in the programme, whatever they offered before."""
    pupils = float((fields.volume * strength * counts["primary_pupils"]).sum())
    return {"wt_schools": pupils * fields.unit_cost / MONTHS}


LEVER = LeverType(
    name="wt_primary",
    doc="Primary schools offer science and technology (W&T), and more hours, materials and coaches for it.",
    mechanisms=("K1",),
    hooks=(
        "exposure.wt_schools",
        "exposure.support",
    ),
    fields=WtPrimaryFields,
    side_effects=(
        "pupils won for technology are lost to other fields, care and education among them (W6)",
        "deadweight: since 2020 every school offers W&T by duty, so that only its intensity is new",
        "pupils of ten are technicians after fifteen years at the earliest",
    ),
    items=("wt_schools",),
    counts=("primary_pupils",),
    effect=effect,
    cost=cost,
)

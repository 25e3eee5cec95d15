"""Grants for the recruitment and retention of teachers: technical teachers earn more, more side entrants come (L2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.population.clock import MONTHS
from techsim.scenario.values import Number

if TYPE_CHECKING:
    from techsim.levers.base import Values

USUAL_GRANT = 20_000.0
"""Grant to a side entrant for which `side_entry_factor` holds [euro]."""
SALARY = 60_000.0
"""Yearly cost of a full-time teacher [euro], to which a raise is a share (assumption: gross wage of some 50,000 euro at
30 euro an hour, public_figures P1129, P1130, and employer's charges)."""


class TeacherGrantsFields(LeverFields):
    """Fields of ``teacher_grants``."""

    volume: Annotated[float, Number(0, 1)] = Field(
        default=0.25,
        description="Share of technical teachers, and of technicians who might become one, to whom the grants apply.",
        json_schema_extra={"unit": "share", "source": "assumption: one in four"},
    )
    unit_cost: Annotated[float, Number(0, 100_000)] = Field(
        default=2_500.0,
        description="Grant to keep a technical teacher, per year; it raises pay by as much.",
        json_schema_extra={
            "unit": "euro per teacher a year",
            "source": "arithmetic: figures impuls_teachers, 100 mln EUR over four years, over 39,000 technical "
            "teachers (table teacher_posts, at 0.8 of full time) x 0.25 = 2,560",
        },
    )
    side_entry_factor: Annotated[float, Number(1, 50)] = Field(
        default=3.0,
        description="How many times as many technicians take a teaching post where EUR 20,000 is granted; more or "
        "fewer in proportion to `side_entry_grant`.",
        json_schema_extra={"unit": "ratio", "source": "assumption: no size given"},
    )
    side_entry_grant: Annotated[float, Number(0, 200_000)] = Field(
        default=20_000.0,
        description="Public money per side entrant.",
        json_schema_extra={
            "unit": "euro per side entrant",
            "source": "from memory; verify: subsidy for side entrants (zij-instroom), 20,000 euro",
        },
    )


def effect(fields: TeacherGrantsFields, strength: Values) -> tuple[Change, ...]:
    """Pay of technical teachers and side entry, per region."""
    share, factor = fields.volume * strength, _factor(fields)
    return (
        Change("teachers.relative_pay", "add", share * (fields.unit_cost / SALARY)),
        Change("teachers.side_entry", "multiply", 1.0 + share * (factor - 1.0)),
    )


def _factor(fields: TeacherGrantsFields) -> float:
    """1 + (f - 1) x / 20,000: what a grant of x euro does to side entry."""
    return 1.0 + (fields.side_entry_factor - 1.0) * fields.side_entry_grant / USUAL_GRANT


def cost(fields: TeacherGrantsFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """A twelfth of the yearly grants, also for teachers who would have stayed; and the month's side entrants.

    Side entrants are paid for where the grants apply, in the share v f / (1 + v (f - 1)) of those who come.
    """
    share = fields.volume * strength
    return {
        "retention": float((share * counts["technical_teachers"]).sum()) * fields.unit_cost / MONTHS,
        "side_entry": float((through(fields, strength) * counts["side_entrants"]).sum()) * fields.side_entry_grant,
    }


def through(fields: TeacherGrantsFields, strength: Values) -> Values:
    """v f / (1 + v (f - 1)): share of side entrants for whom the grant is paid, by region."""
    share, factor = fields.volume * strength, _factor(fields)
    paid: Values = share * factor / (1.0 + share * (factor - 1.0))
    return paid


LEVER = LeverType(
    name="teacher_grants",
    doc="Grants (Impuls lerarentekorten): technical teachers earn more and stay, technicians enter.",
    mechanisms=("L2",),
    hooks=("teachers.relative_pay", "teachers.side_entry"),
    fields=TeacherGrantsFields,
    side_effects=(
        "deadweight: teachers who would have stayed, and side entrants who would have come, are paid for too",
        "technicians who teach are missed in industry (W6)",
    ),
    items=("retention", "side_entry"),
    counts=("technical_teachers", "side_entrants"),
    effect=effect,
    cost=cost,
)

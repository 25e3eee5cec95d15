"""The tax reduction for training that praktijkleren replaced in 2014 (afdrachtvermindering onderwijs, L4).

A lever of its own, as history: other terms, other dates, and money not levied instead of money spent.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from techsim.levers.base import LeverFields
from techsim.levers.place_subsidy import subsidy
from techsim.scenario.values import Month, Number


class WvaOnderwijsFields(LeverFields):
    """Fields of ``wva_onderwijs``."""

    volume: Annotated[float, Number(0, 1)] = Field(
        default=0.95,
        description="Share of the places for which employers paid less tax.",
        json_schema_extra={
            "unit": "share of places",
            "source": "assumption: with the payroll tax, hardly anybody forgot it",
        },
    )
    unit_cost: Annotated[float, Number(0, 50_000)] = Field(
        default=2_700.0,
        description="Tax not levied per place and year.",
        json_schema_extra={
            "unit": "euro a year per place",
            "source": "from memory; verify: Wet vermindering afdracht (WVA), about 2,700 EUR in 2008-2013",
        },
    )
    coverage: Annotated[float, Number(0, 1)] = Field(
        default=1.0,
        description="Share of the employers who might use it.",
        json_schema_extra={"unit": "share of employers"},
    )
    end: Annotated[str | None, Month(optional=True)] = Field(
        default="2013-12",
        description="Last month in which the lever acts, YYYY-MM.",
        json_schema_extra={"source": "from memory; verify: abolished on 1 January 2014"},
    )


LEVER = subsidy(
    "wva_onderwijs",
    "Tax reduction for training, before 2014: employers paid less payroll tax for each apprentice (bbl).",
    WvaOnderwijsFields,
    "tax_reduction",
)

"""Subsidy for workplace learning (praktijkleren): employers get an amount a year for an apprentice (L4).

Part of the baseline, from 2014: a scenario that lowers it does so by ``unit_cost``, one that abolishes it by
``volume: 0`` or ``unit_cost: 0``.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from techsim.levers.base import LeverFields
from techsim.levers.place_subsidy import subsidy
from techsim.scenario.values import Month, Number


class PraktijklerenFields(LeverFields):
    """Fields of ``praktijkleren``."""

    volume: Annotated[float, Number(0, 1)] = Field(
        default=0.78,
        description="Share of the places for which employers claim the subsidy, and get it.",
        json_schema_extra={
            "unit": "share of places",
            "source": "arithmetic: 210 mln EUR (public figures P1142) over 2,217 EUR and some 121,000 places "
            "in 2018/19 (between P0460 ff. of 2015/16 and of 2019/20)",
        },
    )
    unit_cost: Annotated[float, Number(0, 50_000)] = Field(
        default=2216.7,
        description="Public money per place and year.",
        json_schema_extra={
            "unit": "euro a year per place",
            "source": "public figures P1141 (realised in 2018/19; at most 2,700, P1140)",
        },
    )
    start: Annotated[str | None, Month(optional=True)] = Field(
        default="2014-01",
        description="First month in which the lever acts, YYYY-MM.",
        json_schema_extra={"source": "public figures P1140 (from 2014)"},
    )
    coverage: Annotated[float, Number(0, 1)] = Field(
        default=1.0,
        description="Share of the employers who may claim it.",
        json_schema_extra={"unit": "share of employers"},
    )


LEVER = subsidy(
    "praktijkleren",
    "Subsidy for workplace learning: employers get an amount a year for each apprentice (bbl).",
    PraktijklerenFields,
    "subsidy",
)
